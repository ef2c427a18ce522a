"""An annex without pages of its own, as it was read → a small PDF in a style of the pack: its text alone, tagged, with its headings as bookmarks.

Cover, contents, header and footer are left to the pack that it is bound into, which stamps its pages.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from briefpack.annex import Deed, Remark
from briefpack.annex_text import AnnexText, UnreadableError
from briefpack.blocks import AuthorBlock
from briefpack.document import Document, PageBreak, TocEntry, TocKind, plain_text
from briefpack.errors import Where
from briefpack.pack import Audience, AuthorSection, Pack, PackMeta, PartName, SectionKind
from briefpack.style import (
    BoxLook,
    Furniture,
    Length,
    PageSetup,
    SectionStart,
    Slots,
    SpellOut,
    Style,
    Typography,
)

MOST_PAGES = 1_000
MOST_WRONG = 0.1
"""Share of letters that cannot be set from which on a text is refused."""
_SMALLEST = 0.75
"""Share of its size to which typed text is made smaller so that its lines fit; what is longer still is wrapped."""
_NOTHING = Slots("", "", "")
_EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 - never printed; a date of no time zone, as a pack's is


def document_of(text: AnnexText, name: str, language: str, style: Style, path: Path) -> Document:
    """The text as a Document of one section. name: what the file is called where the text has no title. style: of an annex, see annex_style."""
    from briefpack.resolve import resolve
    from briefpack.resolve.lower_arranged import outlined

    where = Where(path, 1, 1)
    section = AuthorSection(
        id="text",
        kind=SectionKind.PLAIN,
        title=text.title,
        path=path,
        lead="",
        cleared=None,
        note=None,
        language=None,
        parts=(),
        blocks=_with_head(text, style, language, where),
        where=where,
        in_pack=where,
        landscape=text.landscape,
    )
    audience = Audience("reader", "", style.name, (), None, tuple(PartName), None, None, where, where)
    meta = PackMeta(name, "", "", "", "", "", "", "", "", None, False, language, "", None, where)
    pack = Pack("annex", path.parent, meta, (section,), (), (audience,), ())
    document = resolve(pack, audience, style, {}, date=_EPOCH).document
    if document is None:
        raise UnreadableError("cannot be set", "print it as PDF and name that file")
    (made,) = document.sections
    top = [TocEntry(TocKind.SECTION, 1, None, made.title, made.anchor)] if made.title else []
    up = 0 if made.title else 1
    headings = [
        TocEntry(TocKind.HEADING, heading.level - up, None, plain_text(heading.spans), heading.anchor)
        for heading in outlined(made.blocks)
    ]
    if made.blocks and isinstance(made.blocks[0], PageBreak):
        document = replace(document, sections=(replace(made, blocks=made.blocks[1:]),))
    return replace(document, contents=(*top, *headings))


def pages_of(document: Document, style: Style) -> bytes:
    """The PDF. Raises UnreadableError when it has too many pages."""
    from briefpack.pdf.layout import lay_out
    from briefpack.pdf.writer import write_body

    laid = lay_out(document, style)
    if len(laid.pages) > MOST_PAGES:
        raise UnreadableError(
            f"fills {len(laid.pages):,} pages; at most {MOST_PAGES:,} are set",
            "print it as PDF and name that file, or name the part of it that matters",
        )
    return write_body(document, style, laid).content


def lacking(document: Document, style: Style) -> frozenset[str]:
    """The characters that no font of the style has."""
    from briefpack.pdf.fonts import lacking_characters

    return lacking_characters(document, style)


def covers(style: Style, char: str) -> bool:
    """Whether running text can have a character."""
    from briefpack.pdf.fonts import Faces

    look = style.text["body"]
    face = Faces(style.fonts).face(look.font, bold=look.bold, italic=look.italic)
    return any(each.covers(char) for each in (face, *face.fallbacks))


def check_letters(document: Document, style: Style, missing: frozenset[str]) -> tuple[Remark, ...]:
    """What is to be said of letters that are set wrongly or not at all. missing: characters that no font has.

    Raises UnreadableError where they are more than a few: nobody could read the text.
    """
    from briefpack.pdf.printed import printed_texts

    counted = Counter(char for text, *_ in printed_texts(document, style) for char in text)
    letters = {char: count for char, count in counted.items() if char.isalpha()}
    most = MOST_WRONG * sum(letters.values())
    absent = [char for char in letters if char in missing and unicodedata.normalize("NFKC", char) == char]
    if sum(letters[char] for char in absent) > most:
        raise UnreadableError(
            f"is written in letters that no font of the style {style.name} has ({_script(absent)})",
            "print it as PDF and name that file, or name a font that has them under `fonts:` in the style",
        )
    turned = [char for char in letters if unicodedata.bidirectional(char) in {"R", "AL"}]
    if sum(letters[char] for char in turned) > most:
        raise UnreadableError(
            f"is written from right to left ({_script(turned)}), which is not set here",
            "print it as PDF and name that file",
        )
    if not turned:
        return ()
    return (
        Remark(
            Deed.FOUND,
            "right-to-left",
            f"has words that are written from right to left ({_script(turned)}); their letters stand from left to right here",
            advice="print it as PDF and name that file where they matter",
            warn=True,
        ),
    )


def _script(letters: Sequence[str]) -> str:
    """What the most frequent of some letters' names begin with: "Arabic"."""
    names = Counter(unicodedata.name(char, "unknown").split()[0].capitalize() for char in letters)
    return max(sorted(names), key=lambda name: names[name])


# --------------------------------------------------------------------------- the look


def annex_style(style: Style, text: AnnexText) -> Style:
    """The style as a text by others is set in it: nothing around the text, nothing numbered, no word changed."""
    bare = Furniture(_NOTHING, None, None, Length(0), style.header.rule_colour, Length(0))
    made = replace(
        style,
        page=_page(style.page),
        header=bare,
        footer=bare,
        banner="",
        cover=replace(style.cover, show=False, logo=None),
        contents=replace(style.contents, depth=0),
        numbering=replace(style.numbering, sections=False, headings=1),
        typography=Typography(refine=False, small_caps=False, spell_out=SpellOut.NEVER),
    )
    return _typed(made, text) if text.typed else made


def _page(setup: PageSetup) -> PageSetup:
    """One kind of page: whether an annex's page will be a left-hand one is not known here. The measure stays as it is."""
    margin = Length((setup.inside + setup.outside) / 2) if setup.two_sided else setup.inside
    other = Length(setup.inside + setup.outside - margin)
    return replace(
        setup, inside=margin, outside=other, two_sided=False, section_start=SectionStart.CONTINUOUS
    )


def _typed(style: Style, text: AnnexText) -> Style:
    """Typed lines on the bare page, no box around them, and as small as it takes for the longest to fit."""
    from briefpack.pdf.fonts import Faces
    from briefpack.pdf.text import Typesetter

    role = style.text["verbatim"]
    columns = max((len(line) for block in text.blocks for line in _lines(block)), default=0)
    width = Typesetter(style, Faces(style.fonts), "en").line("0" * 100, "verbatim").width / 100 * columns
    share = min(1.0, style.page.text_width / width) if width else 1.0
    size = Length(role.size * max(share * 0.999, _SMALLEST) if share < 1 else role.size)
    look = replace(role, size=size)
    none = Length(0)
    box = BoxLook(none, style.verbatim.bar_colour, None, none, none, none, look.line_pitch)
    return replace(style, text={**style.text, "verbatim": look}, verbatim=box)


def _lines(block: AuthorBlock) -> tuple[str, ...]:
    return getattr(block, "lines", ())


def _with_head(text: AnnexText, style: Style, language: str, where: Where) -> tuple[AuthorBlock, ...]:
    if text.head is None:
        return text.blocks
    from briefpack.resolve.letterhead import letterhead

    head = letterhead(text.head, style, language, where)
    return (head, *text.blocks) if head.steps else text.blocks
