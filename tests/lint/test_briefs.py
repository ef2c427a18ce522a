"""Briefs and agendas: length, addressees, repeated points, items without a brief."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.lint.made import base, found, rules

BRIEF = "title: Ukraine\nkind: brief\n"


def style_with(brief_pages: int):
    return replace(base(), craft=replace(base().craft, brief_pages=brief_pages))


@pytest.mark.parametrize(("budget", "pages", "told"), [(0, 9, 0), (2, 2, 0), (2, 3, 1), (1, 3, 1)])
def test_a_brief_over_its_pages_is_told_of(tmp_path: Path, budget: int, pages: int, told: int) -> None:
    text = BRIEF + "objective: Win.\n"
    assert rules(tmp_path, text, pages=pages, style=style_with(budget)) == ["long-brief"] * told


def test_the_warning_says_how_long_it_is_for_whom_and_how_long_it_may_be(tmp_path: Path) -> None:
    (one,) = found(tmp_path, BRIEF + "objective: Win.\n", pages=3, style=style_with(1))
    assert "“Ukraine” takes 3 pages for desk" in one.message
    assert one.message.endswith("allows a brief one page")
    assert one.where is not None
    assert (one.where.path.name, one.where.line) == ("s1.yaml", 1)


def test_a_plain_section_may_be_as_long_as_it_likes(tmp_path: Path) -> None:
    assert rules(tmp_path, "title: A\ntext: Words.\n", pages=30, style=style_with(1)) == []


def test_an_objective_of_more_than_sixty_words_is_told_of(tmp_path: Path) -> None:
    assert rules(tmp_path, f"{BRIEF}objective: {'word ' * 60}\n") == []
    (one,) = found(tmp_path, f"{BRIEF}objective: {'word ' * 61}\n")
    assert (one.rule, one.message) == ("long-objective", "this objective has 61 words")


def test_a_point_of_more_than_sixty_words_is_told_of_at_its_place(tmp_path: Path) -> None:
    (one,) = found(tmp_path, f"{BRIEF}points:\n  - Short.\n  - {'word ' * 61}\n")
    assert one.rule == "long-point"
    assert one.where is not None
    assert one.where.line == 5


def test_a_single_group_need_not_say_whom_it_is_for(tmp_path: Path) -> None:
    assert rules(tmp_path, BRIEF + "points:\n  - Say this.\n  - And that.\n") == []
    assert rules(tmp_path, BRIEF + "points:\n  - to: the Minister\n    points: [Say this.]\n") == []


def test_points_for_nobody_beside_others_are_told_of(tmp_path: Path) -> None:
    text = (
        BRIEF + "points:\n  - to: the Minister\n    points: [Say this.]\n  - points: [And that.]\n  - Bare.\n"
    )
    told = found(tmp_path, text)
    assert [(one.rule, one.where.line) for one in told if one.where] == [
        ("unaddressed-points", 6),
        ("unaddressed-points", 7),
    ]


def test_a_point_that_stands_twice_is_told_of_once(tmp_path: Path) -> None:
    text = (
        BRIEF
        + "points:\n  - We stand by our word.\n  - Thank you.\n  - we stand by **our** word\n  - Thank you.\n"
    )
    (one,) = found(tmp_path, text)
    assert one.rule == "repeated-point"
    assert one.where is not None
    assert one.where.line == 6
    assert "s1.yaml:4:5" in one.message


AGENDA = """\
title: Agenda
kind: agenda
days:
  - items:
      - {time: "9:00", item: Defence spending, lead: Chair, brief: money}
      - {time: "10:00", item: ITEM, lead: Chair}
      - {time: "11:00", item: Any other business}
"""
MONEY = "title: Money\nid: money\ntext: Spend it well.\n"


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ("Ukraine", 1),
        ("Working lunch on enlargement", 1),
        ("Coffee break", 0),
        ("Departure", 0),
        ("Arrival of ministers", 0),
        ("Press point", 0),
        ("Family photo", 0),
    ],
)
def test_an_item_that_somebody_leads_and_that_is_no_procedure_needs_a_brief(
    tmp_path: Path, item: str, told: int
) -> None:
    assert rules(tmp_path, AGENDA.replace("ITEM", item), MONEY) == ["agenda-without-brief"] * told


def test_french_procedure_needs_none_either(tmp_path: Path) -> None:
    text = AGENDA.replace("ITEM", "Pause café").replace("title: Agenda", "title: Ordre du jour\nlanguage: fr")
    assert rules(tmp_path, text, MONEY) == []


def test_an_agenda_without_any_brief_is_left_alone(tmp_path: Path) -> None:
    assert rules(tmp_path, AGENDA.replace("ITEM", "Ukraine").replace(", brief: money", "")) == []
