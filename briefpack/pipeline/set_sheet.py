"""The sheet that shows who gets what → a PDF, in the style of a pack and by the street's own stages: resolve, lay out, write, finish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from briefpack.distribute.posted import Posted
from briefpack.distribute.sheet_html import Sheet
from briefpack.distribute.sheet_pack import sheet_pack
from briefpack.document import Document
from briefpack.errors import BriefpackError, Where
from briefpack.pack import Audience, Pack, PartName
from briefpack.style import SpellOut, Style, Typography


def sheet_pdf(pack: Pack, sheet: Sheet, posted: Sequence[Posted], where: Where, date: datetime) -> bytes:
    """where: the distribution. date: the build's clock. Raises BriefpackError where the sheet cannot be set."""
    from briefpack.annexes.claims import claims_of
    from briefpack.annexes.finish import finish
    from briefpack.pdf.fonts import lacking_characters
    from briefpack.pdf.layout import lay_out
    from briefpack.pdf.writer import write_body
    from briefpack.reading.foreign_text import stand_ins

    style = _sheet_style(sheet.style)
    document = _document(pack, sheet, posted, where, date=date, style=style, instead={})
    missing = lacking_characters(document, style)
    if missing:
        # Names are other people's: one that the style's fonts do not have keeps nobody from being shown.
        document = _document(
            pack, sheet, posted, where, date=date, style=style, instead=stand_ins(missing, "?")
        )
    body = write_body(document, style, lay_out(document, style))
    return finish(body.content, claims_of((), with_files=False), ())


def _document(
    pack: Pack,
    sheet: Sheet,
    posted: Sequence[Posted],
    where: Where,
    *,
    date: datetime,
    style: Style,
    instead: Mapping[int, str],
) -> Document:
    from briefpack.resolve import resolve

    reader = Audience("outbox", "", style.name, (), None, tuple(PartName), None, None, where, where)
    made = sheet_pack(pack, sheet, posted, where, instead)
    resolution = resolve(made, reader, style, {}, date=date)
    if resolution.document is None:
        raise BriefpackError(resolution.findings)
    return resolution.document


def _sheet_style(style: Style) -> Style:
    """The style without cover, contents and numbers, and without a change to others' names or a dash in an address."""
    return replace(
        style,
        text={role: replace(look, hyphenate=False) for role, look in style.text.items()},
        cover=replace(style.cover, show=False, logo=None),
        contents=replace(style.contents, depth=0),
        numbering=replace(style.numbering, sections=False, headings=1),
        typography=Typography(refine=False, small_caps=False, spell_out=SpellOut.NEVER),
    )
