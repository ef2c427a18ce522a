"""What there is to say of a sending: what would go to whom, what became of it, and how things stand; as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from briefpack.cli.terminal import counted, near, printable, say, size_in_words, table

if TYPE_CHECKING:
    from briefpack.distribute.delivery import Entry, Tally
    from briefpack.distribute.plan import Going, LeftOut, Plan
    from briefpack.distribution import Server
    from briefpack.pipeline.sending import Proposal, Sent

MOST = 12
"""Readers who are named one by one; --json names all."""
MOST_ROWS = 40
"""Messages that are shown one by one, so that what is said below them stays in sight."""


# --------------------------------------------------------------------------- what would go


def tell_proposal(proposal: Proposal, *, really: bool) -> None:
    """Who would be sent what, by which server; whom that leaves out, and what they and others had of the pack before. really: whether it is about to be sent."""
    from briefpack.distribute.delivery import State
    from briefpack.distribute.plan import Aim

    plan = proposal.plan
    if plan.going:
        heads = ("message", "audience", "to", "copy", "attachments", "as sent", "marking")
        say(table(heads, [_row(each) for each in plan.going[:MOST_ROWS]], frozenset({"as sent"})))
        if len(plan.going) > MOST_ROWS:
            say(f"and {len(plan.going) - MOST_ROWS} messages more: --json names all")
    if plan.going:
        size = size_in_words(sum(each.message.size for each in plan.going))
        say(printable(f"{numbers(plan)}; {size}; by {server_in_words(proposal.server)}"))
    else:
        say("there is nothing to send")
    if plan.aim in {Aim.UNCERTAIN, Aim.AGAIN} and plan.going:
        say("each of these readers may have it twice then")
    see = f"see `briefpack mail status {proposal.pack}`"
    for aims, state, what in (
        ({Aim.NEW}, State.SENT, "sent already"),
        ({Aim.NEW, Aim.LEFT}, State.REFUSED, f"refused, {see}"),
        ({Aim.NEW, Aim.LEFT, Aim.REFUSED}, State.UNCERTAIN, f"uncertain, {see}"),
    ):
        if plan.aim in aims:
            _tell_left_out(plan.left_in(state), what)
    if plan.earlier:
        latest = max(each.entry.since for each in plan.earlier)
        say(
            f"{len(plan.earlier)} of {plan.readers} were sent other files of this pack before, the last of them on {when(latest)}:"
        )
        _list(
            [
                f"{each.reader.address} ({when(each.entry.since)}"
                + (", uncertain)" if each.entry.state is State.UNCERTAIN else ")")
                for each in plan.earlier
            ]
        )
    if plan.elsewhere:
        say(f"{len(plan.elsewhere)} of {plan.readers} were sent the pack of another audience before:")
        _list(
            [
                f"{each.reader.address} ({each.entry.delivery.audience}, {when(each.entry.since)}"
                + (", uncertain)" if each.entry.state is State.UNCERTAIN else ")")
                for each in plan.elsewhere
            ]
        )
    if plan.taken:
        say(
            "numbers of copies that other readers were sent before; a number stays a reader's where the list has it (`copy:`):"
        )
        _list(
            [
                f"{each.reader.copy}: {each.reader.address} now, {each.entry.delivery.address} before ({when(each.entry.since)})"
                for each in plan.taken
            ]
        )
    if plan.overtaken:
        say(f"{len(plan.overtaken)} of an earlier draft are given up, since nobody has drafted them again:")
        _list([f"{each.delivery.address} ({each.state.value})" for each in plan.overtaken])
    if plan.gone and plan.aim is Aim.UNCERTAIN:
        say(
            f"{len(plan.gone)} uncertain of an earlier draft cannot be sent, since nobody has drafted them again:"
        )
        _list([f"{each.delivery.address} ({when(each.since)})" for each in plan.gone])
    if plan.going and proposal.is_first:
        say("as far as is known, nobody has been sent anything of this pack yet: its ledger is empty")
    if plan.going and not really:
        say("nothing was sent: --really sends it")


def numbers(plan: Plan) -> str:
    """As "3 messages to 4 readers (desk 2, press 2)"."""
    told = ", ".join(f"{name} {number}" for name, number in plan.by_audience.items())
    return f"{counted(len(plan.going), 'message')} to {counted(plan.readers, 'reader')} ({told})"


def _row(each: Going) -> tuple[str, ...]:
    message = each.message
    addresses = [reader.address for reader in each.readers]
    copies = [str(reader.copy) for reader in each.readers if reader.copy is not None]
    return (
        message.name,
        message.audience,
        addresses[0] if len(addresses) == 1 else counted(len(addresses), "reader"),
        ", ".join(copies) or "-",
        ", ".join(file.name for file in message.attachments) or "-",
        size_in_words(message.size),
        message.marking or "-",
    )


def _tell_left_out(left: Sequence[LeftOut], what: str) -> None:
    if left:
        say(printable(f"{len(left)} left out, {what}:"))
        _list(
            [
                f"{each.reader.address} ({each.message.name}, {when(each.entry.since)})"
                for each in left
                if each.entry is not None
            ]
        )


def _list(lines: Sequence[str]) -> None:
    for line in lines[:MOST]:
        say(printable(f"  {line}"))
    if len(lines) > MOST:
        say(f"  and {len(lines) - MOST} more: --json names all")


def server_in_words(server: Server) -> str:
    """As "smtp.example.int:587 (starttls)"."""
    from briefpack.distribute.smtp import PORTS
    from briefpack.distribution import Security

    port = PORTS[server.security] if server.port is None else server.port
    checked = "" if server.verify else ", its certificate is not checked"
    how = "unencrypted" if server.security is Security.NONE else server.security.value
    return f"{server.host}:{port} ({how}{checked})"


def when(moment: datetime) -> str:
    """In the zone of this machine, since that is who asks."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def proposal_as_json(proposal: Proposal) -> dict[str, Any]:
    plan, server = proposal.plan, proposal.server
    return {
        "pack": proposal.pack,
        "outbox": near(proposal.folder),
        "ledger": near(proposal.ledger),
        "first": proposal.is_first,
        "server": {
            "host": server.host,
            "port": server.port,
            "security": server.security.value,
            "verify": server.verify,
        },
        "messages": [
            {
                "name": each.message.name,
                "id": each.message.id,
                "audience": each.message.audience,
                "subject": each.message.subject,
                "marking": each.message.marking,
                "part": each.message.part,
                "parts": each.message.parts,
                "size": each.message.size,
                "attachments": [
                    {"name": file.name, "size": file.size, "sha256": file.sha256}
                    for file in each.message.attachments
                ],
                "readers": [
                    {
                        "name": reader.name,
                        "address": reader.address,
                        "line": reader.line,
                        "copy": reader.copy,
                    }
                    for reader in each.readers
                ],
            }
            for each in plan.going
        ],
        "left_out": [
            {
                "message": each.message.name,
                "address": each.reader.address,
                "state": None if each.entry is None else each.entry.state.value,
                "since": None if each.entry is None else each.entry.since.isoformat(),
            }
            for each in plan.left_out
        ],
        "earlier": [
            {
                "audience": each.audience,
                "address": each.reader.address,
                "state": each.entry.state.value,
                "since": each.entry.since.isoformat(),
            }
            for each in plan.earlier
        ],
        "elsewhere": [
            {
                "audience": each.audience,
                "address": each.reader.address,
                "before": each.entry.delivery.audience,
                "since": each.entry.since.isoformat(),
            }
            for each in plan.elsewhere
        ],
        "taken": [
            {
                "copy": each.reader.copy,
                "address": each.reader.address,
                "before": each.entry.delivery.address,
                "since": each.entry.since.isoformat(),
            }
            for each in plan.taken
        ],
        "overtaken": [entry_as_json(each) for each in plan.overtaken],
        "gone": [entry_as_json(each) for each in plan.gone],
    }


# --------------------------------------------------------------------------- what became of it


def tell_fates(sent: Sent) -> None:
    """How many were sent, and what stands of the others; these are told one by one as errors."""
    if sent.tally is not None:
        say(what_stands(sent))
        say(f"written down in {near(sent.proposal.ledger)}")


def what_stands(sent: Sent) -> str:
    """As "3 of 14 handed over, 1 refused, 10 left": a reader counts for each of his messages."""
    tally = sent.tally
    if tally is None:
        return "nothing was sent"
    number = len(tally.sent) + len(tally.refused) + len(tally.uncertain) + len(tally.queued)
    parts = [f"{len(tally.sent)} of {number} handed over"]
    for many, what in (
        (tally.refused, "refused"),
        (tally.uncertain, "uncertain"),
        (tally.queued, "left"),
    ):
        parts += [f"{len(many)} {what}"] if many else []
    return ", ".join(parts)


def fates_as_json(tally: Tally | None) -> dict[str, Any]:
    """The same keys from every run; tally: None where there was nothing to send."""
    states = ("sent", "refused", "uncertain", "queued")
    if tally is None:
        return {**{state: [] for state in states}, "interrupted": False}
    return {
        **{state: [entry_as_json(each) for each in getattr(tally, state)] for state in states},
        "interrupted": tally.interrupted,
    }


def entry_as_json(entry: Entry) -> dict[str, Any]:
    delivery = entry.delivery
    return {
        "address": delivery.address,
        "audience": delivery.audience,
        "message": delivery.draft,
        "id": delivery.message,
        "part": delivery.part,
        "parts": delivery.parts,
        "copy": delivery.copy,
        "state": entry.state.value,
        "since": entry.since.isoformat(),
        "attempts": entry.attempts,
        "code": entry.code,
        "reply": entry.reply,
        "on_word": entry.on_word,
        "not_before": None if entry.not_before is None else entry.not_before.isoformat(),
    }
