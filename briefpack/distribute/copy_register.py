"""Whose copy is which file: rows of a register that is only ever added to, as CSV; pure.

A copy that turns up is found in it by its number, by the trace in its properties, or by its checksum.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from briefpack.distribute.csv_table import MARK, csv_rows, csv_table, harmless
from briefpack.distribute.posted import Posted

REGISTER_NAME = "copies.csv"
HEADS = (
    "copy",
    "of",
    "name",
    "address",
    "audience",
    "file",
    "part",
    "sha256",
    "trace",
    "built sha256",
    "locked",
    "date",
)
"""built sha256: of the file that the build made and the audit passed. date: of the build's clock, ISO 8601."""

Row = tuple[str, ...]
"""Cells in the order of HEADS."""


def rows_of(posted: Iterable[Posted], date: datetime | None) -> Iterator[Row]:
    """A row for each file that is a reader's own: numbered, locked or both. date: the build's clock, None for that of a pack that has none."""
    for each in posted:
        letter = each.message.letter
        for file in letter.attachments:
            if not file.trace and not file.locked:
                continue
            for reader in letter.readers:
                numbered = bool(file.trace) and reader.copy is not None
                yield (
                    str(reader.copy) if numbered else "",
                    str(letter.copies) if numbered else "",
                    reader.mailbox.name,
                    str(reader.mailbox.address),
                    reader.audience,
                    file.name,
                    "" if letter.part is None else f"{letter.part.number} of {letter.part.of}",
                    file.sha256,
                    file.trace,
                    file.of,
                    "yes" if file.locked else "",
                    "" if date is None else date.isoformat(),
                )


def whole_register(rows: Iterable[Row]) -> bytes:
    """A file of its own."""
    return csv_table(HEADS, rows)


def addition(register: bytes, rows: Sequence[Row]) -> bytes:
    """What is to be written behind a register so that it has all rows; b"" where it has them. register: its bytes, b"" for none.

    A last line that was cut off, by a kill or a full disk, is left as it is and ended; its row is written again.
    """
    if not register:
        return whole_register(rows)
    known = _known(register)
    missing = [row for row in dict.fromkeys(rows) if tuple(harmless(cell) for cell in row) not in known]
    if not missing:
        return b""
    return (b"" if register.endswith(b"\n") else b"\r\n") + csv_rows(missing)


def _known(register: bytes) -> frozenset[Row]:
    """As they are written. What somebody else's program made of the file may be any text."""
    whole = register[: register.rfind(b"\n") + 1]
    text = whole.removeprefix(MARK).decode("utf-8", "replace")
    # Line by line, since no cell has a line end: a row that was cut off inside a cell takes no others along.
    return frozenset(tuple(row) for line in text.split("\n") for row in csv.reader([line.rstrip("\r")]))
