"""Office documents become PDFs by LibreOffice, which reads nothing but them, runs nothing in them, and always ends."""

from __future__ import annotations

import hashlib
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from PIL import Image

from briefpack import libreoffice
from briefpack.annex import PageRange, Treatment
from briefpack.annexes.cleaning.refusal import Refusal
from briefpack.annexes.converting import office
from briefpack.annexes.converting.office import office_pdf
from briefpack.annexes.foreign import kind_of_file
from briefpack.annexes.intake import take_in
from briefpack.errors import Severity
from tests.annexes.converting.documents import changed, opendocument, rewritten, slides, word, workbook
from tests.annexes.converting.processes import alive
from tests.annexes.makers import annex, document, saved
from tests.conftest import need_tool

LONG = 120.0


@pytest.fixture
def soffice() -> str:
    return need_tool("soffice")


def converted(path: Path, work: Path, seconds: float = LONG) -> Path:
    work.mkdir(exist_ok=True)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return office_pdf(path, digest, kind_of_file(path), work=work, seconds=seconds)


def text_of(pdf: Path) -> str:
    """As Poppler reads it."""
    ran = subprocess.run(
        [need_tool("pdftotext"), str(pdf), "-"], capture_output=True, timeout=300, check=True
    )
    return ran.stdout.decode()


def program(folder: Path, *lines: str) -> Path:
    folder.mkdir()
    path = folder / "soffice"
    path.write_text("\n".join(("#!/bin/sh", *lines)) + "\n", encoding="ascii")
    path.chmod(0o755)
    return path


# --------------------------------------------------------------------------- with LibreOffice


def test_a_word_document_becomes_a_tagged_pdf_with_its_fonts(soffice: str, tmp_path: Path) -> None:
    pdf = converted(word(tmp_path / "letter.docx", "Dear colleagues,"), tmp_path / "work")
    assert "Dear colleagues," in text_of(pdf)
    info = subprocess.run(
        [need_tool("pdfinfo"), str(pdf)], capture_output=True, timeout=300, check=True
    ).stdout
    assert b"Tagged:          yes" in info
    fonts = subprocess.run(
        [need_tool("pdffonts"), str(pdf)], capture_output=True, timeout=300, check=True
    ).stdout
    # python-docx sets its headings in Calibri.
    assert b"Carlito-Bold" in fonts
    assert all(line.split()[-5:-2] == [b"yes", b"yes", b"yes"] for line in fonts.splitlines()[2:])


def test_hidden_sheets_and_slides_are_not_printed(soffice: str, tmp_path: Path) -> None:
    sheets = text_of(converted(workbook(tmp_path / "a.xlsx", hidden=("Secret",)), tmp_path / "work"))
    assert "cell 0" in sheets
    assert "secret" not in sheets
    shown = converted(
        slides(tmp_path / "a.odp", "First words", hidden="Not shown", note="Smile here"), tmp_path / "work"
    )
    assert text_of(shown).split() == ["First", "words"]


def test_every_format_that_is_named_can_be_read(soffice: str, tmp_path: Path) -> None:
    source = word(tmp_path / "source.docx", "Dear colleagues,")
    for suffix in ("doc", "rtf", "odt"):
        command = [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", suffix, "--outdir", str(tmp_path), str(source)]
        subprocess.run(command, capture_output=True, timeout=300, check=True)
        path = (tmp_path / "source").with_suffix(f".{suffix}")
        assert kind_of_file(path).name == suffix
        assert "Dear colleagues," in text_of(converted(path, tmp_path / "work"))


@contextmanager
def server() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def __getattr__(self, name: str) -> object:
            if name.startswith("do_"):
                return lambda: asked.append(self.path)
            raise AttributeError(name)

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=made.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{made.server_port}", asked
    finally:
        made.shutdown()
        made.server_close()


def test_nothing_is_fetched_from_the_network_or_the_disk(soffice: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOPSECRET", encoding="ascii")
    picture = tmp_path / "secret.png"
    Image.new("RGB", (60, 40), "red").save(picture)

    def image(address: str) -> str:
        return (
            '<text:p><draw:frame svg:width="5cm" svg:height="3cm" text:anchor-type="as-char">'
            f'<draw:image xlink:href="{address}" xlink:type="simple"/></draw:frame></text:p>'
        )

    with server() as (address, asked):
        text = opendocument(
            tmp_path / "a.odt",
            f'<text:p>Shown</text:p><text:section text:name="S"><text:section-source xlink:href="{secret.as_uri()}" '
            f'xlink:type="simple"/><text:p>old</text:p></text:section>{image(picture.as_uri())}{image(address + "/x.png")}',
        )
        sheet = opendocument(
            tmp_path / "a.ods",
            '<table:table table:name="A"><table:table-row><table:table-cell office:value-type="string" '
            f'table:formula="of:=WEBSERVICE(&quot;{address}/ws&quot;)"><text:p>old</text:p></table:table-cell>'
            '<table:table-cell office:value-type="string" '
            f"table:formula=\"of:='{secret.as_uri()}'#$secret.A1\"><text:p>old</text:p></table:table-cell>"
            "</table:table-row></table:table>",
        )
        shown = text_of(first := converted(text, tmp_path / "work"))
        assert "Shown" in shown
        assert "TOPSECRET" not in shown + text_of(converted(sheet, tmp_path / "work"))
        assert not asked
    listed = subprocess.run(
        [need_tool("pdfimages"), "-list", str(first)], capture_output=True, check=True, timeout=300
    )
    assert len(listed.stdout.splitlines()) == 2, "no picture but the two lines of the heading"


def test_the_authors_folder_stays_as_it_is(soffice: str, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path = word(folder / "letter.docx", "Text")
    before = path.read_bytes()
    converted(path, tmp_path / "work")
    assert [each.name for each in folder.iterdir()] == ["letter.docx"]
    assert path.read_bytes() == before


def test_a_broken_document_is_refused(soffice: str, tmp_path: Path) -> None:
    path = rewritten(tmp_path / "a.docx", {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
    with pytest.raises(Refusal) as caught:
        converted(path, tmp_path / "work")
    assert caught.value.message == "is a Word document that LibreOffice cannot read"
    assert "save it as PDF" in caught.value.hint
    assert not list((tmp_path / "work").iterdir())


def test_a_field_with_the_documents_name_does_not_tell_where_it_was(soffice: str, tmp_path: Path) -> None:
    path = changed(
        word(tmp_path / "letter.docx", "Text"),
        "word/document.xml",
        "<w:sectPr",
        r'<w:p><w:fldSimple w:instr=" FILENAME \p "><w:r><w:t>old</w:t></w:r></w:fldSimple></w:p><w:sectPr',
    )
    assert str(tmp_path) not in text_of(converted(path, tmp_path / "work")).replace("\n", "")


# --------------------------------------------------------------------------- without


def test_a_document_is_converted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counting = program(
        tmp_path / "bin",
        'if [ "$1" = --version ]; then echo "LibreOffice 9.9.1"; exit; fi',
        'while [ "$1" != --outdir ]; do shift; done',
        f'echo x >> "{tmp_path}/runs"; mkdir -p "$2"; echo "%PDF-1.7 made" > "$2/annex.pdf"',
    )
    monkeypatch.setattr(office, "find_libreoffice", lambda: counting)
    path = word(tmp_path / "a.docx", "Text")
    first = converted(path, tmp_path / "work")
    assert first.read_bytes() == b"%PDF-1.7 made\n"
    assert converted(path, tmp_path / "work") == first
    assert (tmp_path / "runs").read_text(encoding="ascii") == "x\n"
    first.write_bytes(b"spoilt")
    converted(path, tmp_path / "work")
    assert (tmp_path / "runs").read_text(encoding="ascii") == "x\nx\n"


def test_two_annexes_that_are_parts_of_one_document_convert_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = program(
        tmp_path / "bin",
        'if [ "$1" = --version ]; then echo "LibreOffice 9.9.1"; exit; fi',
        'while [ "$1" != --outdir ]; do shift; done',
        f'echo x >> "{tmp_path}/runs"; mkdir -p "$2"; cp "{saved(document(3), tmp_path / "three.pdf")}" "$2/annex.pdf"',
    )
    monkeypatch.setattr(office, "find_libreoffice", lambda: counting)
    begun = Barrier(2, timeout=60)
    whole = office.office_pdf

    def at_once(*given: Any, **named: Any) -> Path:
        begun.wait()
        return whole(*given, **named)

    monkeypatch.setattr(office, "office_pdf", at_once)
    path = word(tmp_path / "a.docx", "Text")
    parts = [
        replace(annex(path, treatment=Treatment(pages=pages)), id=str(number))
        for number, pages in enumerate(((PageRange(1, 1),), (PageRange(2, None),)))
    ]
    facts, found = take_in(parts, tmp_path / "work", jobs=2)
    assert not [each for each in found if each.severity is Severity.ERROR]
    assert [facts[each].pages for each in ("0", "1")] == [1, 2]
    assert (tmp_path / "runs").read_text(encoding="ascii") == "x\n"


def test_a_libreoffice_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hanging = program(
        tmp_path / "bin", 'test "$1" = --version && exit', f'sleep 1000 & echo $! > "{tmp_path}/pid"; wait'
    )
    monkeypatch.setattr(office, "find_libreoffice", lambda: hanging)
    begun = time.monotonic()
    with pytest.raises(Refusal) as caught:
        converted(word(tmp_path / "a.docx", "Text"), tmp_path / "work", 3)
    assert (
        caught.value.message
        == "is a Word document that LibreOffice does not turn into a PDF within 3 seconds"
    )
    assert time.monotonic() - begun < 300
    sleeping = int((tmp_path / "pid").read_text(encoding="ascii"))
    while alive(sleeping):
        assert time.monotonic() - begun < 300
        time.sleep(0.05)


@pytest.mark.parametrize(
    "made", ["exit 0", 'mkdir -p "$2"; : > "$2/annex.pdf"', 'mkdir -p "$2"; echo no > "$2/annex.pdf"']
)
def test_only_a_pdf_counts_as_success(made: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = program(
        tmp_path / "bin",
        'test "$1" = --version && exit',
        'while [ "$1" != --outdir ]; do shift; done',
        made,
    )
    monkeypatch.setattr(office, "find_libreoffice", lambda: wrong)
    with pytest.raises(Refusal, match="LibreOffice cannot read"):
        converted(workbook(tmp_path / "a.xlsx"), tmp_path / "work")


def test_without_libreoffice_the_remedy_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(libreoffice, "_OUTSIDE_THE_PATH", ())
    assert office.maker() is None
    with pytest.raises(Refusal) as caught:
        converted(word(tmp_path / "a.docx", "Text"), tmp_path / "work")
    assert caught.value.message == (
        "is a Word document, and LibreOffice, which would turn it into a PDF, is not installed"
    )
    assert caught.value.hint == (
        "install LibreOffice; or open the file in its own program, save it as PDF and name that file"
    )


def test_versions_in_the_words_of_people() -> None:
    assert office.spoken("LibreOffice 7.4.7.2 40(Build:2)") == "LibreOffice 7.4"
    assert office.spoken("LibreOffice") == "LibreOffice"
