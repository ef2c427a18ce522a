"""The process in which PDFs of others are opened (see worker.py): how it is started, asked, and replaced when a file is its end."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import briefpack

COMMAND = (sys.executable, "-P", "-m", "briefpack.annexes.worker")
"""-P: a file json.py in the author's folder must not be taken for the library's."""


def environment() -> dict[str, str]:
    """The worker finds this very package, wherever this process found it."""
    paths = [str(Path(briefpack.__file__).parents[1]), *(path for path in sys.path if path)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths))}


@dataclass(frozen=True, slots=True)
class Silence:
    """The worker gave no answer: it took too long, or (late is False) it died of the file."""

    late: bool


class WorkerProcess:
    """A worker, started by the first request, and anew by the next one after it died or was too slow."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self._command = command
        self.process: subprocess.Popen[bytes] | None = None

    def ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any] | Silence:
        """The answer to a request. seconds: that it may take. Raises OSError when no process can be started."""
        process = self._started()
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        clock = threading.Timer(seconds, stop)
        clock.start()
        try:
            line = _exchange(process, json.dumps({**request, "seconds": seconds}).encode() + b"\n")
        finally:
            clock.cancel()
            clock.join()
        if late.is_set() or not line.endswith(b"\n"):
            # Also where the answer came at the very moment: the next file must not be taken for what ended the process.
            self.end()
        if line.endswith(b"\n"):
            answer: dict[str, Any] = json.loads(line)
            return answer
        return Silence(late.is_set())

    def interrupt(self) -> None:
        """Stop the process, also while another thread waits for its answer."""
        process = self.process
        if process is not None:
            process.kill()

    def end(self) -> None:
        """End the process, and its pipes with it."""
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _started(self) -> subprocess.Popen[bytes]:
        if self.process is None:
            self.process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
                start_new_session=True,
            )
        return self.process


def _exchange(process: subprocess.Popen[bytes], request: bytes) -> bytes:
    """The answer's line; empty or cut off when the process ends before."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process was started without pipes")
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(request)
        process.stdin.flush()
        return process.stdout.readline()
    return b""
