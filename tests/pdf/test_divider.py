"""What stands before an annex: a page, a page with a banner, or nothing."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
from PIL import ImageChops

from briefpack.body import AnnexPages, BodyPage
from briefpack.document import Document
from briefpack.pdf.divider import divider_flows, divider_top, has_divider
from briefpack.pdf.fonts import Faces
from briefpack.pdf.layout import Laid, lay_out
from briefpack.pdf.pages import PageKind
from briefpack.pdf.structure import Element
from briefpack.pdf.text import Typesetter
from briefpack.pdf.writer import write_body
from briefpack.style import AnnexLook, Colour, DividerSheet, SectionStart, Style
from tests.pdf.looks import style
from tests.samples import sample_annexes, sample_document

ZOOM = 2


def with_sheet(sheet: DividerSheet, name: str = "base", **more: object) -> Style:
    look = style(name)
    return replace(look, divider=replace(look.divider, sheet=sheet, **more))


def damaged(document: Document) -> Document:
    """The same with a second annex that is what is left of a damaged file."""
    first, second, *others = document.annexes
    return replace(document, annexes=(first, replace(second, damaged=True), *others))


def words_of(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def dividers(laid: Laid) -> list[int]:
    return [index for index, page in enumerate(laid.pages) if page.kind is PageKind.DIVIDER]


# --------------------------------------------------------------------------- a banner


def banner(look: Style) -> tuple[str, list[tuple[tuple[int, int, int], int]], tuple[float, ...]]:
    """The words of the first divider, its colours, those of most pixels first, and the edges of its band in points, from the upper left corner."""
    document = sample_document()
    # The marking above has the band's colour, too.
    look = replace(look, banner="")
    laid = lay_out(document, look)
    (first, *_) = dividers(laid)
    content = write_body(document, look, laid).content
    opened = pypdfium2.PdfDocument(content)
    try:
        picture = opened[first].render(scale=ZOOM).to_pil().convert("RGB")
    finally:
        opened.close()
    ground = look.divider.rule_colour
    near = [
        channel.point([255 if abs(value - part) <= 2 else 0 for value in range(256)])
        for channel, part in zip(picture.split(), (ground.red, ground.green, ground.blue), strict=True)
    ]
    box = ImageChops.darker(ImageChops.darker(near[0], near[1]), near[2]).getbbox()
    assert box is not None
    colours = sorted(
        ((colour, count) for count, colour in picture.crop(box).getcolors(1 << 20)), key=lambda c: -c[1]
    )
    return words_of(content)[first], colours, tuple(edge / ZOOM for edge in box)


@pytest.mark.parametrize("name", ["base", "minister", "staff", "press", "delegation"])
def test_a_banner_carries_label_title_and_line_at_the_head_of_the_page(name: str) -> None:
    look = with_sheet(DividerSheet.BANNER, name)
    words, _, (left, top, right, bottom) = banner(look)
    (annex, *_) = sample_annexes()
    assert annex.title in words
    assert f"{annex.label} {annex.title}" in words
    assert "Washington Summit, July 2024" in words
    assert "A-1 to A-4" in words
    # As wide as the text, from the frame's top, and no more than a third of it.
    assert right - left == pytest.approx(look.page.text_width, abs=1)
    assert top == pytest.approx(look.page.top, abs=1)
    assert bottom - top < look.page.text_height / 3


@pytest.mark.parametrize(
    "ground", ["1b365d", "d9bf69", "757575", "777777", "ff0000", "0000ff", "ffff00", "7f8000"]
)
def test_the_words_on_a_banner_can_be_read_on_every_colour(ground: str) -> None:
    colour = Colour(*bytes.fromhex(ground))
    look = with_sheet(DividerSheet.BANNER, rule_colour=colour)
    _, colours, _ = banner(look)
    (first, _), *others = colours
    assert first == (colour.red, colour.green, colour.blue)
    ink = next(each for each, _ in others if each in {(255, 255, 255), (0, 0, 0)})
    assert Colour(*ink).contrast(colour) >= 4.5


def test_a_label_too_wide_for_a_banner_stands_above_the_title() -> None:
    look = with_sheet(DividerSheet.BANNER)
    setter = Typesetter(look, Faces(look.fonts), "en")
    (annex,) = sample_annexes((4,))
    heights = []
    for label in ("A", "XXXVIII"):
        (band,) = divider_flows(replace(annex, label=label), "en", look, setter, Element("Sect"))
        heights.append(band.fit(float(look.page.text_width)))
        assert band.anchors()[0][0] == annex.anchor
    assert heights[1] > heights[0]


def test_label_and_title_are_one_heading_on_every_sheet() -> None:
    for sheet in (DividerSheet.PAGE, DividerSheet.BANNER):
        look = with_sheet(sheet)
        part = Element("Sect")
        divider_flows(sample_annexes()[0], "en", look, Typesetter(look, Faces(look.fonts), "en"), part)
        assert [child.kind for child in part.children] == ["H1", "P"]


def test_a_banner_stands_at_the_head_and_a_label_where_the_style_says() -> None:
    assert divider_top(with_sheet(DividerSheet.BANNER)) == 0
    assert divider_top(with_sheet(DividerSheet.PAGE)) == style().divider.top


# --------------------------------------------------------------------------- none


def test_without_dividers_annexes_follow_each_other() -> None:
    document = sample_document()
    look = with_sheet(DividerSheet.NONE)
    laid = lay_out(document, look)
    assert dividers(laid) == []
    annexes = [item for item in laid.plan if isinstance(item, AnnexPages)]
    assert list(laid.plan[-3:]) == annexes == [AnnexPages(0), AnnexPages(1), AnnexPages(2)]
    body = laid.page_numbers.body_pages
    assert laid.annex_running == (body + 1, body + 5, body + 6)
    labels = laid.page_numbers.label_of
    assert [labels[annex.anchor] for annex in document.annexes] == ["A-1", "B-1", "C-1"]


def test_without_dividers_what_leads_to_an_annex_leads_to_its_first_page() -> None:
    document = sample_document()
    look = with_sheet(DividerSheet.NONE)
    body = write_body(document, look, lay_out(document, look))
    assert {"annex_a_p1", "annex_b_p1"} <= set(body.annex_destinations)
    with pytest.raises(StopIteration):
        next(page for page in words_of(body.content) if page.startswith("A Action plan"))
    # And what leads into an annex with a divider leads to that.
    usual = write_body(document, style(), lay_out(document, style()))
    assert set(usual.annex_destinations) <= set(body.annex_destinations)


def recto(sheet: DividerSheet, *, two_sided: bool = True) -> Style:
    look = with_sheet(sheet)
    page = replace(look.page, two_sided=two_sided, section_start=SectionStart.PAGE)
    annexes = look.annexes
    return replace(look, page=page, annexes=AnnexLook(annexes.scale, annexes.paper, annexes.word, recto=True))


def starts(document: Document, laid: Laid) -> list[tuple[str, int]]:
    """What each sheet of a pack begins: the pages of an annex, or a divider, with the number of sheets before it since page 1."""
    found, sheets = [], 0
    for item in laid.plan:
        match item:
            case BodyPage(index):
                page = laid.pages[index]
                if page.running is None:
                    continue
                assert page.running == sheets + 1
                if page.kind is PageKind.DIVIDER:
                    found.append((page.label, sheets))
                sheets += 1
            case AnnexPages(annex):
                assert laid.annex_running[annex] == sheets + 1
                found.append((f"{document.annexes[annex].label}-1", sheets))
                sheets += document.annexes[annex].pages
    return found


@pytest.mark.parametrize("sheet", DividerSheet, ids=lambda sheet: sheet.value)
def test_annexes_begin_on_right_hand_pages_where_the_style_says_so(sheet: DividerSheet) -> None:
    document = sample_document(annexes=(3, 1, 2, 5))
    laid = lay_out(document, recto(sheet))
    found = starts(document, laid)
    assert len(found) == (4 if sheet is DividerSheet.NONE else 8)
    assert all(before % 2 == 0 for _, before in found), found
    blanks = [page.label for page in laid.pages if page.kind is PageKind.BLANK and page.running is not None]
    assert {"A-3*", "B-1*"} <= set(blanks)
    # Sections still follow each other.
    body = [page for page in laid.pages if page.kind is PageKind.BODY]
    assert any(page.first and page.verso for page in body)


def test_in_packs_of_one_side_there_is_no_right_hand_page() -> None:
    document = sample_document(annexes=(3, 1, 2))
    laid = lay_out(document, recto(DividerSheet.NONE, two_sided=False))
    assert all(page.kind is not PageKind.BLANK for page in laid.pages)


def test_the_number_of_pages_counts_the_body_alone_whatever_stands_before_annexes() -> None:
    document = sample_document(annexes=(3, 1, 2))
    look = recto(DividerSheet.NONE)
    look = replace(
        look, footer=replace(look.footer, recto=replace(look.footer.recto, centre="{page} of {pages}"))
    )
    laid = lay_out(document, look)
    words = words_of(write_body(document, look, laid).content)
    numbered = [page for page in laid.pages if page.running is not None and page.label.isdigit()]
    assert any(f"of {numbered[-1].label}" in page for page in words)


# --------------------------------------------------------------------------- damaged


@pytest.mark.parametrize("sheet", DividerSheet, ids=lambda sheet: sheet.value)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_left_of_a_damaged_file_says_so_before_it(sheet: DividerSheet, language: str) -> None:
    document = damaged(sample_document(language=language))
    look = with_sheet(sheet)
    laid = lay_out(document, look)
    words = words_of(write_body(document, look, laid).content)
    said = look.word("annex_damaged", language)
    marked = [laid.pages[index].label for index, page in enumerate(words) if said.split("\u00a0;")[0] in page]
    assert marked == ["B"]
    assert [has_divider(annex, look) for annex in document.annexes] == [
        sheet is not DividerSheet.NONE,
        True,
        sheet is not DividerSheet.NONE,
    ]
