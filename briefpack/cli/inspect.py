"""`briefpack check --output`: finished PDFs, what they claim, and what stands against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefpack.cli.terminal import BOLD, RUN, coloured, counted, near, printable, say

if TYPE_CHECKING:
    from briefpack.annex import AnnexFault
    from briefpack.annexes.inspection import Inspection
    from briefpack.errors import Diagnostic

NOT_VALIDATED = "no validator was run; veraPDF (https://verapdf.org) is the one to ask"
_NUMBERED = re.compile(r"(.*?)(\d+)")
_MOST_PAGES = 3


def inspect_outputs(paths: Sequence[Path], *, strict: bool) -> None:
    """Look at finished files and tell of them. Raises BriefpackError for what is wrong, all of it at the end."""
    import sys

    from briefpack.annexes.inspection import inspect
    from briefpack.errors import BriefpackError, Severity
    from briefpack.pipeline import StrictError

    found: list[dict[str, Any]] = []
    diagnostics: list[Diagnostic] = []
    for path in paths:
        try:
            inspection = inspect(path)
        except BriefpackError as error:
            diagnostics += error.diagnostics
            continue
        diagnostics += _diagnostics(path, inspection)
        found.append({"path": near(path), **_as_json(inspection)})
        if not RUN.json and not RUN.quiet:
            say(coloured(printable(near(path)), BOLD, sys.stdout))
            say("\n".join(f"  {head:<9} {printable(words)}" for head, words in _lines(inspection)))
    if RUN.json:
        RUN.content["inspected"] = found
    if any(one.severity is Severity.ERROR for one in diagnostics):
        raise BriefpackError(diagnostics)
    if strict and diagnostics:
        raise StrictError(diagnostics)
    RUN.diagnostics += diagnostics


def _as_json(inspection: Inspection) -> dict[str, Any]:
    content = asdict(inspection)
    content["faults"] = [
        {
            "message": fault.message,
            "pages": list(fault.pages),
            "breaks": list(inspection.broken_by(fault)),
        }
        for fault in inspection.faults
    ]
    return {**content, "validated": False}


def _lines(inspection: Inspection) -> Iterator[tuple[str, str]]:
    yield "claims", ", ".join(inspection.claims) or "nothing"
    shown = "" if inspection.title_shown or not inspection.title else " (not shown in the window)"
    yield "title", (inspection.title or "none") + shown
    yield "language", inspection.language or "not said"
    yield "tags", "yes" if inspection.tagged else "no"
    yield "pages", f"{len(inspection.labels)}: {_ranges(inspection.labels)}"
    loose = sorted({font.name for font in inspection.fonts if not font.embedded})
    names = sorted({font.name for font in inspection.fonts})
    if loose:
        yield "fonts", f"{counted(len(names), 'font')}, not embedded: {', '.join(loose)}"
    elif names:
        yield "fonts", f"{', '.join(names)}; all embedded"
    else:
        yield "fonts", "none"
    yield "checked", NOT_VALIDATED


def _ranges(labels: Sequence[str]) -> str:
    """The pages' names, those that follow each other as one: "i to iii, 1 to 20, A-1 to A-4"."""
    from briefpack.annexes.page_labels import label_ranges

    numbered = [_NUMBERED.fullmatch(label) for label in labels]
    parts = [
        label if match is None or not match[1] else (match[1], int(match[2]))
        for label, match in zip(labels, numbered, strict=True)
    ]
    firsts = [part.first for part in label_ranges(parts)]
    runs = zip(firsts, [*firsts[1:], len(labels)], strict=True)
    return ", ".join(
        labels[first] if end == first + 1 else f"{labels[first]} to {labels[end - 1]}" for first, end in runs
    )


def _diagnostics(path: Path, inspection: Inspection) -> Iterator[Diagnostic]:
    from briefpack.errors import Diagnostic, ExitCode, Severity, Where

    def told(severity: Severity, message: str, hint: str | None, rule: str | None = None) -> Diagnostic:
        return Diagnostic(severity, Where(path), message, hint, ExitCode.OUTPUT, rule)

    for fault in inspection.faults:
        broken = inspection.broken_by(fault)
        if broken:
            yield told(
                Severity.ERROR,
                f"it claims {' and '.join(broken)}, but {_placed(fault)}",
                "do not rely on its claims; build it again, or ask who made it",
            )
        else:
            yield told(Severity.WARNING, f"{_placed(fault)}", _against(fault), rule="lost-claim")


def _placed(fault: AnnexFault) -> str:
    pages = ", ".join(map(str, fault.pages[:_MOST_PAGES])) + (", …" if len(fault.pages) > _MOST_PAGES else "")
    if not pages:
        return fault.message
    return f"{fault.message} (page {pages})" if len(fault.pages) == 1 else f"{fault.message} (pages {pages})"


def _against(fault: AnnexFault) -> str:
    from briefpack.annexes.claims import lost

    return f"with that it cannot claim {' or '.join(lost(fault))}"
