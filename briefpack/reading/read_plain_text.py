"""A typed text → blocks: its lines as they were typed, or paragraphs where it was written with one line for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from briefpack.annex_text import AnnexText, UnreadableError
from briefpack.blocks import AuthorBlock, PageBreakBlock, ParagraphBlock, VerbatimBlock
from briefpack.document import Text
from briefpack.errors import Where
from briefpack.reading.foreign_text import check_length, decode, remarks_on

TAB = 8
"""Columns from one stop to the next, as terminals and editors of typed text have them."""
WIDEST = 132
"""Columns of a line that still was typed to be seen as one: those of a wide printer."""
_NO_BREAK_SPACE = "\u00a0"
_GAP = re.compile(r"(?<=\S) {2,}")


def read_plain_text(raw: bytes, path: Path, instead: Mapping[int, str]) -> AnnexText:
    """The text of a file. instead: printed for characters, as str.translate takes it. Raises UnreadableError."""
    decoded = decode(raw)
    check_length(len(decoded.text))
    text = decoded.text.translate(instead)
    lines = text.replace("\f", "\n").split("\n")
    typed = not is_flowing(lines)
    blocks: list[AuthorBlock] = []
    number = 1
    for page in text.split("\f"):
        part = page.split("\n")
        made = list((_as_typed if typed else _paragraphs)(part, path, number))
        if made and blocks:
            blocks.append(PageBreakBlock(made[0].where))
        blocks.extend(made)
        number += len(part) - 1
    if not blocks:
        raise UnreadableError("has no text in it", "name a file that has some, or leave it out")
    return AnnexText("", tuple(blocks), remarks_on(decoded), typed=typed)


def is_flowing(lines: Sequence[str]) -> bool:
    """Whether most of a text stands in lines longer than anybody types: then each is a paragraph."""
    long = sum(len(line) for line in lines if len(line) > WIDEST)
    return 2 * long > sum(map(len, lines))


def typed_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """Lines whose columns stay where they are: spaces inside them are not joined."""
    return tuple(
        _GAP.sub(lambda gap: _NO_BREAK_SPACE * len(gap[0]), line.expandtabs(TAB).rstrip()) for line in lines
    )


def _as_typed(lines: Sequence[str], path: Path, first: int) -> Iterator[AuthorBlock]:
    """A block for each run of lines without a blank one. first: 1-based number of the first line."""
    run: list[str] = []
    for number, line in enumerate((*lines, ""), first):
        if line.strip():
            run.append(line)
        elif run:
            yield VerbatimBlock(typed_lines(run), Where(path, number - len(run), 1))
            run = []


def _paragraphs(lines: Sequence[str], path: Path, first: int) -> Iterator[AuthorBlock]:
    for number, line in enumerate(lines, first):
        words = " ".join(line.split())
        if words:
            yield ParagraphBlock((Text(words),), Where(path, number, 1))
