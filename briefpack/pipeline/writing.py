"""The list of readers and the built files → letters that fit a message, before anybody's own files are made: done alike by who drafts and by who looks whether the drafts are those."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import datetime
from pathlib import Path

from briefpack.distribute.letters import Letter
from briefpack.distribute.parcel import Attachment, Parcel
from briefpack.distribute.wording import Calendar
from briefpack.distribution import Distribution, Fit
from briefpack.errors import Diagnostic, ExitCode, Findings, failure
from briefpack.manifest import MANIFEST_NAME, read_tools, tool_versions
from briefpack.pack import Audience, Pack
from briefpack.pipeline.fitting import Change, Tools, fitted
from briefpack.pipeline.gate import parcels
from briefpack.pipeline.own_copies import Copies
from briefpack.pipeline.parts import parts
from briefpack.pipeline.prepare import EPOCH, Order
from briefpack.pipeline.progress import Progress
from briefpack.pipeline.workshop import WORKSHOP
from briefpack.resolve.dates import date_in_words, moment_in_words
from briefpack.style import Style


@dataclass(frozen=True, slots=True)
class Writing:
    """folder: of the pack's sources. styles: by name. output: the pack's output folder, which must be held. date: the build's clock."""

    folder: Path
    order: Order
    pack: Pack
    distribution: Distribution
    styles: Mapping[str, Style]
    output: Path
    _: KW_ONLY
    date: datetime

    def parcels(self, audiences: Iterable[Audience], findings: Findings) -> tuple[Parcel, ...]:
        """What goes to these audiences, each with somebody in it; what must not go is reported."""
        wanted = {each.name: _formats(each, self.distribution) for each in audiences}
        return parcels(self.pack, self.output, wanted, self.styles, findings, draft=self.order.draft)

    def calendars(self, parcel: Parcel, language: str) -> Calendar:
        meta = self.pack.meta
        as_of = (
            moment_in_words(meta.date, parcel.style, language, with_time=meta.as_of_has_time)
            if meta.date is not None
            else ""
        )
        return Calendar(said(self.date, parcel.style, language), as_of)

    def fitted(
        self, written: Sequence[Letter], copies: Copies, findings: Findings, progress: Progress
    ) -> tuple[Letter, ...]:
        """The letters with files that fit, as the list has it. Raises BriefpackError where parts cannot be made."""
        large: dict[str, Findings] = {}

        def divide(parcel: Parcel, most: int, change: Change | None) -> tuple[tuple[Attachment, ...], ...]:
            self._refuse_others_work(parcel)
            found = large.setdefault(parcel.audience.name, Findings())
            return parts(self.folder, self.order, parcel, most, found, progress=progress, change=change)

        tools = Tools(self.pack.name, self.date, self.calendars, WORKSHOP.compress, divide, copies.growth)
        fit = fitted(written, self.distribution, tools, progress)
        findings.extend(_still_large(large, fit, self.distribution.size))
        return fit

    def _refuse_others_work(self, parcel: Parcel) -> None:
        """Parts are made anew, and have the page numbers of the whole only where the same programs make them."""
        made_by, ours = read_tools(self.output / MANIFEST_NAME), tool_versions()
        other = sorted(name for name in made_by.keys() | ours.keys() if made_by.get(name) != ours.get(name))
        if other:
            raise failure(
                f"the pack of “{parcel.audience.name}” cannot go in parts: it was built with another version of {', '.join(other)}",
                code=ExitCode.OUTPUT,
                where=parcel.audience.where,
                hint=f"build it again, so that parts and pack have the same page numbers: briefpack build {self.folder.name}",
            )


def said(date: datetime, style: Style, language: str) -> str:
    """A day in words; "" for the clock of a pack that has none, which is never printed."""
    return "" if date == EPOCH else date_in_words(date, style, language)


def _formats(audience: Audience, distribution: Distribution) -> tuple[str, ...]:
    """The formats that somebody gets, in the audience's order."""
    readers = distribution.of(audience.name)
    return tuple(
        kind.value
        for kind in audience.formats
        if any(not reader.formats or kind.value in reader.formats for reader in readers)
    )


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
