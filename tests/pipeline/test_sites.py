"""Names and folders → where built packs lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.errors import BriefpackError
from briefpack.pipeline.sites import Site, find_sites, project_sites


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """With two packs, of which one was built, and a register of a third whose sources are gone."""
    for name in ("one", "two"):
        (tmp_path / "sources" / name).mkdir(parents=True)
        (tmp_path / "sources" / name / "pack.yaml").touch()
    for folder in ("build/one", "elsewhere/one", "elsewhere/foreign"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "manifest.json").touch()
    (tmp_path / "sent" / "gone").mkdir(parents=True)
    (tmp_path / "sent" / "gone" / "copies.csv").touch()
    return tmp_path


def test_without_names_all_that_was_built_is_found(project: Path) -> None:
    own = Site(project / "build" / "one", project)
    assert find_sites((), None, project) == (own,)
    assert find_sites((), None, project / "sources" / "two") == (own,)
    assert find_sites((), None, project / "build" / "one") == (own,)


def test_a_folder_may_hold_packs_or_be_one(project: Path) -> None:
    there = project / "elsewhere"
    foreign, one = Site(there / "foreign", None), Site(there / "one", project)
    assert find_sites((), there, project) == (foreign, one)
    assert find_sites((), there / "foreign", project) == (foreign,)
    assert find_sites(("one", "one"), there, project) == (one,)
    assert find_sites(("one",), there / "one", project) == (one,)
    assert find_sites(("elsewhere/foreign",), None, project) == (foreign,)
    assert one.built_here == project / "build" / "one"
    assert foreign.built_here is None
    assert Site(project / "build" / "one", project).built_here is None


def test_a_pack_that_was_not_built_has_its_place_all_the_same(project: Path) -> None:
    (site,) = find_sites(("two",), None, project)
    assert site == Site(project / "build" / "two", project)


def test_unknown_names_and_empty_folders_are_refused(project: Path) -> None:
    for names, output in ((("three",), None), (("",), None), (("a\0b",), None), ((), project / "sources")):
        with pytest.raises(BriefpackError):
            find_sites(names, output, project)


def test_registers_count_among_the_packs_of_a_project(project: Path) -> None:
    names = [site.folder.name for site in project_sites(project, None)]
    assert names == ["one", "gone"]
    assert project_sites(project, None)[1].register == project / "sent" / "gone" / "copies.csv"
    assert project_sites(project / "elsewhere" / "foreign", None)[0].folder.name == "one"
