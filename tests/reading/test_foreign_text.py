"""Bytes of others' texts: which encoding they are taken to be in, and what is left out of them."""

from __future__ import annotations

import codecs

import pytest

from briefpack.annex import Deed
from briefpack.annex_text import UnreadableError
from briefpack.reading.foreign_text import MOST_TEXT, check_length, clean, decode, remarks_on, stand_ins

WORDS = "Dobrý den, 12 € für Ångström\n"


@pytest.mark.parametrize(
    "raw",
    [
        WORDS.encode(),
        codecs.BOM_UTF8 + WORDS.encode(),
        codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"),
    ],
)
def test_unicode_is_read_in_every_form_it_has(raw: bytes) -> None:
    assert decode(raw).text == WORDS
    assert remarks_on(decode(raw)) == ()


def test_western_letters_in_utf_16_need_no_mark() -> None:
    assert decode("Plain words".encode("utf-16-le")).text == "Plain words"
    assert decode("Plain words".encode("utf-16-be")).text == "Plain words"


def test_what_is_no_utf_8_is_windows_1252_and_told() -> None:
    decoded = decode("“12 €” für alle".encode("cp1252"))
    assert decoded.text == "“12 €” für alle"
    (remark,) = remarks_on(decoded)
    assert (remark.deed, remark.warn) == (Deed.FOUND, True)
    assert "Windows-1252" in remark.what
    assert "UTF-8" in remark.advice


def test_a_charset_is_believed_where_it_can_be() -> None:
    assert decode(b"\xe0\xe1", "iso-8859-7").text == "ΰα"
    assert decode("é".encode(), "no-such-charset").text == "é"
    assert decode(b"\xe9", "utf-8").text == "é"


def test_line_ends_become_one_kind_and_letters_are_composed() -> None:
    assert decode(b"a\r\nb\rc\xe2\x80\xa8d").text == "a\nb\nc\nd"
    assert decode("e\u0301".encode()).text == "é"


def test_control_characters_and_turned_directions_go_and_are_told() -> None:
    decoded = decode(("words " * 40 + "a\x07b\u202ec").encode())
    assert decoded.text.endswith("abc")
    (remark,) = remarks_on(decoded)
    assert (remark.deed, remark.count, remark.what) == (
        Deed.REMOVED,
        2,
        "has 2 control characters, left out of the pack",
    )


def test_the_colours_of_a_terminal_are_no_words() -> None:
    assert clean("\x1b[31mred\x1b[0m").text == "red"


def test_what_is_full_of_control_characters_is_no_text() -> None:
    with pytest.raises(UnreadableError, match="is no text, whatever its name says"):
        decode(bytes(range(256)) * 4)
    assert decode(bytes(range(32, 64)) + bytes(8), lenient=True).controls == 8


def test_the_most_that_is_set_is_said() -> None:
    check_length(MOST_TEXT)
    with pytest.raises(UnreadableError, match=r"has 1,048,577 characters of text; at most 1,048,576 are set"):
        check_length(MOST_TEXT + 1)


def test_stand_ins_are_look_alikes_names_nothing_or_a_box() -> None:
    made = stand_ins(frozenset("𝐀😀\u200d中\u3000"), "□")
    assert {chr(code): words for code, words in made.items()} == {
        "𝐀": "A",
        "😀": "[grinning face]",
        "\u200d": "",
        "中": "□",
        "\u3000": " ",
    }
