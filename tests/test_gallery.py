"""The gallery shows everything there is, without a warning, and its pages are in the documentation."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from briefpack.errors import Findings
from briefpack.pack import SectionKind
from briefpack.reading.kinds import KINDS
from briefpack.reading.node import Kind, Node
from briefpack.reading.read_pack import read_pack
from briefpack.reading.schema_blocks import BLOCK
from briefpack.reading.yaml_tree import read_tree
from tests.conftest import Ran

ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "sources" / "gallery"
DOCS = ROOT / "docs"
MOST_BYTES = 2_000_000
"""Of all pictures of pages."""


def trees() -> list[Node]:
    """What is written in the gallery's section files."""
    findings = Findings()
    found = [read_tree(path, findings) for path in sorted((GALLERY / "sections").glob("*.yaml"))]
    assert not findings.items
    return [tree for tree in found if tree is not None]


def groups() -> list[Node]:
    return [node for tree in trees() for node in tree.walk() if node.kind is Kind.MAP]


def test_every_section_file_is_in_the_pack() -> None:
    pack = read_pack(GALLERY).pack
    assert pack is not None
    assert {section.path for section in pack.sections} == set((GALLERY / "sections").glob("*.yaml"))


def test_every_kind_of_section_is_shown() -> None:
    kinds = {kind.text for tree in trees() if (kind := tree.scalar("kind")) is not None}
    assert {kind.value for kind in SectionKind} - kinds == {"plain"}


@pytest.mark.parametrize(
    "kind", [kind for kind in SectionKind if KINDS[kind].parts], ids=lambda kind: kind.value
)
def test_every_part_of_a_kind_is_shown(kind: SectionKind) -> None:
    (tree,) = (
        tree for tree in trees() if (said := tree.scalar("kind")) is not None and said.text == kind.value
    )
    assert {part.key for part in KINDS[kind].parts} - tree.keys.keys() == set()


@pytest.mark.parametrize("kind", sorted(set(BLOCK.groups) - {"example"}))
def test_every_block_is_shown_with_its_yaml(kind: str) -> None:
    shown = {
        key
        for group in groups()
        for example in group.listed("example")
        for node in example.walk()
        if node.kind is Kind.MAP
        for key in node.keys
    }
    assert kind in shown


def test_every_chart_is_shown() -> None:
    charts = {chart.text for group in groups() if (chart := group.scalar("chart")) is not None}
    assert charts == set(BLOCK.groups["chart"].keys["chart"].shape.words)


def test_nothing_in_the_gallery_is_warned_about(
    cli: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(GALLERY, tmp_path / "sources" / "gallery")
    shutil.copytree(ROOT / "styles", tmp_path / "styles")
    monkeypatch.chdir(tmp_path)
    ran = cli("build", "--strict", "--quiet", "--jobs", "2")
    assert (ran.code, ran.err) == (0, "")
    assert len(list((tmp_path / "build" / "gallery").rglob("*.pdf"))) == 5
    assert len(list((tmp_path / "build" / "gallery").rglob("*.docx"))) == 5


def test_the_page_of_pictures_has_every_section_and_every_picture() -> None:
    page = (DOCS / "gallery.md").read_text(encoding="utf-8")
    pack = read_pack(GALLERY).pack
    assert pack is not None
    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == [section.title for section in pack.sections]
    named = set(re.findall(r"\]\(gallery/([^)]+)\)", page))
    assert named == {path.name for path in (DOCS / "gallery").iterdir()}
    assert {name.rsplit("-", 1)[0] for name in named} == {section.path.stem for section in pack.sections}


def test_the_pictures_of_pages_are_small() -> None:
    assert sum(path.stat().st_size for path in DOCS.rglob("*.png")) < MOST_BYTES
