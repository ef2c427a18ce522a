"""Charts: words that fit and keep off each other, shapes as long as their numbers, the same Drawing for the same chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefpack.document import Chart, ChartKind
from briefpack.drawing import CurveTo, Drawing, LineTo, Pattern, Shape, Words
from briefpack.figures.charts import draw_chart
from briefpack.figures.metrics import Ruler
from briefpack.figures.operators import bounds
from briefpack.figures.sheet import rgb
from briefpack.style import Style
from tests.figures.making import chart, packaged_style, series

BAR, LINE, AREA, PIE, DONUT = ChartKind
WIDTH = 440.0
COUNTRIES = ("Estonia", "Latvia", "Lithuania", "Poland")
YEARS = tuple(map(str, range(2014, 2025)))
LONG = (
    "United Kingdom of Great Britain and Northern Ireland",
    "Federal Republic of Germany",
    "Bosnia and Herzegovina",
    "Kingdom of the Netherlands",
    "Grand Duchy of Luxembourg",
    "North Macedonia",
)
STYLES = ("base", "press", "staff", "minister", "delegation")


def drawn(made: Chart, style: Style | None = None, width: float = WIDTH) -> Drawing:
    return draw_chart(made, style or packaged_style(), width)


def words_of(drawing: Drawing) -> list[Words]:
    return [mark for mark in drawing.marks if isinstance(mark, Words)]


def texts(drawing: Drawing) -> list[str]:
    return [words.text for words in words_of(drawing)]


def boxes(drawing: Drawing, style: Style) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    ruler = Ruler(style)
    for words in words_of(drawing):
        yield words.text, ruler.box(words)


def filled(drawing: Drawing, style: Style, number: int = 0) -> list[Shape]:
    """The areas in a colour of the palette."""
    ink = rgb(style.charts.palette[number])
    return [mark for mark in drawing.marks if isinstance(mark, Shape) and mark.fill == ink]


def assert_tidy(drawing: Drawing, style: Style) -> None:
    """No words leave the drawing, and none cover others."""
    placed = list(boxes(drawing, style))
    for text, (left, bottom, right, top) in placed:
        assert left >= -0.6, (text, left)
        assert right <= drawing.width + 0.6, (text, right)
        assert bottom >= -0.6, (text, bottom)
        assert top <= drawing.height + 0.6, (text, top)
    for (one, a), (other, b) in combinations(placed, 2):
        apart = a[2] <= b[0] + 0.3 or b[2] <= a[0] + 0.3 or a[3] <= b[1] + 0.3 or b[3] <= a[1] + 0.3
        assert apart, (one, a, other, b)


# --------------------------------------------------------------------------- all kinds

_SAMPLES = {
    "bars": chart(BAR, COUNTRIES, ("", [3.4, 3.2, 2.9, 4.1]), unit="% of GDP", labelled=True),
    "bars with an axis": chart(BAR, YEARS, ("Spending", [n * 1.37 for n in range(11)]), unit="EUR"),
    "groups": chart(BAR, COUNTRIES, ("2022", [1, 2, 3, 4]), ("2024", [2, 3, 4, 5]), labelled=True),
    "bars below zero": chart(BAR, COUNTRIES, ("A", [-4, 2, -1, 0]), ("B", [3, -2, 1, None]), labelled=True),
    "piles": chart(BAR, YEARS, ("A", range(11)), ("B", range(11)), ("C", [1] * 11), stacked=True, labelled=True),
    "piles below zero": chart(BAR, COUNTRIES, ("A", [1, -2, 3, -4]), ("B", [2, -1, 0, 3]), stacked=True),
    "long names": chart(BAR, LONG, ("", [1, 2, 3, 4, 5, 6]), labelled=True),
    "lying": chart(BAR, LONG, ("", [1, -2, 3, 4, None, 6]), horizontal=True, labelled=True),
    "lying groups": chart(BAR, LONG, ("A", range(6)), ("B", range(6)), horizontal=True),
    "lying piles": chart(BAR, LONG, ("A", range(1, 7)), ("B", range(6)), horizontal=True, stacked=True),
    "lines": chart(LINE, YEARS, *((name, [n + at for n in range(11)]) for at, name in enumerate(COUNTRIES))),
    "lines that end together": chart(LINE, YEARS, *((name, [*range(10), 5]) for name in COUNTRIES)),
    "lines with labels": chart(LINE, YEARS, ("A", [3, 5, 2, 8, 7, 1, 9, 4, 4, 6, 5]), ("B", [4] * 11), labelled=True),
    "many lines": chart(LINE, YEARS, *((f"{name} {k}", range(k, k + 11)) for k in range(2) for name in LONG)),
    "areas": chart(AREA, YEARS, ("Army", range(11)), ("Navy", range(5, 16)), stacked=True),
    "areas behind each other": chart(AREA, YEARS, ("Army", range(11)), ("Navy", [5] * 11)),
    "pie": chart(PIE, COUNTRIES, ("", [40, 30, 20, 10]), unit="%", labelled=True),
    "pie of crumbs": chart(PIE, [f"Part {n}" for n in range(12)], ("", [1] * 6 + [100] + [1] * 5), labelled=True),
    "donut": chart(DONUT, LONG, ("", [40, 30, 20, 10, 5, 5]), labelled=True),
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("width", [220.0, 440.0, 700.0])
@pytest.mark.parametrize("sample", _SAMPLES)
def test_words_stay_in_the_drawing_and_keep_off_each_other(sample: str, width: float, style: str) -> None:
    look = packaged_style(style)
    assert_tidy(drawn(_SAMPLES[sample], look, width), look)


@pytest.mark.parametrize("sample", _SAMPLES)
def test_the_same_chart_gives_the_same_drawing(sample: str) -> None:
    assert drawn(_SAMPLES[sample]) == drawn(_SAMPLES[sample])


@pytest.mark.parametrize("sample", _SAMPLES)
def test_a_drawing_is_as_wide_as_it_was_asked_to_be(sample: str) -> None:
    assert drawn(_SAMPLES[sample], width=321.0).width == 321.0


@pytest.mark.parametrize("sample", _SAMPLES)
def test_no_shape_leaves_the_drawing(sample: str) -> None:
    drawing = drawn(_SAMPLES[sample])
    for mark in drawing.marks:
        if isinstance(mark, Shape):
            # Where curves end: their control points lie outside of them.
            ends = tuple(LineTo(s.x3, s.y3) if isinstance(s, CurveTo) else s for s in mark.path)
            left, bottom, right, top = bounds(ends)
            assert left >= -1
            assert right <= drawing.width + 1
            assert bottom >= -1
            assert top <= drawing.height + 1


_NAMES = st.text("ABCDEFGHIJKLMNabcdefghijklmn éü-", min_size=1, max_size=40).filter(
    lambda s: bool(s.strip())
)
_VALUES = st.one_of(st.none(), st.decimals(-100000, 100000, places=2), st.integers(-20, 20).map(Decimal))


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    kind = draw(st.sampled_from([BAR, LINE, AREA, PIE]))
    round_ = kind is PIE
    count = draw(st.integers(2, 12))
    rows = 1 if round_ else draw(st.integers(1, 8))
    names = draw(st.lists(_NAMES, min_size=count, max_size=count, unique=True))
    series_names = draw(st.lists(_NAMES, min_size=rows, max_size=rows, unique=True))
    stacked = kind is BAR and draw(st.booleans())
    positive = round_ or (kind is AREA and draw(st.booleans()))
    stacked = stacked or (kind is AREA and positive)
    values = st.decimals(1, 1000, places=1) if positive else _VALUES
    made = [series(name, draw(st.lists(values, min_size=count, max_size=count))) for name in series_names]
    made = [
        row if any(v is not None for v in row.values) else series(row.name, [Decimal(1)] * count)
        for row in made
    ]
    return replace(
        chart(kind, names, labelled=draw(st.booleans()), unit=draw(st.sampled_from(["", "EUR million"]))),
        series=tuple(made),
        stacked=stacked,
        horizontal=kind is BAR and draw(st.booleans()),
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(charts(), st.sampled_from([200.0, 440.0]))
def test_words_of_any_chart_keep_off_each_other(made: Chart, width: float) -> None:
    style = packaged_style()
    assert_tidy(drawn(made, style, width), style)


# --------------------------------------------------------------------------- bars


def heights(shapes: Sequence[Shape]) -> list[float]:
    return [top - bottom for _, bottom, _, top in (bounds(shape.path) for shape in shapes)]


def widths(shapes: Sequence[Shape]) -> list[float]:
    return [right - left for left, _, right, _ in (bounds(shape.path) for shape in shapes)]


def test_bars_are_as_high_as_their_numbers() -> None:
    one, two, three = heights(filled(drawn(chart(BAR, COUNTRIES[:3], ("", [1, 2, 4]))), packaged_style()))
    assert two == pytest.approx(2 * one)
    assert three == pytest.approx(4 * one)


def test_lying_bars_are_as_long_as_their_numbers() -> None:
    drawing = drawn(chart(BAR, COUNTRIES[:3], ("", [1, 2, 4]), horizontal=True, labelled=True))
    one, two, three = widths(filled(drawing, packaged_style()))
    assert two == pytest.approx(2 * one)
    assert three == pytest.approx(4 * one)


def test_bars_stand_on_zero_whatever_the_numbers() -> None:
    low, high = heights(filled(drawn(chart(BAR, COUNTRIES[:2], ("", [1000, 1001]))), packaged_style()))
    assert high / low == pytest.approx(1.001)


def test_bars_below_zero_hang_from_where_the_others_stand() -> None:
    up, down = (
        bounds(shape.path)
        for shape in filled(drawn(chart(BAR, COUNTRIES[:2], ("", [2, -1]))), packaged_style())
    )
    assert up[1] == pytest.approx(down[3])
    assert up[3] - up[1] == pytest.approx(2 * (down[3] - down[1]))


def test_a_missing_number_has_no_bar_and_a_dash_where_numbers_are_printed() -> None:
    drawing = drawn(chart(BAR, COUNTRIES[:3], ("", [1, None, 2]), labelled=True))
    assert len(filled(drawing, packaged_style())) == 2
    assert "–" in texts(drawing)


def test_printed_numbers_take_the_place_of_the_axis() -> None:
    drawing = drawn(chart(BAR, COUNTRIES, ("", [3.4, 3.2, 2.9, 4.1]), labelled=True))
    assert {"3.4", "3.2", "2.9", "4.1"} <= set(texts(drawing))
    assert "0" not in texts(drawing)


def test_numbers_too_wide_for_their_bars_leave_the_axis() -> None:
    wide = [1234567890 + n for n in range(20)]
    drawing = drawn(chart(BAR, [str(n) for n in range(2000, 2020)], ("", wide), labelled=True))
    assert "1234567890" not in texts(drawing)
    assert "0" in texts(drawing)


def test_names_that_do_not_fit_below_bars_turn_the_chart() -> None:
    drawing = drawn(chart(BAR, LONG, ("", [1, 2, 3, 4, 5, 6])))
    assert len(set(map(round, widths(filled(drawing, packaged_style()))))) == 6
    assert len(set(map(round, heights(filled(drawing, packaged_style()))))) == 1


def test_years_that_do_not_fit_are_thinned_out_and_no_bar_is_lost() -> None:
    years = [str(year) for year in range(1964, 2024)]
    drawing = drawn(chart(BAR, years, ("", range(1, 61))))
    shown = [text for text in texts(drawing) if text in years]
    assert 2 < len(shown) < 30
    assert shown[0] in years[:5]
    assert len(filled(drawing, packaged_style())) == 60


def test_several_series_have_a_legend_and_one_has_its_name_above() -> None:
    several = drawn(chart(BAR, COUNTRIES, ("2022", [1, 2, 3, 4]), ("2024", [2, 3, 4, 5])))
    assert {"2022", "2024"} <= set(texts(several))
    assert "Spending, % of GDP" in texts(
        drawn(chart(BAR, COUNTRIES, ("Spending", [1, 2, 3, 4]), unit="% of GDP"))
    )


def test_parts_of_a_pile_lie_on_each_other() -> None:
    style = packaged_style()
    drawing = drawn(chart(BAR, COUNTRIES[:1], ("A", [2]), ("B", [3]), stacked=True))
    lower, upper = bounds(filled(drawing, style, 0)[-1].path), bounds(filled(drawing, style, 1)[-1].path)
    assert upper[1] == pytest.approx(lower[3], abs=1.0)


def test_parts_below_zero_are_piled_downwards() -> None:
    style = packaged_style()
    drawing = drawn(chart(BAR, COUNTRIES[:1], ("A", [2]), ("B", [-3]), stacked=True))
    up, down = bounds(filled(drawing, style, 0)[-1].path), bounds(filled(drawing, style, 1)[-1].path)
    assert up[1] == pytest.approx(down[3], abs=0.01)


def test_the_author_decides_the_height() -> None:
    assert drawn(chart(BAR, COUNTRIES, ("", [1, 2, 3, 4]), height=1.0)).height == pytest.approx(WIDTH, abs=3)
    tall = drawn(chart(BAR, COUNTRIES, ("", [1, 2, 3, 4]), height=0.9, horizontal=True))
    assert tall.height == pytest.approx(0.9 * WIDTH, abs=3)


# --------------------------------------------------------------------------- lines and areas


def strokes(drawing: Drawing, style: Style, number: int = 0) -> list[Shape]:
    """The lines of data in a colour of the palette."""
    ink = rgb(style.charts.palette[number])
    return [
        mark
        for mark in drawing.marks
        if isinstance(mark, Shape) and mark.stroke == ink and mark.width == style.charts.line
    ]


def test_a_line_breaks_where_a_number_is_missing() -> None:
    drawing = drawn(chart(LINE, YEARS[:6], ("", [1, 2, None, 3, 4, 5])))
    assert [len(shape.path) for shape in strokes(drawing, packaged_style())] == [2, 3]


def test_a_number_between_two_gaps_is_a_dot() -> None:
    drawing = drawn(chart(LINE, YEARS[:5], ("", [1, 2, None, 3, None])))
    (dot,) = filled(drawing, packaged_style())
    left, bottom, right, top = bounds(dot.path)
    assert right - left == pytest.approx(top - bottom)


def test_lines_are_named_at_their_ends_where_there_is_room() -> None:
    drawing = drawn(_SAMPLES["lines"])
    ends = [words for words in words_of(drawing) if words.text in COUNTRIES]
    assert len(ends) == 4
    assert len({words.x for words in ends}) == 1
    assert all(words.x > 0.7 * WIDTH for words in ends)


def test_many_lines_have_a_legend_above() -> None:
    drawing = drawn(_SAMPLES["many lines"])
    named = [words for words in words_of(drawing) if words.text[:-2] in LONG]
    assert len(named) == 12
    plot = min(bounds(shape.path)[3] for shape in strokes(drawing, packaged_style()))
    assert all(words.y > plot for words in named)


def test_lines_of_the_same_colour_differ_in_their_dashes() -> None:
    style = packaged_style()
    drawing = drawn(_SAMPLES["many lines"], style)
    assert (
        len({(shape.stroke, shape.dash) for number in range(6) for shape in strokes(drawing, style, number)})
        == 12
    )


def test_stacked_areas_lie_on_each_other() -> None:
    style = packaged_style()
    drawing = drawn(chart(AREA, YEARS[:3], ("A", [1, 1, 1]), ("B", [1, 1, 1]), stacked=True), style)
    lower, upper = (bounds(filled(drawing, style, number)[0].path) for number in (0, 1))
    assert upper[1] == pytest.approx(lower[3])
    assert upper[3] - upper[1] == pytest.approx(lower[3] - lower[1])


def test_the_higher_area_lies_behind() -> None:
    drawing = drawn(chart(AREA, YEARS[:3], ("Low", [1, 1, 1]), ("High", [3, 3, 3])))
    areas = [mark for mark in drawing.marks if isinstance(mark, Shape) and mark.fill is not None]
    first, second = (bounds(shape.path) for shape in areas[:2])
    assert first[3] > second[3]


# --------------------------------------------------------------------------- pies


def test_slices_are_named_around_with_their_numbers() -> None:
    assert set(texts(drawn(_SAMPLES["pie"]))) == {"%", "Estonia 40", "Latvia 30", "Lithuania 20", "Poland 10"}


def test_slices_too_small_to_be_named_around_are_listed() -> None:
    drawing = drawn(_SAMPLES["pie of crumbs"])
    assert len({round(words.x, 3) for words in words_of(drawing)}) == 1
    assert [text.rsplit(" ", 1)[0] for text in texts(drawing)] == [f"Part {n}" for n in range(12)]


def test_a_slice_of_nothing_is_named_and_not_drawn() -> None:
    style = packaged_style()
    drawing = drawn(chart(PIE, COUNTRIES[:3], ("", [1, 0, 1]), labelled=True), style)
    assert "Latvia 0" in texts(drawing)
    assert not filled(drawing, style, 1)


def test_a_donut_has_a_hole() -> None:
    style = packaged_style()
    pie, donut = (
        filled(drawn(chart(kind, COUNTRIES[:2], ("", [1, 1])), style), style)[0] for kind in (PIE, DONUT)
    )
    centre = [step for step in pie.path if isinstance(step, LineTo)]
    ring = [step for step in donut.path if isinstance(step, LineTo)]
    assert centre[0] != ring[0]


# --------------------------------------------------------------------------- colours and patterns


def test_colours_that_repeat_are_hatched() -> None:
    style = packaged_style()
    drawing = drawn(chart(PIE, [f"Part {n}" for n in range(8)], ("", [1] * 8)), style)
    assert [shape.pattern for shape in filled(drawing, style, 0)][:2] == [Pattern.PLAIN, Pattern.RISING]


def test_a_style_may_hatch_every_series() -> None:
    style = packaged_style()
    hatched = replace(style, charts=replace(style.charts, patterns=True))
    drawing = drawn(chart(BAR, COUNTRIES, ("A", [1, 2, 3, 4]), ("B", [1, 2, 3, 4])), hatched)
    assert {shape.pattern for shape in filled(drawing, style, 1)} == {Pattern.RISING}


def test_numbers_in_dark_parts_are_white() -> None:
    drawing = drawn(chart(BAR, COUNTRIES[:2], ("A", [10, 12]), ("B", [11, 9]), stacked=True, labelled=True))
    inside = {words.text: words.colour for words in words_of(drawing) if words.text in ("10", "11")}
    assert inside["10"] == (255, 255, 255)
    assert inside["11"] != (255, 255, 255)
