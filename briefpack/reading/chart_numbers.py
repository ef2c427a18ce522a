"""Numbers of charts, as they are written in YAML and in CSV files → Decimals, with the remedy for whatever is no number."""

from __future__ import annotations

import re
from decimal import Decimal

from briefpack.reading.checks import Report
from briefpack.reading.node import Kind, Node

_NUMBER = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{1,12})?|\.\d{1,12})\Z", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([ ,'’\u00a0\u202f])\d{3})(?:\1\d{3})*(?:\.\d+)?\Z", re.ASCII)
_DIVIDERS = re.compile("[ ,'’\u00a0\u202f]")
_COMMA = re.compile(r"[+-]?\d+,\d+\Z", re.ASCII)
_EXPONENT = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+\Z", re.ASCII)
_WITH_UNIT = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*([^\d\s].{0,20})\Z", re.ASCII)
_MOST_DIGITS = 15
_UNKNOWN = frozenset(
    {"~", "n/a", "na", "n.a.", "-", "–", "—", "..", "...", "…", ":", "?", "x", "none", "nil", "nan"}
)
"""What tables print where there is no number."""


def read_number(node: Node, report: Report) -> Decimal | None:
    """The number of a node; None where there is none, or none that can be read, which is reported."""
    if node.faulty or node.kind is not Kind.SCALAR:
        return None
    text = node.text.strip()
    if not text or node.is_null:
        return None
    if _NUMBER.match(text):
        return Decimal(text)
    report.error(node.where, f"“{text[:40]}” is no number", _remedy(text))
    return None


def _remedy(text: str) -> str:
    if text.casefold() in _UNKNOWN:
        return "write ~ where there is no number (in a CSV file, leave the cell empty)"
    bare = text.replace("\u2212", "-").replace("–", "-")
    if bare != text and _NUMBER.match(bare):
        return f"write {bare}, with the hyphen of the keyboard"
    if _GROUPED.match(bare):
        return f"write {_DIVIDERS.sub('', bare)}, without what divides the thousands"
    if _COMMA.match(bare):
        return f"write {bare.replace(',', '.')}, with a point; it is printed as the language has it"
    if _EXPONENT.match(bare):
        # What no reader could count is not written out.
        short = abs(Decimal(bare).adjusted()) < _MOST_DIGITS
        return f"write {Decimal(bare):f}" if short else "choose a unit in which it has a few digits"
    unit = _WITH_UNIT.match(bare)
    if unit:
        return f"write {unit[1]}; what it counts stands under `unit:`"
    return "write it in digits, with a point for decimals, or ~ where there is no number"
