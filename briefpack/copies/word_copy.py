"""An audience's finished Word file → one copy for each reader, which says whose it is; the file is taken apart once, and a copy costs what differs.

Cover, foot and watermark are shapes in headers and footers (word_marks.py): no text moves, and an editor who writes in the copy does not meet them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from briefpack.copies.copy_mark import CopyError, CopyMark
from briefpack.copies.word_foot import Foot, foot
from briefpack.copies.word_marks import SHAPES, MarkWriter, own_watermark
from briefpack.copies.word_parts import DOCUMENT, LEVEL, PagePart, WordFile, page_parts
from briefpack.copies.zip_members import Member, directory, local, members, packed
from briefpack.distribution import Place
from briefpack.style import Style
from briefpack.word.package import CUSTOM_PROPERTIES_TYPE
from briefpack.word.widths import Widths
from briefpack.word.xml import Xml, escape

_CORE, _CUSTOM = "docProps/core.xml", "docProps/custom.xml"
_EMPTY_CUSTOM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"></Properties>'
)
# The one format id of custom properties (ECMA-376 part 1, 22.3.2.1); numbers 0 and 1 are taken by the format.
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST_PROPERTY = 2
_TWIPS = 20
_INTO = re.compile(r"</w:pPr>")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A member with room for what a copy says. made: that, of a mark."""

    name: str
    before: str
    after: str
    made: Callable[[CopyMark], str]

    def member(self, mark: CopyMark) -> Member:
        return packed(self.name, f"{self.before}{self.made(mark)}{self.after}".encode(), LEVEL)


@dataclass(frozen=True, slots=True)
class PreparedWord:
    """A file whose headers, footers and properties are missing, see copy()."""

    _head: bytes
    _placed: tuple[tuple[Member, int], ...]
    _pieces: tuple[_Piece, ...]

    def copy(self, mark: CopyMark) -> tuple[bytes, ...]:
        """The pieces of one reader's file, to be put one behind the other. The first one is the same object for all copies.

        The same mark gives the same bytes.
        """
        placed, end, at = list(self._placed), list[bytes](), len(self._head)
        for piece in self._pieces:
            member = piece.member(mark)
            placed.append((member, at))
            end.append(local(member))
            at += len(end[-1])
        return self._head, b"".join((*end, directory(placed, at)))


def prepare(content: bytes, places: Sequence[Place], style: Style) -> PreparedWord:
    """A file made ready for copies. content: a pack as briefpack builds it. style: that of the pack.

    The line is on the cover, at the foot of every page, or across every page. Where there is no cover, or no room on it, it is at the foot of the
    pages of the first section. Raises CopyError for any other file.
    """
    file = _opened(content)
    parts = page_parts(file)
    widths = Widths(style)
    writer = MarkWriter(widths)
    at = foot([file.text(part.name) for part in parts], widths)
    wanted = frozenset(places)
    on_cover = Place.COVER in wanted and style.cover.show and writer.cover_has_room(file.text(DOCUMENT))
    pieces: list[_Piece] = []
    for number, part in enumerate(parts):
        header = file.text(part.name)
        says = _Says(writer, part, header, at, number * SHAPES, wanted, on_cover)
        if says.anything:
            pieces.append(_split(file, part, says))
    pieces += (_core(file), _custom(file))
    changed = {piece.name for piece in pieces}
    head, placed = _laid(member for name, member in file.files.items() if name not in changed)
    return PreparedWord(head, placed, tuple(pieces))


def _opened(content: bytes) -> WordFile:
    try:
        file = WordFile({each.name: each for each in members(content)})
    except zipfile.BadZipFile:
        raise CopyError("is no Word file", "build the pack again") from None
    if DOCUMENT not in file.files or _CORE not in file.files:
        raise CopyError("is no Word file that briefpack wrote", "build the pack again")
    return file


def _laid(files: Iterable[Member]) -> tuple[bytes, tuple[tuple[Member, int], ...]]:
    """What all copies have in common, and where its members begin."""
    pieces, placed, at = list[bytes](), list[tuple[Member, int]](), 0
    for member in files:
        placed.append((Member(member.name, member.method, member.crc, member.size, member.packed), at))
        pieces.append(local(member))
        at += len(pieces[-1])
    return b"".join(pieces), tuple(placed)


# --------------------------------------------------------------------------- headers and footers


@dataclass(frozen=True, slots=True)
class _Says:
    """What a header or footer says of a copy. content: of the part. number: of its first shape."""

    writer: MarkWriter
    part: PagePart
    content: str
    at: Foot
    number: int
    places: frozenset[Place]
    on_cover: bool

    @property
    def _across(self) -> bool:
        return self.part.kind == "header" and Place.WATERMARK in self.places

    @property
    def _foot(self) -> bool:
        instead = Place.COVER in self.places and not self.on_cover and self.part.first
        return self.part.kind == "footer" and (Place.FOOTER in self.places or instead)

    @property
    def _block(self) -> bool:
        return (
            self.part.kind == "footer" and self.on_cover and self.part.first and self.part.pages == "default"
        )

    @property
    def anything(self) -> bool:
        return self._across or self._foot or self._block

    def __call__(self, mark: CopyMark) -> str:
        width, height = self.part.width / _TWIPS, self.part.height / _TWIPS
        made: list[Xml] = []
        if self._across:
            made.append(self.writer.across(mark.line, (width, height), self.content, self.number))
        if self._foot:
            made.append(self.writer.foot_line((mark.line, mark.bare), self.at, height, self.number))
        if self._block:
            made.append(self.writer.cover_block(mark.line, height, self.number + 1))
        return "".join(made)


def _split(file: WordFile, part: PagePart, made: Callable[[CopyMark], str]) -> _Piece:
    content = file.text(part.name)
    found = _INTO.search(content)
    if found is None:
        raise CopyError(f"has no paragraph in {part.name}", "build the pack again")
    at = found.end()
    if part.kind == "header" and own_watermark(content, 1, 1) is not None:
        # Word knows a kind of shape from the first one that has it.
        at = content.index("</w:pict></w:r>", at) + len("</w:pict></w:r>")
    return _Piece(part.name, content[:at], content[at:], made)


# --------------------------------------------------------------------------- properties


def _core(file: WordFile) -> _Piece:
    """The trace is the file's identifier (ECMA-376 part 2, 11.1)."""
    head, end, tail = file.text(_CORE).rpartition("</cp:coreProperties>")
    return _Piece(
        _CORE, head, end + tail, lambda mark: f"<dc:identifier>{escape(mark.trace)}</dc:identifier>"
    )


def _custom(file: WordFile) -> _Piece:
    """Line and trace stand among what the file says of itself, under the names that they have in the PDF."""
    if _CUSTOM not in file.files:
        file.add_property_part(_CUSTOM, _EMPTY_CUSTOM, "custom-properties", CUSTOM_PROPERTIES_TYPE)
    content = file.text(_CUSTOM)
    taken = [int(each) for each in re.findall(r'\bpid="(\d+)"', content)]
    number = max(taken, default=_FIRST_PROPERTY - 1) + 1
    head, end, tail = content.rpartition("</Properties>")

    def made(mark: CopyMark) -> str:
        return "".join(
            f'<property fmtid="{_FORMAT}" pid="{number + n}" name="{name}"><vt:lpwstr>{escape(said)}</vt:lpwstr></property>'
            for n, (name, said) in enumerate((("Copy", mark.line), ("CopyTrace", mark.trace)))
        )

    return _Piece(_CUSTOM, head, end + tail, made)
