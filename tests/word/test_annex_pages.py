"""Annexes shown as pictures: one page of theirs on each page, where references and the contents lead."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from briefpack.document import CrossReference, Document, ImageData, PageNumbers, Paragraph, Section
from briefpack.style import AnnexLook, SectionStart, Style
from briefpack.word.annex_pages import last_page
from briefpack.word.annexes import schedule_page
from briefpack.word.writer import write_docx
from tests.conformance.fonts import write_fonts
from tests.conftest import need_tool
from tests.samples import WHERE, picture, sample_document, words
from tests.word.opened import Opened, faults, numbers_of, open_docx, style_of, text_of

UPRIGHT, LYING = (300, 424), (424, 300)
EMU = 12_700


def page(shape: tuple[int, int], n: int = 0, dpi: float = 36.0) -> ImageData:
    """The picture of an A4 page; n makes it another one."""
    made = picture(shape[0] + n, shape[1])
    return ImageData(made.content, made.format, made.width, made.height, dpi)


def shown(**shapes: Sequence[tuple[int, int]]) -> dict[str, tuple[ImageData, ...]]:
    return {
        anchor: tuple(page(shape, number) for number, shape in enumerate(found))
        for anchor, found in shapes.items()
    }


def opened(
    document: Document,
    pictures: Mapping[str, Sequence[ImageData]],
    style: Style | None = None,
    numbers: PageNumbers | None = None,
) -> Opened:
    return open_docx(write_docx(document, style or style_of(), numbers or numbers_of(document), pictures))


def recto(style: Style) -> Style:
    return replace(
        style,
        page=replace(style.page, two_sided=True, section_start=SectionStart.RECTO),
        annexes=replace(style.annexes, recto=True),
    )


DOCUMENT = sample_document(annexes=(3, 1, 2))
PICTURES = shown(annex_a=[UPRIGHT, LYING, UPRIGHT], annex_c=[LYING, LYING])


@pytest.fixture(scope="module")
def both() -> Opened:
    """Annexes A and C are shown, B is in the schedule only."""
    return opened(DOCUMENT, PICTURES)


def test_it_is_sound(both: Opened) -> None:
    assert faults(both) == []


def test_every_annex_that_is_shown_has_a_heading_and_all_its_pages(both: Opened) -> None:
    headings = both.texts("Heading1")
    titles = [annex.title for annex in DOCUMENT.annexes]

    assert headings[-3:] == ["Schedule of annexes", f"Annex A · {titles[0]}", f"Annex C · {titles[2]}"]
    sources = both.texts("Source")
    assert "Washington Summit, July 2024 · Public document" in sources
    assert sources[-2:] == ["C-1", "C-2"]
    assert [text for text in sources if text.startswith("A-")] == [
        f"A-{n} · Public document" for n in (1, 2, 3)
    ]


def test_every_page_says_what_it_is(both: Opened) -> None:
    spoken = [each.get("descr") for each in both.find("//wp:docPr")][-5:]
    title = DOCUMENT.annexes[0].title

    assert spoken[0] == f"Annex A, page 1 of 3: “{title}” (picture of the page)"
    assert [each.split(":")[0] for each in spoken] == [
        *(f"Annex A, page {n} of 3" for n in (1, 2, 3)),
        *(f"Annex C, page {n} of 2" for n in (1, 2)),
    ]


def test_pages_lie_as_their_pictures_do(both: Opened) -> None:
    sheets = [
        (each.get(f"{{{each.nsmap['w']}}}orient"), each.get(f"{{{each.nsmap['w']}}}w"))
        for each in both.find("//w:sectPr/w:pgSz")
    ]
    # Schedule; then A: upright, lying, upright; C: lying.
    assert [orient for orient, _ in sheets[-5:]] == [None, None, "landscape", None, "landscape"]
    assert int(sheets[-1][1]) > int(sheets[-2][1])


def test_pictures_stay_within_their_pages(both: Opened) -> None:
    style = style_of()
    for drawing in both.find("//wp:inline")[-5:]:
        (extent,) = both.find("./wp:extent", drawing)
        wide, high = int(extent.get("cx")) / EMU, int(extent.get("cy")) / EMU
        lying = wide > high
        setup = style.page.turned if lying else style.page
        assert wide <= setup.text_width + 0.1
        assert high < setup.text_height - style.text["source"].line_pitch
        # The frame is filled in one of its two directions, but for what stands beside the picture.
        assert wide > 0.98 * setup.text_width or high > 0.7 * setup.text_height


def test_a_page_smaller_than_the_frame_keeps_its_size() -> None:
    small = ImageData(page(UPRIGHT).content, "png", 300, 424, 150.0)
    made = opened(sample_document(annexes=(1, 1, 1)), {"annex_b": (small,)})
    (extent,) = made.find("./wp:extent", made.find("//wp:inline")[-1])

    assert int(extent.get("cx")) / EMU == pytest.approx(144, abs=0.1)


def test_references_lead_to_the_pages_that_are_shown_and_to_rows_for_the_others() -> None:
    spans = (
        CrossReference("annex_a", words("Annex A")),
        CrossReference("annex_a", words("Annex A, p. 3"), annex_page=3),
        CrossReference("annex_b", words("Annex B, p. 1"), annex_page=1),
    )
    section = Section("1", "Title", "sec_only", (), (Paragraph(spans, WHERE),), WHERE)
    made = opened(replace(DOCUMENT, sections=(section,), contents=()), PICTURES)

    assert faults(made) == []
    assert made.find("//w:p[w:pPr/w:pStyle/@w:val='Normal']//w:hyperlink/@w:anchor") == [
        "annex_a", "annex_a_p3", "annex_b",
    ]  # fmt: skip
    in_rows = made.find("//w:tbl//w:bookmarkStart/@w:name")
    on_pages = made.find("//w:p[.//wp:inline]/w:bookmarkStart/@w:name")
    assert in_rows == ["annex_b"]
    assert on_pages == ["annex_a_p1", "annex_a_p2", "annex_a_p3", "annex_c_p1", "annex_c_p2"]
    assert made.find("//w:p[w:pPr/w:pStyle/@w:val='Heading1']/w:bookmarkStart/@w:name")[-2:] == [
        "annex_a", "annex_c",
    ]  # fmt: skip


def test_the_schedule_leads_on_to_what_is_shown(both: Opened) -> None:
    rows = both.find("//w:tbl")[-1]

    assert both.find(".//w:hyperlink/@w:anchor", rows) == ["annex_a", "annex_c"]
    # The navigation pane has each annex once.
    assert both.texts("AnnexTitle") == [DOCUMENT.annexes[1].title]


def test_the_contents_print_the_annexes_own_numbers_and_lead_to_them(both: Opened) -> None:
    lines = [text_of(line).split("\t") for line in both.paragraphs("TOC1")]

    assert [line[-1] for line in lines[-3:]] == ["A-1", "B-1", "C-1"]


def test_the_last_page_is_that_of_the_last_annex(both: Opened) -> None:
    numbers = numbers_of(DOCUMENT)
    style = style_of()
    first = int(schedule_page(style, numbers))

    assert last_page(style, numbers, [3, 2]) == first + 5
    (end,) = both.find("//w:bookmarkStart[@w:name='_Last_of_file']/ancestor::w:p")
    assert text_of(end) == "C-2"


def test_headers_name_the_annex_where_they_name_sections() -> None:
    made = opened(DOCUMENT, PICTURES, style_of("delegation"))
    verso = [dict(kinds)["even"].split("\t")[0] for kinds in made.headers("header")]

    banner = verso[0].removesuffix(DOCUMENT.sections[0].title)
    assert [words.removeprefix(banner) for words in verso[-4:]] == [
        "Annex A",
        "Annex A",
        "Annex A",
        "Annex C",
    ]


@pytest.mark.parametrize(
    ("body", "pages", "last"), [(5, [], 7), (5, [3], 11), (5, [1, 1], 11), (4, [2, 2], 10)]
)
def test_right_hand_pages_leave_some_empty(body: int, pages: list[int], last: int) -> None:
    """The schedule stands on page 7 or 5; an annex begins on the next odd page."""
    assert last_page(recto(style_of()), PageNumbers({}, 2, body, "layout"), pages) == last


def test_equal_arguments_give_equal_bytes() -> None:
    assert opened(DOCUMENT, PICTURES).content == opened(DOCUMENT, PICTURES).content


def test_a_pack_of_annexes_alone_is_sound() -> None:
    document = replace(sample_document(annexes=(1,)), sections=(), contents=())
    made = opened(document, shown(annex_a=[LYING]))

    assert faults(made) == []


def test_the_style_says_what_a_word_file_has_of_annexes() -> None:
    assert isinstance(style_of().annexes, AnnexLook)
    assert [each.value for each in type(style_of().annexes.word)] == ["schedule", "pictures"]


# --------------------------------------------------------------------------- LibreOffice


def _cases() -> dict[str, tuple[Style, Document, dict[str, tuple[ImageData, ...]]]]:
    tall = [(90, 636), UPRIGHT, (636, 90), LYING, LYING, UPRIGHT]
    document = sample_document(annexes=(6, 1, 2))
    pictures = shown(annex_a=tall, annex_b=[LYING], annex_c=[UPRIGHT, UPRIGHT])
    names = ("base", "delegation", "minister", "press", "staff")
    cases = {name: (style_of(name), document, pictures) for name in names}
    return {**cases, "recto": (recto(style_of("delegation")), document, pictures)}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pypdfium2.PdfDocument]:
    program = need_tool("soffice")
    folder = tmp_path_factory.mktemp("printed")
    for name, (style, document, pictures) in _cases().items():
        (folder / f"{name}.docx").write_bytes(write_docx(document, style, numbers_of(document), pictures))
    options = json.dumps({"IsSkipEmptyPages": {"type": "boolean", "value": "false"}})
    ran = subprocess.run(
        [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
         "--convert-to", f"pdf:writer_pdf_Export:{options}", "--outdir", str(folder),
         *(str(folder / f"{name}.docx") for name in _cases())],
        capture_output=True, check=False, timeout=300,
        env={**os.environ, "FONTCONFIG_FILE": str(write_fonts(folder))},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr.decode()
    return {name: pypdfium2.PdfDocument(folder / f"{name}.pdf") for name in _cases()}


@pytest.mark.parametrize("name", [*_cases()])
def test_libreoffice_sets_one_page_of_an_annex_on_each_page(
    name: str, printed: dict[str, pypdfium2.PdfDocument]
) -> None:
    _, document, _ = _cases()[name]
    labels = [f"{annex.label}-{n}" for annex in document.annexes for n in range(1, annex.pages + 1)]
    pages = [found.get_textpage().get_text_range().split() for found in printed[name]]
    at = [next((n for n in range(len(pages) - 1, -1, -1) if label in pages[n]), None) for label in labels]

    assert None not in at
    steps = [after - before for before, after in pairwise(at)]
    starts = {labels.index(f"{annex.label}-1") for annex in document.annexes[1:]}
    allowed = {1, 2} if name == "recto" else {1}
    assert all(step in (allowed if n + 1 in starts else {1}) for n, step in enumerate(steps)), steps
    assert at[-1] == len(pages) - 1
    if name == "recto":
        # Sheets are told by their number at the foot, which continues that of the body.
        firsts = [at[labels.index(f"{annex.label}-1")] for annex in document.annexes]
        assert len({first % 2 for first in firsts}) == 1


@pytest.mark.parametrize("name", [*_cases()])
def test_headings_stand_above_the_first_page_of_their_annex(
    name: str, printed: dict[str, pypdfium2.PdfDocument]
) -> None:
    pdf = printed[name]
    titles = {annex.label: annex for annex in _cases()[name][1].annexes}
    marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in pdf.get_toc()]
    found = {title: number for title, number in marks if title.startswith("Annex ")}

    assert len(found) == len(titles)
    for label in titles:
        (number,) = [n for title, n in found.items() if title.startswith(f"Annex {label} ")]
        assert f"{label}-1" in pdf[number].get_textpage().get_text_range().split()


def test_the_sound_file_is_valid(tmp_path: Path) -> None:
    for name, (style, document, pictures) in _cases().items():
        path = tmp_path / f"{name}.docx"
        path.write_bytes(write_docx(document, style, numbers_of(document), pictures))
        for command in (["openxml_audit", "-q"], ["ooxml_integrity", "check"]):
            ran = subprocess.run(
                [sys.executable, "-m", *command, str(path)], capture_output=True, text=True, check=False
            )
            assert ran.returncode == 0, ran.stdout + ran.stderr
