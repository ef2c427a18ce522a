"""Packs made of a few nodes, for tests of what selecting leaves of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from briefpack.annex import Annex
from briefpack.blocks import (
    Item,
    ParagraphBlock,
)
from briefpack.document import Text
from briefpack.errors import Where
from briefpack.limits import EVERYBODY, Limits
from briefpack.pack import (
    BRIEF_PARTS,
    Audience,
    AuthorSection,
    Format,
    Pack,
    Part,
    PartName,
    SectionKind,
)
from briefpack.select import Selection
from briefpack.verdict import Kind, Verdict
from tests.strategies import NAMES, made_meta

FILE = Path("pack/section.yaml")
HERE = Where(FILE, 3, 1)
STAFF_ONLY = Limits(audiences=("staff",))


def words(text: str) -> tuple[Text, ...]:
    return (Text(text),)


def text(said: str, limits: Limits = EVERYBODY) -> ParagraphBlock:
    return ParagraphBlock(words(said), HERE, limits=limits)


def item(said: str, limits: Limits = EVERYBODY) -> Item:
    return Item((text(said),), HERE, limits=limits)


def audience(
    name: str = "press", tags: tuple[str, ...] | None = None, parts: tuple[PartName, ...] = BRIEF_PARTS
) -> Audience:
    return Audience(name, name.title(), "base", (Format.PDF,), tags, parts, None, None, HERE, HERE)


def section(*blocks: object, parts: tuple[Part, ...] = (), **keys: object) -> AuthorSection:
    made = AuthorSection(
        id="south",
        kind=SectionKind.BRIEF if parts else SectionKind.PLAIN,
        title="South",
        path=FILE,
        lead="",
        cleared=None,
        note=None,
        language=None,
        parts=parts,
        blocks=blocks,  # type: ignore[arg-type]  # tests pass blocks as they come
        where=HERE,
        in_pack=HERE,
    )
    return replace(made, **keys)  # type: ignore[arg-type]  # as above


def pack(*sections: AuthorSection, annexes: tuple[Annex, ...] = ()) -> Pack:
    everybody = tuple(audience(name) for name in NAMES)
    inputs = (Path("pack/pack.yaml"), FILE)
    return Pack("pack", Path("pack"), made_meta(), sections, annexes, everybody, inputs)


def the(selection: Selection, kind: Kind, title: str = "") -> Verdict:
    found = [v for v in selection.verdicts if v.kind is kind and v.title.startswith(title)]
    assert len(found) == 1, found
    return found[0]
