"""What is said of very much that was found, and whose pack it looks like."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefpack.audit.expected import Expected, Withheld
from briefpack.audit.hits import Hit
from briefpack.audit.tree import Said
from briefpack.errors import ExitCode, Where
from briefpack.pipeline.crowds import errors, looks_like
from tests.select.made import audience


def at(*lines: int) -> tuple[Said, ...]:
    return tuple(Said(f"text {line}", Where(Path("a.yaml"), line, 1)) for line in lines)


def expected(name: str, gets: range) -> Expected:
    lost = at(*(line for line in range(100) if line not in gets))
    withheld = Withheld("section", Where(Path("a.yaml")), "", lost, (), (), ())
    made = Expected(audience("press"), (withheld,), (), (), frozenset(), frozenset(), frozenset(), ())
    return replace(made, audience=replace(made.audience, name=name), allowed=at(*gets))


EVERYONE = [expected("press", range(10)), expected("staff", range(50)), expected("boss", range(100))]


def hits(lines: range) -> list[Hit]:
    return [Hit(f"text {one.where.line} stands in", (("x.pdf", ""),), "out", one.where) for one in at(*lines)]


@pytest.mark.parametrize(
    ("found", "like"),
    [
        (range(10, 100), "boss"),
        (range(10, 90), "boss"),
        (range(10, 50), "staff"),
        (range(15, 50), "staff"),
        (range(30, 70), ""),
        (range(10, 15), ""),
    ],
)
def test_a_pack_is_known_by_what_only_its_audience_gets(found, like):
    assert looks_like(hits(found), EVERYONE) == like


def test_much_is_said_of_its_file_with_whose_pack_it_is():
    told = list(errors(hits(range(10, 50)), lambda _: "press", lambda _: EVERYONE))
    assert {one.crowd for one in told} == {
        "x.pdf holds 40 things that press does not get; it looks like the pack of staff"
    }
    assert len(told) == 40
    assert all(one.code is ExitCode.LEAK for one in told)


def test_nobody_is_asked_whose_pack_it_is_for_a_few():
    def nobody(_: str) -> list[Expected]:
        raise AssertionError

    (told,) = errors(hits(range(1)), lambda _: "press", nobody)
    assert told.message == "text 0 stands in x.pdf"
