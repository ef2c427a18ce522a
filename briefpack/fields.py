"""What the {fields} of templates say of a pack: the same words for both writers."""

from __future__ import annotations

from briefpack.document import Meta
from briefpack.style import WORD_KEYS, Style
from briefpack.template import WORD_PREFIX

PAGE_FIELDS = frozenset({"page", "pages"})
"""Fields that differ from page to page; only a writer knows them."""


def pack_values(meta: Meta, style: Style, section: str = "") -> dict[str, str]:
    """Words for every field but PAGE_FIELDS. section: title of the section the template stands in, "" for none."""
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
