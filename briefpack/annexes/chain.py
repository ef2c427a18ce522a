"""The engines that may open an annex, in the order in which they are tried, and how long each may take. Pure.

No engine reads every file. Each is a request of its own to the worker, so that one that hangs or dies costs its own step and the next
one begins in a new process; the first whose result verifies (cleaning/verifying.py) wins.
"""

from __future__ import annotations

from enum import Enum


class Engine(Enum):
    """How a file is opened. WHOLE: by qpdf, without repair. REPAIRED: by qpdf, which rebuilds its table of objects. REWRITTEN: by pypdf,
    copied into a new file. IMPORTED: by PDFium, page by page into a new file. PICTURES: its pages drawn by PDFium.
    """

    WHOLE = "whole"
    REPAIRED = "repaired"
    REWRITTEN = "rewritten"
    IMPORTED = "imported"
    PICTURES = "pictures"


CHAIN = tuple(Engine)

_FIRST, _NEXT = 0.8, 0.5


def share(engine: Engine, left: float) -> float:
    """Seconds that an engine may take when that many are left for the file: enough stays for those behind it."""
    if engine is CHAIN[-1]:
        return left
    return left * (_FIRST if engine is CHAIN[0] else _NEXT)
