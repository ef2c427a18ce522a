"""A laid pack and the sizes that its parts may have → the parts' files, made and weighed until they fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from briefpack.annex import Annex, AnnexFacts
from briefpack.distribute.parcel import BESIDE, Attachment, Parcel, whole
from briefpack.document import AnnexEntry, Document
from briefpack.pack import Format
from briefpack.pipeline.audience import Job
from briefpack.pipeline.filling import fill
from briefpack.pipeline.pdf_file import pdf_file
from briefpack.pipeline.pieces import Piece, Pieces
from briefpack.pipeline.progress import Progress

if TYPE_CHECKING:
    from briefpack.pdf.layout import Laid
    from briefpack.pdf.portion import Portioner
    from briefpack.pdf.units import Unit

Change = Callable[[str, bytes], bytes]
"""What is done with a made file: its format and its content → its content."""

_PAGE = 2_000
"""Bytes that a page is thought to have at least."""


@dataclass(frozen=True, slots=True)
class Divided:
    """A part. units: what is in it."""

    units: tuple[Unit, ...]
    files: tuple[Attachment, ...]

    @property
    def size(self) -> int:
        """Bytes."""
        return size_of(self.files)


def size_of(files: Sequence[Attachment]) -> int:
    """Bytes of files together."""
    return sum(file.size for file in files)


def changed(file: Attachment, change: Change | None) -> Attachment:
    """A built file with what is to be done with made files done to it; those beside the pack go as they are."""
    if change is None or file.format == BESIDE:
        return file
    return whole(file.name, file.format, change(file.format, file.content), file.pages, file.of)


@dataclass(slots=True)
class Divider:
    """Makes the parts of one audience's pack.

    sizes: of those that have been weighed, by the units that they begin and end with. annex_sizes: of the pieces that annexes are in, as they go into a part.
    """

    job: Job
    parcel: Parcel
    portioner: Portioner
    pieces: Pieces
    progress: Progress
    change: Change | None
    sizes: dict[tuple[Unit, Unit], int] = field(default_factory=dict)
    annex_sizes: dict[Path, int] = field(default_factory=dict)

    @property
    def units(self) -> tuple[Unit, ...]:
        return self.portioner.units

    def divide(self, most: int) -> tuple[Divided, ...]:
        """The parts. Annexes that are too large by themselves are divided by pages, as far as that is of use."""
        if self.change is None:
            # What is larger by itself need not be made to know.
            self._in_pieces([unit for unit in self.units if self._annex_size(unit) > most], most)
        while True:
            made = self._fill(most)
            large = [part.units[0] for part in made if self._is_worth_it(part, most)]
            if not self._in_pieces(large, most):
                return made

    def _fill(self, most: int) -> tuple[Divided, ...]:
        """As few parts as can be made of the units that there are now."""
        weights, limit = self._weights()[: self._places()], most
        while True:
            groups = list(fill(weights, self._weigh, limit))
            groups[-1] = range(groups[-1].start, len(self.units))
            made = tuple(
                Divided(self.units[group.start : group.stop], self._make(groups, number))
                for number, group in enumerate(groups)
            )
            # What is said of other parts is known in the end only, and may have made one heavier than it was weighed.
            over = max((part.size - most for part in made if len(part.units) > 1), default=0)
            if over <= 0:
                return made
            limit -= over

    def _weigh(self, group: range) -> int:
        """Bytes of a part's files; what stands before and behind is taken for a part each."""
        ends = self.units[group.start], self.units[group.stop - 1]
        if ends not in self.sizes:
            around = (range(group.start), group, range(group.stop, len(self.units)))
            groups = [each for each in around if each]
            self.sizes[ends] = size_of(self._make(groups, groups.index(group)))
        return self.sizes[ends]

    @property
    def _has_pages(self) -> bool:
        """Whether somebody gets the pages of annexes, which only a PDF has."""
        return any(file.format == Format.PDF.value for file in self.parcel.attachments)

    def _places(self) -> int:
        """How many of the units there is a file for: without a PDF nobody gets pages of annexes, which go unseen with the last section."""
        if self._has_pages:
            return len(self.units)
        return max(sum(bool(unit.sections) for unit in self.units), 1)

    def _weights(self) -> list[float]:
        """What the units are thought to weigh: annexes as their files do, and of what is left each page that was drawn the same."""
        annexes = [self._annex_size(unit) for unit in self.units]
        drawn = sum(len(unit.drawn) for unit in self.units) or 1
        built = size_of([file for file in self.parcel.attachments if file.format != BESIDE])
        page = max((built - sum(annexes)) / drawn, _PAGE)
        return [
            annex + page * max(len(unit.drawn), 1) + size_of(self._beside(unit))
            for annex, unit in zip(annexes, self.units, strict=True)
        ]

    # ----------------------------------------------------------------------- annexes in pieces

    def _annex_size(self, unit: Unit) -> int:
        """Bytes of an annex's pages in a part. Of what is made smaller, about: on its own sheet a page may be shown larger, and keeps more of its pictures."""
        if unit.annex is None or not self._has_pages:
            return 0
        return sum(map(self._piece_size, self.pieces.of(unit.annex, unit.bound)))

    def _piece_size(self, piece: Piece) -> int:
        path = piece.clean.clean
        if path not in self.annex_sizes:
            changed = (
                piece.size if self.change is None else len(self.change(Format.PDF.value, path.read_bytes()))
            )
            self.annex_sizes[path] = changed
        return self.annex_sizes[path]

    def _is_worth_it(self, part: Divided, most: int) -> bool:
        """Whether a part is an annex that would do better in pieces: there is room for some of it beside what else is in every part."""
        unit = part.units[0]
        alone = len(part.units) == 1 and len(unit.bound) > 1
        return alone and part.size > most > part.size - self._annex_size(unit)

    def _in_pieces(self, large: Sequence[Unit], most: int) -> bool:
        """Take annexes in pieces from now on; False when there are no more than before."""
        cut = (self._cut(unit, most) if unit in large else (unit,) for unit in self.units)
        before, units = self.units, tuple(chain.from_iterable(cut))
        self.portioner = replace(self.portioner, units=units)
        return units != before

    def _cut(self, unit: Unit, most: int) -> Iterator[Unit]:
        if unit.annex is None:
            return iter((unit,))
        return unit.divided(self.pieces.divide(unit.annex, unit.bound, self._annex_size(unit) / most))

    # ----------------------------------------------------------------------- making

    def _make(self, groups: Sequence[range], number: int) -> tuple[Attachment, ...]:
        """The files of a part, in the parcel's order."""
        self.progress("dividing", number, len(groups))
        document, laid = self.portioner.portion(groups, number)
        return tuple(self._files(groups[number], document, laid))

    def _files(self, group: range, document: Document, laid: Laid) -> Iterator[Attachment]:
        for file in self.parcel.attachments:
            if file.format == Format.PDF.value:
                made = pdf_file(document, self.job.style, laid, self._given(document), self.job.date)
                yield self._attachment(file, group, document, made.content, made.pages)
            elif file.format == Format.DOCX.value and document.sections:
                yield self._word(file, group, document, laid)
            elif file.format == BESIDE and any(
                file in self._beside(unit) for unit in self.units[group.start : group.stop]
            ):
                yield file

    def _attachment(
        self, built: Attachment, group: range, document: Document, content: bytes, pages: int
    ) -> Attachment:
        before = sum(unit.pages for unit in self.units[: group.start])
        extent = f"{before + 1}-{before + sum(unit.pages for unit in self.units[group.start : group.stop])}"
        if self.change is not None:
            content = self.change(built.format, content)
        return whole(
            f"{document.meta.file_stem}.{built.format}", built.format, content, pages, built.of, extent=extent
        )

    def _word(self, built: Attachment, group: range, document: Document, laid: Laid) -> Attachment:
        """The Word file of a part. Where the sections end there is the schedule of annexes, as in the whole file."""
        from briefpack.pdf.portion import with_schedule
        from briefpack.word.writer import write_docx

        last = max(number for number, unit in enumerate(self.units) if unit.sections)
        document = with_schedule(document, self.portioner.document, here=last in group)
        numbers = laid.page_numbers
        content = write_docx(document, self.job.style, numbers)
        drawn = sum(len(unit.drawn) for unit in self.units[group.start : group.stop] if unit.sections)
        pages = numbers.front_pages + drawn + bool(document.annexes)
        return self._attachment(built, group, document, content, pages)

    def _given(self, document: Document) -> list[tuple[AnnexEntry, Annex, AnnexFacts]]:
        position_of = {entry.anchor: at for at, entry in enumerate(self.portioner.document.annexes)}
        return [
            (entry, *self.pieces.given(position_of[entry.anchor], entry.here)) for entry in document.annexes
        ]

    def _beside(self, unit: Unit) -> tuple[Attachment, ...]:
        """The files that were put beside the pack and belong to an annex; those that no annex claims go with the first unit."""
        entries = self.portioner.document.annexes
        known = {entry.label for entry in entries}
        label = entries[unit.annex].label if unit.annex is not None and unit.bound.start == 1 else None
        first = unit == self.units[0]
        return tuple(
            file
            for file in self.parcel.attachments
            if file.format == BESIDE
            and ((own := file.name.partition("-")[0]) == label or (first and own not in known))
        )
