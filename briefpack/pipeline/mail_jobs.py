"""Drafts and those who are sent them → what the ledger is told, and what the sender is handed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from briefpack.distribute.delivery import Delivery, Job
from briefpack.distribute.outbox_record import OutboxRecord, RecordedMessage, RecordedReader
from briefpack.distribute.plan import Going
from briefpack.distribute.transmitted import NoDraftError, transmitted
from briefpack.errors import ExitCode, Where, failure


def delivery_of(record: OutboxRecord, message: RecordedMessage, reader: RecordedReader) -> Delivery:
    """What the ledger is to know of a message and one of its readers."""
    return Delivery(
        key=reader.key,
        message=message.id,
        draft=message.name,
        checksum=record.files[f"{message.name}.eml"],
        audience=message.audience,
        address=reader.address,
        part=message.part,
        parts=message.parts,
        copy=reader.copy,
    )


def jobs_of(
    folder: Path, going: Going, deliveries: Sequence[Delivery], dated: Mapping[str, datetime]
) -> Iterator[Job]:
    """One for all readers who get the same bytes; those who were queued at another moment get another date. folder: the outbox. dated: by key, as in Entry."""
    by_date: dict[datetime, list[Delivery]] = {}
    for each in deliveries:
        by_date.setdefault(dated[each.key], []).append(each)
    path = folder / f"{going.message.name}.eml"
    for date, together in by_date.items():
        yield Job(
            going.message.sender,
            tuple(together),
            path.read_bytes,
            partial(_form, path, date),
        )


def _form(path: Path, date: datetime, draft: bytes) -> bytes:
    """What is transmitted. path: of the draft."""
    try:
        return transmitted(draft, date)
    except NoDraftError as error:
        raise failure(
            f"{path.name} is no draft that can be sent: {error}",
            code=ExitCode.OUTPUT,
            where=Where(path),
            hint="draft again",
        ) from error
