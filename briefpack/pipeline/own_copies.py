"""Letters to one reader each → the same with files of the reader's own: numbered and named, locked, or both.

An original is prepared once, and copies share its bytes. A locked copy shares nothing with any other: it waits in a file until the messages are written.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefpack import template
from briefpack.copies.copy_mark import CopyError, CopyMark
from briefpack.distribute.letters import Letter, with_files
from briefpack.distribute.parcel import BESIDE, Attachment
from briefpack.distribute.shown_names import shown_or_address
from briefpack.distribute.traces import short_id
from briefpack.distribute.wording import Calendars
from briefpack.distribution import Recipient
from briefpack.errors import ExitCode, Findings
from briefpack.files import remove, set_aside
from briefpack.pipeline.passwords import Passwords, letter_number
from briefpack.pipeline.progress import Progress

if TYPE_CHECKING:
    from hashlib import _Hash

    from briefpack.pipeline.workshop import Original, Workshop

Shelf = Callable[[bytes], Path]
"""Keeps bytes in a file until the run is over."""


@contextlib.contextmanager
def shelf_in(folder: Path) -> Iterator[Shelf]:
    """A place in folder for what is too much for memory; what lies there is gone when the block ends, and is swept after a kill."""
    kept: list[Path] = []

    def keep(content: bytes) -> Path:
        kept.append(set_aside(folder, content))
        return kept[-1]

    try:
        yield keep
    finally:
        for path in kept:
            remove(path)


class Copies:
    """Makes the copies of one draft. pack: its name. passwords: see passwords_of; only asked where files are locked."""

    def __init__(self, pack: str, workshop: Workshop, passwords: Passwords, shelf: Shelf) -> None:
        self._pack, self._workshop, self._passwords, self._shelf = pack, workshop, passwords, shelf
        self._originals: dict[tuple[str, str], Original] = {}
        self._begun: dict[int, tuple[bytes, _Hash]] = {}

    def own(self, letter: Letter, calendars: Calendars) -> Letter:
        """The letter with its reader's own files, of whose sizes its words tell. Raises CopyError with the file's name in its fact."""
        if not letter.mailing.each_his_own:
            return letter
        (reader,) = letter.readers
        files = [self._own_file(letter, reader, each) for each in letter.attachments]
        return replace(with_files(letter, files, calendars, letter.part), name=letter.name)

    def growth(self, letter: Letter, file: Attachment) -> int:
        """Bytes by which a copy for this letter's reader is larger than the file itself, about: those of parts are smaller."""
        if file.format == BESIDE or not letter.mailing.each_his_own:
            return 0
        (reader,) = letter.readers
        with _named(file):
            pieces = self._stamped(letter, reader, file)
            if letter.mailing.password is not None:
                locked = self._locked(reader, file, b"".join(pieces))
                return max(0, len(locked) - file.size)
        return max(0, sum(map(len, pieces)) - file.size)

    def numbered(self, letter: Letter) -> tuple[Attachment, ...]:
        """The letter's files as they are before anybody locks them: numbered and named where its readers have copies. Raises CopyError, as own does."""
        if not letter.mailing.each_his_own:
            return letter.attachments
        (reader,) = letter.readers
        return tuple(self._numbered(letter, reader, each) for each in letter.attachments)

    def _numbered(self, letter: Letter, reader: Recipient, file: Attachment) -> Attachment:
        if file.format == BESIDE or not letter.mailing.copies:
            return file
        with _named(file):
            stamped = self._stamped(letter, reader, file)
        size, digest = self._measured(stamped)
        return replace(
            file, pieces=stamped, size=size, sha256=digest, trace=self._trace(letter, reader, file)
        )

    def _own_file(self, letter: Letter, reader: Recipient, file: Attachment) -> Attachment:
        numbered = self._numbered(letter, reader, file)
        if file.format == BESIDE or letter.mailing.password is None:
            return numbered
        with _named(file):
            locked = self._locked(reader, file, numbered.content)
        return replace(
            numbered,
            pieces=(self._shelf(locked),),
            size=len(locked),
            sha256=hashlib.sha256(locked).hexdigest(),
            locked=True,
        )

    def _stamped(self, letter: Letter, reader: Recipient, file: Attachment) -> tuple[bytes, ...]:
        places = letter.mailing.copies
        if not places or reader.copy is None:
            return (file.content,)
        style = letter.parcel.style
        original = self._originals.get((file.sha256, style.name))
        if original is None:
            prepare = self._workshop.prepare.get(file.format)
            if prepare is None:
                raise CopyError("is of a kind that cannot be numbered", "ask for `formats: pdf`")
            original = prepare(file.content, places, style)
            self._originals[file.sha256, style.name] = original
        return original.copy(mark_of(letter, reader, reader.copy, self._trace(letter, reader, file)))

    def _locked(self, reader: Recipient, file: Attachment, content: bytes) -> bytes:
        password = self._passwords[letter_number(self._pack, reader)]
        lock = self._workshop.lock.get(file.format)
        if lock is None:
            raise CopyError("is of a kind that cannot be locked", "ask for `formats: pdf`")
        return lock(content, password)

    def _trace(self, letter: Letter, reader: Recipient, file: Attachment) -> str:
        """Of what was built and who gets it: without the built file, nobody can try addresses on it."""
        part = "" if letter.part is None else f"{letter.part.number}/{letter.part.of}"
        address = reader.mailbox.address.key
        return short_id(self._pack, file.of, reader.audience, address, str(reader.copy), part)

    def _measured(self, pieces: Sequence[bytes]) -> tuple[int, str]:
        """Size and checksum. What copies have in common is read once."""
        first, *rest = pieces
        known = self._begun.get(id(first))
        if known is None:
            # The bytes are kept with their sum, so that nothing else can have their identity.
            known = (first, hashlib.sha256(first))
            self._begun[id(first)] = known
        told = known[1].copy()
        for each in rest:
            told.update(each)
        return len(first) + sum(map(len, rest)), told.hexdigest()


def mark_of(letter: Letter, reader: Recipient, number: int, trace: str) -> CopyMark:
    """What is written on a reader's copy, in the pack's language."""
    word = letter.parcel.style.word("copy_line", letter.parcel.meta.language)
    counted = {"copy": str(number), "copies": str(letter.copies)}
    shown, address = shown_or_address(reader.mailbox), str(reader.mailbox.address)
    return CopyMark(
        number,
        letter.copies,
        reader.mailbox.name or address,
        template.fill(word, {**counted, "name": shown}),
        trace,
        "" if shown == address else template.fill(word, {**counted, "name": address}),
    )


def own_copies(
    letters: Sequence[Letter],
    copies: Copies,
    calendars: Calendars,
    findings: Findings,
    progress: Progress,
) -> tuple[Letter, ...]:
    """All letters, those with files for everybody as they are. A file that cannot be copied or locked is reported, once for an audience."""
    _tell_unlocked(letters, findings)
    made = []
    failed: set[str] = set()
    for number, letter in enumerate(letters):
        progress("making copies", number, len(letters))
        name = letter.parcel.audience.name
        if name in failed:
            continue
        try:
            made.append(copies.own(letter, calendars))
        except CopyError as error:
            failed.add(name)
            findings.error(letter.mailing.where, error.fact, error.remedy or None, ExitCode.OUTPUT)
    return tuple(made)


def _tell_unlocked(letters: Sequence[Letter], findings: Findings) -> None:
    """Files beside a pack go as they are, even where the pack is locked: nobody should think otherwise."""
    told: dict[str, None] = {}
    for letter in letters:
        if letter.mailing.password is None or letter.parcel.audience.name in told:
            continue
        told[letter.parcel.audience.name] = None
        names = [f"“{each.name}”" for each in letter.attachments if each.format == BESIDE]
        if names:
            findings.warning(
                letter.mailing.where,
                f"{', '.join(names)} to “{letter.parcel.audience.name}” goes without a password, beside files that are locked",
                "write `beside: false` for this audience, or make the annex a part of the pack",
                rule="unlocked-file",
            )


@contextlib.contextmanager
def _named(file: Attachment) -> Iterator[None]:
    """Say which file it is that cannot be copied."""
    try:
        yield
    except CopyError as error:
        raise CopyError(f"{file.name} {error.fact}", error.remedy) from error
