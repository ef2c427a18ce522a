"""A bar for work that takes long enough to be wondered about; on a terminal only."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 0.8
"""Seconds that pass before anything is shown."""


class Bar:
    """Shows the progress of one pack; leaves nothing behind. hidden: never shows anything."""

    def __init__(self, pack: str, *, hidden: bool) -> None:
        self._pack = pack
        self._hidden = hidden or not sys.stderr.isatty()
        self._started = time.monotonic()
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def rest(self) -> None:
        """Take it off the terminal, where somebody is to be asked something; the next update shows it again."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = self._task = None

    def update(self, doing: str, done: int, parts: int) -> None:
        """The pipeline's word on how far it is."""
        if self._hidden or time.monotonic() - self._started < PATIENCE:
            return
        words = f"{self._pack}: {doing}"
        if self._progress is None or self._task is None:
            self._progress = self._made()
            self._task = self._progress.add_task(words, total=parts)
            self._progress.start()
        self._progress.update(self._task, description=words, completed=done, total=parts, refresh=True)

    def _made(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        return Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            # A thread that redraws would forbid forking.
            auto_refresh=False,
        )
