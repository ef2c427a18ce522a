"""What the pages of a clean file paint with: its fonts with the codes they show, its colours and pictures; and what in its content
stands against PDF/A (ISO 19005-2, 6.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, PdfInlineImage, Stream, String

from briefpack.annex import Against
from briefpack.annexes.archive.colours import Colours
from briefpack.annexes.archive.faults import Fact, archive, both
from briefpack.annexes.language import is_language
from briefpack.annexes.values import content_bytes

Key: TypeAlias = tuple[object, ...]

_MOST_CONTENT = 24 << 20
"""Bytes of content in all that are looked through."""
_LARGEST = 6 << 20
"""Bytes of content in one piece."""
_DEEPEST = 20
_MOST_SAVED = 26
"""Saved graphics states within each other: 28 (ISO 19005-2, 6.1.13), and the binder adds its own."""
_INVISIBLE = 3

_OPERATORS = frozenset(
    # A list in words can be compared with the standard's.
    """
    b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG rg ri s S
    SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' "
    """.split()  # noqa: SIM905 - as above
) | {"INLINE IMAGE"}
_INTENTS = frozenset({"/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation"})
_LITERAL = re.compile(rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)", re.DOTALL)
_HEX = re.compile(rb"(?<!<)<(?!<)([^<>]*)>")
_WIDE = re.compile(rb"(?<![\w.])[+-]?\d{10,}(?![\w.])|\.0{37}|/[^\s/<>\[\](){}%]{128}")
_LONG_STRING = 32_767


@dataclass(slots=True)
class FontUse:
    """font: its dictionary. codes: of one byte, or of two for a composite font; pages: 1-based, where they are shown.

    hidden: pages where it sets invisible text, as behind a scan; the codes of that do not count.
    """

    font: Object
    codes: set[int] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Seen:
    """What one piece of content uses: facts against it, keys of fonts (hidden: of invisible text), how deep it saves the state."""

    facts: set[Fact] = field(default_factory=set)
    fonts: set[Key] = field(default_factory=set)
    hidden: set[Key] = field(default_factory=set)
    saved: int = 0

    def add(self, other: Seen) -> None:
        self.facts |= other.facts
        self.fonts |= other.fonts
        self.hidden |= other.hidden


@dataclass(frozen=True, slots=True)
class _State:
    font: Key | None = None
    mode: int = 0


class Contents:
    """Reads the content of pages; what forms paint is read once."""

    def __init__(self, *, takes_cmyk: bool = False) -> None:
        self.fonts: dict[Key, FontUse] = {}
        self._colours = Colours(takes_cmyk=takes_cmyk)
        self._known: dict[Key, Seen] = {}
        self._size = 0

    def read(self, page: Object, number: int) -> set[Fact]:
        """What stands against a page, its fonts left to be looked at. number: 1-based."""
        seen = self._content(page, page.get("/Resources"), _State(), 0)
        group = page.get("/Group")
        if isinstance(group, Dictionary):
            seen.facts |= self._colours.space(group.get("/CS"))
        for key in seen.fonts:
            self.fonts[key].pages.add(number)
        for key in seen.hidden:
            self.fonts[key].hidden.add(number)
        return seen.facts

    def _content(self, holder: Object, resources: Object | None, state: _State, depth: int) -> Seen:
        seen = Seen()
        raw = content_bytes(holder)
        self._size += len(raw)
        if len(raw) > _LARGEST or self._size > _MOST_CONTENT or depth > _DEEPEST:
            seen.facts.add(both("it has more content than can be looked through"))
            return seen
        seen.facts.update(_of_form(raw))
        walker = _Walker(self, seen, resources, state, depth)
        try:
            for instruction in pikepdf.parse_content_stream(holder):
                walker.step(instruction)
        except (pikepdf.PdfError, UnicodeDecodeError):
            # Operators are letters: bytes that are none are an error as well.
            seen.facts.add(both("its content has an error"))
        seen.saved = max(seen.saved, walker.deepest)
        if seen.saved > _MOST_SAVED:
            seen.facts.add(archive("it saves the graphics state too often before restoring it"))
        return seen

    def form(self, form: Stream, resources: Object | None, state: _State, depth: int) -> Seen:
        """What a form or a tile of a pattern uses."""
        key = (form.objgen, state)
        if key not in self._known:
            # For a form that paints itself.
            self._known[key] = Seen()
            own = form.get("/Resources", resources)
            seen = self._known[key] = self._content(form, own, state, depth + 1)
            group = form.get("/Group")
            if isinstance(group, Dictionary):
                seen.facts |= self._colours.space(group.get("/CS"))
        return self._known[key]

    @property
    def colours(self) -> Colours:
        return self._colours

    def font(self, font: Object, key: Key) -> FontUse:
        if key not in self.fonts:
            self.fonts[key] = FontUse(font)
        return self.fonts[key]


class _Walker:
    """One piece of content, instruction by instruction."""

    def __init__(
        self, contents: Contents, seen: Seen, resources: Object | None, state: _State, depth: int
    ) -> None:
        self._contents, self._seen, self._state, self._depth = contents, seen, state, depth
        self._resources = resources if isinstance(resources, Dictionary) else Dictionary()
        self._saved: list[_State] = []
        self._use: FontUse | None = None if state.font is None else contents.fonts[state.font]
        self._wide = False
        self._select(state)
        self.deepest = 0

    def _fact(self, fact: Fact) -> None:
        self._seen.facts.add(fact)

    def _named(self, kind: str, name: object) -> Object | None:
        named = self._resources.get(kind)
        return named.get(name) if isinstance(named, Dictionary) and isinstance(name, Name) else None

    def _select(self, state: _State) -> None:
        self._state = state
        self._use = None if state.font is None else self._contents.fonts[state.font]
        self._wide = self._use is not None and self._use.font.get("/Subtype") == Name.Type0

    def step(self, instruction: pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage) -> None:
        """Take one instruction."""
        operator = str(instruction.operator)
        match operator:
            case "Tj" | "'" | '"':
                self._show(instruction.operands[-1:])
            case "TJ":
                operands = instruction.operands
                self._show(operands[0] if len(operands) and isinstance(operands[0], Array) else Array())
            case "q":
                self._saved.append(self._state)
                self.deepest = max(self.deepest, len(self._saved))
            case "Q":
                if self._saved:
                    self._select(self._saved.pop())
            case "Tf":
                self._set_font(self._named("/Font", next(iter(instruction.operands), None)))
            case "Tr":
                mode = next(iter(instruction.operands), 0)
                self._state = _State(self._state.font, int(mode) if isinstance(mode, int) else 0)
            case "k" | "K":
                self._seen.facts |= self._contents.colours.space(Name.DeviceCMYK)
            case "cs" | "CS":
                self._set_space(next(iter(instruction.operands), None))
            case "scn" | "SCN":
                self._set_pattern(list(instruction.operands)[-1:])
            case "gs":
                self._set_state(self._named("/ExtGState", next(iter(instruction.operands), None)))
            case "sh":
                self._shading(self._named("/Shading", next(iter(instruction.operands), None)))
            case "Do":
                self._paint(self._named("/XObject", next(iter(instruction.operands), None)))
            case "ri":
                if str(next(iter(instruction.operands), "")) not in _INTENTS:
                    self._fact(archive("it asks for an unknown rendering intent"))
            case "INLINE IMAGE":
                self._inline(instruction.operands[0])
            case "BDC":
                self._mark(list(instruction.operands))
            case _:
                if operator not in _OPERATORS:
                    self._fact(archive("its content has an operator that PDF does not know"))

    def _show(self, parts: Iterable[Object]) -> None:
        if self._state.font is not None:
            unseen = self._state.mode == _INVISIBLE
            (self._seen.hidden if unseen else self._seen.fonts).add(self._state.font)
        if self._state.mode == _INVISIBLE:
            return
        if self._use is None:
            self._fact(both("text is shown in no font"))
            return
        codes = self._use.codes
        for part in parts:
            if isinstance(part, String):
                text = bytes(part)
                if self._wide:
                    codes.update(high << 8 | low for high, low in zip(text[::2], text[1::2], strict=False))
                    if len(text) % 2:
                        self._fact(both("text has half a character code"))
                else:
                    codes.update(text)

    def _set_font(self, font: Object | None) -> None:
        if not isinstance(font, Dictionary):
            self._select(_State(None, self._state.mode))
            return
        key = font.objgen if font.is_indirect else (font.unparse(),)
        self._contents.font(font, key)
        self._select(_State(key, self._state.mode))

    def _set_space(self, name: Object | None) -> None:
        named = self._named("/ColorSpace", name)
        self._seen.facts |= self._contents.colours.space(name if named is None else named)

    def _set_pattern(self, operands: list[Object]) -> None:
        pattern = self._named("/Pattern", operands[0]) if operands else None
        if isinstance(pattern, Stream):
            self._seen.add(self._contents.form(pattern, self._resources, self._state, self._depth))
        elif isinstance(pattern, Dictionary):
            self._set_state(pattern.get("/ExtGState"))
            self._shading(pattern.get("/Shading"))

    def _shading(self, shading: Object | None) -> None:
        if isinstance(shading, Dictionary):
            self._seen.facts |= self._contents.colours.space(shading.get("/ColorSpace"))

    def _set_state(self, held: Object | None) -> None:
        if not isinstance(held, Dictionary):
            return
        self._seen.facts |= self._contents.colours.state(held)
        font = held.get("/Font")
        if isinstance(font, Array) and len(font):
            self._set_font(font[0])
        mask = held.get("/SMask")
        group = mask.get("/G") if isinstance(mask, Dictionary) else None
        if isinstance(group, Stream):
            self._seen.add(self._contents.form(group, self._resources, _State(), self._depth))

    def _paint(self, painted: Object | None) -> None:
        if not isinstance(painted, Stream):
            return
        if painted.get("/Subtype") == Name.Form:
            seen = self._contents.form(painted, self._resources, self._state, self._depth)
            self._seen.add(seen)
            self.deepest = max(self.deepest, len(self._saved) + seen.saved)
        else:
            self._seen.facts |= self._contents.colours.image(painted)

    def _inline(self, picture: object) -> None:
        if not isinstance(picture, PdfInlineImage):
            return
        held = picture.obj
        if not isinstance(held, Dictionary):
            return
        facts = self._contents.colours
        space = held.get("/CS", held.get("/ColorSpace"))
        named = self._named("/ColorSpace", space)
        self._seen.facts |= facts.space(space if named is None else named)
        self._seen.facts.update(facts.inline(held))

    def _mark(self, operands: list[Object]) -> None:
        held = operands[1] if len(operands) > 1 else None
        if isinstance(held, Name):
            held = self._named("/Properties", held)
        language = held.get("/Lang") if isinstance(held, Dictionary) else None
        if isinstance(language, String) and not is_language(str(language)):
            self._fact(("a language in its content is none", Against.STRUCTURE, False))


def _of_form(raw: bytes) -> Iterator[Fact]:
    """Matters of form that cannot be seen any more in what is parsed (ISO 19005-2, 6.1.6 and 6.1.13)."""
    if _WIDE.search(raw) and _WIDE.search(_HEX.sub(b"<>", _LITERAL.sub(b"()", raw))):
        yield archive("its content has a number or a name beyond the limits of PDF/A")
    odd = any(_is_odd(found[1]) for found in _HEX.finditer(raw))
    if odd and any(_is_odd(found[1]) for found in _HEX.finditer(_LITERAL.sub(b"()", raw))):
        yield archive("its content has text in broken hexadecimal digits")
    if len(raw) > _LONG_STRING and any(len(found[0]) > _LONG_STRING for found in _LITERAL.finditer(raw)):
        yield archive("its content has a text of more than 32,767 bytes")


def _is_odd(digits: bytes) -> bool:
    plain = digits.translate(None, b" \t\r\n\f\0")
    return bool(len(plain) % 2) or not all(digit in b"0123456789abcdefABCDEF" for digit in plain)
