from dataclasses import replace

import pytest
from lxml import etree

from briefpack.style import TEXT_ROLES, Colour, Length
from briefpack.word.styles import PARAGRAPHS
from briefpack.word.stylesheet import styles_part
from tests.word.opened import NAMESPACES, W, style_of

# Roles that set characters, drawings, or what a Word file does not have.
NOT_PARAGRAPHS = {
    "term",
    "chart",
    "page-number",
    "cover-label",
    "code",
    "link",
    "watermark",
    "stamp",
    "blank-page",
    "divider-label",
    "divider-title",
    "divider-line",
}


def _styles(style):
    root = etree.fromstring(styles_part(style, style.words and "en"))
    return {found.get(f"{W}styleId"): found for found in root.findall(f"{W}style")}, root


def _value(found, path):
    values = found.xpath(path, namespaces=NAMESPACES)
    return values[0] if values else None


def test_every_role_that_sets_paragraphs_is_a_word_style():
    assert set(PARAGRAPHS) == set(TEXT_ROLES) - NOT_PARAGRAPHS


def test_built_in_styles_carry_words_own_names_and_others_are_custom():
    styles, _ = _styles(style_of())
    names = {_value(found, "./w:name/@w:val"): found for found in styles.values()}

    for name in (
        "Normal",
        "heading 1",
        "heading 4",
        "toc 1",
        "toc 3",
        "caption",
        "header",
        "footer",
        "List Paragraph",
    ):
        assert names[name].get(f"{W}customStyle") is None
    for name in ("Callout", "Addressee", "Table Cell", "Pack Table", "Banner"):
        assert names[name].get(f"{W}customStyle") == "1"


def test_there_is_exactly_one_default_of_each_type():
    _, root = _styles(style_of())

    defaults = [found.get(f"{W}type") for found in root.findall(f"{W}style[@{W}default='1']")]
    assert sorted(defaults) == ["character", "numbering", "paragraph", "table"]


@pytest.mark.parametrize("name", ["base", "minister", "press"])
def test_sizes_colours_and_line_pitch_come_from_the_style(name):
    style = style_of(name)
    styles, _ = _styles(style)
    normal_size = _value(styles["Normal"], "./w:rPr/w:sz/@w:val")
    normal = _value(styles["Normal"], "./w:pPr/w:spacing/@w:line")

    for role, word in PARAGRAPHS.items():
        found, text = styles[word.id], style.text[role]
        assert (_value(found, "./w:rPr/w:sz/@w:val") or normal_size) == str(round(text.size * 2))
        line = _value(found, "./w:pPr/w:spacing/@w:line") or normal
        assert line == str(text.line_pitch.twips)
        rule = _value(found, "./w:pPr/w:spacing/@w:lineRule") or "exact"
        assert rule == "exact"


def test_fonts_fill_all_four_slots_with_the_name_word_knows():
    style = style_of()
    fonts = _styles(style)[0]["Normal"].find(f"{W}rPr/{W}rFonts")

    assert set(fonts.attrib.values()) == {"Calibri"}
    assert len(fonts.attrib) == 4


def test_the_look_of_text_is_that_of_normal_and_no_default_of_the_document():
    """Which LibreOffice would set in tables against the styles of links and other words."""
    styles, root = _styles(style_of())

    assert [each.tag for each in root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")] == [f"{W}lang"]
    assert {f"{W}rFonts", f"{W}sz", f"{W}color"} <= {each.tag for each in styles["Normal"].find(f"{W}rPr")}


def test_a_change_of_the_style_is_a_change_of_the_word_style():
    style = style_of()
    title = replace(style.text["section-title"], colour=Colour(1, 2, 3), size=Length(33), italic=True)
    changed = replace(style, text={**style.text, "section-title": title})

    heading = _styles(changed)[0]["Heading1"]

    assert _value(heading, "./w:rPr/w:color/@w:val") == "010203"
    assert _value(heading, "./w:rPr/w:sz/@w:val") == "66"
    assert heading.find(f"{W}rPr/{W}i").get(f"{W}val") is None


def test_bands_and_header_fills_are_conditional_formats_of_the_table_style():
    style = style_of()
    look = replace(style.table, band_fill=Colour(250, 250, 250), header_fill=Colour(1, 1, 1))
    table = _styles(replace(style, table=look))[0]["PackTable"]

    fills = {
        found.get(f"{W}type"): _value(found, ".//w:shd/@w:fill") for found in table.findall(f"{W}tblStylePr")
    }
    assert fills == {"firstRow": "010101", "band2Horz": "FAFAFA"}
