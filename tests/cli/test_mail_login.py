"""Who logs in is asked and kept in the keyring, and nowhere else."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from briefpack.errors import ExitCode
from tests.conftest import Project, Ran
from tests.distribute.rings import Ring, ring

__all__ = ["ring"]
Run = Callable[..., Ran]
PASSWORD = "correct horse ü"  # noqa: S105  of nobody
LIST = """\
    server: {host: smtp.example.int}
    sender: protocol@example.int
    groups: {desk: {audience: desk, people: [anna@example.int]}}
"""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def listed(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    project.write("list.yaml", LIST)
    path = project.pack / "pack.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "distribution: list.yaml\n", encoding="utf-8")
    for name in ("HOST", "PORT", "SECURITY", "USER", "PASSWORD"):
        monkeypatch.delenv(f"BRIEFPACK_SMTP_{name}", raising=False)
    return project


def typing(monkeypatch: pytest.MonkeyPatch, user: str, password: str) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(f"{user}\n"))
    monkeypatch.setattr("getpass.getpass", lambda _prompt: password)


def test_a_login_is_kept_and_forgotten(
    listed: Project, cli: Run, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    typing(monkeypatch, "desk", PASSWORD)
    ran = cli("mail", "login", "visit")
    assert (ran.code, ran.err) == (0, "")
    assert "kept for desk at smtp.example.int" in ran.out
    assert PASSWORD not in ran.out
    assert ring.kept == {
        ("briefpack", "smtp.example.int"): "desk",
        ("briefpack", "desk@smtp.example.int"): PASSWORD,
    }
    for path in listed.root.rglob("*"):
        assert PASSWORD.encode() not in (path.read_bytes() if path.is_file() else b"")
    assert "has no login for smtp.example.int any more" in cli("mail", "login", "visit", "--forget").out
    assert "had no login for smtp.example.int" in cli("mail", "login", "visit", "--forget").out
    assert ring.kept == {}


@pytest.mark.parametrize(("user", "password"), [("", PASSWORD), ("desk", "")])
def test_half_a_login_is_not_kept(
    listed: Project, cli: Run, ring: Ring, monkeypatch: pytest.MonkeyPatch, *, user: str, password: str
) -> None:
    typing(monkeypatch, user, password)
    ran = cli("mail", "login", "visit")
    assert ran.code == ExitCode.USAGE
    assert "nothing was kept" in ran.err
    assert ring.kept == {}


def test_without_a_terminal_nobody_is_asked(
    listed: Project, cli: Run, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("desk\n"))
    ran = cli("mail", "login", "visit")
    assert ran.code == ExitCode.USAGE
    assert "BRIEFPACK_SMTP_USER" in ran.err


def test_a_keyring_that_is_locked_shows_nothing(
    listed: Project, cli: Run, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring.broken = True
    typing(monkeypatch, "desk", PASSWORD)
    ran = cli("mail", "login", "visit")
    assert ran.code == ExitCode.MAIL
    assert "the keyring fails (KeyringLocked)" in ran.err
    assert PASSWORD not in ran.out + ran.err


def test_a_pack_without_a_server_has_nobody_to_log_in_to(listed: Project, cli: Run) -> None:
    listed.change("list.yaml", "server: {host: smtp.example.int}\n", "")
    assert cli("mail", "login", "visit").code == ExitCode.SOURCE
    listed.change("pack.yaml", "distribution: list.yaml\n", "")
    assert "visit has no distribution" in cli("mail", "login", "visit").err
