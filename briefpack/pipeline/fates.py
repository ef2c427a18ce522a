"""What did not arrive in a run of sending → errors, each at its reader's place in the list, with what is to be done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from briefpack.distribute.credentials import PASSWORD, USER
from briefpack.distribute.delivery import BEYOND_ASCII, BEYOND_LIMIT, Entry, State, Tally
from briefpack.errors import Diagnostic, ExitCode, Severity, Where

Places = Mapping[tuple[str, str], Where]
"""Audience and address, in small letters, of a reader → where he stands in the list."""

_NOT_LET = re.compile(r"5\.7\.|.*\b(?:relay|authenticat|log ?in\b)", re.IGNORECASE)
"""Answers of a server that does not let somebody do what he asks for: as a rule, send to others without a login. They begin with a status (RFC 3463, 3.8),
or, as Exim's, have words only."""
_TOO_LARGE = (BEYOND_LIMIT, "5.3.4", "5.2.3")
"""Of those that say that a message is too large: for the server, or for the reader's mailbox (RFC 3463, 3.3 and 3.4)."""


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
        lambda entry: _after_refusal(entry, pack),
    )
    found += _each(
        tally.uncertain,
        places,
        "may or may not have arrived",
        "nobody knows whether {address} has the message {draft}: {why}",
        lambda _: (
            f"ask, and write down what is said: briefpack mail settle {pack} --arrived ADDRESS, or --lost ADDRESS; or send it once more unasked: briefpack mail resend {pack} --uncertain --really"
        ),
    )
    ended = tally.stopped is not None or tally.interrupted
    found += _each(
        [each for each in tally.queued if each.attempts or not ended],
        places,
        "were left",
        "the message {draft} to {address} was not sent: {why}",
        lambda _: f"send what is left: briefpack mail retry {pack} --really",
    )
    return tuple(found)


def _after_refusal(entry: Entry, pack: str) -> str:
    once_more = f"briefpack mail retry {pack} --refused --really"
    if entry.reply.startswith(_TOO_LARGE):
        return f"say in the list how much is taken, as in `size: 5 MB`, and with `too_large:` what is to be done, then draft again: briefpack mail draft {pack}"
    if entry.reply.startswith(BEYOND_ASCII):
        return f"give an address without such letters to whoever has one, and draft again; or name a server that takes them; then: {once_more}"
    if _NOT_LET.match(entry.reply):
        return f"see who may send there, and that somebody logs in ({USER} and {PASSWORD}, or `briefpack mail login {pack}`); then: {once_more}"
    return f"correct the list and draft again; or, where the server was wrong: {once_more}"


def _each(
    entries: Sequence[Entry], places: Places, what: str, fact: str, hint: Callable[[Entry], str]
) -> Iterator[Diagnostic]:
    # Said of many only.
    crowd = f"{len(entries)} messages, counted by their readers, {what}"
    for entry in entries:
        delivery = entry.delivery
        yield Diagnostic(
            Severity.ERROR,
            places.get((delivery.audience, delivery.address.casefold())),
            fact.format(draft=delivery.draft, address=delivery.address, why=reason(entry)),
            hint(entry),
            ExitCode.MAIL,
            crowd=crowd,
        )


def reason(entry: Entry) -> str:
    """The last that was heard of a delivery, in a line: the server's answer, or why there was none."""
    code = "" if entry.code is None else str(entry.code)
    unheard = "no run has come to it yet" if entry.state is State.QUEUED else "no reason is known"
    return " ".join(part for part in (code, entry.reply) if part) or unheard
