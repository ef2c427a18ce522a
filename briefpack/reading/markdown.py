"""Markdown text → an author's blocks and spans, each with its place; the only room with markdown-it.

CommonMark's inline text, lists, links and headings are read. What has a block of its own (tables, pictures), and
quotes, code blocks and rules, are refused with the remedy. HTML is not read as HTML: it is text. Text in which no
character means anything to Markdown, as most of a pack's, never reaches markdown-it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from briefpack.blocks import AuthorBlock, AuthorSpans, HeadingBlock, Item, ListBlock, ParagraphBlock
from briefpack.document import ListKind, Text
from briefpack.errors import Where
from briefpack.reading.author_words import is_blank
from briefpack.reading.checks import Report
from briefpack.reading.inline import NOTE, Inline
from briefpack.reading.inline_rules import RULES, may_raise
from briefpack.reading.node import Node
from briefpack.reading.source import Source, check_words

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MAX_LENGTH = 200_000
"""Characters of one text, about a hundred pages; more than that in markup would be read for minutes."""
MAX_BRACKETS = 4000
"""In one text; reading brackets takes time that grows with the square of their number."""
MAX_LISTS = 6
"""Lists inside each other."""
_PARSER_NESTING = 100
"""Where markdown-it drops text without a word; two levels for each list, so MAX_LISTS is reported long before."""
_HIGHEST_NUMBER = 9999

_BEGINS_BLOCK = frozenset("#>*+-_|:~`0123456789")
_BLOCK = re.compile(
    r"#{1,6}(?:[ \t]|$)|>|[*+-](?:[ \t]|$)|[0-9]{1,9}[.)](?:[ \t]|$)|```|~~~|[|: \t-]+$|([*_-])(?:[ \t]*\1){2}"
)
_ENTITY = re.compile(r"&#?\w+;")
_AUTOLINK = re.compile(r"<[^\s<>]+[:@]")
_BLANK_LINE = re.compile(r"\n(?:[ \t]*\n)+")
_OTHER_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_WHITE = " \t\n"

_REFUSED = {
    "blockquote_open": (
        "a block quote (a line that begins with >)",
        "write a paragraph or a callout block; to print the sign, write \\>",
    ),
    "fence": ("a code block (```)", "write it as a paragraph"),
    "hr": ("a rule (a line of dashes, stars or underscores)", "use a heading or a page_break block"),
    "table_open": ("a Markdown table", "use a table block: `- table: {columns: […], rows: […]}`"),
}


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415  plain packs never need it

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _PARSER_NESTING}).enable("table")
    # Indented text in YAML is an accident, not code; setext headings turn a stray --- into a headline; references have
    # a syntax of their own; escaped characters stay apart, so that \[\[ begins no reference.
    parser.disable(["code", "lheading", "reference", "html_block", "html_inline", "text_join"])
    for rule in RULES:
        parser.inline.ruler.before("link", rule.__name__, rule)
    # Links are checked by Inline, with a place and a remedy; the parser would silently print refused ones as text.
    parser.validateLink = _every_link  # type: ignore[method-assign]  # markdown-it's own way to configure it
    return parser


@lru_cache(maxsize=1)
def _document_parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415  plain packs never need it

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _PARSER_NESTING})
    parser.enable(["table", "strikethrough"])
    parser.validateLink = _every_link  # type: ignore[method-assign]  # as above
    return parser


def document_tokens(text: str) -> Sequence[Token]:
    """The tokens of a whole document that others wrote: all of CommonMark with its HTML, tables and struck words, and none of our own marks."""
    return _document_parser().parse(text)


def _every_link(url: str) -> bool:  # noqa: ARG001  the signature is markdown-it's
    return True


def read_blocks(
    node: Node, report: Report, *, in_line: bool = False, no_notes: str | None = None
) -> tuple[AuthorBlock, ...]:
    """The blocks of a Markdown text: paragraphs, lists and headings.

    in_line: a text of one line is a paragraph whatever it begins with, as in a cell or a list item, where
    “3. April” and “- 5 %” are words. no_notes: what the text is, where no note may stand in it.
    """
    if not _within_limits(node, report):
        return ()
    source = _source(node)
    text = source.text
    if in_line and "\n" not in text.strip(_WHITE):
        words = text.strip(_WHITE)
        return (ParagraphBlock(_spans(words, source, 0, report, no_notes), node.where),) if words else ()
    if _has_block(text):
        return _Blocks(source, report, no_notes).read()
    return tuple(
        ParagraphBlock(_spans(part, source, line, report, no_notes), source.at(line))
        for part, line in _paragraphs(text)
    )


def read_note(node: Node, report: Report) -> tuple[AuthorSpans, ...]:
    """The paragraphs of a note that is written under its name."""
    paragraphs: list[AuthorSpans] = []
    for block in read_blocks(node, report, no_notes=NOTE):
        if isinstance(block, ParagraphBlock):
            paragraphs.append(block.spans)
        else:
            report.error(block.where, "a note has paragraphs only", "write it without lists and headings")
    return tuple(paragraphs)


def read_spans(node: Node, report: Report, what: str, *, notes: bool = False) -> AuthorSpans:
    """The spans of a text that must be one paragraph; nothing in it begins a list or a heading.

    what: named in the message when it is more. notes: whether notes may stand in it; not in titles, captions, sources and labels,
    which are printed in more places than one or where a note has no foot to stand at.
    """
    if not _within_limits(node, report):
        return ()
    source = _source(node)
    text = source.text.strip(_WHITE)
    if not text:
        report.error(node.where, f"{what} is empty", "write text, or delete the key")
        return ()
    if _BLANK_LINE.search(text):
        report.error(node.where, f"{what} must be one paragraph of text", "delete the blank lines in it")
        return ()
    return _spans(text, source, 0, report, None if notes else what)


def _source(node: Node) -> Source:
    source = Source(node)
    if "\r" in source.text or not source.text.isascii():
        source.text = _OTHER_LINE_ENDS.sub("\n", source.text)
    return source


def _within_limits(node: Node, report: Report) -> bool:
    if len(node.text) > MAX_LENGTH:
        report.error(
            node.where, f"one text has more than {MAX_LENGTH:,} characters", "divide it into several blocks"
        )
        return False
    if node.text.count("[") > MAX_BRACKETS:
        report.error(node.where, f"more than {MAX_BRACKETS} opening brackets in one text", "divide the text")
        return False
    return True


def _has_block(text: str) -> bool:
    """Whether any line may begin something that is no paragraph."""
    return any(
        (begin := line.lstrip(" \t"))[:1] in _BEGINS_BLOCK and _BLOCK.match(begin)
        for line in text.split("\n")
    )


def _has_markup(text: str) -> bool:
    """Whether anything in a paragraph may be more than its letters. Plain searches: this sees every text of a pack."""
    return (
        "*" in text
        or "[" in text
        or "`" in text
        or "_" in text
        or "\\" in text
        or "  \n" in text
        or ("&" in text and _ENTITY.search(text) is not None)
        or may_raise(text)
        or ("<" in text and _AUTOLINK.search(text) is not None)
    )


def _paragraphs(text: str) -> Iterator[tuple[str, int]]:
    """Paragraphs divided by blank lines, each with its 0-based first line."""
    line = 0
    position = 0
    for gap in _BLANK_LINE.finditer(text):
        part = text[position : gap.start()]
        if part.strip(_WHITE):
            yield part.strip(_WHITE), line + part[: len(part) - len(part.lstrip(_WHITE))].count("\n")
        line += text.count("\n", position, gap.end())
        position = gap.end()
    part = text[position:]
    if part.strip(_WHITE):
        yield part.strip(_WHITE), line + part[: len(part) - len(part.lstrip(_WHITE))].count("\n")


def _spans(text: str, source: Source, line: int, report: Report, no_notes: str | None) -> AuthorSpans:
    """Inline text: at once where nothing in it is markup."""
    if not _has_markup(text):
        words = " ".join(part.strip(" \t") for part in text.split("\n")) if "\n" in text else text
        check_words(words, source, line, report)
        return (Text(words.replace("\t", " ")),)
    lines = "\n".join(part.lstrip(" \t") for part in text.split("\n"))
    tokens = _parser().parseInline(lines)
    return Inline(source, line, report, no_notes).spans(tokens[0].children or [])


class _Blocks:
    """Block tokens → blocks."""

    def __init__(self, source: Source, report: Report, no_notes: str | None = None) -> None:
        self._source = source
        self._report = report
        self._no_notes = no_notes
        self._tokens: Sequence[Token] = _parser().parse(source.text)
        self._next = 0
        self._lists = 0

    def read(self) -> tuple[AuthorBlock, ...]:
        return self._until(None)

    def _until(self, closing: str | None) -> tuple[AuthorBlock, ...]:
        found: list[AuthorBlock] = []
        while self._next < len(self._tokens):
            token = self._tokens[self._next]
            self._next += 1
            if token.type == closing:
                break
            block = self._block(token)
            if block is not None:
                found.append(block)
        return tuple(found)

    def _where(self, token: Token) -> Where:
        return self._source.at(token.map[0] if token.map else 0)

    def _block(self, token: Token) -> AuthorBlock | None:
        where = self._where(token)
        match token.type:
            case "paragraph_open":
                return ParagraphBlock(self._inline(self._no_notes), where)
            case "heading_open":
                level = max(2, int(token.tag[1]))
                spans = self._inline("a heading")
                if level > 4:
                    self._report.error(where, "headings go down to level 4", "use at most four #")
                elif is_blank(spans):
                    self._report.error(where, "this heading is empty", "write its words behind the #")
                return HeadingBlock(min(level, 4), spans, where)
            case "bullet_list_open" | "ordered_list_open":
                return self._list(token, where)
            case _:
                refused = _REFUSED[token.type]
                self._report.error(where, f"{refused[0]} is not read here", refused[1])
                if token.nesting == 1:
                    self._skip(token)
                return None

    def _inline(self, no_notes: str | None) -> AuthorSpans:
        inline = self._tokens[self._next]
        self._next += 2  # the inline token and the closing one
        line = inline.map[0] if inline.map else 0
        return Inline(self._source, line, self._report, no_notes).spans(inline.children or [])

    def _list(self, token: Token, where: Where) -> ListBlock:
        ordered = token.type == "ordered_list_open"
        self._lists += 1
        if self._lists == MAX_LISTS + 1:
            self._report.error(
                where, f"lists are nested deeper than {MAX_LISTS} levels", "write them flatter"
            )
        closing = "ordered_list_close" if ordered else "bullet_list_close"
        items: list[Item] = []
        numbers: list[tuple[int, Where]] = []
        while self._tokens[self._next].type != closing:
            opening = self._tokens[self._next]
            self._next += 1
            place = self._where(opening)
            if ordered:
                numbers.append((int(opening.info), place))
            items.append(Item(self._until("list_item_close"), place))
        self._next += 1
        self._lists -= 1
        if not ordered:
            return ListBlock(ListKind.BULLETS, tuple(items), where)
        return ListBlock(ListKind.NUMBERS, tuple(items), where, self._first_number(numbers))

    def _first_number(self, numbers: Sequence[tuple[int, Where]]) -> int:
        first, where = numbers[0]
        if not 1 <= first <= _HIGHEST_NUMBER:
            self._report.error(
                where,
                f"a numbered list begins with 1 to {_HIGHEST_NUMBER}, not with {first}",
                f"to print a number and a full stop as text, write {first}\\.",
            )
            return 1
        if len({number for number, _ in numbers}) > 1:
            for expected, (number, place) in enumerate(numbers, first):
                if number != expected:
                    self._report.warning(
                        place,
                        f"this item is written with {number} and printed with {expected}: lists count on",
                        "write the numbers in order, or begin a new list block with `start:`",
                        rule="list-numbers",
                    )
                    break
        return first

    def _skip(self, token: Token) -> None:
        """Go behind the token that closes this one."""
        closing = token.type.replace("_open", "_close")
        while self._next < len(self._tokens):
            other = self._tokens[self._next]
            self._next += 1
            if other.type == closing and other.level == token.level:
                return
