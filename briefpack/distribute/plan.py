"""An outbox and the ledger → what a run sends, whom it leaves out and why, and what its readers and others had of the pack before; pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum

from briefpack.distribute.delivery import Entry, State
from briefpack.distribute.outbox_record import OutboxRecord, RecordedMessage, RecordedReader


class Aim(Enum):
    """Whom a run is for. NEW: all who have not got theirs. LEFT: of those, whoever was to get it in an earlier run. REFUSED: these, and those whom the server refused.

    UNCERTAIN: those of whom nobody knows whether they have it. AGAIN: those who are named, although they have it.
    """

    NEW = "new"
    LEFT = "left"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    AGAIN = "again"


_STATES: dict[Aim, frozenset[State | None]] = {
    Aim.NEW: frozenset({None, State.QUEUED, State.WITHDRAWN}),
    Aim.LEFT: frozenset({State.QUEUED}),
    Aim.REFUSED: frozenset({State.QUEUED, State.REFUSED}),
    Aim.UNCERTAIN: frozenset({State.UNCERTAIN}),
    Aim.AGAIN: frozenset({State.SENT, State.UNCERTAIN}),
}
"""What the ledger says of those who are sent to; None where it knows nothing of them."""


@dataclass(frozen=True, slots=True)
class Going:
    """A message, and those of its readers who are sent it in this run."""

    message: RecordedMessage
    readers: tuple[RecordedReader, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A reader of a message who is not sent it in this run. entry: what the ledger says of him, None where nothing."""

    message: RecordedMessage
    reader: RecordedReader
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A reader who is sent a pack, and the last time that he was sent other files of it: of an earlier build, or in other formats or parts. Where the entry is uncertain, he may not have
    got them."""

    audience: str
    reader: RecordedReader
    entry: Entry


@dataclass(frozen=True, slots=True)
class Taken:
    """A reader whose copy has a number that another reader's copy had before. entry: the latest such."""

    reader: RecordedReader
    entry: Entry


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run sends, in the order of the outbox.

    elsewhere: readers who were sent the pack of another audience before, and stand no more among its readers as far as the outbox tells.
    Of the ledger, for the same audiences or for those that have no reader any more, and without a draft in the outbox: overtaken: what was to be sent or was refused, and now is neither. gone: what is uncertain.
    """

    aim: Aim
    going: tuple[Going, ...]
    left_out: tuple[LeftOut, ...]
    earlier: tuple[Earlier, ...]
    elsewhere: tuple[Earlier, ...]
    taken: tuple[Taken, ...]
    overtaken: tuple[Entry, ...]
    gone: tuple[Entry, ...]

    @property
    def by_audience(self) -> dict[str, int]:
        """How many readers of each audience are sent something, in the order of the outbox; one who gets a pack in parts counts once."""
        found: dict[str, set[str]] = {}
        for each in self.going:
            addresses = found.setdefault(each.message.audience, set())
            addresses.update(reader.address.casefold() for reader in each.readers)
        return {name: len(addresses) for name, addresses in found.items()}

    @property
    def readers(self) -> int:
        """How many are sent something; one who gets the packs of two audiences counts for both."""
        return sum(self.by_audience.values())

    @property
    def addresses(self) -> frozenset[str]:
        """Of all who are sent something, and of all who are not."""
        return frozenset(
            (
                *(reader.address for each in self.going for reader in each.readers),
                *(each.reader.address for each in self.left_out),
            )
        )

    def left_in(self, state: State) -> tuple[LeftOut, ...]:
        """Those who are left out because of what the ledger says of them."""
        return tuple(each for each in self.left_out if each.entry is not None and each.entry.state is state)


def planned(
    record: OutboxRecord,
    entries: Sequence[Entry],
    aim: Aim,
    to: Collection[str] = frozenset(),
    *,
    chosen: Collection[str] | None = None,
    listed: Collection[str] | None = None,
) -> Plan:
    """entries: of the ledger. to: keys of addresses (distribution.Address.key), for Aim.AGAIN; () for nobody. chosen: audiences that the run is for, None for all.

    listed: audiences that have readers in the list, None where that is not known: what is left of others is theirs no more, in a run that is for all.
    """
    known = {each.key: each for each in entries}
    messages = [each for each in record.messages if chosen is None or each.audience in chosen]
    going, left_out = [], []
    for message in messages:
        readers = []
        for reader in message.readers:
            entry = known.get(reader.key)
            meant = (None if entry is None else entry.state) in _STATES[aim]
            if meant and (aim is not Aim.AGAIN or reader.address.casefold() in to):
                readers.append(reader)
            else:
                left_out.append(LeftOut(message, reader, entry))
        if readers:
            going.append(Going(message, tuple(readers)))
    now = {reader.key for message in messages for reader in message.readers}
    audiences = {message.audience for message in messages}
    if chosen is None and listed is not None:
        audiences |= {each.delivery.audience for each in entries}.difference(listed)
    former = [each for each in entries if each.delivery.audience in audiences and each.key not in now]
    overtaken = tuple(each for each in former if each.state in {State.QUEUED, State.REFUSED})
    gone = tuple(each for each in former if each.state is State.UNCERTAIN)
    had = [each for each in entries if each.state in {State.SENT, State.UNCERTAIN}]
    return Plan(
        aim,
        tuple(going),
        tuple(left_out),
        _earlier(going, had, now),
        _elsewhere(going, had, record),
        _taken(going, had),
        overtaken,
        gone,
    )


def _earlier(going: Sequence[Going], had: Sequence[Entry], now: Collection[str]) -> tuple[Earlier, ...]:
    """Each reader once, with the latest."""
    before: dict[tuple[str, str], Entry] = {}
    for each in had:
        if each.key not in now:
            who = (each.delivery.audience, each.delivery.address.casefold())
            if who not in before or before[who].since < each.since:
                before[who] = each
    found: dict[tuple[str, str], Earlier] = {}
    for message in going:
        for reader in message.readers:
            who = (message.message.audience, reader.address.casefold())
            if who in before:
                found.setdefault(who, Earlier(message.message.audience, reader, before[who]))
    return tuple(found.values())


def _elsewhere(going: Sequence[Going], had: Sequence[Entry], record: OutboxRecord) -> tuple[Earlier, ...]:
    """Each reader once, with the latest. Who is still a reader of the other audience is meant to have both packs."""
    listed = {
        (message.audience, reader.address.casefold())
        for message in record.messages
        for reader in message.readers
    }
    before: dict[str, Entry] = {}
    for each in sorted(had, key=lambda each: each.since):
        who = each.delivery.address.casefold()
        if (each.delivery.audience, who) not in listed:
            before[who] = each
    found: dict[str, Earlier] = {}
    for message in going:
        for reader in message.readers:
            who = reader.address.casefold()
            if who in before:
                found.setdefault(who, Earlier(message.message.audience, reader, before[who]))
    return tuple(found.values())


def _taken(going: Sequence[Going], had: Sequence[Entry]) -> tuple[Taken, ...]:
    """Each number once, with the latest: numbers run through all audiences, so that one says whose copy it is."""
    before: dict[int, dict[str, Entry]] = {}
    for each in sorted(had, key=lambda each: each.since):
        if each.delivery.copy is not None:
            before.setdefault(each.delivery.copy, {})[each.delivery.address.casefold()] = each
    found: dict[int, Taken] = {}
    for message in going:
        for reader in message.readers:
            if reader.copy is None:
                continue
            own = reader.address.casefold()
            others = [entry for who, entry in before.get(reader.copy, {}).items() if who != own]
            if others:
                found.setdefault(reader.copy, Taken(reader, max(others, key=lambda each: each.since)))
    return tuple(found.values())
