"""Text as a flow of our own: spans become measured words, words become lines, lines become text operators."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, assert_never

from briefpack.document import Align, CrossReference, LineBreak, Link, Spans, Text, plain_text
from briefpack.pdf.breaking import Line, first_fit, total_fit
from briefpack.pdf.fonts import Faces, PdfDocument
from briefpack.pdf.pen import Pen, Sink
from briefpack.pdf.runs import Fragment, Ink, Run, Segment, no_break_spaces, segments
from briefpack.style import Colour, Length, Style

BASELINE = 0.8
"""Where the baseline lies in a line, as a share of the line pitch from its top: what Word does with exact spacing."""
RAGGED_ZONE = Length(18)
"""Ragged text is hyphenated only where a line would stay shorter by more than this (a quarter of an inch, Word's own
hyphenation zone) and by more than RAGGED_SHARE of the measure."""
RAGGED_SHARE = 0.1
MINIMUM_LINES = 2
"""Lines of a paragraph that stay together at the foot and at the head of a page."""
_ROUNDING = 0.01
"""Points by which a height may be too small: sums of floating-point heights are not exact."""


@dataclass(frozen=True, slots=True)
class Label:
    """What leads a paragraph in: "1.", "—". The words begin indent points to the right of it.

    colour, role: None for those of the paragraph. The label stands on the first line's baseline.
    """

    text: str
    indent: float
    colour: Colour | None = None
    role: str | None = None


class Typesetter:
    """Makes text flows and single lines in the roles of a style. language: BCP 47, of the document."""

    def __init__(self, style: Style, faces: Faces, language: str) -> None:
        self.style = style
        self.faces = faces
        self.language = language
        self._inks: dict[tuple[str, bool, bool, bool, bool, str], Ink] = {}

    def ink(self, role: str, span: Text, language: str | None = None) -> Ink:
        """The look of a span in a role; the same object for the same look."""
        speech = span.language or language or self.language
        key = (role, span.strong, span.emphasis, span.code, span.secondary, speech)
        ink = self._inks.get(key)
        if ink is None:
            look = self.style.text[role]
            face = self.faces.face(
                self.style.text["code"].font if span.code else look.font,
                bold=look.bold or span.strong,
                # Emphasis stands out from what is around it: in italic text it is upright.
                italic=look.italic != span.emphasis,
            )
            colour = self.style.text["secondary"].colour if span.secondary else look.colour
            ink = self._inks[key] = Ink(
                self.faces.sized(face, float(look.size), look.tracking * look.size),
                _tint(colour),
                speech,
                underline=look.underline,
            )
        return ink

    def flow(
        self,
        spans: Spans,
        role: str,
        *,
        language: str | None = None,
        label: Label | None = None,
        structure: str = "P",
        anchor: str | None = None,
        keep_with_next: bool | None = None,
        before: float | None = None,
        after: float | None = None,
        align: Align | None = None,
        left: float | None = None,
        right: float | None = None,
        first: float | None = None,
        colour: Colour | None = None,
    ) -> TextFlow:
        """A paragraph in a role. None takes the role's, for language the document's.

        left, right, first: indents in points, as in TextStyle. structure: its type in the tag tree.
        """
        look = self.style.text[role]
        base = self.ink(role, Text(""), language)
        if colour is not None:
            base = base.variant(tint=_tint(colour))
        lead = None
        if label is not None:
            ink = base if label.role is None else self.ink(label.role, Text(""), language)
            if label.colour is not None:
                ink = ink.variant(tint=_tint(label.colour))
            lead = self._line(self._runs((Text(label.text),), label.role or role, language, ink))
        return TextFlow(
            segments(self._runs(spans, role, language, base), base, self.faces),
            _Shape(
                pitch=float(look.line_pitch),
                align=look.align if align is None else align,
                left=float(look.left if left is None else left),
                right=float(look.right if right is None else right),
                first=float(look.first if first is None else first),
                label=lead,
                label_width=_label_width(lead, base, label),
                hyphenate=look.hyphenate,
            ),
            role=structure,
            anchor=anchor,
            keep_with_next=look.keep_with_next if keep_with_next is None else keep_with_next,
            before=float(look.before if before is None else before),
            after=float(look.after if after is None else after),
        )

    def line(
        self,
        text: str | Spans,
        role: str,
        *,
        language: str | None = None,
        colour: Colour | None = None,
        at_most: float | None = None,
    ) -> OneLine:
        """A line that is never broken, for furniture, contents, cover and stamps.

        at_most: points it may be wide; words that do not fit are left out and an ellipsis tells so.
        """
        spans: Spans = (Text(text),) if isinstance(text, str) else text
        base = self.ink(role, Text(""), language)
        if colour is not None:
            base = base.variant(tint=_tint(colour))
        line = self._line(self._runs(spans, role, language, base))
        if at_most is None or line.width <= at_most + _ROUNDING:
            return line
        return self._shortened(plain_text(spans), base, at_most)

    def _shortened(self, text: str, ink: Ink, width: float) -> OneLine:
        ellipsis = self._line([("…", ink)])
        words = text.split(" ")
        # Whole words if at least one fits, else as many characters as do.
        for count in range(len(words) - 1, 0, -1):
            line = self._line([(" ".join(words[:count]).rstrip(" ,;:–—-") + "…", ink)])
            if line.width <= width + _ROUNDING:
                return line
        for count in range(len(words[0]), 0, -1):
            line = self._line([(words[0][:count] + "…", ink)])
            if line.width <= width + _ROUNDING:
                return line
        return ellipsis

    def _line(self, runs: Sequence[tuple[str, Ink] | None]) -> OneLine:
        fragments: list[Fragment] = []
        for run in runs:
            if run is None:
                fragments.extend([(fragments[-1][0], " ")] if fragments else [])
            else:
                text, ink = run
                fragments.extend(ink.lend(self.faces, text))
        return OneLine([(ink, text.split(" ")) for ink, text in fragments])

    def _runs(self, spans: Spans, role: str, language: str | None, base: Ink) -> list[tuple[str, Ink] | None]:
        """The texts of spans with their inks; None for a line break. base: the ink of plain text."""
        look = self.style.text[role]
        runs: list[tuple[str, Ink] | None] = []

        def add(text: Text, target: Link | CrossReference | None) -> None:
            ink = self.ink(role, text, language)
            plain = self.ink(role, Text(""), language)
            if ink is plain:
                ink = base
            elif base.tint != plain.tint and not text.secondary:
                ink = ink.variant(tint=base.tint)
            match target:
                case None:
                    pass
                case CrossReference():
                    ink = ink.variant(target=target)
                case Link():
                    link = self.style.text["link"]
                    ink = ink.variant(tint=_tint(link.colour), underline=link.underline, target=target)
                case _:
                    assert_never(target)
            words = _capitals(text.text, ink.language) if look.caps else text.text
            runs.append((words, ink))

        for span in spans:
            match span:
                case Text():
                    add(span, None)
                case LineBreak():
                    runs.append(None)
                case Link() | CrossReference():
                    for part in span.spans:
                        add(part, span)
                case _:
                    assert_never(span)
        return runs


def _tint(colour: Colour) -> str:
    return "{:.4g} {:.4g} {:.4g} rg".format(*colour.unit)


def _capitals(text: str, language: str) -> str:
    """Text in capitals as its language writes them."""
    base = language.split("-", maxsplit=1)[0].lower()
    if base in ("tr", "az"):
        text = text.replace("i", "İ")
    elif base == "el":
        # Greek capitals bear no accent, a diaeresis stays.
        bare = unicodedata.normalize("NFD", text).replace("\u0301", "")
        text = unicodedata.normalize("NFC", bare)
    return text.upper()


def _label_width(lead: OneLine | None, base: Ink, label: Label | None) -> tuple[float, float]:
    """The hanging indent, and what a label that is too wide for it pushes the first line in by."""
    if lead is None or label is None:
        return (0.0, 0.0)
    return (label.indent, max(lead.width + base.sized.space - label.indent, 0.0) if label.text else 0.0)


@dataclass(frozen=True, slots=True)
class _Shape:
    """Everything of a paragraph that its parts share. Lengths in points; label_width: see the function."""

    pitch: float
    align: Align
    left: float
    right: float
    first: float
    label: OneLine | None
    label_width: tuple[float, float]
    hyphenate: bool


class _Placed(NamedTuple):
    """A line with its place. x: from the flow's left edge. spread: points added to every space.

    space: it ends in a space, unseen.
    """

    segment: Segment
    line: Line
    x: float
    spread: float
    space: bool


class TextFlow:
    """A paragraph. It is broken once for a width; the parts it is split into share its lines.

    before, after: space around it. height: in points, once fitted. role: its structure type in the tag tree.
    """

    __slots__ = (
        "_last", "_lines", "_segments", "_shape", "_start", "_width", "after", "anchor", "before", "height",
        "keep_with_next", "role",
    )  # fmt: skip

    def __init__(
        self,
        made: list[Segment],
        shape: _Shape,
        *,
        role: str,
        anchor: str | None,
        keep_with_next: bool,
        before: float,
        after: float,
    ) -> None:
        self._segments = made
        self._shape = shape
        self._lines: list[_Placed] = []
        self._width = -1.0
        self._start = True
        self._last = True
        self.role = role
        self.anchor = anchor
        self.keep_with_next = keep_with_next
        self.before = before
        self.after = after
        self.height = 0.0

    @property
    def lines(self) -> int:
        """How many lines there are, once fitted."""
        return len(self._lines)

    @property
    def pitch(self) -> float:
        """Distance from baseline to baseline, in points."""
        return self._shape.pitch

    @property
    def end(self) -> tuple[float, float]:
        """Where the last line ends, once fitted: (from the left edge, baseline below the top), in points."""
        placed = self._lines[-1]
        return placed.x + placed.line.width, self.height - (1 - BASELINE) * self._shape.pitch

    @property
    def natural_width(self) -> float:
        """How wide the flow would be if no line were broken but where the author broke it."""
        shape = self._shape
        ends = [(made.boxes(hyphenate=False).ends or [0.0])[-1] for made in self._segments]
        ends[0] += max(shape.first, 0.0) if shape.label is None else shape.label_width[1]
        return shape.left + shape.right + shape.label_width[0] + max(ends)

    @property
    def least_width(self) -> float:
        """The narrowest width at which no word must be broken that need not be."""
        shape = self._shape
        widest = 0.0
        for made in self._segments:
            boxes = made.boxes(hyphenate=False)
            for k, (start, end) in enumerate(zip(boxes.starts, boxes.ends, strict=False)):
                begin = 0.0
                for _, reach, resume, _ in boxes.given(k) if boxes.given else ():
                    widest = max(widest, reach - begin)
                    begin = resume
                widest = max(widest, end - start - begin)
        return shape.left + shape.right + shape.label_width[0] + widest

    def fit(self, width: float) -> float:
        """Break to width (points) and give the height (points)."""
        if width != self._width:
            self._width = width
            self._lines = self._break(width)
            self.height = len(self._lines) * self._shape.pitch
        return self.height

    def _break(self, width: float) -> list[_Placed]:
        shape = self._shape
        hanging, push = shape.label_width
        left = shape.left + hanging
        indent = shape.first if shape.label is None else push
        placed: list[_Placed] = []
        for made in self._segments:
            # A measure of nothing or less (a column narrower than its indents) still takes a character a line.
            measure = max(width - left - shape.right, 0.0)
            placed.extend(_broken(made, shape, left, measure, indent))
            indent = 0.0
        # The paragraph's last line needs no space after it.
        placed[-1] = placed[-1]._replace(space=False)
        return placed

    def split(self, room: float) -> tuple[TextFlow, TextFlow] | None:
        """Two flows, the first at most room points high; None when that would leave a widow or an orphan."""
        count = len(self._lines)
        fits = min(int((room + _ROUNDING) // self._shape.pitch), count - MINIMUM_LINES)
        # Of three lines, neither one nor two may go over.
        if fits < MINIMUM_LINES:
            return None
        return self._part(0, fits), self._part(fits, count)

    def _part(self, start: int, stop: int) -> TextFlow:
        first, last = start == 0, stop == len(self._lines)
        part = TextFlow(
            self._segments,
            self._shape,
            role=self.role,
            anchor=self.anchor if first else None,
            keep_with_next=self.keep_with_next and last,
            before=self.before if first else 0.0,
            after=self.after if last else 0.0,
        )
        part._lines = self._lines[start:stop]
        part._width = self._width
        part._start = self._start and first
        part.height = (stop - start) * self._shape.pitch
        return part

    def anchors(self) -> list[tuple[str, float]]:
        """The anchor, if there is one, with its distance below the top in points."""
        return [] if self.anchor is None else [(self.anchor, 0.0)]

    def paint(self, canvas: Sink, x: float, top: float) -> None:
        """Draw with the upper left corner at (x, top), in page coordinates (origin lower left)."""
        shape = self._shape
        pen = Pen(canvas.pdf)
        baseline = top - BASELINE * shape.pitch
        if shape.label is not None and self._start:
            pen.line(shape.label.runs, x + shape.left, baseline, space=True)
        for made, line, indent, spread, space in self._lines:
            if line.last or line.cut:
                pen.line(
                    made.runs(line), x + indent, baseline, spread=spread, hyphen=line.hyphen, space=space
                )
            baseline -= shape.pitch
        pen.close(canvas)


def _broken(made: Segment, shape: _Shape, left: float, measure: float, indent: float) -> list[_Placed]:
    """Break one segment and place its lines. left: of all of them; indent: more for the first."""
    boxes = made.boxes(hyphenate=shape.hyphenate)
    if not boxes.ends:
        return [_Placed(made, Line(0, 0, 0, 0, False, 0.0), left + indent, 0.0, space=False)]
    justify = shape.align is Align.JUSTIFY
    if justify:
        lines = total_fit(boxes, measure, made.space, indent)
    else:
        lines = first_fit(boxes, measure, indent, max(RAGGED_ZONE, RAGGED_SHARE * measure))
    placed: list[_Placed] = []
    final = len(lines) - 1
    for number, line in enumerate(lines):
        x = left
        room = measure - line.width
        if number == 0 and indent:
            x += indent
            room -= indent
        spread = 0.0
        match shape.align:
            case Align.LEFT:
                pass
            case Align.RIGHT:
                x += room
            case Align.CENTRE:
                x += room / 2
            case Align.JUSTIFY:
                spaces = line.last - line.first - (0 if line.cut else 1)
                if made.stretched:
                    spaces += sum(no_break_spaces(words) for _, words in made.runs(line))
                if spaces and (number < final or room < 0):
                    spread = room / spaces
            case _:
                assert_never(shape.align)
        placed.append(_Placed(made, line, x, spread, not line.cut))
    return placed


class OneLine:
    """A line that is not broken: measured, then drawn wherever it is wanted. width: in points."""

    __slots__ = ("runs", "width")

    def __init__(self, runs: list[Run]) -> None:
        self.runs = runs
        self.width = sum(ink.width(words) for ink, words in runs)

    def paint(self, canvas: Sink, x: float, baseline: float) -> None:
        """Draw with its left end at x, in page coordinates."""
        if self.runs:
            pen = Pen(canvas.pdf)
            pen.line(self.runs, x, baseline)
            pen.close(canvas)

    def operators(self, pdf: PdfDocument, x: float, baseline: float) -> str:
        """The operators that draw it, for streams that are not a page's; links are left out."""
        pen = Pen(pdf)
        if self.runs:
            pen.line(self.runs, x, baseline)
        return pen.operators()


def spans_of(text: str) -> Spans:
    """Plain words as spans."""
    return (Text(text),)
