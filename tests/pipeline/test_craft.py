"""The craft of whole packs: what check and build tell of, what the author silences, and silences without use."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from briefpack.pipeline import build, check
from briefpack.pipeline.prepare import Order
from tests.conftest import Project, Ran

Cli = Callable[..., Ran]

BRIEF = """\
    title: Notes for the desk
    kind: brief
    points:
      - to: the Minister
        points: [Thank him.]
      - points: [Ask for the date.]
        SILENCE
    background: |
      The Ambassador met KFOR on Friday 3 April 2025.
"""


@pytest.fixture
def crafted(project: Project) -> Project:
    """A project with three things to say of it."""
    project.write("sections/02-notes.yaml", BRIEF.replace("        SILENCE\n", ""))
    return project


def silence(project: Project, written: str) -> None:
    project.write("sections/02-notes.yaml", BRIEF.replace("SILENCE", f"silence: {written}"))


def names(ran: Ran) -> list[str]:
    return sorted(re.findall(r"warning\[([\w-]+)\]", ran.err))


@pytest.mark.parametrize("command", ["check", "build"])
def test_check_and_build_tell_of_it_each_once(cli: Cli, crafted: Project, command: str) -> None:
    ran = cli(command)
    assert ran.code == 0
    assert names(ran) == ["unaddressed-points", "unexplained-abbreviation", "wrong-weekday"]


@pytest.mark.parametrize("command", ["check", "build"])
def test_strict_makes_errors_of_it(cli: Cli, crafted: Project, command: str) -> None:
    assert cli(command, "--strict").code == 9
    assert not crafted.outputs()


def test_each_processor_finds_the_same(crafted: Project) -> None:
    alone, together = (build(crafted.pack, Order(jobs=jobs)).findings for jobs in (1, 4))
    assert alone == together
    assert len(alone) == 3


def test_what_is_silenced_is_not_told_and_counted(cli: Cli, crafted: Project) -> None:
    silence(crafted, "{unaddressed-points: to whoever asks}")
    ran = cli("check")
    assert names(ran) == ["unexplained-abbreviation", "wrong-weekday"]
    assert ran.out == "visit: 2 warnings (1 silenced)\n"


def test_a_pack_with_everything_silenced_passes_strictly(cli: Cli, crafted: Project) -> None:
    silence(crafted, "{unaddressed-points: to whoever asks}")
    crafted.change(
        "pack.yaml",
        "title: Visit",
        "silence: {unexplained-abbreviation: known here, wrong-weekday: a quotation}\ntitle: Visit",
    )
    assert cli("check", "--strict") == Ran(0, "visit: all well (3 silenced)\n", "")
    assert cli("build", "--strict", "--quiet") == Ran(0, "", "")


def test_a_silence_without_use_is_told_of_when_every_audience_was_looked_at(
    cli: Cli, crafted: Project
) -> None:
    silence(crafted, "{unaddressed-points: to whoever asks, long-point: too short}")
    assert names(cli("check")) == ["idle-silence", "unexplained-abbreviation", "wrong-weekday"]
    assert "02-notes.yaml:7:52" in cli("check").err
    assert "idle-silence" not in names(cli("build"))


def test_a_silence_that_one_audience_needs_is_of_use(cli: Cli, project: Project) -> None:
    project.write(
        "sections/01-programme.yaml",
        """\
        title: The programme
        blocks:
          - text: The Kosovo Force (KFOR) came.
            audiences: [desk]
          - text: KFOR stays.
            silence: {unexplained-abbreviation: the press knows it}
        """,
    )
    project.change("sections/02-notes.yaml", "see [[programme]]", "see there")
    assert cli("check", "--strict").code == 0


def test_errors_leave_silences_in_force(cli: Cli, crafted: Project) -> None:
    crafted.write(
        "sections/01-programme.yaml",
        """\
        title: The programme
        blocks:
          - text: PLEASE READ THIS BEFORE THE MEETING
            silence: {capitals: as he wrote it}
          - text: See [[nothing]].
        """,
    )
    ran = cli("check")
    assert ran.code == 3
    assert "capitals" not in names(ran)
    assert "idle-silence" not in names(ran)


def test_an_audiences_pack_has_no_silences(crafted: Project) -> None:
    from briefpack.errors import Findings
    from briefpack.pipeline import no_progress
    from briefpack.pipeline.audience import Until
    from briefpack.pipeline.prepare import prepare

    silence(crafted, "{unaddressed-points: the press must not read this reason}")
    findings = Findings()
    prepared = prepare(
        crafted.pack, Order(), Until.RESOLVED, findings, progress=no_progress, cache=crafted.root / "cache"
    )
    assert prepared.pack.silences
    assert all(job.pack.silences == () for job in prepared.jobs)


def test_a_brief_is_measured_in_laid_out_pages(crafted: Project) -> None:
    crafted.write("../../styles/tight.yaml", "description: Tight\nextends: base\ncraft: {brief_pages: 1}\n")
    crafted.change("pack.yaml", "{title: Desk}", "{title: Desk, style: tight}")
    long = BRIEF.replace("        SILENCE\n", "") + "".join(f"\n      Paragraph {n}.\n" for n in range(60))
    crafted.write("sections/02-notes.yaml", long)
    told = [one for one in check(crafted.pack, Order()).findings if one.rule == "long-brief"]
    (one,) = told
    assert re.search(r"takes [23] pages for desk; the style `tight` allows a brief one page", one.message)


def test_what_is_withheld_is_not_named(cli: Cli, project: Project) -> None:
    project.change("sections/01-programme.yaml", "14:30.", "14:30; see the brief on Notes for the desk.")
    ran = cli("check")
    assert names(ran) == ["withheld-mention"]
    assert "which press does not get" in ran.err
    assert names(cli("build", "--audience", "desk")) == []
