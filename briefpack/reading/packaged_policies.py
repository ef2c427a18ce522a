"""The policies that come with briefpack, each read once."""

from __future__ import annotations

from functools import cache

from briefpack.errors import Findings
from briefpack.policy import Policy
from briefpack.reading.checks import Report
from briefpack.reading.context import Context
from briefpack.reading.node import Kind, Node
from briefpack.reading.paths import Roots
from briefpack.reading.read_policy import POLICIES, read_policy


@cache
def packaged_policies() -> tuple[Policy, ...]:
    """All of them, by name."""
    found = (_policy(path.stem) for path in sorted(POLICIES.glob("*.yaml")))
    return tuple(policy for policy in found if policy is not None)


def _policy(name: str) -> Policy | None:
    pack = Node(Kind.MAP, POLICIES, 0, 0)
    pack.values["policy"] = Node(Kind.SCALAR, POLICIES, 0, 0, name)
    return read_policy(pack, Context(Report(Findings()), Roots.of(POLICIES, ())))
