"""What the entries of a PDF's dictionaries hold where they may hold one value or several, whoever wrote them; with pikepdf's objects."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Object, Stream


def several(value: object) -> list[object]:
    """The items of an array, or a value that stands for itself; nothing for an entry that is not there."""
    if value is None:
        return []
    return items_of(value) if isinstance(value, Array) else [value]


def items_of(value: object) -> list[object]:
    """The items of an array; nothing for whatever else stands in its place."""
    return list(value) if isinstance(value, Array) else []


def dictionaries(value: object) -> list[Dictionary]:
    """Of an entry that holds one dictionary or an array of them, those that are there."""
    return [item for item in several(value) if isinstance(item, Dictionary)]


def annotations_of(page: Object) -> list[Dictionary]:
    """The annotations of a page; readers take them from an array only (ISO 32000-2, table 31)."""
    return [item for item in items_of(page.get("/Annots")) if isinstance(item, Dictionary)]


def content_streams(holder: Object) -> list[Stream]:
    """The content of a form or a glyph, which is the stream itself, or of a page: its parts, in order (ISO 32000-2, 7.8.2)."""
    held = [holder] if isinstance(holder, Stream) else several(holder.get("/Contents"))
    return [part for part in held if isinstance(part, Stream)]


def content_size(holder: Object) -> int:
    """Bytes of all the content of a page or a form. Raises pikepdf.PdfError."""
    return sum(len(part.read_bytes()) for part in content_streams(holder))


def content_bytes(holder: Object) -> bytes:
    """The content as one. A part may end between any two words, and the next one then begins a new word. Raises pikepdf.PdfError."""
    return b"\n".join(part.read_bytes() for part in content_streams(holder))
