"""What a message brings: the parts that are its text, and what is attached to it; one wording of several is its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage

from briefpack.annex_text import Attachment, UnreadableError
from briefpack.reading.mail_parts import (
    content_of,
    disposition_of,
    file_name_of,
    header_of,
    kind_of,
    parts_in,
    shortened,
    size_of,
)

MOST_PARTS = 500
DEEPEST = 30
"""Parts inside each other."""
_WRAPPED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_TO_PRINT = "save its text in your mail program, or print it there as PDF, and name that file"
_TEXTS = frozenset({"text/plain", "text/html"})
_SIGNATURES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)


@dataclass(slots=True)
class MailContents:
    """bodies: parts to print. inline: how many pictures stand in the text. signed: whether the message has a signature."""

    bodies: list[EmailMessage] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    inline: int = 0
    signed: bool = False


def contents_of(message: EmailMessage) -> MailContents:
    """What a message brings. Raises UnreadableError where it is encrypted, or nested without end."""
    search = _Search()
    search.visit(message, 0)
    return search.found


class _Search:
    """Goes through the parts of a message. seen: how many there were."""

    def __init__(self) -> None:
        self.found = MailContents()
        self.seen = 0

    def visit(self, part: EmailMessage, depth: int) -> None:
        self.seen += 1
        if self.seen > MOST_PARTS or depth > DEEPEST:
            raise UnreadableError(
                f"has more than {MOST_PARTS} parts, or parts more than {DEEPEST} deep",
                "save its text in your mail program and name that file",
            )
        kind = kind_of(part)
        if kind == "multipart/encrypted" or (depth == 0 and kind in _WRAPPED):
            raise UnreadableError("is encrypted, or wrapped in its signature", _TO_PRINT)
        parts = parts_in(part)
        if kind == "multipart/alternative":
            self._alternative(parts, depth)
        elif kind == "multipart/signed" and parts:
            self.found.signed = True
            self.visit(parts[0], depth + 1)
        elif kind.startswith("multipart/") and parts:
            for below in parts:
                self.visit(below, depth + 1)
        elif kind.startswith("multipart/"):
            # Its frame is broken: what stands in it is text.
            if not part.is_multipart():
                self.found.bodies.append(part)
        else:
            self._leaf(part, kind)

    def _alternative(self, parts: Sequence[EmailMessage], depth: int) -> None:
        """The same words several times: as plain text where that says something, else the last that can be read."""
        plain = [p for p in parts if kind_of(p) == "text/plain" and content_of(p).strip()]
        other = [p for p in parts if _holds_html(p, depth)]
        chosen = plain[0] if plain else other[-1] if other else parts[0] if parts else None
        for part in parts:
            if part is chosen:
                self.visit(part, depth + 1)
            elif kind_of(part) not in {*_TEXTS, "text/enriched"} and not _holds_html(part, depth):
                # An invitation, say, that is no other wording of the text.
                self.visit(part, depth + 1)
            elif part.is_multipart():
                # The pictures of the wording that is not printed; files among them are files all the same.
                self._files_of(part, depth + 1)

    def _files_of(self, part: EmailMessage, depth: int) -> None:
        for below in parts_in(part):
            if below.is_multipart() and depth < DEEPEST and kind_of(below) != "message/rfc822":
                self._files_of(below, depth + 1)
            elif kind_of(below) not in _TEXTS:
                self._leaf(below, kind_of(below))

    def _leaf(self, part: EmailMessage, kind: str) -> None:
        name = file_name_of(part)
        attached = disposition_of(part) == "attachment"
        if kind.startswith("image/") and header_of(part, "content-id") and not attached:
            self.found.inline += 1
        elif kind in _TEXTS and not attached and not name:
            self.found.bodies.append(part)
        elif kind in _SIGNATURES:
            self.found.signed = True
        elif kind == "message/rfc822":
            below = parts_in(part)
            subject = header_of(below[0], "subject") if below else ""
            self.found.attachments.append(
                Attachment(name or f"{shortened(subject) or 'message'}.eml", size_of(part))
            )
        elif part.is_multipart() and not kind.startswith("message/"):
            for each in parts_in(part):
                self._leaf(each, kind_of(each))
        else:
            self.found.attachments.append(Attachment(name or kind, size_of(part)))


def _holds_html(part: EmailMessage, depth: int) -> bool:
    """Whether a part is HTML, or HTML with its pictures."""
    if kind_of(part) == "text/html":
        return True
    return depth < DEEPEST and any(
        _holds_html(below, depth + 1)
        for below in parts_in(part)
        if kind_of(part) in {"multipart/related", "multipart/mixed", "multipart/alternative"}
    )
