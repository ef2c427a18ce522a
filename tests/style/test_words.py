"""The packaged languages have every label word."""

from __future__ import annotations

from briefpack.style import WORD_KEYS, Style


def test_every_language_of_the_base_has_every_word(base: Style) -> None:
    assert set(base.words) >= {"en", "fr"}
    for language, words in base.words.items():
        assert set(words) == set(WORD_KEYS), language
        assert all(words.values()), language
