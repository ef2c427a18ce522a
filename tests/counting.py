"""Work counted instead of timed: a count is the same on a busy machine, so how it grows may be held to a narrow bound.

What one call does inside C (the tries of a regular expression, a scan of a list) is one step here, however long it takes: for that there is `endless`.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

_FOR_EVER = 60
"""Seconds of the processor, which pass more slowly the less of it there is. Nothing that is asked about here needs two of them."""


def steps(work: Callable[[], object]) -> int:
    """How many lines of Python `work` runs in this thread, and how many functions it calls, C's among them.

    Whatever comes first loads modules and fills caches: let something small run before.
    """
    count = 0

    def traced(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return traced

    def profiled(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.gettrace(), sys.getprofile()
    collecting = gc.isenabled()
    gc.disable()  # what it calls, and when, is of the whole run of tests
    sys.setprofile(profiled)
    sys.settrace(traced)
    try:
        work()
    finally:
        sys.settrace(before[0])
        sys.setprofile(before[1])
        if collecting:
            gc.enable()
    return count


def endless(work: Callable[[], object]) -> bool:
    """Whether `work` hangs, as far as anybody waits: it needs a minute of the processor for what is done in a second or two. No measure of speed."""
    begun = time.process_time()
    work()
    return time.process_time() - begun > _FOR_EVER
