"""`briefpack schema`: JSON Schemas, so that an editor completes and checks while one types."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from briefpack.cli.terminal import near, say


class SchemaName(StrEnum):
    """The kinds of file there are, and the parts of pack.yaml that describe an audience and who gets its pack."""

    pack = "pack"
    section = "section"
    style = "style"
    audience = "audience"
    policy = "policy"
    distribution = "distribution"


def schema(
    kind: Annotated[
        SchemaName | None, typer.Argument(help="Only this one; all of them when absent.", show_default=False)
    ] = None,
    write: Annotated[
        Path | None,
        typer.Option(
            "--write",
            metavar="DIR",
            help="Write them there, a file for each: build/schema.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Print JSON Schemas, or write them.

    For pack.yaml, section files, distributions, styles and policies; an editor completes and checks with them while you type.
    """
    from briefpack.files import publish, stage

    schemas = _schemas()
    if kind is not None:
        schemas = {kind.value: schemas[kind.value]}
    if write is None:
        say(_text(schemas[kind.value] if kind is not None else schemas))
        return
    staged = [
        stage(write.absolute() / f"{name}.json", _text(s).encode() + b"\n") for name, s in schemas.items()
    ]
    publish(staged)
    for file in staged:
        say(near(file.target))


def refresh(project: Path) -> None:
    """Keep a project's build/schema/ as this version has it: the first line of source files leads an editor there.

    Files that are right already are left alone, so that a build of unchanged sources changes nothing.
    """
    from briefpack.files import publish, stage

    folder = project / "build" / "schema"
    staged = []
    for name, content in _schemas().items():
        target = folder / f"{name}.json"
        wanted = _text(content).encode() + b"\n"
        if not target.is_file() or target.read_bytes() != wanted:
            staged.append(stage(target, wanted))
    publish(staged)


def _schemas() -> dict[str, object]:
    from briefpack.reading.schema import json_schemas
    from briefpack.reading.style_schema import style_json_schema

    return {**json_schemas(), "style": style_json_schema()}


def _text(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)
