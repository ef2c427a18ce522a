"""Annexes that are too large for a part: what becomes of their pages, their tags and their numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import typst
from PIL import Image

from briefpack.distribute.parcel import Attachment, Parcel
from briefpack.errors import Findings
from briefpack.pipeline import build, no_progress
from briefpack.pipeline.parts import parts
from briefpack.pipeline.prepare import Order
from briefpack.pipeline.workshop import WORKSHOP
from tests.pipeline.test_parts import behind_front, parcel_of

PAGES = 9
MOST = 260_000

PACK = """\
title: Long papers
as_of: 2025-04-02
sections: [section.yaml]
annexes:
  - {file: report.pdf, title: A long report, id: report}
  - {file: scan.pdf, title: Scanned letters, id: scan}
audiences:
  all: {title: All, formats: [pdf]}
  inside: {title: Inside, formats: [pdf]}
"""
SECTION = """\
title: What there is
blocks:
  - text: See [[report, p. 8]] and [[scan]], and [[report, p. 1]] first.
"""


def noise(seed: int) -> bytes:
    """A picture of some 45 kB that no two pages share."""
    out = io.BytesIO()
    picture = Image.effect_noise((260, 360), 60 + seed)
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def report(folder: Path) -> None:
    """A tagged paper with bookmarks, and links from each page to the one before it."""
    chapters = []
    for number in range(PAGES):
        (folder / f"{number}.jpg").write_bytes(noise(number))
        before = f"#link(<c{number - 1}>)[the one before]" if number else "none before"
        chapters.append(
            f'= Chapter {number + 1} <c{number}>\nWords of it, {before}.\n#image("{number}.jpg", alt: "Noise {number}", width: 60%)'
        )
    text = '#set document(title: "A long report")\n#set text(lang: "en")\n' + "\n#pagebreak()\n".join(
        chapters
    )
    (folder / "report.typ").write_text(text, encoding="utf-8")
    made = typst.compile(str(folder / "report.typ"), pdf_standards=["ua-1"])
    (folder / "report.pdf").write_bytes(made)


def scan(folder: Path) -> None:
    pdf = pikepdf.new()
    for number in range(PAGES):
        page = pdf.add_blank_page(page_size=(420, 595))
        picture = pdf.make_stream(
            noise(50 + number),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=260,
            Height=360,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=picture))
        page.obj.Contents = pdf.make_stream(b"q 400 0 0 560 10 10 cm /I Do Q")
        if number % 2:
            page.obj.Rotate = 90
    pdf.save(folder / "scan.pdf")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pieces") / "sources" / "papers"
    folder.mkdir(parents=True)
    report(folder)
    scan(folder)
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    (folder / "section.yaml").write_text(SECTION, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def order(project: Path) -> Order:
    made = Order(output=project.parents[1] / "build")
    build(project, made)
    return made


@pytest.fixture(scope="module")
def whole(project: Path, order: Order) -> bytes:
    return parcel_of(project, order, "all").attachments[0].content


@pytest.fixture(scope="module")
def made(project: Path, order: Order) -> Sequence[Attachment]:
    findings = Findings()
    found = parts(project, order, parcel_of(project, order, "all"), MOST, findings, progress=no_progress)
    assert list(findings) == []
    return [file for (file,) in found]


def looks(content: bytes) -> Iterator[tuple[str, bytes]]:
    """What every page with an arabic or an annex's number looks like."""
    pdf = pypdfium2.PdfDocument(content)
    for number, page in enumerate(pdf):
        label = pdf.get_page_label(number)
        if label.strip("ivx"):
            yield label, bytes(page.render(scale=0.4).buffer)
    pdf.close()


def test_pages_are_where_they_were_and_look_the_same(whole: bytes, made: Sequence[Attachment]) -> None:
    assert len(made) > 4
    assert all(file.size <= MOST for file in made)
    assert [page for file in made for page in behind_front(file.content)] == behind_front(whole)
    assert [look for file in made for look in looks(file.content)] == list(looks(whole))


def test_tags_and_claims_are_kept(whole: bytes, made: Sequence[Attachment]) -> None:
    def claims(content: bytes) -> tuple[str, ...]:
        with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as said:
            return tuple(str(said.get(key)) for key in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance"))

    said: list[str] = []
    for file in made:
        assert claims(file.content) == claims(whole)
        with pikepdf.open(io.BytesIO(file.content)) as pdf:
            said += [
                str(each.Alt)
                for each in pdf.objects
                if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
            ]
    assert sorted(words for words in said if words.startswith("Noise")) == [
        f"Noise {n}" for n in range(PAGES)
    ]
    # Pages without tags say which of all pages they are.
    assert [f"{n} of {PAGES}" in " ".join(said) for n in range(1, PAGES + 1)] == [True] * PAGES


def test_bookmarks_and_links_of_its_own_stay_in_their_part(made: Sequence[Attachment]) -> None:
    titles: list[str] = []
    for file in made:
        with pikepdf.open(io.BytesIO(file.content)) as pdf:
            known = {page.objgen for page in pdf.pages}
            with pdf.open_outline() as outline:
                for top in outline.root:
                    titles += [each.title for each in top.children]
            for page in pdf.pages:
                for link in page.get("/Annots", []):
                    if isinstance(link.get("/Dest"), pikepdf.Array):
                        assert link.Dest[0].objgen in known
    assert [title for title in titles if title.startswith("Chapter")] == [
        f"Chapter {n + 1}" for n in range(PAGES)
    ]


def test_a_reference_to_a_page_leads_to_the_part_that_has_it(made: Sequence[Attachment]) -> None:
    with pikepdf.open(io.BytesIO(made[0].content)) as pdf:
        said = {str(link.Contents) for page in pdf.pages for link in page.get("/Annots", [])}
    away = {words for words in said if " · In part " in words}
    eighth = next(
        n for n, file in enumerate(made, 1) if any(label == "A-8" for label, _ in behind_front(file.content))
    )
    assert f"annex A, p. 8 · In part {eighth} of {len(made)}" in {
        words.replace("Annex", "annex") for words in away
    }


def test_an_annex_with_a_file_inside_is_whole(project: Path, order: Order) -> None:
    path = project / "pack.yaml"
    path.write_text(PACK.replace("id: report", "id: report, embed: true"), encoding="utf-8")
    try:
        build(project, order)
        findings = Findings()
        parcel = parcel_of(project, order, "inside")
        found = parts(project, order, parcel, MOST, findings, progress=no_progress)
    finally:
        path.write_text(PACK, encoding="utf-8")
        build(project, order)
    assert [each.rule for each in findings] == ["large-part"]
    assert findings.items[0].where.line == 5
    assert re.match(
        r"a part of “inside” with nothing but annex A, .+ has [\d.]+ [kM]B, and it may have ",
        findings.items[0].message,
    )
    (large,) = [file for (file,) in found if file.size > MOST]
    with pikepdf.open(io.BytesIO(large.content)) as pdf:
        assert list(pdf.attachments) == ["A-report.pdf"]
        assert (
            pdf.attachments["A-report.pdf"].get_file().read_bytes() == (project / "report.pdf").read_bytes()
        )
    others = [file for (file,) in found if file is not large]
    assert others
    for file in others:
        with pikepdf.open(io.BytesIO(file.content)) as pdf:
            assert len(pdf.attachments) == 0


def test_an_annex_that_fits_when_it_is_made_smaller_is_whole(project: Path, order: Order) -> None:
    """Its clean file alone is larger than a part may be."""
    parcel = parcel_of(project, order, "all")
    most = len(compressed("pdf", parcel.attachments[0].content)) * 9 // 10
    assert min((project / f"{name}.pdf").stat().st_size for name in ("report", "scan")) > most

    assert annexes_in_parts(project, order, parcel, most) == [["A"], ["B"]]


def test_an_annex_is_in_as_many_pieces_as_what_is_left_of_it_takes(project: Path, order: Order) -> None:
    parcel = parcel_of(project, order, "all")
    most = len(compressed("pdf", parcel.attachments[0].content)) * 6 // 10
    assert annexes_in_parts(project, order, parcel, most) == [["A"], ["B"], ["B"]]


def compressed(kind: str, content: bytes) -> bytes:
    return WORKSHOP.compress[kind](content, 25)


def annexes_in_parts(folder: Path, order: Order, parcel: Parcel, most: int) -> list[list[str]]:
    """The letters of the annexes that have pages in each part, which all fit."""
    findings = Findings()
    made = parts(folder, order, parcel, most, findings, progress=no_progress, change=compressed)
    assert list(findings) == []
    assert max(file.size for (file,) in made) <= most
    return [sorted({label[0] for label, _ in behind_front(file.content) if "-" in label}) for (file,) in made]
