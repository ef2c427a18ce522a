"""The walk over blocks misses none and keeps their order."""

from typing import get_args

import pytest

from briefpack.document import (
    Block,
    Callout,
    Columns,
    Landscape,
    List,
    ListItem,
    ListKind,
    PageBreak,
    Paragraph,
    Quotation,
    SideBySide,
    Together,
    plain_text,
    walk,
)
from tests.samples import WHERE
from tests.specimens import SPECIMENS, UNIONS
from tests.walking import values
from tests.word.making import cell, row, say, table

ALL = {**SPECIMENS, **UNIONS}
BLOCKS = get_args(Block)


def _said(*blocks):
    return [plain_text(block.spans) for block in walk(blocks) if isinstance(block, Paragraph)]


def test_every_paragraph_comes_by_in_reading_order():
    blocks = (
        say("1"),
        Callout(None, (say("2"), Quotation((say("3"),), None, WHERE)), WHERE),
        Columns(((say("4"),), (SideBySide(((say("5"),), (say("6"),)), (0.5, 0.5), WHERE),)), 2, WHERE),
        Landscape(
            (
                table(
                    row(cell("8"), cell("9"), cell("10")),
                    header=(row(cell("7", columns=3)),),
                ),
            ),
            WHERE,
        ),
        Together((List(ListKind.BULLETS, (ListItem("•", (say("11"), say("12"))),), 0, 1, WHERE),), WHERE),
        PageBreak(WHERE),
        say("13"),
    )

    assert _said(*blocks) == [str(n) for n in range(1, 14)]


def test_what_holds_blocks_comes_by_before_them():
    inner = say("inside")
    box = Callout(None, (inner,), WHERE)

    assert list(walk((box,))) == [box, inner]


@pytest.mark.parametrize("name", ALL)
def test_whatever_block_the_fields_lead_to_comes_by(name):
    led_to = [block for block in values(ALL[name]) if isinstance(block, BLOCKS)]

    assert sorted(map(id, walk(ALL[name]))) == sorted(map(id, led_to))
