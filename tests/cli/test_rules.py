"""`briefpack rules`, and warnings with their names as the reader of a terminal or of JSON meets them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from briefpack.rules import RULES
from tests.conftest import Project, Ran

Cli = Callable[..., Ran]


def test_every_rule_is_listed_with_what_it_warns_of(cli: Cli) -> None:
    ran = cli("rules")
    assert (ran.code, ran.err) == (0, "")
    head, *lines = ran.out.splitlines()
    assert head.split() == ["rule", "of", "warns", "of"]
    assert [line.split()[0] for line in lines] == list(RULES)
    assert all(line.endswith(rule.about) for line, rule in zip(lines, RULES.values(), strict=True))


def test_one_rule_is_explained_with_its_remedy_and_how_it_is_silenced(cli: Cli) -> None:
    out = cli("rules", "no-source").out
    rule = RULES["no-source"]
    assert out.startswith("no-source\n")
    assert rule.about in out
    assert rule.remedy in out
    assert 'silence: {no-source: "why"}' in out
    assert "cannot be silenced" in cli("rules", "style-contrast").out


def test_a_misspelt_rule_is_an_error_of_the_command_line(cli: Cli) -> None:
    ran = cli("rules", "no-sauce")
    assert ran.code == 2
    assert "did you mean `no-source`?" in ran.err


@pytest.mark.parametrize("name", [(), ("long-brief",)])
def test_rules_as_json(cli: Cli, name: tuple[str, ...]) -> None:
    listed = json.loads(cli("rules", *name, "--json").out)["rules"]
    assert [one["name"] for one in listed] == list(name or RULES)
    assert set(listed[0]) == {"name", "subject", "about", "remedy", "can_be_silenced"}


def test_a_warning_is_shown_with_its_name(cli: Cli, project: Project) -> None:
    project.change("sections/01-programme.yaml", "**3 April**", "Friday 3 April 2025")
    ran = cli("check")
    assert ran.code == 0
    assert "01-programme.yaml:5:7: warning[wrong-weekday]: “Friday 3 April 2025”" in ran.err


def test_json_has_the_name_as_well_and_none_for_an_error(cli: Cli, project: Project) -> None:
    project.change("sections/01-programme.yaml", "**3 April**", "Friday 3 April 2025")
    (one,) = json.loads(cli("check", "--json").out)["diagnostics"]
    assert (one["severity"], one["rule"]) == ("warning", "wrong-weekday")
    project.change("sections/01-programme.yaml", "title:", "titel:")
    (one,) = json.loads(cli("check", "--json").out)["diagnostics"]
    assert (one["severity"], one["rule"]) == ("error", None)
