"""Pages without text → the same pages with the text that OCRmyPDF recognises in them, invisible above what is seen.

It is given a clean file, so that nothing of others reaches it but the look of their pages.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
import pypdfium2.raw
from pikepdf import Dictionary, Pdf

from briefpack.annex import Deed, Remark
from briefpack.annexes.converting import kept
from briefpack.annexes.converting.warden import run
from briefpack.files import digest_of

LONGEST = 900.0
"""Seconds that one file may take; a page takes 2 to 10."""
MOST_MEMORY = 8 << 30
"""Bytes of address space of each of its processes."""
_FEW = 3
"""Letters on a page that is still a scan: what a scanner's counter prints, or none."""
_MAKING = "1"
"""To be raised whenever what is asked of OCRmyPDF changes."""
_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TESSDATA_PREFIX")
_FORM = pypdfium2.raw.FPDF_PAGEOBJ_FORM
"""What only holds other objects, or none."""
_BY_LOT = re.compile(r"/OCR-[A-Za-z0-9_-]+")
_ANOTHER_SCAN = "scan it again in black and white at 300 dpi, or leave out `ocr`"
_INSTALL = "install OCRmyPDF and Tesseract (Debian: apt install ocrmypdf), or leave out `ocr`"


@dataclass(frozen=True, slots=True)
class Recogniser:
    """program: OCRmyPDF. version: of it and of Tesseract, in one word. languages: those that Tesseract knows."""

    program: str
    version: str
    languages: frozenset[str]


@lru_cache(maxsize=1)
def recogniser() -> Recogniser | None:
    """What is installed, None for nothing."""
    program, tesseract = shutil.which("ocrmypdf"), shutil.which("tesseract")
    if program is None or tesseract is None:
        return None
    own, under = _said(program, "--version"), _said(tesseract, "--version")
    listed = _said(tesseract, "--list-langs").splitlines()[1:]
    version = f"{own.strip()} {(under.splitlines() or [''])[0].strip()}"
    return Recogniser(program, version, frozenset(line.strip() for line in listed))


def _said(*command: str) -> str:
    try:
        ran = subprocess.run(command, capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (ran.stdout or ran.stderr).decode(errors="replace")


def maker(languages: str) -> str:
    """What the text of pages depends on besides the pages; to be part of a name under which they are kept."""
    found = recogniser()
    if found is None:
        return "no OCR"
    return f"{found.version} {','.join(sorted(found.languages & set(languages.split('+'))))}"


def wordless(clean: Path) -> tuple[int, ...]:
    """The pages of a clean file that have no text to speak of and are not empty, 1-based. Runs in the worker's process."""
    found = []
    document = pypdfium2.PdfDocument(clean)
    try:
        for index in range(len(document)):
            page = document[index]
            words = page.get_textpage()
            letters = len("".join(words.get_text_range().split()))
            if letters <= _FEW and any(item.type != _FORM for item in page.get_objects()):
                found.append(index + 1)
            words.close()
            page.close()
    finally:
        document.close()
    return tuple(found)


def recognise(
    clean: Path, sha256: str, languages: str, pages: tuple[int, ...], *, work: Path, seconds: float = LONGEST
) -> tuple[Path | None, Remark]:
    """A copy of a clean file with the text of its pages, and what is to be said of it; None and why when there is no text to be had.

    sha256: of the author's file. languages: as in Treatment.ocr. pages: those without text (wordless). work: of intake. Raises OSError when the copy cannot be kept.

    Whatever is wrong with it is a warning: the pages can be read by eye as they are, and a pack that is wanted within the hour is worth more than its search.
    """
    found = recogniser()
    if found is None:
        return None, unread(pages, "OCRmyPDF is not installed", _INSTALL)
    missing = [language for language in languages.split("+") if language not in found.languages]
    if missing:
        packages = " ".join(f"tesseract-ocr-{language.replace('_', '-')}" for language in missing)
        return None, unread(
            pages,
            f"Tesseract does not know the language {' and '.join(missing)}",
            f"install it (Debian: apt install {packages}), or name another in `ocr`",
        )
    target = kept.path_of(work, sha256, "ocr", digest_of(clean), found.version, languages, _MAKING)
    with kept.alone(target):
        if not kept.recall(target):
            with TemporaryDirectory(prefix="briefpack-", ignore_cleanup_errors=True) as folder:
                made = Path(folder) / "read.pdf"
                fact = _run(found, clean, made, languages, folder=Path(folder), seconds=seconds)
                if fact is not None:
                    return None, unread(pages, fact)
                kept.keep(made, target)
    return target, Remark(
        Deed.CONVERTED,
        "ocr",
        f"has {_pages(pages)} without text; OCRmyPDF recognised it ({languages})",
        len(pages),
        pages,
    )


def _run(
    found: Recogniser, clean: Path, made: Path, languages: str, *, folder: Path, seconds: float
) -> str | None:
    """Why there is no text; None when there is."""
    command = [
        found.program,
        "--quiet",
        "--skip-text",
        "--output-type",
        "pdf",
        "--optimize",
        "0",
        "--language",
        languages,
        str(clean.absolute()),
        str(made),
    ]
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment |= {
        **dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), str(folder)),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }
    try:
        outcome = run(command, folder, seconds, MOST_MEMORY, environment)
    except OSError:
        return "OCRmyPDF cannot be started"
    if outcome.late:
        return f"OCRmyPDF takes more than {seconds:,.0f} seconds"
    if outcome.code != 0 or not made.exists():
        return "OCRmyPDF fails on it"
    return None


def unread(pages: tuple[int, ...], fact: str, advice: str = _ANOTHER_SCAN) -> Remark:
    """That pages stay without text. fact: why."""
    what = f"has {_pages(pages)} without text, which cannot be searched or read aloud: {fact}"
    return Remark(Deed.FOUND, "not-recognised", what, len(pages), pages, advice, warn=True)


def _pages(pages: tuple[int, ...]) -> str:
    return "a page" if len(pages) == 1 else f"{len(pages):,} pages"


def settle(read: Path, target: Path) -> None:
    """The same file with the names that OCRmyPDF draws by lot replaced by numbers, so that the same pages give the same bytes. Runs in the worker's
    process."""
    with Pdf.open(read) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            held = page.obj.get("/Resources", Dictionary()).get("/XObject", Dictionary())
            drawn = [str(name) for name in held if _BY_LOT.fullmatch(str(name))]
            new = {name: f"/Read{number}-{place}" for place, name in enumerate(drawn, 1)}
            for name in drawn:
                held[new[name]] = held[name]
                del held[name]
            if new:
                page.contents_coalesce()
                data = page.obj.Contents.read_bytes()
                for name, other in new.items():
                    data = data.replace(name.encode() + b" ", other.encode() + b" ")
                page.obj.Contents = pdf.make_stream(data)
        # Drawn by lot, too.
        if "/ID" in pdf.trailer:
            del pdf.trailer["/ID"]
        pdf.save(target, deterministic_id=True)
