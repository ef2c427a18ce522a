"""What can go wrong, where it went wrong in the author's files, and which exit code it ends in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from pathlib import Path

_FEW = 3


class ExitCode(IntEnum):
    """The exit codes of the command line; each is documented in README.md (a test checks it)."""

    OK = 0
    BUG = 1
    """briefpack itself failed: a traceback and a request for a report."""
    USAGE = 2
    """The command line is wrong: unknown option, unknown pack, unknown audience."""
    SOURCE = 3
    """pack.yaml, a section file, a table's CSV file or an image is wrong."""
    STYLE = 4
    """A style file is wrong, or a font lacks a character of the text."""
    ANNEX = 5
    """An annex is missing, encrypted, damaged or no PDF."""
    OUTPUT = 6
    """The output cannot be written: read-only target, full disk; or what was built may not be sent as it is."""
    BUSY = 7
    """Another build, draft or sending of the same pack holds the lock."""
    TOOL = 8
    """An optional tool that was asked for is not installed or failed (LibreOffice)."""
    STRICT = 9
    """Only warnings, but --strict was given."""
    LEAK = 10
    """A file holds what its audience must not have, or what cannot be read; nothing was published."""
    MAIL = 11
    """The mail server cannot be reached or refuses, or not every message was sent."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C; nothing was published."""


class Severity(Enum):
    """How bad a diagnostic is: an error stops the build, a warning does not unless that is wanted (--strict), a note never does: nothing is wrong,
    but it is worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in an author's file; line and column are 1-based, column counts characters.

    Line 0 means the file as a whole (it cannot be read, or it is not text).
    """

    path: Path
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if self.line == 0:
            return str(self.path)
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: the place, the fact, the remedy.

    where: None when no file is at fault (a full disk, a missing tool).
    hint: what to do about it; None only where the message already says so.
    code: the exit code an error of this kind ends in. rule: of a warning, its name in briefpack.rules; None for an error. crowd: what is said once of
    all that say the same here, where they are too many to be printed; the first of them tell most.
    """

    severity: Severity
    where: Where | None
    message: str
    hint: str | None = None
    code: ExitCode = ExitCode.SOURCE
    rule: str | None = None
    crowd: str | None = None


class BriefpackError(Exception):
    """A run that ends with user errors: carries every diagnostic, not only the first."""

    exit_code: ExitCode = ExitCode.SOURCE

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        errors = [d for d in self.diagnostics if d.severity is Severity.ERROR]
        if errors:
            # The code of the stage nearest the author's own text wins: that is what he mends first.
            self.exit_code = min(d.code for d in errors)
        super().__init__("; ".join(d.message for d in errors))

    def __reduce__(self) -> tuple[type[BriefpackError], tuple[tuple[Diagnostic, ...]]]:
        # Exceptions cross process borders by pickle, which would call __init__ with the message.
        return type(self), (self.diagnostics,)


def some_of(names: Sequence[str]) -> str:
    """The first few, and that there are others, where a message tells of any number."""
    return ", ".join(names[:_FEW]) + (" and others" if len(names) > _FEW else "")


def failure(
    message: str, *, code: ExitCode, where: Where | None = None, hint: str | None = None
) -> BriefpackError:
    """An error that stands alone, ready to raise."""
    return BriefpackError([Diagnostic(Severity.ERROR, where, message, hint, code)])


@dataclass(slots=True)
class Findings:
    """Collects diagnostics while a stage goes on, so that a run reports all of them."""

    items: list[Diagnostic] = field(default_factory=list)

    def error(
        self,
        where: Where | None,
        message: str,
        hint: str | None = None,
        code: ExitCode = ExitCode.SOURCE,
    ) -> None:
        self.items.append(Diagnostic(Severity.ERROR, where, message, hint, code))

    def warning(
        self,
        where: Where | None,
        message: str,
        hint: str | None = None,
        code: ExitCode = ExitCode.SOURCE,
        *,
        rule: str | None = None,
    ) -> None:
        """rule: a name of briefpack.rules; a test sees to it that every warning has one."""
        self.items.append(Diagnostic(Severity.WARNING, where, message, hint, code, rule))

    def note(self, where: Where | None, message: str, hint: str | None = None) -> None:
        """Something that is worth knowing and in order."""
        self.items.append(Diagnostic(Severity.NOTE, where, message, hint))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.items.extend(diagnostics)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.items)

    @property
    def has_errors(self) -> bool:
        return any(d.severity is Severity.ERROR for d in self.items)

    def raise_if_errors(self) -> None:
        """Raise BriefpackError with everything found so far when one of it is an error."""
        if self.has_errors:
            raise BriefpackError(self.items)
