"""Hypothesis strategies for packs: nested blocks, limits, references, all made without reading a file.

Every node has a place of its own, so that a test can tell nodes with equal words apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import strategies as st

from briefpack.blocks import (
    EVERYBODY,
    AgendaBlock,
    AgendaItem,
    AuthorBlock,
    AuthorCell,
    AuthorColumn,
    AuthorRow,
    AuthorSpans,
    CalloutBlock,
    ContactBlock,
    Generated,
    GeneratedBlock,
    HeadingBlock,
    IfRaised,
    ImageBlock,
    Item,
    Limits,
    ListBlock,
    NumberedBlock,
    NumberedItem,
    PageBreakBlock,
    ParagraphBlock,
    PeopleBlock,
    Person,
    Points,
    PointsBlock,
    QuestionsBlock,
    Record,
    RecordsBlock,
    Reference,
    SpeechBlock,
    TableBlock,
)
from briefpack.document import ImageData, LineBreak, Link, ListKind, Text
from briefpack.errors import Where
from briefpack.pack import (
    BRIEF_PARTS,
    Annex,
    AnnexFacts,
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
_KINDS = (*_FLAT, "list", "numbered", "table", "callout", "agenda")

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

    def blocks(self, most: int = 4, depth: int = 2) -> tuple[AuthorBlock, ...]:
        """depth: how deep lists and boxes may nest; 0 for none."""
        return self.many(lambda: self.block(depth), 0, most)

    def block(self, depth: int) -> AuthorBlock:
        keys: dict[str, Any] = {"where": self.where(), "id": self.id(4), "limits": self.limits()}
        match self.pick(_KINDS if depth else _FLAT):
            case "paragraph":
                return ParagraphBlock(self.spans(), **keys)
            case "heading":
                return HeadingBlock(self.number(2, 4), self.spans(), **keys)
            case "image":
                path = Path(f"pack/{keys['where'].line}.png")
                return ImageBlock(path, PICTURE, "", None, self.maybe(self.spans), None, **keys)
            case "page break":
                return PageBreakBlock(**keys)
            case "list":
                items = self.many(lambda: self.item(depth - 1))
                return ListBlock(self.pick(list(ListKind)), items, **keys)
            case "numbered":
                return NumberedBlock(self.many(lambda: self.numbered(depth)), **keys)
            case "table":
                return self._table(keys)
            case "callout":
                return CalloutBlock(self.maybe(self.spans), self.blocks(2, depth - 1), **keys)
            case _:
                day = self.maybe(lambda: date(2025, 4, 3))
                return AgendaBlock(day, self.maybe(self.spans), self.many(self._agenda_item), **keys)

    def item(self, depth: int) -> Item:
        blocks: tuple[AuthorBlock, ...] = (ParagraphBlock(self.spans(), self.where()),)
        if depth > 0 and self.chance(2):
            items = self.many(lambda: self.item(depth - 1))
            blocks += (ListBlock(ListKind.BULLETS, items, self.where(), limits=self.limits()),)
        return Item(blocks, self.where(), self.id(5), self.limits())

    def numbered(self, depth: int) -> NumberedItem:
        children: tuple[NumberedItem, ...] = ()
        if depth > 0 and self.chance(3):
            children = self.many(lambda: self.numbered(depth - 1))
        return NumberedItem(self.spans(), children, self.where(), self.id(3), self.limits())

    def _table(self, keys: dict[str, Any]) -> TableBlock:
        path = self.pick(("pack/section.yaml", f"pack/{keys['where'].line}.csv"))
        columns = self.many(lambda: AuthorColumn(self.maybe(self.spans), self.pick((None, 0.1, 0.3)), None))

        def cell() -> AuthorCell:
            return AuthorCell((ParagraphBlock(self.spans(), self.where()),), self.where(path))

        rows = self.many(lambda: AuthorRow(tuple(cell() for _ in columns), self.where(path), self.limits()))
        return TableBlock(columns, rows, self.maybe(self.spans), self.maybe(self.spans), **keys)

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
        points = PointsBlock(
            self.many(
                lambda: Points(
                    self.maybe(self.spans), self.many(lambda: self.item(1)), self.where(), self.limits()
                ),
                1,
                2,
            ),
            self.where(),
            limits=self.limits(),
        )
        questions = QuestionsBlock(
            self.many(
                lambda: IfRaised(
                    self.spans(),
                    (ParagraphBlock(self.spans(), self.where()),),
                    self.where(),
                    self.limits(),
                ),
                1,
                2,
            ),
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
        return Annex(f"annex-{where.line}", path, "An annex", None, None, where, where, self.limits())

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
    return {annex.id: AnnexFacts("0" * 64, annex.path, sizes, ()) for annex in pack.annexes}
