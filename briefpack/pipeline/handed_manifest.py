"""A manifest that others may have written, in a folder that was handed over: whether it says what a manifest can."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from briefpack.manifest import AudienceEntry

_MOST_PATH, _MOST_NAME = 1_000, 255
"""Characters of a path, bytes of a name."""


def pack_of(path: Path) -> str:
    """The name that a manifest gives its pack; "" where it cannot be read."""
    try:
        return str(json.loads(path.read_bytes())["pack"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""


def is_sound(entries: Mapping[str, AudienceEntry]) -> bool:
    """Whether what was read has the types of a manifest, and names that files can have: what others wrote may have any."""
    return all(
        all(
            _is_name(each.path) and isinstance(each.sha256, str) and isinstance(each.size, int)
            for each in entry.files
        )
        and all(_is_name(each.path) and isinstance(each.sha256, str) for each in entry.inputs)
        and all(isinstance(count, int) for count in entry.withheld.values())
        for entry in entries.values()
    )


def _is_name(path: object) -> bool:
    """Whether it is a path that a file system takes."""
    if not isinstance(path, str) or not path.isprintable() or not 0 < len(path) <= _MOST_PATH:
        return False
    return all(len(part.encode()) <= _MOST_NAME for part in path.split("/"))
