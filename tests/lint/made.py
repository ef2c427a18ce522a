"""A pack of a few sections, made in a folder and looked at by the rules as the pipeline would do it."""

from __future__ import annotations

import textwrap
from functools import cache
from pathlib import Path

from briefpack.annex import AnnexFacts, CleanPart
from briefpack.errors import Diagnostic
from briefpack.lint import case_of, lint, withheld_mentions
from briefpack.lint.case import Case
from briefpack.pack import Pack
from briefpack.pipeline.prepare import clock
from briefpack.reading.read_pack import read_pack
from briefpack.reading.read_style import read_style
from briefpack.resolve import known_names, resolve
from briefpack.select import select
from briefpack.style import Style

PACK = """\
title: Visit
as_of: 2025-04-02
{more}
audiences:
  desk: {{title: Desk}}
  press: {{title: Press}}
sections:
{sections}
"""


@cache
def base() -> Style:
    style = read_style("base", ()).style
    assert style is not None
    return style


def pack_of(folder: Path, *sections: str, more: str = "") -> Pack:
    """Read a pack of these section files, beside which there is a plan.pdf. more: further keys of pack.yaml."""
    (folder / "plan.pdf").write_bytes(b"%PDF-1.7")
    names = [f"s{number}.yaml" for number in range(1, len(sections) + 1)]
    for name, text in zip(names, sections, strict=True):
        (folder / name).write_text(textwrap.dedent(text), encoding="utf-8")
    listed = "\n".join(f"  - {name}" for name in names)
    (folder / "pack.yaml").write_text(
        PACK.format(sections=listed, more=textwrap.dedent(more)), encoding="utf-8"
    )
    reading = read_pack(folder)
    assert reading.pack is not None, reading.findings.items
    return reading.pack


def case(
    folder: Path,
    *sections: str,
    more: str = "",
    audience: str = "desk",
    explained: frozenset[str] = frozenset(),
    pages: int = 1,
    style: Style | None = None,
) -> Case:
    """pages: that every section takes."""
    pack = pack_of(folder, *sections, more=more)
    chosen = next(one for one in pack.audiences if one.name == audience)
    selected = select(pack, chosen).pack
    look = style or base()
    facts = {
        annex.id: AnnexFacts((CleanPart("", annex.path, ((595.0, 842.0),), ()),))
        for annex in selected.annexes
    }
    resolution = resolve(selected, chosen, look, facts, date=clock(pack), known=known_names(pack))
    assert resolution.document is not None, resolution.findings
    places = {section.where: pages for section in resolution.document.sections}
    return case_of(selected, chosen, look, resolution.document, pages=places, explained=explained)


def found(folder: Path, *sections: str, **more: object) -> list[Diagnostic]:
    """What the rules find. more: as for case."""
    return list(lint(case(folder, *sections, **more)))  # type: ignore[arg-type]  # the caller's keywords


def rules(folder: Path, *sections: str, **more: object) -> list[str | None]:
    """The rules that have something to warn of, each as often as it warns."""
    return [diagnostic.rule for diagnostic in found(folder, *sections, **more)]


def mentions(folder: Path, *sections: str, audience: str = "press", more: str = "") -> list[Diagnostic]:
    """What withheld_mentions finds for an audience."""
    pack = pack_of(folder, *sections, more=more)
    chosen = next(one for one in pack.audiences if one.name == audience)
    return withheld_mentions(select(pack, chosen).pack, pack, chosen)
