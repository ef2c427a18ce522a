"""Clean annexes → pictures of their pages, kept beside them; contact sheets; what a survey of them says.

The files are opened in the worker. Pictures are made once for each clean file, and forgotten with it.
"""

from __future__ import annotations

import contextlib
import json
import os
import zipfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from briefpack.annex import CleanPart
from briefpack.annexes.asking import Asking, NoAnswerError
from briefpack.annexes.cache import PICTURES
from briefpack.annexes.inspection import FontSeen
from briefpack.document import ImageData

DPI = 150
"""Pixels per inch of a page in its own size, as far as LONGEST_SIDE allows: enough to print text."""
LONGEST_SIDE = 1_600
"""Pixels. In the frame of an A4 page that is more than DPI, and a poster weighs no more than a letter."""
INDEX = "index.json"
"""Member of a file of pictures that says what the others are: DPI, LONGEST_SIDE and [name, format, width, height, dpi] of every page."""
LONGEST = 300.0
"""Seconds that drawing all pages of an annex may take."""
LONGEST_LOOK = 60.0
"""Seconds that a survey or a contact sheet may take."""
_TICK = 0.05
"""Seconds between two looks at what is being stopped."""


@dataclass(frozen=True, slots=True)
class Survey:
    """As surveying.Surveyed."""

    version: str | None
    encrypted: bool | None
    tagged: bool | None
    fonts: tuple[FontSeen, ...]
    read: tuple[int, ...]
    scanned: tuple[int, ...]
    garbled: tuple[int, ...]
    empty: tuple[int, ...]
    rotate: int


# --------------------------------------------------------------------------- pictures for Word


def draw(
    parts: Iterable[CleanPart],
    processes: int,
    *,
    longest: float = LONGEST,
    tell: Callable[[int, int], None] | None = None,
) -> dict[Path, NoAnswerError]:
    """Draw the pages of clean files that have no pictures yet. processes: at a time. tell: told how many are done, of how many.

    Gives the reason for every clean file that got none. Raises OSError when they cannot be kept.
    """
    missing = [clean for clean in dict.fromkeys(part.clean for part in parts) if not _is_drawn(clean)]
    failures: dict[Path, NoAnswerError] = {}
    at_work: list[Asking] = []
    with ThreadPoolExecutor(max(1, processes)) as pool:
        begun = [pool.submit(_draw, clean, longest, at_work) for clean in missing]
        try:
            for done, (clean, outcome) in enumerate(zip(missing, begun, strict=True), 1):
                failure = outcome.result()
                if failure is not None:
                    failures[clean] = failure
                if tell is not None:
                    tell(done, len(missing))
        finally:
            # A build that is broken off does not wait for what is being drawn; and a thread may be about to start its process.
            for outcome in begun:
                outcome.cancel()
            left = True
            while left:
                for asking in at_work:
                    asking.interrupt()
                left = bool(wait(begun, timeout=_TICK).not_done)
    return failures


def pictures_path(clean: Path) -> Path:
    """Where the pictures of a clean file are kept."""
    return clean.with_suffix(PICTURES)


def pictures(clean: Path) -> tuple[ImageData, ...]:
    """The pages of a clean file that draw() has drawn. Raises OSError, or zipfile.BadZipFile, when they are gone."""
    with zipfile.ZipFile(pictures_path(clean)) as archive:
        return tuple(
            ImageData(archive.read(name), kind, width, height, dpi)
            for name, kind, width, height, dpi in json.loads(archive.read(INDEX))["pages"]
        )


def _is_drawn(clean: Path) -> bool:
    try:
        with zipfile.ZipFile(pictures_path(clean)) as archive:
            index = json.loads(archive.read(INDEX))
            asked = (index["dpi"], index["longest"]) == (DPI, LONGEST_SIDE)
            return bool(asked and archive.testzip() is None)
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, TypeError):
        # Whatever became of them, they can be drawn again.
        return False


def _draw(clean: Path, longest: float, at_work: list[Asking]) -> NoAnswerError | None:
    """at_work: is given the one that asks, so that others can interrupt it."""
    target = pictures_path(clean)
    # Other builds may draw the same file at the same time.
    waiting = target.with_suffix(f".{os.getpid()}.part{PICTURES}")
    try:
        with Asking(longest) as asking:
            at_work.append(asking)
            asking.ask({"draw": str(clean.absolute()), "target": str(waiting.absolute())})
        waiting.replace(target)
    except NoAnswerError as failure:
        return failure
    finally:
        with contextlib.suppress(OSError):
            waiting.unlink()
    return None


# --------------------------------------------------------------------------- before a file goes into a pack


def survey(asking: Asking, part: CleanPart, source: Path) -> Survey:
    """What there is to know of a file. source: the author's. Raises NoAnswerError."""
    answer = asking.ask({"survey": str(part.clean.absolute()), "source": str(source.absolute())})
    found = answer["surveyed"]
    lists = {key: tuple(found[key]) for key in ("read", "scanned", "garbled", "empty")}
    return Survey(**{**found, **lists, "fonts": tuple(FontSeen(*font) for font in found["fonts"])})


def contact_sheet(asking: Asking, part: CleanPart, title: str, detail: str) -> bytes:
    """Small pictures of the pages of a clean file, a PNG. title, detail: above them. Raises NoAnswerError and OSError."""
    target = part.clean.with_suffix(f".{os.getpid()}.part.png")
    try:
        asking.ask(
            {
                "sheet": str(part.clean.absolute()),
                "target": str(target.absolute()),
                "title": title,
                "detail": detail,
            }
        )
        return target.read_bytes()
    finally:
        with contextlib.suppress(OSError):
            target.unlink()
