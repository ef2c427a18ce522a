"""What in tags stands against PDF/UA-1. Every line was put before veraPDF, too (see test_claims_hold)."""

from __future__ import annotations

import pytest

from briefpack.annex import Against
from briefpack.annexes.cleaning.tag_faults import tag_faults
from briefpack.annexes.cleaning.tags import Element, Mark
from tests.annexes.trees import BAD_TREES, GOOD_TREES, elements


@pytest.mark.parametrize("name", GOOD_TREES)
def test_good_trees_are_borne_with(name: str) -> None:
    assert list(tag_faults(elements(GOOD_TREES[name]))) == []


@pytest.mark.parametrize("name", BAD_TREES)
def test_bad_trees_are_told(name: str) -> None:
    shape, message = BAD_TREES[name]
    assert [fact[0] for fact, _ in tag_faults(elements(shape))] == [message]


def test_a_fault_is_told_with_its_page_and_costs_pdf_ua_alone() -> None:
    top = Element("Div", [Element("P", [Element("LBody", [Mark((1, 0), 0, 6)])])])
    ((fact, pages),) = tag_faults(top)
    assert fact[1:] == (Against.NOTHING, False)
    assert pages == [7]


def test_spans_beyond_reason_end() -> None:
    cell = Element("TD", attributes=[{"/ColSpan": 10**9, "/RowSpan": 1}])
    top = Element("Div", [Element("Table", [Element("TR", [cell])])])
    assert len(list(tag_faults(top))) == 1
