"""What the ledger says, held against what a server took."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from briefpack.distribute.delivery import State
from briefpack.distribute.ledger_look import look
from tests.distribute.mailings import Mailing


@dataclass
class Figures:
    deliveries: int = 0
    runs: int = 0
    killed: int = 0
    interrupted: int = 0
    kept_out: int = 0
    stopped: int = 0
    resent: int = 0
    doubled_on_purpose: int = 0
    taken: int = 0
    states: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0


def judge(mailing: Mailing, counts: Counter[str], resent: Counter[str]) -> list[str]:
    """What is wrong: a reader who got a message twice without a word, or who got none and nobody knows, or a ledger that says something else than happened.

    counts: how often the server took each address's message. resent: how often somebody said that it is to be sent again.
    """
    seen = look(mailing.ledger)
    if seen is None:
        return ["there is no ledger"]
    wrong = []
    entries = {each.delivery.address: each for each in seen.entries}
    said = Counter(
        each.key for each in seen.journal if (each.before, each.after) == (State.UNCERTAIN, State.QUEUED)
    )
    wrong += [f"{each}: is not on record" for each in mailing.addresses if each not in entries]
    wrong += [f"{each}: the server took it, nobody meant to send it" for each in counts.keys() - entries]
    for address, entry in entries.items():
        count, again = counts[address], resent[address]
        if count > 1 + again:
            wrong.append(f"{address}: taken {count} times, and sent again on purpose {again} times")
        if said[entry.key] != again:
            wrong.append(
                f"{address}: the journal has {said[entry.key]} words of sending it again, not {again}"
            )
        if entry.state is State.SENT and not count:
            wrong.append(f"{address}: called sent, and never taken")
        if entry.state in {State.QUEUED, State.REFUSED} and count > again:
            wrong.append(f"{address}: called {entry.state.value}, and taken")
        if entry.state in {State.QUEUED, State.REFUSED} and not entry.reply:
            wrong.append(f"{address}: called {entry.state.value}, and nobody knows why")
        if entry.state in {State.SENDING, State.WITHDRAWN}:
            wrong.append(f"{address}: left as {entry.state.value}")
    last = {each.key: each.after for each in seen.journal}
    for entry in seen.entries:
        if last.get(entry.key) is not entry.state:
            wrong.append(f"{entry.delivery.address}: the journal ends otherwise than the ledger")
    return wrong
