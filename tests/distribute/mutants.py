"""Senders that are broken in the ways that such programs are broken."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefpack.distribute.delivery import Outcome, State
from briefpack.distribute.ledger import Ledger


def _written_after(ledger: type[Ledger]) -> None:
    """Everything is written when the answer is there, and nothing before."""
    begin, end = ledger.begin, ledger.end

    def late(self: Ledger, outcomes: dict[str, Outcome]) -> None:
        begin(self, [key for key in outcomes if _is(self, key, State.QUEUED)])
        end(self, outcomes)

    ledger.begin = lambda _self, _keys: None  # type: ignore[method-assign,assignment]
    ledger.end = late  # type: ignore[method-assign,assignment]


def _is(ledger: Ledger, key: str, state: State) -> bool:
    entry = ledger.entry(key)
    return entry is not None and entry.state is state


def _hopeful(ledger: type[Ledger]) -> None:
    """What was under way when a run ended is simply sent again."""

    def again(self: Ledger) -> tuple[()]:
        left = [each.key for each in self.entries() if each.state is State.SENDING]
        self.end({key: Outcome(State.QUEUED, None, "") for key in left})
        return ()

    ledger._call_uncertain = again  # type: ignore[method-assign]


def _impatient(ledger: type[Ledger]) -> None:
    """A connection that ends after the message is tried again like any other."""
    end = ledger.end

    def hasty(self: Ledger, outcomes: dict[str, Outcome]) -> None:
        hasty_outcomes = {
            key: Outcome(State.QUEUED, None, each.reply) if each.state is State.UNCERTAIN else each
            for key, each in outcomes.items()
        }
        end(self, hasty_outcomes)

    ledger.end = hasty  # type: ignore[method-assign,assignment]


def _boastful(ledger: type[Ledger]) -> None:
    """A message counts as sent when it is sent off."""
    begin, end = ledger.begin, ledger.end

    def early(self: Ledger, keys: Sequence[str]) -> None:
        begin(self, keys)
        end(self, {key: Outcome(State.SENT, 250, "") for key in keys})

    ledger.begin = early  # type: ignore[method-assign,assignment]


MUTANTS: dict[str, Callable[[type[Ledger]], None]] = {
    "written-after": _written_after,
    "hopeful": _hopeful,
    "impatient": _impatient,
    "boastful": _boastful,
}
