from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefpack.blocks import (
    AgendaBlock,
    AgendaItem,
    AuthorCell,
    AuthorColumn,
    AuthorRow,
    CalloutBlock,
    HeadingBlock,
    IfRaised,
    ImageBlock,
    Item,
    ListBlock,
    NumberedBlock,
    Points,
    TableBlock,
)
from briefpack.document import (
    Align,
    Callout,
    CrossReference,
    Heading,
    Image,
    List,
    ListKind,
    NumberedParagraph,
    Paragraph,
    Table,
    Text,
    plain_text,
)
from briefpack.resolve import known_names
from tests.made_style import made_style
from tests.resolve.making import (
    annex,
    brief,
    document,
    every,
    item,
    messages,
    numbered,
    pack,
    resolved,
    section,
    text,
    to,
    where,
    words,
)
from tests.strategies import PICTURE


def blocks(*given, **keys):
    """The lowered blocks of a section with these."""
    return document(pack(section("south", *given, **keys))).sections[0].blocks


def shown(block) -> str:
    """A block in one line, for comparing."""
    match block:
        case Heading():
            return f"h{block.level} {plain_text(block.spans)}"
        case Paragraph():
            return f"{block.role}: {plain_text(block.spans)}"
        case NumberedParagraph():
            return f"{block.label} {plain_text(block.spans)}"
        case List():
            return " ".join(f"{i.label} {shown(i.blocks[0])}" for i in block.items)
        case Callout():
            title = plain_text(block.title) if block.title else "-"
            return f"[{title}] " + " ".join(map(shown, block.blocks))
        case _:
            return type(block).__name__


# --------------------------------------------------------------------------- the quiet line


def test_the_quiet_line_has_note_lead_and_clearance():
    keys = {"note": words("Thursday"), "lead": "South Desk", "cleared": date(2025, 4, 2)}
    made = document(pack(section("south", text("a"), **keys))).sections[0]
    assert plain_text(made.lead) == "Thursday · Lead: South Desk · Cleared 2 April 2025"


def test_the_quiet_line_is_empty_when_there_is_nothing_to_say():
    assert document(pack(section("south", text("a")))).sections[0].lead == ()


def test_a_section_tells_its_language_only_when_it_is_another_than_the_packs():
    made = document(
        pack(section("south", text("a"), language="fr"), section("iraq", text("a"), language="en"))
    )
    assert [part.language for part in made.sections] == ["fr", None]


# --------------------------------------------------------------------------- briefs


def test_a_brief_is_objective_points_if_raised_background_then_the_other_blocks():
    parts = brief(
        background=(NumberedBlock((numbered("Facts"),), where()),),
        if_raised=(IfRaised(words("the posture of KFOR"), (text("It follows the situation."),), where()),),
        points=(Points(None, (item("Security"),), where()),),
        objective=(text("Keep the region high"),),
    )
    made = blocks(text("More"), parts=parts)
    assert list(map(shown, made)) == [
        "h2 Objective",
        "objective: Keep the region high",
        "h2 Points to make",
        "— list: Security",
        "h2 If raised",
        "[The posture of KFOR] line: It follows the situation.",
        "h2 Background",
        "1. Facts",
        "body: More",
    ]
    assert [h.number for h in made if isinstance(h, Heading)] == ["1.1", "1.2", "1.3", "1.4"]


def test_parts_that_were_not_written_or_are_withheld_leave_no_heading():
    made = blocks(parts=brief(background=(text("a"),)))
    assert list(map(shown, made)) == ["h2 Background", "body: a"]
    assert made[0].number == "1.1"


def test_points_without_an_addressee_get_a_line_of_their_own_beside_others_that_have_one():
    groups = (
        Points(words("the EU High Representative"), (item("a"),), where()),
        Points(None, (item("b"),), where()),
    )
    made = blocks(parts=brief(points=groups))
    assert list(map(shown, made))[1:] == [
        "addressee: To the EU High Representative",
        "— list: a",
        "addressee: To the table",
        "— list: b",
    ]
    assert made[1].keep_with_next


def test_parts_of_a_brief_are_headed_in_the_language_of_the_section():
    made = blocks(parts=brief(objective=(text("a"),)), language="fr")
    assert shown(made[0]) == "h2 Objectif"


# --------------------------------------------------------------------------- numbered paragraphs and lists


def test_numbered_paragraphs_run_through_a_section_and_start_again_in_the_next():
    first, second = (NumberedBlock((numbered("a"), numbered("b")), where()) for _ in range(2))
    made = document(pack(section("south", first, text("x"), second), section("iraq", first)))
    found = [list(every(part, NumberedParagraph)) for part in made.sections]
    assert [n.label for n in found[0]] == ["1.", "2.", "3.", "4."]
    assert [n.label for n in found[1]] == ["1.", "2."]
    assert [{n.sequence for n in part} for part in found] == [{1}, {2}]


def test_paragraphs_one_level_down_start_again_under_every_paragraph():
    nested = (numbered("a", numbered("b", numbered("c")), numbered("d")), numbered("e", numbered("f")))
    made = blocks(NumberedBlock(nested, where()))
    assert [(n.level, n.label, n.index) for n in made] == [
        (0, "1.", 1),
        (1, "(a)", 1),
        (2, "(i)", 1),
        (1, "(b)", 2),
        (0, "2.", 2),
        (1, "(a)", 1),
    ]


def test_list_items_are_led_in_by_kind_and_depth():
    inner = ListBlock(
        ListKind.BULLETS, (item("b", ListBlock(ListKind.BULLETS, (item("c"),), where())),), where()
    )
    (made,) = blocks(ListBlock(ListKind.BULLETS, (item("a", inner),), where()))
    labels = [(found.depth, found.items[0].label, found.sequence) for found in every(made, List)]
    assert labels == [(0, "•", 1), (1, "–", 2), (2, "–", 3)]


def test_a_numbered_list_starts_where_it_is_told():
    (made,) = blocks(ListBlock(ListKind.NUMBERS, (item("a"), item("b")), where(), start=4))
    assert made.start == 4
    assert [i.label for i in made.items] == ["4.", "5."]


def test_an_item_that_begins_with_a_list_still_begins_with_a_paragraph():
    inner = ListBlock(ListKind.BULLETS, (item("a"),), where())
    (made,) = blocks(ListBlock(ListKind.BULLETS, (Item((inner,), where()),), where()))
    assert made.items[0].blocks[0] == Paragraph((), made.items[0].blocks[0].where, "list")


def test_a_heading_inside_a_box_is_a_bold_paragraph_and_not_in_the_outline():
    box = CalloutBlock(None, (HeadingBlock(2, words("Loud"), where()), text("a")), where())
    made = document(pack(section("south", box)))
    (callout,) = made.sections[0].blocks
    assert callout.blocks[0].spans == (Text("Loud", strong=True),)
    assert len(made.contents) == 1


# --------------------------------------------------------------------------- tables and pictures


def _table(*titles, rows=(("a", "b"),), caption=None):
    columns = tuple(AuthorColumn(words(t) if t else None, None, None) for t in titles)
    made = tuple(
        AuthorRow(tuple(AuthorCell((text(cell),) if cell else (), where()) for cell in row), where())
        for row in rows
    )
    return TableBlock(columns, made, words(caption) if caption else None, None, where())


def test_a_table_without_column_titles_has_no_header():
    (made,) = blocks(_table(None, None))
    assert made.header == ()


def test_a_table_with_one_column_title_has_a_header_with_an_empty_cell():
    (made,) = blocks(_table("Head", None))
    assert [[shown(cell.blocks[0]) for cell in row.cells] for row in made.header] == [
        ["table-header: Head", "table-header: "]
    ]


def test_an_empty_cell_holds_an_empty_paragraph():
    (made,) = blocks(_table("A", "B", rows=(("a", ""),)))
    assert [shown(cell.blocks[0]) for cell in made.rows[0].cells] == ["table-cell: a", "table-cell: "]


def test_tables_and_figures_are_counted_through_the_pack_by_their_captions():
    def figure(caption):
        return ImageBlock(
            Path("a.png"), PICTURE, "alt", 0.5, words(caption) if caption else None, None, where()
        )

    def two(name):
        return section(name, _table("A", "B", caption="One"), _table("A", "B"), figure(None), figure("Map"))

    made = document(pack(two("south"), two("iraq")))
    tables = [t.caption.label for t in every(made, Table) if t.caption]
    figures = [f.caption.label for f in every(made, Image) if f.caption]
    assert tables == ["Table 1", "Table 2"]
    assert figures == ["Figure 1", "Figure 2"]


def test_captions_speak_the_language_of_their_section():
    (made,) = blocks(_table("A", "B", caption="Un"), language="fr")
    assert made.caption.label == "Tableau 1"


# --------------------------------------------------------------------------- agenda


def entry(time="12:30–14:30", title="Lunch", detail=None, lead=None, briefs=()):
    optional = (words(detail) if detail else None, words(lead) if lead else None)
    return AgendaItem(time, words(title), *optional, tuple(map(to, briefs)), where())


def cells(table):
    return [
        [" / ".join(map(shown, cell.blocks)) for cell in row.cells] for row in (*table.header, *table.rows)
    ]


def test_an_agenda_day_is_a_dated_heading_and_a_table():
    day = AgendaBlock(
        date(2025, 4, 3),
        words("In Brussels"),
        (entry(detail="Spending", lead="Secretary General", briefs=("iraq", "map")),),
        where(),
    )
    made = document(pack(section("south", day), section("iraq", text("a")), annexes=(annex("map"),)))
    title, note, table = made.sections[0].blocks
    assert shown(title) == "h2 Thursday, 3 April 2025"
    assert shown(note) == "secondary: In Brussels"
    assert cells(table) == [
        ["table-header: Time", "table-header: Item", "table-header: Lead", "table-header: Brief"],
        [
            "table-cell: 12:30–14:30",
            "table-cell: Lunch / table-detail: Spending",
            "table-cell: Secretary General",
            "table-cell: §2, Annex A",
        ],
    ]
    assert table.rows[0].cells[1].blocks[0].spans == (Text("Lunch", strong=True),)
    assert [reference.anchor for reference in every(table, CrossReference)] == ["sec_iraq", "annex_map"]
    assert table.columns[3].align is Align.RIGHT


def test_columns_that_no_item_fills_are_left_out():
    (made,) = blocks(AgendaBlock(None, None, (entry(),), where()))
    assert cells(made)[0] == ["table-header: Time", "table-header: Item"]


def test_days_that_follow_one_another_share_their_columns():
    days = [
        AgendaBlock(date(2025, 4, 3), None, (entry(lead="Secretary General"),), where()),
        AgendaBlock(date(2025, 5, 1), None, (entry(title="A very long title of an item " * 4),), where()),
    ]
    first, second = (block for block in blocks(*days) if isinstance(block, Table))
    assert first.columns == second.columns
    assert first.header == second.header


def test_an_agenda_does_not_point_to_a_brief_that_the_audience_does_not_get():
    day = AgendaBlock(None, None, (entry(briefs=("iraq",)),), where())
    whole = pack(section("south", day), section("iraq", text("a")))
    selected = pack(whole.sections[0])
    (table,) = document(selected, known=known_names(whole)).sections[0].blocks
    assert cells(table)[0] == ["table-header: Time", "table-header: Item"]


def test_an_agenda_that_points_nowhere_is_an_error():
    day = AgendaBlock(None, None, (entry(briefs=("irak",)),), where())
    assert messages(resolved(pack(section("iraq", day)))) == [
        "there is no section, annex or block with the id “irak”"
    ]


def test_without_section_numbers_the_agenda_points_by_titles_below_the_item():
    day = AgendaBlock(None, None, (entry(briefs=("iraq", "map")), entry()), where())
    made = document(
        pack(section("south", day), section("iraq", text("a")), annexes=(annex("map"),)),
        made_style(sections=False),
    )
    (table,) = made.sections[0].blocks
    assert [row[-1] for row in cells(table)] == [
        "table-header: Item",
        "table-cell: Lunch / table-detail: agenda_briefIraq · Annex A",
        "table-cell: Lunch",
    ]


def test_french_days_begin_with_a_capital():
    day = AgendaBlock(date(2025, 5, 1), None, (entry(),), where())
    assert shown(blocks(day, language="fr")[0]) == "h2 Jeudi 1er mai 2025"


@pytest.mark.parametrize("dated", [True, False])
def test_a_day_can_be_referred_to_by_its_id(dated):
    day = AgendaBlock(date(2025, 4, 3) if dated else None, None, (entry(),), where(), id="thursday")
    made = document(pack(section("south", day, text(to("thursday", own="Thursday")))))
    (reference,) = every(made, CrossReference)
    assert reference.anchor == ("h_south_thursday" if dated else "tbl_thursday")
