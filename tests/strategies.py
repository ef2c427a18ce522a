"""Hypothesis strategies for packs: nested blocks, limits, references, all made without reading a file.

Every node has a place of its own, so that a test can tell nodes with equal words apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import strategies as st

from briefpack.annex import Annex, AnnexFacts, AnnexFile, CleanPart
from briefpack.blocks import (
    AgendaBlock,
    AgendaItem,
    AuthorBlock,
    AuthorCell,
    AuthorColumn,
    AuthorRow,
    AuthorSeries,
    AuthorSpans,
    BesideBlock,
    CalloutBlock,
    ChartBlock,
    ClearanceBlock,
    ClearanceStep,
    ColumnBreakBlock,
    ColumnsBlock,
    ContactBlock,
    Definition,
    DefinitionsBlock,
    Fact,
    FactsBlock,
    Generated,
    GeneratedBlock,
    HeadingBlock,
    IfRaised,
    ImageBlock,
    Item,
    KeepBlock,
    KeyFigure,
    KeyFiguresBlock,
    LandscapeBlock,
    ListBlock,
    NumberedBlock,
    NumberedItem,
    PageBreakBlock,
    ParagraphBlock,
    PeopleBlock,
    Person,
    Points,
    PointsBlock,
    Priority,
    QuestionsBlock,
    QuoteBlock,
    Record,
    RecordsBlock,
    Reference,
    Signature,
    SignaturesBlock,
    SpeechBlock,
    TableBlock,
    TimelineBlock,
    TimelineEntry,
)
from briefpack.document import ChartKind, ImageData, LineBreak, Link, ListKind, RowKind, Text
from briefpack.errors import Where
from briefpack.limits import EVERYBODY, Limits
from briefpack.pack import (
    BRIEF_PARTS,
    Audience,
    AuthorSection,
    Format,
    Pack,
    PackMeta,
    Part,
    PartName,
    SectionKind,
)
from tests.walking import values

_T = TypeVar("_T")

NAMES = ("minister", "staff", "press")
TAGS = ("core", "detail", "public")
PICTURE = ImageData(b"\x89PNG", "png", 40, 20, 96.0)

_WORDS = (
    "Ukraine",
    "the table",
    "Défense",
    "Западные Балканы",
    "12:30",
    "<b>bold</b>",
    "a " * 60 + "end",
    "A",
)
_FLAT = ("paragraph", "paragraph", "heading", "image", "page break")
_SMALL = (
    "points",
    "questions",
    "facts",
    "key figures",
    "timeline",
    "definitions",
    "signatures",
    "clearance",
    "chart",
)
_KINDS = (
    *_FLAT,
    "list",
    "numbered",
    "table",
    "table",
    "callout",
    "agenda",
    *_SMALL,
    "quote",
    "beside",
    "keep",
)
_WHOLE = (*_KINDS, "columns", "landscape")
"""At the outermost depth."""
_IN_CELLS = (
    "list",
    "image",
    "quote",
    "callout",
    *(kind for kind in _SMALL if kind not in {"timeline", "clearance"}),
)
_IN_ITEMS = (*_IN_CELLS, "table", "timeline", "clearance", "keep")
_OUTERMOST = 2

_integers = cache(st.integers)
"""Strategies are made once: making them costs more than drawing from them."""


class Maker:
    """Makes the nodes of one pack from the choices of one draw.

    references: whether texts refer to ids made so far, whoever may see them.
    """

    def __init__(self, draw: st.DrawFn, *, references: bool) -> None:
        self.draw = draw
        self.references = references
        self.ids: list[str] = []
        self.sections: list[str] = []
        self._lines = 0

    # ----------------------------------------------------------------------- choices

    def number(self, least: int, most: int) -> int:
        return self.draw(_integers(least, most))

    def pick(self, choices: Sequence[_T]) -> _T:
        return choices[self.number(0, len(choices) - 1)]

    def chance(self, one_in: int) -> bool:
        return self.number(0, one_in - 1) == 0

    def maybe(self, make: Callable[[], _T]) -> _T | None:
        return make() if self.chance(2) else None

    def many(self, make: Callable[[], _T], least: int = 1, most: int = 3) -> tuple[_T, ...]:
        return tuple(make() for _ in range(self.number(least, most)))

    def some(self, choices: Sequence[_T]) -> tuple[_T, ...]:
        return tuple(choice for choice in choices if self.chance(2))

    # ----------------------------------------------------------------------- small things

    def where(self, path: str = "pack/section.yaml") -> Where:
        self._lines += 1
        return Where(Path(path), self._lines, 1)

    def id(self, one_in: int) -> str | None:
        if not self.chance(one_in):
            return None
        self.ids.append(f"id-{len(self.ids)}")
        return self.ids[-1]

    def limits(self) -> Limits:
        """Mostly everybody, as packs are."""
        if not self.chance(3):
            return EVERYBODY
        return Limits(self.maybe(lambda: self.some(NAMES)), self.maybe(lambda: self.some(TAGS)))

    def spans(self) -> AuthorSpans:
        return self.many(self._span)  # type: ignore[return-value]  # a tuple of the union is what is wanted

    def _span(self) -> Any:
        match self.number(0, 5):
            case 0:
                return LineBreak()
            case 1:
                return Link("https://example.org", (Text(self.pick(_WORDS)),))
            case 2 if self.references and self.ids + self.sections:
                words = self.pick(((), (Text("own words"),)))
                return Reference(self.pick(self.ids + self.sections), None, words, self.where())
            case _:
                return Text(self.pick(_WORDS), strong=self.chance(4))

    # ----------------------------------------------------------------------- blocks

    def blocks(self, most: int = 4, depth: int = _OUTERMOST) -> tuple[AuthorBlock, ...]:
        """depth: how deep lists and boxes may nest; 0 for none."""
        return self.many(lambda: self.block(depth), 0, most)

    def inner(self, kinds: Sequence[str], depth: int) -> tuple[AuthorBlock, ...]:
        """Blocks below the text of an item or a cell: mostly none."""
        return (self.block(depth, kinds),) if depth > 0 and self.chance(4) else ()

    def block(self, depth: int, kinds: Sequence[str] = ()) -> AuthorBlock:
        """kinds: those to choose from, () for all that may stand at this depth."""
        keys: dict[str, Any] = {"where": self.where(), "id": self.id(4), "limits": self.limits()}
        kind = self.pick(kinds or (_WHOLE if depth == _OUTERMOST else _KINDS if depth else _FLAT))
        if kind in _SMALL:
            return self._small(kind, keys)
        match kind:
            case "paragraph":
                return ParagraphBlock(self.spans(), **keys)
            case "heading":
                return HeadingBlock(self.number(2, 4), self.spans(), **keys)
            case "image":
                return self._image(keys)
            case "page break":
                return PageBreakBlock(**keys)
            case "list":
                items = self.many(lambda: self.item(depth - 1))
                kinds = (ListKind.BULLETS, ListKind.DASHES, ListKind.NUMBERS)
                return ListBlock(self.pick(kinds), items, **keys)
            case "numbered":
                return NumberedBlock(self.many(lambda: self.numbered(depth)), **keys)
            case "table":
                return self._table(keys, depth)
            case "callout":
                return CalloutBlock(self.maybe(self.spans), self.blocks(2, depth - 1), **keys)
            case "quote":
                said = (self._paragraph(),)
                return QuoteBlock(said, self.maybe(self.spans), self.maybe(self.spans), self._day(), **keys)
            case "beside":
                image = self._image({"where": self.where()})
                return BesideBlock(image, self.blocks(2, depth - 1), self.chance(2), 0.4, **keys)
            case "keep":
                return KeepBlock(self.blocks(2, depth - 1), **keys)
            case "landscape":
                return LandscapeBlock(self.blocks(2, depth - 1), **keys)
            case "columns":
                column_break = ColumnBreakBlock(self.where(), limits=self.limits())
                first = self.blocks(2, depth - 1)
                return ColumnsBlock((*first, column_break, *self.blocks(2, depth - 1)), 2, **keys)
            case _:
                day = self.maybe(lambda: date(2025, 4, 3))
                return AgendaBlock(day, self.maybe(self.spans), self.many(self._agenda_item), **keys)

    def item(self, depth: int) -> Item:
        blocks: tuple[AuthorBlock, ...] = (ParagraphBlock(self.spans(), self.where()),)
        if depth > 0 and self.chance(2):
            items = self.many(lambda: self.item(depth - 1))
            blocks += (ListBlock(ListKind.BULLETS, items, self.where(), limits=self.limits()),)
        blocks += self.inner(_IN_ITEMS, depth)
        return Item(blocks, self.where(), self.id(5), self.limits())

    def numbered(self, depth: int) -> NumberedItem:
        children: tuple[NumberedItem, ...] = ()
        if depth > 0 and self.chance(3):
            children = self.many(lambda: self.numbered(depth - 1))
        return NumberedItem(self.spans(), children, self.where(), self.id(3), self.limits())

    def _paragraph(self) -> ParagraphBlock:
        return ParagraphBlock(self.spans(), self.where())

    def _day(self) -> date | None:
        return self.maybe(lambda: date(2025, 4, self.number(1, 30)))

    def _image(self, keys: dict[str, Any]) -> ImageBlock:
        path = Path(f"pack/{keys['where'].line}.png")
        return ImageBlock(path, PICTURE, "", None, self.maybe(self.spans), None, **keys, as_of=self._day())

    def _small(self, kind: str, keys: dict[str, Any]) -> AuthorBlock:
        """A block of entries, each of which may be limited."""

        def last() -> dict[str, Any]:
            return {"where": self.where(), "limits": self.limits()}

        def labelled() -> tuple[Any, ...]:
            return (self.spans(), (self._paragraph(),), self.where(), self.limits())

        match kind:
            case "points":
                return PointsBlock(self.many(self._points), **keys)
            case "questions":
                return QuestionsBlock(self.many(self._if_raised), **keys)
            case "facts":
                facts = self.many(lambda: Fact(*labelled()))
                return FactsBlock(self.maybe(self.spans), facts, self.maybe(self.spans), **keys)
            case "key figures":
                figures = self.many(
                    lambda: KeyFigure(self.spans(), self.spans(), self.maybe(self.spans), **last()), 1, 5
                )
                return KeyFiguresBlock(figures, self.maybe(self.spans), **keys, as_of=self._day())
            case "timeline":
                entries = self.many(
                    lambda: TimelineEntry(
                        *self.pick(((date(2025, 4, 3), None, None), (None, None, self.spans()))),
                        (self._paragraph(),),
                        **last(),
                    )
                )
                return TimelineBlock(entries, self.maybe(self.spans), self.maybe(self.spans), **keys)
            case "definitions":
                return DefinitionsBlock(self.many(lambda: Definition(*labelled())), **keys)
            case "signatures":
                signatures = self.many(
                    lambda: Signature(self.spans(), self.maybe(self.spans), self._day(), **last())
                )
                return SignaturesBlock(signatures, **keys)
            case "clearance":
                steps = self.many(
                    lambda: ClearanceStep(
                        self.spans(), None, self.spans(), self.maybe(self.spans), self._day(), **last()
                    )
                )
                return ClearanceBlock(steps, **keys)
            case _:
                series = self.many(
                    lambda: AuthorSeries(
                        self.pick(_WORDS), (Decimal("2.70"), self.maybe(lambda: Decimal(1))), **last()
                    )
                )
                path = self.maybe(lambda: Path(f"pack/{keys['where'].line}.csv"))
                return ChartBlock(
                    self.pick((ChartKind.BAR, ChartKind.LINE)),
                    horizontal=False,
                    stacked=False,
                    categories=("2024", "2025"),
                    series=series,
                    unit="%",
                    labelled=None,
                    alt=None,
                    path=path,
                    width=None,
                    height=None,
                    caption=self.maybe(self.spans),
                    source=None,
                    **keys,
                )

    def _points(self) -> Points:
        items = self.many(lambda: replace(self.item(1), priority=self.pick((None, *Priority))))
        return Points(self.maybe(self.spans), items, self.where(), self.limits())

    def _if_raised(self) -> IfRaised:
        return IfRaised(self.spans(), (self._paragraph(),), self.where(), self.limits())

    def _table(self, keys: dict[str, Any], depth: int) -> TableBlock:
        """Its cells cover columns and rows, and fill the grid."""
        path = self.pick(("pack/section.yaml", f"pack/{keys['where'].line}.csv"))
        columns = self.many(
            lambda: AuthorColumn(
                self.maybe(self.spans),
                self.pick((None, 0.1, 0.3)),
                None,
                self.pick((None, None, (Text("group"),))),
                decimal=self.chance(4),
                heads=self.chance(4),
            )
        )
        kinds = [self.pick((RowKind.BODY, RowKind.BODY, *RowKind)) for _ in range(self.number(1, 4))]
        open_ = [0] * len(columns)
        rows: list[AuthorRow] = []
        for number, kind in enumerate(kinds):
            # Nothing reaches over the heading of a group, or out of the table.
            end = next((n for n in range(number, len(kinds)) if kinds[n] is RowKind.GROUP), len(kinds))
            rows.append(self._row(kind, open_, end - number, path, depth))
        return TableBlock(columns, tuple(rows), self.maybe(self.spans), self.maybe(self.spans), **keys)

    def _row(self, kind: RowKind, open_: list[int], below: int, path: str, depth: int) -> AuthorRow:
        """open_: how many rows a cell from above still covers in each column, then those of the next row. below: rows that a cell may cover."""
        if kind is RowKind.GROUP:
            cell = AuthorCell((self._paragraph(),), self.where(path), columns=len(open_))
            return AuthorRow((cell,), self.where(path), self.limits(), kind)
        cells: list[AuthorCell] = []
        column = 0
        while column < len(open_):
            if open_[column]:
                open_[column] -= 1
                column += 1
                continue
            wide = 1
            if column + 1 < len(open_) and not open_[column + 1] and self.chance(4):
                wide = 2
            high = self.number(1, min(below, 3)) if self.chance(3) else 1
            blocks = (self._paragraph(), *self.inner(_IN_CELLS, depth - 1))
            cells.append(AuthorCell(blocks, self.where(path), wide, high))
            open_[column : column + wide] = [high - 1] * wide
            column += wide
        return AuthorRow(tuple(cells), self.where(path), self.limits(), kind)

    def _agenda_item(self) -> AgendaItem:
        briefs = self.some(self.sections)
        return AgendaItem(
            self.pick(("12:30–14:30", "")),
            self.spans(),
            self.maybe(self.spans),
            self.maybe(self.spans),
            tuple(Reference(target, None, (), self.where()) for target in briefs),
            self.where(),
            self.limits(),
        )

    # ----------------------------------------------------------------------- sections

    def parts(self) -> tuple[Part, ...]:
        """Parts of a brief, each with something in it."""
        points = PointsBlock(self.many(self._points, 1, 2), self.where(), limits=self.limits())
        questions = QuestionsBlock(
            self.many(self._if_raised, 1, 2),
            self.where(),
            limits=self.limits(),
        )
        made = {
            PartName.OBJECTIVE: self.blocks(2, 0),
            PartName.POINTS: (points,),
            PartName.IF_RAISED: (questions,),
            PartName.BACKGROUND: self.blocks(3),
            PartName.BACKGROUND_NOT_FOR_USE: self.blocks(2, 0),
            PartName.RECENT: self.blocks(2, 0),
        }
        chosen = self.some(list(made))
        return tuple(
            Part(name, made[name], self.where()) for name in BRIEF_PARTS if name in chosen and made[name]
        )

    def speech(self) -> tuple[Part, ...]:
        spoken = self.many(
            lambda: ParagraphBlock(self.spans(), self.where(), self.id(5), self.limits()), 1, 3
        )
        return (self._part(PartName.SPEECH, SpeechBlock(spoken, self.pick((None, 90)), self.where())),)

    def people(self) -> tuple[Part, ...]:
        def person() -> Person:
            where = self.where()
            picture = ImageBlock(Path(f"pack/{where.line}.png"), PICTURE, "", None, None, None, self.where())
            return Person(
                self.spans(),
                self.maybe(self.spans),
                None,
                None,
                self.maybe(self.spans),
                self.maybe(lambda: picture),
                self.blocks(2, 0),
                where,
                self.id(3),
                self.limits(),
            )

        return (self._part(PartName.PEOPLE, PeopleBlock(self.many(person), self.where())),)

    def contacts(self) -> tuple[Part, ...]:
        def record() -> Record:
            values = (self.maybe(self.spans), self.spans(), self.maybe(lambda: date(2025, 4, 3)))
            return Record(values, self.where(), self.limits(), self.maybe(lambda: date(2025, 4, 3)))

        columns = ("person", "function", "date")
        block = RecordsBlock(columns, self.many(record), "table", self.where())
        contact = ContactBlock(self.maybe(self.spans), "", "", None, None, self.where())
        return (self._part(PartName.CONTACTS, block), self._part(PartName.CONTACT, contact))

    def lists(self) -> tuple[Part, ...]:
        return tuple(
            self._part(PartName(what.value), GeneratedBlock(what, self.where()))
            for what in self.some(list(Generated))
        )

    def _part(self, name: PartName, block: AuthorBlock) -> Part:
        return Part(name, (block,), self.where())

    def section(self) -> AuthorSection:
        self.sections.append(f"section-{len(self.sections) + 1}")
        path = f"pack/{self.sections[-1]}.yaml"
        kind = self.pick(list(_PARTS_OF))
        parts = _PARTS_OF[kind](self)
        return AuthorSection(
            id=self.sections[-1],
            kind=kind,
            title=self.sections[-1].capitalize(),
            path=Path(path),
            lead=self.pick(("", "A Desk")),
            cleared=self.maybe(lambda: date(2025, 4, 1)),
            note=self.maybe(self.spans),
            language=self.pick((None, "fr")),
            parts=parts,
            blocks=self.blocks(),
            where=self.where(path),
            in_pack=self.where("pack/pack.yaml"),
            limits=self.limits(),
            limits_in_pack=self.limits(),
        )

    def annex(self) -> Annex:
        where = self.where("pack/pack.yaml")
        path = Path(f"pack/annexes/file-{where.line}.pdf")
        return Annex(
            f"annex-{where.line}", (AnnexFile(path, where),), "An annex", None, None, where, self.limits()
        )

    def audience(self, name: str) -> Audience:
        tags = self.maybe(lambda: self.some(TAGS))
        parts = self.some(list(BRIEF_PARTS))
        where = self.where("pack/pack.yaml")
        return Audience(name, name.title(), "base", (Format.PDF,), tags, parts, None, None, where, where)


_PARTS_OF: dict[SectionKind, Callable[[Maker], tuple[Part, ...]]] = {
    SectionKind.PLAIN: lambda _: (),
    SectionKind.BRIEF: Maker.parts,
    SectionKind.SPEAKING_NOTE: Maker.speech,
    SectionKind.BIOGRAPHIES: Maker.people,
    SectionKind.CONTACTS: Maker.contacts,
    SectionKind.LISTS: Maker.lists,
}
"""What has parts of its own blocks; the other kinds have none that these have not."""


@st.composite
def packs(draw: st.DrawFn, *, references: bool = True) -> Pack:
    """A whole pack for the audiences of NAMES; its inputs are every file that a node names or stands in."""
    maker = Maker(draw, references=references)
    sections = maker.many(maker.section)
    annexes = maker.many(maker.annex, 0, 3)
    audiences = tuple(map(maker.audience, NAMES))
    pack = Pack("pack", Path("pack"), made_meta(), sections, annexes, audiences, ())
    paths = {value for value in values(pack) if isinstance(value, Path) and value.suffix}
    return replace(pack, inputs=tuple(sorted(paths)))


@st.composite
def packs_and_readers(draw: st.DrawFn, *, references: bool = True) -> tuple[Pack, Audience]:
    """A pack and one of its audiences."""
    pack = draw(packs(references=references))
    return pack, pack.audiences[draw(_integers(0, len(NAMES) - 1))]


def made_meta(language: str = "en") -> PackMeta:
    return PackMeta(
        title="Meeting",
        subtitle="",
        reference="FMM(25)",
        organisation="",
        owner="",
        place="",
        dates="",
        chair="",
        version="1",
        date=datetime(2025, 4, 2, 18, 0),
        as_of_has_time=True,
        language=language,
        marking="INTERNAL",
        watermark="SPECIMEN",
        where=Where(Path("pack/pack.yaml"), 1, 1),
    )


def made_facts(pack: Pack, pages: int = 4) -> dict[str, AnnexFacts]:
    """Facts of every annex of the pack: A4 pages without an outline."""
    sizes = ((595.0, 842.0),) * pages
    return {annex.id: AnnexFacts((CleanPart("0" * 64, annex.path, sizes, ()),)) for annex in pack.annexes}
