"""Makes docs/markings.png from a built example pack: `briefpack build markings && python tests/packs/marking_picture_maker.py`."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "build" / "markings" / "staff" / "markings-staff.pdf"
TITLE = "Portions"
WIDTH = 700
COLOURS = 64


def main() -> None:
    document = pypdfium2.PdfDocument(BUILT)
    (number,) = (
        destination.get_index()
        for bookmark in document.get_toc()
        if bookmark.level == 0 and bookmark.get_title().endswith(TITLE)
        if (destination := bookmark.get_dest()) is not None
    )
    page = document[number]
    picture = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
    small = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    small.save(ROOT / "docs" / "markings.png", optimize=True)


if __name__ == "__main__":
    main()
