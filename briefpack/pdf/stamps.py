"""What is printed on annex pages: marking, label and running number, upright as the reader sees the page.

The words that are the same everywhere are encoded once; a page costs its own number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from briefpack.banner_lines import Tint, tint_of
from briefpack.body import StampRequest, StampSheet
from briefpack.document import Document
from briefpack.errors import BriefpackError, ExitCode, failure
from briefpack.fields import pack_values
from briefpack.pdf.canvas import PageCanvas
from briefpack.pdf.fields import annex_page_label
from briefpack.pdf.fonts import Faces
from briefpack.pdf.pages import Laid
from briefpack.pdf.paragraph import OneLine
from briefpack.pdf.text import Typesetter
from briefpack.placing import stamp_margin, stamp_values
from briefpack.style import Colour, Length, Slots, Style
from briefpack.template import fields, fill

_ROLE = "stamp"
_GAP = 1.5
"""Least distance between two slots of a line, in ems."""
_SMALLEST = 0.7
"""A line may shrink to this share of its size before a slot is left out."""
_LEAST = 0.5
"""A marking shrinks to this share of its size; what has no room even so is an error."""
_PAD_X, _PAD_Y, _CAPITALS = 0.6, 0.28, 0.7
"""How far a band of colour reaches beyond the words, and how high these are, in ems."""
_OF_PAGE = frozenset({"label", "annex_page", "page"})


def stamp_requests(
    document: Document, laid: Laid, sizes: Sequence[Sequence[tuple[float, float]]]
) -> tuple[StampRequest, ...]:
    """One request for each annex page, in order. sizes: for each annex, width and height of its pages' sheets (Placing.sheet)."""
    requests: list[StampRequest] = []
    for index, (first, pages) in enumerate(zip(laid.annex_running, sizes, strict=True)):
        if len(pages) != len(document.annexes[index].here):
            raise ValueError(f"annex {index} was laid out with another number of pages")
        requests.extend(
            StampRequest(index, page, first + page - 1, width, height)
            for page, (width, height) in enumerate(pages, 1)
        )
    return tuple(requests)


def make_stamps(document: Document, style: Style, requests: Sequence[StampRequest]) -> StampSheet:
    """The stamps of annex pages. StampRequest.page is 1-based among the pages that are here."""
    return _Stamper(document, style).stamp(requests)


class _Stamper:
    def __init__(self, document: Document, style: Style) -> None:
        self.document = document
        self.style = style
        self.setter = Typesetter(style, Faces(style.fonts), document.meta.language)
        look = style.text[_ROLE]
        self.face = self.setter.faces.face(look.font, bold=look.bold, italic=look.italic)
        setup = style.page
        self.canvas = PageCanvas(
            (float(setup.width), float(setup.height)), language=document.meta.language, font=self.face.name
        )
        self.gap = float(_GAP * look.size)
        self.values = pack_values(document.meta, style)
        self.slots = (style.stamp.top, style.stamp.bottom)
        # Which words differ from page to page, and which are the same in all of an annex.
        self.own = {template: bool(_OF_PAGE & set(fields(template))) for template in self._templates()}
        self.known: dict[tuple[int, str], OneLine] = {}
        # Lines that stand on a band of colour; they are kept, so that their ids stay their own.
        self.bands: dict[int, tuple[OneLine, Colour]] = {}

    def _templates(self) -> chain[str]:
        return chain.from_iterable((slots.left, slots.centre, slots.right) for slots in self.slots)

    def stamp(self, requests: Sequence[StampRequest]) -> StampSheet:
        streams = tuple(self._stream(request).encode("latin-1") for request in requests)
        # The codes of all characters are given out now, so that the sheet's fonts hold them.
        with self.canvas.artifact():
            self.canvas.write("q Q")
        self.canvas.show_page()
        return StampSheet(self.canvas.finish(), streams)

    def _stream(self, request: StampRequest) -> str:
        margin = stamp_margin((request.width, request.height), self.style)
        values: Mapping[str, str] | None = None
        operators: list[str] = ["q"]
        for slots, at_top in zip(self.slots, (True, False), strict=True):
            lines: list[OneLine | None] = []
            for template in (slots.left, slots.centre, slots.right):
                if not template:
                    lines.append(None)
                elif self.own[template]:
                    if values is None:
                        values = self._values(request)
                    lines.append(self._set(template, values, request.annex))
                else:
                    lines.append(self._same(request.annex, template))
            lines = [line if line is not None and line.width else None for line in lines]
            baseline = request.height - margin if at_top else margin
            operators.extend(self._row(lines, slots, request, margin, baseline))
        operators.append("Q")
        return "\n".join(operators)

    def _same(self, annex: int, template: str) -> OneLine:
        key = (annex, template)
        line = self.known.get(key)
        if line is None:
            values = {**self.values, **stamp_values(self.document, self.document.annexes[annex])}
            line = self.known[key] = self._set(template, values, annex)
        return line

    def _values(self, request: StampRequest) -> dict[str, str]:
        annex = self.document.annexes[request.annex]
        return {
            **self.values,
            **stamp_values(self.document, annex),
            "annex_page": annex_page_label(annex, annex.here[request.page - 1]),
            "page": str(request.running),
        }

    def _row(
        self,
        lines: Sequence[OneLine | None],
        slots: Slots,
        request: StampRequest,
        margin: float,
        baseline: float,
    ) -> list[str]:
        """Operators of one row of slots, made to fit: first smaller, then without the side that tells less."""
        left, centre, right = lines
        width = request.width - 2 * margin
        scale = self._scale(left, centre, right, width)
        if scale < _SMALLEST and (left is not None or right is not None):
            keep_left = self.own.get(slots.left, False) and not self.own.get(slots.right, False)
            order = ("right", "left") if keep_left else ("left", "right")
            kept = self._marked(slots) if self.document.policy is not None else frozenset[str]()
            for side in (side for side in order if side not in kept):
                left = None if side == "left" else left
                right = None if side == "right" else right
                scale = self._scale(left, centre, right, width)
                if scale >= _SMALLEST:
                    break
        if scale < _LEAST and self.document.policy is not None and self._marked(slots):
            raise self._too_long(request)
        operators: list[str] = []
        for line, x in (
            (left, margin),
            (centre, (request.width - (centre.width if centre else 0.0) * scale) / 2),
            (right, request.width - margin - (right.width if right else 0.0) * scale),
        ):
            if line is not None:
                operators.extend(self._band(line, x, baseline, scale))
                operators.append(self._draw(line, x, baseline, scale))
        return operators

    def _marked(self, slots: Slots) -> frozenset[str]:
        """The slots of a row that tell the marking."""
        named = {"left": slots.left, "centre": slots.centre, "right": slots.right}
        return frozenset(name for name, template in named.items() if "marking" in fields(template))

    def _too_long(self, request: StampRequest) -> BriefpackError:
        annex = self.document.annexes[request.annex]
        marking = stamp_values(self.document, annex)["marking"]
        return failure(
            f"the marking “{marking}” has no room on page {request.page} of annex {annex.label},"
            f" which is {Length(request.width).mm:.0f}mm wide",
            code=ExitCode.STYLE,
            where=annex.where,
            hint="make `text.stamp.size` smaller, or bind the annex with `paper: pack`",
        )

    # ----------------------------------------------------------------------- colours

    def _tint(self, annex: int) -> Tint:
        """The colours of the marking of an annex."""
        document = self.document
        entry = document.annexes[annex]
        marking = document.marking if entry.computed is None else entry.computed
        return tint_of(document, self.style, marking)

    def _set(self, template: str, values: Mapping[str, str], annex: int) -> OneLine:
        """A slot's words; those that tell the marking have its colour."""
        words = fill(template, values)
        if "marking" not in fields(template):
            return self.setter.line(words, _ROLE)
        tint = self._tint(annex)
        line = self.setter.line(words, _ROLE, colour=tint.ink)
        if tint.band is not None and line.width:
            self.bands[id(line)] = (line, tint.band)
        return line

    def _band(self, line: OneLine, x: float, baseline: float, scale: float) -> Sequence[str]:
        """A band of colour behind a marking, where the style has one."""
        if id(line) not in self.bands:
            return ()
        _, colour = self.bands[id(line)]
        size = scale * self.style.text[_ROLE].size
        left, bottom = x - _PAD_X * size, baseline - _PAD_Y * size
        width, height = scale * line.width + 2 * _PAD_X * size, (_CAPITALS + 2 * _PAD_Y) * size
        tint = "{:.4g} {:.4g} {:.4g} rg".format(*colour.unit)
        return (f"{tint} {left:.3f} {bottom:.3f} {width:.3f} {height:.3f} re f",)

    def _scale(
        self, left: OneLine | None, centre: OneLine | None, right: OneLine | None, width: float
    ) -> float:
        """The share of their size, at most 1, at which slots fit side by side into width points."""
        sides = [line.width for line in (left, right) if line is not None]
        if centre is not None:
            needed = centre.width + (2 * (max(sides) + self.gap) if sides else 0.0)
        else:
            needed = sum(sides) + (self.gap if len(sides) == 2 else 0.0)
        return min(1.0, max(width, 0.0) / needed) if needed else 1.0

    def _draw(self, line: OneLine, x: float, baseline: float, scale: float) -> str:
        if scale == 1.0:
            return line.operators(self.canvas.pdf, x, baseline)
        text = line.operators(self.canvas.pdf, 0, 0)
        return f"q {scale:.4f} 0 0 {scale:.4f} {x:.3f} {baseline:.3f} cm\n{text}\nQ"
