"""Messages that differ in their readers only, taken together, so that a list of a thousand copies can still be looked at; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefpack.distribute.letters import Letter
from briefpack.distribute.parcel import Attachment
from briefpack.distribute.posted import Posted
from briefpack.distribution import Fit
from briefpack.fields import size_in_words
from briefpack.style import Style
from briefpack.template import fill

_NUMBERED = re.compile(r"([\d.,]+)(\s.+)")


@dataclass(frozen=True, slots=True)
class Series:
    """messages: in their order, at least one."""

    messages: tuple[Posted, ...]

    @property
    def first(self) -> Posted:
        return self.messages[0]

    @property
    def letter(self) -> Letter:
        """Of the first message."""
        return self.first.message.letter

    @property
    def is_alone(self) -> bool:
        return len(self.messages) == 1

    @property
    def name(self) -> str:
        """Of its drafts: that of the first and of the last one."""
        return self.first.name if self.is_alone else f"{self.first.name} … {self.messages[-1].name}"

    @property
    def readers(self) -> int:
        return sum(len(each.message.letter.readers) for each in self.messages)

    @property
    def is_large(self) -> bool:
        """Whether one of them is too large."""
        return any(each.is_large for each in self.messages)

    @property
    def own_files(self) -> bool:
        """Whether each has files of its own, so that a checksum says something of one of them only."""
        return any(_is_own(each) for each in self.letter.attachments)

    def sent(self, style: Style, language: str) -> str:
        """How large they are as they are sent, from the smallest to the largest."""
        return _range([each.sent for each in self.messages], style, language)

    def size(self, index: int, style: Style, language: str) -> str:
        """How large a file is, from the smallest copy to the largest. index: of the file among the attachments."""
        sizes = [each.message.letter.attachments[index].size for each in self.messages]
        return _range(sizes, style, language)


def series_of(posted: Sequence[Posted]) -> tuple[Series, ...]:
    """All messages, in the order in which the first of each series comes."""
    together: dict[tuple[str, int], list[Posted]] = {}
    for each in posted:
        together.setdefault(each.kind, []).append(each)
    return tuple(Series(tuple(each)) for each in together.values())


def fitted_in_words(letter: Letter, style: Style, language: str) -> str:
    """What was done so that a message is not too large, in the words of the sheet; "" for nothing."""
    done = [step.fit for step in letter.steps if step.after < step.before]
    told = [
        style.word(key, language)
        for fit, key in ((Fit.PDF_ONLY, "dispatch_pdf_only"), (Fit.COMPRESS, "dispatch_compressed"))
        if fit in done
    ]
    if letter.part is not None:
        counted = {"part": str(letter.part.number), "parts": str(letter.part.of)}
        told.append(fill(style.word("dispatch_part", language), counted))
    return ", ".join(told)


def _is_own(file: Attachment) -> bool:
    return bool(file.trace) or file.locked


def _range(sizes: Sequence[int], style: Style, language: str) -> str:
    """As 206–208 kB, where they have the same unit."""
    least, most = (size_in_words(size, style, language) for size in (min(sizes), max(sizes)))
    if least == most:
        return least
    one, other = _NUMBERED.match(least), _NUMBERED.match(most)
    if one is not None and other is not None and one[2] == other[2]:
        return f"{one[1]}–{other[1]}{other[2]}"
    return f"{least} – {most}"
