"""`briefpack new section`: a section of one kind that builds, to be changed by its author."""

from __future__ import annotations

import os
import re
from pathlib import Path

from briefpack.cli.schema import refresh
from briefpack.cli.terminal import near, say

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NUMBERED = re.compile(r"(\d+)[-_. ]")

_TITLES = {
    "qa": "Questions and answers",
    "lists": "Figures and tables",
    "statement": "Joint statement",
    "steering": "Steering brief",
    "contacts": "Contacts and movements",
    "distribution": "Distribution and handling",
    "changes": "Changes since the last issue",
}
"""Titles of sections whose kind is no title."""


def new_section(kind: str, pack: str | None, name: str | None) -> None:
    """Make a section file in a pack, numbered behind those that are there. Raises BriefpackError; nothing is overwritten."""
    from briefpack.errors import BriefpackError
    from briefpack.files import publish, stage
    from briefpack.pack import SectionKind
    from briefpack.pipeline.project import BUILD, project_of, suggestion, usage

    kinds = [known.value for known in SectionKind]
    if kind not in kinds:
        raise BriefpackError(
            [
                usage(
                    f"there is no kind of section called `{kind}`" if kind else "which kind of section?",
                    suggestion(kind, kinds) or f"kinds: {', '.join(kinds)}",
                )
            ]
        )
    chosen = name or kind
    if not _NAME.fullmatch(chosen):
        raise BriefpackError(
            [usage(f"`{chosen}` cannot name a section", "lower-case letters, digits and dashes: first-topic")]
        )
    folder = _pack(pack)
    sections = folder / "sections" if (folder / "sections").is_dir() else folder
    standing = _of_this_name(sections, chosen)
    if standing is not None:
        raise BriefpackError(
            [usage(f"{near(standing)} is there already", "choose another name with --name NAME")]
        )
    target = sections / f"{_next(sections)}{chosen}.yaml"
    project = project_of(folder)
    schema = Path(os.path.relpath(project / BUILD / "schema" / "section.json", target.parent)).as_posix()
    title = _TITLES.get(kind, "") if name is None else ""
    words = {
        "SCHEMA": schema,
        "NAME": chosen,
        "TITLE": title or chosen.replace("-", " ").capitalize(),
    }
    publish([stage(target, filled(f"section/{kind}.yaml", words))])
    refresh(project)
    say(near(target))
    say(f"Add it to {near(folder / 'pack.yaml')}, under sections:  - {target.relative_to(folder).as_posix()}")


def filled(source: str, words: dict[str, str]) -> bytes:
    """A file of briefpack/data/new with its {{WORDS}} put in; {{TODAY}} is known."""
    from datetime import datetime
    from importlib import resources

    # The author's clock, once: from here on the dates are the pack's own.
    known = {"TODAY": datetime.now().astimezone().date().isoformat(), **words}
    path = resources.files("briefpack").joinpath("data", "new", *source.split("/"))
    return re.sub(r"\{\{(\w+)\}\}", lambda field: known[field[1]], path.read_text(encoding="utf-8")).encode()


def _pack(name: str | None) -> Path:
    """The folder of the pack that was named; without a name the one around here, or the only one there is."""
    from briefpack.errors import BriefpackError
    from briefpack.pipeline.project import PACK_FILE, find_packs, usage

    here = Path.cwd()
    if name is not None:
        return find_packs([name], here)[0]
    around = next((folder for folder in (here, *here.parents) if (folder / PACK_FILE).is_file()), None)
    if around is not None:
        return around
    packs = find_packs([], here)
    if len(packs) > 1:
        raise BriefpackError(
            [
                usage(
                    "in which pack?",
                    f"say it with --pack: {', '.join(folder.name for folder in packs)}",
                )
            ]
        )
    return packs[0]


def _of_this_name(folder: Path, name: str) -> Path | None:
    """A file whose section would have the same id."""
    for path in sorted(folder.glob("*.yaml")):
        number = _NUMBERED.match(path.name)
        if path.stem[number.end() if number else 0 :] == name:
            return path
    return None


def _next(folder: Path) -> str:
    """The number before the file's name, as the others have it: "04-"; "" where none has one."""
    numbers = [match[1] for path in folder.glob("*.yaml") if (match := _NUMBERED.match(path.name))]
    if not numbers:
        return "" if any(folder.glob("*.yaml")) else "01-"
    return f"{max(map(int, numbers)) + 1:0{max(map(len, numbers))}}-"
