"""Which packs the words of the command line mean."""

import os
from pathlib import Path

import pytest

from briefpack.errors import BriefpackError, ExitCode
from briefpack.pipeline.project import find_packs, project_around, project_of, style_folders


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("ministers", "minimal"):
        folder = tmp_path / "p" / "sources" / name
        folder.mkdir(parents=True)
        (folder / "pack.yaml").touch()
    (tmp_path / "p" / "sources" / "drafts").mkdir()
    return tmp_path / "p"


def refused(names: list[str], here: Path) -> list[str]:
    with pytest.raises(BriefpackError) as caught:
        find_packs(names, here)
    assert caught.value.exit_code is ExitCode.USAGE
    return [f"{found.message}; {found.hint}" for found in caught.value.diagnostics]


def test_without_names_all_packs_under_sources_are_meant_from_anywhere_inside(root: Path) -> None:
    both = (root / "sources" / "minimal", root / "sources" / "ministers")
    assert find_packs([], root) == both
    assert find_packs([], root / "sources" / "drafts") == both


def test_a_pack_is_named_by_folder_by_file_or_by_name_and_counts_once(root: Path) -> None:
    expected = (root / "sources" / "minimal",)
    names = ["minimal", "sources/minimal", "sources/minimal/", "sources/minimal/pack.yaml", str(expected[0])]
    assert find_packs(names, root) == expected
    assert find_packs(["."], expected[0]) == expected
    assert find_packs(["pack.yaml"], expected[0]) == expected


@pytest.mark.parametrize(("typed", "spelt"), [("VISIT", "Visit"), ("Büro", "Bu\u0308ro")])
def test_a_pack_has_the_name_that_it_has_on_the_disk(
    root: Path, monkeypatch: pytest.MonkeyPatch, typed: str, spelt: str
) -> None:
    """As on a system that finds a file by any spelling of its name: here a link finds it, which is in no listing."""
    folder = root / "sources" / spelt
    folder.mkdir()
    (folder / "pack.yaml").touch()
    listed = os.listdir
    (root / "sources" / typed).symlink_to(folder)
    monkeypatch.setattr(os, "listdir", lambda where: [name for name in listed(where) if name != typed])
    for name in (typed, f"sources/{typed}", f"sources/{typed}/pack.yaml"):
        assert [each.name for each in find_packs([name], root)] == [spelt]


def test_unknown_packs_are_all_told_of_with_what_is_near(root: Path) -> None:
    assert refused(["minimol", "xyz", "sources/drafts", ""], root) == [
        "there is no pack `minimol`; did you mean `minimal`?",
        "there is no pack `xyz`; packs here: minimal, ministers",
        "sources/drafts holds no pack.yaml; name the folder of a pack",
        "there is no pack ``; packs here: minimal, ministers",
    ]


def test_two_packs_of_one_name_would_overwrite_each_other(root: Path) -> None:
    other = root / "elsewhere" / "minimal"
    other.mkdir(parents=True)
    (other / "pack.yaml").touch()
    (message,) = refused(["minimal", "elsewhere/minimal"], root)
    assert "two packs are called minimal" in message


def test_a_project_without_packs_says_how_to_make_one(tmp_path: Path) -> None:
    (message,) = refused([], tmp_path)
    assert "briefpack new" in message


def test_the_project_is_the_nearest_folder_with_sources_or_styles(root: Path, tmp_path: Path) -> None:
    pack = root / "sources" / "minimal"
    assert project_of(pack) == root
    assert style_folders(pack) == (pack / "styles", root / "styles")
    lone = tmp_path / "lone" / "pack"
    lone.mkdir(parents=True)
    assert project_of(lone) == lone.parent
    assert project_around(lone) == lone
