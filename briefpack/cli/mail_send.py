"""`briefpack mail send`, `retry`, `resend`: what lies in the outbox → the mail server, after a dry run and a confirmation."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefpack.cli.arguments import Allow, Json, OnePack, Quiet, Strict
from briefpack.cli.mail_options import Audiences, Confirm, Connect, Drafts, Really, Trust, WhereBuilt
from briefpack.cli.mail_report import (
    fates_as_json,
    numbers,
    proposal_as_json,
    tell_fates,
    tell_proposal,
    what_stands,
)
from briefpack.cli.terminal import RUN, counted, printable, say

if TYPE_CHECKING:
    from briefpack.pipeline.mail_server import Tried
    from briefpack.pipeline.sending import Proposal, Wish


def send(
    pack: OnePack,
    audience: Audiences = None,
    output: WhereBuilt = None,
    really: Really = False,
    confirm: Confirm = None,
    drafts: Drafts = False,
    trust: Trust = False,
    connect: Connect = False,
    allow: Allow = None,
    strict: Strict = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Send the drafts to all who have not got theirs. Without --really, nothing is sent.

    What is sent is what lies in build/PACK/outbox/, byte for byte, if it is still what was drafted, built and audited. Who got it already is left out.
    """
    from briefpack.distribute.plan import Aim
    from briefpack.pipeline.sending import Wish

    RUN.json, RUN.quiet = json, quiet
    _run(
        pack,
        Wish(Aim.NEW, trust=trust),
        audience=audience,
        output=output,
        really=really,
        confirm=confirm,
        drafts=drafts,
        connect=connect,
        allow=allow,
        strict=strict,
    )


def retry(
    pack: OnePack,
    audience: Audiences = None,
    output: WhereBuilt = None,
    refused: Annotated[
        bool, typer.Option("--refused", help="Also to those whom the server refused.")
    ] = False,
    really: Really = False,
    confirm: Confirm = None,
    drafts: Drafts = False,
    trust: Trust = False,
    allow: Allow = None,
    strict: Strict = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Send what an earlier run was to send and did not. Without --really, nothing is sent.

    Readers who came to the list later get theirs with `briefpack mail send`.
    """
    from briefpack.distribute.plan import Aim
    from briefpack.pipeline.sending import Wish

    RUN.json, RUN.quiet = json, quiet
    _run(
        pack,
        Wish(Aim.REFUSED if refused else Aim.LEFT, trust=trust),
        audience=audience,
        output=output,
        really=really,
        confirm=confirm,
        drafts=drafts,
        allow=allow,
        strict=strict,
    )


def resend(
    pack: OnePack,
    uncertain: Annotated[
        bool,
        typer.Option("--uncertain", help="To all of whom nobody knows whether they have it."),
    ] = False,
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to",
            metavar="ADDRESS",
            help="Once more to this reader, who has it. May be given several times.",
            show_default=False,
        ),
    ] = None,
    audience: Audiences = None,
    output: WhereBuilt = None,
    really: Really = False,
    confirm: Confirm = None,
    drafts: Drafts = False,
    trust: Trust = False,
    allow: Allow = None,
    strict: Strict = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Send once more what may have arrived, or has. Each reader may then have it twice. Without --really, nothing is sent."""
    from briefpack.distribute.plan import Aim
    from briefpack.errors import BriefpackError
    from briefpack.pipeline.project import usage
    from briefpack.pipeline.sending import Wish

    RUN.json, RUN.quiet = json, quiet
    if uncertain == bool(to):
        raise BriefpackError(
            [
                usage(
                    "say who is to get it once more",
                    "either --uncertain, or --to ADDRESS for one who is known to have it",
                )
            ]
        )
    _run(
        pack,
        Wish(Aim.UNCERTAIN, trust=trust) if uncertain else Wish(Aim.AGAIN, tuple(to or ()), trust),
        audience=audience,
        output=output,
        really=really,
        confirm=confirm,
        drafts=drafts,
        allow=allow,
        strict=strict,
    )


def _run(
    pack: str,
    wish: Wish,
    *,
    audience: list[str] | None,
    output: Path | None,
    really: bool,
    confirm: int | None,
    drafts: bool,
    allow: list[Path] | None,
    strict: bool,
    connect: bool = False,
) -> None:
    from briefpack.cli.progress import Bar
    from briefpack.errors import BriefpackError
    from briefpack.pipeline.mail_server import try_server
    from briefpack.pipeline.prepare import Order
    from briefpack.pipeline.project import find_packs, usage
    from briefpack.pipeline.sending import propose
    from briefpack.pipeline.sending import send as send_pack

    RUN.stopped = "nothing was sent"
    if confirm is not None and not really:
        raise BriefpackError([usage("--confirm is for --really", "add --really to send")])
    if connect and really:
        raise BriefpackError([usage("--connect tries, and --really sends", "give one of them")])
    order = Order(
        audiences=tuple(audience or ()),
        output=output.absolute() if output else None,
        allow=tuple(folder.absolute() for folder in allow or ()),
        strict=strict,
        draft=drafts,
    )
    (folder,) = find_packs([pack], Path.cwd())
    with Bar(folder.name, hidden=RUN.quiet or RUN.json) as bar:
        if not really:
            proposal = propose(folder, order, wish, os.environ, bar.update)
            bar.rest()
            RUN.diagnostics += proposal.findings
            _show(proposal, really=False)
            if connect:
                tried = try_server(proposal.server, os.environ)
                RUN.content["connected"] = {"user": tried.user, "offers_login": tried.offers_login}
                _say(f"{proposal.server.host} answers, " + _who_logs_in(tried, folder.name))
            return

        def agree(proposal: Proposal) -> bool:
            bar.rest()
            RUN.diagnostics.extend(proposal.findings)
            _show(proposal, really=True, asks=confirm is None)
            _confirm(proposal, confirm)
            # From here on something may have gone, whenever it is stopped.
            RUN.stopped = f"what was sent is in the ledger: briefpack mail status {folder.name}"
            return True

        sent = send_pack(folder, order, wish, environ=os.environ, agree=agree, progress=bar.update)
    if sent.tally is None:
        # Nobody was asked, since there was nothing to send.
        RUN.diagnostics += sent.proposal.findings
        _show(sent.proposal, really=True)
        if RUN.json:
            RUN.content |= fates_as_json(None)
        return
    if RUN.json:
        RUN.content |= fates_as_json(sent.tally)
    elif not RUN.quiet:
        tell_fates(sent)
    if sent.tally.interrupted:
        RUN.diagnostics += sent.misses
        RUN.stopped = f"{what_stands(sent)}: briefpack mail status {folder.name}"
        raise KeyboardInterrupt
    if sent.misses:
        raise BriefpackError(sent.misses)


def _who_logs_in(tried: Tried, name: str) -> str:
    if tried.user:
        return f"and lets {tried.user} in"
    if tried.offers_login:
        return f"and nobody logs in, though it would let somebody: where it refuses readers, briefpack mail login {name}"
    return "and nobody logs in"


def _show(proposal: Proposal, *, really: bool, asks: bool = False) -> None:
    """asks: whether somebody is asked to confirm it, who has to see it, also with --quiet."""
    if RUN.json:
        RUN.content |= {"really": really, **proposal_as_json(proposal)}
    elif not RUN.quiet or asks:
        tell_proposal(proposal, really=really)


def _say(text: str) -> None:
    if not (RUN.json or RUN.quiet):
        say(printable(text))


def _confirm(proposal: Proposal, given: int | None) -> None:
    """Raise BriefpackError (USAGE) unless the number of messages was given, or is typed now."""
    from briefpack.errors import BriefpackError
    from briefpack.pipeline.project import usage

    plan = proposal.plan
    number = len(plan.going)
    again = f"nothing was sent; look at the numbers, and confirm with --confirm {number}"
    if given is not None:
        if given != number:
            raise BriefpackError(
                [usage(f"--confirm {given}, but there are {counted(number, 'message')} to send", again)]
            )
        return
    if RUN.json or not sys.stdin.isatty():
        raise BriefpackError([usage("there is nobody to ask whether to send", again)])
    sys.stdout.write(printable(f"type {number} to send {numbers(plan)}, or anything else not to: "))
    sys.stdout.flush()
    typed = sys.stdin.readline().strip()
    if typed != str(number):
        raise BriefpackError([usage("not confirmed; nothing was sent")])
