"""Drawings and charts as pictures, and charts of Word's own with their data."""

import io
import time
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import etree

from briefpack.document import Caption, Chart, ChartKind, Image, Series
from briefpack.drawing import Drawing, LineTo, MoveTo, Shape
from briefpack.style import ChartForm
from briefpack.word.xml import NAMESPACES
from tests.samples import WHERE, words
from tests.word.making import opened, pack
from tests.word.opened import style_of, written

CHART = "word/charts/chart1.xml"
DATA = "word/embeddings/Microsoft_Excel_Sheet1.xlsx"


def chart(kind=ChartKind.BAR, **more):
    values = (Decimal("2.51"), None, Decimal(3))
    fields = {
        "kind": kind,
        "horizontal": False,
        "stacked": False,
        "categories": ("2023", "2024", "2025"),
        "series": (Series("Allies", values, ("2.51", "", "3")), Series("=1+1", values, ("2.51", "", "3"))),
        "unit": "% of GDP",
        "labelled": True,
        "alt": "Bar chart. Allies: 2023 2.51.",
        "anchor": "fig_chart",
        "where": WHERE,
        "caption": Caption("Figure 1", words("Spending")),
    }
    return Chart(**(fields | more))


def _native(style=None):
    style = style or style_of()
    return replace(style, charts=replace(style.charts, word=ChartForm.NATIVE))


def _find(found, path, part=CHART):
    return etree.fromstring(found.parts[part]).xpath(path, namespaces=NAMESPACES)


def _drawing(width=100.0, height=50.0):
    return Drawing(width, height, (Shape((MoveTo(0, 0), LineTo(width, height)), stroke=(0, 0, 0)),))


def test_a_drawing_is_a_picture_of_its_own_size():
    found = opened(Image(_drawing(), "A line", "fig_line", WHERE))

    assert found.find("//wp:extent/@cx") == [str(100 * 12700)]
    assert found.find("//wp:extent/@cy") == [str(50 * 12700)]
    assert found.find("//wp:docPr/@descr") == ["A line"]
    assert any(name.endswith(".png") for name in found.parts)


def test_a_drawing_is_never_larger_than_the_page():
    found = opened(Image(_drawing(3000, 6000), "A line", "fig_line", WHERE))

    page = style_of().page
    (wide,), (high,) = found.find("//wp:extent/@cx"), found.find("//wp:extent/@cy")
    assert int(high) <= page.text_height.emu
    assert int(wide) * 2 == pytest.approx(int(high), rel=0.001)


def test_a_chart_is_the_pdfs_picture_unless_the_style_says_otherwise():
    found = opened(chart())

    assert CHART not in found.parts
    assert found.find("//wp:docPr/@descr") == ["Bar chart. Allies: 2023 2.51."]
    assert found.find("//pic:pic")
    assert found.texts("Caption") == ["Figure 1: Spending"]


@pytest.mark.parametrize(
    ("kind", "more", "element"),
    [
        (ChartKind.BAR, {}, "barChart"),
        (ChartKind.BAR, {"horizontal": True, "stacked": True}, "barChart"),
        (ChartKind.LINE, {}, "lineChart"),
        (ChartKind.AREA, {"stacked": True}, "areaChart"),
        (ChartKind.PIE, {}, "pieChart"),
        (ChartKind.DONUT, {"labelled": False}, "doughnutChart"),
    ],
)
def test_a_native_chart_is_of_the_kind_that_was_asked_for(kind, more, element):
    found = opened(chart(kind, **more), style=_native())

    (plot,) = _find(found, f"//c:plotArea/c:{element}")
    direction = plot.xpath("c:barDir/@val", namespaces=NAMESPACES)
    assert direction == ((["bar"] if more.get("horizontal") else ["col"]) if kind is ChartKind.BAR else [])
    shown = set(plot.xpath(".//c:showVal/@val", namespaces=NAMESPACES))
    assert shown == ({"1"} if more.get("labelled", True) else {"0"})


def test_a_native_chart_has_the_words_and_numbers_of_the_document():
    found = opened(chart(), style=_native())

    assert _find(found, "//c:ser/c:tx//c:v/text()") == ["Allies", "=1+1"]
    assert _find(found, "(//c:cat)[1]//c:v/text()") == ["2023", "2024", "2025"]
    assert _find(found, "(//c:val)[1]//c:pt/@idx") == ["0", "2"]
    assert _find(found, "(//c:val)[1]//c:v/text()") == ["2.51", "3"]
    assert _find(found, "//c:autoTitleDeleted/@val") == ["1"]
    assert _find(found, "//c:title//a:t/text()") == ["% of GDP"]


def test_a_native_chart_has_the_colours_and_the_font_of_the_style():
    found = opened(chart(), style=_native())

    palette = [colour.hex for colour in style_of().charts.palette]
    assert _find(found, "//c:ser/c:spPr/a:solidFill/a:srgbClr/@val") == palette[:2]
    assert set(_find(found, "//a:latin/@typeface")) == {style_of().fonts[style_of().text["chart"].font].word}


def test_patterns_tell_areas_apart_in_grey():
    style = _native()
    found = opened(chart(), style=replace(style, charts=replace(style.charts, patterns=True)))

    assert _find(found, "//c:ser/c:spPr/a:pattFill/@prst") == ["wdUpDiag"]


def test_the_axis_ends_where_the_document_says():
    ticks = tuple((Decimal(n), str(n)) for n in (0, 2, 4))
    found = opened(chart(ticks=ticks), style=_native())

    assert _find(found, "//c:valAx/c:scaling/c:max/@val") == ["4"]
    assert _find(found, "//c:valAx/c:scaling/c:min/@val") == ["0"]
    assert _find(found, "//c:valAx/c:majorUnit/@val") == ["2"]


def test_the_data_of_a_native_chart_can_be_edited():
    found = opened(chart(), style=_native())

    (relation,) = etree.fromstring(found.parts["word/charts/_rels/chart1.xml.rels"])
    assert relation.get("Target") == "../embeddings/Microsoft_Excel_Sheet1.xlsx"
    assert _find(found, "//c:externalData/@r:id") == [relation.get("Id")]
    assert _find(found, "(//c:val)[1]//c:f/text()") == ["Data!$B$2:$B$4"]
    with zipfile.ZipFile(io.BytesIO(found.parts[DATA])) as book:
        sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        strings = etree.fromstring(book.read("xl/sharedStrings.xml"))
    space = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    assert sheet.xpath("//s:c[@r='B2']/s:v/text()", namespaces=space) == ["2.51"]
    # A name that looks like a formula stays a name.
    assert sheet.xpath("//s:f", namespaces=space) == []
    assert "=1+1" in strings.xpath("//s:t/text()", namespaces=space)


def test_two_native_charts_have_parts_of_their_own():
    found = opened(chart(), chart(anchor="fig_chart_2", caption=None), style=_native())

    assert {"word/charts/chart1.xml", "word/charts/chart2.xml"} <= set(found.parts)


def test_the_clock_does_not_show_in_a_native_chart():
    document, style = pack((chart(),)), _native()
    first = written(document, style).content
    time.sleep(1.1)

    assert written(document, style).content == first
