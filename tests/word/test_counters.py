from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.document import Heading, Section
from briefpack.word.counters import automatic_headings, from_label, from_pattern, roman
from tests.samples import WHERE, sample_document, words
from tests.word.opened import faults, style_of, text_of, written


@pytest.mark.parametrize(
    ("pattern", "number", "label"),
    [
        ("1.", 12, "12."),
        ("(a)", 3, "(c)"),
        ("(i)", 4, "(iv)"),
        ("A", 27, "AA"),
        ("I)", 9, "IX)"),
        ("1/a", 2, "2/a"),
    ],
)
def test_a_pattern_prints_as_word_does(pattern, number, label):
    assert from_pattern(pattern).label(number) == label


@given(st.integers(1, 200), st.sampled_from(["1.", "(a)", "(i)", "A)", "I."]))
def test_a_label_leads_back_to_its_format(number, pattern):
    label = from_pattern(pattern).label(number)

    found = from_label(label, number)

    assert found is not None
    assert found.label(number) == label


def test_a_label_word_cannot_print_has_no_format():
    assert from_label("ab.", 28) is None
    assert from_label("no. seven", 7) is None


@given(st.integers(1, 3999))
def test_roman_numerals_grow_by_their_value(number):
    worth = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    digits = [worth[c] for c in roman(number)]
    assert sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True)) == number


def _document(*sections):
    return replace(sample_document(annexes=()), sections=sections, contents=())


def _section(number, *headings):
    blocks = tuple(
        Heading(level, label, words("Heading"), f"h_{number}_{n}", WHERE)
        for n, (level, label) in enumerate(headings)
    )
    return Section(number, "Section", f"sec_{number}", (), blocks, WHERE)


def test_word_numbers_headings_itself_where_it_counts_the_same():
    document = _document(_section("1", (2, "1.1"), (2, "1.2")), _section("2", (2, "2.1")))

    assert automatic_headings(document, style_of()) == {"sec_1", "h_1_0", "h_1_1", "sec_2", "h_2_0"}


def test_another_number_is_set_as_text_and_word_numbers_nothing_there():
    document = _document(_section("1", (2, "1.1"), (2, "1.5")), _section("7"))
    opened = written(document)

    assert automatic_headings(document, style_of()) == {"sec_1", "h_1_0"}
    assert [text_of(p) for p in opened.paragraphs("Heading2")] == ["Heading", "1.5\tHeading"]
    assert [text_of(p) for p in opened.paragraphs("Heading1")] == ["Section", "7\tSection"]
    silent = opened.find(".//w:numId/@w:val", opened.paragraphs("Heading2")[1])
    assert silent == ["2"]
    assert faults(opened) == []


def test_a_style_without_numbers_numbers_nothing():
    style = style_of()
    style = replace(style, numbering=replace(style.numbering, sections=False))
    opened = written(_document(_section(None, (2, None))), style)

    assert opened.find("//w:style//w:numPr", opened.root("word/styles.xml")) == []
    assert opened.texts("Heading2") == ["Heading"]
