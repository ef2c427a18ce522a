"""Annex pages on the sheets that they are placed on: what tells of places on a page is told of the sheet.

A page that is its own sheet stays as it is. Any other gets a page space of its sheet's: points, upright, from the lower left corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
)

from briefpack.annexes.geometry import Box, Matrix, View, apply, inverse, moved, product
from briefpack.annexes.objects import Page, add, expect, numbers
from briefpack.placing import Placing

_AS_IT_IS: Matrix = (1, 0, 0, 1, 0, 0)
_LENGTHS = frozenset(
    {
        "/SpaceBefore",
        "/SpaceAfter",
        "/StartIndent",
        "/EndIndent",
        "/TextIndent",
        "/Width",
        "/Height",
        "/LineHeight",
        "/BaselineShift",
        "/TextDecorationThickness",
        "/BorderThickness",
        "/Padding",
        "/TPadding",
        "/ColumnGap",
        "/ColumnWidths",
    }
)
"""Attributes that are lengths, or lists of them, in page space (ISO 32000-1, 14.8.5.4)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """view: what the reader sees of the sheet. content, moved: as in objects.Page. opening: what begins the content of a page that is moved
    there and keeps to its own edges; the state it is in must end behind it."""

    view: View
    content: Box
    moved: Matrix | None = None
    opening: bytes = b""


def sheet_of(view: View, placing: Placing | None) -> Sheet:
    """The sheet of a page. view: of the page in its clean file. placing: None where it is its own sheet."""
    if placing is None or placing.is_whole:
        return Sheet(view, view.box)
    onto: Matrix = (placing.scale, 0, 0, placing.scale, placing.left, placing.bottom)
    matrix = product(inverse(view.matrix), onto)
    left, bottom, right, top = view.box
    edges = f"{left:.4f} {bottom:.4f} {right - left:.4f} {top - bottom:.4f} re W n".encode()
    sheet = View((0.0, 0.0, *placing.sheet))
    return Sheet(sheet, moved(matrix, view.box), matrix, b"\n".join([b"q", cm(matrix), edges]))


def set_on(page: DictionaryObject, sheet: Sheet) -> None:
    """Make a page as large as its sheet, and take its links along."""
    matrix = sheet.moved or _AS_IT_IS
    page[NameObject("/MediaBox")] = numbers(*sheet.view.box)
    for key in ("/Rotate", "/UserUnit"):
        page.pop(NameObject(key), None)
    for link in expect(ArrayObject, page.get("/Annots", ArrayObject())):
        held = expect(DictionaryObject, link)
        left, bottom, right, top = _floats(held["/Rect"])
        held[NameObject("/Rect")] = numbers(*moved(matrix, (left, bottom, right, top)))
        if "/QuadPoints" in held:
            corners = _floats(held["/QuadPoints"])
            points = zip(corners[::2], corners[1::2], strict=True)
            held[NameObject("/QuadPoints")] = numbers(
                *(value for x, y in points for value in apply(matrix, x, y))
            )


def follow(pages: Sequence[Page]) -> None:
    """Let the links of an annex lead to where the places they lead to are now."""
    matrices = {page.ref.idnum: page.moved for page in pages if page.moved is not None}
    if not matrices:
        return
    for page in pages:
        for link in expect(ArrayObject, expect(DictionaryObject, page.ref).get("/Annots", ArrayObject())):
            held = expect(DictionaryObject, link)
            if "/Dest" in held:
                to = expect(ArrayObject, held["/Dest"])
                target = to[0]
                matrix = matrices.get(target.idnum) if isinstance(target, IndirectObject) else None
                if matrix is not None:
                    held[NameObject("/Dest")] = ArrayObject([target, *_view_at(to, matrix)])


def _view_at(to: ArrayObject, matrix: Matrix) -> list[PdfObject]:
    """What follows the page in a destination (ISO 32000-1, table 151), of a page that was moved."""
    fit = str(to[1])
    values = [None if isinstance(value, NullObject) else float(value) for value in to[2:]]
    a, b, c, d, e, f = matrix
    turned = a == 0
    made: list[float | None]
    if fit == "/FitR":
        made = [*moved(matrix, (values[0] or 0, values[1] or 0, values[2] or 0, values[3] or 0))]
    elif fit == "/XYZ":
        x, y = values[:2]
        # On a page that was turned, the one says how far across and the other how far up.
        across, up = (y, x) if turned else (x, y)
        made = [
            None if across is None else (c if turned else a) * across + e,
            None if up is None else (b if turned else d) * up + f,
            values[2],
        ]
    elif turned and values:
        # A line across the page goes up the sheet: no view has it at its upper edge.
        fit, made = "/FitB" if fit.startswith("/FitB") else "/Fit", []
    elif fit in {"/FitH", "/FitBH"}:
        made = [None if values[0] is None else d * values[0] + f]
    elif fit in {"/FitV", "/FitBV"}:
        made = [None if values[0] is None else a * values[0] + e]
    else:
        made = []
    return [NameObject(fit), *(NullObject() if value is None else FloatObject(value) for value in made)]


def move_attributes(attributes: DictionaryObject, matrix: Matrix) -> None:
    """Let the attributes of a structure element tell of the sheet what they told of the page."""
    scale = abs(matrix[0] or matrix[1])
    for key, value in list(attributes.items()):
        if key == "/BBox":
            box = _floats(value)
            if len(box) == 4:
                attributes[key] = numbers(*moved(matrix, (box[0], box[1], box[2], box[3])))
        elif key in _LENGTHS:
            held = value.get_object()
            if isinstance(held, ArrayObject):
                attributes[key] = ArrayObject(_scaled(item, scale) for item in held)
            else:
                attributes[key] = _scaled(value, scale)


def _scaled(value: PdfObject, scale: float) -> PdfObject:
    # "/Auto" and its like stay.
    return FloatObject(scale * value) if isinstance(value, (int, float)) else value


class Patterns:
    """Patterns of pages whose content is moved. They do not go with it by themselves: they are tied to the page space in which the
    content begins (ISO 32000-1, 8.7.3.1), unlike those of Form XObjects, which are tied to the form."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._made: dict[tuple[int, Matrix], IndirectObject] = {}

    def move(self, resources: DictionaryObject, matrix: Matrix) -> None:
        """Give a page's resources patterns that have moved with it. resources: the page's own."""
        before = DictionaryObject(resources)
        anew = DictionaryObject()
        for name, held in expect(DictionaryObject, resources["/Pattern"]).items():
            pattern = expect(DictionaryObject, held)
            key = (id(pattern), matrix)
            if key not in self._made:
                own = pattern.get("/Matrix")
                at = _matrix(_floats(own)) if own is not None else _AS_IT_IS
                copy = _copy(pattern)
                copy[NameObject("/Matrix")] = numbers(*product(at, matrix))
                self._made[key] = add(self._writer, copy)
            anew[name] = self._made[key]
        resources[NameObject("/Pattern")] = anew
        for held in expect(DictionaryObject, resources.get("/XObject", DictionaryObject())).values():
            form = expect(DictionaryObject, held)
            if form.get("/Subtype") == "/Form" and "/Resources" not in form:
                # It takes the page's, and its patterns are its own all the same.
                form[NameObject("/Resources")] = before


def _copy(pattern: DictionaryObject) -> DictionaryObject:
    if not isinstance(pattern, StreamObject):
        return DictionaryObject(pattern)
    copy = type(pattern)()
    copy.update(pattern)
    copy._data = pattern._data  # noqa: SLF001 - as it is stored, filters and all
    return copy


def _floats(value: PdfObject | None) -> list[float]:
    return [float(item) for item in expect(ArrayObject, value)]


def _matrix(values: Sequence[float]) -> Matrix:
    a, b, c, d, e, f = values
    return (a, b, c, d, e, f)


def cm(matrix: Matrix) -> bytes:
    """The operator that lets a matrix hold for what follows."""
    # Eight digits: a page of 200 inches is still met to a thousandth of a point.
    words = (f"{value:.8f}".rstrip("0").rstrip(".") for value in matrix)
    return " ".join("0" if word == "-0" else word for word in words).encode() + b" cm"
