"""Processes that clean annexes, several at once, each within limits: the clean copy of every file, or why there is none."""

from __future__ import annotations

import contextlib
import os
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Self, TypeAlias

from briefpack.annex import AnnexFile, CleanPart
from briefpack.annexes.cache import attached_to, clean_path, keep, treatment_words
from briefpack.annexes.chain import CHAIN, share
from briefpack.annexes.converting import warden
from briefpack.annexes.converting.steps import Converted, completed, converted
from briefpack.annexes.foreign import Kind
from briefpack.annexes.process import COMMAND, Silence, WorkerProcess
from briefpack.files import digest_of, output_error

LONGEST = 60.0
"""Seconds that one file may take, with all engines of the chain."""
DRAWING = 10
"""So many times longer where every page is to be drawn (flatten: image): about a quarter of a second a page."""
MOST_JOBS = 4
"""Files at once; each may take worker.MOST_MEMORY."""
_TOO_MUCH = "print it to a new PDF, or leave it out"
_ANEW = "get it again from its source, or open it in a PDF viewer and print it to a new PDF"
_TICK = 0.05
"""Seconds between two looks at what is being stopped."""

Outcome: TypeAlias = CleanPart | tuple[str, str]
"""The clean copy of a file, or why there is none: message and hint."""


class Cleaners:
    """Several cleaners, each of which takes the next file that waits; none is started before there is one."""

    def __init__(self, work: Path, longest: float, jobs: int) -> None:
        self._work, self._longest = work, longest
        self._pool = ThreadPoolExecutor(jobs)
        self._free: SimpleQueue[_Cleaner] = SimpleQueue()
        self._all: list[_Cleaner] = []
        self._begun: dict[str, Future[Outcome]] = {}

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

    def outcomes(self) -> dict[str, Outcome]:
        """What became of all files, in the order in which they were begun. Raises BriefpackError (OUTPUT) when a copy cannot be kept."""
        return {name: outcome.result() for name, outcome in self._begun.items()}

    def _clean(self, file: AnnexFile, kind: Kind, name: str, sha256: str) -> Outcome:
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
        self._worker = WorkerProcess(COMMAND)

    def clean(self, file: AnnexFile, kind: Kind, name: str, sha256: str) -> Outcome:
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
