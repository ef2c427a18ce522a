"""The pages that were chosen → what a reader sees of each, in a size that can be printed."""

from __future__ import annotations

import math
from dataclasses import replace

from pikepdf import Pdf

from briefpack.annex import Deed, Remark
from briefpack.annexes.cleaning.boxes import view_of
from briefpack.annexes.cleaning.choosing import Choice
from briefpack.annexes.cleaning.refusal import Refusal, damaged
from briefpack.annexes.geometry import View

SMALLEST_SIDE = 36.0
"""Points; half an inch. What is smaller cannot carry its marking and page number."""
LARGEST_SIDE = 14_400.0
"""Points; 200 inches, the most that a PDF without UserUnit can say (ISO 32000-2, annex C.2)."""


def views_of(pdf: Pdf, choice: Choice) -> tuple[list[View], tuple[Remark, ...]]:
    """The views of the pages chosen, and what is told of those, counted as chosen.

    Raises Unable for a page without a size, Refusal for one that is too large to print.
    """
    views, enlarged = [], []
    for index, (number, page) in enumerate(zip(choice.order, pdf.pages, strict=True), 1):
        view = view_of(page.obj)
        if view is None:
            raise damaged(f"page {number + 1} has no size")
        if min(view.size) < SMALLEST_SIDE:
            # A page is what it shows; at its own size nobody could read it, nor anything beside it.
            view = replace(view, unit=view.unit * math.ceil(SMALLEST_SIDE / min(view.size)))
            enlarged.append(index)
        if max(view.size) > LARGEST_SIDE:
            width, height = (f"{side / 72 * 25.4:,.0f}" for side in view.size)
            raise Refusal(
                f"has a page of {width} × {height} mm (page {number + 1}), which is no size to print; "
                f"no side may be longer than {LARGEST_SIDE / 72 * 25.4:,.0f} mm",
                "save that page with a usual paper size",
            )
        views.append(view)
    if not enlarged:
        return views, ()
    what = "has a page that is too small to read, enlarged in the pack"
    if len(enlarged) > 1:
        what = f"has {len(enlarged):,} pages that are too small to read, enlarged in the pack"
    return views, (Remark(Deed.FOUND, "tiny-page", what, len(enlarged), tuple(enlarged)),)
