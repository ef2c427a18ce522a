"""Markdown text → an author's spans and blocks, each with its place; the only room with markdown-it.

CommonMark's inline text, lists, links and headings are read. What has a block of its own (tables, pictures), and
quotes, code blocks and rules, are refused with the remedy. HTML is not read as HTML: it is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from briefpack.document import LineBreak, Link, ListKind, Text
from briefpack.errors import Where
from briefpack.pack import (
    AuthorBlock,
    AuthorSpan,
    AuthorSpans,
    HeadingBlock,
    Item,
    ListBlock,
    ParagraphBlock,
    Reference,
)
from briefpack.reading.shape import Report
from briefpack.reading.yaml_tree import Node

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_INLINE = re.compile(r"[*_`\[\]<&\\!]|  \n")
"""A text without any of these has no inline markup."""
_BLOCK = re.compile(r"^[ \t]*(?:[#>+*=|~-]|\d{1,9}[.)](?:\s|$))|^[ \t]*`{3}|\|[ \t]*-", re.MULTILINE)
"""A text without any of these is nothing but paragraphs."""
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n\s*")
_LINE_JOIN = re.compile(r"[ \t]*\n[ \t]*")
_REFERENCE = re.compile(r"\[\[([^\[\]\n]{1,120})\]\]")
_TARGET = re.compile(r"\s*([^,\s][^,]*?)\s*(?:,\s*(?:p\.?|page|pp\.?)?\s*(\d{1,5})\s*)?\Z")
_SCHEMES = ("https://", "http://", "mailto:")

_REFUSED = {
    "blockquote_open": (
        "a block quote (a line that begins with >)",
        "write it as a paragraph or a callout block",
    ),
    "fence": ("a code block (```)", "write it as a paragraph"),
    "hr": ("a rule (---)", "use a heading or a page_break block"),
    "table_open": ("a Markdown table", "use a table block: `- table: {columns: […], rows: […]}`"),
}


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415  plain packs never need it

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Indented text in YAML is an accident, not code; setext headings turn a stray --- into a headline; references have
    # a syntax of their own; [[…]] must not become a link definition.
    parser.disable(["code", "lheading", "reference", "html_block", "html_inline"])
    # Links are checked here, with a place and a remedy; the parser would silently print refused ones as text.
    parser.validateLink = _every_link  # type: ignore[method-assign]  # markdown-it's own way to configure it
    return parser


def _every_link(url: str) -> bool:  # noqa: ARG001  the signature is markdown-it's
    return True


class _Source:
    """A text, and the place of each of its lines in the author's file."""

    def __init__(self, text: str, where: Where, *, block: bool, indent: int) -> None:
        self.text = text
        self.where = where
        self._block = block
        self._indent = indent

    def at(self, line: int) -> Where:
        """The place of a 0-based line of the text."""
        if self._block:
            return Where(self.where.path, self.where.line + 1 + line, self._indent)
        return self.where


def source_of(node: Node, indent: int | None = None) -> _Source:
    """The text of a scalar. indent: 1-based column of a block scalar's text where known."""
    return _Source(node.text, node.where, block=node.block, indent=indent or 1)


def read_blocks(node: Node, report: Report) -> tuple[AuthorBlock, ...]:
    """The blocks of a Markdown text: paragraphs, lists and headings."""
    source = source_of(node)
    text = source.text
    if not _BLOCK.search(text):
        return tuple(
            ParagraphBlock(_spans(part, source.at(line), report), source.at(line))
            for part, line in _paragraphs(text)
        )
    return tuple(_Reader(source, report).blocks())


def read_spans(node: Node, report: Report, what: str) -> AuthorSpans:
    """The spans of a text that must be one paragraph. what: named in the message when it is more."""
    source = source_of(node)
    text = source.text.strip()
    if not _BLOCK.search(text):
        parts = list(_paragraphs(text))
        if len(parts) == 1:
            return _spans(parts[0][0], source.at(0), report)
    blocks = _Reader(source, report).blocks()
    if len(blocks) == 1 and isinstance(blocks[0], ParagraphBlock):
        return blocks[0].spans
    if blocks:
        report.error(
            source.at(0), f"{what} must be one paragraph of text", "lists and blank lines do not fit here"
        )
    else:
        report.error(source.at(0), f"{what} is empty", "write text, or delete the key")
    return ()


def _paragraphs(text: str) -> Iterator[tuple[str, int]]:
    """Paragraphs divided by blank lines, each with its 0-based first line."""
    position = len(text) - len(text.lstrip())
    line = text.count("\n", 0, position)
    body = text.rstrip()
    while position < len(body):
        match = _PARAGRAPH_END.search(body, position)
        end = match.start() if match else len(body)
        yield body[position:end], line
        if match is None:
            return
        line += body.count("\n", position, match.end())
        position = match.end()


def _spans(text: str, where: Where, report: Report) -> AuthorSpans:
    """Inline text: at once where nothing in it is markup."""
    if not _INLINE.search(text):
        return (Text(_LINE_JOIN.sub(" ", text) if "\n" in text else text),)
    tokens = _parser().parseInline(text.strip())
    return _Inline(where, report).spans(tokens[0].children or [])


class _Reader:
    """Block tokens → blocks."""

    def __init__(self, source: _Source, report: Report) -> None:
        self._source = source
        self._report = report
        self._tokens: Sequence[Token] = _parser().parse(source.text)
        self._next = 0

    def blocks(self) -> list[AuthorBlock]:
        return self._until(None)

    def _until(self, closing: str | None) -> list[AuthorBlock]:
        found: list[AuthorBlock] = []
        while self._next < len(self._tokens):
            token = self._tokens[self._next]
            self._next += 1
            if token.type == closing:
                break
            block = self._block(token)
            if block is not None:
                found.append(block)
        return found

    def _where(self, token: Token) -> Where:
        return self._source.at(token.map[0] if token.map else 0)

    def _block(self, token: Token) -> AuthorBlock | None:
        where = self._where(token)
        if token.type == "paragraph_open":
            return ParagraphBlock(self._inline(where), where)
        if token.type == "heading_open":
            level = max(2, int(token.tag[1]))
            spans = self._inline(where)
            if level > 4:
                self._report.error(where, "a heading can be four levels deep at most", "use at most ####")
                level = 4
            return HeadingBlock(level, spans, where)
        if token.type in ("bullet_list_open", "ordered_list_open"):
            return self._list(token, where)
        refused = _REFUSED.get(token.type)
        if refused is not None:
            self._report.error(where, f"{refused[0]} is not read here", refused[1])
            if token.nesting == 1:
                self._skip(token)
        return None

    def _inline(self, where: Where) -> AuthorSpans:
        inline = self._tokens[self._next]
        self._next += 2  # the inline token and the closing one
        return _Inline(where, self._report, self._source, inline.map[0] if inline.map else 0).spans(
            inline.children or []
        )

    def _list(self, token: Token, where: Where) -> ListBlock:
        ordered = token.type == "ordered_list_open"
        closing = "ordered_list_close" if ordered else "bullet_list_close"
        items: list[Item] = []
        while self._tokens[self._next].type != closing:
            opening = self._tokens[self._next]
            self._next += 1
            items.append(Item(tuple(self._until("list_item_close")), self._where(opening)))
        self._next += 1
        start = int(str(token.attrGet("start") or 1))
        kind = ListKind.NUMBERS if ordered else ListKind.BULLETS
        return ListBlock(kind, tuple(items), where, start)

    def _skip(self, token: Token) -> None:
        """Go behind the token that closes this one."""
        closing = token.type.replace("_open", "_close")
        while self._next < len(self._tokens):
            other = self._tokens[self._next]
            self._next += 1
            if other.type == closing and other.level == token.level:
                return


class _Inline:
    """Inline tokens → spans."""

    def __init__(self, where: Where, report: Report, source: _Source | None = None, line: int = 0) -> None:
        self._where = where
        self._report = report
        self._source = source
        self._line = line
        self._strong = 0
        self._emphasis = 0
        self._out: list[AuthorSpan] = []

    def spans(self, tokens: Sequence[Token]) -> AuthorSpans:
        link: Token | None = None
        inside: list[Text] = []
        for token in tokens:
            match token.type:
                case "text" | "text_special" | "html_inline":
                    self._words(token.content, link, inside)
                case "code_inline":
                    span = Text(
                        token.content, strong=self._strong > 0, emphasis=self._emphasis > 0, code=True
                    )
                    if link is None:
                        self._out.append(span)
                    else:
                        inside.append(span)
                case "softbreak":
                    self._line += 1
                    self._words(" ", link, inside)
                case "hardbreak":
                    self._line += 1
                    if link is None:
                        self._out.append(LineBreak())
                    else:
                        self._words(" ", link, inside)
                case "strong_open":
                    self._strong += 1
                case "strong_close":
                    self._strong -= 1
                case "em_open":
                    self._emphasis += 1
                case "em_close":
                    self._emphasis -= 1
                case "link_open":
                    link = token
                    inside = []
                case "link_close":
                    if link is not None:
                        self._link(link, tuple(_joined(inside)))
                    link = None
                case "image":
                    self._report.error(
                        self._place(),
                        "a picture cannot stand inside text",
                        "use an image block: `- image: pictures/map.png` with `alt`",
                    )
        return tuple(_joined_spans(self._out))

    def _words(self, text: str, link: Token | None, inside: list[Text]) -> None:
        """Text goes into the open link, or into the paragraph with its references."""
        if link is not None:
            inside.append(self._styled(text))
        elif text:
            self._text(text)

    def _place(self) -> Where:
        return self._where if self._source is None else self._source.at(self._line)

    def _styled(self, text: str) -> Text:
        return Text(text, strong=self._strong > 0, emphasis=self._emphasis > 0)

    def _text(self, text: str) -> None:
        """Text, with the references in it."""
        position = 0
        for match in _REFERENCE.finditer(text):
            if match.start() > position:
                self._out.append(self._styled(text[position : match.start()]))
            self._reference(match[1], ())
            position = match.end()
        if position < len(text):
            self._out.append(self._styled(text[position:]))

    def _reference(self, target: str, words: tuple[Text, ...]) -> None:
        match = _TARGET.match(target)
        if match is None:
            self._report.error(
                self._place(),
                f"“{target}” is no reference",
                "write [[name]] or [[name, p. 12]]",
            )
            return
        self._out.append(Reference(match[1], int(match[2]) if match[2] else None, words, self._place()))

    def _link(self, token: Token, words: tuple[Text, ...]) -> None:
        url = str(token.attrGet("href") or "")
        if url.startswith("#"):
            self._reference(url[1:], words)
            return
        if not url.lower().startswith(_SCHEMES):
            self._report.error(
                self._place(),
                f"the link “{url[:60]}” leads to no web or mail address",
                "links begin with https:, http: or mailto:; references to this pack with #",
            )
            return
        self._out.append(Link(url, words or (Text(url),)))


def _joined(texts: Sequence[Text]) -> Iterator[Text]:
    """Neighbours that look alike as one span."""
    last: Text | None = None
    for text in texts:
        if last is not None and (last.strong, last.emphasis, last.code) == (
            text.strong,
            text.emphasis,
            text.code,
        ):
            last = Text(last.text + text.text, text.strong, text.emphasis, text.code)
            continue
        if last is not None:
            yield last
        last = text
    if last is not None:
        yield last


def _joined_spans(spans: Sequence[AuthorSpan]) -> Iterator[AuthorSpan]:
    run: list[Text] = []
    for span in spans:
        if isinstance(span, Text):
            run.append(span)
            continue
        yield from _joined(run)
        run = []
        yield span
    yield from _joined(run)
