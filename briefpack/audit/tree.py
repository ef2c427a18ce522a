"""A whole pack → a tree of all that it says, found field by field, whatever its nodes are called; read once for all audiences.

The audit must not see a pack through the eyes of those whom it audits: nothing here knows a kind of block. What has a place in a file is a branch, what has
words says them, and what is new in the contracts is found without being named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Any

from briefpack.audit.squeeze import GAP, squeezed, words_of
from briefpack.blocks import Note, Reference
from briefpack.document import ImageData, LineBreak, Link, Position, Text
from briefpack.errors import Where
from briefpack.limits import EVERYBODY, Limits

_SPANS = (Text, LineBreak, Link, Reference, Note)
_KEYS = """
id language look key about target format font mark marking watermark audiences silences inputs shared policy treatment limits limits_in_pack meta set shows
"""
_UNSAID = frozenset(_KEYS.split())
"""Fields that print nothing, or what every audience gets."""
_NAMES_OF_LABELS = ("RecordsBlock", "columns")


@dataclass(frozen=True, slots=True)
class Choice:
    """A reference in a text, which is printed otherwise where its target is withheld. words: GAP where its label is printed. instead: None where nothing
    is said of it."""

    target: str
    words: str
    instead: str | None
    where: Where


@dataclass(frozen=True)
class Said:
    """A text as its author wrote it, GAP where something else is printed. parts: it in pieces, where it hangs on what else is there: on the targets of
    references, on notes that are for some; else ()."""

    text: str
    where: Where
    parts: tuple[str | Choice | Branch, ...] = ()

    @cached_property
    def words(self) -> tuple[str, ...]:
        """As words_of() gives them; they are asked for again and again."""
        return tuple(words_of(self.text))

    @cached_property
    def letters(self) -> bytes:
        """As squeezed() gives them."""
        return squeezed(self.text)


@dataclass(slots=True, eq=False)
class Branch:
    """A node of the pack. kind: the name of its type. inside: the field of its parent that it stands in. node: itself.

    limits: its own, every one of them. said: its own words. speaks: whether it has any, even such as print nothing. pictures: its own. files: that it names.
    marks: raised ones in its words. branches: the nodes in it, in the author's order.
    """

    kind: str
    inside: str
    node: Any
    where: Where
    limits: tuple[Limits, ...] = ()
    said: list[Said] = field(default_factory=list)
    speaks: bool = False
    pictures: list[ImageData] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    branches: list[Branch] = field(default_factory=list)

    @property
    def is_plain(self) -> bool:
        """Whether its author says nothing of who gets it or how it is marked."""
        # Most have the very same limits that nodes have of which nothing is said.
        return all(limits is EVERYBODY or limits == EVERYBODY for limits in self.limits)

    def all(self) -> Iterator[Branch]:
        """It and all that is in it, parents first."""
        yield self
        for inner in self.branches:
            yield from inner.all()

    def among(self, *names: str) -> list[Branch]:
        """The branches that stand in fields of these names."""
        return [branch for branch in self.branches if branch.inside in names]


_FIELDS: dict[type[Any], tuple[str, ...]] = {}


def _fields(kind: type[Any]) -> tuple[str, ...]:
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(one.name for one in fields(kind))
    return _FIELDS[kind]


def tree_of(node: Any, where: Where, inside: str = "") -> Branch:
    """The tree of a node: a pack, or whatever stands in one. where: of what has no place of its own."""
    branch = Branch(type(node).__name__, inside, node, getattr(node, "where", where))
    limits: list[Limits] = []
    for name in _fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, Limits):
            limits.append(value)
        elif value is not None and name not in _UNSAID and (branch.kind, name) != _NAMES_OF_LABELS:
            _grow(branch, name, value)
    branch.limits = tuple(limits)
    if branch.kind == "AuthorSeries":
        _say(branch, [" ".join(str(each) for each in node.values if each is not None)])
    if branch.kind == "ChartBlock":
        for series in branch.among("series"):
            _say(series, [_read_out(node.categories, series.node.values)])
    return branch


def _grow(branch: Branch, name: str, value: Any) -> None:
    """Take what a field holds."""
    match value:
        case str():
            branch.speaks = branch.speaks or bool(value)
            _say(branch, [value])
        case Enum() | bool() | int() | float() | Where():
            pass
        case date():
            branch.speaks = True
            _say(branch, [value.isoformat()[:10]])
        case Path():
            branch.files.append(value)
        case ImageData():
            branch.speaks = True
            branch.pictures.append(value)
        case tuple():
            if value and isinstance(value[0], _SPANS):
                _spans(branch, value)
            elif not value or not isinstance(value[0], Decimal):
                for element in value:
                    if element is not None and not isinstance(element, Decimal):
                        _grow(branch, name, element)
        case _ if hasattr(value, "where"):
            branch.branches.append(tree_of(value, branch.where, name))
        case _ if is_dataclass(value):
            # Without a place of its own it speaks in the name of what it stands in: a column, a drawing.
            inner = tree_of(value, branch.where, name)
            branch.said += inner.said
            branch.speaks = branch.speaks or inner.speaks
            branch.marks |= inner.marks
            branch.pictures += inner.pictures
            branch.branches += inner.branches
        case _:
            pass


def _say(branch: Branch, texts: Iterable[str]) -> None:
    branch.said.extend(Said(text, branch.where) for text in texts if text.strip(f" \n{GAP}"))


def _spans(branch: Branch, spans: tuple[Any, ...]) -> None:
    """The words of a line; its notes are branches, and addresses of links are said by themselves."""
    branch.speaks = True
    parts: list[str | Choice | Branch] = []
    addresses: list[str] = []
    for span in spans:
        match span:
            case Text():
                parts.append(span.text)
                if span.position is Position.SUPER:
                    branch.marks.update(mark.strip() for mark in span.text.split(","))
            case LineBreak():
                parts.append(" ")
            case Link():
                parts.extend(text.text for text in span.spans)
                addresses.append(span.url)
            case Reference():
                parts.append(_choice(span))
            case Note():
                note = _note(span)
                parts.append(note)
                branch.branches.append(note)
    words = "".join(map(_as_written, parts))
    if words.strip():
        hangs = any(
            isinstance(part, Branch) or (isinstance(part, Choice) and part.instead is not None)
            for part in parts
        )
        branch.said.append(Said(words, branch.where, tuple(parts) if hangs else ()))
    _say(branch, (url for url in addresses if url.removeprefix("mailto:") not in words))


def _as_written(part: str | Choice | Branch) -> str:
    match part:
        case str():
            return part
        case Choice():
            return part.words
        case Branch():
            return GAP


def _choice(reference: Reference) -> Choice:
    instead = reference.instead
    return Choice(
        reference.target,
        "".join(text.text for text in reference.words) or GAP,
        None if instead is None else "".join(text.text for text in instead),
        reference.where,
    )


def _note(note: Note) -> Branch:
    made = Branch("Note", "notes", note, note.where, (note.limits,))
    for paragraph in note.paragraphs:
        _spans(made, paragraph)
    return made


def _read_out(categories: tuple[str, ...], values: tuple[Decimal | None, ...]) -> str:
    """The values of a series with what they belong to, as a chart is read out."""
    pairs = zip(categories, values, strict=False)
    return " ".join(f"{category} {value}" for category, value in pairs if value is not None)
