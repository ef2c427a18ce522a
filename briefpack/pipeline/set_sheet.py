"""A sheet of our own, like the one that shows who gets what → a PDF, in the style of a pack and by the street's own stages: resolve, lay out, write, finish."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from briefpack.distribute.posted import Posted
from briefpack.distribute.sheet import Sheet
from briefpack.distribute.sheet_pack import sheet_pack
from briefpack.document import Document
from briefpack.errors import BriefpackError, Where
from briefpack.pack import Audience, Pack, PartName
from briefpack.style import Length, SpellOut, Style, Typography

_LARGEST = 9.5
"""Points."""
Instead = Mapping[int, str]
"""What is printed for characters that a style has no glyph for."""


def sheet_pdf(pack: Pack, sheet: Sheet, posted: Sequence[Posted], where: Where, date: datetime) -> bytes:
    """where: the distribution. date: the build's clock. Raises BriefpackError where the sheet cannot be set."""
    return set_pack(
        lambda instead: sheet_pack(pack, sheet, posted, where, instead),
        _close(bare_style(sheet.style)),
        date=date,
    )


def set_pack(make: Callable[[Instead], Pack], style: Style, *, date: datetime) -> bytes:
    """The PDF of a small pack. make: the pack, with what is printed instead of some characters. Raises BriefpackError where it cannot be set."""
    from briefpack.annexes.claims import claims_of
    from briefpack.annexes.finish import finish
    from briefpack.pdf.fonts import lacking_characters
    from briefpack.pdf.layout import lay_out
    from briefpack.pdf.writer import write_body
    from briefpack.reading.foreign_text import stand_ins

    document = _document(make({}), style, date)
    missing = lacking_characters(document, style)
    if missing:
        # Names are other people's: one that the style's fonts do not have keeps nobody from being shown.
        document = _document(make(stand_ins(missing, "?")), style, date)
    body = write_body(document, style, lay_out(document, style))
    return finish(body.content, claims_of((), with_files=False), ())


def bare_style(style: Style) -> Style:
    """The style without cover, contents and numbers, and without a change to others' names or a dash in an address."""
    return replace(
        style,
        text={role: replace(look, hyphenate=False) for role, look in style.text.items()},
        cover=replace(style.cover, show=False, logo=None),
        contents=replace(style.contents, depth=0),
        numbering=replace(style.numbering, sections=False, headings=1),
        typography=Typography(refine=False, small_caps=False, spell_out=SpellOut.NEVER),
    )


def _close(style: Style) -> Style:
    """Tables no larger than an office's: a style for those who read from afar would break every name and number."""
    small = {
        role: replace(look, size=Length(min(look.size, _LARGEST)))
        for role, look in style.text.items()
        if role.startswith("table-")
    }
    return replace(style, text=dict(style.text) | small)


def _document(made: Pack, style: Style, date: datetime) -> Document:
    from briefpack.resolve import resolve

    where = made.sections[0].where
    reader = Audience("outbox", "", style.name, (), None, tuple(PartName), None, None, where, where)
    resolution = resolve(made, reader, style, {}, date=date)
    if resolution.document is None:
        raise BriefpackError(resolution.findings)
    return resolution.document
