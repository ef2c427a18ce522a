"""Templates of a message, filled for one reader or several; fields without anything to say take their part of the line along; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from briefpack import template
from briefpack.distribute.parcel import BESIDE, NO_MARKS, Attachment, Marks, Parcel, Part
from briefpack.distribution import Mailing, Recipient
from briefpack.fields import size_in_words

PERSONAL = frozenset({"name", "copy"})
"""Fields that differ from reader to reader: a message that has one of them goes to one reader each."""
BULLET = "- "
"""Begins a line of a list, so that it is one in the HTML form too."""
_BODY = "{marking}\n\n{greeting}\n\n{text}\n\n{part_line}\n\n{attachments}\n\n{close}\n{sender}"
"""Where the list gives no body; text and close are the style's words."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a pack in the words of a language. date: of the build's clock. as_of: of the content; both "" where the pack has no date."""

    date: str
    as_of: str


Calendars = Callable[[Parcel, str], Calendar]
"""By parcel, whose style has the words, and language."""


@dataclass(frozen=True, slots=True)
class Words:
    """A message's templates, and the words for their fields but those of its readers."""

    subject: str
    body: str
    values: Mapping[str, str]
    marks: Marks = NO_MARKS

    @property
    def is_personal(self) -> bool:
        """Whether it goes to one reader each."""
        return bool(PERSONAL & {*template.fields(self.subject), *template.fields(self.body)})


class UnspokenError(ValueError):
    """There are no words in a language."""


def words_for(
    parcel: Parcel,
    mailing: Mailing,
    language: str,
    *,
    attachments: Sequence[Attachment],
    calendar: Calendar,
    copies: int = 0,
    part: Part | None = None,
) -> Words:
    """The words of a message in a language: those of the list, else those of the audience's style. Raises UnspokenError."""
    style, meta = parcel.style, parcel.meta
    subject = _template(mailing.wording.subject, language)
    body = _template(mailing.wording.body, language)
    if (subject is None or body is None) and not {language, _base(language)} & style.words.keys():
        raise UnspokenError(language)
    counted = {} if part is None else {"part": str(part.number), "parts": str(part.of)}
    of_pack = {
        "title": meta.title,
        "subtitle": meta.subtitle,
        "reference": meta.reference,
        "organisation": meta.organisation,
        "owner": meta.owner,
        "place": meta.place,
        "dates": meta.dates,
        "chair": meta.chair,
        "version": meta.version,
        "as_of": calendar.as_of,
        "marking": parcel.marking,
        "audience": parcel.audience.title,
        "date": calendar.date,
        "sender": mailing.sender.name or str(mailing.sender.address),
    }
    part_said = template.fill(style.word("dispatch_part", language), counted) if counted else ""
    values = {
        **of_pack,
        "copies": str(copies) if copies else "",
        "part": "",
        "parts": "",
        **counted,
        # What a subject says in any case, whether or not its template does.
        "part_said": part_said,
        "part_line": f"{part_said[:1].upper()}{part_said[1:]}",
        "draft_said": style.word("draft", language) if parcel.draft else "",
        "attachments": "\n".join(
            _attachment(each, parcel, language, locked=mailing.password is not None) for each in attachments
        ),
        "text": template.fill(style.word("dispatch_text", language), of_pack),
        "close": style.word("dispatch_close", language),
        # Completed for each message, see filled.
        "dear": style.word("dispatch_dear", language),
        "dear_one": style.word("dispatch_dear_one", language),
        "dear_all": style.word("dispatch_dear_all", language),
    }
    return Words(
        style.word("dispatch_subject", language) if subject is None else subject,
        _BODY if body is None else body,
        values,
        parcel.marks,
    )


def filled(words: Words, readers: Sequence[Recipient]) -> tuple[str, str]:
    """The subject, one line, and the body of the message to these readers, who are greeted by name where it is one.

    Not by a name with a comma in it, though: nobody is called “Last, First”.
    """
    (name, copy, greeting) = ("", None, "")
    if len(readers) == 1:
        name, copy, greeting = readers[0].mailbox.name, readers[0].copy, readers[0].greeting
    if not greeting:
        greeting = _greeting(words, name)
    values = {**words.values, "name": name, "copy": "" if copy is None else str(copy), "greeting": greeting}
    return _subject(words, values), _marked(_lines(words.body, values), words.marks)


def _greeting(words: Words, name: str) -> str:
    """name: "" where there are several readers, or one without a name, behind whose address there may be several."""
    if not name:
        return words.values["dear_all"]
    return words.values["dear_one"] if "," in name else template.fill(words.values["dear"], {"name": name})


def _subject(words: Words, values: Mapping[str, str]) -> str:
    """The words of its template, with what is said in any case: that it is a draft, which part it is, and what the policy wants said."""
    marks, fields = words.marks, template.fields(words.subject)
    shown = {**values, "marking": ""} if marks.bare else values
    subject = " ".join(template.fill(" ".join(words.subject.split()), shown).split())
    told = [
        values["draft_said"],
        "" if "marking" in fields else marks.subject,
        " ".join(each for each in (marks.portion, subject) if each),
        "" if "part" in fields else values["part_said"],
    ]
    return " · ".join(each for each in told if each)


def _marked(text: str, marks: Marks) -> str:
    """The text between the lines that the policy wants, where it does not have them already."""
    lines = text.rstrip("\n").split("\n")
    if marks.first and lines[0] != marks.first:
        lines = [marks.first, "", *lines]
    if marks.last and (lines[-1] != marks.last or not any(lines[:-1])):
        lines = [*lines, "", marks.last]
    return "\n".join(lines) + "\n"


def _lines(body: str, values: Mapping[str, str]) -> str:
    """Line by line; one that says nothing without its fields is left out, and no more than one line is empty in a row."""
    lines: list[str] = []
    for line in body.strip("\n").split("\n"):
        words = template.fill(line.rstrip(), values)
        if words or not line.strip():
            lines += words.split("\n")
    kept = [line for n, line in enumerate(lines) if line.strip() or (n and lines[n - 1].strip())]
    return "\n".join(kept).strip("\n") + "\n"


def _attachment(attachment: Attachment, parcel: Parcel, language: str, *, locked: bool) -> str:
    """locked: whether the reader's own files are; what is beside the pack never is."""
    style = parcel.style
    if not attachment.pages:
        size = size_in_words(attachment.size, style, language)
        return BULLET + template.fill(
            style.word("dispatch_beside", language), {"file": attachment.name, "size": size}
        )
    pages = (
        style.word("one_page", language)
        if attachment.pages == 1
        else style.word("many_pages", language).replace("{n}", str(attachment.pages))
    )
    size = size_in_words(attachment.size, style, language)
    if locked and attachment.format != BESIDE:
        size = f"{size}, {style.word('dispatch_locked', language)}"
    return BULLET + template.fill(
        style.word("dispatch_file", language), {"file": attachment.name, "pages": pages, "size": size}
    )


def _template(texts: Mapping[str, str], language: str) -> str | None:
    """In a language, in its base language ("en" for "en-GB"), in whatever language the list gives one; None for none."""
    by_tag = {tag.casefold(): text for tag, text in texts.items()}
    for tag in (language.casefold(), _base(language).casefold(), ""):
        if tag in by_tag:
            return by_tag[tag]
    return None


def _base(language: str) -> str:
    return language.split("-", maxsplit=1)[0]
