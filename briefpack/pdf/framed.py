"""Pictures as figures show them: of pixels, of shapes, or charts that are drawn for the width they get."""

from __future__ import annotations

from typing import Protocol

from briefpack.document import Chart, ImageData
from briefpack.drawing import Drawing
from briefpack.figures.charts import draw_chart
from briefpack.pdf.canvas import PageCanvas
from briefpack.pdf.drawings import paint
from briefpack.pdf.text import Typesetter

_POINTS_PER_INCH = 72


class Picture(Protocol):
    """What a figure shows."""

    def size(self, frame: float) -> tuple[float, float]:
        """Width and height in points where the frame is so wide; not wider than that."""
        ...

    def paint(self, canvas: PageCanvas, left: float, bottom: float, width: float, height: float) -> None:
        """Paint into a rectangle, which may be smaller than the size asked for, in the same proportion."""
        ...


class Still:
    """A picture with a size of its own. share: of the frame's width, None for its own size."""

    def __init__(self, picture: ImageData | Drawing, share: float | None, setter: Typesetter) -> None:
        self.picture = picture
        self.share = share
        self.setter = setter

    def size(self, frame: float) -> tuple[float, float]:
        picture = self.picture
        if self.share is not None:
            wide = self.share * frame
        elif isinstance(picture, Drawing):
            wide = picture.width
        else:
            wide = picture.width * _POINTS_PER_INCH / picture.dpi
        wide = min(wide, frame)
        return wide, wide * picture.height / picture.width

    def paint(self, canvas: PageCanvas, left: float, bottom: float, width: float, height: float) -> None:
        if isinstance(self.picture, Drawing):
            paint(canvas, self.picture, left, bottom, width=width, height=height, setter=self.setter)
        else:
            canvas.picture(self.picture, left, bottom, width, height)


class ChartPicture:
    """A chart, drawn anew for each width, so that its words keep their size."""

    def __init__(self, chart: Chart, setter: Typesetter) -> None:
        self.chart = chart
        self.setter = setter
        self._drawn: Drawing | None = None

    def _at(self, frame: float) -> Drawing:
        wide = frame if self.chart.width is None else self.chart.width * frame
        if self._drawn is None or self._drawn.width != wide:
            self._drawn = draw_chart(self.chart, self.setter.style, wide)
        return self._drawn

    def size(self, frame: float) -> tuple[float, float]:
        drawing = self._at(frame)
        return drawing.width, drawing.height

    def paint(self, canvas: PageCanvas, left: float, bottom: float, width: float, height: float) -> None:
        if self._drawn is not None:
            paint(canvas, self._drawn, left, bottom, width=width, height=height, setter=self.setter)
