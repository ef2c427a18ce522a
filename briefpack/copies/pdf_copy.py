"""An audience's finished PDF → one copy for each reader, which says whose it is; the file is read and drawn once, and a copy costs what differs.

What a copy says is painted by forms that all pages share, as furniture (artifacts): screen readers pass it over, search and extraction find it.
"""

from __future__ import annotations

import hashlib
import uuid
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from briefpack.copies.copy_mark import CopyError, CopyMark
from briefpack.copies.forms import Drawn, Fonts, Form
from briefpack.copies.little_font import FontParts, FontSource
from briefpack.copies.pdf_base import Overlaid, overlay
from briefpack.copies.pdf_end import Base, end_of, stream, text
from briefpack.copies.set_line import LineSetter
from briefpack.distribution import Place
from briefpack.style import Style

_END = b"</rdf:RDF>"
_SAID = """ <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
  <xmp:Identifier><rdf:Bag><rdf:li>{trace}</rdf:li></rdf:Bag></xmp:Identifier>
  <xmp:Label>{line}</xmp:Label>
  <xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID>
  <xmpMM:InstanceID>uuid:{instance}</xmpMM:InstanceID>
 </rdf:Description>
"""
"""Properties that XMP knows itself (XMP specification of September 2005, chapter 4), so that archives need no description of them."""


def prepare(content: bytes, places: Sequence[Place], style: Style) -> PreparedPdf:
    """A file made ready for copies. content: a pack as briefpack builds it, not encrypted and not a copy. style: that of the pack.

    Raises CopyError for any other file.
    """
    setter = LineSetter(style)
    made = overlay(content, frozenset(places), style)
    return PreparedPdf(made.base, made, setter, hashlib.sha256(made.base.head).digest())


@dataclass(frozen=True, slots=True)
class PreparedPdf:
    """A file to which an end is missing, see copy()."""

    base: Base
    _overlaid: Overlaid
    _setter: LineSetter
    _digest: bytes = field(repr=False)

    def copy(self, mark: CopyMark) -> tuple[bytes, ...]:
        """The pieces of one reader's file, to be put one behind the other. The first one is the same object for all copies.

        The same mark gives the same bytes. A line that the style's fonts cannot set gives way to the next one of CopyMark.lines.
        """
        line = self.printed(mark)
        objects: dict[int, bytes] = {}
        drawn = {
            number: tuple(form.drawn(self._setter, line, mark.bare))
            for number, form in self._overlaid.forms.items()
        }
        fonts, names = self._fonts(drawn.values(), objects)
        for number, form in self._overlaid.forms.items():
            objects[number] = _form_object(form, drawn[number], fonts, names)
        info = self.base.size + len(objects) - len(self._overlaid.forms)
        digest = self._instance(mark, line, objects)
        objects[info] = self._info(mark)
        objects[self._overlaid.metadata] = self._metadata(mark, digest)
        return self.base.head, end_of(self.base, objects, info, (self._overlaid.identifier, digest))

    def printed(self, mark: CopyMark) -> str:
        """The line of CopyMark.lines that stands on the pages: the first that the fonts of all its places can set. Raises CopyError where there is none."""
        roles = {form.role for form in self._overlaid.forms.values()}
        for line in mark.lines:
            if all(self._setter.can_set(line, role) for role in roles):
                return line
        raise CopyError(
            f"cannot be marked as {mark.bare}: the style's fonts have no such letters",
            "name a family that has digits and Latin letters under fonts: in the style",
        )

    # ----------------------------------------------------------------------- what is painted

    def _fonts(self, drawn: Iterable[Sequence[Drawn]], objects: dict[int, bytes]) -> tuple[Fonts, bytes]:
        """The fonts of a copy, written to its objects; and the dictionary of all of them."""
        letters: dict[FontSource, set[str]] = {}
        for line in (each.line for lines in drawn for each in lines):
            for source, found in line.letters().items():
                letters.setdefault(source, set()).update(found)
        fonts: dict[FontSource, tuple[bytes, Mapping[str, int]]] = {}
        entries = b""
        for index, (source, found) in enumerate(letters.items()):
            parts = source.take(found)
            number = self.base.size + len(objects)
            objects.update(_font_objects(number, parts))
            name = b"/F%d" % index
            fonts[source] = (name, parts.codes)
            entries += b"%s %d 0 R" % (name, number)
        return fonts, b"<<%s>>" % entries

    # ----------------------------------------------------------------------- what is said of the file

    def _instance(self, mark: CopyMark, line: str, objects: Mapping[int, bytes]) -> bytes:
        """The identifier of a copy: another one for other content."""
        made = hashlib.sha256(self._digest)
        for said in (mark.trace, mark.line, line, *map(str, objects)):
            made.update(said.encode() + b"\0")
        for content in objects.values():
            made.update(content)
        return made.digest()[:16]

    def _info(self, mark: CopyMark) -> bytes:
        entries = self._overlaid.info + b"/Copy %s/CopyTrace %s" % (text(mark.line), text(mark.trace))
        return b"<<%s>>" % entries

    def _metadata(self, mark: CopyMark, digest: bytes) -> bytes:
        said = _SAID.format(
            trace=escape(mark.trace),
            line=escape(mark.line),
            document=uuid.UUID(bytes=self._overlaid.identifier),
            instance=uuid.UUID(bytes=digest),
        )
        packet = self._overlaid.packet.replace(_END, said.encode() + _END)
        return stream(b"/Type/Metadata/Subtype/XML", packet)


def _form_object(form: Form, drawn: Sequence[Drawn], fonts: Fonts, names: bytes) -> bytes:
    """names: the dictionary of the fonts."""
    left, bottom, right, top = form.box
    states = b"/ExtGState<</G<</Type/ExtGState/BM/Multiply>>>>" if form.see_through else b""
    entries = (
        b"/Type/XObject/Subtype/Form/BBox[%.2f %.2f %.2f %.2f]/Resources<</Font%s%s>>/Filter/FlateDecode"
        % (left, bottom, right, top, names, states)
    )
    return stream(entries, zlib.compress(form.operators(drawn, fonts), 9))


def _font_objects(number: int, parts: FontParts) -> Mapping[int, bytes]:
    """The five objects of a font, from a number on."""
    return {
        number: b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        % (parts.name, number + 1, number + 4),
        number + 1: b"<<%s/FontDescriptor %d 0 R>>" % (parts.font, number + 2),
        number + 2: b"<<%s/FontFile2 %d 0 R>>" % (parts.descriptor, number + 3),
        number + 3: stream(b"/Length1 %d/Filter/FlateDecode" % parts.length, parts.file),
        number + 4: stream(b"/Filter/FlateDecode", parts.unicode),
    }
