"""What an audience may have, ready to be asked whether words that were found are among it; made only when something was found.

What is withheld in one place and given in another is no leak where it is found, whichever place it came from: the reader has it. A run of words is allowed if it
stands in the allowed text of the pack, one text behind the other, or in what the style and the policy say of themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from briefpack.audit.expected import Expected
from briefpack.audit.search import Found, Index
from briefpack.audit.seen import Seat
from briefpack.audit.squeeze import words_of
from briefpack.audit.stream import Spot, Stream
from briefpack.audit.tree import Said
from briefpack.audit.variants import Printer, Run
from briefpack.style import TEXT_ROLES, WORDS, Style

_HERE = Spot("allowed", Seat.PAGE)
_BETWEEN = 2
"""Whole texts that may stand between the end of one and the beginning of another; more would let single words make up a sentence."""
_MUCH = 50_000_000
"""Bytes that are not looked through for a few runs; from there on, all runs are searched for at once."""
_PROGRAMS = """
app core custom content types rels relationships document settings styles style numbering footnotes endnotes header footer theme media image picture chart charts
embeddings workbook sheet table tables item props comments people font fonts web word excel docprops worksheets shared strings drawing drawings glossary
title subject author creator producer keywords description category manager company template pages words characters lines paragraphs created modified
metadata marked info pages page contents resources encoding filter length width height language lang viewer preferences intents output layout first last next prev count
kids type subtype rect border action destination annotation widget action form embedded attachments files specification mask space colour color shading pattern
catalog outlines names dests struct tree root parent annots link section sect part article figure caption note label list body span form span heading
normal default paragraph character text toc index bibliography quote emphasis strong hyperlink placeholder grid light dark accent background public
"""
"""Words of file formats, which stand in names everywhere."""


@dataclass(slots=True)
class Allowed:
    """expected: of the audience. pack_name: a part of its files' names. overlapping: text of annexes whose author said that they may have it."""

    expected: Expected
    printer: Printer
    style: Style
    pack_name: str
    overlapping: Sequence[Stream] = ()
    _streams: list[Stream] | None = None
    _words: frozenset[str] | None = None
    _raw: str | None = None
    _by_edge: tuple[dict[str, list[Run]], dict[str, list[Run]]] | None = None
    _known: dict[int, set[bytes]] = field(default_factory=dict)

    def among(self, found: Sequence[Found], index: Index) -> set[bytes]:
        """The letters of the runs that were found, those that are allowed. index: with which they were found."""
        wanted = {one.shingle.letters for one in found}
        if len(wanted) * sum(len(stream.letters) for stream in self.streams()) > _MUCH:
            return self._runs(index)
        return {letters for letters in wanted if any(stream.has(letters) for stream in self.streams())}

    def _runs(self, index: Index) -> set[bytes]:
        """Of all runs that are searched for, the letters of those that are allowed."""
        if id(index) not in self._known:
            self._known[id(index)] = {one.shingle.letters for one in index.search(self.streams())}
        return self._known[id(index)]

    def pieces(self) -> list[bytes]:
        """The letters of each allowed text of the pack, in their order."""
        return [said.letters for said in self.expected.allowed]

    def has(self, letters: bytes) -> bool:
        """Whether these letters stand in what the audience may have."""
        return any(letters in stream.letters for stream in self.streams())

    def has_across(self, words: Run) -> bool:
        """Whether they are the end of an allowed text, the beginning of another and nothing but whole ones between: so they stand where allowed texts meet, as
        by chance they do in what was withheld."""
        begin, end = self._edges()
        cuts = range(1, len(words))
        ended = (cut for cut in cuts if any(run[-cut:] == words[:cut] for run in end.get(words[cut - 1], ())))
        waiting = [(0, 0), *((cut, 0) for cut in ended)]
        while waiting:
            cut, between = waiting.pop()
            rest = words[cut:]
            for run in begin.get(rest[0], ()):
                if run[: len(rest)] == rest:
                    return True
                if between < _BETWEEN and rest[: len(run)] == run:
                    waiting.append((cut + len(run), between + 1))
        return False

    def _edges(self) -> tuple[dict[str, list[Run]], dict[str, list[Run]]]:
        """All that is printed for allowed texts and labels, by its first and by its last word."""
        if self._by_edge is None:
            labels = (word for table in self.style.words.values() for word in table.values())
            texts = dict.fromkeys([*(said.text for said in self.expected.allowed), *labels])
            begin: dict[str, list[Run]] = {}
            end: dict[str, list[Run]] = {}
            for run in dict.fromkeys(run for text in texts for run in self.printer.runs(text)):
                begin.setdefault(run[0], []).append(run)
                end.setdefault(run[-1], []).append(run)
            self._by_edge = begin, end
        return self._by_edge

    def has_name(self, said: str) -> bool:
        """Whether a name is one that the audience may meet: a word of what it gets, or of the formats of its files."""
        words = words_of(said)
        if all(word in self._vocabulary() for word in words):
            letters = "".join(words).encode()
            return len(words) == 1 or any(letters in stream.letters for stream in self.streams())
        return False

    def has_literally(self, said: str) -> bool:
        """Whether an address, a name of a file or a path stands so in what the audience gets."""
        return said.casefold() in self.raw()

    def has_exactly(self, said: str) -> bool:
        """The same, capitals and small letters told apart."""
        return any(said in one.text for one in self.expected.allowed)

    def raw(self) -> str:
        if self._raw is None:
            texts = (said.text for said in self.expected.allowed)
            self._raw = "\n".join([*texts, *sorted(self.expected.files)]).casefold()
        return self._raw

    def streams(self) -> list[Stream]:
        if self._streams is None:
            said = self.expected.allowed
            labels = (word for table in self.style.words.values() for word in table.values())
            self._streams = [
                Stream([_HERE] * len(said), [one.text for one in said]),
                self._otherwise(said),
                _apart(dict.fromkeys(labels)),
                *self.overlapping,
            ]
        return self._streams

    def _otherwise(self, said: Iterable[Said]) -> Stream:
        """All that may be printed for the texts besides their own words."""
        return _apart(" ".join(run) for one in said for run in self.printer.runs(one.text, one.words)[1:])

    def _vocabulary(self) -> frozenset[str]:
        if self._words is None:
            audience = self.expected.audience
            texts = [said.text for said in self.expected.allowed]
            labels = [word for table in self.style.words.values() for word in table.values()]
            names = [
                *TEXT_ROLES,
                *WORDS,
                self.style.name,
                audience.name,
                audience.title,
                self.pack_name,
                *self.expected.ids,
            ]
            names = [*names, *self.expected.files, *self.expected.annexes, *self.style.fonts]
            self._words = frozenset(words_of("\n".join([*texts, *labels, *names, _PROGRAMS])))
        return self._words


def _apart(texts: Iterable[str]) -> Stream:
    """Texts that do not follow each other."""
    several = list(texts)
    return Stream([_HERE] * len(several), several, joint=b"\n")
