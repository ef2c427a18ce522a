"""Annexes without pages of their own, such as a letter or a typed text, as they are read and before they are set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from briefpack.annex import Remark
from briefpack.blocks import AuthorBlock
from briefpack.errors import Diagnostic
from briefpack.inscription import Inscription


class UnreadableError(Exception):
    """A text that no pages are made of. message: the fact, to follow the file's name ("is 12 MB of text; at most 1 MB is set"); hint: the remedy."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Mailbox:
    """name: as the sender wrote it, "" for none. address: "anna@example.org", "" where the header gives none."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message and is not in the pack. size: bytes, 0 where it cannot be told."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a message says of itself. date: with its own offset from UTC, without one where the sender gave none (RFC 5322, 3.3: -0000); None
    where the header has no date that can be read, and then date_words is what it has."""

    sender: tuple[Mailbox, ...]
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    date: datetime | None
    date_words: str
    subject: str
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class AnnexText:
    """title: its first heading, "" for none; it is not among the blocks. typed: the blocks are printed as they were typed, all of them.

    remarks, findings: what was seen on the way; findings are warnings with places inside the file. pictures: the files it shows, each once. settled: nothing
    but the file and these decide how it is read; not so where a picture is missing that may come. landscape: its pages lie on their side.
    inscriptions: what it says of itself that may be a marking and is not printed.
    """

    title: str
    blocks: tuple[AuthorBlock, ...]
    remarks: tuple[Remark, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    head: Letterhead | None = None
    pictures: tuple[Path, ...] = ()
    typed: bool = False
    settled: bool = True
    landscape: bool = False
    inscriptions: tuple[Inscription, ...] = ()
