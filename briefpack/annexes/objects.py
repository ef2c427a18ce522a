"""pypdf's objects, typed: its dictionaries may hold anything, and what was expected must be there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
)

from briefpack.annexes.geometry import Box, Matrix, View

_Kind = TypeVar("_Kind", bound=PdfObject)


class BindingError(Exception):
    """The pack came out other than planned: a fault of briefpack, never of an author."""


@dataclass(frozen=True, slots=True)
class Page:
    """An annex page in the pack. view: of its sheet. content: where on it the page's own content is, in the sheet's page space.

    moved: from the page space that the page had in its clean file to that of the sheet; None where they are the same.
    """

    ref: IndirectObject
    view: View
    content: Box
    moved: Matrix | None = None


def expect(kind: type[_Kind], item: PdfObject | None) -> _Kind:
    """The object itself, or what a reference leads to. Raises BindingError when it is of another kind."""
    found = None if item is None else item.get_object()
    if not isinstance(found, kind):
        raise BindingError(f"a {type(found).__name__} where a {kind.__name__} belongs")
    return found


def reference(item: PdfObject) -> IndirectObject:
    """The reference to an object. Raises BindingError when it stands within another one."""
    if item.indirect_reference is None:
        raise BindingError(f"a {type(item).__name__} that is no object of its own")
    return item.indirect_reference


def add(writer: PdfWriter, item: PdfObject) -> IndirectObject:
    """Make an object one of the writer's own."""
    return writer._add_object(item)  # noqa: SLF001 - pypdf's documentation names it as the way to do this


def place(page: IndirectObject, left: float | None, top: float) -> ArrayObject:
    """A destination: that corner of a page at the upper left of the window, the zoom left as it is. None: left as it is, too."""
    across = NullObject() if left is None else FloatObject(left)
    return ArrayObject([page, NameObject("/XYZ"), across, FloatObject(top), NullObject()])


def top_of(page: Page) -> ArrayObject:
    """The destination of an annex page: the upper left corner that the reader sees."""
    return place(page.ref, *page.view.top_left)


def stream_of(data: bytes) -> DecodedStreamObject:
    """A stream with that content."""
    made = DecodedStreamObject()
    made.set_data(data)
    return made


def dictionary(**entries: PdfObject) -> DictionaryObject:
    """A dictionary with these entries."""
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def numbers(*values: float) -> ArrayObject:
    """An array of numbers."""
    return ArrayObject([FloatObject(value) for value in values])
