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


def test_a_table_that_is_too_wide_for_the_terminal_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken lines of a wide table cannot be read. A file has no width."""
    heads, rows = (
        ("name", "pages", "path", "marking"),
        [("a", "1", "build/visit/a.pdf", "-"), ("欧洲", "100", "b.pdf", "PUBLIC")],
    )
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "30")
    wide = table(heads, rows, frozenset({"pages"}))
    assert len(wide.splitlines()) == 3
    monkeypatch.setattr("sys.stdout", Tty())
    assert table(heads, rows).splitlines() == [
        "a",
        "  pages 1",
        "  path build/visit/a.pdf",
        "欧洲",
        "  pages 100 · path b.pdf",
        "  marking PUBLIC",
    ]
    monkeypatch.setenv("COLUMNS", "80")
    assert table(heads, rows, frozenset({"pages"})) == wide


def test_what_cannot_be_printed_is_marked() -> None:
    assert printable("a\x1bb\nc") == "a\ufffdb\ufffdc"
    assert printable("co\u00adop 👨\u200d👩") == "co\u00adop 👨\u200d👩"


def test_counting_knows_one_from_many() -> None:
    assert (counted(1, "error"), counted(2, "error"), counted(0, "box", "boxes")) == (
        "1 error",
        "2 errors",
        "0 boxes",
    )
