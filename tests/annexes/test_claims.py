"""What a pack claims, told from what stands against it."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.annex import Against, AnnexFacts, AnnexFault, CleanPart
from briefpack.annexes.claims import Claims, claims_of, faults_of
from briefpack.document import AnnexEntry
from briefpack.errors import Where


def facts(*faults: AnnexFault) -> AnnexFacts:
    return AnnexFacts((CleanPart("0" * 64, Path("clean.pdf"), ((595, 842),) * 9, (), False, faults),))


def fault(archive: Against, *, accessible: bool = True, pages: tuple[int, ...] = (3,)) -> AnnexFault:
    return AnnexFault("something is wrong", pages, archive, accessible)


@pytest.mark.parametrize(
    ("faults", "names"),
    [
        ((), ("PDF/UA-1", "PDF/A-2a")),
        ((fault(Against.STRUCTURE),), ("PDF/UA-1", "PDF/A-2u")),
        ((fault(Against.UNICODE, accessible=False),), ("PDF/A-2b",)),
        ((fault(Against.ARCHIVE),), ("PDF/UA-1",)),
        ((fault(Against.NOTHING, accessible=False),), ("PDF/A-2a",)),
        ((fault(Against.ARCHIVE), fault(Against.STRUCTURE), fault(Against.NOTHING, accessible=False)), ()),
    ],
)
def test_the_worst_fault_of_any_annex_decides(faults: tuple[AnnexFault, ...], names: tuple[str, ...]) -> None:
    assert claims_of([facts(), *(facts(one) for one in faults)]).names == names


def test_a_pack_without_annexes_claims_all() -> None:
    assert claims_of([]) == Claims(accessible=True, archive="A")


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (
            fault(Against.ARCHIVE, accessible=False),
            "Annex B (plan.pdf), page 3: something is wrong (against PDF/UA-1 and PDF/A-2)",
        ),
        (
            fault(Against.UNICODE, pages=(1, 2, 5, 9)),
            "Annex B (plan.pdf), pages 1, 2, 5, …: something is wrong (against PDF/A-2a and PDF/A-2u)",
        ),
        (
            fault(Against.NOTHING, accessible=False, pages=()),
            "Annex B (plan.pdf): something is wrong (against PDF/UA-1)",
        ),
    ],
)
def test_a_fault_is_said_with_its_annex_its_pages_and_what_it_costs(found: AnnexFault, sentence: str) -> None:
    entry = AnnexEntry("B", "Plan", "annex_b", 9, "plan.pdf", "0" * 64, Where(Path("pack.yaml"), 1, 1))
    assert faults_of([(entry, facts(found))]) == (sentence,)
