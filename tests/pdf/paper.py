"""What text is drawn on in tests, and what readers of PDF make of it."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from briefpack.document import Align
from briefpack.pdf.fonts import Faces, PdfDocument
from briefpack.pdf.ink import Target
from briefpack.pdf.paragraph import TextFlow
from briefpack.pdf.pen import Box, Stretch
from briefpack.pdf.structure import Element
from briefpack.pdf.text import Typesetter
from briefpack.style import Colour, Font, Length, Style
from tests.made_style import made_style

FONTS = Path(__file__).parents[2] / "briefpack" / "data" / "fonts"


def family(name: str, *fallback: str) -> Font:
    faces = (FONTS / f"{name}-{face}.ttf" for face in ("Regular", "Bold", "Italic", "BoldItalic"))
    return Font(name, name, *faces, fallback)


def style(**body: object) -> Style:
    """made_style with other looks of the body role, and with other roles for what body cannot show."""
    made = made_style()
    look = replace(made.text["body"], **body)
    text = {
        **made.text,
        "body": look,
        "secondary": replace(look, colour=Colour(90, 98, 112)),
        "code": replace(look, font="LiberationMono"),
        "link": replace(look, colour=Colour(27, 54, 93), underline=True),
        "caption": replace(look, size=Length(9), caps=True, tracking=0.1),
    }
    fonts: Mapping[str, Font] = {
        "Carlito": family("Carlito", "LiberationSans"),
        "LiberationSans": family("LiberationSans"),
        "LiberationMono": family("LiberationMono"),
    }
    return replace(made, text=text, fonts=fonts)


def typesetter(language: str = "en", **body: object) -> Typesetter:
    made = style(**body)
    return Typesetter(made, Faces(made.fonts), language)


def justified(language: str = "en") -> Typesetter:
    return typesetter(language, align=Align.JUSTIFY, hyphenate=True)


class Paper:
    """A sheet that keeps what is written on it. links: (target, rect) as told."""

    def __init__(self) -> None:
        self._file = io.BytesIO()
        self.canvas = Canvas(self._file, pagesize=(595, 842), invariant=1, pageCompression=0)
        self.links: list[tuple[Target, tuple[float, float, float, float]]] = []
        self.written: list[str] = []

    @property
    def pdf(self) -> PdfDocument:
        return self.canvas._doc

    def text(self, stretches: Sequence[Stretch], rules: Sequence[str]) -> None:
        operators = "\n".join(["BT", *(line for _, lines in stretches for line in lines), "ET", *rules])
        self.written.append(operators)
        self.canvas.addLiteral(operators)

    def link(self, target: Target, rect: Box, element: Element | None) -> None:  # noqa: ARG002  # the Sink contract
        self.links.append((target, rect))

    def finish(self) -> bytes:
        self.canvas.save()
        return self._file.getvalue()


def boxes_of_characters(pdf: bytes) -> list[tuple[str, float, float, float, float]]:
    """Every character of the first page with its box: left, bottom, right, top."""
    page = pypdfium2.PdfDocument(pdf)[0]
    text = page.get_textpage()
    return [(text.get_text_range(i, 1), *text.get_charbox(i, loose=True)) for i in range(text.count_chars())]


def draw(flow: TextFlow, width: float, *, x: float = 60, top: float = 780) -> Paper:
    paper = Paper()
    flow.fit(width)
    flow.paint(paper, x, top)
    return paper


def read(pdf: bytes) -> str:
    """The words a reader finds: soft hyphens at line ends (pdfium's marks for them) are no part of a word."""
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    return " ".join(re.sub(r"(\ufffe|\u00ad)(\r\n)?", "", text).split())


def extracted(paper: Paper) -> str:
    """The text of a sheet as a reader finds it, lines and all."""
    return pypdfium2.PdfDocument(paper.finish())[0].get_textpage().get_text_range()
