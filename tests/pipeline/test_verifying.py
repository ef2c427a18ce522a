"""What was built is held against its records: nothing that was changed, swapped, added or left behind goes unseen."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefpack.errors import ExitCode
from tests.conftest import Project, Ran

Run = Callable[..., Ran]


def told(ran: Ran) -> list[dict[str, Any]]:
    return list(json.loads(ran.out)["diagnostics"])


def changed(project: Project, name: str, change: Callable[[Any], object]) -> None:
    path = project.build / name
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")


def test_what_was_built_is_sound(built: Project, cli: Run) -> None:
    before = built.outputs()
    ran = cli("verify")
    assert (ran.code, ran.err) == (0, "")
    lines = [line.split("  ") for line in ran.out.splitlines()]
    shown = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert shown == [
        ["pack", "audience", "files", "audit", "sources", "outbox"],
        ["visit", "desk", "all 3", "passed", "as they were", "1 message"],
        ["visit", "press", "all 2", "passed", "as they were", "1 message"],
    ]
    assert built.outputs() == before
    found = json.loads(cli("verify", "visit", "--json").out)
    assert found["diagnostics"] == []
    assert found["packs"][0]["audiences"][1] == {
        "name": "press",
        "files": 2,
        "sound": 2,
        "audited": True,
        "draft": False,
        "messages": 1,
    }


@pytest.mark.parametrize(
    ("harm", "fact"),
    [
        ("changed", "visit-press.pdf is not as it was built for “press”: its checksum is another one"),
        ("grown", "visit-press.pdf is not as it was built for “press”: it has "),
        ("gone", "visit-press.pdf is missing: the manifest tells of it for “press”"),
        ("linked", "visit-press.pdf is a link to somewhere else"),
        ("folder", "visit-press.pdf is no file"),
    ],
)
def test_a_file_that_is_not_as_it_was_built_is_told_of(
    built: Project, cli: Run, harm: str, fact: str
) -> None:
    path = built.build / "press" / "visit-press.pdf"
    content = path.read_bytes()
    path.unlink()
    if harm == "changed":
        path.write_bytes(content[:-2] + b"\n\n")
    elif harm == "grown":
        path.write_bytes(content + b"\n")
    elif harm == "linked":
        (built.root / "other.pdf").write_bytes(content)
        path.symlink_to(built.root / "other.pdf")
    elif harm == "folder":
        path.mkdir()
    ran = cli("verify", "visit", "--json")
    assert ran.code == ExitCode.OUTPUT
    (found,) = told(ran)
    assert found["message"].startswith(fact)
    assert found["path"].endswith("press/visit-press.pdf")
    assert "build the pack again" in found["hint"]


def test_everything_wrong_is_told_at_once(built: Project, cli: Run) -> None:
    (built.build / "press" / "visit-press.pdf").unlink()
    (built.build / "press" / "annexes" / "A-figures.csv").write_text("other")
    (built.build / "outbox" / "desk.txt").write_text("other")
    ran = cli("verify", "visit", "--json")
    assert {Path(each["path"]).name for each in told(ran)} == {
        "visit-press.pdf",
        "A-figures.csv",
        "desk.txt",
    }


def test_files_that_no_record_knows_are_noted(built: Project, cli: Run) -> None:
    (built.build / "press" / "visit-press.docx").write_bytes(b"PK")
    (built.build / "press" / ".briefpack-00.part").write_bytes(b"")
    ran = cli("verify", "visit", "--json")
    assert ran.code == 0
    assert [(each["severity"], each["message"]) for each in told(ran)] == [
        ("note", ".briefpack-00.part was left by a run that was stopped"),
        ("note", "visit-press.docx is in no record: no build of this pack left it here"),
    ]


@pytest.mark.parametrize(
    ("harm", "code", "fact"),
    [
        ("gone", ExitCode.OUTPUT, "audit.json is missing"),
        ("other", ExitCode.OUTPUT, "visit-press.pdf was not audited for “press”"),
        ("failed", ExitCode.LEAK, "visit-press.pdf did not pass the audit for “press”"),
    ],
)
def test_an_audit_that_covers_other_files_or_failed_is_told_of(
    built: Project, cli: Run, harm: str, code: ExitCode, fact: str
) -> None:
    shutil.rmtree(built.build / "outbox")
    if harm == "gone":
        (built.build / "audit.json").unlink()
    else:

        def change(content: Any) -> None:
            for file in content["audiences"]["press"]["files"]:
                file.update({"sha256": "0" * 64} if harm == "other" else {"passed": False})

        changed(built, "audit.json", change)
    ran = cli("verify", "visit", "--json")
    assert ran.code == code
    assert any(each["message"].startswith(fact) for each in told(ran)), told(ran)


def test_one_audiences_pack_cannot_pass_for_anothers(built: Project, cli: Run) -> None:
    desk, press = (built.build / name / f"visit-{name}.pdf" for name in ("desk", "press"))
    shutil.copyfile(desk, press)

    def change(content: Any) -> None:
        of = {each["format"]: each for each in content["audiences"]["desk"]["outputs"]}
        pdf = content["audiences"]["press"]["outputs"][0]
        pdf.update(sha256=of["pdf"]["sha256"], size=of["pdf"]["size"])

    changed(built, "manifest.json", change)
    ran = cli("verify", "visit", "--json")
    assert ran.code == ExitCode.OUTPUT
    assert "visit-press.pdf was not audited for “press”" in {each["message"] for each in told(ran)}
    assert any("was made of another build" in each["message"] for each in told(ran))


def test_a_manifest_that_leads_elsewhere_or_tells_of_a_file_twice_is_told_of(
    built: Project, cli: Run
) -> None:
    def change(content: Any) -> None:
        content["audiences"]["press"]["outputs"][0]["path"] = "../../sources/visit/pack.yaml"
        content["audiences"]["press"]["beside"][0]["path"] = "desk/annexes/A-figures.csv"

    changed(built, "manifest.json", change)
    messages = {each["message"] for each in told(cli("verify", "visit", "--json"))}
    assert "pack.yaml lies outside of the pack's folder, and the manifest tells of it" in messages
    assert "A-figures.csv is told of for “desk” and for “press”" in messages


@pytest.mark.parametrize("content", ["", "{}", '{"schema": 99}', '{"schema": 1, "audiences": []}'])
def test_without_a_manifest_nothing_is_known(built: Project, cli: Run, content: str) -> None:
    (built.build / "manifest.json").write_text(content)
    ran = cli("verify", "visit")
    assert ran.code == ExitCode.OUTPUT
    assert "manifest.json is no manifest that this version understands" in ran.err


def test_a_manifest_with_other_types_is_none(built: Project, cli: Run) -> None:
    changed(built, "manifest.json", lambda all_: all_["audiences"]["desk"]["outputs"][0].update(path=7))
    assert "is no manifest that this version understands" in cli("verify", "visit").err


def test_what_is_older_than_its_sources_is_warned_of(built: Project, cli: Run) -> None:
    built.change("sections/01-programme.yaml", "14:30", "15:30")
    ran = cli("verify", "visit")
    assert ran.code == 0
    assert "warning[older-than-sources]: visit is older than what it was made of" in ran.err
    assert "sources/visit/sections/01-programme.yaml" in ran.err
    assert "changed" in ran.out
    assert cli("verify", "visit", "--strict").code == ExitCode.STRICT


def test_a_draft_is_warned_of(built: Project, cli: Run) -> None:
    assert cli("build", "visit", "-q", "--draft", "-a", "press").code == 0
    shutil.rmtree(built.build / "outbox")
    ran = cli("verify", "visit")
    assert ran.code == 0
    assert "the pack of “press” is a draft, and nobody audited it" in ran.err
    assert [line.split()[-5] for line in ran.out.splitlines()[1:]] == ["passed", "draft"]


def test_records_beside_the_manifest_agree_with_it(built: Project, cli: Run) -> None:
    changed(built, "annexes.json", lambda all_: all_["annexes"][0]["files"][0].update(sha256="0" * 64))
    ran = cli("verify", "visit", "--json")
    assert ran.code == ExitCode.OUTPUT
    assert all("annexes.json tells of another file of the annex figures" in each["message"] for each in told(ran))  # fmt: skip


def test_what_was_kept_back_is_told_alike_in_both_records(project: Project, cli: Run) -> None:
    project.change("pack.yaml", "reference: V(25)", "policy: plain\nmarking: INTERNAL\ntitle_marking: PUBLIC")
    project.change("pack.yaml", "{title: Desk}", "{title: Desk, clearance: INTERNAL}")
    project.change("pack.yaml", "title: Press,", "title: Press, clearance: PUBLIC,")
    project.change("sections/01-programme.yaml", "title: The", "marking: PUBLIC\ntitle: The")
    assert cli("build", "visit", "-q").code == 0
    assert cli("verify", "visit", "--json").code == 0
    changed(project, "withheld.json", lambda all_: all_["audiences"]["press"].update(kinds={}))
    ran = cli("verify", "visit")
    assert ran.code == ExitCode.OUTPUT
    assert "withheld.json tells of other things that were kept from “press”" in ran.err


# --------------------------------------------------------------------------- without the sources


def test_a_folder_that_was_handed_over_is_checked_without_its_sources(
    built: Project, cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    shutil.copytree(built.build, stick / "visit")
    away = tmp_path / "away"
    away.mkdir()
    monkeypatch.chdir(away)
    for arguments in (("--output", stick), ("--output", stick / "visit"), (stick / "visit",)):
        ran = cli("verify", *arguments)
        assert (ran.code, ran.err) == (0, "")
        assert "not here" in ran.out
    monkeypatch.chdir(stick / "visit")
    assert cli("verify").code == 0
    (stick / "visit" / "press" / "visit-press.pdf").write_bytes(b"%PDF-1.7 other")
    assert cli("verify").code == ExitCode.OUTPUT


def test_a_folder_with_another_build_than_ours_is_warned_of(built: Project, cli: Run, tmp_path: Path) -> None:
    shutil.copytree(built.build, tmp_path / "stick" / "visit")
    assert cli("verify", "-o", tmp_path / "stick").err == ""
    built.change("sections/01-programme.yaml", "Room 2", "Room 3")
    assert cli("build", "visit", "-q").code == 0
    ran = cli("verify", "visit", "-o", tmp_path / "stick")
    assert ran.code == 0
    assert ran.err.count("warning[another-build]") == 2
    assert "here is not the one that lies in build/visit" in ran.err


def test_nothing_to_check_is_an_error(project: Project, cli: Run, tmp_path: Path) -> None:
    assert cli("verify").code == ExitCode.USAGE
    assert cli("verify", "-o", tmp_path).code == ExitCode.USAGE
    assert cli("verify", "vist").code == ExitCode.USAGE
    ran = cli("verify", "visit")
    assert ran.code == ExitCode.OUTPUT
    assert "is no manifest" in ran.err


# --------------------------------------------------------------------------- the outbox


def test_an_outbox_of_another_build_is_told_of(built: Project, cli: Run) -> None:
    built.change("sections/01-programme.yaml", "Room 2", "Room 3")
    assert cli("build", "visit", "-q").code == 0
    ran = cli("verify", "visit")
    assert ran.code == ExitCode.OUTPUT
    assert "tells of visit-desk.pdf for “desk” (desk), which was made of another build" in ran.err
    assert cli("mail", "draft", "visit", "-q").code == 0
    assert cli("verify", "visit").code == 0


def test_copies_of_another_build_are_told_of_once(built: Project, cli: Run) -> None:
    """However many readers have one."""
    built.write(
        "list.yaml",
        """\
        sender: Protocol <protocol@example.int>
        audiences: {press: {copies: true}}
        groups:
          press: {audience: press, people: [anna@example.int, ben@example.int, cleo@example.int, dora@example.int]}
        """,
    )
    assert cli("mail", "draft", "visit", "-q").code == 0
    register = built.root / "sent" / "visit" / "copies.csv"
    whole = register.read_text(encoding="utf-8")
    register.write_text("".join(whole.splitlines(keepends=True)[:2]), encoding="utf-8")
    (unknown,) = [each["message"] for each in told(cli("verify", "visit", "--json"))]
    assert "tells of 3 copies that copies.csv does not know: (visit-press.pdf, press_2)" in unknown
    register.write_text(whole, encoding="utf-8")

    built.change("sections/01-programme.yaml", "Room 2", "Room 3")
    assert cli("build", "visit", "-q").code == 0
    messages = [each["message"] for each in told(cli("verify", "visit", "--json"))]
    (older,) = [each for each in messages if "which was made of another build" in each]
    assert "visit-press.pdf for “press” (press_1, press_2, press_3 and others)" in older


def test_an_outbox_that_is_older_than_its_list_is_warned_of(built: Project, cli: Run) -> None:
    built.change("list.yaml", "lena@", "lina@")
    ran = cli("verify", "visit")
    assert ran.code == 0
    assert "warning[older-than-sources]: the outbox is older than what it was made of" in ran.err
    assert "sources/visit/list.yaml" in ran.err
    assert "as they were" in ran.out


def test_a_reader_who_was_put_into_a_draft_is_told_of(built: Project, cli: Run) -> None:
    path = built.build / "outbox" / "press.eml"
    path.write_bytes(path.read_bytes().replace(b"lena@", b"eve@evil.example, lena@", 1))
    ran = cli("verify", "visit")
    assert ran.code == ExitCode.OUTPUT
    assert "goes to eve@evil.example (Bcc), whom the record does not tell of" in ran.err
    assert "press.eml is not as it was drafted" in ran.err
