"""References typed by hand, and words that name what an audience does not get."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.made import base, mentions, rules

OTHER = "title: Ukraine\nid: ukraine\ntext: Words.\n"
FIGURES = """\
title: Figures
blocks:
  - table: {columns: [A, B], rows: [[a, b]], caption: Visits}
"""
ANNEX = "annexes:\n  - {file: plan.pdf, title: Action plan for the southern neighbourhood}\n"


def section(words: str, language: str = "en") -> str:
    return f"title: A\nlanguage: {language}\nblocks:\n  - text: |\n      {words}\n"


# --------------------------------------------------------------------------- numbers typed by hand


@pytest.mark.parametrize("words", ["See Annex A.", "See annex A, page 2.", "As table 1 shows.", "(Table 1)"])
def test_a_typed_number_of_something_in_the_pack_is_told_of(tmp_path: Path, words: str) -> None:
    assert rules(tmp_path, section(words), FIGURES, more=ANNEX) == ["typed-reference"]


def test_a_typed_section_number_is_told_of_where_sections_have_numbers(tmp_path: Path) -> None:
    told = ["typed-reference"] if base().numbering.sections else []
    assert rules(tmp_path, section("See section 2."), FIGURES) == told


@pytest.mark.parametrize(
    "words",
    [
        "See [[plan]] and [Annex A](#plan).",
        "See Annex B.",
        "Annex A to the Treaty; Annex A of the plan.",
        "Table 1 of their report.",
        "A table 12 feet long.",
        "Bring annex a pencil.",
        "See table 1.4.",
    ],
)
def test_real_references_and_things_outside_the_pack_are_passed_over(tmp_path: Path, words: str) -> None:
    assert rules(tmp_path, section(words), FIGURES, more=ANNEX) == []


def test_french_words_are_known_in_french(tmp_path: Path) -> None:
    text = section("Voir l’annexe A et le tableau 1.", "fr")
    assert rules(tmp_path, text, FIGURES, more=ANNEX) == ["typed-reference"] * 2
    assert rules(tmp_path, section("L’annexe A du traité.", "fr"), FIGURES, more=ANNEX) == []


# --------------------------------------------------------------------------- what is withheld

SECRET = ANNEX.replace("}", ", audiences: [desk]}")
HIDDEN = OTHER + "audiences: [desk]\n"


@pytest.mark.parametrize(
    "words",
    [
        "It is in “Action plan for the southern neighbourhood”.",
        "Read Action plan for the southern neighbourhood first.",
        "See the brief on Ukraine.",
        "See section Ukraine.",
        "More in the section on Ukraine.",
        "More is said there (see Ukraine).",
        "The Ukraine brief has more.",
    ],
)
def test_naming_what_is_withheld_is_told_of(tmp_path: Path, words: str) -> None:
    (one,) = mentions(tmp_path, section(words), HIDDEN, more=SECRET)
    assert one.rule == "withheld-mention"
    assert one.message.endswith("which press does not get")
    assert one.where is not None
    assert one.where.line == 5


@pytest.mark.parametrize(
    "words",
    [
        "We support Ukraine, and want to see Ukraine succeed.",
        "Leaders adopted an action plan for the southern neighbourhood.",
        "“Ukraine” is a word.",
    ],
)
def test_speaking_of_the_same_thing_is_no_mention(tmp_path: Path, words: str) -> None:
    assert mentions(tmp_path, section(words), HIDDEN, more=SECRET) == []


def test_who_gets_it_may_read_of_it_and_so_may_nobody_in_words_that_are_withheld(tmp_path: Path) -> None:
    words = section("See the brief on Ukraine.")
    assert mentions(tmp_path, words, HIDDEN, audience="desk") == []
    assert mentions(tmp_path, words + "    audiences: [desk]\n", HIDDEN) == []


def test_a_title_that_another_kept_section_has_is_not_withheld(tmp_path: Path) -> None:
    kept = "title: Ukraine\nid: public-ukraine\ntext: Words.\n"
    assert mentions(tmp_path, section("See the brief on Ukraine."), HIDDEN, kept) == []
