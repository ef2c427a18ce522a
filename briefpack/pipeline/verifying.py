"""A pack's output folder held against its records: files, audit, sources, what is told beside them, the outbox, the register of copies.

It needs no sources: a folder that was handed over is held against its own manifest. Nothing is written, and no lock is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefpack import annex_record, audit_record, withheld_record
from briefpack.audit_record import AUDIT_NAME, AudienceAudit, has_passed
from briefpack.distribute.ledger_look import look
from briefpack.distribute.outbox_record import RECORD_NAME, OutboxRecord
from briefpack.distribute.sent_mark import MARK_NAME
from briefpack.distribution import OUTBOX
from briefpack.errors import BriefpackError, Diagnostic, ExitCode, Findings, Where, some_of
from briefpack.files import is_left_over
from briefpack.folder_lock import LOCK_NAME
from briefpack.manifest import MANIFEST_NAME, AudienceEntry, Beside, Output, is_as_published, read_audiences
from briefpack.pipeline.annex_cache import CACHE_NAME
from briefpack.pipeline.drafted_faults import drafted_faults, register_faults
from briefpack.pipeline.handed_manifest import is_sound, pack_of
from briefpack.pipeline.outbox_faults import outbox_faults
from briefpack.pipeline.record_faults import annex_faults, withheld_faults
from briefpack.pipeline.record_inputs import changed_inputs
from briefpack.pipeline.sent_marks import doubt, doubtful
from briefpack.pipeline.sites import Site

_RECORDS = (MANIFEST_NAME, AUDIT_NAME, annex_record.RECORD_NAME, withheld_record.RECORD_NAME)
_BUILD = "build the pack again; where it was handed over, ask for it anew"


@dataclass(frozen=True, slots=True)
class AudienceState:
    """files: how many the manifest tells of; sound: how many of them are as it tells. audited: whether the audit passed all of them. draft: as in the manifest.

    messages: of the outbox, to this audience; None where there is no outbox."""

    name: str
    files: int
    sound: int
    audited: bool
    draft: bool
    messages: int | None


@dataclass(frozen=True, slots=True)
class Verified:
    """messages: of the outbox, None where there is none. sources: whether they were at hand. findings: all that was found, notes included."""

    pack: str
    site: Site
    audiences: tuple[AudienceState, ...]
    messages: int | None
    sources: bool
    findings: tuple[Diagnostic, ...]


def verify(site: Site) -> Verified:
    """Look at all of a pack's output. Errors have the exit code OUTPUT, or LEAK where an audit did not pass."""
    verifier = _Verifier(site, Findings())
    return verifier.verified()


@dataclass(slots=True)
class _Verifier:
    site: Site
    findings: Findings

    def verified(self) -> Verified:
        folder = self.site.folder
        path = folder / MANIFEST_NAME
        entries = read_audiences(path)
        pack = pack_of(path) or folder.name
        if not entries or not is_sound(entries):
            self.error(path, "is no manifest that this version understands, or is not there", _BUILD)
            return Verified(pack, self.site, (), None, sources=False, findings=tuple(self.findings))
        if pack != folder.name:
            self.warn_of_name(path, pack)
        audits = audit_record.read_audits(folder / AUDIT_NAME)
        if not audits:
            self.error(
                folder / AUDIT_NAME,
                "is missing, or of another version: nobody knows what was audited",
                _BUILD,
            )
        record = self.outbox(entries, audits)
        sent = None if record is None else Counter(each.audience for each in record.messages)
        states = tuple(
            self.audience(name, entry, audits.get(name), None if sent is None else sent[name])
            for name, entry in entries.items()
        )
        self.twice(entries)
        self.older(
            path,
            f"{folder.name} is",
            ((each.path, each.sha256) for entry in entries.values() for each in entry.inputs),
            f"build it again: briefpack build {folder.name}",
        )
        self.another_build(path, entries)
        self.findings.extend(annex_faults(folder, entries))
        self.findings.extend(withheld_faults(folder, entries, handed_over=self.site.project is None))
        self.unknown(entries)
        self.sendings()
        return Verified(
            pack,
            self.site,
            states,
            None if record is None else len(record.messages),
            sources=self.site.project is not None,
            findings=tuple(dict.fromkeys(self.findings)),
        )

    def error(self, path: Path, fact: str, remedy: str, code: ExitCode = ExitCode.OUTPUT) -> None:
        self.findings.error(Where(path), f"{path.name} {fact}", remedy, code)

    def warn_of_name(self, path: Path, pack: str) -> None:
        self.findings.note(
            Where(path), f"{path.name} is of the pack {pack}, and its folder has another name", None
        )

    # ----------------------------------------------------------------------- what was built

    def audience(
        self, name: str, entry: AudienceEntry, audit: AudienceAudit | None, messages: int | None
    ) -> AudienceState:
        sound = sum([self.file(name, each) for each in entry.files])
        audited = True
        for each in entry.files:
            if entry.draft or has_passed(audit, each.sha256):
                continue
            audited = False
            path = self.site.folder / each.path
            if audit is not None and any(
                file.sha256 == each.sha256 and not file.passed for file in audit.files
            ):
                self.error(path, f"did not pass the audit for “{name}”", _BUILD, ExitCode.LEAK)
            else:
                self.error(path, f"was not audited for “{name}”", _BUILD)
        if entry.draft:
            self.findings.warning(
                Where(self.site.folder / MANIFEST_NAME),
                f"the pack of “{name}” is a draft, and nobody audited it",
                "build it without --draft before it is given to anybody",
                ExitCode.OUTPUT,
                rule="unaudited-draft",
            )
        return AudienceState(
            name, len(entry.files), sound, audited and not entry.draft, entry.draft, messages
        )

    def file(self, audience: str, each: Output | Beside) -> bool:
        path = self.site.folder / each.path
        if is_as_published(self.site.folder, each):
            return True
        if Path(each.path).is_absolute() or ".." in Path(each.path).parts:
            fact = "lies outside of the pack's folder, and the manifest tells of it"
        elif path.is_symlink():
            fact = "is a link to somewhere else, and not the file that was built"
        elif not path.exists():
            fact = f"is missing: the manifest tells of it for “{audience}”"
        elif not path.is_file():
            fact = "is no file"
        else:
            fact = f"is not as it was built for “{audience}”: {_difference(path, each)}"
        self.error(path, fact, _BUILD)
        return False

    def twice(self, entries: Mapping[str, AudienceEntry]) -> None:
        """One file cannot be two audiences' pack."""
        owners: dict[str, str] = {}
        for name, entry in entries.items():
            for each in entry.files:
                owner = owners.setdefault(each.path, name)
                if owner != name:
                    self.error(
                        self.site.folder / each.path, f"is told of for “{owner}” and for “{name}”", _BUILD
                    )

    def older(self, record: Path, what: str, inputs: Iterable[tuple[str, str]], remedy: str) -> None:
        """Warn of a record whose inputs are others now. inputs: path as in manifest.Input, and checksum."""
        project = self.site.project
        if project is None:
            return
        if changed := changed_inputs(inputs, project):
            self.findings.warning(
                Where(record),
                f"{what} older than what it was made of: {some_of(changed)}",
                remedy,
                ExitCode.OUTPUT,
                rule="older-than-sources",
            )

    def another_build(self, path: Path, entries: Mapping[str, AudienceEntry]) -> None:
        """Warn of a folder that is sound in itself, and not what the project has built."""
        own = self.site.built_here
        if own is None:
            return
        ours = read_audiences(own / MANIFEST_NAME)
        for name, entry in entries.items():
            theirs = {(each.path, each.sha256) for each in entry.files}
            if name not in ours or theirs != {(each.path, each.sha256) for each in ours[name].files}:
                self.findings.warning(
                    Where(path),
                    f"the pack of “{name}” here is not the one that lies in {own.parent.name}/{own.name}",
                    "find out which of them is meant: one may be older, or somebody else's",
                    ExitCode.OUTPUT,
                    rule="another-build",
                )

    def unknown(self, entries: Mapping[str, AudienceEntry]) -> None:
        folder = self.site.folder
        known = {
            *_RECORDS,
            LOCK_NAME,
            MARK_NAME,
            *(each.path for entry in entries.values() for each in entry.files),
        }
        for path in sorted(folder.rglob("*")):
            relative = path.relative_to(folder)
            inside = relative.parts[0] in {CACHE_NAME, OUTBOX}
            if inside or relative.as_posix() in known or (path.is_dir() and not path.is_symlink()):
                continue
            if is_left_over(path):
                self.findings.note(
                    Where(path),
                    f"{path.name} was left by a run that was stopped",
                    "the next build takes it away",
                )
            else:
                self.findings.note(
                    Where(path),
                    f"{path.name} is in no record: no build of this pack left it here",
                    "look at it before the folder is handed out",
                )

    def sendings(self) -> None:
        """Warn of a ledger that does not know of what was sent from here."""
        ledger = self.site.ledger
        if ledger is None:
            return
        try:
            found = doubt(self.site.folder, ledger, look(ledger))
        except BriefpackError as error:
            self.findings.extend(error.diagnostics)
            return
        if found is not None:
            self.findings.extend([doubtful(found)])

    # ----------------------------------------------------------------------- the outbox

    def outbox(
        self, entries: Mapping[str, AudienceEntry], audits: Mapping[str, AudienceAudit]
    ) -> OutboxRecord | None:
        folder = self.site.folder / OUTBOX
        if not folder.is_dir():
            return None
        record, found = outbox_faults(folder)
        self.findings.extend(found)
        if record is not None:
            path = folder / RECORD_NAME
            self.findings.extend(drafted_faults(path, record, entries, audits))
            self.older(
                path,
                "the outbox is",
                record.inputs.items(),
                f"draft them again: briefpack mail draft {self.site.folder.name}",
            )
            register = self.site.register
            if register is not None:
                self.findings.extend(register_faults(register, path, record))
        return record


def _difference(path: Path, each: Output | Beside) -> str:
    try:
        size = path.stat().st_size
    except OSError as error:
        return f"it cannot be read ({error.strerror or error})"
    if size != each.size:
        return f"it has {size:,} bytes rather than {each.size:,}"
    return "its checksum is another one"
