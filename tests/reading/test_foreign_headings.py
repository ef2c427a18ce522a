"""Headings of others on the levels that an annex has."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.blocks import HeadingBlock, ParagraphBlock
from briefpack.document import LineBreak, Text
from briefpack.errors import Where
from briefpack.reading.foreign_headings import headed, in_bold, levelled, unheaded

HERE = Where(Path("a.md"), 1, 1)
WORDS = (Text("a"), LineBreak(), Text("b", emphasis=True))


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ([1, 2, 3], [2, 3, 4]),
        ([3, 5, 3], [2, 3, 2]),
        ([1, 6, 2], [2, 3, 3]),
        ([2, 1, 3, 4, 5, 6], [2, 2, 3, 4, 4, 4]),
        ([], []),
    ],
)
def test_levels_that_others_use_stand_one_below_the_other(written: list[int], made: list[int]) -> None:
    text = ParagraphBlock(WORDS, HERE)
    blocks = [text, *(HeadingBlock(level, WORDS, HERE) for level in written)]
    first, *others = levelled(blocks)
    assert first is text
    assert [block.level for block in others if isinstance(block, HeadingBlock)] == made


def test_a_heading_that_heads_nothing_is_a_line_in_bold() -> None:
    made = in_bold(WORDS, HERE)
    assert made.spans == (Text("a", strong=True), LineBreak(), Text("b", strong=True, emphasis=True))


def test_headings_in_a_list_or_a_quotation_are_lines_in_bold() -> None:
    text = ParagraphBlock(WORDS, HERE)
    assert unheaded([HeadingBlock(3, WORDS, HERE), text]) == [in_bold(WORDS, HERE), text]


def test_the_first_heading_is_the_title_where_nothing_stands_before_it() -> None:
    text = ParagraphBlock(WORDS, HERE)
    one, two = (HeadingBlock(level, (Text(f" {level} "),), HERE) for level in (1, 4))
    assert headed([one, two, text]) == ("1", (HeadingBlock(2, two.spans, HERE), text))
    assert headed([text, one]) == ("", (text, HeadingBlock(2, one.spans, HERE)))
    assert headed([]) == ("", ())
