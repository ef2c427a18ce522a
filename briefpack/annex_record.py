"""What became of every annex of a pack: build/<pack>/annexes.json, the builder's own record, the same bytes from the same inputs.

It may quote what intake found hidden in a file, so that it never goes into a reader's folder. It names no absolute path, no user, no machine
and no time of day; paths are as in the manifest, and passwords are named by their environment variables.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefpack.annex import AnnexFault, Deed, Remark, Treatment
from briefpack.annexes.cache import treatment_words
from briefpack.annexes.claims import lost

RECORD_NAME = "annexes.json"
SCHEMA_VERSION = 1
_NUMBERS = re.compile(r"\[\n\s*((?:\d+,?\s+)+)\]")


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file of an annex. path, sha256: as in manifest.Input. pages: of the clean file. treatment: what was asked for. The others as in
    annex.CleanPart."""

    path: str
    sha256: str
    pages: int
    tagged: bool
    damaged: bool
    treatment: Treatment
    remarks: tuple[Remark, ...]
    faults: tuple[AnnexFault, ...]


@dataclass(frozen=True, slots=True)
class AnnexRecord:
    """id, title: as in annex.Annex. audiences: names of those who get it."""

    id: str
    title: str
    audiences: tuple[str, ...]
    files: tuple[FileRecord, ...]

    @property
    def pages(self) -> int:
        return sum(file.pages for file in self.files)

    @property
    def deeds(self) -> dict[Deed, int]:
        """How many kinds of things there was something to do about, by deed, in the order of the deeds."""
        counts = Counter(remark.deed for file in self.files for remark in file.remarks)
        return {deed: counts[deed] for deed in Deed if counts[deed]}


def render(
    pack: str, records: Iterable[AnnexRecord], former: Mapping[str, Any], order: Sequence[str]
) -> bytes:
    """The record as JSON, UTF-8. former: entries of an earlier build, by id, for annexes that this one did not take in. order: ids of all
    annexes of the pack, of which others are forgotten."""
    entries = {**former, **{record.id: _entry(record) for record in records}}
    content = {
        "schema": SCHEMA_VERSION,
        "pack": pack,
        "annexes": [entries[name] for name in order if name in entries],
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    # A page on a line of its own would make a long annex unreadable; no string of JSON holds a line break.
    return (_NUMBERS.sub(lambda found: f"[{' '.join(found[1].split())}]", text) + "\n").encode()


def read_entries(path: Path) -> dict[str, Any]:
    """The entries of a record written earlier, by id; {} when there is none, or none that this version understands."""
    try:
        content = json.loads(path.read_bytes())
        if content["schema"] != SCHEMA_VERSION:
            return {}
        return {
            str(entry["id"]): {**entry, "audiences": list(entry["audiences"])} for entry in content["annexes"]
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        # As with a manifest: one that cannot be read is as good as none.
        return {}


def _entry(record: AnnexRecord) -> dict[str, Any]:
    return {
        "id": record.id,
        "title": record.title,
        "audiences": list(record.audiences),
        "files": [
            {
                "path": file.path,
                "sha256": file.sha256,
                "pages": file.pages,
                "tagged": file.tagged,
                "damaged": file.damaged,
                "asked": _asked(file.treatment),
                "remarks": [remark_words(remark) for remark in file.remarks],
                "faults": [fault_words(fault) for fault in file.faults],
            }
            for file in record.files
        ],
    }


def _asked(treatment: Treatment) -> dict[str, Any]:
    """What differs from how files are taken in when nothing is asked for."""
    usual = treatment_words(Treatment())
    return {key: value for key, value in treatment_words(treatment).items() if value != usual[key]}


def remark_words(remark: Remark) -> dict[str, Any]:
    """An item of the report in plain values."""
    return {
        "deed": remark.deed.value,
        "kind": remark.kind,
        "what": remark.what,
        "count": remark.count,
        "pages": list(remark.pages),
        "advice": remark.advice,
        "warn": remark.warn,
        "hides": remark.hides,
    }


def fault_words(fault: AnnexFault) -> dict[str, Any]:
    """What stands against claims of conformance in plain values; against: those claims."""
    return {"message": fault.message, "pages": list(fault.pages), "against": list(lost(fault))}
