"""A finished PDF, ours or another's → which claims it carries, and what stands against them as far as can be seen here.

Like annexes, the file is opened in a process of its own. This is no validator: what is found is so, what is not found may be.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefpack.annex import Against, AnnexFault
from briefpack.annexes.process import COMMAND, environment
from briefpack.errors import BriefpackError, ExitCode, Where, failure

LONGEST = 120.0
"""Seconds that looking at one file may take."""
ACCESSIBLE = "PDF/UA-1"
_ARCHIVES = ("PDF/A-2", "PDF/A-3")
"""Part 3 differs from part 2 only in which files may be embedded."""
_LEVELS = {"a": Against.STRUCTURE, "u": Against.UNICODE, "b": Against.ARCHIVE}
"""Level of PDF/A → the least fault that it does not bear with."""
_PRINT = "check that it is the right file"


@dataclass(frozen=True, slots=True)
class FontSeen:
    """A font that the file shows text in."""

    name: str
    embedded: bool


@dataclass(frozen=True, slots=True)
class Inspection:
    """claims: as the file says them, "PDF/UA-1", "PDF/A-2a"; other parts of PDF/A too. tagged: it says so of itself.

    title: "" for none. title_shown: a viewer's window shows it instead of the file's name. language: "" for none.
    labels: the name of every page as viewers show it. faults: what stands against PDF/UA-1 and PDF/A-2, claimed or not.
    """

    claims: tuple[str, ...]
    tagged: bool
    title: str
    title_shown: bool
    language: str
    labels: tuple[str, ...]
    fonts: tuple[FontSeen, ...]
    faults: tuple[AnnexFault, ...]

    def broken_by(self, fault: AnnexFault) -> tuple[str, ...]:
        """The claims of the file that a fault stands against."""
        broken = [ACCESSIBLE] if ACCESSIBLE in self.claims and not fault.accessible else []
        order = list(Against)
        for claim in self.claims:
            archive, level = claim[:-1], claim[-1:]
            if archive in _ARCHIVES and level in _LEVELS:
                # What stands against a level stands against those above it.
                broken += [claim] if order.index(fault.archive) <= order.index(_LEVELS[level]) else []
        return tuple(broken)


def inspect(path: Path, *, longest: float = LONGEST) -> Inspection:
    """Look at a finished PDF. longest: seconds it may take.

    Raises BriefpackError (OUTPUT) when it cannot be read.
    """
    request = json.dumps({"inspect": str(path.absolute()), "seconds": longest}).encode() + b"\n"
    try:
        with path.open("rb"):
            # Not there, a folder, or not ours to read: better said here.
            pass
        run = subprocess.run(
            COMMAND, input=request, capture_output=True, check=False, timeout=longest, env=environment()
        )
    except OSError as error:
        raise _unreadable(path, f"cannot be read: {error.strerror or error}") from error
    except subprocess.TimeoutExpired as error:
        raise _unreadable(path, f"takes more than {longest:.0f} seconds to read") from error
    try:
        answer: dict[str, Any] = json.loads(run.stdout)
    except ValueError as error:
        raise _unreadable(path, "makes a PDF reader fail") from error
    match answer:
        case {"inspected": dict(found)}:
            return _inspection(found)
        case {"refused": [message, hint]}:
            raise _unreadable(path, str(message), str(hint))
        case {"fault": str()}:
            raise _unreadable(path, "holds something that no PDF reader here understands")
    raise _unreadable(path, "needs more memory to read than there is")


def _unreadable(path: Path, message: str, hint: str = _PRINT) -> BriefpackError:
    return failure(f"{path.name} {message}", code=ExitCode.OUTPUT, where=Where(path), hint=hint)


def _inspection(found: dict[str, Any]) -> Inspection:
    return Inspection(
        claims=tuple(found["claims"]),
        tagged=found["tagged"],
        title=found["title"],
        title_shown=found["title_shown"],
        language=found["language"],
        labels=tuple(found["labels"]),
        fonts=tuple(FontSeen(name, embedded) for name, embedded in found["fonts"]),
        faults=tuple(
            AnnexFault(message, tuple(pages), Against(archive), accessible)
            for message, pages, archive, accessible in found["faults"]
        ),
    )
