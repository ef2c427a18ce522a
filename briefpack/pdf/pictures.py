"""A safe picture → an image object of a PDF, with the file's own compressed pixels."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream

from briefpack.document import ImageData

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers of frame headers (ITU-T T.81, table B.1)."""


def picture_stream(image: ImageData) -> PDFStream:
    """The image object. PNG rows and JPEG scans are what PDF's filters decode, so no pixel is coded anew."""
    entries: dict[str, object] = {
        "Type": PDFName("XObject"),
        "Subtype": PDFName("Image"),
        "Width": image.width,
        "Height": image.height,
        "BitsPerComponent": 8,
    }
    if image.format == "jpeg":
        colours = _jpeg_components(image.content)
        content = image.content
        entries["Filter"] = PDFName("DCTDecode")
    else:
        colours, content = _png_rows(image.content)
        entries["Filter"] = PDFName("FlateDecode")
        # Predictor 15: every row begins with the number of its PNG filter (ISO 32000-1, 7.4.4.4).
        entries["DecodeParms"] = PDFDictionary(
            {"Predictor": 15, "Colors": colours, "BitsPerComponent": 8, "Columns": image.width}
        )
    entries["ColorSpace"] = PDFName("DeviceGray" if colours == 1 else "DeviceRGB")
    return PDFStream(PDFDictionary(entries), content)


def _png_rows(content: bytes) -> tuple[int, bytes]:
    """Colours per pixel (1 or 3), and the compressed rows of a PNG with 8 bits a colour, not interlaced."""
    rows: list[bytes] = []
    colours = 3
    for kind, data in _png_chunks(content):
        if kind == b"IHDR":
            colours = 1 if data[9] == 0 else 3
        elif kind == b"IDAT":
            rows.append(data)
    return colours, b"".join(rows)


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at + 8 <= len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        yield content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        at += length + 12


def _jpeg_components(content: bytes) -> int:
    """Colours per pixel, from the frame header."""
    at = 2
    while content[at + 1] not in _FRAMES:
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return content[at + 9]
