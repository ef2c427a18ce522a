"""A pack that was built and drafted, made once and copied: most tests of what becomes of it need no build of their own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Project

LIST = """\
    sender: Protocol <protocol@example.int>
    groups:
      desk: {audience: desk, people: [Anna Example <anna@example.int>]}
      press: {audience: press, people: [lena@tidings.example]}
"""


def listed(project: Project) -> None:
    """Give the pack readers, and an annex that goes along as it is."""
    project.write("list.yaml", LIST)
    project.write("annexes/figures.csv", "Name,Sum\nA,1\n")
    annexes = "annexes:\n  - {file: annexes/figures.csv, title: Figures, beside: true}\n"
    project.change("pack.yaml", "audiences:\n", f"distribution: list.yaml\n{annexes}audiences:\n")


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Where the one build is put by the first test that asks for it."""
    return {"folder": tmp_path_factory.mktemp("once") / "build"}


@pytest.fixture
def built(project: Project, built_once: dict[str, Path]) -> Project:
    """A project whose pack has readers and a file beside it; built and drafted."""
    listed(project)
    once = built_once["folder"]
    if once.is_dir():
        shutil.copytree(once, project.root / "build")
        return project
    for command in (("build",), ("mail", "draft")):
        arguments = [sys.executable, "-m", "briefpack", *command, "visit", "-q"]
        subprocess.run(arguments, cwd=project.root, check=True, capture_output=True)
    shutil.copytree(project.root / "build", once)
    return project
