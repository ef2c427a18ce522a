"""A few letters of a face → a TrueType font that holds them and nothing else, and the PDF objects that print and extract it.

The font of one reader's copy must not tell the letters of another's, so it is made anew for each. Its instructions for screens of low resolution are left out.
Tables are those of the OpenType specification 1.9; what a PDF needs of them is ISO 32000-1, 9.9 and table 126.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefpack.pdf.fonts import Face

_WORDS, _SCALE, _MORE, _TWO_SCALES, _MATRIX, _INSTRUCTIONS = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080, 0x0100
"""Flags of a component of a glyph that is made of others ("glyf")."""
_MAGIC = 0xB1B0AFBA
_MOST_CODES = 100
"""Lines of a block of a character map (Adobe Technical Note 5014)."""
_SYMBOLIC = 4


@dataclass(frozen=True, slots=True)
class FontParts:
    """What a copy writes of a font, without the references between its objects. name: with its subset tag. codes: character → code, two bytes each.

    font, descriptor: entries of the CIDFont and of its FontDescriptor. file: FontFile2, compressed; length: of the font itself. unicode: ToUnicode, compressed.
    """

    name: bytes
    codes: Mapping[str, int]
    font: bytes
    descriptor: bytes
    file: bytes
    length: int
    unicode: bytes


class FontSource:
    """A face whose letters are taken out again and again: its tables are looked up once."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self._head, self._maxp, self._hhea = (face.table(tag) for tag in ("head", "maxp", "hhea"))
        self._glyphs = face.table("glyf")
        count: int = struct.unpack_from(">H", self._maxp, 4)[0]
        is_long = struct.unpack_from(">h", self._head, 50)[0]
        loca = face.table("loca")
        if is_long:
            self._places: Sequence[int] = struct.unpack_from(f">{count + 1}L", loca)
        else:
            self._places = [2 * place for place in struct.unpack_from(f">{count + 1}H", loca)]
        metrics = face.table("hmtx")
        measured: int = struct.unpack_from(">H", self._hhea, 34)[0]
        pairs = list(struct.iter_unpack(">Hh", metrics[: 4 * measured]))
        bearings = struct.unpack_from(f">{count - measured}h", metrics, 4 * measured)
        self._metrics = [*pairs, *((pairs[-1][0], bearing) for bearing in bearings)]
        self.em: int = struct.unpack_from(">H", self._head, 18)[0]
        self._made: dict[int, tuple[bytes, tuple[int, ...]]] = {}

    def take(self, characters: set[str]) -> FontParts:
        """A font of these characters, each of which the face prints (Face.printed) and has a glyph for. The same characters give the same bytes."""
        order = sorted(characters)
        glyphs = [0]
        codes: dict[str, int] = {}
        for char in order:
            codes[char] = len(glyphs)
            glyphs.append(self.face.glyph(char))
        coded = len(glyphs)
        program = self._program(glyphs)
        tag = _tag(hashlib.sha256(program).digest())
        name = tag + b"+" + _plain_name(self.face.font.face.name)
        widths = b" ".join(b"%.5g" % (1000 * self._metrics[glyph][0] / self.em) for glyph in glyphs[:coded])
        entries = (
            b"/Type/Font/Subtype/CIDFontType2/BaseFont/%s"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            b"/CIDToGIDMap/Identity/DW 0/W[0[%s]]" % (name, widths)
        )
        face = self.face.font.face
        box = b" ".join(b"%.6g" % edge for edge in face.bbox)
        descriptor = (
            b"/Type/FontDescriptor/FontName/%s/Flags %d/FontBBox[%s]/ItalicAngle %.5g"
            b"/Ascent %.6g/Descent %.6g/CapHeight %.6g/StemV %.6g"
            % (
                name,
                _SYMBOLIC,
                box,
                face.italicAngle,
                face.ascent,
                face.descent,
                face.capHeight,
                face.stemV,
            )
        )
        return FontParts(
            name,
            codes,
            entries,
            descriptor,
            zlib.compress(program, 9),
            len(program),
            zlib.compress(_to_unicode(codes), 9),
        )

    def _program(self, glyphs: list[int]) -> bytes:
        """The font file of these glyphs, and of those that they are made of, which are added to the list behind them."""
        drawn: list[bytes] = []
        for glyph in glyphs:  # the list grows meanwhile
            outline, parts = self._outline(glyph)
            if parts:
                for part in parts:
                    if part not in glyphs:
                        glyphs.append(part)
                outline = _renumbered(outline, glyphs)
            drawn.append(outline + bytes(-len(outline) % 4))
        count = len(glyphs)
        places = [0]
        for outline in drawn:
            places.append(places[-1] + len(outline))
        head = bytearray(self._head)
        head[8:12] = bytes(4)
        struct.pack_into(">h", head, 50, 1)
        maxp, hhea = bytearray(self._maxp), bytearray(self._hhea)
        struct.pack_into(">H", maxp, 4, count)
        struct.pack_into(">H", hhea, 34, count)
        tables = {
            b"glyf": b"".join(drawn),
            b"head": bytes(head),
            b"hhea": bytes(hhea),
            b"hmtx": b"".join(struct.pack(">Hh", *self._metrics[glyph]) for glyph in glyphs),
            b"loca": struct.pack(f">{count + 1}L", *places),
            b"maxp": bytes(maxp),
        }
        return _font_file(tables)

    def _outline(self, glyph: int) -> tuple[bytes, tuple[int, ...]]:
        """A glyph without instructions, and the glyphs that it is made of."""
        known = self._made.get(glyph)
        if known is None:
            data = self._glyphs[self._places[glyph] : self._places[glyph + 1]]
            known = self._made[glyph] = _without_instructions(data)
        return known


def _without_instructions(data: bytes) -> tuple[bytes, tuple[int, ...]]:
    if not data:
        return b"", ()
    contours: int = struct.unpack_from(">h", data)[0]
    if contours >= 0:
        at = 10 + 2 * contours
        length: int = struct.unpack_from(">H", data, at)[0]
        return data[:at] + b"\0\0" + data[at + 2 + length :], ()
    made = bytearray(data)
    parts: list[int] = []
    last = len(data)
    for at, flags, end in _components(data):
        struct.pack_into(">H", made, at, flags & ~_INSTRUCTIONS)
        parts.append(struct.unpack_from(">H", data, at + 2)[0])
        last = end
    return bytes(made[:last]), tuple(parts)


def _components(data: bytes) -> Sequence[tuple[int, int, int]]:
    """Of a glyph that is made of others: where each of them stands, its flags, and where it ends."""
    found: list[tuple[int, int, int]] = []
    at, flags = 10, _MORE
    while flags & _MORE:
        flags = struct.unpack_from(">H", data, at)[0]
        end = at + 4 + (4 if flags & _WORDS else 2)
        end += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
        found.append((at, flags, end))
        at = end
    return found


def _renumbered(outline: bytes, glyphs: Sequence[int]) -> bytes:
    made = bytearray(outline)
    for at, _, _ in _components(outline):
        struct.pack_into(">H", made, at + 2, glyphs.index(struct.unpack_from(">H", outline, at + 2)[0]))
    return bytes(made)


def _font_file(tables: Mapping[bytes, bytes]) -> bytes:
    """The tables as a file, in the order of their names."""
    count = len(tables)
    power = count.bit_length() - 1
    reach = 16 << power
    directory = [struct.pack(">LHHHH", 0x00010000, count, reach, power, 16 * count - reach)]
    body: list[bytes] = []
    at = 12 + 16 * count
    whole = 0
    adjustment = 0
    for tag, table in tables.items():
        padded = table + bytes(-len(table) % 4)
        checksum = _checksum(padded)
        directory.append(struct.pack(">4sLLL", tag, checksum, at, len(table)))
        if tag == b"head":
            adjustment = at + 8
        body.append(padded)
        at += len(padded)
        whole += checksum
    head = b"".join(directory)
    file = bytearray(head + b"".join(body))
    struct.pack_into(">L", file, adjustment, (_MAGIC - whole - _checksum(head)) & 0xFFFFFFFF)
    return bytes(file)


def _checksum(padded: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}L", padded)
    return sum(words) & 0xFFFFFFFF


def _tag(digest: bytes) -> bytes:
    """Six capitals (ISO 32000-1, 9.6.4)."""
    return bytes(ord("A") + byte % 26 for byte in digest[:6])


def _plain_name(name: bytes | str) -> bytes:
    """A PostScript name without what a PDF name must escape."""
    raw = name.encode("ascii", "ignore") if isinstance(name, str) else bytes(name)
    return bytes(byte for byte in raw if chr(byte).isalnum() or byte in b"-_") or b"Font"


def _to_unicode(codes: Mapping[str, int]) -> bytes:
    """The character map from codes back to letters (ISO 32000-1, 9.10.3)."""
    lines = [
        b"<%04X> <%s>" % (code, char.encode("utf-16-be").hex().upper().encode())
        for char, code in codes.items()
    ]
    blocks = [lines[at : at + _MOST_CODES] for at in range(0, len(lines), _MOST_CODES)]
    return b"\n".join(
        [
            b"/CIDInit /ProcSet findresource begin",
            b"12 dict begin",
            b"begincmap",
            b"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
            b"/CMapName /Adobe-Identity-UCS def",
            b"/CMapType 2 def",
            b"1 begincodespacerange",
            b"<0000> <FFFF>",
            b"endcodespacerange",
            *(b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks),
            b"endcmap",
            b"CMapName currentdict /CMap defineresource pop",
            b"end",
            b"end",
        ]
    )
