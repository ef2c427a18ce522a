"""The contents as flows: numbers in their own column, leaders on one grid, page numbers in one column, each line a link.

The lines are broken before the numbers are known, since numbers have a column of their own; they are looked up when a line is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from briefpack.document import CrossReference, Document, Text, TocEntry, TocKind, annex_page_anchor
from briefpack.pdf.canvas import PageCanvas
from briefpack.pdf.flow import Flow
from briefpack.pdf.paragraph import TextFlow
from briefpack.pdf.text import Label, Typesetter
from briefpack.style import Style

_LEVELS = 3
_LEADER_ROLE = "contents-2"
"""Leaders look the same on every level, so that they form one grid."""
_AIR = 0.6
"""Least distance of a leader from the words and the number, as a share of the text's size."""


class ContentsLine:
    """One entry. labels: anchor → printed page number, complete when the line is drawn."""

    role = "TOCI"

    def __init__(
        self,
        entry: TocEntry,
        words: TextFlow,
        role_of_text: str,
        setter: Typesetter,
        labels: Mapping[str, str],
    ) -> None:
        self.entry = entry
        self.words = words
        self.text_role = role_of_text
        self.setter = setter
        self.labels = labels
        self.before = words.before
        self.after = words.after
        self.keep_with_next = False
        self.height = 0.0
        self._width = 0.0

    @property
    def anchor(self) -> str:
        """The anchor of the page whose number is printed: an annex's first page."""
        entry = self.entry
        return annex_page_anchor(entry.anchor, 1) if entry.kind is TocKind.ANNEX else entry.anchor

    def fit(self, width: float) -> float:
        self._width = width
        self.height = self.words.fit(width)
        return self.height

    def split(self, room: float) -> tuple[Flow, Flow] | None:  # noqa: ARG002  # the Flow contract
        return None

    def paint(self, canvas: PageCanvas, x: float, top: float) -> None:
        style = self.setter.style
        self.words.paint(canvas, x, top)
        end, down = self.words.end
        baseline = top - down
        number = self.setter.line(self.labels[self.anchor], self.text_role)
        right = x + self._width
        number.paint(canvas, right - number.width, baseline)
        if style.contents.leader:
            air = _AIR * style.text[self.text_role].size
            with canvas.artifact():
                self._leader(canvas, x + end + air, right - style.contents.page_width, baseline)
        page = 1 if self.entry.kind is TocKind.ANNEX else None
        target = CrossReference(self.entry.anchor, (Text(self.entry.title),), annex_page=page)
        canvas.link(target, (x, top - self.height, right, top))

    def _leader(self, canvas: PageCanvas, left: float, stop: float, baseline: float) -> None:
        """Dots from left to stop, on a grid that hangs on stop, which is the same for all lines."""
        style = self.setter.style
        dot = style.contents.leader
        one = self.setter.line(dot, _LEADER_ROLE).width
        pitch = self.setter.line(f"{dot} {dot}", _LEADER_ROLE).width - one
        count = int((stop - left + pitch - one) // pitch)
        if count > 0:
            line = self.setter.line(
                " ".join([dot] * count), _LEADER_ROLE, colour=style.contents.leader_colour
            )
            line.paint(canvas, stop - line.width, baseline)

    def anchors(self) -> Sequence[tuple[str, float]]:
        return []


def contents_flows(
    document: Document, style: Style, setter: Typesetter, labels: Mapping[str, str]
) -> list[Flow]:
    """Title, entries, and the annexes as a group of their own. No flows when there is nothing to list."""
    entries = [entry for entry in document.contents if entry.level <= style.contents.depth]
    if not entries:
        return []
    language = document.meta.language
    title = setter.flow(
        (Text(style.word("contents", language)),), "contents-title", structure="H1", keep_with_next=True
    )
    flows: list[Flow] = [title]
    for annexes in (False, True):
        group = [entry for entry in entries if (entry.kind is TocKind.ANNEX) is annexes]
        if annexes and group:
            flows.append(
                setter.flow(
                    (Text(style.word("annexes", language)),),
                    "contents-group",
                    structure="P",
                    keep_with_next=True,
                )
            )
        numbered = {entry.level for entry in group if entry.number is not None}
        made = [_line(entry, entry.level in numbered, style, setter, labels) for entry in group]
        for upper, lower in pairwise(made):
            # An entry stays with its first sub-entry.
            upper.keep_with_next = lower.entry.level > upper.entry.level
        for line in made[-2:-1]:
            # The last one does not stand alone on a page.
            line.keep_with_next = True
        flows.extend(made)
    return flows


def _line(
    entry: TocEntry, numbered: bool, style: Style, setter: Typesetter, labels: Mapping[str, str]
) -> ContentsLine:
    level = min(entry.level, _LEVELS)
    role = f"contents-{level}"
    label = None
    if numbered:
        colour = style.text["secondary"].colour if level > 1 else None
        label = Label(entry.number or "", float(style.contents.number_width[level - 1]), colour=colour)
    words = setter.flow(
        (Text(entry.title),),
        role,
        label=label,
        structure="Reference",
        keep_with_next=False,
        right=float(style.text[role].right + style.contents.page_width),
    )
    return ContentsLine(entry, words, role, setter, labels)
