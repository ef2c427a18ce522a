from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from briefpack.blocks import (
    AuthorSeries,
    BesideBlock,
    ChartBlock,
    ImageBlock,
)
from briefpack.document import ChartKind
from briefpack.select import select
from tests.select.made import HERE, STAFF_ONLY, audience, pack, section, text
from tests.strategies import PICTURE


def test_a_picture_stays_when_the_text_beside_it_is_withheld():
    image = ImageBlock(Path("pack/kept.png"), PICTURE, "", None, None, None, HERE)
    block = BesideBlock(image, (text("a", STAFF_ONLY),), False, 0.4, HERE)
    whole = replace(pack(section(block)), inputs=(Path("pack/kept.png"),))
    selection = select(whole, audience())
    assert selection.pack.sections[0].blocks == (replace(block, blocks=()),)
    assert selection.pack.inputs == (Path("pack/kept.png"),)


def test_a_chart_loses_series_and_goes_with_the_last_of_them():
    series = [AuthorSeries(name, (Decimal(1),), HERE) for name in ("one", "two")]

    def chart(*chosen: AuthorSeries) -> ChartBlock:
        return ChartBlock(
            ChartKind.BAR,
            horizontal=False,
            stacked=False,
            categories=("2025",),
            series=chosen,
            unit="",
            labelled=None,
            alt=None,
            path=None,
            width=None,
            height=None,
            caption=None,
            source=None,
            where=HERE,
        )

    limited = replace(series[1], limits=STAFF_ONLY)
    left = select(pack(section(text("a"), chart(series[0], limited))), audience()).pack.sections[0].blocks
    assert left[1] == chart(series[0])
    left = select(pack(section(text("a"), chart(limited))), audience()).pack.sections[0].blocks
    assert left == (text("a"),)
