"""Runs of sending in any order, over lists and builds that change, servers that take, refuse and hang up, and processes that die: what a plan and a ledger make of it, against a model
that only counts."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from briefpack.distribute.delivery import Delivery, Outcome, State
from briefpack.distribute.ledger import Ledger
from briefpack.distribute.ledger_look import look
from briefpack.distribute.outbox_record import OutboxRecord
from briefpack.distribute.plan import Aim, planned
from tests.distribute.test_plan import message, outbox

_READERS = [f"r{number}@x" for number in range(4)]
_WHO = st.sets(st.sampled_from(_READERS), min_size=1)
_ENDS = st.sampled_from([State.SENT, State.REFUSED, State.UNCERTAIN, State.QUEUED, None])
"""What becomes of a delivery; None: the process dies while it is under way, and the server has it or not."""


class Sending(RuleBasedStateMachine):
    """arrived: how often the server may have taken what a key stands for. allowed: how often somebody said so: once, and once more for each resending and each "I have it not".

    said: who has it only because somebody said so.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "ledger.sqlite3"
        self.record: OutboxRecord = outbox()
        self.arrived: Counter[str] = Counter()
        self.allowed: Counter[str] = Counter()
        self.said: set[str] = set()

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(
        readers=_WHO,
        press=_WHO,
        build=st.sampled_from(["b1", "b2"]),
    )
    def draft(self, readers: set[str], press: set[str], build: str) -> None:
        """Another list, another build, or the same ones again."""
        self.record = outbox(
            message("desk", *sorted(readers), build=build),
            message("press", *sorted(press), build=build, audience="press"),
        )

    @rule(aim=st.sampled_from(Aim), ends=st.lists(_ENDS, min_size=8, max_size=8))
    def run(self, aim: Aim, ends: list[State | None]) -> None:
        """One run of the program; it ends early where it dies."""
        with Ledger(self.path) as ledger:
            plan = planned(self.record, ledger.entries(), aim, set(_READERS))
            ledger.withdraw([each.key for each in plan.overtaken], "gone")
            keys = [reader.key for going in plan.going for reader in going.readers]
            assert len(set(keys)) == len(keys)
            if aim is Aim.REFUSED:
                ledger.retry(keys)
            elif aim in {Aim.UNCERTAIN, Aim.AGAIN}:
                ledger.resend(keys)
                self.allowed.update(keys)
                self.said.difference_update(keys)
            ledger.queue(
                [
                    Delivery(
                        reader.key,
                        going.message.id,
                        going.message.name,
                        "0",
                        going.message.audience,
                        reader.address,
                    )
                    for going in plan.going
                    for reader in going.readers
                ]
            )
            for key, end in zip(keys, ends, strict=False):
                self.allowed[key] = max(self.allowed[key], 1)
                ledger.begin([key])
                if end in {State.SENT, State.UNCERTAIN, None}:
                    self.arrived[key] += 1
                if end is None:
                    return
                ledger.end({key: Outcome(end, None, "")})

    @rule(said=st.lists(st.booleans() | st.none(), min_size=8, max_size=8))
    def settle(self, said: list[bool | None]) -> None:
        """Readers of uncertain ones say that they have them, or that they have not, or nothing; they may be wrong."""
        with Ledger(self.path) as ledger:
            said_of = [*zip(ledger.entries(), said, strict=False)]
            back = [
                each.key for each, word in said_of if word and each.state is State.QUEUED and each.attempts
            ]
            open_ = [(each.key, word) for each, word in said_of if each.state is State.UNCERTAIN]
            arrived = [*back, *(key for key, word in open_ if word is True)]
            lost = [key for key, word in open_ if word is False]
            ledger.settle(arrived, lost)
            self.allowed.update(lost)
            self.said.update(arrived)

    @invariant()
    def nobody_has_it_oftener_than_somebody_said(self) -> None:
        for key, times in self.arrived.items():
            assert times <= self.allowed[key]

    @invariant()
    def nothing_that_may_have_arrived_is_forgotten(self) -> None:
        found = look(self.path)
        states = {} if found is None else {each.key: each.state for each in found.entries}
        for key, times in self.arrived.items():
            # Somebody may have said that it is to be sent again, and it was not or was refused then.
            settled = {State.SENT, State.UNCERTAIN} if times == self.allowed[key] else set(State)
            assert states[key] in settled

    @invariant()
    def what_somebody_said_is_told_from_what_a_server_said(self) -> None:
        found = look(self.path)
        entries = () if found is None else found.entries
        assert {each.key for each in entries if each.on_word} == self.said


TestSending = Sending.TestCase
TestSending.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
