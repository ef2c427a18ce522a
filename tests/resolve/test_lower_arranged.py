from __future__ import annotations

from shutil import copyfile

import pytest

from briefpack.document import (
    Callout,
    Columns,
    Heading,
    Image,
    Landscape,
    List,
    PageBreak,
    SideBySide,
    Table,
    Together,
)
from tests.resolve.making import every
from tests.resolve.written import PICTURE, document, lowered, resolution, said, texts


@pytest.fixture(autouse=True)
def picture(tmp_path):
    (tmp_path / "pack").mkdir()
    copyfile(next(PICTURE.glob("*.png")), tmp_path / "pack" / "p.png")


def test_columns_are_one_part_until_the_author_breaks_them(tmp_path):
    (made,) = lowered(tmp_path, "  - columns: [a, b]\n    count: 3\n")
    assert isinstance(made, Columns)
    assert (made.count, [texts(part) for part in made.parts]) == (3, [[("body", "a"), ("body", "b")]])
    (broken,) = lowered(tmp_path, "  - columns:\n      - a\n      - column_break: true\n      - b\n")
    assert isinstance(broken, Columns)
    assert [texts(part) for part in broken.parts] == [[("body", "a")], [("body", "b")]]


def test_a_column_that_an_audience_does_not_get_leaves_none_empty(tmp_path):
    blocks = "  - columns:\n      - {text: a, audiences: staff}\n      - column_break: true\n      - b\n"
    (made,) = lowered(tmp_path, blocks, "press")
    assert isinstance(made, Columns)
    assert [texts(part) for part in made.parts] == [[("body", "b")]]


def test_headings_in_columns_and_on_landscape_pages_are_numbered_and_in_the_contents(tmp_path):
    made = document(
        tmp_path,
        "  - heading: One\n  - columns:\n      - heading: Two\n  - landscape:\n      - heading: Three\n      - keep:\n"
        "          - heading: Four\n          - a\n",
    )
    assert [(entry.number, entry.title) for entry in made.contents[1:]] == [
        ("1.1", "One"),
        ("1.2", "Two"),
        ("1.3", "Three"),
        ("1.4", "Four"),
    ]
    assert len(list(every(made, Heading))) == 4


def test_a_page_break_beside_landscape_pages_is_left_out(tmp_path):
    made = lowered(
        tmp_path,
        "  - a\n  - page_break: true\n  - landscape: [{page_break: true}, b, {page_break: true}, c]\n"
        "  - page_break: true\n  - d\n  - page_break: true\n  - e\n",
    )
    assert [type(block).__name__ for block in made] == [
        "Paragraph",
        "Landscape",
        "Paragraph",
        "PageBreak",
        "Paragraph",
    ]
    landscape = made[1]
    assert isinstance(landscape, Landscape)
    assert [isinstance(block, PageBreak) for block in landscape.blocks] == [False, True, False]


def test_a_table_on_landscape_pages_knows_that_it_is_wide(tmp_path):
    rows = "rows: [[one two three four five six seven eight nine ten eleven twelve, b]]"
    (upright,) = lowered(tmp_path, f"  - table: {{columns: [a, b], {rows}}}\n")
    (turned,) = lowered(tmp_path, f"  - landscape:\n      - table: {{columns: [a, b], {rows}}}\n")
    narrow, wide = next(every(upright, Table)), next(every(turned, Table))
    assert wide.columns[0].width < narrow.columns[0].width


def test_what_is_kept_together_stays_in_its_order_and_has_a_name(tmp_path):
    made = resolution(
        tmp_path, "  - keep: [{table: {columns: [a], rows: [[b]]}}, c]\n    id: k\n  - see [it](#k)\n"
    )
    assert made.document is not None
    together = made.document.sections[0].blocks[0]
    assert isinstance(together, Together)
    assert [type(block).__name__ for block in together.blocks] == ["Table", "Paragraph"]
    assert not made.findings


def test_a_picture_stands_beside_its_text_at_either_side(tmp_path):
    beside = "  - beside: {image: p.png, alt: A line of cities, caption: Visits, credit: Ministry, blocks: [a, {list: [b]}]"
    (left,) = lowered(tmp_path, f"{beside}}}\n")
    (right,) = lowered(tmp_path, f"{beside}, side: right, share: 40%}}\n")
    assert isinstance(left, SideBySide)
    assert isinstance(right, SideBySide)
    assert (left.look, left.shares, right.shares) == ("plain", (0.35, 0.65), (0.6, 0.4))
    image = left.parts[0][0]
    assert isinstance(image, Image)
    assert (image.width, said(image.source)) == (1.0, "Photo: Ministry")
    assert isinstance(right.parts[1][0], Image)


def test_the_picture_stays_alone_when_the_text_beside_it_is_withheld(tmp_path):
    blocks = "  - beside: {image: p.png, alt: A line of cities, blocks: [{text: a, audiences: staff}]}\n"
    (made,) = lowered(tmp_path, blocks, "press")
    assert isinstance(made, Image)


def test_a_picture_beside_text_is_a_figure_that_can_be_referred_to(tmp_path):
    blocks = "  - beside: {image: p.png, alt: A line of cities, caption: c, source: desk, blocks: [a]}\n    id: f\n  - see [[f]]\n"
    assert not resolution(tmp_path, blocks).findings


def test_blocks_in_blocks_are_lowered_where_they_stand(tmp_path):
    (made,) = lowered(
        tmp_path,
        "  - columns:\n      - callout: Box\n        blocks:\n          - list:\n              - text: item\n"
        "                blocks: [{table: {columns: [a], rows: [[{text: b, blocks: [{list: [c]}]}]]}}]\n",
    )
    assert isinstance(made, Columns)
    callout = made.parts[0][0]
    assert isinstance(callout, Callout)
    assert texts(callout.blocks) == [("callout", "Box"), ("List", "")]
    outer, inner = every(callout, List)
    assert texts(outer.items[0].blocks) == [("callout", "item"), ("Table", "")]
    assert texts(inner.items[0].blocks) == [("table-cell", "c")]
