"""A copy that turned up → whether and when it was sent, as far as the ledger of its pack knows; nothing is written, and nobody is kept waiting."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from briefpack.distribute.delivery import Entry, State
from briefpack.distribute.ledger_look import Look, look
from briefpack.distribute.outbox_record import RECORD_NAME, OutboxRecord, RecordedMessage, read_record
from briefpack.distribute.read_copies import Copy
from briefpack.distribution import OUTBOX
from briefpack.errors import BriefpackError
from briefpack.pipeline.recognising import Known
from briefpack.pipeline.sent_marks import doubt
from briefpack.pipeline.sites import Site
from briefpack.reading.addresses import key_of


@dataclass(frozen=True, slots=True)
class Way:
    """A delivery that the copy went by, or may have. before: when it had been sent, where it is to be sent again since; None where not."""

    entry: Entry
    before: datetime | None


@dataclass(frozen=True, slots=True)
class Fate:
    """ways: several where the ledger does not tell by which of them, () where it was drafted and never sent by briefpack. unknown: why nobody knows that, "" for nothing."""

    ways: tuple[Way, ...] = ()
    unknown: str = ""


def fates_of(found: Iterable[Known], sites: Sequence[Site]) -> tuple[Fate | None, ...]:
    """Of each; None of what is nobody's own copy. sites: among which they were found."""
    read: dict[Site, _Memory] = {}
    fates: list[Fate | None] = []
    for known in found:
        site = next((each for each in sites if each.folder.name == known.pack and each.register), None)
        if known.copy is None or site is None or site.ledger is None:
            fates.append(None)
            continue
        if site not in read:
            read[site] = _remembered(site, site.ledger)
        fates.append(_fate(known.copy, read[site]))
    return tuple(fates)


@dataclass(frozen=True, slots=True)
class _Memory:
    """What is known of a pack. seen: its ledger, None where there is none, or none that can be read. lacks: what is wrong with it, "" for nothing."""

    seen: Look | None
    lacks: str
    record: OutboxRecord | None


def _remembered(site: Site, ledger: Path) -> _Memory:
    try:
        seen = look(ledger)
        lacks = doubt(site.folder, ledger, seen)
    except BriefpackError as error:
        return _Memory(None, error.diagnostics[0].message, None)
    return _Memory(seen, "" if lacks is None else lacks.message, _record(site))


def _fate(copy: Copy, memory: _Memory) -> Fate:
    ways = () if memory.seen is None else tuple(_ways(copy, memory.seen, memory.record))
    # What the ledger does know is true, whatever else it lacks.
    return Fate(ways, "" if ways else memory.lacks)


def _ways(copy: Copy, seen: Look, record: OutboxRecord | None) -> Iterator[Way]:
    reader = key_of(copy.address)
    entries = [
        each
        for each in seen.entries
        if each.delivery.audience == copy.audience
        and (copy.number is None or each.delivery.copy == copy.number)
        and copy.part == _part(each.delivery.part, each.delivery.parts)
        and key_of(each.delivery.address) == reader
    ]
    for entry in _of_its_draft(copy, entries, record):
        sent = [each.at for each in seen.journal if each.key == entry.key and each.after is State.SENT]
        yield Way(entry, max(sent) if sent and entry.state is not State.SENT else None)


def _of_its_draft(copy: Copy, entries: Sequence[Entry], record: OutboxRecord | None) -> Sequence[Entry]:
    """Those of the build that a copy was made of, where the outbox tells: the register names no delivery. The key of one is the same for the same built files."""
    drafted = [] if record is None else [each for each in record.messages if _is_to(each, copy)]
    own = [each for each in drafted if any(file.of == copy.built for file in each.attachments)]
    known = [each for each in entries if each.key in _keys(own, copy)]
    exact = any(file.sha256 == copy.sha256 for each in own for file in each.attachments)
    # A part of the same build may have had other pages, and then had another key.
    if known or exact or (own and not copy.part):
        return known
    newer = _keys(drafted, copy)
    return [each for each in entries if each.key not in newer]


def _is_to(message: RecordedMessage, copy: Copy) -> bool:
    return (message.audience, _part(message.part, message.parts)) == (copy.audience, copy.part) and bool(
        _keys([message], copy)
    )


def _keys(messages: Sequence[RecordedMessage], copy: Copy) -> Collection[str]:
    reader = key_of(copy.address)
    return {each.key for message in messages for each in message.readers if key_of(each.address) == reader}


def _part(part: int, parts: int) -> str:
    """As the register has it."""
    return f"{part} of {parts}" if part else ""


def _record(site: Site) -> OutboxRecord | None:
    try:
        return read_record((site.folder / OUTBOX / RECORD_NAME).read_bytes())
    except OSError:
        return None
