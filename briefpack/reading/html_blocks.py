"""HTML that others wrote → blocks: its paragraphs, lists, quotations and tables; nothing is run, fetched or shown that its reader would not see."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Literal
from urllib.parse import quote

from briefpack.blocks import (
    AuthorBlock,
    AuthorSpan,
    AuthorSpans,
    HeadingBlock,
    Item,
    ListBlock,
    ParagraphBlock,
    QuoteBlock,
    VerbatimBlock,
)
from briefpack.document import LineBreak, Link, ListKind, Position, Text
from briefpack.errors import Where
from briefpack.reading.foreign_text import NOTHING, clean
from briefpack.reading.html_tables import HtmlCell, one_by_one, table
from briefpack.reading.read_plain_text import typed_lines

MOST_OPEN = 400
"""Elements inside each other; what is deeper has its words read and its structure left out."""
MOST_LISTS = 5
MOST_QUOTES = 4

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_UNSEEN = frozenset(
    {
        *("script", "style", "head", "title", "template", "noscript", "iframe", "object", "applet", "svg"),
        *("math", "audio", "video", "canvas", "select", "datalist", "textarea", "map", "xml"),
    }
)
_BLOCKS = frozenset(
    {
        *("p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "address", "center"),
        *("form", "fieldset", "legend", "figure", "figcaption", "dl", "dt", "dd", "details", "summary", "hr"),
        *("caption", "body", "html", "thead", "tbody", "tfoot"),
    }
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|(?:font-size|max-height|opacity)\s*:\s*0*(?:\.0+|0)(?:px|pt|em|rem|%)?\s*(?:!important\s*)?(?:;|$)",
    re.IGNORECASE,
)
_LOOKS = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "emphasis"),
    **dict.fromkeys(("code", "tt", "kbd", "samp"), "code"),
    **dict.fromkeys(("sup", "sub"), "position"),
}
_SPACE = re.compile(r"[ \t\n\r\f]+")
_ADDRESS = re.compile(r"(?:https?://[^\s/?#]+(?:[/?#]\S*)?|mailto:[^\s@]+@[^\s@]+)\Z", re.IGNORECASE)
_SAFE = "!#$%&'()*+,/:;=?@[]~"


@dataclass(slots=True)
class _Holder:
    """Something that holds blocks. For a list: items; for a table: rows."""

    kind: Literal["all", "quote", "list", "item", "table", "row", "cell"]
    blocks: list[AuthorBlock] = field(default_factory=list)
    ordered: bool = False
    start: int = 1
    items: list[Item] = field(default_factory=list)
    rows: list[list[HtmlCell]] = field(default_factory=list)
    cell: HtmlCell | None = None
    presents: bool = False


@dataclass(slots=True)
class _Open:
    """An element that is open. holder: whether it opened one. look: what it gave the words. link: whether it began one."""

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


def safe_address(url: str) -> str | None:
    """An address that a link may lead to, with its odd characters as %XX; None for any that is no whole web or mail address."""
    url = quote(url.strip(), safe=_SAFE)
    return url if _ADDRESS.match(url) else None


class _Reader(HTMLParser):
    def __init__(self, where: Where, instead: Mapping[int, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.where = where
        self.instead = instead
        self.open: list[_Open] = []
        self.holders = [_Holder("all")]
        self.spans: list[AuthorSpan] = []
        self.strong = self.emphasis = self.code = self.unseen = self.typed = 0
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
        if tag in _VOID:
            self._void(tag, given)
            return
        if len(self.open) >= MOST_OPEN:
            return
        if tag in {"li", "dt", "dd", "tr", "td", "th", "p", "option"}:
            self._end_of_last(tag)
        made = _Open(tag)
        self.open.append(made)
        hides = "hidden" in given or _HIDDEN.search(given.get("style", "")) is not None
        if tag in _UNSEEN or hides:
            made.unseen, made.hides = True, hides
            self.unseen += 1
            self.hides += hides
        if self.unseen:
            return
        if tag in _LOOKS:
            self._look(made, tag)
        elif tag == "a":
            self._end_link()
            self.url, made.link = safe_address(given.get("href", "")), True
        elif tag in _HEADINGS:
            self._paragraph()
            self.level = made.level = _HEADINGS[tag]
        elif tag == "pre":
            self._paragraph()
            made.typed = True
            self.typed += 1
        else:
            self._holder(made, tag, given)

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
                while len(self.open) > number:
                    self._shut(self.open.pop())
                return

    def _void(self, tag: str, given: dict[str, str]) -> None:
        if self.unseen:
            return
        if tag == "br":
            self._end_of_line()
        elif tag == "hr":
            self._paragraph()
        elif tag == "img" and not _is_dot(given):
            self.pictures += 1

    def _end_of_last(self, tag: str) -> None:
        """Many elements end where the next of their kind begins (HTML, 13.1.2.4)."""
        ended_by = {
            "li": ({"li"}, {"ul", "ol", "menu"}),
            "dt": ({"dt", "dd"}, {"dl"}),
            "dd": ({"dt", "dd"}, {"dl"}),
            "tr": ({"tr"}, {"table"}),
            "td": ({"td", "th"}, {"table", "tr"}),
            "th": ({"td", "th"}, {"table", "tr"}),
            "p": ({"p"}, {"td", "th", "li", "div", "blockquote", "table", "body", "dd"}),
        }
        ends, stops = ended_by.get(tag, (set[str](), set[str]()))
        for number in range(len(self.open) - 1, -1, -1):
            if self.open[number].tag in stops:
                return
            if self.open[number].tag in ends:
                while len(self.open) > number:
                    self._shut(self.open.pop())
                return

    def _look(self, made: _Open, tag: str) -> None:
        made.look = _LOOKS[tag]
        match made.look:
            case "strong":
                self.strong += 1
            case "emphasis":
                self.emphasis += 1
            case "code":
                self.code += 1
            case _:
                made.before = self.position
                self.position = Position.SUPER if tag == "sup" else Position.SUB

    def _holder(self, made: _Open, tag: str, given: dict[str, str]) -> None:
        kinds = [holder.kind for holder in self.holders]
        new: _Holder | None = None
        if tag in {"ul", "ol", "menu"}:
            self._paragraph()
            if kinds.count("list") < MOST_LISTS:
                start = given.get("start", "1")
                number = int(start) if start.isdecimal() and 0 < len(start) < 5 else 1
                new = _Holder("list", ordered=tag == "ol", start=max(number, 1))
        elif tag == "li":
            self._paragraph()
            new = _Holder("item") if kinds[-1] == "list" else None
        elif tag == "blockquote":
            self._paragraph()
            new = _Holder("quote") if kinds.count("quote") < MOST_QUOTES else None
        elif tag == "table":
            self._paragraph()
            new = _Holder("table", presents=given.get("role") in {"presentation", "none"})
        elif tag == "tr":
            self._paragraph()
            new = _Holder("row") if kinds[-1] == "table" else None
        elif tag in {"td", "th"}:
            self._paragraph()
            if kinds[-1] == "row":
                new = _Holder(
                    "cell", cell=HtmlCell((), _count(given, "colspan"), _count(given, "rowspan"), tag == "th")
                )
        elif tag in _BLOCKS:
            self._paragraph()
        if new is not None:
            self.holders.append(new)
            made.holder = True

    def _shut(self, element: _Open) -> None:
        if element.unseen:
            self.unseen -= 1
            self.hides -= element.hides
            return
        if self.unseen:
            return
        match element.look:
            case "strong":
                self.strong -= 1
            case "emphasis":
                self.emphasis -= 1
            case "code":
                self.code -= 1
            case "position":
                self.position = element.before or Position.LINE
            case _:
                pass
        if element.link:
            self._end_link()
            self.url = None
        if element.level is not None:
            self._paragraph()
            self.level = None
        if element.typed:
            self._typed()
            self.typed -= 1
        if element.tag in _BLOCKS or element.holder:
            self._paragraph()
        if element.holder:
            self._take(self.holders.pop())

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
        text = Text(words, self.strong > 0, self.emphasis > 0, self.code > 0, position=self.position)
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
            inside = any(holder.kind in {"item", "quote"} for holder in self.holders)
            self._add(in_bold(spans, self.where) if inside else HeadingBlock(self.level, spans, self.where))
        else:
            self._add(ParagraphBlock(spans, self.where))

    def _typed(self) -> None:
        lines, self.raw = "".join(self.raw).strip("\n").split("\n"), []
        if any(line.strip() for line in lines):
            self._add(VerbatimBlock(typed_lines(lines), self.where))

    # ----------------------------------------------------------------------- what holds blocks

    def _add(self, block: AuthorBlock) -> None:
        holder = self.holders[-1]
        if holder.kind == "list":
            holder.items.append(Item((block,), self.where))
        elif holder.kind in {"table", "row"}:
            # Words between cells: they stand before the table.
            above = next(h for h in reversed(self.holders) if h.kind not in {"table", "row", "list"})
            above.blocks.append(block)
        else:
            holder.blocks.append(block)

    def _take(self, holder: _Holder) -> None:
        """A holder is complete."""
        match holder.kind:
            case "quote":
                if holder.blocks:
                    self._add(QuoteBlock(tuple(holder.blocks), None, None, None, self.where))
            case "item":
                if holder.blocks:
                    self.holders[-1].items.append(Item(tuple(holder.blocks), self.where))
            case "list":
                if holder.items:
                    kind = ListKind.NUMBERS if holder.ordered else ListKind.BULLETS
                    start = holder.start if holder.ordered else 1
                    self._add(ListBlock(kind, tuple(holder.items), self.where, start))
            case "cell":
                if holder.cell is not None:
                    holder.cell.blocks = tuple(holder.blocks)
                    self.holders[-1].rows.append([holder.cell])
            case "row":
                cells = [cell for (cell,) in holder.rows]
                if cells:
                    self.holders[-1].rows.append(cells)
            case "table":
                made = None if holder.presents else table(holder.rows, self.where)
                for block in (made,) if made is not None else one_by_one(holder.rows):
                    self._add(block)
            case _:
                pass

    def finish(self) -> HtmlText:
        while self.open:
            self._shut(self.open.pop())
        self._paragraph()
        if self.raw:
            self._typed()
        return HtmlText(levelled(self.holders[0].blocks), self.pictures, self.hid_words)


def levelled(blocks: Sequence[AuthorBlock]) -> tuple[AuthorBlock, ...]:
    """The blocks with headings of levels 2 to 4, of which none is skipped: those that others use, one below the other."""
    levels = sorted({block.level for block in blocks if isinstance(block, HeadingBlock)})
    made: list[AuthorBlock] = []
    last = 1
    for block in blocks:
        if isinstance(block, HeadingBlock):
            last = min(2 + levels.index(block.level), last + 1, 4)
            made.append(replace(block, level=last))
        else:
            made.append(block)
    return tuple(made)


def in_bold(spans: AuthorSpans, where: Where) -> ParagraphBlock:
    """A heading that heads nothing of the outline, as in a list or a quotation: a line in bold."""
    bold = (replace(span, strong=True) if isinstance(span, Text) else span for span in spans)
    return ParagraphBlock(tuple(bold), where)


def _count(given: dict[str, str], key: str) -> int:
    value = given.get(key, "1").strip()
    return min(max(int(value), 1), 1000) if value.isdecimal() and len(value) < 5 else 1


def _is_dot(given: dict[str, str]) -> bool:
    """A picture that is not to be seen, by which senders learn who reads them."""
    return given.get("width", "").strip("px ") in {"0", "1"} and given.get("height", "").strip("px ") in {
        "0",
        "1",
    }


def trimmed(spans: Sequence[AuthorSpan]) -> AuthorSpans:
    """Spans of a paragraph without white space at its ends, at those of its lines, and more than one between words."""
    done: list[AuthorSpan] = []
    space = True
    for span in spans:
        match span:
            case Text():
                words, space = _joined(span.text, after_space=space)
                if words:
                    done.append(_with(span, words))
            case Link():
                texts = []
                for text in span.spans:
                    words, space = _joined(text.text, after_space=space)
                    if words:
                        texts.append(_with(text, words))
                if texts:
                    done.append(Link(span.url, tuple(texts)))
            case LineBreak():
                _strip_end(done)
                if done:
                    done.append(span)
                space = True
            case _:
                done.append(span)
    while done and isinstance(done[-1], LineBreak):
        done.pop()
    _strip_end(done)
    while done and isinstance(done[-1], LineBreak):
        done.pop()
    return tuple(done)


def _joined(words: str, *, after_space: bool) -> tuple[str, bool]:
    words = re.sub(r"[ \u00a0]{2,}", " ", words)
    if after_space:
        words = words.lstrip(" \u00a0")
    return words, words.endswith((" ", "\u00a0")) if words else after_space


def _with(text: Text, words: str) -> Text:
    return Text(words, text.strong, text.emphasis, text.code, position=text.position)


def _strip_end(spans: list[AuthorSpan]) -> None:
    while spans and isinstance(spans[-1], Text):
        last = spans.pop()
        if isinstance(last, Text) and (words := last.text.rstrip(" \u00a0")):
            spans.append(_with(last, words))
            return
