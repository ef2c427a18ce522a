"""What may leave the house: files that are as the build left them and the audit passed them, of a build of the sources as they are now.

Each file is read once: the bytes that are measured here are those that are attached.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from briefpack.audit_record import AUDIT_NAME, has_passed, read_audits
from briefpack.distribute.attached import blocked_for, name_fault
from briefpack.distribute.parcel import BESIDE, NO_MARKS, Attachment, Marks, Parcel, whole
from briefpack.distribution import Distribution
from briefpack.errors import ExitCode, Findings, Where, failure, some_of
from briefpack.manifest import (
    MANIFEST_NAME,
    AudienceEntry,
    describe_inputs,
    published_bytes,
    read_audiences,
)
from briefpack.pack import Audience, Pack
from briefpack.pipeline.project import PACK_FILE, project_of
from briefpack.pipeline.record import inputs_of
from briefpack.policy_terms import MarkingError, OnSubject, OnText, in_language
from briefpack.select import select
from briefpack.style import Style


def distribution_of(pack: Pack) -> Distribution:
    """The list of a pack's readers. Raises BriefpackError (SOURCE) where it has none."""
    if pack.distribution is None:
        raise failure(
            f"{pack.name} has no distribution",
            code=ExitCode.SOURCE,
            where=pack.meta.where,
            hint=f"say who gets it under `distribution:` in {PACK_FILE}",
        )
    return pack.distribution


def parcels(
    pack: Pack,
    folder: Path,
    wanted: Mapping[str, Sequence[str]],
    styles: Mapping[str, Style],
    findings: Findings,
    *,
    draft: bool = False,
) -> tuple[Parcel, ...]:
    """What goes to the audiences that somebody is to get, in the order of the pack; what must not go is reported.

    folder: of the manifest. wanted: audience → the formats that its readers get. styles: by name. draft: what was built as a draft may go too, though nobody
    audited it; it is warned of.
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
        elif entry.draft and not draft:
            _refuse(pack, audience, "was built as a draft, and nobody audited it", findings)
        elif changed := _changed(selected, style, entry, digests):
            _refuse(pack, audience, f"was built before its sources changed: {some_of(changed)}", findings)
        else:
            attachments = _attachments(
                pack, audience, folder, entry, wanted[audience.name], findings=findings
            )
            if entry.draft:
                findings.warning(
                    audience.where,
                    f"the pack of “{audience.name}” is a draft, and nobody audited it: nobody knows whether it holds what its readers must not have",
                    f"let nobody have it who may not see all of the pack; for others build it without --draft: briefpack build {pack.name}",
                    rule="unaudited-draft",
                )
            else:
                for each in attachments:
                    if not has_passed(audits.get(audience.name), each.sha256):
                        _refuse(pack, audience, f"has a file that passed no audit: {each.name}", findings)
            _check_files(selected, audience, attachments, findings)
            marks = _marks(pack, selected, audience, entry.marking, findings)
            found.append(
                Parcel(audience, selected.meta, entry.marking, attachments, style, entry.draft, marks)
            )
    return tuple(found)


def _marks(pack: Pack, selected: Pack, audience: Audience, printed: str, findings: Findings) -> Marks:
    """What the policy wants said in the messages to an audience. printed: the marking of its pack."""
    policy, language = pack.policy, pack.meta.language
    if policy is None or not printed:
        return NO_MARKS
    try:
        marking = policy.parse(printed)
    except MarkingError as error:
        _refuse(pack, audience, f"has a marking that its policy does not know ({error.fact})", findings)
        return NO_MARKS
    level = policy.levels[marking.level]
    own = selected.limits.title_marking
    # What is for everybody needs no warning.
    said = "" if level.public else printed
    rules = policy.mail
    return Marks(
        subject={
            OnSubject.MARKING: said,
            OnSubject.LEVEL: said and in_language(level.words, language, level.name),
        }.get(rules.subject, ""),
        portion=""
        if rules.subject is not OnSubject.PORTION
        else policy.portion(marking if own is None else own, language),
        bare=rules.bare,
        first="" if rules.text is OnText.LIST else said,
        last=said if rules.text is OnText.BOTH else "",
    )


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
    """The pack in these formats, and the files beside it where they go along."""
    by_format = {output.format: output for output in entry.outputs}
    found = []
    for wanted in formats:
        output = by_format.get(wanted)
        if output is None:
            _refuse(pack, audience, f"has not been built as {wanted}", findings)
            continue
        content = published_bytes(folder, output)
        if content is None:
            _refuse(pack, audience, f"is not as the build left it: {output.path}", findings)
            continue
        found.append(whole(PurePosixPath(output.path).name, output.format, content, output.pages))
    listed = pack.distribution
    if listed is not None and not listed.mailings[audience.name].beside:
        return tuple(found)
    for file in entry.beside:
        content = published_bytes(folder, file)
        if content is None:
            _refuse(pack, audience, f"is not as the build left it: {file.path}", findings)
            continue
        found.append(whole(PurePosixPath(file.path).name, BESIDE, content, 0))
    return tuple(found)


def _check_files(
    selected: Pack, audience: Audience, attachments: Sequence[Attachment], findings: Findings
) -> None:
    """Report names that are unsound or the same for two files, and types that mail servers take away."""
    first: dict[str, Attachment] = {}
    for each in attachments:
        where = _owner(selected, each.name) or audience.where
        fault = name_fault(each.name)
        if fault is not None:
            findings.error(
                where,
                f"an attachment for “{audience.name}” {fault}",
                "give the file another name, and build again",
                ExitCode.OUTPUT,
            )
        known = first.setdefault(unicodedata.normalize("NFKC", each.name).casefold(), each)
        if known is not each:
            findings.error(
                where,
                f"two attachments for “{audience.name}” are called {each.name}",
                "give one of the files another name, and build again",
                ExitCode.OUTPUT,
            )
        why = blocked_for(each.name, each.content) if each.format == BESIDE else None
        if why is not None:
            findings.warning(
                where,
                f"{each.name} goes along with the pack of “{audience.name}”, and {why}: many mail servers take it away, or return the message",
                f"hand it out another way, and write `beside: false` for the audience “{audience.name}” in the distribution",
                rule="blocked-attachment",
            )


def _owner(selected: Pack, name: str) -> Where | None:
    """Where the annex is listed that a file beside the pack is of; such a file has the annex's own name behind its label."""
    return next(
        (
            file.where
            for annex in selected.annexes
            if annex.beside
            for file in annex.files
            if name.endswith(f"-{file.path.name}")
        ),
        None,
    )
