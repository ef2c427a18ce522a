"""Messages → the sheet that shows who gets what as a small pack of its own, so that it is set as any pack is; pure.

The page for the screen (briefpack/distribute/sheet_html.py) says the same, and the texts of the messages besides.
"""

from __future__ import annotations

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
from briefpack.distribute.series import Series, fitted_in_words, series_of
from briefpack.distribute.sheet import Sheet
from briefpack.distribute.shown_names import shown_name
from briefpack.distribution import Line, Recipient
from briefpack.document import Align, LineBreak, Text
from briefpack.errors import Where
from briefpack.pack import AuthorSection, Pack, SectionKind

_GROUP = 16
"""Digits of a checksum that stand together, so that its lines can break."""
_FIRM = "\u2011"
"""A hyphen at which no line is broken; it looks like any other."""
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
        all_series = series_of(posted)
        if self.sheet.draft:
            yield ParagraphBlock((Text(self.sheet.word("draft"), strong=True),), self.where)
        yield self.summary(all_series)
        if self.sheet.nobody:
            told = self.sheet.word("dispatch_nobody").replace("{audiences}", ", ".join(self.sheet.nobody))
            yield ParagraphBlock(self.text(told), self.where)
        if self.sheet.odd:
            rows = [(self.text(each),) for each in self.sheet.shown_odd]
            yield self.table([(self.sheet.word("dispatch_odd"), None, None)], rows)
        for series in all_series:
            title = f"{series.letter.parcel.audience.title} · {series.name}"
            blocks: tuple[AuthorBlock, ...] = (
                HeadingBlock(2, self.text(title), self.where),
                self.head(series),
                self.files(series),
            )
            if not series.is_alone:
                blocks = (*blocks, self.copies(series))
            if series.readers <= _FEW:
                yield KeepBlock(blocks, self.where)
            else:
                yield from blocks

    def summary(self, all_series: Sequence[Series]) -> TableBlock:
        heads = (
            ("dispatch_message", 0.22, None),
            ("dispatch_readers", 0.12, Align.RIGHT),
            ("dispatch_attachment", None, None),
            ("dispatch_sent", 0.15, Align.RIGHT),
            ("marking", 0.16, None),
        )
        rows = []
        for each in all_series:
            # A number and its unit stay together.
            sent = _unbroken(each.sent(self.sheet.style, self.sheet.meta.language))
            if each.is_large:
                most = _unbroken(self.sheet.size_in_words(self.sheet.size))
                sent = f"{sent}, {self.sheet.word('dispatch_too_large').replace('{size}', most)}"
            fitted = self.fitted(each)
            rows.append(
                (
                    self.lines(
                        [each.name] if each.is_alone else [f"{each.first.name} …", each.messages[-1].name]
                    ),
                    self.text(str(each.readers)),
                    self.lines(
                        [*(file.name for file in each.letter.attachments), *([fitted] if fitted else [])]
                    ),
                    (Text(sent, strong=each.is_large),),
                    self.text(each.letter.parcel.marking),
                )
            )
        return self.table([(self.sheet.word(key), width, align) for key, width, align in heads], rows)

    def head(self, series: Series) -> TableBlock:
        letter, word = series.letter, self.sheet.word
        rows = [
            (self.text(word("mail_subject")), self.text(series.first.message.subject)),
            (self.text(word("mail_from")), self.text(str(letter.mailing.sender))),
        ]
        if letter.mailing.reply_to is not None:
            rows.append((self.text(word("mail_reply_to")), self.text(str(letter.mailing.reply_to))))
        for line, key in _LINES if series.is_alone else ():
            readers = [reader for reader in letter.readers if reader.line is line]
            if readers:
                rows.append((self.text(word(key)), self.lines([self.reader(reader) for reader in readers])))
        rows.append((self.text(word("marking")), self.text(letter.parcel.marking or "–")))
        if fitted := self.fitted(series):
            rows.append((self.text(word("dispatch_fitted")), self.text(fitted)))
        columns = (
            AuthorColumn(None, 0.16, None, heads=True),
            AuthorColumn(None, None, None),
        )
        return self.of_columns(columns, rows)

    def files(self, series: Series) -> TableBlock:
        """Checksums stand with the readers where each has his own."""
        apart, word = series.own_files and not series.is_alone, self.sheet.word
        heads: list[tuple[str, float | None, Align | None]] = [
            (word("dispatch_attachment"), None if apart else 0.34, None),
            (word("number_of_pages"), 0.1, Align.RIGHT),
            (word("dispatch_size"), 0.24 if apart else 0.14, Align.RIGHT),
        ]
        if not apart:
            heads.append((word("dispatch_digest"), None, None))
        rows = []
        for index, file in enumerate(series.letter.attachments):
            name = [file.name, *([word("dispatch_locked")] if file.locked else [])]
            if file.trace and not apart:
                name.append(f"{word('dispatch_trace')} {file.trace}")
            row = [
                self.lines(name),
                self.text(str(file.pages or "–")),
                self.text(series.size(index, self.sheet.style, self.sheet.meta.language)),
            ]
            if not apart:
                row.append(self.text(_grouped(file.sha256)))
            rows.append(row)
        return self.table(heads, rows)

    def copies(self, series: Series) -> TableBlock:
        """A row for each reader of a series: his copy, and what its files are known by. A checksum is cut short: copies.csv has it whole."""
        word = self.sheet.word
        heads: list[tuple[str, float | None, Align | None]] = [
            (word("copy"), 0.14, Align.RIGHT),
            (word("dispatch_readers"), None, None),
            (word("dispatch_message"), 0.19, None),
        ]
        traced = any(file.trace for file in series.letter.attachments)
        if series.own_files:
            heads.append((word("dispatch_trace" if traced else "dispatch_digest"), 0.26, None))
        rows = []
        for each in series.messages:
            (reader,) = each.message.letter.readers
            row = [
                self.text("–" if reader.copy is None else str(reader.copy)),
                self.text(self.named(reader)),
                self.text(each.name),
            ]
            if series.own_files:
                own = [file for file in each.message.letter.attachments if file.trace or file.locked]
                known = [file.trace.replace("-", _FIRM) or f"{file.sha256[:_GROUP]}…" for file in own]
                row.append(self.lines(known))
            rows.append(row)
        return self.table(heads, rows)

    def fitted(self, series: Series) -> str:
        return fitted_in_words(series.letter, self.sheet.style, self.sheet.meta.language)

    def reader(self, reader: Recipient) -> str:
        named = self.named(reader)
        return named if reader.copy is None else f"{named} · {self.sheet.word('copy')} {reader.copy}"

    def named(self, reader: Recipient) -> str:
        """The address alone where the name is written from right to left, which is not set here."""
        return str(reader.mailbox) if shown_name(reader.mailbox) else str(reader.mailbox.address)

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
            AuthorColumn(self.text(head), width, align, heads=not number)
            for number, (head, width, align) in enumerate(heads)
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


def _unbroken(words: str) -> str:
    return words.replace(" ", "\u00a0")


def _grouped(digest: str) -> str:
    return " ".join(digest[n : n + _GROUP] for n in range(0, len(digest), _GROUP))
