"""What a policy file says under `labels` → the rules by which markings become labels; a name that means nothing is reported."""

from __future__ import annotations

from collections.abc import Iterator

from briefpack.label import USUAL_LABELS, ConfidentialityRules, LabelRules, SensitivityLevel, SensitivityRules
from briefpack.policy_terms import Terms
from briefpack.reading.checks import Report, suggestion
from briefpack.reading.context import names, words_of
from briefpack.reading.node import Kind, Node


def read_labels(tree: Node, terms: Terms, report: Report) -> LabelRules:
    """tree: of the policy file, whose shape is right. terms: of its levels and caveats."""
    labels = tree.group("labels")
    if labels is None:
        return USUAL_LABELS
    confidentiality, sensitivity = labels.group("confidentiality"), labels.group("sensitivity")
    return LabelRules(
        ConfidentialityRules()
        if confidentiality is None
        else _confidentiality(confidentiality, terms, report),
        None if sensitivity is None else _sensitivity(sensitivity, terms, report),
    )


def _confidentiality(node: Node, terms: Terms, report: Report) -> ConfidentialityRules:
    usual = ConfidentialityRules()
    kinds = tuple(dict.fromkeys(caveat.kind for caveat in terms.caveats))
    informative, review = node.get("informative"), node.scalar("review")
    return ConfidentialityRules(
        policy=words_of(node.scalar("policy")),
        uri=words_of(node.scalar("uri")),
        classifications={
            level: words_of(value)
            for level, _, value in _by_level(node.group("classifications"), terms, report)
        },
        releasable=words_of(node.scalar("releasable")) or usual.releasable,
        categories={
            key.text: words_of(value) for key, value in _by_kind(node.group("categories"), kinds, report)
        },
        informative=frozenset(
            each.text
            for each in (names(informative) if informative is not None else ())
            if _is_kind(each, kinds, report)
        ),
        review=usual.review if review is None else int(review.text),
    )


def _sensitivity(node: Node, terms: Terms, report: Report) -> SensitivityRules:
    method = node.scalar("method")
    levels = {}
    seen: dict[str, str] = {}
    for level, key, value in _by_level(node.group("levels"), terms, report):
        if value.kind is not Kind.MAP:
            continue
        name, bits = value.scalar("name"), value.scalar("content_bits")
        identifier = words_of(value.scalar("id")).lower()
        if identifier in seen:
            report.error(
                key.where,
                f"{level} has the label of {seen[identifier]}, so that nobody could tell them apart",
                "give each level the identifier of a label of its own",
            )
        seen[identifier] = level
        levels[level] = SensitivityLevel(
            identifier, level if name is None else words_of(name), 0 if bits is None else int(bits.text)
        )
    return SensitivityRules(
        words_of(node.scalar("site")).lower(), "Standard" if method is None else method.text, levels
    )


def _by_level(node: Node | None, terms: Terms, report: Report) -> Iterator[tuple[str, Node, Node]]:
    """Names of levels, as the policy has them, with their keys and what is under them."""
    for text, value in {} if node is None else node.values.items():
        wanted = " ".join(text.split()).casefold()
        level = next(
            (
                each.name
                for each in terms.levels
                if wanted in {name.casefold() for name in (each.name, *each.aliases)}
            ),
            None,
        )
        if level is None and node is not None:
            report.error(
                node.keys[text].where,
                f"there is no level “{text[:60]}”",
                suggestion(text, tuple(each.name for each in terms.levels), "levels"),
            )
        elif level is not None and node is not None and not value.is_null:
            yield level, node.keys[text], value


def _by_kind(node: Node | None, kinds: tuple[str, ...], report: Report) -> Iterator[tuple[Node, Node]]:
    for text, value in {} if node is None else node.values.items():
        if node is not None and _is_kind(node.keys[text], kinds, report) and not value.is_null:
            yield node.keys[text], value


def _is_kind(node: Node, kinds: tuple[str, ...], report: Report) -> bool:
    if node.text in kinds:
        return True
    report.error(
        node.where,
        f"no caveat of the policy is of the kind “{node.text[:60]}”",
        suggestion(node.text, kinds, "kinds") if kinds else "the policy has no caveats",
    )
    return False
