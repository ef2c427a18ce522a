from __future__ import annotations

from dataclasses import replace

import pytest

from briefpack.audit.banners import Banners
from briefpack.audit.seen import Seat
from briefpack.audit.stream import Spot, Stream
from briefpack.marking import Ceiling
from tests.markings import plain
from tests.select.made import audience

POLICY = plain()


def raised(text: str, seat: Seat = Seat.PAGE, ceiling: int = 1, place: str = "page 1") -> list[str]:
    reader = replace(audience(), clearance=Ceiling(ceiling))
    banners = Banners.of(POLICY, reader, ("en", "fr"))
    return [found.said for found in banners.raised([Stream([Spot(place, seat)], [text])])]


@pytest.mark.parametrize(
    "text",
    [
        "RESTRICTED",
        "Text.\nRESTRICTED\nMore.",
        "– RESTRICTED –",
        "RESTRICTED//REL TO FRA, GBR",
        "RESTREINT",
        "(R) We will yield.",
    ],
)
def test_a_marking_above_the_ceiling_is_found_where_banners_and_marks_stand(text):
    assert len(raised(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "INTERNAL",
        "(I) We will not.",
        "The area is RESTRICTED to staff.",
        "RESTRICTED area ahead",
        "restricted",
        "Restricted",
        "see annex (R) for that",
        "(R)",
        "PUBLIC",
    ],
)
def test_words_are_no_markings(text):
    assert raised(text) == []


def test_properties_have_no_prose():
    assert raised("x RESTRICTED y", Seat.METADATA) == ["RESTRICTED"]
    assert raised("Restricted", Seat.METADATA, place="docProps/custom.xml, MSIP_Label_1_Name") == [
        "Restricted"
    ]
    assert raised("a restricted area", Seat.METADATA) == []


def test_who_may_see_everything_has_nothing_to_find():
    assert raised("RESTRICTED", ceiling=2) == []


def test_without_a_policy_there_are_no_markings():
    assert Banners.of(None, audience(), ("en",)).forms == 0


def test_where_a_style_numbers_by_capitals_a_mark_may_be_a_number():
    banners = Banners.of(POLICY, replace(audience(), clearance=Ceiling(1)), ("en",), numbered=True)
    assert list(banners.raised([Stream([Spot("page 1", Seat.PAGE)], ["(R) We will yield."])])) == []
