"""PDF files put together byte by byte, so that anything can be planted in them that no library would write."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field


def text_of(words: str, at: tuple[int, int] = (72, 700)) -> bytes:
    """A text object. words: in Latin-1."""
    return b"BT /F1 12 Tf 1 0 0 1 %d %d Tm (%s) Tj ET" % (*at, escaped(words))


def escaped(words: str) -> bytes:
    return words.encode("latin-1").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def string(words: str) -> bytes:
    return b"(" + escaped(words) + b")"


@dataclass
class Maker:
    """A file with pages of its own making. Objects 1 to 4 are the catalog, the page tree, a font and the properties.

    catalog, page, info, resources: more entries, of the first page for page and resources. before_end: bytes before the table of objects.
    """

    catalog: bytes = b""
    page: bytes = b""
    info: bytes = b""
    resources: bytes = b""
    font: bytes = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    before_end: bytes = b""
    behind: bytes = b""
    trailer: bytes = b""
    objects: dict[int, bytes] = field(default_factory=dict)
    pages: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._next = 5

    def add(self, body: bytes) -> int:
        number = self._next
        self._next += 1
        self.objects[number] = body
        return number

    def stream(self, data: bytes, entries: bytes = b"", *, packed: bool = True) -> int:
        return self.add(stream(data, entries, packed=packed))

    def add_page(self, content: bytes, entries: bytes = b"", resources: bytes = b"") -> int:
        body = self.stream(content)
        made = self.add(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>%s>>%s>>"
            % (body, resources, entries)
        )
        self.pages.append(made)
        return made

    def build(self) -> bytes:
        if not self.pages:
            self.add_page(text_of("An ordinary page"), self.page, self.resources)
        kids = b" ".join(b"%d 0 R" % number for number in self.pages)
        self.objects |= {
            1: b"<</Type/Catalog/Pages 2 0 R%s>>" % self.catalog,
            2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(self.pages), kids),
            3: self.font,
            4: b"<</Producer(maker)%s>>" % self.info,
        }
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places = {}
        for number, body in sorted(self.objects.items()):
            places[number] = len(out)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        out += self.before_end
        return bytes(out) + table(len(out), places, b"/Root 1 0 R/Info 4 0 R" + self.trailer) + self.behind


def stream(data: bytes, entries: bytes = b"", *, packed: bool = True) -> bytes:
    if packed:
        data, entries = zlib.compress(data), entries + b"/Filter/FlateDecode"
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), entries, data)


def table(start: int, places: dict[int, int], entries: bytes) -> bytes:
    """A table of objects with its trailer."""
    out = bytearray(b"xref\n0 1\n0000000000 65535 f \n")
    for number, place in sorted(places.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (max(places, default=0) + 1, entries, start)
    return bytes(out)


def updated(content: bytes, changes: dict[int, bytes]) -> bytes:
    """The file with objects replaced by an incremental update (ISO 32000-2, 7.5.6)."""
    before = int(content.rsplit(b"startxref\n", 1)[1].split()[0])
    out = bytearray(content)
    places = {}
    for number, body in sorted(changes.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return bytes(out) + table(len(out), places, b"/Root 1 0 R/Info 4 0 R/Prev %d" % before)
