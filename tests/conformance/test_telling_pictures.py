"""What cameras and programs wrote into pictures is in none of a pack's files, whatever way the pictures came in."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from briefpack.pack import Format
from briefpack.pipeline import Report, build
from briefpack.pipeline.prepare import Order
from tests.conftest import Project, need_tool
from tests.packs.telling_pictures import WORD, telling_jpeg, telling_png, telling_svg

PACK = """\
title: Visit of the Ambassador
as_of: 2025-04-02
sections: [sections/01-programme.yaml, sections/02-people.yaml]
annexes:
  - {file: annexes/plan.pdf, title: A plan with a picture}
  - {file: annexes/photo.jpg, title: A photograph}
  - {file: annexes/scan.png, title: A scan}
audiences:
  desk: {title: Desk, style: house}
"""
SECTION = """\
title: The programme
blocks:
  - {image: pictures/photo.jpg, alt: A white box on blue.}
  - {image: pictures/scan.png, alt: A white box on green.}
  - {image: pictures/drawing.svg, alt: A red box.}
"""
PEOPLE = """\
title: Who comes
kind: biographies
people:
  - {name: Jane Example, portrait: pictures/portrait.jpg, alt: A portrait., text: She comes.}
"""
STYLE = "extends: base\ncover: {show: true, logo: logo.jpg}\nannexes: {word: pictures}\n"

JPEG_KEPT = {0xE0, 0xEE, 0xDB, 0xC4, 0xC0, 0xC2, 0xDA, 0xDD}
"""What decoding needs: JFIF, Adobe's transform, tables, frame, scan."""
PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"pHYs"}


def annexed(picture: bytes) -> bytes:
    """A PDF that shows a JPEG with all that is in it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    canvas.drawImage(ImageReader(io.BytesIO(picture)), 72, 400, 240, 160)
    canvas.drawString(72, 380, "The plan.")
    canvas.showPage()
    canvas.save()
    with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
        (image,) = pdf.pages[0].obj.Resources.XObject.values()
        image.write(picture, filter=pikepdf.Name.DCTDecode)
        image.Metadata = pdf.make_stream(f"<x>{WORD}-XOBJECT</x>".encode(), Type=pikepdf.Name.Metadata)
        again = io.BytesIO()
        pdf.save(again)
    assert WORD.encode() in again.getvalue()
    return again.getvalue()


def telling(project: Project, **treatment: str) -> Project:
    pictures = {"photo.jpg": telling_jpeg(), "portrait.jpg": telling_jpeg("teal"), "scan.png": telling_png(), "drawing.svg": telling_svg()}  # fmt: skip
    for name, content in pictures.items():
        assert WORD.encode() in content
        path = project.pack / "pictures" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    annexes = project.pack / "annexes"
    annexes.mkdir()
    (annexes / "plan.pdf").write_bytes(annexed(telling_jpeg("purple")))
    (annexes / "photo.jpg").write_bytes(telling_jpeg("orange"))
    (annexes / "scan.png").write_bytes(telling_png("olive"))
    (project.root / "styles" / "house.yaml").write_text(STYLE, encoding="utf-8")
    (project.root / "styles" / "logo.jpg").write_bytes(telling_jpeg("black"))
    extra = "".join(f", {key}: {value}" for key, value in treatment.items())
    project.write("pack.yaml", PACK.replace("with a picture}", f"with a picture{extra}}}"))
    project.write("sections/01-programme.yaml", SECTION)
    project.write("sections/02-people.yaml", PEOPLE)
    return project


def fresh(root: Path) -> Project:
    made = Project(root, root / "sources" / "visit")
    made.pack.mkdir(parents=True)
    (root / "styles").mkdir()
    return made


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Report]:
    project = telling(fresh(tmp_path_factory.mktemp("telling")))
    return project, build(project.pack, Order())


@pytest.fixture(scope="module")
def files(built: tuple[Project, Report]) -> dict[str, bytes]:
    found = {name: content for name, content in built[0].outputs().items() if name.startswith("desk/")}
    assert {Path(name).suffix for name in found} == {".pdf", ".docx"}
    return found


# --------------------------------------------------------------------------- taking files apart


def pieces(content: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """A file and everything in it, unpacked."""
    yield name, content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from pieces(archive.read(member), f"{name}/{member}")
            yield f"{name} (comment)", archive.comment
    elif content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for item in pdf.objects:
                yield f"{name} {item.objgen}", item.unparse()
                if isinstance(item, pikepdf.Stream):
                    yield f"{name} {item.objgen} raw", item.read_raw_bytes()
                    with contextlib.suppress(pikepdf.PdfError):
                        yield f"{name} {item.objgen} data", item.read_bytes()
    elif content.startswith(b"\x89PNG"):
        for kind, data in png_chunks(content):
            yield f"{name} {kind!r}", data
            if kind == b"zTXt":
                # A keyword, an octet that is zero, and the method (PNG, 11.3.3.3).
                yield f"{name} {kind!r} unpacked", zlib.decompress(data.partition(b"\0")[2][1:])


def jpegs(content: bytes, name: str) -> Iterator[bytes]:
    for _, piece in pieces(content, name):
        if piece.startswith(b"\xff\xd8\xff"):
            yield piece


def jpeg_markers(picture: bytes) -> tuple[set[int], bytes]:
    """The segments of a JPEG, and what stands behind its end."""
    found: set[int] = set()
    at = 2
    while picture[at + 1] != 0xD9:
        assert picture[at] == 0xFF
        marker = picture[at + 1]
        found.add(marker)
        at += 2 + int.from_bytes(picture[at + 2 : at + 4], "big")
        if marker == 0xDA:
            while not (picture[at] == 0xFF and picture[at + 1] not in {0, *range(0xD0, 0xD8)}):
                at += 1
    return found, picture[at + 2 :]


def png_chunks(picture: bytes) -> list[tuple[bytes, bytes]]:
    found = []
    at = 8
    while at + 8 <= len(picture):
        size = int.from_bytes(picture[at : at + 4], "big")
        found.append((picture[at + 4 : at + 8], picture[at + 8 : at + 8 + size]))
        at += 12 + size
        if found[-1][0] == b"IEND":
            break
    if at < len(picture):
        found.append((b"behind", picture[at:]))
    return found


def telling_pieces(content: bytes, name: str) -> list[str]:
    words = [WORD.encode(code) for code in ("ascii", "utf-16-le", "utf-16-be")]
    lower = [word.lower() for word in words]
    return [where for where, piece in pieces(content, name) if any(w in piece.lower() for w in lower)]


# --------------------------------------------------------------------------- what is found


def test_taking_apart_finds_what_is_there() -> None:
    for name, content in (
        ("a.jpg", telling_jpeg()),
        ("a.png", telling_png()),
        ("a.pdf", annexed(telling_jpeg())),
    ):
        assert telling_pieces(content, name)
    markers, behind = jpeg_markers(telling_jpeg())
    assert {0xE1, 0xE2, 0xEB, 0xED, 0xFE} <= markers
    assert WORD.encode() in behind
    assert {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"prVt", b"behind"} <= {
        kind for kind, _ in png_chunks(telling_png())
    }


def test_no_word_of_a_picture_is_in_a_file(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        assert telling_pieces(content, name) == []


def test_pictures_have_nothing_but_their_pixels(files: dict[str, bytes]) -> None:
    seen = 0
    for name, content in files.items():
        in_pdf = name.endswith("pdf")
        for picture in jpegs(content, name):
            markers, behind = jpeg_markers(picture)
            # The profile of an annex's picture says what its colours are.
            assert markers - JPEG_KEPT <= ({0xE2} if in_pdf else set())
            assert behind == b""
            seen += 1
        for where, piece in pieces(content, name):
            if piece.startswith(b"\x89PNG"):
                assert {kind for kind, _ in png_chunks(piece)} <= PNG_KEPT, where
                seen += 1
    # Logo, photograph, portrait and scan in Word, the first three in the PDF, and the pictures of annexes there.
    assert seen >= 8


def test_exiftool_finds_nothing_in_them(files: dict[str, bytes], tmp_path: Path) -> None:
    tool = need_tool("exiftool")
    count = 0
    for name, content in files.items():
        for where, piece in pieces(content, name):
            if piece.startswith((b"\xff\xd8\xff", b"\x89PNG")):
                suffix = "jpg" if piece.startswith(b"\xff") else "png"
                (tmp_path / f"{count}-{Path(where.split()[0]).name}.{suffix}").write_bytes(piece)
                count += 1
    assert count >= 8
    run = subprocess.run([tool, "-json", "-a", "-u", "-G1", tmp_path], capture_output=True, check=True)
    for found in json.loads(run.stdout):
        groups = {key.partition(":")[0] for key in found if ":" in key}
        assert groups <= {"System", "File", "JFIF", "Adobe", "Composite", "PNG", "PNG-pHYs", "ExifTool"} | {
            group for group in groups if group.startswith("ICC")
        }, found


def test_exiftool_knows_the_pictures_as_they_came(tmp_path: Path) -> None:
    tool = need_tool("exiftool")
    (tmp_path / "a.jpg").write_bytes(telling_jpeg())
    (tmp_path / "b.png").write_bytes(telling_png())
    run = subprocess.run([tool, "-json", "-a", "-G1", tmp_path], capture_output=True, check=True)
    groups = [{key.partition(":")[0] for key in found} for found in json.loads(run.stdout)]
    assert {"GPS", "IFD0", "ExifIFD", "XMP-dc"} <= groups[0]
    assert {"GPS", "IFD0", "XMP-dc"} <= groups[1]


def test_what_an_author_asks_to_keep_is_kept_in_that_annex_alone(tmp_path: Path) -> None:
    project = telling(fresh(tmp_path / "project"), keep="[image-metadata]")
    build(project.pack, Order(formats=(Format.PDF,)))
    found = telling_pieces(project.outputs()["desk/visit-desk.pdf"], "pdf")
    assert found
    pictures = [
        each for each in jpegs(project.outputs()["desk/visit-desk.pdf"], "pdf") if WORD.encode() in each
    ]
    assert len({bytes(each) for each in pictures}) == 1


def test_the_annexes_pictures_are_told_of(built: tuple[Project, Report]) -> None:
    told = {
        (annex.id, remark.kind)
        for annex in built[1].annexes
        for file in annex.files
        for remark in file.remarks
        if remark.kind == "image-metadata"
    }
    assert ("plan", "image-metadata") in told
