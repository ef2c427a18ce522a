"""Makes docs/pages.png from the built example packs: `briefpack build && python tests/packs/page_picture_maker.py`."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "foreign-ministers"
PAGES = (
    ("delegation", "i"),
    ("delegation", "iii"),
    ("delegation", "1"),
    ("minister", "5"),
    ("press", "2"),
    ("staff", "C-2"),
)
WIDTH = 420
GAP = 14
GROUND = "#8d939b"


def _page(audience: str, label: str) -> Image.Image:
    document = pypdfium2.PdfDocument(BUILD / audience / f"foreign-ministers-{audience}.pdf")
    labels = [document.get_page_label(number) for number in range(len(document))]
    page = document[labels.index(label)]
    return page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")


def main() -> None:
    pictures = [_page(audience, label) for audience, label in PAGES]
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
