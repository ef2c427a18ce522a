"""What a message shows of words that were found: such as stand in the file one behind the other, as their author wrote them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.audit.needles import Portion
from briefpack.audit.search import Found, Index
from briefpack.audit.seen import Seat
from briefpack.audit.squeeze import words_of
from briefpack.audit.stream import Spot, Stream
from briefpack.audit.stretches import shown, stretches
from briefpack.errors import Where

TEXT = (
    "Nobody from Kaliningrad has yet answered the Ministry’s letter of last spring. "
    "The office in Ulpelulro asked for a second meeting before winter."
)


def found_in(said: str, text: str = TEXT) -> list[Found]:
    portion = Portion("paragraph", Where(Path("x.yaml")), "", text, (tuple(words_of(text)),))
    return Index([portion], lambda _: 12.0).search([Stream([Spot("page 1", Seat.PAGE)], [said])])


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (TEXT, "Nobody from Kaliningrad has yet answered the Ministry’s letter of last spring. The office …"),
        ("Nobody from Kaliningrad has yet answered you.", "Nobody from Kaliningrad has yet answered …"),
        ("We heard: the office in Ulpelulro asked for coffee.", "… The office in Ulpelulro asked for …"),
        ("They hope for a second meeting before winter.", "… for a second meeting before winter."),
        (
            "Who has yet answered the Ministry’s letter of last spring. The office in Xerxes asked for a second meeting.",
            "… has yet answered the Ministry’s letter of last spring. The office in …",
        ),
    ],
)
def test_only_words_that_stand_there_are_shown(said, words):
    assert shown(found_in(said)) == words


def test_a_phrase_that_stands_twice_joins_nothing():
    text = "the ferry line near the Gulf of Riga with experts from the Gulf of Riga and Tallinn harbour"
    said = "the ferry line near the Gulf of Riga since. Experts from the Gulf of Riga and Tallinn harbour."
    spans = {" ".join(run[first:last]) for run, first, last in stretches(found_in(said, text))}
    assert spans <= {" ".join(words_of(said)[a:b]) for a in range(20) for b in range(20)}


@given(
    st.lists(
        st.sampled_from(["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel"]),
        min_size=12,
        max_size=30,
    ),
    st.data(),
)
def test_every_stretch_stands_in_the_file_as_it_is(words, data):
    parts = []
    for _ in range(data.draw(st.integers(1, 4))):
        first = data.draw(st.integers(0, len(words) - 1))
        parts += [*words[first : data.draw(st.integers(first, len(words)))], "zulu"]
    text, said = " ".join(words), " ".join(parts)
    found = found_in(said, text)
    for run, first, last in stretches(found):
        assert "".join(run[first:last]) in said.replace(" ", "")
