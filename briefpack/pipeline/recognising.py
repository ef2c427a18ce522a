"""A file that turned up → what it is: by its checksum for certain, else by what stands in it.

It may come from anybody, so it is read in a process of its own, with the limits of the audit.
"""

from __future__ import annotations

import email
import email.policy
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from briefpack.audit.read_back import read_back
from briefpack.audit.seen import Seat, Seen
from briefpack.audit_record import AUDIT_NAME, has_passed, read_audits
from briefpack.distribute.outbox_record import RECORD_NAME, RecordedReader, read_record
from briefpack.distribute.read_copies import Copy, read_copies
from briefpack.distribution import OUTBOX
from briefpack.errors import BriefpackError, ExitCode, failure
from briefpack.manifest import MANIFEST_NAME, read_audiences
from briefpack.pipeline.audit_files import LONGEST, limit
from briefpack.pipeline.sites import Site
from briefpack.pipeline.workers import Worker
from briefpack.reading.mail_parts import DAMAGE

MOST = 200_000_000
"""Bytes of a file that is looked into; by its checksum, one of any size is known."""

_Result = TypeVar("_Result")


class What(Enum):
    """COPY: made for one reader. BUILT: the pack, as the build left it. BESIDE: a file beside it. ATTACHED: a file of a message that is nobody's own copy: made
    small, locked, or a part of the pack. DRAFT: a message of an outbox."""

    COPY = "copy"
    BUILT = "built"
    BESIDE = "beside"
    ATTACHED = "attached"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Known:
    """What a file is. audience: "" where that is not known. file: its name. passed: whether the audit passed what it is, or was made of; None where no audit
    is at hand. copy: whose it is. readers: those whom a message with it was drafted for."""

    pack: str
    what: What
    audience: str
    file: str
    passed: bool | None = None
    copy: Copy | None = None
    readers: tuple[RecordedReader, ...] = ()


class Sure(Enum):
    """How sure it is. CERTAIN: the same bytes. LIKELY: the id of a copy stands in it. PERHAPS: the words of a copy stand in it, which anybody can write."""

    CERTAIN = "certain"
    LIKELY = "likely"
    PERHAPS = "perhaps"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Traced:
    """found: several where several fit. where: of an id or of the words of a copy, in the words of a message. unread: why parts of the file could not be read."""

    sure: Sure
    found: tuple[Known, ...]
    where: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def recognise(path: Path, sites: Iterable[Site]) -> tuple[Known, ...]:
    """What a file is for certain: files with its checksum in registers of copies, manifests and outboxes. Raises BriefpackError where it cannot be read."""
    return _by_digest(_digest(path), sites)


def recognise_inside(path: Path, sites: Sequence[Site]) -> tuple[tuple[str, tuple[Known, ...]], ...]:
    """What the files in a message are, each with its name: a message that was sent, or sent on, is no draft any more. () for what is no message."""
    if path.suffix.lower() != ".eml" or path.stat().st_size > MOST:
        return ()
    attached: Sequence[tuple[str, str]] = _in_time(_attached, path) or ()
    return tuple((name, _by_digest(digest, sites)) for name, digest in attached)


def _by_digest(digest: str, sites: Iterable[Site]) -> tuple[Known, ...]:
    return tuple(each for site in sites for each in _of_site(site, digest))


def trace(path: Path, sites: Sequence[Site], passwords: Sequence[str] = ()) -> Traced:
    """Whose copy a file is. Raises BriefpackError where it cannot be read."""
    certain = recognise(path, sites)
    certain = certain or tuple(one for _, each in recognise_inside(path, sites) for one in each)
    if certain:
        return Traced(Sure.CERTAIN, certain)
    copies = [(site.folder.name, copy) for site in sites for copy in _copies(site)]
    if not copies:
        return Traced(Sure.NONE, ())
    seen, unread = _read(path, passwords)
    for sure, wanted in ((Sure.LIKELY, _by_id(copies, seen)), (Sure.PERHAPS, _by_words(copies, seen))):
        if wanted:
            found = tuple(dict.fromkeys(_known(pack, copy) for pack, copy, _ in wanted))
            return Traced(sure, found, tuple(dict.fromkeys(place for *_, place in wanted)), unread)
    return Traced(Sure.NONE, (), unread=unread)


def by_id(typed: str, sites: Iterable[Site]) -> Traced:
    """Whose copy has an id, or a number, that somebody read off it; small letters, spaces and other dashes are no matter."""
    wanted = _plain_id(typed)
    copies = [(site.folder.name, copy) for site in sites for copy in _copies(site)]
    ids = [(pack, copy) for pack, copy in copies if copy.trace and wanted == _plain_id(copy.trace)]
    if ids:
        return Traced(Sure.LIKELY, tuple(_known(pack, copy) for pack, copy in ids))
    numbered = tuple(
        _known(pack, copy) for pack, copy in copies if copy.number is not None and wanted == str(copy.number)
    )
    return Traced(Sure.PERHAPS if numbered else Sure.NONE, numbered, ("its number",))


# --------------------------------------------------------------------------- by checksum


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise failure(
            f"{path} cannot be read: {error.strerror or error}",
            code=ExitCode.USAGE,
            hint="check its name and its permissions",
        ) from error


def _of_site(site: Site, digest: str) -> Iterator[Known]:
    pack = site.folder.name
    copies = [copy for copy in _copies(site) if copy.sha256 == digest]
    yield from dict.fromkeys(_known(pack, copy) for copy in copies)
    audits = read_audits(site.folder / AUDIT_NAME)
    for audience, entry in read_audiences(site.folder / MANIFEST_NAME).items():
        for output in entry.files:
            if output.sha256 == digest:
                what = What.BUILT if output in entry.outputs else What.BESIDE
                name = Path(str(output.path)).name
                yield Known(pack, what, audience, name, has_passed(audits.get(audience), digest))
    try:
        record = read_record((site.folder / OUTBOX / RECORD_NAME).read_bytes())
    except OSError:
        return
    if record is None:
        return
    for message in record.messages:
        if record.files.get(f"{message.name}.eml") == digest:
            yield Known(pack, What.DRAFT, message.audience, f"{message.name}.eml", readers=message.readers)
        for file in message.attachments:
            own = any(copy.file == file.name for copy in copies)
            if file.sha256 == digest and file.of != digest and not own:
                passed = has_passed(audits.get(message.audience), file.of)
                yield Known(pack, What.ATTACHED, message.audience, file.name, passed, readers=message.readers)


def _copies(site: Site) -> tuple[Copy, ...]:
    if site.register is None:
        return ()
    try:
        register = read_copies(site.register.read_bytes())
    except OSError:
        return ()
    return () if register is None else register.copies


def _known(pack: str, copy: Copy) -> Known:
    return Known(pack, What.COPY, copy.audience, copy.file, copy=copy)


# --------------------------------------------------------------------------- by what stands in it


_Found = list[tuple[str, Copy, str]]
"""Pack, copy, and where it was found."""


def _by_id(copies: Iterable[tuple[str, Copy]], seen: Seen | None) -> _Found:
    """Copies whose id stands in the file."""
    if seen is None:
        return []
    told = [(_where(seat, place), _plain_id(text)) for seat, place, text in _texts(seen)]
    wanted = [(pack, copy, _plain_id(copy.trace)) for pack, copy in copies if copy.trace]
    return [(pack, copy, where) for pack, copy, trace in wanted for where, text in told if trace in text]


def _by_words(copies: Iterable[tuple[str, Copy]], seen: Seen | None) -> _Found:
    """Copies whose number and name stand together on the pages: "Copy 3 of 12 — Elena Marković", in whatever language."""
    if seen is None:
        return []
    told = [(_where(seat, place), _plain(text)) for seat, place, text in _texts(seen)]
    found: _Found = []
    for pack, copy in copies:
        if copy.number is None or copy.of is None:
            continue
        called = [_plain(each) for each in (copy.name, copy.address) if each]
        who = "|".join(map(re.escape, called))
        line = re.compile(rf"(?<!\d){copy.number}\D{{1,24}}{copy.of}(?!\d)\W{{1,8}}(?:{who})(?!\w)")
        # Most texts name nobody, and there may be thousands of them and of copies.
        named = [(where, text) for where, text in told if any(each in text for each in called)]
        found += [(pack, copy, where) for where, text in named if line.search(text)]
    return found


def _texts(seen: Seen) -> Iterator[tuple[Seat, str, str]]:
    for passage in seen.passages:
        yield passage.seat, passage.place, passage.text
    for inner in seen.inside:
        for seat, place, text in _texts(inner):
            yield seat, f"{inner.name}, {place}", text


def _where(seat: Seat, place: str) -> str:
    """Without the way in which it was read there."""
    return "its properties" if seat is Seat.METADATA else place.partition(", ")[0]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _plain_id(text: str) -> str:
    """Without what gets lost when an id is copied out by hand, or when a page is read back word by word."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).upper())


def _read(path: Path, passwords: Sequence[str]) -> tuple[Seen | None, tuple[str, ...]]:
    """All that stands in a file, and why parts of it could not be read."""
    if path.stat().st_size > MOST:
        return None, (f"has more than {MOST // 1_000_000} MB",)
    seen = _in_time(_seen, path, tuple(passwords))
    if seen is None:
        return None, ("takes its reader more time or memory than a file may",)
    return seen, tuple(dict.fromkeys(why for _, why in seen.opaque))


def _in_time(function: Callable[..., _Result], *arguments: Any) -> _Result | None:
    """What a function makes of a file that may be made to hurt, in a process of its own; None where it takes too much."""
    worker = Worker(function, *arguments)
    try:
        return worker.result() if worker.results.poll(LONGEST) else None
    except BriefpackError:
        return None
    finally:
        worker.stop()


def _seen(path: Path, passwords: tuple[str, ...]) -> Seen:
    limit()
    return read_back(path.read_bytes(), path.name, passwords)


def _attached(path: Path) -> list[tuple[str, str]]:
    """Names and checksums of the files in a message; several may have one name."""
    limit()
    found: list[tuple[str, str]] = []
    try:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for part in message.walk():
            name = part.get_filename()
            content = part.get_payload(decode=True)
            if name and isinstance(content, bytes):
                found.append((name, hashlib.sha256(content).hexdigest()))
    except (*DAMAGE, RecursionError):
        # No message, or messages in messages, deeper than anybody sends them.
        return []
    return found
