"""What may leave the house: files that are as the build left them and the audit passed them, of a build of the sources as they are now."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from briefpack.audit_record import AUDIT_NAME, has_passed, read_audits
from briefpack.distribute.parcel import Attachment, Parcel, whole
from briefpack.errors import ExitCode, Findings
from briefpack.manifest import (
    MANIFEST_NAME,
    AudienceEntry,
    Output,
    describe_inputs,
    is_as_published,
    read_audiences,
)
from briefpack.pack import Audience, Pack
from briefpack.pipeline.project import project_of
from briefpack.pipeline.record import inputs_of
from briefpack.select import select
from briefpack.style import Style

_MOST_NAMED = 3


def parcels(
    pack: Pack,
    folder: Path,
    wanted: Mapping[str, Sequence[str]],
    styles: Mapping[str, Style],
    findings: Findings,
) -> tuple[Parcel, ...]:
    """What goes to the audiences that somebody is to get, in the order of the pack; what must not go is reported.

    folder: of the manifest. wanted: audience → the formats that its readers get. styles: by name.
    """
    entries = read_audiences(folder / MANIFEST_NAME)
    audits = read_audits(folder / AUDIT_NAME)
    digests: dict[Path, str] = {}
    found = []
    for audience in pack.audiences:
        if audience.name not in wanted:
            continue
        entry = entries.get(audience.name)
        style = styles[audience.style]
        selected = select(pack, audience, style.craft.parts).pack
        if entry is None or entry.marking is None:
            _refuse(pack, audience, "has not been built", findings)
        elif entry.draft:
            _refuse(pack, audience, "was built as a draft, and nobody audited it", findings)
        elif changed := _changed(selected, style, entry, digests):
            named = ", ".join(changed[:_MOST_NAMED]) + (" and others" if len(changed) > _MOST_NAMED else "")
            _refuse(pack, audience, f"was built before its sources changed: {named}", findings)
        else:
            attachments = _attachments(
                pack, audience, folder, entry, wanted[audience.name], findings=findings
            )
            for each in attachments:
                if not has_passed(audits.get(audience.name), each.sha256):
                    _refuse(pack, audience, f"has a file that passed no audit: {each.name}", findings)
            found.append(Parcel(audience, selected.meta, entry.marking, attachments, style))
    return tuple(found)


def _refuse(pack: Pack, audience: Audience, fact: str, findings: Findings) -> None:
    findings.error(
        audience.where,
        f"the pack of “{audience.name}” {fact}",
        f"build it first: briefpack build {pack.name}",
        ExitCode.OUTPUT,
    )


def _changed(selected: Pack, style: Style, entry: AudienceEntry, digests: dict[Path, str]) -> list[str]:
    """Names of the sources that are not as they were when the pack was built. selected: for the audience. digests: those already known."""
    try:
        now = set(describe_inputs(inputs_of(selected, style), project_of(selected.path), digests))
    except OSError as error:
        return [Path(str(error.filename)).name]
    return sorted({each.path for each in now ^ set(entry.inputs)})


def _attachments(
    pack: Pack,
    audience: Audience,
    folder: Path,
    entry: AudienceEntry,
    formats: Sequence[str],
    *,
    findings: Findings,
) -> tuple[Attachment, ...]:
    by_format = {output.format: output for output in entry.outputs}
    found = []
    for wanted in formats:
        output = by_format.get(wanted)
        if output is None:
            _refuse(pack, audience, f"has not been built as {wanted}", findings)
            continue
        content = _content(folder, output)
        if content is None:
            _refuse(pack, audience, f"is not as the build left it: {output.path}", findings)
            continue
        found.append(whole(PurePosixPath(output.path).name, output.format, content, output.pages))
    return tuple(found)


def _content(folder: Path, output: Output) -> bytes | None:
    """The bytes that the manifest tells of; None where the file has others, or is gone."""
    if not is_as_published(folder, output):
        return None
    try:
        content = (folder / output.path).read_bytes()
    except OSError:
        return None
    # It may have changed since it was looked at: what goes is what was read.
    return content if hashlib.sha256(content).hexdigest() == output.sha256 else None
