"""What a font's codes mean, by its ToUnicode stream."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.annexes.archive.unicode_map import read_unicode_map

ONE = b"1 begincodespacerange <00> <ff> endcodespacerange "
TWO = b"1 begincodespacerange <0000><ffff> endcodespacerange\n"


def test_single_codes_and_ranges_are_read() -> None:
    content = (
        TWO
        + b"""2 beginbfchar <0041> <0061> <0042> <00660069> endbfchar
    3 beginbfrange <0001> <0003> <0030> <0010> <0012> [<0078> <0079> <007A>] <0020><0021><0020> endbfrange"""
    )
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
    assert read_unicode_map(TWO + b"1 beginbfchar <0001> <D83DDE00> endbfchar") == {1: "😀"}


def test_a_code_may_mean_nothing() -> None:
    assert read_unicode_map(ONE + b"1 beginbfchar <05> <> endbfchar") == {5: ""}


@pytest.mark.parametrize(
    "section",
    [
        b"beginbfrange <01> <02> [<0041> <0042> endbfrange",
        b"beginbfrange <01> <02> <00ff> endbfrange",
        b"beginbfrange <02> <01> <0041> endbfrange",
        b"beginbfrange <01> <0002> <0041> endbfrange",
        b"beginbfchar <0\r1> <0041> endbfchar",
        b"beginbfchar <1> <0041> endbfchar",
        b"beginbfchar <01> 0041> endbfchar",
        b"beginbfchar <01> <0041> endbfrange",
        b"beginbfchar <0001> <0041> endbfchar",
        b"beginbfchar <01> <0041>",
    ],
)
def test_a_stream_with_a_mistake_says_nothing(section: bytes) -> None:
    assert read_unicode_map(ONE + b"beginbfchar <07> <0041> endbfchar " + section) == {}


def test_codes_must_be_declared() -> None:
    assert read_unicode_map(b"beginbfchar <07> <0041> endbfchar") == {}
    assert read_unicode_map(ONE + b"beginbfchar <07> <0041> endbfchar") == {7: "A"}


@given(st.binary(max_size=300))
def test_any_bytes_can_be_read(content: bytes) -> None:
    read_unicode_map(ONE + b"beginbfrange " + content + b" endbfrange beginbfchar " + content + b" endbfchar")
