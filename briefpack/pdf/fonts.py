"""The TrueType faces of a style: loaded when used, words measured once and encoded once for each PDF.

A face is parsed once in a process and shared by all documents; what reportlab assigns per document (the codes of
characters in subsets) is kept per document, so that documents made one after another, or at the same time, are
independent of each other and equal bytes come from equal input.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import weakref
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TypeAlias

from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont

from briefpack.document import Document
from briefpack.errors import Diagnostic, ExitCode, Severity, Where
from briefpack.pdf.printed import printed_texts
from briefpack.style import Font, Style

PdfDocument: TypeAlias = PDFDocument
"""The PDF under construction, for which characters are given codes."""

SOFT_HYPHEN = "\u00ad"
NO_BREAK_SPACE = "\u00a0"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters that say how text may break or join; never printed."""
_STAND_INS = {"\u2011": "-", "\u2010": "-", "\u202f": NO_BREAK_SPACE, "\u2007": NO_BREAK_SPACE}
"""What is printed for a hyphen or a no-break space that a face lacks: the same to the eye."""
_PLAIN = re.compile(r"[ !\"#$%&'*+,./0-9:;<=>?@A-Z\[\]^_`a-z{|}~-]*")
_BLANKS = " \t\n\r\f\v"
_NAMED = 3
"""Missing characters of one text that are named; a whole sentence in a foreign script says the rest by number."""
_UNCOVERED = float("nan")
"""The width of a word that a face cannot print. Sums that meet it are not equal to themselves: a whole paragraph is
checked by its total."""


class _Loaded:
    """A face file, parsed: shared by everyone in this process, so it holds nothing of any document."""

    __slots__ = ("advances", "default", "font", "printed", "underline")

    def __init__(self, name: str, path: str) -> None:
        # asciiReadable: ASCII characters keep their codes, in subset 0.
        self.font = TTFont(name, path, asciiReadable=True)
        pdfmetrics.registerFont(self.font)
        face = self.font.face
        glyphs: dict[int, int] = face.charToGlyph
        # A divided word ends in a soft hyphen that looks like a hyphen: readers of the PDF then join it again.
        hyphen = ord("-")
        if hyphen in glyphs:
            glyphs[ord(SOFT_HYPHEN)] = glyphs[hyphen]
            face.charWidths[ord(SOFT_HYPHEN)] = face.charWidths[hyphen]
        self.advances: dict[int, float] = {
            code: face.charWidths.get(code, face.defaultWidth) / 1000 for code in glyphs
        }
        self.default: float = face.defaultWidth / 1000
        # What a word looks like once the characters that are never printed are gone.
        self.printed: dict[int, str | None] = dict.fromkeys(map(ord, INVISIBLE))
        self.printed.update(
            {ord(wanted): given for wanted, given in _STAND_INS.items() if ord(wanted) not in glyphs}
        )
        # OpenType "post" table: underlinePosition, of the line's upper edge, and underlineThickness follow version and italicAngle.
        position, thickness = struct.unpack(">hh", face.get_table("post")[8:12])
        em = float(face.unitsPerEm)
        self.underline: tuple[float, float] = (position / em, thickness / em)


@cache
def _load(path: str, modified: int, size: int) -> _Loaded:
    """Parse a face file. modified, size: of the file, so that a changed file is read again."""
    name = f"{Path(path).stem}-{modified:x}-{size:x}-{_load.cache_info().misses}"
    loaded = _Loaded(name, path)
    for other in _postscript_names.setdefault(loaded.font.face.name, []):
        if other != path:
            # reportlab names the embedded objects after the PostScript name: two files may not share one.
            loaded.font.face.name += f"-{len(_postscript_names[loaded.font.face.name])}".encode()
            break
    _postscript_names.setdefault(loaded.font.face.name, []).append(path)
    return loaded


_postscript_names: dict[bytes, list[str]] = {}


class Face:
    """One face of a family. ascent, descent, cap_height: as a share of the size, all positive. name: as reportlab knows it.

    underline: (position of its upper edge below 0, thickness), as shares of the size.
    fallbacks: faces asked for characters that this one lacks, in order.
    """

    __slots__ = ("_loaded", "ascent", "cap_height", "descent", "fallbacks", "font", "name", "underline")

    def __init__(self, path: Path, fallbacks: tuple[Face, ...] = ()) -> None:
        stat = path.stat()
        self._loaded = _load(str(path.resolve()), stat.st_mtime_ns, stat.st_size)
        self.font = self._loaded.font
        self.name: str = self.font.fontName
        self.ascent: float = self.font.face.ascent / 1000
        self.descent: float = -self.font.face.descent / 1000
        self.cap_height: float = self.font.face.capHeight / 1000
        self.underline = self._loaded.underline
        self.fallbacks = fallbacks

    @property
    def characters(self) -> Mapping[int, float]:
        """Advance width at size 1 of every character that has a glyph, by code point."""
        return self._loaded.advances

    def printed(self, word: str) -> str:
        """Word as it appears: without invisible characters, stand-ins for hyphens and spaces the face lacks."""
        return word if word.isascii() else word.translate(self._loaded.printed)

    def covers(self, text: str) -> bool:
        """Whether this face alone has a glyph for all of text that is printed."""
        return self._loaded.advances.keys() >= set(map(ord, self.printed(text)))

    def glyph(self, char: str) -> int:
        """The number of a printed character's glyph in the file; 0, the empty box, where it has none."""
        glyphs: Mapping[int, int] = self.font.face.charToGlyph
        return glyphs.get(ord(char), 0)

    def table(self, tag: str) -> bytes:
        """A table of the file (OpenType), b"" where it has none."""
        table: bytes = self.font.face.get_table(tag)
        return table

    def width(self, word: str) -> float:
        """Advance width at size 1; not a number when a character has no glyph here."""
        advances = self._loaded.advances
        try:
            return sum([advances[ord(c)] for c in self.printed(word)])
        except KeyError:
            return _UNCOVERED

    def width_with_gaps(self, word: str) -> float:
        """As width, but a character without glyph counts as the empty box that is printed for it."""
        advances, default = self._loaded.advances, self._loaded.default
        return sum(advances.get(ord(c), default) for c in self.printed(word))

    def divide(self, text: str) -> list[tuple[Face, str]]:
        """Text in runs by the face that prints them; what no face has stays with this one."""
        runs: list[tuple[Face, str]] = []
        for char in text:
            face = self
            if not self.covers(char):
                face = next((f for f in self.fallbacks if f.covers(char)), self)
            if runs and (runs[-1][0] is face or not runs[-1][0].printed(char)):
                runs[-1] = (runs[-1][0], runs[-1][1] + char)
            else:
                runs.append((face, char))
        return runs


class _Widths(dict[str, float]):
    """word → width in points at a size; computed on first sight."""

    __slots__ = ("_face", "_size", "_tracking")

    def __init__(self, face: Face, size: float, tracking: float) -> None:
        super().__init__()
        self._face = face
        self._size = size
        self._tracking = tracking

    def __missing__(self, word: str) -> float:
        width = self._face.width(word) * self._size
        if self._tracking:
            width += self._tracking * len(self._face.printed(word))
        self[word] = width
        return width


class _Advances(dict[str, float]):
    """A printed character, or "" → its width in points at a size, the empty box's where the face lacks it."""

    __slots__ = ("_face", "_size", "_tracking")

    def __init__(self, face: Face, size: float, tracking: float) -> None:
        super().__init__({"": 0.0})
        self._face = face
        self._size = size
        self._tracking = tracking

    def __missing__(self, char: str) -> float:
        width = self[char] = self._face.width_with_gaps(char) * self._size + self._tracking
        return width


class Codes(dict[str, str]):
    """word → what stands between ( and ) of a Tj to print it, in one PDF; encoded on first sight.

    A code begins and ends in subset 0 of the face. Characters of further subsets (a face with more than about 160
    characters outside ASCII in one document) step out of the string, change the font, and step back.
    """

    __slots__ = ("_document", "_face", "_size", "select")

    def __init__(self, face: Face, size: float, document: PdfDocument) -> None:
        super().__init__()
        self._face = face
        self._size = size
        # Weak: a face outlives the documents it is used in.
        self._document = weakref.ref(document)
        face.font.splitString(" ", document)
        self.select = self._operator(0)
        """The operator that selects the font."""

    def of(self, document: PdfDocument) -> bool:
        return self._document() is document

    def _operator(self, subset: int) -> str:
        name = self._face.font.getSubsetInternalName(subset, self._document())
        return f"{name} {self._size:.6g} Tf"

    def __missing__(self, word: str) -> str:
        if _PLAIN.fullmatch(word):
            # ASCII is what it is, but for the characters that a PDF string escapes.
            self[word] = word
            return word
        printed = SOFT_HYPHEN if word == SOFT_HYPHEN else self._face.printed(word)
        parts: list[str] = []
        for subset, codes in self._face.font.splitString(printed, self._document()):
            escaped: str = escapePDF(codes)
            if subset == 0:
                parts.append(escaped)
            else:
                parts.append(f") Tj {self._operator(subset)} ({escaped}) Tj {self.select} (")
        code = self[word] = "".join(parts)
        return code


class SizedFace:
    """A face at a size (points) with tracking (points after each character).

    widths: word → width in points, not a number where the face lacks a character. space, hyphen: widths in points.
    """

    __slots__ = ("_advances", "_codes", "face", "hyphen", "size", "space", "tracking", "widths")

    def __init__(self, face: Face, size: float, tracking: float) -> None:
        self.face = face
        self.size = size
        self.tracking = tracking
        self.widths = _Widths(face, size, tracking)
        self.space = face.width_with_gaps(" ") * size + tracking
        self.hyphen = face.width_with_gaps("-") * size + tracking
        self._advances = _Advances(face, size, tracking)
        self._codes: Codes | None = None

    def force(self, word: str) -> None:
        """Measure a word that this face must print although it lacks characters of it."""
        width = self.face.width_with_gaps(word) * self.size
        self.widths[word] = width + self.tracking * len(self.face.printed(word))

    def reaches(self, word: str) -> list[float]:
        """Width in points of the first 0, 1, 2 … characters of word."""
        # A stand-in is one character, an invisible character none.
        parts = word if word.isascii() else map(self.face.printed, word)
        return list(accumulate(map(self._advances.__getitem__, parts), initial=0.0))

    def codes(self, document: PdfDocument) -> Codes:
        codes = self._codes
        if codes is None or not codes.of(document):
            codes = self._codes = Codes(self.face, self.size, document)
        return codes


class Faces:
    """The faces of a style's fonts. Only those asked for are loaded."""

    def __init__(self, fonts: Mapping[str, Font]) -> None:
        self._fonts = fonts
        self._faces: dict[tuple[str, bool, bool], Face] = {}
        self._sized: dict[tuple[Face, float, float], SizedFace] = {}

    def face(self, family: str, *, bold: bool = False, italic: bool = False) -> Face:
        """The face of a family of Style.fonts. Its fallbacks are the same variant of the fallback families."""
        key = (family, bold, italic)
        face = self._faces.get(key)
        if face is None:
            font = self._fonts[family]
            # One step only: a fallback's own fallbacks are not asked, so families may name each other.
            fallbacks = tuple(
                Face(_file(self._fonts[name], bold=bold, italic=italic))
                for name in font.fallback
                if name != family
            )
            face = self._faces[key] = Face(_file(font, bold=bold, italic=italic), fallbacks)
        return face

    def sized(self, face: Face, size: float, tracking: float = 0.0) -> SizedFace:
        """Face at a size in points; the same object for the same request, so that its caches are shared."""
        key = (face, size, tracking)
        sized = self._sized.get(key)
        if sized is None:
            sized = self._sized[key] = SizedFace(face, size, tracking)
        return sized


def _file(font: Font, *, bold: bool, italic: bool) -> Path:
    match bold, italic:
        case True, True:
            return font.bold_italic
        case True, False:
            return font.bold
        case False, True:
            return font.italic
        case _:
            return font.regular


def missing_characters(document: Document, style: Style) -> list[Diagnostic]:
    """An error for every character of the printed text for which no font of its role has a glyph.

    It stands at the first place that has the character, one for each such place.
    """
    return [_missing(missing, family, where) for missing, family, where in _lacking(document, style)]


def lacking_characters(document: Document, style: Style) -> frozenset[str]:
    """The characters of the printed text for which no font of their role has a glyph."""
    return frozenset(char for missing, _, _ in _lacking(document, style) for char in missing)


def _lacking(document: Document, style: Style) -> Iterator[tuple[list[str], str, Where]]:
    """Characters without a glyph, each once for a family, with the family and the first place that has them."""
    faces = Faces(style.fonts)
    known: dict[tuple[str, bool, bool], set[str]] = {}
    for text, role, where, strong, emphasis, code in printed_texts(document, style):
        look = style.text[role]
        family = style.text["code"].font if code else look.font
        key = (family, look.bold or strong, look.italic != emphasis)
        # Characters that were looked at before, found or reported.
        seen = known.setdefault(key, set(_BLANKS))
        new = sorted(set(text.upper() if look.caps else text) - seen)
        if not new:
            continue
        seen.update(new)
        face = faces.face(family, bold=key[1], italic=key[2])
        missing = [char for char in new if not any(f.covers(char) for f in (face, *face.fallbacks))]
        if missing:
            yield missing, family, where


def _missing(characters: list[str], family: str, where: Where) -> Diagnostic:
    names = ", ".join(
        f"“{char}” (U+{ord(char):04X} {unicodedata.name(char, 'without a name')})"
        for char in characters[:_NAMED]
    )
    more = f" and {len(characters) - _NAMED} more" if len(characters) > _NAMED else ""
    return Diagnostic(
        Severity.ERROR,
        where,
        f"the font {family} and its fallbacks have no {names}{more}",
        f"write it otherwise, or name a family that has it under fonts: {family}: fallback: in the style",
        ExitCode.STYLE,
    )
