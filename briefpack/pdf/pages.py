"""Pages before they are drawn: what stands where, and what they are called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from briefpack.body import PlanItem
from briefpack.document import PageNumbers
from briefpack.pdf.boxes import Break
from briefpack.pdf.flow import Flow, gap, give
from briefpack.pdf.paragraph import TextFlow
from briefpack.pdf.structure import Element
from briefpack.pdf.text import Typesetter
from briefpack.style import PageSetup

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
    first: it is the first page of a section. landscape: it lies on its side.
    """

    kind: PageKind
    label: str
    running: int | None
    verso: bool = False
    section: str = ""
    first: bool = False
    placed: list[Placed] = field(default_factory=list)
    landscape: bool = False

    def setup(self, upright: PageSetup) -> PageSetup:
        """Sheet and margins of this page, as its reader sees it. upright: those of the style."""
        return upright.turned if self.landscape else upright


@dataclass(frozen=True, slots=True)
class Laid:
    """The laid-out pack. pages: those that are drawn, in order. plan: these and the annexes' pages between them.

    destinations: anchor → (0-based page, left, top). annex_running: running number of each annex's first page.
    setter: the typesetter that measured the words, whose caches serve the drawing too. structure: root of the structure
    tree, whose elements the flows on the pages have.
    """

    pages: tuple[Page, ...]
    plan: tuple[PlanItem, ...]
    page_numbers: PageNumbers
    destinations: dict[str, tuple[int, float, float]]
    annex_running: tuple[int, ...]
    setter: Typesetter
    structure: Element


class Filler:
    """Fills one page after the other with flows. begin: makes the next page; left: where its frame begins.

    width, height: of the frame; top: its upper edge in page coordinates. Nothing is ever moved once it is placed.
    """

    def __init__(
        self,
        width: float,
        height: float,
        top: float,
        begin: Callable[[], Page],
        left: Callable[[Page], float],
    ) -> None:
        self.width = width
        self.height = height
        self.top = top
        self.begin = begin
        self.left = left
        self.page: Page | None = None
        self._x = 0.0
        self._used = 0.0
        self._last: Flow | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands on the page at hand, or there is none."""
        return self._last is None

    def new_page(self) -> Page:
        page = self.page = self.begin()
        self._x = self.left(page)
        self._used = 0.0
        self._last = None
        return page

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
        for number in range(size):
            flow = waiting[-1 - number]
            space = 0.0 if last is None else gap(last, flow)
            if used + space + flow.height <= self.height + _ROUNDING:
                used += space + flow.height
                last = flow
                continue
            self._break(waiting, number, flow, self.height - used - space)
            return
        for _ in range(size):
            self._put(waiting.pop())

    def _break(self, waiting: list[Flow], number: int, flow: Flow, room: float) -> None:
        """End the page. number: how many of the group fit before flow, which does not. room: left for flow."""
        heading = isinstance(flow, TextFlow) and flow.is_heading
        parts = None if heading else flow.split(room)
        if parts is None and self.is_empty and number == 0:
            # Alone on a page, and still too high: it is divided where it must be, or sticks out.
            parts = flow.split(self.height) or give(flow, room)
            if parts is None:
                self._put(waiting.pop())
                return
        if parts is None and self.is_empty:
            # No page has more room than this one behind what must precede it.
            parts = None if heading else give(flow, room)
        if parts is not None:
            for _ in range(number):
                self._put(waiting.pop())
            waiting.pop()
            self._put(parts[0])
            waiting.append(parts[1])
        elif self.is_empty:
            # A chain that is longer than a page.
            for _ in range(number):
                self._put(waiting.pop())
        self.new_page()

    def _put(self, flow: Flow) -> None:
        if self._last is not None:
            self._used += gap(self._last, flow)
        if self.page is not None:
            self.page.placed.append(Placed(flow, self._x, self.top - self._used))
        self._used += flow.height
        self._last = flow


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
