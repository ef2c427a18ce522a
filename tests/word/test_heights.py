"""How high text is, about."""

import pytest

from briefpack.document import Heading, LineBreak, List, ListItem, ListKind, Text
from briefpack.word.heights import about
from tests.samples import WHERE, words
from tests.word.making import say
from tests.word.opened import style_of

STYLE = style_of()
WIDTH = STYLE.page.text_width.twips
PITCH = STYLE.text["body"].line_pitch


def test_a_short_paragraph_is_a_line_high():
    assert about(STYLE, (say("words"),), WIDTH) == PITCH


def test_nothing_has_no_height():
    assert about(STYLE, (), WIDTH) == 0


def test_an_empty_paragraph_is_a_line_high():
    assert about(STYLE, (say(()),), WIDTH) == PITCH


def test_line_breaks_make_lines():
    assert (
        about(STYLE, (say((Text("a"), LineBreak(), Text("b"), LineBreak(), Text("c"))),), WIDTH) == 3 * PITCH
    )


def test_half_the_width_is_twice_the_height():
    long = (say("word " * 400),)

    assert about(STYLE, long, WIDTH // 2) == pytest.approx(2 * about(STYLE, long, WIDTH), rel=0.1)


def test_of_two_spaces_the_larger_counts():
    heading = Heading(2, None, words("heading"), "h_one", WHERE)
    text, head = STYLE.text["body"], STYLE.text["heading-2"]

    assert about(STYLE, (say("above"), heading, say("below")), WIDTH) == pytest.approx(
        2 * PITCH + head.line_pitch + max(text.after, head.before) + max(head.after, text.before)
    )


def test_what_stands_inside_counts():
    item = ListItem("•", (say("item", "list"),))

    assert about(STYLE, (List(ListKind.BULLETS, (item,) * 3, 0, 1, WHERE),), WIDTH) > 2 * PITCH
