"""Pages whose text does not run as they are shown → the rotation that would set them upright. Nothing is changed."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from pathlib import Path

import pypdfium2
import pypdfium2.raw

from briefpack.annex import Deed, Remark

MOST_PAGES = 300
"""Pages that are looked at; those behind them are, as a rule, as these are."""
_MOST_LETTERS, _FEWEST_LETTERS = 200, 30
"""Letters of a page that are looked at; with fewer a page tells nothing."""
_SLANT = 2.0
"""Degrees that a scanner may be off."""
_FULL = 360


def sideways(path: Path, turned: int = 0) -> tuple[Remark, ...]:
    """An item of the report for every rotation that pages of a clean file need and do not get, with those pages, 1-based.

    path: its pages not turned yet. turned: degrees clockwise by which they will be.
    """
    needed: dict[int, list[int]] = defaultdict(list)
    document = pypdfium2.PdfDocument(path)
    try:
        count = len(document)
        for index in range(min(count, MOST_PAGES)):
            try:
                page = document[index]
                degrees = _needed(page)
                page.close()
            except pypdfium2.PdfiumError:
                # Whether it can be read is judged elsewhere.
                continue
            if degrees is not None and degrees != turned:
                needed[degrees].append(index + 1)
    finally:
        document.close()
    return tuple(_remark(degrees, tuple(pages), count, turned) for degrees, pages in sorted(needed.items()))


def _remark(degrees: int, pages: tuple[int, ...], count: int, turned: int) -> Remark:
    many = len(pages) > 1
    how = "stands on its head" if abs(degrees - turned) * 2 == _FULL else "runs sideways"
    what = f"has {len(pages):,} pages whose text {how}" if many else f"has a page whose text {how}"
    advice = f"`rotate: {degrees}` sets {'them' if many else 'it'} upright"
    if len(pages) < count:
        advice += ", and turns the other pages too: list the file under `files:` once for each run of pages, with its `pages:`"
    return Remark(Deed.FOUND, "sideways", what, len(pages), pages, advice)


def _needed(page: pypdfium2.PdfPage) -> int | None:
    """The degrees clockwise by which most letters of a page want it turned; None when there are few, or no most."""
    words = page.get_textpage()
    try:
        count = words.count_chars()
        if count < _FEWEST_LETTERS:
            return None
        ways: Counter[int | None] = Counter()
        for index in range(0, count, max(1, count // _MOST_LETTERS)):
            # Spaces and line ends are put in by PDFium, and lie in no direction.
            if not chr(pypdfium2.raw.FPDFText_GetUnicode(words.raw, index)).isspace():
                ways[_way(math.degrees(pypdfium2.raw.FPDFText_GetCharAngle(words.raw, index)))] += 1
    finally:
        words.close()
    if not ways:
        return None
    way, letters = ways.most_common(1)[0]
    if way is None or 2 * letters <= ways.total():
        return None
    # PDFium tells how letters are turned clockwise, before the page itself is.
    return -(way + int(page.get_rotation())) % _FULL


def _way(degrees: float) -> int | None:
    """The nearest quarter of a turn; None for what lies between."""
    quarter = round(degrees / 90) * 90
    return quarter % _FULL if abs(degrees - quarter) <= _SLANT else None
