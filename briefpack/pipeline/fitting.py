"""Letters whose messages are too large → the same made to fit, by the steps of the list and in its order: nothing is left out that the list does not leave out.

Readers who get the same files are looked at together, by the largest of their messages. Copies are made afterwards; what they add is allowed for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from briefpack.copies.copy_mark import CopyError
from briefpack.distribute.letters import Letter, Step, with_files
from briefpack.distribute.message import encoded_size, message_of
from briefpack.distribute.parcel import BESIDE, Attachment, Parcel, Part, whole
from briefpack.distribute.wording import Calendars
from briefpack.distribution import Distribution, Fit
from briefpack.pipeline.progress import Progress
from briefpack.pipeline.workshop import Compress

Change = Callable[[str, bytes], bytes]
"""Format and content → the same, smaller; the same bytes where nothing is gained."""
Divide = Callable[[Parcel, int, Change | None], tuple[tuple[Attachment, ...], ...]]
"""What is divided, the bytes that the files of one message may have together, and how each part is made smaller → the files of each part."""
_LARGEST_PART = Part(99, 99)
_LONGEST_WORDS = "-part-99-of-99 10.0 MB 999 pages "
"""What is said of a part's file at most, besides its name; it counts more often than it stands there."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What fitting needs of the rest. pack: its name. date: the build's clock. growth: bytes that a copy adds to a file, see Copies.growth."""

    pack: str
    date: datetime
    calendars: Calendars
    compress: Mapping[str, Compress]
    divide: Divide
    growth: Callable[[Letter, Attachment], int]


def fitted(
    letters: Sequence[Letter], distribution: Distribution, tools: Tools, progress: Progress
) -> tuple[Letter, ...]:
    """The letters in their order, in parts where it takes that; each knows what was tried.

    Raises BriefpackError where parts cannot be made.
    """
    if not distribution.too_large:
        return tuple(letters)
    together: dict[tuple[str, ...], list[Letter]] = {}
    for letter in letters:
        key = (letter.parcel.audience.name, *(each.sha256 for each in letter.attachments))
        together.setdefault(key, []).append(letter)
    fit = _Fitter(distribution, tools)
    made: dict[str, tuple[Letter, ...]] = {}
    for group in together.values():
        progress("fitting messages", len(made), len(letters))
        made |= fit.group(group)
    return tuple(each for letter in letters for each in made[letter.name])


class _Fitter:
    def __init__(self, distribution: Distribution, tools: Tools) -> None:
        self._list, self._tools = distribution, tools
        self._small: dict[str, Attachment] = {}

    def group(self, letters: Sequence[Letter]) -> dict[str, tuple[Letter, ...]]:
        """Letters with the same files → the letters that each of them becomes, by its name."""
        heaviest = max(letters, key=self._bare)
        parts: tuple[tuple[Attachment, ...], ...] = (heaviest.attachments,)
        growth, weight = self._weighed(heaviest, parts, None)
        if weight <= self._list.size:
            return {letter.name: (letter,) for letter in letters}
        steps: list[Step] = []
        for fit in self._list.too_large:
            if weight <= self._list.size:
                break
            if fit is Fit.SPLIT and growth is None:
                growth = self._growths(heaviest, parts)
            parts, why = self._step(fit, heaviest, parts, steps, growth=growth or {})
            # Of parts, what was found out of the whole does.
            growth, after = self._weighed(heaviest, parts, growth if len(parts) > 1 else None)
            steps.append(Step(fit, weight, after, why, len(parts) if fit is Fit.SPLIT else 1))
            weight = after
        return {letter.name: tuple(self._made(letter, parts, steps)) for letter in letters}

    def _made(
        self, letter: Letter, parts: Sequence[Sequence[Attachment]], steps: Sequence[Step]
    ) -> Iterator[Letter]:
        for number, files in enumerate(parts, 1):
            part = Part(number, len(parts)) if len(parts) > 1 else None
            made = with_files(letter, files, self._tools.calendars, part)
            yield replace(made, steps=tuple(steps))

    # ----------------------------------------------------------------------- steps

    def _step(
        self,
        fit: Fit,
        letter: Letter,
        parts: tuple[tuple[Attachment, ...], ...],
        before: Sequence[Step],
        *,
        growth: Mapping[str, int],
    ) -> tuple[tuple[tuple[Attachment, ...], ...], str]:
        """What is sent after a step, and why it is not less."""
        files = tuple(each for part in parts for each in part)
        match fit:
            case Fit.PDF_ONLY:
                formats = {each.format for each in files}
                if "pdf" not in formats:
                    return parts, "no PDF goes along"
                if "docx" not in formats:
                    return parts, "no Word file goes along"
                return tuple(tuple(each for each in part if each.format != "docx") for part in parts), ""
            case Fit.COMPRESS:
                small = tuple(tuple(self._compressed(each) for each in part) for part in parts)
                gained = any(each.size < old.size for each, old in zip(_flat(small), files, strict=True))
                return small, "" if gained else "the files have no pictures that could be smaller"
            case Fit.SPLIT:
                return self._divided(letter, files, before, growth)
        assert_never(fit)

    def _compressed(self, file: Attachment) -> Attachment:
        """The same file where nothing is gained. Where a file cannot be compressed, it goes as it is."""
        if file.format == BESIDE:
            return file
        known = self._small.get(file.sha256)
        if known is None:
            known = self._small[file.sha256] = self._shrunk(file)
        return known

    def _shrunk(self, file: Attachment) -> Attachment:
        content = self._shrink(file.format, file.content)
        if len(content) >= file.size:
            return file
        return whole(file.name, file.format, content, file.pages, file.of, extent=file.extent)

    def _shrink(self, format_: str, content: bytes) -> bytes:
        """The same bytes where nothing is gained, or where a file cannot be compressed."""
        try:
            return self._tools.compress[format_](content, self._list.resolution)
        except CopyError:
            return content

    def _divided(
        self, letter: Letter, files: Sequence[Attachment], before: Sequence[Step], growth: Mapping[str, int]
    ) -> tuple[tuple[tuple[Attachment, ...], ...], str]:
        formats = {each.format for each in files}
        if not formats - {BESIDE}:
            return (tuple(files),), "there is no pack to divide"
        most = self._most(letter, files, growth)
        if most <= 0:
            return (tuple(files),), "a message is too large without any file"
        # What was made smaller is made anew of the same sources, and smaller again.
        asked = tuple(each for each in letter.attachments if each.format in formats)
        compressed = any(step.fit is Fit.COMPRESS and step.after < step.before for step in before)
        divided = self._tools.divide(
            replace(letter.parcel, attachments=asked), most, self._shrink if compressed else None
        )
        return divided, "" if len(divided) > 1 else "there is no boundary to divide it at"

    # ----------------------------------------------------------------------- weights

    def _weighed(
        self, letter: Letter, parts: Sequence[Sequence[Attachment]], growth: Mapping[str, int] | None
    ) -> tuple[Mapping[str, int] | None, int]:
        """What copies add to the files, and the weight with it. What they add takes long to find out, and where a message is too large without it, nobody need know: None then."""
        if growth is None:
            bare = self._weight(letter, parts, {})
            if bare > self._list.size:
                return None, bare
            growth = self._growths(letter, parts)
        return growth, self._weight(letter, parts, growth)

    def _growths(self, letter: Letter, parts: Sequence[Sequence[Attachment]]) -> dict[str, int]:
        """Bytes that a copy adds to a file, by its format."""
        return {each.format: self._growth(letter, each) for each in _flat(parts)}

    def _growth(self, letter: Letter, file: Attachment) -> int:
        try:
            return self._tools.growth(letter, file)
        except CopyError:
            # Whoever makes the copies will say so.
            return 0

    def _bare(self, letter: Letter) -> int:
        """Bytes of a letter's message without its files."""
        bare = replace(
            letter, attachments=tuple(replace(each, size=0, pieces=()) for each in letter.attachments)
        )
        return message_of(bare, self._tools.pack, self._tools.date).weight()

    def _weight(
        self, letter: Letter, parts: Sequence[Sequence[Attachment]], growth: Mapping[str, int]
    ) -> int:
        """Of the largest message of a letter, with what copies add."""
        return max(
            self._weight_of(letter, files, growth, Part(number, len(parts)) if len(parts) > 1 else None)
            for number, files in enumerate(parts, 1)
        )

    def _weight_of(
        self, letter: Letter, files: Sequence[Attachment], growth: Mapping[str, int], part: Part | None
    ) -> int:
        grown = [replace(each, size=each.size + growth.get(each.format, 0)) for each in files]
        made = with_files(letter, grown, self._tools.calendars, part)
        return message_of(made, self._tools.pack, self._tools.date).weight()

    def _most(self, letter: Letter, files: Sequence[Attachment], growth: Mapping[str, int]) -> int:
        """Bytes that all files of a part may have together before they are encoded."""
        named = [replace(each, name=f"{_LONGEST_WORDS}{each.name}", size=0) for each in files]
        rest = self._list.size - self._weight_of(letter, named, {}, _LARGEST_PART)
        # The encoding has lines of 57 bytes; each file begins a line of its own.
        return rest * 57 // encoded_size(57) - sum(growth.get(each.format, 0) + 57 for each in files)


def _flat(parts: Sequence[Sequence[Attachment]]) -> list[Attachment]:
    return [each for part in parts for each in part]
