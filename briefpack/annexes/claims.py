"""Which claims of conformance a pack may make, decided by what stands against them in its annexes. Pure.

The body of a pack is made so that it can always claim all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefpack.annex import Against, AnnexFacts, AnnexFault
from briefpack.document import AnnexEntry

_LEVELS = {Against.NOTHING: "A", Against.STRUCTURE: "U", Against.UNICODE: "B", Against.ARCHIVE: ""}
"""What is left of PDF/A-2, worst last."""
_MOST_PAGES = 3
"""Pages named of a fault."""


@dataclass(frozen=True, slots=True)
class Claims:
    """accessible: PDF/UA-1 (ISO 14289-1). archive: the conformance level of PDF/A-2 (ISO 19005-2): "A", "U", "B"; "" for none."""

    accessible: bool = True
    archive: str = "A"

    @property
    def names(self) -> tuple[str, ...]:
        """As one says them: "PDF/UA-1", "PDF/A-2a"."""
        names = ["PDF/UA-1"] if self.accessible else []
        return (*names, f"PDF/A-2{self.archive.lower()}") if self.archive else tuple(names)


def claims_of(facts: Iterable[AnnexFacts]) -> Claims:
    """The claims of a pack with these annexes."""
    faults = [fault for annex in facts for fault in annex.faults]
    order = list(_LEVELS)
    worst = max((order.index(fault.archive) for fault in faults), default=0)
    return Claims(all(fault.accessible for fault in faults), _LEVELS[order[worst]])


def faults_of(annexes: Sequence[tuple[AnnexEntry, AnnexFacts]]) -> tuple[str, ...]:
    """Why a pack claims less than it might, a sentence for each fault: "Annex B (plan.pdf), page 3: …"."""
    return tuple(
        f"Annex {entry.label} ({name}){_pages(fault)}: {fault.message} (against {' and '.join(lost(fault))})"
        for entry, facts in annexes
        for name, fault in _by_file(entry, facts)
    )


def _by_file(entry: AnnexEntry, facts: AnnexFacts) -> Iterator[tuple[str, AnnexFault]]:
    """Every fault with the name of the file that has it; the pages are those of the annex."""
    for index, (before, part) in enumerate(facts.starts()):
        name = facts.names[index] if facts.names else entry.file_name
        for fault in part.faults:
            yield name, replace(fault, pages=tuple(page + before for page in fault.pages))


def _pages(fault: AnnexFault) -> str:
    if not fault.pages:
        return ""
    if len(fault.pages) == 1:
        return f", page {fault.pages[0]}"
    more = ", …" if len(fault.pages) > _MOST_PAGES else ""
    return f", pages {', '.join(map(str, fault.pages[:_MOST_PAGES]))}{more}"


def lost(fault: AnnexFault) -> tuple[str, ...]:
    """The claims that a fault stands against: "PDF/UA-1", "PDF/A-2a"."""
    levels = {
        Against.ARCHIVE: ("PDF/A-2",),
        Against.UNICODE: ("PDF/A-2a", "PDF/A-2u"),
        Against.STRUCTURE: ("PDF/A-2a",),
        Against.NOTHING: (),
    }
    return (*(() if fault.accessible else ("PDF/UA-1",)), *levels[fault.archive])
