"""A finished PDF → the same with room on its pages for what copies paint, without its end, and the numbers of the objects that each copy brings along."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, Stream

from briefpack.annexes.geometry import Matrix, View, apply, inverse, product
from briefpack.copies.copy_mark import CopyError
from briefpack.copies.forms import Form
from briefpack.copies.ink import Across, PackInk, PageInk
from briefpack.copies.pdf_end import Base, without
from briefpack.copies.pdf_facts import (
    contents_of,
    identifier_of,
    packet_of,
    painted_by,
    resources_of,
    view_of,
)
from briefpack.copies.spots import (
    FOOT_SIZE,
    REACH,
    Corner,
    Slant,
    Spot,
    chord,
    cover_corner,
    foot_spots,
    slants,
)
from briefpack.distribution import Place
from briefpack.style import Style

_NAME = "/Copy"
_WIDTHS = (440, 380, 320, 260, 220, 180, 140, 110, 80, 50, 30, 20, 10)
"""Widths of the forms at the foot, in points: a page takes the largest that it has room for, so that there are few."""
_LEAST_CORNER = 3.4
"""Height of what the cover must have free, in ems of its line."""
_SUBTYPES = {Place.FOOTER: b"/Subtype/Footer", Place.WATERMARK: b"/Subtype/Watermark", Place.COVER: b""}
"""What artifacts they are (ISO 32000-1, 14.8.2.2.2)."""


@dataclass(frozen=True, slots=True)
class Overlaid:
    """forms: by the numbers of their objects, which are missing in the base, as the metadata's is. packet: the XMP. info: the entries of the information dictionary.

    identifier: the first one of the file, 16 bytes.
    """

    base: Base
    forms: Mapping[int, Form]
    metadata: int
    packet: bytes
    info: bytes
    identifier: bytes


@dataclass(frozen=True, slots=True)
class _Painting:
    """A form on a page. matrix: from the form's coordinates to those of the page as it is seen."""

    form: Form
    matrix: Matrix


def overlay(content: bytes, places: frozenset[Place], style: Style) -> Overlaid:
    """Raises CopyError for a file that is not as briefpack builds it."""
    try:
        with Pdf.open(io.BytesIO(content)) as document:
            return _Overlay(document, content, places, style).made()
    except pikepdf.PasswordError as error:
        raise CopyError("is encrypted", "make copies of the file that briefpack built") from error
    except pikepdf.PdfError as error:
        raise CopyError("is no PDF that can be read") from error


class _Overlay:
    def __init__(self, document: Pdf, content: bytes, places: frozenset[Place], style: Style) -> None:
        self.document, self.places, self.style = document, places, style
        if document.is_encrypted:
            raise CopyError("is encrypted", "make copies of the file that briefpack built")
        self.packet = packet_of(document)
        self.identifier = identifier_of(document)
        self.pages: list[Object] = [page.obj for page in document.pages]
        if not self.pages:
            raise CopyError("has no pages")
        self.views = [view_of(page) for page in self.pages]
        self.content = content
        self.forms: dict[Form, Stream] = {}
        self.closings: dict[bytes, Stream] = {}

    def made(self) -> Overlaid:
        document = self.document
        prefix = self._prefix()
        opening = document.make_stream(b"q\n")
        names: dict[Form, str] = {}
        for page, view, paintings in zip(self.pages, self.views, self._paintings(), strict=True):
            if not paintings:
                continue
            for painting in paintings:
                if painting.form not in names:
                    names[painting.form] = f"{prefix}{len(names)}"
                    self.forms[painting.form] = document.make_stream(b"")
            content = b"\nQ\n" + b"\n".join(
                _operators(painting, view, names[painting.form].encode()) for painting in paintings
            )
            closing = self.closings.get(content)
            if closing is None:
                closing = self.closings[content] = document.make_stream(content)
            page.Contents = Array([opening, *contents_of(page), closing])
            self._lend(page, [(names[each.form], self.forms[each.form]) for each in paintings])
            if any(each.form.see_through for each in paintings) and "/Group" not in page:
                # What is seen through is mixed in the colours of the pack, and not in those of a press.
                page.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceRGB)
        return self._cut(names)

    def _prefix(self) -> str:
        """What no object that pages paint is called."""
        prefix = _NAME
        taken = {
            str(name)
            for page in self.pages
            for name in painted_by(resources_of(page)).keys()  # noqa: SIM118
        }
        while any(name.startswith(prefix) for name in taken):
            prefix += "x"
        return prefix

    def _lend(self, page: Object, forms: Sequence[tuple[str, Stream]]) -> None:
        resources = Dictionary(dict(resources_of(page).items()))
        painted = Dictionary(dict(painted_by(resources).items()))
        for name, form in forms:
            painted[name] = form
        resources.XObject = painted
        page.Resources = resources

    def _cut(self, names: Mapping[Form, str]) -> Overlaid:
        """Save the file, and cut off what copies bring along."""
        document = self.document
        info = b"".join(
            b"%s %s" % (Name(key).unparse(), value.unparse(resolved=True))
            for key, value in document.docinfo.items()
            if isinstance(value, (pikepdf.String, pikepdf.Name))
        )
        if "/Info" in document.trailer:
            del document.trailer.Info
        document.Root.Metadata = document.make_stream(b"")
        saved = self._saved()
        with Pdf.open(io.BytesIO(saved)) as again:
            metadata = again.Root.Metadata.objgen[0]
            painted = [painted_by(page.obj.Resources) for page in again.pages]
            forms = {
                next(held[name].objgen[0] for held in painted if name in held): form
                for form, name in names.items()
            }
        base = without(saved, [*forms, metadata])
        return Overlaid(base, forms, metadata, self.packet, info, self.identifier)

    def _saved(self) -> bytes:
        out = io.BytesIO()
        self.document.save(
            out,
            object_stream_mode=ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=False,
            deterministic_id=True,
            fix_metadata_version=False,
        )
        return out.getvalue()

    # ----------------------------------------------------------------------- what goes where

    def _paintings(self) -> Sequence[Sequence[_Painting]]:
        """Of every page."""
        made: list[list[_Painting]] = [[] for _ in self.pages]
        ink = PackInk(self.content)
        try:
            first = ink.page(0, self.views[0].size)
            corner = self._corner(first) if Place.COVER in self.places else None
            if Place.WATERMARK in self.places:
                for number, view in enumerate(self.views):
                    made[number].extend(self._across(view, ink.words_across(number)))
            if corner is not None:
                made[0].append(self._on_cover(corner))
            seen: dict[int, PageInk] = {}
            if Place.FOOTER in self.places:
                seen = {number: ink.page(number, view.size) for number, view in enumerate(self.views)}
            elif Place.COVER in self.places and corner is None:
                # There is no cover, or no room on it: the copy says so all the same.
                seen = {0: first}
            for number, spot in foot_spots(seen, self.style).items():
                made[number].append(_at_foot(spot))
        finally:
            ink.close()
        return made

    def _corner(self, first: PageInk) -> Corner | None:
        if not self.style.cover.show:
            return None
        return cover_corner(
            first, self.style.page, _LEAST_CORNER * float(self.style.text["cover-value"].size)
        )

    def _on_cover(self, corner: Corner) -> _Painting:
        look = self.style.text["cover-value"]
        form = Form(
            Place.COVER,
            "cover-value",
            float(look.size),
            corner.width,
            corner.height,
            pitch=look.leading,
            rule=self.style.footer.rule_colour.unit,
        )
        return _Painting(form, (1, 0, 0, 1, corner.left, corner.bottom))

    def _across(self, view: View, own: Across | None) -> Sequence[_Painting]:
        setup = self.style.page
        middle = setup.width / 2, setup.height / 2
        width = REACH * chord((setup.width, setup.height), self.style.watermark_angle, middle)
        form = Form(Place.WATERMARK, "watermark", float(self.style.text["watermark"].size), width)
        there = None
        if own is not None:
            x, y = apply(inverse(view.matrix), own.x, own.y)
            there = (x, y, (own.angle + view.rotate + 90) % 180 - 90, own.size * view.unit)
        return [_Painting(form, _slanted(slant)) for slant in slants(view.size, self.style, there)]


def _at_foot(spot: Spot) -> _Painting:
    width = next((float(width) for width in _WIDTHS if width <= spot.width), float(_WIDTHS[-1]))
    form = Form(Place.FOOTER, "footer", FOOT_SIZE, width, covered=spot.covered)
    turn = (0, 1, -1, 0) if spot.turned else (1, 0, 0, 1)
    return _Painting(form, (*turn, spot.x, spot.y))


def _slanted(slant: Slant) -> Matrix:
    angle = math.radians(slant.angle)
    a, b = slant.scale * math.cos(angle), slant.scale * math.sin(angle)
    return (a, b, -b, a, slant.x, slant.y)


def _operators(painting: _Painting, view: View, name: bytes) -> bytes:
    matrix = b" ".join(b"%.5f" % value for value in product(painting.matrix, view.matrix))
    kind = _SUBTYPES[painting.form.place]
    return b"/Artifact<</Type/Pagination%s>>BDC q %s cm %s Do Q EMC" % (kind, matrix, name)
