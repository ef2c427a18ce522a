"""`briefpack audit`: any file, read back and searched for what an audience must not have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefpack.cli.arguments import Allow, Json, PasswordEnv, Quiet, password_in
from briefpack.cli.terminal import RUN, counted, near, printable, say, table

if TYPE_CHECKING:
    from briefpack.errors import Diagnostic
    from briefpack.pipeline.audit_files import Audited


def audit(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Files to look at: PDF, Word, or any other.")
    ],
    pack: Annotated[
        str,
        typer.Option(
            "--pack", metavar="PACK", help="The pack: its folder, its pack.yaml, or its name under sources/."
        ),
    ],
    audience: Annotated[
        str | None,
        typer.Option(
            "-a",
            "--audience",
            metavar="AUDIENCE",
            help="Who gets the files. When absent, the audience in whose folder each lies.",
            show_default=False,
        ),
    ] = None,
    password_env: PasswordEnv = None,
    allow: Allow = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Search files for what their audience must not have.

    Reads each file back, with all that is hidden in it, and searches it for what the pack withholds from the audience, as a build does with what it made. For a file that came back
    from somebody who edited it, or that is to be sent on.
    """
    RUN.json, RUN.quiet = json, quiet
    if json:
        RUN.content["files"] = []
    from briefpack.errors import BriefpackError
    from briefpack.pipeline.audit_files import audit_files
    from briefpack.pipeline.project import find_packs

    password = password_in(password_env)
    (folder,) = find_packs([pack], Path.cwd())
    found: list[Diagnostic] = []
    rows: list[tuple[str, Audited]] = []
    for name, audited in audit_files(
        folder, files, audience, tuple(path.absolute() for path in allow or ()), password
    ):
        rows.append((name, audited))
        found += audited.errors
    _tell(rows)
    if found:
        raise BriefpackError(found)


def _tell(rows: list[tuple[str, Audited]]) -> None:
    if RUN.json:
        RUN.content["files"] = [
            {
                "path": near(audited.path),
                "audience": name,
                "passed": audited.looked.passed,
                "hits": len(audited.looked.hits),
                "passages": audited.looked.passages,
                "pictures": audited.looked.pictures,
                "searched_for": None
                if audited.searched is None
                else {
                    "portions": audited.searched.portions,
                    "unsearched": audited.searched.unsearched,
                    "names": audited.searched.names,
                    "markings": audited.searched.markings,
                    "pictures": audited.searched.pictures,
                },
            }
            for name, audited in rows
        ]
    elif not RUN.quiet:
        heads = ("file", "audience", "searched for", "in", "result")
        say(
            table(
                heads,
                [
                    (
                        near(audited.path),
                        name,
                        "-" if audited.searched is None else counted(audited.searched.portions, "text"),
                        counted(audited.looked.passages, "passage"),
                        "clean" if audited.looked.passed else counted(len(audited.looked.hits), "hit"),
                    )
                    for name, audited in rows
                ],
            )
        )
        for name, audited in rows:
            if audited.searched is not None and audited.searched.unsearched:
                unsearched = counted(audited.searched.unsearched, "text")
                say(printable(f"{name}: {unsearched} say too little to be searched for"))
