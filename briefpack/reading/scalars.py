"""Shapes of single values: text, a word of some, a number, a date, a share; and what they mean in Python."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from briefpack.reading.checks import Json, Report, found, suggestion, wrong
from briefpack.reading.node import Kind, Node

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)\Z", re.ASCII)

_LOOSE_DATE = re.compile(r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)\b", re.ASCII)

_DATE_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d):(\d\d))?\Z", re.ASCII)

_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?) ?%\Z", re.ASCII)


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

    @classmethod
    def of(cls, kind: type[Enum]) -> Choice:
        """One of the values of an enumeration, which are words."""
        return cls(tuple(member.value for member in kind))

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
