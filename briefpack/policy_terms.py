"""What a marking policy is made of: levels, caveats, groups, and the forms in which a marking is written; types only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any

from briefpack.label import USUAL_LABELS, LabelRules

RELEASABLE = "releasable"
"""The field of a form that says to whom a marking is releasable; the others have the names of kinds of caveats."""


class MarkingError(ValueError):
    """A marking that the policy does not know. fact: what is wrong with it; remedy: what to write instead."""

    def __init__(self, fact: str, remedy: str) -> None:
        super().__init__(fact)
        self.fact, self.remedy = fact, remedy

    def __reduce__(self) -> tuple[type[MarkingError], tuple[str, str]]:
        return type(self), (self.fact, self.remedy)


@dataclass(frozen=True, slots=True)
class Level:
    """name: as authors write it and as it is printed where a language has no words of its own. portion: its abbreviation, "R".

    words, portions: by language ("fr"), name and abbreviation in it. colour: "#rrggbb" of its banner, None for the style's. aliases: other ways to write it.
    phrases: what says, on the pages of others, that they are of this level; () for its names. based: what is not marked for release is for the policy's base,
    rather than for everybody. public: for everybody, whence no release and no caveats stand with it.
    """

    name: str
    portion: str
    words: Mapping[str, str] = field(default_factory=dict)
    colour: str | None = None
    aliases: tuple[str, ...] = ()
    portions: Mapping[str, str] = field(default_factory=dict)
    phrases: tuple[str, ...] = ()
    based: bool = False
    public: bool = False


@dataclass(frozen=True, slots=True)
class Caveat:
    """A caveat or a distribution marking. name, portion, words, portions, aliases: as of a Level. kind: the field of a form that it is printed in.

    lowest, highest: ranks of the levels at which it may be written. contained: levels above the highest one contain it, and do not say so; without it, highest is
    the policy's highest. at_least: rank of the level to which it raises what it stands at. implies: names of others that it brings along.
    excludes: names of others that are not written beside it; where they meet in a whole, it counts as them and is printed in their stead. excludes_release:
    the same of what says to whom it is releasable. narrows: codes of those to whom it is releasable at most, None for no such limit. stands_for: rank of the level
    in whose stead it is printed. for_all: every audience is entitled to it.
    """

    name: str
    portion: str
    highest: int
    kind: str = "caveats"
    words: Mapping[str, str] = field(default_factory=dict)
    portions: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    lowest: int = 0
    contained: bool = False
    at_least: int = 0
    implies: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    excludes_release: bool = False
    narrows: frozenset[str] | None = None
    stands_for: int | None = None
    for_all: bool = False


@dataclass(frozen=True, slots=True)
class ReleaseGroup:
    """name: as authors write it; its code as well where its members are not known. members: codes of countries and of such groups, None where they are not known.

    words: its name by language. aliases: other ways to write it.
    """

    name: str
    members: frozenset[str] | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        """Those who belong to it."""
        return frozenset({self.name}) if self.members is None else self.members


@dataclass(frozen=True, slots=True)
class Release:
    """To whom something may be releasable. base: those to whom a marking is releasable in any case, names of groups and codes of countries; () for none.

    countries: code → language → name, instead of those that are known anyway. nobody: by language, what an empty set is called ("" for any other language).
    open: whether other names than those listed may be written, each a group of its own.
    """

    base: tuple[str, ...] = ()
    groups: tuple[ReleaseGroup, ...] = ()
    countries: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    nobody: Mapping[str, str] = field(default_factory=lambda: {"": "nobody"})
    open: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """How a kind of caveats, or the release, is written behind the level. before: what stands between it and what is before. between: what stands between its parts.

    prefix: what it begins with. codes: countries and groups by their codes. base: whether the base is spelled out. joins: the field whose last part it
    becomes, None where it stands by itself.
    """

    before: str = " - "
    between: str = ", "
    prefix: str = ""
    codes: bool = False
    base: bool = False
    joins: str | None = None


RELEASE_FIELD = Field(before=" ", prefix="REL TO ")


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a marking: the banner's or the portion's. open, close: around it. order: of its fields behind the level; others follow as they come."""

    open: str = ""
    close: str = ""
    order: tuple[str, ...] = ()
    fields: Mapping[str, Field] = field(default_factory=dict)

    def field(self, name: str) -> Field:
        """How a field is written."""
        return self.fields.get(name) or (RELEASE_FIELD if name == RELEASABLE else Field())


@dataclass(frozen=True, slots=True)
class Grammar:
    """The forms of one language."""

    banner: Form = Form()
    portion: Form = Form("(", ")")


class OnSubject(Enum):
    """What a policy wants in the subject of a message with a pack. MARKING: the pack's. LEVEL: its level alone. PORTION: that of the subject's own words, and never
    the pack's. NONE: no word of the pack's marking. LIST: what the list of readers says."""

    MARKING = "marking"
    LEVEL = "level"
    PORTION = "portion"
    NONE = "none"
    LIST = "list"


class OnText(Enum):
    """Where a policy wants a pack's marking in the text of a message. FIRST: its first line. BOTH: its first and its last line. LIST: where the list of readers says."""

    FIRST = "first"
    BOTH = "both"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class MailRules:
    """What messages say of the marking of the pack that they carry."""

    subject: OnSubject = OnSubject.MARKING
    text: OnText = OnText.LIST

    @property
    def bare(self) -> bool:
        """Whether no subject may tell the pack's marking."""
        return self.subject in {OnSubject.PORTION, OnSubject.NONE}


@dataclass(frozen=True)
class Terms:
    """A policy as its file says it. name: of the file. title: what it is called. levels: the lowest first. caveats: in the order in which those of a kind are printed.

    grammars: by language; "" is that of every language which has none. language: that of the names. refuse: whether a build stops at what is above a
    clearance, where the pack does not say. about: what it is made of, for those who choose one. labels: how its markings become labels
    for programs. mail: what messages with its packs say.
    """

    name: str
    title: str
    levels: tuple[Level, ...]
    caveats: tuple[Caveat, ...] = ()
    release: Release = Release()
    grammars: Mapping[str, Grammar] = field(default_factory=dict)
    language: str = "en"
    refuse: bool = False
    about: str = ""
    labels: LabelRules = USUAL_LABELS
    mail: MailRules = MailRules()

    def __getstate__(self) -> dict[str, Any]:
        """What is worked out of a policy is worked out again elsewhere: it is larger than the policy."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def form(self, language: str, *, portion: bool) -> Form:
        """How a marking is written in a language."""
        grammar = self.grammars.get(language.partition("-")[0].lower()) or self.grammars.get("") or Grammar()
        return grammar.portion if portion else grammar.banner

    @property
    def release_prefix(self) -> str:
        """What a release begins with in a banner in the policy's own language: for messages."""
        return self.form(self.language, portion=False).field(RELEASABLE).prefix

    def level_names(self, lowest: int = 0) -> str:
        """Its levels from one on, in the words of a message."""
        return ", ".join(level.name for level in self.levels[lowest:])


def shortened(text: str) -> str:
    """A text that somebody wrote, as much of it as a message bears."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def in_language(words: Mapping[str, str], language: str, otherwise: str) -> str:
    """What words say in a language. language: a BCP 47 tag."""
    return words.get(language.partition("-")[0].lower(), otherwise)
