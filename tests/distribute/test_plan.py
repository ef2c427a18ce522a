"""Who is sent what, by what the ledger knows: nobody twice without a word, nobody forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.distribute.delivery import Delivery, Entry, State
from briefpack.distribute.outbox_record import OutboxRecord, RecordedMessage, RecordedReader, delivery_key
from briefpack.distribute.plan import Aim, Plan, planned

WHEN = datetime(2025, 4, 2, 18, 0, tzinfo=UTC)


def key(address: str, build: str, audience: str = "desk") -> str:
    return delivery_key("visit", audience, address, [(build, "")], (0, 0))


def message(name: str, *addresses: str, build: str = "b1", audience: str = "desk") -> RecordedMessage:
    readers = tuple(RecordedReader(each, "", "to", None, key(each, build, audience)) for each in addresses)
    return RecordedMessage(
        name, f"{name}@x", audience, "en", "", "d@example.int", "", "", 0, 0, readers, (), 100
    )


def outbox(*messages: RecordedMessage) -> OutboxRecord:
    return OutboxRecord("visit", draft=False, inputs={}, messages=messages, files={})


def entry(
    address: str, state: State, build: str = "b1", audience: str = "desk", since: datetime = WHEN
) -> Entry:
    delivery = Delivery(key(address, build, audience), "id", "desk", "0", audience, address)
    return Entry(delivery, state, 1, None, "", since, None, since)


def to_whom(plan: Plan) -> dict[str, list[str]]:
    return {each.message.name: [reader.address for reader in each.readers] for each in plan.going}


def test_a_first_sending_is_for_all() -> None:
    plan = planned(outbox(message("desk", "a@x", "b@x"), message("press", "c@x")), [], Aim.NEW)
    assert to_whom(plan) == {"desk": ["a@x", "b@x"], "press": ["c@x"]}
    assert (plan.readers, plan.left_out, plan.earlier, plan.overtaken) == (3, (), (), ())


def test_who_has_it_is_left_out_and_who_is_new_gets_his() -> None:
    plan = planned(
        outbox(message("desk", "a@x", "b@x", "new@x")),
        [entry("a@x", State.SENT), entry("b@x", State.SENT)],
        Aim.NEW,
    )
    assert to_whom(plan) == {"desk": ["new@x"]}
    assert [each.reader.address for each in plan.left_in(State.SENT)] == ["a@x", "b@x"]
    assert plan.earlier == ()


@pytest.mark.parametrize(
    ("aim", "states"),
    [
        (Aim.NEW, {None, State.QUEUED, State.WITHDRAWN}),
        (Aim.LEFT, {State.QUEUED}),
        (Aim.REFUSED, {State.QUEUED, State.REFUSED}),
        (Aim.UNCERTAIN, {State.UNCERTAIN}),
    ],
)
def test_each_aim_is_for_its_states_only(aim: Aim, states: set[State | None]) -> None:
    every = [None, *State]
    names = {f"r{n}@x": state for n, state in enumerate(every)}
    entries = [entry(address, state) for address, state in names.items() if state is not None]
    plan = planned(outbox(message("desk", *names)), entries, aim)
    assert {names[reader.address] for each in plan.going for reader in each.readers} == states


def test_a_reader_of_several_parts_counts_once_and_one_of_two_packs_twice() -> None:
    record = outbox(
        message("desk_part-1", "a@x", "b@x"),
        message("desk_part-2", "a@x", "B@x", build="b2"),
        message("press", "a@x", audience="press"),
    )
    plan = planned(record, [], Aim.NEW)
    assert (len(plan.going), plan.readers) == (3, 3)
    assert plan.by_audience == {"desk": 2, "press": 1}


def test_again_is_for_those_who_are_named_and_have_it() -> None:
    entries = [entry("a@x", State.SENT), entry("b@x", State.SENT), entry("c@x", State.QUEUED)]
    plan = planned(outbox(message("desk", "a@x", "b@x", "c@x")), entries, Aim.AGAIN, {"a@x", "c@x"})
    assert to_whom(plan) == {"desk": ["a@x"]}
    assert to_whom(planned(outbox(message("desk", "a@x")), entries, Aim.AGAIN)) == {}


def test_an_address_in_capitals_is_the_same_reader() -> None:
    before = [entry("Anna@X", State.SENT, build="b0")]
    (found,) = planned(outbox(message("desk", "anna@x")), before, Aim.NEW).earlier
    assert found.entry is before[0]
    assert to_whom(
        planned(outbox(message("desk", "Anna@X")), [entry("Anna@X", State.SENT)], Aim.AGAIN, {"anna@x"})
    )


def test_who_had_an_earlier_build_is_named_with_the_last_one() -> None:
    later = WHEN.replace(day=3)
    before = [
        entry("a@x", State.SENT, build="b0", since=later),
        entry("a@x", State.SENT, build="b-1"),
        entry("b@x", State.REFUSED, build="b0"),
        entry("d@x", State.UNCERTAIN, build="b0"),
        entry("c@x", State.SENT, build="b0", audience="press"),
    ]
    plan = planned(outbox(message("desk", "a@x", "b@x", "c@x", "d@x")), before, Aim.NEW)
    assert [(each.reader.address, each.entry.since) for each in plan.earlier] == [
        ("a@x", later),
        ("d@x", WHEN),
    ]
    assert plan.readers == 4


def test_who_had_the_pack_of_another_audience_is_named_unless_he_is_meant_to_have_both() -> None:
    later = WHEN.replace(day=3)
    before = [
        entry("moved@x", State.SENT, audience="staff", since=later),
        entry("Moved@x", State.SENT, audience="staff", build="b0"),
        entry("both@x", State.SENT, audience="press"),
        entry("refused@x", State.REFUSED, audience="staff"),
    ]
    record = outbox(
        message("desk", "moved@x", "both@x", "refused@x", "new@x"),
        message("press", "both@x", audience="press"),
    )
    plan = planned(record, before, Aim.NEW)
    assert [(each.reader.address, each.audience, each.entry) for each in plan.elsewhere] == [
        ("moved@x", "desk", before[0])
    ]
    assert plan.earlier == ()
    # Who is sent one of his packs alone is meant to have the other all the same.
    alone = planned(record, before, Aim.NEW, chosen={"desk"})
    assert alone.by_audience == {"desk": 4}
    assert alone.elsewhere == plan.elsewhere


def test_a_number_that_was_another_copy_before_is_told_with_the_latest() -> None:
    later = WHEN.replace(day=3)

    def copied(address: str, number: int, build: str = "b0", since: datetime = WHEN) -> Entry:
        sent = entry(address, State.SENT, build, since=since)
        return replace(sent, delivery=replace(sent.delivery, copy=number))

    before = [
        copied("gone@x", 1, since=later),
        copied("older@x", 1),
        copied("Same@x", 2),
        replace(copied("left@x", 3), state=State.REFUSED),
    ]
    now = message("desk", "a@x", "same@x", "c@x", "d@x")
    numbered = tuple(replace(each, copy=n) for n, each in zip((1, 2, 3, None), now.readers, strict=True))
    plan = planned(outbox(replace(now, readers=numbered)), before, Aim.NEW)
    assert [(each.reader.address, each.entry) for each in plan.taken] == [("a@x", before[0])]


def test_what_waited_of_an_earlier_draft_is_overtaken_in_its_audience_only() -> None:
    before = [
        entry("a@x", State.QUEUED, build="b0"),
        entry("b@x", State.REFUSED, build="b0"),
        entry("c@x", State.UNCERTAIN, build="b0"),
        entry("d@x", State.SENT, build="b0"),
        entry("p@x", State.QUEUED, build="b0", audience="press"),
        entry("a@x", State.QUEUED),
    ]
    plan = planned(outbox(message("desk", "a@x")), before, Aim.NEW)
    assert plan.overtaken == tuple(before[:2])
    assert plan.gone == (before[2],)
    assert to_whom(plan) == {"desk": ["a@x"]}


_STATES = st.sampled_from([None, *State])


@settings(deadline=None)
@given(st.lists(_STATES, max_size=8), st.sampled_from(Aim))
def test_every_reader_is_either_sent_to_or_left_out(states: list[State | None], aim: Aim) -> None:
    addresses = [f"r{n}@x" for n in range(len(states))]
    entries = [entry(a, state) for a, state in zip(addresses, states, strict=True) if state is not None]
    plan = planned(outbox(message("desk", *addresses)), entries, aim, set(addresses))
    told = [reader.address for each in plan.going for reader in each.readers]
    told += [each.reader.address for each in plan.left_out]
    assert sorted(told) == sorted(addresses)
    assert plan.addresses == set(addresses)
    if aim is not Aim.AGAIN:
        sent = {entry.delivery.address for entry in entries if entry.state is State.SENT}
        assert not sent & {reader.address for each in plan.going for reader in each.readers}


def test_what_is_left_of_an_audience_without_readers_is_given_up_in_a_run_for_all() -> None:
    left = [
        entry("a@x", State.QUEUED, audience="press"),
        entry("b@x", State.REFUSED, audience="press"),
        entry("c@x", State.UNCERTAIN, audience="press"),
        entry("d@x", State.SENT, audience="press"),
    ]
    record = outbox(message("desk", "e@x"))
    plan = planned(record, left, Aim.NEW, listed={"desk"})
    assert [each.delivery.address for each in plan.overtaken] == ["a@x", "b@x"]
    assert [each.delivery.address for each in plan.gone] == ["c@x"]
    # Its readers may still be meant to get it: they are only not drafted now.
    for plan in (
        planned(record, left, Aim.NEW, listed={"desk", "press"}),
        planned(record, left, Aim.NEW, listed={"desk"}, chosen={"desk"}),
        planned(record, left, Aim.NEW),
    ):
        assert (plan.overtaken, plan.gone) == ((), ())
