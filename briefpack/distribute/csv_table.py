"""Rows of text → CSV that spreadsheet programs open as it is meant: no cell is a formula, letters are read as UTF-8; pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

MARK = b"\xef\xbb\xbf"
"""A byte order mark: without one, Excel takes a file for Windows-1252."""
_FORMULA = r"(?=[=+\-@\t＝＋－＠])"
"""What a spreadsheet program takes for the beginning of a formula."""
_BEGINS = re.compile(rf"(?:^|(?<=;)){_FORMULA}")
"""Where one could begin: programs of countries that write decimals with a comma divide the lines of any CSV at semicolons."""
_MARKED = re.compile(rf"(?:^|(?<=;))'{_FORMULA}")


def csv_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A whole file: mark, heads, rows."""
    return MARK + csv_rows((heads, *rows))


def csv_rows(rows: Iterable[Sequence[str]]) -> bytes:
    """Lines of a file, each with its end."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        table.writerow([harmless(cell) for cell in row])
    return out.getvalue().encode()


def harmless(cell: str) -> str:
    """What would be a formula begins with an apostrophe, which spreadsheet programs do not show."""
    return _BEGINS.sub("'", cell)


def plain(cell: str) -> str:
    """A cell as it was before harmless()."""
    return _MARKED.sub("", cell)
