from __future__ import annotations

from briefpack.blocks import (
    AgendaBlock,
    AgendaItem,
    AuthorCell,
    AuthorColumn,
    AuthorRow,
    CalloutBlock,
    ClearanceBlock,
    ClearanceStep,
    ColumnBreakBlock,
    ColumnsBlock,
    Definition,
    DefinitionsBlock,
    Fact,
    FactsBlock,
    HeadingBlock,
    IfRaised,
    KeepBlock,
    KeyFigure,
    KeyFiguresBlock,
    LandscapeBlock,
    ListBlock,
    NumberedBlock,
    NumberedItem,
    Points,
    PointsBlock,
    QuestionsBlock,
    QuoteBlock,
    Signature,
    SignaturesBlock,
    TableBlock,
    TimelineBlock,
    TimelineEntry,
)
from briefpack.document import ListKind
from briefpack.select import select
from briefpack.verdict import Kind
from tests.select.made import HERE, STAFF_ONLY, audience, item, pack, section, text, the, words


def test_a_container_that_loses_everything_goes_as_well():
    cells = (AuthorCell((text("cell"),), HERE),)
    agenda_item = AgendaItem("9:00", words("Item"), None, None, (), HERE, STAFF_ONLY)
    kept = text("kept")
    selection = select(
        pack(
            section(
                kept,
                ListBlock(ListKind.DASHES, (item("a", STAFF_ONLY),), HERE),
                NumberedBlock((NumberedItem(words("a"), (), HERE, limits=STAFF_ONLY),), HERE),
                TableBlock(
                    (AuthorColumn(None, None, None),),
                    (AuthorRow(cells, HERE, STAFF_ONLY),),
                    words("caption"),
                    None,
                    HERE,
                ),
                CalloutBlock(words("title"), (text("a", STAFF_ONLY),), HERE),
                AgendaBlock(None, None, (agenda_item,), HERE),
            )
        ),
        audience(),
    )
    assert selection.pack.sections[0].blocks == (kept,)
    for kind in (Kind.LIST, Kind.NUMBERED, Kind.TABLE, Kind.CALLOUT, Kind.AGENDA):
        assert the(selection, kind).reason == "everything in it is withheld"


def test_blocks_of_a_brief_that_lose_everything_go_as_well():
    kept = text("kept")
    said = (text("a"),)
    point = Points(words("the table"), (item("a", STAFF_ONLY),), HERE)
    pair = IfRaised(words("why"), said, HERE, STAFF_ONLY)
    selection = select(
        pack(
            section(
                kept,
                PointsBlock((point,), HERE),
                QuestionsBlock((pair,), HERE),
                FactsBlock(words("title"), (Fact(words("b"), said, HERE, STAFF_ONLY),), None, HERE),
                KeyFiguresBlock((KeyFigure(words("1"), words("c"), None, HERE, STAFF_ONLY),), None, HERE),
                QuoteBlock((text("a", STAFF_ONLY),), None, None, None, HERE),
                TimelineBlock((TimelineEntry(None, None, None, said, HERE, STAFF_ONLY),), None, None, HERE),
                DefinitionsBlock((Definition(words("d"), said, HERE, STAFF_ONLY),), HERE),
                SignaturesBlock((Signature(words("e"), None, None, HERE, STAFF_ONLY),), HERE),
                ClearanceBlock(
                    (ClearanceStep(None, "cleared", words("f"), None, None, HERE, STAFF_ONLY),), HERE
                ),
                ColumnsBlock((text("a", STAFF_ONLY), ColumnBreakBlock(HERE)), 2, HERE),
                LandscapeBlock((text("a", STAFF_ONLY),), HERE),
                KeepBlock((text("a", STAFF_ONLY),), HERE),
            )
        ),
        audience(),
    )
    assert selection.pack.sections[0].blocks == (kept,)
    out = [v.kind for v in selection.verdicts if v.reason == "everything in it is withheld"]
    assert set(out) == {
        *(Kind.POINTS, Kind.QUESTIONS, Kind.FACTS, Kind.KEY_FIGURES, Kind.QUOTE, Kind.TIMELINE),
        *(Kind.DEFINITIONS, Kind.SIGNATURES, Kind.CLEARANCE, Kind.COLUMNS, Kind.LANDSCAPE, Kind.KEEP),
    }
    assert [v.title for v in selection.verdicts if v.kind in {Kind.FACTS, Kind.STEP}] == ["title", "f"]


def test_a_heading_goes_when_everything_under_it_is_withheld():
    lonely, below, next_one = (
        HeadingBlock(2, words("Lonely"), HERE),
        HeadingBlock(3, words("Below"), HERE),
        HeadingBlock(2, words("Next"), HERE),
    )
    stays = text("stays")
    selection = select(pack(section(lonely, below, text("a", STAFF_ONLY), next_one, stays)), audience())
    assert selection.pack.sections[0].blocks == (next_one, stays)
    assert the(selection, Kind.HEADING, "Lonely").reason == "everything under it is withheld"


def test_a_heading_without_text_under_it_stays_as_written():
    heading = HeadingBlock(2, words("Heading"), HERE)
    assert select(pack(section(heading)), audience()).pack.sections[0].blocks == (heading,)
