"""Short ways to write packs and to resolve them, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TypeVar

from briefpack.annex import Annex, AnnexFile
from briefpack.blocks import (
    AuthorBlock,
    AuthorSpan,
    HeadingBlock,
    IfRaised,
    Item,
    NumberedItem,
    ParagraphBlock,
    Points,
    PointsBlock,
    QuestionsBlock,
    Reference,
)
from briefpack.document import Document, Text
from briefpack.errors import Where
from briefpack.pack import BRIEF_PARTS, Audience, AuthorSection, Format, Pack, Part, SectionKind
from briefpack.resolve import Resolution, resolve
from briefpack.style import Style
from tests.made_style import made_style
from tests.strategies import made_facts, made_meta
from tests.walking import values

_T = TypeVar("_T")

FILE = Path("pack/section.yaml")
DATE = datetime(2025, 4, 2, 18, 0)
_lines = count(1)


def where() -> Where:
    return Where(FILE, next(_lines), 1)


def words(text: str) -> tuple[Text, ...]:
    return (Text(text),)


def to(target: str, page: int | None = None, own: str = "") -> Reference:
    return Reference(target, page, words(own) if own else (), where())


def text(*said: str | AuthorSpan, block_id: str | None = None) -> ParagraphBlock:
    spans = tuple(Text(part) if isinstance(part, str) else part for part in said)
    return ParagraphBlock(spans, where(), block_id)


def heading(title: str, level: int = 2, block_id: str | None = None) -> HeadingBlock:
    return HeadingBlock(level, words(title), where(), block_id)


def item(said: str, *blocks: AuthorBlock, item_id: str | None = None) -> Item:
    return Item((text(said), *blocks), where(), item_id)


def numbered(said: str, *children: NumberedItem, item_id: str | None = None) -> NumberedItem:
    return NumberedItem(words(said), children, where(), item_id)


def section(name: str, *blocks: AuthorBlock, parts: tuple[Part, ...] = (), **keys: object) -> AuthorSection:
    made = AuthorSection(
        id=name,
        kind=SectionKind.BRIEF if parts else SectionKind.PLAIN,
        title=name.replace("-", " ").capitalize(),
        path=FILE,
        lead="",
        cleared=None,
        note=None,
        language=None,
        parts=parts,
        blocks=blocks,
        where=where(),
        in_pack=where(),
    )
    return replace(made, **keys)  # type: ignore[arg-type]  # fields by name


def brief(**parts: tuple[object, ...]) -> tuple[Part, ...]:
    """Parts that are not given are not written; points and questions are given without their block."""
    made: list[Part] = []
    for name in BRIEF_PARTS:
        given = parts.get(name.value, ())
        blocks: tuple[object, ...] = given
        if given and isinstance(given[0], Points):
            blocks = (PointsBlock(given, where()),)  # type: ignore[arg-type]  # all of them are
        elif given and isinstance(given[0], IfRaised):
            blocks = (QuestionsBlock(given, where()),)  # type: ignore[arg-type]  # all of them are
        if blocks:
            made.append(Part(name, blocks, where()))  # type: ignore[arg-type]  # as given
    return tuple(made)


def annex(name: str, file_name: str | None = None) -> Annex:
    path = Path("pack/annexes") / f"{file_name or name}.pdf"
    return Annex(name, (AnnexFile(path, where()),), name.capitalize(), None, None, where())


def audience(**keys: object) -> Audience:
    made = Audience("press", "Press", "base", (Format.PDF,), None, BRIEF_PARTS, None, None, where(), where())
    return replace(made, **keys)  # type: ignore[arg-type]  # fields by name


def pack(*sections: AuthorSection, annexes: tuple[Annex, ...] = (), language: str = "en") -> Pack:
    return Pack("fmm", Path("pack"), made_meta(language), sections, annexes, (audience(),), ())


def resolved(
    made: Pack,
    style: Style | None = None,
    *,
    reader: Audience | None = None,
    known: Mapping[str, Where] | None = None,
    pages: int = 4,
) -> Resolution:
    return resolve(
        made, reader or audience(), style or made_style(), made_facts(made, pages), date=DATE, known=known
    )


def document(made: Pack, style: Style | None = None, **keys: object) -> Document:
    """The Document of a pack without errors."""
    resolution = resolved(made, style, **keys)  # type: ignore[arg-type]  # passed on
    assert resolution.document is not None, [d.message for d in resolution.findings]
    return resolution.document


def every(value: object, kind: type[_T]) -> Iterator[_T]:
    return (found for found in values(value) if isinstance(found, kind))


def messages(resolution: Resolution) -> list[str]:
    return [finding.message for finding in resolution.findings]
