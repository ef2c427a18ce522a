"""A clean annex → its pages in pixels, as Word shows them or small on a contact sheet. Runs in the worker."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2

from briefpack.annexes.cleaning.refusal import Refusal
from briefpack.annexes.picturing import DPI, INDEX, LONGEST_SIDE
from briefpack.page_pictures import THUMB_HEIGHT, THUMB_WIDTH, Pixels, contact_sheet, page_picture

MOST_DRAWN = 500
"""Pages of an annex that Word shows."""
MOST_BYTES = 100 << 20
"""Of the pictures of an annex."""
MOST_ON_SHEET = 40
"""Pages on a contact sheet."""
_POINTS = 72
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def draw(clean: Path, target: Path) -> int:
    """Write all pages of a clean file as pictures into a ZIP archive; equal pages give equal bytes. Gives the number of pages.

    Raises Refusal when there are too many of them, or they weigh too much.
    """
    index: list[tuple[str, str, int, int, float]] = []
    weight = 0
    with pypdfium2.PdfDocument(clean) as pdf, zipfile.ZipFile(target, "w") as archive:
        if len(pdf) > MOST_DRAWN:
            raise Refusal(
                f"has {len(pdf):,} pages; at most {MOST_DRAWN} are shown as pictures",
                "name fewer with `pages:`",
            )
        for number, (pixels, scale) in enumerate(_pages(pdf, range(len(pdf))), 1):
            picture = page_picture(pixels, round(scale * _POINTS, 4))
            weight += len(picture.content)
            if weight > MOST_BYTES:
                raise Refusal(
                    f"weighs more than {MOST_BYTES >> 20} MB in pictures", "name fewer pages with `pages:`"
                )
            name = f"{number:04}.{picture.format}"
            index.append((name, picture.format, picture.width, picture.height, picture.dpi))
            archive.writestr(zipfile.ZipInfo(name, _ZIP_DATE), picture.content)
        words = json.dumps({"dpi": DPI, "longest": LONGEST_SIDE, "pages": index})
        archive.writestr(zipfile.ZipInfo(INDEX, _ZIP_DATE), words)
    return len(index)


def _pages(pdf: pypdfium2.PdfDocument, numbers: Sequence[int]) -> Iterator[tuple[Pixels, float]]:
    """Pages with their pixels per point."""
    for number in numbers:
        page = pdf[number]
        scale = min(DPI / _POINTS, LONGEST_SIDE / max(page.get_size()))
        yield _drawn(page, scale), scale
        page.close()


def _drawn(page: pypdfium2.PdfPage, scale: float) -> Pixels:
    bitmap = page.render(scale=scale, rev_byteorder=True, fill_color=(255, 255, 255, 255))
    if bitmap.n_channels != 3:
        raise ValueError("pdfium draws opaque pages in three channels")
    drawn = Pixels(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
    bitmap.close()
    return drawn


def draw_sheet(clean: Path, target: Path, title: str, detail: str) -> int:
    """Write a contact sheet of a clean file, a PNG; gives the number of pages on it."""
    thumbs: list[Pixels] = []
    with pypdfium2.PdfDocument(clean) as pdf:
        pages = len(pdf)
        # One page more on the sheet costs no more than the line that says it is missing.
        shown = pages if pages == MOST_ON_SHEET + 1 else min(pages, MOST_ON_SHEET)
        for number in range(shown):
            page = pdf[number]
            width, height = page.get_size()
            # Less than a pixel of room, since pdfium rounds up.
            scale = min((THUMB_WIDTH - 1) / width, (THUMB_HEIGHT - 1) / height)
            thumbs.append(_drawn(page, scale))
            page.close()
    rest = f"… and {pages - shown:,} more" if shown < pages else ""
    labels = [str(number) for number in range(1, shown + 1)]
    target.write_bytes(contact_sheet(thumbs, labels, title, detail, rest))
    return shown
