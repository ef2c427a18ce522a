"""Checked nodes → an author's blocks; reports what a shape cannot know and goes on past what was reported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from briefpack.document import ImageData, ListKind
from briefpack.errors import Where
from briefpack.images import ImageError, load_image
from briefpack.pack import (
    EVERYBODY,
    AgendaBlock,
    AgendaItem,
    AuthorBlock,
    AuthorSpans,
    CalloutBlock,
    HeadingBlock,
    ImageBlock,
    Item,
    Limits,
    ListBlock,
    NumberedBlock,
    NumberedItem,
    PageBreakBlock,
    ParagraphBlock,
    Reference,
)
from briefpack.reading.markdown import read_blocks, read_spans
from briefpack.reading.paths import Roots
from briefpack.reading.schema import BLOCK
from briefpack.reading.shape import Report, suggestion, to_datetime, to_share
from briefpack.reading.yaml_tree import Kind, Node


@dataclass(slots=True)
class Desk:
    """What every reader of a pack's parts shares. ids: every id with the place that took it first.

    inputs: files read on the way.
    """

    report: Report
    roots: Roots
    audiences: tuple[str, ...]
    ids: dict[str, Where] = field(default_factory=dict)
    inputs: list[Path] = field(default_factory=list)

    def claim(self, name: str, where: Where, what: str) -> None:
        """Take an id, or report who has it."""
        first = self.ids.get(name)
        if first is None:
            self.ids[name] = where
            return
        self.report.error(
            where,
            f"the {what} `{name}` is taken already; the first is at {first}",
            "references need different names: give one of them another `id`",
        )

    def limits(self, node: Node) -> Limits:
        """The audiences and tags of a group."""
        audiences = self._audiences(node.get("audiences"))
        tags = names(node.get("tags"))
        if audiences is None and tags is None:
            return EVERYBODY
        return Limits(audiences, tags)

    def _audiences(self, node: Node | None) -> tuple[str, ...] | None:
        wanted: list[str] = []
        excluded: list[str] = []
        if node is None:
            return None
        for entry in _scalars(node):
            negative = entry.text.startswith("not ")
            name = entry.text.removeprefix("not ").strip()
            if name not in self.audiences:
                self.report.error(
                    entry.where,
                    f"there is no audience `{name}` in this pack",
                    suggestion(name, self.audiences, "audiences"),
                )
                continue
            (excluded if negative else wanted).append(name)
        if wanted and excluded:
            self.report.error(
                node.where,
                "a limit names either who gets it or who does not",
                "write [minister, staff] or [not press]",
            )
        if wanted:
            return tuple(dict.fromkeys(wanted))
        return tuple(name for name in self.audiences if name not in excluded)


def _scalars(node: Node) -> list[Node]:
    if node.kind is Kind.SCALAR:
        return [node]
    return [item for item in node.items if item.kind is Kind.SCALAR and not item.is_null]


def names(node: Node | None) -> tuple[str, ...] | None:
    """A list of names, or a single one; None when there is no node."""
    return None if node is None else tuple(dict.fromkeys(n.text.strip() for n in _scalars(node)))


def scalar(node: Node, key: str) -> str:
    """A key's text, "" when it is absent or no text (reported by the shape)."""
    value = node.get(key)
    return value.text.strip() if value is not None and value.kind is Kind.SCALAR else ""


def optional_spans(desk: Desk, node: Node, key: str) -> AuthorSpans | None:
    """A key's text as spans, None when it is absent."""
    value = node.get(key)
    if value is None or value.kind is not Kind.SCALAR or not value.text.strip():
        return None
    return read_spans(value, desk.report, f"`{key}`")


def blocks_of(desk: Desk, node: Node | None) -> tuple[AuthorBlock, ...]:
    """A list of blocks."""
    if node is None or node.kind is not Kind.LIST:
        return ()
    found: list[AuthorBlock] = []
    for item in node.items:
        found.extend(_block(desk, item))
    return tuple(found)


def text_blocks(desk: Desk, node: Node | None) -> tuple[AuthorBlock, ...]:
    """A Markdown text's blocks."""
    if node is None or node.kind is not Kind.SCALAR:
        return ()
    return read_blocks(node, desk.report)


def _block(desk: Desk, node: Node) -> tuple[AuthorBlock, ...]:
    if node.kind is Kind.SCALAR:
        return text_blocks(desk, node)
    if node.kind is not Kind.MAP:
        return ()
    kind = BLOCK.kind(node)
    if kind is None:
        return ()
    name = scalar(node, "id") or None
    if name is not None:
        desk.claim(name, node.values["id"].where, "id")
    limits = desk.limits(node)
    value = node.values[kind]
    read = _READERS[kind]
    return read(desk, node, value, name, limits)


def _text(desk: Desk, node: Node, value: Node, name: str | None, limits: Limits) -> tuple[AuthorBlock, ...]:
    blocks = text_blocks(desk, value)
    if limits is not EVERYBODY:
        blocks = tuple(replace(block, limits=limits) for block in blocks)
    if name is not None and blocks:
        blocks = (replace(blocks[0], id=name), *blocks[1:])
    if not blocks and not value.is_null:
        desk.report.warning(node.where, "this text is empty", "write something, or delete it")
    return blocks


def _heading(
    desk: Desk, node: Node, value: Node, name: str | None, limits: Limits
) -> tuple[AuthorBlock, ...]:
    if value.kind is not Kind.SCALAR:
        return ()
    level = scalar(node, "level")
    return (
        HeadingBlock(
            int(level) if level in ("2", "3", "4") else 2,
            read_spans(value, desk.report, "a heading"),
            node.where,
            name,
            limits,
        ),
    )


def items_of(desk: Desk, node: Node | None, kind: ListKind) -> tuple[Item, ...]:
    """List items; items below an item become a list inside it, of the same kind."""
    if node is None or node.kind is not Kind.LIST:
        return ()
    found: list[Item] = []
    for entry in node.items:
        if entry.kind is Kind.SCALAR and not entry.is_null:
            found.append(Item(text_blocks(desk, entry), entry.where))
        elif entry.kind is Kind.MAP:
            blocks = list(text_blocks(desk, entry.get("text")))
            below = entry.get("items")
            if below is not None:
                inner = items_of(desk, below, kind)
                if inner:
                    blocks.append(ListBlock(kind, inner, below.where))
            name = scalar(entry, "id") or None
            if name is not None:
                desk.claim(name, entry.values["id"].where, "id")
            found.append(Item(tuple(blocks), entry.where, name, desk.limits(entry)))
    return tuple(found)


def _list(desk: Desk, node: Node, value: Node, name: str | None, limits: Limits) -> tuple[AuthorBlock, ...]:
    style = scalar(node, "style")
    kind = ListKind(style) if style in {k.value for k in ListKind} else ListKind.BULLETS
    start = scalar(node, "start")
    items = items_of(desk, value, kind)
    if not items:
        return ()
    return (ListBlock(kind, items, node.where, int(start) if start.isdecimal() else 1, name, limits),)


def numbered_of(desk: Desk, node: Node | None) -> tuple[NumberedItem, ...]:
    """Numbered paragraphs: a list of items, or a text in which each paragraph gets a number."""
    if node is None:
        return ()
    if node.kind is Kind.SCALAR:
        return _numbered_text(desk, text_blocks(desk, node))
    found: list[NumberedItem] = []
    for entry in node.items:
        if entry.kind is Kind.SCALAR and not entry.is_null:
            found.append(
                NumberedItem(read_spans(entry, desk.report, "a numbered paragraph"), (), entry.where)
            )
        elif entry.kind is Kind.MAP:
            name = scalar(entry, "id") or None
            if name is not None:
                desk.claim(name, entry.values["id"].where, "id")
            text = entry.get("text")
            spans = (
                read_spans(text, desk.report, "a numbered paragraph")
                if text is not None and text.kind is Kind.SCALAR
                else ()
            )
            children = entry.get("items")
            below = numbered_of(desk, children) if children is not None and children.kind is Kind.LIST else ()
            found.append(NumberedItem(spans, below, entry.where, name, desk.limits(entry)))
    return tuple(found)


def _numbered_text(desk: Desk, blocks: tuple[AuthorBlock, ...]) -> tuple[NumberedItem, ...]:
    found: list[NumberedItem] = []
    for block in blocks:
        match block:
            case ParagraphBlock():
                found.append(NumberedItem(block.spans, (), block.where))
            case ListBlock() if found:
                children = tuple(child for item in block.items for child in _numbered_text(desk, item.blocks))
                last = found[-1]
                found[-1] = replace(last, children=(*last.children, *children))
            case _:
                desk.report.error(
                    block.where,
                    "only paragraphs, and lists behind one, can be numbered paragraphs",
                    "put headings and other blocks between `numbered` blocks",
                )
    return tuple(found)


def _numbered(
    desk: Desk, node: Node, value: Node, name: str | None, limits: Limits
) -> tuple[AuthorBlock, ...]:
    items = numbered_of(desk, value)
    return (NumberedBlock(items, node.where, name, limits),) if items else ()


def _image(desk: Desk, node: Node, value: Node, name: str | None, limits: Limits) -> tuple[AuthorBlock, ...]:
    if value.kind is not Kind.SCALAR:
        return ()
    path = desk.roots.file(value, desk.report, "picture")
    if path is None:
        return ()
    desk.inputs.append(path)
    try:
        data: ImageData = load_image(path)
    except ImageError as error:
        desk.report.error(value.where, f"“{value.text}”: {error.fact}", error.remedy)
        return ()
    width = node.get("width")
    return (
        ImageBlock(
            path,
            data,
            scalar(node, "alt"),
            to_share(width) if width is not None else None,
            optional_spans(desk, node, "caption"),
            optional_spans(desk, node, "source"),
            node.where,
            name,
            limits,
        ),
    )


def _callout(
    desk: Desk, node: Node, value: Node, name: str | None, limits: Limits
) -> tuple[AuthorBlock, ...]:
    return (
        CalloutBlock(optional_spans(desk, node, "title"), text_blocks(desk, value), node.where, name, limits),
    )


def agenda_of(
    desk: Desk, node: Node, limits: Limits, name: str | None = None, where: Where | None = None
) -> AgendaBlock:
    """A day, or a run of agenda items."""
    day = to_datetime(scalar(node, "date"))
    items: list[AgendaItem] = []
    entries = node.get("items")
    for entry in entries.items if entries is not None else ():
        if entry.kind is not Kind.MAP:
            continue
        brief = entry.get("brief")
        items.append(
            AgendaItem(
                scalar(entry, "time"),
                optional_spans(desk, entry, "item") or (),
                optional_spans(desk, entry, "detail"),
                optional_spans(desk, entry, "lead"),
                tuple(Reference(n.text.strip(), None, (), n.where) for n in _scalars(brief)) if brief else (),
                entry.where,
                desk.limits(entry),
            )
        )
    return AgendaBlock(
        day.date() if day else None,
        optional_spans(desk, node, "note"),
        tuple(items),
        where or node.where,
        name,
        limits,
    )


def _agenda(desk: Desk, node: Node, value: Node, name: str | None, limits: Limits) -> tuple[AuthorBlock, ...]:
    return (agenda_of(desk, value, limits, name, node.where),) if value.kind is Kind.MAP else ()


def _page_break(
    desk: Desk,  # noqa: ARG001  the readers are called alike
    node: Node,
    value: Node,
    name: str | None,
    limits: Limits,
) -> tuple[AuthorBlock, ...]:
    return (PageBreakBlock(node.where, name, limits),) if value.text == "true" else ()


def _table(desk: Desk, node: Node, value: Node, name: str | None, limits: Limits) -> tuple[AuthorBlock, ...]:
    from briefpack.reading.read_table import read_table  # noqa: PLC0415  tables hold text as blocks do

    table = read_table(desk, node, value, name, limits)
    return () if table is None else (table,)


_READERS: Mapping[str, Callable[[Desk, Node, Node, str | None, Limits], tuple[AuthorBlock, ...]]] = {
    "text": _text,
    "heading": _heading,
    "list": _list,
    "numbered": _numbered,
    "table": _table,
    "image": _image,
    "callout": _callout,
    "agenda": _agenda,
    "page_break": _page_break,
}
