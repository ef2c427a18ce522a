"""Entries that may hold one value or several are read alike, however a file writes them."""

from __future__ import annotations

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from briefpack.annexes.values import (
    annotations_of,
    content_bytes,
    content_size,
    content_streams,
    dictionaries,
    items_of,
    several,
)


@pytest.fixture
def pdf() -> Pdf:
    made = Pdf.new()
    made.add_blank_page()
    return made


def test_one_value_and_an_array_of_it_say_the_same() -> None:
    assert several(None) == []
    assert several(Name.FlateDecode) == several(Array([Name.FlateDecode])) == [Name.FlateDecode]
    assert several(Array([])) == []
    assert items_of(Array([Name.FlateDecode])) == [Name.FlateDecode]
    assert items_of(Name.FlateDecode) == items_of(None) == []
    one = Dictionary(Kind=1)
    assert dictionaries(one) == dictionaries(Array([Name.None_, one, 3])) == [one]


def test_annotations_stand_in_an_array() -> None:
    note = Dictionary(Subtype=Name.Text)
    assert annotations_of(Dictionary(Annots=Array([note, Name.Text]))) == [note]
    assert annotations_of(Dictionary(Annots=note)) == []
    assert annotations_of(Dictionary()) == []


def test_content_is_a_stream_several_of_them_or_the_form_itself(pdf: Pdf) -> None:
    first, second = pdf.make_stream(b"q"), pdf.make_stream(b"Q")
    page = pdf.pages[0].obj
    page.Contents = Array([first, Name.Odd, second])
    assert content_bytes(page) == b"q\nQ"
    assert content_size(page) == 2
    page.Contents = second
    assert parts(page) == [b"Q"]
    assert parts(first) == [b"q"]
    del page.Contents
    assert parts(page) == []
    assert content_bytes(page) == b""


def parts(holder: Object) -> list[bytes]:
    streams = content_streams(holder)
    assert all(isinstance(stream, Stream) for stream in streams)
    return [stream.read_bytes() for stream in streams]
