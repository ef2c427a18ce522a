"""A pack with a policy: its markings, clearances, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.errors import Findings
from briefpack.marking import Ceiling, Marking
from briefpack.pack import Above, Audience
from briefpack.policy import Policy
from briefpack.policy_terms import MailRules, OnSubject, OnText
from briefpack.reading.checks import Report
from briefpack.reading.policy_shelf import PACKAGED, PolicyShelf
from briefpack.reading.read_pack import PackReading, read_pack
from briefpack.reading.read_policy import read_policy_file
from briefpack.select import select
from tests.made_policies import SHIPPED, made, shipped

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


def messages(reading: PackReading) -> list[tuple[int, int, str, str | None]]:
    return [
        (found.where.line, found.where.column, found.message, found.hint)
        for found in reading.findings
        if found.where is not None
    ]


# ------------------------------------------------------------------------------ finding it

OURS = """\
extends: nato-style
title: Ours
levels:
  - {name: NATO SECRET, colour: "#112233", aliases: [GEHEIM]}
caveats:
  - {name: STAFF, words: {fr: AGENTS}}
  - {name: DESK ONLY, portion: DESK, kind: distribution, implies: STAFF}
releasability:
  groups:
    PARTNERS: [JPN, CHE]
  countries: {XKX: Kosovo}
banner: {fields: {distribution: {before: " // "}}}
"""


@pytest.mark.parametrize("place", ["house/styles/policies", "house/sources/visit/styles/policies"])
def test_a_policy_of_ones_own_is_found_by_its_name(tmp_path: Path, place: str) -> None:
    folder = tmp_path / "house" / "sources" / "visit"
    folder.mkdir(parents=True)
    (tmp_path / place).mkdir(parents=True)
    (tmp_path / place / "ours.yaml").write_text(OURS, encoding="utf-8")
    reading = read(
        folder,
        PACK.replace("plain", "ours").replace("INTERNAL", "NR"),
        "title: A\ntext: Words.\nmarking: GEHEIM\n",
    )
    assert messages(reading) == []
    assert reading.pack is not None
    assert reading.pack.policy is not None
    assert reading.pack.policy.name == "ours"
    names = [path.name for path in reading.pack.inputs]
    assert names[:3] == ["pack.yaml", "ours.yaml", "nato-style.yaml"]


def test_a_policy_may_be_a_file_of_the_pack(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "our-policy.yaml").write_text("extends: plain\ntitle: Ours\n", encoding="utf-8")
    reading = read(tmp_path, PACK.replace("plain", "rules/our-policy.yaml"))
    assert messages(reading) == []
    assert reading.pack is not None
    assert tmp_path / "rules" / "our-policy.yaml" in reading.pack.inputs
    assert reading.pack.policy is not None
    assert reading.pack.policy.title == "Ours"


@pytest.mark.parametrize(
    ("named", "message", "hint"),
    [
        (
            "plian",
            "there is no policy “plian”",
            "did you mean `plain`?",
        ),
        (
            "plain.yaml",
            "there is no file “plain.yaml” in the pack's folder",
            "the policy of that name is written without folder and ending: `plain`",
        ),
        (
            "../ours.yaml",
            "“../ours.yaml” leads out of the pack's folder",
            "put the policy into the pack's folder, or allow its folder with --allow",
        ),
        ("ours.yaml", "there is no policy “ours.yaml”", "check the name; there are: a.yaml, pack.yaml"),
        (
            "https://example.org/p.yaml",
            "“https://example.org/p.yaml” is an address; nothing is ever fetched",
            "save the policy in the pack's folder",
        ),
    ],
)
def test_a_policy_that_cannot_be_had_is_told_of_once(
    tmp_path: Path, named: str, message: str, hint: str
) -> None:
    assert messages(read(tmp_path, PACK.replace("plain", named))) == [(2, 9, message, hint)]


def test_a_faulty_policy_is_told_of_and_markings_are_not(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("title: Ours\nlevels: []\n", encoding="utf-8")
    reading = read(tmp_path, PACK.replace("plain", "p.yaml"))
    assert [(str(found.where), found.message) for found in reading.findings] == [
        (f"{tmp_path / 'p.yaml'}:2:9", "a list of levels is asked for here; it is empty")
    ]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_packaged_policies_keep_what_those_of_others_are_asked_for(tmp_path: Path, name: str) -> None:
    copied = tmp_path / f"{name}.yaml"
    copied.write_text((PACKAGED / f"{name}.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    assert made(copied).levels == shipped(name).levels


@pytest.mark.parametrize("name", SHIPPED)
def test_a_packaged_policy_says_at_its_head_what_it_is_not(name: str) -> None:
    head = [
        line
        for line in (PACKAGED / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
        if line[:1] == "#"
    ]
    assert "official tool" in " ".join(head)
    if name != "plain":
        assert "public sources" in " ".join(head)
        assert "SPECIMEN" in " ".join(head)


# ------------------------------------------------------------------------------- extending


def ours(folder: Path, text: str = OURS, **others: str) -> Policy:
    for name, content in {"ours": text, **others}.items():
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    return made(folder / "ours.yaml", [folder])


def test_a_policy_changes_what_it_extends(tmp_path: Path) -> None:
    policy = ours(tmp_path)
    assert [level.name for level in policy.levels] == [level.name for level in shipped("nato-style").levels]
    assert policy.colour(policy.parse("GEHEIM")) == "#112233"
    desk = policy.parse("NR DESK ONLY")
    assert policy.banner(desk, "en") == "NATO RESTRICTED // STAFF - DESK ONLY"
    assert policy.banner(desk, "fr") == "NATO DIFFUSION RESTREINTE // AGENTS - DESK ONLY"
    assert policy.banner(policy.parse("NR REL TO JPN, CHE, XKX"), "en") == (
        "NATO RESTRICTED Releasable to Kosovo, PARTNERS"
    )
    assert policy.banner(policy.parse("NS Releasable to Kosovo"), "fr") == "NATO SECRET Communicable à Kosovo"


def test_a_policy_of_the_name_of_another_extends_that_one(tmp_path: Path) -> None:
    (tmp_path / "plain.yaml").write_text("extends: plain\ntitle: Our plain\n", encoding="utf-8")
    policy = made(tmp_path / "plain.yaml", [tmp_path])
    assert (policy.title, len(policy.levels)) == ("Our plain", 3)


def test_a_line_of_policies_is_laid_over_one_another(tmp_path: Path) -> None:
    policy = ours(
        tmp_path,
        "extends: middle\nlevels: [{name: INTERNAL, colour: ~}]\n",
        middle="extends: plain\ntitle: Middle\nlevels: [{name: INTERNAL, portion: INT}]\nabove: refuse\n",
    )
    assert (policy.title, policy.refuse, policy.colour(Marking(1))) == ("Middle", True, None)
    assert policy.portion(Marking(1), "en") == "(INT)"


@pytest.mark.parametrize(
    ("texts", "message", "hint"),
    [
        (
            {"ours": "extends: plane\n"},
            "there is no policy “plane”",
            "did you mean `plain`?",
        ),
        (
            {"ours": "extends: second\n", "second": "extends: ours\n"},
            "the policy “second” extends itself: ours → second → ours",
            "take one of these names away",
        ),
        (
            {"ours": "extends: plain\nlevels: [{name: SECRET, portion: S}]\n"},
            "a policy that extends another cannot add the level “SECRET”",
            "change one of its levels (PUBLIC, INTERNAL, RESTRICTED), or write all of a policy of your own, without `extends`",
        ),
    ],
)
def test_what_cannot_be_extended_is_told_of(
    tmp_path: Path, texts: dict[str, str], message: str, hint: str
) -> None:
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    findings = Findings()
    policy, _ = read_policy_file(tmp_path / "ours.yaml", PolicyShelf([tmp_path]), Report(findings))
    assert policy is None
    assert [(found.message, found.hint) for found in findings] == [(message, hint)]


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("INTERNAL for FINANCE", "write `{level: INTERNAL, groups: [FINANCE]}`"),
        ("RESTRICTED - PERSONAL", "write `{level: RESTRICTED, caveats: [PERSONAL]}`"),
        ("SECRET for FINANCE", "its levels: PUBLIC, INTERNAL, RESTRICTED"),
    ],
)
def test_a_clearance_that_is_written_like_a_marking_is_told_of_with_its_form(
    tmp_path: Path, written: str, remedy: str
) -> None:
    (found,) = read(tmp_path, PACK.replace("clearance: PUBLIC", f"clearance: {written}")).findings
    assert found.hint == remedy
    form = remedy.partition("`")[2].rstrip("`")
    if form:
        assert list(read(tmp_path, PACK.replace("clearance: PUBLIC", f"clearance: {form}")).findings) == []


# -------------------------------------------------------------------------------- markings


@pytest.mark.parametrize(
    ("marking", "told"),
    [
        (
            "RESTRCTED",
            [(3, 29, "“RESTRCTED” is no marking of the policy plain", "did you mean `RESTRICTED`?")],
        ),
        (
            "{level: SECRET, releasable: [INTERNAL, FINANCE], caveats: [PERSONL, EMBARGOED]}",
            [
                (
                    3,
                    37,
                    "“SECRET” is no level of the policy plain",
                    "its levels: PUBLIC, INTERNAL, RESTRICTED",
                ),
                (
                    3,
                    58,
                    "“INTERNAL” is no group or country of the policy plain",
                    "it is a level: write it behind `level:`",
                ),
                (3, 88, "“PERSONL” is no caveat of the policy plain", "did you mean `PERSONAL`?"),
            ],
        ),
        (
            "{level: PUBLIC, caveats: PERSONAL}",
            [
                (
                    3,
                    29,
                    "PUBLIC is for everybody: no caveats stand with it, and no release",
                    "write PUBLIC alone, or a higher level: INTERNAL, RESTRICTED",
                )
            ],
        ),
        ("[RESTRICTED]", [(3, 29, "a marking is asked for here; found a list", None)]),
    ],
)
def test_what_is_wrong_with_a_marking_is_told_where_it_stands(
    tmp_path: Path, marking: str, told: list[tuple[int, int, str, str | None]]
) -> None:
    section = f"title: A\nblocks:\n  - {{text: Words., marking: {marking}}}\n"
    found = messages(read(tmp_path, section=section))
    assert [(*each[:3], None if told[0][3] is None else each[3]) for each in found] == told


def test_names_of_a_clearance_are_told_where_they_stand(tmp_path: Path) -> None:
    pack = PACK.replace(
        "clearance: PUBLIC", "clearance: {level: INTERNAL, groups: [PUBLIC], caveats: [PRIVATE]}"
    )
    assert messages(read(tmp_path, pack)) == [
        (
            6,
            49,
            "“PUBLIC” is no group or country of the policy plain",
            "it is a level: write it behind `level:`",
        ),
        (6, 68, "“PRIVATE” is no caveat of the policy plain", "its caveats: PERSONAL, EMBARGOED"),
    ]


def test_a_policy_says_what_becomes_of_what_is_above_where_the_pack_does_not(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("extends: plain\nabove: refuse\n", encoding="utf-8")
    pack = PACK.replace("plain", "p.yaml")
    assert [each.above for each in audiences(read(tmp_path, pack))] == [Above.REFUSE]
    assert [each.above for each in audiences(read(tmp_path, pack + "above: withhold\n"))] == [Above.WITHHOLD]
    assert [each.above for each in audiences(read(tmp_path, PACK))] == [Above.WITHHOLD]


def audiences(reading: PackReading) -> tuple[Audience, ...]:
    assert reading.pack is not None
    return reading.pack.audiences


def test_a_group_to_which_nobody_belongs_is_warned_about(tmp_path: Path) -> None:
    pack = PACK.replace("clearance: PUBLIC", "clearance: {level: RESTRICTED, groups: [Press-Office, NOR]}")
    section = "title: A\nblocks:\n" + "".join(
        f"  - {{text: Words {n}., marking: {marking}}}\n"
        for n, marking in enumerate(
            [
                "R for press-office",
                "R for PRES-OFFICE",
                "{level: R, releasable: [FINANCE, CHE]}",
                "R for nobody",
            ]
        )
    )
    reading = read(tmp_path, pack, section)
    assert messages(reading) == [
        (4, 31, "no audience belongs to “PRES-OFFICE”", "did you mean `PRESS-OFFICE`?"),
        (
            5,
            31,
            "no audience belongs to “FINANCE”",
            "add it to the `groups` of a clearance, if anybody is to get this",
        ),
    ]
    assert {found.rule for found in reading.findings} == {"unknown-group"}
    assert reading.pack is not None


def test_a_pack_of_which_nothing_may_be_said_has_no_watermark_either(tmp_path: Path) -> None:
    reading = read(tmp_path, PACK + "watermark: SPECIMEN\n")
    assert reading.pack is not None
    chosen = select(reading.pack, reading.pack.audiences[0]).pack
    assert (chosen.meta.title, chosen.meta.watermark, chosen.meta.language) == ("", None, "en")


@pytest.mark.parametrize(
    ("name", "subject", "text"),
    [
        ("plain", OnSubject.MARKING, OnText.LIST),
        ("nato-style", OnSubject.MARKING, OnText.FIRST),
        ("eu-style", OnSubject.MARKING, OnText.FIRST),
        ("uk-style", OnSubject.MARKING, OnText.FIRST),
        ("us-style", OnSubject.PORTION, OnText.BOTH),
    ],
)
def test_a_policy_says_what_messages_say(name: str, subject: OnSubject, text: OnText) -> None:
    assert shipped(name).mail == MailRules(subject, text)


def test_what_messages_say_is_laid_over_key_by_key(tmp_path: Path) -> None:
    assert ours(tmp_path, "extends: us-style\nmail: {subject: level}\n").mail == MailRules(
        OnSubject.LEVEL, OnText.BOTH
    )
