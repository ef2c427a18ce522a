"""What a Document's structure tree must say, and what poppler finds in a PDF: lists of (path of types, words) in order."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias, assert_never

from briefpack.document import (
    Block,
    Callout,
    Columns,
    CrossReference,
    Document,
    Heading,
    Image,
    Landscape,
    LineBreak,
    Link,
    List,
    Listing,
    NumberedParagraph,
    PageBreak,
    Paragraph,
    Quotation,
    Section,
    SideBySide,
    Spans,
    Table,
    Text,
    Together,
)
from tests.conftest import need_tool

Saying: TypeAlias = tuple[tuple[str, ...], str]
"""Types from the root down, and words without any white space."""

SECTION = ("Document", "Sect")


def joined(sayings: Iterable[Saying]) -> list[Saying]:
    """Neighbours of one path together; white space and soft hyphens do not count."""
    found: list[Saying] = []
    for path, words in sayings:
        bare = re.sub(r"[\s\u00ad]", "", words)
        if found and found[-1][0] == path:
            found[-1] = (path, found[-1][1] + bare)
        elif bare:
            found.append((path, bare))
    return found


def said_by(pdf: Path) -> list[Saying]:
    """What `pdfinfo -struct-text` reads in a file."""
    done = subprocess.run(
        [need_tool("pdfinfo"), "-struct-text", str(pdf)],
        capture_output=True,
        check=True,
        # Titles of elements come as they stand in the file.
        encoding="utf-8",
        errors="replace",
    )
    return joined(_sayings(done.stdout.splitlines()))


def _sayings(lines: Iterable[str]) -> Iterator[Saying]:
    path: list[str] = []
    for line in lines:
        depth = (len(line) - len(line.lstrip(" "))) // 2
        content = line.strip()
        if content.startswith('"') and content.endswith('"'):
            # A Div only groups what a style puts into one box.
            yield tuple(kind for kind in path[:depth] if kind != "Div"), content[1:-1]
        elif content and content[0] != "/" and not content.startswith("Object "):
            del path[depth:]
            path.append(content.split(" ")[0].rstrip(":"))


def sections_say(document: Document) -> list[Saying]:
    """The sections, by the Document alone."""
    return joined(saying for section in document.sections for saying in _section(section))


def _section(section: Section) -> Iterator[Saying]:
    yield (*SECTION, "H1"), f"{section.number or ''}{section.title}"
    yield from _words((*SECTION, "P"), section.lead)
    for block in section.blocks:
        yield from _block(SECTION, block)


def _words(path: tuple[str, ...], spans: Spans) -> Iterator[Saying]:
    for span in spans:
        match span:
            case Text():
                yield _run(path, span), span.text
            case LineBreak():
                pass
            case Link() | CrossReference():
                for part in span.spans:
                    yield _run((*path, "Link"), part), part.text
            case _:
                assert_never(span)


def _run(path: tuple[str, ...], text: Text) -> tuple[str, ...]:
    if text.code:
        return (*path, "Code")
    return (*path, "Span") if text.language else path


def _block(path: tuple[str, ...], block: Block) -> Iterator[Saying]:
    match block:
        case Heading():
            own = (*path, f"H{block.level}")
            yield own, block.number or ""
            yield from _words(own, block.spans)
        case Paragraph():
            yield from _words((*path, "P"), block.spans)
        case NumberedParagraph():
            yield (*path, "P"), block.label
            yield from _words((*path, "P"), block.spans)
        case List():
            for item in block.items:
                yield (*path, "L", "LI", "Lbl"), item.label
                yield from _blocks((*path, "L", "LI", "LBody"), item.blocks)
        case Table():
            yield from _table(path, block)
        case Image():
            caption = (*path, "Figure", "Caption") if block.alt else (*path, "P")
            yield from _caption(caption, block)
            yield from _words((*path, "P"), block.source or ())
        case Callout():
            yield from _words((*path, "Sect", "P"), block.title or ())
            for inner in block.blocks:
                yield from _block((*path, "Sect"), inner)
        case Quotation():
            for inner in block.blocks:
                yield from _block((*path, "BlockQuote"), inner)
            yield from _words((*path, "BlockQuote", "P"), block.attribution or ())
        case SideBySide() | Columns():
            for part in block.parts:
                for inner in part:
                    yield from _block(path, inner)
        case Landscape() | Together():
            for inner in block.blocks:
                yield from _block(path, inner)
        case Listing():
            for entry in block.entries:
                yield (*path, "TOC", "TOCI", "Lbl"), entry.label
                # What is printed of a page is known when it is drawn.
                yield (*path, "TOC", "TOCI", "Reference", "Link"), entry.title
        case PageBreak():
            pass
        case _:
            assert_never(block)


def _caption(path: tuple[str, ...], block: Table | Image) -> Iterator[Saying]:
    if block.caption is not None:
        yield path, f"{block.caption.label}:"
        yield from _words(path, block.caption.spans)


def _blocks(path: tuple[str, ...], blocks: tuple[Block, ...]) -> Iterator[Saying]:
    """What a cell or an item holds: a paragraph that is alone has no element of its own."""
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        yield from _words(path, blocks[0].spans)
        return
    for block in blocks:
        yield from _block(path, block)


def _table(path: tuple[str, ...], block: Table) -> Iterator[Saying]:
    own = (*path, "Table")
    yield from _caption((*own, "Caption"), block)
    for row in block.header:
        for cell in row.cells:
            yield from _blocks((*own, "THead", "TR", "TH"), cell.blocks)
    for row in block.rows:
        for cell in row.cells:
            kind = "TD" if cell.heads is None else "TH"
            yield from _blocks((*own, "TBody", "TR", kind), cell.blocks)
    for note in block.notes:
        yield (*path, "P"), note.mark
        yield from _words((*path, "P"), note.spans)
    yield from _words((*path, "P"), block.source or ())
