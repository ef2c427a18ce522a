"""What an author should know of a message that is set as an annex: what is not in the pack, and what was wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import (
    CloseBoundaryNotFoundDefect,
    InvalidBase64CharactersDefect,
    InvalidBase64LengthDefect,
    InvalidBase64PaddingDefect,
    MultipartInvariantViolationDefect,
    NoBoundaryInMultipartDefect,
    StartBoundaryNotFoundDefect,
)
from email.message import EmailMessage

from briefpack.annex import Deed, Remark
from briefpack.reading.mail_head import PRINTED
from briefpack.reading.mail_parts import all_parts

_KEPT_QUIET = frozenset({"mime-version", "content-type", "content-transfer-encoding", "content-language"})
"""Header lines that only say how the message is written."""
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


@dataclass(frozen=True, slots=True)
class Reading:
    """How a message was read. pictures: how many of its text were left out. hidden: whether it has words that are not to be seen. guessed: whether an
    encoding was. controls: how many control characters were left out."""

    attachments: int
    pictures: int
    signed: bool
    hidden: bool
    guessed: bool
    controls: int


def remarks_on_message(message: EmailMessage, reading: Reading) -> Iterator[Remark]:
    """The remarks, those on what was left out first."""
    count = reading.attachments
    if count:
        yield Remark(
            Deed.FOUND,
            "attachments",
            f"has {'an attachment' if count == 1 else f'{count:,} attachments'}, which {'is' if count == 1 else 'are'} not in the pack",
            count,
            advice=f"save {'it' if count == 1 else 'them'} and name {'it as an annex of its own' if count == 1 else 'each as an annex of its own'} where the pack needs {'it' if count == 1 else 'them'}",
            warn=True,
        )
    if reading.pictures:
        yield Remark(
            Deed.REMOVED,
            "pictures",
            f"has {_counted(reading.pictures, 'picture')} in its text, left out of the pack",
            reading.pictures,
            advice="print it from your mail program as PDF where its pictures matter",
            warn=True,
        )
    if reading.hidden:
        yield Remark(Deed.REMOVED, "hidden-text", "has words that are not to be seen, left out of the pack")
    if reading.signed:
        yield Remark(
            Deed.REMOVED,
            "signature",
            "is signed; in the pack its signature can no longer be checked",
            advice="send the message itself beside the pack if the signature matters",
            warn=True,
        )
    names = [name.lower() for name in message]
    if "bcc" in names:
        yield Remark(Deed.REMOVED, "bcc", "names hidden recipients (Bcc), left out of the pack")
    rest = [name for name in names if name not in PRINTED | _KEPT_QUIET | {"bcc"}]
    if rest:
        yield Remark(
            Deed.REMOVED,
            "mail-headers",
            f"has {_counted(len(rest), 'line')} of its way through the mail (Received and the like), left out of the pack",
            len(rest),
        )
    if reading.guessed:
        yield Remark(
            Deed.FOUND,
            "encoding",
            "does not say how its letters are encoded and was read as Windows-1252",
            advice="look at its accents in the pack; where they are wrong, print it from your mail program as PDF",
            warn=True,
        )
    if reading.controls:
        yield Remark(
            Deed.REMOVED,
            "control-characters",
            f"has {_counted(reading.controls, 'control character')}, left out of the pack",
            reading.controls,
        )
    yield from _damage(message)


def _damage(message: EmailMessage) -> Iterator[Remark]:
    defects = [defect for part in all_parts(message) for defect in part.defects]
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
    names = [name.lower() for name in message]
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
