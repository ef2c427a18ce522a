"""Label words: changed one by one, taken from the language or from English where they lack."""

from __future__ import annotations

from pathlib import Path

from briefpack.reading.read_style import read_style
from tests.reading.house import reading, style


def test_a_style_may_change_single_words(tmp_path: Path) -> None:
    made = style(tmp_path, "words: {en: {contents: In this pack}, fr: {contents: Table}}")
    assert made.word("contents", "en") == "In this pack"
    assert made.word("contents", "fr") == "Table"
    assert made.word("annexes", "fr") == "Annexes"


def test_a_region_takes_from_its_language_without_a_word(tmp_path: Path) -> None:
    made = style(tmp_path, "words: {fr-BE: {contents: Contenu}}")
    assert made.word("contents", "fr-BE") == "Contenu"
    assert made.word("blank_page", "fr-BE") == "Page laissée blanche intentionnellement"


def test_a_new_language_takes_from_english_what_it_lacks(tmp_path: Path) -> None:
    made = reading(tmp_path, "words: {de: {contents: Inhalt}}").style
    assert made is not None
    assert made.word("contents", "de-AT") == "Inhalt"
    assert made.word("annexes", "de-AT") == "Annexes"


def test_french_words_are_set_as_french_typography_asks() -> None:
    words = read_style("base", []).style
    assert words is not None
    french = words.words["fr"]
    for key, text in french.items():
        for mark in ":;?!»":
            assert f" {mark}" not in text, f"{key}: a breaking space before {mark}"
            assert mark not in text or f"\u00a0{mark}" in text, f"{key}: no space before {mark}"
        assert "'" not in text, f"{key}: a straight apostrophe"
    assert french["first_of_month"] == "1er"
    assert french["weekday_4"] == "jeudi"
    assert french["month_4"] == "avril"
    assert french["date_format"] == "{day}\u00a0{month} {year}"
