"""A CSV file that a program wrote → a table; what divides its cells is found out, since programs differ and say nothing."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from briefpack.annex_text import AnnexText, UnreadableError
from briefpack.blocks import AuthorCell, AuthorColumn, AuthorRow, AuthorSpans, ParagraphBlock, TableBlock
from briefpack.document import Align, Text
from briefpack.errors import Where
from briefpack.reading.foreign_text import check_length, decode, remarks_on

MOST_ROWS = 5_000
MOST_COLUMNS = 16
_DELIMITERS = ",;\t|"
_LOOKED_AT = 50
"""Lines by which the delimiter is told."""
_WIDE_COLUMNS, _WIDE_LINE = 6, 100
"""From so many columns, or characters of a usual row, the pages lie on their side."""
_SAID = re.compile(r"sep=(.)\n", re.IGNORECASE)
"""How Excel is told of the delimiter."""
_NUMBER = re.compile(r"[-+−]?[\d\s.,'’\u00a0\u202f]*\d\s?[%€$£]?\Z")


def read_csv_file(raw: bytes, path: Path, instead: Mapping[int, str]) -> AnnexText:
    """The first row holds the headings. instead: as in read_plain_text. Raises UnreadableError."""
    decoded = decode(raw)
    check_length(len(decoded.text))
    text = decoded.text.translate(instead)
    said = _SAID.match(text)
    first = 1 if said is None else 2
    if said is not None:
        text = text[said.end() :]
    delimiter = said[1] if said is not None else delimiter_of(text)
    rows = _rows(text, delimiter, first)
    if not rows:
        raise UnreadableError("has no text in it", "name a file that has some, or leave it out")
    count = max(len(cells) for _, cells in rows)
    if count > MOST_COLUMNS or len(rows) > MOST_ROWS:
        much = f"{count} columns" if count > MOST_COLUMNS else f"{len(rows):,} rows"
        raise UnreadableError(
            f"has {much}; at most {MOST_COLUMNS} columns and {MOST_ROWS:,} rows are set",
            "make a file of the part that matters, or print it as PDF from a spreadsheet",
        )
    (_, head), *below = rows
    columns = tuple(
        AuthorColumn(
            _spans(head[number]) if number < len(head) else None,
            None,
            Align.RIGHT
            if _is_numeric([cells[number] for _, cells in below if number < len(cells)])
            else None,
        )
        for number in range(count)
    )
    where = Where(path, first, 1)
    made = tuple(
        AuthorRow(
            tuple(_cell(cells[n] if n < len(cells) else "", Where(path, line, 1)) for n in range(count)),
            Where(path, line, 1),
        )
        for line, cells in below
    )
    if not made:
        # Headings without anything below them are a row.
        made = (AuthorRow(tuple(_cell(words, where) for words in head), where),)
        columns = tuple(AuthorColumn(None, None, None) for _ in columns)
    table = TableBlock(columns, made, None, None, where)
    return AnnexText("", (table,), remarks_on(decoded), landscape=_is_wide(rows, count))


def delimiter_of(text: str) -> str:
    """What divides the cells: whatever divides most lines into the same number of them, and the most of them."""
    lines = text.split("\n")[:_LOOKED_AT]

    def weight(delimiter: str) -> tuple[int, int]:
        counts: Counter[int] = Counter()
        with contextlib.suppress(csv.Error):
            # It is told where the rows are read.
            counts.update(len(cells) for cells in csv.reader(lines, delimiter=delimiter) if cells)
        if not counts:
            return 0, 0
        cells, often = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
        return (often, cells) if cells > 1 else (0, 0)

    return max(_DELIMITERS, key=weight)


def _rows(text: str, delimiter: str, first: int) -> list[tuple[int, list[str]]]:
    """Rows that say something, with the 1-based lines on which they begin."""
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    line = first
    try:
        for cells in reader:
            words = [" ".join(cell.split()) for cell in cells]
            while words and not words[-1]:
                words.pop()
            if words:
                rows.append((line, words))
            line = first + reader.line_num
    except csv.Error:
        raise UnreadableError(
            f"has a cell without end (line {line:,})", "look for a quotation mark there that is never closed"
        ) from None
    return rows


def _is_numeric(cells: Sequence[str]) -> bool:
    said = [cell for cell in cells if cell]
    return bool(said) and all(_NUMBER.match(cell) for cell in said)


def _is_wide(rows: Sequence[tuple[int, Sequence[str]]], count: int) -> bool:
    usual = sorted(sum(len(cell) + 2 for cell in cells) for _, cells in rows)[len(rows) // 2]
    return count > _WIDE_COLUMNS or usual > _WIDE_LINE


def _spans(words: str) -> AuthorSpans | None:
    return (Text(words),) if words else None


def _cell(words: str, where: Where) -> AuthorCell:
    spans = _spans(words)
    return AuthorCell((ParagraphBlock(spans, where),) if spans else (), where)
