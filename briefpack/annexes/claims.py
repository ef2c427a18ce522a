"""Which claims of conformance a pack may make, decided by what stands against them in its annexes. Pure.

The body of a pack is made so that it can always claim all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefpack.annex import Against, AnnexFacts, AnnexFault
from briefpack.document import AnnexEntry

_LEVELS = {Against.NOTHING: "A", Against.STRUCTURE: "U", Against.UNICODE: "B", Against.ARCHIVE: ""}
"""What is left of PDF/A, worst last."""
_MOST_PAGES = 3
"""Pages named of a fault."""


@dataclass(frozen=True, slots=True)
class Claims:
    """accessible: PDF/UA-1 (ISO 14289-1). archive: the conformance level of PDF/A: "A", "U", "B"; "" for none.

    part: of PDF/A; 2 (ISO 19005-2), or 3 (ISO 19005-3), which is the same for a pack with files of any type embedded in it.
    """

    accessible: bool = True
    archive: str = "A"
    part: int = 2

    @property
    def names(self) -> tuple[str, ...]:
        """As one says them: "PDF/UA-1", "PDF/A-2a", "PDF/A-3a"."""
        names = ["PDF/UA-1"] if self.accessible else []
        return (*names, f"PDF/A-{self.part}{self.archive.lower()}") if self.archive else tuple(names)


def claims_of(facts: Iterable[AnnexFacts], *, with_files: bool = False) -> Claims:
    """The claims of a pack with these annexes. with_files: files are embedded in it."""
    faults = [fault for annex in facts for fault in annex.faults]
    order = list(_LEVELS)
    worst = max((order.index(fault.archive) for fault in faults), default=0)
    return Claims(all(fault.accessible for fault in faults), _LEVELS[order[worst]], _part(with_files))


def _part(with_files: bool) -> int:
    return 3 if with_files else 2


def faults_of(
    annexes: Sequence[tuple[AnnexEntry, AnnexFacts]], *, with_files: bool = False
) -> tuple[str, ...]:
    """Why a pack claims less than it might, a sentence for each fault: "Annex B (plan.pdf), page 3: …"."""
    part = _part(with_files)
    return tuple(
        f"Annex {entry.label} ({name}){_pages(fault)}: {fault.message}"
        f" (against {' and '.join(lost(fault, part))})"
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


def lost(fault: AnnexFault, part: int = 2) -> tuple[str, ...]:
    """The claims that a fault stands against: "PDF/UA-1", "PDF/A-2a". part: of PDF/A."""
    archive = f"PDF/A-{part}"
    levels = {
        Against.ARCHIVE: (archive,),
        Against.UNICODE: (f"{archive}a", f"{archive}u"),
        Against.STRUCTURE: (f"{archive}a",),
        Against.NOTHING: (),
    }
    return (*(() if fault.accessible else ("PDF/UA-1",)), *levels[fault.archive])
