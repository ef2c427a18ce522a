"""Where figures come from, and how old they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from briefpack.blocks import ChartBlock, KeyFigure, KeyFiguresBlock, TableBlock
from briefpack.document import ChartKind, Text
from briefpack.errors import Where
from briefpack.lint.sources import check_sources
from tests.lint.made import case, found, rules
from tests.samples import picture

TABLE = """\
title: Figures
blocks:
  - table:
      columns: [Country, "2024", "2025"]
      rows:
        - [Here, CELL, "1 250.5"]
        - [There, "12 %", "€ 3,000"]
"""


def test_a_table_of_numbers_without_a_source_is_told_of(tmp_path: Path) -> None:
    (one,) = found(tmp_path, TABLE.replace("CELL", '"17"'))
    assert (one.rule, one.message) == ("no-source", "this table of numbers has no source")
    assert rules(tmp_path, TABLE.replace("CELL", '"17"') + "      source: National statistics\n") == []


@pytest.mark.parametrize(
    "rows",
    [
        '[[A, "2024"], [B, "2023"], [C, "2022"]]',
        '[[A, 3 April 2025], [B, 4 April 2025], [C, "14:30"]]',
        '[[A, "1"], [B, "2"], [C, "3"]]',
        '[[A, "120"], [B, "130"]]',
        "[[A, AP 1], [B, AP 2], [C, room 12]]",
        '[["100", one], ["200", two], ["300", three]]',
    ],
)
def test_years_days_ranks_and_names_make_no_table_of_numbers(tmp_path: Path, rows: str) -> None:
    text = f"title: A\nblocks:\n  - table: {{columns: [One, Two], rows: {rows}}}\n"
    assert rules_of_sources(tmp_path, text) == []


def rules_of_sources(tmp_path: Path, text: str) -> list[str | None]:
    return [one.rule for one in check_sources(case(tmp_path, text))]


def test_a_figure_with_a_caption_needs_a_source_and_a_picture_without_one_does_not(tmp_path: Path) -> None:
    (tmp_path / "map.png").write_bytes(picture(8, 8).content)
    text = "title: A\nblocks:\n  - image: map.png\n    alt: A blue gradient from left to right\n"
    assert rules(tmp_path, text) == []
    assert rules(tmp_path, text + "    caption: The gradient\n") == ["no-source"]
    assert rules(tmp_path, text + "    caption: The gradient\n    source: Our own\n") == []


WHERE = Where(Path("made.yaml"), 3, 5)
WORDS = (Text("words"),)


def with_block(folder: Path, *blocks: object) -> list[str]:
    """The messages for these blocks in an otherwise empty section."""
    made = case(folder, "title: A\ntext: Words.\n")
    (section,) = made.pack.sections
    pack = replace(made.pack, sections=(replace(section, blocks=blocks),))
    return [one.message for one in check_sources(replace(made, pack=pack))]


def test_a_chart_needs_a_source(tmp_path: Path) -> None:
    chart = ChartBlock(
        ChartKind.BAR, False, False, ("a",), (), "", None, None, None, None, None, None, None, WHERE
    )
    assert with_block(tmp_path, chart) == ["this chart has no source"]
    assert with_block(tmp_path, replace(chart, source=WORDS)) == []


def test_key_figures_need_a_source_each_or_one_for_all(tmp_path: Path) -> None:
    bare, own = KeyFigure(WORDS, WORDS, None, WHERE), KeyFigure(WORDS, WORDS, WORDS, WHERE)
    assert with_block(tmp_path, KeyFiguresBlock((bare, own), None, WHERE)) == [
        "a key figure here has no source"
    ]
    assert with_block(tmp_path, KeyFiguresBlock((own, own), None, WHERE)) == []
    assert with_block(tmp_path, KeyFiguresBlock((bare, own), WORDS, WHERE)) == []


def test_data_older_than_the_style_allows_are_told_of_by_the_packs_own_clock(tmp_path: Path) -> None:
    def table(day: date) -> TableBlock:
        return TableBlock((), (), None, None, WHERE, as_of=day)

    assert with_block(tmp_path, table(date(2024, 10, 4))) == []  # 180 days before 2 April 2025
    (message,) = with_block(tmp_path, table(date(2024, 10, 3)))
    assert message == "these data are of 2024-10-03, 181 days before the pack's own `as_of`"
