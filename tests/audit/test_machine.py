from __future__ import annotations

import getpass
import platform
from pathlib import Path

from briefpack.audit.machine import Machine, spellings, this_machine


def names(made: Machine) -> set[str]:
    return {name for _, name in made.names}


def folders(made: Machine) -> set[str]:
    return {path for _, path in made.folders}


def test_the_machine_is_known_by_its_user_its_name_and_its_folders(monkeypatch, tmp_path):
    monkeypatch.setattr(getpass, "getuser", lambda: "n.nowak")
    monkeypatch.setattr(platform, "node", lambda: "desk-17.ministry.example")
    monkeypatch.setenv("HOME", "/home/n.nowak")
    made = this_machine(tmp_path)
    assert {"n.nowak", "desk-17.ministry.example", "desk-17"} <= names(made)
    assert {"/home/n.nowak/", f"{tmp_path}/"} <= folders(made)


def test_names_that_every_machine_has_are_none(monkeypatch, tmp_path):
    monkeypatch.setattr(getpass, "getuser", lambda: "root")
    monkeypatch.setattr(platform, "node", lambda: "localhost.localdomain")
    assert not {"root", "localhost"} & names(this_machine(tmp_path))


def test_a_machine_without_a_user_is_no_fault(monkeypatch, tmp_path):
    def nobody() -> str:
        raise OSError("no such user")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert folders(this_machine(tmp_path))


def test_the_root_of_the_disk_is_no_folder_that_betrays():
    assert "/" not in folders(this_machine(Path("/")))


def test_a_path_is_written_in_several_ways():
    assert set(spellings("/home/n nowak/")) == {
        "/home/n nowak",
        "/home/n%20nowak",
        "\\home\\n nowak",
        "\\\\home\\\\n nowak",
    }
