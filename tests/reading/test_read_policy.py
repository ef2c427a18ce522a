"""A pack with a policy: its markings, clearances, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

from briefpack.marking import Ceiling, Marking
from briefpack.reading.read_pack import PackReading, read_pack

PACK = (
    "title: Visit\npolicy: plain\nmarking: INTERNAL\nsections: [a.yaml]\n"
    "audiences:\n  press: {clearance: PUBLIC}\n"
)
SECTION = "title: A\nblocks:\n  - {text: Words., marking: (P)}\n"


def read(folder: Path, pack: str = PACK, section: str = SECTION) -> PackReading:
    (folder / "pack.yaml").write_text(pack)
    (folder / "a.yaml").write_text(section)
    return read_pack(folder)


def test_markings_and_clearances_are_read_by_the_policy(tmp_path: Path) -> None:
    pack = read(tmp_path).pack
    assert pack is not None
    assert pack.limits.marking == Marking(1)
    assert pack.audiences[0].clearance == Ceiling(0)
    assert pack.sections[0].blocks[0].limits.marking == Marking(0)


def test_a_marking_without_a_policy_is_told_of_where_it_stands(tmp_path: Path) -> None:
    found = read(tmp_path, "title: V\nsections: [a.yaml]\naudiences: {press: }\n").findings
    assert [(each.where.line, each.message) for each in found if each.where is not None] == [
        (3, "the pack has no policy, so this marking means nothing")
    ]


def test_an_audience_without_a_clearance_is_told_of(tmp_path: Path) -> None:
    found = read(tmp_path, PACK.replace("{clearance: PUBLIC}", "")).findings
    assert [each.message for each in found] == [
        "the audience “press” has no clearance, and the pack has a policy"
    ]
