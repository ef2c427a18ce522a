"""Files that authors call annexes → facts about a clean copy of each, or a message that says why not.

Nothing here opens a PDF: that happens in processes of their own (worker.py, started by cleaners.py) with limits of time and memory, so that the worst file
costs its author a message and the others nothing. Several files are taken in at once; what is told of them comes in the order of the pack.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from briefpack.annex import Annex, AnnexFacts, AnnexFile, CleanPart, Remark
from briefpack.annexes.author_file import look_at_file, refuse
from briefpack.annexes.cache import name_of, prune, recall
from briefpack.annexes.cleaners import LONGEST, MOST_JOBS, Cleaners
from briefpack.annexes.converting.steps import made_by
from briefpack.annexes.foreign import Kind
from briefpack.errors import Diagnostic, ExitCode, Findings
from briefpack.files import make_folder


def take_in(
    annexes: Sequence[Annex], work: Path, *, longest: float = LONGEST, jobs: int | None = None
) -> tuple[dict[str, AnnexFacts], list[Diagnostic]]:
    """Clean and measure annexes. work: folder (made when missing) where clean copies are kept and found again.

    longest: seconds that one file may take. jobs: files at once; None for as many as there are processors, at most MOST_JOBS. Returns
    facts by annex id, of those that are right, and what is wrong with the others (code ANNEX), each at the place that names the
    file. Raises BriefpackError (OUTPUT) when work cannot be written.
    """
    findings = Findings()
    make_folder(work)
    files = [file for annex in annexes for file in annex.files]
    named: dict[AnnexFile, str] = {}
    known: dict[str, CleanPart | None] = {}
    with Cleaners(work, longest, jobs or min(MOST_JOBS, os.cpu_count() or 1)) as cleaners:
        for file in files:
            seen = look_at_file(file, findings)
            if seen is None:
                continue
            digest, kind = seen
            name = named[file] = _name(file, digest, kind)
            if name not in known:
                known[name] = recall(work, name)
                if known[name] is None:
                    # Begin now, while the other files are looked at.
                    cleaners.begin(file, kind, name, digest)
        outcomes = cleaners.outcomes()
    refusals: dict[str, tuple[str, str]] = {}
    for name, outcome in outcomes.items():
        if isinstance(outcome, CleanPart):
            known[name] = outcome
        else:
            refusals[name] = outcome
    for file, name in named.items():
        if name in refusals:
            refuse(findings, file, *refusals[name])
    facts: dict[str, AnnexFacts] = {}
    for annex in annexes:
        parts = [_with_remarks(known[named[file]], file) for file in annex.files if file in named]
        right = tuple(part for part in parts if part is not None)
        for part, file in zip(parts, (file for file in annex.files if file in named), strict=True):
            _tell(findings, file, () if part is None else part.remarks)
        if len(right) == len(annex.files):
            names = tuple(file.path.name for file in annex.files) if len(right) > 1 else ()
            facts[annex.id] = AnnexFacts(right, names)
    prune(work, named.values())
    return facts, list(findings)


def _name(file: AnnexFile, digest: str, kind: Kind) -> str:
    """The name under which the clean copy of a file is kept. digest: of the author's file."""
    makers = made_by(kind, file.treatment)
    if file.set is None:
        return name_of(digest, file.treatment, makers)
    both = f"{digest}{file.set.own_sha256}"
    return name_of(hashlib.sha256(both.encode()).hexdigest(), file.treatment, makers)


def _with_remarks(part: CleanPart | None, file: AnnexFile) -> CleanPart | None:
    """A part with what was seen when its stand-in was made."""
    if part is None or file.set is None:
        return part
    return replace(
        part,
        remarks=(*file.set.remarks, *part.remarks),
        inscriptions=(*part.inscriptions, *file.set.inscriptions),
    )


def _tell(findings: Findings, file: AnnexFile, remarks: Sequence[Remark]) -> None:
    for remark in remarks:
        if not remark.warn:
            continue
        message = f"{file.path.name} {remark.what}"
        if remark.hides:
            findings.warning(file.where, message, remark.advice, ExitCode.ANNEX, rule="annex-hidden")
        else:
            findings.warning(file.where, message, remark.advice, ExitCode.ANNEX, rule="annex-changed")
