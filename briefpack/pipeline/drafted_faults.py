"""What an outbox carries, held against what was built and audited, and against the register of copies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from briefpack.audit_record import AudienceAudit, has_passed
from briefpack.distribute.outbox_record import OutboxRecord
from briefpack.distribute.read_copies import read_copies
from briefpack.errors import Diagnostic, ExitCode, Severity, Where, some_of
from briefpack.manifest import AudienceEntry
from briefpack.pipeline.outbox_faults import AGAIN

_BACKUP = "bring it back from a backup: without it nobody can tell whose a copy is"


def drafted_faults(
    path: Path,
    record: OutboxRecord,
    entries: Mapping[str, AudienceEntry],
    audits: Mapping[str, AudienceAudit],
) -> Iterator[Diagnostic]:
    """Every attachment was made of a file that the manifest has now for that audience, and that passed its audit. path: of the record.

    In an outbox of drafts nothing was audited, which is told elsewhere.
    """
    found: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for message in record.messages:
        entry = entries.get(message.audience)
        built = {} if entry is None else {each.sha256: each for each in entry.files}
        for file in message.attachments:
            if file.of not in built:
                kind = "another build"
            elif not record.draft and not has_passed(audits.get(message.audience), file.of):
                kind = "a file that passed no audit"
            else:
                continue
            found.setdefault((message.audience, file.of, kind), []).append((file.name, message.name))
    # Told of once for each built file, however many copies were made of it.
    for (audience, _, kind), files in found.items():
        names = some_of(list(dict.fromkeys(name for name, _ in files)))
        drafts = some_of([draft for _, draft in files])
        yield _error(
            path, f"{path.name} tells of {names} for “{audience}” ({drafts}), which was made of {kind}", AGAIN
        )


def register_faults(register: Path, path: Path, record: OutboxRecord) -> Iterator[Diagnostic]:
    """Every reader's own file in an outbox stands in the register of copies. register: its path. path: of the outbox's record."""
    own = [
        (message, file)
        for message in record.messages
        for file in message.attachments
        if file.trace or file.locked
    ]
    try:
        read = read_copies(register.read_bytes())
    except FileNotFoundError:
        if own:
            yield _error(register, f"{register.name} is missing, and there are copies in the outbox", _BACKUP)
        return
    except OSError as error:
        yield _error(
            register,
            f"{register.name} cannot be read: {error.strerror or error}",
            "mend its permissions",
        )
        return
    if read is None:
        yield _error(register, f"{register.name} is no register of copies any more", _BACKUP)
        return
    if read.lost:
        yield Diagnostic(
            Severity.NOTE,
            Where(register),
            f"{register.name} has lines that cannot be read: {read.lost}",
            "they were cut off when a run was stopped, or changed since; what was cut off was written again",
        )
    known = {(copy.sha256, copy.trace) for copy in read.copies}
    unknown = [
        f"{file.name}, {message.name}" for message, file in own if (file.sha256, file.trace) not in known
    ]
    if len(unknown) == 1:
        yield _error(
            path, f"{path.name} tells of a copy ({unknown[0]}) that {register.name} does not know", AGAIN
        )
    elif unknown:
        fact = f"{path.name} tells of {len(unknown)} copies that {register.name} does not know"
        yield _error(path, f"{fact}: {some_of([f'({each})' for each in unknown])}", AGAIN)


def _error(path: Path, fact: str, remedy: str) -> Diagnostic:
    return Diagnostic(Severity.ERROR, Where(path), fact, remedy, ExitCode.OUTPUT)
