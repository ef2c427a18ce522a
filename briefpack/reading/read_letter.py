"""An e-mail message (RFC 5322, MIME) → its head and the blocks of its body. What else comes with it is named, and not printed.

Python's parser never refuses a message; what it has to guess it notes as a defect, and the worst of these are told.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import (
    CloseBoundaryNotFoundDefect,
    InvalidBase64CharactersDefect,
    InvalidBase64LengthDefect,
    InvalidBase64PaddingDefect,
    MessageError,
    MultipartInvariantViolationDefect,
    NoBoundaryInMultipartDefect,
    StartBoundaryNotFoundDefect,
)
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from pathlib import Path

from briefpack.annex import Deed, Remark
from briefpack.annex_text import AnnexText, Attachment, Letterhead, Mailbox, UnreadableError
from briefpack.blocks import AuthorBlock
from briefpack.errors import Where
from briefpack.inscription import SAYS_A_MARKING, properties
from briefpack.reading.foreign_text import check_length, clean, decode
from briefpack.reading.html_blocks import read_html
from briefpack.reading.letter_text import read_letter_text

MOST_PARTS = 500
DEEPEST = 30
"""Parts inside each other."""
MOST_RECIPIENTS = 100
"""Of a line; more are counted."""
_LONGEST_LINE = 998
"""Characters of a header's value that are read (RFC 5322, 2.1.1, has as many bytes on a line)."""
_LONGEST_NAME = 120
_PRINTED = frozenset({"from", "to", "cc", "date", "subject"})
_KEPT_QUIET = frozenset({"mime-version", "content-type", "content-transfer-encoding", "content-language"})
"""Header lines that only say how the message is written."""
_LABEL = re.compile(r"(MSIP_Label_[\w-]+_Name)\s*=\s*([^;]+)")
"""In the header line msip_labels, which Microsoft's programs write."""
_WRONG_CONTENT = (
    InvalidBase64CharactersDefect,
    InvalidBase64LengthDefect,
    InvalidBase64PaddingDefect,
)
_WRONG_FRAME = (
    MultipartInvariantViolationDefect,
    NoBoundaryInMultipartDefect,
    StartBoundaryNotFoundDefect,
)
DAMAGE = (
    MessageError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    NameError,
    AssertionError,
    OverflowError,
)
"""What Python's parser of header values raises on values that make no sense (several open faults of CPython: “To: <” is an IndexError, “To: b@[ ” a NameError); it promises none."""
_WRAPPED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_TO_PRINT = "save its text in your mail program, or print it there as PDF, and name that file"
_SPACE = re.compile(r"\s+")


def read_letter(raw: bytes, path: Path, instead: Mapping[int, str]) -> AnnexText:
    """The message in a file. instead: as in read_plain_text. Raises UnreadableError."""
    try:
        try:
            message = message_from_bytes(raw.removeprefix(BOM_UTF8).lstrip(b"\r\n"), policy=policy.default)
        except DAMAGE:
            raise UnreadableError(
                "is damaged beyond reading", "save it again from your mail program, or print it there as PDF"
            ) from None
        return _Reader(message, path, instead).read()
    except RecursionError:
        raise UnreadableError(
            "has parts that are nested without end", "save its text in your mail program and name that file"
        ) from None


@dataclass(slots=True)
class _Found:
    """What was met in a message. bodies: parts to print. alternatives: how many were passed over for another."""

    bodies: list[EmailMessage] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    inline: int = 0
    signed: bool = False
    parts: int = 0


class _Reader:
    def __init__(self, message: EmailMessage, path: Path, instead: Mapping[int, str]) -> None:
        self.message = message
        self.where = Where(path, 1, 1)
        self.instead = instead
        self.found = _Found()
        self.guessed = self.hidden = False
        self.controls = self.length = 0

    def read(self) -> AnnexText:
        if not any(name.lower() in _PRINTED for name in self.message):
            raise UnreadableError(
                "has no head of a message: no From, Date or Subject",
                "save it again from your mail program, as .eml, or print it there as PDF",
            )
        self._visit(self.message, 0)
        blocks = [block for part in self.found.bodies for block in self._body(part)]
        head = Letterhead(
            self._mailboxes("from"),
            self._mailboxes("to"),
            self._mailboxes("cc"),
            *self._date(),
            subject=self._words(self._header("subject")),
            attachments=tuple(replace(each, name=self._words(each.name)) for each in self.found.attachments),
        )
        said = properties(self._markings())
        return AnnexText("", tuple(blocks), tuple(self._remarks()), head=head, inscriptions=said)

    # ----------------------------------------------------------------------- parts

    def _visit(self, part: EmailMessage, depth: int) -> None:
        found = self.found
        found.parts += 1
        if found.parts > MOST_PARTS or depth > DEEPEST:
            raise UnreadableError(
                f"has more than {MOST_PARTS} parts, or parts more than {DEEPEST} deep",
                "save its text in your mail program and name that file",
            )
        kind = _kind(part)
        if kind == "multipart/encrypted" or (depth == 0 and kind in _WRAPPED):
            raise UnreadableError("is encrypted, or wrapped in its signature", _TO_PRINT)
        parts = _below(part)
        if kind == "multipart/alternative":
            self._alternative(parts, depth)
        elif kind == "multipart/signed" and parts:
            found.signed = True
            self._visit(parts[0], depth + 1)
        elif kind.startswith("multipart/") and parts:
            for below in parts:
                self._visit(below, depth + 1)
        elif kind.startswith("multipart/"):
            # Its frame is broken: what stands in it is text.
            if not part.is_multipart():
                found.bodies.append(part)
        else:
            self._leaf(part, kind)

    def _alternative(self, parts: Sequence[EmailMessage], depth: int) -> None:
        """The same words several times: as plain text where that says something, else the last that can be read."""
        plain = [p for p in parts if _kind(p) == "text/plain" and _content(p).strip()]
        other = [p for p in parts if _holds_html(p, depth)]
        chosen = plain[0] if plain else other[-1] if other else parts[0] if parts else None
        for part in parts:
            if part is chosen:
                self._visit(part, depth + 1)
            elif _kind(part) not in {
                "text/plain",
                "text/html",
                "text/enriched",
            } and not _holds_html(part, depth):
                # An invitation, say, that is no other wording of the text.
                self._visit(part, depth + 1)
            elif part.is_multipart():
                # The pictures of the wording that is not printed; files among them are files all the same.
                self._files_of(part, depth + 1)

    def _files_of(self, part: EmailMessage, depth: int) -> None:
        for below in _below(part):
            if below.is_multipart() and depth < DEEPEST and _kind(below) != "message/rfc822":
                self._files_of(below, depth + 1)
            elif _kind(below) not in {"text/plain", "text/html"}:
                self._leaf(below, _kind(below))

    def _leaf(self, part: EmailMessage, kind: str) -> None:
        found = self.found
        name = self._file_name(part)
        attached = _disposition(part) == "attachment"
        if kind.startswith("image/") and _safe(part, "content-id") and not attached:
            found.inline += 1
        elif kind in {"text/plain", "text/html"} and not attached and not name:
            found.bodies.append(part)
        elif kind in {
            "application/pkcs7-signature",
            "application/x-pkcs7-signature",
            "application/pgp-signature",
        }:
            found.signed = True
        elif kind == "message/rfc822":
            below = _below(part)
            subject = _safe(below[0], "subject") if below else ""
            found.attachments.append(
                Attachment(name or f"{_shortened(subject) or 'message'}.eml", _size(part))
            )
        elif kind.startswith(("message/", "text/rfc822-headers")):
            found.attachments.append(Attachment(name or kind, _size(part)))
        elif part.is_multipart():
            for each in _below(part):
                self._leaf(each, _kind(each))
        else:
            found.attachments.append(Attachment(name or kind, _size(part)))

    def _file_name(self, part: EmailMessage) -> str:
        try:
            name = part.get_filename()
        except DAMAGE:
            name = None
        return _shortened(_SPACE.sub(" ", clean(str(name or ""), lenient=True).text))

    # ----------------------------------------------------------------------- the body

    def _body(self, part: EmailMessage) -> Sequence[AuthorBlock]:
        try:
            charset = part.get_content_charset()
        except DAMAGE:
            charset = None
        # "us-ascii" is what is said of a part that says nothing, and what many say who write something else.
        decoded = decode(
            _content(part), None if charset in {None, "us-ascii", "ascii"} else charset, lenient=True
        )
        self.guessed = self.guessed or decoded.guessed
        self.controls += decoded.controls
        self.length += len(decoded.text)
        check_length(self.length)
        if _kind(part) == "text/html":
            html = read_html(decoded.text, self.where, self.instead)
            self.hidden = self.hidden or html.hidden
            self.found.inline = max(self.found.inline, html.pictures)
            return html.blocks
        flowed = _parameter(part, "format").lower() == "flowed"
        text = decoded.text.translate(self.instead)
        return read_letter_text(text, self.where, flowed=flowed, joined=_parameter(part, "delsp") == "yes")

    # ----------------------------------------------------------------------- the head

    def _header(self, name: str) -> str:
        return _safe(self.message, name)

    def _words(self, text: str) -> str:
        """Words of the head on one line, whatever was hidden in them."""
        decoded = clean(text[:_LONGEST_LINE], lenient=True)
        self.controls += decoded.controls
        return _SPACE.sub(" ", decoded.text.translate(self.instead)).strip()

    def _markings(self) -> Iterator[tuple[str, str]]:
        """Names and values of what the head says of the marking; a subject is looked at as well."""
        for name in dict.fromkeys(key.lower() for key in self.message):
            value = _safe(self.message, name)[:_LONGEST_LINE]
            if name == "msip_labels":
                yield from ((match[1], match[2]) for match in _LABEL.finditer(value))
            elif name == "subject" or SAYS_A_MARKING.search(name):
                yield name, value

    def _mailboxes(self, name: str) -> tuple[Mailbox, ...]:
        found: list[Mailbox] = []
        try:
            for header in self.message.get_all(name) or ():
                for address in header.addresses:
                    spec = "" if address.addr_spec in {"", "<>"} else address.addr_spec
                    box = Mailbox(self._words(address.display_name or ""), self._words(spec))
                    if box.name or box.address:
                        found.append(box)
                found.extend(
                    Mailbox(self._words(group.display_name), "")
                    for group in header.groups
                    if group.display_name and not group.addresses
                )
        except DAMAGE:
            found = []
        words = self._words(self._header(name))
        if not found and words:
            # No list of addresses, but words all the same.
            return (Mailbox(words, ""),)
        return tuple(found)

    def _date(self) -> tuple[datetime | None, str]:
        words = self._words(self._header("date"))
        try:
            header = self.message["date"]
            moment = None if header is None else header.datetime
        except DAMAGE:
            moment = None
        return moment, words

    # ----------------------------------------------------------------------- the report

    def _remarks(self) -> Iterator[Remark]:
        found = self.found
        count = len(found.attachments)
        if count:
            yield Remark(
                Deed.FOUND,
                "attachments",
                f"has {'an attachment' if count == 1 else f'{count:,} attachments'}, which {'is' if count == 1 else 'are'} not in the pack",
                count,
                advice=f"save {'it' if count == 1 else 'them'} and name {'it as an annex of its own' if count == 1 else 'each as an annex of its own'} where the pack needs {'it' if count == 1 else 'them'}",
                warn=True,
            )
        if found.inline:
            yield Remark(
                Deed.REMOVED,
                "pictures",
                f"has {_counted(found.inline, 'picture')} in its text, left out of the pack",
                found.inline,
                advice="print it from your mail program as PDF where its pictures matter",
                warn=True,
            )
        if self.hidden:
            yield Remark(
                Deed.REMOVED, "hidden-text", "has words that are not to be seen, left out of the pack"
            )
        if found.signed:
            yield Remark(
                Deed.REMOVED,
                "signature",
                "is signed; in the pack its signature can no longer be checked",
                advice="send the message itself beside the pack if the signature matters",
                warn=True,
            )
        names = [name.lower() for name in self.message]
        if "bcc" in names:
            yield Remark(Deed.REMOVED, "bcc", "names hidden recipients (Bcc), left out of the pack")
        rest = [name for name in names if name not in _PRINTED | _KEPT_QUIET | {"bcc"}]
        if rest:
            yield Remark(
                Deed.REMOVED,
                "mail-headers",
                f"has {_counted(len(rest), 'line')} of its way through the mail (Received and the like), left out of the pack",
                len(rest),
            )
        if self.guessed:
            yield Remark(
                Deed.FOUND,
                "encoding",
                "does not say how its letters are encoded and was read as Windows-1252",
                advice="look at its accents in the pack; where they are wrong, print it from your mail program as PDF",
                warn=True,
            )
        if self.controls:
            yield Remark(
                Deed.REMOVED,
                "control-characters",
                f"has {_counted(self.controls, 'control character')}, left out of the pack",
                self.controls,
            )
        yield from self._damage()

    def _damage(self) -> Iterator[Remark]:
        defects = [defect for part in _walk(self.message) for defect in part.defects]
        again = "save it again from your mail program, or print it there as PDF"
        if any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in defects):
            yield Remark(
                Deed.FOUND,
                "damage",
                "ends in the middle: its last part may be cut off",
                advice=again,
                warn=True,
            )
        elif any(isinstance(defect, _WRONG_FRAME + _WRONG_CONTENT) for defect in defects):
            yield Remark(
                Deed.FOUND,
                "damage",
                "is damaged; what could be read of it is printed",
                advice=again,
                warn=True,
            )
        names = [name.lower() for name in self.message]
        once = [name for name in ("from", "date", "subject") if names.count(name) > 1]
        if once:
            yield Remark(
                Deed.FOUND,
                "mail-headers",
                f"has more than one line {once[0].capitalize()}, as no honest message has",
                advice="ask its sender whether it is his",
                warn=True,
            )


def _counted(count: int, noun: str) -> str:
    article = "an" if noun[0] in "aeiou" else "a"
    return f"{article} {noun}" if count == 1 else f"{count:,} {noun}s"


def _shortened(name: str) -> str:
    name = name.strip()
    return (
        name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME // 2]}…{name[-_LONGEST_NAME // 2 :]}"
    )


def _safe(message: Message, name: str) -> str:
    """A header's value, decoded as far as it can be; "" for none."""
    try:
        value = message[name]
        return "" if value is None else str(value)
    except DAMAGE:
        raw = next((value for key, value in message.raw_items() if key.lower() == name), "")
        try:
            return str(make_header(decode_header(str(raw))))
        except DAMAGE:
            return str(raw)


def _kind(part: Message) -> str:
    """The type of a part, "text/plain"."""
    try:
        return part.get_content_type()
    except DAMAGE:
        return "application/octet-stream"


def _disposition(part: Message) -> str | None:
    try:
        return part.get_content_disposition()
    except DAMAGE:
        return None


def _parameter(part: EmailMessage, name: str) -> str:
    try:
        return str(part.get_param(name) or "")
    except DAMAGE:
        return ""


def _below(part: Message) -> list[EmailMessage]:
    held = part.get_payload()
    return [each for each in held if isinstance(each, EmailMessage)] if isinstance(held, list) else []


def _walk(message: Message) -> Iterator[Message]:
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop()
        yield part
        if _kind(part) != "message/rfc822":
            waiting.extend(_below(part))


def _holds_html(part: EmailMessage, depth: int) -> bool:
    """Whether a part is HTML, or HTML with its pictures."""
    if _kind(part) == "text/html":
        return True
    return depth < DEEPEST and any(
        _holds_html(below, depth + 1)
        for below in _below(part)
        if _kind(part) in {"multipart/related", "multipart/mixed", "multipart/alternative"}
    )


def _content(part: Message) -> bytes:
    """The bytes of a part as they were before they were encoded for the mail; b"" where there are none."""
    try:
        content = part.get_payload(decode=True)
    except DAMAGE:
        return b""
    return content if isinstance(content, bytes) else b""


def _size(part: Message) -> int:
    if part.is_multipart():
        try:
            return len(part.get_payload(0).as_bytes())  # type: ignore[union-attr]  # of a message that is a part
        except (*DAMAGE, RecursionError):
            return 0
    return len(_content(part))
