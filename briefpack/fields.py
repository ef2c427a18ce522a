"""What the {fields} of templates say of a pack: the same words for both writers."""

from __future__ import annotations

from briefpack.document import Document, Meta
from briefpack.style import WORDS, Style
from briefpack.template import SEPARATOR, WORD_PREFIX

PAGE_FIELDS = frozenset({"page", "pages"})
"""Fields that differ from page to page; only a writer knows them."""


def keywords(document: Document) -> str:
    """What the properties of files are searched for: the reference, and the marking where it is computed."""
    meta = document.meta
    return "; ".join(filter(None, (meta.reference, meta.marking if document.policy is not None else "")))


def file_title(document: Document) -> str:
    """What a file is called in the window that shows it: the title, and of a part which one it is."""
    title = document.meta.title
    return title if document.part is None else SEPARATOR.join((title, document.part.words))


def pack_values(meta: Meta, style: Style, section: str = "") -> dict[str, str]:
    """Words for every field but PAGE_FIELDS. section: title of the section the template stands in, "" for none."""
    words = {f"{WORD_PREFIX}{key}": style.word(key, meta.language) for key in WORDS}
    return words | {
        "title": meta.title,
        "subtitle": meta.subtitle,
        "reference": meta.reference,
        "organisation": meta.organisation,
        "owner": meta.owner,
        "place": meta.place,
        "dates": meta.dates,
        "chair": meta.chair,
        "version": meta.version,
        "as_of": meta.as_of,
        "marking": meta.marking,
        "watermark": meta.watermark or "",
        "audience": meta.audience_title,
        "section": section,
    }


def size_in_words(size: int, style: Style, language: str) -> str:
    """Bytes in the unit that a mail program would show: "1.4 MB", in French "1,4 Mo"."""
    key, count = (
        ("mail_megabytes", f"{size / 1_000_000:.1f}")
        if size >= 1_000_000
        else ("mail_kilobytes", str(max(1, round(size / 1000))))
    )
    point = "," if language.split("-", maxsplit=1)[0] == "fr" else "."
    return style.word(key, language).replace("{n}", count.replace(".", point))
