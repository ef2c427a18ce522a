"""What is shown and how: colours, widths, tables, broken pipes, and the one JSON object of a run."""

from __future__ import annotations

import json
import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from briefpack import __version__
from briefpack.errors import Diagnostic, ExitCode, Severity

_GAP, _BETWEEN = "  ", " · "
_NOTHING = frozenset({"", "-"})
"""Cells without anything to say."""
BOLD, DIM, RED, YELLOW, CYAN = "1", "2", "1;31", "1;33", "36"


NOTHING_PUBLISHED = "nothing was published"


@dataclass(slots=True)
class Run:
    """What one run has to say at its end.

    json: say it as one JSON object. content: what a command adds to that object. stopped: what there is to say of a run that is stopped by Ctrl-C.
    unwritten: why not all of it could be said, "" where it could.
    """

    command: str = ""
    json: bool = False
    quiet: bool = False
    stopped: str = NOTHING_PUBLISHED
    unwritten: str = ""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    content: dict[str, Any] = field(default_factory=dict)


RUN = Run()
"""The run of this process; commands fill it, main() begins and ends it."""


def begin() -> None:
    """Forget an earlier run in the same process, and read and say nothing where whoever started this one has closed the way."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - until the process ends
    RUN.command, RUN.json, RUN.quiet, RUN.stopped, RUN.unwritten = "", False, False, NOTHING_PUBLISHED, ""
    RUN.diagnostics.clear()
    RUN.content.clear()


def finish(code: ExitCode = ExitCode.OK) -> ExitCode:
    """Show what is left to be shown."""
    from briefpack.cli.diagnostics import as_json, show

    if RUN.json:
        answer = {
            "briefpack": __version__,
            "command": RUN.command,
            "exit_code": int(code),
            "diagnostics": as_json(RUN.diagnostics),
            **RUN.content,
        }
        say(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        show(found for found in RUN.diagnostics if not (RUN.quiet and found.severity is Severity.NOTE))
        if code is ExitCode.INTERRUPTED:
            complain(f"stopped; {RUN.stopped}")
        elif code is ExitCode.STRICT:
            complain("warnings count as errors under --strict")
    if RUN.unwritten:
        complain(f"not all that there is to say could be written: {RUN.unwritten}")
        return ExitCode.OUTPUT if code is ExitCode.OK else code
    return code


def say(text: str) -> None:
    """Print to standard output."""
    _write(sys.stdout, text)


def complain(text: str) -> None:
    """Print to standard error."""
    _write(sys.stderr, text)


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text + "\n")
        stream.flush()
    except BrokenPipeError:
        # The reader has seen enough (`briefpack explain … | head`): what follows goes nowhere, and the work goes on.
        _silence(stream)
    except OSError as error:
        # A full disk: what is done must not look undone because nobody can be told of it.
        RUN.unwritten = error.strerror or str(error)
        _silence(stream)
    except UnicodeEncodeError:
        # A terminal that is not UTF-8: better a question mark than no message.
        encoding = stream.encoding or "ascii"
        stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")


def _silence(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def coloured(text: str, colour: str, stream: TextIO) -> str:
    """Paint text where that helps: on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not stream.isatty()
    return text if plain or not text else f"\x1b[{colour}m{text}\x1b[0m"


def printable(text: str) -> str:
    """Clear text of anything a terminal would obey: control characters, line breaks, marks that turn text round."""
    if text.isprintable():
        return text
    return "".join(
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and c not in "\t\u200d\u00ad"
        else c
        for c in text
    )


def width(text: str) -> int:
    """How many columns of a terminal text takes (Unicode TR11: wide characters two, combining marks none)."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(c) or unicodedata.category(c) in {"Mn", "Me", "Cf"}
        else 2
        if unicodedata.east_asian_width(c) in {"W", "F"}
        else 1
        for c in text
    )


def near(path: Path) -> str:
    """Shorten path to what one would type here: relative where that is shorter."""
    absolute = os.path.abspath(path)  # noqa: PTH100 - the path as written, links not followed
    try:
        relative = os.path.relpath(absolute)
    except ValueError:
        # Another drive of Windows.
        return absolute
    return min(relative, absolute, key=lambda shown: (shown.count(".." + os.sep) > 2, len(shown)))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], right: frozenset[str] = frozenset()) -> str:
    """Columns aligned with spaces, a head above. right: heads of the columns that are flush right.

    On a terminal that is too narrow for it, each row is told in words: its lines would break where columns are looked for.
    """
    lines = [heads, *([printable(cell) for cell in row] for row in rows)]
    widths = [max(width(line[n]) for line in lines) for n in range(len(heads))]
    room = shutil.get_terminal_size().columns
    if sys.stdout.isatty() and sum(widths) + len(_GAP) * (len(widths) - 1) > room:
        return "\n".join(told for row in lines[1:] for told in _in_words(heads, row, room))

    def aligned(cells: Sequence[str]) -> str:
        parts = []
        for cell, head, wide in zip(cells, heads, widths, strict=True):
            gap = " " * (wide - width(cell))
            parts.append(gap + cell if head in right else cell + gap)
        return _GAP.join(parts).rstrip()

    head, *body = (aligned(line) for line in lines)
    return "\n".join([coloured(head, BOLD, sys.stdout), *body])


def _in_words(heads: Sequence[str], row: Sequence[str], room: int) -> Iterator[str]:
    """The first cell, and below it the others with their heads, as many in a line as there is room for."""
    yield coloured(row[0], BOLD, sys.stdout)
    line = ""
    for head, cell in zip(heads[1:], row[1:], strict=True):
        if cell in _NOTHING:
            continue
        told = f"{head} {cell}"
        if line and width(line) + width(_BETWEEN) + width(told) > room:
            yield line
            line = ""
        line = f"{line}{_BETWEEN}{told}" if line else f"{_GAP}{told}"
    if line:
        yield line


def counted(number: int, one: str, many: str | None = None) -> str:
    """Say "1 error", "2 errors"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def size_in_words(size: int) -> str:
    """Bytes in the unit a mail programme would show."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"
