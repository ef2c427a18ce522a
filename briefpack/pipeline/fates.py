"""What did not arrive in a run of sending → errors, each at its reader's place in the list, with what is to be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from briefpack.distribute.delivery import Entry, Tally
from briefpack.errors import Diagnostic, ExitCode, Severity, Where

Places = Mapping[tuple[str, str], Where]
"""Audience and address, in small letters, of a reader → where he stands in the list."""


def misses(tally: Tally, pack: str, places: Places) -> tuple[Diagnostic, ...]:
    """Errors (MAIL) for whatever was to be sent and was not, as far as anybody knows; () where all went. pack: its name.

    What a run that ended early did not come to is left for the same reason, and not told of one by one.
    """
    found = [] if tally.stopped is None else [tally.stopped]
    found += _each(
        tally.refused,
        places,
        "were refused",
        "the message {draft} to {address} was refused: {why}",
        f"correct the list and draft again; or, where the server was wrong: briefpack mail retry {pack} --refused --really",
    )
    found += _each(
        tally.uncertain,
        places,
        "may or may not have arrived",
        "nobody knows whether {address} has the message {draft}: {why}",
        f"ask, and write down what is said: briefpack mail settle {pack} --arrived ADDRESS, or --lost ADDRESS; or send it once more unasked: briefpack mail resend {pack} --uncertain --really",
    )
    ended = tally.stopped is not None or tally.interrupted
    found += _each(
        [each for each in tally.queued if each.attempts or not ended],
        places,
        "were left",
        "the message {draft} to {address} was not sent: {why}",
        f"send what is left: briefpack mail retry {pack} --really",
    )
    return tuple(found)


def _each(entries: Sequence[Entry], places: Places, what: str, fact: str, hint: str) -> Iterator[Diagnostic]:
    # Said of many only.
    crowd = f"{len(entries)} messages, counted by their readers, {what}"
    for entry in entries:
        delivery = entry.delivery
        yield Diagnostic(
            Severity.ERROR,
            places.get((delivery.audience, delivery.address.casefold())),
            fact.format(draft=delivery.draft, address=delivery.address, why=reason(entry)),
            hint,
            ExitCode.MAIL,
            crowd=crowd,
        )


def reason(entry: Entry) -> str:
    """The last that was heard of a delivery, in a line: the server's answer, or why there was none."""
    code = "" if entry.code is None else str(entry.code)
    return " ".join(part for part in (code, entry.reply) if part) or "no reason is known"
