"""An annex, clean, and the file it was made of → what an author wants to know before it goes into a pack. Runs in the worker."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw
from pikepdf import Dictionary

from briefpack.annexes.archive import look_at
from briefpack.annexes.archive.faults import Faults
from briefpack.annexes.cleaning.inscriptions import is_garbled

MOST_READ = 200
"""Pages of a long file that are looked through for text, spread over all of it."""
_MOST_LETTERS = 400
"""Of a page, to see which way they stand."""
_FEWEST_LETTERS = 30
"""Of a file; with fewer nothing can be said of the way they stand."""
_MOST_TURNED = 0.8
"""Share of the letters that stand alike on their side where the whole file does."""
_DEEPEST = 8
"""Forms within forms in which pictures are looked for."""


@dataclass(frozen=True, slots=True)
class Surveyed:
    """version, encrypted, tagged: of the author's file; None where it is no PDF, or one that only its password opens. fonts: name and
    whether it is embedded. read: pages looked through, 1-based. scanned: those of them that are a picture without text.
    garbled: those whose text is no text to a program. empty: those with neither text nor picture. rotate: degrees clockwise that would set its letters upright; 0 where most are.
    """

    version: str | None
    encrypted: bool | None
    tagged: bool | None
    fonts: tuple[tuple[str, bool], ...]
    read: tuple[int, ...]
    scanned: tuple[int, ...]
    garbled: tuple[int, ...]
    empty: tuple[int, ...]
    rotate: int


def survey(clean: Path, source: Path) -> Surveyed:
    """Look at a clean file and the one it was made of."""
    version, encrypted, tagged = _of_source(source)
    with pikepdf.open(clean) as pdf:
        fonts = look_at(pdf, Faults())
    read: list[int] = []
    scanned: list[int] = []
    garbled: list[int] = []
    empty: list[int] = []
    turns: Counter[int] = Counter()
    with pypdfium2.PdfDocument(clean) as opened:
        for number in _spread(len(opened)):
            page = opened[number]
            text = page.get_textpage()
            words = text.get_text_range()
            read.append(number + 1)
            if is_garbled(words):
                garbled.append(number + 1)
            elif any(map(str.isalnum, words)):
                turns.update(_turns(text, page.get_rotation()))
            else:
                (scanned if _has_picture(page) else empty).append(number + 1)
            text.close()
            page.close()
    return Surveyed(
        version=version,
        encrypted=encrypted,
        tagged=tagged,
        fonts=fonts,
        read=tuple(read),
        scanned=tuple(scanned),
        garbled=tuple(garbled),
        empty=tuple(empty),
        rotate=_rotate(turns),
    )


def _of_source(source: Path) -> tuple[str | None, bool | None, bool | None]:
    try:
        with pikepdf.open(source) as pdf:
            marks = pdf.Root.get("/MarkInfo")
            # pikepdf gives booleans as Python's own, which its types do not say.
            marked: object = marks.get("/Marked") if isinstance(marks, Dictionary) else None
            tagged = marked is True and isinstance(pdf.Root.get("/StructTreeRoot"), Dictionary)
            return pdf.pdf_version, pdf.is_encrypted, tagged
    except pikepdf.PasswordError:
        return None, True, None
    except (pikepdf.PdfError, OSError):
        # It is no PDF, or it was mended by other means on its way in.
        return None, None, None


def _spread(pages: int) -> Iterator[int]:
    """0-based pages, all of them or MOST_READ from first to last."""
    if pages <= MOST_READ:
        yield from range(pages)
    else:
        yield from (round(n * (pages - 1) / (MOST_READ - 1)) for n in range(MOST_READ))


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    found = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEPEST)
    return next(iter(found), None) is not None


def _turns(text: pypdfium2.PdfTextPage, rotation: int) -> Iterator[int]:
    """For letters of a page, by how many degrees clockwise they are turned as the reader sees them."""
    count = text.count_chars()
    step = max(1, count // _MOST_LETTERS)
    for number in range(0, count, step):
        letter = pypdfium2.raw.FPDFText_GetUnicode(text, number)
        if chr(letter).isalnum():
            angle = pypdfium2.raw.FPDFText_GetCharAngle(text, ctypes.c_int(number))
            yield (round(math.degrees(angle) / 90) * 90 + rotation) % 360


def _rotate(turns: Counter[int]) -> int:
    if turns.total() < _FEWEST_LETTERS:
        return 0
    ((turned, most),) = turns.most_common(1)
    return (360 - turned) % 360 if turned and most > _MOST_TURNED * turns.total() else 0
