"""Addresses that pass for others are seen, and ordinary neighbours are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.reading.lookalikes import Domains, disguised, is_one_off, two_scripts


@pytest.mark.parametrize("text", ["pаypal", "anna.exаmple", "Αnna Example", "Аnna", "ministrу"])
def test_two_scripts_in_a_word_are_seen(text: str) -> None:
    assert two_scripts(text) is not None


@pytest.mark.parametrize(
    "text", ["Anna Петренко", "Анна", "Ελένη", "山田taro", "ليلى", "anna.пример", "Éric", "Đorđe Łukasz", ""]
)
def test_words_of_one_script_each_are_left_alone(text: str) -> None:
    assert two_scripts(text) is None


@pytest.mark.parametrize(
    ("domain", "known"),
    [
        ("exarnple.int", "example.int"),
        ("examp1e.int", "example.int"),
        ("еxample.int", "example.int"),
        ("ехаmрlе.int", "example.int"),
        ("exmaple.int", "example.int"),
        ("exampl.int", "example.int"),
        ("examplee.int", "example.int"),
        ("example.int.evil.example", "example.int"),
        ("example-int.example", "example.int"),
        ("example.co", "example.com"),
        ("éxample.int", "example.int"),
        ("exampӏe.int", "example.int"),
        ("exаmрӏе.int", "example.int"),
        ("strasse.example", "straße.example"),
        ("straße.example", "strasse.example"),
        ("łodz.example", "lodz.example"),
        ("mınistry.example", "ministry.example"),
        ("օffice.example", "office.example"),
    ],
)
def test_a_domain_that_passes_for_another_is_seen(domain: str, known: str) -> None:
    assert Domains([known]).nearest(domain) == known


@pytest.mark.parametrize(
    ("domain", "known"),
    [
        ("example.int", "example.int"),
        ("mission.example.int", "example.int"),
        ("example.org", "example.int"),
        ("mfa.gov.pl", "mfa.gov.pt"),
        ("un.org", "eu.org"),
        ("tidings.example.org", "courrier.example.org"),
    ],
)
def test_other_domains_are_left_alone(domain: str, known: str) -> None:
    assert Domains([known]).nearest(domain) is None


@pytest.mark.parametrize("domain", ["аррӏе.com", "mail.сосо.int", "хор.example", "οικο.example"])
def test_a_word_in_other_letters_that_look_latin_is_seen(domain: str) -> None:
    assert disguised(domain) in domain.split(".")


@pytest.mark.parametrize(
    "domain",
    ["пример.рф", "хор.рф", "пример.com", "bücher.example", "example.int", "山田.example", "ألف.example"],
)
def test_words_that_are_what_they_seem_are_left_alone(domain: str) -> None:
    assert disguised(domain) is None


def test_a_domain_that_is_known_passes_for_no_other() -> None:
    assert Domains(["example.co", "example.com"]).nearest("example.com") is None


words = st.text("abc", max_size=6)


def distance(one: str, other: str) -> int:
    """Optimal string alignment, by the book."""
    rows = [[i + j if i * j == 0 else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            cost = one[i - 1] != other[j - 1]
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + cost)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@given(words, words)
def test_one_off_is_a_distance_of_one(one: str, other: str) -> None:
    assert is_one_off(one, other) == (distance(one, other) == 1)


domains = st.builds("{}.{}".format, st.text("abc", min_size=4, max_size=7), st.sampled_from(["int", "org"]))


@given(st.lists(domains, max_size=8), domains)
def test_among_many_the_first_that_is_near_is_found(known: list[str], domain: str) -> None:
    alone = [other for other in dict.fromkeys(known) if Domains([other]).nearest(domain) == other]
    expected = None if domain in known else next(iter(alone), None)
    assert Domains(known).nearest(domain) == expected
