"""Names that an audience's files must not have: ids, names of files, addresses, other audiences, the builder's machine; and the search for them; pure.

A name is found as a whole, never as part of a longer word. Where text is read, only what cannot be a word of it is searched for (an address, the name of a
file, a path); in names and properties, which programs make and nobody reads over, every name is. In fonts, whose makers named
them as they liked, only what cannot be a word is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefpack.audit.expected import Expected, Withheld
from briefpack.audit.machine import Machine, spellings
from briefpack.audit.seen import FONT_NAMES, OUTLINE, Seat
from briefpack.audit.squeeze import words_of
from briefpack.audit.stream import Spot, Stream
from briefpack.audit.variants import Run
from briefpack.errors import Where
from briefpack.pack import Audience, Pack

_ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_SHORTEST = 4
"""Letters of a name that is searched for among names."""


@dataclass(frozen=True, slots=True)
class Name:
    """what: the fact, in words. said: as it is written. where, why: of what it belongs to, None and "" for the machine's. literal: found as it is written
    and everywhere; else by its words, in names and properties."""

    what: str
    said: str
    where: Where | None
    why: str
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Sighting:
    name: Name
    spot: Spot


def names_of(pack: Pack, expected: Expected, machine: Machine) -> tuple[Name, ...]:
    """The names to search for in the files of an audience, each once."""
    found: dict[str, Name] = {}
    for name in (
        *_withheld_names(expected),
        *_other_audiences(pack.audiences, expected.audience),
        *_machine_names(machine),
    ):
        found.setdefault(name.said.casefold(), name)
    return tuple(found.values())


def _withheld_names(expected: Expected) -> Iterator[Name]:
    for each in expected.withheld:
        for said in each.said:
            if "@" in said.text:
                for match in _ADDRESS.finditer(said.text):
                    yield Name(
                        f"an address in {_withheld(each)}",
                        match[0],
                        said.where,
                        each.why,
                        literal=True,
                    )
        for file in each.files:
            if file not in expected.files and "." in file:
                yield Name(
                    f"the name of a file of {_withheld(each)}",
                    file,
                    each.where,
                    each.why,
                    literal=True,
                )
        for given, where in each.ids:
            if given not in expected.ids and len(given) >= _SHORTEST:
                of = "of" if where == each.where else "in"
                yield Name(f"the id {of} {_withheld(each)}", given, where, each.why)


def _withheld(each: Withheld) -> str:
    return f"withheld {each.what}" if each.what.endswith("s") else f"a withheld {each.what}"


def _other_audiences(audiences: Iterable[Audience], own: Audience) -> Iterator[Name]:
    for other in audiences:
        if other.name == own.name:
            continue
        for said in (other.name, other.title):
            if len(said) >= _SHORTEST:
                yield Name("the name of another audience", said, other.where, "")


def _machine_names(machine: Machine) -> Iterator[Name]:
    for what, said in machine.names:
        yield Name(what, said, None, "")
    for what, path in machine.folders:
        for spelling in spellings(path):
            yield Name(what, spelling, None, "", literal=True)


# --------------------------------------------------------------------------- search


def sightings(names: Sequence[Name], streams: Iterable[Stream]) -> Iterator[Sighting]:
    """Each name at its first place in each stream."""
    literal = [name for name in names if name.literal]
    by_first: dict[str, list[tuple[Run, Name]]] = {}
    for name in names:
        if not name.literal:
            words = tuple(words_of(name.said))
            if words:
                by_first.setdefault(words[0], []).append((words, name))
    for stream in streams:
        if not stream.texts:
            continue
        yield from _literally(literal, stream)
        if stream.spots[0].seat in {Seat.NAME, Seat.METADATA}:
            yield from _by_words(by_first, stream)


def _literally(names: Sequence[Name], stream: Stream) -> Iterator[Sighting]:
    # Lines are broken anywhere: what goes over a line is found as if it did not.
    texts = [text.replace("\n", "").casefold() for text in stream.texts]
    everything = "\n".join(texts)
    for name in names:
        wanted = name.said.casefold()
        if wanted not in everything:
            continue
        bounded = re.compile(rf"(?<![^\W_]){re.escape(wanted)}(?![^\W_])")
        for number, text in enumerate(texts):
            if wanted in text and bounded.search(text):
                yield Sighting(name, stream.spots[number])
                break


def _by_words(by_first: dict[str, list[tuple[Run, Name]]], stream: Stream) -> Iterator[Sighting]:
    met: set[str] = set()
    for number, text in enumerate(stream.texts):
        if stream.spots[number].place.endswith((FONT_NAMES, OUTLINE)):
            continue
        words = words_of(text)
        for position, word in enumerate(words):
            for run, name in by_first.get(word, ()):
                if name.said not in met and tuple(words[position : position + len(run)]) == run:
                    met.add(name.said)
                    yield Sighting(name, stream.spots[number])
