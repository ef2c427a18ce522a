"""Files that go with a pack as they are: which ones, under which names, and how they are embedded in its PDF.

Embedded files are ISO 32000-1, 7.11.4; that they are associated with the pack, and how, is ISO 19005-3, 6.8 and annex E.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pikepdf import Array, AttachedFileSpec, Name, Object, Pdf

from briefpack.annex import Annex, AnnexFacts
from briefpack.document import AnnexEntry
from briefpack.errors import ExitCode, failure

_UNKNOWN = "application/octet-stream"
_TYPES = {
    ".csv": "text/csv",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".eml": "message/rfc822",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".md": "text/markdown",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".svg": "image/svg+xml",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".txt": "text/plain",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "text/xml",
    ".zip": "application/zip",
}
"""Media types as IANA registers them, by suffix. Python's own table follows the machine it runs on."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with the pack. name: its own, with the annex's label before it: "B-plan.docx"; no two of a pack have the same.

    about: the annex's title. sha256: what its content must be, None for a file of our own making. source: the annex was made of it;
    otherwise it is one that came embedded in the annex. date: the build's clock.
    """

    name: str
    path: Path
    about: str
    sha256: str | None
    source: bool
    date: datetime

    def content(self) -> bytes:
        """Its bytes. Raises BriefpackError when it is not what it was when the pack was read."""
        try:
            content = self.path.read_bytes()
        except OSError:
            content = None
        if content is None or self.sha256 not in {None, hashlib.sha256(content).hexdigest()}:
            raise failure(
                f"{self.path.name} has changed while the pack was being built",
                code=ExitCode.SOURCE,
                hint="build again",
            )
        return content


Given = Sequence[tuple[AnnexEntry, Annex, AnnexFacts]]
"""The annexes that an audience gets, in order."""


def embedded(annexes: Given, date: datetime) -> tuple[Attachment, ...]:
    """What is embedded in the PDF: the author's files where an annex says so, and files that were embedded in them and are kept."""
    found: list[Attachment] = []
    for entry, annex, facts in annexes:
        for file, part in zip(annex.files, facts.parts, strict=True):
            if annex.embed:
                found.append(_of(entry, file.path.name, file.path, part.sha256, date, source=True))
            found.extend(_of(entry, name, path, None, date, source=False) for name, path in part.embedded)
    return _told_apart(found)


def beside(annexes: Given, date: datetime) -> tuple[Attachment, ...]:
    """What is put beside the pack: the author's files where an annex says so."""
    return _told_apart(
        _of(entry, file.path.name, file.path, part.sha256, date, source=True)
        for entry, annex, facts in annexes
        if annex.beside
        for file, part in zip(annex.files, facts.parts, strict=True)
    )


def embed(pdf: Pdf, attachments: Iterable[Attachment]) -> None:
    """Embed files in a pack beside those that it has. Raises BriefpackError as Attachment.content()."""
    specs: list[Object] = []
    for file in attachments:
        spec = AttachedFileSpec(
            pdf,
            file.content(),
            description=file.about,
            filename=file.name,
            mime_type=_TYPES.get(_suffix(file.name).lower(), _UNKNOWN),
            mod_date=f"D:{file.date:%Y%m%d%H%M%S}Z",
            relationship=Name.Source if file.source else Name.Unspecified,
        )
        pdf.attachments[file.name] = spec
        specs.append(spec.obj)
    if specs:
        there = pdf.Root.get("/AF")
        associated = list(there) if isinstance(there, Array) else []
        # Later versions of pikepdf have put them there already.
        known = {item.objgen for item in associated}
        pdf.Root.AF = Array([*associated, *(spec for spec in specs if spec.objgen not in known)])


def _of(
    entry: AnnexEntry, name: str, path: Path, sha256: str | None, date: datetime, *, source: bool
) -> Attachment:
    return Attachment(f"{entry.label}-{name}", path, entry.title, sha256, source, date)


def _told_apart(files: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """Files with names of their own, also where capitals do not count: "A-plan.pdf", "A-plan (2).pdf"."""
    taken: set[str] = set()
    found: list[Attachment] = []
    for file in files:
        name, number = file.name, 1
        while name.casefold() in taken:
            number += 1
            name = f"{file.name.removesuffix(_suffix(file.name))} ({number}){_suffix(file.name)}"
        taken.add(name.casefold())
        found.append(replace(file, name=name))
    return tuple(found)


def _suffix(name: str) -> str:
    return Path(name).suffix
