"""The page as it lies: upright, or turned on its side."""

from __future__ import annotations

from briefpack.style import PageSetup
from briefpack.word.flow import PageLayout


def sheet(page: PageSetup, layout: PageLayout) -> PageSetup:
    """The page of a layout."""
    return page.turned if layout.landscape else page
