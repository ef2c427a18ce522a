"""Every link and bookmark of whole packs, clicked through with PDFium: to the page it must lead to, and the place on it."""

from __future__ import annotations

import contextlib
import ctypes
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pikepdf import Array, Name, Pdf, String

from tests.annexes.makers import add_page, link, named
from tests.conftest import Project, Ran

Run = Callable[..., Ran]
CONTENT = """\
    title: Where to look
    blocks:
      - text: See [[one]], [[one, p. 2]], [[two]] and [[two, p. 3]].
"""
PACK = """\
    title: Visit
    as_of: 2025-04-02
    sections: [sections/look.yaml]
    annexes:
      - {file: one.pdf, title: The first}
      - {file: two.pdf, title: The second}
    audiences:
      press: {title: Press, formats: [pdf], style: house}
"""
SHEETS = ["page", "banner", "none"]


def equally_named(name: str, **entries: object) -> Pdf:
    """Three pages that say their names; links on the first lead to "start" (page 2, at the height of 300) and "part" (page 3)."""
    pdf = Pdf.new()
    for page in (1, 2, 3):
        add_page(pdf, f"BT /F1 24 Tf 72 700 Td ({name} {page}) Tj ET".encode(), **entries)
    named(
        pdf,
        start=Array([pdf.pages[1].obj, Name.XYZ, 100, 300, None]),
        part=Array([pdf.pages[2].obj, Name.Fit]),
    )
    rects = ((72, 600, 200, 620), (72, 500, 200, 520))
    pdf.pages[0].obj.Annots = Array(
        [link(pdf, rect, Dest=String(to)) for rect, to in zip(rects, ("start", "part"), strict=True)]
    )
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"{name} part", 2))
    return pdf


@dataclass(frozen=True)
class Followed:
    """A link. page, to: 0-based. words: of the page it leads to. at: None where it names no place."""

    page: int
    to: int
    words: str
    at: tuple[float, float] | None


def links(document: pypdfium2.PdfDocument) -> Iterator[Followed]:
    for number in range(len(document)):
        shown = document[number]
        held, position = pdfium.FPDF_LINK(), ctypes.c_int(0)
        while pdfium.FPDFLink_Enumerate(shown.raw, ctypes.byref(position), ctypes.byref(held)):
            to = pdfium.FPDFLink_GetDest(document.raw, held)
            assert to, f"a link on page {number + 1} leads nowhere"
            index = pdfium.FPDFDest_GetDestPageIndex(document.raw, to)
            flags = [pdfium.FPDF_BOOL() for _ in range(3)]
            x, y, zoom = (pdfium.FS_FLOAT() for _ in range(3))
            told = pdfium.FPDFDest_GetLocationInPage(
                to, *map(ctypes.byref, flags), ctypes.byref(x), ctypes.byref(y), ctypes.byref(zoom)
            )
            target = document[index]
            words = target.get_textpage().get_text_bounded()
            yield Followed(number, index, " ".join(words.split()), (x.value, y.value) if told else None)


@pytest.fixture
def built(cli: Run, project: Project) -> Callable[..., bytes]:
    def run(style: str, **entries: object) -> bytes:
        (project.root / "styles" / "house.yaml").write_text(f"extends: base\n{style}\n", encoding="utf-8")
        project.write("pack.yaml", PACK)
        project.write("sections/look.yaml", CONTENT)
        for name in ("one", "two"):
            equally_named(name, **entries).save(project.pack / f"{name}.pdf")
        ran = cli("build")
        assert ran.code == 0, ran.err
        return (project.build / "press" / "visit-press.pdf").read_bytes()

    return run


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_link_of_a_pack_leads_where_it_says(built: Callable[..., bytes], sheet: str) -> None:
    content = built(f"divider: {{sheet: {sheet}}}")
    with contextlib.closing(pypdfium2.PdfDocument(content)) as document:
        labels = [document.get_page_label(page) for page in range(len(document))]
        found = list(links(document))
        outline = [(item.get_title(), item.get_dest().get_index()) for item in document.get_toc()]
    first = {name: labels.index(f"{label}-1") for name, label in (("one", "A"), ("two", "B"))}
    divider = {name: page if sheet == "none" else page - 1 for name, page in first.items()}
    body = labels.index("1")
    contents = [each.to for each in found if each.page < body]
    assert contents == [body, first["one"], first["two"]]
    told = [each.to for each in found if each.page == body]
    assert told == [divider["one"], first["one"] + 1, divider["two"], first["two"] + 2]
    for name, page in first.items():
        start, part = (each for each in found if each.page == page)
        assert start.to == page + 1
        assert f"{name} 2" in start.words
        assert part.to == page + 2
        assert f"{name} 3" in part.words
    assert outline == [
        ("1 Where to look", body),
        ("A The first", first["one"]),
        ("one part", first["one"] + 2),
        ("B The second", first["two"]),
        ("two part", first["two"] + 2),
    ]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_link_leads_to_the_place_on_the_page_and_not_only_to_the_page(
    built: Callable[..., bytes], rotate: int
) -> None:
    """The place that the link names is where the same place of the author's page has come to."""
    content = built("divider: {sheet: none}", Rotate=rotate)
    with contextlib.closing(pypdfium2.PdfDocument(content)) as document:
        first = [document.get_page_label(page) for page in range(len(document))].index("A-1")
        start = next(each for each in links(document) if each.page == first)
    # The page is 595 by 842 points; on its sheet it is smaller by the room that stamps take.
    with pikepdf.open(io.BytesIO(content)) as pdf:
        shown = pdf.pages[first + 1].obj
        assert "/Rotate" not in shown
        words = next(
            part for part in shown.Contents.read_bytes().split(b"\n") if part.endswith(b" cm")
        ).split()
    a, b, c, d, e, f = (float(word) for word in words[:6])
    assert start.at == pytest.approx((a * 100 + c * 300 + e, b * 100 + d * 300 + f), abs=0.1)
    assert min(abs(a), abs(b)) == 0
    assert 0.85 < max(abs(a), abs(b)) < 1
