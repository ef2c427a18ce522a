"""The whole way of a file that is no PDF: taken in, cleaned, kept, told of; and of a scan that gets its text."""

from __future__ import annotations

import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name
from PIL import Image, ImageDraw, ImageFont

import briefpack
from briefpack.annex import AnnexFacts, CleanPart, Deed, PageRange, Treatment
from briefpack.annexes import cleaners
from briefpack.annexes.converting import ocr, office
from briefpack.annexes.converting.ocr import Recogniser
from briefpack.annexes.converting.steps import made_by
from briefpack.annexes.foreign import kind_of_file
from briefpack.annexes.intake import take_in
from briefpack.errors import Diagnostic
from briefpack.files import digest_of
from tests.annexes.converting.documents import added, opendocument, word, workbook
from tests.annexes.converting.processes import alive
from tests.annexes.makers import add_page, annex, document, link, saved
from tests.conftest import need_tool

LINES = ("The council met on Tuesday morning.", "Delegations exchanged views on fisheries.")
OCR = Treatment(ocr="eng")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path / "work"


def through(
    path: Path, work: Path, treatment: Treatment | None = None
) -> tuple[AnnexFacts, list[Diagnostic]]:
    facts, found = take_in([annex(path, treatment=treatment)], work, longest=120)
    assert path.stem in facts, found
    return facts[path.stem], found


def kinds_of(part: CleanPart) -> list[str]:
    return [remark.kind for remark in part.remarks]


def scan(path: Path, *lines: str) -> Path:
    """A page of A4 at 200 dpi, grey, as scanners make them."""
    page = Image.new("L", (1654, 2339), 250)
    font = ImageFont.truetype(Path(briefpack.__file__).parent / "data/fonts/Carlito-Regular.ttf", 48)
    for number, line in enumerate(lines):
        ImageDraw.Draw(page).text((150, 200 + 100 * number), line, fill=10, font=font)
    page.save(path, dpi=(200, 200))
    return path


def words_of(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as opened:
        return " ".join("".join(page.get_textpage().get_text_range() for page in opened).split())


def is_none_left(work: Path) -> bool:
    return not [path for path in work.rglob("*") if ".part" in path.suffixes or "made" in path.name]


# --------------------------------------------------------------------------- pictures


def test_a_picture_is_taken_in_like_a_pdf(tmp_path: Path, work: Path) -> None:
    path = scan(tmp_path / "scan.png", *LINES)
    facts, found = through(path, work)
    assert not found
    assert facts.sizes == (pytest.approx((595.44, 842.04)),)
    (part,) = facts.parts
    assert part.sha256 == digest_of(path)
    assert (part.faults, part.damaged) == ((), False)
    assert [(remark.deed, remark.what) for remark in part.remarks] == [
        (Deed.CONVERTED, "is a picture (PNG), made into a page")
    ]
    with pypdfium2.PdfDocument(part.clean) as opened:
        dark = opened[0].render(scale=1).to_pil().convert("L").point(lambda value: 255 * (value < 128))
    assert dark.getbbox() == pytest.approx((54, 74, 346, 124), abs=4)
    assert is_none_left(work)


def test_a_fax_of_three_pages_is_three_pages(tmp_path: Path, work: Path) -> None:
    path = tmp_path / "fax.tif"
    pages = [Image.new("1", (827, 1169), 1) for _ in range(3)]
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="group4", dpi=(100, 100))
    assert through(path, work)[0].pages == 3


def test_what_is_left_of_a_picture_is_called_damaged(tmp_path: Path, work: Path) -> None:
    path = scan(tmp_path / "scan.png", *LINES)
    path.write_bytes(path.read_bytes()[:-2000])
    facts, found = take_in([annex(path)], work)
    assert not facts
    (refusal,) = found
    assert (
        refusal.message == "scan.png is a picture (PNG) that is damaged: part of it is missing or unreadable"
    )
    assert not list(work.iterdir())
    taken, _ = through(path, work, Treatment(damaged=True))
    assert taken.damaged


def test_a_picture_that_would_swell_costs_a_message(tmp_path: Path, work: Path) -> None:
    path = tmp_path / "large.bmp"
    Image.new("RGB", (4, 4)).save(path)
    content = bytearray(path.read_bytes())
    # Width and height (BITMAPINFOHEADER).
    content[18:26] = struct.pack("<ii", 25_000, 25_000)
    path.write_bytes(content)
    facts, (refusal,) = take_in([annex(path)], work)
    assert not facts
    assert "25,000 × 25,000 pixels" in refusal.message


# --------------------------------------------------------------------------- Office


def test_a_word_document_is_taken_in_like_a_pdf(
    tmp_path: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_tool("soffice")
    path = added(word(tmp_path / "letter.docx", "Dear colleagues,"), "word/vbaProject.bin", "macro")
    facts, found = through(path, work)
    assert not found
    (part,) = facts.parts
    assert kinds_of(part)[:2] == ["converted", "macros"]
    assert part.remarks[0].what.startswith(
        "is a Word document with macros, turned into a PDF by LibreOffice "
    )
    assert part.sha256 == digest_of(path)
    assert part.tagged
    assert [node.title for node in facts.outline] == ["A chapter"]
    assert "Dear colleagues," in words_of(part.clean)
    first = part.clean.read_bytes()

    # Made anew from nothing, it has the same bytes.
    again, _ = through(path, tmp_path / "other")
    assert again.parts[0].clean.read_bytes() == first

    # Another treatment needs no other conversion; the same one needs nothing at all.
    monkeypatch.setattr(office, "run", None)
    through(path, work, Treatment(damaged=True))
    monkeypatch.setattr(cleaners._Cleaner, "clean", None)
    assert through(path, work)[0] == facts


def test_a_font_that_is_not_installed_is_told_of(tmp_path: Path, work: Path) -> None:
    need_tool("soffice")
    _, found = through(word(tmp_path / "letter.docx", "Dear colleagues,", font="Ministry Sans"), work)
    (warning,) = found
    assert warning.message.startswith("letter.docx is partly set in ")
    assert "a font of its own is not installed here" in warning.message


def test_a_build_that_is_broken_off_does_not_wait_for_libreoffice(tmp_path: Path, work: Path) -> None:
    hanging = tmp_path / "soffice"
    hanging.write_text(
        f'#!/bin/sh\ntest "$1" = --version && exit\necho $$ > "{tmp_path}/pid"\nexec sleep 1000\n',
        encoding="ascii",
    )
    hanging.chmod(0o755)
    path = word(tmp_path / "letter.docx", "Dear colleagues,")
    building = "\n".join(
        (
            "import signal",
            "from pathlib import Path",
            "from briefpack.annexes.converting import office",
            "from briefpack.annexes.intake import take_in",
            "from tests.annexes.makers import annex",
            # Whoever runs the tests in the background of a shell has Ctrl-C ignored, and so would this process.
            "signal.signal(signal.SIGINT, signal.default_int_handler)",
            f"office.find_libreoffice = lambda: Path({str(hanging)!r})",
            f"take_in([annex(Path({str(path)!r}))], Path({str(work)!r}))",
        )
    )
    begun = time.monotonic()
    build = subprocess.Popen([sys.executable, "-c", building], stderr=subprocess.PIPE)
    while not (tmp_path / "pid").exists():
        assert time.monotonic() - begun < 300
        time.sleep(0.05)
    build.send_signal(signal.SIGINT)
    _, said = build.communicate(timeout=300)
    assert said.splitlines()[-1] == b"KeyboardInterrupt"
    assert not alive(int((tmp_path / "pid").read_text(encoding="ascii")))


def test_what_hides_in_a_workbook_is_told_in_every_build(tmp_path: Path, work: Path) -> None:
    need_tool("soffice")
    path = workbook(tmp_path / "figures.xlsx", rows=2500, hidden=("One",))
    for _ in range(2):
        facts, found = through(path, work)
        pages = facts.pages
        assert [diagnostic.message for diagnostic in found] == [
            "figures.xlsx has a hidden sheet, left out of the pack",
            f"figures.xlsx fills {pages} pages",
        ]
        assert pages > 40


def test_a_document_with_a_password_is_refused_without_libreoffice(
    tmp_path: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "run", None)
    path = opendocument(tmp_path / "locked.odt", "", locked=True)
    facts, (refusal,) = take_in([annex(path)], work)
    assert not facts
    assert refusal.message == "locked.odt is an OpenDocument text with a password"


def test_the_programs_that_had_a_hand_in_it_are_part_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "maker", lambda: "LibreOffice 9.9")
    monkeypatch.setattr(ocr, "recogniser", lambda: Recogniser("ocrmypdf", "99", frozenset({"eng", "fra"})))
    letter = kind_of_file(word(tmp_path / "letter.docx"))
    picture = kind_of_file(scan(tmp_path / "scan.png"))
    assert made_by(letter, Treatment()) == "LibreOffice 9.9"
    assert made_by(picture, Treatment()) == ""
    assert made_by(picture, Treatment(ocr="eng")) == "99 eng"
    assert made_by(picture, Treatment(ocr="eng+nld")) == "99 eng"


# --------------------------------------------------------------------------- scans


def test_a_scan_gets_its_text_and_keeps_its_look(tmp_path: Path, work: Path) -> None:
    need_tool("ocrmypdf")
    path = scan(tmp_path / "scan.png", *LINES)
    plain, _ = through(path, work)
    facts, found = through(path, work, OCR)
    assert not found
    (part,) = facts.parts
    assert words_of(plain.parts[0].clean) == ""
    assert words_of(part.clean) == " ".join(LINES)
    assert facts.sizes == plain.sizes
    assert kinds_of(part) == ["converted", "ocr"]
    assert part.remarks[1].what == "has a page without text; OCRmyPDF recognised it (eng)"
    assert part.remarks[1].pages == (1,)
    looks = []
    for clean in (plain.parts[0].clean, part.clean):
        with pypdfium2.PdfDocument(clean) as opened:
            looks.append(opened[0].render(scale=1).to_pil().tobytes())
    assert looks[0] == looks[1]
    assert is_none_left(work)

    again, _ = through(path, tmp_path / "other", OCR)
    assert again.parts[0].clean.read_bytes() == part.clean.read_bytes()


def test_links_and_the_outline_outlast_it(tmp_path: Path, work: Path) -> None:
    need_tool("ocrmypdf")
    picture, _ = through(scan(tmp_path / "scan.png", *LINES), work)
    with pikepdf.open(picture.parts[0].clean) as pdf:
        add_page(pdf)
        pdf.pages[0].obj.Annots = pikepdf.Array(
            [link(pdf, A=Dictionary(S=Name.URI, URI=pikepdf.String("https://example.org/")))]
        )
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Scan", 0))
        path = saved(pdf, tmp_path / "mixed.pdf")
    facts, found = through(path, work, Treatment(ocr="eng", pages=(PageRange(1, None),)))
    assert not found
    assert [node.title for node in facts.outline] == ["Scan"]
    with pikepdf.open(facts.parts[0].clean) as clean:
        assert clean.pages[0].Annots[0].A.URI == "https://example.org/"
    assert words_of(facts.parts[0].clean) == " ".join((*LINES, "Page"))


def test_without_the_program_pages_stay_as_they_are_and_the_author_is_told(
    tmp_path: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "recogniser", lambda: None)
    facts, (warning,) = through(scan(tmp_path / "scan.png", *LINES), work, OCR)
    assert facts.pages == 1
    assert warning.message == (
        "scan.png has a page without text, which cannot be searched or read aloud: OCRmyPDF is not installed"
    )
    assert warning.hint.startswith("install OCRmyPDF and Tesseract")


def test_once_it_is_installed_the_scan_is_read(
    tmp_path: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = scan(tmp_path / "scan.png", *LINES)
    monkeypatch.setattr(ocr, "recogniser", lambda: None)
    through(path, work, OCR)
    monkeypatch.setattr(ocr, "recogniser", lambda: Recogniser("/no/program", "9", frozenset({"eng"})))
    _, (warning,) = through(path, work, OCR)
    assert warning.message.endswith("OCRmyPDF fails on it")


def test_a_missing_language_is_named(tmp_path: Path, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "recogniser", lambda: Recogniser("ocrmypdf", "9", frozenset({"eng"})))
    path = scan(tmp_path / "scan.png", *LINES)
    _, (warning,) = through(path, work, Treatment(ocr="eng+chi_sim"))
    assert warning.message.endswith("Tesseract does not know the language chi_sim")
    assert "tesseract-ocr-chi-sim" in warning.hint


def test_a_file_with_text_is_not_given_to_it(
    tmp_path: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "recognise", None)
    pdf = document(2)
    add_page(pdf, b"")
    facts, found = through(saved(pdf, tmp_path / "typed.pdf"), work, OCR)
    assert (facts.pages, found) == (3, [])


def test_poppler_reads_the_recognised_text(tmp_path: Path, work: Path) -> None:
    need_tool("ocrmypdf")
    facts, _ = through(scan(tmp_path / "scan.png", *LINES), work, OCR)
    ran = subprocess.run(
        [need_tool("pdftotext"), str(facts.parts[0].clean), "-"], capture_output=True, timeout=300, check=True
    )
    assert ran.stdout.decode().split() == " ".join(LINES).split()
