"""A Markdown file that others wrote → blocks; what cannot be shown is left out with a warning at its line.

Unlike a section's text it is read as CommonMark says, with tables: its author knows nothing of references, notes and languages, so that
their marks are text here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from briefpack.annex_text import AnnexText, UnreadableError
from briefpack.blocks import (
    AuthorBlock,
    AuthorCell,
    AuthorColumn,
    AuthorRow,
    AuthorSpans,
    HeadingBlock,
    Item,
    ListBlock,
    ParagraphBlock,
    QuoteBlock,
    TableBlock,
    VerbatimBlock,
)
from briefpack.document import Align, ListKind
from briefpack.errors import Where
from briefpack.reading.foreign_headings import headed, unheaded
from briefpack.reading.foreign_text import check_length, decode, remarks_on
from briefpack.reading.html_blocks import read_html
from briefpack.reading.html_elements import COMMENT
from briefpack.reading.markdown import document_tokens
from briefpack.reading.markdown_file_lines import Lines
from briefpack.reading.markdown_file_pictures import Pictures
from briefpack.reading.markdown_file_places import Places, Token
from briefpack.reading.paths import Roots
from briefpack.reading.read_plain_text import typed_lines

MOST_LISTS = 5
"""Lists inside each other; what is deeper is set as items of the last."""
_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
"""A head of keys and values, as site makers and notebooks write it; it is not printed by any of them."""
_ALIGN = {"text-align:left": Align.LEFT, "text-align:center": Align.CENTRE, "text-align:right": Align.RIGHT}


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
        tuple(reader.places.findings),
        pictures=tuple(dict.fromkeys(reader.pictures.paths)),
        settled=reader.pictures.settled,
    )


class _Reader:
    """Tokens of a document → blocks."""

    def __init__(self, text: str, path: Path, roots: Roots, instead: Mapping[int, str]) -> None:
        self.instead = instead
        self.places = Places(text, path)
        self.pictures = Pictures(path, roots, self.places)
        self.lines = Lines(instead, self.places, self.pictures)
        self.tokens: Sequence[Token] = document_tokens(text)
        self.next = 0
        self.lists = 0

    def read(self) -> tuple[str, tuple[AuthorBlock, ...]]:
        """The title and the other blocks."""
        return headed(self._until(None))

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
        where = self.places.where(token)
        match token.type:
            case "paragraph_open":
                spans = self._inline()
                words = (ParagraphBlock(spans, where),) if spans else ()
                return (*words, *self.pictures.shown())
            case "heading_open":
                spans = self._inline()
                heading = (HeadingBlock(int(token.tag[1]), spans, where),) if spans else ()
                return (*heading, *self.pictures.shown())
            case "bullet_list_open" | "ordered_list_open":
                return self._list(token, where)
            case "blockquote_open":
                blocks = tuple(unheaded(self._until("blockquote_close")))
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

    def _list(self, token: Token, where: Where) -> Sequence[AuthorBlock]:
        ordered = token.type == "ordered_list_open"
        closing = "ordered_list_close" if ordered else "bullet_list_close"
        self.lists += 1
        items: list[Item] = []
        while self.next < len(self.tokens) and self.tokens[self.next].type != closing:
            opening = self.tokens[self.next]
            self.next += 1
            blocks = tuple(unheaded(self._until("list_item_close")))
            items.append(Item(blocks, self.places.where(opening)))
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
                    cells, place = [], self.places.where(token)
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
        return (*made, *self.pictures.shown())

    def _html(self, token: Token, where: Where) -> Sequence[AuthorBlock]:
        source = COMMENT.sub("", token.content)
        if not source.strip():
            return ()
        html = read_html(source, where, self.instead)
        words = bool(html.blocks)
        self.places.tell(
            "html",
            where,
            "HTML is read for its words, and its look is left out"
            if words
            else "HTML without words is left out",
            "write it as Markdown, or print the page as PDF and name that file",
        )
        return html.blocks

    def _inline(self) -> AuthorSpans:
        """The spans of the inline token that comes next; its pictures are put aside."""
        inline = self.tokens[self.next]
        self.next += 2
        return self.lines.spans(inline)
