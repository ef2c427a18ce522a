"""The mark that a sending leaves in a pack's output folder: written before a byte goes, held against the ledger before the next sending.

Kills do no harm: a mark is never ahead of its ledger, and nothing is ever on its way that it does not tell of.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from briefpack.distribute.ledger import Ledger
from briefpack.distribute.ledger_look import Look, look
from briefpack.distribute.sent_mark import (
    MARK_NAME,
    Mark,
    last_begun,
    mark_of,
    read_mark,
    render_mark,
    unknown_to,
)
from briefpack.errors import BriefpackError, Diagnostic, ExitCode, Severity, Where
from briefpack.files import output_error, publish, stage
from briefpack.pipeline.project import BUILD

TRUST = "--trust-ledger"


def doubt(output: Path, ledger: Path, known: Look | None) -> Diagnostic | None:
    """An error (OUTPUT) where the mark in an output folder tells of a sending that the ledger does not know; None where there is no mark, or nothing is wrong.

    The project's own output folder tells as well of what was sent, wherever it is sent from now. ledger: its path. known: as look has it. Raises BriefpackError (OUTPUT) where a mark cannot be read.
    """
    for folder in dict.fromkeys((output, _home(ledger))):
        found = _doubt_of(folder / MARK_NAME, ledger, known)
        if found is not None:
            return found
    return None


def _doubt_of(path: Path, ledger: Path, known: Look | None) -> Diagnostic | None:
    """path: of a mark."""
    raw = _raw(path)
    if raw is None:
        return None
    mark = read_mark(raw)
    if mark is None:
        return _error(
            Where(path),
            f"{MARK_NAME}, which tells what was sent from here, is no mark that this version understands: nobody knows whether the ledger is the right one",
            ledger,
        )
    why = "is gone" if known is None else unknown_to(known.identity, known.journal, mark)
    if why is None:
        return None
    return _error(
        Where(ledger),
        f"messages were sent from {path.parent.name} on {mark.at[:10]}, and the ledger {why}",
        ledger,
    )


def _home(ledger: Path) -> Path:
    """The project's own output folder of the pack."""
    return ledger.parents[2] / BUILD / ledger.parent.name


def doubtful(found: Diagnostic) -> Diagnostic:
    """The same as a warning, where nothing is about to be sent."""
    return replace(found, severity=Severity.WARNING, rule="doubtful-ledger")


def trusted(found: Diagnostic) -> Diagnostic:
    """The same as a warning, where somebody has said that the ledger is right all the same."""
    return Diagnostic(
        Severity.WARNING,
        found.where,
        f"{found.message}; it is trusted all the same ({TRUST}): whoever it does not know to have it is sent it",
        "see that nobody gets it twice",
        ExitCode.OUTPUT,
        rule="doubtful-ledger",
    )


def leave_mark(output: Path, ledger: Ledger, *, trust: bool = False) -> None:
    """What the ledger knows to have begun is told of in the output folder from now on. Raises BriefpackError (OUTPUT) with the mark as it was.

    trust: also in the project's own folder, where that has a mark: it may be one that the ledger does not know.
    """
    begun = ledger.last_begun()
    if begun is None:
        return
    home = _home(ledger.path)
    for folder in dict.fromkeys(
        (output, home) if trust and _raw(home / MARK_NAME) is not None else (output,)
    ):
        _write(folder, mark_of(ledger.identity, begun))


def bring_mark(output: Path, ledger: Path) -> None:
    """Mark an output folder that was made anew, or from which others sent less, as the ledger knows it; a mark that the ledger does not know stays.

    Nothing is done where the ledger cannot be read; whoever sends is told of that.
    """
    try:
        known = look(ledger)
        if known is None or known.identity is None or doubt(output, ledger, known) is not None:
            return
    except BriefpackError:
        return
    begun = last_begun(known.journal)
    if begun is not None:
        _write(output, mark_of(known.identity, begun))


def _write(output: Path, mark: Mark) -> None:
    path, content = output / MARK_NAME, render_mark(mark)
    if _raw(path) != content:
        publish([stage(path, content)])


def _raw(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise output_error(error, path) from error


def _error(where: Where, fact: str, ledger: Path) -> Diagnostic:
    return Diagnostic(
        Severity.ERROR,
        where,
        fact,
        f"bring {ledger.name} back to {ledger.parent.parent.name}/{ledger.parent.name}, from a backup or from where it was sent; without it everybody whom the ledger here "
        f"does not know would be sent it again. Where that is meant: {TRUST}",
        ExitCode.OUTPUT,
    )
