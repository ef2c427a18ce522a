"""Makes docs/pages.png from the built example packs: `briefpack build && python tests/packs/page_picture_maker.py`."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "foreign-ministers"
PAGES = (
    ("delegation", "", 0),
    ("delegation", "Annotated agenda", 0),
    ("minister", "Ukraine", 0),
    ("press", "Defence spending", 0),
    ("staff", "Western Balkans", 0),
    ("delegation", "Meetings and formats", 1),
)
"""Audience, the bookmark that leads near the page ("" for the cover), and how many pages behind it."""
WIDTH = 420
GAP = 14
GROUND = "#8d939b"


def _page(audience: str, title: str, further: int) -> Image.Image:
    document = pypdfium2.PdfDocument(BUILD / audience / f"foreign-ministers-{audience}.pdf")
    first = 0
    if title:
        (first,) = (
            destination.get_index()
            for bookmark in document.get_toc()
            if bookmark.level == 0 and bookmark.get_title().endswith(title)
            if (destination := bookmark.get_dest()) is not None
        )
    page = document[first + further]
    return page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")


def main() -> None:
    pictures = [_page(*page) for page in PAGES]
    height = max(picture.height for picture in pictures)
    columns = 3
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (columns * (WIDTH + GAP) + GAP, rows * (height + GAP) + GAP), GROUND)
    for number, picture in enumerate(pictures):
        row, column = divmod(number, columns)
        sheet.paste(picture, (GAP + column * (WIDTH + GAP), GAP + row * (height + GAP)))
    sheet.quantize(256).save(ROOT / "docs" / "pages.png", optimize=True)


if __name__ == "__main__":
    main()
