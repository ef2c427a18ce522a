"""Diagnostics as a reader wants them: place, fact, the line itself with a caret, remedy; errors first, each once."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from briefpack.cli.terminal import (
    BOLD,
    CYAN,
    DIM,
    RED,
    YELLOW,
    coloured,
    complain,
    counted,
    near,
    printable,
    width,
)
from briefpack.errors import Diagnostic, Severity, Where

_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_TAB = "    "
_ELLIPSIS = "…"
_COLOURS = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.NOTE: CYAN}
MOST = 12
"""Diagnostics of a crowd that are printed; who has seen so many knows what has happened."""
_LARGEST = 4 * 1024 * 1024
"""Bytes of a file of which lines are shown; no source file is larger."""


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Each once; errors before warnings before notes, then by file, line and column; those without a place first."""
    severities = list(Severity)

    def rank(found: Diagnostic) -> tuple[int, bool, str, int, int]:
        where = found.where
        return (
            severities.index(found.severity),
            where is not None,
            str(where.path) if where else "",
            where.line if where else 0,
            where.column if where else 0,
        )

    return sorted(dict.fromkeys(diagnostics), key=rank)


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Print them to standard error, with a last line that counts them; nothing when there are none."""
    given = list(dict.fromkeys(diagnostics))
    ordered = in_order(given)
    if not ordered:
        return
    lines: dict[Path, list[str]] = {}
    sizes = Counter(found.crowd for found in given if found.crowd is not None)
    crowds = {crowd: size for crowd, size in sizes.items() if size > MOST}
    for crowd, size in crowds.items():
        complain(f"{coloured('error:', RED, sys.stderr)} {printable(_nearer(crowd))}")
        for found in [found for found in given if found.crowd == crowd][:MOST]:
            complain(_rendered(found, lines))
        complain(coloured(f"{size - MOST} more like these: --json lists them all", BOLD, sys.stderr))
    for found in ordered:
        if found.crowd not in crowds:
            complain(_rendered(found, lines))
    complain(coloured(counts_of(ordered), BOLD, sys.stderr))


def counts_of(diagnostics: Iterable[Diagnostic]) -> str:
    """How many there are of each severity: "2 errors, 1 note"; "" for none."""
    number = Counter(found.severity for found in diagnostics)
    return ", ".join(counted(number[each], each.value) for each in Severity if number[each])


def as_json(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """path, line and column are null when no place is at fault; line and column are 0 for a file as a whole."""
    return [
        {
            "severity": found.severity.value,
            "rule": found.rule,
            "path": near(found.where.path) if found.where else None,
            "line": found.where.line if found.where else None,
            "column": found.where.column if found.where else None,
            "message": _nearer(found.message),
            "hint": found.hint and _nearer(found.hint),
            "code": int(found.code),
        }
        for found in in_order(diagnostics)
    ]


def _rendered(found: Diagnostic, lines: dict[Path, list[str]]) -> str:
    err = sys.stderr
    colour = _COLOURS[found.severity]
    place = f"{place_of(found.where)}: " if found.where else ""
    parts = [
        coloured(printable(place), BOLD, err)
        + coloured(f"{found.severity.value}{f'[{found.rule}]' if found.rule else ''}:", colour, err)
        + f" {printable(_nearer(found.message))}"
    ]
    if found.where and found.where.line:
        parts += _excerpt(found.where, colour, lines)
    if found.hint:
        parts.append(coloured("help:", CYAN, err) + f" {printable(_nearer(found.hint))}")
    return "\n".join(parts)


def _nearer(text: str) -> str:
    """A message with the places in it as one would type them here; as it is where here is no longer there."""
    try:
        here = Path.cwd()
    except FileNotFoundError:
        return text
    return text.replace(f"{here}{os.sep}", "") if len(here.parts) > 1 else text


def place_of(where: Where) -> str:
    """As "path:line:column", the path as one would type it here."""
    shown = near(where.path)
    return f"{shown}:{where.line}:{where.column}" if where.line else shown


def _excerpt(where: Where, colour: str, lines: dict[Path, list[str]]) -> list[str]:
    """The line and a caret below it; [] when the file cannot be shown."""
    source = _lines_of(where.path, lines)
    if where.line > len(source):
        return []
    text, column = source[where.line - 1], where.column - 1
    if not text.strip():
        return []
    before, rest = _shown(text[:column]), _shown(text[column:])
    number = str(where.line)
    room = max(30, shutil.get_terminal_size((110, 24)).columns - len(number) - 5)
    before, rest = _clipped(before, rest, room)
    gutter = " " * len(number)
    err = sys.stderr
    return [
        coloured(f" {number} |", DIM, err) + f" {before}{rest}",
        coloured(f" {gutter} |", DIM, err) + f" {' ' * width(before)}{coloured('^', colour, err)}",
    ]


def _shown(text: str) -> str:
    return printable(text.replace("\t", _TAB))


def _clipped(before: str, rest: str, room: int) -> tuple[str, str]:
    """Both parts of a line cut to a window of about `room` columns that has the caret in it."""
    lead = before
    if width(before) > room * 2 // 3 and width(before + rest) > room:
        while width(lead) > room // 2:
            lead = lead[1:]
        lead = _ELLIPSIS + lead
    left = room - width(lead)
    if width(rest) > left:
        cut = rest[:left]
        while width(cut) > left - 1:
            cut = cut[:-1]
        rest = cut.rstrip() + _ELLIPSIS
    return lead, rest


def _lines_of(path: Path, lines: dict[Path, list[str]]) -> Sequence[str]:
    if path not in lines:
        try:
            with path.open("rb") as file:
                raw = file.read(_LARGEST)
        except (OSError, ValueError):
            # It is gone, or it is a folder: the message names it, the line is a courtesy.
            raw = b""
        text = raw.decode("utf-8", "replace").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
        lines[path] = [] if "\0" in text else _LINE_END.split(text)
    return lines[path]
