"""Clean annexes kept by the content they were made of, so that an unchanged annex is opened once and not every time."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefpack.files import digest_of
from briefpack.pack import Against, AnnexFacts, AnnexFault, OutlineNode

FORMAT = 3
"""To be raised whenever cleaning changes what it makes of a file."""
MOST_UNUSED = 50
"""Annexes that are kept although the last run did not need them: another audience may."""
_LEFT_ALONE = 3_600
"""Seconds; a file that is younger may be another build's, and that build still at work."""


@dataclass(frozen=True, slots=True)
class Kept:
    """warnings: (message, hint), to follow the file's name."""

    facts: AnnexFacts
    warnings: tuple[tuple[str, str], ...]


def clean_path(work: Path, sha256: str) -> Path:
    """Where the clean file made of an annex with this digest is kept."""
    return work / f"{sha256}-{FORMAT}.pdf"


def keep(work: Path, sha256: str, cleaned: dict[str, Any]) -> Kept:
    """Note what was measured of a clean file that stands in its place. cleaned: as in cleaning.Cleaned. Raises OSError."""
    target = clean_path(work, sha256)
    record = {**cleaned, "clean_sha256": digest_of(target)}
    waiting = target.with_suffix(f".{os.getpid()}.part")
    waiting.write_text(json.dumps(record), encoding="ascii")
    waiting.replace(target.with_suffix(".json"))
    return _kept(target, sha256, record)


def recall(work: Path, sha256: str) -> Kept | None:
    """What is known of an annex with this digest; None when it is not there, or not as it was left."""
    target = clean_path(work, sha256)
    try:
        record = json.loads(target.with_suffix(".json").read_text(encoding="ascii"))
        if record["clean_sha256"] != digest_of(target):
            return None
        kept = _kept(target, sha256, record)
        # The time tells prune() when it was last of use.
        os.utime(target.with_suffix(".json"))
    except (OSError, ValueError, KeyError, TypeError):
        # Whatever became of it, it can be made again.
        return None
    return kept


def prune(work: Path, used: Iterable[str]) -> None:
    """Forget annexes that were of no use for longest, and what killed runs left. used: digests of this run's annexes."""
    in_use = {clean_path(work, sha256).stem for sha256 in used}
    records: list[tuple[float, Path]] = []
    # Others may tidy up at the same time; what is gone already is no trouble.
    for path in sorted(work.iterdir()):
        with contextlib.suppress(OSError):
            time = path.stat().st_mtime
            if ".part" in path.suffixes and time < _now(work) - _LEFT_ALONE:
                path.unlink()
            elif path.suffix == ".json" and path.stem not in in_use:
                records.append((time, path))
    records.sort(key=lambda record: record[0], reverse=True)
    for _, path in records[MOST_UNUSED:]:
        for each in (path, path.with_suffix(".pdf")):
            with contextlib.suppress(OSError):
                each.unlink()


def _now(work: Path) -> float:
    """The time as the disk's own files tell it."""
    return max((path.stat().st_mtime for path in work.glob("*.json")), default=0)


def _kept(target: Path, sha256: str, record: dict[str, Any]) -> Kept:
    sizes = tuple((float(width), float(height)) for width, height in record["sizes"])
    faults = tuple(
        AnnexFault(str(message), tuple(int(page) for page in pages), Against(archive), bool(accessible))
        for message, pages, archive, accessible in record["faults"]
    )
    facts = AnnexFacts(sha256, target, sizes, _nodes(record["outline"]), bool(record["tagged"]), faults)
    return Kept(facts, tuple((str(message), str(hint)) for message, hint in record["warnings"]))


def _nodes(records: Sequence[dict[str, Any]]) -> tuple[OutlineNode, ...]:
    return tuple(OutlineNode(r["title"], r["page"], _nodes(r["children"])) for r in records)
