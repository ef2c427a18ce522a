"""The process in which annexes are opened: hostile files hang, crash and swell here, and nowhere else.

One request a line on standard input, one answer a line on standard output, both JSON: {"source", "target", "treatment", "seconds", "engine"} has an
annex cleaned by one engine of the chain, {"inspect", "seconds"} a finished file looked at, and {"step", …} is a step on the way of a file to a PDF
(converting/answers.py). The answer of an engine is "cleaned" (done), "refused" (no engine will do), or "unable", "swelled" or "fault" (another may). "draw", "sheet"
and "survey" are asked of clean files (see picturing.py). Run as `python -P -m briefpack.annexes.worker`.
"""

from __future__ import annotations

import contextlib
import json
import logging
import math
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefpack.annexes.cleaning import Cleaned

MOST_MEMORY = 3 << 30
"""Bytes of address space."""
LARGEST_FILE = 1 << 30
"""Bytes of a clean file."""
_GRACE = 5
"""Seconds."""


def main() -> None:
    """Answer requests until standard input ends."""
    # Libraries of any language may print what they think of a file; the answers keep a channel of their own.
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    logging.disable()
    _limit()
    for line in sys.stdin:
        request = json.loads(line)
        _ring_after(math.ceil(request["seconds"]) + _GRACE)
        answers.write(json.dumps(_answer(request)) + "\n")
        answers.flush()
        _ring_after(0)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    from briefpack.annexes.cache import treatment_of  # noqa: PLC0415 - the limits must hold before anything is loaded
    from briefpack.annexes.chain import CHAIN, Engine  # noqa: PLC0415
    from briefpack.annexes.cleaning import clean  # noqa: PLC0415 - the limits must hold before anything is loaded
    from briefpack.annexes.cleaning.refusal import Refusal, Unable  # noqa: PLC0415

    try:
        if "inspect" in request:
            from briefpack.annexes.examine import examine  # noqa: PLC0415

            return {"inspected": asdict(examine(Path(request["inspect"])))}
        if "step" in request:
            from briefpack.annexes.converting.answers import answer  # noqa: PLC0415

            return answer(request)
        if request.keys() & {"draw", "sheet", "survey"}:
            return _shown(request)
        treatment = treatment_of(request["treatment"])
        engine = Engine(request.get("engine", CHAIN[0].value))
        return {"cleaned": _plain(clean(Path(request["source"]), Path(request["target"]), treatment, engine))}
    except Unable as unable:
        return {"unable": [unable.message, unable.hint]}
    except Refusal as refusal:
        return {"refused": [refusal.message, refusal.hint]}
    except MemoryError:
        return {"swelled": True}
    except RecursionError:
        return {"fault": "RecursionError"}
    except Exception as error:  # noqa: BLE001 - any wrong object in a file can make any library call fail in any way
        return {"fault": f"{type(error).__name__} in {_place(error)}"}


def _shown(request: dict[str, Any]) -> dict[str, Any]:
    """What is drawn or said of a clean file; see picturing.py."""
    from briefpack.annexes.rendering import draw, draw_sheet  # noqa: PLC0415
    from briefpack.annexes.surveying import survey  # noqa: PLC0415

    match request:
        case {"draw": clean, "target": target}:
            return {"drawn": draw(Path(clean), Path(target))}
        case {"sheet": clean, "target": target, "title": title, "detail": detail}:
            return {"shown": draw_sheet(Path(clean), Path(target), title, detail)}
        case {"survey": clean, "source": source}:
            return {"surveyed": asdict(survey(Path(clean), Path(source)))}
    raise ValueError("an unknown request")


def _plain(cleaned: Cleaned) -> dict[str, Any]:
    words = asdict(cleaned)
    # Names of deeds and spots, not the enums' members.
    words["remarks"] = [{**remark, "deed": remark["deed"].value} for remark in words["remarks"]]
    words["inscriptions"] = [{**each, "spot": each["spot"].value} for each in words["inscriptions"]]
    return words


def _place(error: BaseException) -> str:
    # Enough for a report, and nothing of the file's content.
    trace = error.__traceback__
    place = "?"
    while trace is not None:
        code = trace.tb_frame.f_code
        if "briefpack" in code.co_filename:
            place = f"{Path(code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _ring_after(seconds: int) -> None:
    """End this process then, also in the middle of a library; 0: not any more.

    intake itself ends a worker that takes too long. This is for the worker whose intake was killed.
    """
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _limit() -> None:
    with contextlib.suppress(ImportError):
        # Windows has no such limits; there the time limit alone protects.
        import resource  # noqa: PLC0415

        for kind, most in (
            (resource.RLIMIT_AS, MOST_MEMORY),
            (resource.RLIMIT_FSIZE, LARGEST_FILE),
            (resource.RLIMIT_CORE, 0),
        ):
            # macOS refuses some of them.
            with contextlib.suppress(ValueError, OSError):
                _, hard = resource.getrlimit(kind)
                resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    main()
