"""A laid pack → its parts: pages as they are in the whole, behind a cover and contents of their own.

Nothing is laid out again but cover and contents, so that every page of a part says what it says in the whole pack, and has its number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from briefpack.body import AnnexPages, BodyPage, PlanItem
from briefpack.document import AnnexEntry, Document, OtherPart, PackPart, TocEntry, TocKind, annex_page_anchor
from briefpack.file_names import safe
from briefpack.pdf.fields import annex_page_label
from briefpack.pdf.furniture import last_page
from briefpack.pdf.layout import lay_out_front
from briefpack.pdf.pages import Laid
from briefpack.pdf.structure import Element
from briefpack.pdf.units import Unit
from briefpack.style import Style
from briefpack.template import fill


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
        parts = [self._part(group) for group in groups]
        document = self._document(parts, number)
        style = replace(
            self.style,
            cover=replace(self.style.cover, show=True),
            contents=replace(self.style.contents, depth=max(self.style.contents.depth, 1)),
        )
        front = lay_out_front(document, style, self.laid, self._running(parts[number]))
        return document, self._laid(document, front, parts[number])

    def _part(self, group: range) -> _Part:
        units = self.units[group.start : group.stop]
        sections = [position for unit in units for position in unit.sections]
        bound: dict[int, range] = {}
        for unit in units:
            if unit.annex is not None:
                first = bound.get(unit.annex, unit.bound).start
                bound[unit.annex] = range(first, unit.bound.stop)
        drawn = [unit.drawn for unit in units if unit.drawn]
        return _Part(
            range(drawn[0].start, drawn[-1].stop) if drawn else range(0),
            tuple(sections),
            tuple(
                replace(self.document.annexes[annex], first=pages.start, bound=len(pages))
                if len(pages) < self.document.annexes[annex].pages
                else self.document.annexes[annex]
                for annex, pages in bound.items()
            ),
            tuple(bound),
            len(units[0].drawn) == units[0].behind,
        )

    # ----------------------------------------------------------------------- what it says

    def _document(self, parts: Sequence[_Part], number: int) -> Document:
        whole, own = self.document, parts[number]
        sections = tuple(whole.sections[position] for position in own.sections)
        here = {each.anchor for each in sections}
        stem = f"{whole.meta.file_stem}-{safe(self._word('part_file', number, len(parts)))}"
        return replace(
            whole,
            meta=replace(whole.meta, file_stem=stem),
            contents=tuple(self._entries(own)),
            sections=sections,
            annexes=own.annexes,
            part=PackPart(
                words=self._word("part", number, len(parts)),
                here=self.style.word("in_this_part", whole.meta.language),
                others=tuple(
                    OtherPart(
                        self._word("in_other_part", other, len(parts)),
                        tuple(entry for entry in self._entries(part) if entry.kind is not TocKind.HEADING),
                    )
                    for other, part in enumerate(parts)
                    if other != number
                ),
                elsewhere=self._elsewhere(parts, number),
                languages={
                    section.anchor: section.language
                    for section in whole.sections
                    if section.language is not None and section.anchor not in here
                },
                first_page=self._running(own),
                pages=last_page(self.laid),
            ),
        )

    def _word(self, key: str, number: int, count: int) -> str:
        values = {"part": str(number + 1), "parts": str(count)}
        return fill(self.style.word(key, self.document.meta.language), values)

    def _entries(self, part: _Part) -> Iterator[TocEntry]:
        """The entries of a part; those of annexes that are divided say which pages are there."""
        annexes = {entry.anchor: entry for entry in part.annexes}
        anchors = annexes.keys() | {self.document.sections[position].anchor for position in part.sections}
        for entry in entries_of(self.document, anchors):
            annex = annexes.get(entry.anchor)
            if entry.kind is TocKind.ANNEX and annex is not None and annex.bound is not None:
                yield replace(entry, title=f"{entry.title} ({self._pages(annex)})", page=annex.first)
            else:
                yield entry

    def _pages(self, annex: AnnexEntry) -> str:
        first, last = (annex_page_label(annex, page) for page in (annex.here[0], annex.here[-1]))
        if first == last:
            return first
        words = self.style.word("page_range", self.document.meta.language)
        return fill(words, {"first": first, "last": last})

    def _elsewhere(self, parts: Sequence[_Part], number: int) -> dict[str, tuple[str, str]]:
        """What stands on pages of other parts: the entry that stands for it, and the words of that part."""
        section_of = self._sections_of()
        found: dict[str, tuple[str, str]] = {}
        for other, part in enumerate(parts):
            if other == number:
                continue
            said = self._word("in_other_part", other, len(parts))
            anchors = {self.document.sections[position].anchor for position in part.sections}
            found |= {anchor: (section, said) for anchor, section in section_of.items() if section in anchors}
            for annex in part.annexes:
                place = annex.anchor if annex.first == 1 else annex_page_anchor(annex.anchor, annex.first)
                names = [place, *(annex_page_anchor(annex.anchor, page) for page in annex.here)]
                found |= dict.fromkeys(names, (place, said))
        return found

    def _sections_of(self) -> dict[str, str]:
        """Anchor of anything in the sections → that of its section."""
        destinations = self.laid.destinations
        annexes = {annex.anchor for annex in self.document.annexes}
        places = {anchor: (index, -top) for anchor, (index, _, top) in destinations.items()}
        heads = iter([(*places[section.anchor], section.anchor) for section in self.document.sections])
        following = next(heads, None)
        found: dict[str, str] = {}
        head = ""
        for place, anchor in sorted((place, anchor) for anchor, place in places.items()):
            while following is not None and place >= following[:2]:
                head, following = following[2], next(heads, None)
            if head and anchor not in annexes:
                found[anchor] = head
        return found

    # ----------------------------------------------------------------------- where it stands

    def _running(self, part: _Part) -> int:
        """The number of its first page, as the footer counts."""
        if not part.begins_bound and (running := self.laid.pages[part.drawn[0]].running) is not None:
            return running
        return self.laid.annex_running[part.positions[0]] + part.annexes[0].first - 1

    def _laid(self, document: Document, front: Laid, part: _Part) -> Laid:
        whole = self.laid
        pages = list(front.pages)
        items: list[PlanItem] = list(front.plan)
        moved: dict[int, int] = {}
        destinations = dict(front.destinations)
        for item in whole.plan:
            if isinstance(item, BodyPage) and item.index in part.drawn:
                moved[item.index] = len(pages)
                items.append(BodyPage(len(pages)))
                pages.append(whole.pages[item.index])
            elif isinstance(item, AnnexPages) and item.annex in part.positions:
                # An annex without a divider stands behind the page before it, whichever that is.
                anchor = self.document.annexes[item.annex].anchor
                destinations[anchor] = (len(pages) - 1, 0.0, float(self.style.page.height))
                items.append(AnnexPages(part.positions.index(item.annex)))
        away = {} if document.part is None else document.part.elsewhere
        destinations |= {
            anchor: (moved[index], left, top)
            for anchor, (index, left, top) in whole.destinations.items()
            if index in moved and anchor not in away
        }
        destinations |= {anchor: destinations[place] for anchor, (place, _) in away.items()}
        return Laid(
            tuple(pages),
            tuple(items),
            front.page_numbers,
            destinations,
            tuple(
                whole.annex_running[position] + annex.first - 1
                for position, annex in zip(part.positions, part.annexes, strict=True)
            ),
            whole.setter,
            self._structure(front.structure, part),
            front.said,
        )

    def _structure(self, front: Element, part: _Part) -> Element:
        """The tree of a part: what there is of its front, and behind it the elements of its sections and annexes."""
        sections, annexes = len(self.document.sections), len(self.document.annexes)
        elements = self.laid.structure.children[-(sections + annexes) :]
        for position in chain(part.sections, (sections + annex for annex in part.positions)):
            elements[position].parent = front
            front.children.append(elements[position])
        return front


@dataclass(frozen=True, slots=True)
class _Part:
    """drawn: its pages in Laid.pages. sections: positions in the Document. annexes: as far as they are in it; positions: theirs in the Document.

    begins_bound: its first page is one of an annex, and none that is drawn.
    """

    drawn: range
    sections: tuple[int, ...]
    annexes: tuple[AnnexEntry, ...]
    positions: tuple[int, ...]
    begins_bound: bool


def entries_of(whole: Document, anchors: Collection[str]) -> Iterator[TocEntry]:
    """The entries of sections and annexes with these anchors, with the headings in them."""
    within = False
    for entry in whole.contents:
        if entry.kind is not TocKind.HEADING:
            within = entry.anchor in anchors
        if within:
            yield entry


def with_schedule(part: Document, whole: Document, *, here: bool) -> Document:
    """A part as a Word file has it, in which annexes are no pages but rows of the schedule behind the last section. here: that is in the part."""
    if part.part is None:
        return part
    annexes = whole.annexes if here else ()
    rows = {annex.anchor for annex in annexes}
    others = [
        replace(other, entries=tuple(entry for entry in other.entries if entry.anchor not in rows))
        for other in part.part.others
    ]
    left = {entry.place for other in others for entry in other.entries}
    return replace(
        part,
        contents=tuple(entries_of(whole, rows | {section.anchor for section in part.sections})),
        annexes=annexes,
        part=replace(
            part.part,
            others=tuple(other for other in others if other.entries),
            elsewhere={name: to for name, to in part.part.elsewhere.items() if to[0] in left},
        ),
    )
