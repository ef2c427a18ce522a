"""Notes at the foot of a page: what they say, how much of the page they take, and what of them is left for the next."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING

from briefpack.pdf.flow import Flow, Stack
from briefpack.pdf.paragraph import MINIMUM_LINES, TextFlow
from briefpack.style import NotesLook

if TYPE_CHECKING:
    from briefpack.pdf.canvas import PageCanvas

_ROUNDING = 0.01
"""Points by which a sum of heights may be off."""


class Note:
    """A note as flows, its paragraphs. height: in points, once fitted. least: of what must stand on the page of its mark: two
    lines, and what cannot be divided from them. look: of the foot that it stands in."""

    __slots__ = ("content", "height", "least", "look")

    def __init__(self, flows: Sequence[TextFlow], look: NotesLook) -> None:
        self.content = Stack(flows)
        self.look = look
        self.height = 0.0
        self.least = 0.0

    def fit(self, width: float) -> float:
        """Break to width (points) and give the height (points)."""
        self.height = self.content.fit(width)
        self.least = self._least()
        return self.height

    def _least(self) -> float:
        height, lines, last = 0.0, 0, None
        for flow in self.content.flows:
            if not isinstance(flow, TextFlow):
                continue
            if last is not None:
                height += max(last.after, flow.before)
                # A first line that is a paragraph of its own does not stand alone.
                last.keep_with_next = True
            if flow.lines < 2 * MINIMUM_LINES:
                height += flow.height
            else:
                height += MINIMUM_LINES * flow.pitch
            lines += flow.lines
            if lines >= MINIMUM_LINES:
                break
            last = flow
        return height


class Foot:
    """The notes of one page, under a short rule, fitted to width. height: of all of it, 0 as long as there are none.

    In sums of heights, inside is the height of the notes and of the spaces between them, without the rule.
    """

    before = after = 0.0
    keep_with_next = False

    def __init__(self, look: NotesLook, width: float) -> None:
        self.look = look
        self.height = 0.0
        self.width = width
        self.inside = 0.0
        self._notes: list[Stack] = []

    def fit(self, width: float) -> float:  # noqa: ARG002  # the notes are fitted
        return self.height

    def split(self, room: float) -> tuple[Flow, Flow] | None:  # noqa: ARG002  # the Flow contract
        return None

    def notes(self, within: float = inf) -> Sequence[tuple[Note, float]]:  # noqa: ARG002  # there are none in notes
        return ()

    def area(self, inside: float) -> float:
        """The height of a foot with notes of a height."""
        return inside + 2 * self.look.gap + self.look.rule if inside else 0.0

    def grown(self, inside: float, height: float) -> float:
        """The height of notes of a height, and one more of its own height."""
        return inside + (self.look.space if inside else 0.0) + height

    def whole(self, notes: Sequence[Note], inside: float | None = None) -> float:
        """The height of notes together with those given. inside: None for that of the notes at hand."""
        total = self.inside if inside is None else inside
        for note in notes:
            total = self.grown(total, note.fit(self.width))
        return total

    def least(self, notes: Sequence[Note], inside: float | None = None) -> float:
        """As whole, but of the last one only what must stand on the page of its mark."""
        if not notes:
            return self.inside if inside is None else inside
        *others, last = notes
        last.fit(self.width)
        return self.grown(self.whole(others, inside), last.least)

    def add(self, notes: Sequence[Stack], room: float, *, always: bool = False) -> Sequence[Stack]:
        """Put fitted notes below those at hand, as long as the foot is not higher than room. Gives what is left of them.

        always: something of the first one is put in any case.
        """
        for number, note in enumerate(notes):
            grown = self.grown(self.inside, note.height)
            if self.area(grown) <= room + _ROUNDING:
                self._put(note)
                continue
            parts = note.split(room - self.area(grown) + note.height)
            if parts is None and always and number == 0:
                # It is higher than a page, and cannot be divided well.
                self._put(note)
                return notes[1:]
            if parts is None:
                return notes[number:]
            self._put(parts[0])
            return [parts[1], *notes[number + 1 :]]
        return ()

    def _put(self, note: Stack) -> None:
        self.inside = self.grown(self.inside, note.height)
        self.height = self.area(self.inside)
        self._notes.append(note)

    def paint(self, canvas: PageCanvas, x: float, top: float) -> None:
        if not self._notes:
            return
        look = self.look
        with canvas.artifact():
            canvas.fill(x, top - look.gap - look.rule, look.rule_length, look.rule, look.rule_colour)
        for note, down in self._places():
            note.paint(canvas, x, top - down)

    def _places(self) -> list[tuple[Flow, float]]:
        """The notes, each with its distance below the top."""
        down = 2 * self.look.gap + self.look.rule
        places: list[tuple[Flow, float]] = []
        for note in self._notes:
            places.append((note, down))
            down += note.height + self.look.space
        return places

    def anchors(self) -> Sequence[tuple[str, float]]:
        return [(anchor, down + at) for note, down in self._places() for anchor, at in note.anchors()]


def least_foot(notes: Sequence[Note], width: float) -> float:
    """The height, in points, of the least that must stand at the foot of the page that has the marks of notes."""
    if not notes:
        return 0.0
    foot = Foot(notes[0].look, width)
    return foot.area(foot.least(notes))
