"""The single values of a style file: lengths, shares, colours, templates and patterns, checked and turned into Python values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefpack import template
from briefpack.errors import Where
from briefpack.reading.checks import Json, Report, Shape, found, suggestion, wrong
from briefpack.reading.node import Kind, Node
from briefpack.reading.source import Source
from briefpack.style import WORDS, Colour, Length

POINTS: dict[str, float] = {"pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0}
"""The units of length, in points."""

_MEASURE = re.compile(r"(-?\d{1,5}(?:\.\d{1,4})?) ?([A-Za-z%]*)\Z", re.ASCII)
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")
NAME = r"[a-z][a-z0-9-]*"
_EM_LIMIT = 20.0


@dataclass(frozen=True, slots=True)
class Measure:
    """A length as written. unit: pt, mm, cm, in, em (of a text's size) or % (of body's size)."""

    number: float
    unit: str

    def points(self, em: float = 0.0, whole: float = 0.0) -> Length:
        """em, whole: in points, what 1em and 100% are here."""
        match self.unit:
            case "em":
                return Length(self.number * em)
            case "%":
                return Length(self.number * whole / 100)
            case unit:
                return Length(self.number * POINTS[unit])


@dataclass(frozen=True, slots=True)
class LengthShape:
    """A number with a unit, or a bare 0. low, high: in points. relative: "em", "%" or "" as further units.

    only_em: nothing but em (and 0).
    """

    low: float = 0.0
    high: float = 1440.0
    relative: str = ""
    only_em: bool = False

    @property
    def units(self) -> tuple[str, ...]:
        if self.only_em:
            return ("em",)
        return (*POINTS, *((self.relative,) if self.relative else ()))

    @property
    def asks(self) -> str:
        return f"a length such as {'0.05em' if self.only_em else '110%' if self.relative == '%' else '4mm'}"

    def value(self, node: Node) -> Measure | None:
        """None when it is no length of these units."""
        match = _MEASURE.match(node.text) if node.kind is Kind.SCALAR else None
        if match is None:
            return None
        number, unit = float(match[1]), match[2]
        if not unit:
            return Measure(0.0, "pt") if number == 0 else None
        return Measure(number, unit) if unit in self.units else None

    def check(self, node: Node, report: Report) -> None:
        value = self.value(node)
        if value is None:
            self._explain(node, report)
        elif value.unit in POINTS:
            if not self.low <= value.points() <= self.high:
                report.error(node.where, f"{found(node)} is out of range", self._range())
        elif value.unit == "em":
            if not (-_EM_LIMIT if self.low < 0 else 0) <= value.number <= _EM_LIMIT:
                report.error(node.where, f"{found(node)} is out of range", f"at most {_EM_LIMIT:g}em")
        elif not 10 <= value.number <= 1000:
            report.error(node.where, f"{found(node)} is out of range", "from 10% to 1000% of the body's size")

    def _explain(self, node: Node, report: Report) -> None:
        match = _MEASURE.match(node.text) if node.kind is Kind.SCALAR else None
        units = ", ".join(self.units)
        if match is None:
            wrong(node, self.asks, report)
        elif not match[2]:
            example = f"{match[1]}{self.units[0]}"
            report.error(node.where, f"{found(node)} has no unit", f"write {example}, or another of {units}")
        else:
            report.error(node.where, f"`{match[2]}` is not a unit that can be used here", f"units: {units}")

    def _range(self) -> str:
        return f"from {self.low:g}pt to {self.high:g}pt ({self.high / POINTS['mm']:.0f}mm)"

    def json(self, defs: Json) -> Json:  # noqa: ARG002  a length has no parts
        sign = "-?" if self.low < 0 else ""
        units = "|".join(self.units)
        return {"anyOf": [{"type": "string", "pattern": rf"^{sign}\d+(\.\d+)? ?({units})$"}, {"const": 0}]}


@dataclass(frozen=True, slots=True)
class ShareShape:
    """A share from 0 to 1, written 27% or 0.27."""

    @property
    def asks(self) -> str:
        return "a share such as 27%"

    def value(self, node: Node) -> float | None:
        match = _MEASURE.match(node.text) if node.kind is Kind.SCALAR else None
        if match is None or match[2] not in ("", "%"):
            return None
        share = float(match[1]) / (100 if match[2] else 1)
        return share if 0 <= share <= 1 else None

    def check(self, node: Node, report: Report) -> None:
        if self.value(node) is None:
            wrong(node, self.asks, report, "from 0% to 100%")

    def json(self, defs: Json) -> Json:  # noqa: ARG002
        return {
            "anyOf": [
                {"type": "string", "pattern": r"^\d{1,3}(\.\d+)? ?%$"},
                {"type": "number", "minimum": 0, "maximum": 1},
            ]
        }


@dataclass(frozen=True, slots=True)
class ColourShape:
    """A colour written "#rrggbb" or "#rgb", or the name of one of the style's colours."""

    @property
    def asks(self) -> str:
        return 'a colour such as "#1b365d", or the name of one under `colours`'

    def value(self, node: Node) -> Colour | str | None:
        """A name comes back as text, to be looked up when all names are known."""
        if node.kind is not Kind.SCALAR:
            return None
        if _HEX.match(node.text):
            digits = node.text[1:]
            if len(digits) == 3:
                digits = "".join(digit * 2 for digit in digits)
            return Colour(*bytes.fromhex(digits))
        return node.text if re.fullmatch(NAME, node.text) else None

    def check(self, node: Node, report: Report) -> None:
        if self.value(node) is None:
            hint = "three or six hexadecimal digits after #" if node.text.startswith("#") else None
            wrong(node, self.asks, report, hint)

    def json(self, defs: Json) -> Json:  # noqa: ARG002
        return {"type": "string", "pattern": f"^(#([0-9a-fA-F]{{3}}|[0-9a-fA-F]{{6}})|{NAME})$"}


@dataclass(frozen=True, slots=True)
class TemplateShape:
    """Words with {fields}. names: the fields that can be used here. words: {word:KEY} too. needed: fields that must be there.

    lines: whether there may be several; a fault is then told of where it stands in them.
    """

    names: tuple[str, ...]
    words: bool = True
    needed: tuple[str, ...] = ()
    lines: bool = False

    @property
    def asks(self) -> str:
        return "text"

    def value(self, node: Node) -> str:
        return node.text

    def check(self, node: Node, report: Report) -> None:
        if node.kind is not Kind.SCALAR or node.is_null:
            hint = "put the text into quotes: it begins with {" if node.kind is Kind.MAP else None
            wrong(node, self.asks, report, hint)
            return
        if not self.lines and "\n" in node.text.strip():
            report.error(node.where, "this text has several lines", "only one line can be printed here")
            return
        try:
            used = template.fields(node.text)
        except template.StrayBraceError as stray:
            report.error(
                node.where,
                f"a stray {stray} in {found(node)}",
                f"a field stands between braces, as in {{{self.names[0]}}}; write {stray}{stray} for a brace that is to be printed",
            )
            return
        source = Source(node) if self.lines else None
        for name in used:
            self._field(name, node.where if source is None else source.find(f"{{{name}}}", 0), report)
        for name in self.needed if set(used) <= set(self.names) else ():
            if name not in used:
                report.error(
                    node.where,
                    f"{found(node)} lacks the field {{{name}}}",
                    f"put {{{name}}} where it belongs",
                )

    def _field(self, name: str, where: Where, report: Report) -> None:
        key = template.Field(name).word
        if key is not None and self.words:
            if key not in WORDS:
                report.error(
                    where, f"unknown label word {{{name}}}", suggestion(key, tuple(WORDS), "label words")
                )
        elif name not in self.names:
            known = (*self.names, "word:…") if self.words else self.names
            report.error(
                where,
                f"unknown field {{{name}}}",
                suggestion(name, known, "fields that can be used here"),
            )

    def json(self, defs: Json) -> Json:  # noqa: ARG002
        return {"type": ["string", "number"]}


@dataclass(frozen=True, slots=True)
class PatternShape:
    """How a number is written: one of 1, a, A, i, I, with anything but letters and digits around it."""

    @property
    def asks(self) -> str:
        return 'a number pattern such as "1.", "(a)" or "(i)"'

    def value(self, node: Node) -> str:
        return node.text

    def check(self, node: Node, report: Report) -> None:
        if node.kind is not Kind.SCALAR or not re.fullmatch(r"[^\w\s]{0,3}[1aAiI][^\w\s]{0,3}", node.text):
            wrong(
                node,
                self.asks,
                report,
                "exactly one of 1, a, A, i, I, with brackets, dots or dashes around it",
            )

    def json(self, defs: Json) -> Json:  # noqa: ARG002
        return {"anyOf": [{"type": "string", "pattern": r"^[^\w\s]{0,3}[1aAiI][^\w\s]{0,3}$"}, {"const": 1}]}


@dataclass(frozen=True, slots=True)
class TripleOf:
    """Exactly three of a shape, one for each level."""

    shape: LengthShape | PatternShape

    @property
    def asks(self) -> str:
        return "a list of three, one for each level"

    def value(self, node: Node) -> tuple[Measure | str | None, ...]:
        return tuple(self.shape.value(item) for item in node.items)

    def check(self, node: Node, report: Report) -> None:
        if node.kind is not Kind.LIST or len(node.items) != 3:
            wrong(node, self.asks, report)
            return
        for item in node.items:
            self.shape.check(item, report)

    def json(self, defs: Json) -> Json:
        return {"type": "array", "items": self.shape.json(defs), "minItems": 3, "maxItems": 3}


@dataclass(frozen=True, slots=True)
class OrNone:
    """A shape, or `~` to take away what was inherited."""

    shape: Shape

    @property
    def asks(self) -> str:
        return self.shape.asks

    def check(self, node: Node, report: Report) -> None:
        if not node.is_null:
            self.shape.check(node, report)

    def json(self, defs: Json) -> Json:
        return {"anyOf": [self.shape.json(defs), {"type": "null"}]}
