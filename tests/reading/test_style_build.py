"""A merged style made complete: what `~` leaves, sheets, margins and sides."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.reading.read_style import read_style
from briefpack.style import SectionStart, Slots
from tests.reading.house import style


def test_taking_away_a_fill_leaves_none(tmp_path: Path) -> None:
    made = style(tmp_path, "callout: {fill: ~}")
    assert made.callout.fill is None


def test_taking_away_words_leaves_nothing_printed(tmp_path: Path) -> None:
    made = style(
        tmp_path,
        "header: {right: ~}\nbanner: ~\ncover: {kicker: ~, subtitle: ~, fields: ~}\n"
        "contents: {leader: ~}\ndivider: {line: ~}\nstamp: {top: ~}",
    )
    assert (made.header.recto.right, made.banner, made.cover.kicker, made.cover.subtitle) == ("", "", "", "")
    assert (made.contents.leader, made.divider.line, made.cover.fields) == ("", "", ())
    assert made.stamp.top == Slots("", "", "")
    assert made.stamp.bottom != Slots("", "", "")


def test_taking_away_what_another_style_gave_leaves_what_there_was_without_it(tmp_path: Path) -> None:
    folder = tmp_path / "styles"
    folder.mkdir()
    (folder / "parent.yaml").write_text("header: {verso: {left: x}, first: {}}\ntable: {band_fill: tint}")
    made = style(tmp_path, "extends: parent\nheader: {verso: ~, first: ~}\ntable: {band_fill: ~}")
    assert made.header.verso is None
    assert made.header.first is None
    assert made.table.band_fill is None
    parent = read_style("parent", [folder]).style
    assert parent is not None
    assert parent.header.verso == Slots("x", "", "")
    assert parent.header.first == Slots("", "", "")


def test_taking_away_an_attribute_of_a_role_gives_it_back_to_body(tmp_path: Path) -> None:
    made = style(tmp_path, "text: {heading-2: {size: ~, bold: ~, before: ~}}")
    heading = made.text["heading-2"]
    assert (heading.size, heading.bold, heading.before) == (11, False, 0)


def test_the_gutter_widens_the_inner_margin(tmp_path: Path) -> None:
    made = style(tmp_path, "page: {margins: {inside: 25mm, gutter: 5mm}}")
    assert made.page.inside.mm == pytest.approx(30)


@pytest.mark.parametrize(
    ("size", "width", "height"),
    [
        ("A4", 210, 297),
        ("A5", 148, 210),
        ("Letter", 215.9, 279.4),
        ("Legal", 215.9, 355.6),
        ("{width: 170mm, height: 24cm}", 170, 240),
    ],
)
def test_a_sheet_has_its_size_and_lies_down_in_landscape(
    size: str, width: float, height: float, tmp_path: Path
) -> None:
    upright = style(tmp_path, f"page: {{size: {size}}}").page
    assert (upright.width.mm, upright.height.mm) == pytest.approx((width, height))
    lying = style(tmp_path, f"page: {{size: {size}, orientation: landscape}}").page
    assert (lying.width.mm, lying.height.mm) == pytest.approx((height, width))


def test_right_hand_pages_need_two_sides(tmp_path: Path) -> None:
    assert style(tmp_path, "page: {section_start: recto}").page.section_start is SectionStart.PAGE
    both = style(tmp_path, "page: {section_start: recto, two_sided: true}")
    assert both.page.section_start is SectionStart.RECTO
