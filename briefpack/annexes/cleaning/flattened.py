"""Pages of a clean file → pages of the same size that show one picture each: what is seen, and nothing that could hide."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from briefpack.annex import Remark
from briefpack.annexes.cleaning.remarks import flattened
from briefpack.pixels import Packed, packed

RESOLUTION = 200.0
"""Dots an inch, as of a fax at its finest: small print can be read, and a page of text takes some hundred kilobytes."""
MOST_PIXELS = 16_000_000
"""Of a page; an A2 has as many. Larger ones have fewer dots an inch."""


def pages_to_pictures(new: Pdf, path: Path) -> None:
    """Replace what every page of a clean file draws by a picture of it; links stay. path: where new was saved.

    Tags go, since nothing is left for them to say.
    """
    document = pypdfium2.PdfDocument(path)
    try:
        for index, page in enumerate(new.pages):
            _replace(new, page.obj, document[index])
    finally:
        document.close()
    for key in ("/StructTreeRoot", "/MarkInfo"):
        if key in new.Root:
            del new.Root[key]


def as_pictures(numbers: Sequence[int]) -> Remark:
    """What is told of pages that are pictures now. numbers: of them in the author's file."""
    count = len(numbers)
    what = f"has its {'page' if count == 1 else f'{count:,} pages'} bound as pictures, as asked: they can be seen, but not searched or read aloud"
    return flattened("pages-as-pictures", what, count, numbers)


def _replace(new: Pdf, page: Object, seen: pypdfium2.PdfPage) -> None:
    left, bottom, right, top = (float(edge) for edge in page.MediaBox)
    width, height = right - left, top - bottom
    unit = float(page.get("/UserUnit", 1))
    scale = min(RESOLUTION / 72 * unit, math.sqrt(MOST_PIXELS / (width * height)))
    # The page keeps its rotation, and its links their places.
    seen.set_rotation(0)
    bitmap = seen.render(scale=scale, may_draw_forms=False)
    try:
        picture = _image(new, packed(bitmap.to_pil().convert("RGB")))
    finally:
        bitmap.close()
        seen.close()
    content = f"q {width:.4f} 0 0 {height:.4f} {left:.4f} {bottom:.4f} cm /Page Do Q"
    form = new.make_stream(
        content.encode(),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=page.MediaBox,
        Resources=Dictionary(XObject=Dictionary(Page=picture)),
    )
    page.Resources = Dictionary(XObject=Dictionary(Annex=form))
    page.Contents = new.make_stream(b"/Annex Do")
    for key in ("/Group", "/StructParents", "/Tabs"):
        if key in page:
            del page[key]
    for link in page.get("/Annots", Array()):
        if "/StructParent" in link:
            del link["/StructParent"]


def _image(new: Pdf, picture: Packed) -> Stream:
    space: Object = Name.DeviceRGB if picture.colours == 3 else Name.DeviceGray
    if picture.palette:
        space = Array([Name.Indexed, Name.DeviceRGB, len(picture.palette) // 3 - 1, String(picture.palette)])
    made = new.make_stream(
        b"",
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=space,
        BitsPerComponent=picture.bits,
    )
    parameters = None
    if picture.filter == "/FlateDecode":
        parameters = Dictionary(
            Predictor=15, Colors=picture.colours, BitsPerComponent=picture.bits, Columns=picture.width
        )
    made.write(picture.data, filter=Name(picture.filter), decode_parms=parameters)
    return made
