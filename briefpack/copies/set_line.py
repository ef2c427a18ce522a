"""The words of a copy, set in a role of the style: which face prints which letters, how wide they are, and the operators that paint them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefpack.copies.little_font import FontSource
from briefpack.pdf.fonts import INVISIBLE, Face, Faces
from briefpack.style import Colour, Style

_HALO = 0.28
"""Width of the white line around letters that stand on something dark, in ems."""


@dataclass(frozen=True, slots=True)
class SetLine:
    """runs: letters as they are printed, with the face that prints them. width: in ems of the size, tracking included but behind the last letter.

    tracking: in ems. capitals, descent: height of capitals and depth of descenders, in ems.
    """

    runs: tuple[tuple[FontSource, str], ...]
    width: float
    tracking: float
    capitals: float
    descent: float
    colour: Colour

    def letters(self) -> Mapping[FontSource, set[str]]:
        found: dict[FontSource, set[str]] = {}
        for source, text in self.runs:
            found.setdefault(source, set()).update(text)
        return found

    def operators(
        self,
        fonts: Mapping[FontSource, tuple[bytes, Mapping[str, int]]],
        size: float,
        x: float,
        y: float,
        *,
        halo: bool = False,
    ) -> bytes:
        """Paint the line from x on the baseline y. fonts: name as a resource, and codes. halo: with a white line around the letters."""
        shown = b"".join(
            b"%s %.4f Tf <%s> Tj\n" % (name, size, b"".join(b"%04X" % codes[char] for char in text))
            for source, text in self.runs
            for name, codes in [fonts[source]]
        )
        tracking = b"%.4f Tc\n" % (self.tracking * size) if self.tracking else b""
        place = b"1 0 0 1 %.3f %.3f Tm\n" % (x, y)
        colour = b"%.4g %.4g %.4g rg\n" % self.colour.unit
        around = b""
        if halo:
            around = b"q 1 1 1 RG %.3f w 1 j BT 1 Tr\n%s%s%sET Q\n" % (_HALO * size, tracking, place, shown)
        return b"%sBT\n%s%s%s%sET\n" % (around, colour, tracking, place, shown)


class LineSetter:
    """Sets lines in the roles of a style."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._faces = Faces(style.fonts)
        self._sources: dict[str, FontSource] = {}

    def _face(self, role: str) -> Face:
        look = self._style.text[role]
        return self._faces.face(look.font, bold=look.bold, italic=look.italic)

    def _source(self, face: Face) -> FontSource:
        source = self._sources.get(face.name)
        if source is None:
            source = self._sources[face.name] = FontSource(face)
        return source

    def can_set(self, text: str, role: str) -> bool:
        """Whether a role's fonts have every letter, and the letters need no more than to stand side by side from left to right."""
        face = self._face(role)
        shown = self._shown(text, role)
        return all(
            any(one.covers(char) for one in (face, *face.fallbacks)) and _stands_alone(char) for char in shown
        )

    def _shown(self, text: str, role: str) -> str:
        composed = unicodedata.normalize("NFC", text)
        return composed.upper() if self._style.text[role].caps else composed

    def line(self, text: str, role: str) -> SetLine:
        """The text in a role whose fonts can set it."""
        look, face = self._style.text[role], self._face(role)
        runs = tuple(
            (self._source(one), printed)
            for one, part in face.divide(self._shown(text, role))
            if (printed := one.printed(part))
        )
        tracking = float(look.tracking)
        letters = sum(len(printed) for _, printed in runs)
        advances = sum(source.face.width(printed) for source, printed in runs)
        width = advances + tracking * max(letters - 1, 0)
        return SetLine(runs, width, tracking, face.cap_height, face.descent, look.colour)

    def broken(self, text: str, role: str, width: float) -> tuple[SetLine, ...]:
        """The text in as few lines as there must be, none of them wider than width (ems) unless a single word is."""
        lines: list[str] = []
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.line(longer, role).width > width:
                lines.append(word)
            else:
                lines[-1:] = [longer]
        return tuple(self.line(line, role) for line in lines)

    def evenly(self, text: str, role: str, count: int) -> tuple[SetLine, ...]:
        """The text in at most this many lines, as equally long as its words let them be."""
        width = self.line(text, role).width / count
        while len(lines := self.broken(text, role, width)) > count:
            width *= 1.04
        return lines


def _stands_alone(char: str) -> bool:
    """Whether a letter needs no shaping: it is not written from right to left, turns nothing around, and is no sign of a script whose letters change with
    their neighbours."""
    if char in INVISIBLE:
        return True
    return unicodedata.bidirectional(char) not in {"R", "AL", "AN"} and unicodedata.category(char) not in {
        "Mc",
        "Cc",
        "Cf",
    }


def widest(lines: Sequence[SetLine]) -> float:
    """In ems."""
    return max((line.width for line in lines), default=0.0)
