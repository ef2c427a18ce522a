"""Pictures and charts, with their captions and sources below."""

from __future__ import annotations

from briefpack import document as d
from briefpack.drawing import Drawing
from briefpack.style import ChartForm, Length, Style
from briefpack.word.captions import caption_runs, source_line
from briefpack.word.chart_data import workbook
from briefpack.word.charts import chart_part
from briefpack.word.flow import Flow, Paragraph
from briefpack.word.images import Size, fitted, own_size
from briefpack.word.looks import indent
from briefpack.word.place import Place, Writing
from briefpack.word.styles import FIGURE
from briefpack.word.xml import Xml


def write_image(writing: Writing, block: d.Image, flow: Flow, place: Place) -> None:
    if isinstance(block.data, Drawing):
        data = _raster(block.data, writing.style)
        own = Size(Length(block.data.width), Length(block.data.height))
    else:
        data = block.data
        own = own_size(data)
    size = fitted(own, block.width, _frame(writing.style, block, place))
    _figure(writing, block, writing.drawings.inline(data, size, block.alt), flow, place)


def write_chart(writing: Writing, block: d.Chart, flow: Flow, place: Place) -> None:
    style = writing.style
    frame = _frame(style, block, place)
    if style.charts.word is ChartForm.NATIVE:
        width = (block.width or 1.0) * frame.width
        height = width * (block.height or style.charts.height)
        size = Size(Length(width), Length(min(height, frame.height)))
        content = writing.drawings.chart(chart_part(block, style), workbook(block), size, block.alt)
    else:
        drawing = _drawn(block, style, Length((block.width or 1.0) * frame.width))
        size = fitted(Size(Length(drawing.width), Length(drawing.height)), None, frame)
        content = writing.drawings.inline(_raster(drawing, style), size, block.alt)
    _figure(writing, block, content, flow, place)


def _drawn(block: d.Chart, style: Style, width: Length) -> Drawing:
    # Most packs have no charts, and should not wait for what draws them.
    from briefpack.figures.charts import draw_chart  # noqa: PLC0415

    return draw_chart(block, style, width)


def _raster(drawing: Drawing, style: Style) -> d.ImageData:
    from briefpack.figures.raster import raster  # noqa: PLC0415  # as above

    return raster(drawing, style)


def _frame(style: Style, block: d.Image | d.Chart, place: Place) -> Size:
    """What a picture may fill: the width there is, and the page's height without the lines below it."""
    height = place.height / 20
    room = max(height - _lines_below(style, block), height / 4)
    return Size(Length(place.room / 20), Length(room))


def _lines_below(style: Style, block: d.Image | d.Chart) -> float:
    """Room for a line of caption and a line of source under a picture as high as the page, in points."""
    roles = [role for role, there in (("caption", block.caption), ("source", block.source)) if there]
    if not roles:
        return 0
    texts = [style.text[role] for role in roles]
    return style.image.caption_gap + sum(text.before + text.line_pitch + text.after for text in texts)


def _figure(writing: Writing, block: d.Image | d.Chart, content: Xml, flow: Flow, place: Place) -> None:
    look = writing.style.image
    marked = writing.spans.bookmark(block.anchor, content)
    picture = Paragraph(FIGURE, marked, look.before.twips, look.after.twips)
    picture.box = place.box
    if place.left or place.right:
        picture.indent = indent(place.left, place.right, 0)
    picture.keep_next = block.caption is not None or block.source is not None
    if picture.keep_next:
        picture.own_after = look.caption_gap.twips
    flow.add(picture)
    if block.caption is not None:
        caption = writing.set("caption", caption_runs(writing, block.caption, block.anchor, place))
        writing.fit("caption", caption, place)
        caption.own_before = look.caption_gap.twips
        caption.keep_next = block.source is not None
        if block.source is None:
            caption.least_after(look.after.twips)
        flow.add(caption)
    source_line(writing, block.source, flow, place, look.after.twips)
