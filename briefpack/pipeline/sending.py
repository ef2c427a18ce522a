"""The story of a sending: take the outbox through the gate, leave out who has it already, ask, write into the ledger what is meant, deliver.

The output folder is held for all of it, so that nobody builds or drafts under the sender's hands; the ledger holds itself.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from briefpack.distribute.credentials import login_of, server_of
from briefpack.distribute.delivery import Entry, Pace, Tally
from briefpack.distribute.ledger import LEDGER_NAME, Ledger
from briefpack.distribute.ledger_look import Look, look
from briefpack.distribute.outbox_record import RECORD_NAME, OutboxRecord
from briefpack.distribute.plan import Aim, Plan, planned
from briefpack.distribute.sender import deliver
from briefpack.distribute.smtp import connect
from briefpack.distribution import OUTBOX, Distribution, Server
from briefpack.errors import BriefpackError, Diagnostic, Findings
from briefpack.folder_lock import hold
from briefpack.pack import Pack
from briefpack.pipeline.fates import Places, misses
from briefpack.pipeline.gate import distribution_of
from briefpack.pipeline.made_again import check_made
from briefpack.pipeline.mail_jobs import delivery_of, jobs_of
from briefpack.pipeline.prepare import Order, choose, clock, output_folder, read, styles_of
from briefpack.pipeline.progress import Progress
from briefpack.pipeline.project import sent_folder, suggestion, usage
from briefpack.pipeline.sending_gate import check_inputs, sendable
from briefpack.pipeline.sent_marks import doubt, leave_mark, trusted
from briefpack.pipeline.told import Told
from briefpack.pipeline.writing import Writing
from briefpack.reading.addresses import key_of
from briefpack.style import Style

_GONE = "its draft is no longer in the outbox"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be sent of an outbox: as in Plan. to: addresses that it is sent to once more, for Aim.AGAIN.

    trust: the ledger is right also where it does not know of a sending that the output folder tells of: whoever it does not know to have it, has it not.
    """

    aim: Aim = Aim.NEW
    to: tuple[str, ...] = ()
    trust: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be sent, and by which server. folder: the outbox. ledger: where it is written down. places: of the readers. findings: warnings only.

    is_first: whether the ledger knows of nothing that was ever to be sent: it is the first time, or the ledger was lost.
    """

    pack: str
    folder: Path
    ledger: Path
    server: Server
    plan: Plan
    places: Places
    findings: tuple[Diagnostic, ...]
    is_first: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """tally: None where nobody agreed, or where there was nothing to send."""

    proposal: Proposal
    tally: Tally | None

    @property
    def misses(self) -> tuple[Diagnostic, ...]:
        """Errors (MAIL) for whatever was to be sent and was not, as far as anybody knows."""
        return () if self.tally is None else misses(self.tally, self.proposal.pack, self.proposal.places)


def propose(
    folder: Path, order: Order, wish: Wish, environ: Mapping[str, str], progress: Progress
) -> Proposal:
    """What `send` would do. Nothing is sent, written or connected to.

    order: audiences, output, allowed folders, strictness and whether drafts may go. Raises BriefpackError with everything that keeps it from being sent.
    """
    ledger = sent_folder(folder) / LEDGER_NAME
    with _opened(folder, order, environ, progress) as opened:
        known = look(ledger)
        opened.check_ledger(ledger, known, wish)
        return opened.proposal(wish, ledger, () if known is None else known.entries)


def send(
    folder: Path,
    order: Order,
    wish: Wish,
    *,
    environ: Mapping[str, str],
    agree: Callable[[Proposal], bool],
    progress: Progress,
    pace: Pace | None = None,
) -> Sent:
    """Send what is meant and not sent yet, if agree says so. pace: None for the usual one, at the server's rate. An interruption is told in the tally.

    Raises BriefpackError, as propose does, with nothing sent and nothing queued; and what deliver raises.
    """
    path = sent_folder(folder) / LEDGER_NAME
    with contextlib.ExitStack() as stack:
        opened = stack.enter_context(_opened(folder, order, environ, progress))
        # Before it is opened: one that is not there would be made.
        opened.check_ledger(path, look(path), wish)
        ledger = stack.enter_context(Ledger(path, begun=partial(leave_mark, opened.output, trust=wish.trust)))
        proposal = opened.proposal(wish, path, ledger.entries())
        plan = proposal.plan
        overtaken = [each.key for each in plan.overtaken]
        if not wish.trust:
            leave_mark(opened.output, ledger)
        if not plan.going:
            ledger.withdraw(overtaken, _GONE)
            return Sent(proposal, None)
        if not agree(proposal):
            return Sent(proposal, None)
        opened.check_again()
        login = login_of(proposal.server, environ)
        ledger.withdraw(overtaken, _GONE)
        keys = [reader.key for going in plan.going for reader in going.readers]
        if wish.aim is Aim.REFUSED:
            ledger.retry(keys)
        elif wish.aim in {Aim.UNCERTAIN, Aim.AGAIN}:
            ledger.resend(keys)
        deliveries = [
            (going, [delivery_of(opened.record, going.message, reader) for reader in going.readers])
            for going in plan.going
        ]
        ledger.queue([each for _, together in deliveries for each in together])
        dated = {each.key: each.dated for each in ledger.entries()}
        jobs = [
            job for going, together in deliveries for job in jobs_of(opened.folder, going, together, dated)
        ]
        tally = deliver(
            jobs,
            ledger,
            partial(connect, proposal.server, login),
            pace or Pace(rate=proposal.server.rate),
            progress,
        )
        return Sent(proposal, tally)


# --------------------------------------------------------------------------- what is behind it


@dataclass(frozen=True, slots=True)
class _Opened:
    """An outbox that is through the gate. output: the folder that it is in. styles: by name. chosen: names of the audiences that are asked for, None for all."""

    pack: Pack
    distribution: Distribution
    styles: Mapping[str, Style]
    output: Path
    record: OutboxRecord
    server: Server
    chosen: tuple[str, ...] | None
    findings: Findings
    strict: bool

    @property
    def folder(self) -> Path:
        """The outbox."""
        return self.output / OUTBOX

    def check_ledger(self, path: Path, known: Look | None, wish: Wish) -> None:
        """It knows all that was sent from this output folder, or is trusted without. path: of the ledger. Raises BriefpackError (OUTPUT)."""
        found = doubt(self.output, path, known)
        if found is None:
            return
        if not wish.trust:
            raise BriefpackError([found])
        self.findings.extend([trusted(found)])

    def check_again(self) -> None:
        """Sources and list are still as they were: whoever was asked may have taken his time. Raises BriefpackError (OUTPUT)."""
        findings = Findings()
        check_inputs(self.pack, self.distribution, self.output, self.record, self.styles, findings=findings)
        findings.raise_if_errors()

    def proposal(self, wish: Wish, ledger: Path, entries: Sequence[Entry]) -> Proposal:
        """entries: of the ledger."""
        plan = planned(
            self.record,
            entries,
            wish.aim,
            _keys_of(wish.to),
            chosen=self.chosen,
            listed={each.audience for each in self.distribution.recipients},
        )
        _refuse_strangers(wish, plan)
        told = Told.of(self.findings, self.pack)
        # Whether what was built as a draft may go was asked by the gate.
        told.stop_if_wrong(strict=self.strict, draft=True)
        places = {
            (each.audience, each.mailbox.address.key): each.where for each in self.distribution.recipients
        }
        return Proposal(
            self.pack.name, self.folder, ledger, self.server, plan, places, told.findings, not entries
        )


@contextlib.contextmanager
def _opened(folder: Path, order: Order, environ: Mapping[str, str], progress: Progress) -> Iterator[_Opened]:
    findings = Findings()
    pack = read(folder, order, findings, progress)
    distribution = distribution_of(pack)
    chosen = choose(pack, order.audiences)
    styles = styles_of(folder, pack.audiences, findings)
    output = output_folder(folder, order)
    # Where nothing was ever built there is nothing to hold, and no folder is made for it.
    with hold(output, "send") if output.is_dir() else contextlib.nullcontext():
        progress("checking the drafts", 0, 1)
        record = sendable(pack, distribution, output, styles, findings, draft=order.draft)
        try:
            server = server_of(distribution.server, environ, distribution.where)
        except BriefpackError as error:
            findings.extend(error.diagnostics)
            raise BriefpackError(findings) from None
        if record is not None and not findings.has_errors:
            writing = Writing(folder, order, pack, distribution, styles, output, date=clock(pack))
            check_made(writing, output / OUTBOX / RECORD_NAME, record, findings, progress)
        if not server.verify:
            findings.warning(
                server.where,
                f"nobody checks that {server.host} is who it says it is: whoever is in between may read packs and password",
                "have its certificate made right, and take `verify: false` out of the list",
                rule="unchecked-server",
            )
        findings.raise_if_errors()
        if record is None:
            raise RuntimeError("an outbox without a record was let through")
        progress("checking the drafts", 1, 1)
        drafted = {each.audience for each in record.messages}
        undrafted = [name for name in order.audiences if name not in drafted]
        if undrafted:
            raise BriefpackError(
                [
                    usage(
                        f"nothing is drafted for “{name}”",
                        f"draft it first: briefpack mail draft {pack.name}",
                    )
                    for name in undrafted
                ]
            )
        names = tuple(each.name for each in chosen) if order.audiences else None
        yield _Opened(pack, distribution, styles, output, record, server, names, findings, order.strict)


def _keys_of(addresses: Iterable[str]) -> frozenset[str]:
    return frozenset(key_of(each) for each in addresses)


def _refuse_strangers(wish: Wish, plan: Plan) -> None:
    """Who is named to be sent something once more is a reader, and has been sent it once."""
    readers = {each.casefold() for each in plan.addresses}
    going = {reader.address.casefold() for each in plan.going for reader in each.readers}
    wrong = []
    for address in wish.to:
        if key_of(address) not in readers:
            hint = suggestion(address, plan.addresses) or "look at the drafts' readers in outbox.html"
            wrong.append(usage(f"no draft is for {address}", hint))
        elif key_of(address) not in going:
            wrong.append(
                usage(
                    f"{address} has not been sent it yet, as far as the ledger knows",
                    "see `briefpack mail status`, and use `briefpack mail send` or `retry`",
                )
            )
    if wrong:
        raise BriefpackError(wrong)
