"""Encoded words are the text that they were made of, in every reader's arithmetic."""

from __future__ import annotations

from email.header import decode_header, make_header

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefpack.distribute.encoded_words import MOST, encoded_words

texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=200)


@given(texts)
def test_they_are_read_back_as_the_text(text: str) -> None:
    words = encoded_words(text)
    assert str(make_header(decode_header("\r\n ".join(words)))) == text


@given(texts)
def test_each_is_ascii_short_and_whole(text: str) -> None:
    for word in encoded_words(text):
        assert word.isascii()
        assert word.isprintable()
        assert len(word) <= MOST
        assert word.count("?") == 4
        assert not {" ", ",", "<", ">", '"', "(", ")", "@", ";", ":"} & set(word)
        # No letter is divided between two of them.
        assert str(make_header(decode_header(word))) in text


@given(texts)
@example("a" + "日本語" * 20)
@example("Встреча министров: материалы и приложения к заседанию")
def test_only_the_last_one_is_filled_up(text: str) -> None:
    # Notmuch, mu and Geary lose what comes behind a word that is.
    for word in encoded_words(text)[:-1]:
        assert "?q?" in word or not word.endswith("=?=")


def test_a_name_is_divided_between_its_words() -> None:
    text = "Зоя Петренко " * 6
    shown = [str(make_header(decode_header(word))) for word in encoded_words(text.strip())]
    assert len(shown) > 2
    assert all(word.endswith(" ") for word in shown[:-1])


@pytest.mark.parametrize(
    ("text", "word"),
    [("Éric Dubois-Martin", "=?utf-8?q?=C3=89ric_Dubois-Martin?="), ("ليلى", "=?utf-8?b?2YTZitmE2Yk=?=")],
)
def test_the_shorter_code_is_taken(text: str, word: str) -> None:
    assert encoded_words(text) == [word]
