from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from briefpack.blocks import (
    AgendaBlock,
    AuthorColumn,
    CalloutBlock,
    FactsBlock,
    KeyFiguresBlock,
    ListBlock,
    PageBreakBlock,
    QuoteBlock,
    TableBlock,
    TimelineBlock,
)
from briefpack.document import ListKind, Text
from briefpack.errors import Where
from briefpack.limits import Limits
from briefpack.marking import Marking
from briefpack.select.own_words import LEAVES, has_own_words
from briefpack.verdict import KINDS

HERE = Where(Path("a.yaml"), 1, 1)
SAID = (Text("words"),)
BARE = TableBlock((AuthorColumn(None, None, None),), (), None, None, HERE)


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (BARE, {"caption": SAID}),
        (BARE, {"source": SAID}),
        (BARE, {"as_of": date(2025, 4, 2)}),
        (BARE, {"columns": (AuthorColumn(SAID, None, None),)}),
        (BARE, {"columns": (AuthorColumn(None, None, None, group=SAID),)}),
        (TimelineBlock((), None, None, HERE), {"caption": SAID}),
        (FactsBlock(None, (), None, HERE), {"title": SAID}),
        (KeyFiguresBlock((), None, HERE), {"source": SAID}),
        (CalloutBlock(None, (), HERE), {"title": SAID}),
        (QuoteBlock((), None, None, None, HERE), {"by": SAID}),
        (AgendaBlock(None, None, (), HERE), {"date": date(2025, 4, 2)}),
        (PageBreakBlock(HERE), {"limits": Limits(marking=Marking(1))}),
    ],
)
def test_a_block_has_words_of_its_own_where_it_says_something_that_no_part_of_it_says(frame, said):
    assert not has_own_words(frame)
    assert has_own_words(replace(frame, **said))


def test_a_list_is_a_frame_and_leaves_are_kinds_of_blocks():
    assert not has_own_words(ListBlock(ListKind.BULLETS, (), HERE))
    assert set(LEAVES) < set(KINDS)
