"""Hypothesis strategies for packs: nested blocks, limits, references, all made without reading a file.

Every node has a place of its own, so that a test can tell nodes with equal words apart.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from briefpack.document import ImageData, LineBreak, Link, ListKind, Text
from briefpack.errors import Where
from briefpack.pack import (
    AgendaBlock,
    AgendaItem,
    Annex,
    AnnexFacts,
    Audience,
    AuthorBlock,
    AuthorCell,
    AuthorColumn,
    AuthorRow,
    AuthorSection,
    AuthorSpans,
    Brief,
    BriefPart,
    CalloutBlock,
    Format,
    HeadingBlock,
    IfRaised,
    ImageBlock,
    Item,
    Limits,
    ListBlock,
    NumberedBlock,
    NumberedItem,
    Pack,
    PackMeta,
    PageBreakBlock,
    ParagraphBlock,
    Points,
    Reference,
    SectionKind,
    TableBlock,
)

NAMES = ("minister", "staff", "press")
TAGS = ("core", "detail", "public")
PICTURE = ImageData(b"\x89PNG", "png", 40, 20, 96.0)


class Maker:
    """Hands out places and ids, each one once; a draw of packs() has its own."""

    def __init__(self) -> None:
        self._lines = count(1)
        self._ids = count(1)
        self.ids: list[str] = []

    def where(self, path: str = "pack/section.yaml") -> Where:
        return Where(Path(path), next(self._lines), 1)

    def id(self) -> str:
        self.ids.append(f"id-{next(self._ids)}")
        return self.ids[-1]


def _words() -> st.SearchStrategy[str]:
    return st.sampled_from(
        [
            "Ukraine",
            "the table",
            "Défense",
            "Западные Балканы",
            "12:30",
            "<b>bold</b>",
            "a " * 60 + "end",
            "A",
        ]
    )


def limits() -> st.SearchStrategy[Limits]:
    """Mostly everybody, as packs are."""
    names = st.lists(st.sampled_from(NAMES), unique=True, max_size=3).map(tuple)
    tags = st.lists(st.sampled_from(TAGS), unique=True, max_size=3).map(tuple)
    return st.one_of(
        st.just(Limits()),
        st.just(Limits()),
        st.builds(Limits, audiences=names),
        st.builds(Limits, tags=tags),
        st.builds(Limits, audiences=names, tags=tags),
    )


def audiences(maker: Maker, name: str) -> st.SearchStrategy[Audience]:
    tags = st.none() | st.lists(st.sampled_from(TAGS), unique=True).map(tuple)
    parts = st.lists(st.sampled_from(BriefPart), unique=True).map(tuple)
    return st.builds(
        lambda tags, parts: Audience(
            name, name.title(), "base", (Format.PDF,), tags, parts, None, None, maker.where(), maker.where()
        ),
        tags,
        parts,
    )


def spans(maker: Maker, *, references: bool) -> st.SearchStrategy[AuthorSpans]:
    """references: whether to refer to ids made so far, so that each exists in the whole pack."""
    text = st.builds(Text, _words(), strong=st.booleans())
    link = st.builds(lambda word: Link("https://example.org", (Text(word),)), _words())
    kinds: list[st.SearchStrategy[Any]] = [text, text, st.just(LineBreak()), link]
    if references and maker.ids:
        kinds.append(
            st.builds(
                lambda target, words: Reference(target, None, words, maker.where()),
                st.sampled_from(list(maker.ids)),
                st.sampled_from([(), (Text("own words"),)]),
            )
        )
    return st.lists(st.one_of(kinds), min_size=1, max_size=3).map(tuple)


@st.composite
def blocks(
    draw: st.DrawFn, maker: Maker, *, depth: int = 2, references: bool = True, most: int = 4
) -> tuple[AuthorBlock, ...]:
    """A run of blocks of every kind. depth: how deep lists and boxes may nest."""
    return tuple(
        draw(_block(maker, depth=depth, references=references)) for _ in range(draw(st.integers(0, most)))
    )


@st.composite
def _block(draw: st.DrawFn, maker: Maker, *, depth: int, references: bool) -> AuthorBlock:
    kind = draw(st.sampled_from(_KINDS if depth else _FLAT))
    block_id = maker.id() if draw(st.integers(0, 3)) == 0 else None
    keys: dict[str, Any] = {"where": maker.where(), "id": block_id, "limits": draw(limits())}
    words = spans(maker, references=references)
    match kind:
        case "paragraph":
            return ParagraphBlock(draw(words), **keys)
        case "heading":
            return HeadingBlock(draw(st.integers(2, 4)), draw(words), **keys)
        case "image":
            caption = draw(st.none() | words)
            return ImageBlock(
                Path(f"pack/{keys['where'].line}.png"), PICTURE, "", None, caption, None, **keys
            )
        case "page break":
            return PageBreakBlock(**keys)
        case "list":
            items = draw(_many(lambda: item(maker, depth=depth - 1, references=references)))
            return ListBlock(draw(st.sampled_from(ListKind)), items, **keys)
        case "numbered":
            return NumberedBlock(
                draw(_many(lambda: numbered(maker, depth=depth, references=references))), **keys
            )
        case "table":
            return draw(_table(maker, keys, references=references))
        case "callout":
            inside = draw(blocks(maker, depth=depth - 1, references=references, most=2))
            return CalloutBlock(draw(st.none() | words), inside, **keys)
        case _:
            day = draw(st.none() | st.just(date(2025, 4, 3)))
            return AgendaBlock(day, draw(st.none() | words), draw(_many(lambda: _agenda_item(maker))), **keys)


_FLAT = ("paragraph", "paragraph", "heading", "image", "page break")
_KINDS = (*_FLAT, "list", "numbered", "table", "callout", "agenda")


@st.composite
def _many(draw: st.DrawFn, make: Callable[[], st.SearchStrategy[Any]]) -> tuple[Any, ...]:
    return tuple(draw(make()) for _ in range(draw(st.integers(1, 3))))


@st.composite
def item(draw: st.DrawFn, maker: Maker, *, depth: int, references: bool = True) -> Item:
    first = ParagraphBlock(draw(spans(maker, references=references)), maker.where())
    nested: tuple[AuthorBlock, ...] = ()
    if depth > 0 and draw(st.booleans()):
        items = draw(_many(lambda: item(maker, depth=depth - 1, references=references)))
        nested = (ListBlock(ListKind.BULLETS, items, maker.where(), limits=draw(limits())),)
    item_id = maker.id() if draw(st.integers(0, 4)) == 0 else None
    return Item((first, *nested), maker.where(), item_id, draw(limits()))


@st.composite
def numbered(draw: st.DrawFn, maker: Maker, *, depth: int, references: bool = True) -> NumberedItem:
    children = ()
    if depth > 0 and draw(st.integers(0, 2)) == 0:
        children = draw(_many(lambda: numbered(maker, depth=depth - 1, references=references)))
    item_id = maker.id() if draw(st.integers(0, 2)) == 0 else None
    words = draw(spans(maker, references=references))
    return NumberedItem(words, children, maker.where(), item_id, draw(limits()))


@st.composite
def _table(draw: st.DrawFn, maker: Maker, keys: dict[str, Any], *, references: bool) -> TableBlock:
    width = draw(st.integers(1, 3))
    words = spans(maker, references=references)
    columns = tuple(
        AuthorColumn(draw(st.none() | words), draw(st.none() | st.floats(0.1, 0.3)), None)
        for _ in range(width)
    )
    path = "pack/section.yaml" if draw(st.booleans()) else f"pack/{keys['where'].line}.csv"

    def row() -> AuthorRow:
        cells = tuple(
            AuthorCell((ParagraphBlock(draw(words), maker.where()),), maker.where(path)) for _ in range(width)
        )
        return AuthorRow(cells, maker.where(path), draw(limits()))

    rows = tuple(row() for _ in range(draw(st.integers(1, 3))))
    return TableBlock(columns, rows, draw(st.none() | words), draw(st.none() | words), **keys)


@st.composite
def _agenda_item(draw: st.DrawFn, maker: Maker) -> AgendaItem:
    briefs = ()
    if maker.ids and draw(st.booleans()):
        target = draw(st.sampled_from([i for i in maker.ids if i.startswith("section")] or ["section-1"]))
        briefs = (Reference(target, None, (), maker.where()),)
    plain = spans(maker, references=False)
    return AgendaItem(
        draw(st.sampled_from(["12:30–14:30", ""])),
        draw(plain),
        draw(st.none() | plain),
        draw(st.none() | plain),
        briefs,
        maker.where(),
        draw(limits()),
    )


@st.composite
def _brief(draw: st.DrawFn, maker: Maker, *, references: bool) -> Brief:
    plain = spans(maker, references=references)

    def points() -> Points:
        items = draw(_many(lambda: item(maker, depth=1, references=references)))
        return Points(draw(st.none() | plain), items, maker.where(), draw(limits()))

    def if_raised() -> IfRaised:
        line = (ParagraphBlock(draw(plain), maker.where()),)
        return IfRaised(draw(plain), line, maker.where(), draw(limits()))

    return Brief(
        draw(blocks(maker, depth=0, references=references, most=2)),
        tuple(points() for _ in range(draw(st.integers(0, 2)))),
        tuple(if_raised() for _ in range(draw(st.integers(0, 2)))),
        draw(blocks(maker, references=references, most=3)),
        {part: maker.where() for part in BriefPart},
    )


@st.composite
def packs(draw: st.DrawFn, *, references: bool = True) -> Pack:
    """A whole pack for three audiences. references: to anything made before, whoever may see it."""
    maker = Maker()
    sections: list[AuthorSection] = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        maker.ids.append(f"section-{number}")
        brief = draw(st.none() | _brief(maker, references=references))
        path = f"pack/{number}.yaml"
        sections.append(
            AuthorSection(
                id=f"section-{number}",
                kind=SectionKind.PLAIN if brief is None else SectionKind.BRIEF,
                title=f"Section {number}",
                path=Path(path),
                lead=draw(st.sampled_from(["", "A Desk"])),
                cleared=draw(st.none() | st.just(date(2025, 4, 1))),
                note=draw(st.none() | spans(maker, references=False)),
                language=draw(st.none() | st.just("fr")),
                brief=brief,
                blocks=draw(blocks(maker, references=references)),
                where=maker.where(path),
                in_pack=maker.where("pack/pack.yaml"),
                limits=draw(limits()),
                limits_in_pack=draw(limits()),
            )
        )
    annexes = tuple(
        Annex(
            id=f"annex-{number}",
            path=Path(f"pack/annexes/file-{number}.pdf"),
            title=f"Annex {number}",
            source=None,
            marking=None,
            where=maker.where("pack/pack.yaml"),
            file_where=maker.where("pack/pack.yaml"),
            limits=draw(limits()),
        )
        for number in range(1, draw(st.integers(0, 3)) + 1)
    )
    everybody = tuple(draw(audiences(maker, name)) for name in NAMES)
    pack = Pack("pack", Path("pack"), made_meta(), tuple(sections), annexes, everybody, ())
    return _with_inputs(pack)


def _with_inputs(pack: Pack) -> Pack:
    """Every file a node of the pack names or stands in."""
    from dataclasses import replace

    from tests.walking import values

    paths = {value for value in values(pack) if isinstance(value, Path) and value.suffix}
    return replace(pack, inputs=tuple(sorted(paths)))


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
