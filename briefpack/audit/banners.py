"""Markings above an audience's ceiling, in the forms that are no ordinary words: as banners, as portion marks, as labels; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from briefpack.audit.clearance import may_see
from briefpack.audit.seen import Seat
from briefpack.audit.stream import Spot, Stream
from briefpack.marking import Ceiling, Marking
from briefpack.pack import Audience
from briefpack.policy import MarkingError, Policy

_LABELS = re.compile(r"label|classif|marking|sensitiv|confidential|msip", re.IGNORECASE)
_MARK = re.compile(r"^[ \t]*\((?P<said>[^()\n]{1,80})\)[ \t\u00a0\u202f]+\S", re.MULTILINE)
_FIRST = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[A-Z]|[IVXLC]+")
"""What may number an item of a list."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A marking above the ceiling that was found. said: as it stands there."""

    said: str
    spot: Spot


@dataclass
class Banners:
    """Finds markings above a ceiling. names: of levels above it, as banners say them; known: of all levels. marks: how marks before portions begin.

    numbered: the style numbers items in parentheses by capitals, "(A)", so that such marks may be numbers.
    """

    policy: Policy | None = None
    clearance: Ceiling | None = None
    names: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()
    numbered: bool = False
    _judged: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def of(
        cls, policy: Policy | None, audience: Audience, languages: Iterable[str], *, numbered: bool = False
    ) -> Banners:
        """languages: of the pack."""
        if policy is None or audience.clearance is None:
            return cls()
        ceiling = audience.clearance.level
        tongues = tuple(dict.fromkeys(("en", *languages, *policy.languages)))
        said: tuple[dict[str, None], dict[str, None]] = ({}, {})
        marks: set[str] = set()
        for level in range(len(policy.levels)):
            names = said[level > ceiling]
            for language in tongues:
                names[policy.banner(Marking(level), language)] = None
                marks.update(_FIRST.findall(policy.portion(Marking(level), language))[:1])
        above = tuple(name for name in said[True] if name and name not in said[False])
        return cls(
            policy,
            audience.clearance,
            above,
            (*above, *filter(None, said[False])),
            frozenset(marks),
            numbered,
        )

    @property
    def forms(self) -> int:
        """How many forms of markings are searched for."""
        return len(self.names)

    @cached_property
    def _alone(self) -> re.Pattern[str]:
        # Capitals and signs may follow in the same line: "SECRET//REL TO FRA, GBR".
        return re.compile(
            rf"^[^\w\n]*(?P<said>(?:{_either(self.known)})(?:[ \t]*(?:[/–—-]|REL\b)[^\na-z]*)?)[^\w\n]*$",
            re.MULTILINE,
        )

    @cached_property
    def _among(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![^\W_])(?P<said>{_either(self.names)})(?![^\W_])")

    @cached_property
    def _labelled(self) -> re.Pattern[str]:
        return re.compile(self._among.pattern, re.IGNORECASE)

    def raised(self, streams: Iterable[Stream]) -> Iterator[Raised]:
        """Those that stand in streams, each once in each text."""
        if self.policy is None:
            return
        for stream in streams:
            for spot, text in zip(stream.spots, stream.texts, strict=True):
                for said in dict.fromkeys(self._in(spot, text)):
                    yield Raised(said, spot)

    def _in(self, spot: Spot, text: str) -> Iterator[str]:
        if spot.seat in {Seat.PAGE, Seat.HIDDEN}:
            if any(name in text for name in self.known):
                found = (match["said"].strip() for match in self._alone.finditer(text))
                yield from filter(self.is_above, found)
            if "(" in text:
                for match in _MARK.finditer(text):
                    if self._may_mark(match["said"]) and self.is_above(f"({match['said']})"):
                        yield f"({match['said']})"
        elif self.names:
            is_label = spot.seat is Seat.METADATA and _LABELS.search(f"{spot.place} {text}")
            pattern = self._labelled if is_label else self._among
            yield from (match["said"] for match in pattern.finditer(text))

    def _may_mark(self, said: str) -> bool:
        first = _FIRST.match(said.strip())
        if first is None or first[0] not in self.marks:
            return False
        return not (self.numbered and _LETTERS.fullmatch(said.strip()))

    def is_above(self, said: str) -> bool:
        """Whether a text in the form of a marking says one that is above the ceiling."""
        if said not in self._judged:
            self._judged[said] = self._judge(said)
        return self._judged[said]

    def _judge(self, said: str) -> bool:
        if self.policy is None or self.clearance is None:
            return False
        try:
            return not may_see(self.clearance, self.policy.parse(said))
        except MarkingError:
            # A level and something that the policy does not know: the level alone counts.
            return any(said.startswith(name) for name in self.names)


def _either(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)"
