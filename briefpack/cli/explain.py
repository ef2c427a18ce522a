"""`briefpack explain`: what an audience gets and does not get, with the reason and the place."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefpack.cli.arguments import Allow, Json, OnePack
from briefpack.cli.terminal import BOLD, DIM, RED, RUN, coloured, counted, near, printable, say, width

if TYPE_CHECKING:
    from briefpack.marking import Marking
    from briefpack.policy import Policy
    from briefpack.select import Selection
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
            "nodes": [_as_json(verdict, selection.pack.policy) for verdict in verdicts],
        }
        if selection.pack.policy is not None:
            RUN.content["marking"] = selection.pack.meta.marking
        return
    say(coloured(f"{folder.name} for {printable(chosen.title)} ({chosen.name})", BOLD, sys.stdout))
    policy = selection.pack.policy
    labels = ["  " * verdict.depth + _label(verdict) for verdict in verdicts]
    wide = min(64, max(map(width, labels), default=0))
    for verdict, label in zip(verdicts, labels, strict=True):
        say(_line(verdict, label, wide, "" if policy is None else _marking(verdict, policy)))
    gone = [verdict for verdict in verdicts if not verdict.included and not verdict.inherited]
    above = sum(verdict.above for verdict in gone)
    because = f" ({above} for their marking)" if policy is not None else ""
    say(f"{counted(sum(v.included for v in verdicts), 'node')} in, {len(gone)} withheld{because}")
    if policy is not None and selection.marking is not None:
        say(f"marked {printable(selection.pack.meta.marking)}{_wanted(selection, policy)}")


def _label(verdict: Verdict) -> str:
    title = printable(" ".join(verdict.title.split()))
    return f"{verdict.kind.value}: {title}" if title else verdict.kind.value


def _wanted(selection: Selection, policy: Policy) -> str:
    """What is said of a marking that the author wants higher than it is."""
    if selection.marking is None or selection.marking == selection.pack.limits.marking:
        return ""
    return f" as pack.yaml says; what is in it is {policy.banner(selection.marking, 'en')}"


def _marking(verdict: Verdict, policy: Policy) -> str:
    """The marking of its own words, that of the whole where it is another, and what the author wrote where that is no other: "(P), all (I), declared (R)"."""

    def portion(marking: Marking) -> str:
        return policy.portion(marking, "en")

    own, whole, declared = verdict.own, verdict.marking, verdict.declared
    said = [] if own is None else [portion(own)]
    if whole is not None and whole != own:
        said.append(f"all {portion(whole)}")
    if declared is not None:
        said.append("declared" if declared == own else f"declared {portion(declared)}")
    return ", ".join(said)


def _line(verdict: Verdict, label: str, wide: int, marking: str) -> str:
    while width(label) > wide:
        label = label[:-2].rstrip() + "…"
    mark = "in " if verdict.included else coloured("out", RED, sys.stdout)
    place = f"{near(verdict.where.path)}:{verdict.where.line}"
    gap = " " * (wide - width(label))
    said = f"{marking}: " if marking else ""
    return f"{mark}  {label}{gap}  {said}{printable(verdict.reason)}  {coloured(place, DIM, sys.stdout)}"


def _as_json(verdict: Verdict, policy: Policy | None) -> dict[str, Any]:
    """declared, own, marking: only in a pack with a policy; null where there is none."""

    def said(marking: Marking | None) -> str | None:
        return None if marking is None or policy is None else policy.banner(marking, "en")

    markings = {
        "declared": said(verdict.declared),
        "own": said(verdict.own),
        "marking": said(verdict.marking),
        "above": verdict.above,
    }
    return {
        "kind": verdict.kind.value,
        "title": verdict.title,
        "included": verdict.included,
        "reason": verdict.reason,
        "depth": verdict.depth,
        "path": near(verdict.where.path),
        "line": verdict.where.line,
        "column": verdict.where.column,
        **({} if policy is None else markings),
    }
