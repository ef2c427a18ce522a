"""What everything is drawn on: pages of one PDF under construction, their links and destinations.

Coordinates are those of the page: points, origin at the lower left corner. All drawing goes through here, so this is
the one place where it is told apart what is content and what is furniture (an artifact in the tag tree).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import assert_never

import reportlab.rl_config
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

from briefpack.document import CrossReference, ImageData, Link, annex_page_anchor, plain_text
from briefpack.pdf.fonts import PdfDocument
from briefpack.pdf.pictures import picture_stream
from briefpack.pdf.runs import Target
from briefpack.style import Colour

_PRINTED = 4
"""Annotation flag Print (ISO 32000-1, table 165): archives want it on every annotation."""


class PageCanvas:
    """Draws page after page. size: of the sheet in points. font: a registered face, named where a page needs one.

    annex_destinations: names of annex pages that links lead to → anchor of the annex's divider.
    """

    def __init__(self, size: tuple[float, float], *, language: str, font: str) -> None:
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
        )
        self._pictures: dict[int, tuple[str, ImageData]] = {}
        self._artifacts = 0
        self.annex_destinations: dict[str, str] = {}

    @property
    def pdf(self) -> PdfDocument:
        # The document is where reportlab keeps the codes of a face's characters; it has no public name.
        return self._canvas._doc  # noqa: SLF001  # see above

    @property
    def is_artifact(self) -> bool:
        """Whether what is drawn now is furniture, which a screen reader passes over."""
        return self._artifacts > 0

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn inside is furniture, not content."""
        self._artifacts += 1
        try:
            yield
        finally:
            self._artifacts -= 1

    def write(self, operators: str) -> None:
        """Append operators to the page's content."""
        self._canvas.addLiteral(operators)

    def fill(self, left: float, bottom: float, width: float, height: float, colour: Colour) -> None:
        """A rectangle. Rules are thin rectangles: no line ends stick out, and hairlines are as wide as they should be."""
        tint = "{:.4g} {:.4g} {:.4g} rg".format(*colour.unit)
        self.write(f"{tint} {left:.3f} {bottom:.3f} {width:.3f} {height:.3f} re f")

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

    def link(self, target: Target, rect: tuple[float, float, float, float]) -> None:
        """A click in rect (left, bottom, right, top) leads to target."""
        words = plain_text((target,))
        match target:
            case Link():
                self._canvas.linkURL(target.url, rect, relative=0, Contents=PDFString(words), F=_PRINTED)
            case CrossReference():
                if target.annex_page is None:
                    self._canvas.linkRect(
                        words, target.anchor, rect, relative=0, Border="[0 0 0]", F=_PRINTED
                    )
                else:
                    anchor = annex_page_anchor(target.anchor, target.annex_page)
                    self.annex_destinations[anchor] = target.anchor
                    self._named_link(words, anchor, rect)
            case _:
                assert_never(target)

    def _named_link(self, words: str, name: str, rect: tuple[float, float, float, float]) -> None:
        entries = {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("Link"),
            "Rect": PDFArray(list(rect)),
            "Border": "[0 0 0]",
            "F": _PRINTED,
            "Contents": PDFString(words),
            "Dest": PDFName(name),
        }
        # reportlab's own methods write a destination out where it is used; this one is to be changed later.
        self._canvas._addAnnotation(PDFDictionary(entries))  # noqa: SLF001  # there is no public method for it

    def destination(self, anchor: str, left: float, top: float) -> None:
        """Name a place of this page; the reader's zoom stays as it is."""
        self._canvas.bookmarkPage(anchor, fit="XYZ", left=round(left, 2), top=round(top, 2), zoom=0)

    def bookmark(self, title: str, anchor: str, level: int) -> None:
        """Add a bookmark. level: 0-based, at most one deeper than the bookmark before."""
        self._canvas.addOutlineEntry(title, anchor, level)

    def label(self, page: int, label: str) -> None:
        """Name a page for viewers. page: 0-based."""
        self._canvas.addPageLabel(page, prefix=label)

    def show_page(self) -> None:
        """End this page and begin the next."""
        self._canvas.showPage()

    def describe(
        self, *, title: str, author: str, subject: str, keywords: str, creator: str, date: datetime
    ) -> None:
        """The file's properties (Info dictionary). date: of making and of change."""
        canvas = self._canvas
        canvas.setTitle(title)
        canvas.setAuthor(author)
        canvas.setSubject(subject)
        canvas.setKeywords(keywords)
        canvas.setCreator(creator)
        canvas.setProducer(creator)
        canvas.setDateFormatter(lambda *_: f"D:{date:%Y%m%d%H%M%S}")
        canvas.setViewerPreference("DisplayDocTitle", "true")

    def show_outline(self) -> None:
        """Viewers open with the bookmarks beside the page."""
        self._canvas.showOutline()

    def set_metadata(self, xmp: PDFStream) -> None:
        """The XMP stream of the file."""
        self.pdf.Catalog.Metadata = xmp

    def finish(self) -> bytes:
        """The finished PDF; nothing can be drawn afterwards."""
        if self.annex_destinations:
            # For now they lead to the divider; the binder points them to the annex's pages.
            self.pdf.Catalog.Dests = PDFDictionary(
                {
                    name: self._canvas._bookmarkReference(anchor)  # noqa: SLF001  # as for links
                    for name, anchor in sorted(self.annex_destinations.items())
                }
            )
        self._canvas.save()
        return self._file.getvalue()
