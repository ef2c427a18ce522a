"""The story of a dispatch: read the list, take the finished packs through the gate, write the messages, publish the outbox."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from briefpack.distribute.copy_register import REGISTER_NAME, rows_of, whole_register
from briefpack.distribute.ledger import LEDGER_NAME
from briefpack.distribute.letters import Letter, letters
from briefpack.distribute.message import message_of
from briefpack.distribute.moved_copies import moved, tell_moved
from briefpack.distribute.outbox import files_of
from briefpack.distribute.parcel import Attachment, Parcel
from briefpack.distribute.posted import Posted, post
from briefpack.distribute.read_copies import Register, read_copies
from briefpack.distribute.sheet import Sheet
from briefpack.distribute.sheet_html import sheet_html
from briefpack.distribute.wording import Calendar
from briefpack.distribution import OUTBOX, Distribution, Fit
from briefpack.errors import BriefpackError, Diagnostic, ExitCode, Findings, failure, some_of
from briefpack.files import sweep
from briefpack.folder_lock import hold
from briefpack.manifest import MANIFEST_NAME, read_tools, tool_versions
from briefpack.pack import Audience, Pack
from briefpack.pipeline import StrictError
from briefpack.pipeline.fitting import Change, Divide, Tools, fitted
from briefpack.pipeline.gate import distribution_of, parcels
from briefpack.pipeline.outbox_inputs import changed, outbox_inputs
from briefpack.pipeline.outbox_publishing import Outbox, former_files, letters_in, publish_outbox
from briefpack.pipeline.own_copies import Copies, own_copies, shelf_in
from briefpack.pipeline.parts import parts
from briefpack.pipeline.passwords import passwords_of
from briefpack.pipeline.prepare import EPOCH, Order, Progress, choose, clock, output_folder, read, styles_of
from briefpack.pipeline.project import sent_folder, style_folders, usage
from briefpack.pipeline.sent_marks import bring_mark
from briefpack.pipeline.set_password import password_letters
from briefpack.pipeline.set_sheet import sheet_pdf
from briefpack.pipeline.workshop import WORKSHOP
from briefpack.resolve.dates import date_in_words, moment_in_words
from briefpack.rules import apart
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
        wanted = {audience.name: _formats(audience, distribution) for audience in going}
        inputs = outbox_inputs(pack, distribution, going, styles)
        ready = parcels(pack, output, wanted, styles, findings, draft=order.draft)
        date = clock(pack)
        calendars = _calendars(pack, date)
        written = letters(distribution, ready, calendars, findings)
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
            large: dict[str, Findings] = {}
            divide = _divider(folder, order, large, progress)
            tools = Tools(pack.name, date, calendars, WORKSHOP.compress, divide, copies.growth)
            fit = fitted(written, distribution, tools, progress)
            findings.extend(_still_large(large, fit, distribution.size))
            own = own_copies(fit, copies, calendars, findings, progress)
            findings.raise_if_errors()
            posted = post([message_of(letter, pack.name, date) for letter in own], distribution, findings)
            rows = tuple(rows_of(posted, None if date == EPOCH else date))
            tell_moved(
                moved(rows, register, _register(outbox.folder / REGISTER_NAME)), distribution.where, findings
            )
            told, _ = apart(tuple(dict.fromkeys(findings)), pack.silences)
            if order.strict and told:
                raise StrictError(told)
            sheet = Sheet(
                pack.meta,
                _sheet_marking(pack),
                _said(date, style, pack.meta.language),
                tuple(audience.title for audience in nobody),
                distribution.size,
                style,
                draft=any(parcel.draft for parcel in ready),
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
    silenced = len(tuple(dict.fromkeys(findings))) - len(told)
    return Drafted(
        pack.name,
        outbox.folder,
        posted,
        sheet.nobody,
        distribution.size,
        told,
        silenced,
        len(rows),
        outbox.sent / REGISTER_NAME,
        letters_in(outbox.folder),
        distribution.server is not None,
    )


def _divider(folder: Path, order: Order, large: dict[str, Findings], progress: Progress) -> Divide:
    """Parts are made anew, and have the page numbers of the whole only where the same programs make them. large: gets what is found of each audience's parts."""
    made_by, ours = read_tools(output_folder(folder, order) / MANIFEST_NAME), tool_versions()
    other = sorted(name for name in made_by.keys() | ours.keys() if made_by.get(name) != ours.get(name))

    def divide(parcel: Parcel, most: int, change: Change | None) -> tuple[tuple[Attachment, ...], ...]:
        if other:
            raise failure(
                f"the pack of “{parcel.audience.name}” cannot go in parts: it was built with another version of {', '.join(other)}",
                code=ExitCode.OUTPUT,
                where=parcel.audience.where,
                hint=f"build it again, so that parts and pack have the same page numbers: briefpack build {folder.name}",
            )
        found = large.setdefault(parcel.audience.name, Findings())
        return parts(folder, order, parcel, most, found, progress=progress, change=change)

    return divide


def _still_large(large: Mapping[str, Findings], fit: Iterable[Letter], size: int) -> Iterator[Diagnostic]:
    """What is found of parts, but where a later step made all of them fit."""
    stuck = {
        letter.parcel.audience.name
        for letter in fit
        if letter.steps and (letter.steps[-1].fit is Fit.SPLIT or letter.steps[-1].after > size)
    }
    for audience, found in large.items():
        if audience in stuck:
            yield from found


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


def _formats(audience: Audience, distribution: Distribution) -> tuple[str, ...]:
    """The formats that somebody gets, in the audience's order."""
    readers = distribution.of(audience.name)
    return tuple(
        kind.value
        for kind in audience.formats
        if any(not reader.formats or kind.value in reader.formats for reader in readers)
    )


def _calendars(pack: Pack, date: datetime) -> Callable[[Parcel, str], Calendar]:
    meta = pack.meta

    def calendar(parcel: Parcel, language: str) -> Calendar:
        as_of = (
            moment_in_words(meta.date, parcel.style, language, with_time=meta.as_of_has_time)
            if meta.date is not None
            else ""
        )
        return Calendar(_said(date, parcel.style, language), as_of)

    return calendar


def _said(date: datetime, style: Style, language: str) -> str:
    """A day in words; "" for the clock of a pack that has none, which is never printed."""
    return "" if date == EPOCH else date_in_words(date, style, language)


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
