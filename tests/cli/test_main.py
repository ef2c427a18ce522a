"""The command line as its users meet it: what it says and the exit code it ends in."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import briefpack.pipeline
from briefpack import __version__
from briefpack.errors import ExitCode
from tests.conftest import Project, Ran

Cli = Callable[..., Ran]

SCHEMAS = {"pack", "section", "style", "audience", "policy", "distribution"}


def test_the_version_is_printed(cli: Cli) -> None:
    assert cli("--version") == Ran(0, f"briefpack {__version__}\n", "")


def test_without_a_command_the_commands_are_listed(cli: Cli) -> None:
    ran = cli()
    shown = ran.out + ran.err
    assert all(
        f"\n  {name} " in shown
        for name in ("build", "check", "annex", "new", "explain", "styles", "policies", "schema")
    )


@pytest.mark.parametrize(
    "command", ["build", "check", "annex", "new", "explain", "styles", "policies", "schema"]
)
def test_every_command_explains_itself(cli: Cli, command: str) -> None:
    ran = cli(command, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"Usage: briefpack {command}")


@pytest.mark.parametrize("group", [(), ("mail",)])
def test_what_a_command_does_is_said_whole_in_its_list(
    cli: Cli, group: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence that is too long for the list would end in dots."""
    monkeypatch.setenv("COLUMNS", "80")
    _, _, commands = cli(*group, "--help").out.partition("Commands:\n")
    lines = [line for line in commands.splitlines() if line.startswith("  ")]
    assert len(lines) > 7
    assert [line for line in lines if "..." in line] == []


@pytest.mark.parametrize(
    ("command", "usage"),
    [
        (("mail", "trace"), "Usage: briefpack mail trace [OPTIONS] [FILE] [PACK]...\n"),
        (("new",), "Usage: briefpack new [OPTIONS] {NAME} [KIND]\n"),
    ],
)
def test_what_may_be_left_out_stands_in_one_pair_of_brackets(
    cli: Cli, command: tuple[str, ...], usage: str
) -> None:
    assert cli(*command, "--help").out.startswith(usage)


HEAVY = (
    "reportlab",
    "docx",
    "lxml",
    "pypdf",
    "pikepdf",
    "PIL",
    "yaml",
    "markdown_it",
    "rich",
    "pydantic",
    "pyphen",
)


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from briefpack.cli import main\n"
        "sys.argv = ['briefpack', '--help']\n"
        "try: main()\n"
        f"except SystemExit: print('loaded:', [m for m in {HEAVY} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300
    )
    assert done.stdout.splitlines()[-1] == "loaded: []"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["bild"], "build"),
        (["build", "--fromat", "pdf"], "--format"),
        (["build", "-f", "odt"], "odt"),
        (["build", "--jobs", "0"], "--jobs"),
        (["build", "--allow", "nowhere"], "nowhere"),
        (["build", "vist"], "did you mean `visit`?"),
        (["check", "vist"], "did you mean `visit`?"),
        (["build", "-a", "pres"], "did you mean `press`?"),
        (["explain", "visit", "-a", "pres"], "did you mean `press`?"),
        (["explain", "visit"], "audience"),
        (["styles", "bas"], "did you mean `base`?"),
        (["schema", "packs"], "pack"),
        (["new", "Security Council"], "security-council"),
    ],
)
def test_a_wrong_command_line_ends_in_2_and_says_what_was_meant(
    cli: Cli, project: Project, args: list[str], words: str
) -> None:
    ran = cli(*args)
    assert ran.code == 2
    assert words in ran.err
    assert "Traceback" not in ran.err


def test_a_folder_that_was_deleted_meanwhile_is_told_of(tmp_path: Path) -> None:
    """As where somebody is in build/ and has it thrown away."""
    command = f'mkdir gone && cd gone && rmdir ../gone && exec "{sys.executable}" -m briefpack build'
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    ran = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == ExitCode.USAGE
    assert ran.stderr.startswith("error: the folder you are in is no longer there\nhelp: ")


def test_all_errors_of_all_files_are_shown_at_once_and_nothing_is_written(cli: Cli, project: Project) -> None:
    project.change("pack.yaml", "reference:", "refernce:")
    project.change("sections/01-programme.yaml", "title: The", "titel: The")
    project.change("sections/02-notes.yaml", "kind: brief", "kind: breif")
    ran = cli("build")
    assert ran.code == 3
    assert "sources/visit/pack.yaml:2:1: error:" in ran.err
    assert " 2 | refernce: V(25)\n   | ^\n" in ran.err
    assert "sources/visit/sections/01-programme.yaml:1:1: error:" in ran.err
    assert "sources/visit/sections/02-notes.yaml:2:" in ran.err
    assert "help:" in ran.err
    assert ran.err.splitlines()[-1].split()[1].startswith("errors")
    assert not project.outputs()


def test_a_wrong_style_ends_in_4_with_its_place(cli: Cli, project: Project) -> None:
    project.change("pack.yaml", "{title: Desk}", "{title: Desk, style: fancy}")
    (project.root / "styles" / "fancy.yaml").write_text("text: {body: {size: 11 parsecs}}\n")
    ran = cli("build")
    assert ran.code == 4
    assert "styles/fancy.yaml:1:" in ran.err


def test_an_unknown_style_is_told_of_where_it_is_named(cli: Cli, project: Project) -> None:
    project.change("pack.yaml", "{title: Desk}", "{title: Desk, style: fancy}")
    ran = cli("build")
    assert ran.code == 4
    assert "sources/visit/pack.yaml:8:30: error:" in ran.err


def test_errors_of_sources_and_styles_are_told_of_in_one_run(cli: Cli, project: Project) -> None:
    project.change("pack.yaml", "{title: Desk}", "{title: Desk, style: fancy}")
    project.change("sections/02-notes.yaml", "[[programme]]", "[[programm]]")
    ran = cli("build")
    assert "programm" in ran.err
    assert "fancy" in ran.err
    assert ran.code == 3


def test_json_is_one_object_with_diagnostics_and_exit_code(cli: Cli, project: Project) -> None:
    project.change("pack.yaml", "reference:", "refernce:")
    ran = cli("build", "--json")
    answer = json.loads(ran.out)
    assert ran.err == ""
    assert (answer["command"], answer["exit_code"], answer["outputs"]) == ("build", 3, [])
    (found,) = answer["diagnostics"]
    assert (found["path"], found["line"], found["column"]) == ("sources/visit/pack.yaml", 2, 1)
    assert ran.code == 3


def test_json_tells_of_an_unknown_pack_too(cli: Cli, project: Project) -> None:
    ran = cli("build", "vist", "--json")
    assert json.loads(ran.out)["diagnostics"][0]["hint"] == "did you mean `visit`?"
    assert ran.code == 2


def test_a_fault_of_briefpack_shows_its_traceback_and_asks_for_a_report(
    cli: Cli, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(briefpack.pipeline, "prepare", break_down)
    ran = cli("build")
    assert ran.code == 1
    assert "Traceback" in ran.err
    assert "ZeroDivisionError" in ran.err
    assert "Please report it" in ran.err


def test_ctrl_c_ends_in_130_and_says_that_nothing_was_published(
    cli: Cli, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(briefpack.pipeline, "prepare", interrupt)
    ran = cli("build")
    assert ran.code == 130
    assert "nothing was published" in ran.err
    assert not project.outputs()


def test_explain_lists_what_is_in_and_out_with_reason_and_place(cli: Cli, project: Project) -> None:
    ran = cli("explain", "visit", "--audience", "press")
    assert ran.code == 0
    (line,) = [line for line in ran.out.splitlines() if "Notes for the desk" in line]
    assert line.startswith("out")
    assert "for desk only" in line
    assert line.endswith(("sources/visit/pack.yaml:6", "02-notes.yaml:1"))
    assert ran.out.splitlines()[-1].endswith("withheld")


def test_explain_as_json_has_every_node(cli: Cli, project: Project) -> None:
    ran = cli("explain", "visit", "-a", "press", "--json")
    nodes = json.loads(ran.out)["nodes"]
    assert {node["included"] for node in nodes} == {True, False}
    assert {"kind", "title", "reason", "depth", "path", "line", "column"} <= set(nodes[0])


def test_a_reader_who_stops_reading_is_no_error(project: Project) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run(
        [sys.executable, "-m", "briefpack", "explain", "visit", "-a", "desk"],
        stdout=write_end,
        stderr=subprocess.PIPE,
        check=False,
        timeout=300,
    )
    os.close(write_end)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_what_cannot_be_said_is_no_fault_of_briefpack(project: Project, options: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "briefpack", "explain", "visit", "-a", "desk", *options],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=300,
        )
    why = b"not all that there is to say could be written: No space left on device\n"
    assert (done.returncode, done.stderr) == (ExitCode.OUTPUT, why)


@pytest.mark.skipif(os.name != "posix", reason="uses a POSIX shell")
def test_a_run_may_be_started_with_every_way_closed(project: Project) -> None:
    command = f"exec {sys.executable} -m briefpack explain visit -a desk <&- >&- 2>&-"
    assert subprocess.run(["/bin/sh", "-c", command], check=False, timeout=300).returncode == 0
    command = f"exec {sys.executable} -m briefpack explain visit -a nobody <&- >&- 2>&-"
    assert subprocess.run(["/bin/sh", "-c", command], check=False, timeout=300).returncode == ExitCode.USAGE


def test_styles_are_listed_with_what_they_extend(cli: Cli, project: Project) -> None:
    (project.root / "styles" / "fancy.yaml").write_text("description: Nice\ntext: {body: {size: 12pt}}\n")
    ran = cli("styles")
    assert ran.code == 0
    assert any(line.split()[:3] == ["fancy", "base", "styles/fancy.yaml"] for line in ran.out.splitlines())


def test_a_style_is_shown_value_by_value_with_its_origin(cli: Cli, project: Project) -> None:
    (project.root / "styles" / "fancy.yaml").write_text("text:\n  body: {size: 12pt}\n")
    ran = cli("styles", "fancy")
    lines = {line.split()[0]: line for line in ran.out.splitlines()}
    assert lines["text.body.size"].split() == ["text.body.size", "12pt", "styles/fancy.yaml:2"]
    assert lines["page.size"].split()[-1] == "base"


def test_schemas_are_printed_and_written(cli: Cli, project: Project) -> None:
    assert json.loads(cli("schema", "section").out)["$schema"].startswith("https://json-schema.org/")
    assert set(json.loads(cli("schema").out)) == SCHEMAS
    ran = cli("schema", "--write", "build/schema")
    assert ran.code == 0
    written = sorted((project.root / "build" / "schema").iterdir())
    assert {path.name for path in written} == {f"{name}.json" for name in SCHEMAS}
    assert all(json.loads(path.read_text(encoding="utf-8")) for path in written)


def test_new_overwrites_nothing(cli: Cli, project: Project) -> None:
    before = (project.pack / "pack.yaml").read_bytes()
    ran = cli("new", "visit")
    assert ran.code == 2
    assert "sources/visit is there already" in ran.err
    assert (project.pack / "pack.yaml").read_bytes() == before
    assert sorted(p.name for p in (project.root / "styles").iterdir()) == []


def test_completion_knows_the_packs(project: Project) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "briefpack"],
        env={
            **os.environ,
            "_BRIEFPACK_COMPLETE": "complete_bash",
            "COMP_WORDS": "briefpack build v",
            "COMP_CWORD": "2",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=project.root,
    )
    assert done.stdout.split() == ["visit"]


def test_a_file_that_cannot_be_read_is_a_message_and_not_a_traceback(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / "pack.yaml").write_bytes(b"\xff\xfe\x00title")
    ran = cli("build", folder)
    assert ran.code == 3
    assert "Traceback" not in ran.err


def test_new_and_build_keep_the_schemas_that_files_name(cli: Cli, project: Project) -> None:
    folder = project.root / "build" / "schema"
    assert cli("build", "--quiet").code == 0
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert set(before) == {f"{name}.json" for name in SCHEMAS}
    (folder / "pack.json").write_text("{}", encoding="utf-8")
    assert cli("build", "--quiet").code == 0
    after = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert {name for name in after if after[name] != before[name]} == {"pack.json"}
    first = (project.root / "sources").glob("*/pack.yaml")
    for path in first:
        line = path.read_text(encoding="utf-8").splitlines()[0]
        if "$schema=" in line:
            assert (path.parent / line.split("$schema=")[1]).is_file()
