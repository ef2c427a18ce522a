"""Files that authors call annexes → facts about a clean copy of each, or a message that says why not.

Nothing here opens a PDF: that happens in a process of its own (worker.py) with limits of time and memory, so that the worst file
costs its author a message and the others nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefpack.annex import Annex, AnnexFacts, AnnexFile, CleanPart, Remark
from briefpack.annexes.cache import clean_path, keep, name_of, prune, recall, treatment_words
from briefpack.annexes.foreign import HEADER_WITHIN, kind_of
from briefpack.annexes.process import COMMAND, environment
from briefpack.errors import Diagnostic, ExitCode, Findings
from briefpack.files import digest_of, make_folder, output_error

LARGEST_FILE = 200 << 20
"""Bytes of an annex."""
LONGEST = 60.0
"""Seconds that cleaning one annex may take."""

_WORKER = COMMAND
_TAIL = 64 << 10
"""A ZIP archive lists its members at its end."""
_PRINT = "save or print it as PDF and name that file"
_TOO_MUCH = "print it to a new PDF, or leave it out"
_ANEW = "get it again from its source, or open it in a PDF viewer and print it to a new PDF"


def take_in(
    annexes: Sequence[Annex], work: Path, *, longest: float = LONGEST
) -> tuple[dict[str, AnnexFacts], list[Diagnostic]]:
    """Clean and measure annexes. work: folder (made when missing) where clean copies are kept and found again.

    longest: seconds that one annex may take. Returns facts by annex id, of those that are right, and what is wrong with the
    others (code ANNEX), each at the place that names the file. Raises BriefpackError (OUTPUT) when work cannot be written.
    """
    findings = Findings()
    make_folder(work)
    files = [file for annex in annexes for file in annex.files]
    named: dict[AnnexFile, tuple[str, str]] = {}
    known: dict[str, CleanPart | None] = {}
    with contextlib.closing(_Cleaner(work, longest)) as cleaner:
        for file in files:
            digest = _look_at(file, findings)
            if digest is not None:
                name = name_of(digest, file.treatment)
                named[file] = (name, digest)
                if name not in known:
                    known[name] = recall(work, name)
                    if known[name] is None:
                        # Begin now: it loads its libraries while the other files are looked at.
                        cleaner.start()
        refusals: dict[str, tuple[str, str]] = {}
        for file, (name, digest) in named.items():
            if known[name] is None and name not in refusals:
                outcome = cleaner.clean(file, name, digest)
                if isinstance(outcome, CleanPart):
                    known[name] = outcome
                else:
                    refusals[name] = outcome
            if name in refusals:
                _refuse(findings, file, *refusals[name])
    facts: dict[str, AnnexFacts] = {}
    for annex in annexes:
        parts = [known[named[file][0]] for file in annex.files if file in named]
        right = tuple(part for part in parts if part is not None)
        for part, file in zip(parts, (file for file in annex.files if file in named), strict=True):
            _tell(findings, file, () if part is None else part.remarks)
        if len(right) == len(annex.files):
            facts[annex.id] = AnnexFacts(right)
    prune(work, (name for name, _ in named.values()))
    return facts, list(findings)


def _tell(findings: Findings, file: AnnexFile, remarks: Sequence[Remark]) -> None:
    for remark in remarks:
        if remark.warn:
            message = f"{file.path.name} {remark.what}"
            findings.warning(file.where, message, remark.advice, ExitCode.ANNEX, rule="annex-changed")


def _refuse(findings: Findings, file: AnnexFile, message: str, hint: str) -> None:
    findings.error(file.where, f"{file.path.name} {message}", hint, ExitCode.ANNEX)


# --------------------------------------------------------------------------- the file itself


def _look_at(file: AnnexFile, findings: Findings) -> str | None:
    """The SHA-256 of a file that may be a PDF; None when it is none, and then findings say why."""
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
            with file.path.open("rb") as content:
                start = content.read(max(4 * HEADER_WITHIN, 4096))
                content.seek(max(0, status.st_size - _TAIL))
                kind = kind_of(start, content.read(_TAIL))
            if kind is None:
                return digest_of(file.path)
            remedy = "get it again from its source" if kind.startswith(("an empty", "filled")) else _PRINT
            _refuse(findings, file, f"is {kind}, not a PDF" if kind.startswith("a") else f"is {kind}", remedy)
    except FileNotFoundError:
        _refuse(findings, file, "does not exist", "check its name and folder")
    except PermissionError:
        _refuse(findings, file, "may not be read", "give yourself the permission to read it")
    except OSError as error:
        _refuse(findings, file, f"cannot be read: {error.strerror or error}", "copy it to another disk")
    return None


# --------------------------------------------------------------------------- the process


@dataclass(frozen=True, slots=True)
class _Silence:
    """The worker gave no answer: it took too long, or (late is False) it died of the file."""

    late: bool


class _Cleaner:
    """Cleans one annex after the other in a process that is replaced when an annex is its end."""

    def __init__(self, work: Path, longest: float) -> None:
        self._work, self._longest = work, longest
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        """The process, started when there is none."""
        if self._process is None:
            self._process = subprocess.Popen(
                _WORKER,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
                start_new_session=True,
            )
        return self._process

    def clean(self, file: AnnexFile, name: str, sha256: str) -> CleanPart | tuple[str, str]:
        """The clean copy of an annex, or why there is none: message and hint.

        Raises BriefpackError (OUTPUT) when the copy cannot be kept.
        """
        target = clean_path(self._work, name)
        # Other builds may make the same file at the same time.
        waiting = target.with_suffix(f".{os.getpid()}.part.pdf")
        try:
            answer = self._ask(file, waiting)
            if isinstance(answer, dict) and "cleaned" in answer:
                if digest_of(file.path) != sha256:
                    return "was changed while it was read", "build again"
                waiting.replace(target)
                return keep(self._work, name, sha256, answer["cleaned"])
        except OSError as error:
            raise output_error(error, target) from error
        finally:
            with contextlib.suppress(OSError):
                waiting.unlink()
        return _refusal(answer, self._longest)

    def _ask(self, file: AnnexFile, target: Path) -> dict[str, Any] | _Silence:
        process = self.start()
        request = json.dumps(
            {
                "source": str(file.path.absolute()),
                "target": str(target.absolute()),
                "treatment": treatment_words(file.treatment),
                "seconds": self._longest,
            }
        )
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        clock = threading.Timer(self._longest, stop)
        clock.start()
        try:
            line = _exchange(process, request.encode() + b"\n")
        finally:
            clock.cancel()
            clock.join()
        if line.endswith(b"\n"):
            answer: dict[str, Any] = json.loads(line)
            return answer
        self.close()
        return _Silence(late.is_set())

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _exchange(process: subprocess.Popen[bytes], request: bytes) -> bytes:
    """The answer's line; empty or cut off when the process ends before."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process was started without pipes")
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(request)
        process.stdin.flush()
        return process.stdout.readline()
    return b""


def _refusal(answer: dict[str, Any] | _Silence, longest: float) -> tuple[str, str]:
    match answer:
        case _Silence(late=True):
            return f"takes more than {longest:.0f} seconds to read", _TOO_MUCH
        case _Silence():
            return "makes a PDF reader fail, so it is damaged or made to do harm", _ANEW
        case {"refused": [message, hint]}:
            return str(message), str(hint)
        case {"swelled": True}:
            return "needs more memory to read than an annex may", _TOO_MUCH
        case {"fault": what}:
            return f"cannot be read: {what}", _ANEW
    raise ValueError(f"unknown answer of the annex worker: {answer!r}")
