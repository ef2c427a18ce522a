"""From a built pack to an outbox: what lies there, what keeps a pack from getting there, and what becomes of earlier drafts."""

from __future__ import annotations

import email
import errno
import hashlib
import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from email import policy
from email import policy as policy_of_mail
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from briefpack.errors import ExitCode
from briefpack.folder_lock import hold
from briefpack.pipeline import gate
from tests.conftest import Project, Ran

Run = Callable[..., Ran]
LIST = """\
    sender: Protocol <protocol@example.int>
    groups:
      desk:
        audience: desk
        people:
          - Anna Example <anna@example.int>
          - {name: "Петренко, Зоя", address: zoya@example.int, as: cc}
      press:
        audience: press
        people: [lena@tidings.example, {name: ليلى حداد, address: layla@sahifa.example, language: fr}]
"""
NAMES = ["desk", "press_en", "press_fr"]


@pytest.fixture
def listed(project: Project) -> Project:
    """A project whose pack has readers, in a file of their own."""
    project.write("list.yaml", LIST)
    path = project.pack / "pack.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "distribution: list.yaml\n", encoding="utf-8")
    return project


@pytest.fixture
def built(listed: Project, cli: Run) -> Project:
    """The same, built."""
    assert cli("build", "visit", "-q").code == 0
    return listed


def outbox(project: Project) -> dict[str, bytes]:
    folder = project.build / "outbox"
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())} if folder.is_dir() else {}


def told(ran: Ran) -> list[dict[str, object]]:
    return list(json.loads(ran.out)["diagnostics"])


# --------------------------------------------------------------------------- what lies there


def test_a_built_pack_is_drafted(built: Project, cli: Run) -> None:
    ran = cli("mail", "draft", "visit")
    assert (ran.code, ran.err) == (0, "")
    for name in NAMES:
        assert name in ran.out
    files = outbox(built)
    assert {name for name in files if name.endswith(".eml")} == {f"{name}.eml" for name in NAMES}
    assert files.keys() >= {
        "outbox.html",
        "outbox.pdf",
        "outbox.json",
        "overview.csv",
        "desk.txt",
        "desk.cc.txt",
    }
    message = email.message_from_bytes(files["desk.eml"], policy=policy.strict)
    attached = {part.get_filename(): part.get_content() for part in message.iter_attachments()}  # type: ignore[attr-defined]
    assert attached == {
        f"visit-desk.{kind}": (built.build / "desk" / f"visit-desk.{kind}").read_bytes()
        for kind in ("pdf", "docx")
    }


def test_only_who_has_a_mail_server_is_led_to_it(
    built: Project, cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BRIEFPACK_SMTP_HOST", raising=False)
    ran = cli("mail", "draft", "visit")
    assert "send them from your mail program" in ran.out
    assert "mail send" not in ran.out
    monkeypatch.setenv("BRIEFPACK_SMTP_HOST", "smtp.example.int")
    assert "briefpack mail send visit" in cli("mail", "draft", "visit").out
    monkeypatch.delenv("BRIEFPACK_SMTP_HOST")
    built.write("list.yaml", f"server: {{host: smtp.example.int}}\n{textwrap.dedent(LIST)}")
    assert "briefpack mail send visit" in cli("mail", "draft", "visit").out


def test_a_second_run_gives_the_same_bytes(built: Project, cli: Run) -> None:
    assert cli("mail", "draft", "visit").code == 0
    first = outbox(built)
    assert cli("mail", "draft", "visit").code == 0
    assert outbox(built) == first
    done = subprocess.run(
        [sys.executable, "-m", "briefpack", "mail", "draft", "visit", "-q"],
        check=False,
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        capture_output=True,
    )
    assert done.returncode == 0
    assert outbox(built) == first


def test_nothing_of_an_earlier_run_stays_and_nothing_of_others_goes(built: Project, cli: Run) -> None:
    assert cli("mail", "draft", "visit").code == 0
    (built.build / "outbox" / "notes.txt").write_text("mine")
    # An edited draft of an old pack is the one that must not be sent.
    (built.build / "outbox" / "desk.eml").write_text("edited")
    assert cli("mail", "draft", "visit", "--audience", "press").code == 0
    files = outbox(built)
    assert {name for name in files if name.endswith(".eml")} == {"press_en.eml", "press_fr.eml"}
    assert files["notes.txt"] == b"mine"
    assert "desk" not in files["overview.csv"].decode("utf-8-sig")


def test_the_run_can_be_had_as_json(built: Project, cli: Run) -> None:
    found = json.loads(cli("mail", "draft", "visit", "--json").out)
    assert found["command"] == "mail draft"
    assert [each["name"] for each in found["messages"]] == NAMES
    assert found["messages"][1]["readers"] == [
        {"name": "", "address": "lena@tidings.example", "line": "bcc", "copy": None}
    ]
    assert found["messages"][0]["attachments"][0]["name"] == "visit-desk.pdf"
    assert all((Path.cwd() / each["path"]).is_file() for each in found["messages"])


def test_the_record_names_what_the_outbox_was_made_of(built: Project, cli: Run) -> None:
    built.write("more.csv", "name,address\nMira,mira@tidings.example\n")
    built.change("list.yaml", "audience: press", "audience: press\n    import: more.csv")
    inputs = {}
    for audience in ("desk", "press"):
        assert cli("mail", "draft", "visit", "-q", "-a", audience).code == 0
        inputs[audience] = json.loads(outbox(built)["outbox.json"])["inputs"]
    pack = "sources/visit/"
    own = {f"{pack}{name}" for name in ("pack.yaml", "list.yaml", "more.csv", "sections/01-programme.yaml")}
    assert inputs["press"].keys() == own
    assert inputs["desk"].keys() == own | {f"{pack}sections/02-notes.yaml"}
    assert (
        inputs["press"][f"{pack}list.yaml"]
        == hashlib.sha256((built.pack / "list.yaml").read_bytes()).hexdigest()
    )


def test_the_drafts_go_where_the_pack_was_built_to(listed: Project, cli: Run, tmp_path: Path) -> None:
    assert cli("build", "visit", "-q", "-o", tmp_path / "out").code == 0
    assert cli("mail", "draft", "visit", "-q", "-o", tmp_path / "out").code == 0
    assert (tmp_path / "out" / "visit" / "outbox" / "desk.eml").is_file()
    assert outbox(listed) == {}


def test_a_marking_stands_in_the_subject_and_on_the_sheet(listed: Project, cli: Run) -> None:
    listed.change("pack.yaml", "reference: V(25)", "reference: V(25)\nmarking: INTERNAL USE")
    listed.change("pack.yaml", "title: Press,", "title: Press, marking: FOR THE PRESS,")
    assert cli("build", "visit", "-q").code == 0
    assert cli("mail", "draft", "visit", "-q").code == 0
    files = outbox(listed)
    subjects = {
        name: email.message_from_bytes(files[f"{name}.eml"], policy=policy.strict)["Subject"]
        for name in NAMES
    }
    assert subjects["desk"].startswith("INTERNAL USE · ")
    assert subjects["press_en"].startswith("FOR THE PRESS · ")
    assert b"FOR THE PRESS" in files["outbox.html"]


def test_with_a_policy_the_marking_is_that_of_what_an_audience_gets(listed: Project, cli: Run) -> None:
    listed.change(
        "pack.yaml",
        "reference: V(25)",
        "reference: V(25)\npolicy: plain\nmarking: INTERNAL\ntitle_marking: PUBLIC",
    )
    listed.change("pack.yaml", "{title: Desk}", "{title: Desk, clearance: INTERNAL}")
    listed.change("pack.yaml", "title: Press,", "title: Press, clearance: PUBLIC,")
    listed.change(
        "sections/01-programme.yaml", "title: The programme", "title: The programme\nmarking: PUBLIC"
    )
    assert cli("build", "visit", "-q").code == 0
    assert cli("mail", "draft", "visit", "-q").code == 0
    markings = {
        each["audience"]: each["subject"].split(" · ")[0]
        for each in json.loads(outbox(listed)["outbox.json"])["messages"]
    }
    assert markings == {"desk": "INTERNAL", "press": "PUBLIC"}
    assert outbox(listed)["outbox.html"].decode().split("<header>")[0].count("INTERNAL") == 1


def marked(listed: Project, policy: str, desk: str, press: str) -> None:
    """Give the pack a policy: desk and press are clearances; the programme is for everybody, the rest for the desk."""
    (listed.root / "styles" / "policies").mkdir()
    (listed.root / "styles" / "policies" / "ours.yaml").write_text(policy, encoding="utf-8")
    listed.change("pack.yaml", "reference: V(25)", f"policy: ours\nmarking: {desk}\ntitle_marking: {press}")
    listed.change(
        "pack.yaml",
        "{title: Desk}",
        f"{{title: Desk, clearance: {{level: {desk}, groups: {'USA' if 'us-style' in policy else 'NATO'}}}}}",
    )
    listed.change("pack.yaml", "title: Press,", f"title: Press, clearance: {press},")
    listed.change(
        "sections/01-programme.yaml", "title: The programme", f"title: The programme\nmarking: {press}"
    )
    listed.change(
        "list.yaml", "groups:", 'audiences: {desk: {subject: "Your pack", body: Here it is.}}\ngroups:'
    )


@pytest.mark.parametrize(
    ("policy", "desk", "said"),
    [
        ("extends: nato-style", "NATO RESTRICTED", ("NATO RESTRICTED · Your pack", "NATO RESTRICTED\n\nHere it is.\n")),
        ("extends: us-style", "SECRET", ("(P) Your pack", "SECRET\n\nHere it is.\n\nSECRET\n")),
        ("extends: us-style\nmail: {subject: none, text: list}", "SECRET", ("Your pack", "Here it is.\n")),
        ("extends: nato-style\nmail: {subject: level, text: list}", "NATO RESTRICTED - STAFF", ("NATO RESTRICTED · Your pack", "Here it is.\n")),
        ("extends: nato-style\nmail: {subject: list, text: list}", "NATO RESTRICTED", ("Your pack", "Here it is.\n")),
    ],
)  # fmt: skip
def test_the_policy_says_what_messages_tell_whatever_the_list_says(
    listed: Project, cli: Run, policy: str, desk: str, said: tuple[str, str]
) -> None:
    level = desk.partition(" - ")[0]
    marked(listed, policy, level, "PUBLIC")
    if desk != level:
        listed.change("pack.yaml", f"marking: {level}\n", f"marking: {desk}\n")
        listed.change("pack.yaml", "groups: NATO", "groups: NATO, caveats: [STAFF]")
    assert cli("build", "visit", "-q").code == 0
    assert cli("mail", "draft", "visit", "-q").code == 0
    files = outbox(listed)
    message = email.message_from_bytes(files["desk.eml"], policy=policy_of_mail.strict)
    assert (message["Subject"], files["desk.txt"].decode()) == said
    assert json.loads(files["outbox.json"])["messages"][0]["marking"] == desk
    # What is for everybody says no more than before.
    press = email.message_from_bytes(files["press_en.eml"], policy=policy_of_mail.strict)
    assert press["Subject"] in {
        "PUBLIC · Visit of the Ambassador",
        "(P) Visit of the Ambassador",
        "Visit of the Ambassador",
    }
    assert files["press_en.txt"].decode().count("PUBLIC") == 1


def test_the_sheet_for_paper_shows_everybody_and_claims_what_packs_claim(built: Project, cli: Run) -> None:
    assert cli("mail", "draft", "visit", "-q").code == 0
    content = outbox(built)["outbox.pdf"]
    with pypdfium2.PdfDocument(content) as document:
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    for words in (
        "Who gets what",
        "anna@example.int",
        "Петренко, Зоя",
        "layla@sahifa.example",
        "visit-press.pdf",
    ):
        assert words in text, words
    (built.root / "sheet.pdf").write_bytes(content)
    with pikepdf.open(built.root / "sheet.pdf") as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_a_name_that_no_font_has_is_no_error(built: Project, cli: Run) -> None:
    built.change("list.yaml", "Anna Example <anna", "𓀀𓀁 山田 <anna")
    assert cli("mail", "draft", "visit", "-q").code == 0
    assert "𓀀𓀁".encode() in outbox(built)["outbox.html"]


def test_a_long_list_is_set(built: Project, cli: Run) -> None:
    people = "".join(f"          - Reader {n} <r{n}@example.int>\n" for n in range(300))
    built.change(
        "list.yaml",
        "          - Anna Example <anna@example.int>\n".removeprefix("    "),
        people.replace("          -", "      -", 300),
    )
    assert cli("mail", "draft", "visit", "-q").code == 0
    with pypdfium2.PdfDocument(outbox(built)["outbox.pdf"]) as document:
        assert len(document) > 3


def test_who_asks_for_one_format_needs_no_other(listed: Project, cli: Run) -> None:
    listed.change("list.yaml", "audience: desk", "audience: desk\n    formats: pdf")
    assert cli("build", "visit", "-q", "--format", "pdf").code == 0
    assert cli("mail", "draft", "visit", "-q").code == 0
    assert b"visit-desk.docx" not in outbox(listed)["desk.eml"]


@pytest.mark.parametrize("silenced", [False, True])
def test_what_is_warned_of_stands_on_the_sheet(built: Project, cli: Run, *, silenced: bool) -> None:
    built.change("list.yaml", "<anna@example.int>", "<anna@exarnple.int>")
    if silenced:
        built.change(
            "list.yaml", "audience: desk", "audience: desk\n    silence: {look-alike-address: it is theirs}"
        )
    assert cli("mail", "draft", "visit").code == 0
    shown = outbox(built)["outbox.html"].decode()
    assert ("anna@exarnple.int looks like @example.int" in shown) is not silenced


def test_an_audience_without_readers_is_told_of(built: Project, cli: Run) -> None:
    built.change("list.yaml", "audience: press", "audience: desk")
    ran = cli("mail", "draft", "visit")
    assert ran.code == 0
    assert "nobody gets the pack of: Press" in ran.out
    assert b"Nobody gets the pack of: Press" in outbox(built)["outbox.html"]
    ran = cli("mail", "draft", "visit", "--audience", "press")
    assert ran.code == ExitCode.USAGE
    assert "nobody gets the pack of “press”" in ran.err


def test_a_large_message_is_warned_of_and_drafted_all_the_same(built: Project, cli: Run) -> None:
    built.change("list.yaml", "groups:", "size: 20 kB\ngroups:")
    ran = cli("mail", "draft", "visit")
    assert ran.code == 0
    assert "warning[large-message]" in ran.err
    assert "list.yaml:2:7" in ran.err
    before = outbox(built)
    ran = cli("mail", "draft", "visit", "--strict")
    assert ran.code == ExitCode.STRICT
    assert outbox(built) == before


# --------------------------------------------------------------------------- the gate


def refused(built: Project, cli: Run, *facts: str) -> None:
    """Nothing is drafted, what was there stays, and the remedy is to build."""
    before = outbox(built)
    ran = cli("mail", "draft", "visit", "--json")
    assert ran.code == ExitCode.OUTPUT
    found = told(ran)
    for fact in facts:
        assert any(fact in str(each["message"]) for each in found), found
    assert all(each["hint"] == "build it first: briefpack build visit" for each in found)
    assert outbox(built) == before


def test_a_pack_that_was_never_built_is_refused(listed: Project, cli: Run) -> None:
    refused(listed, cli, "the pack of “desk” has not been built", "the pack of “press” has not been built")


@pytest.mark.parametrize("harm", ["changed", "grown", "gone", "linked"])
def test_a_file_that_is_not_as_the_build_left_it_is_refused(built: Project, cli: Run, harm: str) -> None:
    assert cli("mail", "draft", "visit", "-q").code == 0
    path = built.build / "press" / "visit-press.pdf"
    content = path.read_bytes()
    if harm == "changed":
        path.write_bytes(content[:-2] + b"\n\n")
    elif harm == "grown":
        path.write_bytes(content + b"\n")
    else:
        path.unlink()
    if harm == "linked":
        (built.root / "other.pdf").write_bytes(content)
        path.symlink_to(built.root / "other.pdf")
    refused(built, cli, "is not as the build left it: press/visit-press.pdf")


def test_a_build_of_older_sources_is_refused(built: Project, cli: Run) -> None:
    built.change("sections/01-programme.yaml", "14:30", "15:30")
    refused(
        built,
        cli,
        "the pack of “desk” was built before its sources changed: sources/visit/sections/01-programme.yaml",
        "the pack of “press” was built",
    )


def test_a_source_that_only_others_get_keeps_nobody_waiting(built: Project, cli: Run) -> None:
    built.change("sections/02-notes.yaml", "A good visit", "A very good visit")
    assert cli("mail", "draft", "visit", "-q", "-a", "press").code == 0
    refused(built, cli, "the pack of “desk” was built before its sources changed")


def test_a_changed_style_or_a_section_that_is_new_is_a_changed_source(built: Project, cli: Run) -> None:
    built.write("sections/03-more.yaml", "title: More\ntext: Words.\n")
    built.change("pack.yaml", "sections:\n", "sections:\n  - sections/03-more.yaml\n")
    refused(built, cli, "03-more.yaml")


def test_annexes_that_are_set_are_sources_like_any_other(listed: Project, cli: Run) -> None:
    listed.write("annexes/note.md", "# A note\n\nWords.\n")
    listed.write("annexes/figures.csv", "Name,Sum\nA,1\n")
    annexes = "annexes:\n  - {file: annexes/note.md, title: Note}\n  - {file: annexes/figures.csv, title: Figures}\n"
    listed.change("pack.yaml", "audiences:\n", f"{annexes}audiences:\n")
    assert cli("build", "visit", "-q").code == 0
    assert cli("mail", "draft", "visit", "-q").code == 0
    listed.change("annexes/note.md", "Words", "Other words")
    refused(listed, cli, "sources/visit/annexes/note.md")


def test_a_changed_list_needs_no_new_build(built: Project, cli: Run) -> None:
    built.change("list.yaml", "anna@example.int", "anna.example@example.int")
    assert cli("mail", "draft", "visit", "-q").code == 0
    assert b"anna.example@example.int" in outbox(built)["desk.eml"]


def test_a_manifest_of_a_version_that_did_not_tell_of_markings_is_not_enough(
    built: Project, cli: Run
) -> None:
    path = built.build / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    for entry in content["audiences"].values():
        del entry["marking"]
    path.write_text(json.dumps(content), encoding="utf-8")
    refused(built, cli, "has not been built")


def test_a_draft_of_a_pack_is_not_for_its_readers(listed: Project, cli: Run) -> None:
    assert cli("build", "visit", "-q", "--draft").code == 0
    refused(listed, cli, "was built as a draft, and nobody audited it")


@pytest.mark.parametrize("harm", ["gone", "another file", "not passed"])
def test_a_file_that_no_audit_passed_is_refused(built: Project, cli: Run, harm: str) -> None:
    path = built.build / "audit.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    for file in content["audiences"]["press"]["files"]:
        file.update({"sha256": "0" * 64} if harm == "another file" else {"passed": False})
    path.write_text(json.dumps(content), encoding="utf-8")
    if harm == "gone":
        path.unlink()
    refused(built, cli, "the pack of “press” has a file that passed no audit: visit-press.pdf")


def test_a_draft_of_a_pack_is_let_through_where_that_is_asked_for(listed: Project, cli: Run) -> None:
    assert cli("build", "visit", "-q", "--draft").code == 0
    ran = cli("mail", "draft", "visit", "--draft")
    assert ran.code == 0
    assert ran.err.count("warning[unaudited-draft]") == 2
    assert "nobody audited it" in ran.err
    files = outbox(listed)
    for name in NAMES:
        message = email.message_from_bytes(files[f"{name}.eml"], policy=policy.strict)
        assert message["Subject"].startswith(("DRAFT · ", "PROJET · ")), message["Subject"]
    assert json.loads(files["outbox.json"])["draft"] is True
    assert cli("mail", "draft", "visit", "--draft", "--strict").code == ExitCode.STRICT


def test_what_was_audited_goes_as_ever_where_drafts_may_go(built: Project, cli: Run) -> None:
    ran = cli("mail", "draft", "visit", "--draft")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(outbox(built)["outbox.json"])["draft"] is False


# --------------------------------------------------------------------------- files beside the pack


@pytest.fixture
def accompanied(listed: Project, cli: Run) -> Project:
    """A pack with a file beside it, built."""
    listed.write("annexes/figures.csv", "Name,Sum\nA,1\n")
    annexes = "annexes:\n  - {file: annexes/figures.csv, title: Figures, beside: true}\n"
    listed.change("pack.yaml", "audiences:\n", f"{annexes}audiences:\n")
    assert cli("build", "visit", "-q").code == 0
    return listed


def attached(content: bytes) -> dict[str | None, bytes]:
    """Files of a message, by name."""
    message = email.message_from_bytes(content, policy=policy.default)
    return {part.get_filename(): part.get_payload(decode=True) for part in message.iter_attachments()}  # type: ignore[attr-defined]


def test_files_beside_the_pack_go_along(accompanied: Project, cli: Run) -> None:
    assert cli("mail", "draft", "visit", "-q").code == 0
    files = outbox(accompanied)
    content = (accompanied.pack / "annexes" / "figures.csv").read_bytes()
    assert list(attached(files["desk.eml"])) == ["visit-desk.pdf", "visit-desk.docx", "A-figures.csv"]
    assert attached(files["press_en.eml"])["A-figures.csv"] == content
    assert "- A-figures.csv (1 kB)" in files["desk.txt"].decode().replace("\u00a0", " ")
    recorded = json.loads(files["outbox.json"])["messages"][0]["attachments"][-1]
    assert (recorded["format"], recorded["pages"], recorded["size"]) == ("beside", 0, len(content))


def test_who_wants_the_pdf_only_gets_what_lies_beside_it(accompanied: Project, cli: Run) -> None:
    accompanied.change("list.yaml", '{name: "Петренко, Зоя",', '{formats: pdf, name: "Петренко, Зоя",')
    assert cli("mail", "draft", "visit", "-q").code == 0
    files = outbox(accompanied)
    assert list(attached(files["desk_pdf.eml"])) == ["visit-desk.pdf", "A-figures.csv"]
    assert list(attached(files["desk_pdf-docx.eml"])) == [
        "visit-desk.pdf",
        "visit-desk.docx",
        "A-figures.csv",
    ]


def test_files_beside_the_pack_stay_where_the_list_says_so(accompanied: Project, cli: Run) -> None:
    accompanied.change("list.yaml", "groups:", "audiences: {press: {beside: false}}\ngroups:")
    assert cli("mail", "draft", "visit", "-q").code == 0
    files = outbox(accompanied)
    assert "A-figures.csv" in attached(files["desk.eml"])
    assert list(attached(files["press_en.eml"])) == ["visit-press.pdf"]


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_a_changed_file_beside_the_pack_is_refused(accompanied: Project, cli: Run, harm: str) -> None:
    path = accompanied.build / "press" / "annexes" / "A-figures.csv"
    path.unlink()
    if harm == "changed":
        path.write_text("Name,Sum\nA,2\n")
    refused(accompanied, cli, "is not as the build left it: press/annexes/A-figures.csv")


def test_a_file_beside_the_pack_that_no_audit_passed_is_refused(accompanied: Project, cli: Run) -> None:
    path = accompanied.build / "audit.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    files = content["audiences"]["press"]["files"]
    assert [file["path"] for file in files] == ["press/annexes/A-figures.csv", "press/visit-press.pdf"]
    del files[0]
    path.write_text(json.dumps(content), encoding="utf-8")
    refused(accompanied, cli, "the pack of “press” has a file that passed no audit: A-figures.csv")


def test_a_script_beside_the_pack_is_warned_of_at_its_annex(
    accompanied: Project, cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The reader takes no scripts as annexes: a server may be stricter than he is.
    monkeypatch.setattr(gate, "blocked_for", "{} {} bytes".format)
    ran = cli("mail", "draft", "visit")
    assert ran.code == 0
    assert "pack.yaml:8:12: warning[blocked-attachment]: A-figures.csv goes along" in ran.err


def test_a_name_that_would_be_cut_is_refused_at_its_annex(listed: Project, cli: Run) -> None:
    name = f"{'é' * 110}.csv"
    listed.write(f"annexes/{name}", "Name,Sum\nA,1\n")
    annexes = f"annexes:\n  - {{file: annexes/{name}, title: Figures, beside: true}}\n"
    listed.change("pack.yaml", "audiences:\n", f"{annexes}audiences:\n")
    assert cli("build", "visit", "-q").code == 0
    ran = cli("mail", "draft", "visit")
    assert ran.code == ExitCode.OUTPUT
    assert "pack.yaml:8:12: error: an attachment for “desk” has a name of more than 200 bytes" in ran.err
    assert outbox(listed) == {}


def test_two_attachments_are_not_called_alike(listed: Project, cli: Run) -> None:
    listed.write("annexes/desk.pdf.csv", "Name,Sum\nA,1\n")
    annexes = "annexes:\n  - {file: annexes/desk.pdf.csv, title: Figures, beside: true}\n"
    listed.change("pack.yaml", "audiences:\n", f"{annexes}audiences:\n")
    assert cli("build", "visit", "-q").code == 0
    path = listed.build / "manifest.json"
    # No style gives a pack such a name; a manifest may.
    path.write_text(path.read_text(encoding="utf-8").replace("desk/visit-desk.pdf", "desk/a-DESK.pdf.csv"))
    (listed.build / "desk" / "visit-desk.pdf").rename(listed.build / "desk" / "a-DESK.pdf.csv")
    ran = cli("mail", "draft", "visit")
    assert ran.code == ExitCode.OUTPUT
    assert "two attachments for “desk” are called A-desk.pdf.csv" in ran.err


def test_nobody_drafts_while_somebody_builds(built: Project, cli: Run) -> None:
    with hold(built.build):
        done = subprocess.run(
            [sys.executable, "-m", "briefpack", "mail", "draft", "visit"],
            check=False,
            capture_output=True,
            text=True,
        )
    assert done.returncode == ExitCode.BUSY
    assert "another build, draft or sending of visit is running" in done.stderr
    assert "then draft again" in done.stderr
    assert outbox(built) == {}


@pytest.mark.parametrize("name", ["list.yaml", "sections/01-programme.yaml"])
def test_what_changes_while_messages_are_written_makes_them_worthless(
    built: Project, cli: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    from briefpack.distribute.posted import post

    def changing(*given: Any) -> Any:
        path = built.pack / name
        path.write_text(path.read_text(encoding="utf-8") + "# later\n", encoding="utf-8")
        return post(*given)

    monkeypatch.setattr("briefpack.pipeline.dispatch.post", changing)
    ran = cli("mail", "draft", "visit")
    assert ran.code == ExitCode.SOURCE
    assert f"{name} changed while the messages were being written" in ran.err
    assert outbox(built) == {}


def test_a_pack_without_readers_is_told_what_to_write(project: Project, cli: Run) -> None:
    ran = cli("mail", "draft", "visit")
    assert ran.code == ExitCode.SOURCE
    assert "visit has no distribution" in ran.err
    assert "distribution:" in ran.err


def test_a_wrong_list_stops_the_build_as_well(listed: Project, cli: Run) -> None:
    listed.change("list.yaml", "anna@example.int", "anna@@example.int")
    for command in (("check", "visit"), ("build", "visit"), ("mail", "draft", "visit")):
        ran = cli(*command)
        assert ran.code == ExitCode.SOURCE
        assert "list.yaml:6:" in ran.err


def test_an_outbox_that_cannot_be_written_stays_as_it_was(
    built: Project, cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli("mail", "draft", "visit", "-q").code == 0
    before = outbox(built)
    built.change("list.yaml", "anna@example.int", "anna.example@example.int")
    import briefpack.pipeline.outbox_publishing as story
    from briefpack.files import output_error, stage

    def failing(target: Path, content: bytes, *, private: bool = False) -> object:
        if target.name == "outbox.json":
            raise output_error(OSError(errno.ENOSPC, "No space left on device"), target)
        return stage(target, content, private=private)

    monkeypatch.setattr(story, "stage", failing)
    assert cli("mail", "draft", "visit", "-q").code == ExitCode.OUTPUT
    assert outbox(built) == before


def test_an_unknown_audience_and_an_unknown_style_are_told_of(built: Project, cli: Run) -> None:
    assert "did you mean `press`?" in cli("mail", "draft", "visit", "-a", "pres").err
    built.change("list.yaml", "groups:", "style: nowhere\ngroups:")
    ran = cli("mail", "draft", "visit")
    assert ran.code == ExitCode.STYLE
    assert "list.yaml:2:8" in ran.err
