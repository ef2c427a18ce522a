"""Questions to the worker about clean files, each with its time; a process that dies of one is replaced for the next."""

from __future__ import annotations

import contextlib
import json
import subprocess
import threading
from types import TracebackType
from typing import Any, Self

from briefpack.annexes.process import COMMAND, environment

_ANEW = "get it again from its source, or open it in a PDF viewer and print it to a new PDF"


class NoAnswerError(Exception):
    """Why a question has no answer. fact: to follow the file's name. remedy: what to do, "" for nothing."""

    def __init__(self, fact: str, remedy: str = "") -> None:
        super().__init__(fact)
        self.fact, self.remedy = fact, remedy


class Asking:
    """Asks one question after the other. longest: seconds that an answer may take."""

    def __init__(self, longest: float) -> None:
        self._longest = longest
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """The answer of worker.py to a question. Raises NoAnswerError."""
        process = self._started()
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        clock = threading.Timer(self._longest, stop)
        clock.start()
        try:
            line = self._line(process, json.dumps({**question, "seconds": self._longest}).encode() + b"\n")
        finally:
            clock.cancel()
            clock.join()
        if not line.endswith(b"\n"):
            self._end()
            if late.is_set():
                raise NoAnswerError(f"takes more than {self._longest:.0f} seconds to draw")
            raise NoAnswerError("makes a PDF reader fail", _ANEW)
        answer: dict[str, Any] = json.loads(line)
        match answer:
            case {"refused": [fact, remedy]}:
                raise NoAnswerError(str(fact), str(remedy))
            case {"swelled": True}:
                raise NoAnswerError("needs more memory to draw than an annex may")
            case {"fault": _}:
                raise NoAnswerError("has something in it that cannot be drawn", _ANEW)
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
                start_new_session=True,
            )
        return self._process

    @staticmethod
    def _line(process: subprocess.Popen[bytes], question: bytes) -> bytes:
        if process.stdin is None or process.stdout is None:
            raise ValueError("the process was started without pipes")
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(question)
            process.stdin.flush()
            return process.stdout.readline()
        return b""

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None
