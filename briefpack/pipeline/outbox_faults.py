"""An outbox held against its own record, without the pack: the files, the heads of the drafts, and the files inside them.

The drafts are read with another parser than they were written with, so that a fault of the writer is found as well.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from email.message import EmailMessage
from pathlib import Path

from briefpack.distribute.outbox_record import (
    RECORD_NAME,
    OutboxRecord,
    RecordedMessage,
    read_record,
)
from briefpack.distribution import Line
from briefpack.errors import Diagnostic, ExitCode, Severity, Where
from briefpack.files import digest_of
from briefpack.folder_lock import LOCK_NAME
from briefpack.pipeline.opened_draft import DraftReader, OpenedDraft
from briefpack.pipeline.passwords import LETTERS
from briefpack.reading.mail_parts import DAMAGE

AGAIN = "draft the messages again, and send nothing from this outbox until then"
_ONCE = ("From", "Subject", "Date", "Message-ID")
_AT_MOST_ONCE = ("To", "Cc", "Bcc", "Reply-To", "Sender")
_BODIES = ("text/plain", "text/html")


def outbox_faults(folder: Path) -> tuple[OutboxRecord | None, tuple[Diagnostic, ...]]:
    """What an outbox was recorded as, None where it has no record that this version understands, and everything that is not so.

    Errors have the exit code OUTPUT; what no record knows is a warning where it is a draft, and a note where it is anything else.
    """
    path = folder / RECORD_NAME
    try:
        record = read_record(path.read_bytes())
    except OSError:
        record = None
    if record is None:
        return None, (
            _error(path, "is no record of an outbox that this version understands, or is not there", AGAIN),
        )
    drafts = {_draft_of(message) for message in record.messages}
    found: list[Diagnostic] = []
    for name, digest in record.files.items():
        if name not in drafts:
            found += _file(folder, name, digest, digest_of)
    found += _besides(folder, record)
    names = Counter(each.name for each in record.messages)
    reader = DraftReader()
    for message in record.messages:
        if names[message.name] > 1:
            found.append(_error(path, f"has two messages called {message.name}", AGAIN))
        found += _message(folder, message, record.files, reader)
    return record, tuple(dict.fromkeys(found))


def _error(path: Path, fact: str, remedy: str) -> Diagnostic:
    return Diagnostic(Severity.ERROR, Where(path), f"{path.name} {fact}", remedy, ExitCode.OUTPUT)


# --------------------------------------------------------------------------- files


def _file(folder: Path, name: str, digest: str, sum_of: Callable[[Path], str]) -> Iterator[Diagnostic]:
    """A file of the record. sum_of: reads it, and says its checksum; raises OSError."""
    path = folder / name
    try:
        if path.is_symlink():
            yield _error(path, "is a link to somewhere else, and not the file that was drafted", AGAIN)
        elif path.exists() and not path.is_file():
            yield _error(path, "is no file", AGAIN)
        elif sum_of(path) != digest:
            yield _error(path, "is not as it was drafted: its checksum is another one", AGAIN)
    except FileNotFoundError:
        if name.startswith(f"{LETTERS}/"):
            yield Diagnostic(
                Severity.NOTE, Where(path), f"{path.name}, a letter with a password, is not here any more"
            )
        else:
            yield _error(path, "is missing", AGAIN)
    except OSError as error:
        yield _error(path, f"cannot be read: {error.strerror or error}", "mend its permissions")


def _besides(folder: Path, record: OutboxRecord) -> Iterator[Diagnostic]:
    known = {RECORD_NAME, LOCK_NAME, *record.files}
    for path in sorted(folder.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            continue
        if path.relative_to(folder).as_posix() in known:
            continue
        if path.suffix.lower() == ".eml":
            yield Diagnostic(
                Severity.WARNING,
                Where(path),
                f"{path.name} is a draft that no record knows: nobody checked what is in it",
                "move it away, so that nobody sends it by mistake",
                ExitCode.OUTPUT,
                rule="unknown-draft",
            )
        else:
            yield Diagnostic(Severity.NOTE, Where(path), f"{path.name} is in no record of the outbox")


# --------------------------------------------------------------------------- drafts


def _draft_of(message: RecordedMessage) -> str:
    """The name of a message's file."""
    return f"{message.name}.eml"


def _message(
    folder: Path, recorded: RecordedMessage, files: Mapping[str, str], reader: DraftReader
) -> Iterator[Diagnostic]:
    """A draft, which is read once: what is summed is what is opened."""
    name = _draft_of(recorded)
    if name not in files:
        yield _error(folder / RECORD_NAME, f"has a message without a draft: {recorded.name}", AGAIN)
        return
    read: list[bytes] = []

    def sum_of(path: Path) -> str:
        read.append(path.read_bytes())
        return hashlib.sha256(read[0]).hexdigest()

    yield from _file(folder, name, files[name], sum_of)
    for raw in read:
        try:
            wrong = _wrong(reader.open(raw), recorded)
        except (*DAMAGE, RecursionError) as error:
            wrong = (f"is no sound message ({type(error).__name__})",)
        for fact in wrong:
            yield _error(folder / name, fact, AGAIN)


def _wrong(draft: OpenedDraft, recorded: RecordedMessage) -> tuple[str, ...]:
    """What a draft says that the record does not, or the reverse."""
    wrong = [*_heads(draft.message, recorded)]
    # Where the heads cannot be trusted there is no more to be said of what stands in them.
    wrong = wrong or [*_said(draft.message, recorded)]
    return (*wrong, *_attached(draft, recorded))


def _heads(message: EmailMessage, recorded: RecordedMessage) -> Iterator[str]:
    counted = Counter(name.lower() for name in message.keys())  # noqa: SIM118 - a message is no dict: a head may be there twice
    for name in _ONCE:
        if counted[name.lower()] != 1:
            yield f"has the head {name} {counted[name.lower()]} times"
    for name in _AT_MOST_ONCE:
        if counted[name.lower()] > 1:
            yield f"has the head {name} {counted[name.lower()]} times"
    for name in sorted(counted):
        if name.startswith("resent-"):
            yield f"has the head {name}, which sends it to others"
    if any(part.defects for part in message.walk()):
        kinds = sorted({type(defect).__name__ for part in message.walk() for defect in part.defects})
        yield f"is no sound message ({', '.join(kinds)})"
    if not recorded.readers:
        yield "has no reader in the record"


def _said(message: EmailMessage, recorded: RecordedMessage) -> Iterator[str]:
    for line in Line:
        name = line.value.capitalize()
        said = _addresses(message, name)
        meant = [each.address for each in recorded.readers if each.line == line.value]
        yield from _compared(name, said, meant)
    sender = _addresses(message, "From")
    if sender != [recorded.sender]:
        yield f"comes from {', '.join(sender)}, and the record tells {recorded.sender}"
    if (subject := _text(str(message["Subject"]))) != recorded.subject:
        yield f"has the subject “{subject}”, and the record tells “{recorded.subject}”"
    if str(message["Message-ID"]).strip() != f"<{recorded.id}>":
        yield "has another Message-ID than the record tells"


def _addresses(message: EmailMessage, name: str) -> list[str]:
    head = message[name]
    return [] if head is None else [_text(each.addr_spec) for each in head.addresses]


def _text(said: str) -> str:
    """UTF-8 that stood in a head as it is (RFC 6532): the parser hands its bytes on one by one."""
    return said.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _compared(line: str, said: Iterable[str], meant: Iterable[str]) -> Iterator[str]:
    there, wanted = Counter(said), Counter(meant)
    for address in (there - wanted).elements():
        yield f"goes to {address} ({line}), whom the record does not tell of"
    for address in (wanted - there).elements():
        yield f"does not go to {address} ({line}), whom the record tells of"


def _attached(draft: OpenedDraft, recorded: RecordedMessage) -> Iterator[str]:
    there: list[tuple[str, str]] = []
    bodies: Counter[str] = Counter()
    for part in draft.message.walk():
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            continue
        if part.get_content_disposition() is None and part.get_content_type() in _BODIES:
            bodies[part.get_content_type()] += 1
            continue
        there.append((part.get_filename() or "", draft.sha256(part)))
    for kind in _BODIES:
        if bodies[kind] != 1:
            yield f"has {bodies[kind]} texts of the kind {kind}, rather than one"
    meant = [(file.name, file.sha256) for file in recorded.attachments]
    if there == meant:
        return
    named = dict(meant)
    for name, digest in there:
        if name not in named:
            yield f"has an attachment that the record does not tell of: {name or 'without a name'}"
        elif digest != named[name]:
            yield f"has another {name} in it than the record tells of"
    for name in named:
        if name not in {each for each, _ in there}:
            yield f"lacks the attachment {name}"
    if sorted(there) == sorted(meant) or len(there) != len({name for name, _ in there}):
        yield "has its attachments in another order, or twice"
