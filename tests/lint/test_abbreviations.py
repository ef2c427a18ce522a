"""Abbreviations that are used and never explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.made import found, rules
from tests.lint.prose import ABBREVIATIONS, CLEAN

RULE = "unexplained-abbreviation"


def section(*paragraphs: str, title: str = "A", language: str = "en") -> str:
    lines = "".join(f'  - text: "{paragraph}"\n' for paragraph in paragraphs)
    return f"title: {title}\nlanguage: {language}\nblocks:\n{lines}"


def test_an_abbreviation_that_is_never_explained_is_told_of_once_where_it_is_first_used(
    tmp_path: Path,
) -> None:
    (one,) = found(tmp_path, section("Nothing here.", "Talks with KFOR.", "KFOR stays."))
    assert (one.rule, one.message) == (
        RULE,
        "“KFOR” is used, and nowhere explained in the same pack",
    )
    assert one.where is not None
    assert one.where.line == 5


@pytest.mark.parametrize(
    "words",
    [
        "The Kosovo Force (KFOR) stays.",
        "The **Kosovo Force** (“KFOR”) stays.",
        "The Kosovo Force (hereafter KFOR) stays.",
        "The Kosovo Force, or KFOR, stays.",
        "They met KFOR (the Kosovo Force) there.",
        "Here KFOR is the Kosovo Force.",
        "KFOR: Kosovo Force.",
        "The Kosovo Force (KFOR, since 1999) stays.",
    ],
)
def test_every_way_of_explaining_counts_before_and_after(tmp_path: Path, words: str) -> None:
    assert rules(tmp_path, section("KFOR stays.", words)) == []


@pytest.mark.parametrize(
    "words",
    [
        "We stood firm (KFOR) there.",
        "Our KFOR is not the point.",
        "Talks with KFOR, then lunch.",
        "They asked for KFOR (or so they said) again.",
    ],
)
def test_words_that_only_stand_near_do_not_explain(tmp_path: Path, words: str) -> None:
    assert rules(tmp_path, section(words)) == [RULE]


def test_a_title_explains_as_well(tmp_path: Path) -> None:
    assert rules(tmp_path, section("NMI is small.", title="NATO Mission Iraq (NMI)")) == []


def test_a_row_of_a_table_and_a_glossary_explain(tmp_path: Path) -> None:
    text = (
        section("KFOR and EULEX.")
        + "  - table: {columns: [Short, Long], rows: [[KFOR, Force], [EULEX, Mission]]}\n"
    )
    assert rules(tmp_path, text) == []
    assert rules(tmp_path, section("KFOR and EULEX."), explained=frozenset({"KFOR", "EULEX"})) == []


@pytest.mark.parametrize(
    "words",
    [
        "The EU, NATO and the U.N. met in the UK.",
        "Chapter VII, part XIV and World War II.",
        "We do NOT agree, and we say so.",
        "See S/RES/1244, FMM(25), AP 1 and MIM-104.",
        "Run `KFOR` first.",
        "ALL OF THIS IS KFOR",
        "Two MPs and an NGO’s vote.",
    ],
)
def test_what_everybody_knows_and_what_is_none_is_passed_over(tmp_path: Path, words: str) -> None:
    assert RULE not in rules(tmp_path, section(words))


def test_words_in_capitals_that_are_words_are_passed_over(tmp_path: Path) -> None:
    assert rules(tmp_path, section("This is VITAL.", "It is vital.")) == []


def test_plurals_possessives_and_dots_are_the_same_abbreviation(tmp_path: Path) -> None:
    text = section(
        "Two PRTs met.", "A PRT’s task.", "P.R.T. again.", "A Provincial Reconstruction Team (PRT)."
    )
    assert rules(tmp_path, text) == []


def test_french_explains_in_french_and_knows_its_own(tmp_path: Path) -> None:
    text = section("L’OTAN et l’UE.", "La Force au Kosovo, dite FK.", "l’Organisation (OSCE)", language="fr")
    assert rules(tmp_path, text) == []
    assert rules(tmp_path, section("La FK reste, et l’OSCE aussi.", language="fr")) == [RULE, RULE]


def test_each_audience_needs_its_own_explanation(tmp_path: Path) -> None:
    text = section("KFOR stays.", "The Kosovo Force (KFOR) it is.") + "    audiences: [desk]\n"
    assert rules(tmp_path, text) == []
    assert rules(tmp_path, text, audience="press") == [RULE]


def test_of_the_abbreviations_of_the_trade_nine_in_ten_are_found_and_none_once_it_is_explained(
    tmp_path: Path,
) -> None:
    used = [f"Talks went on with {short} and about it." for short, _ in ABBREVIATIONS]
    explained = [f"It began with the {words} ({short})." for short, words in ABBREVIATIONS]
    told = rules(tmp_path, section(*CLEAN, *used))
    assert set(told) == {RULE}
    assert len(told) * 10 >= 9 * len(ABBREVIATIONS)
    assert rules(tmp_path, section(*CLEAN, *used, *explained)) == []
