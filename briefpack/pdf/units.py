"""A laid pack → what of it is not divided when it goes in parts: sections, sections that share pages, annexes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefpack.body import BodyPage
from briefpack.document import Document
from briefpack.errors import Where
from briefpack.pdf.pages import Laid
from briefpack.style import Style


@dataclass(frozen=True, slots=True)
class Unit:
    """What is not divided: a section, sections that share pages, or an annex with its divider.

    drawn: its pages in Laid.pages. sections: positions in the Document, 0-based. annex: such a position, None for sections. bound: the pages of the annex,
    1-based. where: it begins in the sources. behind: how many of the drawn pages stand behind those of the annex: blank ones before the next one.
    """

    drawn: range
    sections: range
    annex: int | None
    bound: range
    where: Where
    behind: int = 0

    @property
    def pages(self) -> int:
        """Of the pack."""
        return len(self.drawn) + len(self.bound)

    def divided(self, counts: Sequence[int]) -> Iterator[Unit]:
        """An annex in pieces of so many pages, the first one behind the divider, and the last one before the blank pages that follow."""
        first, last = self.bound.start, len(counts) - 1
        middle = self.drawn.stop - self.behind
        for number, count in enumerate(counts):
            drawn = range(
                self.drawn.start if number == 0 else middle, self.drawn.stop if number == last else middle
            )
            behind = self.behind if number == last else 0
            yield replace(self, drawn=drawn, bound=range(first, first + count), behind=behind)
            first += count


def units_of(document: Document, laid: Laid, style: Style) -> tuple[Unit, ...]:
    """All pages of a pack but cover and contents, in order, each in one unit."""
    found: list[Unit] = []
    before = -1
    for position, section in enumerate(document.sections):
        index, _, top = laid.destinations[section.anchor]
        page = laid.pages[index]
        # Notes at the foot may still be those of the section before.
        at_top = page.first or (top >= page.setup(style.page).height and page.foot is None)
        if found and (index == before or not at_top):
            found[-1] = replace(found[-1], sections=range(found[-1].sections.start, position + 1))
        else:
            sections = range(position, position + 1)
            found.append(Unit(range(index, index), sections, None, range(0), section.where))
        before = index
    drawn = laid.page_numbers.front_pages
    end = range(len(document.sections), len(document.sections))
    for item in laid.plan:
        if isinstance(item, BodyPage):
            drawn = item.index + 1
            continue
        annex = document.annexes[item.annex]
        index, *_ = laid.destinations[annex.anchor]
        # Without a divider an annex has the page before it for its place.
        begins = index if laid.pages[index].label == annex.label else drawn
        found.append(Unit(range(begins, drawn), end, item.annex, annex.here, annex.where))
    ends = [*(unit.drawn.start for unit in found[1:]), len(laid.pages)]
    return tuple(
        replace(
            unit,
            drawn=range(unit.drawn.start, stop),
            behind=0 if unit.annex is None else stop - unit.drawn.stop,
        )
        for unit, stop in zip(found, ends, strict=True)
    )
