"""A reader's password → a letter for paper, in the style of his pack and by the street's own stages: resolve, lay out, write, finish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from briefpack.blocks import (
    AuthorBlock,
    AuthorCell,
    AuthorColumn,
    AuthorRow,
    AuthorSpans,
    ParagraphBlock,
    TableBlock,
    VerbatimBlock,
)
from briefpack.distribute.letters import Letter
from briefpack.distribute.shown_names import shown_or_address
from briefpack.distribution import Recipient, Secret
from briefpack.document import LineBreak, Text
from briefpack.errors import Where
from briefpack.pack import AuthorSection, Pack, SectionKind
from briefpack.pipeline.passwords import LETTERS, Passwords, letter_number
from briefpack.pipeline.set_sheet import Instead, bare_style, set_pack
from briefpack.style import Length, Style

_SIZE = 24.0
"""Points in which a password is printed, where the page is wide enough."""
_WIDTH = 0.62
"""Of a sign, as a share of its size, in a face whose signs are all as wide, with some air."""
_AIR = 40.0
"""Points of a line that are left free for the box around it."""


def password_letters(
    pack: Pack, letters: Iterable[Letter], passwords: Passwords, date: datetime
) -> Iterator[tuple[str, bytes]]:
    """Path in the outbox and content of a letter to each reader whose password was drawn, one after the other. letters: with the files that go to him.

    date: the build's clock. Raises BriefpackError where one cannot be set.
    """
    own: dict[str, list[Letter]] = {}
    for letter in letters:
        if letter.mailing.password is Secret.LETTER:
            own.setdefault(letter_number(pack.name, letter.readers[0]), []).append(letter)
    for number, parts in own.items():
        first = parts[0]
        files = tuple(file for part in parts for file in part.attachments)
        letter = replace(first, attachments=files)
        name = first.name if first.part is None else first.name.removesuffix(f"_part-{first.part.number}")
        content = password_letter(pack, letter, passwords[number], number, date=date)
        yield f"{LETTERS}/{name}.pdf", content


def password_letter(pack: Pack, letter: Letter, password: str, number: str, *, date: datetime) -> bytes:
    """Marked as the pack is whose files it opens. letter: to one reader. number: of the letter, see passwords.letter_number. date: the build's clock.

    Raises BriefpackError where it cannot be set.
    """
    (reader,) = letter.readers
    where = reader.where
    language = letter.language
    style = letter.parcel.style
    section = AuthorSection(
        id="password",
        kind=SectionKind.PLAIN,
        title=style.word("password_title", language),
        path=where.path,
        lead="",
        cleared=None,
        note=(),
        language=None,
        parts=(),
        blocks=(),
        where=where,
        in_pack=where,
    )
    meta = replace(letter.parcel.meta, marking=letter.parcel.marking, watermark=None, language=language)
    made = replace(
        pack,
        meta=meta,
        annexes=(),
        glossary=(),
        silences=(),
        distribution=None,
        policy=None,
    )

    def make(instead: Instead) -> Pack:
        blocks = tuple(_blocks(letter, reader, password, number, instead=instead))
        return replace(made, sections=(replace(section, blocks=blocks),))

    return set_pack(make, _style(style, len(password)), date=date)


def _blocks(
    letter: Letter, reader: Recipient, password: str, number: str, *, instead: Instead
) -> Iterator[AuthorBlock]:
    where = reader.where
    style, language = letter.parcel.style, letter.language

    def word(key: str) -> str:
        return style.word(key, language)

    pack = " · ".join(each for each in (letter.parcel.meta.title, letter.parcel.meta.reference) if each)
    shown, address = shown_or_address(reader.mailbox), str(reader.mailbox.address)
    rows = [
        (word("password_reader"), [shown] if shown == address else [shown, address]),
        (word("password_pack"), [pack]),
        (word("password_files"), [each.name for each in letter.attachments if each.locked]),
        (word("password_number"), [number]),
    ]
    if reader.copy is not None:
        rows.insert(2, (word("copy"), [str(reader.copy)]))
    columns = (AuthorColumn(None, 0.22, None, heads=True), AuthorColumn(None, None, None))
    yield TableBlock(
        columns,
        tuple(
            AuthorRow((_cell((Text(head),), where), _cell(_lines(lines, instead), where)), where)
            for head, lines in rows
        ),
        None,
        None,
        where,
    )
    yield VerbatimBlock((password,), where)
    yield ParagraphBlock((Text(word("password_how")),), where)
    yield ParagraphBlock((Text(word("password_care"), strong=True),), where)


def _cell(spans: AuthorSpans, where: Where) -> AuthorCell:
    return AuthorCell((ParagraphBlock(spans, where),), where)


def _lines(lines: list[str], instead: Instead) -> AuthorSpans:
    spans: list[Text | LineBreak] = []
    for line in lines:
        spans += [LineBreak()] if spans else []
        spans.append(Text(line.translate(instead)))
    return tuple(spans)


def _style(style: Style, signs: int) -> Style:
    """The reader's pack's, with the password so large that it fits on a line, in the face of code, whose signs cannot be taken for one another."""
    look = style.text["verbatim"]
    size = Length(min(_SIZE, (style.page.text_width - _AIR) / (signs * _WIDTH)))
    large = replace(look, font=style.text["code"].font, size=size, bold=True)
    bare = bare_style(style)
    return replace(bare, text={**bare.text, "verbatim": large})
