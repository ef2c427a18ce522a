"""Small lists, packs and messages to try the room on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from briefpack.distribute.letters import Letter, letters
from briefpack.distribute.message import Message, message_of
from briefpack.distribute.parcel import Attachment, Parcel, whole
from briefpack.distribute.wording import Calendar
from briefpack.distribution import (
    DEFAULT_SIZE,
    Distribution,
    Fit,
    Line,
    Mailbox,
    Mailing,
    Place,
    Recipient,
    Secret,
    Wording,
)
from briefpack.errors import Findings, Where
from briefpack.pack import Audience, Format, PackMeta, PartName
from briefpack.reading.addresses import parse_address
from briefpack.reading.read_style import read_style
from briefpack.style import Style

HERE = Where(Path("list.yaml"), 3, 5)
DATE = datetime(2025, 4, 2, 18, 0)
META = PackMeta(
    title="Visit of the Ambassador",
    subtitle="",
    reference="V(25)",
    organisation="",
    owner="Desk",
    place="Brussels",
    dates="3–4 April 2025",
    chair="",
    version="",
    date=DATE,
    as_of_has_time=True,
    language="en",
    marking="",
    watermark=None,
    where=HERE,
)
FILES = (
    whole("visit-desk.pdf", "pdf", b"%PDF-1.7 made up", 12),
    whole("visit-desk.docx", "docx", b"PK made up", 1),
)


@cache
def base_style() -> Style:
    style = read_style("base", ()).style
    assert style is not None
    return style


def audience(name: str = "desk") -> Audience:
    return Audience(
        name,
        name.capitalize(),
        "base",
        (Format.PDF, Format.DOCX),
        None,
        tuple(PartName),
        None,
        None,
        HERE,
        HERE,
    )


def parcel(name: str = "desk", *, marking: str = "", files: Sequence[Attachment] = FILES) -> Parcel:
    return Parcel(audience(name), META, marking, tuple(files), base_style())


def mailbox(address: str, name: str = "") -> Mailbox:
    return Mailbox(name, parse_address(address))


def reader(
    address: str,
    name: str = "",
    *,
    line: Line = Line.TO,
    language: str = "en",
    formats: tuple[str, ...] = (),
    copy: int | None = None,
    audience: str = "desk",
    greeting: str = "",
    variable: str = "",
) -> Recipient:
    return Recipient(
        mailbox(address, name),
        audience,
        "all",
        line,
        language,
        formats,
        copy,
        HERE,
        greeting=greeting,
        password=variable,
    )


def distribution(
    readers: Sequence[Recipient],
    *,
    subject: Mapping[str, str] | None = None,
    body: Mapping[str, str] | None = None,
    reply_to: Mailbox | None = None,
    size: int = DEFAULT_SIZE,
    places: tuple[Place, ...] = (),
    password: Secret | None = None,
    too_large: tuple[Fit, ...] = (),
) -> Distribution:
    mailing = Mailing(
        mailbox("desk@example.int", "The Desk"),
        reply_to,
        Wording(subject or {}, body or {}),
        None,
        HERE,
        copies=places,
        password=password,
    )
    names = dict.fromkeys(each.audience for each in readers)
    copies = max((each.copy for each in readers if each.copy is not None), default=0)
    return Distribution(
        dict.fromkeys(names, mailing),
        tuple(readers),
        size,
        "",
        HERE,
        HERE,
        HERE,
        copies=copies,
        too_large=too_large,
    )


def calendar(_parcel: Parcel, _language: str) -> Calendar:
    return Calendar("2 April 2025", "2 April 2025, 18:00")


def made_letters(
    readers: Sequence[Recipient],
    *,
    marking: str = "",
    subject: Mapping[str, str] | None = None,
    body: Mapping[str, str] | None = None,
    reply_to: Mailbox | None = None,
    findings: Findings | None = None,
) -> tuple[Letter, ...]:
    """The letters of all audiences that the readers have."""
    found = Findings() if findings is None else findings
    listed = distribution(readers, subject=subject, body=body, reply_to=reply_to)
    parcels = [parcel(name, marking=marking) for name in listed.mailings]
    made = letters(listed, parcels, calendar, found)
    assert findings is not None or list(found) == []
    return made


def made_message(
    readers: Sequence[Recipient],
    *,
    marking: str = "",
    subject: Mapping[str, str] | None = None,
    body: Mapping[str, str] | None = None,
    reply_to: Mailbox | None = None,
) -> Message:
    """The one message to these readers."""
    (letter,) = made_letters(readers, marking=marking, subject=subject, body=body, reply_to=reply_to)
    return message_of(letter, "visit", DATE)
