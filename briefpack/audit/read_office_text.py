"""One XML part of an Office document → its texts, as they are read from beginning to end however they are split into runs, and everything else that it says.

WordprocessingML, DrawingML and SpreadsheetML (ECMA-376, part 1, 17, 20 and 21, 18) call alike what is alike: p is a paragraph, r a run, t its text. So
elements are told by their names without namespaces, and a part with a namespace of its own (the Strict one, or one made up) is read all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from briefpack.audit.read_xml import DEEPEST, parse, too_deep

_SHOWN = frozenset({"t"})
_DELETED = frozenset({"delText"})
_CODES = frozenset({"instrText", "delInstrText"})
_HIDING = frozenset({"vanish", "specVanish"})
_OFF = frozenset({"0", "false", "off", "none"})
_BLANKS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_ENDS = frozenset({"p", "si", "is", "pt", "v", "f"})
"""Elements with a text of their own, which does not go on behind them."""


@dataclass(slots=True)
class Paragraph:
    """shown: what is read of it. all: with what is hidden and deleted. before: as it was before changes that are tracked. codes: of its fields."""

    shown: list[str] = field(default_factory=list)
    all: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class PartSeen:
    """root: the local name of the part's root. shown, hidden, codes, other: texts, a paragraph each. other: texts of elements that are no
    text of a document, with the name of the element. values: attributes, each value once. aside: comments and instructions."""

    root: str = ""
    shown: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    other: list[tuple[str, str]] = field(default_factory=list)
    values: dict[tuple[str, str], None] = field(default_factory=dict)
    aside: list[str] = field(default_factory=list)


def read_part(data: bytes) -> PartSeen:
    """Everything that a part says. Raises BadXmlError; what came before the fault is lost with it."""
    reader = _Reader()
    parse(data, reader.prepare)
    reader.finish()
    return reader.seen


class _Reader:
    __slots__ = ("_changes", "_hidden", "_kinds", "_open", "_paragraphs", "_text", "_where", "seen")

    def __init__(self) -> None:
        self.seen = PartSeen()
        self._paragraphs = [Paragraph()]
        self._open: list[str] = []
        self._where: Callable[[str], None] = self._other
        self._hidden = False
        self._changes: list[str] = []
        self._kinds: dict[str, str] = {}
        self._text: list[str] = []

    def prepare(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.CommentHandler = self.seen.aside.append
        parser.ProcessingInstructionHandler = lambda target, text: self.seen.aside.append(f"{target} {text}")

    def _start(self, tag: str, attributes: list[str]) -> None:
        kind = self._kinds.get(tag)
        if kind is None:
            kind = self._kinds[tag] = tag.rpartition(" ")[2]
        if not self._open:
            self.seen.root = kind
        self._open.append(kind)
        if len(self._open) > DEEPEST:
            too_deep()
        if attributes:
            values = self.seen.values
            for pair in zip(attributes[::2], attributes[1::2], strict=True):
                values[pair] = None
        if kind == "p":
            self._paragraphs.append(Paragraph())
        elif kind == "r":
            self._hidden = False
        elif kind in _HIDING:
            self._hidden = (
                "rPr" in self._open[-2:] and "pPr" not in self._open[-3:] and not _OFF & set(attributes[1::2])
            )
        elif kind in _BLANKS:
            self._write(_BLANKS[kind])
        elif kind == "sym":
            self._symbol(attributes)
        elif kind in {"ins", "moveTo", "del", "moveFrom"}:
            self._changes.append(kind)

    def _end(self, _tag: str) -> None:
        kind = self._open.pop()
        if kind == "p" and len(self._paragraphs) > 1:
            self._close(self._paragraphs.pop())
        elif kind == "r":
            self._hidden = False
        elif kind in {"ins", "moveTo", "del", "moveFrom"} and self._changes:
            self._changes.pop()
        if kind in _ENDS and len(self._paragraphs) == 1:
            self._close(self._paragraphs[0])
            self._paragraphs[0] = Paragraph()

    def _characters(self, text: str) -> None:
        kind = self._open[-1]
        paragraph = self._paragraphs[-1]
        if kind in _SHOWN:
            self._write(text)
        elif kind in _DELETED:
            paragraph.all.append(text)
            paragraph.before.append(text)
        elif kind in _CODES:
            paragraph.codes.append(text)
        elif not text.isspace():
            self.seen.other.append((kind, text))

    def _other(self, text: str) -> None:
        self.seen.other.append((self._open[-1], text))

    def _symbol(self, attributes: list[str]) -> None:
        """17.3.3.30. Symbol fonts have their characters in a private area, on top of Latin ones."""
        for name, value in zip(attributes[::2], attributes[1::2], strict=True):
            if name.endswith("char"):
                try:
                    code = int(value, 16)
                except ValueError:
                    continue
                if 0xF020 <= code <= 0xF0FF:
                    code -= 0xF000
                if code < 0xD800 or 0xE000 <= code < 0x110000:
                    self._write(chr(code))

    def _write(self, text: str) -> None:
        paragraph = self._paragraphs[-1]
        paragraph.all.append(text)
        change = self._changes[-1] if self._changes else ""
        if change not in {"ins", "moveTo"}:
            paragraph.before.append(text)
        if not self._hidden and change not in {"del", "moveFrom"}:
            paragraph.shown.append(text)

    def _close(self, paragraph: Paragraph) -> None:
        seen = self.seen
        shown, everything, before = (
            "".join(paragraph.shown),
            "".join(paragraph.all),
            "".join(paragraph.before),
        )
        if shown:
            seen.shown.append(shown)
        if everything != shown:
            seen.hidden.append(everything)
        if before not in {shown, everything}:
            seen.hidden.append(before)
        if paragraph.codes:
            seen.codes.append("".join(paragraph.codes))

    def finish(self) -> None:
        for paragraph in reversed(self._paragraphs):
            self._close(paragraph)
