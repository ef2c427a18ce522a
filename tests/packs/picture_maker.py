"""Makes the pictures of the example packs, always the same bytes: `python tests/packs/picture_maker.py`."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
from reportlab.lib.colors import HexColor, white
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "briefpack" / "data" / "fonts"
PICTURES = ROOT / "sources" / "foreign-ministers" / "pictures"
GALLERY = ROOT / "sources" / "gallery" / "pictures"
LOGO = ROOT / "styles" / "logos" / "emblem.png"

NAVY, GREY, RULE, TINT = (HexColor(c) for c in ("#1b365d", "#5a6270", "#c9ced6", "#eef2f7"))


def _fonts() -> None:
    for name in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(f"Picture-{name}", str(FONTS / f"Carlito-{name}.ttf")))


def _render(pdf: bytes, target: Path, dpi: int) -> None:
    page = pypdfium2.PdfDocument(pdf)[0]
    target.parent.mkdir(parents=True, exist_ok=True)
    page.render(scale=dpi / 72).to_pil().save(target, optimize=True)


def road_to_the_hague() -> None:
    """A timeline from the Washington Summit to the Summit in The Hague, 160 x 44 mm."""
    width, height = 454.0, 108.0
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(width, height), invariant=1)
    canvas.setFillColor(TINT)
    canvas.rect(0, 0, width, height, stroke=0, fill=1)
    line = 62.0
    stops = (
        (52.0, "July 2024", "Washington", "Summit", False),
        (198.0, "March 2025", "Sarajevo and Kosovo", "visits", False),
        (300.0, "3–4 April 2025", "Brussels", "foreign ministers", True),
        (402.0, "end of June 2025", "The Hague", "Summit", False),
    )
    canvas.setStrokeColor(NAVY)
    canvas.setLineWidth(1.6)
    canvas.line(stops[0][0], line, stops[-1][0], line)
    for x, when, place, what, here in stops:
        canvas.setFillColor(NAVY if here else white)
        canvas.circle(x, line, 6.5 if here else 4.5, stroke=1, fill=1)
        canvas.setFillColor(GREY)
        canvas.setFont("Picture-Regular", 10)
        canvas.drawCentredString(x, line + 18, when)
        canvas.setFillColor(NAVY)
        canvas.setFont("Picture-Bold", 11.5)
        canvas.drawCentredString(x, line - 27, place)
        canvas.setFillColor(GREY)
        canvas.setFont("Picture-Regular", 10)
        canvas.drawCentredString(x, line - 40, what)
    canvas.save()
    _render(buffer.getvalue(), PICTURES / "road-to-the-hague.png", 240)


def portrait() -> None:
    """Nobody's portrait, 35 x 45 mm: head and shoulders in two tones."""
    width, height = 99.0, 127.0
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(width, height), invariant=1)
    canvas.setFillColor(TINT)
    canvas.rect(0, 0, width, height, stroke=0, fill=1)
    canvas.setFillColor(RULE)
    canvas.ellipse(8, -46, 91, 46, stroke=0, fill=1)
    canvas.circle(width / 2, 72, 24, stroke=0, fill=1)
    canvas.save()
    _render(buffer.getvalue(), GALLERY / "portrait.png", 240)


def emblem() -> None:
    """The emblem of a ministry that does not exist: a bridge of three arches over two waves."""
    side = 120.0
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(side, side), invariant=1)
    canvas.setFillColor(NAVY)
    canvas.roundRect(4, 4, 112, 112, 10, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.rect(16, 42, 88, 40, stroke=0, fill=1)
    canvas.setFillColor(NAVY)
    for left, span, rise in ((20, 22, 22), (46, 28, 30), (78, 22, 22)):
        canvas.ellipse(left, 44 - rise, left + span, 44 + rise, stroke=0, fill=1)
    canvas.setLineWidth(3)
    canvas.setStrokeColor(RULE)
    for y in (30, 20):
        path = canvas.beginPath()
        path.moveTo(16, y)
        for step in range(4):
            x = 16 + 22 * step
            path.curveTo(x + 7, y + 7, x + 15, y - 7, x + 22, y)
        canvas.drawPath(path)
    canvas.save()
    _render(buffer.getvalue(), LOGO, 300)


if __name__ == "__main__":
    _fonts()
    road_to_the_hague()
    portrait()
    emblem()
