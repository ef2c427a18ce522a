"""The places that entries of the contents stand for."""

from __future__ import annotations

from dataclasses import replace

from briefpack.document import TocEntry, TocKind, annex_page_anchor

ENTRY = TocEntry(TocKind.ANNEX, 1, "A", "Figures", "annex_a")


def test_a_part_names_the_page_that_its_share_of_an_annex_begins_with() -> None:
    assert ENTRY.place == "annex_a"
    assert replace(ENTRY, page=5).place == annex_page_anchor("annex_a", 5) != ENTRY.place
