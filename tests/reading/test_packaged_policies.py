"""Every policy that comes with briefpack can be read."""

from __future__ import annotations

from briefpack.reading.packaged_policies import packaged_policies
from briefpack.reading.policy_shelf import PACKAGED


def test_all_of_them_are_read_once() -> None:
    names = [policy.name for policy in packaged_policies()]
    assert names == sorted(path.stem for path in PACKAGED.glob("*.yaml"))
    assert "plain" in names
    assert packaged_policies() is packaged_policies()
