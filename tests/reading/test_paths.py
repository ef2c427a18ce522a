"""A path leads to a file inside the pack or an allowed folder, whatever it looks like; else nowhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefpack.errors import ExitCode, Findings
from briefpack.reading.checks import Report
from briefpack.reading.node import Kind, Node
from briefpack.reading.paths import Roots


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    (folder / "annexes").mkdir(parents=True)
    (folder / "annexes" / "plan.pdf").write_bytes(b"x")
    (folder / "with space.pdf").write_bytes(b"x")
    (folder / "café.pdf").write_bytes(b"x")
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "map.png").write_bytes(b"x")
    (tmp_path / "secret.txt").write_bytes(b"x")
    return folder


def look(pack: Path, text: str, *allow: Path) -> tuple[Path | None, Findings]:
    findings = Findings()
    node = Node(Kind.SCALAR, pack / "pack.yaml", 3, 5, text)
    found = Roots.of(pack, allow).file(node, Report(findings), "annex", ExitCode.ANNEX)
    assert (found is None) == findings.has_errors
    return found, findings


def refusal(pack: Path, text: str, *allow: Path) -> tuple[str, str]:
    found, findings = look(pack, text, *allow)
    assert found is None
    (error,) = findings
    assert str(error.where) == f"{pack / 'pack.yaml'}:3:5"
    assert error.code is (
        ExitCode.ANNEX if "there is no" in error.message or "no folder" in error.message else ExitCode.SOURCE
    )
    return error.message, error.hint or ""


@pytest.mark.parametrize(
    "text",
    ["annexes/plan.pdf", "./annexes/plan.pdf", "annexes/../annexes/plan.pdf", "with space.pdf", "café.pdf"],
)
def test_a_file_in_the_pack_is_found(pack: Path, text: str) -> None:
    assert look(pack, text)[0] == pack / text


@pytest.mark.parametrize(
    ("text", "words", "remedy"),
    [
        ("/etc/passwd", "an absolute path", "--allow"),
        ("~/plan.pdf", "an absolute path", "--allow"),
        ("//server/plan.pdf", "an absolute path", "--allow"),
        ("../secret.txt", "leads out of", "--allow"),
        ("annexes/../../secret.txt", "leads out of", "--allow"),
        ("../../../../../../../../etc/passwd", "leads out of", "--allow"),
        ("..", "leads out of", "--allow"),
        ("https://example.org/plan.pdf", "nothing is ever fetched", "save the annex"),
        ("file:///etc/passwd", "nothing is ever fetched", "save the annex"),
        ("FILE:/etc/passwd", "nothing is ever fetched", "save the annex"),
        ("data:text/plain,x", "nothing is ever fetched", "save the annex"),
        ("s3://bucket/plan.pdf", "nothing is ever fetched", "save the annex"),
        ("C:\\packs\\plan.pdf", "a Windows path", "relative"),
        ("c:/packs/plan.pdf", "a Windows path", "relative"),
        ("\\\\server\\plan.pdf", "a Windows path", "relative"),
        ("annexes\\plan.pdf", "a Windows path", "write “annexes/plan.pdf”"),
        ("annexes", "is a folder", "name a file in it: plan.pdf"),
        (".", "is a folder", "name a file in it"),
        ("annexes/Plan.PDF", "“annexes/Plan.PDF”", "“annexes/plan.pdf”"),
        ("annexes/plam.pdf", "there is no annex", "did you mean “annexes/plan.pdf”?"),
        ("annexes/zzz.pdf", "there is no annex", "there are: plan.pdf"),
        ("annex/plan.pdf", "there is no folder “annex”", "did you mean the folder “annexes”?"),
        ("annexes/plan.pdf/x.pdf", "is a file and no folder", "check the path"),
        ("x" * 5000, "cannot be opened", "check its name"),
        ("", "found nothing", "write the path of the annex"),
        ("  ", "found nothing", "write the path of the annex"),
    ],
)
def test_everything_else_is_refused_with_a_remedy(pack: Path, text: str, words: str, remedy: str) -> None:
    message, hint = refusal(pack, text)
    assert words in message
    assert remedy in hint


def test_links_are_followed_only_inside(pack: Path, tmp_path: Path) -> None:
    (pack / "inside.pdf").symlink_to(pack / "annexes" / "plan.pdf")
    (pack / "outside.pdf").symlink_to(tmp_path / "secret.txt")
    (pack / "folder").symlink_to(tmp_path)
    (pack / "loop.pdf").symlink_to(pack / "loop.pdf")
    (pack / "dangling.pdf").symlink_to(pack / "gone.pdf")
    assert look(pack, "inside.pdf")[0] == pack / "inside.pdf"
    assert "through a symbolic link" in refusal(pack, "outside.pdf")[0]
    assert "through a symbolic link" in refusal(pack, "folder/secret.txt")[0]
    assert "through a symbolic link" in refusal(pack, "folder/none.txt")[0]
    assert "there is no annex" in refusal(pack, "loop.pdf")[0]
    assert "there is no annex" in refusal(pack, "dangling.pdf")[0]


def test_an_allowed_folder_is_reached_by_both_kinds_of_relative_path(pack: Path, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    assert look(pack, "../shared/map.png", shared)[0] == pack / "../shared/map.png"
    assert look(pack, "map.png", shared)[0] == shared / "map.png"
    assert "leads out" in refusal(pack, "../secret.txt", shared)[0]
    assert "leads out" in refusal(pack, "../shared/../secret.txt", shared)[0]


def test_a_link_in_an_allowed_folder_leads_nowhere_else(pack: Path, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    (shared / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert look(pack, "link.txt", shared)[0] is None


def test_a_pipe_is_no_file_and_is_not_waited_for(pack: Path) -> None:
    os.mkfifo(pack / "pipe.pdf")
    assert "no ordinary file" in refusal(pack, "pipe.pdf")[0]


def test_a_pack_that_is_itself_a_link_keeps_its_files(pack: Path, tmp_path: Path) -> None:
    (tmp_path / "alias").symlink_to(pack)
    assert look(tmp_path / "alias", "annexes/plan.pdf")[0] == tmp_path / "alias" / "annexes" / "plan.pdf"


def test_a_relative_pack_folder_works(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pack.parent)
    assert look(Path("pack"), "annexes/plan.pdf")[0] == Path("pack/annexes/plan.pdf")
    monkeypatch.chdir(pack)
    assert look(Path(), "annexes/plan.pdf")[0] == Path("annexes/plan.pdf")
