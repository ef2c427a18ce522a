"""The tags of an annex in the terms of PDF 1.7 alone: elements, and the marks and annotations that they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from briefpack.annexes.cleaning.marks import Key, Marked

Place: TypeAlias = tuple[Key, int]
"""A mark: the object whose content it is in, and its number."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked content. owner: the page or form it is in. page: 0-based; of pages that were left out, the number of pages and up."""

    owner: Key
    number: int
    page: int


@dataclass(frozen=True, slots=True)
class Target:
    """An annotation, by its object."""

    annotation: Key


Kid: TypeAlias = "Element | Mark | Target"


@dataclass(slots=True)
class Element:
    """kind: of PDF 1.7, without its slash. texts: by key, as "/Alt". attributes: one dictionary each, of plain values.

    name: the ID by which others refer to it. headers: the IDs of a cell's headers.
    """

    kind: str
    kids: list[Kid] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    attributes: list[dict[str, object]] = field(default_factory=list)
    name: bytes | None = None
    headers: list[bytes] = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def all(self) -> Iterator[Element]:
        """The element itself and all below, in reading order."""
        yield self
        for kid in self.elements:
            yield from kid.all()

    def attribute(self, key: str) -> object:
        """The value of an attribute; the last one given counts."""
        return next((held[key] for held in reversed(self.attributes) if key in held), None)

    @property
    def page(self) -> int | None:
        """The page of the first mark below it."""
        for kid in self.kids:
            found = kid.page if isinstance(kid, (Mark, Element)) else None
            if found is not None:
                return found
        return None


@dataclass(frozen=True, slots=True)
class Tags:
    """top: a Div. pages: the marks of every page."""

    top: Element
    pages: tuple[Marked, ...]


def is_heading(element: Element) -> bool:
    """Whether it is a heading with a level."""
    return len(element.kind) == 2 and element.kind[0] == "H" and element.kind[1].isdigit()
