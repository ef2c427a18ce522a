"""What everything is drawn on: pages of one PDF under construction, their links and destinations.

Coordinates are those of the page: points, origin at the lower left corner. All drawing goes through here, so this is
the one place where it is told apart what is content and what is furniture (an artifact, which a screen reader passes
over). Whatever is painted must be one of the two: what is neither raises UntaggedError, always.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import Enum
from typing import assert_never

import reportlab.rl_config
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

from briefpack.document import ImageData, plain_text
from briefpack.drawing import QUARTER_ARC
from briefpack.marking import Marking, join
from briefpack.pdf.fonts import PdfDocument
from briefpack.pdf.ink import Target
from briefpack.pdf.leads import NOWHERE, Leads, ToAddress, ToAnnexPage, ToPlace
from briefpack.pdf.pen import Box, Stretch
from briefpack.pdf.pictures import picture_stream
from briefpack.pdf.structure import Element
from briefpack.pdf.tags import Tags
from briefpack.style import Colour

_PRINTED = 4
"""Annotation flag Print (ISO 32000-1, table 165): archives want it on every annotation."""

_END = "EMC"
_VERSION = (1, 7)
"""ISO 32000-1, on which PDF/UA-1 and PDF/A-2 stand."""


def _zone(date: datetime) -> str:
    """The time zone of a date as a PDF writes it (ISO 32000-1, 7.9.4)."""
    zone = f"{date:%z}"
    return f"{zone[:3]}'{zone[3:5]}'"


class UntaggedError(Exception):
    """Something was to be painted that is neither content nor furniture: a fault of briefpack, never of an author."""


class Artifact(Enum):
    """What an artifact is (ISO 32000-1, 14.8.2.2), by the operator that begins it: part of how a page looks (which is what
    an artifact is taken for that says nothing of itself), or of the pages being pages."""

    LAYOUT = "/Artifact BMC"
    PAGINATION = "/Artifact <</Type/Pagination>>BDC"


class PageCanvas:
    """Draws page after page. size: of the sheet in points. font: a registered face, named where a page needs one.

    structure: root of the structure tree; None for a PDF without content, of artifacts only.
    annex_destinations: names of annex pages that links lead to → anchor of the annex.
    undivided, elsewhere: as in Leads; what is elsewhere has places of this file under its own anchor, see destination().
    """

    def __init__(
        self,
        size: tuple[float, float],
        *,
        language: str,
        font: str,
        structure: Element | None = None,
        undivided: Collection[str] = (),
        elsewhere: Mapping[str, tuple[str, str]] = NOWHERE,
    ) -> None:
        # Streams are compressed to bytes, not to letters.
        reportlab.rl_config.useA85 = 0
        self._file = io.BytesIO()
        self._canvas = Canvas(
            self._file,
            pagesize=size,
            pageCompression=1,
            invariant=1,
            initialFontName=font,
            lang=language,
            pdfVersion=_VERSION,
        )
        self._pictures: dict[int, tuple[str, ImageData]] = {}
        self._pages: list[str] = []
        self._links = 0
        self._tags = Tags(structure) if structure is not None else None
        # The scopes at hand, and the artifact that is open on the page: it is left open until something else comes, so
        # that neighbours share it.
        self._artifacts: list[Artifact] = []
        self._inside: Element | None = None
        self._open: Artifact | None = None
        self.annex_destinations: dict[str, str] = {}
        self._leads = Leads(undivided, elsewhere)
        # What stands on the page at hand, None where nobody asks.
        self._seen: set[Element] | None = None
        self._also: list[Marking] = []

    @property
    def pdf(self) -> PdfDocument:
        # The document is where reportlab keeps the codes of a face's characters; it has no public name.
        return self._canvas._doc  # noqa: SLF001  # see above

    # ----------------------------------------------------------------------- content and furniture

    @contextmanager
    def artifact(self, kind: Artifact = Artifact.LAYOUT) -> Iterator[None]:
        """What is drawn inside is furniture. An artifact in an artifact is part of it."""
        if self._inside is not None:
            raise UntaggedError(f"furniture inside {self._inside!r}")
        self._artifacts.append(kind)
        try:
            yield
        finally:
            self._artifacts.pop()

    # ----------------------------------------------------------------------- what is on the page

    def watch(self) -> None:
        """From here on, remember what is drawn on the page at hand."""
        self._seen, self._also = set(), []

    def see(self, marking: Marking | None) -> None:
        """Remember something marked so, which has been drawn without an element of its own."""
        if marking is not None:
            self._also.append(marking)

    def marking(self) -> Marking:
        """The least upper bound of all that has been drawn since watch()."""
        found = {element.marked for element in self._seen or ()}
        return join((*(marking for marking in found if marking is not None), *self._also))

    @contextmanager
    def content(self, element: Element) -> Iterator[None]:
        """What is drawn inside is content of an element; inside an artifact it is furniture all the same."""
        if self._artifacts:
            yield
            return
        if self._inside is not None:
            raise UntaggedError(f"{element!r} inside {self._inside!r}")
        self._end_artifact()
        self._canvas.addLiteral(self._begin(element))
        self._inside = element
        if self._seen is not None:
            self._seen.add(element)
        try:
            yield
        finally:
            self._inside = None
            self._canvas.addLiteral(_END)

    def _begin(self, element: Element) -> str:
        """The operator that begins content of an element."""
        if self._tags is None:
            raise UntaggedError(f"{element!r} in a PDF without content")
        return f"/{element.kind} <</MCID {self._tags.mark(element)}>>BDC"

    def place(self, element: Element, box: Box) -> None:
        """Say where the content of a figure stands that has been drawn."""
        if not self._artifacts and self._tags is not None:
            self._tags.place(element, box)

    # ----------------------------------------------------------------------- drawing

    def write(self, operators: str) -> None:
        """Append operators to the page's content."""
        if self._artifacts:
            kind = self._artifacts[0]
            if kind is not self._open:
                self._end_artifact()
                self._open = kind
                self._canvas.addLiteral(kind.value)
        elif self._inside is None:
            raise UntaggedError(f"neither content nor furniture: {operators[:80]}")
        self._canvas.addLiteral(operators)

    def _end_artifact(self) -> None:
        if self._open is not None:
            self._open = None
            self._canvas.addLiteral(_END)

    def text(self, stretches: Sequence[Stretch], rules: Sequence[str]) -> None:
        """Print a text object whose words belong to elements. rules: operators of the rules under its words."""
        shown = ["BT"]
        if self._seen is not None:
            # Words that are printed again, such as heads of columns, are there as much as others.
            self._seen.update(element for element, _ in stretches if element is not None)
        if self._artifacts:
            for _, operators in stretches:
                shown.extend(operators)
            self.write("\n".join([*shown, "ET", *rules]))
            return
        if self._inside is not None:
            raise UntaggedError(f"words inside {self._inside!r}")
        for element, operators in stretches:
            if element is None:
                raise UntaggedError(f"neither content nor furniture: {operators[-1][:80]}")
            shown.append(self._begin(element))
            shown.extend(operators)
            shown.append(_END)
        shown.append("ET")
        self._end_artifact()
        self._canvas.addLiteral("\n".join(shown))
        if rules:
            with self.artifact():
                self.write("\n".join(rules))

    def fill(self, left: float, bottom: float, width: float, height: float, colour: Colour) -> None:
        """A rectangle. Rules are thin rectangles: no line ends stick out, and hairlines are as wide as they should be."""
        tint = "{:.4g} {:.4g} {:.4g} rg".format(*colour.unit)
        self.write(f"{tint} {left:.3f} {bottom:.3f} {width:.3f} {height:.3f} re f")

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A filled circle about (x, y)."""
        tint = "{:.4g} {:.4g} {:.4g} rg".format(*colour.unit)
        reach = radius * QUARTER_ARC
        curves = (
            (-radius, reach, -reach, radius, 0.0, radius),
            (reach, radius, radius, reach, radius, 0.0),
            (radius, -reach, reach, -radius, 0.0, -radius),
            (-reach, -radius, -radius, -reach, -radius, 0.0),
        )
        drawn = "".join(
            " ".join(f"{(x, y)[k % 2] + value:.3f}" for k, value in enumerate(curve)) + " c "
            for curve in curves
        )
        self.write(f"{tint} {x - radius:.3f} {y:.3f} m {drawn}f")

    def picture(self, image: ImageData, left: float, bottom: float, width: float, height: float) -> None:
        """A picture in a rectangle; the same picture is in the file once."""
        name, _ = self._pictures.get(id(image), ("", image))
        if not name:
            name = f"picture{len(self._pictures) + 1}"
            # The picture is kept, so that its id stays its own.
            self._pictures[id(image)] = (name, image)
            self.pdf.addForm(name, picture_stream(image))
        self.write(f"q {width:.3f} 0 0 {height:.3f} {left:.3f} {bottom:.3f} cm")
        self._canvas.doForm(name)
        self.write("Q")

    # ----------------------------------------------------------------------- links and places

    def link(self, target: Target, rect: Box, element: Element | None) -> None:
        """A click in rect leads to target. element: the link's, some words of which have been drawn.

        In furniture, such as a header row that is printed again, there are no links: they would be read twice.
        """
        if self._artifacts:
            return
        if element is None or self._tags is None:
            raise UntaggedError(f"a link that is not in the structure tree: {plain_text((target,))}")
        entries: dict[str, object] = {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("Link"),
            "Rect": PDFArray([round(edge, 3) for edge in rect]),
            "Border": PDFArray([0, 0, 0]),
            "F": _PRINTED,
        }
        lead = self._leads.to(target)
        entries["Contents"] = PDFString(lead.words)
        match lead:
            case ToAddress():
                entries["A"] = PDFDictionary({"S": PDFName("URI"), "URI": PDFString(lead.url)})
            case ToPlace():
                entries["Dest"] = self._place(lead.anchor)
            case ToAnnexPage():
                # The binder will know where it is.
                self.annex_destinations[lead.name] = lead.anchor
                entries["Dest"] = PDFName(lead.name)
            case _:
                assert_never(lead)
        self._links += 1
        name = f"Link{self._links}"
        entries["StructParent"] = self._tags.annotate(element, self.pdf.annotationName(name))
        # The methods for links that are public know neither names of places nor structure trees.
        self._canvas._addAnnotation(PDFDictionary(entries), name)  # noqa: SLF001  # see above

    def _place(self, anchor: str) -> object:
        """A reference to a place that is named on any page, before or later."""
        return self._canvas._bookmarkReference(anchor)  # noqa: SLF001  # it has no public name

    def destination(self, anchor: str, left: float, top: float) -> None:
        """Name a place of this page; the reader's zoom stays as it is."""
        self._canvas.bookmarkPage(anchor, fit="XYZ", left=round(left, 2), top=round(top, 2), zoom=0)

    def bookmark(self, title: str, anchor: str, level: int) -> None:
        """Add a bookmark. level: 0-based, at most one deeper than the bookmark before."""
        self._canvas.addOutlineEntry(title, anchor, level)

    def label(self, page: int, label: str) -> None:
        """Name a page for viewers. page: 0-based."""
        self._canvas.addPageLabel(page, prefix=label)

    def turn(self, size: tuple[float, float]) -> None:
        """The page at hand, on which nothing is drawn yet, has another size than the last."""
        self._canvas.setPageSize(size)

    def show_page(self) -> None:
        """End this page and begin the next."""
        self._end_artifact()
        name = self.pdf.thisPageName()
        self._canvas.showPage()
        self._pages.append(name)
        if self._tags is not None:
            key = self._tags.end_page()
            page = self.pdf.idToObject[name]
            entries: dict[str, object] = {"Tabs": PDFName("S")}
            if key is not None:
                entries["StructParents"] = key
            # reportlab writes those entries that are listed.
            page.__NoDefault__ = [*page.__NoDefault__, *entries]
            vars(page).update(entries)

    def describe(
        self, *, title: str, author: str, subject: str, keywords: str, creator: str, date: datetime
    ) -> None:
        """The file's properties (Info dictionary). date: of making and of change, with its time zone."""
        canvas = self._canvas
        canvas.setTitle(title)
        canvas.setAuthor(author)
        canvas.setSubject(subject)
        canvas.setKeywords(keywords)
        canvas.setCreator(creator)
        canvas.setProducer(creator)
        # Archives compare it with that of the XMP, so that it says its time zone.
        canvas.setDateFormatter(lambda *_: f"D:{date:%Y%m%d%H%M%S}{_zone(date)}")
        canvas.setViewerPreference("DisplayDocTitle", "true")

    def show_outline(self) -> None:
        """Viewers open with the bookmarks beside the page."""
        self._canvas.showOutline()

    def set_metadata(self, xmp: PDFStream) -> None:
        """The XMP stream of the file."""
        self.pdf.Catalog.Metadata = xmp

    def finish(self) -> bytes:
        """The finished PDF; nothing can be drawn afterwards."""
        if self._tags is not None:
            self._tags.write(self.pdf, self._pages)
        if self.annex_destinations:
            # For now they lead to where the annex is to stand; the binder points them to the annex's pages.
            self.pdf.Catalog.Dests = PDFDictionary(
                {name: self._place(anchor) for name, anchor in sorted(self.annex_destinations.items())}
            )
        self._canvas.save()
        return self._file.getvalue()
