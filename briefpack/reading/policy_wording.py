"""The words of a policy must not mean two things, and what is printed must be readable again: every fault, where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from briefpack.countries import country_codes, country_names
from briefpack.marking import Marking
from briefpack.marking_reader import Phrase, phrase_of
from briefpack.policy import Policy
from briefpack.policy_terms import RELEASABLE, MarkingError
from briefpack.reading.checks import Report, suggestion
from briefpack.reading.context import names
from briefpack.reading.node import Kind, Node

_TRIED = ("JPN", "CHE")
"""Countries with which it is tried how a release is printed."""
_FORMS = ("banner", "portion")


def check_words(tree: Node, report: Report) -> None:
    """No word is two things; every name has letters. tree: what the policy was built from."""
    fields: dict[Phrase, str] = {}
    caveats: list[tuple[Phrase, str, Node]] = []
    for key, kind in (("levels", "level"), ("caveats", "caveat")):
        seen: set[Phrase] = set()
        for item in tree.listed(key):
            owner = _owner(item, kind)
            phrase = phrase_of(item.values["name"].text)
            if phrase in seen:
                report.error(
                    item.where, f"{owner} is there twice", "take one of them away, or name it otherwise"
                )
                continue
            seen.add(phrase)
            for node in _texts(item):
                phrase = _taken(node, owner, fields, report)
                if kind == "caveat":
                    caveats.append((phrase, owner, node))
    for field in _release_fields(tree):
        _check_release_field(field, fields, report)
    release = _release_words(tree, report)
    for phrase, owner, node in caveats:
        if phrase and phrase in release:
            report.error(
                node.where,
                f"“{node.text}” is {owner} and also {release[phrase]}",
                "name it otherwise: behind those to whom a marking is releasable, nobody could tell which is meant",
            )


def _release_words(tree: Node, report: Report) -> dict[Phrase, str]:
    """Every word for a group, a country or nobody, and what it is."""
    words: dict[Phrase, str] = {}
    for code in sorted(country_codes()):
        words[phrase_of(code)] = f"the code of {country_names('en').get(code, 'a country')}"
    for language in ("en", "fr"):
        for code, name in country_names(language).items():
            words.setdefault(phrase_of(name), f"the country {code}")
    own: dict[Phrase, str] = {}
    node = tree.group("releasability")
    if node is None:
        return words
    nobody, groups, countries = (node.group(key) for key in ("nobody", "groups", "countries"))
    for each in nobody.values.values() if nobody is not None else ():
        own.setdefault(_taken(each, "what nobody is called", {}, report), "what nobody is called")
    for key in groups.keys.values() if groups is not None else ():
        each = node.values["groups"].values[key.text]
        owner = f"the group {' '.join(key.text.split())}"
        for text in (key, *(_texts(each) if each.kind is Kind.MAP else ())):
            phrase = _taken(text, owner, own, report)
            if phrase in words:
                report.error(
                    text.where,
                    f"“{text.text}” is {owner} and also {words[phrase]}",
                    "name the group otherwise",
                )
    for code, each in countries.values.items() if countries is not None else ():
        owner = f"the country {code}"
        own.setdefault(phrase_of(code), owner)
        for text in each.values.values() if each.kind is Kind.MAP else (each,):
            phrase = _taken(text, owner, own, report)
            other = words.get(phrase, owner)
            if other != owner:
                report.error(text.where, f"“{text.text}” is {owner} and also {other}", "name it otherwise")
    return {**words, **own}


def _owner(item: Node, kind: str) -> str:
    return f"the {kind} {' '.join(item.values['name'].text.split())}"


def _texts(item: Node) -> Iterator[Node]:
    """Every text by which a level, a caveat or a group is known, where it stands."""
    for key in ("name", "portion"):
        node = item.scalar(key)
        if node is not None:
            yield node
    for key in ("words", "portions"):
        group = item.group(key)
        yield from (node for node in (group.values.values() if group is not None else ()) if not node.is_null)
    aliases = item.get("aliases")
    yield from names(aliases) if aliases is not None else ()


def _taken(node: Node, owner: str, taken: dict[Phrase, str], report: Report) -> Phrase:
    """Note what a text is, unless it is something else already, which is reported."""
    phrase = phrase_of(node.text)
    if not phrase:
        report.error(
            node.where,
            f"“{node.text.strip()}” has no letters and no digits, and could not be found in a marking",
            "give it a word",
        )
        return phrase
    other = taken.setdefault(phrase, owner)
    if other != owner:
        report.error(
            node.where,
            f"“{node.text}” is {owner} and also {other}",
            "name one of them otherwise; capitals, accents, spaces and dashes make no difference",
        )
    return phrase


def _release_fields(tree: Node) -> Iterator[Node]:
    """What is said of how a release is printed, in banner and portion and every language."""
    languages = tree.group("languages")
    for place in (tree, *(languages.values.values() if languages is not None else ())):
        for key in _FORMS:
            form = place.group(key) if place.kind is Kind.MAP else None
            fields = form.group("fields") if form is not None else None
            field = fields.group(RELEASABLE) if fields is not None else None
            if field is not None:
                yield field


def _check_release_field(field: Node, taken: dict[Phrase, str], report: Report) -> None:
    prefix, between = field.scalar("prefix"), field.scalar("between")
    phrase = phrase_of(prefix.text) if prefix is not None else ()
    if prefix is not None and not phrase:
        report.error(
            prefix.where,
            "a release that begins with no word cannot be told from what is before it",
            'give it a `prefix`, such as "REL TO "',
        )
    elif prefix is not None and phrase in taken:
        report.error(
            prefix.where,
            f"“{prefix.text.strip()}” is also {taken[phrase]}",
            "let a release begin with other words",
        )
    if between is not None and not re.search("[,;/]", between.text):
        report.error(
            between.where,
            "countries that nothing divides cannot be told apart",
            'write a comma, a semicolon or a slash between them: ", "',
        )


def check_fields(tree: Node, policy: Policy, report: Report) -> None:
    """Every field that a form orders, describes or joins is one."""
    kinds = tuple(dict.fromkeys((*(caveat.kind for caveat in policy.caveats), RELEASABLE)))
    languages = tree.group("languages")
    for place in (tree, *(languages.values.values() if languages is not None else ())):
        for key in _FORMS:
            form = place.group(key) if place.kind is Kind.MAP else None
            if form is None:
                continue
            fields = form.group("fields")
            order = form.get("order")
            said = [
                *(names(order) if order is not None else ()),
                *(fields.keys.values() if fields is not None else ()),
            ]
            for field in fields.values.values() if fields is not None else ():
                joins = field.scalar("joins") if field.kind is Kind.MAP else None
                said += [] if joins is None else [joins]
            for node in said:
                if node.text not in kinds:
                    report.error(
                        node.where,
                        f"there is no field “{node.text[:60]}”: no caveat is of that kind",
                        suggestion(node.text, kinds, "fields"),
                    )


def check_printing(tree: Node, policy: Policy, report: Report) -> None:
    """Try with a marking of every sort whether what is printed is read as what it was; one of each fault is reported."""
    told: set[str] = set()
    for marking in _samples(policy):
        for language in policy.languages:
            for text in (policy.banner(marking, language), policy.portion(marking, language)):
                try:
                    read = policy.parse(text)
                    why = (
                        ""
                        if read == marking
                        else f"it would be read as “{policy.banner(read, policy.language)}”"
                    )
                except MarkingError as error:
                    why = error.fact
                if why and why not in told and len(told) < 3:
                    told.add(why)
                    report.error(
                        tree.where,
                        f"what this policy prints cannot be read back: “{text}” ({why})",
                        "let the fields of banner and portion be divided clearly, by “//” or “ - ”",
                    )


def _samples(policy: Policy) -> Iterator[Marking]:
    """Markings of every level, alone, with each caveat, with two, and releasable to others; what must not be written is left out."""
    others = (*_TRIED, "ZONE 7") if policy.release.open else _TRIED
    releases: list[tuple[str, ...]] = [(), others, *((group.name,) for group in policy.release.groups)]
    caveats = [caveat.name for caveat in policy.caveats]
    alone: list[tuple[str, ...]] = [(), *((name,) for name in caveats)]
    for rank, level in enumerate(policy.levels):
        pairs = combinations(caveats[:8], 2) if rank == len(policy.levels) - 1 else ()
        for number, chosen in enumerate((*alone, *pairs)):
            for release in releases[: 2 if number else None]:
                try:
                    yield policy.marking(level.name, release, chosen)
                except MarkingError:
                    continue
