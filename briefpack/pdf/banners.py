"""Banners on the page: one line where it fits, else several or smaller ones in the room between the sheet's edge and the furniture; never cut.

What has no room even so is a fault of the pack and its style, and told of.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from briefpack.banner_lines import Tint, banner_words, broken, pale_levels, tint_of
from briefpack.document import Document
from briefpack.errors import BriefpackError, Diagnostic, ExitCode, Severity
from briefpack.fields import pack_values
from briefpack.marking import Marking
from briefpack.pdf.canvas import PageCanvas
from briefpack.pdf.fonts import Faces
from briefpack.pdf.paragraph import OneLine
from briefpack.pdf.structure import Element
from briefpack.pdf.text import Typesetter
from briefpack.style import Furniture, Length, PageSetup, Style

_ROLE = "banner"
_EDGE = Length.from_mm(5)
"""White that printers want at the edges of a sheet."""
_CAPITALS, _DESCENT, _AIR = 0.7, 0.25, 0.25
"""Height of capitals, depth of descenders, and the least white between two kinds of furniture, as shares of a size."""
_SCALES = tuple(step / 20 for step in range(20, 11, -1))
"""Sizes at which a banner is tried, as shares of its own: what is smaller is not read in passing."""
_PAD_X, _PAD_Y = 0.9, 0.32
"""How far a band of colour reaches beyond the words, in ems."""


@dataclass(frozen=True, slots=True)
class Set:
    """A banner that is set. top, bottom: baselines of its lines from the sheet's upper and lower edge, in points."""

    lines: tuple[OneLine, ...]
    scale: float
    top: tuple[float, ...]
    bottom: tuple[float, ...]
    tint: Tint


class Banners:
    """Sets the banners of a pack, each once."""

    def __init__(self, document: Document, style: Style, setter: Typesetter) -> None:
        self.document, self.style, self.setter = document, style, setter
        self._values = pack_values(document.meta, style)
        self._set: dict[tuple[Marking, float], Set | None] = {}
        self._drawn: dict[tuple[int, float, bool], str] = {}

    def words(self, marking: Marking) -> str:
        """The marking in the words of the pack's language: what {marking} stands for."""
        document = self.document
        if document.policy is None or marking == document.marking:
            return document.meta.marking
        return document.policy.banner(marking, document.meta.language)

    @property
    def says_something(self) -> bool:
        return bool(banner_words(self.style, self._values, self.document.meta.marking))

    def of(self, marking: Marking, setup: PageSetup) -> Set | None:
        """The banner of a marking on a page; None where it has no room. setup: of the page as it lies."""
        key = (marking, float(setup.text_width))
        if key not in self._set:
            self._set[key] = self._compose(marking, setup)
        return self._set[key]

    def paint(
        self, canvas: PageCanvas, marking: Marking, setup: PageSetup, left: float, said: Element | None = None
    ) -> None:
        """left: of the text frame. said: the element whose words those at the top are; they are furniture otherwise, as those at the foot are.

        Raises BriefpackError where it has no room.
        """
        made = self.of(marking, setup)
        if made is None:
            raise BriefpackError([self._fault(marking)])
        if self.document.policy is not None and not any(line.width for line in made.lines):
            return
        with ExitStack() as scope:
            if said is not None:
                scope.enter_context(canvas.content(said))
            else:
                scope.enter_context(canvas.artifact())
            canvas.write(self._operators(canvas, made, setup, left, at_top=True))
        with canvas.artifact():
            canvas.write(self._operators(canvas, made, setup, left, at_top=False))

    # ----------------------------------------------------------------------- setting

    def _compose(self, marking: Marking, setup: PageSetup) -> Set | None:
        words = banner_words(self.style, self._values, self.words(marking))
        tint = tint_of(self.document, self.style, marking)
        width = float(setup.text_width)
        if self.document.policy is None:
            # As it is: an author's own words have the style's own place.
            line = self.setter.line(words, _ROLE)
            return Set((line,), 1.0, (float(setup.banner_top),), (float(setup.banner_bottom),), tint)
        for scale in _SCALES:
            lines = broken(words, width / scale, lambda part: self.setter.line(part, _ROLE).width)
            if lines is None:
                continue
            pitch = scale * self.style.text[_ROLE].line_pitch
            top = self._top(len(lines), scale, pitch, setup)
            bottom = self._bottom(len(lines), scale, pitch, setup)
            if top is not None and bottom is not None:
                made = tuple(self.setter.line(line, _ROLE, colour=tint.ink) for line in lines)
                return Set(made, scale, top, bottom, tint)
        return None

    def _top(self, count: int, scale: float, pitch: float, setup: PageSetup) -> tuple[float, ...] | None:
        size = scale * self.style.text[_ROLE].size
        high = min(_EDGE + _CAPITALS * size, setup.banner_top)
        if _is_seen(self.style.header):
            look = self.style.text["header"].size
            low = setup.header - (_CAPITALS + _AIR) * look - _DESCENT * size
        else:
            low = setup.top - (_AIR + _DESCENT) * size
        first = _first(count, pitch, float(setup.banner_top), high, max(low, setup.banner_top))
        return None if first is None else tuple(first + number * pitch for number in range(count))

    def _bottom(self, count: int, scale: float, pitch: float, setup: PageSetup) -> tuple[float, ...] | None:
        """The uppermost line first."""
        size = scale * self.style.text[_ROLE].size
        low = min(_EDGE + _DESCENT * size, setup.banner_bottom)
        if _is_seen(self.style.footer):
            look = self.style.text["footer"].size
            high = setup.footer - (_DESCENT + _AIR) * look - _CAPITALS * size
        else:
            high = setup.bottom - (_AIR + _CAPITALS) * size
        last = _first(count, pitch, float(setup.banner_bottom), low, max(high, setup.banner_bottom))
        return None if last is None else tuple(last + number * pitch for number in reversed(range(count)))

    # ----------------------------------------------------------------------- drawing

    def _operators(
        self, canvas: PageCanvas, made: Set, setup: PageSetup, left: float, *, at_top: bool
    ) -> str:
        """On the axis of the text, as the page number is. The operators of a place are made once."""
        key = (id(made), left, at_top)
        known = self._drawn.get(key)
        if known is not None:
            return known
        axis = left + setup.text_width / 2
        baselines = [setup.height - down for down in made.top] if at_top else list(made.bottom)
        drawn: list[str] = []
        if made.tint.band is not None:
            drawn.append(self._band(made, axis, baselines))
        for line, baseline in zip(made.lines, baselines, strict=True):
            x = axis - made.scale * line.width / 2
            if made.scale == 1.0:
                drawn.append(line.operators(canvas.pdf, x, baseline))
            else:
                words = line.operators(canvas.pdf, 0, 0)
                drawn.append(f"q {made.scale:.4f} 0 0 {made.scale:.4f} {x:.3f} {baseline:.3f} cm\n{words}\nQ")
        operators = self._drawn[key] = "\n".join(drawn)
        return operators

    def _band(self, made: Set, axis: float, baselines: list[float]) -> str:
        size = made.scale * self.style.text[_ROLE].size
        width = made.scale * max(line.width for line in made.lines) + 2 * _PAD_X * size
        bottom = baselines[-1] - _PAD_Y * size
        height = baselines[0] + (_CAPITALS + _PAD_Y) * size - bottom
        colour = made.tint.band
        tint = "{:.4g} {:.4g} {:.4g} rg".format(*(colour.unit if colour else (1, 1, 1)))
        return f"{tint} {axis - width / 2:.3f} {bottom:.3f} {width:.3f} {height:.3f} re f"

    # ----------------------------------------------------------------------- what has no room

    def faults(self) -> Iterator[Diagnostic]:
        """The pack's banner, where it has no room on an upright page or on one that lies on its side."""
        if self.document.policy is None:
            return
        landscape = self.style.page.turned
        for setup in (self.style.page, landscape):
            if self.of(self.document.marking, setup) is None:
                yield self._fault(self.document.marking)
                return

    def _fault(self, marking: Marking) -> Diagnostic:
        words = banner_words(self.style, self._values, self.words(marking))
        return Diagnostic(
            Severity.ERROR,
            self.document.meta.where,
            f"the banner “{words}” has no room at the top and foot of the pages of the style {self.style.name}",
            "give it more lines: make `page.header` and `page.margins.top` larger and `page.footer` and `page.margins.bottom` too,"
            " or make `text.banner.size` smaller",
            ExitCode.STYLE,
        )


def check_banners(document: Document, style: Style) -> Iterator[Diagnostic]:
    """An error for a banner of the pack that has no room, a warning for colours of its policy that are too pale for words."""
    banners = Banners(document, style, Typesetter(style, Faces(style.fonts), document.meta.language))
    yield from banners.faults()
    pale = pale_levels(document, style)
    if pale:
        yield Diagnostic(
            Severity.WARNING,
            document.meta.where,
            f"the colour of {', '.join(pale)} is too pale to be read as words on paper: their banners keep the style's own colour",
            f"say `markings: {{colours: band}}` in the style {style.name}, which sets words on a band of the colour",
            rule="marking-colour",
        )


def _first(count: int, pitch: float, wanted: float, least: float, most: float) -> float | None:
    """Where the first of equally distant lines stands so that they lie about a place and within bounds; None where they cannot."""
    spread = (count - 1) * pitch
    if least + spread > most + 0.01:
        return None
    return min(max(wanted - spread / 2, least), most - spread)


def _is_seen(furniture: Furniture) -> bool:
    slots = (furniture.recto, furniture.verso, furniture.first)
    return any(each.left or each.centre or each.right for each in slots if each is not None)
