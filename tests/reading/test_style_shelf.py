"""Which style a name means, and the line of styles that one extends."""

from __future__ import annotations

from pathlib import Path

from briefpack.errors import Findings
from briefpack.reading.read_style import read_style
from briefpack.reading.style_shelf import BASE, Shelf


def write(folder: Path, **styles: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in styles.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def line(folder: Path, name: str) -> list[str]:
    found = Shelf([folder]).line(name, Findings(), None)
    assert found is not None
    return [file.name for file in found]


def test_a_style_extends_base_unless_it_says_otherwise(tmp_path: Path) -> None:
    folder = write(tmp_path, plain="banner: x", other="extends: plain", alone="extends: []")
    assert line(folder, "plain") == [BASE, "plain"]
    assert line(folder, "other") == [BASE, "plain", "other"]
    assert line(folder, "alone") == ["alone"]


def test_common_ground_counts_once_and_first(tmp_path: Path) -> None:
    folder = write(tmp_path, a="banner: a", b="banner: b", both="extends: [a, b]", over="extends: [both, a]")
    assert line(folder, "both") == [BASE, "a", "b", "both"]
    assert line(folder, "over") == [BASE, "a", "b", "both", "over"]


def test_the_later_of_two_styles_wins_where_both_speak(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        a="banner: a\ncontents: {depth: 1}",
        b="banner: b\nnumbering: {headings: 4}",
        both="extends: [a, b]",
        swapped="extends: [b, a]",
    )
    both, swapped = read_style("both", [folder]).style, read_style("swapped", [folder]).style
    assert both is not None
    assert swapped is not None
    assert (both.banner, swapped.banner) == ("b", "a")
    # What only one of them says comes through, though the other extends base, which says it too.
    assert both.contents.depth == swapped.contents.depth == 1
    assert both.numbering.headings == swapped.numbering.headings == 4


def test_an_earlier_folder_hides_a_later_one(tmp_path: Path) -> None:
    first = write(tmp_path / "first", house="banner: first")
    second = write(tmp_path / "second", house="banner: second")
    style = read_style("house", [first, second]).style
    assert style is not None
    assert style.banner == "first"


def test_a_project_may_change_the_base_of_all_its_styles(tmp_path: Path) -> None:
    folder = write(tmp_path, base="extends: base\nbanner: ours", house="contents: {depth: 1}")
    reading = read_style("house", [folder])
    assert reading.style is not None
    assert reading.style.banner == "ours"
    assert not reading.findings.items
