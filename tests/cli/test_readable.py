"""Warnings of what not everybody can read, as their user meets them: in check and build, and as errors with --strict."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.conftest import Project, Ran
from tests.samples import picture
from tests.test_tree import ROOT

Cli = Callable[..., Ran]

PALE = """\
    description: Too pale
    extends: base
    colours: {ink: "#999999"}
"""

PROGRAMME = """\
    title: THE PROGRAMME OF THE VISIT
    blocks:
      - heading: Arrival
        level: 3
      - text: See [here](https://example.org) and <https://example.org/a/b>.
      - (a) The Ambassador arrives.
      - (b) The Director receives him.
      - image: map.png
        alt: Map
      - table:
          columns: [~, ~]
          rows: [[14:30, Room 2]]
"""

TOLD = {
    # name: (place, words of the message)
    "capitals": ("01-programme.yaml:1:8", "“THE PROGRAMME OF THE VISIT” is written in capitals"),
    "heading": ("01-programme.yaml:3:14", "heading “Arrival” of level 3 skips a level; it is set as level 2"),
    "link": ("01-programme.yaml:5:15", "the link text “here” does not say where it leads"),
    "address": ("01-programme.yaml:5:47", "the words of this link are its address"),
    "typed list": ("01-programme.yaml:6:5", "the numbers “(a)”, “(b)” are typed by hand"),
    "picture": ("01-programme.yaml:9:10", "“Map” is only the name of the file"),
    "table": ("01-programme.yaml:11:7", "no column of this table has a heading"),
    "colours": ("pale.yaml:3:16", "is hard to read: contrast 2.5:1"),
}


@pytest.fixture
def unreadable(project: Project) -> Project:
    """A project with one of each."""
    project.write("sections/01-programme.yaml", PROGRAMME)
    project.write("../../styles/pale.yaml", PALE)
    (project.pack / "map.png").write_bytes(picture().content)
    project.change("pack.yaml", "desk: {title: Desk}", "desk: {title: Desk, style: pale}")
    return project


@pytest.mark.parametrize("command", ["check", "build"])
def test_each_is_shown_once_with_its_place_and_a_remedy(cli: Cli, unreadable: Project, command: str) -> None:
    ran = cli(command, "visit")

    assert ran.code == 0, ran.err
    said = re.findall(r"^sources/visit/sections/(.*?): warning\[[\w-]+\]: (.*)$", ran.err, re.MULTILINE)
    said += re.findall(r"^styles/(.*?): warning\[[\w-]+\]: (.*)$", ran.err, re.MULTILINE)
    for place, words in TOLD.values():
        assert [where for where, message in said if words in message] == [place]
    assert ran.err.count("warning[") == len(TOLD)


@pytest.mark.parametrize("command", ["check", "build"])
def test_strict_makes_errors_of_them_and_writes_nothing(cli: Cli, unreadable: Project, command: str) -> None:
    ran = cli(command, "visit", "--strict")

    assert ran.code == 9
    for _, words in TOLD.values():
        assert words in " ".join(ran.err.split())
    assert not unreadable.outputs()


def test_a_readable_pack_passes_strictly(cli: Cli, project: Project) -> None:
    ran = cli("check", "visit", "--strict")

    assert ran.code == 0, ran.err
    assert "warning" not in ran.err


def test_every_example_passes_strictly(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    ran = cli("check", "--strict", "--jobs", "1")

    assert ran.code == 0, ran.err
