"""Numbers, pages and names in the words of the report."""

from __future__ import annotations

import pytest

from briefpack.annexes.cleaning.remarks import listed, many, on, pages_in_words, quote, shortened


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ([3], "page 3"),
        ([3, 2, 3], "pages 2 and 3"),
        ([1, 2, 5], "pages 1, 2 and 5"),
        ([1, 2, 3, 7, 9], "pages 1–3, 7 and 9"),
        (range(1, 30, 2), "pages 1, 3, 5, 7, 9, 11 and 9 more"),
    ],
)
def test_pages_are_listed_as_one_would_say_them(pages: list[int], words: str) -> None:
    assert pages_in_words(pages) == words
    assert on(pages) == f" on {words}"
    assert on([]) == ""


def test_numbers_and_names() -> None:
    assert (many(1, "comment"), many(1, "attached file"), many(1200, "layer")) == (
        "a comment",
        "an attached file",
        "1,200 layers",
    )
    assert listed(["Draft"]) == "“Draft”"
    assert listed(["Draft", "Prices", "Draft"]) == "“Draft” and “Prices”"
    assert listed("abcdef") == "“a”, “b”, “c” and 3 more"


def test_words_of_a_file_cannot_give_orders_to_a_terminal_and_stay_short() -> None:
    assert quote("\x1b[31mred\nline") == "“[31mred line”"
    assert shortened("word " * 40, 20) == "word word word…"
    assert shortened("x" * 40, 20) == "x" * 19 + "…"
