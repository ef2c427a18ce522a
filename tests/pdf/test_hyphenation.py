from __future__ import annotations

import pyphen
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.pdf.hyphenation import (
    LEFT_MIN,
    RIGHT_MIN,
    Patterns,
    all_breaks,
    anywhere,
    given_breaks,
    may_show_breaks,
)


def shown(word: str, language: str | None = None) -> str:
    """The word with its breaks: - for a hyphen to be printed, | for none."""
    breaks = given_breaks(word) if language is None else all_breaks(word, language)
    for offset, hyphen in reversed(breaks):
        word = word[:offset] + ("-" if hyphen else "|") + word[offset:]
    return word.replace("\u00ad", "").replace("\u200b", "")


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("internationalisation", "en", "in-ter-na-tion-al-isa-tion"),
        ("(responsibility),", "en-GB", "(re-spons-ib-il-ity),"),
        ("développement", "fr", "dé-ve-lop-pe-ment"),
        ("l’augmentation", "fr-CA", "l’aug-men-ta-tion"),
        ("Außenministerium", "de", "Au-ßen-mi-nis-te-rium"),
        ("сотрудничества", "ru", "со-труд-ни-че-ства"),
    ],
)
def test_a_word_is_divided_as_its_language_divides_it(word: str, language: str, expected: str) -> None:
    assert shown(word, language) == expected


@pytest.mark.parametrize("language", ["tlh", "x-private", "zxx"])
def test_a_language_without_patterns_is_not_divided(language: str) -> None:
    assert all_breaks("internationalisation", language) == ()


@pytest.mark.parametrize("word", ["UNESCO", "KFORCE,", "meet", "2025", "§§"])
def test_abbreviations_and_short_words_stay_whole(word: str) -> None:
    assert all_breaks(word, "en") == ()


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("South-East", "South-|East"),
        ("non-combat-ready", "non-|combat-|ready"),
        ("14:30–16:00", "14:30–|16:00"),
        ("word—word", "word—|word"),
        ("Ministers/Ambassadors", "Ministers/|Ambassadors"),
        ("F-16", "F-16"),
        ("e-mail", "e-mail"),
        ("-5", "-5"),
        ("km/h", "km/h"),
        ("2024/25", "2024/25"),
        ("—", "—"),
        ("inter\u00adnational", "inter-national"),
        ("long\u200bword", "long|word"),
        ("no\u2011break", "no\u2011break"),
        ("10\u00a0000", "10\u00a0000"),
        ("\u00adword\u00ad", "word"),
        (
            "https://www.nato.int/cps/en?page=2&x=y",
            "https://|www.|nato.|int/|cps/|en?|page=|2&|x=|y",
        ),
        ("desk@example.org", "desk@|example.|org"),
        ("delegation_en_1_part-2", "delegation_|en_|1_|part-|2"),
        ("delegation_en", "delegation_en"),
        ("_emphasis_", "_emphasis_"),
    ],
)
def test_dashes_slashes_and_soft_hyphens_show_where_a_line_may_end(word: str, expected: str) -> None:
    assert shown(word) == expected


def test_the_author_s_soft_hyphens_are_the_only_ones_in_their_word() -> None:
    assert shown("inter\u00adnationalisation", "en") == "inter-nationalisation"


def test_a_name_never_takes_a_hyphen() -> None:
    """It would be another name."""
    assert shown("delegation_en", "en") == "delegation_en"
    assert shown("delegation_international", "en") == "delegation_|international"
    assert shown("foreign-ministers-delegation.pdf", "en") == "foreign-|ministers-|delegation.pdf"
    assert shown("international.example", "en") == "international.example"
    # The end of a sentence is none.
    assert shown("international.", "en") == "in-ter-na-tional."


def test_only_long_parts_of_a_word_with_a_dash_are_divided_further() -> None:
    assert shown("decision-making", "en") == "decision-|making"
    assert shown("EU-Außenministerkonferenz", "de").startswith("EU-|Au-ßen")


@given(st.text(alphabet="ab-–/.@_\u00ad\u200b:w1 ", max_size=12))
def test_a_text_that_shows_no_breaks_has_none(text: str) -> None:
    if not may_show_breaks(text):
        assert all(given_breaks(word) == () for word in text.split(" "))


@given(st.text(alphabet="abceinrst’-\u00adé", min_size=1, max_size=20))
def test_breaks_lie_inside_the_word_in_order(word: str) -> None:
    offsets = [offset for offset, _ in all_breaks(word, "fr")]
    assert offsets == sorted(set(offsets))
    assert all(0 < offset < len(word) for offset in offsets)


@given(st.text(alphabet="abcdefghilmnoprstuy", min_size=5, max_size=20))
def test_enough_letters_stay_on_both_sides(word: str) -> None:
    for offset, hyphen in all_breaks(word, "en"):
        assert hyphen
        assert LEFT_MIN <= offset <= len(word) - RIGHT_MIN


@pytest.mark.parametrize(
    ("language", "letters"), [("en_GB", "aeinorst"), ("fr", "aeinorsté"), ("uk_UA", "авеиностр")]
)
def test_divisions_are_those_pyphen_finds(language: str, letters: str) -> None:
    ours = Patterns(pyphen.LANGUAGES[language])
    theirs = pyphen.Pyphen(lang=language, left=1, right=1)

    @given(st.text(alphabet=letters, min_size=1, max_size=14))
    @settings(max_examples=60)
    def compare(word: str) -> None:
        assert ours.divisions(word) == [int(place) for place in theirs.positions(word)]

    compare()


def test_anywhere_is_between_any_two_characters() -> None:
    assert anywhere("abc") == ((1, False), (2, False))
