"""How the words of a copy are set where there is little room, or much to say."""

import pytest

from briefpack.copies.forms import Form
from briefpack.copies.set_line import LineSetter
from briefpack.distribution import Place
from tests.pdf import looks

SHORT = "Copy 3 of 12 — Elena Marković"
LONG = "Copy 3 of 12 — Directorate-General for Neighbourhood and Enlargement Negotiations, Unit for the Western Balkans"
BARE = "3/12 · TR4C-003"


@pytest.fixture(scope="module")
def setter():
    return LineSetter(looks.style())


def words(drawn) -> list[str]:
    return ["".join(text for _, text in each.line.runs) for each in drawn]


def test_a_line_at_the_foot_is_in_the_middle_of_its_room(setter):
    form = Form(Place.FOOTER, "footer", 7.5, 320)

    (drawn,) = form.drawn(setter, SHORT, BARE)

    assert drawn.size == 7.5
    assert drawn.x == pytest.approx(-drawn.line.width * 7.5 / 2)


@pytest.mark.parametrize(
    ("room", "text", "said"), [(320, LONG, LONG), (110, LONG, BARE), (110, SHORT, SHORT), (20, SHORT, BARE)]
)
def test_it_shrinks_a_little_before_the_number_stands_alone(setter, room, text, said):
    form = Form(Place.FOOTER, "footer", 7.5, room)

    (drawn,) = form.drawn(setter, text, BARE)

    assert words([drawn]) == [said]
    assert drawn.line.width * drawn.size <= room + 0.01


def test_long_words_across_a_page_are_in_several_lines_no_higher_than_one(setter):
    form = Form(Place.WATERMARK, "watermark", 96, 945)

    (one,) = form.drawn(setter, SHORT, BARE)
    several = list(form.drawn(setter, LONG, BARE))

    assert " ".join(words(several)) == LONG
    assert len(several) == 2
    assert several[0].size > 945 / several[0].line.width / 2
    top = several[0].y + several[0].size * several[0].line.capitals
    assert top - several[-1].y <= 96 * one.line.capitals + 0.01
    assert top == pytest.approx(-several[-1].y)


@pytest.mark.parametrize("height", [37, 60, 500])
def test_the_cover_has_as_many_lines_as_there_is_room_for(setter, height):
    form = Form(Place.COVER, "cover-value", 11, 300, height, pitch=1.38, rule=(0, 0, 0))

    drawn = list(form.drawn(setter, LONG, BARE))

    assert " ".join(reversed(words(drawn))) == LONG
    assert all(each.line.width * each.size <= 300.01 for each in drawn)
    assert drawn[0].y == 0
    assert max(each.y for each in drawn) + drawn[0].size <= height


def test_a_word_that_is_too_long_for_a_line_is_made_smaller(setter):
    form = Form(Place.COVER, "cover-value", 11, 100, 60, pitch=1.38)

    drawn = list(form.drawn(setter, "Donaudampfschifffahrtsgesellschaftskapitän", BARE))

    assert len(drawn) == 1
    assert drawn[0].line.width * drawn[0].size <= 100


def test_letters_on_something_dark_have_white_around_them(setter):
    plain, covered = (Form(Place.FOOTER, "footer", 7.5, 320, covered=each) for each in (False, True))
    drawn = list(plain.drawn(setter, SHORT, BARE))
    fonts = {source: (b"/F", dict.fromkeys(text, 1)) for each in drawn for source, text in each.line.runs}

    assert b"1 1 1 RG" in covered.operators(drawn, fonts)
    assert b"1 1 1 RG" not in plain.operators(drawn, fonts)
