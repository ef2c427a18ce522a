"""What cameras and programs wrote into pictures (place, time, serial numbers, previews) → out of them, every coded pixel as it was.

JPEG is ITU-T T.81 (annex B), JPEG 2000 ISO/IEC 15444-1 (annexes A and I).
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from briefpack.annex import Remark
from briefpack.annexes.cleaning.boxes import inherited
from briefpack.annexes.cleaning.remarks import Seen, many, on, removed

_DEEPEST = 12
"""Forms within forms."""
_JPEG = frozenset({"/DCTDecode", "/DCT"})
_JPEG2000 = "/JPXDecode"
_FLATE = frozenset({"/FlateDecode", "/Fl"})

_APP0, _APP2, _APP14, _COMMENT = 0xE0, 0xE2, 0xEE, 0xFE
_START_OF_SCAN, _END = 0xDA, 0xD9
_JFIF, _PROFILE, _ADOBE = b"JFIF\0", b"ICC_PROFILE\0", b"Adobe"

_NOT_SHOWN = frozenset({b"xml ", b"uuid", b"uinf", b"free", b"skip", b"lbl ", b"asoc"})
_BY_PLACE = frozenset({b"ftbl", b"flst"})
"""Boxes that say where in the file others are: then nothing may move."""
_CODESTREAM = b"\xff\x4f\xff\x51"
_COM, _SOT = 0xFF64, 0xFF90


def strip_pictures(pdf: Pdf, numbers: Sequence[int]) -> Iterator[Remark]:
    """Take metadata out of the pictures of all pages, in place, and say on which. numbers: of the pages in the author's file."""
    stripped = Seen()
    changed: dict[tuple[int, int], bool] = {}
    for number, page in zip(numbers, pdf.pages, strict=True):
        for picture in _pictures(inherited(page.obj, "/Resources")):
            if picture.objgen not in changed:
                changed[picture.objgen] = _strip(picture)
                stripped.count += changed[picture.objgen]
            if changed[picture.objgen]:
                stripped.pages.add(number)
    if stripped.count:
        what = f"has {many(stripped.count, 'picture')}{on(stripped.pages)} with data of cameras and programs in it, left out of the pack"
        if stripped.count > 1:
            what = what.replace(" in it,", " in them,")
        yield removed("image-metadata", what, stripped.count, stripped.pages)


def _pictures(resources: Object | None) -> Iterator[Stream]:
    waiting: list[tuple[Object | None, int]] = [(resources, 0)]
    known: set[tuple[int, int]] = set()
    while waiting:
        holder, depth = waiting.pop()
        if not isinstance(holder, Dictionary) or depth > _DEEPEST:
            continue
        for kind in ("/XObject", "/Pattern"):
            named = holder.get(kind, Dictionary())
            for key in named if isinstance(named, Dictionary) else ():
                stream = named[str(key)]
                if not isinstance(stream, Stream) or stream.objgen in known:
                    continue
                known.add(stream.objgen)
                if stream.get("/Subtype") == Name.Image:
                    yield stream
                    mask = stream.get("/SMask")
                    if isinstance(mask, Stream):
                        yield mask
                else:
                    waiting.append((stream.get("/Resources"), depth + 1))


def _strip(picture: Stream) -> bool:
    """Whether anything was taken out of a picture. What it was wrapped in, letters or a second compression, comes off and does not count."""
    filters = picture.get("/Filter")
    names = [str(one) for one in filters] if isinstance(filters, Array) else [str(filters)]
    if not (names[-1] in _JPEG or names[-1] == _JPEG2000):
        return bool("/Metadata" in picture)
    try:
        coded = _unpacked(picture.read_raw_bytes(), names[:-1])
        bare = bare_jpeg(coded) if names[-1] in _JPEG else bare_jpeg2000(coded)
    except (pikepdf.PdfError, ValueError, zlib.error):
        # Readers make of it what they can, and so do not agree on what is in it.
        return bool("/Metadata" in picture)
    if bare == coded and len(names) == 1:
        return bool("/Metadata" in picture)
    # In letters it is a quarter larger, and others that look for pictures by their filter would not see it.
    parameters = picture.get("/DecodeParms")
    last = parameters[-1] if isinstance(parameters, Array) and len(parameters) else parameters
    picture.write(bare, filter=Name(names[-1]), decode_parms=last if isinstance(last, Dictionary) else None)
    return bare != coded or "/Metadata" in picture


def _unpacked(raw: bytes, filters: list[str]) -> bytes:
    """Raises ValueError for filters that are not expected around a coded picture."""
    for name in filters:
        if name in _FLATE:
            raw = zlib.decompress(raw)
        elif name in {"/ASCII85Decode", "/A85"}:
            raw = base64.a85decode(raw.strip().removeprefix(b"<~").removesuffix(b"~>"))
        elif name in {"/ASCIIHexDecode", "/AHx"}:
            raw = binascii.unhexlify(b"".join(raw.split()).removesuffix(b">"))
        else:
            raise ValueError(name)
    return raw


# --------------------------------------------------------------------------- JPEG


def bare_jpeg(raw: bytes) -> bytes:
    """A JPEG without comments and application data, but for those by which its colours are known (JFIF, ICC, Adobe).

    What follows the end of the picture goes as well: a second picture, with data of its own. Raises ValueError when it is no JPEG.
    """
    if raw[:2] != b"\xff\xd8":
        raise ValueError("no JPEG")
    kept = bytearray(raw[:2])
    position = 2
    while position + 4 <= len(raw):
        if raw[position] != 0xFF:
            raise ValueError("a segment has no marker")
        marker = raw[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        if marker == _END:
            break
        end = position + 2 + int.from_bytes(raw[position + 2 : position + 4], "big")
        segment = raw[position:end]
        if end > len(raw) or len(segment) < 4:
            raise ValueError("a segment is cut off")
        kept += _kept_segment(marker, segment)
        position = end
        if marker == _START_OF_SCAN:
            end = _end_of_scan(raw, position)
            kept += raw[position:end]
            position = end
    return bytes(kept + b"\xff\xd9")


def _kept_segment(marker: int, segment: bytes) -> bytes:
    body = segment[4:]
    if marker == _APP0:
        # The first sixteen bytes; a preview may follow.
        return (
            segment[:2] + b"\0\x10" + body[:12] + b"\0\0"
            if body.startswith(_JFIF) and len(body) >= 12
            else b""
        )
    if marker == _APP2:
        return segment if body.startswith(_PROFILE) else b""
    if marker == _APP14:
        return segment[:2] + b"\0\x0e" + body[:12] if body.startswith(_ADOBE) and len(body) >= 12 else b""
    if _APP0 < marker <= 0xEF or marker == _COMMENT:
        return b""
    return segment


def _end_of_scan(raw: bytes, position: int) -> int:
    """Where the coded pixels end: at a marker that is no restart (T.81, B.1.1.5), or with the file."""
    while True:
        position = raw.find(b"\xff", position)
        if position < 0 or position + 1 >= len(raw):
            return len(raw)
        following = raw[position + 1]
        if following == 0xFF:
            position += 1
        elif following == 0 or 0xD0 <= following <= 0xD7:
            position += 2
        else:
            return position


# --------------------------------------------------------------------------- JPEG 2000


def bare_jpeg2000(raw: bytes) -> bytes:
    """A JPEG 2000 without comments and the boxes that no decoder of pixels needs. Raises ValueError when it is none."""
    if raw.startswith(_CODESTREAM):
        return _bare_codestream(raw)
    kept = bytearray()
    for kind, head, body in _boxes(raw):
        if kind in _BY_PLACE:
            return raw
        if kind in _NOT_SHOWN:
            continue
        if kind == b"jp2c":
            bare = _bare_codestream(body)
            kept += head if bare == body else _head(kind, len(bare))
            kept += bare
        else:
            kept += head + body
    return bytes(kept)


def _boxes(raw: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Kind, header and content of each box (15444-1, I.4)."""
    position = 0
    while position + 8 <= len(raw):
        length, kind = int.from_bytes(raw[position : position + 4], "big"), raw[position + 4 : position + 8]
        start = position + 8
        if length == 1:
            length, start = int.from_bytes(raw[start : start + 8], "big"), start + 8
        end = len(raw) if length == 0 else position + length
        if end > len(raw) or end < start:
            raise ValueError("a box is cut off")
        yield kind, raw[position:start], raw[start:end]
        position = end


def _head(kind: bytes, size: int) -> bytes:
    if size + 8 < 1 << 32:
        return (size + 8).to_bytes(4, "big") + kind
    return b"\0\0\0\1" + kind + (size + 16).to_bytes(8, "big")


def _bare_codestream(raw: bytes) -> bytes:
    """Without the comments of the main header; those of its parts say nothing of the whole."""
    if not raw.startswith(_CODESTREAM):
        raise ValueError("no JPEG 2000")
    kept = bytearray(raw[:2])
    position = 2
    while position + 4 <= len(raw):
        marker = int.from_bytes(raw[position : position + 2], "big")
        if marker == _SOT:
            return bytes(kept + raw[position:])
        end = position + 2 + int.from_bytes(raw[position + 2 : position + 4], "big")
        if marker < 0xFF00 or end > len(raw):
            raise ValueError("a segment is cut off")
        if marker != _COM:
            kept += raw[position:end]
        position = end
    raise ValueError("it has no pixels")
