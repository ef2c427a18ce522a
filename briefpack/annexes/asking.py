"""Questions to the worker about clean files, each with its time; a process that dies of one is replaced for the next."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

from briefpack.annexes.process import Silence, WorkerProcess

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
        self._worker = WorkerProcess()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._worker.end()

    def interrupt(self) -> None:
        """Stop the process, also while another thread waits for its answer."""
        self._worker.interrupt()

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """The answer of worker.py to a question. Raises NoAnswerError."""
        answer = self._worker.ask(question, self._longest)
        match answer:
            case Silence(late=True):
                raise NoAnswerError(f"takes more than {self._longest:.0f} seconds to draw")
            case Silence():
                raise NoAnswerError("makes a PDF reader fail", _ANEW)
            case {"refused": [fact, remedy]}:
                raise NoAnswerError(str(fact), str(remedy))
            case {"swelled": True}:
                raise NoAnswerError("needs more memory to draw than an annex may")
            case {"fault": _}:
                raise NoAnswerError("has something in it that cannot be drawn", _ANEW)
        return answer
