"""Every label word has a meaning, the packaged languages have every word, and they use the fields it has."""

from __future__ import annotations

from briefpack.style import WORDS, Style


def test_every_language_of_the_base_has_every_word(base: Style) -> None:
    assert set(base.words) >= {"en", "fr"}
    for language, words in base.words.items():
        assert set(words) == set(WORDS), language
        assert all(words.values()), language


def test_every_label_word_is_described_once() -> None:
    assert len({word.about for word in WORDS.values()}) == len(WORDS)


def test_what_a_word_needs_is_among_its_fields() -> None:
    for key, word in WORDS.items():
        assert set(word.needed) <= set(word.fields), key
