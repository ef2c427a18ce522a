"""SVG files as drawings: shapes, transforms, clipping and text come out where they stand."""

from __future__ import annotations

import builtins
import socket
import subprocess
from pathlib import Path

import pytest

from briefpack.drawing import Anchoring, Drawing, Shape, Words
from briefpack.figures.operators import bounds
from briefpack.figures.svg import MAX_BYTES, SvgError, parse_svg, read_svg


def _drawn(inner: str, size: str = 'width="100pt" height="80pt" viewBox="0 0 100 80"') -> Drawing:
    namespaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return parse_svg(f"<svg {namespaces} {size}>{inner}</svg>".encode())


def _shape(inner: str) -> Shape:
    (mark,) = _drawn(inner).marks
    assert isinstance(mark, Shape)
    return mark


def _words(inner: str) -> list[Words]:
    return [mark for mark in _drawn(inner).marks if isinstance(mark, Words)]


def test_a_drawing_has_the_size_that_the_file_says() -> None:
    drawing = _drawn("<rect width='1' height='1'/>")
    assert (drawing.width, drawing.height) == pytest.approx((100, 80))


def test_pixels_are_three_quarters_of_a_point() -> None:
    drawing = _drawn("<rect width='1' height='1'/>", 'viewBox="0 0 200 100"')
    assert (drawing.width, drawing.height) == pytest.approx((150, 75))


def test_a_rectangle_stands_at_its_place_seen_from_below() -> None:
    shape = _shape('<rect x="10" y="20" width="30" height="40" fill="#102030"/>')
    assert bounds(shape.path) == pytest.approx((10, 20, 40, 60))
    assert (shape.fill, shape.stroke) == ((16, 32, 48), None)


def test_transforms_add_up() -> None:
    shape = _shape('<g transform="translate(10 0)"><rect width="5" height="5" transform="scale(2)"/></g>')
    assert bounds(shape.path) == pytest.approx((10, 70, 20, 80))


def test_lines_have_their_width_colour_and_dashes_at_the_scale_around_them() -> None:
    shape = _shape(
        '<line x2="10" y2="10" stroke="red" stroke-width="2" stroke-dasharray="3 1" transform="scale(2)"/>'
    )
    assert shape.stroke == (255, 0, 0)
    assert shape.width == pytest.approx(4)
    assert shape.dash == pytest.approx((6, 2))


@pytest.mark.parametrize(
    "inner",
    [
        '<circle cx="20" cy="20" r="10"/>',
        '<ellipse cx="20" cy="20" rx="10" ry="10"/>',
        '<polygon points="10,10 30,10 30,30 10,30"/>',
        '<path d="M10 10 H30 V30 H10 Z"/>',
        '<path d="M10 20 A10 10 0 1 1 30 20 A10 10 0 1 1 10 20"/>',
        '<rect x="10" y="10" width="20" height="20" rx="4"/>',
    ],
)
def test_every_shape_has_its_bounds(inner: str) -> None:
    assert bounds(_shape(inner).path) == pytest.approx((10, 50, 30, 70), abs=4)


def test_styles_of_classes_count() -> None:
    assert _drawn('<style>.a{fill:#010203}</style><rect class="a" width="5" height="5"/>').marks[0].fill == (
        1,
        2,
        3,
    )  # type: ignore[union-attr]


def test_the_even_odd_rule_is_kept() -> None:
    assert _shape('<path fill-rule="evenodd" d="M0 0h9v9h-9z M2 2h3v3h-3z"/>').even_odd
    assert not _shape('<path d="M0 0h9v9h-9z M2 2h3v3h-3z"/>').even_odd


def test_a_shape_is_used_as_often_as_the_file_says() -> None:
    marks = _drawn(
        '<defs><rect id="a" width="5" height="5"/></defs><use xlink:href="#a"/><use href="#a" x="20"/>'
    ).marks
    assert [bounds(mark.path)[0] for mark in marks if isinstance(mark, Shape)] == pytest.approx([0, 20])


def test_a_clipping_path_clips_what_it_is_for() -> None:
    marks = _drawn(
        '<clipPath id="c"><rect x="10" y="10" width="5" height="5"/></clipPath>'
        '<g clip-path="url(#c)"><circle cx="12" cy="12" r="9"/></g><rect width="5" height="5"/>'
    ).marks
    clipped, free = (mark for mark in marks if isinstance(mark, Shape))
    assert bounds(clipped.clips[0]) == pytest.approx((10, 65, 15, 70))
    assert free.clips == ()


def test_what_leaves_the_drawing_is_clipped_at_its_edge() -> None:
    shape = _shape('<rect x="90" width="50" height="10"/>')
    assert bounds(shape.clips[0]) == pytest.approx((0, 0, 100, 80))


def test_words_stand_at_their_place_with_their_size_weight_and_turn() -> None:
    (words,) = _words('<text x="10" y="30" font-size="8" font-weight="700" font-style="italic">A  b</text>')
    assert (words.text, words.x, words.y, words.size) == ("A b", *map(pytest.approx, (10, 50, 8)))
    assert (words.bold, words.italic, words.anchoring, words.angle) == (True, True, Anchoring.START, 0)
    (turned,) = _words('<text transform="translate(50 40) rotate(-90)" text-anchor="end">Up</text>')
    assert (turned.anchoring, turned.angle) == (Anchoring.END, pytest.approx(90))


def test_parts_of_a_line_in_the_middle_stand_beside_each_other() -> None:
    one, other = _words(
        '<text x="50" y="30" font-size="10" text-anchor="middle">Half <tspan fill="red">half</tspan></text>'
    )
    assert (one.anchoring, other.anchoring) == (Anchoring.START, Anchoring.START)
    assert one.x < 50 - 15 < 50 - 3 < other.x < 50 + 5
    assert one.y == other.y


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ("<g/>", "nothing to be seen"),
        ('<rect width="5" height="5" fill="none"/>', "nothing to be seen"),
        ('<rect width="5" height="5" fill="rgba(0,0,0,0.5)"/>', "see-through"),
        ('<text transform="scale(-1 1)">x</text>', "mirrored"),
        ('<path d="M0 0 L1e300 5" stroke="red"/>', "no sense"),
        ('<rect width="x" height="5"/>', "no sense"),
        ('<g id="a"><use href="#a"/></g>', "nothing to be seen"),
    ],
)
def test_what_only_shows_while_drawing_is_refused(inner: str, words: str) -> None:
    with pytest.raises(SvgError) as caught:
        _drawn(inner)
    assert words in caught.value.faults[0].fact
    assert caught.value.faults[0].remedy


def test_a_shape_multiplied_without_end_is_refused() -> None:
    levels = "".join(f'<g id="x{n + 1}">{f"""<use href="#x{n}"/>""" * 10}</g>' for n in range(1, 7))
    with pytest.raises(SvgError, match="adds up to more"):
        _drawn(f'<g id="x1">{"""<rect width="1" height="1"/>""" * 10}</g>{levels}')


@pytest.mark.parametrize("size", ['width="0" height="0"', 'width="90000" height="5"', 'viewBox="0 0 0 0"'])
def test_a_drawing_of_no_size_or_too_large_is_refused(size: str) -> None:
    with pytest.raises(SvgError):
        _drawn('<rect width="1" height="1"/>', size)


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_bytes(b" " * (MAX_BYTES + 1))
    with pytest.raises(SvgError, match="the limit is"):
        read_svg(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SvgError, match="cannot be read"):
        read_svg(tmp_path / "a.svg")


def test_nothing_but_the_file_is_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    _drawn("<text>warm</text>")  # libraries are loaded

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("something outside was touched")

    for owner, name in ((builtins, "open"), (socket, "socket"), (subprocess, "Popen")):
        monkeypatch.setattr(owner, name, refuse)
    assert _words('<text font-family="Comic Sans MS, fantasy">Words</text>')
