"""What an author shows: pictures, charts with their data, QR codes and big numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from briefpack.blocks.spans import AuthorSpans
from briefpack.document import ChartKind, ImageData
from briefpack.drawing import Drawing
from briefpack.errors import Where
from briefpack.limits import EVERYBODY, Limits


@dataclass(frozen=True, slots=True)
class ImageBlock:
    """data: the picture, read and made safe. width: share of the text width (0 to 1), or None. credit: who made the picture."""

    path: Path
    data: ImageData | Drawing
    alt: str
    width: float | None
    caption: AuthorSpans | None
    source: AuthorSpans | None
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY
    credit: AuthorSpans | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class QrBlock:
    """A link as a QR code. url: checked like that of a Link. width: share of the text width, None for the usual size."""

    url: str
    drawing: Drawing
    width: float | None
    caption: AuthorSpans | None
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class AuthorSeries:
    """values: one for each category, None where there is no figure; as written, so that 2.70 keeps its zero."""

    name: str
    values: tuple[Decimal | None, ...]
    where: Where
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """Figures as a picture; see document.Chart. alt: what the author says of it before the data are read out, None for nothing.

    path: of the CSV file that the data come from, None where they stand in the section. labelled: None lets the number of values decide.
    """

    kind: ChartKind
    horizontal: bool
    stacked: bool
    categories: tuple[str, ...]
    series: tuple[AuthorSeries, ...]
    unit: str
    labelled: bool | None
    alt: str | None
    path: Path | None
    width: float | None
    height: float | None
    caption: AuthorSpans | None
    source: AuthorSpans | None
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A big number. value: as printed, "2.7 %". source: None where the block's counts for it, too."""

    value: AuthorSpans
    label: AuthorSpans
    source: AuthorSpans | None
    where: Where
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class KeyFiguresBlock:
    """Big numbers beside each other."""

    figures: tuple[KeyFigure, ...]
    source: AuthorSpans | None
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY
    as_of: date | None = None
