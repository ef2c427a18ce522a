"""TrueType faces of a style: widths measured once, words encoded once, no character without a glyph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import reportlab.rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from briefpack.style import Font

NBSP = "\u00a0"
INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
"""Characters that say how text may break and are never printed."""

_ESCAPES = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)", "\n": r"\n", "\r": r"\r"})


class PdfDocument(Protocol):
    """What encoding needs to know of the PDF under construction: only that it is one."""


class Face:
    """One TrueType face: measures words and turns them into the bytes of a text operator.

    ascent, descent: of the face, as a share of the size; descent is positive downward.
    fallbacks: faces asked for characters that this one lacks, in order.
    """

    __slots__ = ("_codes", "_font", "_widths", "ascent", "descent", "fallbacks", "glyphs", "name", "space")

    def __init__(self, name: str, path: str, fallbacks: tuple[Face, ...]) -> None:
        font = TTFont(name, path)
        pdfmetrics.registerFont(font)
        self.name = name
        self._font = font
        self.glyphs: Mapping[int, int] = font.face.charToGlyph
        self.fallbacks = fallbacks
        self.ascent: float = font.face.ascent / 1000
        self.descent: float = -font.face.descent / 1000
        self._widths: dict[str, float] = {}
        # Encoded words of one PDF: subsets are numbered per document, so the memory is too.
        self._codes: tuple[object, dict[str, tuple[tuple[int, str], ...]]] = (None, {})
        self.space = self.width(" ")

    def width(self, text: str) -> float:
        """Advance width at size 1, in points."""
        known = self._widths.get(text)
        if known is None:
            known = self._widths[text] = float(self._font.stringWidth(text, 1))
        return known

    def has(self, text: str) -> bool:
        """Whether this face alone can print text."""
        glyphs = self.glyphs
        return all(ord(c) in glyphs for c in text)

    def encode(self, text: str, pdf: PdfDocument) -> tuple[tuple[int, str], ...]:
        """The subsets and escaped operands that print text, in order, for one PDF under construction."""
        owner, memory = self._codes
        if owner is not pdf:
            memory = {}
            self._codes = (pdf, memory)
        codes = memory.get(text)
        if codes is None:
            codes = memory[text] = tuple(
                (subset, chunk.decode("latin-1").translate(_ESCAPES))
                for subset, chunk in self._font.splitString(text, pdf)
            )
        return codes

    def resource(self, subset: int, pdf: PdfDocument) -> str:
        """The name of a subset in the page's resources, with its slash ("/F2+0")."""
        name: str = self._font.getSubsetInternalName(subset, pdf)
        return name

    def forget(self, pdf: PdfDocument) -> None:
        """Drop what was remembered for a finished PDF, so that many builds do not add up."""
        self._codes = (None, {})
        self._font.state.pop(pdf, None)


class Faces:
    """The faces of a style's fonts, loaded when first asked for."""

    def __init__(self, fonts: Mapping[str, Font]) -> None:
        self._fonts = fonts
        self._faces: dict[tuple[str, bool, bool], Face] = {}

    def face(self, family: str, *, bold: bool = False, italic: bool = False) -> Face:
        """The face of a family that Style.fonts holds."""
        key = (family, bold, italic)
        face = self._faces.get(key)
        if face is None:
            font = self._fonts[family]
            path = (
                (font.bold_italic if italic else font.bold)
                if bold
                else (font.italic if italic else font.regular)
            )
            # A family that falls back to itself or to one that falls back again would never end: one step only.
            fallbacks = tuple(
                self._alone(name, bold=bold, italic=italic) for name in font.fallback if name != family
            )
            face = self._faces[key] = Face(_name(family, bold=bold, italic=italic), str(path), fallbacks)
        return face

    def _alone(self, family: str, *, bold: bool, italic: bool) -> Face:
        font = self._fonts[family]
        path = (
            (font.bold_italic if italic else font.bold) if bold else (font.italic if italic else font.regular)
        )
        return Face(_name(family, bold=bold, italic=italic) + "-fallback", str(path), ())

    def loaded(self) -> Iterable[Face]:
        """Every face in use, fallbacks included."""
        for face in self._faces.values():
            yield face
            yield from face.fallbacks


def _name(family: str, *, bold: bool, italic: bool) -> str:
    # reportlab knows fonts by one global name: ours must not meet its fourteen standard ones.
    return f"bp-{family}{'-bold' if bold else ''}{'-italic' if italic else ''}".replace(" ", "")


def pieces(face: Face, text: str) -> list[tuple[Face, str]]:
    """Divide text into runs by the face that can print them; a character nobody has stays with the first face."""
    runs: list[tuple[Face, str]] = []
    for char in text:
        code = ord(char)
        chosen = face
        if code not in face.glyphs:
            chosen = next((f for f in face.fallbacks if code in f.glyphs), face)
        if runs and runs[-1][0] is chosen:
            runs[-1] = (chosen, runs[-1][1] + char)
        else:
            runs.append((chosen, char))
    return runs


def use_fixed_output() -> None:
    """Make reportlab write no clock and no random name, and no font that is not embedded."""
    reportlab.rl_config.invariant = 1
