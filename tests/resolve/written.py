"""Blocks as an author writes them, read, selected and lowered, for tests of what becomes of them."""

from __future__ import annotations

from pathlib import Path

from briefpack.document import Block, Document, Paragraph, Spans, Table, plain_text
from briefpack.errors import Findings
from briefpack.pack import Pack
from briefpack.reading.read_pack import read_pack
from briefpack.resolve import Resolution, known_names, resolve
from briefpack.select import select
from briefpack.style import Style
from tests.made_style import made_style
from tests.resolve.making import DATE

PICTURE = Path(__file__).parents[2] / "sources" / "foreign-ministers" / "pictures"


def read(tmp_path: Path, blocks: str, language: str = "en") -> tuple[Pack, Findings]:
    """The pack whose only section has these blocks (YAML, without indentation), and what was found in it."""
    folder = tmp_path / "pack"
    folder.mkdir(exist_ok=True)
    (folder / "pack.yaml").write_text(
        f"title: Visit\nlanguage: {language}\nsections: [a.yaml]\naudiences: {{staff: {{}}, press: {{}}}}\n",
        encoding="utf-8",
    )
    (folder / "a.yaml").write_text(f"title: South\nblocks:\n{blocks}", encoding="utf-8")
    reading = read_pack(folder)
    assert reading.pack is not None, reading.findings.items
    return reading.pack, reading.findings


def resolution(
    tmp_path: Path, blocks: str, audience: str = "staff", language: str = "en", style: Style | None = None
) -> Resolution:
    pack, _ = read(tmp_path, blocks, language)
    reader = next(one for one in pack.audiences if one.name == audience)
    chosen = select(pack, reader).pack
    return resolve(chosen, reader, style or made_style(), {}, date=DATE, known=known_names(pack))


def document(tmp_path: Path, blocks: str, audience: str = "staff", language: str = "en") -> Document:
    made = resolution(tmp_path, blocks, audience, language)
    assert made.document is not None, made.findings
    return made.document


def lowered(tmp_path: Path, blocks: str, audience: str = "staff", language: str = "en") -> tuple[Block, ...]:
    """The section's blocks for one of the audiences staff and press."""
    return document(tmp_path, blocks, audience, language).sections[0].blocks


def said(spans: Spans | None) -> str:
    return plain_text(spans) if spans else ""


def texts(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    """Role and words of paragraphs; the kind of what is none."""
    return [
        (block.role, plain_text(block.spans)) if isinstance(block, Paragraph) else (type(block).__name__, "")
        for block in blocks
    ]


def cells(table: Table) -> list[list[str]]:
    """The words of a table's rows, header first."""
    return [
        [" / ".join(words for _, words in texts(cell.blocks)) for cell in row.cells]
        for row in (*table.header, *table.rows)
    ]
