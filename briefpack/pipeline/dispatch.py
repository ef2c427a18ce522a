"""The story of a dispatch: read the list, take the finished packs through the gate, write the messages, publish the outbox."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from briefpack.distribute.copy_register import REGISTER_NAME, rows_of, whole_register
from briefpack.distribute.ledger import LEDGER_NAME
from briefpack.distribute.letters import letters
from briefpack.distribute.message import message_of
from briefpack.distribute.moved_copies import moved, tell_moved
from briefpack.distribute.outbox import files_of
from briefpack.distribute.posted import Posted, post
from briefpack.distribute.read_copies import Register, read_copies
from briefpack.distribute.sheet import Sheet
from briefpack.distribute.sheet_html import sheet_html
from briefpack.distribution import OUTBOX, Distribution
from briefpack.errors import BriefpackError, Diagnostic, ExitCode, Findings, failure, some_of
from briefpack.files import sweep
from briefpack.folder_lock import hold
from briefpack.pack import Audience, Pack
from briefpack.pipeline.gate import distribution_of
from briefpack.pipeline.outbox_inputs import changed, outbox_inputs
from briefpack.pipeline.outbox_publishing import Outbox, former_files, letters_in, publish_outbox
from briefpack.pipeline.own_copies import Copies, own_copies, shelf_in
from briefpack.pipeline.passwords import passwords_of
from briefpack.pipeline.prepare import EPOCH, Order, choose, clock, output_folder, read, styles_of
from briefpack.pipeline.progress import Progress
from briefpack.pipeline.project import sent_folder, style_folders, usage
from briefpack.pipeline.sent_marks import bring_mark
from briefpack.pipeline.set_password import password_letters
from briefpack.pipeline.set_sheet import sheet_pdf
from briefpack.pipeline.told import Told
from briefpack.pipeline.workshop import WORKSHOP
from briefpack.pipeline.writing import Writing, said
from briefpack.rules import RULES, Subject
from briefpack.style import Style

SHEET_NAME = "outbox"
"""Of the sheet that shows who gets what, as HTML and as PDF."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """pack: its name. folder: the outbox. posted: the messages; the files of locked copies are gone. nobody: titles of audiences without readers. size: bytes of
    a message that are too many. copies: how many files are somebody's own. register: where they are listed. letters: those with passwords.
    names_server: whether the list says by which mail server they could go.

    findings: warnings only. silenced: how many more there are that the author silenced.
    """

    pack: str
    folder: Path
    posted: tuple[Posted, ...]
    nobody: tuple[str, ...]
    size: int
    findings: tuple[Diagnostic, ...]
    silenced: int
    copies: int
    register: Path
    letters: tuple[Path, ...]
    names_server: bool


def draft(folder: Path, order: Order, progress: Progress) -> Drafted:
    """Write the outbox of a pack that has been built. The outbox is then what this run drafted, and nothing of an earlier one.

    order: its audiences, output, allowed folders and strictness, and whether what was built as a draft may go. Raises BriefpackError with everything found wrong; then the outbox is as it was.
    """
    findings = Findings()
    pack = read(folder, order, findings, progress)
    distribution = distribution_of(pack)
    chosen = choose(pack, order.audiences)
    nobody = tuple(audience for audience in chosen if not distribution.of(audience.name))
    _refuse_nobody(order, nobody)
    styles = styles_of(folder, chosen, findings)
    output = output_folder(folder, order)
    with hold(output, "draft"):
        sweep(output)
        outbox = Outbox(pack.name, output / OUTBOX, sent_folder(folder), former_files(output / OUTBOX))
        going = [audience for audience in chosen if audience not in nobody]
        date = clock(pack)
        writing = Writing(folder, order, pack, distribution, styles, output, date=date)
        inputs = outbox_inputs(pack, distribution, going, styles)
        ready = writing.parcels(going, findings)
        written = letters(distribution, ready, writing.calendars, findings)
        style = _sheet_style(folder, distribution, styles[chosen[0].style], findings)
        register = _register(outbox.sent / REGISTER_NAME)
        passwords = passwords_of(
            pack.name,
            written,
            outbox.folder,
            outbox.former,
            environment=os.environ,
            findings=findings,
            locked=_locked(register),
        )
        findings.raise_if_errors()
        with shelf_in(output) as shelf:
            copies = Copies(pack.name, WORKSHOP, passwords, shelf)
            fit = writing.fitted(written, copies, findings, progress)
            own = own_copies(fit, copies, writing.calendars, findings, progress)
            findings.raise_if_errors()
            posted = post([message_of(letter, pack.name, date) for letter in own], distribution, findings)
            rows = tuple(rows_of(posted, None if date == EPOCH else date))
            tell_moved(
                moved(rows, register, _register(outbox.folder / REGISTER_NAME)), distribution.where, findings
            )
            told = Told.of(findings, pack)
            # Whether a build that is a draft may go was asked by the gate.
            told.stop_if_wrong(strict=order.strict, draft=True)
            sheet = Sheet(
                pack.meta,
                _sheet_marking(pack),
                said(date, style, pack.meta.language),
                tuple(audience.title for audience in nobody),
                distribution.size,
                style,
                draft=any(parcel.draft for parcel in ready),
                odd=_odd(told.findings),
            )
            publish_outbox(
                outbox,
                posted,
                chain(
                    password_letters(pack, own, passwords, date),
                    files_of(posted),
                    _sheets(pack, sheet, posted, distribution, date),
                    [(REGISTER_NAME, whole_register(rows))] if rows else [],
                ),
                inputs=_unchanged(inputs, outbox_inputs(pack, distribution, going, styles)),
                rows=rows,
                drafted=[audience.name for audience in going],
                progress=progress,
            )
        bring_mark(output, outbox.sent / LEDGER_NAME)
    return Drafted(
        pack.name,
        outbox.folder,
        posted,
        sheet.nobody,
        distribution.size,
        told.findings,
        told.silenced,
        len(rows),
        outbox.sent / REGISTER_NAME,
        letters_in(outbox.folder),
        distribution.server is not None,
    )


def _odd(found: Iterable[Diagnostic]) -> tuple[str, ...]:
    """What was warned of and concerns readers and files. That a message is too large stands beside its size, and silences are the list's own business."""
    told = {
        name
        for name, rule in RULES.items()
        if rule.subject in {Subject.DISPATCH, Subject.FILE} and name != "large-message"
    }
    return tuple(dict.fromkeys(each.message for each in found if each.rule in told))


def _unchanged(before: Mapping[str, str], now: Mapping[str, str]) -> Mapping[str, str]:
    """Parts are made of the sources anew, and a large list takes its time: whatever was changed meanwhile was read in one state or the other, and nobody knows in which."""
    if names := changed(before, now):
        raise failure(
            f"{some_of(names)} changed while the messages were being written",
            code=ExitCode.SOURCE,
            hint="draft again",
        )
    return now


def _register(path: Path) -> Register | None:
    """None where it cannot be read: whoever sends is told of that."""
    try:
        return read_copies(path.read_bytes())
    except OSError:
        return None


def _locked(register: Register | None) -> frozenset[tuple[str, str]]:
    """Audience and address, in small letters, of all whose files have been locked before."""
    copies = () if register is None else register.copies
    return frozenset((each.audience, each.address.casefold()) for each in copies if each.locked)


def _refuse_nobody(order: Order, nobody: Iterable[Audience]) -> None:
    """An audience that was asked for by name has somebody."""
    wrong = [
        usage(f"nobody gets the pack of “{audience.name}”", "add its readers to the distribution")
        for audience in nobody
        if audience.name in order.audiences
    ]
    if wrong:
        raise BriefpackError(wrong)


# --------------------------------------------------------------------------- the sheet


def _sheet_style(folder: Path, distribution: Distribution, first: Style, findings: Findings) -> Style:
    """The style that the list names for the sheet; first: that of the first audience, where it names none."""
    if not distribution.style:
        return first
    from briefpack.reading.read_style import read_style

    reading = read_style(distribution.style, style_folders(folder), distribution.style_where)
    findings.extend(reading.findings)
    return first if reading.style is None else reading.style


def _sheets(
    pack: Pack, sheet: Sheet, posted: Sequence[Posted], distribution: Distribution, date: datetime
) -> Iterator[tuple[str, bytes]]:
    yield f"{SHEET_NAME}.html", sheet_html(sheet, posted)
    yield f"{SHEET_NAME}.pdf", sheet_pdf(pack, sheet, posted, distribution.where, date)


def _sheet_marking(pack: Pack) -> str:
    """What the sheet says are the pack's own words, and it is marked as they are."""
    if pack.policy is None or pack.limits.marking is None:
        return pack.meta.marking
    own = pack.limits.title_marking or pack.limits.marking
    return pack.policy.banner(own | pack.limits.marking, pack.meta.language)
