"""A Markdown file that others wrote → blocks; what cannot be shown is left out with a warning at its line.

Unlike a section's text it is read as CommonMark says, with tables: its author knows nothing of references, notes and languages, so that
their marks are text here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote

from briefpack.annex_text import AnnexText, UnreadableError
from briefpack.blocks import (
    AuthorBlock,
    AuthorCell,
    AuthorColumn,
    AuthorRow,
    AuthorSpan,
    AuthorSpans,
    HeadingBlock,
    ImageBlock,
    Item,
    ListBlock,
    ParagraphBlock,
    QuoteBlock,
    TableBlock,
    VerbatimBlock,
)
from briefpack.document import Align, LineBreak, Link, ListKind, Text
from briefpack.errors import ExitCode, Findings, Where
from briefpack.reading.author_words import plain_words
from briefpack.reading.checks import Report
from briefpack.reading.foreign_headings import in_bold, levelled
from briefpack.reading.foreign_spans import trimmed
from briefpack.reading.foreign_text import check_length, clean, decode, remarks_on
from briefpack.reading.html_blocks import read_html
from briefpack.reading.link_addresses import safe_address
from briefpack.reading.markdown import document_tokens
from briefpack.reading.node import Kind, Node
from briefpack.reading.paths import Roots
from briefpack.reading.pictures import load_picture
from briefpack.reading.read_plain_text import typed_lines

MOST_LISTS = 5
"""Lists inside each other; what is deeper is set as items of the last."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>\Z", re.IGNORECASE)
_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
"""A head of keys and values, as site makers and notebooks write it; it is not printed by any of them."""
_WEB = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|data:", re.IGNORECASE)
_ALIGN = {"text-align:left": Align.LEFT, "text-align:center": Align.CENTRE, "text-align:right": Align.RIGHT}
_MOST_TOLD = 5
"""Findings of one kind; a file full of them is one fault."""


class Token(Protocol):
    """What is used of markdown-it's tokens. map: its 0-based first line, and the one behind its last."""

    @property
    def type(self) -> str: ...
    @property
    def tag(self) -> str: ...
    @property
    def nesting(self) -> int: ...
    @property
    def content(self) -> str: ...
    @property
    def map(self) -> Sequence[int] | None: ...
    @property
    def children(self) -> Sequence[Token] | None: ...

    def attrGet(self, name: str) -> Any: ...  # noqa: N802  markdown-it's own name


def read_markdown_file(raw: bytes, path: Path, roots: Roots, instead: Mapping[int, str]) -> AnnexText:
    """The text of a file. roots: where its pictures may be; its own folder is the base of their paths. instead: as in read_plain_text.

    Raises UnreadableError.
    """
    decoded = decode(raw)
    check_length(len(decoded.text))
    text = decoded.text.replace("\f", "\n")
    matter = _MATTER.match(text)
    if matter is not None and ":" in matter[1]:
        # Its lines stay, so that those below keep their numbers.
        text = "\n" * matter[0].count("\n") + text[matter.end() :]
    reader = _Reader(text, path, roots, instead)
    title, blocks = reader.read()
    if not blocks and not title:
        raise UnreadableError("has no text in it", "name a file that has some, or leave it out")
    return AnnexText(
        title,
        blocks,
        remarks_on(decoded),
        tuple(reader.findings),
        pictures=tuple(dict.fromkeys(reader.pictures)),
        settled=reader.settled,
    )


def headed(blocks: Sequence[AuthorBlock]) -> tuple[str, tuple[AuthorBlock, ...]]:
    """The first heading as the title of the text, where nothing but it begins the text, and the others so that none skips a level."""
    title = ""
    left = list(blocks)
    if left and isinstance(left[0], HeadingBlock):
        title = plain_words(left.pop(0).spans).strip()  # type: ignore[union-attr]  # it is a heading
    return title, levelled(left)


class _Reader:
    """Tokens of a document → blocks."""

    def __init__(self, text: str, path: Path, roots: Roots, instead: Mapping[int, str]) -> None:
        self.path = path
        self.roots = roots
        # Done last, since Markdown may write any character as its number.
        self.instead = instead
        self.lines = text.split("\n")
        self.tokens: Sequence[Token] = document_tokens(text)
        self.next = 0
        self.lists = 0
        self.findings = Findings()
        self.pictures: list[Path] = []
        self.settled = True
        self._told: dict[str, int] = {}
        self._shown: list[ImageBlock] = []

    def read(self) -> tuple[str, tuple[AuthorBlock, ...]]:
        """The title and the other blocks."""
        return headed(self._until(None))

    def _where(self, token: Token, words: str = "") -> Where:
        """The place of a token, and of words in it where they are found on its lines."""
        first, last = token.map or (0, 1)
        for number in range(first, min(last, len(self.lines))):
            column = self.lines[number].find(words)
            if words and column >= 0:
                return Where(self.path, number + 1, column + 1)
        line = self.lines[first] if first < len(self.lines) else ""
        return Where(self.path, first + 1, len(line) - len(line.lstrip()) + 1)

    def _tell(self, kind: str, where: Where, message: str, hint: str) -> None:
        told = self._told[kind] = self._told.get(kind, 0) + 1
        if told <= _MOST_TOLD:
            self.findings.warning(where, message, hint, ExitCode.ANNEX, rule="annex-changed")

    # ----------------------------------------------------------------------- blocks

    def _until(self, closing: str | None) -> tuple[AuthorBlock, ...]:
        found: list[AuthorBlock] = []
        while self.next < len(self.tokens):
            token = self.tokens[self.next]
            self.next += 1
            if token.type == closing:
                break
            found.extend(self._block(token))
        return tuple(found)

    def _block(self, token: Token) -> Sequence[AuthorBlock]:
        where = self._where(token)
        match token.type:
            case "paragraph_open":
                spans = self._inline()
                words = (ParagraphBlock(spans, where),) if spans else ()
                return (*words, *self._taken())
            case "heading_open":
                spans = self._inline()
                heading = (HeadingBlock(int(token.tag[1]), spans, where),) if spans else ()
                return (*heading, *self._taken())
            case "bullet_list_open" | "ordered_list_open":
                return self._list(token, where)
            case "blockquote_open":
                blocks = tuple(_unheaded(self._until("blockquote_close")))
                return (QuoteBlock(blocks, None, None, None, where),) if blocks else ()
            case "fence" | "code_block":
                lines = typed_lines(token.content.rstrip("\n").translate(self.instead).split("\n"))
                return (VerbatimBlock(lines, where),) if any(lines) else ()
            case "table_open":
                return self._table(where)
            case "html_block":
                return self._html(token, where)
            case _:
                # A rule divides what headings and space divide in a pack.
                return ()

    def _taken(self) -> Sequence[ImageBlock]:
        """The pictures of the paragraph at hand, which stand below it."""
        taken, self._shown = self._shown, []
        return taken

    def _list(self, token: Token, where: Where) -> Sequence[AuthorBlock]:
        ordered = token.type == "ordered_list_open"
        closing = "ordered_list_close" if ordered else "bullet_list_close"
        self.lists += 1
        items: list[Item] = []
        while self.next < len(self.tokens) and self.tokens[self.next].type != closing:
            opening = self.tokens[self.next]
            self.next += 1
            blocks = tuple(_unheaded(self._until("list_item_close")))
            items.append(Item(blocks, self._where(opening)))
        self.next += 1
        self.lists -= 1
        if self.lists >= MOST_LISTS:
            return [block for item in items for block in item.blocks]
        start = token.attrGet("start")
        first = start if ordered and isinstance(start, int) and 1 <= start <= 9999 else 1
        return (ListBlock(ListKind.NUMBERS if ordered else ListKind.BULLETS, tuple(items), where, first),)

    def _table(self, where: Where) -> Sequence[AuthorBlock]:
        titles: list[tuple[AuthorSpans, Align | None]] = []
        rows: list[AuthorRow] = []
        cells: list[AuthorCell] = []
        place = where
        while self.next < len(self.tokens):
            token = self.tokens[self.next]
            self.next += 1
            match token.type:
                case "table_close":
                    break
                case "tr_open":
                    cells, place = [], self._where(token)
                case "th_open":
                    titles.append((self._inline(), _ALIGN.get(str(token.attrGet("style")))))
                case "td_open":
                    spans = self._inline()
                    cells.append(AuthorCell((ParagraphBlock(spans, place),) if spans else (), place))
                case "tr_close" if cells:
                    rows.append(AuthorRow(tuple(cells), place))
                case _:
                    pass
        columns = tuple(AuthorColumn(title or None, None, align) for title, align in titles)
        made: list[AuthorBlock] = [TableBlock(columns, tuple(rows), None, None, where)] if rows else []
        return (*made, *self._taken())

    def _html(self, token: Token, where: Where) -> Sequence[AuthorBlock]:
        source = _COMMENT.sub("", token.content)
        if not source.strip():
            return ()
        html = read_html(source, where, self.instead)
        words = bool(html.blocks)
        self._tell(
            "html",
            where,
            "HTML is read for its words, and its look is left out"
            if words
            else "HTML without words is left out",
            "write it as Markdown, or print the page as PDF and name that file",
        )
        return html.blocks

    # ----------------------------------------------------------------------- lines

    def _inline(self) -> AuthorSpans:
        """The spans of the inline token that comes next; its pictures are put aside."""
        inline = self.tokens[self.next]
        self.next += 2
        spans: list[AuthorSpan] = []
        strong = emphasis = 0
        url: str | None = None
        linked: list[Text] = []
        inside = False

        def add(words: str, *, code: bool = False) -> None:
            words = clean(words, lenient=True).text.translate(self.instead)
            text = Text(words, strong > 0, emphasis > 0, code)
            if inside and url is not None:
                linked.append(text)
            else:
                spans.append(text)

        for token in inline.children or ():
            match token.type:
                case "text" | "text_special":
                    add(token.content)
                case "softbreak":
                    add(" ")
                case "hardbreak":
                    if inside:
                        add(" ")
                    else:
                        spans.append(LineBreak())
                case "code_inline":
                    add(token.content, code=True)
                case "strong_open" | "strong_close":
                    strong += token.nesting
                case "em_open" | "em_close":
                    emphasis += token.nesting
                case "link_open":
                    inside, url, linked = True, self._address(token, inline), []
                case "link_close":
                    if url is not None and any(text.text.strip() for text in linked):
                        spans.append(Link(url, tuple(linked)))
                    inside, url = False, None
                case "image":
                    self._picture(token, inline)
                case "html_inline":
                    if _BREAK.match(token.content) and not inside:
                        spans.append(LineBreak())
                    elif not _COMMENT.match(token.content) and not token.content.startswith("</"):
                        self._tell(
                            "html",
                            self._where(inline, token.content),
                            f"the HTML tag {token.content[:40]} is left out; the words in it are kept",
                            "write it as Markdown, or print the page as PDF and name that file",
                        )
                case _:
                    # Struck words are printed as they stand, between the signs that strike them.
                    if token.type in {"s_open", "s_close"}:
                        add("~~")
        return trimmed(spans)

    def _address(self, token: Token, inline: Token) -> str | None:
        written = str(token.attrGet("href") or "")
        url = safe_address(written)
        if url is None and not written.startswith("#"):
            shown = unquote(written)[:60]
            self._tell(
                "link",
                self._where(inline, shown),
                f"the link to “{shown}” leads to no web or mail address; its words are kept",
                "what it leads to is not in the pack; name it as an annex of its own where it is needed",
            )
        return url

    def _picture(self, token: Token, inline: Token) -> None:
        source = unquote(str(token.attrGet("src") or ""))
        where = self._where(inline, "![")
        if _WEB.match(source) or not source:
            self._tell(
                "picture",
                where,
                f"the picture “{source[:60]}” is on the web, and nothing is ever fetched: it is left out",
                "save it beside the text and write its file's name",
            )
            return
        faults = Findings()
        node = Node(Kind.SCALAR, self.path, where.line, where.column, source)
        path = self.roots.file(node, Report(faults), "picture")
        data = None if path is None else load_picture(path, where, source, Report(faults))
        for fault in faults:
            self._tell("picture", where, f"{fault.message}: the picture is left out", fault.hint or "")
        if path is None or data is None:
            self.settled = False
            return
        alt = " ".join(plain_text_of(token).split())
        if not alt:
            alt = path.name
            self._tell(
                "alt-text",
                where,
                f"the picture “{source[:60]}” is not described: its file's name is read out instead",
                "write what it shows between the brackets, ![a map of the region](…)",
            )
        self.pictures.append(path)
        self._shown.append(ImageBlock(path, data, alt, None, None, None, where))


def plain_text_of(token: Token) -> str:
    """The words of a picture's description."""
    return "".join(child.content for child in token.children or () if child.type in {"text", "code_inline"})


def _unheaded(blocks: Sequence[AuthorBlock]) -> Sequence[AuthorBlock]:
    """Headings inside a list or a quotation are lines in bold: they head nothing of the document."""
    return [
        in_bold(block.spans, block.where) if isinstance(block, HeadingBlock) else block for block in blocks
    ]
