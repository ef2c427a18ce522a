"""A Word style for each look that tables have, and one for tables that only arrange."""

from dataclasses import replace

import pytest
from lxml import etree

from briefpack.style import TABLE_LOOKS, Colour, Length
from briefpack.word.styles import LAYOUT, TABLES
from briefpack.word.stylesheet import styles_part
from tests.word.opened import W, style_of


def _style(name, style=None):
    root = etree.fromstring(styles_part(style or style_of(), "en"))
    (found,) = [each for each in root.findall(f"{W}style") if each.get(f"{W}styleId") == name]
    return found


def _part(found, kind):
    return [each for each in found.findall(f"{W}tblStylePr") if each.get(f"{W}type") == kind]


def test_every_look_has_a_style_of_its_own():
    assert set(TABLES) == set(TABLE_LOOKS)
    assert len(set(TABLES.values())) == len(TABLE_LOOKS)


@pytest.mark.parametrize("look", TABLE_LOOKS)
def test_a_style_has_the_lines_and_the_padding_of_its_look(look):
    found, wanted = _style(TABLES[look][0]), style_of().table_look(look)

    borders = found.find(f"{W}tblPr/{W}tblBorders")
    for side, width in (("top", wanted.top), ("bottom", wanted.bottom), ("insideH", wanted.row)):
        assert (borders.find(f"{W}{side}").get(f"{W}val") == "single") == (width > 0), side
    (left,) = found.iterfind(f"{W}tblPr/{W}tblCellMar/{W}left")
    assert left.get(f"{W}w") == str(wanted.padding_x.twips)


def test_the_rule_beside_the_first_column_is_the_styles():
    style = style_of()
    style = replace(style, matrix=replace(style.matrix, rule=Length(1), rule_colour=Colour(1, 2, 3)))

    (first,) = _part(_style("PackMatrix", style), "firstCol")
    (line,) = first.iter(f"{W}right")
    assert (line.get(f"{W}color"), line.get(f"{W}sz")) == ("010203", "8")
    assert _part(_style("PackTable", style), "firstCol") == []


def test_every_other_row_is_filled_only_where_the_look_says_so():
    style = style_of()
    style = replace(style, agenda=replace(style.agenda, band_fill=Colour(9, 9, 9)))

    assert _part(_style("PackAgenda", style), "band2Horz")
    assert _part(_style("PackTable", style), "band2Horz") == []


def test_a_table_that_only_arranges_has_no_lines_and_no_padding():
    found = _style(LAYOUT)

    assert found.find(f"{W}basedOn").get(f"{W}val") == "TableNormal"
    assert list(found.iter(f"{W}tblBorders")) == []
    (left,) = _style("TableNormal").iterfind(f"{W}tblPr/{W}tblCellMar/{W}left")
    assert left.get(f"{W}w") == "0"
