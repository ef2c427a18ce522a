"""The tree of a policy file that has the right shape → the policy; a name in it that means nothing is reported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import TypeVar

from briefpack.policy import Policy
from briefpack.policy_names import Names
from briefpack.policy_rules import Rules
from briefpack.policy_terms import (
    RELEASABLE,
    RELEASE_FIELD,
    Caveat,
    Field,
    Form,
    Grammar,
    Level,
    MailRules,
    MarkingError,
    OnSubject,
    OnText,
    Release,
    ReleaseGroup,
    Terms,
)
from briefpack.reading.checks import Report
from briefpack.reading.context import names, words_of
from briefpack.reading.node import Kind, Node
from briefpack.reading.policy_shelf import overlaid
from briefpack.reading.read_labels import read_labels

_DEFAULT_LANGUAGE = "en"
_FORMS = ("banner", "portion")
_Found = TypeVar("_Found")


class PolicyBuilding:
    """Makes a policy of a tree. What a name means is asked of the policy as far as it is made: levels first, then groups, then caveats."""

    def __init__(self, tree: Node, report: Report) -> None:
        self._tree = tree
        self._report = report

    def policy(self, name: str) -> Policy:
        """Where a name in it means nothing, which is reported, it lacks what that would have said."""
        tree = self._tree
        above = tree.scalar("above")
        terms = Terms(
            name,
            words_of(tree.scalar("title")),
            tuple(_level(node) for node in tree.listed("levels")),
            grammars=self._grammars(),
            language=words_of(tree.scalar("language")) or _DEFAULT_LANGUAGE,
            refuse=above is not None and above.text == "refuse",
            about=words_of(tree.scalar("about")),
            mail=_mail(tree),
        )
        terms = replace(terms, release=self._release(terms))
        terms = replace(terms, caveats=self._caveats(terms))
        terms = replace(terms, labels=read_labels(tree, terms, self._report))
        return Policy(**{each.name: getattr(terms, each.name) for each in fields(terms)})

    def _known(self, node: Node, find: Callable[[str], _Found]) -> _Found | None:
        """What a name means; None after reporting that it means nothing."""
        try:
            return find(node.text)
        except MarkingError as error:
            self._report.error(node.where, error.fact, error.remedy)
            return None

    def _all_known(self, node: Node | None, find: Callable[[str], _Found]) -> tuple[_Found, ...]:
        listed = [] if node is None else names(node)
        return tuple(known for each in listed if (known := self._known(each, find)) is not None)

    # ------------------------------------------------------------------------- release

    def _release(self, terms: Terms) -> Release:
        node = self._tree.group("releasability")
        if node is None:
            return Release()
        written = _below(node, "groups")
        countries = _below(node, "countries")
        release = Release(
            groups=tuple(
                ReleaseGroup(
                    " ".join(name.split()), None, _words(each.group("words")), _texts(each.get("aliases"))
                )
                for name, each in written.items()
            ),
            countries={
                code: {terms.language: words_of(each)} if each.kind is Kind.SCALAR else _words(each)
                for code, each in countries.items()
            },
            nobody=_nobody(node, terms.language),
        )
        # Members and base are names of groups and countries, so these come first.
        find = Names(replace(terms, release=release)).group
        listed = {
            group.name: self._all_known(given, find) if given is not None else None
            for group, each in zip(release.groups, written.values(), strict=True)
            for given in [each if each.kind is Kind.LIST else each.get("members")]
        }
        return replace(
            release,
            base=self._all_known(node.get("base"), find),
            groups=tuple(
                replace(group, members=self._members(group.name, listed, written)) for group in release.groups
            ),
            open=node.is_true("open"),
        )

    def _members(
        self,
        name: str,
        listed: Mapping[str, tuple[str, ...] | None],
        written: Mapping[str, Node],
        way: tuple[str, ...] = (),
    ) -> frozenset[str] | None:
        """The codes of a group's members, groups among them spelled out; None where they are not known. way: the groups that lead here."""
        members = listed[name]
        if members is None:
            return None
        found: set[str] = set()
        for each in members:
            if each == name or each in way:
                if each == (*way, name)[0]:
                    self._report.error(
                        written[each].where,
                        f"the group “{each}” is a member of itself: {' → '.join((*way, name, each))}",
                        "take one of these names away",
                    )
                continue
            inner = self._members(each, listed, written, (*way, name)) if each in listed else None
            found |= {each} if inner is None else inner
        return frozenset(found)

    # ------------------------------------------------------------------------- caveats

    def _caveats(self, terms: Terms) -> tuple[Caveat, ...]:
        nodes = self._tree.listed("caveats")
        # Nothing stands with a public level, so what does not say at which levels it stands means the others.
        lowest = 1 if terms.levels[0].public and len(terms.levels) > 1 else 0
        bare = tuple(
            Caveat(
                words_of(node.scalar("name")),
                words_of(node.scalar("portion")) or words_of(node.scalar("name")),
                highest=len(terms.levels) - 1,
                kind=words_of(node.scalar("kind")) or "caveats",
                words=_words(node.group("words")),
                portions=_words(node.group("portions")),
                aliases=_texts(node.get("aliases")),
                lowest=lowest,
                contained=node.is_true("contained"),
                for_all=node.is_true("for_all"),
            )
            for node in nodes
        )
        find = _Finding(replace(terms, caveats=bare))
        return tuple(self._caveat(node, caveat, find) for node, caveat in zip(nodes, bare, strict=True))

    def _caveat(self, node: Node, caveat: Caveat, find: _Finding) -> Caveat:
        ranks = sorted(set(self._all_known(node.get("levels"), find.level)))
        at_least, stands_for = node.scalar("at_least"), node.scalar("stands_for")
        excludes = self._all_known(node.get("excludes"), find.excluded)
        narrows = node.get("narrows")
        if ranks and ranks != list(range(ranks[0], ranks[-1] + 1)):
            self._report.error(
                node.values["levels"].where,
                f"{caveat.name} is not written at a level between two at which it is",
                "list every level from the lowest to the highest at which it may be written",
            )
        return replace(
            caveat,
            lowest=ranks[0] if ranks else caveat.lowest,
            highest=ranks[-1] if ranks else caveat.highest,
            at_least=(self._known(at_least, find.level) if at_least is not None else None) or 0,
            stands_for=None if stands_for is None else self._known(stands_for, find.level),
            implies=self._all_known(node.get("implies"), find.names.caveat),
            excludes=tuple(name for name in excludes if name != RELEASABLE),
            excludes_release=RELEASABLE in excludes,
            narrows=None
            if narrows is None
            else frozenset[str]().union(*self._all_known(narrows, find.codes)),
        )

    # ------------------------------------------------------------------------- grammar

    def _grammars(self) -> dict[str, Grammar]:
        forms = {key: node for key in _FORMS if (node := self._tree.get(key)) is not None}
        grammars = {"": _grammar(forms)}
        for language, node in _below(self._tree, "languages").items():
            own = {
                key: overlaid(forms[key], value) if key in forms else value
                for key in _FORMS
                if (value := node.get(key)) is not None
            }
            grammars[language] = _grammar({**forms, **own})
        return grammars


def _mail(tree: Node) -> MailRules:
    node, usual = tree.group("mail"), MailRules()
    subject, text = (None if node is None else node.scalar(key) for key in ("subject", "text"))
    return MailRules(
        next(
            (each for each in OnSubject if subject is not None and each.value == subject.text), usual.subject
        ),
        next((each for each in OnText if text is not None and each.value == text.text), usual.text),
    )


class _Finding:
    """Finds what names in a caveat mean."""

    def __init__(self, terms: Terms) -> None:
        closed = replace(terms, release=replace(terms.release, open=False))
        self.names = Names(closed)
        self._levels = Names(replace(closed, caveats=()))
        self._rules = Rules(terms)

    def level(self, text: str) -> int:
        return self._levels.level(text).level or 0

    def excluded(self, text: str) -> str:
        return RELEASABLE if text == RELEASABLE else self.names.caveat(text)

    def codes(self, text: str) -> frozenset[str]:
        return self._rules.codes_of(self.names.group(text))


def _level(node: Node) -> Level:
    colour, unmarked = node.scalar("colour"), node.scalar("unmarked")
    return Level(
        words_of(node.scalar("name")),
        words_of(node.scalar("portion")),
        _words(node.group("words")),
        None if colour is None else colour.text,
        _texts(node.get("aliases")),
        _words(node.group("portions")),
        _texts(node.get("phrases")),
        based=unmarked is not None and unmarked.text == "base",
        public=node.is_true("public"),
    )


def _grammar(forms: Mapping[str, Node]) -> Grammar:
    usual = Grammar()
    return Grammar(
        _form(forms["banner"], usual.banner) if "banner" in forms else usual.banner,
        _form(forms["portion"], usual.portion) if "portion" in forms else usual.portion,
    )


def _form(node: Node, usual: Form) -> Form:
    return Form(
        _raw(node, "open", usual.open),
        _raw(node, "close", usual.close),
        _texts(node.get("order")),
        {
            name: _field(each, RELEASE_FIELD if name == RELEASABLE else Field())
            for name, each in _below(node, "fields").items()
        },
    )


def _field(node: Node, usual: Field) -> Field:
    joins, printed = node.scalar("joins"), node.scalar("names")
    return Field(
        _raw(node, "before", usual.before),
        _raw(node, "between", usual.between),
        _raw(node, "prefix", usual.prefix),
        codes=printed is not None and printed.text == "codes",
        base=node.is_true("spell_base"),
        joins=None if joins is None else joins.text,
    )


def _nobody(node: Node, language: str) -> dict[str, str]:
    words = _words(node.group("nobody"))
    usual = Release().nobody[""]
    return {**words, "": words.get(language) or next(iter(words.values()), usual)}


def _raw(node: Node, key: str, usual: str) -> str:
    """A text with its spaces, which are what it is for."""
    value = node.scalar(key)
    return usual if value is None else value.text


def _words(node: Node | None) -> dict[str, str]:
    return (
        {}
        if node is None
        else {
            language: words_of(value)
            for language, value in node.values.items()
            if value.kind is Kind.SCALAR and not value.is_null
        }
    )


def _below(node: Node, key: str) -> Mapping[str, Node]:
    """What is under the names of the author's choice under a key."""
    group = node.group(key)
    return {} if group is None else group.values


def _texts(node: Node | None) -> tuple[str, ...]:
    return () if node is None else tuple(words_of(each) for each in names(node))
