"""Clean annexes kept by the content they were made of, so that an unchanged annex is opened once and not every time."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from briefpack.annex import (
    Against,
    AnnexFault,
    CleanPart,
    Deed,
    Keep,
    OutlineNode,
    PageRange,
    Remark,
    Treatment,
)
from briefpack.files import digest_of
from briefpack.inscription import from_plain_values

FORMAT = 10
"""To be raised whenever cleaning changes what it makes of a file."""
MOST_UNUSED = 50
"""Annexes that are kept although the last run did not need them: another audience may."""
PICTURES = ".pictures"
"""Suffix of the file with pictures of a clean file's pages, beside it (see picturing.py)."""
_DIGITS = 12
_LEFT_ALONE = 3_600
"""Seconds; a file that is younger may be another build's, and that build still at work."""


def name_of(sha256: str, treatment: Treatment, made_by: str = "") -> str:
    """The name under which the clean copy of a file with this digest is kept: its content, what was asked of it, and the programs beside ours that had a
    hand in it."""
    asked = treatment_words(treatment)
    # Which digest was asked for, and where the password came from, change nothing of the copy.
    del asked["sha256"], asked["password_env"]
    wanted = hashlib.sha256((json.dumps(asked, sort_keys=True) + made_by).encode()).hexdigest()
    return f"{sha256}-{wanted[:_DIGITS]}-{FORMAT}"


def treatment_words(treatment: Treatment) -> dict[str, Any]:
    """A treatment in plain values, as the worker is told of it."""
    return {**asdict(treatment), "keep": sorted(each.value for each in treatment.keep)}


def treatment_of(words: dict[str, Any]) -> Treatment:
    """The treatment that treatment_words() said."""
    keep = frozenset(Keep(each) for each in words["keep"])
    pages = tuple(PageRange(**each) for each in words["pages"])
    return Treatment(**{**words, "keep": keep, "pages": pages})


def plain(remarks: Sequence[Remark]) -> list[dict[str, Any]]:
    """Remarks in plain values, with the names of deeds."""
    return [{**asdict(remark), "deed": remark.deed.value} for remark in remarks]


def clean_path(work: Path, name: str) -> Path:
    """Where the clean file of this name (name_of) is kept."""
    return work / f"{name}.pdf"


def attached_to(clean: Path) -> list[Path]:
    """The files kept out of a clean file, which stand beside it."""
    return sorted(clean.parent.glob(f"{clean.stem}.*.attached"))


def keep(work: Path, name: str, sha256: str, cleaned: dict[str, Any], made: Path) -> CleanPart:
    """Note what was measured of a clean file that stands in its place. cleaned: as in cleaning.Cleaned. made: the name under which it was
    made, beside which the files kept out of it stand still. Raises OSError."""
    target = clean_path(work, name)
    embedded = []
    for known, file in cleaned["embedded"]:
        path = target.with_name(target.stem + file.removeprefix(made.stem))
        made.with_name(file).replace(path)
        embedded.append((known, path.name, digest_of(path)))
    record = {**cleaned, "embedded": embedded, "sha256": sha256, "clean_sha256": digest_of(target)}
    waiting = target.with_suffix(f".{os.getpid()}.part")
    waiting.write_text(json.dumps(record), encoding="ascii")
    waiting.replace(target.with_suffix(".json"))
    return _part(target, record)


def recall(work: Path, name: str) -> CleanPart | None:
    """What is known of a clean file of this name; None when it is not there, or not as it was left."""
    target = clean_path(work, name)
    try:
        record = json.loads(target.with_suffix(".json").read_text(encoding="ascii"))
        if record["clean_sha256"] != digest_of(target):
            return None
        if any(digest_of(target.with_name(file)) != digest for _, file, digest in record["embedded"]):
            return None
        part = _part(target, record)
        # The time tells prune() when it was last of use.
        os.utime(target.with_suffix(".json"))
    except (OSError, ValueError, KeyError, TypeError):
        # Whatever became of it, it can be made again.
        return None
    return part


def lend(kept: Path, work: Path) -> None:
    """Let a run that keeps nothing find what earlier ones kept. kept: their folder, which need not be there, and stays as it is. work: the folder of the run.

    What cannot be lent is made again.
    """
    for path in sorted(kept.rglob("*")):
        if not path.is_file() or ".part" in path.suffixes:
            continue
        lent = work / path.relative_to(kept)
        with contextlib.suppress(OSError):
            lent.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".json":
                # recall() touches it.
                shutil.copyfile(path, lent)
            else:
                # Files here are replaced and never written into.
                _link(path, lent)


def _link(path: Path, lent: Path) -> None:
    try:
        lent.hardlink_to(path)
    except OSError:
        # Another disk.
        lent.symlink_to(path.absolute())


def prune(work: Path, used: Iterable[str]) -> None:
    """Forget annexes that were of no use for longest, and what killed runs left. used: names of this run's annexes."""
    in_use = set(used)
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
        for each in (path, path.with_suffix(".pdf"), path.with_suffix(PICTURES), *attached_to(path)):
            with contextlib.suppress(OSError):
                each.unlink()


def _now(work: Path) -> float:
    """The time as the disk's own files tell it."""
    return max((path.stat().st_mtime for path in work.glob("*.json")), default=0)


def _part(target: Path, record: dict[str, Any]) -> CleanPart:
    sizes = tuple((float(width), float(height)) for width, height in record["sizes"])
    faults = tuple(
        AnnexFault(str(message), tuple(int(page) for page in pages), Against(archive), bool(accessible))
        for message, pages, archive, accessible in record["faults"]
    )
    remarks = tuple(
        Remark(**{**each, "deed": Deed(each["deed"]), "pages": tuple(each["pages"])})
        for each in record["remarks"]
    )
    return CleanPart(
        record["sha256"],
        target,
        sizes,
        _nodes(record["outline"]),
        bool(record["tagged"]),
        faults,
        remarks,
        bool(record["damaged"]),
        tuple((str(name), target.with_name(file)) for name, file, _ in record["embedded"]),
        from_plain_values(record["inscriptions"]),
        tuple(int(page) for page in record["unread"]),
    )


def _nodes(records: Sequence[dict[str, Any]]) -> tuple[OutlineNode, ...]:
    return tuple(OutlineNode(r["title"], r["page"], _nodes(r["children"])) for r in records)
