"""What a YAML file may hold, said once: checks a node tree with a place for every fault, and prints itself as JSON Schema.

The checks work on the tree itself and not on plain values, so every message has its line and column at hand; a schema
library would validate values that have forgotten where they stood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, Protocol, TypeAlias

from briefpack.errors import ExitCode, Findings, Where
from briefpack.reading.yaml_tree import Kind, Node

Json: TypeAlias = dict[str, Any]

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)\Z", re.ASCII)
_LOOSE_DATE = re.compile(r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)\b", re.ASCII)
_DATE_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d):(\d\d))?\Z", re.ASCII)
_GLUED = re.compile(r"([\w-]+):\S")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?) ?%\Z", re.ASCII)


@dataclass(slots=True)
class Report:
    """Where a check puts what it finds; code: the exit code its errors end in."""

    findings: Findings
    code: ExitCode = ExitCode.SOURCE

    def error(self, where: Where, message: str, hint: str | None = None) -> None:
        self.findings.error(where, message, hint, self.code)

    def warning(self, where: Where, message: str, hint: str | None = None) -> None:
        self.findings.warning(where, message, hint, self.code)


class Shape(Protocol):
    """asks: what is wanted, in the words of a message ("text", "a list of text")."""

    @property
    def asks(self) -> str: ...

    def check(self, node: Node, report: Report) -> None:
        """Report every fault of node."""
        ...

    def json(self, defs: Json) -> Json:
        """The shape as JSON Schema; named groups go into defs."""
        ...


def found(node: Node) -> str:
    """What stands there, in the words of a message."""
    if node.kind is not Kind.SCALAR:
        return str(node.kind.value)
    if node.is_null:
        return "nothing"
    short = node.text.strip().split("\n")[0]
    return f"“{short[:40]}{'…' if len(short) > 40 else ''}”"


def near(word: str, known: Sequence[str]) -> str | None:
    """The known word that was probably meant, or None."""
    close = get_close_matches(word.lower(), known, n=3, cutoff=0.6)
    # Of words that are about as near, the one with the same first letter: `stile` is `style` rather than `title`.
    return min(close, key=lambda other: (other[:1] != word[:1].lower(), close.index(other)), default=None)


def suggestion(word: str, known: Sequence[str], what: str) -> str:
    """A hint for an unknown word: what was probably meant, else all there is."""
    close = near(word, known)
    return f"did you mean `{close}`?" if close else f"{what}: {', '.join(known)}"


def wrong(node: Node, asks: str, report: Report, hint: str | None = None) -> None:
    """Report that something else is asked for."""
    if node.kind is Kind.LIST and asks.startswith("text"):
        hint = hint or "text that begins with [ or - must be put into quotes"
    if node.kind is Kind.MAP and asks.startswith("text"):
        hint = hint or "text with a colon in it must be put into quotes"
    report.error(node.where, f"{asks} is asked for here; found {found(node)}", hint)


def is_text_with_colon(node: Node, known: Mapping[str, object]) -> bool:
    """Whether a group is more likely a text in which a colon happens to be: one key, and nothing like a known one."""
    if node.kind is not Kind.MAP or len(node.keys) != 1:
        return False
    key = next(iter(node.keys))
    return key not in known and near(key, tuple(known)) is None


def text_with_colon(node: Node, report: Report) -> None:
    """Report a text that YAML took for a group."""
    key, value = next(iter(node.values.items()))
    whole = f"{key}: {value.text.strip().splitlines()[0] if value.text.strip() else '…'}"
    report.error(
        node.where,
        f"the colon behind “{key[:40]}” makes this a group of keys",
        f"if it is text, put it into quotes: {chr(34)}{whole[:50]}{'…' if len(whole) > 50 else ''}{chr(34)}",
    )


@dataclass(frozen=True, slots=True)
class TextShape:
    """One line or many; markdown only changes the description. pattern: a full match is asked for, told by rule.

    blank: whether a text of nothing but white space will do where the key is required. null: whether nothing will do.
    """

    markdown: bool = False
    pattern: str | None = None
    rule: str = ""
    blank: bool = False
    null: bool = False

    @property
    def asks(self) -> str:
        return "text"

    def check(self, node: Node, report: Report) -> None:
        if node.kind is not Kind.SCALAR or node.is_null:
            if not (self.null and node.kind is Kind.SCALAR):
                wrong(node, self.asks, report)
        elif self.pattern is not None and not re.fullmatch(self.pattern, node.text):
            report.error(node.where, f"“{node.text[:40]}” does not fit here", self.rule)

    def json(self, defs: Json) -> Json:  # noqa: ARG002  text has no parts
        # Editors type scalars by YAML's rules: `version: 2` is a number to them and text to us.
        schema: Json = {"type": ["string", "number", "boolean", *(["null"] if self.null else [])]}
        if self.pattern is not None:
            schema = {"type": "string", "pattern": f"^(?:{self.pattern})$"}
        return schema


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some words."""

    words: tuple[str, ...]

    @property
    def asks(self) -> str:
        return f"one of {', '.join(self.words)}"

    def check(self, node: Node, report: Report) -> None:
        if node.kind is not Kind.SCALAR or node.is_null:
            wrong(node, self.asks, report)
        elif node.text not in self.words:
            report.error(
                node.where,
                f"{found(node)} is none of the choices",
                suggestion(node.text, self.words, "choices"),
            )

    def json(self, defs: Json) -> Json:  # noqa: ARG002
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class Integer:
    low: int
    high: int

    @property
    def asks(self) -> str:
        return f"a whole number from {self.low} to {self.high}"

    def check(self, node: Node, report: Report) -> None:
        if (
            node.kind is not Kind.SCALAR
            or not node.plain
            or not _INTEGER.match(node.text)
            or len(node.text) > 12
            or not self.low <= int(node.text) <= self.high
        ):
            wrong(node, self.asks, report)

    def json(self, defs: Json) -> Json:  # noqa: ARG002
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, slots=True)
class Number:
    """A plain decimal number."""

    low: float
    high: float

    @property
    def asks(self) -> str:
        return f"a number from {self.low:g} to {self.high:g}"

    def check(self, node: Node, report: Report) -> None:
        if (
            node.kind is not Kind.SCALAR
            or not re.fullmatch(r"-?[0-9]{1,6}(\.[0-9]{1,6})?", node.text)
            or not self.low <= float(node.text) <= self.high
        ):
            wrong(node, self.asks, report)

    def json(self, defs: Json) -> Json:  # noqa: ARG002
        return {"type": "number", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, slots=True)
class Boolean:
    @property
    def asks(self) -> str:
        return "true or false"

    def check(self, node: Node, report: Report) -> None:
        if node.kind is not Kind.SCALAR or not node.plain or node.text not in ("true", "false"):
            hint = (
                f"write {'true' if node.text.lower() in ('yes', 'on', 'true', 'y') else 'false'}"
                if node.kind is Kind.SCALAR
                and node.text.lower() in ("yes", "no", "on", "off", "y", "n", "true", "false")
                else None
            )
            wrong(node, self.asks, report, hint)

    def json(self, defs: Json) -> Json:  # noqa: ARG002
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class DateShape:
    """A day, or with time=True a day that may carry a time."""

    time: bool = False

    @property
    def asks(self) -> str:
        return "a date such as 2025-04-03" + (" or 2025-04-03 18:00" if self.time else "")

    def check(self, node: Node, report: Report) -> None:
        if node.kind is not Kind.SCALAR or not (_DATE_TIME if self.time else _DATE).match(node.text):
            loose = _LOOSE_DATE.match(node.text)
            hint = f"write {loose[1]}-{int(loose[2]):02}-{int(loose[3]):02}" if loose else None
            if _DATE_TIME.match(node.text):
                hint = f"write {node.text[:10]}; a time has no place here"
            wrong(node, self.asks, report, hint)
        elif to_datetime(node.text) is None:
            report.error(node.where, f"{found(node)} is not in the calendar", "check day, month and hour")

    def json(self, defs: Json) -> Json:  # noqa: ARG002
        tail = r"([ T]\d{2}:\d{2})?" if self.time else ""
        return {"type": "string", "pattern": rf"^\d{{4}}-\d{{2}}-\d{{2}}{tail}$"}


def to_datetime(text: str) -> datetime | None:
    """A date with or without a time; None when it is not in the calendar."""
    match = _DATE_TIME.match(text)
    if not match:
        return None
    try:
        day = date.fromisoformat(match[1])
        return datetime(day.year, day.month, day.day, int(match[2] or 0), int(match[3] or 0))  # noqa: DTZ001  the pack's own clock
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Percent:
    """A share of a width, above 0 and up to 100 %."""

    @property
    def asks(self) -> str:
        return "a share such as 30%"

    def check(self, node: Node, report: Report) -> None:
        if to_share(node) is None:
            wrong(node, self.asks, report, "widths are shares of the text width, above 0% and up to 100%")

    def json(self, defs: Json) -> Json:  # noqa: ARG002
        return {"type": "string", "pattern": r"^\d{1,3}(\.\d+)? ?%$"}


def to_share(node: Node) -> float | None:
    """30% → 0.3; None when it is no share."""
    match = _PERCENT.match(node.text) if node.kind is Kind.SCALAR else None
    share = float(match[1]) / 100 if match else 0.0
    return share if 0 < share <= 1 else None


@dataclass(frozen=True, slots=True)
class ListOf:
    """shape: a callable where the shape refers to itself. least: how many there must be."""

    shape: Shape | Callable[[], Shape]
    what: str
    least: int = 0

    @property
    def asks(self) -> str:
        return f"a list of {self.what}"

    @property
    def item(self) -> Shape:
        return self.shape() if callable(self.shape) else self.shape

    def check(self, node: Node, report: Report) -> None:
        if node.kind is not Kind.LIST:
            wrong(node, self.asks, report, "begin each item with `- ` on a line of its own")
            return
        if len(node.items) < self.least:
            report.error(
                node.where, f"{self.asks} is asked for here; it is empty", f"give at least {self.least}"
            )
        shape = self.item
        for item in node.items:
            if not item.faulty:
                shape.check(item, report)

    def json(self, defs: Json) -> Json:
        schema: Json = {"type": "array", "items": self.item.json(defs)}
        if self.least:
            schema["minItems"] = self.least
        return schema


@dataclass(frozen=True, slots=True)
class MapOf:
    """Keys of the author's choice. pattern: what a key may look like, told by rule."""

    shape: Shape
    what: str
    pattern: str
    rule: str
    least: int = 0

    @property
    def asks(self) -> str:
        return f"a group of {self.what}"

    def check(self, node: Node, report: Report) -> None:
        if node.kind is not Kind.MAP:
            wrong(node, self.asks, report)
            return
        if len(node.keys) < self.least:
            report.error(
                node.where, f"{self.asks} is asked for here; it is empty", f"give at least {self.least}"
            )
        for key, value in node.values.items():
            if not re.fullmatch(self.pattern, key):
                report.error(node.keys[key].where, f"`{key}` cannot be a name here", self.rule)
            if not value.faulty:
                self.shape.check(value, report)

    def json(self, defs: Json) -> Json:
        return {
            "type": "object",
            "patternProperties": {f"^(?:{self.pattern})$": self.shape.json(defs)},
            "additionalProperties": False,
            **({"minProperties": self.least} if self.least else {}),
        }


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a group. about: what it means, for the editor and the reference page."""

    shape: Shape | Callable[[], Shape]
    about: str
    required: bool = False
    nullable: bool = False

    @property
    def its(self) -> Shape:
        return self.shape() if callable(self.shape) else self.shape

    def is_blank(self, node: Node) -> bool:
        """Whether a text is asked for and there is nothing but white space."""
        return (
            node.kind is Kind.SCALAR
            and isinstance(self.shape, TextShape)
            and not self.shape.blank
            and not node.text.strip()
        )


@dataclass(frozen=True, slots=True)
class Group:
    """Known keys only. kinds: keys of which exactly one must be there (a block's kind)."""

    name: str
    keys: Mapping[str, Key]
    about: str = ""
    kinds: tuple[str, ...] = ()
    remedies: Mapping[str, str] = field(default_factory=dict)

    @property
    def asks(self) -> str:
        return f"a group of keys ({self.name})"

    def check(self, node: Node, report: Report) -> None:
        if node.kind is not Kind.MAP:
            wrong(node, self.asks, report, self._hint(node))
            return
        meant: set[str] = set()
        for key, value in node.values.items():
            known = self.keys.get(key)
            if known is None:
                left = tuple(other for other in self.keys if other not in node.keys)
                close = None if key in self.remedies else near(key, left)
                meant |= {close} if close else set()
                hint = self.remedies.get(key) or suggestion(
                    key, left if close else (*self.keys,), "known keys"
                )
                report.error(node.keys[key].where, f"unknown key `{key}`", hint)
            elif value.faulty:
                continue
            elif value.is_null:
                if known.required:
                    report.error(value.where, f"`{key}` has no value", f"{known.its.asks} is asked for")
            elif known.required and known.is_blank(value):
                report.error(value.where, f"`{key}` is empty", f"{known.its.asks} is asked for")
            else:
                known.its.check(value, report)
        for key, known in self.keys.items():
            # A misspelt key is one fault, not one that is unknown and one that is missing.
            if known.required and key not in node.keys and key not in meant:
                report.error(node.where, f"the key `{key}` is missing", f"add `{key}:` ({known.about})")

    def _hint(self, node: Node) -> str:
        glued = _GLUED.match(node.text) if node.kind is Kind.SCALAR and node.plain else None
        if glued and glued[1] in self.keys:
            return f"a space is missing behind the colon: write `{glued[1]}: …`"
        return f"its keys: {', '.join(self.keys)}"

    def json(self, defs: Json) -> Json:
        reference = {"$ref": f"#/$defs/{self.name.replace(' ', '-')}"}
        name = self.name.replace(" ", "-")
        if name not in defs:
            defs[name] = {}
            properties: Json = {}
            for key, known in self.keys.items():
                schema = known.its.json(defs)
                if not known.required:
                    schema = {"anyOf": [schema, {"type": "null"}]}
                properties[key] = {"description": known.about, **schema}
            defs[name].update(
                {
                    "type": "object",
                    "description": self.about or self.name,
                    "properties": properties,
                    "additionalProperties": False,
                }
            )
            required = [key for key, known in self.keys.items() if known.required]
            if required:
                defs[name]["required"] = required
        return reference


@dataclass(frozen=True, slots=True)
class ByKind:
    """A group whose shape is told by the one kind key it holds, or a scalar in short for the first kind."""

    name: str
    groups: Mapping[str, Group]
    scalar: Shape | None = None

    @property
    def asks(self) -> str:
        return f"text or a {self.name}" if self.scalar else f"a {self.name}"

    def kind(self, node: Node) -> str | None:
        """The kind key of a group, or None when it has none or several."""
        kinds = [key for key in node.values if key in self.groups]
        return kinds[0] if len(kinds) == 1 else None

    def check(self, node: Node, report: Report) -> None:
        if node.kind is Kind.SCALAR and self.scalar is not None:
            if node.is_null:
                report.error(
                    node.where, f"this {self.name} is empty", "write text behind the dash, or delete it"
                )
            else:
                self.scalar.check(node, report)
            return
        if node.kind is not Kind.MAP:
            wrong(node, self.asks, report, f"kinds: {', '.join(self.groups)}")
            return
        kinds = [key for key in node.values if key in self.groups]
        if len(kinds) == 1:
            self.groups[kinds[0]].check(node, report)
        elif kinds:
            report.error(
                node.keys[kinds[1]].where,
                f"one {self.name} cannot be both `{kinds[0]}` and `{kinds[1]}`",
                f"begin a new {self.name} with `- {kinds[1]}:`",
            )
        elif self.scalar is not None and is_text_with_colon(
            node, {key: None for group in self.groups.values() for key in group.keys}
        ):
            text_with_colon(node, report)
        else:
            first = next(iter(node.keys.values()), node)
            hint = next(
                (f"did you mean `{close}`?" for key in node.keys if (close := near(key, tuple(self.groups)))),
                None,
            )
            report.error(
                first.where,
                f"this {self.name} does not say what it is"
                + (f" (unknown key `{first.text}`)" if node.keys else ""),
                hint or f"begin it with one of: {', '.join(self.groups)}",
            )

    def json(self, defs: Json) -> Json:
        options = [group.json(defs) for group in self.groups.values()]
        return {"anyOf": [*([self.scalar.json(defs)] if self.scalar else []), *options]}


@dataclass(frozen=True, slots=True)
class ByForm:
    """A scalar, a list or a group: each form with its own shape; None where a form is not allowed.

    null: whether nothing will do as well.
    """

    what: str
    scalar: Shape | None = None
    sequence: Shape | Callable[[], Shape] | None = None
    group: Shape | Callable[[], Shape] | None = None
    null: bool = False

    @property
    def asks(self) -> str:
        return self.what

    def check(self, node: Node, report: Report) -> None:
        forms = {Kind.SCALAR: self.scalar, Kind.LIST: self.sequence, Kind.MAP: self.group}
        shape = forms[node.kind]
        if shape is None or node.is_null:
            if not (node.is_null and self.null):
                wrong(node, self.asks, report)
            return
        its = shape() if callable(shape) else shape
        if self.scalar is not None and isinstance(its, Group) and is_text_with_colon(node, its.keys):
            text_with_colon(node, report)
        else:
            its.check(node, report)

    def json(self, defs: Json) -> Json:
        shapes = [s for s in (self.scalar, self.sequence, self.group) if s is not None]
        return {
            "anyOf": [
                *((s() if callable(s) else s).json(defs) for s in shapes),
                *([{"type": "null"}] if self.null else []),
            ]
        }


def json_schema(shape: Group, title: str) -> Json:
    """A whole file's JSON Schema (2020-12)."""
    defs: Json = {}
    schema = shape.json(defs)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **schema,
        "$defs": defs,
    }
