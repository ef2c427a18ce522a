"""A node that says how something is marked, or how much an audience may see → the marking or the ceiling; a fault is reported."""

from __future__ import annotations

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
            return policy.marking(level.text, _names(node, "releasable"), _names(node, "caveats"))
    except MarkingError as error:
        report.error(node.where, error.fact, error.remedy)
    return None


def read_ceiling(node: Node, policy: Policy, report: Report) -> Ceiling | None:
    """None where it names nothing of the policy."""
    try:
        if node.kind is Kind.SCALAR and not node.is_null:
            return policy.ceiling(node.text, (), ())
        if node.kind is Kind.MAP and (level := node.scalar("level")) is not None:
            return policy.ceiling(level.text, _names(node, "groups"), _names(node, "caveats"))
    except MarkingError as error:
        report.error(node.where, error.fact, error.remedy)
    return None


def _names(node: Node, key: str) -> tuple[str, ...]:
    value = node.get(key)
    if value is None:
        return ()
    entries = [value] if value.kind is Kind.SCALAR else value.items
    return tuple(entry.text for entry in entries if entry.kind is Kind.SCALAR and not entry.is_null)
