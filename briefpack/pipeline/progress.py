"""Who is told how far a run has come."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many of its parts are done, and how many there are."""
Tell = Callable[[str], None]
"""Told what is being done."""


def no_progress(_doing: str, _done: int, _parts: int) -> None:
    """For those who do not want to know."""


def tell_nobody(_doing: str) -> None:
    """In a process of its own there is nobody to tell."""
