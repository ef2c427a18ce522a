"""Being asked to stop during a sending, by Ctrl-C or by a system that shuts down: at once where nothing is under way, and after the message that is."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, Self

_OTHERS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What a shutdown and a terminal that is closed send: to die of them would leave the message under way uncertain, as every death does."""


class Brake:
    """While it is entered, Ctrl-C raises KeyboardInterrupt as ever, but not while it is held: there the first one is kept for later, and only a second one is let
    through. So do SIGTERM and SIGHUP, unless they are ignored, as by nohup. Signals reach the main thread only; entered in another one, it does nothing."""

    def __init__(self, told: Callable[[], None]) -> None:
        """told: is called where one is kept for later."""
        self._told = told
        self._is_held = False
        self._is_pulled = False
        self._former: dict[int, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            others = [each for each in _OTHERS if signal.getsignal(each) is not signal.SIG_IGN]
            for each in (signal.SIGINT, *others):
                self._former[each] = signal.signal(each, self._pulled)
        return self

    def __exit__(self, *_: object) -> None:
        for each, former in self._former.items():
            # One that nobody in Python had set cannot be set again.
            signal.signal(each, signal.SIG_DFL if former is None else former)
        self._former.clear()

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
        with contextlib.suppress(OSError):
            # The terminal may be what is gone.
            self._told()
