"""Boxes of every look, what stands in them, and quotations."""

from dataclasses import replace

import pytest

from briefpack.document import (
    BOX_ROLES,
    Callout,
    Heading,
    Image,
    List,
    ListItem,
    ListKind,
    Quotation,
    SideBySide,
    Text,
)
from briefpack.style import Length
from briefpack.word.styles import style_id
from tests.samples import WHERE, picture, words
from tests.word.making import cell, opened, row, say, table
from tests.word.opened import W, style_of, text_of


def _box(look="callout", *blocks, title="Title"):
    _, role = BOX_ROLES[look]
    return Callout(words(title) if title else None, blocks or (say("text", role),), WHERE, look)


@pytest.mark.parametrize("look", BOX_ROLES)
def test_title_and_text_have_the_styles_of_their_box(look):
    title, role = BOX_ROLES[look]
    found = opened(_box(look))

    assert found.texts(style_id(title)) == ["Title"]
    assert found.texts(style_id(role)) == ["text"]


@pytest.mark.parametrize("look", BOX_ROLES)
def test_the_style_of_a_paragraph_draws_its_box(look):
    found = opened(_box(look))
    box = style_of().box(look)
    _, role = BOX_ROLES[look]
    (style,) = found.find(f"//w:style[@w:styleId='{style_id(role)}']", found.root("word/styles.xml"))

    assert bool(found.find("./w:pPr/w:shd", style)) == (box.fill is not None)
    sizes = [int(size) for size in found.find("./w:pPr/w:pBdr/w:left/@w:sz", style)]
    assert (max(sizes, default=0) > 2) == (box.bar > 0)


def test_text_of_another_role_in_a_box_gets_its_look_directly():
    found = opened(_box("facts", say("text", "facts"), say("Source: desk", "source")))

    (line,) = found.paragraphs("Source")
    assert found.find("./w:pPr/w:shd/@w:fill", line) == [style_of().facts.fill.hex]


def test_a_box_in_a_list_item_begins_where_the_words_do():
    items = List(ListKind.BULLETS, (ListItem("•", (say("item", "list"), _box())),), 0, 1, WHERE)
    found = opened(items)

    style = style_of()
    step = Length(style.text["list"].left + style.lists.indent).twips
    (left,) = found.find("./w:pPr/w:ind/@w:left", found.paragraphs("Callout")[0])
    (own,) = found.find("//w:style[@w:styleId='Callout']/w:pPr/w:ind/@w:left", found.root("word/styles.xml"))
    assert int(left) == int(own) + step


def test_a_table_in_a_box_stands_in_a_cell_that_goes_on_with_bar_and_fill():
    inner = table(row(cell("a"), cell("b"), cell("c")))
    found = opened(_box("callout", say("before", "callout"), inner, say("after", "callout")))

    (outer,) = found.find("//w:body/w:tbl")
    (holder,) = found.find("./w:tr/w:tc", outer)
    assert found.find("./w:tcPr/w:shd/@w:fill", holder) == [style_of().callout.fill.hex]
    assert found.find("./w:tcPr/w:tcBorders/w:left/@w:color", holder) == [style_of().callout.bar_colour.hex]
    assert [text_of(each) for each in found.find("./w:tbl", holder)] == ["abc"]
    assert found.find("./w:tblPr/w:tblLook/@w:firstRow", outer) == ["0"]


def test_there_is_no_white_between_a_box_and_its_table():
    inner = table(row(cell("a"), cell("b"), cell("c")))
    found = opened(_box("callout", say("before", "callout"), inner, say("after", "callout")))

    before, after = found.paragraphs("Callout")
    assert found.find("./w:pPr/w:spacing/@w:after", before) == ["0"]
    assert found.find("./w:pPr/w:spacing/@w:before", after) in ([], ["0"])


def test_two_tables_in_a_row_share_the_cell():
    def inner(name):
        return table(row(cell("a"), cell("b"), cell("c")), anchor=name)

    found = opened(_box("callout", inner("tbl_1"), inner("tbl_2"), title=None))

    (holder,) = found.find("//w:body/w:tbl/w:tr/w:tc")
    assert len(found.find("./w:tbl", holder)) == 2


def test_a_box_without_a_look_leaves_its_tables_alone():
    style = style_of()
    style = replace(style, callout=replace(style.callout, bar=Length(0), fill=None))
    found = opened(_box("callout", table(row(cell("a"), cell("b"), cell("c")))), style=style)

    assert found.find("//w:tbl//w:tbl") == []


def test_a_picture_in_a_box_keeps_inside_it():
    found = opened(_box("callout", Image(picture(2000, 100), "Wide", "fig_1", WHERE)))

    (figure,) = found.paragraphs("Picture")
    assert found.find("./w:pPr/w:shd/@w:fill", figure) == [style_of().callout.fill.hex]
    (wide,) = found.find("//wp:extent/@cx")
    assert int(wide) < style_of().page.text_width.emu - style_of().callout.padding_x.emu


def test_a_heading_in_a_box_is_shaded_too():
    found = opened(_box("facts", Heading(2, None, words("Inside"), "h_in", WHERE)))

    (heading,) = [each for each in found.paragraphs("Heading2") if text_of(each) == "Inside"]
    assert found.find("./w:pPr/w:shd", heading)


def test_boxes_that_follow_each_other_stay_apart():
    found = opened(_box("question", title="One"), _box("question", title="Two"))

    one, two = found.paragraphs("Question")
    assert found.find("./w:pPr/w:pBdr", one) == []
    assert found.find("./w:pPr/w:pBdr", two)


def test_an_empty_box_leaves_nothing():
    assert opened(Callout(None, (), WHERE), say("after")).texts("Callout") == []


def test_a_quotation_keeps_its_words_with_who_said_them():
    found = opened(
        Quotation((say("One.", "quotation"), say("Two.", "quotation")), words("Somebody, 2025"), WHERE)
    )

    assert found.texts("Quotation") == ["One.", "Two."]
    assert found.texts("Attribution") == ["Somebody, 2025"]
    assert found.find("./w:pPr/w:keepNext", found.paragraphs("Quotation")[-1])


def test_a_quotation_may_have_a_list_and_nobody_who_said_it():
    items = List(ListKind.BULLETS, (ListItem("•", (say("one", "quotation"),)),), 0, 1, WHERE)
    found = opened(Quotation((say("He said:", "quotation"), items), None, WHERE))

    assert found.texts("Quotation") == ["He said:", "one"]
    assert found.paragraphs("Attribution") == []
    assert found.find("./w:pPr/w:numPr", found.paragraphs("Quotation")[1])


def test_parts_beside_each_other_stand_in_a_box_without_its_lines():
    parts = SideBySide(
        ((say("2.7 %", "key-value"),), (say("32", "key-value"),)), (0.5, 0.5), WHERE, "figures"
    )
    found = opened(_box("facts", parts))

    (outer,) = found.find("//w:body/w:tbl")
    assert found.find("./w:tr/w:tc/w:tcPr/w:shd/@w:fill", outer) == [style_of().facts.fill.hex]
    assert [text_of(each) for each in outer.iter(f"{W}p")][:2] == ["2.7 %", "32"]


def test_a_box_inside_a_box_begins_at_the_same_edge():
    found = opened(Callout((Text("Outer"),), (say("a", "callout"), _box("facts")), WHERE))

    (facts,) = found.paragraphs("Facts")
    assert found.find("./w:pPr/w:ind", facts) == []


@pytest.mark.parametrize("count", [1, 40])
def test_a_small_box_stays_on_one_page(count):
    box = Callout(words("Title"), tuple(say(f"text {n}", "callout") for n in range(count)), WHERE)
    found = opened(box, say("after"))

    kept = [bool(found.find("./w:pPr/w:keepLines", each)) for each in found.paragraphs("Callout")]
    assert kept == [count == 1] * count


def test_a_bar_without_a_fill_is_carried_beyond_the_text():
    style = style_of()
    bar = replace(style.callout, bar=Length(2), fill=None, padding_y=Length(5))
    found = opened(_box("callout"), style=replace(style, callout=bar))
    (made,) = found.find("//w:style[@w:styleId='Callout']", found.root("word/styles.xml"))

    assert found.find("./w:pPr/w:pBdr/w:top/@w:space", made) == ["5"]
    assert found.find("./w:pPr/w:pBdr/w:bottom/@w:color", made) == ["FFFFFF"]
    assert found.find("./w:pPr/w:pBdr/w:right", made) == []
