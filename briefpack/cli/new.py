"""`briefpack new`: a project that builds, to be changed by its author."""

from __future__ import annotations

import re
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from briefpack.cli.schema import refresh
from briefpack.cli.terminal import near, say

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = {"base", "con", "prn", "aux", "nul"}
"""The packaged style, and names Windows cannot use for files."""


def new(
    name: Annotated[str, typer.Argument(help="Lower-case letters, digits and dashes: security-council.")],
) -> None:
    """Make a pack that builds.

    It is made in sources/NAME/, its style in styles/NAME.yaml. Nothing is overwritten.
    """
    from briefpack.errors import BriefpackError
    from briefpack.files import discard, publish, stage
    from briefpack.pipeline.project import SOURCES, STYLES, project_around, usage

    if not _NAME.fullmatch(name) or name in _RESERVED:
        raise BriefpackError([usage(f"`{name}` cannot name a pack", f"for example: {_slug(name)}")])
    here = Path.cwd()
    project = project_around(here)
    pack = project / SOURCES / name
    targets = {
        "pack.yaml": pack / "pack.yaml",
        "agenda.yaml": pack / "sections" / "01-agenda.yaml",
        "brief.yaml": pack / "sections" / "02-first-topic.yaml",
        "style.yaml": project / STYLES / f"{name}.yaml",
    }
    standing = [path for path in (pack, targets["style.yaml"]) if path.exists() or path.is_symlink()]
    if standing:
        raise BriefpackError(
            [
                usage(f"{near(path)} is there already", "choose another name, or remove it")
                for path in standing
            ]
        )
    words = {
        "NAME": name,
        "TITLE": name.replace("-", " ").capitalize(),
        # The author's clock, once: from here on as_of is the pack's own.
        "TODAY": datetime.now().astimezone().date().isoformat(),
    }
    staged = []
    try:
        for source, target in targets.items():
            staged.append(stage(target, _filled(source, words)))
    except BriefpackError:
        discard(staged)
        raise
    publish(staged)
    refresh(project)
    for file in staged:
        say(near(file.target))
    say(f"Build it with: briefpack build {name}")


def _filled(source: str, words: dict[str, str]) -> bytes:
    text = resources.files("briefpack").joinpath("data", "new", source).read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda field: words[field[1]], text).encode()


def _slug(name: str) -> str:
    """The nearest allowed name."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return slug if slug and slug not in _RESERVED else "security-council"
