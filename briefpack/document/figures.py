"""What is shown: pictures made safe to embed, and charts with their data."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from briefpack.document.captions import Caption
from briefpack.document.spans import Spans
from briefpack.drawing import Drawing
from briefpack.errors import Where
from briefpack.marking import Marking


@dataclass(frozen=True, slots=True)
class ImageData:
    """A picture made safe to embed: no metadata, upright, RGB or grey.

    content: the file's bytes. format: "png" or "jpeg". width and height: pixels. dpi: pixels per
    inch, 96 where the file does not say.
    """

    content: bytes
    format: str
    width: int
    height: int
    dpi: float


@dataclass(frozen=True, slots=True)
class Image:
    """width: share of the text width, 0 < width <= 1; None means the picture's own size, at most
    the text width. alt: what a screen reader says; "" marks decoration. caption stands below."""

    data: ImageData | Drawing
    alt: str
    anchor: str
    where: Where
    width: float | None = None
    caption: Caption | None = None
    source: Spans | None = None
    marking: Marking | None = None


class ChartKind(Enum):
    BAR = "bar"
    LINE = "line"
    AREA = "area"
    PIE = "pie"
    DONUT = "donut"


@dataclass(frozen=True, slots=True)
class Series:
    """values: one for each category, None where there is no figure. labels: the values as printed."""

    name: str
    values: tuple[Decimal | None, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures as a picture. horizontal: bars lie (BAR only). stacked: series are added up (BAR and AREA), else they stand side by side.

    unit: what the numbers count, "" for nothing. unit_beside: the labels have it, and it needs no place of its own. alt: what a screen reader says: the kind, then the data. height: share of the width; None takes the style's.
    width: share of the text width, None for all of it. labelled: each value is printed beside its mark. ticks: round numbers that
    the axis of values reaches from end to end, with their labels as printed; () for pies.
    """

    kind: ChartKind
    horizontal: bool
    stacked: bool
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    labelled: bool
    alt: str
    anchor: str
    where: Where
    width: float | None = None
    height: float | None = None
    caption: Caption | None = None
    source: Spans | None = None
    ticks: tuple[tuple[Decimal, str], ...] = ()
    unit_beside: bool = False
    marking: Marking | None = None
