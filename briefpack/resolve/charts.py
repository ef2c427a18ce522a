"""An author's chart → the Document's: numbers as the language prints them, marks of the axis, and the data in a sentence for who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from briefpack.blocks import AuthorSeries, ChartBlock, QrBlock
from briefpack.document import Caption, Chart, ChartKind, Image, Link, Series, Spans, Text, plain_text
from briefpack.figures.scale import extent, ticks
from briefpack.resolve.names import TargetKind
from briefpack.resolve.numbers import printed_number
from briefpack.resolve.sources import marked_source, source_line
from briefpack.resolve.walk import Walk
from briefpack.template import fill

MOST_SPOKEN = 40
"""Numbers that are read out one by one; of more, each series is told by its ends and its extremes."""
MOST_LABELLED = 18
"""Bars that have their numbers printed where the author does not say."""
MISSING = "–"
"""What is printed for a number that is not there."""

_ROUND = (ChartKind.PIE, ChartKind.DONUT)
_SHORT_UNIT = 4
"""Characters of a unit that is printed behind each number of a pie, rather than alone above it."""
_NO_BREAK_SPACE = "\u00a0"


def chart(walk: Walk, block: ChartBlock) -> Chart:
    """The chart, numbered when it has a caption."""
    caption, number = _caption(walk, block)
    anchor = _anchor(walk, block, caption)
    walk.name(block.id, TargetKind.FIGURE, anchor, block.where, number=number)
    language = walk.language
    source = source_line(walk, block.source, block.as_of)
    whole = walk.portions.whole(block.limits)
    labelled = _labelled(block)
    beside = labelled and _has_unit_beside(block)
    unit = f"{_NO_BREAK_SPACE}{block.unit}" if beside else ""
    return Chart(
        kind=block.kind,
        horizontal=block.horizontal,
        stacked=block.stacked,
        categories=block.categories,
        series=tuple(
            Series(
                series.name,
                series.values,
                tuple(
                    MISSING if value is None else f"{printed_number(value, language)}{unit}"
                    for value in series.values
                ),
            )
            for series in block.series
        ),
        unit=block.unit,
        unit_beside=beside,
        labelled=labelled,
        alt=spoken(walk, block),
        anchor=anchor,
        where=block.where,
        width=block.width,
        height=block.height,
        caption=caption,
        source=source if caption is not None else marked_source(walk, source, whole),
        marking=whole,
        ticks=_ticks(block, language),
    )


def qr_code(walk: Walk, block: QrBlock) -> Image:
    """The code as a picture; what a screen reader says is where it leads. The address stands below it, for who reads on a screen or has no camera."""
    caption, number = _caption(walk, block)
    anchor = _anchor(walk, block, caption)
    walk.name(block.id, TargetKind.FIGURE, anchor, block.where, number=number)
    alt = fill(walk.word("qr_code"), {"url": block.url.removeprefix("mailto:")})
    address = block.url.removeprefix("mailto:").removeprefix("https://").removeprefix("http://").rstrip("/")
    whole = walk.portions.whole(block.limits)
    source: Spans | None = (Link(block.url, (Text(address),)),)
    if caption is None:
        source = marked_source(walk, source, whole)
    return Image(block.drawing, alt, anchor, block.where, block.width, caption, source, whole)


def _caption(walk: Walk, block: ChartBlock | QrBlock) -> tuple[Caption | None, str | None]:
    """The caption and its number, both None where the author wrote none."""
    if not block.caption:
        return None, None
    walk.counts.figures += 1
    whole = walk.portions.whole(block.limits)
    return walk.caption("figure", walk.counts.figures, block.caption, whole), str(walk.counts.figures)


def _anchor(walk: Walk, block: ChartBlock | QrBlock, caption: Caption | None) -> str:
    if block.id is not None:
        return walk.anchors.make("fig", block.id)
    return walk.anchors.make("fig", walk.section_id, plain_text(caption.spans) if caption else "plain")


def _labelled(block: ChartBlock) -> bool:
    """Whether numbers are printed beside their marks; the author decides, else how many there are."""
    if block.labelled is not None:
        return block.labelled
    if block.kind in _ROUND:
        return True
    count = sum(value is not None for series in block.series for value in series.values)
    return block.kind is ChartKind.BAR and count <= MOST_LABELLED


def _has_unit_beside(block: ChartBlock) -> bool:
    """Whether the unit is printed behind each number: “Production 45 %”."""
    return block.kind in _ROUND and 0 < len(block.unit) <= _SHORT_UNIT and " " not in block.unit


def _ticks(block: ChartBlock, language: str) -> tuple[tuple[Decimal, str], ...]:
    if block.kind in _ROUND:
        return ()
    low, high = extent(block.kind, [series.values for series in block.series], stacked=block.stacked)
    return tuple((tick, printed_number(tick, language)) for tick in ticks(low, high))


# --------------------------------------------------------------------------- the data in sentences


def spoken(walk: Walk, block: ChartBlock) -> str:
    """What a screen reader says: the kind of chart, what the author says of it, what it counts, and the numbers."""
    sentences = [walk.word(f"chart_{block.kind.value}")]
    if block.alt:
        sentences.append(block.alt)
    single = len(block.series) == 1
    subject = ", ".join(words for words in (block.series[0].name if single else "", block.unit) if words)
    if subject:
        sentences.append(subject)
    count = sum(len(series.values) for series in block.series)
    tell = _told if count <= MOST_SPOKEN else _summed_up
    for series in block.series:
        said = tell(walk, series, block.categories)
        sentences.append(said if single else f"{series.name}: {said}")
    return " ".join(
        sentence if sentence.endswith((".", "!", "?")) else f"{sentence}." for sentence in sentences
    )


def _told(walk: Walk, series: AuthorSeries, categories: Sequence[str]) -> str:
    """Every number: “Estonia 3.4; Latvia 3.2”."""
    return "; ".join(
        _pair(walk, category, value) for category, value in zip(categories, series.values, strict=True)
    )


def _pair(walk: Walk, category: str, value: Decimal | None) -> str:
    said = walk.word("chart_missing") if value is None else printed_number(value, walk.language)
    # Two numbers beside each other would be heard as one.
    return f"{category}, {said}" if category[-1:].isdigit() else f"{category} {said}"


def _summed_up(walk: Walk, series: AuthorSeries, categories: Sequence[str]) -> str:
    """The first and the last number, the least and the greatest, and how many are not there."""
    known = [
        (category, value)
        for category, value in zip(categories, series.values, strict=True)
        if value is not None
    ]
    ends = {
        "first": known[0],
        "last": known[-1],
        "least": min(known, key=lambda pair: pair[1]),
        "most": max(known, key=lambda pair: pair[1]),
    }
    fields = {name: _pair(walk, *pair) for name, pair in ends.items()}
    told = fill(
        walk.word("chart_summary"), {"n": printed_number(Decimal(len(known)), walk.language), **fields}
    )
    gaps = len(series.values) - len(known)
    if gaps:
        told += "; " + fill(walk.word("chart_gaps"), {"n": str(gaps)})
    return told
