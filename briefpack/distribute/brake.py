"""Ctrl-C during a sending: at once where nothing is under way, and after the message that is."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, Self


class Brake:
    """While it is entered, Ctrl-C raises KeyboardInterrupt as ever, but not while it is held: there the first one is kept for later, and only a second one is let
    through. Signals reach the main thread only; entered in another one, it does nothing."""

    def __init__(self, told: Callable[[], None]) -> None:
        """told: is called where one is kept for later."""
        self._told = told
        self._is_held = False
        self._is_pulled = False
        self._former: Any = None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._former = signal.signal(signal.SIGINT, self._pulled)
        return self

    def __exit__(self, *_: object) -> None:
        if self._former is not None:
            signal.signal(signal.SIGINT, self._former)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Raises at its end what was kept for later."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
        if self._is_pulled:
            raise KeyboardInterrupt

    def _pulled(self, _number: int, _frame: FrameType | None) -> None:
        if not self._is_held or self._is_pulled:
            raise KeyboardInterrupt
        self._is_pulled = True
        self._told()
