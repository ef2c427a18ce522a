from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from briefpack.document import Table, TocKind, annex_page_anchor
from briefpack.pdf.layout import lay_out
from briefpack.pdf.pages import PageKind
from briefpack.pdf.writer import write_body
from briefpack.style import Slots
from tests.conftest import need_tool
from tests.pdf.looks import NAMES, pack, style
from tests.samples import sample_document


def _texts(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [document[k].get_textpage().get_text_bounded() for k in range(len(document))]
    finally:
        document.close()


def _labels(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [document.get_page_label(k) for k in range(len(document))]
    finally:
        document.close()


def _footers(content: bytes, name: str) -> list[str]:
    """The words below the text frame of each page, as pdfium finds them."""
    document = pypdfium2.PdfDocument(content)
    setup = style(name).page
    try:
        return [
            document[k].get_textpage().get_text_bounded(bottom=0, top=float(setup.bottom) - 1)
            for k in range(len(document))
        ]
    finally:
        document.close()


def _targets(content: bytes) -> dict[int, list[tuple[str, int | None]]]:
    """Links of each page: their words, and the 0-based page they lead to (None for the web)."""
    found: dict[int, list[tuple[str, int | None]]] = {}
    with pikepdf.open(io.BytesIO(content)) as opened:
        index = {page.objgen: k for k, page in enumerate(opened.pages)}
        destinations = opened.Root.get("/Dests", {})
        for number, page in enumerate(opened.pages):
            for link in page.get("/Annots", []):
                assert link.Border == [0, 0, 0]
                assert link.F == 4
                where = link.get("/Dest")
                if isinstance(where, pikepdf.Name):
                    where = destinations[where]
                target = None if where is None else index[where[0].objgen]
                found.setdefault(number, []).append((str(link.Contents), target))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_contents_numbers_printed_numbers_and_page_labels_are_one(name: str) -> None:
    document, laid, body = pack(name, annexes=False)
    texts, labels, footers = _texts(body.content), _labels(body.content), _footers(body.content, name)
    assert labels == [page.label for page in laid.pages] == list(body.labels)
    pages = [k for k, page in enumerate(laid.pages) if page.kind is PageKind.CONTENTS]
    contents = " ".join("".join(texts[k] for k in pages).replace(".", " ").split())
    for entry in document.contents:
        if entry.level > style(name).contents.depth:
            continue
        index, _ = body.destinations[entry.anchor]
        label = labels[index]
        title = " ".join(entry.title.replace(".", " ").split())
        assert f"{title} {label}" in contents, entry
        assert " ".join(entry.title.split()) in " ".join(texts[index].split())
        assert label in footers[index].split()


def test_poppler_reads_the_same_words_on_the_same_pages() -> None:
    tool = need_tool("pdftotext")
    # Slanted words are no words to poppler.
    document = sample_document(annexes=(), watermark=None)
    laid = lay_out(document, style())
    content = write_body(document, style(), laid).content
    done = subprocess.run([tool, "-", "-"], input=content, capture_output=True, check=True)
    pages = done.stdout.decode().split("\f")[: len(laid.pages)]
    for mine, theirs in zip(_texts(content), pages, strict=True):
        assert sorted("".join(mine.split())) == sorted("".join(theirs.split()))


@pytest.mark.parametrize("name", NAMES)
def test_qpdf_finds_no_fault(name: str, tmp_path: Path) -> None:
    tool = need_tool("qpdf")
    for annexes in (True, False):
        path = tmp_path / f"{annexes}.pdf"
        path.write_bytes(pack(name, annexes=annexes)[2].content)
        done = subprocess.run([tool, "--check", str(path)], capture_output=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_outline_mirrors_the_contents_and_leads_to_its_pages() -> None:
    document, laid, body = pack(annexes=False)
    opened = pypdfium2.PdfDocument(body.content)
    try:
        found = []
        for bookmark in opened.get_toc():
            destination = bookmark.get_dest()
            assert destination is not None
            found.append((bookmark.level + 1, bookmark.get_title(), destination.get_index()))
    finally:
        opened.close()
    assert found == [(entry.level, entry.title, laid.destinations[entry.anchor][0]) for entry in body.outline]
    assert [(entry.level, entry.anchor) for entry in body.outline] == [
        (entry.level, entry.anchor) for entry in document.contents
    ]


def test_the_outline_names_annexes_by_their_place() -> None:
    document, _, body = pack()
    annexes = [entry.annex for entry in body.outline if entry.annex is not None]
    assert annexes == list(range(len(document.annexes)))
    assert [entry.kind for entry in document.contents][-3:] == [TocKind.ANNEX] * 3


def test_every_contents_line_is_a_link_to_its_page() -> None:
    document, laid, body = pack(annexes=False)
    targets = _targets(body.content)
    links = [
        link
        for k, page in enumerate(laid.pages)
        if page.kind is PageKind.CONTENTS
        for link in targets.get(k, [])
    ]
    assert links == [(entry.title, laid.destinations[entry.anchor][0]) for entry in document.contents]


def test_links_in_the_text_lead_where_they_say() -> None:
    document, laid, body = pack()
    (table,) = (block for block in document.sections[1].blocks if isinstance(block, Table))
    page = laid.destinations["para_named"][0]
    links = dict(_targets(body.content)[page])
    assert links["table 2"] == laid.destinations[table.anchor][0]
    assert links["the agenda"] == laid.destinations["sec_1"][0]
    assert links["the public site"] is None
    assert links["the desk"] is None


def test_links_to_annex_pages_name_what_the_binder_points_to_them() -> None:
    document, laid, body = pack()
    first_pages = {annex_page_anchor(annex.anchor, 1) for annex in document.annexes}
    assert set(body.annex_destinations) == {*first_pages, annex_page_anchor("annex_b", 2)}
    setup = style().page
    on_contents, elsewhere = [], []
    with pikepdf.open(io.BytesIO(body.content)) as opened:
        named = {str(name)[1:]: where[0].objgen for name, where in opened.Root.Dests.items()}
        assert named == {
            name: opened.pages[laid.destinations[name.rpartition("_p")[0]][0]].objgen
            for name in body.annex_destinations
        }
        for page, placed in zip(opened.pages, laid.pages, strict=True):
            for link in page.get("/Annots", []):
                if isinstance(link.get("/Dest"), pikepdf.Name):
                    contents = placed.kind is PageKind.CONTENTS
                    (on_contents if contents else elsewhere).append((str(link.Dest)[1:], str(link.Contents)))
                    left, bottom, right, top = (float(value) for value in link.Rect)
                    assert setup.inside - 0.01 <= left < right <= setup.width - setup.outside + 0.01
                    assert setup.bottom < bottom < top < setup.height
    assert {name for name, _ in on_contents} == first_pages
    assert elsewhere == [(annex_page_anchor("annex_b", 2), "Annex B, p. 2")]


def test_annex_numbers_in_the_contents_are_those_of_the_first_annex_page() -> None:
    document, laid, body = pack()
    texts = _texts(body.content)
    pages = [k for k, page in enumerate(laid.pages) if page.kind is PageKind.CONTENTS]
    contents = " ".join("".join(texts[k] for k in pages).split())
    for annex in document.annexes:
        assert f"{annex.label}-1" in contents


def test_destinations_name_the_line_they_stand_for() -> None:
    document, laid, body = pack("press", annexes=False)
    opened = pypdfium2.PdfDocument(body.content)
    try:
        for entry in document.contents:
            index, _, top = laid.destinations[entry.anchor]
            height = opened[index].get_height()
            at_top = top == pytest.approx(height)
            upper = height - float(style("press").page.top) if at_top else top
            words = opened[index].get_textpage().get_text_bounded(bottom=upper - 40, top=upper)
            assert entry.title.split()[0] in words
    finally:
        opened.close()


def test_files_say_what_they_are() -> None:
    document, _, body = pack(annexes=False)
    meta = document.meta
    with pikepdf.open(io.BytesIO(body.content)) as opened:
        assert str(opened.docinfo.Title) == meta.title
        assert str(opened.docinfo.Author) == meta.organisation
        assert str(opened.docinfo.Subject) == meta.subtitle
        assert str(opened.docinfo.Keywords) == meta.reference
        assert str(opened.docinfo.CreationDate) == "D:20250402180000+00'00'"
        assert str(opened.docinfo.Creator).startswith("briefpack ")
        assert str(opened.Root.Lang) == meta.language
        assert opened.Root.PageMode == "/UseOutlines"
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
        with opened.open_metadata() as xmp:
            assert xmp["dc:title"] == meta.title
            assert list(xmp["dc:creator"]) == [meta.organisation]
            assert set(xmp["dc:language"]) == {meta.language}
            assert xmp["xmp:CreateDate"] == "2025-04-02T18:00:00+00:00"


def test_odd_words_in_properties_stay_words() -> None:
    document = sample_document(annexes=(), title="A & B <i>(draft)</i> — Жолт", organisation="")
    body = write_body(document, style(), lay_out(document, style()))
    with pikepdf.open(io.BytesIO(body.content)) as opened:
        assert str(opened.docinfo.Title) == document.meta.title
        with opened.open_metadata() as xmp:
            assert xmp["dc:title"] == document.meta.title
            assert "dc:creator" not in xmp


def test_fonts_are_embedded_subsets_and_nothing_else_is_used() -> None:
    _, _, body = pack("staff")
    with pikepdf.open(io.BytesIO(body.content)) as opened:
        fonts = {str(font.BaseFont): font for page in opened.pages for font in page.Resources.Font.values()}
        for name, font in fonts.items():
            assert "FontFile2" in str(list(font.FontDescriptor.keys())), name
            assert "+" in name


def test_page_streams_are_compressed() -> None:
    _, _, body = pack()
    with pikepdf.open(io.BytesIO(body.content)) as opened:
        for page in opened.pages:
            assert "/FlateDecode" in str(page.Contents.Filter)


def test_pictures_are_in_the_file_once_and_show() -> None:
    _, _, body = pack("delegation")
    with pikepdf.open(io.BytesIO(body.content)) as opened:
        images = [
            thing
            for thing in opened.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
        ]
        assert len(images) == 3
        for image in images:
            pikepdf.PdfImage(image).as_pil_image().load()


def test_the_same_pack_gives_the_same_bytes() -> None:
    document, _, body = pack()
    again = write_body(document, style(), lay_out(document, style()))
    assert again.content == body.content
    assert again == body


def test_another_process_gives_the_same_bytes() -> None:
    script = (
        "import sys, hashlib; from tests.pdf.looks import pack;"
        "sys.stdout.write(hashlib.sha256(pack()[2].content).hexdigest())"
    )
    root = Path(__file__).parents[2]
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=root,
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_cover_and_dividers_carry_the_marking_alone() -> None:
    document, laid, body = pack()
    texts = _texts(body.content)
    for index, page in enumerate(laid.pages):
        if page.kind in {PageKind.COVER, PageKind.DIVIDER}:
            assert texts[index].upper().count(document.meta.marking.upper()) == 2
            assert document.meta.as_of not in texts[index] or page.kind is PageKind.COVER


@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_marked_at_top_and_foot(name: str) -> None:
    document, _, body = pack(name)
    height = float(style(name).page.height)
    opened = pypdfium2.PdfDocument(body.content)
    try:
        for page in opened:
            text = page.get_textpage()
            for bottom, top in ((0, 60), (height - 60, height)):
                assert document.meta.marking.upper() in text.get_text_bounded(bottom=bottom, top=top).upper()
    finally:
        opened.close()


def test_pages_count_to_the_last_arabic_number() -> None:
    look = style("delegation")
    slots = Slots("{page} of {pages}", "", "")
    look = replace(look, footer=replace(look.footer, recto=slots, verso=slots))
    document = sample_document(annexes=(3,), more_sections=1)
    laid = lay_out(document, look)
    texts = _texts(write_body(document, look, laid).content)
    body = [page.label for page in laid.pages if page.label.isdecimal()]
    for page, text in zip(laid.pages, texts, strict=True):
        if page.label.isdecimal():
            assert f"{page.label} of {body[-1]}" in text


def test_blank_pages_say_so() -> None:
    _, laid, body = pack("delegation")
    texts = _texts(body.content)
    blank = [texts[k] for k, page in enumerate(laid.pages) if page.kind is PageKind.BLANK]
    assert blank
    assert all("intentionally left blank" in text for text in blank)


def test_running_heads_name_the_section_of_their_page() -> None:
    document, laid, body = pack("staff")
    texts = _texts(body.content)
    for index, page in enumerate(laid.pages):
        if page.kind is PageKind.BODY:
            assert page.section.split()[0] in texts[index]
    assert {page.section for page in laid.pages if page.kind is PageKind.BODY} == {
        section.title for section in document.sections
    }


def test_a_slot_too_long_for_its_line_is_shortened_not_overprinted() -> None:
    look = style()
    document = sample_document(annexes=(), title="A title that goes on and on " * 8)
    body = write_body(document, look, lay_out(document, look))
    opened = pypdfium2.PdfDocument(body.content)
    try:
        text = opened[3].get_textpage()
        line = text.get_text_bounded(
            bottom=float(look.page.height - look.page.header) - 4,
            top=float(look.page.height - look.page.header) + 9,
        )
        assert "…" in line
        assert line.strip().endswith("Delegation")
    finally:
        opened.close()


def test_a_long_watermark_stays_on_the_sheet() -> None:
    look = replace(style(), cover=replace(style().cover, show=False))
    document = sample_document(annexes=(), watermark="SPECIMEN OF A VERY LONG WATERMARK")
    body = write_body(document, look, lay_out(document, look))
    opened = pypdfium2.PdfDocument(body.content)
    try:
        page = opened[0]
        boxes = [thing.get_bounds() for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])]
        left, bottom, right, top = boxes[0]
        assert left >= 0
        assert bottom >= 0
        assert right <= page.get_width()
        assert top <= page.get_height()
    finally:
        opened.close()
