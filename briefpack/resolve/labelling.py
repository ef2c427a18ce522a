"""The marking of one audience's pack → the labels that its files bear; what the policy has no label for is reported."""

from __future__ import annotations

import uuid
from datetime import datetime

from briefpack.errors import Findings
from briefpack.label import Category, CategoryType, Confidentiality, Label, LabelKind, Sensitivity
from briefpack.marking import LOWEST, Marking
from briefpack.pack import Audience, Pack
from briefpack.policy import Policy

_ACTIONS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:briefpack:sensitivity-label")
"""In which identifiers of labellings are made: the same for the same pack, and no other's."""


def label_of(pack: Pack, audience: Audience, date: datetime, findings: Findings) -> Label | None:
    """pack: as selected. date: the build's clock, in UTC."""
    if pack.policy is None or not pack.labels:
        return None
    marking = pack.limits.marking or LOWEST
    confidentiality = sensitivity = None
    if LabelKind.CONFIDENTIALITY in pack.labels:
        confidentiality = _confidentiality(pack.policy, marking, date)
    if LabelKind.SENSITIVITY in pack.labels:
        sensitivity = _sensitivity(pack, pack.policy, audience, marking, date=date, findings=findings)
    return Label(confidentiality, sensitivity)


def _confidentiality(policy: Policy, marking: Marking, date: datetime) -> Confidentiality:
    rules = policy.labels.confidentiality
    level = policy.levels[marking.level].name
    return Confidentiality(
        policy=rules.policy or policy.title,
        uri=rules.uri,
        classification=rules.classifications.get(level, level),
        categories=(*_caveats(policy, marking), *_releasable(policy, marking)),
        created=date,
        review=_years_later(date, rules.review),
    )


def _caveats(policy: Policy, marking: Marking) -> tuple[Category, ...]:
    """A category for each kind of caveats, in the policy's order."""
    rules = policy.labels.confidentiality
    kinds: dict[str, list[str]] = {}
    for caveat in policy.caveats:
        if caveat.name in marking.caveats:
            kinds.setdefault(caveat.kind, []).append(caveat.name)
    return tuple(
        Category(
            CategoryType.INFORMATIVE if kind in rules.informative else CategoryType.RESTRICTIVE,
            rules.categories.get(kind, kind.replace("-", " ").capitalize()),
            tuple(values),
        )
        for kind, values in kinds.items()
    )


def _releasable(policy: Policy, marking: Marking) -> tuple[Category, ...]:
    """Those it may be given to, by their codes; nothing where it does not say, as in a banner."""
    if marking.releasable == policy.parse(policy.levels[marking.level].name).releasable:
        return ()
    nobody = policy.release.nobody.get(policy.language) or policy.release.nobody.get("", "nobody")
    codes = tuple(sorted(marking.releasable or ())) or (nobody,)
    return (Category(CategoryType.PERMISSIVE, policy.labels.confidentiality.releasable, codes),)


def _sensitivity(
    pack: Pack, policy: Policy, audience: Audience, marking: Marking, *, date: datetime, findings: Findings
) -> Sensitivity | None:
    rules = policy.labels.sensitivity
    level = policy.levels[marking.level].name
    label = None if rules is None else rules.levels.get(level)
    if rules is None or label is None:
        findings.error(
            audience.where,
            f"this audience's pack is {level}, and the policy {policy.name} has no sensitivity label for that level",
            f"add `{level}: {{id: …}}` under `labels: sensitivity: levels:` in the policy file, or take `sensitivity` out of the pack's `labels:`",
        )
        return None
    action = uuid.uuid5(_ACTIONS, f"{pack.name}\n{audience.name}\n{label.id}\n{date.isoformat()}")
    return Sensitivity(label.id, rules.site, label.name, rules.method, date, str(action), label.content_bits)


def _years_later(date: datetime, years: int) -> datetime:
    try:
        return date.replace(year=date.year + years)
    except ValueError:
        # 29 February.
        return date.replace(year=date.year + years, day=28)
