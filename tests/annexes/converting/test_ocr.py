"""Scans are told from typed pages, and what a recogniser makes of them is made the same every time."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf
from PIL import Image

from briefpack.annex import Deed, Treatment
from briefpack.annexes.converting import ocr
from briefpack.annexes.converting.ocr import Recogniser, recognise, settle, wordless
from briefpack.annexes.converting.pictures import picture_pdf
from briefpack.annexes.foreign import kind_of_file
from tests.annexes.makers import add_page, document, saved

SHA = "a" * 64


def scanned(folder: Path) -> Path:
    Image.new("L", (827, 1169), 128).save(folder / "scan.png", dpi=(100, 100))
    picture_pdf(folder / "scan.png", folder / "scan.pdf", kind_of_file(folder / "scan.png"), Treatment())
    return folder / "scan.pdf"


def test_pages_without_text_are_found(tmp_path: Path) -> None:
    with Pdf.open(scanned(tmp_path)) as pdf:
        add_page(pdf)
        add_page(pdf, b"")
        add_page(pdf, b"BT /F1 8 Tf 72 700 Td (- 4) Tj ET 10 10 300 300 re f")
        pdf.pages.append(pdf.pages[0])
        path = saved(pdf, tmp_path / "mixed.pdf")
    assert wordless(path) == (1, 4, 5)


def test_names_drawn_by_lot_are_settled(tmp_path: Path) -> None:
    def made(name: str) -> bytes:
        pdf = document(2)
        for page in pdf.pages:
            form = pdf.make_stream(b"BT 3 Tr ET", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
            page.obj.Resources.XObject = Dictionary({name: form, "/Own": form})
            page.contents_add(f"q {name} Do /Own Do Q".encode())
        path = saved(pdf, tmp_path / "read.pdf")
        settle(path, tmp_path / "settled.pdf")
        return (tmp_path / "settled.pdf").read_bytes()

    assert made("/OCR-0teh-JhvncrlgXdzfcG7mg") == made("/OCR-8jub6mOU67Bs_JAEFqemQg")
    with pikepdf.open(tmp_path / "settled.pdf") as pdf:
        assert set(pdf.pages[1].Resources.XObject) == {"/Read2-1", "/Own"}
        assert b"/Read2-1 Do /Own Do" in pdf.pages[1].Contents.read_bytes()


def found(folder: Path, *lines: str) -> Recogniser:
    program = folder / "ocrmypdf"
    program.write_text("\n".join(("#!/bin/sh", *lines)) + "\n", encoding="ascii")
    program.chmod(0o755)
    return Recogniser(str(program), "9", frozenset({"eng", "fra"}))


COPY = 'while [ $# -gt 2 ]; do shift; done; cp "$1" "$2"'


@pytest.mark.parametrize(
    ("lines", "seconds", "words"),
    [
        (["exit 7"], 60, "OCRmyPDF fails on it"),
        (["exit 0"], 60, "OCRmyPDF fails on it"),
        (["sleep 1000"], 2, "OCRmyPDF takes more than 2 seconds"),
    ],
)
def test_whatever_fails_is_a_warning_with_a_remedy(
    lines: list[str], seconds: float, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recogniser = found(tmp_path, *lines)
    monkeypatch.setattr(ocr, "recogniser", lambda: recogniser)
    path, remark = recognise(scanned(tmp_path), SHA, "eng", (1, 2), work=tmp_path, seconds=seconds)
    assert path is None
    assert remark.what == f"has 2 pages without text, which cannot be searched or read aloud: {words}"
    assert remark.warn
    assert remark.advice


def test_it_is_asked_once_for_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recogniser = found(tmp_path, f'echo "$@" >> "{tmp_path}/asked"', COPY)
    monkeypatch.setattr(ocr, "recogniser", lambda: recogniser)
    scan = scanned(tmp_path)
    first, remark = recognise(scan, SHA, "eng+fra", (1,), work=tmp_path)
    assert recognise(scan, SHA, "eng+fra", (1,), work=tmp_path) == (first, remark)
    assert remark.deed is Deed.CONVERTED
    (asked,) = (tmp_path / "asked").read_text(encoding="ascii").splitlines()
    assert "--skip-text" in asked
    assert "--language eng+fra" in asked
    recognise(scan, SHA, "fra", (1,), work=tmp_path)
    assert len((tmp_path / "asked").read_text(encoding="ascii").splitlines()) == 2
