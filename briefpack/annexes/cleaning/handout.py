"""Clean pages → pages turned, and two of them on a sheet, as they are handed out.

Nothing is drawn anew: a sheet paints the forms that its pages painted, each in its frame, upright, and never larger than it was.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from briefpack.annex import OutlineNode
from briefpack.annexes.cleaning.marks import Key
from briefpack.annexes.geometry import Box, Matrix, View, apply, inverse, product

PER_SHEET = 2
_MM = 72 / 25.4
_A4, _LETTER = (210 * _MM, 297 * _MM), (612.0, 792.0)
_AMERICAN = ((612.0, 792.0), (612.0, 1008.0), (792.0, 1224.0))
"""Letter, Legal and Tabloid; who prints on these has no A4."""
_NEAR = 3.0
"""Points by which a page may miss a paper size."""
_MARGIN, _GAP = 36.0, 24.0
"""Points around a sheet, and between its pages."""
_FRAME = b"0.5 w 0.6 G"
"""How the line around a page is drawn."""


def turn(pdf: Pdf, views: Sequence[View], degrees: int) -> list[View]:
    """Turn all pages clockwise, as the reader sees them, on top of their own rotation. degrees: 0, 90, 180 or 270."""
    if not degrees:
        return list(views)
    turned = [replace(view, rotate=(view.rotate + degrees) % 360) for view in views]
    for page, view in zip(pdf.pages, turned, strict=True):
        page.obj.Rotate = view.rotate
    return turned


@dataclass(frozen=True, slots=True)
class _Placed:
    """A page on a sheet. to_sheet: from its page space to the sheet's. cell: where it is seen there."""

    sheet: int
    to_sheet: Matrix
    scale: float
    cell: Box


def two_up(pdf: Pdf, views: Sequence[View]) -> list[View]:
    """Put every two pages of a clean file without tags on one sheet; links stay where they were on their page, and lead there.

    Landscape pages stand above each other on a portrait sheet, portrait pages side by side on a landscape one, whichever there
    are more of. The sheet is A4, or Letter when the first page has an American paper size. Returns the views of the sheets.
    """
    width, height = _sheet(views)
    cells = _cells(width, height)
    pages = list(pdf.pages)
    places: dict[Key, _Placed] = {}
    for number, (page, view) in enumerate(zip(pages, views, strict=True)):
        sheet, cell = divmod(number, PER_SHEET)
        places[page.obj.objgen] = _placed(view, sheet, cells[cell])
    paint = pdf.make_stream(b"/Annex Do")
    sheets: list[Object] = []
    for first in range(0, len(pages), PER_SHEET):
        shown = [page.obj for page in pages[first : first + PER_SHEET]]
        fresh = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, width, height]),
            Resources=Dictionary(XObject=Dictionary(Annex=_content(pdf, shown, places, (width, height)))),
            Contents=paint,
        )
        sheets.append(pdf.make_indirect(fresh))
    for number, made in enumerate(sheets):
        links = [
            link
            for page in pages[number * PER_SHEET : (number + 1) * PER_SHEET]
            for link in (page.obj.Annots if "/Annots" in page.obj else ())
            if _move(link, places[page.obj.objgen], places, sheets)
        ]
        if links:
            made.Annots = Array(links)
    del pdf.pages[:]
    for made in sheets:
        pdf.pages.append(pikepdf.Page(made))
    return [View((0.0, 0.0, width, height))] * len(sheets)


def on_sheets(nodes: Sequence[OutlineNode]) -> tuple[OutlineNode, ...]:
    """An outline that leads to the sheets on which its pages are."""
    return tuple(
        OutlineNode(
            node.title, None if node.page is None else node.page // PER_SHEET, on_sheets(node.children)
        )
        for node in nodes
    )


def _sheet(views: Sequence[View]) -> tuple[float, float]:
    first = sorted(views[0].size)
    american = any(all(abs(a - b) <= _NEAR for a, b in zip(first, paper, strict=True)) for paper in _AMERICAN)
    short, long = (round(side, 2) for side in (_LETTER if american else _A4))
    landscape = sum(view.size[0] >= view.size[1] for view in views)
    return (short, long) if 2 * landscape >= len(views) else (long, short)


def _cells(width: float, height: float) -> tuple[Box, Box]:
    """Where a sheet has its two pages, the first one first."""
    left, bottom, right, top = _MARGIN, _MARGIN, width - _MARGIN, height - _MARGIN
    if width < height:
        middle = height / 2
        return (left, middle + _GAP / 2, right, top), (left, bottom, right, middle - _GAP / 2)
    middle = width / 2
    return (left, bottom, middle - _GAP / 2, top), (middle + _GAP / 2, bottom, right, top)


def _placed(view: View, sheet: int, cell: Box) -> _Placed:
    left, bottom, right, top = cell
    width, height = view.size
    scale = min(1.0, (right - left) / width, (top - bottom) / height)
    x, y = (left + right - scale * width) / 2, (bottom + top - scale * height) / 2
    to_sheet = product(inverse(view.matrix), (scale, 0, 0, scale, x, y))
    return _Placed(sheet, to_sheet, scale * view.unit, (x, y, x + scale * width, y + scale * height))


def _content(
    pdf: Pdf, pages: Sequence[Object], places: dict[Key, _Placed], size: tuple[float, float]
) -> Object:
    lines, forms = [], Dictionary()
    for number, page in enumerate(pages):
        place = places[page.objgen]
        form = page.Resources.XObject.Annex
        if "/Group" in page and "/Group" not in form:
            # What a page blends within itself, it must not blend with the sheet (ISO 32000-2, 11.4.7: a page is isolated).
            form.Group = copy.copy(page.Group)
            form.Group.I = True
        forms[f"/P{number}"] = form
        left, bottom, right, top = place.cell
        lines += [
            b"q %s cm /P%d Do Q" % (_words(place.to_sheet), number),
            b"q %s %s re S Q" % (_FRAME, _words((left, bottom, right - left, top - bottom))),
        ]
    return pdf.make_stream(
        b"\n".join(lines),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, *size]),
        Resources=Dictionary(XObject=forms),
    )


def _move(link: Object, place: _Placed, places: dict[Key, _Placed], sheets: Sequence[Object]) -> bool:
    """Move a link from its page to the sheet; False when nothing of it is seen there."""
    left, bottom, right, top = _around(place.to_sheet, [float(value) for value in link.Rect])
    seen = place.cell
    rect = (max(left, seen[0]), max(bottom, seen[1]), min(right, seen[2]), min(top, seen[3]))
    if rect[0] >= rect[2] or rect[1] >= rect[3]:
        return False
    link.Rect = Array([*rect])
    if "/QuadPoints" in link:
        corners = [float(value) for value in link.QuadPoints]
        link.QuadPoints = Array(
            [v for x, y in zip(corners[::2], corners[1::2], strict=True) for v in apply(place.to_sheet, x, y)]
        )
    if "/Border" in link:
        link.Border = Array([float(value) * place.scale for value in link.Border])
    if "/Dest" in link:
        link.Dest = _destination(link.Dest, places, sheets)
    return True


def _destination(told: Object, places: dict[Key, _Placed], sheets: Sequence[Object]) -> Array:
    """The same place on the sheet; how large it is to be shown is left to the reader."""
    page, fit, *values = list(told)
    place = places[page.objgen]
    numbers = [None if value is None else float(value) for value in values]
    left, _, _, top = place.cell
    match str(fit), numbers:
        case "/FitR", [float() as x0, float() as y0, float() as x1, float() as y1]:
            return Array([sheets[place.sheet], Name.FitR, *_around(place.to_sheet, [x0, y0, x1, y1])])
        case "/XYZ", [float() as x, float() as y, *_]:
            left, top = apply(place.to_sheet, x, y)
        case _:
            # One coordinate says nothing of a page that was turned: its upper left corner.
            pass
    return Array([sheets[place.sheet], Name.XYZ, left, top, None])


def _around(matrix: Matrix, rect: Sequence[float]) -> Box:
    """Where the matrix takes a rectangle; it turns by right angles only."""
    corners = apply(matrix, rect[0], rect[1]), apply(matrix, rect[2], rect[3])
    (left, right), (bottom, top) = (sorted(values) for values in zip(*corners, strict=True))
    return left, bottom, right, top


def _words(values: Sequence[float]) -> bytes:
    words = (f"{value:.6f}".rstrip("0").rstrip(".") for value in values)
    return " ".join("0" if word == "-0" else word for word in words).encode()
