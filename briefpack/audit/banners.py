"""Markings above an audience's ceiling, in the forms that are no ordinary words: as banners, as portion marks, as labels; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from briefpack.audit.seen import Seat
from briefpack.audit.stream import Spot, Stream
from briefpack.marking import Marking
from briefpack.pack import Audience
from briefpack.policy import Policy

_LABELS = re.compile(r"label|classif|marking|sensitiv|confidential|msip", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Raised:
    """A marking above the ceiling that was found. said: as it stands there."""

    said: str
    spot: Spot


@dataclass(frozen=True)
class Banners:
    """names: of what is above the ceiling, as banners say it. marks: as portion marks do, "(R)"."""

    names: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()

    @classmethod
    def of(cls, policy: Policy | None, audience: Audience, languages: Iterable[str]) -> Banners:
        """languages: of the pack."""
        if policy is None or audience.clearance is None:
            return cls()
        ceiling = audience.clearance.level
        tongues = tuple(dict.fromkeys(("en", *languages)))
        said: list[dict[str, None]] = [{}, {}]
        marks: list[dict[str, None]] = [{}, {}]
        for level in range(len(policy.levels)):
            above = level > ceiling
            for language in tongues:
                said[above][policy.banner(Marking(level), language)] = None
                marks[above][policy.portion(Marking(level), language)] = None
        return cls(
            tuple(name for name in said[True] if name and name not in said[False]),
            tuple(mark for mark in marks[True] if mark and mark not in marks[False]),
        )

    @cached_property
    def _alone(self) -> re.Pattern[str]:
        names = "|".join(map(re.escape, sorted(self.names, key=len, reverse=True)))
        # Capitals and signs may follow in the same line: "SECRET//REL TO FRA, GBR".
        return re.compile(
            rf"^[^\w\n]*(?P<said>{names})(?:[ \t]*(?:[/–—-]|REL\b)[^\na-z]*)?[^\w\n]*$", re.MULTILINE
        )

    @cached_property
    def _among(self) -> re.Pattern[str]:
        names = "|".join(map(re.escape, sorted(self.names, key=len, reverse=True)))
        return re.compile(rf"(?<![^\W_])(?P<said>{names})(?![^\W_])")

    @cached_property
    def _labelled(self) -> re.Pattern[str]:
        return re.compile(self._among.pattern, re.IGNORECASE)

    @cached_property
    def _before(self) -> re.Pattern[str]:
        marks = "|".join(map(re.escape, self.marks))
        return re.compile(rf"^[ \t]*(?P<said>{marks})[ \t\u00a0\u202f]+\S", re.MULTILINE)

    def raised(self, streams: Iterable[Stream]) -> Iterator[Raised]:
        """Those that stand in streams, each once in each text."""
        for stream in streams:
            for spot, text in zip(stream.spots, stream.texts, strict=True):
                for said in dict.fromkeys(self._in(spot, text)):
                    yield Raised(said, spot)

    def _in(self, spot: Spot, text: str) -> Iterator[str]:
        patterns: list[re.Pattern[str]] = []
        if self.names:
            if spot.seat in {Seat.PAGE, Seat.HIDDEN}:
                patterns = [self._alone] if any(name in text for name in self.names) else []
            elif spot.seat is Seat.METADATA and _LABELS.search(f"{spot.place} {text}"):
                patterns = [self._labelled]
            else:
                patterns = [self._among]
        if any(mark in text for mark in self.marks):
            patterns.append(self._before)
        for pattern in patterns:
            for match in pattern.finditer(text):
                yield match["said"]
