"""Arguments that several commands share, and what the shell may offer for them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer


def _packs(incomplete: str) -> list[str]:
    from briefpack.pipeline.project import packs_of, project_around

    names = [folder.name for folder in packs_of(project_around(Path.cwd()))]
    return [name for name in names if name.startswith(incomplete)]


Packs: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PACK",
        help="A pack's folder, its pack.yaml, or its name under sources/. All packs under sources/ when absent.",
        autocompletion=_packs,
        show_default=False,
    ),
]
OnePack: TypeAlias = Annotated[
    str,
    typer.Argument(
        metavar="PACK",
        help="A pack's folder, its pack.yaml, or its name under sources/.",
        autocompletion=_packs,
    ),
]
Allow: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        "--allow",
        metavar="DIR",
        exists=True,
        file_okay=False,
        help="A folder outside the pack whose files it may use. May be given several times.",
        show_default=False,
    ),
]
Strict: TypeAlias = Annotated[
    bool, typer.Option("--strict", help="Let a warning stop the run as an error does.")
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Quiet: TypeAlias = Annotated[bool, typer.Option("-q", "--quiet", help="Print errors and warnings only.")]
Jobs: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        min=1,
        metavar="N",
        help="Processes at a time; one for each processor when absent.",
        show_default=False,
    ),
]
PasswordEnv: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--password-env",
        metavar="NAME",
        help="The environment variable that holds the password of the files.",
        show_default=False,
    ),
]


def password_in(name: str | None) -> str | None:
    """What the variable of --password-env holds; None where none was given. Raises BriefpackError (USAGE) where it is not set."""
    import os

    from briefpack.errors import BriefpackError
    from briefpack.pipeline.project import usage

    if name is None:
        return None
    if (password := os.environ.get(name)) is None:
        raise BriefpackError(
            [usage(f"the environment variable {name} is not set", "set it to the files' password")]
        )
    return password


def processors() -> int:
    """How many processors this process may use."""
    import os

    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
