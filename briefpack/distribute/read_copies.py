"""The register of copies, as it was written or as a spreadsheet program saved it since → whose copy is which; pure."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefpack.distribute.copy_register import HEADS
from briefpack.distribute.csv_table import plain

_NEEDED = frozenset({"name", "address", "audience", "file", "sha256"})
_DIGITS = 64
_LONGEST = 100_000
"""Characters of a line; the reader of CSV takes no longer cells."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that was made for one reader. number, of: None where it is not numbered. sha256: of the file; built: of the file that the build made.

    part: "2 of 3", "" where the pack went whole. trace: what stands in it, "" for nothing. locked: whether it opens only with a password.
    date: of the build's clock, ISO 8601.
    """

    number: int | None
    of: int | None
    name: str
    address: str
    audience: str
    file: str
    part: str
    sha256: str
    built: str
    trace: str
    locked: bool
    date: str


@dataclass(frozen=True, slots=True)
class Register:
    """lost: how many lines could not be read: cut off by a kill or a full disk, or changed since."""

    copies: tuple[Copy, ...]
    lost: int


def read_copies(raw: bytes) -> Register | None:
    """None where it is no register of copies."""
    text = raw.decode("utf-8-sig", "replace")
    heads, *lines = text.splitlines() or [""]
    # A program may have saved it with what its country divides cells with.
    delimiter = max(",;\t", key=heads.count)
    columns = _cells(heads, delimiter)
    if not set(columns) >= _NEEDED:
        return None
    found, lost = [], 0
    for line in lines:
        # Rows that were added behind what such a program left are as rows are written.
        copy = _row(line, delimiter, columns) or _row(line, ",", HEADS)
        if copy is not None:
            found.append(copy)
        elif any(_cells(line, delimiter)):
            lost += 1
    return Register(tuple(found), lost)


def _row(line: str, delimiter: str, columns: Sequence[str]) -> Copy | None:
    cells = _cells(line, delimiter)
    row = dict(zip(columns, map(plain, cells), strict=False))
    return _copy(row) if len(cells) == len(columns) and len(row["sha256"]) == _DIGITS else None


def _cells(line: str, delimiter: str) -> list[str]:
    """Of one line: no cell goes over several, and what is cut off in a quotation takes no other line along."""
    if len(line) > _LONGEST:
        return [line[:_LONGEST]]
    return next(csv.reader([line], delimiter=delimiter), [])


def _copy(row: Mapping[str, str]) -> Copy:
    return Copy(
        number=_number(row.get("copy", "")),
        of=_number(row.get("of", "")),
        name=row["name"],
        address=row["address"],
        audience=row["audience"],
        file=row["file"],
        part=row.get("part", ""),
        sha256=row["sha256"],
        built=row.get("built sha256", ""),
        trace=row.get("trace", ""),
        locked=row.get("locked", "") == "yes",
        date=row.get("date", ""),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
