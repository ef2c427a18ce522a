"""The plain text of messages: lines that belong together, quotations, lists, what was laid out with spaces."""

from __future__ import annotations

from pathlib import Path

from briefpack.blocks import AuthorBlock, ListBlock, ParagraphBlock, QuoteBlock, VerbatimBlock
from briefpack.document import LineBreak, ListKind, Text
from briefpack.errors import Where
from briefpack.reading.letter_text import MOST_QUOTES, read_letter_text

HERE = Where(Path("mail.eml"), 1, 1)


def read(text: str, *, flowed: bool = False, joined: bool = False) -> tuple[AuthorBlock, ...]:
    return read_letter_text(text, HERE, flowed=flowed, joined=joined)


def spans(block: AuthorBlock) -> list[str]:
    assert isinstance(block, ParagraphBlock)
    return [span.text if isinstance(span, Text) else "|" for span in block.spans]


WRAPPED = """\
the Ambassador arrives on Thursday at 14:30 and not, as I wrote in my last
message, at 15:00. The car waits at gate 4. Would you let the protocol
know that his wife comes as well?
Anna
"""


def test_lines_that_were_broken_for_want_of_room_are_joined() -> None:
    (block,) = read(WRAPPED)
    assert spans(block) == [" ".join(WRAPPED.splitlines()[:3]), "|", "Anna"]


def test_short_lines_stay_apart() -> None:
    (block,) = read("Ministry\n12 Main Street\nOttawa\n")
    assert spans(block) == ["Ministry", "|", "12 Main Street", "|", "Ottawa"]


def test_flowed_text_flows() -> None:
    one, quote, two = read("This goes \non.\n\n> so \n> does this\n stuffed\n", flowed=True)
    assert spans(one) == ["This goes on."]
    assert isinstance(quote, QuoteBlock)
    assert spans(quote.blocks[0]) == ["so does this"]
    assert spans(two) == ["stuffed"]
    (block,) = read("wo \nrd\n", flowed=True, joined=True)
    assert spans(block) == ["word"]


def test_quotations_stand_inside_each_other_as_deep_as_is_good() -> None:
    depth, found = 0, read("".join(f"{'>' * level} w{level}\n" for level in range(1, 12)))
    while isinstance(found[-1], QuoteBlock):
        depth += 1
        found = found[-1].blocks
    assert depth == MOST_QUOTES
    assert spans(found[-1])[-1] == "w11"


def test_items_are_a_list_and_one_dash_is_none() -> None:
    (block,) = read("- one\n- two\n")
    assert isinstance(block, ListBlock)
    assert (block.kind, len(block.items)) == (ListKind.DASHES, 2)
    (block,) = read("- one\n")
    assert spans(block) == ["- one"]


def test_columns_are_printed_as_they_were_typed() -> None:
    (block,) = read("Time     Room\n14:30    Hall\n")
    assert isinstance(block, VerbatimBlock)


def test_white_stands_for_the_line_above_a_signature() -> None:
    one, two = read("Yours\n-- \nAnna\nDesk\n")
    assert spans(one) == ["Yours"]
    assert isinstance(two, ParagraphBlock)
    assert LineBreak() in two.spans
