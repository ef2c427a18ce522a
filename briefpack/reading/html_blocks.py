"""HTML that others wrote → blocks: its paragraphs, lists, quotations and tables; nothing is run, fetched or shown that its reader would not see."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from briefpack.blocks import AuthorBlock, AuthorSpan, HeadingBlock, ParagraphBlock, VerbatimBlock
from briefpack.document import LineBreak, Link, Position, Text
from briefpack.errors import Where
from briefpack.reading.foreign_headings import in_bold, levelled
from briefpack.reading.foreign_spans import trimmed
from briefpack.reading.foreign_text import NOTHING, clean
from briefpack.reading.html_elements import (
    BLOCKS,
    ENDED_BY,
    HEADINGS,
    HOLDING,
    LOOKS,
    POSITIONS,
    UNSEEN,
    VOID,
    hides,
    is_dot,
)
from briefpack.reading.html_holders import Holders
from briefpack.reading.link_addresses import safe_address
from briefpack.reading.read_plain_text import typed_lines

MOST_OPEN = 400
"""Elements inside each other; what is deeper has its words read and its structure left out."""
_SPACE = re.compile(r"[ \t\n\r\f]+")


@dataclass(slots=True)
class _Open:
    """An element that is open. holder: whether it opened one. look: what it gave the words. before: where they stood before it raised or lowered them.

    link: whether it began one. unseen: whether its words are left out. hides: whether that is the doing of whoever wrote it. level: of a heading. typed: whether
    its white space counts.
    """

    tag: str
    holder: bool = False
    look: str | None = None
    before: Position | None = None
    link: bool = False
    unseen: bool = False
    hides: bool = False
    level: int | None = None
    typed: bool = False


@dataclass(frozen=True, slots=True)
class HtmlText:
    """pictures: how many were left out. hidden: whether words were left out that were not to be seen."""

    blocks: tuple[AuthorBlock, ...]
    pictures: int
    hidden: bool


def read_html(text: str, where: Where, instead: Mapping[int, str] = NOTHING) -> HtmlText:
    """The blocks of an HTML text, whole page or fragment. where: the place of all of them. instead: as in read_plain_text; it is done last, since
    HTML may write any character as its number."""
    reader = _Reader(where, instead)
    reader.feed(text)
    reader.close()
    return reader.finish()


class _Reader(HTMLParser):
    def __init__(self, where: Where, instead: Mapping[int, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.where = where
        self.instead = instead
        self.open: list[_Open] = []
        self.holders = Holders(where)
        self.spans: list[AuthorSpan] = []
        self.looks = dict.fromkeys(("strong", "emphasis", "code"), 0)
        self.unseen = self.typed = 0
        self.position = Position.LINE
        self.level: int | None = None
        self.url: str | None = None
        self.linked: list[Text] = []
        self.raw: list[str] = []
        self.pictures = 0
        self.hid_words = False
        self.hides = 0

    # ----------------------------------------------------------------------- tags

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in reversed(attrs)}
        if tag in VOID:
            self._void(tag, given)
            return
        if len(self.open) >= MOST_OPEN:
            return
        if tag in ENDED_BY:
            self._end_of_last(tag)
        made = _Open(tag)
        self.open.append(made)
        made.hides = hides(given)
        if tag in UNSEEN or made.hides:
            made.unseen = True
            self.unseen += 1
            self.hides += made.hides
        if self.unseen:
            return
        if tag in LOOKS:
            made.look = LOOKS[tag]
            self.looks[made.look] += 1
        elif tag in POSITIONS:
            made.before, self.position = self.position, POSITIONS[tag]
        elif tag == "a":
            self._end_link()
            self.url, made.link = safe_address(given.get("href", "")), True
        elif tag in HEADINGS:
            self._paragraph()
            self.level = made.level = HEADINGS[tag]
        elif tag == "pre":
            self._paragraph()
            made.typed = True
            self.typed += 1
        elif tag in BLOCKS or tag in HOLDING:
            self._paragraph()
            made.holder = self.holders.open(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "br":
            self._void("br", {})
            return
        for number in range(len(self.open) - 1, -1, -1):
            if self.open[number].tag == tag:
                # An end of something outside must not end a cell of a table, but for the table itself.
                if tag in {"p", "div", "span"} and any(
                    o.tag in {"td", "th"} for o in self.open[number + 1 :]
                ):
                    return
                self._back_to(number)
                return

    def _back_to(self, number: int) -> None:
        """End all elements but the first ones."""
        while len(self.open) > number:
            self._shut(self.open.pop())

    def _void(self, tag: str, given: dict[str, str]) -> None:
        if self.unseen:
            return
        if tag == "br":
            self._end_of_line()
        elif tag == "hr":
            self._paragraph()
        elif tag == "img" and not is_dot(given):
            self.pictures += 1

    def _end_of_last(self, tag: str) -> None:
        """Many elements end where the next of their kind begins (HTML, 13.1.2.4)."""
        ends, stops = ENDED_BY[tag]
        for number in range(len(self.open) - 1, -1, -1):
            if self.open[number].tag in stops:
                return
            if self.open[number].tag in ends:
                self._back_to(number)
                return

    def _shut(self, element: _Open) -> None:
        if element.unseen:
            self.unseen -= 1
            self.hides -= element.hides
            return
        if self.unseen:
            return
        if element.look is not None:
            self.looks[element.look] -= 1
        if element.before is not None:
            self.position = element.before
        if element.link:
            self._end_link()
            self.url = None
        if element.level is not None:
            self._paragraph()
            self.level = None
        if element.typed:
            self._typed()
            self.typed -= 1
        if element.tag in BLOCKS or element.holder:
            self._paragraph()
        if element.holder:
            self.holders.shut()

    # ----------------------------------------------------------------------- words

    def handle_data(self, data: str) -> None:
        if self.unseen:
            self.hid_words = self.hid_words or (
                self.hides > 0 and bool(data.strip("\u00a0\u200c\u034f\u00ad \t\n"))
            )
            return
        data = clean(data, lenient=True).text.translate(self.instead)
        if self.typed:
            self.raw.append(data)
            return
        words = _SPACE.sub(" ", data)
        if not words:
            return
        strong, emphasis, code = (depth > 0 for depth in self.looks.values())
        text = Text(words, strong, emphasis, code, position=self.position)
        (self.spans if self.url is None else self.linked).append(text)

    def _end_of_line(self) -> None:
        if self.typed:
            self.raw.append("\n")
            return
        self._end_link()
        if self.spans and isinstance(self.spans[-1], LineBreak):
            # An empty line between two paragraphs.
            self._paragraph()
        else:
            self.spans.append(LineBreak())

    def _end_link(self) -> None:
        if self.url is not None and self.linked:
            texts = tuple(self.linked)
            if "".join(text.text for text in texts).strip(" \u00a0"):
                self.spans.append(Link(self.url, texts))
        self.linked = []

    def _paragraph(self) -> None:
        """End the paragraph at hand."""
        self._end_link()
        spans, self.spans = trimmed(self.spans), []
        if not spans:
            return
        if self.level is not None:
            heading = HeadingBlock(self.level, spans, self.where)
            self.holders.add(in_bold(spans, self.where) if self.holders.within_words else heading)
        else:
            self.holders.add(ParagraphBlock(spans, self.where))

    def _typed(self) -> None:
        lines, self.raw = "".join(self.raw).strip("\n").split("\n"), []
        if any(line.strip() for line in lines):
            self.holders.add(VerbatimBlock(typed_lines(lines), self.where))

    def finish(self) -> HtmlText:
        """The blocks, when all is read."""
        self._back_to(0)
        self._paragraph()
        if self.raw:
            self._typed()
        return HtmlText(levelled(self.holders.blocks), self.pictures, self.hid_words)
