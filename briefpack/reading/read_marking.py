"""A node that says how something is marked, or how much an audience may see → the marking or the ceiling; a fault is reported."""

from __future__ import annotations

from collections.abc import Callable

from briefpack.marking import Ceiling, Marking
from briefpack.policy import MarkingError, Policy
from briefpack.reading.checks import Report
from briefpack.reading.node import Kind, Node


def read_marking(node: Node | None, policy: Policy, report: Report) -> Marking | None:
    """None where there is no node, or it is no marking of the policy."""
    if node is None or node.faulty or node.is_null:
        return None
    try:
        if node.kind is Kind.SCALAR:
            return policy.parse(node.text)
        if node.kind is Kind.MAP and (level := node.scalar("level")) is not None:
            known = (
                _known(level, policy.names.level, report),
                _all_known(node, "releasable", policy.names.group_or_nobody, report),
                _all_known(node, "caveats", policy.names.caveat, report),
            )
            if all(known):
                return policy.marking(level.text, _texts(node, "releasable"), _texts(node, "caveats"))
    except MarkingError as error:
        report.error(node.where, error.fact, error.remedy)
    return None


def read_ceiling(node: Node, policy: Policy, report: Report) -> Ceiling | None:
    """None where it names nothing of the policy."""
    try:
        if node.kind is Kind.SCALAR and not node.is_null:
            return policy.ceiling(node.text, (), ())
        if node.kind is Kind.MAP and (level := node.scalar("level")) is not None:
            known = (
                _known(level, policy.names.level, report),
                _all_known(node, "groups", policy.names.group, report),
                _all_known(node, "caveats", policy.names.caveat, report),
            )
            if all(known):
                return policy.ceiling(level.text, _texts(node, "groups"), _texts(node, "caveats"))
    except MarkingError as error:
        report.error(node.where, error.fact, _as_keys(node, policy) or error.remedy)
    return None


def _as_keys(node: Node, policy: Policy) -> str:
    """What was meant by a clearance that is written like a marking; "" where it is none."""
    if node.kind is not Kind.SCALAR or node.is_null:
        return ""
    try:
        meant = policy.parse(node.text)
    except MarkingError:
        return ""
    lists = {"groups": meant.releasable or (), "caveats": meant.caveats}
    keys = [f"{key}: [{', '.join(sorted(names))}]" for key, names in lists.items() if names]
    return f"write `{{{', '.join([f'level: {policy.levels[meant.level].name}', *keys])}}}`" if keys else ""


def _known(node: Node, find: Callable[[str], object], report: Report) -> bool:
    """Whether the policy knows a name; one that it does not know is reported where it stands."""
    try:
        find(node.text)
    except MarkingError as error:
        report.error(node.where, error.fact, error.remedy)
        return False
    return True


def _all_known(node: Node, key: str, find: Callable[[str], object], report: Report) -> bool:
    unknown = [entry for entry in _entries(node, key) if not _known(entry, find, report)]
    return not unknown


def _texts(node: Node, key: str) -> tuple[str, ...]:
    return tuple(entry.text for entry in _entries(node, key))


def _entries(node: Node, key: str) -> list[Node]:
    value = node.get(key)
    if value is None:
        return []
    entries = [value] if value.kind is Kind.SCALAR else value.items
    return [
        entry for entry in entries if entry.kind is Kind.SCALAR and not entry.is_null and not entry.faulty
    ]
