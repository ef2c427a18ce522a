"""Words that say nothing are found, and words that do are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.reading.wording import LONGEST_ALT, alt_fault, is_address, says_nothing, shouted


@pytest.mark.parametrize(
    "words",
    ["here", "Click here", "HERE", "here.", "(here)", "read more…", "  this   link ", "more >", "1", "[2]", "…",
     "ici", "Cliquez ici", "ici.", "En savoir plus", "plus d’informations", "hier", "aquí"],
)  # fmt: skip
def test_a_link_text_that_says_nothing_is_known(words: str) -> None:
    assert says_nothing(words)


@pytest.mark.parametrize(
    "words",
    ["the report is here", "Link group", "more about Kosovo", "le rapport", "Annex 1", "état", "Справка"],
)
def test_a_link_text_that_says_something_is_no_trouble(words: str) -> None:
    assert not says_nothing(words)


@pytest.mark.parametrize(
    ("words", "url"),
    [
        ("https://example.org/a/b", "https://example.org/a/b"),
        ("example.org/a/b", "https://example.org/a/b"),
        ("https://example.org/?q=1", "https://example.org/?q=1"),
        ("HTTPS://Example.org/a", "https://example.org/a"),
    ],
)
def test_words_that_are_the_address_are_known(words: str, url: str) -> None:
    assert is_address(words, url)


@pytest.mark.parametrize(
    ("words", "url"),
    [
        ("https://example.org", "https://example.org"),
        ("www.example.org/", "https://www.example.org/"),
        ("desk@example.org", "mailto:desk@example.org"),
        ("the programme", "https://example.org/a/b"),
        ("example.org", "https://example.org/a/b"),
        ("and/or", "https://example.org/a/b"),
    ],
)
def test_an_address_that_can_be_said_is_no_trouble(words: str, url: str) -> None:
    assert not is_address(words, url)


# --------------------------------------------------------------------------- pictures


@pytest.mark.parametrize(
    ("alt", "caption", "fact"),
    [
        ("visits-map.png", "", "only the name of the file"),
        ("Visits map", "", "only the name of the file"),
        ("pictures/visits-map.png", "", "only the name of the file"),
        ("IMG_2041.JPG", "", "only the name of the file"),
        ("Map", "", "does not say what the picture shows"),
        ("Image.", "", "does not say what the picture shows"),
        ("Carte", "", "does not say what the picture shows"),
        ("visits of  2024.", "Visits of 2024", "repeats the caption"),
        ("", "Visits of 2024", "calls this picture decoration"),
        ("x" * (LONGEST_ALT + 1), "", f"has {LONGEST_ALT + 1} characters"),
    ],
)
def test_a_text_for_a_picture_that_does_not_tell_is_known(alt: str, caption: str, fact: str) -> None:
    fault = alt_fault(alt, "pictures/visits-map.png", caption)

    assert fault is not None
    assert fact in fault[0]
    assert fault[1]


@pytest.mark.parametrize(
    ("alt", "caption"),
    [
        ("", ""),
        ("Map of the region with four visits", "Visits of 2024"),
        ("Columns rise from 3 in 2021 to 9 in 2024", ""),
        ("x" * LONGEST_ALT, ""),
    ],
)
def test_a_text_for_a_picture_that_tells_is_no_trouble(alt: str, caption: str) -> None:
    assert alt_fault(alt, "pictures/visits-map.png", caption) is None


# --------------------------------------------------------------------------- capitals


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("DO NOT FORWARD THIS to others", "DO NOT FORWARD THIS"),
        ("As said: MINISTERS WELCOMED THE DECISION.", "MINISTERS WELCOMED THE DECISION"),
        ("LES MINISTRES ONT SALUÉ L’ACCORD", "LES MINISTRES ONT SALUÉ L’ACCORD"),
        ("ОБЩЕЕ ЗАЯВЛЕНИЕ МИНИСТРОВ СТРАН", "ОБЩЕЕ ЗАЯВЛЕНИЕ МИНИСТРОВ СТРАН"),
        ("EU, NATO and UN. ALL STAFF MUST READ IT", "ALL STAFF MUST READ IT"),
    ],
)
def test_words_in_capitals_are_found(text: str, found: str) -> None:
    assert shouted(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "EU NATO UN OSCE WHO",
        "EU, NATO, UN, OSCE, UNHCR, UNESCO",
        "The NATO-Ukraine Council",
        "FOR OFFICIAL USE",
        "A B C D E",
        "In NATO, ALL ALLIES agree",
        "МИНИСТРЫ",
        "",
    ],
)
def test_acronyms_and_a_few_words_in_capitals_are_no_trouble(text: str) -> None:
    assert shouted(text) is None


@given(st.text(alphabet=st.characters(exclude_categories=["Lu", "Lt"])))
def test_words_without_capitals_are_never_taken_for_shouting(text: str) -> None:
    assert shouted(text) is None
