"""`briefpack annex`: files of others, examined before they go into a pack."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefpack.cli.arguments import Json, PasswordEnv, Quiet, Strict
from briefpack.cli.terminal import DIM, RUN, coloured, complain, counted, near, printable, say

if TYPE_CHECKING:
    from briefpack.annex import Treatment
    from briefpack.errors import Diagnostic
    from briefpack.pipeline.preflight import Preflight


class KeepName(StrEnum):
    """As briefpack.annex.Keep."""

    links = "links"
    comments = "comments"
    attachments = "attachments"
    image_metadata = "image-metadata"


def annex(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Files to examine; a folder stands for the files in it."),
    ],
    pages: Annotated[
        str | None,
        typer.Option("--pages", metavar="PAGES", help="Only these, as in 1-3,7,10-.", show_default=False),
    ] = None,
    keep: Annotated[
        list[KeepName] | None,
        typer.Option(
            "--keep",
            metavar="links|comments|attachments|image-metadata",
            help="What stays besides the look of the pages. May be given several times; links when absent.",
            show_default=False,
        ),
    ] = None,
    flatten: Annotated[
        bool, typer.Option("--flatten", help="Turn pages into pictures, so that nothing hides in them.")
    ] = False,
    password_env: PasswordEnv = None,
    accept_damaged: Annotated[
        bool, typer.Option("--accept-damaged", help="Take what is left of a damaged file.")
    ] = False,
    sheet: Annotated[
        Path | None,
        typer.Option(
            "--sheet",
            metavar="PNG",
            help="Draw small pictures of the pages of the one file there.",
            dir_okay=False,
            show_default=False,
        ),
    ] = None,
    sheets: Annotated[
        Path | None,
        typer.Option(
            "--sheets",
            metavar="DIR",
            help="Draw small pictures of the pages of every file, a PNG for each.",
            file_okay=False,
            show_default=False,
        ),
    ] = None,
    yaml: Annotated[
        bool, typer.Option("--yaml", help="Print what to write into pack.yaml, and nothing else.")
    ] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Shorten no list.")] = False,
    strict: Strict = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Examine files before they go into a pack.

    Says of each what it is, what is taken out of it, what is suspicious, and whether it can be bound. No pack is needed.
    """
    RUN.json, RUN.quiet = json, quiet
    import tempfile

    from briefpack.cli.annex_report import as_json, as_yaml, diagnostics_of, lines
    from briefpack.cli.progress import Bar
    from briefpack.pipeline.preflight import preflight

    treatment = _treatment(pages, keep or (), password_env, flatten=flatten, damaged=accept_damaged)
    paths, notes = _files(files)
    targets = _targets(paths, sheet, sheets)
    talks = not (quiet or json or yaml)
    with (
        tempfile.TemporaryDirectory(prefix="briefpack-") as work,
        Bar("annex", hidden=not talks) as bar,
    ):
        found = list(
            preflight(
                paths,
                treatment,
                Path(work),
                sheets=bool(targets),
                tell=lambda done, of: bar.update("examining", done, of),
            )
        )
    written = {each.path: _write(each, targets[each.path]) for each in found if each.path in targets}
    if talks:
        for note in notes:
            say(coloured(printable(note), DIM, sys.stdout))
        for number, each in enumerate(found):
            if number or notes:
                say("")
            for line in lines(each, written.get(each.path), verbose=verbose):
                say(line)
    if json:
        RUN.content["files"] = [as_json(each, written.get(each.path)) for each in found]
    elif yaml:
        say(as_yaml(found, treatment))
    _end(found, [one for each in found for one in diagnostics_of(each)], strict=strict, told=talks)


def _treatment(
    pages: str | None, keep: Sequence[KeepName], password_env: str | None, *, flatten: bool, damaged: bool
) -> Treatment:
    from briefpack.annex import KEPT_UNASKED, Keep, Treatment
    from briefpack.errors import BriefpackError
    from briefpack.pipeline.project import usage
    from briefpack.reading.read_annex import NoPagesError, page_range

    try:
        ranges = tuple(page_range(words) for words in pages.split(",")) if pages is not None else ()
    except NoPagesError as error:
        raise BriefpackError([usage(f"--pages: {error.fact}", error.remedy)]) from error
    return Treatment(
        password_env=password_env,
        damaged=damaged,
        keep=frozenset(Keep(each.value) for each in keep) if keep else KEPT_UNASKED,
        flatten=flatten,
        pages=ranges,
    )


def _files(names: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Files, each once, and what is said of folders. Raises BriefpackError for a folder without files."""
    from briefpack.errors import BriefpackError, ExitCode, failure

    found: dict[Path, None] = {}
    notes: list[str] = []
    wrong: list[Diagnostic] = []
    for name in names:
        if not name.is_dir():
            found[name] = None
            continue
        try:
            inside = sorted(each for each in name.iterdir() if not each.name.startswith("."))
        except OSError as error:
            message = f"{near(name)} cannot be read: {error.strerror or error}"
            wrong += failure(message, code=ExitCode.ANNEX, hint="check its permissions").diagnostics
            continue
        files = [each for each in inside if not each.is_dir()]
        folders = len(inside) - len(files)
        below = f"; {counted(folders, 'folder')} in it left out" if folders else ""
        notes.append(f"{near(name)}: {counted(len(files), 'file')}{below}")
        if not files:
            hint = "name the folder that has the files" if folders else "name a file, or another folder"
            message = f"there are no files in {near(name)}"
            wrong += failure(message, code=ExitCode.ANNEX, hint=hint).diagnostics
        found.update(dict.fromkeys(files))
    if wrong:
        raise BriefpackError(wrong)
    return tuple(found), tuple(notes)


def _targets(paths: Sequence[Path], sheet: Path | None, sheets: Path | None) -> dict[Path, Path]:
    """Where the contact sheet of each file goes; {} where none is asked for. Raises BriefpackError (USAGE)."""
    from briefpack.errors import BriefpackError
    from briefpack.pipeline.project import usage

    if sheet is not None and sheets is not None:
        raise BriefpackError([usage("--sheet and --sheets exclude each other", "leave one of them out")])
    if sheet is not None:
        if sheet.suffix.lower() != ".png":
            # What stands there is replaced: it should not be somebody's annex.
            raise BriefpackError(
                [
                    usage(
                        f"--sheet writes a picture, and {near(sheet)} does not end in .png",
                        "name a .png file",
                    )
                ]
            )
        if len(paths) != 1:
            hint = "give a folder for them instead: --sheets DIR"
            raise BriefpackError([usage(f"--sheet is for one file, and here are {len(paths)}", hint)])
        return {paths[0]: sheet}
    if sheets is None:
        return {}
    targets: dict[Path, Path] = {}
    names: Counter[str] = Counter()
    for path in paths:
        names[path.name.lower()] += 1
        # Files of one name from several folders.
        again = f"-{names[path.name.lower()]}" if names[path.name.lower()] > 1 else ""
        targets[path] = sheets / f"{path.name}{again}.png"
    return targets


def _write(found: Preflight, target: Path) -> Path | None:
    """Where its contact sheet is now. Raises BriefpackError (OUTPUT)."""
    from briefpack.files import publish, stage

    if found.sheet is None:
        return None
    publish([stage(target.absolute(), found.sheet)])
    return target


def _end(found: Sequence[Preflight], diagnostics: Sequence[Diagnostic], *, strict: bool, told: bool) -> None:
    """End as errors.ExitCode says. told: what is wrong has been said already, so that only the count is due."""
    from briefpack.errors import BriefpackError, ExitCode, Severity
    from briefpack.pipeline import StrictError

    errors = [one for one in diagnostics if one.severity is Severity.ERROR]
    if not told:
        if errors:
            raise BriefpackError(diagnostics)
        if strict and diagnostics:
            raise StrictError(diagnostics)
        RUN.diagnostics += diagnostics
    elif errors:
        refused = sum(not each.is_bound for each in found)
        complain(f"{refused} of {counted(len(found), 'file')} cannot be bound")
        raise typer.Exit(BriefpackError(diagnostics).exit_code)
    elif strict and diagnostics:
        raise typer.Exit(ExitCode.STRICT)
