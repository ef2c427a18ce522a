"""What a run tells of what it found, and whether that stops it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefpack.errors import BriefpackError, Diagnostic, ExitCode, Findings, Severity
from briefpack.pack import Pack
from briefpack.rules import RULES, apart, idle


class StrictError(BriefpackError):
    """Only warnings, and they were not to be passed over."""

    exit_code = ExitCode.STRICT


class HeldError(BriefpackError):
    """Only warnings, but one that stops a build which is no draft (Rule.stops)."""

    exit_code = ExitCode.ANNEX


def combined(failures: Sequence[BriefpackError]) -> BriefpackError:
    """One error for the failures of several packs."""
    kind: type[BriefpackError] = BriefpackError
    if all(isinstance(failure, StrictError) for failure in failures):
        kind = StrictError
    elif all(isinstance(failure, StrictError | HeldError) for failure in failures):
        kind = HeldError
    return kind([found for failure in failures for found in failure.diagnostics])


@dataclass(frozen=True, slots=True)
class Told:
    """What a run tells: each finding once, since several audiences find the same faults, and without what the author silenced."""

    findings: tuple[Diagnostic, ...]
    silenced: int

    @classmethod
    def of(cls, findings: Findings, pack: Pack, *, every_audience: bool = False) -> Told:
        """every_audience: all were looked at, so that a silence without anything to silence is seen to be idle."""
        found = tuple(dict.fromkeys(findings))
        left, used = apart(found, pack.silences)
        idlers = idle(pack.silences, used) if every_audience and not findings.has_errors else []
        return cls((*left, *idlers), len(found) - len(left))

    def stop_if_wrong(self, *, strict: bool, draft: bool) -> None:
        """Raise BriefpackError for an error, HeldError for a warning that stops what is no draft, StrictError for any where strict."""
        if any(found.severity is Severity.ERROR for found in self.findings):
            raise BriefpackError(self.findings)
        if not draft and any(found.rule and RULES[found.rule].stops for found in self.findings):
            raise HeldError(self.findings)
        if strict and any(found.severity is Severity.WARNING for found in self.findings):
            raise StrictError(self.findings)
