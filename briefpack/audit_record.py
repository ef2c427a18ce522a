"""What the leak audit did with the files of a pack: build/<pack>/audit.json, the same bytes from the same inputs.

It says of every file that it was searched and for how much, and never what for: it holds no withheld word. A file whose digest is not in it, or whose audience is not
said to have passed, was not audited. It names no absolute path, no user, no machine and no time of day.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

AUDIT_NAME = "audit.json"
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class AuditedFile:
    """path, size, sha256: as in manifest.Output. passed: nothing was found in it. passages, pictures: texts and pictures in it that were searched, those of
    files in it included. hits: how many things were found; 0 in a file that was published, but for drafts."""

    path: str
    size: int
    sha256: str
    passed: bool
    passages: int
    pictures: int
    hits: int


@dataclass(frozen=True, slots=True)
class Sought:
    """What was searched for in every file of an audience; see audit.case.Searched."""

    portions: int
    unsearched: int
    names: int
    markings: int
    pictures: int


@dataclass(frozen=True, slots=True)
class AudienceAudit:
    """draft: its files are drafts and were not audited. sought: None for drafts."""

    files: tuple[AuditedFile, ...]
    sought: Sought | None
    draft: bool = False

    @property
    def passed(self) -> bool:
        """Whether the files may be given to the audience, as far as the audit knows."""
        return not self.draft and all(file.passed for file in self.files)


def render(pack: str, audits: Mapping[str, AudienceAudit]) -> bytes:
    """The record as JSON, UTF-8. audits: by audience."""
    content = {
        "schema": SCHEMA_VERSION,
        "pack": pack,
        "audiences": {
            name: {
                "audited": not audit.draft,
                "draft": audit.draft,
                "passed": audit.passed,
                "searched_for": None if audit.sought is None else asdict(audit.sought),
                "files": [asdict(file) for file in sorted(audit.files, key=lambda file: file.path)],
            }
            for name, audit in sorted(audits.items())
        },
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def read_audits(path: Path) -> dict[str, AudienceAudit]:
    """What a record written earlier says, by audience; {} when there is none, or none that this version understands."""
    try:
        content = json.loads(path.read_bytes())
        if content["schema"] != SCHEMA_VERSION:
            return {}
        return {name: _audit(raw) for name, raw in content["audiences"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        # As with a manifest: one that cannot be read is as good as none, and then nothing was audited.
        return {}


def _audit(raw: Mapping[str, Any]) -> AudienceAudit:
    sought = raw["searched_for"]
    return AudienceAudit(
        files=tuple(AuditedFile(**file) for file in raw["files"]),
        sought=None if sought is None else Sought(**sought),
        draft=raw["draft"] is not False,
    )


def has_passed(audit: AudienceAudit | None, sha256: str) -> bool:
    """Whether a file with this digest was audited for the audience and may be given to it."""
    return audit is not None and audit.passed and any(file.sha256 == sha256 for file in audit.files)
