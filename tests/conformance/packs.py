"""The example packs as a reader of the source understands them: what each audience should get, before any file is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar, assert_never

from briefpack.annex import AnnexFacts
from briefpack.document import (
    AnnexEntry,
    Block,
    Callout,
    Chart,
    Columns,
    Document,
    Heading,
    Image,
    Landscape,
    List,
    Listing,
    ListingEntry,
    ListKind,
    NumberedParagraph,
    PageBreak,
    Paragraph,
    Quotation,
    Section,
    SideBySide,
    Table,
    TocEntry,
    Together,
    plain_text,
)
from briefpack.errors import Findings
from briefpack.pack import Audience, Pack
from briefpack.pipeline.audience import Until
from briefpack.pipeline.prepare import Order, prepare
from briefpack.resolve import resolve
from briefpack.select import Selection
from briefpack.style import Style

_Titled = TypeVar("_Titled", Section, TocEntry, AnnexEntry, ListingEntry)
ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "sources"

MINISTERS = ("minister", "delegation", "staff", "press")
GALLERY = ("base", *MINISTERS)
EXAMPLES = (*(("foreign-ministers", audience) for audience in MINISTERS), ("minimal", "desk"))
CASES = (*EXAMPLES, *(("gallery", audience) for audience in GALLERY))
PRINTED = (*EXAMPLES, ("gallery", "base"), ("gallery", "press"))
"""Those that LibreOffice prints, which takes its time: the gallery in the style without numbers and in the narrowest."""


@dataclass(frozen=True)
class Expected:
    """What one audience should get. whole: the pack before anything was selected."""

    whole: Pack
    audience: Audience
    selection: Selection
    style: Style
    facts: dict[str, AnnexFacts]
    document: Document

    @property
    def printed_contents(self) -> list[TocEntry]:
        """The entries that the style prints on the contents pages."""
        return [entry for entry in self.document.contents if entry.level <= self.style.contents.depth]


@cache
def expected(pack: str, audience: str, sources: Path = SOURCES) -> Expected:
    """Read, select and resolve, as a build does before it writes anything. sources: the folder of the pack's folder."""
    return _all_expected(sources / pack)[audience]


@cache
def _all_expected(pack: Path) -> dict[str, Expected]:
    findings = Findings()
    with TemporaryDirectory() as folder:
        prepared = prepare(
            pack,
            Order(output=Path(folder)),
            Until.RESOLVED,
            findings,
            progress=lambda *_: None,
            cache=Path(folder),
        )
    assert not findings.has_errors
    made = {}
    for job in prepared.jobs:
        resolution = resolve(job.pack, job.audience, job.style, job.facts, date=job.date, known=job.known)
        assert resolution.document is not None
        made[job.audience.name] = Expected(
            prepared.pack,
            job.audience,
            prepared.selections[job.audience.name],
            job.style,
            dict(job.facts),
            _titled(resolution.document),
        )
    return made


def spaced(text: str) -> str:
    """With a space for what keeps a mark on the line of its title, as readers of the text have it."""
    return text.replace("\u00a0", " ")


def _titled(document: Document) -> Document:
    """The Document with the marks of portions as parts of titles, as they are printed and read."""

    def titled(value: _Titled) -> _Titled:
        return replace(value, title=spaced(f"{value.mark}{value.title}"), mark="")

    def listed(block: Block) -> Block:
        return (
            replace(block, entries=tuple(map(titled, block.entries))) if isinstance(block, Listing) else block
        )

    return replace(
        document,
        contents=tuple(titled(entry) if entry.mark else entry for entry in document.contents),
        sections=tuple(
            replace(titled(section), blocks=tuple(map(listed, section.blocks))) if section.mark else section
            for section in document.sections
        ),
        annexes=tuple(titled(annex) if annex.mark else annex for annex in document.annexes),
    )


# --------------------------------------------------------------------------- words of a Document


def every(blocks: Iterable[Block]) -> Iterator[Block]:
    """All blocks in order of reading, those inside others as well."""
    for block in blocks:
        yield block
        yield from every(inside(block))


def inside(block: Block) -> Iterator[Block]:
    """The blocks that a block is made of, in order of reading."""
    match block:
        case List():
            for item in block.items:
                yield from item.blocks
        case Callout() | Quotation() | Landscape() | Together():
            yield from block.blocks
        case SideBySide() | Columns():
            for part in block.parts:
                yield from part
        case Table():
            for row in (*block.header, *block.rows):
                for cell in row.cells:
                    yield from cell.blocks


def texts_of_section(section: Section, *, labels: bool = True) -> list[str]:
    """Every run of words that stands together, in reading order: title, quiet line, paragraphs, cells, captions.

    labels: with the numbers of headings and paragraphs and the marks of lists, which Word counts itself.
    """
    title = _labelled(section.number, section.title, labels=labels)
    words = texts_of(section.blocks, labels=labels)
    return [text for text in (title, plain_text(section.lead), *words) if text.strip()]


def texts_of(blocks: Iterable[Block], *, labels: bool = True) -> list[str]:
    """The same for blocks; labels of lists and numbers stand before their words."""
    found: list[str] = []
    for block in blocks:
        found += _texts_of_block(block, labels=labels)
    return [text for text in found if text.strip()]


def _labelled(label: str | None, words: str, *, labels: bool) -> str:
    return f"{label} {words}" if label and labels else words


def _texts_of_block(block: Block, *, labels: bool) -> list[str]:
    match block:
        case Heading():
            return [_labelled(block.number, plain_text(block.spans), labels=labels)]
        case Paragraph():
            return [plain_text(block.spans)]
        case NumberedParagraph():
            return [_labelled(block.label, plain_text(block.spans), labels=labels)]
        case List():
            found = []
            for item in block.items:
                first, *others = texts_of(item.blocks, labels=labels)
                # Terms are words, whoever counts the rest.
                counted = block.kind is not ListKind.TERMS
                found += [_labelled(item.label, first, labels=labels or not counted), *others]
            return found
        case Table():
            cells = [
                text
                for row in (*block.header, *block.rows)
                for cell in row.cells
                for text in texts_of(cell.blocks, labels=labels)
            ]
            notes = [f"{note.mark} {plain_text(note.spans)}" for note in block.notes]
            return [*_caption(block), *cells, *notes, plain_text(block.source or ())]
        case Image() | Chart():
            return [*_caption(block), plain_text(block.source or ())]
        case Callout():
            return [plain_text(block.title or ()), *texts_of(block.blocks, labels=labels)]
        case Quotation():
            return [*texts_of(block.blocks, labels=labels), plain_text(block.attribution or ())]
        case SideBySide() | Columns() | Landscape() | Together():
            return texts_of(inside(block), labels=labels)
        case Listing():
            return [f"{entry.label} {entry.title}" for entry in block.entries]
        case PageBreak():
            return []
        case _:
            assert_never(block)


def _caption(block: Table | Image | Chart) -> list[str]:
    return (
        [f"{block.caption.label}{block.caption.joint}{plain_text(block.caption.spans)}"]
        if block.caption
        else []
    )


def texts_of_charts(blocks: Iterable[Block]) -> list[str]:
    """What is printed in the pictures of charts: names, and the numbers that the axes or the marks have."""
    return [
        text
        for block in every(blocks)
        if isinstance(block, Chart)
        for text in (
            block.unit,
            *block.categories,
            *(series.name for series in block.series),
            *(label for series in block.series for label in series.labels),
            *(label for _, label in block.ticks),
        )
    ]


def caption_texts(document: Document) -> list[str]:
    return [
        text
        for section in document.sections
        for block in every(section.blocks)
        if isinstance(block, Table | Image | Chart)
        for text in _caption(block)
    ]


def table_texts(document: Document, *, labels: bool = True) -> list[list[list[str]]]:
    """For every table its rows, for every row the words of its cells. labels: as in texts_of_section."""
    return [
        [
            [" ".join(texts_of(cell.blocks, labels=labels)) for cell in row.cells]
            for row in (*block.header, *block.rows)
        ]
        for section in document.sections
        for block in every(section.blocks)
        if isinstance(block, Table)
    ]


def header_texts(document: Document) -> list[list[list[str]]]:
    """As table_texts, for the header rows alone."""
    return [
        [[" ".join(texts_of(cell.blocks)) for cell in row.cells] for row in block.header]
        for section in document.sections
        for block in every(section.blocks)
        if isinstance(block, Table)
    ]


def headings(document: Document) -> list[tuple[int, str | None, str]]:
    """(level, number, words) of every title and heading."""
    found: list[tuple[int, str | None, str]] = []
    for section in document.sections:
        found.append((1, section.number, section.title))
        found += [
            (block.level, block.number, spaced(plain_text(block.spans)))
            for block in every(section.blocks)
            if isinstance(block, Heading)
        ]
    return found
