"""The plain text of a message → paragraphs, quotations, and what was laid out with spaces as it was typed.

Lines that were broken only because a mail program breaks them are joined: those of format=flowed (RFC 3676), and those that the next word
would not have fitted on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefpack.blocks import (
    AuthorBlock,
    AuthorSpan,
    Item,
    ListBlock,
    ParagraphBlock,
    QuoteBlock,
    VerbatimBlock,
)
from briefpack.document import LineBreak, ListKind, Text
from briefpack.errors import Where
from briefpack.reading.read_plain_text import typed_lines

MOST_QUOTES = 4
"""Quotations inside each other; deeper ones stand in the last."""
_NARROWEST, _WIDEST = 58, 80
"""Columns at which mail programs break lines."""
_QUOTED = re.compile(r"((?:> ?)*>) ?")
_ITEM = re.compile(r"\s*(?:[-*•–—+]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_MARK = re.compile(r"([-*•–—]) +(?=\S)")
_COLUMNS = re.compile(r"\S(?: {3,}|\t+)\S|^\s*[|+].*[|+]\s*$")
"""What stands in a line whose words are to stand below others."""
_SIGNATURE = "-- "
"""The line between a text and what its sender always writes below (RFC 3676, 4.3); white stands for it."""


@dataclass(frozen=True, slots=True)
class _Line:
    """depth: how often it is quoted. soft: the next line goes on with it."""

    depth: int
    text: str
    soft: bool


def read_letter_text(
    text: str, where: Where, *, flowed: bool, joined: bool = False
) -> tuple[AuthorBlock, ...]:
    """flowed: the text is format=flowed; joined: with DelSp=yes, so that the space at the end of a line is none of the words."""
    lines = [_line(line, flowed=flowed, joined=joined) for line in text.replace("\f", "\n").split("\n")]
    return tuple(_blocks(lines, 0, where, None if flowed else _measure(lines)))


def _line(line: str, *, flowed: bool, joined: bool) -> _Line:
    match = _QUOTED.match(line)
    depth = 0 if match is None else match[1].count(">")
    text = line if match is None else line[match.end() :]
    if not flowed:
        return _Line(depth, text.rstrip(), soft=False)
    if match is None:
        # Space-stuffing (RFC 3676, 4.4).
        text = text.removeprefix(" ")
    soft = text.endswith(" ") and text != _SIGNATURE
    return _Line(depth, text[:-1] if soft and joined else text, soft)


def _measure(lines: Sequence[_Line]) -> int | None:
    """The column at which the sender's program broke lines; None where it did not, or cannot be told."""
    longest = max((len(line.text) + 2 * line.depth for line in lines), default=0)
    filled = sum(len(line.text) + 2 * line.depth > longest - 12 for line in lines)
    return longest if _NARROWEST <= longest <= _WIDEST and filled > 1 else None


def _blocks(lines: Sequence[_Line], depth: int, where: Where, measure: int | None) -> Iterator[AuthorBlock]:
    """The blocks of lines that are quoted at least so often."""
    run: list[_Line] = []
    quoted: list[_Line] = []
    for line in (*lines, None):
        deeper = line is not None and line.depth > depth and depth < MOST_QUOTES
        if quoted and not deeper:
            inside = tuple(_blocks(quoted, depth + 1, where, measure))
            if inside:
                yield QuoteBlock(inside, None, None, None, where)
            quoted = []
        empty = line is None or line.text.strip() in {"", _SIGNATURE.rstrip()}
        if run and (deeper or empty):
            yield from _paragraph(run, where, measure)
            run = []
        if line is None:
            return
        if deeper:
            quoted.append(line)
        elif not empty:
            run.append(line)


def _paragraph(lines: Sequence[_Line], where: Where, measure: int | None) -> Iterator[AuthorBlock]:
    texts = [line.text for line in lines]
    if sum(_COLUMNS.search(text) is not None for text in texts) > 1:
        yield VerbatimBlock(typed_lines(texts), where)
        return
    joined = _joined(lines, measure)
    marks = [_MARK.match(line) for line in joined]
    if len(joined) > 1 and all(marks):
        kind = ListKind.DASHES if all(mark and mark[1] in "-–—" for mark in marks) else ListKind.BULLETS
        items = [line[mark.end() :] for line, mark in zip(joined, marks, strict=True) if mark]
        yield ListBlock(
            kind, tuple(Item((ParagraphBlock((Text(each),), where),), where) for each in items), where
        )
        return
    spans: list[AuthorSpan] = []
    for line in joined:
        spans.extend([LineBreak()] if spans else [])
        spans.append(Text(line))
    if spans:
        yield ParagraphBlock(tuple(spans), where)


def _joined(lines: Sequence[_Line], measure: int | None) -> list[str]:
    """The lines that the sender meant."""
    texts = [line.text for line in lines]
    made: list[str] = []
    words = ""
    for number, line in enumerate(lines):
        words += line.text if line.soft else line.text.strip() if not words else line.text.lstrip()
        following = texts[number + 1] if number + 1 < len(texts) else None
        if following is not None and (line.soft or _breaks_here(line, following, measure)):
            if not line.soft:
                words = f"{words.rstrip()} "
            continue
        words = " ".join(words.split())
        if words:
            made.append(words)
        words = ""
    return made


def _breaks_here(line: _Line, following: str, measure: int | None) -> bool:
    """Whether a line ends only because the next word had no room on it."""
    if measure is None or _ITEM.match(following):
        return False
    first = following.split(maxsplit=1)[0] if following.split() else ""
    return len(line.text) + 2 * line.depth + 1 + len(first) > measure
