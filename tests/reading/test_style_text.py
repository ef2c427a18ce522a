"""Text roles: what flows from body, what `like` takes over, what an em and a percentage are."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.document import Align
from tests.reading.house import style


def test_a_change_of_body_flows_to_every_role_that_does_not_say_otherwise(tmp_path: Path) -> None:
    made = style(
        tmp_path, "text: {body: {font: Liberation Serif, size: 14pt, align: justify, hyphenate: true}}"
    )
    assert {role.font for name, role in made.text.items() if name not in {"code", "verbatim"}} == {
        "Liberation Serif"
    }
    assert made.text["code"].font == "Liberation Mono"
    assert made.text["numbered"].size == made.text["list"].size == made.text["callout"].size == 14
    assert made.text["heading-2"].size == 16  # 114%
    assert made.text["section-title"].size == 25.5  # 182%
    assert made.text["cover-title"].size == 30  # a length of its own
    assert made.text["numbered"].align is Align.JUSTIFY
    assert made.text["numbered"].hyphenate
    assert made.text["heading-2"].align is Align.LEFT
    assert not made.text["heading-2"].hyphenate


def test_spaces_do_not_flow_from_body(tmp_path: Path) -> None:
    made = style(tmp_path, "text: {body: {before: 9pt, left: 5mm, keep_with_next: true}}")
    label = made.text["cover-label"]
    assert (label.before, label.left, label.keep_with_next) == (0, 0, False)
    # numbered is like body, and so takes its spaces too.
    assert made.text["numbered"].before == 9


def test_like_takes_everything_from_another_role(tmp_path: Path) -> None:
    made = style(
        tmp_path, "text: {list: {like: heading-2}, heading-2: {before: 7pt, after: 9pt, tracking: 0.1em}}"
    )
    item = made.text["list"]
    assert (item.size, item.bold, item.before, item.tracking, item.keep_with_next) == (
        12.5,
        True,
        7,
        0.1,
        True,
    )
    # What base says of list itself still counts, as the more special.
    assert item.after == pytest.approx(0.35 * 12.5)


def test_an_em_is_the_size_of_the_role_itself(tmp_path: Path) -> None:
    made = style(tmp_path, "text: {heading-3: {like: heading-2, size: 20pt, before: 2em}}")
    assert made.text["heading-3"].before == 40


def test_an_em_outside_roles_is_the_size_of_body(tmp_path: Path) -> None:
    made = style(tmp_path, "text: {body: {size: 12pt}}\ncallout: {before: 2em}\nlists: {indent: 1.5em}")
    assert made.callout.before == 24
    assert made.lists.indent == 18


def test_percentages_are_rounded_to_half_points(tmp_path: Path) -> None:
    made = style(tmp_path, "text: {body: {size: 10pt}, caption: {size: 87%}}")
    assert made.text["caption"].size == 8.5


def test_one_named_colour_recolours_everything_that_names_it(tmp_path: Path) -> None:
    made = style(tmp_path, "colours: {accent: '#7a1f2b'}")
    for role in ("section-title", "heading-2", "cover-title", "banner", "table-header", "link"):
        assert made.text[role].colour.hex == "7A1F2B"
    assert made.table.top_colour.hex == made.callout.bar_colour.hex == made.cover.rule_colour.hex == "7A1F2B"


def test_a_colour_may_be_short_or_name_another(tmp_path: Path) -> None:
    made = style(tmp_path, "colours: {deep: '#135', accent: deep}")
    assert made.text["heading-2"].colour.hex == "113355"
