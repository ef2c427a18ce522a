"""Runs a program that reads files of others, under limits of memory, time and file size, and lets nothing of it outlive the one who asked.

Run as `python -P -m briefpack.annexes.converting.warden PARENT SECONDS BYTES COMMAND…` at the head of a process group of its own; it ends with the
program's code, or with the whole group when the time is over or PARENT is gone. run() starts it so.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefpack.annexes.process import environment

LARGEST_FILE = 1 << 30
"""Bytes of a file that the program writes."""
_TICK = 0.05
_GRACE = 2.0
"""Seconds that the warden has to end the group itself."""
_THREADS = 4
"""Processor seconds for each second that the program may take: what it starts may work side by side."""
_RUNNING: set[int] = set()
"""Leaders of the groups that run() waits for."""
_COMMAND = (sys.executable, "-P", "-m", "briefpack.annexes.converting.warden")


@dataclass(frozen=True, slots=True)
class Outcome:
    """code: as the program ended. late: it was ended, having taken too long. said: the end of what it printed."""

    code: int
    late: bool
    said: str


def run(command: Sequence[str], folder: Path, seconds: float, memory: int, env: Mapping[str, str]) -> Outcome:
    """Run a program in folder and wait for it. memory: bytes of address space of each of its processes. Raises OSError when it cannot be
    started."""
    printed = folder / "printed"
    end = time.monotonic() + seconds
    with printed.open("wb") as output:
        process = subprocess.Popen(
            [*_COMMAND, str(os.getpid()), str(seconds), str(memory), *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={**env, "PYTHONPATH": environment()["PYTHONPATH"]},
            start_new_session=True,
        )
        _RUNNING.add(process.pid)
        try:
            code = process.wait(seconds + _GRACE)
        except subprocess.TimeoutExpired:
            code = -signal.SIGTERM
        finally:
            _RUNNING.discard(process.pid)
            _end_group(process.pid)
            process.kill()
            process.wait()
    said = printed.read_bytes()[-2_000:].decode(errors="replace")
    return Outcome(code, time.monotonic() >= end, said)


def stop() -> None:
    """End whatever run() waits for in other threads: a build that is broken off must not wait for it."""
    for leader in tuple(_RUNNING):
        _end_group(leader)


def _end_group(leader: int) -> None:
    # Windows has no groups of processes; the program itself is ended by its warden there.
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(leader, signal.SIGKILL)


def main(arguments: Sequence[str]) -> int:
    """The code that the program ended with."""
    parent, seconds, memory = int(arguments[0]), float(arguments[1]), int(arguments[2])
    _limit(memory, seconds)
    end = time.monotonic() + seconds
    # This package's own path is not for a program that may be written in Python, too.
    child = subprocess.Popen(arguments[3:], env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"})
    while True:
        try:
            return child.wait(_TICK)
        except subprocess.TimeoutExpired:
            if time.monotonic() > end or (hasattr(os, "killpg") and os.getppid() != parent):
                child.kill()
                _end_group(os.getpid())
                return 1


def _limit(memory: int, seconds: float) -> None:
    with contextlib.suppress(ImportError):
        # Windows has no such limits; there the time limit alone protects.
        import resource  # noqa: PLC0415

        processor = max(1, round(seconds * _THREADS))
        for kind, most in (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_FSIZE, LARGEST_FILE),
            (resource.RLIMIT_CPU, processor),
            (resource.RLIMIT_CORE, 0),
        ):
            # macOS refuses some of them.
            with contextlib.suppress(ValueError, OSError):
                _, hard = resource.getrlimit(kind)
                resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
