"""Short ids: the same each time, no two alike, nothing to be read out of them."""

from __future__ import annotations

import re

from briefpack.distribute.traces import ALPHABET, id_in, short_id


def test_ids_are_made_of_all_their_parts_and_where_these_end() -> None:
    assert short_id("a", "bc") == short_id("a", "bc")
    assert len({short_id("a", "bc"), short_id("ab", "c"), short_id("abc"), short_id("abc", "")}) == 4


def test_ten_thousand_are_all_different_and_have_no_sign_that_is_taken_for_another() -> None:
    ids = {short_id("pack", f"reader{n}@example.int") for n in range(10_000)}
    assert len(ids) == 10_000
    assert all(re.fullmatch(rf"[{ALPHABET}]{{4}}(-[{ALPHABET}]{{4}}){{2}}", each) for each in ids)
    assert not set("01258BILOSZ") & set(ALPHABET)
    assert ALPHABET.upper() == ALPHABET


def test_an_id_is_found_in_a_text_only_where_it_stands_by_itself_and_alone() -> None:
    one, two = short_id("1"), short_id("2")
    assert id_in(f"Letter no. {one}\nKeep it.") == one
    assert id_in(f"{one} {two}") == ""
    assert id_in(f"X{one}") == ""
    assert id_in(f"{one}-AAAA") == ""
