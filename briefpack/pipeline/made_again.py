"""An outbox held against what would be drafted now: every file that was made of a built one is made again and has to have the same bytes, and every draft has to say the same.

Of these the outbox's record alone says what they are, so that a draft and the record might be changed together. Nothing that is made here is sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from random import SystemRandom

from briefpack.copies.copy_mark import CopyError
from briefpack.distribute.letters import Letter, letters, with_files
from briefpack.distribute.message import message_of
from briefpack.distribute.outbox_record import OutboxRecord, RecordedFile, RecordedMessage, recorded_file
from briefpack.distribute.parcel import BESIDE, Attachment
from briefpack.distribute.secret_words import drawn
from briefpack.distribution import Secret
from briefpack.errors import BriefpackError, ExitCode, Findings, Severity, Where
from briefpack.pipeline.opened_draft import DraftReader
from briefpack.pipeline.own_copies import Copies, shelf_in
from briefpack.pipeline.passwords import Passwords, letter_number, passwords_on_letters
from briefpack.pipeline.progress import Progress
from briefpack.pipeline.workshop import WORKSHOP
from briefpack.pipeline.writing import Writing

_REMEDY = (
    "draft again, look at it, and send then: briefpack mail draft {pack}; "
    "another version of briefpack or of Python, or another SOURCE_DATE_EPOCH, makes other drafts as well"
)
_MOST_OPENED = 50
"""Drafts with locked files that are opened; where there are more, lots are drawn, since each file takes about as long as locking it did."""
_ATTACHED = b"\r\nContent-Disposition: attachment"
"""In the head of each file in a draft, and behind all that a draft says."""


def check_made(
    writing: Writing, path: Path, record: OutboxRecord, findings: Findings, progress: Progress
) -> None:
    """Report what an outbox carries and would not be drafted now. writing: of the pack as it is now. path: of the record, with the drafts beside it.

    That the files in the drafts are those of the record is seen to elsewhere. A locked file is opened with the password on its reader's letter; where that is not in the
    outbox any more, or the password was from the environment, no more is looked at than whose it is and what it was made of.
    """
    found = Findings()
    try:
        with shelf_in(writing.output) as shelf:
            # What is locked here is weighed only.
            nobodys = drawn()
            readers = writing.distribution.recipients
            weighed = {letter_number(writing.pack.name, each): nobodys for each in readers}
            copies = Copies(writing.pack.name, WORKSHOP, weighed, shelf)
            expected = _letters(writing, record, copies, found, progress)
            passwords = passwords_on_letters(path.parent, record.files)
            check = _Check(writing, path.parent, copies, expected, passwords, _lots(expected))
            for number, message in enumerate(record.messages):
                progress("making files again", number, len(record.messages))
                try:
                    facts = tuple(check.faults(message))
                except OSError as error:
                    facts = (f"{message.name}.eml cannot be read any more: {error.strerror or error}",)
                for fact in facts:
                    found.error(Where(path), fact, _REMEDY.format(pack=writing.pack.name), ExitCode.OUTPUT)
    except BriefpackError as error:
        found.extend(error.diagnostics)
    # Warnings were told when it was drafted.
    findings.extend(dict.fromkeys(each for each in found if each.severity is Severity.ERROR))


def _letters(
    writing: Writing, record: OutboxRecord, copies: Copies, findings: Findings, progress: Progress
) -> dict[str, Letter]:
    """Those that would be drafted now for the audiences of the record, by name. Raises BriefpackError with what keeps them from being drafted."""
    drafted = {each.audience for each in record.messages}
    going = [each for each in writing.pack.audiences if each.name in drafted]
    ready = writing.parcels(going, findings)
    written = letters(writing.distribution, ready, writing.calendars, findings)
    findings.raise_if_errors()
    return {each.name: each for each in writing.fitted(written, copies, findings, progress)}


def _lots(expected: Mapping[str, Letter]) -> frozenset[str]:
    """The names of the letters whose locked files are opened."""
    locked = [name for name, letter in expected.items() if letter.mailing.password is Secret.LETTER]
    return frozenset(SystemRandom().sample(locked, min(len(locked), _MOST_OPENED)))


@dataclass(frozen=True, slots=True)
class _Check:
    """folder: the outbox. letters: that would be drafted now, by name. passwords: those that are known. lots: names of the letters whose locked files are opened."""

    writing: Writing
    folder: Path
    copies: Copies
    letters: Mapping[str, Letter]
    passwords: Passwords
    lots: frozenset[str]

    def faults(self, message: RecordedMessage) -> Iterator[str]:
        """What a message is said to have and would not have."""
        draft = f"{message.name}.eml"
        letter = self.letters.get(message.name)
        if letter is None:
            yield f"{draft} would not be drafted now"
            return
        readers = [(each.address, each.line, each.copy) for each in message.readers]
        if readers != [(each.mailbox.address.wire, each.line.value, each.copy) for each in letter.readers]:
            yield f"{draft} would have other readers now, or copies with other numbers"
            return
        try:
            files = self.copies.numbered(letter)
        except CopyError as error:
            yield f"{draft} cannot be made again: {error.fact}"
            return
        part = (0, 0) if letter.part is None else (letter.part.number, letter.part.of)
        names = [each.name for each in message.attachments]
        if names != [each.name for each in files] or part != (message.part, message.parts):
            yield f"{draft} would have other files now"
            return
        bare = files
        if letter.mailing.password is not None:
            files = tuple(map(_locked, files, message.attachments))
        others = [
            file.name
            for told, file in zip(message.attachments, files, strict=True)
            if told != recorded_file(file)
        ]
        for name in others:
            yield f"{name} in {draft} is another file than what was built and audited makes for its readers"
        if not others and not self._says_the_same(message, letter, files):
            yield f"{draft} says something else than would be drafted now"
        if not others and message.name in self.lots:
            (reader,) = letter.readers
            password = self.passwords.get(letter_number(self.writing.pack.name, reader))
            if password is not None:
                yield from self._unlike(draft, bare, password)

    def _unlike(self, draft: str, bare: Sequence[Attachment], password: str) -> Iterator[str]:
        """What is said of locked files that are others than these, locked. draft: its name."""
        opened = DraftReader().open((self.folder / draft).read_bytes())
        locked = {part.get_filename(): opened.content(part) for part in opened.message.walk()}
        for file in bare:
            content, is_lock_of = locked.get(file.name), WORKSHOP.is_lock_of.get(file.format)
            if is_lock_of is None:
                continue
            try:
                alike = content is not None and is_lock_of(content, file.content, password)
            except CopyError:
                alike = False
            if not alike:
                yield f"{file.name} in {draft} is not the file of its reader, locked with the password on his letter"

    def _says_the_same(self, message: RecordedMessage, letter: Letter, files: Sequence[Attachment]) -> bool:
        """Whether a draft has the head and the texts that it would have, letter by letter."""
        if letter.mailing.each_his_own:
            letter = replace(with_files(letter, files, self.writing.calendars, letter.part), name=letter.name)
        empty = tuple(replace(each, size=0, pieces=()) for each in files)
        try:
            date = datetime.fromisoformat(message.date)
        except ValueError:
            return False
        wanted = message_of(letter, self.writing.pack.name, date)
        whole = replace(wanted, letter=replace(letter, attachments=empty)).draft()
        said = whole.rsplit(_ATTACHED, len(files))[0] if files else whole
        with (self.folder / f"{message.name}.eml").open("rb") as file:
            return file.read(len(said)) == said


def _locked(file: Attachment, recorded: RecordedFile) -> Attachment:
    """A file with what locking made of it, as the record has it."""
    if file.format == BESIDE:
        return file
    return replace(file, size=recorded.size, sha256=recorded.sha256, locked=True)
