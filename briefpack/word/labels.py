"""The label of a pack → what of it goes into the Word file: a custom XML part with the binding, and custom properties.

The OOXML profile of ADatP-4778.2 (chapter 5) wants one custom XML part whose root is BindingInformation, with a reference to every part of the document that its tables 5-2
and 5-3 name. How such a part hangs on the document is ECMA-376's matter (part 1, 15.2.5 and 15.2.6).
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable

from briefpack.label import Confidentiality, Label
from briefpack.label_xml import BINDING, binding_xml, sensitivity_properties

_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ITEMS = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_BOUND = tuple(
    re.compile(pattern)
    for pattern in (
        r"/word/document\.xml",
        r"/word/styles\.xml",
        r"/word/header\d*\.xml",
        r"/word/footer\d*\.xml",
        r"/word/media/.+",
        r"/word/footnotes\.xml",
        r"/docProps/core\.xml",
        r"/docProps/app\.xml",
        r"/docProps/custom\.xml",
    )
)
"""Those of the tables that a pack's file can have, in their order."""
_MEDIA = {"png": "image/png", "jpeg": "image/jpeg"}
_PARTS = uuid.uuid5(uuid.NAMESPACE_URL, BINDING)


def binding_part(label: Confidentiality, parts: Iterable[str]) -> bytes:
    """The custom XML part. parts: names of all parts of the file, "/word/document.xml"."""
    every = sorted(parts, key=_in_order)
    bound = [
        (f"pack://{name}", _MEDIA.get(name.rpartition(".")[2], ""))
        for pattern in _BOUND
        for name in every
        if pattern.fullmatch(name)
    ]
    return _HEAD + binding_xml(label, bound).encode()


def binding_properties_part(binding: bytes) -> bytes:
    """The part that says of which schema the other one is, and gives it an identifier: the same for the same content."""
    identifier = str(uuid.uuid5(_PARTS, binding.decode())).upper()
    return (
        _HEAD
        + (
            f'<ds:datastoreItem xmlns:ds="{_ITEMS}" ds:itemID="{{{identifier}}}">'
            f'<ds:schemaRefs><ds:schemaRef ds:uri="{BINDING}"/></ds:schemaRefs></ds:datastoreItem>'
        ).encode()
    )


def label_properties(label: Label | None) -> tuple[tuple[str, str], ...]:
    """Names and values of custom properties."""
    if label is None or label.sensitivity is None:
        return ()
    return sensitivity_properties(label.sensitivity)


def _in_order(name: str) -> tuple[str, int]:
    """header2 before header10."""
    number = re.search(r"(\d+)\.\w+$", name)
    return (name[: number.start()], int(number[1])) if number is not None else (name, 0)
