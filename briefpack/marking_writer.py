"""A marking → its text, in the banner's form or the portion's; pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from briefpack.marking import Marking
from briefpack.marking_reader import phrase_of
from briefpack.policy_rules import Rules
from briefpack.policy_terms import RELEASABLE, Caveat, Form, Level, ReleaseGroup, Terms, in_language


class Writer:
    """Writes the markings of a policy. called: code, language → the name of a country or a group."""

    def __init__(self, terms: Terms, rules: Rules, called: Callable[[str, str], str]) -> None:
        self._terms = terms
        self._rules = rules
        self._called = called

    def write(self, marking: Marking, language: str, *, portion: bool) -> str:
        """What is printed; reading it gives the marking again."""
        form = self._terms.form(language, portion=portion)
        word = _word(self._terms.levels[marking.level], language, portion=portion)
        superseded = {other for name in marking.caveats for other in self._rules.caveats[name].excludes}
        visible = [
            caveat
            for caveat in self._terms.caveats
            if caveat.name in marking.caveats
            and caveat.name not in superseded
            and not (caveat.contained and marking.level > caveat.highest)
        ]
        # Read again, the highest level that one of them stands for is the one that is meant.
        stand_in = None
        if self._rules.stand_in(caveat.name for caveat in visible) == marking.level:
            stand_in = next(caveat for caveat in visible if caveat.stands_for == marking.level)
            word = _word(stand_in, language, portion=portion)
        parts: dict[str, list[str]] = {}
        for caveat in visible:
            if caveat is not stand_in:
                parts.setdefault(caveat.kind, []).append(_word(caveat, language, portion=portion))
        parts[RELEASABLE] = self._released(marking, language, form)
        return _put(form, word, parts)

    def _released(self, marking: Marking, language: str, form: Form) -> list[str]:
        """To whom it is releasable, where that does not go without saying."""
        codes, release = marking.releasable, self._terms.release
        usual = self._rules.usual(marking.level, marking.caveats)
        if codes is None:
            return []
        if not codes:
            silent = any(self._rules.caveats[name].excludes_release for name in marking.caveats)
            nobody = in_language(release.nobody, language, release.nobody[""])
            return [] if codes == usual and silent else [nobody]
        if codes == usual:
            return []
        field, base = form.field(RELEASABLE), self._rules.base
        based = bool(base) and base <= codes
        further = codes - base if based else codes
        countries, groups = _collected(further, codes, release.groups)

        def shown(name: str) -> str:
            return name if field.codes else self._called(name, language)

        return [
            *(shown(name) for name in release.base if based and (field.base or not further)),
            *sorted((shown(code) for code in countries), key=phrase_of),
            *(shown(group.name) for group in groups),
        ]


def _word(term: Level | Caveat, language: str, *, portion: bool) -> str:
    if portion:
        return in_language(term.portions, language, term.portion)
    return in_language(term.words, language, term.name)


def _put(form: Form, level: str, parts: Mapping[str, Sequence[str]]) -> str:
    """The word for the level and the parts of every field, put together."""
    written = {name: list(texts) for name, texts in parts.items() if texts and name != RELEASABLE}
    if parts[RELEASABLE]:
        its = form.field(RELEASABLE)
        whole = its.prefix + its.between.join(parts[RELEASABLE])
        written.setdefault(its.joins if its.joins in written else RELEASABLE, []).append(whole)
    # What the policy does not order follows as it comes, the release last.
    order = dict.fromkeys((*form.order, *written))
    texts = [
        f"{form.field(name).before}{form.field(name).between.join(written[name])}"
        for name in order
        if name in written
    ]
    return f"{form.open}{level}{''.join(texts)}{form.close}"


def _collected(
    shown: Collection[str], everybody: Collection[str], groups: Sequence[ReleaseGroup]
) -> tuple[frozenset[str], tuple[ReleaseGroup, ...]]:
    """Codes that are to be shown → those of countries, and the groups that are complete, in the policy's order.

    everybody: all to whom it is releasable: a group may name some of them again. None is used that would stand for one country among several.
    """
    left, whole, used = set(shown), frozenset(everybody), set[str]()
    for group in sorted(groups, key=lambda group: -len(group.codes)):
        if group.codes <= whole and len(group.codes & left) >= min(2, len(group.codes)):
            used.add(group.name)
            left -= group.codes
    return frozenset(left), tuple(group for group in groups if group.name in used)
