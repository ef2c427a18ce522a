"""Font programs, read only as far as it takes to know which glyphs they have and how wide these are (the only room with fontTools)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Protocol

from fontTools.agl import AGL2UV, UV2AGL
from fontTools.cffLib import CFFFontSet
from fontTools.encodings.MacRoman import MacRoman
from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.misc.psCharStrings import T2WidthExtractor
from fontTools.ttLib import TTFont

NOTDEF = ".notdef"


class UnreadableProgram(Exception):  # noqa: N818 - a finding about a file, not a fault
    """A font program that is not what it should be."""


class ByName(Protocol):
    """A program whose glyphs have names, as simple fonts use it. encoding: its own, code → name."""

    encoding: Mapping[int, str]

    def width(self, name: str) -> float | None:
        """Thousandths of the font's size; None when there is no such glyph."""


class ByNumber(Protocol):
    """A program whose glyphs have numbers, as composite fonts use it."""

    def width_of(self, glyph: int) -> float | None:
        """Thousandths of the font's size; None when there is no such glyph."""


def standard_encoding() -> dict[int, str]:
    """StandardEncoding, code → name."""
    return {code: name for code, name in enumerate(StandardEncoding) if name != NOTDEF}


def mac_encoding() -> dict[int, str]:
    """MacRomanEncoding, code → name."""
    found = {code: name for code, name in enumerate(MacRoman) if name != NOTDEF}
    # PDF has no name of its own for the no-break space.
    found[0xCA] = "space"
    return found


def windows_encoding() -> dict[int, str]:
    """WinAnsiEncoding, code → name (ISO 32000-1, annex D.2)."""
    found = {}
    for code in range(32, 256):
        letter = bytes([code]).decode("cp1252", "ignore")
        # Codes without a letter are bullets; the no-break space and the soft hyphen are a space and a hyphen.
        found[code] = {0xA0: "space", 0xAD: "hyphen"}.get(code) or (
            UV2AGL.get(ord(letter), "bullet") if letter else "bullet"
        )
    found[127] = "bullet"
    return found


def letter(name: str) -> int | None:
    """The character that the Adobe Glyph List knows by a name."""
    value: int | None = AGL2UV.get(name)
    return value


# --------------------------------------------------------------------------- TrueType


class TrueType:
    """A TrueType or OpenType program."""

    def __init__(self, data: bytes) -> None:
        self._font = TTFont(BytesIO(data), lazy=True, fontNumber=0)
        self._scale = 1000 / self._font["head"].unitsPerEm
        # Read by hand: programs cut down to the letters in use often leave out the last ones of this table.
        self._metrics = self._font.reader["hmtx"]
        self._count = self._font["hhea"].numberOfHMetrics
        self._numbers = {name: number for number, name in enumerate(self._font.getGlyphOrder())}
        tables = self._font["cmap"].tables if "cmap" in self._font else []
        self.tables = {(table.platformID, table.platEncID): table.cmap for table in tables}
        self.count = len(tables)

    def width_of(self, glyph: int) -> float | None:
        at: int = 4 * min(glyph, self._count - 1)
        if not 0 <= glyph < len(self._numbers) or at + 2 > len(self._metrics):
            return None
        return float(int.from_bytes(self._metrics[at : at + 2], "big") * self._scale)

    def number(self, name: str | None) -> int:
        """The glyph of a name; 0 for none."""
        return self._numbers.get(name, 0) if name is not None else 0


# --------------------------------------------------------------------------- CFF


class Compact:
    """A CFF program (FontFile3), bare or in an OpenType one.

    has_fractions: among the widths told so far were some that are no whole numbers.
    """

    def __init__(self, data: bytes) -> None:
        if data[:4] in {b"OTTO", b"\0\1\0\0", b"true"}:
            fonts = TTFont(BytesIO(data), lazy=True, fontNumber=0)["CFF "].cff
        else:
            fonts = CFFFontSet()
            fonts.decompile(BytesIO(data), None, isCFF2=False)
        self._top = fonts[0]
        self._subroutines = self._top.GlobalSubrs
        self._strings = self._top.CharStrings
        self.is_cid = hasattr(self._top, "ROS")
        self._charset = self._top.charset
        self.has_fractions = False
        own = [] if self.is_cid else self._top.Encoding
        if own == "StandardEncoding":
            self.encoding: Mapping[int, str] = standard_encoding()
        elif isinstance(own, str):
            self.encoding = {}
        else:
            self.encoding = {code: name for code, name in enumerate(own) if name != NOTDEF}

    def width(self, name: str) -> float | None:
        if name not in self._strings:
            return None
        string = self._strings[name]
        private = string.private
        extractor = T2WidthExtractor(
            getattr(private, "Subrs", []),
            self._subroutines,
            private.nominalWidthX,
            private.defaultWidthX,
            private,
        )
        extractor.execute(string)
        width = float(extractor.width)
        self.has_fractions |= not width.is_integer()
        return width * float(self._top.FontMatrix[0]) * 1000

    def width_of(self, glyph: int) -> float | None:
        """glyph: a CID when the program is CID-keyed, else a glyph's number."""
        if self.is_cid:
            return self.width(f"cid{glyph:05d}") if glyph else self.width(NOTDEF)
        return self.width(self._charset[glyph]) if 0 <= glyph < len(self._charset) else None


# --------------------------------------------------------------------------- Type 1

_ENCODED = re.compile(rb"dup\s+(\d+)\s*/(\S+)\s+put")
_MATRIX = re.compile(rb"/FontMatrix\s*\[\s*([\d.eE+-]+)")
_GLYPH = re.compile(rb"/(\S+)\s+(\d+)\s+(?:RD|-\||\S+)\s")
_BYTES_LEFT_OUT = re.compile(rb"/lenIV\s+(\d+)")
_CHARSTRING_KEY, _EEXEC_KEY = 4330, 55665
_HSBW, _SBW_ESCAPE, _DIV_ESCAPE = 13, 7, 12


class Type1:
    """A Type 1 program (FontFile), as Adobe Type 1 Font Format explains it."""

    def __init__(self, data: bytes) -> None:
        start = data.find(b"eexec")
        if start < 0:
            raise UnreadableProgram
        clear, hidden = data[:start], data[start + 5 :].lstrip(b" \t\r\n")
        if re.match(rb"[0-9A-Fa-f\s]{8}", hidden):
            hidden = bytes.fromhex(
                re.sub(rb"[^0-9A-Fa-f]", b"", hidden)[: len(hidden) // 2 * 2].decode("ascii")
            )
        private = _decrypt(hidden, _EEXEC_KEY, 4)
        matrix = _MATRIX.search(clear)
        self._scale = float(matrix[1]) * 1000 if matrix else 1.0
        self.encoding: Mapping[int, str] = {
            int(found[1]): found[2].decode("latin-1") for found in _ENCODED.finditer(clear)
        }
        if b"StandardEncoding def" in clear:
            self.encoding = standard_encoding()
        left_out = _BYTES_LEFT_OUT.search(private)
        self._left_out = int(left_out[1]) if left_out else 4
        self._strings = self._glyphs(private)

    @staticmethod
    def _glyphs(private: bytes) -> dict[str, bytes]:
        at = private.find(b"/CharStrings")
        if at < 0:
            raise UnreadableProgram
        found: dict[str, bytes] = {}
        at += len(b"/CharStrings")
        while (glyph := _GLYPH.search(private, at)) is not None:
            size = int(glyph[2])
            found[glyph[1].decode("latin-1")] = private[glyph.end() : glyph.end() + size]
            at = glyph.end() + size
        return found

    def width(self, name: str) -> float | None:
        if name not in self._strings:
            return None
        code = _decrypt(self._strings[name], _CHARSTRING_KEY, self._left_out)
        stack: list[float] = []
        at = 0
        while at < len(code):
            value = code[at]
            at += 1
            if value >= 32:
                number, at = _number(code, value, at)
                stack.append(number)
            elif value == _HSBW and len(stack) >= 2:
                return stack[1] * self._scale
            elif value == 12 and at < len(code):
                escape = code[at]
                at += 1
                if escape == _DIV_ESCAPE and len(stack) >= 2:
                    below = stack.pop()
                    stack.append(stack.pop() / below)
                elif escape == _SBW_ESCAPE and len(stack) >= 3:
                    return stack[2] * self._scale
                else:
                    break
            else:
                break
        raise UnreadableProgram


def _number(code: bytes, value: int, at: int) -> tuple[float, int]:
    if value <= 246:
        return value - 139, at
    if value <= 250:
        return (value - 247) * 256 + code[at] + 108, at + 1
    if value <= 254:
        return -(value - 251) * 256 - code[at] - 108, at + 1
    return int.from_bytes(code[at : at + 4], "big", signed=True), at + 4


def _decrypt(data: bytes, key: int, left_out: int) -> bytes:
    plain = bytearray()
    for value in data:
        plain.append(value ^ (key >> 8))
        key = ((value + key) * 52845 + 22719) & 0xFFFF
    return bytes(plain[left_out:])
