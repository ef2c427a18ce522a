"""A text as its author wrote it → the runs of words that may be printed for it; pure.

Most of what becomes of words on their way does not survive squeeze.py. What is left are words that are printed otherwise than written: abbreviations that are
spelled out, dates in figures that are said in words, references and the marks of notes that stand between others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TypeAlias

from briefpack.audit.squeeze import GAP, words_of
from briefpack.iso_dates import dates_in
from briefpack.pack import Abbreviation, Pack
from briefpack.style import Style

Run: TypeAlias = tuple[str, ...]
"""Words one behind the other, as words_of() gives them."""
_NEAR = 12
"""Words on both sides of an abbreviation that are taken with its long form; a run to be searched for has fewer."""
_MOST = 12
"""Abbreviations of a text of which each is spelled out alone; in a longer one, only all of them are."""


@dataclass(slots=True)
class Printer:
    """Knows what is printed for words. forms: first word of an abbreviation → its words, and what is printed for them; the longest first.

    patterns: how dates are said, with the months' names, in each language of the pack.
    """

    forms: dict[str, list[tuple[Run, Run]]] = field(default_factory=dict)
    patterns: tuple[tuple[str, Run], ...] = ()

    @classmethod
    def of(cls, pack: Pack, style: Style, glossary: Iterable[Abbreviation]) -> Printer:
        """glossary: the entries that texts are spelled out with."""
        printer = cls()
        for entry in glossary:
            printer.learn(entry)
        languages = dict.fromkeys(
            [pack.meta.language, *(section.language or pack.meta.language for section in pack.sections)]
        )
        printer.patterns = tuple(
            (
                style.word("date_format", language),
                (
                    *(style.word(f"month_{n}", language) for n in range(1, 13)),
                    style.word("first_of_month", language),
                ),
            )
            for language in languages
        )
        return printer

    def learn(self, entry: Abbreviation) -> None:
        """How an abbreviation is spelled out: “NATO Mission Iraq (NMI)”, “memoranda of understanding (MOUs)”, “MOUs (memorandum of understanding)”."""
        short, long = tuple(words_of(entry.short)), tuple(words_of(entry.long))
        if not short or not long:
            return
        many = (*short[:-1], f"{short[-1]}s")
        plural = (*words_of(entry.plural), *many) if entry.plural else (*many, *long)
        for form, printed in (
            ((*short, "s"), (*long, "s", *short)),
            (many, plural),
            (short, (*long, *short)),
        ):
            known = self.forms.setdefault(form[0], [])
            known.append((form, printed))
            known.sort(key=lambda each: -len(each[0]))

    def runs(self, text: str, known: Run | None = None) -> list[Run]:
        """Everything that may be printed for a text: the text itself first, whole. known: its words, where they are."""
        found: dict[Run, None] = {} if not known else {known: None}
        for version in self._dated(text):
            if known is not None and version is text and GAP not in text:
                continue
            pieces = version.split(GAP) if GAP in version else []
            for piece in (version, *pieces):
                words = tuple(words_of(piece))
                if words:
                    found[words] = None
        if self.forms:
            for words in list(found):
                found.update(dict.fromkeys(self._spelled(words)))
        return list(found)

    # ----------------------------------------------------------------------- dates

    def _dated(self, text: str) -> Iterator[str]:
        yield text
        if "-" not in text:
            return
        days = [(match, day) for match, day in dates_in(text) if day is not None]
        if not days:
            return
        for pattern, names in self.patterns:
            said, done = [], 0
            for match, day in days:
                said += [text[done : match.start()], _in_words(day, pattern, names)]
                done = match.end()
            yield "".join([*said, text[done:]])

    # ----------------------------------------------------------------------- abbreviations

    def _spelled(self, words: Run) -> Iterator[Run]:
        """The text with all its abbreviations spelled out, and around each of them with that one alone."""
        places = list(self._places(words))
        if not places:
            return
        whole: list[str] = []
        done = 0
        for start, end, printed in places:
            whole += [*words[done:start], *printed]
            done = end
        yield (*whole, *words[done:])
        if len(places) == 1:
            return
        for start, end, printed in islice(places, _MOST):
            yield (*words[max(0, start - _NEAR) : start], *printed, *words[end : end + _NEAR])

    def _places(self, words: Sequence[str]) -> Iterator[tuple[int, int, Run]]:
        position = 0
        while position < len(words):
            for form, printed in self.forms.get(words[position], ()):
                end = position + len(form)
                if tuple(words[position:end]) == form:
                    yield position, end, printed
                    position = end - 1
                    break
            position += 1


def _in_words(day: date, pattern: str, names: Run) -> str:
    """names: of the twelve months, and what the first day of a month is called."""
    return (
        pattern.replace("{day}", names[12] if day.day == 1 else str(day.day))
        .replace("{month}", names[day.month - 1])
        .replace("{year}", str(day.year))
    )


def joined(runs: Iterable[Run]) -> bytes:
    """Runs as they are searched, with a line between them that no text has."""
    return "\n".join(map("".join, runs)).encode("utf-8", "replace")
