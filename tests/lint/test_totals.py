"""Totals, and texts of charts, that count what their audience does not get."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.lint import withheld_totals
from briefpack.select import select
from tests.lint.made import pack_of


def warned(folder: Path, block: str) -> list[int]:
    """The lines of the section that are warned of for the press."""
    pack = pack_of(folder, f"title: A\nblocks:\n{block}")
    press = pack.audiences[1]
    found = withheld_totals(select(pack, press).verdicts, pack, press)
    assert {each.rule for each in found} <= {"withheld-total"}
    assert withheld_totals(select(pack, pack.audiences[0]).verdicts, pack, pack.audiences[0]) == ()
    return [each.where.line for each in found if each.where is not None]


_TABLE = """\
  - table:
      columns: [A, B]
      rows:
        - {group: North}
        - [a, "1"]
        - {total: [North, "1"]}
        - {group: South}
        - [b, "2"]
        - {cells: [c, "3"], audiences: [desk]}
        - {total: [South, "5"]}
        - {group: All}
        - [d, "0"]
        - {total: [All, "6"]}
"""


def test_the_total_of_a_group_counts_its_rows_and_the_last_one_all(tmp_path: Path) -> None:
    assert warned(tmp_path, _TABLE) == [12, 15]


def test_a_total_that_is_made_for_an_audience_is_its_own(tmp_path: Path) -> None:
    own = _TABLE.replace('[South, "5"]}', '[South, "2"], audiences: [press]}').replace(
        '[All, "6"]}', '[All, "6"], audiences: [desk]}'
    )
    assert warned(tmp_path, own) == []


@pytest.mark.parametrize(("alt", "lines"), [("alt: It rises.", [3]), ("unit: EUR", [])])
def test_the_text_of_a_chart_that_lost_a_series_was_written_for_all_of_them(
    tmp_path: Path, alt: str, lines: list[int]
) -> None:
    chart = f"""\
  - chart: bar
    categories: [x, y]
    series:
      - {{name: Kept, values: [1, 2]}}
      - {{name: Gone, values: [3, 4], audiences: [desk]}}
    {alt}
"""
    assert warned(tmp_path, chart) == lines


def test_a_table_in_a_box_is_looked_at_as_well(tmp_path: Path) -> None:
    inside = "".join(f"      {line}\n" for line in _TABLE.splitlines())
    assert warned(tmp_path, f"  - keep:\n{inside}") == [13, 16]
