"""Text as a flow of our own: spans become measured words, words become lines, lines become one text operator each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from briefpack.document import Align, CrossReference, LineBreak, Link, Span, Spans, Text
from briefpack.pdf.breaking import FAIR, GOOD, Boxes, Line, first_fit, total_fit
from briefpack.pdf.fonts import INVISIBLE, Face, Faces, pieces
from briefpack.pdf.hyphenation import SOFT_HYPHEN, divisions, explicit_breaks, soft_hyphens
from briefpack.style import Colour, Style, TextStyle

if TYPE_CHECKING:
    from briefpack.pdf.canvas import PageCanvas

BASELINE = 0.8
"""Where the baseline lies in a line, as a share of the line pitch from its top: what Word does with exact spacing."""
RAGGED_ZONE = 0.12
"""Ragged text is hyphenated only where a line would stay shorter by more than this share of the measure."""
MINIMUM_LINES = 2
"""Lines of a paragraph that must stay together at the foot and at the head of a page."""

Target: TypeAlias = Link | CrossReference


@dataclass(frozen=True, slots=True)
class Ink:
    """How a run of glyphs looks. tint: its fill operator. target: where a click on it leads, or None."""

    face: Face
    size: float
    tint: str
    tracking: float
    underline: bool
    language: str
    target: Target | None

    def width(self, text: str) -> float:
        return self.face.width(text) * self.size + self.tracking * len(text)


Fragment: TypeAlias = tuple[Ink, str]
Word: TypeAlias = tuple[Fragment, ...]
"""What stands between two places where a line may end; nearly always one fragment."""


@dataclass(slots=True)
class Segment:
    """Text between two forced breaks. words, boxes: of equal length. between[i]: the ink of the space after word i."""

    words: list[Word]
    boxes: Boxes
    inks: list[Ink]


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line, broken. spread: points to add to every space. x: indent from the flow's left edge."""

    segment: Segment
    line: Line
    x: float
    spread: float
    hyphen: bool


@dataclass(frozen=True, slots=True)
class Label:
    """What leads a paragraph in: "1.", "—". The words begin indent points to the right of it."""

    text: str
    indent: float
    colour: Colour | None = None


def _tint(colour: Colour) -> str:
    return "{:.4g} {:.4g} {:.4g} rg".format(*colour.unit)


class Typesetter:
    """Makes text flows and single lines in the roles of a style. language: BCP 47, of the document."""

    def __init__(self, style: Style, faces: Faces, language: str) -> None:
        self.style = style
        self.faces = faces
        self.language = language
        self._inks: dict[tuple[str, bool, bool, bool, bool, str], Ink] = {}

    def ink(self, role: str, span: Text, language: str) -> Ink:
        """The look of a span in a role."""
        key = (role, span.strong, span.emphasis, span.code, span.secondary, span.language or language)
        ink = self._inks.get(key)
        if ink is None:
            look = self.style.text[role]
            family = self.style.text["code"].font if span.code else look.font
            colour = self.style.text["secondary"].colour if span.secondary else look.colour
            ink = self._inks[key] = Ink(
                face=self.faces.face(
                    family, bold=look.bold or span.strong, italic=look.italic != span.emphasis
                ),
                size=float(look.size),
                tint=_tint(colour),
                tracking=look.tracking * look.size,
                underline=look.underline,
                language=key[-1],
                target=None,
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
    ) -> TextFlow:
        """A paragraph in a role. before, after, align, keep_with_next: None takes the role's."""
        look = self.style.text[role]
        speech = language or self.language
        segments = self._segments(spans, role, look, speech)
        lead = None
        if label is not None:
            ink = self.ink(role, Text(""), speech)
            if label.colour is not None:
                ink = replace(ink, tint=_tint(label.colour))
            lead = (self._words(label.text, ink), label.indent)
        return TextFlow(
            segments,
            look,
            lead,
            structure=structure,
            anchor=anchor,
            keep_with_next=look.keep_with_next if keep_with_next is None else keep_with_next,
            before=float(look.before) if before is None else before,
            after=float(look.after) if after is None else after,
            align=look.align if align is None else align,
        )

    def line(self, text: str | Spans, role: str, *, language: str | None = None) -> OneLine:
        """A single line that is never broken, for furniture, contents, cover and stamps."""
        spans: Spans = (Text(text),) if isinstance(text, str) else text
        look = self.style.text[role]
        fragments: list[Fragment] = []
        for span, ink in self._runs(spans, role, language or self.language):
            words = span.upper() if look.caps else span
            fragments.extend(self._words(words, ink))
        return OneLine(tuple(fragments))

    def _runs(self, spans: Spans, role: str, language: str) -> list[tuple[str, Ink]]:
        """The texts of spans with their ink; a line break becomes a newline."""
        runs: list[tuple[str, Ink]] = []
        link_look = self.style.text["link"]
        for span in spans:
            match span:
                case Text():
                    runs.append((span.text, self.ink(role, span, language)))
                case LineBreak():
                    runs.append(("\n", self.ink(role, Text(""), language)))
                case Link():
                    runs.extend(
                        (
                            part.text,
                            replace(
                                self.ink(role, part, language),
                                target=span,
                                tint=_tint(link_look.colour),
                                underline=link_look.underline,
                            ),
                        )
                        for part in span.spans
                    )
                case CrossReference():
                    runs.extend(
                        (part.text, replace(self.ink(role, part, language), target=span))
                        for part in span.spans
                    )
        return runs

    def _words(self, text: str, ink: Ink) -> Word:
        """text in one ink as fragments, divided where another face must lend a glyph."""
        clean = text.translate(_DROP) if not text.isascii() else text
        if ink.face.has(clean):
            return ((ink, clean),)
        return tuple(
            (ink if face is ink.face else replace(ink, face=face), part)
            for face, part in pieces(ink.face, clean)
        )

    def _segments(self, spans: Spans, role: str, look: TextStyle, language: str) -> list[Segment]:
        builder = _Builder(self)
        for text, ink in self._runs(spans, role, language):
            if text == "\n":
                builder.end_segment()
            else:
                builder.add(text.upper() if look.caps else text, ink)
        builder.end_segment()
        return builder.segments


_DROP = {ord(c): None for c in INVISIBLE}


class _Builder:
    """Collects words from runs: a word may cross runs ("**bo**ld"), a space ends it."""

    def __init__(self, setter: Typesetter) -> None:
        self._setter = setter
        self.segments: list[Segment] = []
        self._clear()

    def _clear(self) -> None:
        self._words: list[Word] = []
        self._widths: list[float] = []
        self._glue: list[float] = []
        self._hyphen: list[float] = []
        self._inks: list[Ink] = []
        self._open: Word = ()
        self._open_width = 0.0

    def _close(self, glue: float, hyphen: float, ink: Ink) -> None:
        self._words.append(self._open)
        self._widths.append(self._open_width)
        self._glue.append(glue)
        self._hyphen.append(hyphen)
        self._inks.append(ink)
        self._open = ()
        self._open_width = 0.0

    def add(self, text: str, ink: Ink) -> None:
        face = ink.face
        size = ink.size
        tracking = ink.tracking
        space = face.space * size + tracking
        plain = text.isascii()
        # "a b " → words "a", "b" and a space after each; the text after the last space stays open.
        first, *others = text.split(" ")
        if first:
            self._extend(first, ink, plain=plain)
        for word in others:
            if self._open:
                self._close(space, 0.0, ink)
            if word:
                if plain and "-" not in word and "/" not in word:
                    self._open = ((ink, word),)
                    self._open_width = face.width(word) * size + tracking * len(word)
                else:
                    self._extend(word, ink, plain=plain)

    def _extend(self, word: str, ink: Ink, *, plain: bool) -> None:
        """Put word behind what is open, ending boxes at soft hyphens and after dashes."""
        if plain and "-" not in word and "/" not in word:
            self._open = (*self._open, (ink, word))
            self._open_width += ink.width(word)
            return
        clean, soft = soft_hyphens(word)
        cuts = sorted({*soft, *explicit_breaks(clean)})
        begin = 0
        for cut in [*cuts, len(clean)]:
            part = self._setter._words(clean[begin:cut], ink)  # noqa: SLF001  the builder is its setter's other half
            self._open = (*self._open, *part)
            self._open_width += sum(i.width(t) for i, t in part)
            if cut != len(clean):
                self._close(0.0, ink.width("-") if cut in soft else 0.0, ink)
            begin = cut

    def end_segment(self) -> None:
        if self._open:
            self._close(0.0, 0.0, self._open[-1][0])
        hyphen = self._hyphen if any(self._hyphen) else None
        self.segments.append(Segment(self._words, Boxes(self._widths, self._glue, hyphen), self._inks))
        self._clear()


def _divide(segment: Segment, *, shatter: float | None = None) -> Segment:
    """The segment with every word cut where a hyphen may go; shatter cuts words wider than that many points anywhere."""
    words: list[Word] = []
    widths: list[float] = []
    glue: list[float] = []
    hyphen: list[float] = []
    inks: list[Ink] = []
    boxes = segment.boxes
    known = boxes.hyphen
    for index, word in enumerate(segment.words):
        ink, text = word[0]
        cuts: Sequence[int] = ()
        add = ink.width("-")
        if shatter is not None:
            if boxes.widths[index] > shatter:
                word = _joined(word)
                ink, text = word[0]
                cuts = range(1, len(text))
                add = 0.0
        elif len(word) == 1:
            cuts = divisions(text, ink.language)
        begin = 0
        for cut in cuts:
            part = text[begin:cut]
            words.append(((ink, part),))
            widths.append(ink.width(part))
            glue.append(0.0)
            hyphen.append(add)
            inks.append(ink)
            begin = cut
        words.append(((ink, text[begin:]),) if begin else word)
        widths.append(ink.width(text[begin:]) if begin else boxes.widths[index])
        glue.append(boxes.glue[index])
        hyphen.append(known[index] if known is not None else 0.0)
        inks.append(segment.inks[index])
    return Segment(words, Boxes(widths, glue, hyphen if any(hyphen) else None), inks)


def _joined(word: Word) -> Word:
    """An overlong word in one ink, so that it can be cut anywhere; mixed inks inside one are given up."""
    return word if len(word) == 1 else ((word[0][0], "".join(text for _, text in word)),)


class TextFlow:
    """A paragraph. Lines are broken once for a width and shared by the parts it is split into."""

    __slots__ = (
        "_first",
        "_label",
        "_lines",
        "_look",
        "_segments",
        "_width",
        "after",
        "align",
        "anchor",
        "before",
        "height",
        "keep_with_next",
        "pitch",
        "role",
    )

    def __init__(
        self,
        segments: list[Segment],
        look: TextStyle,
        label: tuple[Word, float] | None,
        *,
        structure: str,
        anchor: str | None,
        keep_with_next: bool,
        before: float,
        after: float,
        align: Align,
    ) -> None:
        self._segments = segments
        self._look = look
        self._label = label
        self._lines: list[SetLine] = []
        self._width = -1.0
        self._first = True
        self.role = structure
        self.anchor = anchor
        self.keep_with_next = keep_with_next
        self.before = before
        self.after = after
        self.align = align
        self.pitch = float(look.line_pitch)
        self.height = 0.0

    @property
    def lines(self) -> int:
        """How many lines there are, once fitted."""
        return len(self._lines)

    def fit(self, width: float) -> float:
        if width != self._width:
            self._width = width
            self._lines = self._break(width)
            self.height = len(self._lines) * self.pitch
        return self.height

    def _break(self, width: float) -> list[SetLine]:
        look = self._look
        indent = self._label[1] if self._label else 0.0
        left = float(look.left) + indent
        measure = max(width - left - look.right, look.size)
        opening = 0.0 if self._label else float(look.first)
        lines: list[SetLine] = []
        for number, segment in enumerate(self._segments):
            extra = opening if number == 0 else 0.0
            lines.extend(self._set(segment, left, measure, extra))
        return lines

    def _set(self, segment: Segment, left: float, measure: float, extra: float) -> list[SetLine]:
        """Break one segment and place its lines. extra: indent of its first line."""
        first = measure - extra
        if not segment.words:
            return [SetLine(segment, Line(0, 0, 0.0), left + extra, 0.0, hyphen=False)]
        if max(segment.boxes.widths) > min(first, measure):
            segment = _divide(segment, shatter=min(first, measure))
        justify = self.align is Align.JUSTIFY
        broken: list[Line] | None
        if justify:
            broken = total_fit(segment.boxes, first, measure, GOOD)
            if broken is None and self._look.hyphenate:
                segment = _divide(segment)
                broken = total_fit(segment.boxes, first, measure, FAIR)
            if broken is None:
                broken = total_fit(segment.boxes, first, measure, float("inf"))
            if broken is None:
                broken = first_fit(segment.boxes, first, measure)
        else:
            broken = first_fit(segment.boxes, first, measure)
            if self._look.hyphenate and any(
                measure - line.width > RAGGED_ZONE * measure for line in broken[:-1]
            ):
                segment = _divide(segment)
                broken = first_fit(segment.boxes, first, measure)
        glue = segment.boxes.glue
        hyphens = segment.boxes.hyphen
        count = len(segment.words)
        placed: list[SetLine] = []
        for number, line in enumerate(broken):
            room = (first if number == 0 else measure) - line.width
            x = left + (extra if number == 0 else 0.0)
            spread = 0.0
            if justify:
                spaces = sum(1 for g in glue[line.start : line.stop - 1] if g > 0)
                if spaces and (line.stop < count or room < 0):
                    spread = room / spaces
            elif self.align is Align.RIGHT:
                x += room
            elif self.align is Align.CENTRE:
                x += room / 2
            hyphen = hyphens is not None and line.stop < count and hyphens[line.stop - 1] > 0
            placed.append(SetLine(segment, line, x, spread, hyphen))
        return placed

    def split(self, room: float) -> tuple[TextFlow, TextFlow] | None:
        fits = int((room + 0.01) // self.pitch)
        count = len(self._lines)
        fits = min(fits, count - MINIMUM_LINES)
        if fits < MINIMUM_LINES:
            return None
        return self._part(0, fits), self._part(fits, count)

    def _part(self, start: int, stop: int) -> TextFlow:
        part = TextFlow(
            self._segments,
            self._look,
            self._label if start == 0 else None,
            structure=self.role,
            anchor=self.anchor if start == 0 else None,
            keep_with_next=self.keep_with_next and stop == len(self._lines),
            before=self.before if start == 0 else 0.0,
            after=self.after if stop == len(self._lines) else 0.0,
            align=self.align,
        )
        part._lines = self._lines[start:stop]
        part._width = self._width
        part._first = self._first and start == 0
        part.height = (stop - start) * self.pitch
        return part

    def anchors(self) -> list[tuple[str, float]]:
        return [] if self.anchor is None else [(self.anchor, 0.0)]

    def paint(self, canvas: PageCanvas, x: float, top: float) -> None:
        baseline = top - BASELINE * self.pitch
        pen = Pen(canvas)
        if self._label is not None:
            pen.run(self._label[0], x + float(self._look.left), baseline)
        for line in self._lines:
            if line.line.stop:
                pen.line(line, x + line.x, baseline)
            baseline -= self.pitch
        pen.close()


class OneLine:
    """A line that is not broken: measured, then drawn wherever it is wanted."""

    __slots__ = ("fragments", "width")

    def __init__(self, fragments: Word) -> None:
        self.fragments = fragments
        self.width = sum(ink.width(text) for ink, text in fragments)

    def paint(self, canvas: PageCanvas, x: float, baseline: float) -> None:
        """Draw with its left end at x, in page coordinates."""
        if self.fragments:
            pen = Pen(canvas)
            pen.run(self.fragments, x, baseline)
            pen.close()


class Pen:
    """Writes text operators for one paragraph into the page; the one place where runs open and close marks."""

    def __init__(self, canvas: PageCanvas) -> None:
        self._canvas = canvas
        self._out: list[str] = []
        self._font = ""
        self._tint = ""
        self._tracking = 0.0
        self._spread = 0.0
        self._rules: list[str] = []

    def run(self, fragments: Word, x: float, baseline: float) -> None:
        """Fragments side by side from x on, spaces as they are."""
        self._position(x, baseline, 0.0)
        for ink, text in fragments:
            self._show(ink, [text], x, baseline)
            x += ink.width(text)

    def line(self, placed: SetLine, x: float, baseline: float) -> None:
        """One broken line, justified by widening its spaces."""
        segment = placed.segment
        start, stop = placed.line.start, placed.line.stop
        glue = segment.boxes.glue
        inks = segment.inks
        self._position(x, baseline, placed.spread)
        # (ink, text) in order; equal inks run together, a word's space belongs to the ink it was written in.
        parts: list[Fragment] = []
        for i in range(start, stop):
            parts.extend(segment.words[i])
            if i + 1 < stop and glue[i] > 0:
                parts.append((inks[i], " "))
        # A space at the end keeps words apart for whoever extracts the text.
        if not placed.hyphen and glue[stop - 1] > 0:
            parts.append((inks[stop - 1], " "))
        for ink, group in groupby(parts, key=lambda part: part[0]):
            texts = [text for _, text in group]
            self._show(ink, texts, x, baseline)
            if ink.target is not None or ink.underline or stop:
                width = sum(map(ink.width, texts))
                spaces = texts.count(" ")
                x += width + spaces * placed.spread
        if placed.hyphen:
            ink = parts[-1][0]
            self._out.append("/Span <</ActualText <FEFF00AD>>> BDC")
            self._show(ink, ["-"], x, baseline)
            self._out.append("EMC")

    def _position(self, x: float, baseline: float, spread: float) -> None:
        if spread != self._spread:
            self._out.append(f"{spread:.4f} Tw")
            self._spread = spread
        self._out.append(f"1 0 0 1 {x:.3f} {baseline:.3f} Tm")

    def _show(self, ink: Ink, texts: list[str], x: float, baseline: float) -> None:
        out = self._out
        pdf = self._canvas.pdf
        face = ink.face
        if ink.tint != self._tint:
            out.append(ink.tint)
            self._tint = ink.tint
        if ink.tracking != self._tracking:
            out.append(f"{ink.tracking:.3f} Tc")
            self._tracking = ink.tracking
        pending: list[str] = []
        current = -1
        for text in texts:
            for subset, code in face.encode(text, pdf):
                # A space is code 32 in every subset: it never asks for another one.
                if subset != current and (current < 0 or code != " "):
                    if pending:
                        out.append(f"({''.join(pending)}) Tj")
                        pending = []
                    current = subset
                    font = f"{face.resource(subset, pdf)} {ink.size:g} Tf"
                    if font != self._font:
                        out.append(font)
                        self._font = font
                pending.append(code)
        if pending:
            out.append(f"({''.join(pending)}) Tj")
        if ink.target is not None or ink.underline:
            self._decorate(ink, texts, x, baseline)

    def _decorate(self, ink: Ink, texts: list[str], x: float, baseline: float) -> None:
        body = texts[:-1] if texts[-1] == " " else texts
        width = sum(map(ink.width, body)) + body.count(" ") * self._spread
        if ink.underline:
            thickness = ink.size * 0.05
            y = baseline - ink.size * 0.14
            self._rules.append(f"{ink.tint} {x:.3f} {y:.3f} {width:.3f} {thickness:.3f} re f")
        if ink.target is not None:
            top = baseline + ink.face.ascent * ink.size * 0.9
            bottom = baseline - ink.face.descent * ink.size
            self._canvas.link(ink.target, (x, bottom, x + width, top))

    def close(self) -> None:
        if self._tracking:
            self._out.append("0 Tc")
        if self._spread:
            self._out.append("0 Tw")
        self._canvas.write("BT\n" + "\n".join(self._out) + "\nET")
        if self._rules:
            self._canvas.write("\n".join(self._rules))


def spans_of(text: str) -> tuple[Span, ...]:
    """Plain words as spans."""
    return (Text(text),)
