"""Messages → the files of an outbox: drafts, texts and addresses to paste, an overview as CSV; pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from briefpack.distribute.posted import Posted
from briefpack.distribution import Line, Mailbox

_FORMULA = ("=", "+", "-", "@", "\t")
"""What a spreadsheet program takes for the beginning of a formula."""
_HEADS = (
    "draft",
    "audience",
    "language",
    "line",
    "name",
    "address",
    "group",
    "copy",
    "subject",
    "marking",
    "attachment",
    "pages",
    "bytes",
    "sha256",
    "bytes as sent",
)


def files_of(posted: Sequence[Posted]) -> Iterator[tuple[str, bytes]]:
    """Name and content, one after the other: of each message its draft, its text, and a list of addresses for each line that has any."""
    for each in posted:
        letter = each.message.letter
        yield f"{each.name}.eml", each.message.draft()
        yield f"{each.name}.txt", each.message.text.encode()
        for line in Line:
            if listed := letter.on(line):
                yield f"{each.name}.{line.value}.txt", pasted(listed)
    yield "overview.csv", overview(posted)


def pasted(mailboxes: Sequence[Mailbox]) -> bytes:
    """Addresses with semicolons between them, as all mail programs take them; without names, since a comma in a name would divide it."""
    return ("; ".join(each.address.wire for each in mailboxes) + "\n").encode()


def overview(posted: Sequence[Posted]) -> bytes:
    """A line for each reader and each file that he gets. It begins with a byte order mark: without one, Excel takes it for Windows-1252."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(_HEADS)
    for each in posted:
        letter = each.message.letter
        for reader in letter.readers:
            for file in letter.attachments:
                cells = (
                    each.name,
                    reader.audience,
                    letter.language,
                    reader.line.value,
                    reader.mailbox.name,
                    str(reader.mailbox.address),
                    reader.group,
                    "" if reader.copy is None else str(reader.copy),
                    each.message.subject,
                    letter.parcel.marking,
                    file.name,
                    str(file.pages),
                    str(file.size),
                    file.sha256,
                    str(each.sent),
                )
                table.writerow(_harmless(cell) for cell in cells)
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """What would be a formula begins with an apostrophe, which spreadsheet programs do not show."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
