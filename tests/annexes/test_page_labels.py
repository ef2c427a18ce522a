"""Printed page numbers as ranges."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefpack.annexes.page_labels import LabelRange, label_ranges
from briefpack.numerals import roman


def shown(ranges: tuple[LabelRange, ...], pages: int) -> list[str]:
    """What a viewer makes of ranges."""
    labels = []
    for page in range(pages):
        part = [r for r in ranges if r.first <= page][-1]
        number = part.start + page - part.first
        match part.style:
            case "/D":
                text = str(number)
            case "/r":
                text = roman(number)
            case _:
                text = ""
        labels.append(part.prefix + text)
    return labels


def test_front_matter_body_and_annexes_take_one_range_each() -> None:
    labels = ["i", "ii", "iii", "1", "2", "3", ("A-", 1), ("A-", 2), "4", ("B-", 1)]
    assert label_ranges(labels) == (
        LabelRange(0, "", "/r", 1),
        LabelRange(3, "", "/D", 1),
        LabelRange(6, "A-", "/D", 1),
        LabelRange(8, "", "/D", 4),
        LabelRange(9, "B-", "/D", 1),
    )


def test_a_number_that_is_left_out_begins_a_new_range() -> None:
    assert [r.first for r in label_ranges(["1", "2", "4", "5"])] == [0, 2]


def test_a_word_is_a_prefix_without_a_number() -> None:
    assert label_ranges(["Cover", "Cover", "A"]) == (LabelRange(0, "Cover", None), LabelRange(2, "A", None))


def test_a_divider_is_called_by_its_letter_and_not_by_a_roman_numeral() -> None:
    assert label_ranges(["C", "D"]) == (LabelRange(0, "C", None), LabelRange(1, "D", None))


label = st.one_of(
    st.integers(0, 4000).map(str),
    st.integers(1, 3999).map(roman),
    st.integers(1, 3999).map(lambda n: roman(n).upper()),
    st.text(st.sampled_from("ivxlcdmIVX0123456789-A٣"), max_size=5),
)


@given(st.lists(st.one_of(label, st.tuples(st.sampled_from(("A-", "B-")), st.integers(1, 9))), min_size=1))
def test_a_viewer_shows_every_label_as_it_is_printed(labels: list[str | tuple[str, int]]) -> None:
    printed = [item if isinstance(item, str) else f"{item[0]}{item[1]}" for item in labels]
    assert shown(label_ranges(labels), len(labels)) == printed


@given(st.integers(1, 500), st.integers(1, 500))
def test_a_run_of_any_length_takes_one_range(first: int, count: int) -> None:
    run = range(first, first + count)
    assert len(label_ranges([str(n) for n in run])) == 1
    assert len(label_ranges([roman(n) for n in run])) == 1
