"""`briefpack mail status`: who has his, who has not, and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefpack.cli.arguments import Json, OnePack
from briefpack.cli.mail_options import Audiences, WhereBuilt
from briefpack.cli.mail_report import MOST, entry_as_json, when
from briefpack.cli.terminal import RUN, counted, near, printable, say, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefpack.distribute.delivery import Entry
    from briefpack.pipeline.standing import Standing

_MANY = 3
"""Readers of whom the same is said from which it is said once, above them."""


def status(pack: OnePack, audience: Audiences = None, output: WhereBuilt = None, json: Json = False) -> None:
    """Tell who has been sent his pack, who has not, and what to do.

    What is told is the ledger, sent/PACK/ledger.sqlite3. Nothing is changed, and a sending that is under way goes on.
    """
    RUN.json = json
    from briefpack.pipeline.prepare import Order
    from briefpack.pipeline.project import find_packs
    from briefpack.pipeline.standing import standing

    order = Order(audiences=tuple(audience or ()), output=output.absolute() if output else None)
    (folder,) = find_packs([pack], Path.cwd())
    found = standing(folder, order)
    if found.doubt is not None:
        # Who asks how things stand is told; who sends is stopped.
        RUN.diagnostics.append(found.doubt)
    if json:
        RUN.content |= _as_json(found)
    else:
        _tell(found)


def _tell(found: Standing) -> None:
    from briefpack.distribute.delivery import State

    if not found.entries:
        say(
            printable(
                f"nothing of {found.pack} has been sent"
                if found.doubt is None
                else f"the ledger here knows of nothing of {found.pack} that has been sent"
            )
        )
    else:
        _tell_table(found)
    if found.holder is not None:
        process = f" (process {found.holder})" if found.holder else ""
        say(f"it is being sent just now{process}")
    name = found.pack
    _tell_sent(found, "these have theirs:", on_word=False)
    _tell_sent(found, "these have theirs, as somebody said; no server did:", on_word=True)
    _tell_earlier(found)
    _tell_some(
        found,
        State.UNCERTAIN,
        "nobody knows whether these have it; ask them, and write down what they say:",
        f"briefpack mail settle {name} --arrived ADDRESS, or --lost ADDRESS; without asking, they may have it twice: briefpack mail resend {name} --uncertain --really",
    )
    _tell_some(
        found,
        State.REFUSED,
        "the server refused these; correct the list and draft again, or, where the server was wrong:",
        f"briefpack mail retry {name} --refused --really",
    )
    _tell_some(found, State.QUEUED, "these are left:", f"briefpack mail retry {name} --really")
    if found.unasked:
        say(f"{counted(len(found.unasked), 'reader')} of the drafts not sent to: briefpack mail send {name}")
        _list([f"{each.address} ({each.draft})" for each in found.unasked])
    if found.entries:
        say(f"the ledger: {near(found.ledger)}")


def _list(lines: Sequence[str]) -> None:
    for line in lines[:MOST]:
        say(printable(f"  {line}"))
    if len(lines) > MOST:
        say(f"  and {len(lines) - MOST} more: --json names all")


def _tell_table(found: Standing) -> None:
    from briefpack.distribute.delivery import State

    audiences = dict.fromkeys(each.delivery.audience for each in found.entries)
    now = [each for each in found.entries if not found.is_earlier(each)]
    shown = [state for state in State if any(each.state is state for each in now)]
    earlier = len(now) < len(found.entries)
    heads = ("audience", *(state.value for state in shown), *(["sent earlier"] if earlier else []))
    rows = []
    for audience in audiences:
        own = [each for each in found.entries if each.delivery.audience == audience]
        numbers = [sum(each.state is state and not found.is_earlier(each) for each in own) for state in shown]
        numbers += [sum(map(found.is_earlier, own))] if earlier else []
        sent = [each.since for each in own if each.state is State.SENT]
        rows.append((audience, *map(str, numbers), when(max(sent)) if sent else "-"))
    say(table((*heads, "last sent"), rows, frozenset(heads[1:])))


def _tell_sent(found: Standing, what: str, *, on_word: bool) -> None:
    from briefpack.distribute.delivery import State

    sent = [
        each
        for each in found.entries
        if each.state is State.SENT and each.on_word is on_word and not found.is_earlier(each)
    ]
    if sent:
        say(what)
        _list([_sent_line(each) for each in sent])


def _tell_earlier(found: Standing) -> None:
    """What was sent and is no longer in the outbox, of each reader the last; who has what is drafted now has no need of it."""
    last = {each.delivery.address: each for each in found.entries if found.is_earlier(each)}
    older = [each for address, each in last.items() if address in found.waiting]
    if older:
        say("these have other files, of an earlier draft, and not yet what is drafted now:")
        _list([_sent_line(each) for each in older])
    gone = [each for address, each in last.items() if address not in found.readers]
    if gone:
        say("these have it, and are no readers of the drafts any more:")
        _list([_sent_line(each) for each in gone])


def _sent_line(entry: Entry) -> str:
    delivery = entry.delivery
    what = [delivery.draft]
    what += [f"part {delivery.part} of {delivery.parts}"] if delivery.part else []
    what += [f"copy {delivery.copy}"] if delivery.copy is not None else []
    return f"{delivery.address} ({', '.join((*what, when(entry.since)))})"


def _tell_some(found: Standing, state: object, what: str, command: str) -> None:
    """Each by name, however many there are: nobody is to be overlooked. What is said of many is said once."""
    from briefpack.pipeline.fates import reason

    some = [each for each in found.entries if each.state is state]
    if not some:
        return
    say(f"{what} {command}")
    together: dict[str, list[Entry]] = {}
    for each in some:
        together.setdefault(reason(each), []).append(each)
    for why, alike in together.items():
        once = len(alike) >= _MANY
        if once:
            say(printable(f"  {why}"))
        for each in alike:
            shown = f"    {_line(each)}" if once else f"  {_line(each, why)}"
            say(printable(shown + ("" if found.is_drafted(each) else "; its draft is gone")))


def _line(entry: Entry, why: str = "") -> str:
    """why: the last that was heard of it, "" where that is said above."""
    delivery = entry.delivery
    part = f", part {delivery.part} of {delivery.parts}" if delivery.part else ""
    tries = counted(entry.attempts, "attempt")
    told = f": {why}; " if why else ": "
    return f"{delivery.address} ({delivery.draft}{part}){told}{tries}, {when(entry.since)}"


def _as_json(found: Standing) -> dict[str, Any]:
    from briefpack.distribute.delivery import State

    return {
        "pack": found.pack,
        "ledger": near(found.ledger),
        "sending": found.holder,
        "numbers": {state.value: sum(each.state is state for each in found.entries) for state in State},
        "deliveries": [entry_as_json(each) | {"drafted": found.is_drafted(each)} for each in found.entries],
        "not_sent_to": [
            {"audience": each.audience, "message": each.draft, "address": each.address}
            for each in found.unasked
        ],
        "journal": [
            {
                "address": by_key[each.key],
                "at": each.at.isoformat(),
                "before": None if each.before is None else each.before.value,
                "after": each.after.value,
                "code": each.code,
                "reply": each.reply,
            }
            for by_key in [{entry.key: entry.delivery.address for entry in found.entries}]
            for each in found.journal
            if each.key in by_key
        ],
    }
