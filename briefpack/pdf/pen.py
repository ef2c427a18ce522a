"""Lines to the operators of a page's content: text objects written straight from encoded words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Protocol, TypeAlias

from briefpack.pdf.fonts import SOFT_HYPHEN, PdfDocument
from briefpack.pdf.ink import Ink, Run, Target
from briefpack.pdf.structure import Element

Stretch: TypeAlias = tuple[Element | None, list[str]]
"""Operators that print words of one element of the structure tree; None for words that have none."""
Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top in page coordinates."""


class Sink(Protocol):
    """What text is drawn on. pdf: the document that the page belongs to."""

    @property
    def pdf(self) -> PdfDocument: ...

    def text(self, stretches: Sequence[Stretch], rules: Sequence[str]) -> None:
        """Print a text object. rules: operators of the rules under its words."""
        ...

    def link(self, target: Target, rect: Box, element: Element | None) -> None:
        """A click in rect leads to target. element: the link's, None where its words have none.

        A link that is broken over lines has a rect for each of its parts.
        """
        ...


class Pen:
    """Writes one text object: runs of words at places, in page coordinates. close() hands it to the sink.

    Text state (font, colour, spacing) is written only where it changes. It is left as it was found, but for the
    colour: the caller's q and Q must stand around it.
    """

    __slots__ = (
        "_codes",
        "_decorations",
        "_element",
        "_ink",
        "_links",
        "_operators",
        "_pdf",
        "_rise",
        "_select",
        "_spread",
        "_stretches",
        "_tint",
        "_tracking",
    )

    def __init__(self, pdf: PdfDocument) -> None:
        self._pdf = pdf
        self._stretches: list[Stretch] = []
        self._element: Element | None = None
        self._operators: list[str] = []
        self._decorations: list[str] = []
        self._links: list[tuple[Target, Box, Element | None]] = []
        self._ink: Ink | None = None
        self._codes: Mapping[str, str] = {}
        self._select = ""
        self._tint = ""
        self._tracking = 0.0
        self._spread = 0.0
        self._rise = 0.0

    def line(
        self,
        runs: Sequence[Run],
        x: float,
        baseline: float,
        *,
        element: Element | None = None,
        spread: float = 0.0,
        hyphen: bool = False,
        space: bool = False,
    ) -> None:
        """Runs side by side from x on. element: of words that have none of their own. spread: points added to every space.

        hyphen: one is printed at the end. space: the line ends in one (unseen), so that its last word and the next
        line's first do not run together for whoever extracts the text.
        """
        if spread != self._spread:
            self._operators.append(f"{spread:.4f} Tw")
            self._spread = spread
        place = f"1 0 0 1 {x:.3f} {baseline:.3f} Tm "
        tail = SOFT_HYPHEN if hyphen else " " if space else ""
        last = len(runs) - 1
        for number, (ink, words) in enumerate(runs):
            self._change(ink.element or element)
            self._show(ink, words, place, tail if number == last else "")
            place = ""
            if number < last or ink.target is not None or ink.underline:
                width = ink.width(words, spread)
                if ink.target is not None or ink.underline:
                    blank = ink.sized.space + spread if number == last and not words[-1] else 0.0
                    reach = width - blank + (ink.sized.hyphen if number == last and hyphen else 0.0)
                    self._decorate(ink, x, baseline, reach)
                x += width

    def _change(self, element: Element | None) -> None:
        """Go over to words of an element."""
        if not self._stretches:
            self._element = element
            self._stretches.append((element, self._operators))
        elif element is not self._element:
            self._element = element
            self._operators = []
            self._stretches.append((element, self._operators))

    def _show(self, ink: Ink, words: list[str], place: str, tail: str) -> None:
        """Print words of one ink."""
        if ink is not self._ink:
            self._dip(ink)
        codes = self._codes
        text = " ".join(map(codes.__getitem__, words))
        self._operators.append(f"{place}({text}{codes[tail]}) Tj")

    def _dip(self, ink: Ink) -> None:
        """Go over to another ink."""
        self._ink = ink
        self._codes = codes = ink.sized.codes(self._pdf)
        if codes.select != self._select:
            self._operators.append(codes.select)
            self._select = codes.select
        if ink.tint != self._tint:
            self._operators.append(ink.tint)
            self._tint = ink.tint
        if ink.sized.tracking != self._tracking:
            self._tracking = ink.sized.tracking
            self._operators.append(f"{self._tracking:.4g} Tc")
        if ink.rise != self._rise:
            self._rise = ink.rise
            self._operators.append(f"{self._rise:.4g} Ts")

    def _decorate(self, ink: Ink, x: float, baseline: float, width: float) -> None:
        sized = ink.sized
        size, face = sized.size, sized.face
        if ink.underline:
            position, thickness = face.underline
            # It is one line, however small or high some of the words are.
            y = baseline + (position - thickness) * ink.full
            self._decorations.append(
                f"{ink.tint} {x:.3f} {y:.3f} {width:.3f} {thickness * ink.full:.3f} re f"
            )
        if ink.target is not None:
            base = baseline + ink.rise
            bottom, top = base - face.descent * size, base + face.ascent * size
            left = x
            if self._links and self._links[-1][0] is ink.target and self._links[-1][1][2] == x:
                # The same link goes on in another ink: one rect for each line.
                _, (left, low, _, high), _ = self._links.pop()
                bottom, top = min(bottom, low), max(top, high)
            link = ink.element.around("Link") if ink.element is not None else None
            self._links.append((ink.target, (left, bottom, x + width, top), link))

    def _restore(self) -> None:
        if self._tracking:
            self._operators.append("0 Tc")
        if self._spread:
            self._operators.append("0 Tw")
        if self._rise:
            self._operators.append("0 Ts")

    def operators(self) -> str:
        """The text object, and the rules under words after it, without marks."""
        self._restore()
        shown = chain.from_iterable(operators for _, operators in self._stretches)
        return "\n".join(["BT", *shown, "ET", *self._decorations])

    def close(self, sink: Sink) -> None:
        """Print everything, and tell of the links. Nothing is written where there are no words."""
        if not self._stretches:
            return
        self._restore()
        sink.text(self._stretches, self._decorations)
        for target, rect, element in self._links:
            sink.link(target, rect, element)
