"""A laid pack → its parts: pages as they are in the whole, behind a cover and contents of their own.

Nothing is laid out again but cover and contents, so that every page of a part says what it says in the whole pack, and has its number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from briefpack.body import AnnexPages, BodyPage, PlanItem
from briefpack.document import Document, OtherPart, PackPart, TocEntry, TocKind
from briefpack.errors import Where
from briefpack.file_names import safe
from briefpack.pdf.furniture import last_page
from briefpack.pdf.layout import lay_out_front
from briefpack.pdf.pages import Laid
from briefpack.pdf.structure import Element
from briefpack.style import Style
from briefpack.template import fill


@dataclass(frozen=True, slots=True)
class Unit:
    """What is not divided: a section, sections that share pages, or an annex with its divider.

    plan: its places in Laid.plan. sections, annexes: positions in the Document, 0-based. pages: of the pack. where: it begins in the sources.
    """

    plan: range
    sections: range
    annexes: range
    pages: int
    where: Where


def units_of(document: Document, laid: Laid, style: Style) -> tuple[Unit, ...]:
    """All pages of a pack but cover and contents, in order, each in one unit."""
    place_of = {item.index: place for place, item in enumerate(laid.plan) if isinstance(item, BodyPage)}
    begins: list[tuple[int, range, range, Where]] = []
    before = -1
    for position, section in enumerate(document.sections):
        index, _, top = laid.destinations[section.anchor]
        page = laid.pages[index]
        # Notes at the foot may still be those of the section before.
        at_top = page.first or (top >= page.setup(style.page).height and page.foot is None)
        apart, before = index != before and at_top, index
        if begins and not apart:
            first, sections, annexes, where = begins[-1]
            begins[-1] = (first, range(sections.start, position + 1), annexes, where)
        else:
            begins.append((place_of[index], range(position, position + 1), range(0), section.where))
    sections_end = len(document.sections)
    for place, item in enumerate(laid.plan):
        if isinstance(item, AnnexPages):
            annex = document.annexes[item.annex]
            divider = laid.destinations[annex.anchor][0] if annex.anchor in laid.destinations else None
            drawn = divider is not None and laid.pages[divider].label == annex.label
            first = place_of[divider] if divider is not None and drawn else place
            span = range(item.annex, item.annex + 1)
            begins.append((first, range(sections_end, sections_end), span, annex.where))
    ends = [*(first for first, *_ in begins[1:]), len(laid.plan)]
    return tuple(
        Unit(
            range(first, end),
            sections,
            annexes,
            sum(_pages(document, item) for item in laid.plan[first:end]),
            where,
        )
        for (first, sections, annexes, where), end in zip(begins, ends, strict=True)
    )


def _pages(document: Document, item: PlanItem) -> int:
    return 1 if isinstance(item, BodyPage) else document.annexes[item.annex].pages


@dataclass(frozen=True, slots=True)
class Portioner:
    """Makes the parts of a pack. Only the part that was made last can be drawn: the elements of its pages are in its structure tree.

    style: of the whole pack; each part has a cover and contents, whether or not it asks for them.
    """

    document: Document
    style: Style
    laid: Laid
    units: tuple[Unit, ...]

    def portion(self, groups: Sequence[range], number: int) -> tuple[Document, Laid]:
        """One part. groups: the units of every part, in order. number: of the part, 0-based."""
        group = groups[number]
        units = self.units[group.start : group.stop]
        plan = range(units[0].plan.start, units[-1].plan.stop)
        document = self._document(groups, number, units, plan)
        style = replace(
            self.style,
            cover=replace(self.style.cover, show=True),
            contents=replace(self.style.contents, depth=max(self.style.contents.depth, 1)),
        )
        part = document.part
        front = lay_out_front(document, style, self.laid, 1 if part is None else part.first_page)
        return document, self._laid(document, front, units, plan)

    # ----------------------------------------------------------------------- what it says

    def _document(self, groups: Sequence[range], number: int, units: Sequence[Unit], plan: range) -> Document:
        whole = self.document
        sections = whole.sections[units[0].sections.start : units[-1].sections.stop]
        annexes = tuple(whole.annexes[index] for unit in units for index in unit.annexes)
        here = {each.anchor for each in sections} | {each.anchor for each in annexes}
        return replace(
            whole,
            meta=replace(
                whole.meta,
                file_stem=f"{whole.meta.file_stem}-{safe(self._word('part_file', number, groups))}",
            ),
            contents=tuple(_of(whole, here)),
            sections=sections,
            annexes=annexes,
            part=PackPart(
                words=self._word("part", number, groups),
                here=self.style.word("in_this_part", whole.meta.language),
                others=tuple(self._others(groups, number)),
                elsewhere=self._elsewhere(groups, number),
                languages={
                    section.anchor: section.language
                    for section in whole.sections
                    if section.language is not None and section.anchor not in here
                },
                first_page=self._running(plan),
                pages=last_page(self.laid),
            ),
        )

    def _word(self, key: str, number: int, groups: Sequence[range]) -> str:
        values = {"part": str(number + 1), "parts": str(len(groups))}
        return fill(self.style.word(key, self.document.meta.language), values)

    def _others(self, groups: Sequence[range], number: int) -> Iterator[OtherPart]:
        whole = self.document
        for other, group in enumerate(groups):
            if other != number:
                anchors = {
                    anchor for unit in self.units[group.start : group.stop] for anchor in self._heads(unit)
                }
                entries = tuple(entry for entry in _of(whole, anchors) if entry.kind is not TocKind.HEADING)
                yield OtherPart(self._word("in_other_part", other, groups), entries)

    def _heads(self, unit: Unit) -> Iterator[str]:
        """Anchors of the sections and the annex of a unit."""
        yield from (self.document.sections[position].anchor for position in unit.sections)
        yield from (self.document.annexes[position].anchor for position in unit.annexes)

    def _elsewhere(self, groups: Sequence[range], number: int) -> dict[str, tuple[str, str]]:
        """What stands on pages of other parts: the section or annex that it is in, and the words of that part."""
        part_of = {
            anchor: part
            for part, group in enumerate(groups)
            for unit in self.units[group.start : group.stop]
            for anchor in self._heads(unit)
        }
        words = [self._word("in_other_part", part, groups) for part in range(len(groups))]
        return {
            anchor: (head, words[part_of[head]])
            for anchor, head in self._heads_of().items()
            if part_of[head] != number
        }

    def _heads_of(self) -> dict[str, str]:
        """Anchor of anything behind the contents → that of the section or annex that it is in."""
        laid, document = self.laid, self.document
        found = {annex.anchor: annex.anchor for annex in document.annexes}
        sections = [
            (index, -top, section.anchor)
            for section in document.sections
            for index, _, top in [laid.destinations[section.anchor]]
        ]
        waiting = iter(sections)
        following = next(waiting, None)
        head = ""
        for index, down, anchor in sorted(
            (index, -top, anchor) for anchor, (index, _, top) in laid.destinations.items()
        ):
            while following is not None and (index, down) >= following[:2]:
                head, following = following[2], next(waiting, None)
            if anchor not in found and head:
                found[anchor] = head
        return found

    # ----------------------------------------------------------------------- where it stands

    def _running(self, plan: range) -> int:
        """The number of the first page of a stretch of the plan, as the footer counts."""
        item = self.laid.plan[plan.start]
        running = (
            self.laid.pages[item.index].running
            if isinstance(item, BodyPage)
            else self.laid.annex_running[item.annex]
        )
        return running or 1

    def _laid(self, document: Document, front: Laid, units: Sequence[Unit], plan: range) -> Laid:
        whole = self.laid
        pages = list(front.pages)
        items: list[PlanItem] = list(front.plan)
        moved: dict[int, int] = {}
        annexes: list[int] = []
        destinations = dict(front.destinations)
        for item in whole.plan[plan.start : plan.stop]:
            if isinstance(item, BodyPage):
                moved[item.index] = len(pages)
                items.append(BodyPage(len(pages)))
                pages.append(whole.pages[item.index])
            else:
                anchor = self.document.annexes[item.annex].anchor
                # An annex without a divider stands behind the page before it, whichever that is.
                destinations[anchor] = (max(len(pages) - 1, 0), 0.0, float(self.style.page.height))
                items.append(AnnexPages(len(annexes)))
                annexes.append(whole.annex_running[item.annex])
        destinations |= {
            anchor: (moved[index], left, top)
            for anchor, (index, left, top) in whole.destinations.items()
            if index in moved and not _is_away(document, anchor)
        }
        if document.part is not None:
            destinations |= {
                anchor: destinations[head] for anchor, (head, _) in document.part.elsewhere.items()
            }
        return Laid(
            tuple(pages),
            tuple(items),
            front.page_numbers,
            destinations,
            tuple(annexes),
            whole.setter,
            self._structure(front.structure, units),
            front.said,
        )

    def _structure(self, front: Element, units: Sequence[Unit]) -> Element:
        """The tree of a part: what there is of its front, and behind it the elements of its sections and annexes."""
        sections, annexes = len(self.document.sections), len(self.document.annexes)
        elements = self.laid.structure.children[-(sections + annexes) :]
        chosen = [
            elements[position]
            for unit in units
            for position in chain(unit.sections, (sections + annex for annex in unit.annexes))
        ]
        for element in chosen:
            element.parent = front
        front.children.extend(chosen)
        return front


def with_schedule(part: Document, whole: Document, *, here: bool) -> Document:
    """A part as a Word file has it, in which annexes are no pages but rows of the schedule behind the last section. here: that is in the part."""
    annexes = whole.annexes if here else ()
    rows = {annex.anchor for annex in annexes}
    sections = {section.anchor for section in part.sections}
    if part.part is None:
        return part
    others = tuple(
        replace(other, entries=tuple(entry for entry in other.entries if entry.anchor not in rows))
        for other in part.part.others
    )
    elsewhere = {anchor: to for anchor, to in part.part.elsewhere.items() if to[0] not in rows}
    return replace(
        part,
        contents=tuple(_of(whole, sections | rows)),
        annexes=annexes,
        part=replace(
            part.part, others=tuple(other for other in others if other.entries), elsewhere=elsewhere
        ),
    )


def _of(whole: Document, anchors: Collection[str]) -> Iterator[TocEntry]:
    """The entries of sections and annexes with these anchors, with the headings in them."""
    within = False
    for entry in whole.contents:
        if entry.kind is not TocKind.HEADING:
            within = entry.anchor in anchors
        if within:
            yield entry


def _is_away(document: Document, anchor: str) -> bool:
    return document.part is not None and anchor in document.part.elsewhere
