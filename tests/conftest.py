"""What many tests need: the command line, a project to try it on, and outside tools."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

from briefpack.cli import main

# How long an example takes is a matter of the machine: no test fails for it.
settings.register_profile("untimed", deadline=None, suppress_health_check=(HealthCheck.too_slow,))
settings.load_profile("untimed")


def need_tool(name: str) -> str:
    """The path of an outside program. Missing: the test is skipped with a reason, and fails where CI=true."""
    return shutil.which(name) or give_up(name)


def give_up(name: str) -> NoReturn:
    """End a test for want of a tool: skipped with a reason, failed where CI=true."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{name} is not installed, and CI must run every test")
    pytest.skip(f"{name} is not installed")


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Project:
    """A project in a folder of its own. pack: the folder of its only pack, "visit"."""

    root: Path
    pack: Path

    @property
    def build(self) -> Path:
        return self.root / "build" / "visit"

    def write(self, name: str, text: str) -> Path:
        """Write a file of the pack; common indentation is taken off."""
        path = self.pack / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return path

    def change(self, name: str, old: str, new: str) -> None:
        path = self.pack / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def outputs(self) -> dict[str, bytes]:
        """Every file under build/visit by its name, the lock and the cache left out."""
        return {
            path.relative_to(self.build).as_posix(): path.read_bytes()
            for path in sorted(self.build.rglob("*"))
            if path.is_file() and not path.relative_to(self.build).as_posix().startswith(".")
        }


PACK = """\
    title: Visit of the Ambassador
    reference: V(25)
    as_of: 2025-04-02
    sections:
      - sections/01-programme.yaml
      - {file: sections/02-notes.yaml, audiences: [desk]}
    audiences:
      desk: {title: Desk}
      press: {title: Press, formats: [pdf]}
"""

PROGRAMME = """\
    title: The programme
    blocks:
      - heading: Arrival
      - text: |
          The Ambassador comes on **3 April** at 14:30.

          - Meeting with the Director
          - Signature of the visitors' book
      - table:
          columns: [Time, Place]
          rows: [[14:30, Room 2], [15:00, Hall]]
          caption: Where to be
      - text: Only the desk reads this.
        audiences: [desk]
"""

NOTES = """\
    title: Notes for the desk
    kind: brief
    objective: A good visit.
    points: [Thank him., Ask for the date.]
    background: |
      The first paragraph.

      The second, see [[programme]].
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A small good project; the test runs in its folder."""
    made = Project(tmp_path / "project", tmp_path / "project" / "sources" / "visit")
    made.write("pack.yaml", PACK)
    made.write("sections/01-programme.yaml", PROGRAMME)
    made.write("sections/02-notes.yaml", NOTES)
    (made.root / "styles").mkdir()
    monkeypatch.chdir(made.root)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return made


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run a command in this process, as in: build, visit."""

    def run(*args: str | Path) -> Ran:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["briefpack", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            main()
        shown = capsys.readouterr()
        return Ran(int(ended.value.code or 0), shown.out, shown.err)

    return run


@pytest.fixture
def spawn() -> Callable[..., Ran]:
    """Run a command in a process of its own; prefix: a command that runs it."""

    def run(*args: str | Path, env: dict[str, str] | None = None, prefix: Sequence[str] = ()) -> Ran:
        done = subprocess.run(
            [*prefix, sys.executable, "-m", "briefpack", *map(str, args)],
            capture_output=True,
            check=False,
            env={**os.environ, **(env or {})},
            timeout=300,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
