"""Raised and lowered words, small capitals, and the marks of notes inside a line."""

from __future__ import annotations

import re

import pytest

from briefpack.document import CrossReference, Link, Position, Spans, Text
from briefpack.pdf.paragraph import BASELINE, TextFlow
from tests.pdf.noted import note
from tests.pdf.paper import Paper, boxes_of_characters, draw, extracted, justified, read, typesetter

UP, DOWN = Position.SUPER, Position.SUB


def _flow(*spans: object, **look: object) -> TextFlow:
    return typesetter(**look).flow(spans, "body")  # type: ignore[arg-type]  # they are spans


def _boxes(paper: Paper) -> dict[str, tuple[float, float]]:
    """Character → bottom and top."""
    return {char: (bottom, top) for char, _, bottom, _, top in boxes_of_characters(paper.finish())}


def test_raised_words_are_smaller_and_higher_and_lowered_ones_lower() -> None:
    boxes = _boxes(draw(_flow(Text("m"), Text("a", position=UP), Text("b", position=DOWN)), 400))
    heights = {char: top - bottom for char, (bottom, top) in boxes.items()}
    assert heights["a"] == pytest.approx(0.65 * heights["m"], rel=0.05)
    assert heights["b"] == pytest.approx(heights["a"], rel=0.05)
    # A character's box begins at its descender: that of small words is nearer to the baseline.
    assert boxes["a"][0] - boxes["b"][0] == pytest.approx((0.33 + 0.14) * 11, rel=0.05)
    assert boxes["a"][1] > boxes["m"][1] - 0.5
    assert boxes["b"][0] < boxes["m"][0] + 0.5


def test_lines_are_as_far_apart_with_raised_words_as_without() -> None:
    words = Text("one two three four five six seven eight nine ten eleven twelve")
    plain, raised = _flow(words), _flow(words, Text("2", position=UP))
    assert plain.fit(120) == raised.fit(120)


def test_raised_words_are_measured_as_small_as_they_are() -> None:
    setter = typesetter()
    small = setter.ink("body", Text("", position=UP)).sized
    assert setter.line((Text("m"), Text("22", position=UP)), "body").width == pytest.approx(
        setter.line("m", "body").width + small.widths["22"]
    )
    assert small.widths["22"] == pytest.approx(0.65 * setter.line("22", "body").width)


def test_the_text_rise_is_taken_back() -> None:
    (written,) = draw(_flow(Text("m"), Text("2", position=UP), Text(" and")), 400).written
    assert re.findall(r"(\S+) Ts", written) == ["3.63", "0"]
    (written,) = draw(_flow(Text("CO"), Text("2", position=DOWN)), 400).written
    assert re.findall(r"(\S+) Ts", written) == ["-1.54", "0"]
    assert written.index("0 Ts") < written.index("ET")


def test_raised_words_are_read_where_they_stand() -> None:
    spans: Spans = (
        Text("CO"),
        Text("2", position=DOWN),
        Text(" on the 3"),
        Text("rd", position=UP),
        Text(" day"),
    )
    assert read(draw(_flow(*spans), 400).finish()) == "CO2 on the 3rd day"


@pytest.mark.parametrize("width", [25, 40, 90])
def test_no_line_is_divided_between_a_word_and_what_is_raised_behind_it(width: int) -> None:
    spans = [Text("m"), Text("2", position=UP)]
    lines = extracted(draw(_flow(*[each for k in range(9) for each in (*spans, Text(" word "))]), width))
    assert not re.search(r"(?m)^\s*2", lines)


def test_a_rule_under_raised_words_goes_on_as_it_was() -> None:
    (written,) = draw(_flow(Text("m"), Text("2", position=UP), Text("n"), underline=True), 400).written
    rules = re.findall(r"(\S+) (\S+) (\S+) (\S+) re f", written)
    assert len(rules) == 3
    assert len({(y, thickness) for _, y, _, thickness in rules}) == 1


def test_a_link_covers_its_raised_words() -> None:
    link = Link("https://example.org/", (Text("rd", position=UP),))
    paper = draw(_flow(Text("3"), link), 400, top=780)
    ((_, (_, bottom, _, top)),) = paper.links
    boxes = _boxes(paper)
    assert bottom <= boxes["r"][0] + 0.1
    assert top >= boxes["r"][1] - 0.1
    assert bottom > 780 - BASELINE * 15.4


# --------------------------------------------------------------------------- small capitals


def test_small_capitals_are_smaller_and_stay_the_letters_they_are() -> None:
    paper = draw(_flow(Text("H "), Text("NATO", small_caps=True)), 400)
    boxes = {char: top - bottom for char, _, bottom, _, top in boxes_of_characters(paper.finish())}
    assert boxes["N"] == pytest.approx(0.8 * boxes["H"], rel=0.15)
    assert boxes["N"] < boxes["H"]
    assert read(draw(_flow(Text("H "), Text("NATO", small_caps=True)), 400).finish()) == "H NATO"


def test_small_letters_among_small_capitals_stay_as_they_are() -> None:
    setter = typesetter()
    flow = setter.flow((Text("the MEPs of COP30", small_caps=True),), "body")
    (written,) = draw(flow, 400).written
    assert re.findall(r"(\S+) Tf", written)[:3] == ["11", "8.8", "11"]
    assert read(draw(flow, 400).finish()) == "the MEPs of COP30"


def test_what_is_printed_in_capitals_has_no_small_ones() -> None:
    paper = Paper()
    typesetter().line((Text("of NATO", small_caps=True),), "caption").paint(paper, 60, 700)
    assert paper.written[0].count(" Tf") == 1


# --------------------------------------------------------------------------- marks


def test_a_mark_is_raised_and_leads_to_its_note() -> None:
    paper = draw(_flow(Text("a word"), note(12, "small"), Text(" and")), 400)
    ((target, (left, _, right, _)),) = paper.links
    assert target == CrossReference("note_12", (Text("12"),))
    assert right - left == pytest.approx(
        2 * 0.65 * 11 * typesetter().faces.face("Carlito").width("1"), rel=0.01
    )
    assert " Ts" in paper.written[0]
    assert read(paper.finish()) == "a word12 and"


def test_there_is_no_space_before_a_mark() -> None:
    assert read(draw(_flow(Text("a word "), note(1, "small")), 400).finish()) == "a word1"


@pytest.mark.parametrize("setter", [typesetter(), justified()], ids=["ragged", "justified"])
@pytest.mark.parametrize(
    "word", ["m", "word", "well-known", "dash—", "https://example.org/path/", "mmmmmmmm"]
)
def test_no_line_begins_with_a_mark_however_narrow(setter: object, word: str) -> None:
    assert hasattr(setter, "flow")
    spans = [
        span for number in range(1, 5) for span in (Text(word), note(number * 111, "small"), Text(" to "))
    ]
    flow = setter.flow(tuple(spans), "body")
    for width in range(1, 120, 3):
        flow.fit(width)
        for placed in flow._lines:
            ink, _ = placed.segment.runs(placed.line)[0]
            assert ink.note is None
        assert [note_ for note_, _ in flow.notes()] == list(dict.fromkeys(n for n, _ in flow.notes()))
        assert len(flow.notes()) == 4


def test_a_mark_alone_has_its_note() -> None:
    flow = _flow(note(12, "small"))
    for width in (2, 400):
        flow.fit(width)
        assert len(flow.notes()) == 1


def test_a_line_that_is_never_broken_leaves_notes_out() -> None:
    setter = typesetter()
    assert (
        setter.line((Text("a word"), note(1, "small")), "body").width == setter.line("a word", "body").width
    )
