"""Pixels → the smallest form in which a PDF keeps them whole, and the page that shows them; runs in the worker's process."""

from __future__ import annotations

import io
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream, String
from PIL import Image

from briefpack.annexes.converting.sheets import placed

QUALITY = 95
"""Of a JPEG that has to be encoded anew (CMYK, WebP, JPEG within TIFF)."""

_STRIPS, _STRIP_BYTES, _ROWS, _PHOTOMETRIC = 273, 279, 278, 262
"""Tags of TIFF 6.0, section 8."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A picture as a PDF keeps it. orientation: 1 to 8 as EXIF counts them. palette: of RGB triples, for indices. space: "RGB" or "L"; profile explains it."""

    data: bytes
    filter: Name
    parms: Dictionary | None
    width: int
    height: int
    bits: int
    space: str
    profile: bytes | None
    palette: bytes | None = None
    orientation: int = 1


def as_jpeg(pixels: Image.Image, profile: bytes | None) -> Coded:
    """For what was compressed with losses before."""
    plain = pixels.convert("L") if pixels.mode == "L" else pixels.convert("RGB")
    buffer = io.BytesIO()
    _bare(plain).save(buffer, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    return Coded(buffer.getvalue(), Name.DCTDecode, None, *plain.size, 8, plain.mode, profile)


def lossless(pixels: Image.Image, profile: bytes | None) -> Coded:
    """What a PNG file holds is what a PDF calls predicted by PNG's rules (ISO 32000-1, 7.4.4.4)."""
    buffer = io.BytesIO()
    palette = None
    if pixels.mode == "P":
        palette = bytes(pixels.getpalette("RGB") or ())
    _bare(pixels).save(buffer, "PNG", compress_level=6)
    bits, data = _png_data(buffer.getvalue())
    if palette is not None:
        # A file may use more colours than it names.
        palette = palette.ljust(3 << bits, b"\0")[: 3 << bits]
    space = "L" if pixels.mode in {"L", "1"} else "RGB"
    colours = 3 if pixels.mode == "RGB" else 1
    parms = Dictionary(Predictor=15, Colors=colours, BitsPerComponent=bits, Columns=pixels.width)
    return Coded(data, Name.FlateDecode, parms, *pixels.size, bits, space, profile, palette)


def bilevel(pixels: Image.Image) -> Coded:
    """Black and white: as a fax is compressed (ITU-T T.6), or without loss where that is smaller, as in pictures of dots."""
    flate = lossless(pixels, None)
    buffer = io.BytesIO()
    _bare(pixels).save(buffer, "TIFF", compression="group4", tiffinfo={_ROWS: pixels.height})
    with Image.open(buffer) as made:
        tags = made.tag_v2  # type: ignore[attr-defined]  # it was saved as TIFF
        (start,), (length,) = tags[_STRIPS], tags[_STRIP_BYTES]
        inverted = tags[_PHOTOMETRIC] == 0
    data = buffer.getvalue()[start : start + length]
    if len(data) >= len(flate.data):
        return flate
    parms = Dictionary(K=-1, Columns=pixels.width, Rows=pixels.height, BlackIs1=not inverted)
    return Coded(data, Name.CCITTFaxDecode, parms, *pixels.size, 1, "L", None)


def _bare(pixels: Image.Image) -> Image.Image:
    """A new picture has nothing of the old one's info, so that nothing of it is written."""
    new = Image.frombytes(pixels.mode, pixels.size, pixels.tobytes())
    palette = pixels.getpalette("RGB")
    if palette is not None:
        new.putpalette(palette)
    return new


def _png_data(png: bytes) -> tuple[int, bytes]:
    """Bits of a component, and the compressed rows, of a PNG file that Pillow wrote."""
    position, data = 8, bytearray()
    while position < len(png):
        length = int.from_bytes(png[position : position + 4], "big")
        if png[position + 4 : position + 8] == b"IDAT":
            data += png[position + 8 : position + 8 + length]
        position += length + 12
    return png[24], bytes(data)


# --------------------------------------------------------------------------- pages


def add_page(pdf: Pdf, coded: Coded, dpi: tuple[float, float]) -> None:
    box, matrix = placed(coded.width, coded.height, dpi, coded.orientation)
    image = Stream(pdf, coded.data)
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width, image.Height, image.BitsPerComponent = coded.width, coded.height, coded.bits
    image.ColorSpace = _space(pdf, coded)
    image.Filter = coded.filter
    if coded.parms is not None:
        image.DecodeParms = coded.parms
    words = " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in matrix)
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, *box]),
        Resources=Dictionary(XObject=Dictionary(Picture=pdf.make_indirect(image))),
        Contents=pdf.make_stream(f"q {words} cm /Picture Do Q".encode()),
    )
    pdf.pages.append(Page(pdf.make_indirect(page)))


def _space(pdf: Pdf, coded: Coded) -> Object:
    device = Name.DeviceGray if coded.space == "L" else Name.DeviceRGB
    base: Object = device
    if coded.profile is not None:
        profile = Stream(pdf, coded.profile)
        profile.N, profile.Alternate = 1 if coded.space == "L" else 3, device
        base = Array([Name.ICCBased, pdf.make_indirect(profile)])
    if coded.palette is None:
        return base
    return Array([Name.Indexed, base, len(coded.palette) // 3 - 1, String(coded.palette)])
