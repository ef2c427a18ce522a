from dataclasses import replace

import pytest

from briefpack.style import Slots
from tests.samples import sample_document
from tests.word.opened import NAMESPACES, W, faults, numbers_of, style_of, text_of, written


@pytest.mark.parametrize("name", ["base", "minister", "delegation", "staff", "press"])
@pytest.mark.parametrize("kind", ["header", "footer"])
def test_the_banner_is_on_top_and_at_the_foot_of_every_kind_of_page_of_every_section(name, kind):
    document = sample_document(marking="SPECIMEN — INTERNAL")
    opened = written(document, style_of(name))

    sections = list(opened.headers(kind))

    assert len(sections) == len(opened.sections())
    for pages in sections:
        assert pages
        assert all("SPECIMEN — INTERNAL" in words for _, words in pages)


def test_the_cover_carries_the_banner_alone():
    opened = written(sample_document(marking="INTERNAL", watermark=None))

    assert next(iter(opened.headers("header"))) == [("default", "INTERNAL")]
    assert next(iter(opened.headers("footer"))) == [("default", "INTERNAL")]


def test_left_hand_pages_mirror_right_hand_ones():
    style = style_of()
    header = replace(style.header, recto=Slots("{reference}", "", "{audience}"), verso=None)
    style = replace(style, header=header, page=replace(style.page, two_sided=True))
    document = sample_document(marking="M", watermark=None)

    pages = dict(list(written(document, style).headers("header"))[2])

    assert pages["default"] == "MFMM(25)\t\tDelegation"
    assert pages["even"] == "MDelegation\t\tFMM(25)"


def test_one_sided_packs_have_no_left_hand_pages():
    opened = written(sample_document())

    assert {kind for section in opened.headers("header") for kind, _ in section} == {"default"}
    assert opened.root("word/settings.xml").find(f"{W}evenAndOddHeaders") is None


def test_a_section_names_itself_in_its_own_header():
    style = style_of()
    style = replace(style, header=replace(style.header, recto=Slots("{section}", "", "")))
    document = sample_document(marking="", watermark=None, annexes=())

    opened = written(document, style)
    words = [section[0][1] for section in list(opened.headers("header"))[2:]]

    assert words == [section.title for section in document.sections]


def test_a_first_page_may_have_furniture_of_its_own():
    style = style_of()
    style = replace(style, header=replace(style.header, first=Slots("", "first", "")))
    opened = written(sample_document(annexes=()), style)

    titled = [section.find(f"{W}titlePg") is not None for section in opened.sections()]
    assert titled == [False, False, True, True, True]
    assert "first" in dict(list(opened.headers("header"))[2])["first"]
    assert "Specimen — internal" in dict(list(opened.headers("footer"))[2])["first"]


def test_the_number_of_pages_is_that_of_the_body():
    style = style_of()
    style = replace(style, footer=replace(style.footer, recto=Slots("", "{page} / {pages}", "")))
    document = sample_document(annexes=())
    numbers = numbers_of(document)
    opened = written(document, style, numbers)

    words = [section[0][1] for section in list(opened.headers("footer"))[2:]]

    assert all(f"1 / {numbers.body_pages}" in each for each in words)
    assert faults(opened) == []


def test_tabs_are_set_for_the_width_of_the_text():
    style = style_of()
    styles = written(sample_document()).root("word/styles.xml")
    width = style.page.text_width.twips

    stops = styles.xpath("//w:style[@w:styleId='Header']//w:tab/@w:pos", namespaces=NAMESPACES)

    assert stops == [str(width // 2), str(width)]


def test_furniture_fills_the_margin_and_does_not_push_the_text():
    style = style_of("delegation")
    opened = written(sample_document(), style)

    for section in opened.sections()[1:]:
        margins = section.find(f"{W}pgMar")
        for kind, edge in (("header", "top"), ("footer", "bottom")):
            for reference in section.findall(f"{W}{kind}Reference"):
                root = opened.root(opened.related(reference.get(f"{{{NAMESPACES['r']}}}id")))
                height = sum(_height(p, style, kind) for p in root.findall(f"{W}p"))
                room = int(margins.get(f"{W}{edge}")) - int(margins.get(f"{W}{kind}"))
                assert room - 8 <= height <= room


def _height(paragraph, style, kind):
    spacing = paragraph.find(f"{W}pPr/{W}spacing")
    name = paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
    role = {"Banner": "banner", "Header": "header", "Footer": "footer"}[name]
    rule = 0
    for side in paragraph.iterfind(f"{W}pPr/{W}pBdr/*"):
        rule = int(side.get(f"{W}space")) * 20 + int(side.get(f"{W}sz")) * 20 / 8
    lines = style.text[role].line_pitch.twips
    return lines + rule + int(spacing.get(f"{W}before", 0)) + int(spacing.get(f"{W}after", 0))


def test_words_of_furniture_are_never_field_codes():
    document = sample_document(reference="{ PAGE }", marking="{page}")
    opened = written(document)

    assert "{ PAGE }" in list(opened.headers("header"))[2][0][1]
    assert text_of(opened.root("word/header1.xml")) == "{page}"
