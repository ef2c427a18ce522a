"""The laws of the lattice, and who may see what."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefpack.marking import LOWEST, Ceiling, Marking, join

CODES = st.frozensets(st.sampled_from(["AAA", "BBB", "CCC", "DDD"]))
MARKINGS = st.builds(Marking, st.integers(0, 4), st.none() | CODES, st.frozensets(st.sampled_from("xyz")))
CEILINGS = st.builds(Ceiling, st.integers(0, 4), CODES, st.frozensets(st.sampled_from("xyz")))


@given(MARKINGS, MARKINGS, MARKINGS)
def test_joining_is_a_semilattice(a: Marking, b: Marking, c: Marking) -> None:
    assert a | b == b | a
    assert (a | b) | c == a | (b | c)
    assert a | a == a
    assert a | LOWEST == a


@given(MARKINGS, MARKINGS, MARKINGS)
def test_the_join_is_the_least_upper_bound(a: Marking, b: Marking, c: Marking) -> None:
    assert a <= a | b
    assert (a <= b) == (a | b == b)
    if a <= c and b <= c:
        assert a | b <= c


@given(MARKINGS, MARKINGS)
def test_two_that_are_below_each_other_are_the_same(a: Marking, b: Marking) -> None:
    assert (a <= b <= a) == (a == b)
    assert (a < b) == (a <= b and a != b)


@given(CEILINGS, st.lists(MARKINGS, max_size=5))
def test_who_may_see_the_whole_may_see_every_part_and_the_other_way_round(
    ceiling: Ceiling, parts: list[Marking]
) -> None:
    assert ceiling.admits(join(parts)) == all(ceiling.admits(part) for part in parts)


@given(CEILINGS, CEILINGS, MARKINGS)
def test_who_covers_another_may_see_what_the_other_may(a: Ceiling, b: Ceiling, marking: Marking) -> None:
    assert a.covers(a)
    if a.covers(b) and b.admits(marking):
        assert a.admits(marking)


@given(CEILINGS, CEILINGS)
def test_who_does_not_cover_another_is_kept_from_something(a: Ceiling, b: Ceiling) -> None:
    every = [
        Marking(level, to, caveats)
        for level in range(5)
        for to in (None, b.groups)
        for caveats in (frozenset(), b.caveats)
    ]
    assert a.covers(b) == all(a.admits(marking) for marking in every if b.admits(marking))


def test_what_is_releasable_to_some_is_for_nobody_who_names_nobody() -> None:
    assert not Ceiling(4).admits(Marking(0, frozenset({"AAA"})))
    assert Ceiling(4, frozenset({"AAA"})).admits(Marking(0, frozenset({"AAA", "BBB"})))
    assert not Ceiling(4, frozenset({"AAA", "CCC"})).admits(Marking(0, frozenset({"AAA", "BBB"})))
    assert not Ceiling(4, frozenset({"AAA"})).admits(Marking(0, frozenset()))
