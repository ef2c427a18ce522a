"""`briefpack new`: a project that builds, to be changed by its author."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from briefpack.cli.new_section import filled, new_section
from briefpack.cli.schema import refresh
from briefpack.cli.terminal import near, say

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = {"base", "con", "prn", "aux", "nul"}
"""The packaged style, and names Windows cannot use for files."""


def _section(incomplete: str) -> list[str]:
    return ["section"] if incomplete and "section".startswith(incomplete) else []


def _kinds(incomplete: str) -> list[str]:
    from briefpack.pack import SectionKind

    return [kind.value for kind in SectionKind if kind.value.startswith(incomplete)]


def new(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A name for the pack, in lower-case letters, digits and dashes: security-council. Or the word section.",
            autocompletion=_section,
        ),
    ],
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="KIND",
            help="After section: its kind, such as brief or speaking-note.",
            autocompletion=_kinds,
            show_default=False,
        ),
    ] = None,
    pack: Annotated[
        str | None,
        typer.Option(
            "--pack",
            metavar="PACK",
            help="The pack that the section is for; the one you are in, or the only one, when absent.",
            show_default=False,
        ),
    ] = None,
    section_name: Annotated[
        str | None,
        typer.Option(
            "--name",
            metavar="NAME",
            help="The section's name; its kind's when absent.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Make a pack that builds, or a section of one.

    new NAME makes a pack in sources/NAME/ and its style in styles/NAME.yaml. new section KIND makes a section file in a pack.
    Nothing is overwritten.
    """
    from briefpack.errors import BriefpackError
    from briefpack.files import discard, publish, stage
    from briefpack.pipeline.project import SOURCES, STYLES, project_around, usage

    if name == "section":
        new_section(kind or "", pack, section_name)
        return
    extra = kind or pack or section_name
    if extra is not None:
        raise BriefpackError(
            [
                usage(
                    f"a new pack has a name and nothing else; found `{extra}`",
                    "for a section write: briefpack new section KIND",
                )
            ]
        )
    if not _NAME.fullmatch(name) or name in _RESERVED:
        raise BriefpackError([usage(f"`{name}` cannot name a pack", f"for example: {_slug(name)}")])
    here = Path.cwd()
    project = project_around(here)
    folder = project / SOURCES / name
    targets = {
        "pack.yaml": folder / "pack.yaml",
        "agenda.yaml": folder / "sections" / "01-agenda.yaml",
        "brief.yaml": folder / "sections" / "02-first-topic.yaml",
        "style.yaml": project / STYLES / f"{name}.yaml",
    }
    standing = [path for path in (folder, targets["style.yaml"]) if path.exists() or path.is_symlink()]
    if standing:
        raise BriefpackError(
            [
                usage(f"{near(path)} is there already", "choose another name, or remove it")
                for path in standing
            ]
        )
    words = {"NAME": name, "TITLE": name.replace("-", " ").capitalize()}
    staged = []
    try:
        for source, target in targets.items():
            staged.append(stage(target, filled(source, words)))
    except BriefpackError:
        discard(staged)
        raise
    publish(staged)
    refresh(project)
    for file in staged:
        say(near(file.target))
    say(f"Build it with: briefpack build {name}")


def _slug(name: str) -> str:
    """The nearest allowed name."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return slug if slug and slug not in _RESERVED else "security-council"
