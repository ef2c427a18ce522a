"""`briefpack policies`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran

OURS = """extends: plain
title: Ours
caveats:
  - {name: DESK ONLY, portion: D, levels: [RESTRICTED]}
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a policy of its own, and a pack in it."""
    (tmp_path / "styles" / "policies").mkdir(parents=True)
    (tmp_path / "styles" / "policies" / "ours.yaml").write_text(OURS, encoding="utf-8")
    (tmp_path / "sources" / "visit").mkdir(parents=True)
    (tmp_path / "sources" / "visit" / "pack.yaml").write_text("title: Visit\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_policies_are_listed_with_their_levels(cli: Callable[..., Ran], house: Path) -> None:
    ran = cli("policies")
    assert ran.code == 0
    lines = {line.split()[0]: line for line in ran.out.splitlines()}
    assert {"plain", "nato-style", "eu-style", "uk-style", "us-style", "ours"} < lines.keys()
    assert "PUBLIC, INTERNAL, RESTRICTED" in lines["plain"]
    assert "(comes with briefpack)" in lines["plain"]
    assert lines["ours"].endswith("styles/policies/ours.yaml")


def test_a_policy_is_shown_with_samples_in_every_language(cli: Callable[..., Ran], house: Path) -> None:
    ran = cli("policies", "nato-style")
    assert ran.code == 0
    assert "no official tool" in ran.out
    for shown in (
        "COSMIC TRÈS SECRET",
        "NATO UNCLASSIFIED - STAFF",
        "COSMIC TOP SECRET Releasable to Japan, Switzerland",
        "Communicable à Japon, Suisse",
        "(CTS REL TO CHE, JPN)",
        "(a group by itself)",
        "Messages: the subject tells the marking; the text begins with the marking.",
        "#a3231f",
    ):
        assert shown in ran.out


@pytest.mark.parametrize("name", ["plain", "eu-style", "uk-style", "us-style"])
def test_every_packaged_policy_can_be_shown(cli: Callable[..., Ran], name: str) -> None:
    ran = cli("policies", name)
    assert ran.code == 0
    assert ran.err == ""
    assert "language  banner" in ran.out


@pytest.mark.parametrize("name", ["ours", "styles/policies/ours.yaml"])
def test_a_policy_of_ones_own_is_shown_by_its_name_or_its_file(
    cli: Callable[..., Ran], house: Path, name: str
) -> None:
    ran = cli("policies", name)
    assert ran.code == 0
    assert "RESTRICTED - DESK ONLY" in ran.out


def test_a_fault_of_a_policy_is_told_where_it_is(cli: Callable[..., Ran], house: Path) -> None:
    (house / "styles" / "policies" / "ours.yaml").write_text(OURS.replace("RESTRICTED", "RESTRCTED"))
    ran = cli("policies", "ours")
    assert ran.code == 3
    assert "ours.yaml:4:44: error: “RESTRCTED” is no level of the policy ours" in ran.err
    assert "did you mean `RESTRICTED`?" in ran.err
    listed = cli("policies")
    assert "(cannot be read)" in listed.out
    assert "RESTRCTED" in listed.err


def test_a_name_that_is_none_is_told_what_was_meant(cli: Callable[..., Ran], house: Path) -> None:
    ran = cli("policies", "nato-styl")
    assert ran.code == 2
    assert "there is no policy `nato-styl`" in ran.err
    assert "did you mean `nato-style`?" in ran.err


def test_completion_knows_the_policies(house: Path) -> None:
    from briefpack.cli.policies import _names

    assert _names("o") == ["ours"]
