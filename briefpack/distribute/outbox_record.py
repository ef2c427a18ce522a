"""What an outbox is remembered by: outbox.json, read and written, so that what is sent or checked later is what was drafted.

It names no absolute path, no user and no time of day. It names readers, and is kept where their drafts are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import PurePosixPath
from typing import Any, TypeVar

from briefpack.distribute.parcel import Attachment
from briefpack.distribute.posted import Posted

RECORD_NAME = "outbox.json"
SCHEMA_VERSION = 2
_TYPES: Mapping[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "bool": (bool,),
    "int | None": (int, type(None)),
}
"""Of the fields of a record by what they are written as; lists are read by themselves."""


@dataclass(frozen=True, slots=True)
class RecordedReader:
    """address: as it stands in an envelope. line: as distribution.Line. copy: the number of his copy, None for none.

    key: of what he is sent: the same for the same files of the same build, in whatever words and with whatever other readers they go.
    """

    address: str
    name: str
    line: str
    copy: int | None
    key: str


@dataclass(frozen=True, slots=True)
class RecordedFile:
    """name: as the reader sees it. format, pages, size, sha256, of, trace, locked, extent: as in parcel.Attachment."""

    name: str
    format: str
    pages: int
    size: int
    sha256: str
    of: str
    trace: str = ""
    locked: bool = False
    extent: str = ""


@dataclass(frozen=True, slots=True)
class RecordedMessage:
    """name: of its draft, without ".eml". id: the Message-ID without its brackets. sender: in the envelope. part, parts: 0 where the pack goes whole.

    marking: as printed, "" for none. size: bytes as it is transmitted. date: of the draft, ISO 8601.
    """

    name: str
    id: str
    audience: str
    language: str
    date: str
    sender: str
    subject: str
    marking: str
    part: int
    parts: int
    readers: tuple[RecordedReader, ...]
    attachments: tuple[RecordedFile, ...]
    size: int


@dataclass(frozen=True, slots=True)
class OutboxRecord:
    """pack: its name. draft: whether a message carries what was built as a draft. inputs: what it was made of: path → checksum, as in manifest.Input.

    files: all others of the outbox: path relative to it → checksum.
    """

    pack: str
    draft: bool
    inputs: Mapping[str, str]
    messages: tuple[RecordedMessage, ...]
    files: Mapping[str, str]


def recorded(
    pack: str, posted: Sequence[Posted], inputs: Mapping[str, str], files: Mapping[str, str]
) -> OutboxRecord:
    """pack, inputs, files: as in the record."""
    return OutboxRecord(
        pack,
        any(each.message.letter.parcel.draft for each in posted),
        dict(sorted(inputs.items())),
        tuple(_message(pack, each) for each in posted),
        dict(sorted(files.items())),
    )


def recorded_file(file: Attachment) -> RecordedFile:
    return RecordedFile(
        file.name,
        file.format,
        file.pages,
        file.size,
        file.sha256,
        file.of,
        file.trace,
        file.locked,
        file.extent,
    )


def render(record: OutboxRecord) -> bytes:
    """As JSON, UTF-8."""
    content = {"schema": SCHEMA_VERSION, **asdict(record)}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def read_record(raw: bytes) -> OutboxRecord | None:
    """None where it is none, or none that this version understands."""
    try:
        content = json.loads(raw)
        if content["schema"] != SCHEMA_VERSION:
            return None
        return OutboxRecord(
            pack=str(content["pack"]),
            draft=content["draft"] is True,
            inputs={str(path): str(digest) for path, digest in content["inputs"].items()},
            messages=tuple(_read_message(each) for each in content["messages"]),
            # A path that leads out of the outbox was not written here.
            files={path: str(digest) for path, digest in content["files"].items() if _is_below(path)},
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def delivery_key(
    pack: str, audience: str, address_key: str, made_of: Sequence[tuple[str, str]], part: tuple[int, int]
) -> str:
    """As in RecordedReader. address_key: as in distribution.Address. made_of: the checksum of the built file and the extent, of each file. part: (0, 0) where the
    pack goes whole.

    A pack that is divided at other pages is another thing to send: whoever has a part of the former division would lack pages.
    """
    told = hashlib.sha256()
    for each in (
        pack,
        audience,
        address_key,
        *(f"{of} {extent}".strip() for of, extent in sorted(made_of)),
        f"{part[0]}/{part[1]}",
    ):
        told.update(each.encode() + b"\0")
    return told.hexdigest()[:40]


def _message(pack: str, each: Posted) -> RecordedMessage:
    letter = each.message.letter
    part = (0, 0) if letter.part is None else (letter.part.number, letter.part.of)
    made_of = [(file.of, file.extent) for file in letter.attachments]
    return RecordedMessage(
        name=each.name,
        id=each.message.id,
        audience=letter.parcel.audience.name,
        language=letter.language,
        date=each.message.date.isoformat(),
        sender=letter.mailing.sender.address.wire,
        subject=each.message.subject,
        marking=letter.parcel.marking,
        part=part[0],
        parts=part[1],
        readers=tuple(
            RecordedReader(
                reader.mailbox.address.wire,
                reader.mailbox.name,
                reader.line.value,
                reader.copy,
                delivery_key(pack, letter.parcel.audience.name, reader.mailbox.address.key, made_of, part),
            )
            for reader in letter.readers
        ),
        attachments=tuple(map(recorded_file, letter.attachments)),
        size=each.sent,
    )


def _read_message(raw: Mapping[str, Any]) -> RecordedMessage:
    lists = {
        "readers": tuple(_typed(RecordedReader(**each)) for each in raw["readers"]),
        "attachments": tuple(_typed(RecordedFile(**each)) for each in raw["attachments"]),
    }
    return _typed(RecordedMessage(**{**raw, **lists}))


_Record = TypeVar("_Record", RecordedReader, RecordedFile, RecordedMessage)


def _typed(record: _Record) -> _Record:
    """What was read, with the types that it says. Raises TypeError: somebody else's program may have written anything."""
    for each in fields(record):
        wanted = _TYPES.get(str(each.type))
        if wanted is not None and type(getattr(record, each.name)) not in wanted:
            raise TypeError(each.name)
    return record


def _is_below(path: str) -> bool:
    pure = PurePosixPath(path)
    return (
        bool(path)
        and path.isprintable()
        and "\\" not in path
        and not pure.is_absolute()
        and not {"..", "."} & set(path.split("/"))
    )
