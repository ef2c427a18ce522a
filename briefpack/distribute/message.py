"""A letter → a message, as a draft that mail programs open and as it is transmitted: the same bytes from the same letter, and nothing in its head that is not asked for.

The forms differ in two things. A draft is marked as unsent and names everybody, since the mail program must know whom to send it to; what is transmitted never
names hidden readers: they are in the envelope.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from email.headerregistry import Address as HeadAddress
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from mimetypes import MimeTypes
from typing import Any

from briefpack.distribute.encoded_words import encoded_words
from briefpack.distribute.html import as_html
from briefpack.distribute.letters import Letter
from briefpack.distribute.parcel import Attachment, whole
from briefpack.distribute.wording import filled
from briefpack.distribution import Address, Line, Mailbox
from briefpack.errors import ExitCode, failure

_TYPES = {
    "pdf": ("application", "pdf"),
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
_REGISTERED = MimeTypes()
"""The types that Python knows, without those of the machine: the same name gives the same type everywhere."""
_MAILBOXES = frozenset({"from", "reply-to", "to", "cc", "bcc"})
_LONGEST = 66
"""Characters of a subject that fits on a line behind its name."""
_FOLD = "\r\n "
HIDDEN_ONLY = "undisclosed-recipients:;"
"""Under To where all readers are hidden: some servers take a message without it for junk."""


@dataclass(frozen=True, slots=True)
class Message:
    """subject: one line. text: the body. id: the Message-ID without its brackets. date: the build's clock, of no time zone."""

    letter: Letter
    subject: str
    text: str
    id: str
    date: datetime

    @property
    def envelope(self) -> tuple[Address, ...]:
        """All who get it, those who are hidden included."""
        return tuple(each.mailbox.address for each in self.letter.readers)

    def draft(self) -> bytes:
        """As Outlook (X-Unsent), Apple Mail (the draft's type) and Thunderbird (either) open a message that is still to be sent."""
        message = self._message(hidden=True)
        message["X-Unsent"] = "1"
        message["X-Uniform-Type-Identifier"] = "com.apple.mail-draft"
        return message.as_bytes()

    def transmitted(self) -> bytes:
        """As it is handed to a mail server, with the envelope beside it."""
        return self._message(hidden=False).as_bytes()

    def weight(self) -> int:
        """Bytes of the message as it is transmitted: without writing it, since a large file takes long to encode."""
        bare = replace(
            self.letter,
            attachments=tuple(whole(each.name, each.format, b"", 0) for each in self.letter.attachments),
        )
        files = sum(encoded_size(each.size) for each in self.letter.attachments)
        return len(replace(self, letter=bare).transmitted()) + files

    def _message(self, *, hidden: bool) -> EmailMessage:
        letter = self.letter
        message = EmailMessage(_POLICY)
        message["From"] = _head(letter.mailing.sender)
        if letter.mailing.reply_to is not None:
            message["Reply-To"] = _head(letter.mailing.reply_to)
        for line, name in ((Line.TO, "To"), (Line.CC, "Cc"), (Line.BCC, "Bcc")):
            mailboxes = letter.on(line)
            if mailboxes and (hidden or line is not Line.BCC):
                message[name] = [_head(each) for each in mailboxes]
        if not hidden and "To" not in message and "Cc" not in message:
            message["To"] = HIDDEN_ONLY
        message["Subject"] = _subject(self.subject)
        message["Date"] = self.date
        message["Message-ID"] = f"<{self.id}>"
        message.set_content(self.text, cte="quoted-printable")
        message.add_alternative(
            as_html(self.text, letter.language, letter.parcel.marking), subtype="html", cte="quoted-printable"
        )
        for each in letter.attachments:
            main, sub = _type_of(each)
            message.add_attachment(_content(each), maintype=main, subtype=sub, filename=each.name)
        # Behind the content: setting it clears what is said of it.
        message["Content-Language"] = letter.language
        _divide(message, self.id.partition("@")[0])
        return message


def message_of(letter: Letter, pack: str, date: datetime) -> Message:
    """pack: its name. date: the build's clock."""
    subject, text = filled(letter.words, letter.addressed)
    return Message(letter, subject, text, _id(letter, pack), date)


def _id(letter: Letter, pack: str) -> str:
    """Known by what is sent and to whom: drafting it again gives the same, another pack or another reader another."""
    told = hashlib.sha256()
    for part in (
        pack,
        letter.parcel.audience.name,
        *sorted(each.mailbox.address.key for each in letter.readers),
        *(f"{each.of} {each.extent}".strip() for each in letter.attachments),
        *(() if letter.part is None else (f"{letter.part.number}/{letter.part.of}",)),
    ):
        told.update(part.encode() + b"\0")
    return f"{told.hexdigest()[:40]}@{letter.mailing.sender.address.ascii_domain}"


def _content(attachment: Attachment) -> bytes:
    """Its bytes, those that were checked. Raises BriefpackError (OUTPUT) where a file that it is made of has changed since, or is gone."""
    try:
        content = attachment.content
    except OSError as error:
        raise failure(
            f"{attachment.name} cannot be read any more: {error.strerror or error}",
            code=ExitCode.OUTPUT,
            hint="draft them again",
        ) from error
    # Bytes that are held do not change.
    held = all(isinstance(piece, bytes) for piece in attachment.pieces)
    if not held and hashlib.sha256(content).hexdigest() != attachment.sha256:
        raise failure(
            f"{attachment.name} has changed while the messages were written",
            code=ExitCode.OUTPUT,
            hint="draft them again",
        )
    return content


def encoded_size(size: int) -> int:
    """Bytes that so many bytes of a file become in a message: lines of 76 characters for 57 of them, each with its end."""
    lines, rest = divmod(size, 57)
    return lines * 78 + (-(-rest // 3) * 4 + 2 if rest else 0)


def _type_of(attachment: Attachment) -> tuple[str, str]:
    """Of the pack's files by format, of others by name; what is told apart by neither is bytes."""
    if attachment.format in _TYPES:
        return _TYPES[attachment.format]
    guessed, coded = _REGISTERED.guess_type(attachment.name)
    # Text would be read in some character set, and its line ends changed; nobody knows either here.
    if guessed is None or coded is not None or guessed.startswith(("text/", "message/", "multipart/")):
        guessed = "application/octet-stream"
    main, _, sub = guessed.partition("/")
    return main, sub


def _head(mailbox: Mailbox) -> HeadAddress:
    address = mailbox.address
    return HeadAddress(mailbox.name, address.local, address.ascii_domain)


def _divide(message: EmailMessage, token: str) -> None:
    """Give every container a boundary; Python would draw lots. No line of quoted-printable or base64 has "=_" in it."""
    containers = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(containers, 1):
        part.set_boundary(f"=_{token}_{number}")


# --------------------------------------------------------------------------- heads


class _Policy(EmailPolicy):
    """SMTP's, with lists of addresses and the subject written here: Python's own folding encodes commas between mailboxes along with a
    name (CVE-2025-1795) and takes quotation marks off names that need them, each in some versions only."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The lines of a header."""
        if name.lower() in _MAILBOXES and getattr(value, "addresses", None):
            listed = ",\r\n ".join(_mailbox(each) for each in value.addresses)
            return f"{name}: {listed}\r\n".encode()
        if name.lower() == "subject":
            return f"{name}: {_folded(str(value))}\r\n".encode()
        return super().fold_binary(name, value)


_POLICY = _Policy(linesep="\r\n", max_line_length=SMTP.max_line_length, cte_type="7bit")


def _mailbox(address: HeadAddress) -> str:
    name, spec = address.display_name, f"{address.username}@{address.domain}"
    if not name:
        return spec
    if name.isascii():
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{spec}>'
    return f"{_FOLD.join(encoded_words(name))}{_FOLD}<{spec}>"


def _subject(words: str) -> str:
    """As the header's parser is to be given it: it takes what looks like code for code."""
    return " ".join(encoded_words(words)) if "=?" in words else words


def _folded(words: str) -> str:
    """A line of words as it is where it is short and ASCII, else as encoded words, one a line."""
    if words.isascii() and "=?" not in words and len(words) <= _LONGEST:
        return words
    # The first one stands behind the header's name; what is longer than 76 characters there may still have 998.
    return _FOLD.join(encoded_words(words))
