"""What was made of a pack takes its place, with the records of it, whole or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

from briefpack import withheld_record
from briefpack.annex_record import RECORD_NAME, AnnexRecord, read_entries
from briefpack.audit_record import AUDIT_NAME, AudienceAudit
from briefpack.audit_record import render as render_audits
from briefpack.files import publish, stage
from briefpack.manifest import MANIFEST_NAME, render
from briefpack.pipeline.audience import Outcome
from briefpack.pipeline.prepare import Prepared
from briefpack.pipeline.record import record, rendered_annexes
from briefpack.pipeline.withheld import rendered_withheld


def publish_pack(
    prepared: Prepared,
    made: dict[str, Outcome],
    annexes: tuple[AnnexRecord, ...],
    audits: Mapping[str, AudienceAudit],
    *,
    draft: bool,
) -> None:
    """made, audits: by audience. annexes: what became of them. draft: the files are drafts.

    What an earlier build left that this one has not is taken away. Raises BriefpackError where something cannot be written.
    """
    from briefpack.pipeline.auditing import merged

    manifest, stale = record(prepared, made, draft=draft)
    target = prepared.folder / RECORD_NAME
    told = rendered_annexes(prepared, annexes)
    if told is None and read_entries(target):
        stale = (*stale, target)
    sheets = [stage(target, told)] if told is not None else []
    target = prepared.folder / withheld_record.RECORD_NAME
    withheld = rendered_withheld(prepared)
    if withheld is not None:
        sheets.append(stage(target, withheld))
    elif withheld_record.read_entries(target):
        stale = (*stale, target)
    published = {
        name: frozenset(file.sha256 for file in entry.files) for name, entry in manifest.audiences.items()
    }
    audited = render_audits(prepared.pack.name, merged(prepared, audits, published))
    sheets.append(stage(prepared.folder / AUDIT_NAME, audited))
    sheets.append(stage(prepared.folder / MANIFEST_NAME, render(manifest)))
    publish([*(staged for outcome in made.values() for staged in outcome.staged), *sheets], stale)
    for path in stale:
        # The folder of an audience that is no more, or of its annexes; it stays when something else is in it.
        with contextlib.suppress(OSError):
            path.parent.rmdir()
            if path.parent.parent != prepared.folder:
                path.parent.parent.rmdir()
