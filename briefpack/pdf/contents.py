"""The contents as flows: numbers in their own column, leaders on one grid, page numbers in one column, each line a link.

The lines are broken before the numbers are known, since numbers have a column of their own; they are looked up when a line is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from briefpack.document import (
    CrossReference,
    Document,
    Heading,
    Text,
    TocEntry,
    TocKind,
    annex_page_anchor,
    with_mark,
)
from briefpack.marking import Marking
from briefpack.pdf.canvas import PageCanvas
from briefpack.pdf.flow import Flow
from briefpack.pdf.paragraph import TextFlow
from briefpack.pdf.structure import Element
from briefpack.pdf.text import Label, Typesetter
from briefpack.style import Style

if TYPE_CHECKING:
    from briefpack.pdf.notes import Note

_LEVELS = 3
_LEADER_ROLE = "contents-2"
"""Leaders look the same on every level, so that they form one grid."""
_AIR = 0.6
"""Least distance of a leader from the words and the number, as a share of the text's size."""


class ContentsLine:
    """One entry. labels: anchor → printed page number, complete when the line is drawn. link: in the structure tree.

    target: where a click leads to, None for an entry of another part: then references to what it names lead to the line. anchor: of the page whose number
    is printed. name: as in TocEntry.place.
    """

    def __init__(
        self,
        words: TextFlow,
        role_of_text: str,
        *,
        setter: Typesetter,
        labels: Mapping[str, str],
        link: Element,
        target: CrossReference | None,
        anchor: str,
        name: str = "",
    ) -> None:
        self.words = words
        self.text_role = role_of_text
        self.setter = setter
        self.labels = labels
        self.link = link
        self.target = target
        self.anchor = anchor
        self.name = name
        self.before = words.before
        self.after = words.after
        self.keep_with_next = False
        self.height = 0.0
        self._width = 0.0

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
        number.paint(canvas, right - number.width, baseline, self.link)
        if style.contents.leader:
            air = _AIR * style.text[self.text_role].size
            with canvas.artifact():
                self._leader(canvas, x + end + air, right - style.contents.page_width, baseline)
        if self.target is not None:
            canvas.link(self.target, (x, top - self.height, right, top), self.link)

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
        return [(self.name, 0.0)] if self.target is None else []

    def notes(self, within: float = inf) -> Sequence[tuple[Note, float]]:  # noqa: ARG002  # the Flow contract
        return ()


def contents_flows(
    document: Document, style: Style, setter: Typesetter, labels: Mapping[str, str], structure: Element
) -> list[Flow]:
    """Title, entries, and the annexes as a group of their own; of a part of a pack, what is in the other parts too. No flows when there is nothing to list.

    structure: root of the structure tree, to which the contents are added as a section.
    """
    entries = [entry for entry in document.contents if entry.level <= style.contents.depth]
    if not entries:
        return []
    language = document.meta.language
    words = style.word("contents", language)
    part = structure.add("Sect", title=words)
    title = setter.flow((Text(words),), "contents-title", element=part.add("H1"), keep_with_next=True)
    maker = _Maker(setter, labels, _languages(document), part)
    flows: list[Flow] = [title]
    own = [entry for entry in entries if entry.kind is not TocKind.ANNEX]
    annexes = [entry for entry in entries if entry.kind is TocKind.ANNEX]
    groups = [("", own), (style.word("annexes", language), annexes)]
    if document.part is not None:
        # Of a part with nothing but annexes it is said that they are here.
        at = 0 if own else 1
        groups[at] = (document.part.here, groups[at][1])
    for head, group in groups:
        flows.extend(maker.group(head, group))
    for other in () if document.part is None else document.part.others:
        flows.extend(maker.group(other.words, other.entries, here=False))
    return flows


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes groups of entries. languages: of those that are in another language than the pack. part: the contents in the structure tree."""

    setter: Typesetter
    labels: Mapping[str, str]
    languages: Mapping[str, str]
    part: Element

    def group(self, head: str, group: Sequence[TocEntry], *, here: bool = True) -> Iterator[Flow]:
        """head: what stands above it, "" for nothing. here: the entries are of this file, and a click leads to them."""
        if not group:
            return
        if head:
            words, element = (Text(head),), self.part.add("P")
            yield self.setter.flow(words, "contents-group", element=element, keep_with_next=True)
        numbered = {entry.level for entry in group if entry.number is not None}
        items = _Items(self.part)
        made = [
            _line(
                entry,
                self.setter,
                self.labels,
                numbered=entry.level in numbered,
                item=items.add(entry.level, self.languages.get(entry.anchor), entry.marking),
                language=self.languages.get(entry.anchor),
                here=here,
            )
            for entry in group
        ]
        for upper, (one, other) in zip(made, pairwise(group), strict=False):
            # An entry stays with its first sub-entry.
            upper.keep_with_next = other.level > one.level
        for line in made[-2:-1]:
            # The last one does not stand alone on a page.
            line.keep_with_next = True
        yield from made


class _Items:
    """Entries in the structure tree: those of a deeper level are a list inside the entry above them."""

    def __init__(self, part: Element) -> None:
        self._part = part
        self._open: list[tuple[int, Element, Element]] = []

    def add(self, level: int, language: str | None, marking: Marking | None) -> Element:
        """The next entry. level: 1-based; what levels there are between it and the entry above does not matter."""
        around = self._part
        while self._open and self._open[-1][0] > level:
            self._open.pop()
        if self._open and self._open[-1][0] == level:
            _, entries, _ = self._open.pop()
        else:
            if self._open:
                around = self._open[-1][2]
            entries = around.add("TOC")
        item = entries.add("TOCI", language=language, marking=marking)
        self._open.append((level, entries, item))
        return item


def _languages(document: Document) -> dict[str, str]:
    """Anchors of headings in another language than the pack's, and that language."""
    found: dict[str, str] = {} if document.part is None else dict(document.part.languages)
    for section in document.sections:
        if section.language is not None:
            found[section.anchor] = section.language
            for block in section.blocks:
                if isinstance(block, Heading):
                    found[block.anchor] = section.language
    return found


def _line(
    entry: TocEntry,
    setter: Typesetter,
    labels: Mapping[str, str],
    *,
    numbered: bool,
    item: Element,
    language: str | None,
    here: bool,
) -> ContentsLine:
    style = setter.style
    level = min(entry.level, _LEVELS)
    role = f"contents-{level}"
    label = lead = None
    if numbered:
        lead = item.add("Lbl")
        colour = style.text["secondary"].colour if level > 1 else None
        label = Label(entry.number or "", float(style.contents.number_width[level - 1]), colour=colour)
    link = item.add("Reference").add("Link") if here else item.add("P")
    words = setter.flow(
        with_mark(entry.mark, entry.title),
        role,
        language=language,
        label=label,
        element=link,
        lead=lead,
        goes_on=True,
        keep_with_next=False,
        right=float(style.text[role].right + style.contents.page_width),
    )
    # An annex's entry leads to its first page.
    page = entry.page if entry.kind is TocKind.ANNEX else None
    return ContentsLine(
        words,
        role,
        setter=setter,
        labels=labels,
        link=link,
        target=CrossReference(entry.anchor, (Text(entry.title),), annex_page=page) if here else None,
        anchor=entry.anchor if page is None else annex_page_anchor(entry.anchor, page),
        name=entry.place,
    )
