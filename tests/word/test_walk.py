"""The walk over blocks misses none and keeps their order."""

from briefpack.document import (
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
)
from briefpack.word.walk import walk
from tests.samples import WHERE
from tests.word.making import cell, row, say, table


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
