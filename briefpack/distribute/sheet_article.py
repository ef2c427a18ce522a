"""What the page that shows who gets what says of one message, or of a series of them: head, files, readers, texts; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from briefpack.distribute.parcel import Attachment
from briefpack.distribute.posted import Posted
from briefpack.distribute.series import Series, fitted_in_words
from briefpack.distribute.sheet import Sheet
from briefpack.distribution import Line, Recipient

_LINES = {Line.TO: "mail_to", Line.CC: "mail_cc", Line.BCC: "mail_bcc"}


def article(sheet: Sheet, series: Series) -> str:
    """Everything there is to see before it is sent."""
    letter = series.letter
    return (
        f'<article id="{escape(series.first.name)}">\n<header>\n<h2 dir="auto">{escape(letter.parcel.audience.title)} '
        f'<span class="file">{escape(_drafts(series))}</span></h2>\n{marking_line(letter.parcel.marking)}</header>\n'
        f"{_head(sheet, series)}{_files(sheet, series)}"
        + ("" if series.is_alone else _readers_of(sheet, series))
        + "".join(_texts(series))
        + "</article>\n"
    )


def marking_line(marking: str) -> str:
    """A paragraph of it; "" for none."""
    return f'<p class="marking" dir="auto">{escape(marking)}</p>\n' if marking else ""


def table(heads: Sequence[tuple[str, str]], rows: Iterable[Sequence[tuple[str, str]]], kind: str = "") -> str:
    """heads: words and class. rows: of cells, as HTML and class. kind: class of the table.

    Each cell repeats the head of its column for narrow screens, where it stands in front of it and rows become blocks.
    """
    shown = "".join(
        f'<th scope="col"{_class(each)} role="columnheader">{escape(head)}</th>' for head, each in heads
    )
    body = "".join(
        '<tr role="row">'
        + "".join(
            f'<td{_class(each)} role="cell" data-head="{escape(head)}">{cell}</td>'
            for (head, _), (cell, each) in zip(heads, row, strict=True)
        )
        + "</tr>\n"
        for row in rows
    )
    # Told outright, since a table that is shown as blocks is none any more to some screen readers.
    return (
        f'<table{_class(kind)} role="table">\n<thead role="rowgroup"><tr role="row">{shown}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{body}</tbody>\n</table>\n'
    )


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def _drafts(series: Series) -> str:
    return f"{series.first.name}.eml" + ("" if series.is_alone else f" … {series.messages[-1].name}.eml")


def _head(sheet: Sheet, series: Series) -> str:
    """Of a series, that of the first message; its readers stand in a table of their own."""
    letter, word = series.letter, sheet.word
    head = [
        (word("mail_subject"), escape(series.first.message.subject)),
        (word("mail_from"), escape(str(letter.mailing.sender))),
    ]
    if letter.mailing.reply_to is not None:
        head.append((word("mail_reply_to"), escape(str(letter.mailing.reply_to))))
    for line, key in _LINES.items() if series.is_alone else ():
        readers = [reader for reader in letter.readers if reader.line is line]
        if readers:
            head.append((word(key), _readers(readers, word("copy"))))
    if told := fitted_in_words(letter, sheet.style, sheet.meta.language):
        head.append((word("dispatch_fitted"), escape(told)))
    shown = "".join(f'<dt>{escape(label)}</dt><dd dir="auto">{value}</dd>\n' for label, value in head)
    return f"<dl>\n{shown}</dl>\n"


def _files(sheet: Sheet, series: Series) -> str:
    """Checksums stand with the readers where each has his own."""
    word, apart = sheet.word, series.own_files and not series.is_alone
    rows = (
        (
            (f"{escape(file.name)}{_own(sheet, file, with_trace=not apart)}", ""),
            (str(file.pages or "–"), "number"),
            (escape(series.size(index, sheet.style, sheet.meta.language)), "number"),
            *(() if apart else ((file.sha256, "digest"),)),
        )
        for index, file in enumerate(series.letter.attachments)
    )
    heads = [("dispatch_attachment", ""), ("number_of_pages", "number"), ("dispatch_size", "number")]
    heads += [] if apart else [("dispatch_digest", "")]
    return table([(word(key), kind) for key, kind in heads], rows)


def _own(sheet: Sheet, file: Attachment, *, with_trace: bool) -> str:
    """What makes a file a reader's own."""
    told = [sheet.word("dispatch_locked")] if file.locked else []
    if file.trace and with_trace:
        told.append(f"{sheet.word('dispatch_trace')} {file.trace}")
    return f'<span class="own">{escape(", ".join(told))}</span>' if told else ""


def _readers_of(sheet: Sheet, series: Series) -> str:
    """A row for each message: copy, reader, draft, size, and what his files are known by."""
    word = sheet.word
    rows = (
        (
            ("–" if reader.copy is None else str(reader.copy), "number"),
            (_reader(reader), ""),
            (escape(each.name), ""),
            (escape(sheet.size_in_words(each.sent)), "number large" if each.is_large else "number"),
            *(((_known_by(each), ""),) if series.own_files else ()),
        )
        for each in series.messages
        for reader in each.message.letter.readers
    )
    heads = [
        ("copy", "number"),
        ("dispatch_readers", ""),
        ("dispatch_message", ""),
        ("dispatch_sent", "number"),
    ]
    shown = [(word(key), kind) for key, kind in heads]
    if series.own_files:
        shown.append((f"{word('dispatch_trace')} · {word('dispatch_digest')}", ""))
    return table(shown, rows, "readers")


def _known_by(each: Posted) -> str:
    return "<br>".join(
        (f'<span class="trace">{escape(file.trace)}</span> ' if file.trace else "")
        + f'<span class="digest">{file.sha256}</span>'
        for file in each.message.letter.attachments
        if file.trace or file.locked
    )


def _texts(series: Series) -> Iterator[str]:
    """The text of a message by itself; of a series each below its reader, folded, the first one open."""
    if series.is_alone:
        yield _text(series.first)
        return
    for number, each in enumerate(series.messages):
        (reader,) = each.message.letter.readers
        yield (
            f"<details{'' if number else ' open'}><summary>{escape(each.message.subject)} · <bdi>{escape(_called(reader))}</bdi></summary>\n"
            f"{_text(each)}</details>\n"
        )


def _text(each: Posted) -> str:
    language = escape(each.message.letter.language)
    return f'<div class="text" dir="auto" lang="{language}">{escape(each.message.text.rstrip())}</div>\n'


def _readers(readers: Iterable[Recipient], copy: str) -> str:
    """copy: the word for it."""
    items = "".join(
        f"<li>{_reader(reader)}"
        + (f' <span class="copy">{escape(copy)} {reader.copy}</span>' if reader.copy is not None else "")
        + "</li>"
        for reader in readers
    )
    return f"<ul>{items}</ul>"


def _reader(reader: Recipient) -> str:
    address = str(reader.mailbox.address)
    shown = f"<bdi>{escape(_called(reader))}</bdi>"
    return f'{shown} <span class="address">{escape(address)}</span>' if reader.mailbox.name else shown


def _called(reader: Recipient) -> str:
    return reader.mailbox.name or str(reader.mailbox.address)
