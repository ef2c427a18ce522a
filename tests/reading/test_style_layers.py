"""Layers over one another: what a later one replaces, what `~` takes away."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from briefpack.errors import Findings, Where
from briefpack.reading.style_layers import KeyPath, Layer, Setting, compose, read_style_file
from tests.reading.house import style

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


def test_an_empty_group_for_the_first_page_is_an_empty_header(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text("header: {first: {}}", encoding="utf-8")
    findings = Findings()
    layer = read_style_file("house", tmp_path / "house.yaml", findings).layer
    assert not findings.items
    assert {path: setting.text for path, setting in layer.settings.items()} == {
        ("header", "first", "left"): "",
        ("header", "first", "centre"): "",
        ("header", "first", "right"): "",
    }


def test_the_fields_of_the_cover_are_replaced_as_a_whole_and_keep_their_order(tmp_path: Path) -> None:
    made = style(tmp_path, "cover: {fields: {owner: '{owner}', reference: '{reference}'}}")
    assert made.cover.fields == (("owner", "{owner}"), ("reference", "{reference}"))
