"""What the {fields} of a divider's and a stamp's templates say of an annex."""

from __future__ import annotations

from collections.abc import Mapping

from briefpack.document import AnnexEntry
from briefpack.style import Style


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
