"""What holds paragraphs in an HTML text, while it is read: lists, items, quotations, tables with their rows and cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from briefpack.blocks import AuthorBlock, Item, ListBlock, QuoteBlock
from briefpack.document import ListKind
from briefpack.errors import Where
from briefpack.reading.html_elements import covers, first_number
from briefpack.reading.html_tables import HtmlCell, one_by_one, table

MOST_LISTS = 5
"""Lists inside each other; what is deeper stands in the last."""
MOST_QUOTES = 4


@dataclass(slots=True)
class _Holder:
    """Something that is open. items: of a list. rows: of a table. cells: of a row. cell: of a cell, whose blocks are still to come.

    presents: a table that says itself that it only arranges a page.
    """

    kind: Literal["all", "quote", "list", "item", "table", "row", "cell"]
    blocks: list[AuthorBlock] = field(default_factory=list)
    ordered: bool = False
    start: int = 1
    items: list[Item] = field(default_factory=list)
    rows: list[list[HtmlCell]] = field(default_factory=list)
    cells: list[HtmlCell] = field(default_factory=list)
    cell: HtmlCell | None = None
    presents: bool = False


class Holders:
    """Those that are open, the innermost last. where: the place of all blocks."""

    def __init__(self, where: Where) -> None:
        self._where = where
        self._open = [_Holder("all")]

    @property
    def blocks(self) -> list[AuthorBlock]:
        """Of the whole text, once all else is shut."""
        return self._open[0].blocks

    @property
    def within_words(self) -> bool:
        """Whether what comes next stands in an item or a quotation, where a heading heads nothing."""
        return any(holder.kind in {"item", "quote"} for holder in self._open)

    def open(self, tag: str, given: Mapping[str, str]) -> bool:
        """Open what an element holds its words in; whether it is one, at the place where it stands."""
        made = self._made(tag, given)
        if made is not None:
            self._open.append(made)
        return made is not None

    def _made(self, tag: str, given: Mapping[str, str]) -> _Holder | None:
        around = self._open[-1].kind
        match tag:
            case "ul" | "ol" | "menu" if self._depth("list") < MOST_LISTS:
                return _Holder("list", ordered=tag == "ol", start=first_number(given))
            case "li" if around == "list":
                return _Holder("item")
            case "blockquote" if self._depth("quote") < MOST_QUOTES:
                return _Holder("quote")
            case "table":
                return _Holder("table", presents=given.get("role") in {"presentation", "none"})
            case "tr" if around == "table":
                return _Holder("row")
            case "td" | "th" if around == "row":
                cell = HtmlCell((), covers(given, "colspan"), covers(given, "rowspan"), tag == "th")
                return _Holder("cell", cell=cell)
            case _:
                return None

    def _depth(self, kind: str) -> int:
        return sum(holder.kind == kind for holder in self._open)

    def add(self, block: AuthorBlock) -> None:
        """Put a block where it stands."""
        holder = self._open[-1]
        if holder.kind == "list":
            holder.items.append(Item((block,), self._where))
        elif holder.kind in {"table", "row"}:
            # Words between cells: they stand before the table.
            above = next(h for h in reversed(self._open) if h.kind not in {"table", "row", "list"})
            above.blocks.append(block)
        else:
            holder.blocks.append(block)

    def shut(self) -> None:
        """The innermost is complete: what it holds goes into the next one."""
        holder = self._open.pop()
        match holder.kind:
            case "quote":
                if holder.blocks:
                    self.add(QuoteBlock(tuple(holder.blocks), None, None, None, self._where))
            case "item":
                if holder.blocks:
                    self._open[-1].items.append(Item(tuple(holder.blocks), self._where))
            case "list":
                if holder.items:
                    kind = ListKind.NUMBERS if holder.ordered else ListKind.BULLETS
                    start = holder.start if holder.ordered else 1
                    self.add(ListBlock(kind, tuple(holder.items), self._where, start))
            case "cell":
                if holder.cell is not None:
                    holder.cell.blocks = tuple(holder.blocks)
                    self._open[-1].cells.append(holder.cell)
            case "row":
                if holder.cells:
                    self._open[-1].rows.append(holder.cells)
            case "table":
                made = None if holder.presents else table(holder.rows, self._where)
                for block in (made,) if made is not None else one_by_one(holder.rows):
                    self.add(block)
            case "all":
                raise AssertionError("the whole text is never shut")
