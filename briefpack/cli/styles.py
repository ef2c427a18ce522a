"""`briefpack styles`: the styles there are, or every value of one and where it comes from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefpack.cli.terminal import RUN, near, say, table


def _names(incomplete: str) -> list[str]:
    from briefpack.reading.read_style import list_styles

    return [entry.name for entry in list_styles(_folders()) if entry.name.startswith(incomplete)]


def styles(
    name: Annotated[
        str | None,
        typer.Argument(
            help="A style: show each of its values and where it comes from.", autocompletion=_names
        ),
    ] = None,
) -> None:
    """List the styles, or the values of one.

    With a name: every key of that style, its value and the file and line it comes from.
    """
    from briefpack.errors import BriefpackError
    from briefpack.pipeline.project import suggestion, usage
    from briefpack.reading.read_style import list_styles, read_style

    entries = list_styles(_folders())
    if name is None:
        rows = [
            (
                entry.name,
                ", ".join(entry.extends),
                near(entry.path) if entry.path else "(comes with briefpack)",
                entry.description,
            )
            for entry in entries
        ]
        say(table(("style", "extends", "file", "description"), rows))
        return
    known = [entry.name for entry in entries]
    if name not in known:
        raise BriefpackError(
            [
                usage(
                    f"there is no style `{name}`",
                    suggestion(name, known) or f"styles here: {', '.join(known)}",
                )
            ]
        )
    reading = read_style(name, _folders())
    values = [
        (
            key,
            " ".join(origin.value.split()),
            "base" if origin.is_packaged else f"{near(origin.where.path)}:{origin.where.line}",
        )
        for key, origin in sorted(reading.origins.items())
    ]
    say(table(("key", "value", "from"), values))
    reading.findings.raise_if_errors()
    RUN.diagnostics += reading.findings


def _folders() -> tuple[Path, ...]:
    """Of the pack one stands in, if any, and of the project around."""
    from briefpack.pipeline.project import PACK_FILE, STYLES, project_around

    here = Path.cwd()
    packs = [folder for folder in (here, *here.parents) if (folder / PACK_FILE).is_file()][:1]
    return (*(folder / STYLES for folder in packs), project_around(here) / STYLES)
