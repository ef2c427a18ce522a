"""The audit's own judgement agrees with the lattice, without asking it."""

from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.audit.clearance import may_see, together
from briefpack.marking import Ceiling, Marking
from tests.test_marking import CEILINGS, MARKINGS


@given(CEILINGS, MARKINGS)
def test_it_judges_as_a_ceiling_does(ceiling: Ceiling, marking: Marking) -> None:
    assert may_see(ceiling, marking) == ceiling.admits(marking)


@given(st.lists(MARKINGS, min_size=1, max_size=4))
def test_it_joins_as_markings_do(markings: list[Marking]) -> None:
    assert together(markings) == reduce(Marking.__or__, markings)


def test_nothing_is_marked_as_nothing() -> None:
    assert together([None]) is None


def test_it_does_not_ask_the_ceiling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ceiling, "admits", lambda *_: True)
    monkeypatch.setattr(Marking, "__or__", lambda one, _: one)

    assert not may_see(Ceiling(0), Marking(1))
    assert together([Marking(0), Marking(1)]) == Marking(1)
