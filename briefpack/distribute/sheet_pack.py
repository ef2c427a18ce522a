"""Messages → the sheet that shows who gets what as a small pack of its own, so that it is set as any pack is; pure.

The page for the screen (briefpack/distribute/sheet_html.py) says the same, and the texts of the messages besides.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from briefpack.blocks import (
    AuthorBlock,
    AuthorCell,
    AuthorColumn,
    AuthorRow,
    AuthorSpans,
    HeadingBlock,
    KeepBlock,
    ParagraphBlock,
    TableBlock,
)
from briefpack.distribute.posted import Posted
from briefpack.distribute.sheet_html import Sheet
from briefpack.distribution import Line, Recipient
from briefpack.document import Align, LineBreak, Text
from briefpack.errors import Where
from briefpack.pack import AuthorSection, Pack, SectionKind

_GROUP = 16
"""Digits of a checksum that stand together, so that its lines can break."""
_FEW = 10
"""Readers of a message that is kept on one page."""
_LINES = ((Line.TO, "mail_to"), (Line.CC, "mail_cc"), (Line.BCC, "mail_bcc"))


def sheet_pack(
    pack: Pack, sheet: Sheet, posted: Sequence[Posted], where: Where, instead: Mapping[int, str]
) -> Pack:
    """A pack of one section. where: the distribution. instead: what is printed for characters that the style has no glyph for."""
    section = AuthorSection(
        id="outbox",
        kind=SectionKind.PLAIN,
        title=sheet.word("dispatch_title"),
        path=where.path,
        lead="",
        cleared=None,
        note=(Text(" · ".join(each for each in (sheet.meta.title, sheet.said) if each)),),
        language=None,
        parts=(),
        blocks=tuple(_Setter(sheet, where, instead).blocks(posted)),
        where=where,
        in_pack=where,
    )
    # What the sheet says of the pack are the pack's own words; its marking is the sheet's.
    meta = replace(
        pack.meta,
        marking=sheet.marking,
        watermark=None,
        title=f"{sheet.word('dispatch_title')} · {sheet.meta.title}",
    )
    return replace(
        pack,
        meta=meta,
        sections=(section,),
        annexes=(),
        glossary=(),
        silences=(),
        distribution=None,
        policy=None,
    )


class _Setter:
    def __init__(self, sheet: Sheet, where: Where, instead: Mapping[int, str]) -> None:
        self.sheet, self.where, self.instead = sheet, where, instead

    def blocks(self, posted: Sequence[Posted]) -> Iterator[AuthorBlock]:
        yield self.summary(posted)
        if self.sheet.nobody:
            told = self.sheet.word("dispatch_nobody").replace("{audiences}", ", ".join(self.sheet.nobody))
            yield ParagraphBlock(self.text(told), self.where)
        for each in posted:
            title = f"{each.message.letter.parcel.audience.title} · {each.name}"
            blocks = (HeadingBlock(2, self.text(title), self.where), self.head(each), self.files(each))
            if len(each.message.letter.readers) <= _FEW:
                yield KeepBlock(blocks, self.where)
            else:
                yield from blocks

    def summary(self, posted: Sequence[Posted]) -> TableBlock:
        heads = (
            ("dispatch_message", 0.16, None),
            ("dispatch_readers", 0.12, Align.RIGHT),
            ("dispatch_attachment", None, None),
            ("dispatch_sent", 0.14, Align.RIGHT),
            ("marking", 0.24, None),
        )
        rows = []
        for each in posted:
            letter = each.message.letter
            sent = self.sheet.size_in_words(each.sent)
            if each.is_large:
                most = self.sheet.size_in_words(self.sheet.size)
                sent = f"{sent}, {self.sheet.word('dispatch_too_large').replace('{size}', most)}"
            rows.append(
                (
                    self.text(each.name),
                    self.text(str(len(letter.readers))),
                    self.lines([file.name for file in letter.attachments]),
                    (Text(sent, strong=each.is_large),),
                    self.text(letter.parcel.marking),
                )
            )
        return self.table(heads, rows)

    def head(self, each: Posted) -> TableBlock:
        letter, word = each.message.letter, self.sheet.word
        rows = [
            (self.text(word("mail_subject")), self.text(each.message.subject)),
            (self.text(word("mail_from")), self.text(str(letter.mailing.sender))),
        ]
        if letter.mailing.reply_to is not None:
            rows.append((self.text(word("mail_reply_to")), self.text(str(letter.mailing.reply_to))))
        for line, key in _LINES:
            readers = [reader for reader in letter.readers if reader.line is line]
            if readers:
                rows.append((self.text(word(key)), self.lines([self.reader(reader) for reader in readers])))
        rows.append((self.text(word("marking")), self.text(letter.parcel.marking or "–")))
        columns = (
            AuthorColumn(None, 0.16, None, heads=True),
            AuthorColumn(None, None, None),
        )
        return self.of_columns(columns, rows)

    def files(self, each: Posted) -> TableBlock:
        heads = (
            ("dispatch_attachment", 0.34, None),
            ("number_of_pages", 0.1, Align.RIGHT),
            ("dispatch_size", 0.14, Align.RIGHT),
            ("dispatch_digest", None, None),
        )
        rows = [
            (
                self.text(file.name),
                self.text(str(file.pages)),
                self.text(self.sheet.size_in_words(file.size)),
                self.text(" ".join(file.sha256[n : n + _GROUP] for n in range(0, len(file.sha256), _GROUP))),
            )
            for file in each.message.letter.attachments
        ]
        return self.table(heads, rows)

    def reader(self, reader: Recipient) -> str:
        """The address alone where the name is written from right to left, which is not set here."""
        turned = any(unicodedata.bidirectional(char) in {"R", "AL"} for char in reader.mailbox.name)
        shown = str(reader.mailbox.address) if turned else str(reader.mailbox)
        return shown if reader.copy is None else f"{shown} · {self.sheet.word('copy')} {reader.copy}"

    # ----------------------------------------------------------------------- what tables are made of

    def text(self, words: str) -> AuthorSpans:
        return (Text(words.translate(self.instead)),) if words else ()

    def lines(self, lines: Sequence[str]) -> AuthorSpans:
        spans: list[Text | LineBreak] = []
        for line in lines:
            spans += [LineBreak()] if spans else []
            spans.append(Text(line.translate(self.instead)))
        return tuple(spans)

    def table(
        self, heads: Sequence[tuple[str, float | None, Align | None]], rows: Sequence[Sequence[AuthorSpans]]
    ) -> TableBlock:
        columns = tuple(
            AuthorColumn(self.text(self.sheet.word(key)), width, align, heads=not number)
            for number, (key, width, align) in enumerate(heads)
        )
        return self.of_columns(columns, rows)

    def of_columns(
        self, columns: tuple[AuthorColumn, ...], rows: Sequence[Sequence[AuthorSpans]]
    ) -> TableBlock:
        made = tuple(
            AuthorRow(
                tuple(
                    AuthorCell((ParagraphBlock(spans, self.where),) if spans else (), self.where)
                    for spans in row
                ),
                self.where,
            )
            for row in rows
        )
        return TableBlock(columns, made, None, None, self.where)
