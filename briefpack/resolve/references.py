"""An author's spans → spans of the Document: every reference checked and put into words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from briefpack.blocks import AuthorSpans, Note, Reference
from briefpack.document import CrossReference, LineBreak, Link, NoteReference, Position, Span, Spans, Text
from briefpack.errors import Findings, Where
from briefpack.resolve.abbreviations import Abbreviations
from briefpack.resolve.names import Target, TargetKind, Targets, suggestion
from briefpack.resolve.number import Counts
from briefpack.resolve.portions import Portions
from briefpack.resolve.typography import Typography
from briefpack.style import Style


@dataclass(slots=True)
class References:
    """Puts references into words. targets: None while the names of the document are still being learnt; met then
    tells that there is a reference to come back for.

    known: every name of the whole pack. section: anchor of the section the words stand in. counts: of the walk, for the numbers of notes.
    portions: of the walk, for the marks of notes. typography: sets the author's words as their language does. abbreviations: of the walk, which sees every word that is printed. notes: the named notes that have been met, by section and name.
    """

    style: Style
    audience: str
    known: Mapping[str, Where]
    findings: Findings
    targets: Targets | None
    language: str
    section: str = ""
    met: bool = field(default=False)
    counts: Counts = field(default_factory=Counts)
    abbreviations: Abbreviations = field(default_factory=Abbreviations)
    portions: Portions = field(default_factory=Portions)
    notes: dict[tuple[str, str], NoteReference] = field(default_factory=dict)
    typography: Typography = field(init=False)

    def __post_init__(self) -> None:
        self.typography = Typography(self.style)

    def spans(self, spans: AuthorSpans) -> Spans:
        """Words that are no running text: a title, a caption, a note, a label."""
        done = tuple(self._each(spans))
        self.abbreviations.see_spans(done)
        return done

    def running(self, spans: AuthorSpans) -> Spans:
        """Running text, in which abbreviations are spelled out."""
        return self.abbreviations.running(tuple(self._each(spans)), self.language)

    def strong(self, spans: AuthorSpans) -> Spans:
        """The same as spans with every word bold."""
        return tuple(_strong(span) for span in self.spans(spans))

    def words(self, text: str) -> str:
        """Words without a look: a title, a name."""
        text = self.typography.text(text, self.language)
        self.abbreviations.see(text)
        return text

    def _each(self, spans: AuthorSpans) -> Iterator[Span]:
        for span in self.typography.spans(spans, self.language):
            match span:
                case Text() | LineBreak() | Link():
                    yield span
                case Reference():
                    yield from self.reference(span)
                case Note():
                    yield self._note(span)
                case _:
                    assert_never(span)

    # ----------------------------------------------------------------------- notes

    def _note(self, note: Note) -> NoteReference | CrossReference:
        """The note with the next number; where its name has been met in this section, a mark that leads to it."""
        key = None if note.name is None else (self.section, note.name)
        first = None if key is None else self.notes.get(key)
        if first is not None:
            return CrossReference(first.anchor, (Text(first.mark, position=Position.SUPER),), by_author=True)
        self.counts.notes += 1
        mark = str(self.counts.notes)
        own = self.portions.of(note.limits)
        made = NoteReference(
            self.counts.notes,
            mark,
            f"note_{mark}",
            tuple(self.portions.marked(self.spans(paragraph), own) for paragraph in note.paragraphs),
            note.where,
            own,
        )
        if key is not None:
            self.notes[key] = made
        return made

    # ----------------------------------------------------------------------- references

    def reference(self, reference: Reference, *, short: bool = False) -> tuple[Span, ...]:
        """The link, or the bare words after an error. short: the form of the agenda's brief column."""
        self.met = True
        written = reference.words or (Text(reference.target),)
        if self.targets is None:
            return written
        target = self.targets.find(reference.target)
        if target is None:
            self._no_target(reference, self.targets)
            return written
        if target.anchor is None:
            self.findings.error(
                reference.where,
                f"“{reference.target}” is a page break: there is nothing to refer to",
                "refer to the text after it",
            )
            return written
        if not self._page_exists(reference, target):
            return written
        words = reference.words or self._label(reference, target, short=short)
        if not words:
            return written
        return (CrossReference(target.anchor, words, reference.page, by_author=bool(reference.words)),)

    def is_withheld(self, name: str) -> bool:
        """Whether the name is the pack's, but of something this audience does not get."""
        return self.targets is not None and self.targets.find(name) is None and name in self.known

    def _no_target(self, reference: Reference, targets: Targets) -> None:
        name = reference.target
        if name in targets.stems:
            self.findings.error(
                reference.where,
                f"“{name}” is the file name of {len(targets.stems[name])} annexes",
                "give each an id: in pack.yaml and refer to that",
            )
        elif name in self.known:
            self.findings.error(
                reference.where,
                f"“{name}” is withheld from {self.audience}, whose pack cannot refer to it",
                f"limit this text to the audiences that get “{name}” ({self.known[name]}), let {self.audience} have it, "
                f"or say what stands here instead: [[{name} | the desk]]",
            )
        else:
            meant = suggestion(name, targets.names)
            self.findings.error(
                reference.where,
                f"there is no section, annex or block with the id “{name}”",
                f"did you mean “{meant}”?" if meant else "give what you mean an id: and refer to that",
            )

    def _page_exists(self, reference: Reference, target: Target) -> bool:
        if reference.page is None or 1 <= reference.page <= target.pages:
            return True
        if target.kind is TargetKind.ANNEX and target.pages == 0:
            return True  # it could not be read, which is reported where it was tried
        if target.kind is not TargetKind.ANNEX:
            self.findings.error(
                reference.where,
                f"“{reference.target}” is a {target.kind.value}; only annexes have pages to refer to",
                f"write [[{reference.target}]] without a page",
            )
            return False
        pages = "1 page" if target.pages == 1 else f"{target.pages} pages"
        self.findings.error(
            reference.where,
            f"annex “{reference.target}” has {pages}; there is no page {reference.page}",
            f"name a page from 1 to {target.pages}" if target.pages > 1 else "leave the page out",
        )
        return False

    # ----------------------------------------------------------------------- words

    def _word(self, key: str) -> str:
        return self.style.word(key, self.language)

    def _label(self, reference: Reference, target: Target, *, short: bool) -> tuple[Text, ...]:
        words = self._words_of(target, short=short)
        if not words:
            captioned = target.kind in {TargetKind.TABLE, TargetKind.FIGURE}
            own = f"write your own words: [words](#{reference.target})"
            self.findings.error(
                reference.where,
                f"“{reference.target}” has no number and no title that could be printed",
                f"give the {target.kind.value} a caption, or {own}" if captioned else own,
            )
            return ()
        if reference.page is not None:
            words = f"{words}, {self._word('page_short')} {reference.page}"
        return (Text(words),)

    def _words_of(self, target: Target, *, short: bool = False) -> str:
        if target.number is None:
            return target.title
        match target.kind:
            case TargetKind.SECTION | TargetKind.HEADING:
                if short:
                    return self._word("section_short").replace("{n}", target.number)
                return f"{self._word('section')} {target.number}"
            case TargetKind.ANNEX:
                return f"{self._word('annex')} {target.number}"
            case TargetKind.TABLE:
                return f"{self._word('table')} {target.number}"
            case TargetKind.FIGURE:
                return f"{self._word('figure')} {target.number}"
            case TargetKind.PARAGRAPH:
                words = f"{self._word('paragraph')} {target.number}"
                if target.section != self.section and self.targets is not None:
                    # Paragraphs are numbered by section: elsewhere the number alone would mislead.
                    return f"{self._words_of(self.targets.sections[target.section])}, {words}"
                return words
            case TargetKind.OTHER:
                return target.title
            case _:
                assert_never(target.kind)


def _strong(span: Span) -> Span:
    match span:
        case Text():
            return replace(span, strong=True)
        case LineBreak() | NoteReference():
            return span
        case Link() | CrossReference():
            return replace(span, spans=tuple(replace(text, strong=True) for text in span.spans))
        case _:
            assert_never(span)
