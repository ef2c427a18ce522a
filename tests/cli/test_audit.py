"""`briefpack audit` as its users meet it: files of the pack, and files that came back from others."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from briefpack.errors import ExitCode
from briefpack.pipeline import audit_files
from tests.conftest import Project, Ran

Cli = Callable[..., Ran]
WITHHELD = "The fallback is to settle for eleven observers in Streslau."


@pytest.fixture
def built(cli: Cli, project: Project) -> Project:
    project.change("sections/01-programme.yaml", "Only the desk reads this.", WITHHELD)
    project.change("pack.yaml", "formats: [pdf]", "formats: [pdf, docx]")
    assert cli("build").code == 0
    return project


def commented(path: Path, said: str) -> Path:
    """The Word file as somebody else gave it back."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, old.read(entry))
        new.writestr(
            "word/comments.xml",
            '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="1"><w:p>'
            f"<w:r><w:t>{said[:20]}</w:t></w:r><w:r><w:t>{said[20:]}</w:t></w:r></w:p></w:comment></w:comments>",
        )
    back = path.with_name("back.docx")
    back.write_bytes(made.getvalue())
    return back


def test_clean_files_are_clean(cli: Cli, built: Project) -> None:
    press = built.build / "press"
    ran = cli(
        "audit",
        press / "visit-press.pdf",
        press / "visit-press.docx",
        "--pack",
        "visit",
        "--audience",
        "press",
    )
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("clean") == 2


def test_every_hit_in_a_file_that_came_back_is_listed(cli: Cli, built: Project) -> None:
    back = commented(built.build / "press" / "visit-press.docx", WITHHELD)
    ran = cli("audit", back, "--pack", "visit")
    assert ran.code == ExitCode.LEAK
    assert "press does not get “The fallback is to settle" in ran.err
    assert "back.docx (word/comments.xml, to which nothing leads)" in ran.err


def test_one_audiences_file_is_no_other_audiences(cli: Cli, built: Project) -> None:
    desk = built.build / "desk" / "visit-desk.pdf"
    assert cli("audit", desk, "--pack", "visit", "-a", "press").code == ExitCode.LEAK
    assert cli("audit", desk, "--pack", "visit").code == 0


def test_json_tells_of_every_file(cli: Cli, built: Project) -> None:
    desk = built.build / "desk" / "visit-desk.pdf"
    answer = json.loads(cli("audit", desk, "--pack", "visit", "-a", "press", "--json").out)
    assert answer["exit_code"] == 10
    (file,) = answer["files"]
    assert (file["audience"], file["passed"], file["hits"]) == ("press", False, len(answer["diagnostics"]))
    assert file["searched_for"]["portions"] > 0


def test_a_file_that_lies_anywhere_needs_an_audience(cli: Cli, built: Project, tmp_path: Path) -> None:
    path = tmp_path / "back.pdf"
    path.write_bytes((built.build / "press" / "visit-press.pdf").read_bytes())
    ran = cli("audit", path, "--pack", "visit")
    assert ran.code == ExitCode.USAGE
    assert "--audience: desk, press" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gone.pdf", "--pack", "visit", "-a", "press"], "there is no file gone.pdf"),
        (["gone.pdf", "--pack", "visit", "-a", "pres"], "has no audience `pres`"),
        (["gone.pdf", "--pack", "visit", "-a", "press", "--password-env", "NO_SUCH"], "NO_SUCH is not set"),
    ],
)
def test_a_wrong_command_line_is_told(cli: Cli, project: Project, arguments: list[str], said: str) -> None:
    ran = cli("audit", *arguments)
    assert ran.code == ExitCode.USAGE
    assert said in ran.err


def test_a_file_that_cannot_be_read_in_time_has_not_passed(
    cli: Cli, built: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_files, "LONGEST", 0.0)
    ran = cli("audit", built.build / "press" / "visit-press.pdf", "--pack", "visit")
    assert ran.code == ExitCode.LEAK
    assert "takes more than 0 seconds to read" in ran.err


def test_a_locked_file_is_read_with_its_password(
    cli: Cli, built: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import pikepdf

    locked = built.build / "press" / "locked.pdf"
    with pikepdf.open(built.build / "desk" / "visit-desk.pdf") as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="o", user="geheim"))
    assert "so that nobody can tell what is in it" in cli("audit", locked, "--pack", "visit").err
    monkeypatch.setenv("PASSWORD", "geheim")
    ran = cli("audit", locked, "--pack", "visit", "--password-env", "PASSWORD")
    assert ran.code == ExitCode.LEAK
    assert "press does not get “The fallback" in ran.err
