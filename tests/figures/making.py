"""Short ways to make charts, and the styles to draw them in."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

from briefpack.document import Chart, ChartKind, Series
from briefpack.errors import Where
from briefpack.reading.read_style import read_style
from briefpack.style import Style

WHERE = Where(Path("pack/section.yaml"), 1, 1)
Numbers = Sequence[float | str | None]
STYLES = Path(__file__).parents[2] / "styles"


@cache
def packaged_style(name: str = "base") -> Style:
    """A style of the project or the packaged base."""
    style = read_style(name, [STYLES]).style
    assert style is not None
    return style


def series(name: str, values: Numbers) -> Series:
    return Series(
        name,
        tuple(None if value is None else Decimal(str(value)) for value in values),
        tuple("–" if value is None else str(value) for value in values),
    )


def chart(
    kind: ChartKind,
    categories: Sequence[str],
    *rows: tuple[str, Numbers],
    horizontal: bool = False,
    stacked: bool = False,
    unit: str = "",
    labelled: bool = False,
    height: float | None = None,
) -> Chart:
    return Chart(
        kind,
        horizontal,
        stacked,
        tuple(categories),
        tuple(series(name, values) for name, values in rows),
        unit,
        labelled,
        "What the chart says.",
        "fig_chart",
        WHERE,
        height=height,
    )
