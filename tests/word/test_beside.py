"""Parts side by side, columns, pages on their side, and blocks that stay together."""

from dataclasses import replace

import pytest

from briefpack.document import (
    Callout,
    Columns,
    Heading,
    Image,
    Landscape,
    PageBreak,
    SideBySide,
    Table,
    Together,
)
from briefpack.style import Length, SectionStart
from tests.samples import WHERE, picture, words
from tests.word.making import cell, note, noted, opened, pack, row, say, table
from tests.word.opened import NOTES, W, faults, style_of, text_of, written

LONG = tuple(say("word " * 100) for _ in range(6))


def _setups(found):
    """Every section: kind of start, orientation, columns."""
    return [
        (
            found.find("./w:type/@w:val", each)[0],
            (found.find("./w:pgSz/@w:orient", each) or ["portrait"])[0],
            int((found.find("./w:cols/@w:num", each) or ["1"])[0]),
        )
        for each in found.sections()
    ]


def _bare(style=None):
    """A style without cover and contents, so that the first section is the body's."""
    style = style or style_of()
    return replace(style, cover=replace(style.cover, show=False), contents=replace(style.contents, depth=0))


# --------------------------------------------------------------------------- side by side


def test_parts_stand_in_one_row_without_lines_or_empty_cells():
    found = opened(SideBySide(((say("left"),), (say("right"),)), (0.4, 0.6), WHERE))

    (made,) = found.find("//w:tbl")
    assert found.find("./w:tblPr/w:tblStyle/@w:val", made) == ["PackLayout"]
    assert [text_of(each) for each in found.find("./w:tr/w:tc", made)] == ["left", "right"]
    assert found.find(".//w:tcBorders", made) == []
    assert sum(map(int, found.find(".//w:gridCol/@w:w", made))) == style_of().page.text_width.twips


def test_the_gap_is_a_margin_of_all_parts_but_the_last():
    found = opened(SideBySide(tuple((say(each),) for each in "abc"), (0.25, 0.25, 0.5), WHERE))

    gap = style_of().columns.gap.twips
    assert found.find("//w:tcMar/w:right/@w:w") == [str(gap), str(gap), "0"]


def test_key_figures_have_a_rule_above_each():
    parts = tuple((say(each, "key-value"), say("label", "key-label")) for each in ("2.7 %", "32"))
    found = opened(SideBySide(parts, (0.5, 0.5), WHERE, "figures"))

    for each in found.paragraphs("KeyValue"):
        assert found.find("./w:pPr/w:pBdr/w:top/@w:color", each) == [style_of().columns.key_colour.hex]
    assert found.find("//w:p[w:pPr/w:pStyle/@w:val='KeyLabel']/w:pPr/w:pBdr") == []


def test_signatures_have_a_line_to_sign_on_and_room_above_it():
    parts = tuple((say(each, "signature"), say("Office", "signature")) for each in ("A", "B"))
    found = opened(SideBySide(parts, (0.5, 0.5), WHERE, "signatures"))

    first = found.paragraphs("SignatureLine")[0]
    assert found.find("./w:pPr/w:pBdr/w:top/@w:val", first) == ["single"]
    assert found.find("./w:pPr/w:spacing/@w:before", first) == [str(style_of().columns.sign_room.twips)]


def test_a_picture_is_never_wider_than_its_part():
    found = opened(
        SideBySide(((Image(picture(2000, 100), "Wide", "fig_1", WHERE),), (say("text"),)), (0.3, 0.7), WHERE)
    )

    (wide,) = found.find("//wp:extent/@cx")
    assert int(wide) <= 0.3 * style_of().page.text_width.emu


def test_room_that_stays_empty_has_no_cell():
    parts = ((say("2.7 %", "key-value"),), (), ())
    found = opened(SideBySide(parts, (1 / 3, 1 / 3, 1 / 3), WHERE, "figures"))

    gap = style_of().columns.gap.twips
    (wide,) = found.find("//w:gridCol/@w:w")
    assert int(wide) == pytest.approx((style_of().page.text_width.twips - 2 * gap) / 3, abs=1)


def test_rows_of_parts_are_as_far_apart_as_the_style_says():
    parts = SideBySide(((say("a"),), (say("b"),)), (0.5, 0.5), WHERE)
    found = opened(say("before"), parts, parts)

    between = found.find("//w:tbl/following-sibling::w:p")[0]
    look = style_of().columns
    spacing = found.find("./w:pPr/w:spacing", between)[0]
    total = int(spacing.get(f"{W}before")) + int(spacing.get(f"{W}after") or 0)
    assert total == max(look.before, look.after).twips


# --------------------------------------------------------------------------- columns


def test_text_in_columns_is_a_section_on_the_same_page():
    found = opened(say("before"), Columns((LONG,), 2, WHERE), say("after"), style=_bare())

    assert _setups(found) == [
        ("nextPage", "portrait", 1),
        ("continuous", "portrait", 2),
        ("continuous", "portrait", 1),
    ]
    assert found.find("//w:sectPr/w:cols[@w:num]/@w:space") == [str(style_of().columns.gap.twips)]


def test_the_title_of_a_box_in_columns_does_not_hold_them_up():
    """LibreOffice makes no columns equally high in which a paragraph stays with the next."""
    box = Callout(words("Remark"), (say("a box", role="callout"),), WHERE)
    found = opened(Columns(((say("one"), box),), 2, WHERE), box, say("after"))

    inside, outside = found.paragraphs("CalloutTitle")
    assert found.find("./w:pPr/w:keepNext/@w:val", inside) == ["0"]
    assert found.find("./w:pPr/w:keepNext[not(@w:val)]", outside)


def test_columns_at_the_end_are_followed_by_what_makes_them_equally_high():
    found = opened(Columns((LONG,), 3, WHERE), style=_bare())

    assert [each[2] for each in _setups(found)] == [1, 3, 1]
    assert text_of(found.body) == "Title 1" + "".join("word " * 100 for _ in LONG)


def test_numbers_go_on_and_every_stretch_has_its_header_and_footer():
    found = opened(say("a"), Columns((LONG,), 2, WHERE), say("b"), style=_bare())

    assert found.find("//w:pgNumType/@w:start") == ["1"]
    for kind in ("header", "footer"):
        said = list(found.headers(kind))
        assert len(said) == 3
        assert all("Specimen — internal" in words_of for each in said for _, words_of in each)


def test_a_rule_between_columns_is_words_own():
    style = _bare()
    style = replace(style, columns=replace(style.columns, rule=Length(0.5)))
    found = opened(Columns((LONG,), 2, WHERE), style=style)

    assert found.find("//w:cols/@w:sep") == ["1"]


def test_parts_that_the_author_divided_stand_beside_each_other():
    found = opened(Columns(((say("one"),), (say("two"), say("more"))), 3, WHERE), style=_bare())

    (made,) = found.find("//w:tbl")
    assert [text_of(each) for each in found.find("./w:tr/w:tc", made)] == ["one", "twomore"]
    gap = style_of().columns.gap.twips
    column = (style_of().page.text_width.twips - 2 * gap) // 3
    assert found.find(".//w:gridCol/@w:w", made) == [str(column + gap), str(column)]
    assert [each[2] for each in _setups(found)] == [1]


def test_a_table_in_columns_is_as_wide_as_one():
    found = opened(Columns(((table(row(cell("a"), cell("b"), cell("c"))),),), 2, WHERE), style=_bare())

    gap = style_of().columns.gap.twips
    assert sum(map(int, found.find("//w:gridCol/@w:w"))) == (style_of().page.text_width.twips - gap) // 2


def test_columns_where_no_section_can_be_follow_each_other():
    inner = SideBySide(((Columns((LONG[:1],), 2, WHERE),), (say("right"),)), (0.5, 0.5), WHERE)
    found = opened(inner, style=_bare())

    assert [each[2] for each in _setups(found)] == [1]


def test_columns_right_after_columns_stay_two():
    found = opened(Columns((LONG,), 2, WHERE), Columns((LONG,), 3, WHERE), style=_bare())

    assert [each[2] for each in _setups(found)] == [1, 2, 1, 3, 1]


def test_a_page_break_after_columns_breaks_the_page():
    found = opened(Columns((LONG,), 2, WHERE), PageBreak(WHERE), say("after"), style=_bare())

    (after,) = [each for each in found.paragraphs("Normal") if text_of(each) == "after"]
    assert found.find("./w:pPr/w:pageBreakBefore", after)


def test_notes_in_columns_are_footnotes():
    found = opened(Columns(((noted("one", note(1, "First.")),),), 2, WHERE), style=_bare())

    assert "First." in text_of(found.root(NOTES))


# --------------------------------------------------------------------------- pages on their side


def test_blocks_on_their_side_are_a_section_of_its_own_page():
    found = opened(say("before"), Landscape((say("wide"),), WHERE), say("after"), style=_bare())

    assert _setups(found) == [
        ("nextPage", "portrait", 1),
        ("nextPage", "landscape", 1),
        ("nextPage", "portrait", 1),
    ]
    (wide,) = found.find("//w:sectPr[w:pgSz/@w:orient]/w:pgSz")
    page = style_of().page
    assert (wide.get(f"{W}w"), wide.get(f"{W}h")) == (str(page.height.twips), str(page.width.twips))


def test_no_page_is_begun_for_nothing():
    found = opened(say("before"), Landscape((say("wide"),), WHERE), style=_bare())

    assert [each[1] for each in _setups(found)] == ["portrait", "landscape"]


def test_a_heading_goes_with_what_is_turned():
    heading = Heading(2, "1.1", words("Wide"), "h_wide", WHERE)
    found = opened(say("before"), heading, Landscape((say("wide"),), WHERE), style=_bare())

    first = found.sections()[0].getparent().getparent()
    assert text_of(first) == "before"


def test_a_section_that_begins_on_its_side_has_no_upright_page():
    found = opened(Landscape((say("wide"),), WHERE), say("after"), style=_bare())

    assert [each[1] for each in _setups(found)] == ["landscape", "portrait"]


def test_two_turns_in_a_row_begin_a_page_each():
    found = opened(
        say("before"),
        Landscape((say("one"),), WHERE),
        Landscape((say("two"), Columns((LONG,), 2, WHERE)), WHERE),
        style=_bare(),
    )

    assert _setups(found) == [
        ("nextPage", "portrait", 1),
        ("nextPage", "landscape", 1),
        ("nextPage", "landscape", 1),
        ("continuous", "landscape", 2),
        ("continuous", "landscape", 1),
    ]


def test_columns_first_thing_on_a_turned_page_begin_it():
    found = opened(say("before"), Landscape((Columns((LONG,), 2, WHERE),), WHERE), style=_bare())

    assert _setups(found)[1] == ("nextPage", "landscape", 2)


def test_every_page_carries_the_banner_and_the_watermark_however_it_lies():
    found = opened(say("before"), Landscape((say("wide"),), WHERE), say("after"), style=_bare())

    for kind in ("header", "footer"):
        for each in found.headers(kind):
            assert each
            assert all("Specimen — internal" in said for _, said in each)
    for part in found.parts:
        if part.startswith("word/header"):
            assert b"SPECIMEN" in found.parts[part]


def test_tab_stops_of_headers_follow_the_width_of_a_turned_page():
    found = opened(Landscape((say("wide"),), WHERE), style=_bare())

    width = str(style_of().page.turned.text_width.twips)
    header = next(part for part in found.parts if part.startswith("word/header"))
    stops = found.find("//w:tab[@w:val='right']/@w:pos", found.root(header))
    assert stops == [width]


def test_a_table_on_a_turned_page_is_as_wide_as_it():
    found = opened(Landscape((table(row(cell("a"), cell("b"), cell("c"))),), WHERE), style=_bare())

    assert sum(map(int, found.find("//w:gridCol/@w:w"))) == style_of().page.turned.text_width.twips


@pytest.mark.parametrize("start", list(SectionStart))
def test_sections_on_their_side_turn_the_page_in_every_style(start):
    style = _bare()
    style = replace(style, page=replace(style.page, section_start=start, two_sided=True))
    document = pack((say("a"),), (say("b"),), (say("c"),), landscape=frozenset({1}))
    found = written(document, style)

    assert faults(found) == []
    assert [each[1] for each in _setups(found)] == ["portrait", "landscape", "portrait"]
    assert all(each[0] in ("nextPage", "oddPage") for each in _setups(found))
    assert found.find("//w:pgNumType/@w:start") == ["1"]


def test_blocks_on_their_side_inside_a_box_stay_upright():
    inner = SideBySide(((Landscape((say("wide"),), WHERE),), (say("right"),)), (0.5, 0.5), WHERE)

    assert [each[1] for each in _setups(opened(inner, style=_bare()))] == ["portrait"]


# --------------------------------------------------------------------------- together


def test_paragraphs_that_stay_together_are_a_chain():
    found = opened(Together((say("one"), say("two"), say("three")), WHERE), say("after"))

    kept = {
        text_of(each): bool(found.find("./w:pPr/w:keepNext", each)) for each in found.paragraphs("Normal")
    }
    assert kept == {"one": True, "two": True, "three": False, "after": False}
    whole = [text_of(each) for each in found.paragraphs("Normal") if found.find("./w:pPr/w:keepLines", each)]
    assert whole == ["one", "two", "three"]


def _chain(found, made):
    return [bool(found.find(".//w:keepNext", each)) for each in made.findall(f"{W}tr")]


@pytest.mark.parametrize(("after", "last"), [((), False), ((say("after"),), True)])
def test_rows_that_stay_together_are_a_chain(after, last):
    made = table(*(row(cell(f"{n}"), cell("b"), cell("c")) for n in range(3)))
    found = opened(Together((say("before"), made, *after), WHERE))

    (only,) = found.find("//w:tbl")
    assert _chain(found, only) == [True, True, last]
    assert len(found.find("./w:tr/w:trPr/w:cantSplit", only)) == 3


def test_all_that_stays_together_still_has_its_words():
    blocks: tuple[Table, ...] = tuple(
        table(row(cell("a"), cell("b"), cell("c")), anchor=f"tbl_{n}") for n in range(2)
    )
    found = opened(Together(blocks, WHERE))

    assert [text_of(each) for each in found.find("//w:tbl")] == ["abc", "abc"]
