"""Nodes of charts and QR codes → their blocks; what cannot be drawn is reported and gives none."""

from __future__ import annotations

from briefpack.blocks import AuthorSeries, AuthorSpans, ChartBlock, QrBlock
from briefpack.document import ChartKind
from briefpack.reading.author_words import plain_words
from briefpack.reading.chart_checks import check_chart
from briefpack.reading.chart_data import Data, read_data
from briefpack.reading.context import Context, words_of
from briefpack.reading.link_addresses import check_address
from briefpack.reading.markdown import read_spans
from briefpack.reading.node import Node
from briefpack.reading.scalars import to_datetime, to_share
from briefpack.reading.wording import alt_fault


def read_chart(node: Node, context: Context) -> ChartBlock | None:
    """The chart without its id and limits, which are the node's; None where it cannot be drawn."""
    kind = next(
        (
            kind
            for kind in ChartKind
            if (given := node.scalar("chart")) is not None and given.text == kind.value
        ),
        None,
    )
    caption, source = _spans(node, "caption", context), _spans(node, "source", context)
    _check_alt(node, caption, context)
    data = read_data(node, context)
    if kind is None or data is None:
        return None
    horizontal, stacked = node.is_true("horizontal"), node.is_true("stacked")
    if not check_chart(node, kind, data, context.report, horizontal=horizontal, stacked=stacked):
        return None
    return ChartBlock(
        kind=kind,
        horizontal=horizontal,
        stacked=stacked,
        categories=data.categories,
        series=_series(data),
        unit=words_of(node.scalar("unit")),
        labelled=node.is_true("labels") if node.scalar("labels") is not None else None,
        alt=words_of(node.scalar("alt")) or None,
        path=data.path,
        width=_share(node, "width"),
        height=_share(node, "height"),
        caption=caption,
        source=source,
        where=node.where,
        as_of=None
        if (day := node.scalar("as_of")) is None or (moment := to_datetime(day.text)) is None
        else moment.date(),
    )


def _series(data: Data) -> tuple[AuthorSeries, ...]:
    return tuple(
        AuthorSeries(row.name, tuple(number.value for number in row.numbers), row.where, row.limits)
        for row in data.rows
    )


def read_qr(node: Node, context: Context) -> QrBlock | None:
    """The QR code without its id and limits; None where its address is wrong."""
    given = node.scalar("qr")
    caption = _spans(node, "caption", context)
    if given is None or not given.text.strip():
        return None
    url = given.text.strip()
    if not check_address(url, given.where, context.report):
        return None
    from briefpack.figures.qr import QrError, qr_drawing  # noqa: PLC0415  few packs have QR codes

    try:
        drawing = qr_drawing(url)
    except QrError as error:
        context.report.error(given.where, error.fact, error.remedy)
        return None
    return QrBlock(url, drawing, _share(node, "width"), caption, node.where)


def _check_alt(node: Node, caption: AuthorSpans | None, context: Context) -> None:
    alt, file = node.scalar("alt"), node.scalar("csv")
    if alt is not None and alt.text.strip():
        fault = alt_fault(words_of(alt), words_of(file), plain_words(caption or ()))
        if fault is not None:
            context.report.warning(alt.where, *fault, rule="alt-text")


def _share(node: Node, key: str) -> float | None:
    value = node.scalar(key)
    return None if value is None else to_share(value)


def _spans(node: Node, key: str, context: Context) -> AuthorSpans | None:
    value = node.scalar(key)
    return None if value is None or not value.text.strip() else read_spans(value, context.report, f"`{key}`")
