"""Charts: numbers as the language prints them, marks of the axis, numbers of captions, and the data in sentences."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from briefpack.blocks import AuthorSeries, ChartBlock, QrBlock
from briefpack.document import Chart, ChartKind, Image, Link, Text, plain_text
from briefpack.drawing import Drawing
from tests.resolve.making import document, every, pack, section, text, to, where, words


def _series(name: str, *values: str | None) -> AuthorSeries:
    return AuthorSeries(name, tuple(None if v is None else Decimal(v) for v in values), where())


def _block(kind: ChartKind, categories: tuple[str, ...], *series: AuthorSeries, **keys: object) -> ChartBlock:
    made = ChartBlock(
        kind=kind,
        horizontal=False,
        stacked=False,
        categories=categories,
        series=series,
        unit="",
        labelled=None,
        alt=None,
        path=None,
        width=None,
        height=None,
        caption=None,
        source=None,
        where=where(),
    )
    return replace(made, **keys)  # type: ignore[arg-type]  # fields by name


def _chart(block: ChartBlock, language: str = "en") -> Chart:
    (found,) = every(document(pack(section("one", block), language=language)), Chart)
    return found


BALTIC = ("Estonia", "Latvia", "Lithuania")
SPENDING = _series("Spending", "3.40", "3.2", "2.9")


def test_numbers_are_printed_as_the_language_has_them() -> None:
    block = _block(ChartKind.BAR, BALTIC, _series("", "1234.50", "-2", None))
    assert _chart(block).series[0].labels == ("1,234.50", "\u22122", "–")
    assert _chart(block, "fr").series[0].labels == ("1\u202f234,50", "\u22122", "–")


def test_the_axis_has_round_marks_in_the_language() -> None:
    block = _block(ChartKind.BAR, BALTIC, _series("", "0.5", "1", "2.4"))
    assert [label for _, label in _chart(block).ticks] == ["0", "0.5", "1", "1.5", "2", "2.5"]
    assert [label for _, label in _chart(block, "fr").ticks][1] == "0,5"
    assert _chart(_block(ChartKind.PIE, BALTIC, SPENDING)).ticks == ()


def test_the_data_are_told_in_a_sentence() -> None:
    block = _block(ChartKind.BAR, BALTIC, SPENDING, unit="% of GDP")
    style_words = _chart(block).alt
    assert style_words == "chart_bar. Spending, % of GDP. Estonia 3.40; Latvia 3.2; Lithuania 2.9."


def test_what_the_author_says_comes_before_the_data() -> None:
    block = _block(ChartKind.PIE, BALTIC, _series("", "1", "2", "3"), alt="Estonia has least.")
    assert _chart(block).alt == "chart_pie. Estonia has least. Estonia 1; Latvia 2; Lithuania 3."


def test_several_series_are_told_one_after_the_other_and_years_keep_off_their_numbers() -> None:
    block = _block(
        ChartKind.LINE, ("2023", "2024"), _series("A", "1", None), _series("B", "3", "4"), unit="m"
    )
    assert _chart(block).alt == "chart_line. m. A: 2023, 1; 2024, chart_missing. B: 2023, 3; 2024, 4."


def test_many_numbers_are_summed_up() -> None:
    years = tuple(str(year) for year in range(1980, 2025))
    values = [str(n % 7) for n in range(44)]
    style_words = _chart(_block(ChartKind.LINE, years, _series("A", *values, None))).alt
    assert style_words == "chart_line. A. chart_summary; chart_gaps."


def test_a_single_number_of_many_gaps_is_summed_up_as_well() -> None:
    years = tuple(str(year) for year in range(1980, 2025))
    assert _chart(_block(ChartKind.BAR, years, _series("A", "1", *([None] * 44)))).alt


@pytest.mark.parametrize(
    ("kind", "count", "labelled"),
    [
        (ChartKind.BAR, 5, True),
        (ChartKind.BAR, 30, False),
        (ChartKind.LINE, 5, False),
        (ChartKind.PIE, 5, True),
    ],
)
def test_few_numbers_are_printed_where_the_author_does_not_say(
    kind: ChartKind, count: int, labelled: bool
) -> None:
    names = tuple(f"C{n}" for n in range(count))
    block = _block(kind, names, _series("", *["1"] * count))
    assert _chart(block).labelled is labelled
    assert _chart(replace(block, labelled=not labelled)).labelled is not labelled


def test_a_caption_is_numbered_among_the_figures_and_can_be_referred_to() -> None:
    first = _block(ChartKind.BAR, BALTIC, SPENDING, caption=words("First"))
    second = _block(
        ChartKind.BAR, BALTIC, SPENDING, caption=words("Second"), id="spend", source=words("NATO")
    )
    plain = _block(ChartKind.BAR, BALTIC, SPENDING)
    made = document(pack(section("one", first, plain, second, text("See ", to("spend"), "."))))
    captions = [chart.caption for chart in every(made, Chart)]
    assert [caption.label if caption else None for caption in captions] == ["Figure 1", None, "Figure 2"]
    charts = list(every(made, Chart))
    assert len({chart.anchor for chart in charts}) == 3
    assert charts[2].anchor == "fig_spend"
    assert charts[2].source is not None
    assert plain_text(charts[2].source).endswith("NATO")


def test_a_qr_code_is_a_picture_that_says_where_it_leads() -> None:
    block = QrBlock("https://www.nato.int", Drawing(85, 85, ()), 0.2, words("NATO"), where())
    (image,) = every(document(pack(section("one", block))), Image)
    assert image.alt == "qr_code"
    assert (image.width, image.data) == (0.2, block.drawing)
    assert image.caption is not None
    assert image.caption.label == "Figure 1"
    assert image.source == (Link("https://www.nato.int", (Text("www.nato.int"),)),)


def test_a_short_unit_stands_behind_each_number_of_a_pie() -> None:
    block = _block(ChartKind.DONUT, BALTIC, _series("", "45", "30", "25"), unit="%")
    made = _chart(block)
    assert made.series[0].labels == ("45\u00a0%", "30\u00a0%", "25\u00a0%")
    assert made.unit_beside
    long = _chart(replace(block, unit="EUR million"))
    assert long.series[0].labels == ("45", "30", "25")
    assert not long.unit_beside
    bare = _chart(replace(block, labelled=False))
    assert bare.series[0].labels == ("45", "30", "25")
    assert not bare.unit_beside
