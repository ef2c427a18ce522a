"""Pictures that say more than they show: in every place where cameras and programs write, a word that no reader may find."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import IFDRational

WORD = "KESTREL"
"""Stands in every hidden place, with the name of the place behind it: KESTREL-GPS."""
MAKER_NOTE, THUMBNAIL = 0x927C, b"\xff\xd8\xff\xdbKESTREL-THUMBNAIL\xff\xd9"
_XMP = f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="{WORD}-XMP"/></rdf:RDF></x:xmpmeta>"""


def _drawn(colour: str) -> Image.Image:
    picture = Image.new("RGB", (240, 160), colour)
    ImageDraw.Draw(picture).rectangle((40, 40, 200, 120), fill="white")
    return picture


def _exif() -> bytes:
    exif = Image.Exif()
    for tag, place in ((0x010F, "MAKE"), (0x0110, "MODEL"), (0x010E, "DESCRIPTION"), (0x013B, "ARTIST")):
        exif[tag] = f"{WORD}-{place}"
    inner = exif.get_ifd(0x8769)
    inner[0xA431] = f"{WORD}-SERIAL"
    inner[MAKER_NOTE] = f"{WORD}-MAKERNOTE".encode()
    inner[0x9286] = b"UNICODE\0" + f"{WORD}-COMMENT".encode("utf-16-le")
    position = exif.get_ifd(0x8825)
    position[1], position[3] = "N", "E"
    position[2] = position[4] = (IFDRational(50), IFDRational(26), IFDRational(46))
    position[0x1D] = f"{WORD}-GPS"
    return exif.tobytes()


def _segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def telling_jpeg(colour: str = "navy") -> bytes:
    """With EXIF (GPS, notes of the maker, a thumbnail), XMP, IPTC, a comment, a profile of colours, and a second picture behind its end."""
    out = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    _drawn(colour).save(
        out, "JPEG", exif=_exif(), comment=f"{WORD}-COM".encode(), icc_profile=profile, quality=90
    )
    made = out.getvalue()
    more = (
        _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + _XMP.encode())
        + _segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + f"{WORD}-IPTC".encode())
        + _segment(0xE0, b"JFXX\0\x10" + THUMBNAIL)
        + _segment(0xEB, f"{WORD}-APP11".encode())
    )
    return made[:2] + more + made[2:] + f"{WORD}-BEHIND".encode()


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def telling_png(colour: str = "darkgreen") -> bytes:
    """With texts of every kind, EXIF, a time, a chunk of nobody's, and more behind its end."""
    info = PngInfo()
    info.add_text("Author", f"{WORD}-TEXT")
    info.add_text("Comment", f"{WORD}-ZTEXT", zip=True)
    info.add_itxt("XML:com.adobe.xmp", _XMP)
    info.add_itxt("Title", f"{WORD}-ITEXT", zip=True)
    out = io.BytesIO()
    _drawn(colour).save(out, "PNG", pnginfo=info, exif=_exif())
    made = out.getvalue()
    end = made.rindex(b"IEND") - 4
    more = _chunk(b"tIME", struct.pack(">HBBBBB", 2025, 4, 2, 10, 0, 0)) + _chunk(
        b"prVt", f"{WORD}-CHUNK".encode()
    )
    return made[:end] + more + made[end:] + f"{WORD}-BEHIND".encode()


def telling_svg(colour: str = "maroon") -> bytes:
    """With comments, metadata, titles, names and what drawing programs note."""
    return f"""<?xml version="1.0"?><!-- {WORD}-COMMENT -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" width="240" height="160"
 inkscape:version="{WORD}-PROGRAM" id="{WORD}-ID">
<title>{WORD}-TITLE</title><desc>{WORD}-DESC</desc>
<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description>{WORD}-METADATA</rdf:Description></rdf:RDF></metadata>
<g inkscape:label="{WORD}-LAYER" class="{WORD}-CLASS"><rect width="240" height="160" fill="{colour}"/></g>
</svg>""".encode()
