"""A value in an author's file that knows its place; what YAML and CSV files become."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import Final

from briefpack.errors import Where

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class Kind(Enum):
    """SCALAR: one value; LIST: `- a`; MAP: `key: value`."""

    SCALAR = "text"
    LIST = "a list"
    MAP = "a group of keys"


_NO_ITEMS: Final[list[Node]] = []
_NO_NODES: Final[dict[str, Node]] = {}
"""Shared by all nodes that have none; nothing is ever put into them."""


class Node:
    """text: of a SCALAR, raw. plain: written without quotes and not as a block. block: written with | or >.

    items: of a LIST. keys, values: of a MAP, in order; keys are SCALARs, unique. line, column: 1-based; last: the
    1-based line it ends on, where it is a SCALAR. lines: of the whole file, () where there is none.
    size: how many values it holds, itself included. height: how many levels are below it. faulty: something is wrong with it that has been reported;
    nothing more shall be said about it.
    """

    __slots__ = (
        "block",
        "column",
        "faulty",
        "height",
        "items",
        "keys",
        "kind",
        "last",
        "line",
        "lines",
        "path",
        "plain",
        "size",
        "text",
        "values",
    )

    def __init__(
        self,
        kind: Kind,
        path: Path,
        line: int,
        column: int,
        text: str = "",
        *,
        plain: bool = False,
        block: bool = False,
        last: int = 0,
        lines: Sequence[str] = (),
    ) -> None:
        self.kind = kind
        self.path = path
        self.line = line
        self.column = column
        self.text = text
        self.plain = plain
        self.block = block
        self.last = last
        self.lines = lines
        self.items: list[Node] = [] if kind is Kind.LIST else _NO_ITEMS
        self.keys: dict[str, Node] = {} if kind is Kind.MAP else _NO_NODES
        self.values: dict[str, Node] = {} if kind is Kind.MAP else _NO_NODES
        self.size = 1
        self.height = 0
        self.faulty = False

    def __repr__(self) -> str:
        what: object = {Kind.SCALAR: self.text, Kind.LIST: self.items, Kind.MAP: self.values}[self.kind]
        return f"Node({self.line}:{self.column} {what!r})"

    @property
    def where(self) -> Where:
        return Where(self.path, self.line, self.column)

    @property
    def is_null(self) -> bool:
        """`~`, `null` or nothing at all, written plain."""
        return self.plain and self.text in _NULLS

    def get(self, key: str) -> Node | None:
        """A MAP's value that is neither null nor faulty."""
        node = self.values.get(key)
        return None if node is None or node.faulty or (node.plain and node.text in _NULLS) else node

    def scalar(self, key: str) -> Node | None:
        """The value of a key where it is a SCALAR and not null."""
        node = self.get(key)
        return node if node is not None and node.kind is Kind.SCALAR else None

    def is_true(self, key: str) -> bool:
        """Whether the value of a key is `true`."""
        value = self.scalar(key)
        return value is not None and value.text == "true"

    def group(self, key: str) -> Node | None:
        """The value of a key where it is a MAP."""
        node = self.values.get(key)
        return node if node is not None and node.kind is Kind.MAP else None

    def listed(self, key: str) -> Sequence[Node]:
        """The items under a key where they are a LIST; none otherwise."""
        node = self.values.get(key)
        return node.items if node is not None else ()

    def at(self, steps: Sequence[str | int]) -> Where:
        """Where a path of keys and indices leads; as deep as it can be followed. A key that is there leads to its value."""
        node = self
        for step in steps:
            below: Node | None = None
            if isinstance(step, int):
                if step < len(node.items):
                    below = node.items[step]
            else:
                below = node.values.get(step)
            if below is None:
                break
            node = below
        return node.where

    def walk(self) -> Iterator[Node]:
        """Yield the node and all below it."""
        yield self
        for node in (*self.items, *self.values.values()):
            yield from node.walk()
