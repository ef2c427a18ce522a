"""PDFs that other programs made of files, kept by what they were made of, so that a program is started once for a file and not every time."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Collection, Iterator
from pathlib import Path

from briefpack.files import digest_of

MOST = 50
"""Files that are kept: those that were of use last."""
_MAKING: dict[Path, threading.Lock] = {}
_FOLDER = "converted"
_DIGITS = 12


def path_of(work: Path, sha256: str, *making: str) -> Path:
    """Where the PDF of a file is kept. work: of intake. sha256: hex digest of the file. making: whatever else its bytes depend on."""
    how = hashlib.sha256("\n".join(making).encode()).hexdigest()[:_DIGITS]
    return work / _FOLDER / f"{sha256}-{how}.pdf"


def recall(path: Path) -> bool:
    """Whether the PDF is there as it was left; then it is of use now."""
    try:
        right = path.with_suffix(".sha256").read_text(encoding="ascii") == digest_of(path)
        if right:
            os.utime(path)
    except (OSError, UnicodeDecodeError):
        # Whatever became of it, it can be made again.
        return False
    return right


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """One thread at a time makes a PDF: two annexes can be parts of one document, and the second finds what the first has made of it."""
    with _MAKING.setdefault(path, threading.Lock()):
        yield


def keep(made: Path, path: Path) -> None:
    """Keep a PDF that was just made, and forget those that were of no use for longest. Raises OSError."""
    path.parent.mkdir(exist_ok=True)
    # Others may keep the same file at the same time.
    waiting = path.with_suffix(f".{os.getpid()}.{os.urandom(4).hex()}.part")
    waiting.write_bytes(made.read_bytes())
    digest = digest_of(waiting)
    waiting.replace(path)
    waiting.write_text(digest, encoding="ascii")
    waiting.replace(path.with_suffix(".sha256"))
    _forget(path.parent)


def forget(work: Path, used: Collection[str]) -> None:
    """Forget what was made of any file but these. work: of intake. used: their digests."""
    for path in (work / _FOLDER).glob("*"):
        if path.name.partition("-")[0] not in used:
            with contextlib.suppress(OSError):
                path.unlink()


def _forget(folder: Path) -> None:
    found: list[tuple[float, Path]] = []
    for path in folder.glob("*.pdf"):
        # Others may tidy up at the same time; what is gone already is no trouble.
        with contextlib.suppress(OSError):
            found.append((path.stat().st_mtime, path))
    for _, path in sorted(found, reverse=True)[MOST:]:
        for each in (path, path.with_suffix(".sha256")):
            with contextlib.suppress(OSError):
                each.unlink()
