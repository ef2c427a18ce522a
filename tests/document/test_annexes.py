"""The pages of an annex that are bound into a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from briefpack.document import AnnexEntry
from briefpack.errors import Where

WHOLE = AnnexEntry("A", "Figures", "annex_a", 12, "figures.pdf", "0" * 64, Where(Path("made.yaml"), 1, 1))


def test_all_pages_are_bound_unless_the_annex_is_divided() -> None:
    assert WHOLE.here == range(1, 13)
    assert replace(WHOLE, first=5, bound=3).here == range(5, 8)
