"""Widths, tables and colours."""

import io

import pytest

from briefpack.cli.terminal import RED, coloured, counted, printable, table, width


class Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colours_are_for_terminals_only_and_not_under_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert coloured("x", RED, Tty()) == "\x1b[1;31mx\x1b[0m"
    assert coloured("x", RED, io.StringIO()) == "x"
    monkeypatch.setenv("TERM", "dumb")
    assert coloured("x", RED, Tty()) == "x"
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert coloured("x", RED, Tty()) == "x"


def test_wide_characters_take_two_columns_and_marks_none() -> None:
    assert [width(text) for text in ("abc", "欧洲", "e\u0301", "")] == [3, 4, 1, 0]


def test_columns_are_aligned_and_numbers_flush_right() -> None:
    shown = table(("name", "pages"), [("a", "1"), ("欧洲", "100")], frozenset({"pages"}))
    assert shown.splitlines() == ["name  pages", "a         1", "欧洲    100"]


def test_what_cannot_be_printed_is_marked() -> None:
    assert printable("a\x1bb\nc") == "a\ufffdb\ufffdc"
    assert printable("co\u00adop 👨\u200d👩") == "co\u00adop 👨\u200d👩"


def test_counting_knows_one_from_many() -> None:
    assert (counted(1, "error"), counted(2, "error"), counted(0, "box", "boxes")) == (
        "1 error",
        "2 errors",
        "0 boxes",
    )
