"""The audit as a stage: what leaks is not published, whatever let it through; drafts are drafts; the record tells of every file."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from briefpack.audit_record import has_passed, read_audits
from briefpack.errors import Diagnostic, ExitCode, Severity
from briefpack.pipeline.audience import Job, Outcome
from briefpack.pipeline.auditing import Audit
from briefpack.pipeline.workers import can_fork
from tests.conftest import Project, Ran
from tests.pipeline.test_build import words_of

Run = Callable[..., Ran]
LEAKED = "The fallback is to settle for eleven observers in Streslau."
preparing = sys.modules["briefpack.pipeline.prepare"]
running = sys.modules["briefpack.pipeline.running"]


@pytest.fixture
def guarded(project: Project) -> Project:
    """A project with something that is for the desk alone."""
    project.change("sections/01-programme.yaml", "Only the desk reads this.", LEAKED)
    return project


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A selection that lets everything through."""
    select = preparing.select

    def broken(pack, audience, printed=None):
        everything = replace(audience, name="desk", tags=None)
        found = select(pack, everything, None)
        return replace(found, pack=replace(found.pack, audiences=(audience,)))

    monkeypatch.setattr(preparing, "select", broken)


def test_a_clean_build_is_recorded_file_by_file(cli: Run, guarded: Project) -> None:
    assert cli("build").code == 0
    told = json.loads((guarded.build / "audit.json").read_bytes())
    manifest = json.loads((guarded.build / "manifest.json").read_bytes())
    for name, entry in manifest["audiences"].items():
        audit = told["audiences"][name]
        assert (audit["audited"], audit["passed"], audit["draft"]) == (True, True, False)
        assert {(o["path"], o["sha256"], o["size"]) for o in entry["outputs"]} == {
            (f["path"], f["sha256"], f["size"]) for f in audit["files"]
        }
        assert all(file["passages"] > 0 and file["hits"] == 0 for file in audit["files"])
    assert told["audiences"]["press"]["searched_for"]["portions"] > 3
    assert told["audiences"]["desk"]["searched_for"]["portions"] == 0
    assert str(guarded.root) not in json.dumps(told)
    assert "eleven observers" not in json.dumps(told)


def test_the_record_is_the_same_from_the_same_inputs(cli: Run, guarded: Project) -> None:
    cli("build")
    first = (guarded.build / "audit.json").read_bytes()
    cli("build", "--jobs", "2")
    assert (guarded.build / "audit.json").read_bytes() == first


@pytest.mark.parametrize("audiences", [("press",), ("press", "desk")])
def test_what_leaks_is_found_while_the_rest_is_built(
    cli: Run, guarded: Project, careless: None, monkeypatch: pytest.MonkeyPatch, audiences: tuple[str, ...]
) -> None:
    """In processes, as large packs are built: one audience beside its audit, or several at once."""
    monkeypatch.setattr(running, "SMALL", 0)
    named = [option for name in audiences for option in ("-a", name)]
    ran = cli("build", "--jobs", "2", *named)
    assert ran.code == ExitCode.LEAK
    assert guarded.outputs() == {}
    assert [line for line in ran.err.splitlines() if "error" in line and "eleven observers" in line]
    assert not [*guarded.build.rglob("*.docx"), *guarded.build.rglob("*.pdf")]


@pytest.mark.parametrize("audiences", [("press",), ("press", "desk")])
def test_the_record_is_the_same_however_many_processes_there_are(
    cli: Run, guarded: Project, monkeypatch: pytest.MonkeyPatch, audiences: tuple[str, ...]
) -> None:
    named = [option for name in audiences for option in ("-a", name)]
    assert cli("build", "--jobs", "1", *named).code == 0
    first = (guarded.build / "audit.json").read_bytes()
    monkeypatch.setattr(running, "SMALL", 0)
    assert cli("build", "--jobs", "2", *named).code == 0
    assert (guarded.build / "audit.json").read_bytes() == first
    assert all(audit["passed"] for audit in json.loads(first)["audiences"].values())


@pytest.mark.skipif(not can_fork(), reason="the audit runs beside the build where processes are forked")
def test_an_audit_that_was_killed_holds_nobody_up(
    cli: Run, guarded: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SMALL", 0)
    monkeypatch.setattr(Audit, "beside", lambda *_: os._exit(9))
    # More than waits in a pipe.
    note = Diagnostic(Severity.NOTE, None, "x" * 1_000_000)
    made = running.attempt

    def attempt(job: Job, progress: Callable[[str], None]) -> Outcome:
        outcome = made(job, progress)
        return replace(outcome, findings=(*outcome.findings, note))

    monkeypatch.setattr(running, "attempt", attempt)
    ran = cli("build", "--jobs", "2", "-a", "press")
    assert ran.code == ExitCode.OUTPUT
    assert "a worker process ended with code 9" in ran.err
    assert guarded.outputs() == {}


def test_a_build_with_errors_does_not_wait_for_its_audit(
    cli: Run, guarded: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SMALL", 0)
    guarded.change("sections/01-programme.yaml", LEAKED, "No font has \U0001f9ff.")
    for named in (("-a", "press", "-a", "desk"), ("-a", "desk")):
        ran = cli("build", "--jobs", "2", *named)
        assert ran.code == ExitCode.STYLE
        assert "U+1F9FF" in ran.err
    assert guarded.outputs() == {}


def test_what_leaks_is_not_published_and_told_with_place_and_source(
    cli: Run, guarded: Project, careless: None
) -> None:
    ran = cli("build", "-a", "press")
    assert ran.code == ExitCode.LEAK
    assert guarded.outputs() == {}
    assert (
        "sources/visit/sections/01-programme.yaml:13:11: error: press does not get “The fallback is to settle for eleven observers in "
        "Streslau.” (paragraph; for desk only), but it stands in press/visit-press.pdf (page 3)" in ran.err
    )


def test_the_last_good_pack_stays_when_a_later_one_leaks(
    cli: Run, guarded: Project, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    cli("build")
    before = guarded.outputs()
    request.getfixturevalue("careless")
    assert cli("build").code == ExitCode.LEAK
    assert guarded.outputs() == before


def test_a_leak_of_one_audience_keeps_the_others_back_as_well(
    cli: Run, guarded: Project, careless: None
) -> None:
    assert cli("build").code == ExitCode.LEAK
    assert guarded.outputs() == {}


@pytest.mark.parametrize(("own", "printed"), [("", "DRAFT"), ("watermark: SPECIMEN", "SPECIMEN · DRAFT")])
def test_a_draft_says_so_on_its_pages_and_in_the_records(
    cli: Run, guarded: Project, careless: None, own: str, printed: str
) -> None:
    guarded.change("pack.yaml", "reference: V(25)", f"reference: V(25)\n{own}")
    assert cli("build", "--draft", "-a", "press").code == 0
    assert printed in words_of((guarded.build / "press" / "visit-press.pdf").read_bytes())
    manifest = json.loads((guarded.build / "manifest.json").read_bytes())
    assert manifest["audiences"]["press"]["draft"] is True
    audit = read_audits(guarded.build / "audit.json")["press"]
    assert (audit.draft, audit.passed, audit.sought) == (True, False, None)
    (output,) = manifest["audiences"]["press"]["outputs"]
    assert not has_passed(audit, output["sha256"])


def test_a_build_after_a_draft_is_none(cli: Run, guarded: Project) -> None:
    cli("build", "--draft")
    cli("build", "-f", "pdf")
    audits = read_audits(guarded.build / "audit.json")
    manifest = json.loads((guarded.build / "manifest.json").read_bytes())
    assert not audits["desk"].draft
    assert [output["format"] for output in manifest["audiences"]["desk"]["outputs"]] == ["pdf"]
    assert "DRAFT" not in words_of((guarded.build / "desk" / "visit-desk.pdf").read_bytes())


def test_audiences_that_were_not_built_keep_their_record(cli: Run, guarded: Project) -> None:
    cli("build")
    before = read_audits(guarded.build / "audit.json")
    cli("build", "-a", "desk", "-f", "docx")
    after = read_audits(guarded.build / "audit.json")
    assert after["press"] == before["press"]
    assert {file.path for file in after["desk"].files} == {"desk/visit-desk.docx", "desk/visit-desk.pdf"}
    assert after["desk"].passed


def test_a_sentence_given_and_withheld_is_a_warning(cli: Run, guarded: Project) -> None:
    said = "The fallback is to settle for eleven observers in the region of Streslau."
    guarded.change("sections/01-programme.yaml", LEAKED, said)
    guarded.change(
        "sections/01-programme.yaml",
        "blocks:\n",
        f"blocks:\n      - text: {said}\n".replace("      - ", "  - "),
    )
    for command in ("build", "check"):
        ran = cli(command)
        assert ran.code == 0
        assert ran.err.count("warning[withheld-repeated]: press gets this sentence") == 1
    path = guarded.pack / "sections/01-programme.yaml"
    path.write_text(
        f"silence: {{withheld-repeated: meant}}\n{path.read_text(encoding='utf-8')}", encoding="utf-8"
    )
    for command in ("build", "check"):
        assert "withheld-repeated" not in cli(command).err
