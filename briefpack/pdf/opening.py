"""Pages that stand alone, cover and divider: their flows in one column from a share of the frame's height down."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from briefpack.document import with_mark
from briefpack.pdf.flow import Flow, gap
from briefpack.pdf.pages import Page, Placed
from briefpack.pdf.paragraph import TextFlow
from briefpack.pdf.structure import Element
from briefpack.pdf.text import Typesetter
from briefpack.style import PageSetup


def place_opening(
    page: Page,
    flows: Sequence[Flow],
    share: float,
    setup: PageSetup,
    *,
    left: float,
    above: Flow | None = None,
) -> bool:
    """Place flows on a page. What would stick out at the foot moves everything up, at most to the frame's top.

    above: stands at the frame's top, whatever the share; the others keep clear of it.
    Gives False, and places nothing, when the page cannot hold them.
    """
    width, frame = float(setup.text_width), float(setup.text_height)
    top = float(setup.height - setup.top)
    taken = 0.0
    if above is not None:
        taken = above.fit(width) + above.after
    spaces = [0.0, *(gap(upper, lower) for upper, lower in pairwise(flows))]
    height = sum(flow.fit(width) for flow in flows) + sum(spaces)
    if taken + height > frame:
        return False
    if above is not None:
        page.placed.append(Placed(above, left, top))
    y = top - max(min(share * frame, frame - height), taken)
    for flow, space in zip(flows, spaces, strict=True):
        page.placed.append(Placed(flow, left, y - space))
        y -= space + flow.height
    return True


def balanced(setter: Typesetter, words: str, role: str, element: Element, *, mark: str = "") -> TextFlow:
    """A title whose lines are about equally long: it is set as narrow as it can be without a further line.

    element: in the structure tree. mark: of the portion, which stands before the words.
    """

    def made(narrower: float) -> TextFlow:
        look = setter.style.text[role]
        flow = setter.flow(with_mark(mark, words), role, element=element, right=look.right + narrower)
        flow.fit(width)
        return flow

    width = float(setter.style.page.text_width)
    flow = made(0.0)
    lines = flow.lines
    widest = max(setter.line(word, role).width for word in f"{mark}{words}".split(" "))
    fits, breaks = 0.0, width - widest
    while lines > 1 and breaks - fits > 1:
        middle = (fits + breaks) / 2
        tried = made(middle)
        if tried.lines > lines:
            breaks = middle
        else:
            fits, flow = middle, tried
    return flow
