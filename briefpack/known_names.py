"""Every name of a pack that a reference may use, with its place; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from briefpack.blocks import AuthorBlock, NumberedBlock, NumberedItem, PeopleBlock, items_of, walk
from briefpack.errors import Where
from briefpack.pack import Pack


def known_names(pack: Pack) -> Mapping[str, Where]:
    """Of the whole pack, so that a reference to what is withheld can be told from one to what does not exist; of a selection, what is left."""
    names: dict[str, Where] = {}
    for section in pack.sections:
        names.setdefault(section.id, section.where)
        for part in section.parts:
            names.update(_names_in(part.blocks))
        names.update(_names_in(section.blocks))
    for annex in pack.annexes:
        names.setdefault(annex.id, annex.where)
        names.setdefault(annex.path.stem, annex.where)
    return names


def _names_in(blocks: Iterable[AuthorBlock]) -> Iterator[tuple[str, Where]]:
    for block in walk(blocks):
        if block.id is not None:
            yield block.id, block.where
        yield from ((item.id, item.where) for item in items_of(block) if item.id is not None)
        if isinstance(block, NumberedBlock):
            yield from _names_in_numbered(block.items)
        if isinstance(block, PeopleBlock):
            yield from ((person.id, person.where) for person in block.people if person.id is not None)


def _names_in_numbered(items: Iterable[NumberedItem]) -> Iterator[tuple[str, Where]]:
    for item in items:
        if item.id is not None:
            yield item.id, item.where
        yield from _names_in_numbered(item.children)
