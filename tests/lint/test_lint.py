"""All rules at once: nothing to say of a good pack, and never at a loss."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefpack.errors import Where
from briefpack.lint import lint
from briefpack.lint.walk import Passage, TextKind
from briefpack.rules import RULES, Subject
from tests.lint.made import case, found
from tests.lint.prose import CLEAN

WHERE = Where(Path("made.yaml"), 1, 1)
BAD = """\
title: Ukraine
kind: brief
points:
  - to: the Minister
    points: [We stand by our word.]
  - points: [We stand by our word.]
background: |
  On Thursday 4 April 2025, and not on 31 April, we met KFOR and Kaja Kallas.

  Then came Kaja Kalas.
"""


def test_of_a_good_pack_there_is_nothing_to_say(tmp_path: Path) -> None:
    text = "title: A\nblocks:\n" + "".join(f"  - text: |\n      {paragraph}\n" for paragraph in CLEAN)
    assert found(tmp_path, text) == []


def test_every_finding_has_a_place_a_remedy_and_a_rule_of_the_craft(tmp_path: Path) -> None:
    told = found(tmp_path, BAD)
    assert {one.rule for one in told} == {
        "unaddressed-points",
        "repeated-point",
        "wrong-weekday",
        "impossible-date",
        "unexplained-abbreviation",
        "name-spelling",
    }
    for one in told:
        assert one.where is not None
        assert one.where.line > 0
        assert one.hint
        assert RULES[one.rule or ""].subject is Subject.CRAFT


def test_an_empty_pack_is_no_trouble(tmp_path: Path) -> None:
    assert found(tmp_path, "title: A\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "A" * 100_000,
        "(" * 100_000,
        "(“" * 50_000 + "KFOR",
        "KFOR (" * 20_000,
        "Kaa" + "a" * 100_000,
        "A. " * 50_000,
        "Thursday " * 20_000,
        "1 " * 50_000,
        "9" * 100_000 + " April 2025",
        "Annex " * 20_000,
        "Kallas Kalas " * 10_000,
        "“" * 100_000,
    ],
    ids=lambda text: text[:12],
)
def test_no_text_takes_more_than_its_length_is_worth(tmp_path: Path, text: str) -> None:
    made = case(tmp_path, "title: A\ntext: a\n")
    passage = Passage(text, WHERE, TextKind.PROSE, "en")
    hostile = replace(made, texts=(*made.texts, passage))
    # A pattern that tries everything twice would not come back.
    assert all(one.rule for one in lint(hostile))
