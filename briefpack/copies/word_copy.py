"""An audience's finished Word file → one copy for each reader, which says whose it is; the file is taken apart once, and a copy costs what differs.

Cover, foot and watermark are shapes in headers and footers (word_marks.py): no text moves, and an editor who writes in the copy does not meet them.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from briefpack.copies.copy_mark import CopyError, CopyMark
from briefpack.copies.word_foot import Foot, foot
from briefpack.copies.word_marks import SHAPES, MarkWriter, across_opening, box_opening, own_watermark
from briefpack.copies.word_parts import DOCUMENT, LEVEL, PagePart, WordFile, page_parts
from briefpack.copies.zip_members import Member, ending, listed, local, members, packed_piece
from briefpack.distribution import Place
from briefpack.style import Style
from briefpack.word.package import CUSTOM_PROPERTIES_TYPE
from briefpack.word.widths import Widths
from briefpack.word.xml import escape

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


Maker: TypeAlias = Callable[[CopyMark], str]
"""What a copy says somewhere."""


@dataclass(frozen=True, slots=True)
class _Template:
    """A member with gaps. fixed: what is before, between and behind them, as it is and packed. gaps: the numbers of their makers."""

    name: str
    fixed: tuple[tuple[bytes, bytes], ...]
    gaps: tuple[int, ...]

    def member(self, said: Sequence[tuple[bytes, bytes]]) -> Member:
        """said: by each maker, as it is and packed."""
        first, *others = self.fixed
        crc, size, pieces = zlib.crc32(first[0]), len(first[0]), [first[1]]
        for gap, fixed in zip(self.gaps, others, strict=True):
            for content, small in (said[gap], fixed):
                crc = zlib.crc32(content, crc)
                size += len(content)
                pieces.append(small)
        return Member(self.name, 8, crc, size, b"".join(pieces))


@dataclass(frozen=True, slots=True)
class PreparedWord:
    """A file whose headers, footers and properties have gaps, see copy(). Parts for pages of one size say the same, which is packed once a copy."""

    _head: bytes
    _listing: bytes
    _count: int
    _templates: tuple[_Template, ...]
    _makers: tuple[Maker, ...]

    def copy(self, mark: CopyMark) -> tuple[bytes, ...]:
        """The pieces of one reader's file, to be put one behind the other. The first one is the same object for all copies.

        The same mark gives the same bytes.
        """
        said = [make(mark).encode() for make in self._makers]
        both = [(each, packed_piece(each, LEVEL, last=False)) for each in said]
        pieces, listing, at = list[bytes](), [self._listing], len(self._head)
        for template in self._templates:
            member = template.member(both)
            listing.append(listed(member, at))
            pieces.append(local(member))
            at += len(pieces[-1])
        count, size = self._count + len(self._templates), sum(map(len, listing))
        return self._head, b"".join((*pieces, *listing, ending(count, size, at)))


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
    gaps = _Gaps(writer, at, wanted, on_cover)
    templates = [
        _template(part.name, *_divided(file, part), openings)
        for number, part in enumerate(parts)
        if (openings := gaps.of(part, file.text(part.name), number * SHAPES))
    ]
    templates += (_core(file, gaps), _custom(file, gaps))
    changed = {each.name for each in templates}
    pieces, listing, here = list[bytes](), list[bytes](), 0
    for name, member in file.files.items():
        if name not in changed:
            listing.append(listed(member, here))
            pieces.append(local(member))
            here += len(pieces[-1])
    makers = tuple(gaps.makers.values())
    return PreparedWord(b"".join(pieces), b"".join(listing), len(listing), tuple(templates), makers)


def _opened(content: bytes) -> WordFile:
    try:
        file = WordFile({each.name: each for each in members(content)})
    except zipfile.BadZipFile:
        raise CopyError("is no Word file", "build the pack again") from None
    if DOCUMENT not in file.files or _CORE not in file.files:
        raise CopyError("is no Word file that briefpack wrote", "build the pack again")
    return file


# --------------------------------------------------------------------------- headers and footers


@dataclass(slots=True)
class _Gaps:
    """What is said in which parts. makers: by what their words depend on, in the order of their numbers."""

    writer: MarkWriter
    at: Foot
    places: frozenset[Place]
    on_cover: bool
    makers: dict[Hashable, Maker] = field(default_factory=dict)

    def number(self, key: Hashable, maker: Maker) -> int:
        """Of a maker; the same for the same key."""
        self.makers.setdefault(key, maker)
        return list(self.makers).index(key)

    def of(self, part: PagePart, content: str, number: int) -> tuple[tuple[str, int], ...]:
        """The shapes that a header or footer gets: the beginning of each, and the number of the maker of the rest. number: of the first shape."""
        width, height = part.width / _TWIPS, part.height / _TWIPS
        if part.kind == "header":
            return self._across((width, height), content, number) if Place.WATERMARK in self.places else ()
        found: list[tuple[str, int]] = []
        instead = Place.COVER in self.places and not self.on_cover and part.first
        if Place.FOOTER in self.places or instead:
            made = self.number(
                ("foot", height), lambda mark: self.writer.foot_line((mark.line, mark.bare), self.at, height)
            )
            found.append((box_opening(number), made))
        if self.on_cover and part.first and part.pages == "default":
            made = self.number("cover", lambda mark: self.writer.cover_block(mark.line, height))
            found.append((box_opening(number + 1), made))
        return tuple(found)

    def _across(self, sheet: tuple[float, float], content: str, number: int) -> tuple[tuple[str, int], ...]:
        own = own_watermark(content, *sheet)
        found: list[tuple[str, int]] = []
        for n in range(1 if own is None else 2):

            def made(mark: CopyMark, n: int = n) -> str:
                return self.writer.across(mark.line, sheet, own)[n]

            opening = across_opening(number + n, typed=own is None)
            found.append((opening, self.number(("across", sheet, own, n), made)))
        return tuple(found)


def _divided(file: WordFile, part: PagePart) -> tuple[str, str]:
    """A header or footer before and behind the place where shapes are put."""
    content = file.text(part.name)
    found = _INTO.search(content)
    if found is None:
        raise CopyError(f"has no paragraph in {part.name}", "build the pack again")
    at = found.end()
    if part.kind == "header" and own_watermark(content, 1, 1) is not None:
        # Word knows a kind of shape from the first one that has it.
        at = content.index("</w:pict></w:r>", at) + len("</w:pict></w:r>")
    return content[:at], content[at:]


def _template(name: str, before: str, behind: str, openings: Sequence[tuple[str, int]]) -> _Template:
    texts = [before + openings[0][0], *(opening for opening, _ in openings[1:]), behind]
    fixed = tuple(
        (each.encode(), packed_piece(each.encode(), LEVEL, last=n == len(texts) - 1))
        for n, each in enumerate(texts)
    )
    return _Template(name, fixed, tuple(number for _, number in openings))


# --------------------------------------------------------------------------- properties


def _core(file: WordFile, gaps: _Gaps) -> _Template:
    """The trace is the file's identifier (ECMA-376 part 2, 11.1)."""
    head, end, tail = file.text(_CORE).rpartition("</cp:coreProperties>")
    made = gaps.number("core", lambda mark: f"<dc:identifier>{escape(mark.trace)}</dc:identifier>")
    return _template(_CORE, head, end + tail, [("", made)])


def _custom(file: WordFile, gaps: _Gaps) -> _Template:
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

    return _template(_CUSTOM, head, end + tail, [("", gaps.number("custom", made))])
