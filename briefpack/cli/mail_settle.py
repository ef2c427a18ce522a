"""`briefpack mail settle`: what readers say of messages whose fate nobody knew, into the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefpack.cli.arguments import Json, OnePack, Quiet
from briefpack.cli.mail_options import Audiences, WhereBuilt
from briefpack.cli.mail_report import entry_as_json
from briefpack.cli.terminal import RUN, counted, printable, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefpack.distribute.delivery import Entry
    from briefpack.pipeline.settling import Settled


def settle(
    pack: OnePack,
    arrived: Annotated[
        list[str] | None,
        typer.Option(
            "--arrived",
            metavar="ADDRESS",
            help="This reader says that he has it. May be given several times.",
            show_default=False,
        ),
    ] = None,
    lost: Annotated[
        list[str] | None,
        typer.Option(
            "--lost",
            metavar="ADDRESS",
            help="This reader says that he has it not: it is left for the next sending. May be given several times.",
            show_default=False,
        ),
    ] = None,
    message: Annotated[
        list[str] | None,
        typer.Option(
            "--message",
            metavar="DRAFT",
            help="Of this message only, as `mail status` calls it. May be given several times.",
            show_default=False,
        ),
    ] = None,
    audience: Audiences = None,
    output: WhereBuilt = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Write down what readers say of messages that are uncertain.

    They have them, or they have not. Nothing is sent. What has not arrived goes with the next `briefpack mail send` or `retry`.
    """
    RUN.json, RUN.quiet, RUN.stopped = json, quiet, "nothing was settled"
    from briefpack.errors import BriefpackError
    from briefpack.pipeline.prepare import Order
    from briefpack.pipeline.project import find_packs, usage
    from briefpack.pipeline.settling import Said
    from briefpack.pipeline.settling import settle as settle_pack

    if not arrived and not lost:
        raise BriefpackError(
            [usage("say who has it or has not", "--arrived ADDRESS or --lost ADDRESS, or several of them")]
        )
    order = Order(audiences=tuple(audience or ()), output=output.absolute() if output else None)
    (folder,) = find_packs([pack], Path.cwd())
    settled = settle_pack(folder, order, Said(tuple(arrived or ()), tuple(lost or ()), tuple(message or ())))
    if json:
        RUN.content |= _as_json(settled)
    elif not quiet:
        _tell(settled)


def _tell(settled: Settled) -> None:
    """Each message by name: a reader may have had several."""
    _tell_some(settled.arrived, "arrived, as somebody said:")
    _tell_some(
        settled.lost,
        f"not arrived, and left for the next sending: briefpack mail retry {settled.pack} --really",
    )
    if settled.left:
        say(
            printable(
                f"{counted(len(settled.left), 'message')} still uncertain: briefpack mail status {settled.pack}"
            )
        )


def _tell_some(entries: Sequence[Entry], what: str) -> None:
    if entries:
        say(printable(what))
        for each in entries:
            say(printable(f"  {each.delivery.address} ({each.delivery.draft})"))


def _as_json(settled: Settled) -> dict[str, Any]:
    return {
        "pack": settled.pack,
        "arrived": [entry_as_json(each) for each in settled.arrived],
        "lost": [entry_as_json(each) for each in settled.lost],
        "uncertain": [entry_as_json(each) for each in settled.left],
    }
