"""What may be sent: an outbox that is as it was drafted, of files that are what the build made and the audit passed, of sources and a list as they are now.

Whatever is wrong keeps back all of it: who mends one thing may find that another was wrong as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from briefpack.audit_record import AUDIT_NAME, read_audits
from briefpack.distribute.copy_register import REGISTER_NAME
from briefpack.distribute.outbox_record import RECORD_NAME, OutboxRecord, RecordedMessage, delivery_key
from briefpack.distribution import OUTBOX, Distribution
from briefpack.errors import ExitCode, Findings, Where, some_of
from briefpack.manifest import MANIFEST_NAME, read_audiences
from briefpack.pack import Pack
from briefpack.pipeline.drafted_faults import drafted_faults, register_faults
from briefpack.pipeline.outbox_faults import outbox_faults
from briefpack.pipeline.outbox_inputs import changed, outbox_inputs
from briefpack.pipeline.project import sent_folder
from briefpack.style import Style


def sendable(
    pack: Pack,
    distribution: Distribution,
    output: Path,
    styles: Mapping[str, Style],
    findings: Findings,
    *,
    draft: bool,
) -> OutboxRecord | None:
    """What was drafted; None where nothing was. What must not be sent is reported.

    output: the pack's output folder. styles: by name, of all audiences. draft: whether what was built as a draft may go.
    """
    path = output / OUTBOX / RECORD_NAME
    again = _again(pack)
    if not path.is_file():
        findings.error(
            pack.meta.where,
            f"nothing has been drafted for {pack.name}",
            f"draft it first, and look at the drafts: briefpack mail draft {pack.name}",
            ExitCode.OUTPUT,
        )
        return None
    record, faults = outbox_faults(path.parent)
    findings.extend(faults)
    if record is None:
        return None
    here = Where(path)
    if record.pack != pack.name:
        findings.error(here, f"this outbox is of the pack {record.pack}", again, ExitCode.OUTPUT)
        return record
    if record.draft and not draft:
        findings.error(
            here,
            "its packs were built as drafts, and nobody audited them",
            f"build without --draft, and draft again: briefpack build {pack.name}; or send drafts on purpose with --draft",
            ExitCode.OUTPUT,
        )
    elif record.draft:
        findings.warning(
            here,
            "its packs are drafts, and nobody audited them: nobody knows whether they hold what their readers must not have",
            "let nobody have it who may not see all of the pack",
            rule="unaudited-draft",
        )
    known = {audience.name for audience in pack.audiences}
    for name in dict.fromkeys(message.audience for message in record.messages):
        if name not in known:
            findings.error(here, f"the pack has no audience “{name}” any more", again, ExitCode.OUTPUT)
    check_inputs(pack, distribution, output, record, styles, findings=findings)
    entries, audits = read_audiences(output / MANIFEST_NAME), read_audits(output / AUDIT_NAME)
    findings.extend(drafted_faults(path, record, entries, audits))
    findings.extend(register_faults(sent_folder(pack.path) / REGISTER_NAME, path, record))
    _check_readers(record, distribution, here, again, findings)
    return record


def check_inputs(
    pack: Pack,
    distribution: Distribution,
    output: Path,
    record: OutboxRecord,
    styles: Mapping[str, Style],
    *,
    findings: Findings,
) -> None:
    """Report what the outbox was made of and is not as it was then; all as in sendable. Files are read for it as they are now."""
    going = {message.audience for message in record.messages}
    audiences = [audience for audience in pack.audiences if audience.name in going]
    names = changed(record.inputs, outbox_inputs(pack, distribution, audiences, styles))
    if names:
        findings.error(
            Where(output / OUTBOX / RECORD_NAME),
            f"it was drafted before its sources changed: {some_of(names)}",
            _again(pack),
            ExitCode.OUTPUT,
        )


def _again(pack: Pack) -> str:
    return f"draft again, look at it, and send then: briefpack mail draft {pack.name}"


def _check_readers(
    record: OutboxRecord, distribution: Distribution, here: Where, again: str, findings: Findings
) -> None:
    listed = {(each.audience, each.mailbox.address.key): each for each in distribution.recipients}
    for message in record.messages:
        mailing = distribution.mailings.get(message.audience)
        if mailing is not None and message.sender != mailing.sender.address.wire:
            findings.error(
                here, f"{message.name}.eml is sent by another than the list says", again, ExitCode.OUTPUT
            )
        for each in message.readers:
            reader = listed.get((message.audience, each.address.casefold()))
            address = each.address
            if each.key != _key(record, message, address):
                findings.error(
                    here,
                    f"it does not say rightly what {address} gets with {message.name}.eml",
                    again,
                    ExitCode.OUTPUT,
                )
            if reader is None:
                findings.error(
                    here,
                    f"{address} does not stand in the list as a reader of “{message.audience}”, and {message.name}.eml is for this address",
                    again,
                    ExitCode.OUTPUT,
                )
            elif not distribution.mailings[message.audience].may_go_to(reader.mailbox.address):
                findings.error(
                    reader.where,
                    f"the pack of “{message.audience}” may not go to {address}",
                    "see `only:` in the list",
                )


def _key(record: OutboxRecord, message: RecordedMessage, address: str) -> str:
    made_of = [(file.of, file.extent) for file in message.attachments]
    return delivery_key(
        record.pack, message.audience, address.casefold(), made_of, (message.part, message.parts)
    )
