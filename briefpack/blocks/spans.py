"""The text of an author: words, links, and his references and notes as he wrote them, before any is numbered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from briefpack.document import LineBreak, Link, Text
from briefpack.errors import Where
from briefpack.limits import EVERYBODY, Limits


@dataclass(frozen=True, slots=True)
class Reference:
    """A cross-reference as written: [[target]], [[target, p. 12]] or [words](#target).

    target: a section's, annex's or block's id. page: 1-based page of an annex, or None.
    words: the author's own; () means the target's label is printed.
    instead: what is printed where the audience does not get the target, as in [[target | your desk]], () for nothing at all; None where the author
    says nothing of it, and always in a selection.
    """

    target: str
    page: int | None
    words: tuple[Text, ...]
    where: Where
    instead: tuple[Text, ...] | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A note as written: ^[its text], or [^name] with the text under `notes:`. paragraphs: one or more, without notes in them.

    name: of a note that is written elsewhere, so that a second reference leads to the same note; None for one written in place.
    limits: of a named note; whoever does not get it does not see its mark either.
    """

    paragraphs: tuple[AuthorSpans, ...]
    name: str | None
    where: Where
    limits: Limits = EVERYBODY


AuthorSpan: TypeAlias = Text | LineBreak | Link | Reference | Note


AuthorSpans: TypeAlias = tuple[AuthorSpan, ...]
