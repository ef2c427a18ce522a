"""The outline of the body and those of the annexes → one tree of bookmarks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from briefpack.annex import OutlineNode
from briefpack.annexes.objects import Page, add, dictionary, top_of


@dataclass(slots=True)
class Bookmark:
    """to: an explicit destination, None when it leads nowhere."""

    title: str
    to: ArrayObject | None
    children: list[Bookmark]


def below(nodes: Iterable[OutlineNode], pages: Sequence[Page]) -> list[Bookmark]:
    """The bookmarks of an annex, leading to its pages in the pack."""
    return [
        Bookmark(
            node.title, None if node.page is None else top_of(pages[node.page]), below(node.children, pages)
        )
        for node in nodes
    ]


def as_tree(entries: Iterable[tuple[int, Bookmark]]) -> list[Bookmark]:
    """Entries with their levels, in order, as a tree; one of a level that was skipped hangs below the nearest higher one."""
    top: list[Bookmark] = []
    open_entries: list[tuple[int, Bookmark]] = []
    for level, entry in entries:
        while open_entries and open_entries[-1][0] >= level:
            open_entries.pop()
        (open_entries[-1][1].children if open_entries else top).append(entry)
        open_entries.append((level, entry))
    return top


def write(writer: PdfWriter, top: Sequence[Bookmark]) -> None:
    """Give the document this outline. Children are closed: a reader sees the contents' first level and opens what he looks for."""
    if not top:
        return
    root = dictionary(Type=NameObject("/Outlines"), Count=NumberObject(len(top)))
    ref = add(writer, root)
    _write(writer, root, ref, top)
    writer.root_object[NameObject("/Outlines")] = ref


def _write(
    writer: PdfWriter, parent: DictionaryObject, parent_ref: IndirectObject, items: Sequence[Bookmark]
) -> None:
    made = [dictionary(Title=TextStringObject(item.title), Parent=parent_ref) for item in items]
    refs = [add(writer, item) for item in made]
    for number, (item, written) in enumerate(zip(items, made, strict=True)):
        if number > 0:
            written[NameObject("/Prev")] = refs[number - 1]
        if number + 1 < len(refs):
            written[NameObject("/Next")] = refs[number + 1]
        if item.to is not None:
            written[NameObject("/Dest")] = item.to
        if item.children:
            _write(writer, written, refs[number], item.children)
            written[NameObject("/Count")] = NumberObject(-len(item.children))
    parent[NameObject("/First")], parent[NameObject("/Last")] = refs[0], refs[-1]
