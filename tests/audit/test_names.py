from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.audit.expected import Expected, Withheld
from briefpack.audit.machine import Machine
from briefpack.audit.names import names_of, sightings
from briefpack.audit.seen import FONT_NAMES, OUTLINE, Passage, Seat, Seen
from briefpack.audit.stream import streams_of
from briefpack.audit.tree import Said
from briefpack.errors import Where
from tests.select.made import audience, pack

HERE = Where(Path("pack/section.yaml"), 3, 1)
MACHINE = Machine((("the builder's account", "n.nowak"),), (("a path", "/home/n.nowak/packs/"),))
WITHHELD = Withheld(
    "section",
    HERE,
    "for staff only",
    (Said("Ask Nora Nowak, nora@example.org", HERE),),
    (),
    (("back-channel", HERE),),
    ("talisman.png",),
)
EXPECTED = Expected(audience("press"), (WITHHELD,), (), (), frozenset(), frozenset(), frozenset(), ())


def sighted(text: str, seat: Seat, place: str = "somewhere") -> list[str]:
    names = names_of(pack(), EXPECTED, MACHINE)
    seen = Seen("pack.pdf", (Passage(seat, place, text),))
    return [sighting.name.said for sighting in sightings(names, streams_of(seen))]


@pytest.mark.parametrize("seat", list(Seat))
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Write to NORA@example.org.", "nora@example.org"),
        ("see talis\nman.png", "talisman.png"),
        ("in /home/n.nowak/packs/build", "/home/n.nowak/packs"),
        ("in \\home\\n.nowak\\packs\\x", "\\home\\n.nowak\\packs"),
    ],
)
def test_what_cannot_be_a_word_is_found_everywhere(seat, text, said):
    assert said in sighted(text, seat)


@pytest.mark.parametrize("seat", [Seat.NAME, Seat.METADATA])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("s_back_channel_2", "back-channel"),
        ("for Minister", "minister"),
        ("n.nowak", "n.nowak"),
        ("Staff", "staff"),
    ],
)
def test_names_are_found_among_names_and_properties(seat, text, said):
    assert said in sighted(text, seat)


def test_titles_of_bookmarks_are_words_of_a_text():
    assert sighted("Minister, staff: ask nora@example.org", Seat.NAME, OUTLINE) == sighted(
        "Minister, staff: ask nora@example.org", Seat.PAGE, "page 1"
    )


def test_the_makers_of_fonts_may_use_any_word():
    assert sighted("Minister fonts staff n.nowak, ask nora@example.org", Seat.NAME, FONT_NAMES) == [
        "nora@example.org"
    ]


@pytest.mark.parametrize("text", ["a back channel", "the minister and her staff", "n.nowak said so"])
def test_names_that_may_be_words_are_not_looked_for_in_text(text):
    assert sighted(text, Seat.PAGE) == []


@pytest.mark.parametrize(
    "text",
    ["ministerial", "backchannel", "xtalisman.png", "eleonora@example.org", "/home/n.nowakowski/packs"],
)
def test_parts_of_longer_words_are_no_names(text):
    assert sighted(text, Seat.NAME) == []


def test_its_own_name_is_the_audiences_own():
    assert sighted("for Press", Seat.METADATA) == []
