"""Abbreviations of the glossary in one audience's text: spelled out where they are first used, set in small capitals, and counted for the
list of abbreviations.

Running text alone is spelled out: paragraphs, list items, numbered paragraphs, cells and boxes. Titles, headings, captions, notes, code and the words of
links are left as they are; what is used there counts as used, and is spelled out where running text uses it first. An author who has just written the long
form himself, or who explains an abbreviation in parentheses ("Kosovo Force (KFOR)"), has spelled it out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from briefpack.document import CrossReference, LineBreak, Link, NoteReference, Span, Spans, Text
from briefpack.pack import Abbreviation
from briefpack.resolve.languages import ENGLISH
from briefpack.style import SpellOut

_GLUE = frozenset("-\u2010\u2011–&/+.@_#")
"""Beside one of these an abbreviation is part of a longer word ("NATO-led"), into which no long form goes."""
_ENDS_SENTENCE = re.compile(r"(?:^|[.!?…][\"”’»)]*)\s*\Z")


class Glossary:
    """The entries of an audience's glossary, ready to be found in text.

    language: of the pack, in which the long forms are written.
    """

    def __init__(self, entries: Iterable[Abbreviation], language: str) -> None:
        self.entries = {entry.short: entry for entry in entries}
        self.language = language
        # One pattern for all of them, a tree of their letters: the time it takes does not grow with the glossary.
        tree = _pattern(sorted(self.entries)) or "(?!)"
        self.pattern = re.compile(rf"(?P<short>{tree})(?P<ending>s|['’]s|)(?!\w)")
        self._long: dict[str, re.Pattern[str]] = {}
        self._inside: dict[str, list[str]] | None = None

    def found(self, text: str) -> Iterator[str]:
        """The abbreviations in a text, each time they stand there."""
        return (match["short"] for match in self.pattern.finditer(text))

    def written(self, short: str) -> re.Pattern[str]:
        """What finds the long form of an abbreviation, however its spaces and apostrophes are set."""
        if short not in self._long:
            words = "['’]".join(map(re.escape, re.split("['’]", self.entries[short].long)))
            self._long[short] = re.compile(re.sub(r"(?:\\?\s)+", r"\\s+", words), re.IGNORECASE)
        return self._long[short]

    def around(self, short: str) -> Sequence[str]:
        """The abbreviations whose long forms have this one in them: NMI for NATO, with "NATO Mission Iraq"."""
        if self._inside is None:
            self._inside = {}
            for entry in self.entries.values():
                for inner in set(self.found(entry.long)):
                    self._inside.setdefault(inner, []).append(entry.short)
        return self._inside.get(short, ())

    def with_their_own(self, used: Iterable[str]) -> set[str]:
        """Abbreviations, and those that a reader meets in their long forms and explanations."""
        todo, done = list(used), set[str]()
        while todo:
            short = todo.pop()
            if short in done or short not in self.entries:
                continue
            done.add(short)
            entry = self.entries[short]
            todo.extend(self.found(entry.long))
            for span in entry.explanation or ():
                if isinstance(span, Text):
                    todo.extend(self.found(span.text))
        return done


@dataclass(slots=True)
class Abbreviations:
    """The abbreviations of one walk.

    earlier: what an earlier walk used, None on the first. used: what this one has met so far. explained: of these, the ones that need no spelling out
    any more. asked: whether a list of them is wanted, for which there must be a second walk.
    """

    glossary: Glossary = field(default_factory=lambda: Glossary((), ENGLISH))
    spell_out: SpellOut = SpellOut.NEVER
    small_caps: bool = False
    earlier: frozenset[str] | None = None
    used: set[str] = field(default_factory=set)
    explained: set[str] = field(default_factory=set)
    asked: bool = False

    def definitions(self) -> tuple[Abbreviation, ...]:
        """The entries that this audience's pack uses, wherever in it, by the alphabet. None of them on the first walk, when that is
        not known yet: what is listed would count as used."""
        self.asked = True
        if self.earlier is None:
            return ()
        met = self.glossary.with_their_own(self.earlier)
        return tuple(
            entry
            for entry in sorted(self.glossary.entries.values(), key=lambda entry: _alphabetical(entry.short))
            if entry.short in met
        )

    def new_section(self) -> None:
        if self.spell_out is SpellOut.SECTION:
            self.explained.clear()

    def see(self, text: str) -> None:
        """Count what a text uses that is printed as it is: a title, a label of a chart."""
        if self.glossary.entries:
            self.used.update(self.glossary.found(text))

    def see_spans(self, spans: Spans) -> None:
        if self.glossary.entries:
            for text in _words(spans):
                self.used.update(self.glossary.found(text))

    def running(self, spans: Spans, language: str) -> Spans:
        """Running text with its abbreviations spelled out and set as the style asks; the same object where there is nothing to do.

        language: of the text; long forms are put only into text of the glossary's language.
        """
        if not self.glossary.entries or not any(map(self.glossary.pattern.search, _words(spans))):
            return spans
        line = _Line(spans)
        spells = self.spell_out is not SpellOut.NEVER and _base(language) == _base(self.glossary.language)
        edits: dict[int, list[tuple[int, int, tuple[Text, ...]]]] = {}
        for match in self.glossary.pattern.finditer(line.text):
            short = match["short"]
            self.used.add(short)
            piece, start = line.piece(match.start())
            span = spans[piece]
            open_to_change = (
                isinstance(span, Text)
                and not span.code
                and span.language is None
                and line.piece(match.end() - 1)[0] == piece
            )
            made: tuple[Text, ...] | None = None
            if spells and short not in self.explained:
                if self._explains_itself(match, line.text):
                    self.explained.add(short)
                elif open_to_change and self._may_be_spelled(match, line.text):
                    self.explained.add(short)
                    made = self._spelled(match, line.text)
            if made is None and self.small_caps:
                made = self._shown(short, match["ending"])
            if made is not None and open_to_change:
                edits.setdefault(piece, []).append((match.start() - start, match.end() - start, made))
        if not edits:
            return spans
        return tuple(_edited(spans, edits))

    # ----------------------------------------------------------------------- one abbreviation

    def _entry(self, short: str) -> Abbreviation:
        return self.glossary.entries[short]

    def _explains_itself(self, match: re.Match[str], text: str) -> bool:
        """Whether the author has spelled it out in this paragraph, or explains it by what stands before its parentheses."""
        before, after = text[: match.start()], text[match.end() :]
        if after[:1] == ")" and before[-1:] == "(" and before[:-1].strip():
            return True
        return self.glossary.written(match["short"]).search(text) is not None

    def _may_be_spelled(self, match: re.Match[str], text: str) -> bool:
        """Whether a long form can go there: not into a longer word, and not into another long form."""
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 2]
        if before in _GLUE and before:
            return False
        if after[:1] in _GLUE and after[1:].strip() not in {"", '"', "”", "’", ")", "»"}:
            return False
        return not any(
            found.start() <= match.start() and match.end() <= found.end()
            for outer in self.glossary.around(match["short"])
            for found in self.glossary.written(outer).finditer(text)
        )

    def _spelled(self, match: re.Match[str], text: str) -> tuple[Text, ...]:
        """Say "NATO Mission Iraq (NMI)"; "memoranda of understanding (MOUs)" where the plural is known, else "MOUs (memorandum of understanding)";
        “NATO Mission Iraq’s (NMI)” for NMI’s."""
        entry, ending = self._entry(match["short"]), match["ending"]
        self.used.update(self.glossary.found(entry.long))
        before = text[: match.start()]
        opening, closing = ("[", "]") if before.count("(") > before.count(")") else ("(", ")")
        long = entry.long
        if ending == "s":
            if entry.plural is None:
                return (*self._shown(entry.short, ending), Text(f" {opening}{long}{closing}"))
            long = entry.plural
        elif ending:
            long, ending = f"{long}{ending}", ""
        if _ENDS_SENTENCE.search(before) and long[:1].islower():
            long = long[:1].upper() + long[1:]
        return (Text(f"{long} {opening}"), *self._shown(entry.short, ending), Text(closing))

    def _shown(self, short: str, ending: str) -> tuple[Text, ...]:
        if not self.small_caps:
            return (Text(short + ending),)
        return (Text(short, small_caps=True), *((Text(ending),) if ending else ()))


# --------------------------------------------------------------------------- words of spans


class _Line:
    """The words of spans as one text. piece(): which span a place of it belongs to, and where that span begins."""

    __slots__ = ("_starts", "text")

    def __init__(self, spans: Spans) -> None:
        parts: list[str] = []
        self._starts: list[tuple[int, int]] = []
        length = 0
        for number, span in enumerate(spans):
            words = _text_of(span)
            if words:
                self._starts.append((length, number))
                parts.append(words)
                length += len(words)
        self.text = "".join(parts)

    def piece(self, place: int) -> tuple[int, int]:
        low, high = 0, len(self._starts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._starts[middle][0] <= place else (low, middle)
        start, number = self._starts[low]
        return number, start


def _text_of(span: Span) -> str:
    match span:
        case Text():
            return span.text
        case LineBreak():
            return " "
        case Link() | CrossReference():
            return "".join(text.text for text in span.spans)
        case NoteReference():
            return ""


def _words(spans: Spans) -> Iterator[str]:
    return filter(None, map(_text_of, spans))


def _edited(spans: Spans, edits: dict[int, list[tuple[int, int, tuple[Text, ...]]]]) -> Iterator[Span]:
    """Spans with parts of them put otherwise, in the look of what stood there."""
    for number, span in enumerate(spans):
        if number not in edits or not isinstance(span, Text):
            yield span
            continue
        done = 0
        run: list[Text] = []
        for start, end, made in edits[number]:
            run.append(replace(span, text=span.text[done:start]))
            run.extend(replace(span, text=text.text, small_caps=text.small_caps) for text in made)
            done = end
        run.append(replace(span, text=span.text[done:]))
        yield from _joined(run)


def _joined(run: Iterable[Text]) -> Iterator[Text]:
    last: Text | None = None
    for text in run:
        if not text.text:
            continue
        if last is not None and last.small_caps == text.small_caps:
            last = replace(last, text=last.text + text.text)
            continue
        if last is not None:
            yield last
        last = text
    if last is not None:
        yield last


def _base(language: str) -> str:
    return (language or ENGLISH).split("-", maxsplit=1)[0].lower()


def _alphabetical(word: str) -> tuple[str, str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return plain.casefold(), word


def _pattern(words: Sequence[str], depth: int = 0) -> str:
    """A pattern for sorted words, longest first, in which what they begin with alike is said once."""
    options: list[str] = []
    ends = False
    start = 0
    while start < len(words):
        if len(words[start]) == depth:
            ends, start = True, start + 1
            continue
        letter, end = words[start][depth], start
        while end < len(words) and words[end][depth] == letter:
            end += 1
        # A word begins there. Said behind the letter, so that a search looks for the letter first.
        begins = "" if depth else rf"(?<!\w{re.escape(letter)})"
        options.append(re.escape(letter) + begins + _pattern(words[start:end], depth + 1))
        start = end
    if not options:
        return ""
    whole = options[0] if len(options) == 1 and not ends else f"(?:{'|'.join(options)})"
    return f"{whole}?" if ends else whole
