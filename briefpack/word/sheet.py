"""The page as it lies: upright, or turned on its side with the same margins."""

from __future__ import annotations

from dataclasses import replace

from briefpack.style import PageSetup
from briefpack.word.flow import PageLayout


def sheet(page: PageSetup, layout: PageLayout) -> PageSetup:
    """The page of a layout. A style whose pages lie anyway has nothing to turn."""
    if layout.landscape and page.width < page.height:
        return replace(page, width=page.height, height=page.width)
    return page
