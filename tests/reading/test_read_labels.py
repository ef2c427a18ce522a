"""What a policy file says of labels is read, and what is wrong with it is told where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.errors import Findings
from briefpack.label import USUAL_LABELS, ConfidentialityRules, LabelRules, SensitivityLevel, SensitivityRules
from briefpack.policy import Policy
from briefpack.reading.checks import Report
from briefpack.reading.policy_shelf import PolicyShelf
from briefpack.reading.read_policy import read_policy_file

ID = "10000000-0000-4000-8000-00000000000a"


def read(tmp_path: Path, labels: str) -> tuple[Policy | None, list[str]]:
    """labels: the lines below the key."""
    path = tmp_path / "house.yaml"
    below = "\n".join(f"  {line}" for line in labels.splitlines())
    path.write_text(f"extends: nato-style\ntitle: House\nlabels:\n{below}\n", encoding="utf-8")
    findings = Findings()
    policy, _ = read_policy_file(path, PolicyShelf(()), Report(findings))
    return policy, [f"{each.where.line}: {each.message}" for each in findings if each.where is not None]


def test_all_of_it_is_read(tmp_path: Path) -> None:
    policy, told = read(
        tmp_path,
        f"""\
confidentiality:
  policy: HOUSE
  uri: urn:oid:1.2.3
  classifications: {{nato secret: SECRET}}
  releasable: Given To
  categories: {{special: Extra}}
  informative: distribution
  review: 3
sensitivity:
  site: {ID.upper()}
  method: Privileged
  levels:
    NATO SECRET: {{id: {ID.upper()}, name: Most secret, content_bits: 3}}""",
    )
    assert told == []
    assert policy is not None
    assert policy.labels == LabelRules(
        ConfidentialityRules(
            "HOUSE",
            "urn:oid:1.2.3",
            {"NATO SECRET": "SECRET"},
            "Given To",
            {"special": "Extra"},
            frozenset({"distribution"}),
            3,
        ),
        SensitivityRules(ID, "Privileged", {"NATO SECRET": SensitivityLevel(ID, "Most secret", 3)}),
    )


def test_what_is_not_said_is_as_usual(tmp_path: Path) -> None:
    policy, _ = read(tmp_path, f"sensitivity: {{site: {ID}, levels: {{PUBLIC: {{id: {ID}}}}}}}")
    assert policy is not None
    assert policy.labels.confidentiality == ConfidentialityRules()
    assert policy.labels.sensitivity == SensitivityRules(
        ID, "Standard", {"PUBLIC": SensitivityLevel(ID, "PUBLIC", 0)}
    )
    assert USUAL_LABELS.sensitivity is None


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        (
            "confidentiality:\n  classifications: {NATO SECRETS: X}",
            "5: there is no level “NATO SECRETS”",
        ),
        (
            "confidentiality:\n  categories: {specials: X}",
            "5: no caveat of the policy is of the kind “specials”",
        ),
        ("confidentiality:\n  informative: [other]", "5: no caveat of the policy is of the kind “other”"),
        ("confidentiality:\n  uri: 1.2.3", "5: “1.2.3” does not fit here"),
        (f"sensitivity:\n  site: {ID}\n  levels: {{PUBLIC: {{id: abc}}}}", "6: “abc” does not fit here"),
        (
            f"sensitivity:\n  site: {ID}\n  levels:\n    PUBLIC: {{id: {ID}}}\n    NATO SECRET: {{id: {ID}}}",
            "8: NATO SECRET has the label of PUBLIC, so that nobody could tell them apart",
        ),
        (f"sensitivity: {{levels: {{PUBLIC: {{id: {ID}}}}}}}", "4: "),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(tmp_path: Path, labels: str, told: str) -> None:
    policy, found = read(tmp_path, labels)
    assert policy is None
    (one,) = found
    assert one.startswith(told)
