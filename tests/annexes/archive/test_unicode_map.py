"""What a font's codes mean, by its ToUnicode stream."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefpack.annexes.archive.unicode_map import read_unicode_map


def test_single_codes_and_ranges_are_read() -> None:
    content = b"""2 beginbfchar <0041> <0061> <0042> <00660069> endbfchar
    3 beginbfrange <01> <03> <0030> <0010> <0012> [<0078> <0079> <007A>] <20><21><0020> endbfrange"""
    assert read_unicode_map(content) == {
        0x41: "a",
        0x42: "fi",
        1: "0",
        2: "1",
        3: "2",
        0x10: "x",
        0x11: "y",
        0x12: "z",
        0x20: " ",
        0x21: "!",
    }


def test_characters_beyond_the_first_plane_are_pairs() -> None:
    assert read_unicode_map(b"1 beginbfchar <0001> <D83DDE00> endbfchar") == {1: "😀"}


def test_a_code_may_mean_nothing() -> None:
    assert read_unicode_map(b"1 beginbfchar <05> <> endbfchar") == {5: ""}


def test_a_range_that_is_cut_off_gives_what_it_has() -> None:
    assert read_unicode_map(b"beginbfrange <01> <09> [<0041> <0042> endbfrange") == {1: "A", 2: "B"}


@given(st.binary(max_size=300))
def test_any_bytes_can_be_read(content: bytes) -> None:
    read_unicode_map(b"beginbfrange " + content + b" endbfrange beginbfchar " + content + b" endbfchar")
