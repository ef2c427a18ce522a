"""The bytes of a text that somebody else typed, in whatever encoding → its characters, with a remark on what was not as it should be."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from briefpack.annex import Deed, Remark
from briefpack.annex_text import UnreadableError

MOST_TEXT = 1 << 20
"""Characters of text that are set, about 300 pages of type."""
_MOST_CONTROLS = 0.02
"""Share of control characters from which on a file is no text."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""The longer marks before those that they begin with."""
_UNNAMED = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
"""Bytes to which Windows-1252 gives no character."""
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_COLOURS = re.compile("\x1b\\[[0-9;?]*[A-Za-z]")
"""How a terminal is told of colours; logs are full of it."""
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]"
)
"""Control characters, halves of pairs, non-characters, byte order marks in the middle, and what turns the direction of the text around."""
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\U000e0000-\U000e01ef\U0001f3fb-\U0001f3ff]")
"""Break hints, joiners, and what only varies the sign before it."""

NOTHING: Mapping[int, str] = {}


@dataclass(frozen=True, slots=True)
class Decoded:
    """text: lines end in line feeds, composed (NFC), without control characters but tabs and form feeds. guessed: Windows-1252 for want of anything better.

    controls: how many control characters were left out.
    """

    text: str
    guessed: bool = False
    controls: int = 0


def decode(raw: bytes, charset: str | None = None, *, lenient: bool = False) -> Decoded:
    """The text of some bytes. charset: what they are said to be in, None where nobody says it; it is believed where it can be.

    Raises UnreadableError where they are no text, but not where lenient: then what is none of it is left out, however much that is.
    """
    if charset is not None:
        try:
            return clean(raw.decode(charset), lenient=lenient)
        except (LookupError, UnicodeError, ValueError):
            pass
    mark = next((name for sign, name in _MARKS if raw.startswith(sign)), None)
    if mark is None and len(raw) > 3 and len(raw) % 2 == 0:
        head = raw[:512]
        if not any(head[1::2]):
            mark = "utf-16-le"
        elif not any(head[::2]):
            mark = "utf-16-be"
    try:
        return clean(raw.decode(mark or "utf-8"), lenient=lenient)
    except UnicodeError:
        if mark is not None and mark != "utf-8-sig":
            # Cut off in the middle of a character, or wrong somewhere: what can be read is.
            return clean(raw.decode(mark, "replace"), lenient=lenient)
    western = raw.decode("latin-1") if any(byte in raw for byte in _UNNAMED) else raw.decode("cp1252")
    return clean(western, guessed=True, lenient=lenient)


def clean(text: str, *, guessed: bool = False, lenient: bool = False) -> Decoded:
    """A text without what has no place in one. Raises UnreadableError where that is too much for a text, but not where lenient."""
    text = _COLOURS.sub("", text)
    controls = len(_CONTROL.findall(_LINE_ENDS.sub("\n", text)))
    if not lenient and controls > _MOST_CONTROLS * len(text) and controls > 2:
        raise UnreadableError(
            "is no text, whatever its name says: it is full of control characters",
            "open it in the program that made it, print it as PDF, and name that file",
        )
    text = _CONTROL.sub("", _LINE_ENDS.sub("\n", text))
    return Decoded(unicodedata.normalize("NFC", text), guessed, controls)


def remarks_on(decoded: Decoded) -> tuple[Remark, ...]:
    """What the author should know of how a text was read."""
    found = []
    if decoded.guessed:
        found.append(
            Remark(
                Deed.FOUND,
                "encoding",
                "is no UTF-8 text and was read as Windows-1252",
                advice="look at its accents in the pack; where they are wrong, save it as UTF-8",
                warn=True,
            )
        )
    if decoded.controls:
        what = "a control character" if decoded.controls == 1 else f"{decoded.controls:,} control characters"
        found.append(
            Remark(Deed.REMOVED, "control-characters", f"has {what}, left out of the pack", decoded.controls)
        )
    return tuple(found)


def check_length(characters: int) -> None:
    """Raise UnreadableError for a text that is too long to be set."""
    if characters > MOST_TEXT:
        raise UnreadableError(
            f"has {characters:,} characters of text; at most {MOST_TEXT:,} are set",
            "print it as PDF and name that file, or name the part of it that matters",
        )


def stand_ins(characters: frozenset[str], box: str) -> dict[int, str]:
    """What is printed for characters that no font of the style has, for str.translate: a look-alike, the name of a symbol in brackets, nothing for what is not seen.

    box: printed for all others.
    """
    return {ord(char): _stand_in(char, characters, box) for char in characters}


def _stand_in(char: str, lacking: frozenset[str], box: str) -> str:
    if _INVISIBLE.match(char) or unicodedata.category(char) in {"Cf", "Mn"}:
        return ""
    alike = unicodedata.normalize("NFKC", char)
    if alike != char and not set(alike) & lacking:
        return alike
    if unicodedata.category(char)[0] == "Z":
        return " "
    name = unicodedata.name(char, "")
    if unicodedata.category(char)[0] == "S" and name:
        return f"[{name.lower()}]"
    return box
