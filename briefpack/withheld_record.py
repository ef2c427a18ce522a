"""What was withheld from whom and why: build/<pack>/withheld.json, for whoever builds the pack and for nobody else; the same bytes from the same inputs.

It tells of what it was made to keep back: it is handed out with no pack.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RECORD_NAME = "withheld.json"
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Withheld:
    """A node that an audience did not get. kind, title: as in verdict.Verdict. path: relative to the project.

    marking: of its own words, "" where it has none or the pack has no policy. above: whether its marking is the reason. inside: how many nodes went with it.
    """

    kind: str
    title: str
    path: str
    line: int
    column: int
    reason: str
    marking: str
    above: bool
    inside: int


@dataclass(frozen=True, slots=True)
class AudienceRecord:
    """marking: what is printed on the pack. clearance: the highest level that the audience may see."""

    name: str
    marking: str
    clearance: str
    withheld: tuple[Withheld, ...]


def render(
    pack: str, records: Iterable[AudienceRecord], former: Mapping[str, Any], order: Sequence[str]
) -> bytes:
    """The record as JSON, UTF-8. former: entries of an earlier build, for audiences that were not built now. order: names of all audiences."""
    entries = {**former, **{record.name: _entry(record) for record in records}}
    content = {
        "schema": SCHEMA_VERSION,
        "pack": pack,
        "audiences": {name: entries[name] for name in order if name in entries},
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _entry(record: AudienceRecord) -> dict[str, Any]:
    kinds = Counter(each.kind for each in record.withheld)
    return {
        "marking": record.marking,
        "clearance": record.clearance,
        "count": len(record.withheld),
        "above_clearance": sum(each.above for each in record.withheld),
        "kinds": dict(sorted(kinds.items())),
        "withheld": [
            {
                "kind": each.kind,
                "title": each.title,
                "path": each.path,
                "line": each.line,
                "column": each.column,
                "marking": each.marking,
                "above_clearance": each.above,
                "reason": each.reason,
                "inside": each.inside,
            }
            for each in record.withheld
        ],
    }


def read_entries(path: Path) -> dict[str, Any]:
    """The entries of a record written earlier, by audience; {} when there is none, or none that this version understands."""
    try:
        content = json.loads(path.read_bytes())
        if content["schema"] != SCHEMA_VERSION:
            return {}
        return {str(name): dict(entry) for name, entry in content["audiences"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        # As with a manifest: one that cannot be read is as good as none.
        return {}
