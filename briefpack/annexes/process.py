"""How the process is started in which PDFs of others are opened (see worker.py)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import briefpack

COMMAND = (sys.executable, "-P", "-m", "briefpack.annexes.worker")
"""-P: a file json.py in the author's folder must not be taken for the library's."""


def environment() -> dict[str, str]:
    """The worker finds this very package, wherever this process found it."""
    paths = [str(Path(briefpack.__file__).parents[1]), *(path for path in sys.path if path)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths))}
