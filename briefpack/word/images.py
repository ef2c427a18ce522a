"""Pictures as inline drawings, with what a screen reader says."""

from __future__ import annotations

from dataclasses import dataclass

from briefpack.document import ImageData
from briefpack.style import Length
from briefpack.word.package import Package
from briefpack.word.xml import EMPTY, Xml, element, quote

_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
# The extension by which Word marks a picture as decoration (MS-DOCX 2.6.2, decorative).
_DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height on the page."""

    width: Length
    height: Length


def fitted(data: ImageData, share: float | None, frame: Size) -> Size:
    """The size of a picture in a frame. share: of the frame's width, None for the picture's own size.

    Never wider or higher than the frame; the proportions stay.
    """
    own = data.width / data.dpi * 72
    width = own if share is None else share * frame.width
    width = min(width, frame.width, frame.height * data.width / data.height)
    return Size(Length(width), Length(width * data.height / data.width))


@dataclass(slots=True)
class Drawings:
    """Writes drawings; each has an id of its own in the whole file."""

    package: Package
    _count: int = 0

    def inline(self, data: ImageData, size: Size, alt: str) -> Xml:
        """A run with a picture that stands in the line. alt "" marks decoration."""
        self._count += 1
        relation = self.package.add_picture(data.content, data.format)
        extent = {"cx": size.width.emu, "cy": size.height.emu}
        mark = (
            EMPTY
            if alt
            else Xml(f'<a:extLst><a:ext uri="{_DECORATIVE}"><adec:decorative val="1"/></a:ext></a:extLst>')
        )
        name = f"Picture {self._count}"
        picture = Xml(
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{self._count}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/>{element("a:ext", dict(extent))}</a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        )
        return Xml(
            '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f"{element('wp:extent', dict(extent))}"
            f'<wp:docPr id="{self._count}" name="{name}" descr="{quote(alt)}"'
            f"{f'>{mark}</wp:docPr>' if mark else '/>'}"
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            f'<a:graphic><a:graphicData uri="{_PICTURE}">{picture}</a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )
