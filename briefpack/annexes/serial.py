"""pypdf's objects → the bytes of a PDF file, with every name encoded once: on its own, pypdf encodes each letter of every name anew."""

from __future__ import annotations

import io

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from briefpack.annexes.objects import dictionary, reference

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def written(writer: PdfWriter) -> bytes:
    """All objects of a writer as a file (ISO 32000-1, 7.5), streams as they are."""
    out = _Out()
    out.write(_HEADER)
    objects = writer._objects  # noqa: SLF001 - there is no other way to them
    offsets: list[int] = []
    for number, item in enumerate(objects, 1):
        if item is None:
            offsets.append(0)
            continue
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n" % number)
        out.put(item)
        out.write(b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    # An object that is none is free, and not to be used again.
    out.write(b"".join(b"%010d 00000 n \n" % at if at else b"0000000000 65535 f \n" for at in offsets))
    trailer = dictionary(Size=NumberObject(len(objects) + 1), Root=reference(writer.root_object))
    about = writer._info  # noqa: SLF001 - as above
    if about is not None:
        trailer[NameObject("/Info")] = reference(about)
    out.write(b"trailer\n")
    out.put(trailer)
    out.write(b"\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


class _Out(io.BytesIO):
    def __init__(self) -> None:
        super().__init__()
        self._names: dict[str, bytes] = {}

    def put(self, item: PdfObject) -> None:
        """Write an object."""
        match item:
            case NameObject():
                self.write(self._name(item))
            case IndirectObject():
                self.write(b"%d %d R" % (item.idnum, item.generation))
            case StreamObject():
                data: bytes = item._data  # noqa: SLF001 - as it is stored, filters and all
                item[NameObject("/Length")] = NumberObject(len(data))
                self._entries(item)
                self.write(b"\nstream\n")
                self.write(data)
                self.write(b"\nendstream")
            case DictionaryObject():
                self._entries(item)
            case ArrayObject():
                self.write(b"[")
                for value in item:
                    self.write(b" ")
                    self.put(value)
                self.write(b" ]")
            case _:
                item.write_to_stream(self)

    def _entries(self, item: DictionaryObject) -> None:
        self.write(b"<<")
        for key, value in item.items():
            self.write(b"\n")
            self.write(self._name(key))
            self.write(b" ")
            self.put(value)
        self.write(b"\n>>")

    def _name(self, name: NameObject) -> bytes:
        known = self._names.get(name)
        if known is None:
            known = self._names[name] = name.renumber()
        return known
