"""The policies that come with briefpack, each read once."""

from __future__ import annotations

from functools import cache

from briefpack.errors import Findings
from briefpack.policy import Policy
from briefpack.reading.checks import Report
from briefpack.reading.policy_shelf import PACKAGED, PolicyShelf
from briefpack.reading.read_policy import read_policy_file


@cache
def packaged_policies() -> tuple[Policy, ...]:
    """All of them, by name."""
    shelf, report = PolicyShelf(()), Report(Findings())
    found = (read_policy_file(path, shelf, report)[0] for path in sorted(PACKAGED.glob("*.yaml")))
    return tuple(policy for policy in found if policy is not None)
