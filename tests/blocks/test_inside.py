"""What stands in a block is found, whatever the kind of block: a walk through the fields, which knows no kind, finds the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args

from hypothesis import given

from briefpack.blocks import AuthorBlock, BesideBlock, Item, items_of, runs_of
from briefpack.pack import Pack
from tests.strategies import packs
from tests.walking import values

BLOCKS = get_args(AuthorBlock)


def outermost(value: Any, kinds: tuple[type, ...], *, below: bool = False) -> Iterator[Any]:
    """The values of these kinds in a value that stand in no other of them. below: not the value itself."""
    if isinstance(value, kinds) and not below:
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from outermost(getattr(value, one.name), kinds)
    elif isinstance(value, tuple):
        for element in value:
            yield from outermost(element, kinds)


def places(found: Iterator[Any]) -> list[tuple[str, int, int]]:
    """Where they stand, in an order of their own; every node that is made has another place."""
    return sorted((one.where.path.as_posix(), one.where.line, one.where.column) for one in found)


@given(packs())
def test_every_block_in_a_block_stands_in_one_of_its_runs(pack: Pack) -> None:
    for block in values(pack):
        if isinstance(block, BLOCKS):
            ran = (inner for run in runs_of(block) for inner in run)
            assert places(ran) == places(outermost(block, BLOCKS, below=True))


@given(packs())
def test_every_item_in_a_block_is_one_of_its_items(pack: Pack) -> None:
    for block in values(pack):
        if isinstance(block, BLOCKS):
            found = outermost(block, (Item, *BLOCKS), below=True)
            assert places(items_of(block)) == places(inner for inner in found if isinstance(inner, Item))


@given(packs())
def test_a_picture_is_read_on_its_side_of_the_text(pack: Pack) -> None:
    for block in values(pack):
        if isinstance(block, BesideBlock):
            runs = list(runs_of(block))
            assert runs.index((block.image,)) == (1 if block.right else 0)
