"""Files that authors call annexes → facts about a clean copy of each, or a message that says why not.

Nothing here opens a PDF: that happens in processes of their own (worker.py) with limits of time and memory, so that the worst file
costs its author a message and the others nothing. Several files are taken in at once; what is told of them comes in the order of the pack.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Self, TypeAlias

from briefpack.annex import Annex, AnnexFacts, AnnexFile, CleanPart, Remark
from briefpack.annexes.cache import attached_to, clean_path, keep, name_of, prune, recall, treatment_words
from briefpack.annexes.chain import CHAIN, share
from briefpack.annexes.converting import warden
from briefpack.annexes.converting.steps import Converted, completed, converted, made_by
from briefpack.annexes.foreign import MAIL, PDF, Kind, Way, kind_of_file
from briefpack.annexes.process import COMMAND, Silence, WorkerProcess
from briefpack.annexes.raw import has_objects
from briefpack.errors import Diagnostic, ExitCode, Findings
from briefpack.files import digest_of, make_folder, output_error

LARGEST_FILE = 200 << 20
"""Bytes of a file."""
LONGEST = 60.0
"""Seconds that one file may take, with all engines of the chain."""
DRAWING = 10
"""So many times longer where every page is to be drawn (flatten: image): about a quarter of a second a page."""
MOST_JOBS = 4
"""Files at once; each may take worker.MOST_MEMORY."""

_WORKER = COMMAND
_TOO_MUCH = "print it to a new PDF, or leave it out"
_ANEW = "get it again from its source, or open it in a PDF viewer and print it to a new PDF"
_VAGUE = frozenset({"txt", "unknown"})
"""What a PDF may be taken for whose header is missing or stands too far behind."""
_DIGITS = 12
_TICK = 0.05
"""Seconds between two looks at what is being stopped."""


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
    with _Cleaners(work, longest, jobs or min(MOST_JOBS, os.cpu_count() or 1)) as cleaners:
        for file in files:
            seen = _look_at(file, findings)
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
            _refuse(findings, file, *refusals[name])
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


def _refuse(findings: Findings, file: AnnexFile, message: str, hint: str) -> None:
    findings.error(file.where, f"{file.path.name} {message}", hint, ExitCode.ANNEX)


# --------------------------------------------------------------------------- the file itself


def _look_at(file: AnnexFile, findings: Findings) -> tuple[str, Kind] | None:
    """The SHA-256 and the kind of a file that is a PDF or can become one; None when it cannot, and then findings say why."""
    try:
        status = file.path.stat()
        if stat.S_ISDIR(status.st_mode):
            _refuse(findings, file, "is a folder", "name a PDF file in it")
        elif not stat.S_ISREG(status.st_mode):
            _refuse(findings, file, "is no file but a device or a pipe", "name a PDF file")
        elif status.st_size > LARGEST_FILE:
            size, most = status.st_size / (1 << 20), LARGEST_FILE >> 20
            _refuse(
                findings,
                file,
                f"is too large ({size:,.0f} MB; at most {most})",
                "make its pictures smaller or split it",
            )
        else:
            if file.set is not None:
                if digest_of(file.path) != file.set.sha256:
                    _refuse(findings, file, "was changed while it was read", "build again")
                    return None
                expected = _as_expected(file, file.set.sha256, findings)
                return None if expected is None else (expected, PDF)
            kind = kind_of_file(file.path)
            headed = kind is MAIL and file.path.suffix.lower() == ".pdf"
            if (headed or kind.name in _VAGUE) and _holds_objects(file.path):
                # A gateway may have put its own lines before the file.
                kind = PDF
            if kind.way not in {Way.SET, Way.NONE}:
                digest = _as_expected(file, digest_of(file.path), findings)
                return None if digest is None else (digest, kind)
            words = f"is {kind.words}, not a PDF" if kind.words.startswith("a") else f"is {kind.words}"
            _refuse(findings, file, words, kind.remedy)
    except FileNotFoundError:
        _refuse(findings, file, "does not exist", "check its name and folder")
    except PermissionError:
        _refuse(findings, file, "may not be read", "give yourself the permission to read it")
    except OSError as error:
        _refuse(findings, file, f"cannot be read: {error.strerror or error}", "copy it to another disk")
    return None


def _as_expected(file: AnnexFile, digest: str, findings: Findings) -> str | None:
    """The digest, when the author did not ask for another; else None."""
    wanted = file.treatment.sha256
    if wanted is None or wanted == digest:
        return digest
    _refuse(
        findings,
        file,
        f"is not the file that the pack asks for: its SHA-256 begins with {digest[:_DIGITS]}, not with {wanted[:_DIGITS]}",
        f"get that file again; or, if this one is right, write `sha256: {digest}`",
    )
    return None


def _holds_objects(path: Path) -> bool:
    with path.open("rb") as content:
        return has_objects(content.read())


# --------------------------------------------------------------------------- the processes


_Outcome: TypeAlias = CleanPart | tuple[str, str]
"""The clean copy of a file, or why there is none: message and hint."""


class _Cleaners:
    """Several cleaners, each of which takes the next file that waits; none is started before there is one."""

    def __init__(self, work: Path, longest: float, jobs: int) -> None:
        self._work, self._longest = work, longest
        self._pool = ThreadPoolExecutor(jobs)
        self._free: SimpleQueue[_Cleaner] = SimpleQueue()
        self._all: list[_Cleaner] = []
        self._begun: dict[str, Future[_Outcome]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for outcome in self._begun.values():
            outcome.cancel()
        # Once is not enough where a build is broken off: a thread may be about to start a program, or start another because the first was stopped.
        left = True
        while left:
            for cleaner in self._all:
                cleaner.interrupt()
            warden.stop()
            left = bool(wait(self._begun.values(), timeout=_TICK).not_done)
        self._pool.shutdown()
        for cleaner in self._all:
            cleaner.end()

    def begin(self, file: AnnexFile, kind: Kind, name: str, sha256: str) -> None:
        """Have a file cleaned."""
        self._begun[name] = self._pool.submit(self._clean, file, kind, name, sha256)

    def outcomes(self) -> dict[str, _Outcome]:
        """What became of all files, in the order in which they were begun. Raises BriefpackError (OUTPUT) when a copy cannot be kept."""
        return {name: outcome.result() for name, outcome in self._begun.items()}

    def _clean(self, file: AnnexFile, kind: Kind, name: str, sha256: str) -> _Outcome:
        try:
            cleaner = self._free.get_nowait()
        except Empty:
            cleaner = _Cleaner(self._work, self._longest)
            self._all.append(cleaner)
        try:
            return cleaner.clean(file, kind, name, sha256)
        finally:
            self._free.put(cleaner)


class _Cleaner:
    """Cleans one file after the other in a process that is replaced when a file is its end."""

    def __init__(self, work: Path, longest: float) -> None:
        self._work, self._longest = work, longest
        self._worker = WorkerProcess(_WORKER)

    def clean(self, file: AnnexFile, kind: Kind, name: str, sha256: str) -> _Outcome:
        """The clean copy of a file, made by the first engine that can.

        Raises BriefpackError (OUTPUT) when the copy cannot be kept.
        """
        target = clean_path(self._work, name)
        # Other builds may make the same file at the same time.
        waiting, made = (target.with_suffix(f".{os.getpid()}.{part}.pdf") for part in ("part", "made.part"))
        longest = self._longest * (DRAWING if file.treatment.flatten else 1)
        end = time.monotonic() + longest
        try:
            way = converted(file, kind, sha256, self._ask, work=self._work, target=made, seconds=longest)
            if isinstance(way, dict):
                return _refusal(way, longest)
            answer = self._by_some_engine(way, file, waiting, end)
            if isinstance(answer, Silence) or "cleaned" not in answer:
                return _refusal(answer, longest)
            if digest_of(file.path) != sha256:
                return "was changed while it was read", "build again"
            cleaned = completed(
                way,
                file.treatment,
                answer["cleaned"],
                self._ask,
                clean=waiting,
                work=self._work,
                seconds=longest,
            )
            waiting.replace(target)
            return keep(self._work, name, sha256, cleaned, waiting)
        except OSError as error:
            raise output_error(error, target) from error
        finally:
            for path in (waiting, made, *attached_to(waiting)):
                with contextlib.suppress(OSError):
                    path.unlink()

    def _by_some_engine(
        self, way: Converted, file: AnnexFile, target: Path, end: float
    ) -> dict[str, Any] | Silence:
        """The answer of the first engine that is able, else the failure that tells most. end: of its time, as time.monotonic() tells it."""
        failures: list[dict[str, Any] | Silence] = []
        for engine in CHAIN:
            left = end - time.monotonic()
            if left <= 0:
                break
            answer = self._ask(
                {
                    "source": str(way.path.absolute()),
                    "target": str(target.absolute()),
                    "treatment": treatment_words(file.treatment),
                    "engine": engine.value,
                },
                share(engine, left),
            )
            if isinstance(answer, dict) and "cleaned" in answer:
                return answer
            failures.append(answer)
            if isinstance(answer, dict) and "refused" in answer:
                break
        return _telling(failures) if failures else Silence(late=True)

    def _ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any] | Silence:
        return self._worker.ask(request, seconds)

    def interrupt(self) -> None:
        """Stop the process, also while another thread waits for its answer."""
        self._worker.interrupt()

    def end(self) -> None:
        """End the process, and its pipes with it."""
        self._worker.end()


def _telling(failures: list[dict[str, Any] | Silence]) -> dict[str, Any] | Silence:
    """Of the failures of one engine after the other, the one that tells most of the file.

    A verdict; else what the first engine died of, which is nothing that a file needs repair for; else what the last one said.
    """
    last = failures[-1]
    if isinstance(last, dict) and "refused" in last:
        return last
    fatal = (each for each in failures if isinstance(each, Silence) or "unable" not in each)
    return next(fatal, last)


def _refusal(answer: dict[str, Any] | Silence, longest: float) -> tuple[str, str]:
    match answer:
        case Silence(late=True):
            return f"takes more than {longest:.0f} seconds to read", _TOO_MUCH
        case Silence():
            return "makes a PDF reader fail, so it is damaged or made to do harm", _ANEW
        case {"refused": [message, hint]} | {"unable": [message, hint]}:
            return str(message), str(hint)
        case {"swelled": True}:
            return "needs more memory to read than an annex may", _TOO_MUCH
        case {"fault": str()}:
            # Which library gave up, and where, helps nobody who has only the file.
            return "holds something that no PDF reader here understands", _ANEW
    raise ValueError(f"unknown answer of the annex worker: {answer!r}")
