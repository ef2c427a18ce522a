"""What a marking policy says: its levels, groups and caveats, how they combine, and how a marking is written; pure.

All that a caveat brings along (others, a level, a narrower release) is put into a marking when it is made, so that joining markings needs no policy.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from briefpack.countries import country_codes
from briefpack.marking import Ceiling, Marking
from briefpack.marking_reader import LONGEST, Named, Reader, Term, phrase_of
from briefpack.marking_writer import Writer
from briefpack.policy_names import Names
from briefpack.policy_rules import Rules
from briefpack.policy_terms import Caveat, Level, MarkingError, Terms, shortened

__all__ = ["Caveat", "Level", "MarkingError", "Policy"]


@dataclass(frozen=True)
class Policy(Terms):
    """A policy that reads and writes markings."""

    def parse(self, text: str) -> Marking:
        """What a text says, in the banner's form or the portion's, in any language of the policy. Raises MarkingError."""
        known = self._parsed.get(text)
        if known is None:
            known = self._parsed[text] = self._parse(text)
        return known

    def marking(self, level: str, releasable: Sequence[str], caveats: Sequence[str]) -> Marking:
        """The marking that is made of these names; without names in releasable, it does not say to whom. Raises MarkingError."""
        alone = self.names.level(level)
        named = tuple(self.names.caveat(caveat) for caveat in caveats)
        groups = tuple(self.names.group_or_nobody(name) for name in releasable)
        release = tuple(name for name in groups if name is not None) if groups else None
        nobody = None in groups
        return self.rules.make(Named(alone.level, (*alone.caveats, *named), release, nobody), level)

    def ceiling(self, level: str, groups: Sequence[str], caveats: Sequence[str]) -> Ceiling:
        """How much an audience may see: names of a level, of those who belong to it, and of what it is entitled to. Raises MarkingError."""
        alone = self.names.level(level)
        rank = self.rules.stand_in(alone.caveats) if alone.level is None else alone.level
        rank = 0 if rank is None else rank
        entitled = (*alone.caveats, *(self.names.caveat(caveat) for caveat in caveats))
        members = frozenset[str]().union(*(self.rules.codes_of(self.names.group(name)) for name in groups))
        if not members and any(each.based for each in self.levels[: rank + 1]):
            base = ", ".join(self.names.called(name, self.language) for name in self.release.base)
            raise MarkingError(
                f"this clearance names nobody, and what is not marked for release is for {base} only",
                f"add who they are: {{level: {self.levels[rank].name}, groups: {self.release.base[0]}}}, or others",
            )
        return self.rules.ceiling(rank, members, entitled)

    def closed(self, marking: Marking) -> Marking:
        """The marking with all that its level and its caveats bring along; itself where it was made by the policy, or joined of such."""
        return self.rules.closed(marking)

    def banner(self, marking: Marking, language: str) -> str:
        """As it stands at the top and foot of a page. language: a BCP 47 tag."""
        return self._text(marking, language, portion=False)

    def portion(self, marking: Marking, language: str) -> str:
        """As it stands before a portion, "(R)"."""
        return self._text(marking, language, portion=True)

    def colour(self, marking: Marking) -> str | None:
        """The banner's colour as "#rrggbb"; None leaves it to the style."""
        return self.levels[marking.level].colour

    def phrases(self, rank: int) -> tuple[str, ...]:
        """What says, on the pages of others, that they are of a level: its own phrases, else its names in every language."""
        level = self.levels[rank]
        return level.phrases or tuple(dict.fromkeys((level.name, *level.words.values())))

    def unlisted(self, marking: Marking) -> frozenset[str]:
        """Those to whom it is releasable that are no groups of the policy and no countries."""
        listed = country_codes() | self.release.countries.keys() | self.rules.groups.keys()
        known = frozenset[str]().union(*(group.codes for group in self.release.groups))
        return (marking.releasable or frozenset()) - listed - known

    @property
    def languages(self) -> tuple[str, ...]:
        """Those in which it has words, that of the names first."""
        worded = (
            *(level.words for level in self.levels),
            *(caveat.words for caveat in self.caveats),
            *(group.words for group in self.release.groups),
        )
        found = {language for words in worded for language in words} | self.grammars.keys()
        return (self.language, *sorted(found - {self.language, ""}))

    # ------------------------------------------------------------------ what is worked out

    @cached_property
    def names(self) -> Names:
        """What its words mean."""
        return Names(self)

    @cached_property
    def rules(self) -> Rules:
        """What its names bring along."""
        return Rules(self)

    @cached_property
    def _writer(self) -> Writer:
        return Writer(self, self.rules, self.names.called)

    @cached_property
    def _parsed(self) -> dict[str, Marking]:
        return {}

    @cached_property
    def _written(self) -> dict[tuple[Marking, str, bool], str]:
        return {}

    def _text(self, marking: Marking, language: str, *, portion: bool) -> str:
        key = (marking, language, portion)
        text = self._written.get(key)
        if text is None:
            text = self._written[key] = self._writer.write(marking, language, portion=portion)
        return text

    # ---------------------------------------------------------------------- reading text

    def _parse(self, text: str) -> Marking:
        what = f"“{shortened(text)}” is no marking of the policy {self.name}"
        if len(text) > LONGEST:
            raise MarkingError(f"{what}: it has {len(text):,} characters", self._levels_are)
        plain = unicodedata.normalize("NFC", text).strip()
        reader = Reader(plain, self.names.fields)
        stray = reader.stray(self.names.signs)
        if stray is not None:
            shown = f"“{stray}”" if stray.isprintable() else f"an invisible character (U+{ord(stray):04X})"
            raise MarkingError(f"{what}: {shown} has no place in one", self._levels_are)
        for term, name in self.names.fields.whole(plain):
            # The usual case, for which the names of countries need not be known.
            if term is Term.LEVEL:
                return self.rules.make(Named(int(name)), plain)
        reader = Reader(plain, self.names.all, open_names=self.release.open)
        made: dict[Marking, None] = {}
        refused: MarkingError | None = None
        for named in reader.readings():
            try:
                made[self.rules.make(self._listed(named), plain)] = None
            except MarkingError as error:
                refused = refused or error
        if len(made) > 1:
            made = self._printed_so(plain, made) or made
        if len(made) > 1:
            first, second = (self._told(marking) for marking in list(made)[:2])
            raise MarkingError(
                f"“{shortened(text)}” can be read in two ways: {first}, or {second}",
                "take it apart: {level: …, releasable: […], caveats: […]}",
            )
        if made:
            return next(iter(made))
        raise refused or self._unread(plain, what, reader)

    @property
    def _levels_are(self) -> str:
        return f"its levels: {self.level_names()}"

    def _listed(self, named: Named) -> Named:
        """With the names of groups in the one form that each has."""
        if named.releasable is None or not self.release.open:
            return named
        groups = tuple(self.names.group(name) for name in named.releasable)
        return Named(named.level, named.caveats, groups, named.nobody)

    def _printed_so(self, text: str, made: Iterable[Marking]) -> dict[Marking, None]:
        """Those of several readings which are printed just so."""
        wanted = " ".join(text.split())
        return {
            marking: None
            for marking in made
            if any(
                wanted in (self.banner(marking, language), self.portion(marking, language))
                for language in self.languages
            )
        }

    def _told(self, marking: Marking) -> str:
        with_them = f" with {', '.join(sorted(marking.caveats))}" if marking.caveats else ""
        some = sorted(marking.releasable or ())[:5]
        to = f" for {', '.join(self.names.called(code, self.language) for code in some)}" if some else ""
        return f"{self.levels[marking.level].name}{with_them}{to}"

    def _unread(self, text: str, what: str, reader: Reader) -> MarkingError:
        stuck = reader.stuck()
        released = Term.RELEASE in stuck.expected
        if not stuck.rest and released and phrase_of(text):
            return MarkingError(
                f"“{shortened(text)}” does not say to whom",
                f"write groups or countries behind “{self.release_prefix.strip()}”",
            )
        if not stuck.rest:
            return MarkingError(what, self._levels_are)
        if stuck.second:
            return MarkingError(f"{what}: it has two levels", "write the higher one only")
        whole = phrase_of(stuck.rest) == phrase_of(text)
        meant = (
            self.names.in_release(stuck.rest) if released else self.names.in_fields(stuck.rest, whole=whole)
        )
        return MarkingError(what if whole else f"{what}: “{shortened(stuck.rest)}” is not known", meant)
