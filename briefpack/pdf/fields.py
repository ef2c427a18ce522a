"""What the {fields} of templates say on the pages of a PDF."""

from __future__ import annotations

from collections.abc import Mapping

from briefpack.document import AnnexEntry, Document
from briefpack.style import WORD_KEYS, Style
from briefpack.template import WORD_PREFIX

PAGE_FIELDS = frozenset({"page", "pages"})
"""Fields that differ from page to page."""


def pack_values(document: Document, style: Style, section: str = "") -> dict[str, str]:
    """Words for every field but those of pages. section: title of the section on the page."""
    meta = document.meta
    words = {f"{WORD_PREFIX}{key}": style.word(key, meta.language) for key in WORD_KEYS}
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
        "audience": meta.audience_title,
        "section": section,
    }


def annex_values(annex: AnnexEntry, style: Style, language: str) -> Mapping[str, str]:
    """Words for the fields of a divider: source, pages ("4 pages"), range ("A-1 to A-4"), marking, label."""
    first, last = (annex_page_label(annex, page) for page in (1, annex.pages))
    one = annex.pages == 1
    return {
        "source": annex.source or "",
        "marking": annex.marking or "",
        "label": annex.label,
        "pages": style.word("one_page", language)
        if one
        else style.word("many_pages", language).replace("{n}", str(annex.pages)),
        "range": first
        if one
        else style.word("page_range", language).replace("{first}", first).replace("{last}", last),
    }


def annex_page_label(annex: AnnexEntry, page: int) -> str:
    """What is printed on an annex's page. page: 1-based."""
    return f"{annex.label}-{page}"
