"""What a message says of itself → a plain table of who wrote to whom and when, in the words of the style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from briefpack.annex_text import Attachment, Letterhead, Mailbox
from briefpack.blocks import AuthorSpan, AuthorSpans, ClearanceBlock, ClearanceStep
from briefpack.document import Text
from briefpack.errors import Where
from briefpack.fields import size_in_words
from briefpack.resolve.dates import date_in_words
from briefpack.style import Style

MOST_NAMED = 60
"""Mailboxes and attachments that are printed of a line; the others are counted."""
_NO_BREAK_SPACE = "\u00a0"


def letterhead(head: Letterhead, style: Style, language: str, where: Where) -> ClearanceBlock:
    """The head of a message, set as a block of clearances is: each role beside who has it. The subject is not in it: it is the text's title."""
    rows = (
        ("mail_from", _mailboxes(head.sender, style, language)),
        ("mail_date", _date(head, style, language)),
        ("mail_to", _mailboxes(head.to, style, language)),
        ("mail_cc", _mailboxes(head.cc, style, language)),
        ("mail_attachments", _attachments(head.attachments, style, language)),
    )
    return ClearanceBlock(
        tuple(
            ClearanceStep((Text(style.word(key, language)),), None, spans, None, None, where)
            for key, spans in rows
            if spans
        ),
        where,
    )


def moment_with_offset(moment: datetime, style: Style, language: str) -> str:
    """As in "Thursday, 3 April 2025, 14:30 (UTC+2)"; without brackets where the sender gave no offset."""
    day = date_in_words(moment.date(), style, language, long=True)
    time = (
        style.word("time_format", language)
        .replace("{hour}", f"{moment.hour:02}")
        .replace("{minute}", f"{moment.minute:02}")
    )
    offset = moment.utcoffset()
    if offset is None:
        return f"{day}, {time}"
    return f"{day}, {time} (UTC{_offset(offset)})"


def _offset(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return "" if minutes == 0 else f"{sign}{hours}" + (f":{rest:02}" if rest else "")


def _mailboxes(boxes: Sequence[Mailbox], style: Style, language: str) -> AuthorSpans:
    return _listed([tuple(_mailbox(box)) for box in boxes], style, language)


def _mailbox(box: Mailbox) -> Iterator[AuthorSpan]:
    if box.name and box.name != box.address:
        yield Text(f"{box.name} " if box.address else box.name)
        if box.address:
            yield Text(box.address, secondary=True)
    else:
        yield Text(box.address or box.name)


def _date(head: Letterhead, style: Style, language: str) -> AuthorSpans:
    if head.date is not None:
        return (Text(moment_with_offset(head.date, style, language)),)
    return (Text(head.date_words),) if head.date_words else ()


def _attachments(attachments: Sequence[Attachment], style: Style, language: str) -> AuthorSpans:
    return _listed([tuple(_attachment(each, style, language)) for each in attachments], style, language)


def _attachment(attachment: Attachment, style: Style, language: str) -> Iterator[AuthorSpan]:
    size = attachment.size
    yield Text(f"{attachment.name} " if size else attachment.name)
    if size:
        words = size_in_words(size, style, language)
        yield Text(f"({words})".replace(" ", _NO_BREAK_SPACE), secondary=True)


def _listed(entries: Sequence[AuthorSpans], style: Style, language: str) -> AuthorSpans:
    spans: list[AuthorSpan] = []
    for entry in entries[:MOST_NAMED]:
        spans.extend([Text("; ")] if spans else [])
        spans.extend(entry)
    if len(entries) > MOST_NAMED:
        more = style.word("mail_more", language).replace("{n}", str(len(entries) - MOST_NAMED))
        spans.append(Text(f"; {more}"))
    return tuple(spans)
