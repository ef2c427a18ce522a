"""The readers of the audiences → letters: who stands in one message together, in which language and with which files; pure.

A letter is for one audience. Its readers differ in language or in files only from those of another letter; where the words name the reader, each has
a letter of his own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefpack import template
from briefpack.distribute.parcel import BESIDE, Attachment, Parcel, Part
from briefpack.distribute.wording import Calendars, UnspokenError, Words, words_for
from briefpack.distribution import Distribution, Fit, Line, Mailbox, Mailing, Recipient
from briefpack.errors import Findings


@dataclass(frozen=True, slots=True)
class Step:
    """What was tried to make a message small enough. before, after: bytes of the largest message, encoded; the same where nothing was gained.

    why: what stood in the way, in words, "" for nothing. parts: into how many it was divided, 1 where it goes whole.
    """

    fit: Fit
    before: int
    after: int
    why: str = ""
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Letter:
    """name: what its files are called, unlike that of any other letter of the pack. readers: in the order of the list.

    part: None where the pack goes whole. copies: how many numbered copies there are in all. series: what the letters are called that say the same to one
    reader each, "" where it is not one of several. steps: what was tried to make it small enough, in this order.
    """

    name: str
    parcel: Parcel
    mailing: Mailing
    language: str
    readers: tuple[Recipient, ...]
    attachments: tuple[Attachment, ...]
    words: Words
    part: Part | None = None
    copies: int = 0
    series: str = ""
    steps: tuple[Step, ...] = ()

    def on(self, line: Line) -> tuple[Mailbox, ...]:
        """Those who stand on a line of its head."""
        return tuple(each.mailbox for each in self.readers if each.line is line)

    @property
    def addressed(self) -> tuple[Recipient, ...]:
        """Those who are spoken to: who stand under To, else all of them."""
        return tuple(each for each in self.readers if each.line is Line.TO) or self.readers


def letters(
    distribution: Distribution,
    parcels: Iterable[Parcel],
    calendars: Calendars,
    findings: Findings,
) -> tuple[Letter, ...]:
    """The letters of some audiences, in the order of the pack; what cannot be written is reported."""
    return tuple(
        letter for parcel in parcels for letter in _of_audience(distribution, parcel, calendars, findings)
    )


def _of_audience(
    distribution: Distribution, parcel: Parcel, calendars: Calendars, findings: Findings
) -> Iterator[Letter]:
    name = parcel.audience.name
    mailing = distribution.mailings[name]
    together: dict[tuple[str, tuple[str, ...]], list[Recipient]] = {}
    for reader in distribution.of(name):
        formats = tuple(
            each.format
            for each in parcel.attachments
            if each.format != BESIDE and (not reader.formats or each.format in reader.formats)
        )
        together.setdefault((reader.language.casefold(), formats), []).append(reader)
    languages = {language for language, _ in together}
    choices = {formats for _, formats in together}
    for (language, formats), readers in together.items():
        attachments = tuple(each for each in parcel.attachments if each.format in (*formats, BESIDE))
        try:
            words = words_for(
                parcel,
                mailing,
                readers[0].language,
                attachments=attachments,
                calendar=calendars(parcel, readers[0].language),
                copies=distribution.copies,
            )
        except UnspokenError:
            findings.error(
                readers[0].where,
                f"there are no words for a message in the language “{readers[0].language}”",
                f"add `subject:` and `body:` in it for the audience “{name}”, or give this reader another language",
            )
            continue
        # No name of an audience, and no language, has an underscore.
        parts = [name]
        parts += [language] if len(languages) > 1 else []
        parts += ["-".join(formats)] if len(choices) > 1 else []
        letter = Letter(
            "_".join(parts),
            parcel,
            mailing,
            readers[0].language,
            _under_to(readers),
            attachments,
            words,
            copies=distribution.copies,
        )
        alone = words.is_personal or mailing.each_his_own
        yield from _each_his_own(letter, findings) if alone else _apart(letter)


def with_files(
    letter: Letter,
    attachments: Sequence[Attachment],
    calendars: Calendars,
    part: Part | None = None,
) -> Letter:
    """The letter with other files, which its words tell of. part: of the pack that goes with it; its name then says so."""
    words = words_for(
        letter.parcel,
        letter.mailing,
        letter.language,
        attachments=attachments,
        calendar=calendars(letter.parcel, letter.language),
        copies=letter.copies,
        part=part,
    )
    name = letter.name if part is None else f"{letter.name}_part-{part.number}"
    return replace(letter, name=name, attachments=tuple(attachments), words=words, part=part)


def _under_to(readers: Sequence[Recipient]) -> tuple[Recipient, ...]:
    """A letter that is only for information to all of its readers is to them."""
    if any(reader.line is Line.TO for reader in readers):
        return tuple(readers)
    return tuple(replace(reader, line=Line.TO) if reader.line is Line.CC else reader for reader in readers)


def _apart(letter: Letter) -> Iterator[Letter]:
    """Whoever is named with letters beyond ASCII before his @ has a message without the others: it goes only where every server on its way has SMTPUTF8
    (RFC 6531), and theirs would go no further. Hidden readers are in no head."""
    beyond, others = (
        tuple(
            each
            for each in letter.readers
            if (each.mailbox.address.needs_smtputf8 and each.line is not Line.BCC) is wanted
        )
        for wanted in (True, False)
    )
    if not beyond or not others:
        yield letter
        return
    yield replace(letter, readers=_under_to(others))
    # No language and no format is called so.
    yield replace(letter, name=f"{letter.name}_international", readers=_under_to(beyond))


def _each_his_own(letter: Letter, findings: Findings) -> Iterator[Letter]:
    """A letter for each reader, who has nobody to be hidden from and stands under To."""
    digits = len(str(len(letter.readers)))
    for number, reader in enumerate(letter.readers, 1):
        for field, value in (("name", reader.mailbox.name), ("copy", reader.copy)):
            if not value and field in _fields(letter.words):
                findings.error(
                    reader.where,
                    f"the message gives the reader's {field} ({{{field}}}), and this one has none",
                    f"add `{field}:`, or take {{{field}}} out of the message",
                )
        yield replace(
            letter,
            name=f"{letter.name}_{number:0{digits}}",
            readers=(replace(reader, line=Line.TO),),
            series=letter.name if len(letter.readers) > 1 else "",
        )


def _fields(words: Words) -> Sequence[str]:
    return (*template.fields(words.subject), *template.fields(words.body))
