"""Pages that stand alone, cover and divider: their flows in one column from a share of the frame's height down."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from briefpack.pdf.boxes import Plain
from briefpack.pdf.canvas import PageCanvas
from briefpack.pdf.flow import Flow, gap
from briefpack.pdf.pages import Page, Placed
from briefpack.pdf.paragraph import BASELINE, TextFlow
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


class Pair(Plain):
    """A label and what stands beside it, on one baseline. column: width of the label's column."""

    role = "P"

    def __init__(self, label: TextFlow, words: TextFlow, column: float) -> None:
        super().__init__(before=max(label.before, words.before), after=max(label.after, words.after))
        self.label = label
        self.words = words
        self.column = column

    def fit(self, width: float) -> float:
        self.label.fit(self.column)
        self.words.fit(width - self.column)
        self.height = max(down + flow.height for flow, down in self._drops())
        return self.height

    def _drops(self) -> tuple[tuple[TextFlow, float], tuple[TextFlow, float]]:
        """Both with what each must come down by, so that the baselines meet."""
        difference = BASELINE * (self.words.pitch - self.label.pitch)
        return (self.label, max(difference, 0.0)), (self.words, max(-difference, 0.0))

    def paint(self, canvas: PageCanvas, x: float, top: float) -> None:
        (label, label_drop), (words, words_drop) = self._drops()
        label.paint(canvas, x, top - label_drop)
        words.paint(canvas, x + self.column, top - words_drop)
