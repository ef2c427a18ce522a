"""What a marking policy says: its levels, groups and caveats, how they combine, and how a marking is written; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefpack.marking import Ceiling, Marking


class MarkingError(ValueError):
    """A marking that the policy does not know. fact: what is wrong with it; remedy: what to write instead."""

    def __init__(self, fact: str, remedy: str) -> None:
        super().__init__(fact)
        self.fact, self.remedy = fact, remedy


@dataclass(frozen=True, slots=True)
class Level:
    """name: as authors write it and as it is printed where a language has no words of its own. portion: its abbreviation, "R".

    words: by language ("fr"), the name in it. colour: "#rrggbb" of its banner, None for the style's. aliases: other ways to write it.
    """

    name: str
    portion: str
    words: Mapping[str, str] = field(default_factory=dict)
    colour: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """name: of its file. title: what it is called. levels: the lowest first."""

    name: str
    title: str
    levels: tuple[Level, ...]

    def parse(self, text: str) -> Marking:
        """What a text says, in the banner's form or the portion's, in any language of the policy. Raises MarkingError."""
        wanted = " ".join(text.split()).strip("()").casefold()
        for rank, level in enumerate(self.levels):
            if wanted in {
                name.casefold() for name in (level.name, level.portion, *level.aliases, *level.words.values())
            }:
                return Marking(rank)
        raise MarkingError(
            f"“{text}” is no marking of the policy {self.name}",
            f"its levels: {', '.join(level.name for level in self.levels)}",
        )

    def marking(self, level: str, releasable: tuple[str, ...], caveats: tuple[str, ...]) -> Marking:
        """The marking that is made of these names. Raises MarkingError."""
        del releasable, caveats
        return self.parse(level)

    def ceiling(self, level: str, groups: tuple[str, ...], caveats: tuple[str, ...]) -> Ceiling:
        """How much an audience may see: names of a level, of those who belong to it, and of what it is entitled to. Raises MarkingError."""
        del groups, caveats
        return Ceiling(self.parse(level).level)

    def banner(self, marking: Marking, language: str) -> str:
        """As it stands at the top and foot of a page. language: a BCP 47 tag."""
        level = self.levels[marking.level]
        return level.words.get(language.partition("-")[0], level.name)

    def portion(self, marking: Marking, language: str) -> str:
        """As it stands before a portion, "(R)"."""
        del language
        return f"({self.levels[marking.level].portion})"

    def colour(self, marking: Marking) -> str | None:
        """The banner's colour as "#rrggbb"; None leaves it to the style."""
        return self.levels[marking.level].colour
