"""`briefpack check`: everything that can be wrong with a pack, without writing anything."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefpack.cli.arguments import Allow, Jobs, Json, Packs, Quiet, Strict, processors
from briefpack.cli.terminal import RUN, say


def check(
    pack: Packs = None,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            metavar="FILE",
            help="Look at this finished PDF instead of packs: its claims, and what stands against them. "
            "May be given several times.",
            show_default=False,
        ),
    ] = None,
    jobs: Jobs = None,
    allow: Allow = None,
    strict: Strict = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Check packs without writing anything.

    Everything up to the layout of the last page, for every audience. With --output, finished PDFs are looked at instead.
    """
    RUN.json, RUN.quiet = json, quiet
    if output:
        from briefpack.cli.inspect import inspect_outputs
        from briefpack.errors import BriefpackError
        from briefpack.pipeline.project import usage

        if pack:
            raise BriefpackError(
                [usage("packs and --output cannot be checked at once", "put --output before every file")]
            )
        inspect_outputs(output, strict=strict)
        return
    from briefpack.cli.diagnostics import counts_of
    from briefpack.cli.progress import Bar
    from briefpack.errors import BriefpackError
    from briefpack.pipeline import check as check_pack
    from briefpack.pipeline import combined
    from briefpack.pipeline.prepare import Order
    from briefpack.pipeline.project import find_packs

    order = Order(
        jobs=jobs or processors(), allow=tuple(folder.absolute() for folder in allow or ()), strict=strict
    )
    failures: list[BriefpackError] = []
    for folder in find_packs(pack or (), Path.cwd()):
        try:
            with Bar(folder.name, hidden=quiet or json) as bar:
                report = check_pack(folder, order, bar.update)
        except BriefpackError as error:
            failures.append(error)
        else:
            RUN.diagnostics += report.findings
            if not quiet and not json:
                found = counts_of(report.findings) or "all well"
                silenced = f" ({report.silenced} silenced)" if report.silenced else ""
                say(f"{report.pack}: {found}{silenced}")
    if failures:
        raise combined(failures)
