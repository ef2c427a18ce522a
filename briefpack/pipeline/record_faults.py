"""The builder's own records of annexes and of what was kept back, held against the manifest. They may say anything: a folder may have been handed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from briefpack import annex_record, withheld_record
from briefpack.errors import Diagnostic, ExitCode, Severity, Where
from briefpack.manifest import AudienceEntry

_BUILD = "build the pack again; where it was handed over, ask for it anew"


def annex_faults(folder: Path, entries: Mapping[str, AudienceEntry]) -> Iterator[Diagnostic]:
    """Every file of an annex that an audience got is one that its pack was made of. folder: of the manifest."""
    path = folder / annex_record.RECORD_NAME
    for name, annex in annex_record.read_entries(path).items():
        files = [each for each in _listed(annex.get("files")) if isinstance(each, dict)]
        for audience in _listed(annex.get("audiences")):
            entry = entries.get(audience) if isinstance(audience, str) else None
            if entry is None:
                continue
            made_of = [(each.path, each.sha256) for each in entry.inputs]
            for file in files:
                if (file.get("path"), file.get("sha256")) not in made_of:
                    yield _error(
                        path,
                        f"{path.name} tells of another file of the annex {name} than the manifest does for “{audience}”: {file.get('path')}",
                    )


def withheld_faults(
    folder: Path, entries: Mapping[str, AudienceEntry], *, handed_over: bool
) -> Iterator[Diagnostic]:
    """The same kinds of things were kept from an audience as the manifest tells; how many is counted otherwise there, by place and not by verdict.

    handed_over: the sources are not at hand, and the record should not be here.
    """
    path = folder / withheld_record.RECORD_NAME
    told = withheld_record.read_entries(path)
    for name, entry in entries.items():
        kinds = told[name].get("kinds") if name in told else None
        counted = {kind for kind, count in entry.withheld.items() if count}
        if name in told and (not isinstance(kinds, dict) or set(kinds) != counted):
            yield _error(
                path,
                f"{path.name} tells of other things that were kept from “{name}” than the manifest does",
            )
    if told and handed_over:
        yield Diagnostic(
            Severity.NOTE,
            Where(path),
            f"{path.name} tells of what was kept back",
            "it is for whoever builds the pack: hand it out to nobody",
        )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _error(path: Path, fact: str) -> Diagnostic:
    return Diagnostic(Severity.ERROR, Where(path), fact, _BUILD, ExitCode.OUTPUT)
