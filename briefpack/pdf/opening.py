"""Pages that stand alone, cover and divider: their flows in one column from a share of the frame's height down."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from briefpack.pdf.flow import Flow, gap
from briefpack.pdf.pages import Page, Placed
from briefpack.style import PageSetup


def place_opening(
    page: Page,
    flows: Sequence[Flow],
    share: float,
    setup: PageSetup,
    *,
    left: float,
    above: Flow | None = None,
) -> None:
    """Place flows on a page. What would stick out at the foot moves everything up, at most to the frame's top.

    above: stands at the frame's top, whatever the share; the others keep clear of it.
    """
    width, frame = float(setup.text_width), float(setup.text_height)
    top = float(setup.height - setup.top)
    taken = 0.0
    if above is not None:
        taken = above.fit(width) + above.after
        page.placed.append(Placed(above, left, top))
    spaces = [0.0, *(gap(upper, lower) for upper, lower in pairwise(flows))]
    height = sum(flow.fit(width) for flow in flows) + sum(spaces)
    y = top - max(min(share * frame, frame - height), taken)
    for flow, space in zip(flows, spaces, strict=True):
        page.placed.append(Placed(flow, left, y - space))
        y -= space + flow.height
