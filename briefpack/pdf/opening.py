"""Pages that stand alone, cover and divider: their flows in one column from a share of the frame's height down."""

from __future__ import annotations

from collections.abc import Sequence

from briefpack.pdf.boxes import Plain
from briefpack.pdf.canvas import PageCanvas
from briefpack.pdf.flow import Flow, gap
from briefpack.pdf.pages import Page, Placed
from briefpack.pdf.text import BASELINE, TextFlow
from briefpack.style import PageSetup


def place_opening(page: Page, flows: Sequence[Flow], share: float, setup: PageSetup, left: float) -> None:
    """Place flows on a page. What would stick out at the foot moves everything up, at most to the frame's top."""
    height = 0.0
    for index, flow in enumerate(flows):
        height += flow.fit(float(setup.text_width)) + (gap(flows[index - 1], flow) if index else 0.0)
    down = max(min(share * setup.text_height, setup.text_height - height), 0.0)
    y = setup.height - setup.top - down
    for index, flow in enumerate(flows):
        if index:
            y -= gap(flows[index - 1], flow)
        page.placed.append(Placed(flow, left, y))
        y -= flow.height


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
