"""Is the clean copy right? Pages counted by two engines, its syntax, and the look of some of its pages beside the original's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2

from briefpack.annexes.cleaning.drawn import Drawn
from briefpack.annexes.cleaning.refusal import unable
from briefpack.annexes.raw import Source

_SAMPLES = 3
_STRONG = 48
"""Of 255 steps of grey."""
_FEW, _OF_INK, _OF_DRAWN = 12, 0.02, 0.6
"""Pixels that may be unlike, and the share of those with ink on them: hairlines fall on other pixels."""


def verify(
    source: Source,
    password: str,
    target: Path,
    pages: Sequence[int],
    *,
    looks: bool,
    thorough: bool,
    drawn: bool = False,
) -> None:
    """See whether the clean file target is right. Raises Unable.

    pages: 0-based page of the source that each page of target shows, upright alike. looks: PDFium reads the same pages in the source,
    so the first, the last and one between are compared. thorough: every stream of target is read by qpdf. drawn: its pages are
    pictures, whose edges are softer.
    """
    with pikepdf.open(target, attempt_recovery=False) as pdf:
        if len(pdf.pages) != len(pages) or (thorough and pdf.check_pdf_syntax()) or pdf.get_warnings():
            raise unable("no right copy of it can be made")
    try:
        clean = pypdfium2.PdfDocument(target)
    except pypdfium2.PdfiumError:
        raise unable("no right copy of it can be made") from None
    try:
        if len(clean) != len(pages):
            raise unable(f"a copy of it has {len(clean)} pages instead of {len(pages)}")
        if looks:
            original = pypdfium2.PdfDocument(source, password=password or None)
            try:
                for number in _samples(len(pages)):
                    _compare(
                        original[pages[number]], clean[number], pages[number], _OF_DRAWN if drawn else _OF_INK
                    )
            finally:
                original.close()
    except pypdfium2.PdfiumError:
        raise unable("no right copy of it can be made") from None
    finally:
        clean.close()


def _samples(count: int) -> list[int]:
    return sorted({0, count // 2, count - 1})[:_SAMPLES]


def _compare(original: pypdfium2.PdfPage, clean: pypdfium2.PdfPage, index: int, share: float) -> None:
    was, now = Drawn(original), Drawn(clean)
    if abs(was.width - now.width) > 1 or abs(was.height - now.height) > 1:
        raise unable(f"page {index + 1} comes out in another size")
    ink = sum(255 - tone > _STRONG for tone in was.pixels) if was.pixels != now.pixels else 0
    if _unlike(was, now) > _FEW + share * ink:
        raise unable(f"page {index + 1} comes out with another look")
    original.close()
    clean.close()


def _unlike(was: Drawn, now: Drawn) -> int:
    """How many pixels are not alike, outside of what lay on the page: fields become part of it, comments go."""
    if was.pixels == now.pixels and was.width == now.width:
        return 0
    count = 0
    for y in range(min(was.height, now.height)):
        first = was.pixels[y * was.width : (y + 1) * was.width]
        second = now.pixels[y * now.width : (y + 1) * now.width]
        if first == second:
            continue
        for x, (a, b) in enumerate(zip(first, second, strict=False)):
            if abs(a - b) > _STRONG and not any(
                left <= x < right and top <= y < bottom for left, top, right, bottom in was.apart
            ):
                count += 1
    return count
