"""Layers over one another: what a later one replaces, what `~` takes away, and in which order styles are laid."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from briefpack.errors import Findings, Where
from briefpack.reading.read_style import read_style
from briefpack.reading.style_layers import KeyPath, Layer, Setting, compose, read_style_file
from briefpack.reading.style_shelf import BASE, Shelf

KEYS: tuple[KeyPath, ...] = (
    ("banner",),
    ("table", "top"),
    ("table", "row"),
    ("header", "left"),
    ("header", "verso", "left"),
    ("header", "verso", "right"),
)
GROUPS: tuple[KeyPath, ...] = (*KEYS, ("table",), ("header",), ("header", "verso"))


@st.composite
def layers(draw: st.DrawFn) -> Layer:
    place = Where(Path("x.yaml"), draw(st.integers(1, 9)), 1)
    given_keys = draw(st.sets(st.sampled_from(KEYS)))
    settings = {key: Setting(draw(st.integers(0, 99)), "", place, "x") for key in sorted(given_keys)}
    return Layer(settings, dict.fromkeys(sorted(draw(st.sets(st.sampled_from(GROUPS), max_size=3))), place))


@given(layers(), layers(), layers())
def test_laying_over_is_associative(a: Layer, b: Layer, c: Layer) -> None:
    assert compose(compose(a, b), c) == compose(a, compose(b, c))


@given(layers())
def test_nothing_over_a_layer_and_a_layer_over_nothing_change_nothing(layer: Layer) -> None:
    assert compose(layer, Layer()) == layer
    assert compose(Layer(), layer) == layer


@given(layers(), layers())
def test_what_the_upper_layer_says_holds(lower: Layer, upper: Layer) -> None:
    both = compose(lower, upper)
    assert upper.settings.items() <= both.settings.items()


@given(layers(), layers())
def test_what_the_upper_layer_takes_away_is_gone_unless_it_gives_it_itself(
    lower: Layer, upper: Layer
) -> None:
    both = compose(lower, upper)
    for key in both.settings:
        if any(key[: len(group)] == group for group in upper.unset):
            assert key in upper.settings


@given(layers(), layers())
def test_what_the_upper_layer_does_not_touch_stays(lower: Layer, upper: Layer) -> None:
    both = compose(lower, upper)
    for key, setting in lower.settings.items():
        touched = key in upper.settings or any(key[: len(group)] == group for group in upper.unset)
        assert touched or both.settings[key] == setting


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


def test_an_empty_group_for_the_first_page_is_an_empty_header(tmp_path: Path) -> None:
    folder = write(tmp_path, house="header: {first: {}}")
    findings = Findings()
    layer = read_style_file("house", folder / "house.yaml", findings).layer
    assert not findings.items
    assert {path: setting.text for path, setting in layer.settings.items()} == {
        ("header", "first", "left"): "",
        ("header", "first", "centre"): "",
        ("header", "first", "right"): "",
    }


def test_the_fields_of_the_cover_are_replaced_as_a_whole_and_keep_their_order(tmp_path: Path) -> None:
    folder = write(tmp_path, house="cover: {fields: {owner: '{owner}', reference: '{reference}'}}")
    style = read_style("house", [folder]).style
    assert style is not None
    assert style.cover.fields == (("owner", "{owner}"), ("reference", "{reference}"))
