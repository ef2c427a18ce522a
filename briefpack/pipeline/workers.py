"""Functions run in processes of their own: results and user errors come back, faults come back with their traceback.

Processes are forked where that is safe, so that they inherit what is already read and imported; elsewhere they are started afresh and
are handed their arguments by pickling.
"""

from __future__ import annotations

import contextlib
import gc
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext, SpawnContext
from typing import Any, Generic, Self, TypeVar

from briefpack.errors import BriefpackError, ExitCode, failure

_Result = TypeVar("_Result")


class WorkerFaultError(Exception):
    """A fault of briefpack inside a worker; its text is the worker's traceback."""


@dataclass(frozen=True, slots=True)
class _Fault:
    traceback: str


def can_fork() -> bool:
    """Whether a process may be forked here and now: not on macOS and Windows, and never beside running threads."""
    return sys.platform.startswith("linux") and threading.active_count() == 1


def _context() -> ForkContext | SpawnContext:
    return get_context("fork") if can_fork() else get_context("spawn")


class Worker(Generic[_Result]):
    """One function running in a process of its own. function and args must be picklable where can_fork() is false."""

    def __init__(self, function: Callable[..., _Result], *args: Any) -> None:
        context = _context()
        # What the parent has made so far is not garbage: collecting it in the child would copy its pages.
        gc.freeze()
        self._results, sender = context.Pipe(duplex=False)
        # A forked process has this end as well, and would wait at the other one for ever for a parent that was killed.
        inherited = self._results if isinstance(context, ForkContext) else None
        self._process = context.Process(target=_work, args=(sender, inherited, function, args))
        with _no_interrupts():
            self._process.start()
        sender.close()

    @property
    def results(self) -> Connection:
        """Becomes readable when the worker is done."""
        return self._results

    def result(self) -> _Result:
        """Wait for the result. Raises the worker's BriefpackError, or WorkerFaultError."""
        try:
            answer = self._results.recv()
        except (EOFError, OSError):
            # OSError: in the middle of its answer.
            self._process.join()
            code = self._process.exitcode or 0
            why = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
            raise failure(
                f"a worker process {why} before it was done",
                code=ExitCode.OUTPUT,
                hint="the machine may be short of memory: build with --jobs 1",
            ) from None
        finally:
            self._results.close()
        self._process.join()
        if isinstance(answer, BriefpackError):
            raise answer
        if isinstance(answer, _Fault):
            raise WorkerFaultError(answer.traceback)
        result: _Result = answer
        return result

    def stop(self) -> None:
        """End the process if it still runs."""
        self._process.kill()
        self._process.join()
        self._results.close()


@contextlib.contextmanager
def _no_interrupts() -> Iterator[None]:
    """Let Ctrl-C wait, so that it cannot meet a process that is not yet ready for it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(
    results: Connection, inherited: Connection | None, function: Callable[..., Any], args: tuple[Any, ...]
) -> None:
    if inherited is not None:
        inherited.close()
    # Ctrl-C reaches every process of the terminal; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    answer: Any
    try:
        answer = function(*args)
    except BriefpackError as error:
        answer = error
    except Exception:  # noqa: BLE001 - the border of a process: whatever it is, the parent shall show it
        answer = _Fault(traceback.format_exc())
    try:
        results.send(answer)
    except BrokenPipeError:
        # The parent is gone; nobody is left to be told.
        sys.exit(1)


class Crew:
    """Functions run in processes, at most `jobs` at a time, in the order in which they were added; more may be added while some are done.

    Is to be closed, which ends what still runs.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._waiting: deque[tuple[Any, Callable[..., Any], tuple[Any, ...]]] = deque()
        self._running: dict[Connection, tuple[Any, Worker[Any]]] = {}
        self._done: deque[tuple[Any, Worker[Any]]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, key: Any, function: Callable[..., Any], *args: Any) -> None:
        """key: its result comes with it."""
        self._waiting.append((key, function, args))
        self._start()

    def tend(self) -> None:
        """Let others begin where some are done, without waiting for any: for who has something else to do meanwhile."""
        self._collect(0)

    def results(self) -> Iterator[tuple[Any, Any]]:
        """(key, result) of each as it is done, until all are, those included that are added meanwhile. Raises as Worker.result does."""
        while self._done or self._running:
            if not self._done:
                self._collect(None)
                continue
            key, worker = self._done.popleft()
            yield key, worker.result()

    def close(self) -> None:
        for _, worker in (*self._running.values(), *self._done):
            worker.stop()
        self._running.clear()
        self._waiting.clear()
        self._done.clear()

    def _start(self) -> None:
        while self._waiting and len(self._running) < self._jobs:
            key, function, args = self._waiting.popleft()
            worker = Worker(function, *args)
            self._running[worker.results] = (key, worker)

    def _collect(self, timeout: float | None) -> None:
        ready = connection.wait(list(self._running), timeout)
        for results in [results for results in self._running if results in ready]:
            self._done.append(self._running.pop(results))
        self._start()


def run_all(
    function: Callable[[Any], _Result], tasks: Sequence[Any], jobs: int
) -> Iterator[tuple[int, _Result]]:
    """Run function on every task, at most `jobs` at a time; gives (index of the task, result) as they finish.

    Raises as Worker.result does. Processes that still run when the iteration ends early are ended.
    """
    with Crew(jobs) as crew:
        for index, task in enumerate(tasks):
            crew.add(index, function, task)
        yield from crew.results()
