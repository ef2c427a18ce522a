"""Styles and packs that the layout's tests share."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from briefpack.body import Body
from briefpack.document import Align, Document
from briefpack.pdf.layout import Laid, lay_out
from briefpack.pdf.writer import write_body
from briefpack.reading.read_style import read_style
from briefpack.style import Style
from tests.samples import sample_document

STYLES = Path(__file__).parents[2] / "styles"
NAMES = ("base", "minister", "delegation", "staff", "press")


@cache
def style(name: str = "base") -> Style:
    """A style of the project, or the packaged base."""
    read = read_style(name, [STYLES])
    assert read.style is not None, list(read.findings)
    return read.style


@cache
def justified() -> Style:
    """The base style with justified and hyphenated text."""
    base = style()
    looks = {
        role: replace(look, align=Align.JUSTIFY, hyphenate=True)
        if role in {"body", "list", "numbered"}
        else look
        for role, look in base.text.items()
    }
    return replace(base, text=looks)


@cache
def pack(name: str = "base", *, annexes: bool = True) -> tuple[Document, Laid, Body]:
    """The sample pack, laid out and written in a style."""
    look = style(name)
    document = sample_document(
        numbered=look.numbering.sections, annexes=(4, 1, 12) if annexes else (), more_sections=2
    )
    laid = lay_out(document, look)
    return document, laid, write_body(document, look, laid)
