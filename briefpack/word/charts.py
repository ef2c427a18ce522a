"""Charts of Word's own: a chart part (DrawingML) that shows the data of a workbook, so that a reader of the file can edit both."""

from __future__ import annotations

from typing import assert_never

from briefpack.document import Chart, ChartKind, Series
from briefpack.style import WHITE, Colour, Length, Style, TextStyle
from briefpack.word.chart_data import category_cells, name_cell, numbers, strings, value_cells
from briefpack.word.xml import EMPTY, NAMESPACES, Xml, element, escape, quote

_CATEGORIES, _VALUES = 111111111, 222222222
"""Ids of the axes, unique within a chart."""
_HATCHES = (None, "wdUpDiag", "wdDnDiag", "diagCross", "dkHorz", "pct30")
"""How areas are told apart in grey, in the order of the palette; white over the fill (ECMA-376 part 1, 20.1.10.51)."""
_HOLE = 55
"""Diameter of a donut's hole, per cent."""


def _c(name: str, content: str | int) -> Xml:
    return Xml(f'<c:{name} val="{quote(str(content))}"/>')


def _solid(colour: Colour) -> Xml:
    return Xml(f'<a:solidFill><a:srgbClr val="{colour.hex}"/></a:solidFill>')


def _line(width: Length, colour: Colour) -> Xml:
    if width <= 0:
        return Xml("<a:ln><a:noFill/></a:ln>")
    return element("a:ln", {"w": width.emu, "cap": "rnd"}, _solid(colour), Xml("<a:round/>"))


def _decimals(chart: Chart) -> int:
    """The most decimals any value has."""
    exponents = [
        number.as_tuple().exponent
        for series in chart.series
        for number in series.values
        if number is not None
    ]
    return max((-exponent for exponent in exponents if isinstance(exponent, int) and exponent < 0), default=0)


def _format(chart: Chart) -> str:
    decimals = _decimals(chart)
    # What stands in quotes is printed as it is.
    unit = '"\u00a0{}"'.format(chart.unit.replace('"', "")) if chart.unit_beside else ""
    return "#,##0" + ("." + "0" * decimals if decimals else "") + unit


class _ChartWriter:
    """Writes the part of one chart in one style."""

    def __init__(self, chart: Chart, style: Style) -> None:
        self.chart, self.style, self.look = chart, style, style.charts
        self.round = chart.kind in {ChartKind.PIE, ChartKind.DONUT}
        self.number_format = _format(chart)

    def part(self) -> bytes:
        chart = self.chart
        legend = EMPTY
        # Slices of a pie have their names beside them.
        if chart.kind is ChartKind.DONUT or (len(chart.series) > 1 and not self.round):
            legend = element("c:legend", None, _c("legendPos", "b"), _c("overlay", 0))
        plot = element("c:plotArea", None, Xml("<c:layout/>"), self._plot(), *self._axes())
        content = element(
            "c:chart",
            None,
            _c("autoTitleDeleted", 1),
            plot,
            legend,
            _c("plotVisOnly", 1),
            _c("dispBlanksAs", "gap"),
        )
        declared = " ".join(f'xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in ("c", "a", "r"))
        return (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {declared}>'
            f"{_c('date1904', 0)}{_c('roundedCorners', 0)}{content}"
            "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
            f"{self._text(self.style.text['chart'])}"
            f'<c:externalData r:id="rId1">{_c("autoUpdate", 0)}</c:externalData></c:chartSpace>'
        ).encode()

    def _text(self, text: TextStyle, colour: Colour | None = None) -> Xml:
        font = quote(self.style.fonts[text.font].word)
        look = (
            f'<a:defRPr sz="{round(text.size * 100)}" b="{int(text.bold)}" i="{int(text.italic)}">'
            f"{_solid(colour or text.colour)}"
            f'<a:latin typeface="{font}"/><a:ea typeface="{font}"/><a:cs typeface="{font}"/></a:defRPr>'
        )
        return Xml(
            f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{look}</a:pPr><a:endParaRPr/></a:p></c:txPr>"
        )

    # ------------------------------------------------------------------ what is drawn

    def _plot(self) -> Xml:
        chart = self.chart
        series = [self._series(number, each) for number, each in enumerate(chart.series)]
        axes = (_c("axId", _CATEGORIES), _c("axId", _VALUES))
        vary = _c("varyColors", int(self.round))
        stacked = "stacked" if chart.stacked else "standard"
        match chart.kind:
            case ChartKind.BAR:
                return element(
                    "c:barChart",
                    None,
                    _c("barDir", "bar" if chart.horizontal else "col"),
                    _c("grouping", "stacked" if chart.stacked else "clustered"),
                    vary,
                    *series,
                    _c("gapWidth", 60),
                    _c("overlap", 100 if chart.stacked else 0),
                    *axes,
                )
            case ChartKind.LINE:
                grouping = _c("grouping", "standard")
                return element("c:lineChart", None, grouping, vary, *series, _c("marker", 1), *axes)
            case ChartKind.AREA:
                return element("c:areaChart", None, _c("grouping", stacked), vary, *series, *axes)
            case ChartKind.PIE:
                return element("c:pieChart", None, vary, *series, _c("firstSliceAng", 0))
            case ChartKind.DONUT:
                return element(
                    "c:doughnutChart",
                    None,
                    vary,
                    *series,
                    _c("firstSliceAng", 0),
                    _c("holeSize", _HOLE),
                )
            case _:
                assert_never(chart.kind)

    def _labels(self, number: int) -> Xml:
        """The values beside the marks of a series; inside them, in a colour that can be read there, where they have no other place."""
        kind, stacked = self.chart.kind, self.chart.stacked
        if not self.chart.labelled:
            return element("c:dLbls", None, *self._label(shown=False))
        if kind is ChartKind.DONUT:
            points = (
                element("c:dLbl", None, _c("idx", n), *self._label(inside=self._colour(n)))
                for n in range(len(self.chart.categories))
            )
            return element("c:dLbls", None, *points, *self._label())
        if kind is ChartKind.AREA or (kind is ChartKind.BAR and stacked):
            position = "" if kind is ChartKind.AREA else "ctr"
            return element("c:dLbls", None, *self._label(position, inside=self._colour(number)))
        position = "t" if kind is ChartKind.LINE else "outEnd"
        return element("c:dLbls", None, *self._label(position))

    def _label(
        self, position: str = "", *, inside: Colour | None = None, shown: bool = True
    ) -> tuple[Xml, ...]:
        named = shown and self.chart.kind is ChartKind.PIE
        colour = None
        if inside is not None:
            own = self.style.text["chart"].colour
            colour = own if own.contrast(inside) >= WHITE.contrast(inside) else WHITE
        return (
            element("c:numFmt", {"formatCode": self.number_format, "sourceLinked": 0}),
            Xml("<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"),
            self._text(self.style.text["chart"], colour),
            _c("dLblPos", position) if position else EMPTY,
            _c("showLegendKey", 0),
            _c("showVal", int(shown)),
            _c("showCatName", int(named)),
            _c("showSerName", 0),
            _c("showPercent", 0),
            _c("showBubbleSize", 0),
            Xml("<c:separator> </c:separator>") if named else EMPTY,
        )

    def _series(self, number: int, series: Series) -> Xml:
        count = len(self.chart.categories)
        name = strings(name_cell(number), (series.name,))
        categories = strings(category_cells(count), self.chart.categories)
        values = numbers(value_cells(number, count), series.values, self.number_format)
        pieces = [_c("idx", number), _c("order", number), element("c:tx", None, name)]
        match self.chart.kind:
            case ChartKind.BAR:
                pieces += [self._area(number), _c("invertIfNegative", 0)]
            case ChartKind.LINE:
                pieces += self._stroke(number)
            case ChartKind.AREA:
                pieces.append(self._area(number))
            case ChartKind.PIE | ChartKind.DONUT:
                pieces += [self._slice(each) for each in range(count)]
            case _:
                assert_never(self.chart.kind)
        pieces += [self._labels(number), element("c:cat", None, categories), element("c:val", None, values)]
        if self.chart.kind is ChartKind.LINE:
            pieces.append(_c("smooth", 0))
        return element("c:ser", None, *pieces)

    def _colour(self, number: int) -> Colour:
        return self.look.palette[number % len(self.look.palette)]

    def _fill(self, number: int) -> Xml:
        colour = self._colour(number)
        hatch = _HATCHES[number % len(_HATCHES)] if self.look.patterns else None
        if hatch is None:
            return _solid(colour)
        return Xml(
            f'<a:pattFill prst="{hatch}"><a:fgClr><a:srgbClr val="FFFFFF"/></a:fgClr>'
            f'<a:bgClr><a:srgbClr val="{colour.hex}"/></a:bgClr></a:pattFill>'
        )

    def _area(self, number: int) -> Xml:
        return element("c:spPr", None, self._fill(number), Xml("<a:ln><a:noFill/></a:ln>"))

    def _slice(self, number: int) -> Xml:
        white = Xml('<a:ln w="12700"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln>')
        look = element("c:spPr", None, self._fill(number), white)
        return element("c:dPt", None, _c("idx", number), _c("bubble3D", 0), look)

    def _stroke(self, number: int) -> list[Xml]:
        colour = self._colour(number)
        filled = element("c:spPr", None, _solid(colour), Xml("<a:ln><a:noFill/></a:ln>"))
        # Shapes, too, so that lines can be told apart in grey.
        symbol = ("circle", "square", "diamond", "triangle")[number % 4]
        marker = element("c:marker", None, _c("symbol", symbol), _c("size", 6), filled)
        return [element("c:spPr", None, _line(self.look.line, colour)), marker]

    # ------------------------------------------------------------------ axes

    def _axes(self) -> list[Xml]:
        if self.round:
            return []
        lying = self.chart.horizontal
        hair = Length(0.5)
        axis = element("c:spPr", None, _line(hair, self.look.axis))
        bare = Xml("<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>")
        grid = element("c:majorGridlines", None, element("c:spPr", None, _line(hair, self.look.grid)))
        ticks = [number for number, _ in self.chart.ticks]
        ends = (_c("max", f"{ticks[-1]:f}"), _c("min", f"{ticks[0]:f}")) if len(ticks) > 1 else ()
        step = (_c("majorUnit", f"{ticks[1] - ticks[0]:f}"),) if len(ticks) > 1 else ()
        categories = element(
            "c:catAx",
            None,
            _c("axId", _CATEGORIES),
            # The first category stands on top of lying bars.
            element("c:scaling", None, _c("orientation", "maxMin" if lying else "minMax")),
            _c("delete", 0),
            _c("axPos", "l" if lying else "b"),
            _c("majorTickMark", "none"),
            _c("minorTickMark", "none"),
            _c("tickLblPos", "low"),
            axis,
            _c("crossAx", _VALUES),
            _c("crosses", "autoZero"),
            _c("auto", 0),
            _c("noMultiLvlLbl", 1),
        )
        values = element(
            "c:valAx",
            None,
            _c("axId", _VALUES),
            element("c:scaling", None, _c("orientation", "minMax"), *ends),
            _c("delete", 0),
            _c("axPos", "b" if lying else "l"),
            grid,
            self._unit(),
            element(
                "c:numFmt",
                {"formatCode": "#,##0.##" if _decimals(self.chart) else "#,##0", "sourceLinked": 0},
            ),
            _c("majorTickMark", "none"),
            _c("minorTickMark", "none"),
            _c("tickLblPos", "nextTo"),
            bare,
            _c("crossAx", _CATEGORIES),
            _c("crosses", "max" if lying else "autoZero"),
            _c("crossBetween", "midCat" if self.chart.kind is ChartKind.AREA else "between"),
            *step,
        )
        return [categories, values]

    def _unit(self) -> Xml:
        if not self.chart.unit:
            return EMPTY
        words = Xml(
            '<c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr b="0"/></a:pPr>'
            f'<a:r><a:rPr b="0"/><a:t>{escape(self.chart.unit)}</a:t></a:r></a:p></c:rich></c:tx>'
        )
        return element("c:title", None, words, _c("overlay", 0))


def chart_part(chart: Chart, style: Style) -> bytes:
    """The whole of a part /word/charts/chart1.xml. It calls its data rId1."""
    return _ChartWriter(chart, style).part()
