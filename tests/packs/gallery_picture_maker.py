"""Makes docs/gallery.md and its pictures from the built gallery: `briefpack build gallery && python -m tests.packs.gallery_picture_maker`."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image

from briefpack.pack import AuthorSection, SectionKind
from briefpack.reading.author_words import plain_words
from briefpack.reading.kinds import KINDS
from briefpack.reading.read_pack import read_pack

ROOT = Path(__file__).parents[2]
PACK = ROOT / "sources" / "gallery"
BUILT = ROOT / "build" / "gallery" / "base" / "gallery-base.pdf"
PICTURES = ROOT / "docs" / "gallery"
PAGE = ROOT / "docs" / "gallery.md"
WIDTH = 700
"""Pixels of an upright page; one on its side is as high as that is wide."""
COLOURS = 64

_OPENING = """# Gallery

Every block and every kind of section, in the base style, with the YAML it is written in below it. These are the pages of [sources/gallery](../sources/gallery/pack.yaml); `briefpack build gallery`
makes them in every style. [writing.md](writing.md) explains each.
"""


def gallery_sections() -> tuple[AuthorSection, ...]:
    """The gallery's sections, in order."""
    pack = read_pack(PACK).pack
    if pack is None:
        raise SystemExit("the gallery has errors: briefpack check gallery")
    return pack.sections


def line(section: AuthorSection) -> str:
    """What a section shows, in a line."""
    if section.kind is SectionKind.PLAIN:
        return plain_words(section.note or ())
    return KINDS[section.kind].about


def _pages(document: pypdfium2.PdfDocument, sections: tuple[AuthorSection, ...]) -> Iterator[list[int]]:
    """The 0-based pages of each section, by the bookmarks of the top level; what stands before the first is left out."""
    starts: dict[str, int] = {}
    for bookmark in document.get_toc():
        destination = bookmark.get_dest() if bookmark.level == 0 else None
        if destination is not None:
            starts[bookmark.get_title()] = destination.get_index()
    firsts = [
        next(page for title, page in starts.items() if title.endswith(section.title)) for section in sections
    ]
    for first, after in zip(firsts, [*firsts[1:], len(document)], strict=True):
        yield list(range(first, after))


def _picture(page: pypdfium2.PdfPage) -> bytes:
    scale = WIDTH / min(page.get_size())
    picture = page.render(scale=scale).to_pil().convert("RGB")
    small = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    small.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def main() -> None:
    sections = gallery_sections()
    document = pypdfium2.PdfDocument(BUILT)
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    out = [_OPENING]
    for section, pages in zip(sections, _pages(document, sections), strict=True):
        source = section.path.relative_to(ROOT).as_posix()
        out.append(f"## {section.title}\n\n{line(section)} [Source](../{source})\n")
        for count, number in enumerate(pages, 1):
            name = f"{section.path.stem}-{count}.png"
            (PICTURES / name).write_bytes(_picture(document[number]))
            which = f", page {count} of {len(pages)}" if len(pages) > 1 else ""
            out.append(f"![{section.title}{which}, in the base style](gallery/{name})\n")
    PAGE.write_text("\n".join(out), encoding="utf-8")


if __name__ == "__main__":
    main()
