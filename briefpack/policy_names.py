"""The names of a policy: what each word of it means, what countries and groups are called, and what was meant by a name that it does not know; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property
from typing import TypeAlias

from briefpack.countries import country_codes, country_names, short_codes
from briefpack.marking_reader import Named, Term, Vocabulary
from briefpack.policy_terms import RELEASABLE, Grammar, MarkingError, Terms, in_language, shortened

Entry: TypeAlias = tuple[str, Term, str]
"""A text, what it is, and the name that it stands for: the rank of a level, the name of a caveat or a group, the code of a country."""

_LONGEST_NAME = 60
_NEAR, _NEAR_COUNTRY = 0.6, 0.82
"""How like a known name one must be that is taken for it; among six hundred names of countries something is always a little like it."""
_DASH = re.compile(r"\s*[\u2010-\u2015-]\s*")
_UNLISTED = re.compile(r"\w+(?:['.-]\w+)*(?: \w+(?:['.-]\w+)*)*")
_AND = frozenset({"AND", "ET"})
_KEYS = {Term.LEVEL: "level", Term.CAVEAT: "caveats", Term.RELEASE: "releasable"}
_KINDS = {Term.LEVEL: "a level", Term.CAVEAT: "a caveat", Term.RELEASE: "a group or a country"}


class Names:
    """Finds names of a policy, in any of its languages."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._groups = {group.name: group for group in terms.release.groups}

    def field_entries(self) -> Iterator[Entry]:
        """Every text that is a level, a caveat, or what a release begins with."""
        for rank, level in enumerate(self._terms.levels):
            for text in (
                *(level.name, level.portion, *level.aliases),
                *level.words.values(),
                *level.portions.values(),
            ):
                yield text, Term.LEVEL, str(rank)
        for caveat in self._terms.caveats:
            for text in (
                *(caveat.name, caveat.portion, *caveat.aliases),
                *(*caveat.words.values(), *caveat.portions.values()),
            ):
                yield text, Term.CAVEAT, caveat.name
        for grammar in self._terms.grammars.values() or (Grammar(),):
            for form in (grammar.banner, grammar.portion):
                yield form.field(RELEASABLE).prefix, Term.PREFIX, ""

    def release_entries(self) -> Iterator[Entry]:
        """Every text that is a group, a country or nobody."""
        release = self._terms.release
        for text in release.nobody.values():
            yield text, Term.NOBODY, ""
        for group in release.groups:
            for text in (group.name, *group.words.values(), *group.aliases):
                yield text, Term.RELEASE, group.name
        for code, words in release.countries.items():
            for text in (code, *words.values()):
                yield text, Term.RELEASE, code
        for code in sorted(country_codes()):
            yield code, Term.RELEASE, code
        for language in ("en", "fr"):
            for code, text in country_names(language).items():
                yield text, Term.RELEASE, code

    @cached_property
    def fields(self) -> Vocabulary:
        """Levels, caveats, and what a release begins with."""
        return Vocabulary(self.field_entries())

    @cached_property
    def all(self) -> Vocabulary:
        """Those, groups and countries."""
        return Vocabulary((*self.field_entries(), *self.release_entries()))

    @cached_property
    def signs(self) -> frozenset[str]:
        """The characters of its names and forms."""
        texts = [text for text, _, _ in self.field_entries()]
        for group in self._terms.release.groups:
            texts += [group.name, *group.words.values(), *group.aliases]
        for grammar in self._terms.grammars.values():
            for form in (grammar.banner, grammar.portion):
                texts += [form.open, form.close]
                texts += [sign for each in form.fields.values() for sign in (each.before, each.between)]
        return frozenset("".join(texts))

    def called(self, code: str, language: str) -> str:
        """A country or a group, in a language."""
        group = self._groups.get(code)
        if group is not None:
            return in_language(group.words, language, group.name)
        short = language.partition("-")[0].lower()
        own = self._terms.release.countries.get(code, {})
        return (
            own.get(short)
            or country_names(short).get(code)
            or own.get(self._terms.language)
            or country_names("en").get(code, code)
        )

    # ------------------------------------------------------------------------- finding

    def level(self, text: str) -> Named:
        """A level, or what is printed in its stead. Raises MarkingError."""
        stands = {each.name for each in self._terms.caveats if each.stands_for is not None}
        for term, name in self.fields.whole(text):
            if term is Term.LEVEL:
                return Named(int(name))
            if term is Term.CAVEAT and name in stands:
                return Named(None, (name,))
        raise MarkingError(
            f"“{shortened(text)}” is no level of the policy {self._terms.name}",
            self._elsewhere(text, Term.LEVEL)
            or self._meant(
                text,
                (entry for entry in self.field_entries() if entry[1] is Term.LEVEL),
                f"its levels: {self._terms.level_names()}",
            ),
        )

    def caveat(self, text: str) -> str:
        """The name of a caveat. Raises MarkingError."""
        for term, name in self.fields.whole(text):
            if term is Term.CAVEAT:
                return name
        listed = ", ".join(each.name for each in self._terms.caveats)
        raise MarkingError(
            f"“{shortened(text)}” is no caveat of the policy {self._terms.name}",
            self._elsewhere(text, Term.CAVEAT)
            or self._meant(
                text,
                (entry for entry in self.field_entries() if entry[1] is Term.CAVEAT),
                f"its caveats: {listed}" if listed else "it has no caveats",
            ),
        )

    def is_nobody(self, text: str) -> bool:
        """Whether a name is that of an empty set."""
        return any(term is Term.NOBODY for term, _ in self.all.whole(text))

    def group_or_nobody(self, text: str) -> str | None:
        """A group's name or a country's code; None for nobody. Raises MarkingError."""
        return None if self.is_nobody(text) else self.group(text)

    def group(self, text: str) -> str:
        """A group's name or a country's code. Raises MarkingError."""
        for term, name in self.all.whole(text):
            if term is Term.RELEASE:
                return name
        other = self._elsewhere(text, Term.RELEASE)
        if self._terms.release.open and other is None and not self.is_nobody(text):
            return self._unlisted(text)
        raise MarkingError(
            f"“{shortened(text)}” is no group or country of the policy {self._terms.name}",
            other or self._meant_group(text, self.release_entries()),
        )

    def _unlisted(self, text: str) -> str:
        """A name that the policy does not list, in the one form that it has."""
        name = _DASH.sub("-", " ".join(unicodedata.normalize("NFC", text).upper().split()))
        if len(name) > _LONGEST_NAME or not _UNLISTED.fullmatch(name):
            raise MarkingError(
                f"“{shortened(text)}” cannot be the name of a group",
                f"write letters, digits, spaces and dashes, at most {_LONGEST_NAME}, each group by itself",
            )
        if any(word in _AND for word in name.split()):
            raise MarkingError(
                f"“{shortened(text)}” would be read as two groups",
                f"write {'-'.join(name.split())}, or name the two each by itself",
            )
        return name

    # ------------------------------------------------------------------------ suggesting

    def in_fields(self, rest: str, *, whole: bool) -> str:
        """What to write where a level or a caveat was asked for. whole: whether rest is all that was written."""
        if not whole and any(term is Term.RELEASE for term, _ in self.all.whole(rest)):
            return f"to say to whom it is releasable, write `{self._terms.release_prefix}{rest}`"
        return self._meant(rest, self.field_entries(), f"its levels: {self._terms.level_names()}")

    def in_release(self, rest: str) -> str:
        """What to write where a group, a country or a caveat was asked for."""
        return self._meant_group(rest, (*self.release_entries(), *self.field_entries()))

    def _elsewhere(self, text: str, wanted: Term) -> str | None:
        """What to do with a name that is something else."""
        for term, _ in self.all.whole(text):
            if term is not wanted and term in _KEYS:
                return f"it is {_KINDS[term]}: write it behind `{_KEYS[term]}:`"
        return None

    def _meant_group(self, text: str, entries: Iterable[Entry]) -> str:
        code = short_codes().get(text.upper())
        if code is not None:
            return f"countries have codes of three letters: write {code}"
        groups = f"its groups: {', '.join(self._groups)}; " if self._groups else ""
        otherwise = f"{groups}countries are written by their codes, such as NOR"
        # A text of two letters is near to a dozen codes.
        return otherwise if len(text) < 3 else self._meant(text, entries, otherwise, _NEAR_COUNTRY)

    def _meant(self, text: str, entries: Iterable[Entry], otherwise: str, cutoff: float = _NEAR) -> str:
        known: dict[str, str] = {}
        for entry, _, _ in entries:
            known.setdefault(entry.casefold(), entry.strip())
        wanted = text[:80].casefold()
        close = get_close_matches(wanted, known, n=3, cutoff=cutoff)
        if not close:
            return otherwise
        # Of those that are equally near, the one that the policy has first.
        order = list(known)
        best = min(close, key=lambda word: (-SequenceMatcher(None, word, wanted).ratio(), order.index(word)))
        return f"did you mean `{known[best]}`?"
