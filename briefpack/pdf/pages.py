"""Pages before they are drawn: what stands where, and what they are called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from briefpack.body import PlanItem
from briefpack.document import PageNumbers
from briefpack.marking import Marking
from briefpack.pdf.boxes import Break
from briefpack.pdf.flow import Flow, Stack, gap, give
from briefpack.pdf.notes import Foot, Note
from briefpack.pdf.paragraph import TextFlow
from briefpack.pdf.structure import Element
from briefpack.pdf.text import Typesetter
from briefpack.style import NotesLook, PageSetup

_ROUNDING = 0.01
"""Points by which a sum of heights may be off."""


class PageKind(Enum):
    COVER = "cover"
    CONTENTS = "contents"
    BODY = "body"
    DIVIDER = "divider"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Placed:
    """A fitted flow and its place: x, top of its upper left corner, in page coordinates."""

    flow: Flow
    x: float
    top: float


@dataclass(slots=True)
class Page:
    """label: as printed and as viewers show it. running: as the footer counts, None in front matter.

    verso: a left-hand page. section: title of the section it belongs to, "" for none.
    first: it is the first page of a section. landscape: it lies on its side. foot: the notes, None where there are none.
    title_marking: of the title of its section.
    """

    kind: PageKind
    label: str
    running: int | None
    verso: bool = False
    section: str = ""
    first: bool = False
    placed: list[Placed] = field(default_factory=list)
    landscape: bool = False
    foot: Placed | None = None
    title_marking: Marking | None = None

    def setup(self, upright: PageSetup) -> PageSetup:
        """Sheet and margins of this page, as its reader sees it. upright: those of the style."""
        return upright.turned if self.landscape else upright


@dataclass(frozen=True, slots=True)
class Laid:
    """The laid-out pack. pages: those that are drawn, in order. plan: these and the annexes' pages between them.

    destinations: anchor → (0-based page, left, top). annex_running: running number of each annex's first page.
    setter: the typesetter that measured the words, whose caches serve the drawing too. structure: root of the structure
    tree, whose elements the flows on the pages have. said: the element of the marking, which is heard before everything else; None in a pack without
    a policy.
    """

    pages: tuple[Page, ...]
    plan: tuple[PlanItem, ...]
    page_numbers: PageNumbers
    destinations: dict[str, tuple[int, float, float]]
    annex_running: tuple[int, ...]
    setter: Typesetter
    structure: Element
    said: Element | None = None


class Filler:
    """Fills one page after the other with flows. begin: makes the next page; left: where its frame begins.

    width, height: of the frame; top: its upper edge in page coordinates. notes: how they look. Nothing is ever moved once it is placed,
    but for the notes at the foot, which move up when there are more of them.

    A note begins on the page of its mark, and all but the last one of a page end there: what is left of that comes first on the next page.
    """

    def __init__(
        self,
        width: float,
        height: float,
        top: float,
        begin: Callable[[], Page],
        left: Callable[[Page], float],
        *,
        notes: NotesLook,
    ) -> None:
        self.width = width
        self.height = height
        self.top = top
        self.begin = begin
        self.left = left
        self.notes = notes
        self.page: Page | None = None
        self._x = 0.0
        self._used = 0.0
        self._last: Flow | None = None
        self._foot = Foot(notes, width)
        self._rest: Sequence[Stack] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no text stands on the page at hand, or there is none."""
        return self._last is None

    def new_page(self) -> Page:
        """Begin a page, with what is left of the notes of the last one."""
        page = self.page = self.begin()
        self._x = self.left(page)
        self._used = 0.0
        self._last = None
        self._foot = Foot(self.notes, self.width)
        if self._rest:
            self._rest = self._foot.add(self._rest, self.height, always=True)
            self._place_foot(page)
        return page

    def finish(self) -> None:
        """End the text: what is left of the notes gets the pages it needs. To be called before a page is begun that the notes
        of the last one have no place on: one of another section or of another width."""
        while self._rest:
            self.new_page()

    def place(self, flows: Sequence[Flow]) -> None:
        """Place flows in order from where the page at hand stands."""
        waiting = list(flows)
        for flow in waiting:
            flow.fit(self.width)
        waiting.reverse()
        if self.page is None:
            self.new_page()
        while waiting:
            if isinstance(waiting[-1], Break):
                waiting.pop()
                if not self.is_empty:
                    self.new_page()
                continue
            self._group(waiting)

    def _group(self, waiting: list[Flow]) -> None:
        """Place the next flow and those that must stay with it; what does not fit goes back to waiting."""
        size = _group_size(waiting)
        used, last = self._used, self._last
        inside, area = self._foot.inside, self._foot.height
        for number in range(size):
            flow = waiting[-1 - number]
            space = 0.0 if last is None else gap(last, flow)
            end = used + space + flow.height
            if end <= self.height - area + _ROUNDING:
                notes = flow.notes()
                if notes:
                    inside_too = self._foot.whole([note for note, _ in notes], inside)
                    area_too = self._foot.area(inside_too)
                else:
                    inside_too, area_too = inside, area
                if end <= self.height - area_too + _ROUNDING:
                    used, last, inside, area = end, flow, inside_too, area_too
                    continue
            self._break(waiting, number, flow, self.height - used - space, inside)
            return
        for _ in range(size):
            self._put(waiting.pop())

    def _break(self, waiting: list[Flow], number: int, flow: Flow, room: float, inside: float) -> None:
        """End the page. number: how many of the group fit before flow, which does not. room: left for flow and all the notes.

        inside: height of the notes of the page and of those before flow (see Foot).
        """
        heading = isinstance(flow, TextFlow) and flow.is_heading
        parts = None if heading else self._divide(flow, room, inside)
        fresh = self.is_empty and not self._foot.height
        if parts is None and fresh and number == 0:
            # Alone on a page, and still too high: it is divided where it must be, or sticks out.
            parts = (
                self._divide(flow, room, inside)
                or self._divide(flow, room, inside, must=True)
                or self._force(flow)
            )
        elif parts is None and fresh and not heading:
            # No page has more room than this one behind what must precede it.
            parts = self._divide(flow, room, inside, must=True)
        if parts is not None:
            for _ in range(number):
                self._put(waiting.pop())
            waiting.pop()
            self._put(parts[0])
            if parts[1] is not None:
                waiting.append(parts[1])
            elif not self._rest:
                return
        elif fresh:
            # A chain that is longer than a page.
            for _ in range(number):
                self._put(waiting.pop())
        self.new_page()

    def _divide(
        self, flow: Flow, room: float, inside: float, *, must: bool = False
    ) -> tuple[Flow, Flow | None] | None:
        """A flow divided so that its first part fits into room together with all the notes; None when it cannot be.

        There is no second part when the flow is whole and only its last note is divided. As much is taken as has all its notes whole,
        and where there is a note that would stay whole on the next page only, the line of its mark and the beginning of the note.
        must: it is divided as flow.give does it.
        """
        foot = self._foot
        below = inside
        found = sorted(flow.notes(room), key=lambda note: note[1])
        cuts: list[float] = []
        for number, (note, reach) in enumerate(found):
            grown = foot.whole([note], inside)
            if reach + foot.area(grown) <= room + _ROUNDING:
                inside = grown
                continue
            same = [other for other, down in found[number:] if down == reach]
            longest = room - foot.area(foot.least(same, inside))
            if reach <= longest + _ROUNDING:
                cuts = [reach, longest]
            cuts.append(min(reach - 2 * _ROUNDING, room - foot.area(inside)))
            break
        else:
            cuts.append(room - foot.area(inside))
        for cut in cuts:
            parts = self._cut(flow, cut, room, below, must=must)
            if parts is not None:
                return parts
        return None

    def _cut(
        self, flow: Flow, cut: float, room: float, inside: float, *, must: bool
    ) -> tuple[Flow, Flow | None] | None:
        """A flow divided so that its first part is at most cut high, and lower where its notes need more. The rest is as in _divide."""
        foot = self._foot
        while cut > 0:
            if flow.height <= cut + _ROUNDING and not flow.keep_with_next:
                parts: tuple[Flow, Flow | None] | None = (flow, None)
            else:
                parts = give(flow, cut) if must else flow.split(cut)
            if parts is None:
                break
            upper = parts[0]
            area = foot.area(foot.least([note for note, _ in upper.notes()], inside))
            if upper.height + area <= room + _ROUNDING:
                return parts
            if upper.height > cut + _ROUNDING:
                # It sticks out, as it would of less.
                break
            # Less than its height, so that every round has less to place.
            cut = room - area
        return None

    def _force(self, flow: Flow) -> tuple[Flow, Flow | None]:
        """A flow that does not fit on a page of its own, divided all the same; or whole. Notes without room go to the next pages."""
        notes = flow.notes()
        cut = min(self.height, *(reach for _, reach in notes)) if notes else self.height
        if flow.height > cut + _ROUNDING:
            parts = flow.split(cut) or flow.split(self.height) or give(flow, cut)
            if parts is None and flow.height > self.height and isinstance(flow, TextFlow):
                parts = flow.cut(self.height)
            if parts is not None:
                return parts
        return flow, None

    def _put(self, flow: Flow) -> None:
        page = self.page
        if page is None:
            return
        if self._last is not None:
            self._used += gap(self._last, flow)
        page.placed.append(Placed(flow, self._x, self.top - self._used))
        self._used += flow.height
        self._last = flow
        notes = flow.notes()
        if notes:
            self._note(page, [note for note, _ in notes])

    def _note(self, page: Page, notes: Sequence[Note]) -> None:
        """Put notes at the foot, or what there is room for."""
        for note in notes:
            note.fit(self.width)
        made = [note.content for note in notes]
        if self._rest:
            self._rest = [*self._rest, *made]
        else:
            self._rest = self._foot.add(made, self.height - self._used)
            self._place_foot(page)

    def _place_foot(self, page: Page) -> None:
        page.foot = Placed(self._foot, self._x, self.top - self.height + self._foot.height)


def _group_size(waiting: Sequence[Flow]) -> int:
    """How many of the next flows must begin on one page. waiting: the next one is the last.

    Whatever keeps to the next, the next itself, and one more when that is a single line: two lines should follow a heading.
    """
    count = len(waiting)
    size = 1
    while size < count and waiting[-size].keep_with_next and not isinstance(waiting[-1 - size], Break):
        size += 1
    if 1 < size < count:
        flow, after = waiting[-size], waiting[-1 - size]
        single = isinstance(flow, TextFlow) and flow.lines == 1
        if single and not after.keep_with_next and not isinstance(after, Break):
            size += 1
    return size
