"""The Word style of each look that tables have, and the one of tables that only arrange."""

from __future__ import annotations

from briefpack.style import Length, Style, TableLook
from briefpack.word.looks import border, shading
from briefpack.word.style_xml import style_element
from briefpack.word.styles import LAYOUT, TABLES, Name
from briefpack.word.tables import header_look
from briefpack.word.xml import EMPTY, Xml, element, value

_NO_MARGINS = Xml(
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr>"
)


def table_styles(style: Style) -> list[Xml]:
    """All table styles, the default one first."""
    plain = style_element(
        "table", Name("TableNormal", "Normal Table"), _NO_MARGINS, base=None, priority=99, default=True
    )
    layout = style_element("table", Name(LAYOUT, "Pack Layout"), base="TableNormal", priority=53)
    looks = [_look(style.table_look(look), Name(*name)) for look, name in TABLES.items()]
    return [plain, *looks, layout]


def _look(look: TableLook, name: Name) -> Xml:
    line, top = look.line_colour.hex, look.top_colour.hex
    margins = element(
        "w:tblCellMar",
        None,
        *(
            element(f"w:{side}", {"w:w": length.twips, "w:type": "dxa"})
            for side, length in (
                ("top", look.padding_y),
                ("left", look.padding_x),
                # Word adds the line to the row's height, the PDF draws it on the edge.
                ("bottom", Length(max(0.0, look.padding_y - look.row))),
                ("right", look.padding_x),
            )
        ),
    )
    borders = element(
        "w:tblBorders",
        None,
        border("top", look.top, top),
        border("bottom", look.bottom, line),
        border("insideH", look.row, line),
    )
    header = element(
        "w:tblStylePr",
        {"w:type": "firstRow"},
        element("w:tcPr", None, header_look(look, first=True, above=True, below=True)),
    )
    rule = element("w:tcBorders", None, border("right", look.rule, look.rule_colour.hex))
    first_column = (
        element("w:tblStylePr", {"w:type": "firstCol"}, element("w:tcPr", None, rule))
        if look.rule > 0
        else EMPTY
    )
    band = (
        element(
            "w:tblStylePr",
            {"w:type": "band2Horz"},
            element("w:tcPr", None, shading(look.band_fill.hex)),
        )
        if look.band_fill
        else EMPTY
    )
    own = element(
        "w:tblPr",
        None,
        value("tblStyleRowBandSize", 1),
        element("w:tblInd", {"w:w": 0, "w:type": "dxa"}),
        borders,
        margins,
    )
    return style_element("table", name, own, header, first_column, band, base="TableNormal", priority=52)
