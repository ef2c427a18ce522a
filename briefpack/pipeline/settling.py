"""What readers say of messages whose fate nobody knew → the ledger: it has arrived, or it has not and is to be sent again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefpack.distribute.delivery import Entry, State
from briefpack.distribute.ledger import LEDGER_NAME, Ledger
from briefpack.distribute.ledger_look import look
from briefpack.errors import BriefpackError, Diagnostic, ExitCode, failure
from briefpack.pipeline.prepare import Order, output_folder
from briefpack.pipeline.project import sent_folder, suggestion, usage
from briefpack.pipeline.sent_marks import doubt
from briefpack.reading.addresses import key_of


@dataclass(frozen=True, slots=True)
class Said:
    """arrived, lost: addresses of readers who say so. messages: names of the drafts that it is said of, () for all of each reader's."""

    arrived: tuple[str, ...]
    lost: tuple[str, ...]
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """pack: its name. arrived, lost: as they stand in the ledger now. left: those that are still uncertain, of the same audiences."""

    pack: str
    ledger: Path
    arrived: tuple[Entry, ...]
    lost: tuple[Entry, ...]
    left: tuple[Entry, ...]


def settle(folder: Path, order: Order, said: Said) -> Settled:
    """order: audiences and output. The pack itself is not read, and need not be right.

    Raises BriefpackError with nothing changed: USAGE where somebody is named of whom nothing is uncertain, BUSY while something is sent, OUTPUT where the ledger is not there, is damaged,
    or does not know all that was sent.
    """
    path = sent_folder(folder) / LEDGER_NAME
    known = look(path)
    found = doubt(output_folder(folder, order), path, known)
    if found is not None:
        raise BriefpackError([found])
    if known is None:
        raise failure(
            f"nothing of {folder.name} has been sent: there is no ledger",
            code=ExitCode.USAGE,
            hint=f"see `briefpack mail status {folder.name}`",
        )
    with Ledger(path) as ledger:
        entries = [
            each
            for each in ledger.entries()
            if not order.audiences or each.delivery.audience in order.audiences
        ]
        wrong = [*_wrong(said, entries, folder.name)]
        if wrong:
            raise BriefpackError(wrong)
        arrived = _of(_may_have_arrived(entries), said.arrived, said.messages)
        lost = _of(_uncertain(entries), said.lost, said.messages)
        ledger.settle(arrived, lost)
        now = {each.key: each for each in ledger.entries()}
    left = [now[each.key] for each in entries if now[each.key].state is State.UNCERTAIN]
    return Settled(
        folder.name,
        path,
        tuple(now[key] for key in arrived),
        tuple(now[key] for key in lost),
        tuple(left),
    )


def _uncertain(entries: Iterable[Entry]) -> list[Entry]:
    return [each for each in entries if each.state is State.UNCERTAIN]


def _may_have_arrived(entries: Iterable[Entry]) -> list[Entry]:
    """Those too that are queued after a server was asked: he who was said to lack it may have found it."""
    return [
        each
        for each in entries
        if each.state is State.UNCERTAIN or (each.state is State.QUEUED and each.attempts)
    ]


def _of(entries: Iterable[Entry], addresses: Iterable[str], messages: Collection[str]) -> tuple[str, ...]:
    """Keys."""
    named = {key_of(each) for each in addresses}
    return tuple(
        each.key
        for each in entries
        if key_of(each.delivery.address) in named and (not messages or each.delivery.draft in messages)
    )


def _wrong(said: Said, entries: Sequence[Entry], pack: str) -> Iterator[Diagnostic]:
    uncertain, possible = _uncertain(entries), _may_have_arrived(entries)
    readers = {each.delivery.address for each in possible}
    drafts = {each.delivery.draft for each in possible}
    see = f"see `briefpack mail status {pack}`"
    for name in said.messages:
        if name not in drafts:
            yield usage(f"no message {name} is uncertain", suggestion(name, drafts) or see)
    lost = {key_of(each) for each in said.lost}
    for address in dict.fromkeys((*said.arrived, *said.lost)):
        if address in said.arrived and key_of(address) in lost:
            yield usage(
                f"{address} is said to have it and to lack it",
                "name him once, with --message where he has one of several",
            )
        elif not _of(possible if address in said.arrived else uncertain, [address], said.messages):
            yield usage(f"nothing is uncertain of {address}", suggestion(address, readers) or see)
