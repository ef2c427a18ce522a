"""`briefpack explain`: what an audience gets and does not get, with the reason and the place."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefpack.cli.arguments import Allow, Json, OnePack
from briefpack.cli.terminal import BOLD, DIM, RED, RUN, coloured, counted, near, printable, say, width

if TYPE_CHECKING:
    from briefpack.verdict import Verdict


def explain(
    pack: OnePack,
    audience: Annotated[
        str, typer.Option("-a", "--audience", metavar="AUDIENCE", help="The audience's name in pack.yaml.")
    ],
    allow: Allow = None,
    json: Json = False,
) -> None:
    """Show what an audience gets, and why.

    Lists everything in a pack, in or out for one audience, with the reason and the place.
    """
    RUN.json = json
    from briefpack.pipeline import explain as explain_pack
    from briefpack.pipeline.project import find_packs

    (folder,) = find_packs([pack], Path.cwd())
    chosen, selection = explain_pack(folder, audience, tuple(path.absolute() for path in allow or ()))
    verdicts = selection.verdicts
    if json:
        RUN.content |= {
            "pack": folder.name,
            "audience": chosen.name,
            "nodes": [_as_json(verdict) for verdict in verdicts],
        }
        return
    say(coloured(f"{folder.name} for {printable(chosen.title)} ({chosen.name})", BOLD, sys.stdout))
    labels = ["  " * verdict.depth + _label(verdict) for verdict in verdicts]
    wide = min(64, max(map(width, labels), default=0))
    for verdict, label in zip(verdicts, labels, strict=True):
        say(_line(verdict, label, wide))
    gone = sum(not verdict.included and not verdict.inherited for verdict in verdicts)
    say(f"{counted(sum(v.included for v in verdicts), 'node')} in, {gone} withheld")


def _label(verdict: Verdict) -> str:
    title = printable(" ".join(verdict.title.split()))
    return f"{verdict.kind.value}: {title}" if title else verdict.kind.value


def _line(verdict: Verdict, label: str, wide: int) -> str:
    while width(label) > wide:
        label = label[:-2].rstrip() + "…"
    mark = "in " if verdict.included else coloured("out", RED, sys.stdout)
    place = f"{near(verdict.where.path)}:{verdict.where.line}"
    gap = " " * (wide - width(label))
    return f"{mark}  {label}{gap}  {printable(verdict.reason)}  {coloured(place, DIM, sys.stdout)}"


def _as_json(verdict: Verdict) -> dict[str, Any]:
    return {
        "kind": verdict.kind.value,
        "title": verdict.title,
        "included": verdict.included,
        "reason": verdict.reason,
        "depth": verdict.depth,
        "path": near(verdict.where.path),
        "line": verdict.where.line,
        "column": verdict.where.column,
    }
