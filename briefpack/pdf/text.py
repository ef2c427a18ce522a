"""Text as a flow of our own: spans become measured words, words become lines, lines become text operators."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import assert_never

from briefpack.document import (
    Align,
    CrossReference,
    LineBreak,
    Link,
    NoteReference,
    Position,
    Spans,
    Text,
    plain_text,
)
from briefpack.pdf.fonts import Faces
from briefpack.pdf.ink import Fragment, Ink
from briefpack.pdf.notes import Note
from briefpack.pdf.paragraph import BASELINE, MINIMUM_LINES, OneLine, Shape, TextFlow
from briefpack.pdf.runs import segments
from briefpack.pdf.structure import Element
from briefpack.style import Colour, Style

__all__ = ["BASELINE", "Label", "OneLine", "TextFlow", "Typesetter"]


_ROUNDING = 0.01
"""Points by which a line may be too wide: sums of widths are not exact."""


_TYPED_LINES = 4
"""Lines of what is printed as it is typed that stay together at the foot and at the head of a page."""
_WORDS = Text("")
"""A span without a look of its own."""
_MARK = Text("", position=Position.SUPER)
"""The look of a note's mark."""
_SMALL = 0.65
"""Size of raised and lowered words, and how far they stand above or below the baseline: shares of the size of the text around
them, as Word has it."""
_RISE = {Position.LINE: 0.0, Position.SUPER: 0.33, Position.SUB: -0.14}
_SMALL_CAPITAL = 0.8
"""Size of a small capital, a share of the size of the text around it."""


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
        self._inks: dict[tuple[str, bool, bool, bool, bool, str, Position | None, bool], Ink] = {}

    def ink(self, role: str, span: Text, language: str | None = None) -> Ink:
        """The look of a span in a role; the same object for the same look."""
        speech = span.language or language or self.language
        # None, because an Enum's hash takes longer than all the rest.
        position = None if span.position is Position.LINE else span.position
        key = (
            role, span.strong, span.emphasis, span.code, span.secondary, speech, position, span.small_caps,
        )  # fmt: skip
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
            size = float(look.size)
            if position is not None:
                size *= _SMALL
            if span.small_caps:
                size *= _SMALL_CAPITAL
            ink = self._inks[key] = Ink(
                self.faces.sized(face, size, look.tracking * size),
                _tint(colour),
                speech,
                underline=look.underline,
                rise=_RISE[span.position] * look.size,
                full=float(look.size),
            )
        return ink

    def flow(
        self,
        spans: Spans,
        role: str,
        *,
        language: str | None = None,
        label: Label | None = None,
        element: Element | None = None,
        lead: Element | None = None,
        goes_on: bool = False,
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

        left, right, first: indents in points, as in TextStyle. element: its element in the structure tree; a flow
        without one can be drawn as furniture only. lead: of the label, None when the label belongs to the words.
        goes_on: further flows have the same element.
        """
        look = self.style.text[role]
        base = self.ink(role, _WORDS, language)
        if colour is not None:
            base = base.variant(tint=_tint(colour))
        led = None
        push = 0.0
        if label is not None:
            ink = base if label.role is None else self.ink(label.role, _WORDS, language)
            if label.colour is not None:
                ink = ink.variant(tint=_tint(label.colour))
            led = self._line(self._runs((Text(label.text),), label.role or role, language, ink))
            if label.text:
                push = max(led.width + base.sized.space - label.indent, 0.0)
        notes: list[Note] = []
        runs = self._runs(spans, role, language, base, element, notes=notes)
        return TextFlow(
            segments(runs, base, self.faces),
            Shape(
                pitch=float(look.line_pitch),
                align=look.align if align is None else align,
                left=float(look.left if left is None else left),
                right=float(look.right if right is None else right),
                first=float(look.first if first is None else first),
                label=led,
                hanging=label.indent if label else 0.0,
                push=push,
                hyphenate=look.hyphenate,
                element=element,
                lead=lead,
                goes_on=goes_on,
                noted=bool(notes),
                least=_TYPED_LINES if role == "verbatim" else MINIMUM_LINES,
            ),
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
        base = self.ink(role, _WORDS, language)
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

    def _runs(
        self,
        spans: Spans,
        role: str,
        language: str | None,
        base: Ink,
        element: Element | None = None,
        *,
        notes: list[Note] | None = None,
    ) -> list[tuple[str, Ink] | None]:
        """The texts of spans with their inks; None for a line break. base: the ink of plain text.

        element: of the text; links, code, words in another language or in capitals get elements inside it.
        notes: to which those of the spans are added; None leaves them out, with their marks.
        """
        spoken = language or self.language
        look = self.style.text[role]
        runs: list[tuple[str, Ink] | None] = []
        plain = self.ink(role, _WORDS, language)

        def add(text: Text, target: Link | CrossReference | None, around: Element | None) -> None:
            if text.small_caps:
                if look.caps or not any(map(str.islower, text.text)):
                    text = replace(text, small_caps=not look.caps)
                else:
                    for part in _small_and_large(text):
                        add(part, target, around)
                    return
            ink = self.ink(role, text, language)
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
            if around is not None:
                foreign = text.language if text.language != spoken else None
                written = text.text if words != text.text else None
                if text.code or foreign or written:
                    kind = "Code" if text.code else "Span"
                    around = around.among_words(kind, language=foreign, spoken=written)
                if around is not element:
                    ink = ink.variant(element=around)
            runs.append((words, ink))

        for span in spans:
            match span:
                case Text():
                    add(span, None, element)
                case LineBreak():
                    runs.append(None)
                case Link() | CrossReference():
                    link = element.among_words("Link") if element is not None else None
                    for part in span.spans:
                        add(part, span, link)
                case NoteReference():
                    if notes is not None:
                        if runs and runs[-1] is not None:
                            # The mark sticks to its word.
                            runs[-1] = (runs[-1][0].rstrip(" "), runs[-1][1])
                        mark = self.ink(role, _MARK, language)
                        if base.tint != plain.tint:
                            mark = mark.variant(tint=base.tint)
                        mark = self._marked(span, mark, language, element)
                        runs.append((span.mark, mark))
                        if mark.note is not None:
                            notes.append(mark.note)
                case _:
                    assert_never(span)
        return runs

    def _marked(self, span: NoteReference, ink: Ink, language: str | None, element: Element | None) -> Ink:
        """The ink of a note's mark, with the note. element: of the words around the mark."""
        link = inside = None
        if element is not None:
            link = element.among_words("Reference").among_words("Link")
            # A heading is heard without its notes, and read after it.
            around = element.parent if element.is_heading and element.parent is not None else element
            inside = around.add("Note", identity=span.anchor, marking=span.marking)
        target = CrossReference(span.anchor, (Text(span.mark),))
        return ink.variant(target=target, element=link, note=self._note(span, language, inside))

    def _note(self, span: NoteReference, language: str | None, element: Element | None) -> Note:
        indent = float(self.style.notes.indent)
        left = float(self.style.text["note"].left)
        lead = element.add("Lbl") if element is not None else None
        flows: list[TextFlow] = []
        for paragraph in span.paragraphs:
            first = not flows
            flows.append(
                self.flow(
                    paragraph,
                    "note",
                    language=language,
                    label=Label(span.mark, indent) if first else None,
                    element=element.add("P") if element is not None else None,
                    lead=lead,
                    anchor=span.anchor if first else None,
                    keep_with_next=False,
                    left=left if first else left + indent,
                )
            )
        return Note(flows, self.style.notes)


def _tint(colour: Colour) -> str:
    return "{:.4g} {:.4g} {:.4g} rg".format(*colour.unit)


def _small_and_large(text: Text) -> Iterator[Text]:
    """Text with its small letters as they are, and the rest in small capitals."""
    for is_small, letters in groupby(text.text, str.islower):
        yield replace(text, text="".join(letters), small_caps=not is_small)


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
