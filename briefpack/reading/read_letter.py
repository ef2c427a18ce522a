"""An e-mail message (RFC 5322, MIME) → its head and the blocks of its body. What else comes with it is named, and not printed.

Python's parser never refuses a message; what it has to guess it notes as a defect, and the worst of these are told.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from briefpack.annex_text import AnnexText, UnreadableError
from briefpack.blocks import AuthorBlock
from briefpack.errors import Where
from briefpack.inscription import properties
from briefpack.reading.foreign_text import check_length, decode
from briefpack.reading.html_blocks import read_html
from briefpack.reading.letter_text import read_letter_text
from briefpack.reading.mail_contents import contents_of
from briefpack.reading.mail_head import PRINTED, MailHead
from briefpack.reading.mail_parts import DAMAGE, charset_of, content_of, kind_of, parameter_of
from briefpack.reading.mail_remarks import Reading, remarks_on_message


def read_letter(raw: bytes, path: Path, instead: Mapping[int, str]) -> AnnexText:
    """The message in a file. instead: as in read_plain_text. Raises UnreadableError."""
    try:
        try:
            message = message_from_bytes(raw.removeprefix(BOM_UTF8).lstrip(b"\r\n"), policy=policy.default)
        except DAMAGE:
            raise UnreadableError(
                "is damaged beyond reading", "save it again from your mail program, or print it there as PDF"
            ) from None
        return _read(message, Where(path, 1, 1), instead)
    except RecursionError:
        raise UnreadableError(
            "has parts that are nested without end", "save its text in your mail program and name that file"
        ) from None


def _read(message: EmailMessage, where: Where, instead: Mapping[int, str]) -> AnnexText:
    if not any(name.lower() in PRINTED for name in message):
        raise UnreadableError(
            "has no head of a message: no From, Date or Subject",
            "save it again from your mail program, as .eml, or print it there as PDF",
        )
    contents = contents_of(message)
    text = _Bodies(where, instead)
    blocks = [block for part in contents.bodies for block in text.of(part)]
    head = MailHead(message, instead)
    letterhead = head.letterhead(contents.attachments)
    reading = Reading(
        attachments=len(contents.attachments),
        pictures=max(contents.inline, text.pictures),
        signed=contents.signed,
        hidden=text.hidden,
        guessed=text.guessed,
        controls=text.controls + head.controls,
    )
    return AnnexText(
        "",
        tuple(blocks),
        tuple(remarks_on_message(message, reading)),
        head=letterhead,
        inscriptions=properties(head.markings()),
    )


class _Bodies:
    """Reads the parts that are the text of a message, and sums up what was odd about them. pictures: of the part that has most."""

    def __init__(self, where: Where, instead: Mapping[int, str]) -> None:
        self.where = where
        self.instead = instead
        self.guessed = self.hidden = False
        self.pictures = self.controls = self.length = 0

    def of(self, part: EmailMessage) -> Sequence[AuthorBlock]:
        """The blocks of one part. Raises UnreadableError where all of them are too long to be set."""
        charset = charset_of(part)
        # "us-ascii" is what is said of a part that says nothing, and what many say who write something else.
        decoded = decode(
            content_of(part), None if charset in {None, "us-ascii", "ascii"} else charset, lenient=True
        )
        self.guessed = self.guessed or decoded.guessed
        self.controls += decoded.controls
        self.length += len(decoded.text)
        check_length(self.length)
        if kind_of(part) == "text/html":
            html = read_html(decoded.text, self.where, self.instead)
            self.hidden = self.hidden or html.hidden
            self.pictures = max(self.pictures, html.pictures)
            return html.blocks
        flowed = parameter_of(part, "format").lower() == "flowed"
        text = decoded.text.translate(self.instead)
        return read_letter_text(text, self.where, flowed=flowed, joined=parameter_of(part, "delsp") == "yes")
