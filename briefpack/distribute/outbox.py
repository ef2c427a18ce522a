"""Messages → the files of an outbox: drafts, texts and addresses to paste, an overview as CSV; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefpack.distribute.csv_table import csv_table
from briefpack.distribute.posted import Posted
from briefpack.distribution import Line, Mailbox

_HEADS = (
    "draft",
    "audience",
    "language",
    "line",
    "name",
    "address",
    "group",
    "copy",
    "part",
    "subject",
    "marking",
    "attachment",
    "locked",
    "pages",
    "bytes",
    "sha256",
    "trace",
    "bytes as sent",
    "made to fit",
    "built as a draft",
)
"""made to fit: the steps of `too_large` that gained something."""


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
    """A line for each reader and each file that he gets, as CSV."""
    return csv_table(_HEADS, (row for each in posted for row in _rows(each)))


def _rows(each: Posted) -> Iterator[tuple[str, ...]]:
    letter = each.message.letter
    fitted = ", ".join(step.fit.value for step in letter.steps if step.after < step.before)
    for reader in letter.readers:
        for file in letter.attachments:
            yield (
                each.name,
                reader.audience,
                letter.language,
                reader.line.value,
                reader.mailbox.name,
                str(reader.mailbox.address),
                reader.group,
                "" if reader.copy is None else str(reader.copy),
                "" if letter.part is None else f"{letter.part.number} of {letter.part.of}",
                each.message.subject,
                letter.parcel.marking,
                file.name,
                "yes" if file.locked else "",
                str(file.pages),
                str(file.size),
                file.sha256,
                file.trace,
                str(each.sent),
                fitted,
                "yes" if letter.parcel.draft else "",
            )
