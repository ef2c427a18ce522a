"""The bar shows itself on a terminal, after a while, and leaves nothing behind."""

import io
import sys

import pytest

from briefpack.cli import progress
from briefpack.cli.progress import Bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal in the place of standard error (no fixture: pytest puts its own there before each test)."""
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    return shown


def test_long_work_shows_pack_step_and_count(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = terminal(monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", 0)
    with Bar("[visit]", hidden=False) as bar:
        bar.update("building", 1, 4)
    assert "[visit]: building" in shown.getvalue()
    assert "1/4" in shown.getvalue()


def test_short_work_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = terminal(monkeypatch)
    with Bar("visit", hidden=False) as bar:
        bar.update("building", 1, 4)
    assert shown.getvalue() == ""


def test_hidden_it_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = terminal(monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", 0)
    with Bar("visit", hidden=True) as bar:
        bar.update("building", 1, 4)
    assert shown.getvalue() == ""


def test_away_from_a_terminal_it_shows_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0)
    with Bar("visit", hidden=False) as bar:
        bar.update("building", 1, 4)
    assert capsys.readouterr().err == ""


def test_at_rest_it_shows_nothing_until_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = terminal(monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", 0)
    with Bar("visit", hidden=False) as bar:
        bar.rest()
        bar.update("checking", 1, 4)
        bar.rest()
        before = shown.getvalue()
        # The cursor is shown again: somebody is to type something.
        assert before.endswith("\x1b[?25h") or "\x1b[?25h" in before.rpartition("checking")[2]
        bar.update("sending", 2, 4)
    assert "sending" in shown.getvalue()[len(before) :]
