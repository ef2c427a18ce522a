"""How a finding is shown: place, fact, line, caret, remedy."""

from pathlib import Path

import pytest

from briefpack.cli.diagnostics import as_json, in_order, place_of, show
from briefpack.errors import Diagnostic, ExitCode, Severity, Where


def error(where: Where | None, message: str = "wrong", hint: str | None = None) -> Diagnostic:
    return Diagnostic(Severity.ERROR, where, message, hint)


def warning(where: Where | None, message: str = "odd") -> Diagnostic:
    return Diagnostic(Severity.WARNING, where, message)


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "pack.yaml"
    path.write_text("titel: Visit\n\towner: 欧洲 desk\nlast: line\n", encoding="utf-8")
    return path


def test_an_error_shows_its_place_its_line_a_caret_and_the_remedy(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    show([error(Where(source, 1, 1), "unknown key titel", "did you mean title?")])
    assert capsys.readouterr().err.splitlines() == [
        "pack.yaml:1:1: error: unknown key titel",
        " 1 | titel: Visit",
        "   | ^",
        "help: did you mean title?",
        "1 error",
    ]


def test_places_in_words_are_as_one_would_type_them_here(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = error(Where(source, 1, 1), f"it raises this ({source}:3:1)", f"see {source}:3:1")
    show([found])
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].endswith("error: it raises this (pack.yaml:3:1)")
    assert lines[3] == "help: see pack.yaml:3:1"
    assert as_json([found])[0]["message"] == "it raises this (pack.yaml:3:1)"
    assert as_json([found])[0]["hint"] == "see pack.yaml:3:1"


def test_the_caret_stands_under_its_word_after_tabs_and_wide_characters(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    show([error(Where(source, 2, 12))])
    _, line, caret, _ = capsys.readouterr().err.splitlines()
    assert line == " 2 |     owner: 欧洲 desk"
    # The tab takes four columns, each of the two characters before "desk" two.
    assert caret == "   |" + " " * (1 + 4 + len("owner: ") + 4 + 1) + "^"


def test_a_long_line_is_cut_to_a_window_with_the_caret_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    path = tmp_path / "long.yaml"
    path.write_text("text: " + "word " * 100 + "HERE " + "word " * 100)
    show([error(Where(path, 1, 507))])
    lines = capsys.readouterr().err.splitlines()
    assert all(len(line) <= 80 for line in lines[1:3])
    assert lines[1][lines[2].index("^") :].startswith("HERE")
    assert lines[1].count("…") == 2


def test_errors_come_before_warnings_in_order_of_place_and_each_once(source: Path) -> None:
    late, early = error(Where(source, 9, 1)), error(Where(source, 1, 5))
    other = error(Where(source.parent / "a.yaml", 5, 1))
    odd, bare = warning(Where(source, 1, 1)), error(None)
    assert in_order([odd, late, early, late, other, bare]) == [bare, other, early, late, odd]


def test_the_last_line_counts(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    show([error(None), error(Where(source)), warning(None), warning(None, "queer")])
    assert capsys.readouterr().err.splitlines()[-1] == "2 errors, 2 warnings"


def test_nothing_found_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    show([])
    assert capsys.readouterr().err == ""


def test_a_file_as_a_whole_or_one_that_is_gone_needs_no_line(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    show([error(Where(source)), error(Where(source, 99, 1)), error(Where(source.parent / "gone.yaml", 1, 1))])
    assert capsys.readouterr().err.splitlines() == [
        "gone.yaml:1:1: error: wrong",
        "pack.yaml: error: wrong",
        "pack.yaml:99:1: error: wrong",
        "3 errors",
    ]


def test_nothing_an_author_wrote_can_command_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "evil.yaml"
    path.write_text("title: \x1b[2J\u202egnorw\n")
    show([error(Where(path, 1, 1), "bad \x1b]0;title\x07", "undo \u2066this")])
    shown = capsys.readouterr().err
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown
    assert "\u2066" not in shown


def test_json_has_every_field(source: Path) -> None:
    (found,) = as_json(
        [Diagnostic(Severity.WARNING, Where(source, 1, 2), "odd", "mend", ExitCode.STYLE, "style-font")]
    )
    assert found == {
        "severity": "warning",
        "rule": "style-font",
        "path": "pack.yaml",
        "line": 1,
        "column": 2,
        "message": "odd",
        "hint": "mend",
        "code": 4,
    }


def test_a_place_outside_is_shown_in_the_shorter_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / "a" / "b" / "c" / "d" / "e"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert place_of(Where(tmp_path / "x.yaml")) == str(tmp_path / "x.yaml")
    monkeypatch.chdir(deep.parent)
    assert place_of(Where(deep / "x.yaml", 1, 2)) == "e/x.yaml:1:2"
    assert place_of(Where(deep.parents[1] / "x.yaml", 1, 2)) == "../x.yaml:1:2"


def test_of_a_crowd_the_first_are_printed_and_json_has_all(capsys: pytest.CaptureFixture[str]) -> None:
    crowd = [
        Diagnostic(Severity.ERROR, None, f"secret {n:02}", None, ExitCode.LEAK, crowd="x.pdf holds 15 things")
        for n in reversed(range(15))
    ]
    other = [Diagnostic(Severity.ERROR, None, f"other {n}", crowd="few") for n in range(2)]
    show([*other, *crowd])
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "error: x.pdf holds 15 things"
    assert lines[1:13] == [f"error: secret {n:02}" for n in range(14, 2, -1)]
    assert lines[13] == "3 more like these: --json lists them all"
    assert lines[14:] == ["error: other 0", "error: other 1", "17 errors"]
    assert len(as_json([*other, *crowd])) == 17
