"""What is found against the claims, gathered by fact and by page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from briefpack.annex import Against, AnnexFault

Fact: TypeAlias = tuple[str, Against, bool]
"""As AnnexFault: message, archive, accessible."""

MOST_FAULTS = 12
"""Facts told of an annex; who mends these will see the others."""


class Faults:
    """facts: each with the pages it is seen on, in the order in which they were found; None for one of the whole file."""

    def __init__(self) -> None:
        self._facts: dict[Fact, set[int]] = {}

    def add(self, facts: Iterable[Fact], pages: Iterable[int]) -> None:
        """pages: 1-based; none for a fact about the file as a whole."""
        for fact in facts:
            self._facts.setdefault(fact, set()).update(pages)

    def told(self) -> tuple[AnnexFault, ...]:
        """The faults, the gravest first; when there are too many, the last one says how many are left out."""
        order = list(Against)
        ranked = sorted(self._facts.items(), key=lambda item: (order.index(item[0][1]), item[0][2]))
        told = [
            AnnexFault(message, tuple(sorted(pages)), against, accessible)
            for (message, against, accessible), pages in ranked
        ]
        if len(told) <= MOST_FAULTS:
            return tuple(told)
        left = told[MOST_FAULTS - 1 :]
        worst = min((fault.archive for fault in left), key=order.index)
        more = AnnexFault(
            f"{len(left)} more faults of this kind", (), worst, all(fault.accessible for fault in left)
        )
        return (*told[: MOST_FAULTS - 1], more)

    def plain(self) -> tuple[tuple[str, tuple[int, ...], str, bool], ...]:
        """As told(), in values that JSON can hold: message, pages, archive, accessible."""
        return tuple((f.message, f.pages, f.archive.value, f.accessible) for f in self.told())


def archive(message: str) -> Fact:
    """A fact that PDF/A does not bear with; PDF/UA does."""
    return message, Against.ARCHIVE, True


def both(message: str) -> Fact:
    """A fact that neither PDF/A nor PDF/UA bears with."""
    return message, Against.ARCHIVE, False


def unreadable(message: str) -> Fact:
    """A fact that keeps text from being read as characters: PDF/A-2b bears with it, PDF/UA does not."""
    return message, Against.UNICODE, False
