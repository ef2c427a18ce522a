"""`briefpack verify`: built packs, outboxes and single files, held against what was recorded of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefpack.cli.arguments import Json, Quiet, Strict
from briefpack.cli.terminal import RUN, counted, near, printable, say, table

if TYPE_CHECKING:
    from briefpack.errors import Diagnostic
    from briefpack.pipeline.recognising import Known
    from briefpack.pipeline.verifying import AudienceState, Verified


def verify(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PACK",
            help="A pack, a folder with a built one, or a file that is said to be one. All that was built when absent.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="Where packs were built to, or a folder that was handed over; the project's build/ when absent.",
            exists=True,
            file_okay=False,
            show_default=False,
        ),
    ] = None,
    strict: Strict = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Check that built packs and outboxes are as they were made.

    Every file is held against the manifest, the audit, the sources, the outbox's record and the drafts themselves. Nothing is built or changed, and the sources need not be there.
    Of a file it is told which pack, audience and copy it is.
    """
    RUN.json, RUN.quiet = json, quiet
    from briefpack.errors import BriefpackError, Severity
    from briefpack.pipeline import StrictError
    from briefpack.pipeline.sites import find_sites
    from briefpack.pipeline.verifying import verify as verify_site

    here = Path.cwd()
    files = [name for name in names or () if _is_file(here / name)]
    packs = [name for name in names or () if name not in files]
    place = output.absolute() if output else None
    verified = [verify_site(site) for site in find_sites(packs, place, here)] if packs or not files else []
    found: list[Diagnostic] = [finding for each in verified for finding in each.findings]
    known = {name: _recognised(here / name, place, found) for name in files}
    if json:
        RUN.content |= {
            "packs": [_as_json(each) for each in verified],
            "files": [
                {"path": name, "known": [known_as_json(one) for one in each]} for name, each in known.items()
            ],
        }
    elif not quiet:
        if verified:
            _tell(verified)
        for name, each in known.items():
            for one in each:
                say(printable(f"{name}: {told_of(one)}"))
    if any(one.severity is Severity.ERROR for one in found):
        raise BriefpackError(found)
    if strict and any(one.severity is Severity.WARNING for one in found):
        raise StrictError(found)
    RUN.diagnostics += found


def _is_file(path: Path) -> bool:
    from briefpack.pipeline.project import PACK_FILE

    return path.name != PACK_FILE and path.is_file()


def _recognised(path: Path, output: Path | None, found: list[Diagnostic]) -> tuple[Known, ...]:
    """What a file is, or what the files in a message are; that one is none of ours is an error, put to found."""
    from briefpack.errors import Diagnostic, ExitCode, Severity, Where
    from briefpack.pipeline.recognising import recognise, recognise_inside
    from briefpack.pipeline.sites import project_sites

    sites = project_sites(Path.cwd(), output)
    known = recognise(path, sites)
    inside = () if known else recognise_inside(path, sites)
    strange = [name for name, each in inside if not each]
    if inside:
        known = tuple(one for _, each in inside for one in each)
        names = [f"{path.name} holds {name}, which" for name in strange]
    else:
        names = [] if known else [f"{path.name}"]
    found += [
        Diagnostic(
            Severity.ERROR,
            Where(path),
            f"{name} is none of the files that were built or sent here, as far as the records know",
            "it was changed or saved anew, or it comes from elsewhere; `briefpack mail trace` looks for the id of a copy in it",
            ExitCode.OUTPUT,
        )
        for name in names
    ]
    found += [
        Diagnostic(
            Severity.WARNING,
            Where(path),
            f"{path.name} passed no audit for “{one.audience}”",
            "build the pack anew, without --draft, before it is given to anybody",
            ExitCode.OUTPUT,
            rule="unaudited-draft",
        )
        for one in known
        if one.passed is False
    ]
    return known


def told_of(known: Known, files: Sequence[str] = ()) -> str:
    """What a file is, in a line. files: of a copy, what there is of it; its own file when absent."""
    from briefpack.pipeline.recognising import What

    of = f"{known.pack}, for “{known.audience}”"
    match known.what:
        case What.COPY:
            return f"{of}: {whose(known, files)}"
        case What.BUILT:
            return f"{of}: the pack as it was built ({known.file})"
        case What.BESIDE:
            return f"{of}: a file beside the pack, as it was built ({known.file})"
        case What.ATTACHED:
            return f"{of}: {known.file}, as it was attached for {_named(known)}"
        case What.DRAFT:
            return f"{of}: the draft {known.file} to {_named(known)}"


def file_of(known: Known) -> str:
    """The file, and which part of the pack it is."""
    copy = known.copy
    return f"{known.file}, part {copy.part}" if copy is not None and copy.part else known.file


def whose(known: Known, files: Sequence[str] = ()) -> str:
    """Of a copy: whose it is, and when it was made. files: as in told_of."""
    from briefpack.errors import some_of

    copy = known.copy
    if copy is None:
        return known.file
    number = "a copy" if copy.number is None else f"copy {copy.number}"
    of = f" of {copy.of}" if copy.number is not None and copy.of is not None else ""
    what = some_of(files or (file_of(known),))
    who = f"{copy.name} <{copy.address}>" if copy.name else copy.address
    made = f", of {copy.date.partition('T')[0]}" if copy.date else ""
    return f"{number}{of} of {who} ({what}{made})"


def known_as_json(known: Known) -> dict[str, object]:
    """copy: None for what is nobody's own."""
    copy = known.copy
    return {
        "pack": known.pack,
        "what": known.what.value,
        "audience": known.audience,
        "file": known.file,
        "audited": known.passed,
        "readers": [{"name": each.name, "address": each.address} for each in known.readers],
        "copy": None
        if copy is None
        else {
            "number": copy.number,
            "of": copy.of,
            "name": copy.name,
            "address": copy.address,
            "part": copy.part,
            "trace": copy.trace,
            "locked": copy.locked,
            "date": copy.date,
        },
    }


def _named(known: Known) -> str:
    names = [each.name or each.address for each in known.readers]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _tell(verified: Sequence[Verified]) -> None:
    heads = ("pack", "audience", "files", "audit", "sources", "outbox")
    rows = [
        (
            each.pack,
            state.name,
            f"{state.sound} of {state.files}" if state.sound < state.files else f"all {state.files}",
            "draft" if state.draft else "passed" if state.audited else "not passed",
            _sources(each),
            "none" if state.messages is None else counted(state.messages, "message"),
        )
        for each in verified
        for state in each.audiences
    ]
    if rows:
        say(table(heads, rows))


def _sources(verified: Verified) -> str:
    """Of the pack; that an outbox is older than its list is told of with the findings."""
    from briefpack.manifest import MANIFEST_NAME

    if not verified.sources:
        return "not here"
    changed = any(
        one.rule == "older-than-sources" and one.where is not None and one.where.path.name == MANIFEST_NAME
        for one in verified.findings
    )
    return "changed" if changed else "as they were"


def _as_json(verified: Verified) -> dict[str, object]:
    return {
        "pack": verified.pack,
        "path": near(verified.site.folder),
        "sources": verified.sources,
        "messages": verified.messages,
        "audiences": [_state_as_json(each) for each in verified.audiences],
    }


def _state_as_json(state: AudienceState) -> dict[str, object]:
    return {
        "name": state.name,
        "files": state.files,
        "sound": state.sound,
        "audited": state.audited,
        "draft": state.draft,
        "messages": state.messages,
    }
