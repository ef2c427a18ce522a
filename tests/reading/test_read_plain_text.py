"""Typed texts: lines kept, paragraphs, pages, and texts that were not typed in lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.annex_text import UnreadableError
from briefpack.blocks import PageBreakBlock, ParagraphBlock, VerbatimBlock
from briefpack.document import Text
from briefpack.errors import Where
from briefpack.reading.read_plain_text import read_plain_text

PATH = Path("minutes.txt")


def test_lines_stay_as_they_were_typed_in_a_block_for_each_paragraph() -> None:
    text = read_plain_text(b"Title\n=====\n\n\n  a\tb\n", PATH, {})
    assert text.typed
    assert text.blocks == (
        VerbatimBlock(("Title", "====="), Where(PATH, 1, 1)),
        VerbatimBlock(("  a\u00a0\u00a0\u00a0\u00a0\u00a0b",), Where(PATH, 5, 1)),
    )


def test_columns_inside_a_line_keep_their_distance() -> None:
    (block,) = read_plain_text(b"14:30    Hall  all\n", PATH, {}).blocks
    assert isinstance(block, VerbatimBlock)
    assert block.lines[0].replace("\u00a0", " ") == "14:30    Hall  all"
    assert "  " not in block.lines[0]


def test_a_form_feed_begins_a_page() -> None:
    kinds = [type(block) for block in read_plain_text(b"one\n\fTwo\n\f\n", PATH, {}).blocks]
    assert kinds == [VerbatimBlock, PageBreakBlock, VerbatimBlock]


def test_a_text_with_a_line_for_each_paragraph_flows() -> None:
    long = "word " * 60
    text = read_plain_text(f"Title\n{long}\n\n{long}\n".encode(), PATH, {})
    assert not text.typed
    assert [block.spans for block in text.blocks if isinstance(block, ParagraphBlock)] == [
        (Text("Title"),),
        (Text(long.strip()),),
        (Text(long.strip()),),
    ]
    assert [block.where.line for block in text.blocks] == [1, 2, 4]


def test_characters_are_replaced_as_asked() -> None:
    (block,) = read_plain_text("a😀".encode(), PATH, {ord("😀"): "[face]"}).blocks
    assert isinstance(block, VerbatimBlock)
    assert block.lines == ("a[face]",)


@pytest.mark.parametrize("raw", [b"", b" \n\t\n"])
def test_a_text_without_words_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableError, match="has no text in it"):
        read_plain_text(raw, PATH, {})
