"""Words that were drawn in another order than they are read are put in the reader's order; what is in order is left alone."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence

import pytest

from briefpack.audit.read_back import read_back
from briefpack.audit.read_pdf_places import Letter, Piece, is_in_disorder, said_in_order, turned
from briefpack.audit.seen import Seat
from tests.audit.pdf_maker import Maker, escaped

_SENTENCE = (
    *(
        "The",
        "chamber",
        "quietly",
        "hopes",
        "to",
        "host",
        "the",
        "disputed",
        "review",
        "of",
        "grain",
        "near",
        "Batumi",
    ),
    *(
        "and",
        "has",
        "told",
        "nobody",
        "but",
        "the",
        "ombudsman",
        "of",
        "the",
        "port",
        "and",
        "the",
        "rector",
        "of",
    ),
    *("the", "academy", "of", "Narva"),
)
_OTHER = (
    *(
        "Our",
        "embassy",
        "reopens",
        "an",
        "annual",
        "contract",
        "on",
        "water",
        "so",
        "that",
        "a",
        "smaller",
        "group",
    ),
    *(
        "of",
        "states",
        "may",
        "accept",
        "what",
        "the",
        "coast",
        "guard",
        "of",
        "Valletta",
        "has",
        "asked",
        "for",
    ),
)
_SIZE = 10.0
Word = tuple[float, float, str]
"""Where a word stands, and it."""


def _set(words: Sequence[str], *, left: float = 60, most: int = 7, top: float = 700) -> list[Word]:
    """Words in lines, as wide as Courier sets them."""
    made = []
    for row in range(0, len(words), most):
        x = left
        for word in words[row : row + most]:
            made.append((x, top - row / most * 14, word))
            x += 6 * (len(word) + 1)
    return made


def _letters(words: Iterable[Word], angle: int = 0) -> list[Letter]:
    """Between two words pdfium counts a blank."""
    letters = [(x + 6 * at, y, char) for x, y, word in words for at, char in enumerate(f"{word} ")]
    return [
        Letter(number, char, x, y, x + 6, _SIZE, angle)
        for number, (x, y, char) in enumerate(letters)
        if char != " "
    ]


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _piece(x: float, y: float, end: float, size: float = _SIZE, angle: int = 0) -> Piece:
    return Piece(x, y, end, size, angle)


# --------------------------------------------------------------------------- when


IN_ORDER: dict[str, list[Piece]] = {
    "nothing": [],
    "lines": [_piece(60, 700 - 14 * row, 500) for row in range(40)],
    "header and footer last": [
        *(_piece(60, 700 - 14 * row, 500) for row in range(40)),
        _piece(60, 800, 500),
        _piece(60, 40, 300),
        _piece(250, 20, 350),
    ],
    "two columns": [_piece(left, 700 - 14 * row, left + 210) for left in (60, 290) for row in range(40)],
    "a table, cell by cell": [
        _piece(left, 700 - 40 * row - 12 * line, left + 80)
        for row in range(10)
        for left in (60, 160, 260)
        for line in range(3)
    ],
    "cells from right to left": [
        _piece(left, 700 - 12 * row, left + 80) for row in range(20) for left in (260, 160, 60)
    ],
    "halves of lines": [_piece(left, 700 - 14 * row, left + 100) for left in (60, 166) for row in range(6)],
    "the last line first": [_piece(60, 100 + 14 * row, 400) for row in range(8)],
    "a watermark": [
        _piece(100, 400, 500, 90),
        *(_piece(60, 700 - 14 * row, 500) for row in range(40)),
    ],
    "a turned stamp": [
        *(_piece(60, 700 - 14 * row, 500) for row in range(40)),
        _piece(100, 400, 500, 12, 45),
    ],
    "raised figures": [
        _piece(60, 700, 200),
        _piece(200, 704, 205, 7),
        _piece(205, 700, 400),
        *(_piece(60, 686 - 14 * row, 500) for row in range(10)),
    ],
}


@pytest.mark.parametrize("name", IN_ORDER)
def test_what_is_drawn_as_it_is_read_is_in_order(name: str) -> None:
    assert not is_in_disorder(IN_ORDER[name])


DISORDER: dict[str, list[Piece]] = {
    "words between words": [_piece(60, 700, 400), _piece(60, 686, 400), _piece(90, 700, 380)],
    "turned words between turned words": [
        _piece(60, 700, 400, angle=90),
        _piece(60, 686, 400, angle=90),
        _piece(90, 700, 380, angle=90),
    ],
    "too many pieces to be compared": [_piece(60, 700 - row / 10, 61) for row in range(4001)],
}


@pytest.mark.parametrize("name", DISORDER)
def test_what_is_not_is_in_disorder(name: str) -> None:
    assert is_in_disorder(DISORDER[name])


# --------------------------------------------------------------------------- how


@pytest.mark.parametrize("seed", range(5))
def test_lines_are_said_from_left_to_right_and_one_below_the_other(seed: int) -> None:
    words = _set(_SENTENCE)
    random.Random(seed).shuffle(words)

    across, down = said_in_order(_letters(words))

    assert tuple(across.split()) == _SENTENCE
    assert down == across
    assert across.count("\n") == (len(_SENTENCE) - 1) // 7


def test_what_has_no_letters_says_nothing() -> None:
    assert list(said_in_order([])) == []


@pytest.mark.parametrize("seed", range(5))
def test_columns_are_said_one_behind_the_other(seed: int) -> None:
    words = [*_set(_SENTENCE, most=4), *_set(_OTHER, left=320, most=4)]
    random.Random(seed).shuffle(words)

    across, down = said_in_order(_letters(words))

    assert across.startswith("The chamber quietly hopes Our embassy reopens an\n")
    assert tuple(down.split()) in (_SENTENCE + _OTHER, _OTHER + _SENTENCE)


def test_what_stands_under_a_title_over_both_columns_is_said_column_by_column() -> None:
    title: list[Word] = [
        (60, 714, "A title that is as wide as both of the columns below it taken together are")
    ]
    words = [*title, *_set(_SENTENCE, most=4), *_set(_OTHER, left=320, most=4)]

    _, down = said_in_order(_letters(reversed(words)))

    assert _squeezed(" ".join(_SENTENCE)) in _squeezed(down)
    assert _squeezed(" ".join(_OTHER)) in _squeezed(down)


def test_raised_words_and_such_of_another_size_do_not_divide_a_line() -> None:
    plain = _letters([(60, 700, "before"), (150, 700, "behind")])
    raised = [one._replace(size=7, number=one.number + 50) for one in _letters([(102, 702, "raised")])]
    large = [one._replace(size=80, number=one.number + 90) for one in _letters([(0, 699, "STAMP")])]

    across, _ = said_in_order([*large, *raised, *plain])

    assert sorted(across.split("\n")) == ["STAMP", "before raised behind"]


@pytest.mark.parametrize("angle", [0, 30, 90, 180, 270])
def test_points_are_turned_as_their_baseline_is(angle: int) -> None:
    """Which way pdfium counts them is seen on whole pages, below."""
    x, y = turned(3, 4, math.radians(angle))

    assert math.hypot(x, y) == pytest.approx(5)
    back = turned(x, y, -math.radians(angle))
    assert back == pytest.approx((3, 4))


# --------------------------------------------------------------------------- whole pages


def _page(words: Iterable[Word], matrix: str = "1 0 0 1 0 0") -> bytes:
    shown = b" ".join(
        b"BT /F1 10 Tf 1 0 0 1 %.2f %.2f Tm (%s) Tj ET" % (x, y, escaped(word)) for x, y, word in words
    )
    return b"q %s cm %s Q" % (matrix.encode(), shown)


def _said(content: bytes, *, ours: bool = False) -> str:
    maker = Maker(font=b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>")
    maker.add_page(content)
    seen = read_back(maker.build(), "pack.pdf", ours=ours)
    return "\n".join(
        one.text for one in seen.passages if one.seat is Seat.HIDDEN and "by the places" in one.place
    )


ORDERS: dict[str, Callable[[list[Word]], list[Word]]] = {
    "even ones first": lambda words: [*words[::2], *words[1::2]],
    "shuffled": lambda words: random.Random(4).sample(words, len(words)),
    "letter by letter, every third": lambda words: [
        (x + 6 * at, y, char)
        for third in range(3)
        for x, y, word in words
        for at, char in list(enumerate(word))[third::3]
    ],
}


@pytest.mark.parametrize(
    "matrix", ["1 0 0 1 0 0", "0.5 0 0 0.5 0 0", "0 1 -1 0 800 0", "-1 0 0 -1 595 842", "0 -1 1 0 -200 700"]
)
@pytest.mark.parametrize("order", ORDERS)
def test_a_page_that_is_drawn_in_disorder_is_said_in_order(order: str, matrix: str) -> None:
    said = _said(_page(ORDERS[order](_set(_SENTENCE)), matrix))

    assert _squeezed(" ".join(_SENTENCE)) in _squeezed(said)


def test_a_page_that_is_drawn_in_order_is_not_said_again() -> None:
    assert _said(_page(_set(_SENTENCE))) == ""
    assert _said(_page([*_set(_SENTENCE, most=4), *_set(_OTHER, left=320, most=4)])) == ""
