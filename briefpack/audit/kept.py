"""What was found in a clean file of an annex, kept beside it in the cache: an annex that is withheld is read for every build, and never changes."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from briefpack.audit.read_back import read_back
from briefpack.audit.seen import Passage, Picture, Seat, Seen

VERSION = 2
_SUFFIX = ".seen.json"


def read_clean(path: Path, name: str) -> Seen:
    """What is in a clean file of the cache, whose name is made of its content. name: of the author's file. Raises OSError."""
    kept = path.with_name(f"{path.name.partition('.')[0]}{_SUFFIX}")
    try:
        content = json.loads(kept.read_bytes())
        if content["version"] == VERSION and content["name"] == name:
            return _seen(content["seen"])
    except (OSError, ValueError, KeyError, TypeError):
        # It was never read, or by another version: it is read now.
        pass
    seen = read_back(path.read_bytes(), name)
    made = {"version": VERSION, "name": name, "seen": _plain(seen)}
    waiting = kept.with_name(f".{kept.name}.{os.getpid()}.{os.urandom(4).hex()}")
    # A cache that cannot be written costs time, and nothing else.
    with contextlib.suppress(OSError):
        waiting.write_text(json.dumps(made, ensure_ascii=True), encoding="ascii")
        waiting.replace(kept)
    return seen


def _plain(seen: Seen) -> dict[str, Any]:
    return {
        "name": seen.name,
        "passages": [[one.seat.value, one.place, one.text, one.page] for one in seen.passages],
        "pictures": [[one.place, one.encoded, one.pixels] for one in seen.pictures],
        "inside": [_plain(inner) for inner in seen.inside],
        "opaque": [list(pair) for pair in seen.opaque],
    }


def _seen(plain: dict[str, Any]) -> Seen:
    return Seen(
        name=plain["name"],
        passages=tuple(
            Passage(Seat(seat), place, text, page) for seat, place, text, page in plain["passages"]
        ),
        pictures=tuple(Picture(*one) for one in plain["pictures"]),
        inside=tuple(_seen(inner) for inner in plain["inside"]),
        opaque=tuple((place, why) for place, why in plain["opaque"]),
    )
