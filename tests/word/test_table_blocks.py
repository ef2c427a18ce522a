"""Tables with joined cells, groups, totals, headings of rows, and numbers at their decimal sign."""

from dataclasses import replace

import pytest

from briefpack.document import (
    Align,
    Caption,
    Heads,
    List,
    ListItem,
    ListKind,
    RowKind,
    TableNote,
    Text,
)
from briefpack.style import TABLE_LOOKS, Colour, Length
from briefpack.word.styles import TABLES
from briefpack.word.writer import write_docx
from tests.counting import steps
from tests.samples import WHERE, words
from tests.word.making import cell, opened, pack, row, say, table
from tests.word.opened import W, numbers_of, span_of, style_of, text_of


def _rows(found):
    return found.find("//w:tbl[1]/w:tr")


def _cells(of_row):
    return of_row.findall(f"{W}tc")


def _borders(row_of, side, found):
    return [found.find(f"./w:tcPr/w:tcBorders/w:{side}/@w:val", each) for each in _cells(row_of)]


def test_a_cell_over_columns_is_as_wide_as_they_are():
    found = opened(table(row(cell("wide", columns=2), cell("c")), row(cell("a"), cell("b"), cell("c"))))

    first, second = _rows(found)
    assert [span_of(each) for each in _cells(first)] == [2, 1]
    widths = [[int(w) for w in found.find(".//w:tcW/@w:w", each)] for each in (first, second)]
    assert widths[0][0] == sum(widths[1][:2])


def test_a_cell_over_rows_goes_on_empty_below():
    found = opened(
        table(
            row(cell("tall", rows=3), cell("b"), cell("c")),
            row(cell("b2"), cell("c2")),
            row(cell("wide", columns=2)),
        )
    )

    merges = [found.find(".//w:vMerge", each) for each in _rows(found)]
    assert [[m.get(f"{W}val") for m in each] for each in merges] == [["restart"], [None], [None]]
    assert [text_of(_cells(each)[1]) for each in _rows(found)] == ["b", "b2", "wide"]


def test_a_cell_over_rows_and_columns_is_both():
    found = opened(
        table(
            row(cell("block", columns=2, rows=2), cell("c")),
            row(cell("c2")),
            row(cell("a"), cell("b"), cell("c3")),
        )
    )

    second = _rows(found)[1]
    assert [span_of(each) for each in _cells(second)] == [2, 1]
    assert len(found.find("./w:tc[1]/w:tcPr/w:vMerge[not(@w:val)]", second)) == 1


def test_a_group_heads_the_rows_below_and_stays_with_them():
    style = style_of()
    style = replace(style, table=replace(style.table, group_fill=Colour(1, 2, 3)))
    group = row(cell("Group", "table-group", columns=3, heads=Heads.GROUP), kind=RowKind.GROUP)
    found = opened(table(group, row(cell("a"), cell("b"), cell("c"))), style=style)

    first = _rows(found)[0]
    assert found.find("./w:trPr/w:cantSplit", first)
    assert found.find(".//w:keepNext", first)
    assert found.find(".//w:tcPr/w:shd/@w:fill", first) == ["010203"]


def test_a_total_stands_below_a_line():
    total = row(cell("Total", heads=Heads.ROW), cell("1"), cell("2"), kind=RowKind.TOTAL)
    found = opened(table(row(cell("a"), cell("b"), cell("c")), total))

    assert _borders(_rows(found)[1], "top", found) == [["single"]] * 3
    assert _borders(_rows(found)[0], "top", found) == [[]] * 3


def test_the_first_column_is_said_to_head_its_rows_only_where_it_does():
    heading = table(row(cell("a", heads=Heads.ROW), cell("b"), cell("c")))
    plain = table(row(cell("a"), cell("b"), cell("c")))

    assert opened(heading).find("//w:tblLook/@w:firstColumn") == ["1"]
    assert opened(plain).find("//w:tblLook/@w:firstColumn") == ["0"]


def test_every_header_row_returns_on_every_page():
    header = (
        row(cell("Both", "table-header", columns=2), cell("c", "table-header", rows=2)),
        row(cell("a", "table-header"), cell("b", "table-header")),
    )
    found = opened(table(row(cell("a"), cell("b"), cell("c")), header=header))

    assert [bool(found.find("./w:trPr/w:tblHeader", each)) for each in _rows(found)] == [True, True, False]
    assert found.find("//w:tblDescription/@w:val") == ["Both, c"]


def test_a_cell_has_its_own_alignment_before_that_of_its_column():
    found = opened(table(row(cell("a", align=Align.CENTRE), cell("b", align=Align.RIGHT), cell("c"))))

    assert [found.find(".//w:jc/@w:val", each) for each in _cells(_rows(found)[0])] == [
        ["center"],
        ["right"],
        [],
    ]


def test_a_number_with_a_tail_keeps_off_the_edge_by_its_width():
    found = opened(table(row(cell("3", tail=".00"), cell("32.5", tail="0"), cell("17.25"))))

    first, second, third = _cells(_rows(found)[0])
    assert found.find(".//w:jc/@w:val", first) == found.find(".//w:jc/@w:val", second) == ["right"]
    (wide,), (narrow,) = (found.find(".//w:ind/@w:right", each) for each in (first, second))
    digit = style_of().text["table-cell"].size * 0.507 * 20
    assert int(narrow) == pytest.approx(digit, abs=2)
    assert int(wide) == pytest.approx(2.5 * digit, abs=6)
    assert found.find(".//w:ind", third) == []


@pytest.mark.parametrize("look", TABLE_LOOKS)
def test_each_look_is_a_style_of_its_own(look):
    found = opened(table(row(cell("a", heads=Heads.ROW), cell("b"), cell("c")), look=look))

    assert found.find("//w:tbl/w:tblPr/w:tblStyle/@w:val") == [TABLES[look][0]]
    (style,) = found.find(f"//w:style[@w:styleId='{TABLES[look][0]}']", found.root("word/styles.xml"))
    rule = found.find(".//w:tblStylePr[@w:type='firstCol']//w:right/@w:val", style)
    assert rule == (["single"] if style_of().table_look(look).rule else [])


def test_a_rule_beside_a_column_that_heads_nothing_is_drawn_all_the_same():
    found = opened(table(row(cell("a"), cell("b"), cell("c")), look="timeline"))

    assert _borders(_rows(found)[0], "right", found) == [["single"], [], []]


def test_a_heading_over_all_columns_has_no_rule_at_its_right():
    group = row(cell("Group", "table-group", columns=3), kind=RowKind.GROUP)
    found = opened(table(group, row(cell("a", heads=Heads.ROW), cell("b"), cell("c")), look="timeline"))

    assert _borders(_rows(found)[0], "right", found) == [["nil"]]


def test_notes_stand_below_the_table_before_its_source():
    notes = (TableNote("a", words("Provisional.")), TableNote("b", words("Not used.")))
    found = opened(
        table(
            row(cell("a"), cell("b"), cell("c")),
            notes=notes,
            source=words("Source: desk"),
            caption=Caption("Table 1", words("Named")),
        )
    )

    after = [text_of(each) for each in found.find("//w:tbl/following-sibling::w:p")]
    assert after[:3] == ["a Provisional.", "b Not used.", "Source: desk"]
    assert (
        found.find("//w:p[w:pPr/w:pStyle/@w:val='TableNote']/w:r[1]/w:rPr/w:vertAlign/@w:val")
        == ["superscript"] * 2
    )


def test_only_a_row_that_is_taller_than_half_a_page_may_be_divided():
    found = opened(
        table(row(cell("word " * 2000), cell("b"), cell("c")), row(cell("short"), cell("b"), cell("c")))
    )

    assert [bool(found.find("./w:trPr/w:cantSplit", each)) for each in _rows(found)] == [False, True]


def test_words_in_a_cell_over_many_rows_have_room_in_all_of_them():
    rows = [row(cell("word " * 300, rows=40), cell("b"), cell("c"))]
    rows += [row(cell("b"), cell("c")) for _ in range(39)]
    found = opened(table(*rows))

    assert found.find("./w:trPr/w:cantSplit", _rows(found)[0])


def _kept(found):
    """Whether each row stays with the next."""
    return [bool(found.find(".//w:keepNext", each)) for each in _rows(found)]


def _many(count=40):
    return [row(cell("a"), cell("b"), cell("c")) for _ in range(count)]


def test_a_small_table_stays_on_one_page():
    assert _kept(opened(table(*_many(5)))) == [True, True, True, True, False]


def test_of_a_large_table_no_low_row_stands_alone_at_the_foot_or_head_of_a_page():
    assert _kept(opened(table(*_many()))) == [True, *[False] * 37, True, False]


def test_rows_that_a_cell_joins_stay_together():
    joined = [row(cell("tall", rows=3), cell("b"), cell("c")), *(row(cell("b"), cell("c")) for _ in range(2))]
    found = opened(table(*_many(20), *joined, *_many(20)))

    assert _kept(found)[18:25] == [False, False, True, True, False, False, False]


def test_a_total_stays_with_the_row_above():
    total = row(cell("t"), cell("1"), cell("2"), kind=RowKind.TOTAL)

    assert _kept(opened(table(*_many(20), total, *_many(20))))[18:22] == [False, True, False, False]


def test_more_rows_than_a_page_holds_are_not_kept_together():
    rows = [row(cell("tall", rows=90), cell("b"), cell("c"))]
    rows += [row(cell("b"), cell("c")) for _ in range(89)]

    assert _kept(opened(table(*rows))) == [True, *[False] * 87, True, False]


def test_the_last_row_stays_with_the_lines_below():
    found = opened(
        table(*_many(), notes=(TableNote("a", words("Provisional.")),), source=words("Source: desk"))
    )

    assert _kept(found)[-2:] == [True, True]
    assert found.find("./w:pPr/w:keepNext", found.paragraphs("TableNote")[0])


def test_a_table_in_a_list_item_begins_where_the_words_of_the_item_do():
    inner = table(row(cell("a"), cell("b"), cell("c")))
    items = List(ListKind.BULLETS, (ListItem("•", (say("item", "list"), inner)),), 0, 1, WHERE)
    found = opened(items)

    style = style_of()
    left = style.text["list"].left + style.lists.indent
    assert found.find("//w:tblInd/@w:w") == [str(Length(left).twips)]
    width = sum(map(int, found.find("//w:gridCol/@w:w")))
    assert width == style.page.text_width.twips - Length(left).twips


def test_a_table_without_a_caption_is_reached_through_its_first_cell():
    found = opened(table(row(cell("tall", rows=2), cell("b"), cell("c")), row(cell("b"), cell("c"))))

    assert found.find("//w:tc[1]//w:bookmarkStart[@w:name='tbl_made']")


def test_a_thousand_rows_are_five_times_the_work_of_two_hundred():
    def rows(count):
        return tuple(
            row(cell(f"{n}", heads=Heads.ROW), cell((Text("words"),)), cell("1.5", tail="0"))
            for n in range(count)
        )

    def work(count):
        document = pack((table(*rows(count)),))
        style, numbers = style_of(), numbers_of(document)
        return steps(lambda: write_docx(document, style, numbers))

    work(1)
    assert work(1000) < 5.1 * work(200)
