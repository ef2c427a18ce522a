"""Templates with {fields}, as headers, covers, dividers and stamps have them: taken apart and filled, the same for both writers.

A template is parts with " · " between them. A part whose fields all have nothing to say is left out with the
separator before it; label words ({word:KEY}) and plain words do not keep a part alive by themselves.
"{{" and "}}" print one brace.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

SEPARATOR = " · "
WORD_PREFIX = "word:"

_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


@dataclass(frozen=True, slots=True)
class Field:
    """A field, by its name without braces: "page", or "word:version" for a label word."""

    name: str

    @property
    def word(self) -> str | None:
        """The key of the label word asked for, None for other fields."""
        return self.name.removeprefix(WORD_PREFIX) if self.name.startswith(WORD_PREFIX) else None


Piece: TypeAlias = str | Field


class StrayBraceError(ValueError):
    """A brace that neither opens nor closes a field."""


@lru_cache(maxsize=1024)
def parse(template: str) -> tuple[Piece, ...]:
    """Words and fields in order. Raises StrayBraceError."""
    pieces: list[Piece] = []
    words = ""
    end = 0
    for token in _TOKEN.finditer(template):
        words += template[end : token.start()]
        end = token.end()
        if token[1] is not None:
            if words:
                pieces.append(words)
                words = ""
            pieces.append(Field(token[1].strip()))
        elif token[0] in ("{{", "}}"):
            words += token[0][0]
        else:
            raise StrayBraceError(token[0])
    words += template[end:]
    return (*pieces, words) if words else tuple(pieces)


def fields(template: str) -> tuple[str, ...]:
    """The names of the fields of a template, in order. Raises StrayBraceError."""
    return tuple(piece.name for piece in parse(template) if isinstance(piece, Field))


def pieces(template: str, values: Mapping[str, str], live: Collection[str] = ()) -> tuple[Piece, ...]:
    """Fill in what is known; what is live stays a Field for the writer (a page number in Word).

    values: field name → words, label words under "word:KEY"; "" has nothing to say.
    live: fields that are known only later and always have something to say.
    Raises StrayBraceError, and KeyError for a field that is in neither.
    """
    kept: list[Piece] = []
    for part in template.split(SEPARATOR):
        content = parse(part)
        named = [piece for piece in content if isinstance(piece, Field)]
        asking = [piece for piece in named if piece.word is None]
        if asking and not any(piece.name in live or values[piece.name] for piece in asking):
            continue
        filled: list[Piece] = [
            piece if isinstance(piece, str) or piece.name in live else values[piece.name] for piece in content
        ]
        if kept and any(filled):
            kept.append(SEPARATOR)
        kept.extend(piece for piece in filled if piece)
    return _joined(kept)


def fill(template: str, values: Mapping[str, str]) -> str:
    """As pieces, with every field known: the words to print, "" for none."""
    return "".join(piece for piece in pieces(template, values) if isinstance(piece, str))


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Neighbouring words as one."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and isinstance(piece, str) and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    return tuple(joined)
