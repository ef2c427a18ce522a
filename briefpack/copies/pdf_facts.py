"""What copies must know of a finished PDF: its metadata, its identifier, and of each page what is seen of it and what it paints with."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pikepdf import Array, Dictionary, Object, Pdf, Stream

from briefpack.annexes.geometry import Box, View, normal, visible_box
from briefpack.copies.copy_mark import CopyError

_RDF_END = b"</rdf:RDF>"
_COPIED = b"<xmp:Identifier"
_DEEPEST = 64
_IDENTIFIER = 16
_OF_OURS = "make copies of the file that briefpack built"


def packet_of(document: Pdf) -> bytes:
    """The XMP. Raises CopyError where it is not as briefpack writes it, or tells of a copy."""
    metadata = document.Root.get("/Metadata")
    packet = metadata.read_bytes() if isinstance(metadata, Stream) else b""
    if packet.count(_RDF_END) != 1:
        raise CopyError("has no metadata as briefpack writes it", _OF_OURS)
    if _COPIED in packet:
        raise CopyError("is a copy already", _OF_OURS)
    return packet


def identifier_of(document: Pdf) -> bytes:
    """The first identifier of a file, 16 bytes: what it was made as. Raises CopyError where it has none."""
    found = document.trailer.get("/ID")
    first = bytes(found[0]) if isinstance(found, Array) and len(found) == 2 else b""
    if len(first) != _IDENTIFIER:
        raise CopyError("has no identifier", _OF_OURS)
    return first


def _inherited(page: Object, key: str) -> object:
    """An entry that pages take from the nodes above them (ISO 32000-1, 7.7.3.4); None where nobody has it."""
    node: object = page
    for _ in range(_DEEPEST):
        if not isinstance(node, Dictionary):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    raise CopyError("has a page tree that does not end")


def resources_of(page: Object) -> Object:
    """The resources of a page, its own or those of the nodes above it."""
    held = _inherited(page, "/Resources")
    return held if isinstance(held, Dictionary) else Dictionary()


def painted_by(resources: Object) -> Object:
    """The external objects among resources."""
    held = resources.get("/XObject")
    return held if isinstance(held, Dictionary) else Dictionary()


def contents_of(page: Object) -> Sequence[Object]:
    """The streams that a page paints, in order."""
    held = page.get("/Contents")
    if held is None:
        return ()
    return list(held.as_list()) if isinstance(held, Array) else [held]


def view_of(page: Object) -> View:
    """What the reader sees of a page. Raises CopyError for one without a size."""
    media = _box(page, "/MediaBox")
    if media is None:
        raise CopyError("has a page without a size")
    return View(
        visible_box(media, _box(page, "/CropBox")),
        int(_number(_inherited(page, "/Rotate"), 0)) % 360,
        _number(page.get("/UserUnit"), 1),
    )


def _box(page: Object, key: str) -> Box | None:
    held = _inherited(page, key)
    if not isinstance(held, Array) or len(held) != 4:
        return None
    left, bottom, right, top = (_number(value, 0) for value in held.as_list())
    return normal((left, bottom, right, top))


def _number(value: object, otherwise: float) -> float:
    return float(value) if isinstance(value, (int, Decimal)) else otherwise
