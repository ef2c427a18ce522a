"""Pictures and charts as inline drawings, with what a screen reader says."""

from __future__ import annotations

from dataclasses import dataclass

from briefpack.document import ImageData
from briefpack.style import Colour, Length
from briefpack.word.package import Package
from briefpack.word.xml import EMPTY, NAMESPACES, Xml, element, quote

_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_CHART = NAMESPACES["c"]
# The extension by which Word marks a picture as decoration (MS-DOCX 2.6.2, decorative).
_DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height on the page."""

    width: Length
    height: Length


def fitted(own: Size, share: float | None, frame: Size) -> Size:
    """The size of a picture in a frame. own: its own size. share: of the frame's width, None for its own size.

    Never wider or higher than the frame; the proportions stay.
    """
    width = own.width if share is None else share * frame.width
    width = min(width, frame.width, frame.height * own.width / own.height)
    return Size(Length(width), Length(width * own.height / own.width))


def own_size(data: ImageData) -> Size:
    """The size of a picture as its file has it."""
    return Size(Length(data.width / data.dpi * 72), Length(data.height / data.dpi * 72))


@dataclass(frozen=True, slots=True)
class Edge:
    """A line around a picture."""

    width: Length
    colour: Colour

    def markup(self) -> Xml:
        """a:ln."""
        tint = element("a:solidFill", None, element("a:srgbClr", {"val": self.colour.hex}))
        return element("a:ln", {"w": self.width.emu}, tint) if self.width > 0 else EMPTY


@dataclass(slots=True)
class Drawings:
    """Writes drawings; each has an id of its own in the whole file."""

    package: Package
    _count: int = 0

    def inline(self, data: ImageData, size: Size, alt: str, edge: Edge | None = None) -> Xml:
        """A run with a picture that stands in the line. alt "" marks decoration."""
        line = EMPTY if edge is None else edge.markup()
        relation = self.package.add_picture(data.content, data.format)
        extent = element("a:ext", {"cx": size.width.emu, "cy": size.height.emu})
        number = self._count + 1
        picture = Xml(
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/>{extent}</a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            f"{line}</pic:spPr></pic:pic>"
        )
        return self._framed("Picture", _PICTURE, picture, size, alt)

    def chart(self, content: bytes, workbook: bytes, size: Size, alt: str) -> Xml:
        """A run with a chart of Word's own. content: the chart part. workbook: its data."""
        relation = self.package.add_chart(content, workbook)
        # The prefix is declared here, since hardly any pack has such charts.
        chart = Xml(f'<c:chart xmlns:c="{_CHART}" r:id="{relation}"/>')
        return self._framed("Chart", _CHART, chart, size, alt)

    def _framed(self, kind: str, uri: str, content: Xml, size: Size, alt: str) -> Xml:
        self._count += 1
        extent = element("wp:extent", {"cx": size.width.emu, "cy": size.height.emu})
        mark = (
            EMPTY
            if alt
            else Xml(f'<a:extLst><a:ext uri="{_DECORATIVE}"><adec:decorative val="1"/></a:ext></a:extLst>')
        )
        return Xml(
            '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f"{extent}"
            f'<wp:docPr id="{self._count}" name="{kind} {self._count}" descr="{quote(alt)}"'
            f"{f'>{mark}</wp:docPr>' if mark else '/>'}"
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            f'<a:graphic><a:graphicData uri="{uri}">{content}</a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )
