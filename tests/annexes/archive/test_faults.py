"""Faults gathered by fact and page."""

from __future__ import annotations

from briefpack.annex import Against, AnnexFault
from briefpack.annexes.archive.faults import MOST_FAULTS, Faults, archive, both, unreadable


def test_a_fact_is_told_once_with_all_its_pages_the_gravest_first() -> None:
    faults = Faults()
    faults.add([unreadable("unreadable")], [2])
    faults.add([archive("old"), both("bare")], [3, 1])
    faults.add([archive("old")], [7])
    assert faults.told() == (
        AnnexFault("bare", (1, 3), Against.ARCHIVE, False),
        AnnexFault("old", (1, 3, 7), Against.ARCHIVE, True),
        AnnexFault("unreadable", (2,), Against.UNICODE, False),
    )
    assert faults.plain()[0] == ("bare", (1, 3), "archive", False)


def test_too_many_facts_are_counted_and_none_is_made_light_of() -> None:
    faults = Faults()
    faults.add([archive(f"fault {n}") for n in range(MOST_FAULTS)], [])
    faults.add([("worse for the ear", Against.NOTHING, False)], [])
    told = faults.told()
    assert len(told) == MOST_FAULTS
    assert told[-1] == AnnexFault("2 more faults of this kind", (), Against.ARCHIVE, False)
