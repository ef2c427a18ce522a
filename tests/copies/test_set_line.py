"""Words in a role of the style: which can be set, how wide they are, and where they break."""

from dataclasses import replace

import pytest

from briefpack.copies.set_line import LineSetter
from tests.pdf import looks


@pytest.fixture(scope="module")
def setter():
    return LineSetter(looks.style())


@pytest.mark.parametrize(
    "words", ["Elena Marković", "Ђорђе", "Ελένη", "Nguyễn Thị Ánh", "Zoe\u0308", "a‑b c"]
)
def test_what_the_fonts_have_can_be_set(setter, words):
    assert setter.can_set(words, "footer")
    assert setter.line(words, "footer").width > 0


@pytest.mark.parametrize("words", ["محمود", "דוד", "王小明", "प्रिया", "\U0001f600", "a\u202eb", "\u0663"])
def test_what_they_lack_or_would_have_to_shape_cannot(setter, words):
    assert not setter.can_set(words, "footer")


def test_letters_of_a_fallback_are_printed_by_it():
    style = looks.style()
    carlito = style.fonts["Carlito"]
    narrow = replace(style, fonts={**style.fonts, "Carlito": replace(carlito, fallback=("Liberation Sans",))})
    setter = LineSetter(narrow)

    runs = setter.line("a \u05d0".replace("\u05d0", "\u2588"), "footer").runs

    assert [text for _, text in runs] == ["a ", "\u2588"]
    assert runs[0][0] is not runs[1][0]


def test_capitals_and_tracking_are_those_of_the_role(setter):
    line = setter.line("Copy", "cover-kicker")
    face = line.runs[0][0].face

    assert line.runs[0][1] == "COPY"
    assert line.width == pytest.approx(face.width("COPY") + 3 * line.tracking)


def test_composed_letters_are_set_as_one(setter):
    assert setter.line("Zoe\u0308", "footer").runs[0][1] == "Zoë"


def test_lines_break_between_words_only(setter):
    text = "Copy 3 of 12 — Elena Marković"
    whole = setter.line(text, "footer").width

    for share in (1, 0.6, 0.3, 0.01):
        lines = setter.broken(text, "footer", whole * share + 0.001)
        said = ["".join(part for _, part in line.runs) for line in lines]
        assert " ".join(said) == text
        assert all(line.width <= whole * share + 0.001 for line in lines) or share < 0.3


@pytest.mark.parametrize("count", [1, 2, 3])
def test_lines_are_about_as_long(setter, count):
    lines = setter.evenly("one two six ten one two six ten one two six ten", "footer", count)

    assert len(lines) == count
    assert max(line.width for line in lines) < 1.4 * min(line.width for line in lines)
