"""The operators of one content stream → the text that they show, in the order in which they show it, with what marks it.

pdfium reads pages as a viewer does: it says what ActualText wants said, and leaves out what is drawn twice at one place, what lies outside the
page or on a hidden layer, and every form that no page draws. Here every string is read, whatever becomes of it (ISO 32000-2, 7.8, 9.4, 14.6).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from briefpack.audit.read_pdf_fonts import Font, no_font
from briefpack.audit.read_pdf_objects import Item
from briefpack.audit.read_pdf_resources import Resources
from briefpack.audit.read_pdf_syntax import (
    BadSyntaxError,
    Dict,
    Value,
    closing,
    digits_of,
    name_of,
    text_of,
    value_at,
)

MOST_DRAWS = 20_000
"""Forms that a page may draw, those in forms counted with them; real pages have some hundred."""
MOST_LETTERS = 4 << 20
"""That forms may show within one stream; what is beyond is read, but stands apart."""
_MOST_ODD = 1000
"""Arrays, dictionaries and images with faults in one stream; no more are looked at as wholes."""
_MOST_APART = 1000
_GAP = -180
"""Thousandths of the font's size. What is moved farther to the right within a string array is a space (9.4.3)."""
_STRING = rb"\((?:[^()\\]++|\\.)*+\)"
_REGULAR = rb"[^\0\t\n\f\r ()<>\[\]{}/%]"
_BLANK = rb"[\0\t\n\f\r ]"
_SHOWN = rb"\(((?:[^()\\]++|\\.)*+)\)" + _BLANK + rb"*+(?:Tj(?![A-Za-z])|(?=[^T]))"
_OPERATION = re.compile(
    rb"(?:[^(<\[/%A-Za-z'\"]++"
    rb"|(?:[fFSsnhwJjMdimlcvyWgGkK]|re|rg|RG|cm|ET|EMC|T[cwzLrs]|[fBbW]\*|SCN|scn|sc|SC|sh|ri|cs|CS)(?![A-Za-z0-9*'\"])"
    rb"|<<[^()<>]*+>>"
    rb"|/" + _REGULAR + rb"++" + _BLANK + rb"*+(?:<<[^()<>]*+>>" + _BLANK + rb"*+BDC|BMC)(?![A-Za-z0-9*'\"])"
    rb")*+(?:"  # what shows nothing, and marks without texts
    rb"(T[dDm*]|BT)(?![A-Za-z0-9*'\"])(?:"
    + _BLANK
    + rb"*+"
    + _SHOWN
    + rb")?"  # 1: what comes stands elsewhere; 2: a string
    rb"|"
    + _SHOWN
    + rb"|/("
    + _REGULAR
    + rb"++)"
    + _BLANK
    + rb"++[-+.\d]++"
    + _BLANK
    + rb"++Tf(?![A-Za-z])"  # 4: a font
    rb"|\[((?:[^()\[\]\\%]++|" + _STRING + rb")*+)\]" + _BLANK + rb"*+TJ(?![A-Za-z])"  # 5: strings and moves
    rb"|<(?!<)([0-9A-Fa-f\0\t\n\f\r ]*+)>"  # 6: a string of digits
    rb"|(<<|\[|\()"  # 7: what has to be looked at more closely
    rb"|/(" + _REGULAR + rb"*+)"  # 8: a name
    rb"|%([^\r\n]*+)"  # 9: a comment
    rb"|([A-Za-z'\"][A-Za-z0-9*'\"]*+)"  # 10: an operator
    rb"|[(<\[/%]"
    rb")",
    re.DOTALL,
)
_PIECE = re.compile(rb"\(((?:[^()\\]++|\\.)*+)\)|<([0-9A-Fa-f\0\t\n\f\r ]*+)>|(-[\d.]++)", re.DOTALL)
_SHOWN_BELOW = frozenset({b"'", b'"'})
_MOST_IMAGE_WORDS = 4096
"""Bytes of the dictionary of an inline image."""
_IMAGE_DATA = re.compile(rb"ID[\0\t\n\f\r ]")
_IMAGE_END = re.compile(rb"[\0\t\n\f\r ]EI(?=[\0\t\n\f\r ]|$)")


@dataclass(slots=True)
class Content:
    """What a stream shows. text: what its fonts say in Unicode. other: what their encodings say, where they disagree. marks: strings in marked content.

    aside: comments. draws: forms that are drawn, with those in them. forms: that are drawn but whose text is not in `text`, since there are too many.
    nameless: fonts whose codes have no letters. images: inline ones, dictionary and data. size: of the streams, those of forms as often as they are drawn.
    """

    text: str = ""
    other: str = ""
    marks: list[tuple[str, bytes]] = field(default_factory=list)
    aside: list[bytes] = field(default_factory=list)
    draws: int = 0
    forms: list[Content] = field(default_factory=list)
    nameless: set[str] = field(default_factory=set)
    images: list[tuple[Dict, bytes]] = field(default_factory=list)
    size: int = 0


class Reading:
    """One stream while it is read. names: its own resources. draw: what a form shows."""

    __slots__ = (
        "_data",
        "_differs",
        "_draw_form",
        "_font",
        "_letters",
        "_made",
        "_moved",
        "_name",
        "_names",
        "_odd",
        "_other",
        "_pieces",
        "_resources",
        "_stack",
        "_used",
    )

    def __init__(
        self,
        data: bytes,
        names: Dict,
        resources: Resources,
        draw: Callable[[Item], Content],
    ) -> None:
        self._data = data
        self._names = names
        self._resources = resources
        self._draw_form = draw
        self._made = Content(size=len(data))
        self._pieces: list[str] = []
        self._other: list[str] = []
        self._differs = False
        self._font: Font | None = None
        self._stack: list[Font | None] = []
        self._used: dict[bytes, Font | None] = {}
        self._moved = False
        self._name = ""
        self._letters = 0
        self._odd = 0

    def run(self) -> Content:
        """Read all of it."""
        data = self._data
        scan: Callable[[bytes, int], re.Match[bytes] | None] = _OPERATION.match
        at = 0
        while (found := scan(data, at)) is not None:
            at = found.end()
            match found.lastindex:
                case 2:
                    self._moved = True
                    self._show(text_of(found[2]))
                case 1:
                    self._moved = True
                case 4:
                    self._use(found[4])
                case 3:
                    self._show(text_of(found[3]))
                case 5:
                    self._show_all(found[5])
                case 10:
                    at = self._operator(found[10], at)
                case 6:
                    self._show(digits_of(found[6]))
                case 7:
                    at = self._closely(found[7], found.start(7), at)
                case 8:
                    self._name = name_of(found[8])
                case 9:
                    self._made.aside.append(found[9])
                case _:
                    pass
        made = self._made
        made.text = "".join(self._pieces)
        if self._differs:
            made.other = "".join(self._other)
        return made

    def _use(self, name: bytes) -> None:
        """Take a font, by its name as it is written."""
        if name not in self._used:
            self._used[name] = self._resources.font(self._names, name_of(name))
        self._font = self._used[name]

    def _operator(self, word: bytes, at: int) -> int:
        if word in _SHOWN_BELOW:
            # The string stands before its operator, and is shown on the next line (9.4.3).
            self._pieces.insert(max(0, len(self._pieces) - 1), "\n")
            self._other.insert(max(0, len(self._other) - 1), "\n")
        elif word == b"q":
            if len(self._stack) < 1000:
                self._stack.append(self._font)
        elif word == b"Q":
            if self._stack:
                self._font = self._stack.pop()
        elif word == b"Do":
            self._draw()
        elif word == b"gs":
            _, entries = self._resources.named(self._names, "ExtGState", self._name)
            font = entries.get("Font")
            if isinstance(font, list) and font:
                self._font = self._resources.font_at(font[0])
        elif word == b"BI":
            return self._inline_image(at)
        return at

    def _show(self, raw: bytes) -> None:
        font = self._font
        if font is None:
            text = other = no_font(raw)
        else:
            text = font.read(raw)
            other = text if font.other is None else font.other(raw)
            if "\ufffd" in text:
                self._made.nameless.add(font.name)
        if self._moved:
            self._moved = False
            self._pieces.append("\n")
            self._other.append("\n")
        self._pieces.append(text)
        self._other.append(other)
        self._differs |= other != text

    def _show_all(self, array: bytes) -> None:
        for piece in _PIECE.finditer(array):
            match piece.lastindex:
                case 1:
                    self._show(text_of(piece[1]))
                case 2:
                    self._show(digits_of(piece[2]))
                case _:
                    self._gap(piece[3])

    def _gap(self, number: bytes) -> None:
        try:
            wide = float(number) < _GAP
        except ValueError:
            return
        if wide:
            self._pieces.append(" ")
            self._other.append(" ")

    def _closely(self, word: bytes, start: int, at: int) -> int:
        """A dictionary, an array or a string that is not as simple as most."""
        data = self._data
        if word == b"(":
            end = closing(data, at, len(data))
            self._show(text_of(data[at:end]))
            return end + 1
        if self._odd > _MOST_ODD:
            # What is in it is read piece by piece.
            return at
        try:
            value, end = value_at(data, start)
        except BadSyntaxError:
            self._odd += 1
            return at
        if isinstance(value, dict):
            self._mark(value)
        elif isinstance(value, list):
            for one in value:
                if isinstance(one, bytes):
                    self._show(one)
                elif isinstance(one, (int, float)) and one < _GAP:
                    self._gap(str(one).encode())
        return max(end, at)

    def _mark(self, value: Dict) -> None:
        """Strings of marked content (14.6.2)."""
        stack: list[tuple[str, Value]] = list(value.items())
        while stack:
            key, one = stack.pop()
            if isinstance(one, bytes):
                self._made.marks.append((key, one))
            elif isinstance(one, list):
                stack.extend((key, each) for each in one)
            elif isinstance(one, dict):
                stack.extend(one.items())

    def _draw(self) -> None:
        item, entries = self._resources.named(self._names, "XObject", self._name)
        if item is None or item.raw is None or entries.get("Subtype") != "Form":
            return
        made = self._made
        inner = self._draw_form(item)
        made.draws = min(made.draws + 1 + inner.draws, 1 << 40)
        made.size = min(made.size + inner.size, 1 << 40)
        made.nameless |= inner.nameless
        self._letters += len(inner.text)
        if made.draws > MOST_DRAWS or self._letters > MOST_LETTERS:
            if len(made.forms) < _MOST_APART:
                made.forms.append(inner)
            return
        if inner.text:
            self._pieces += ("\n", inner.text)
            self._other += ("\n", inner.other or inner.text)
            self._differs |= bool(inner.other)

    def _inline_image(self, at: int) -> int:
        """8.9.7."""
        data = self._data
        begun = _IMAGE_DATA.search(data, at, at + _MOST_IMAGE_WORDS) if self._odd <= _MOST_ODD else None
        if begun is None:
            self._odd += 1
            return at
        try:
            entries, _ = value_at(b"<<" + data[at : begun.start()] + b">>")
        except BadSyntaxError:
            entries = {}
        ended = _IMAGE_END.search(data, begun.end())
        stop = len(data) if ended is None else ended.start()
        if isinstance(entries, dict):
            self._made.images.append((entries, data[begun.end() : stop]))
        return len(data) if ended is None else ended.end()


_TEXT_BEGINS = re.compile(rb"(?:^|[\0\t\n\f\r ])BT(?=[\0\t\n\f\r (<\[/])")
_TEXT_SHOWN = re.compile(rb"[)>\]][\0\t\n\f\r ]*+(?:T[jJ]|['\"])(?![A-Za-z])")


def shows_text(data: bytes) -> bool:
    """Whether bytes look like a content stream with text in it."""
    begun = _TEXT_BEGINS.search(data)
    return begun is not None and _TEXT_SHOWN.search(data, begun.end()) is not None
