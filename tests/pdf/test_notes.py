from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from briefpack.document import Document, Position, Text
from briefpack.pdf.boxes import Box
from briefpack.pdf.flow import Stack
from briefpack.pdf.layout import lay_out
from briefpack.pdf.notes import Foot, Note
from briefpack.pdf.paragraph import TextFlow
from briefpack.style import SectionStart
from tests.benchmarks.bench_notes import boxed, long_note, notes, rows
from tests.pdf.looks import style
from tests.pdf.noted import Plan, Writer, assert_begun, assert_sound, document, laid, note, section
from tests.pdf.paper import typesetter

WIDTH = 400.0
LOOK = style().notes


def _note(*lines: int) -> Note:
    """A fitted note with paragraphs of so many lines."""
    setter = typesetter()
    flows = [setter.flow((Text(" ".join(["w" * 50] * count)),), "note") for count in lines]
    made = Note(flows, LOOK)
    made.fit(WIDTH)
    assert [flow.lines for flow in flows] == list(lines)
    return made


def _text(lines: int, *marked: int) -> TextFlow:
    """A fitted paragraph of so many lines, with marks at the ends of some of them (from 1)."""
    spans: list[object] = []
    for number in range(1, lines + 1):
        spans.append(Text(" " + "w" * 46))
        if number in marked:
            spans.append(note(number, "small"))
    flow = typesetter().flow(tuple(spans), "body")  # type: ignore[arg-type]  # they are spans
    flow.fit(WIDTH)
    assert flow.lines == lines
    return flow


# --------------------------------------------------------------------------- how much there must be


@pytest.mark.parametrize(
    ("lines", "least"),
    [
        ((1,), 1),
        ((2,), 2),
        ((3,), 3),
        ((4,), 2),
        ((9,), 2),
        ((1, 1), 2),
        ((1, 1, 5), 2),
        ((1, 3), 4),
        ((1, 6), 3),
    ],
)
def test_two_lines_of_a_note_stand_on_the_page_of_its_mark_and_what_stays_with_them(
    lines: tuple[int, ...], least: int
) -> None:
    made = _note(*lines)
    flow = made.content.flows[0]
    assert isinstance(flow, TextFlow)
    gaps = sum(
        max(a.after, b.before) for a, b in zip(made.content.flows, made.content.flows[1:], strict=False)
    )
    assert made.least == pytest.approx(least * flow.pitch, abs=gaps + 0.01)
    if made.least < made.height - 0.1:
        parts = made.content.split(made.least)
        assert parts is not None
        assert parts[0].height == pytest.approx(made.least)
        assert made.content.split(made.least - 1) is None


@pytest.mark.parametrize(
    ("lines", "mark", "reach"),
    [
        (1, 1, 1),
        (2, 1, 2),
        (3, 1, 3),
        (4, 1, 2),
        (4, 2, 2),
        (4, 3, 4),
        (9, 1, 2),
        (9, 5, 5),
        (9, 8, 9),
        (9, 9, 9),
    ],
)
def test_a_mark_reaches_down_to_where_its_paragraph_may_end(lines: int, mark: int, reach: int) -> None:
    flow = _text(lines, mark)
    ((_, down),) = flow.notes()
    assert down == pytest.approx(reach * flow.pitch)
    if reach < lines:
        parts = flow.split(down)
        assert parts is not None
        assert len(parts[0].notes()) == 1
        assert not parts[1].notes()
        earlier = flow.split(down - 1)
        assert earlier is None or not earlier[0].notes()


def test_parts_have_the_notes_of_their_lines() -> None:
    flow = _text(12, 1, 6, 7, 12)
    every = [note for note, _ in flow.notes()]
    parts = flow.split(6 * flow.pitch)
    assert parts is not None
    assert [[every.index(note) for note, _ in part.notes()] for part in parts] == [[0, 1], [2, 3]]


def test_a_stack_tells_of_the_notes_down_to_where_it_is_asked() -> None:
    stack = Stack([_text(4, 1), _text(4, 4), _text(4, 1)])
    stack.fit(WIDTH)
    first, second, third = (reach for _, reach in stack.notes())
    assert first < second < third
    assert [reach for _, reach in stack.notes(second)] == [first, second]
    assert [reach for _, reach in stack.notes(first)] == [first]


def test_a_box_is_padded_where_it_is_divided() -> None:
    box = Box(Stack([_text(9, 4)]), style().callout, rise=0)
    box.fit(WIDTH)
    ((_, reach),) = box.notes()
    parts = box.split(reach)
    assert parts is not None
    assert parts[0].height == pytest.approx(reach)
    assert len(parts[0].notes()) == 1


# --------------------------------------------------------------------------- the foot


def _foot() -> Foot:
    return Foot(LOOK, WIDTH)


def test_a_foot_without_notes_takes_no_room() -> None:
    foot = _foot()
    assert foot.height == foot.whole([]) == foot.least([]) == 0
    assert foot.area(0) == 0


def test_a_foot_is_as_high_as_its_notes_their_spaces_and_the_rule() -> None:
    foot, notes = _foot(), [_note(2), _note(5)]
    assert not foot.add([each.content for each in notes], 1000)
    inside = notes[0].height + LOOK.space + notes[1].height
    assert foot.height == pytest.approx(2 * LOOK.gap + LOOK.rule + inside)
    assert _foot().whole(notes) == pytest.approx(inside)
    assert _foot().least(notes) == pytest.approx(inside - notes[1].height + notes[1].least)


def test_a_note_that_does_not_fit_begins_and_the_rest_waits_with_those_behind_it() -> None:
    foot, notes = _foot(), [_note(2), _note(9), _note(1)]
    room = foot.area(foot.least(notes[:2])) + 20
    rest = foot.add([each.content for each in notes], room)
    assert foot.height <= room + 0.01
    assert len(rest) == 2
    assert rest[0].height < notes[1].height
    assert rest[1] is notes[2].content


def test_a_note_that_cannot_begin_waits() -> None:
    foot, one = _foot(), _note(9)
    assert foot.add([one.content], foot.area(one.least) - 1) == [one.content]
    assert foot.height == 0


def test_a_note_that_no_page_holds_is_printed_all_the_same() -> None:
    foot, one = _foot(), _note(3)
    assert not foot.add([one.content], 20, always=True)
    assert foot.height > 20


# --------------------------------------------------------------------------- on pages


def test_a_page_goes_on_with_what_is_left_before_its_own_notes() -> None:
    writer = Writer()
    plans = [Plan("paragraph", 60, (1200,)), *[Plan("paragraph", 60, (10,))] * 4]
    pages, texts = laid(section(writer, plans), look=style())
    assert_sound(pages, texts, writer, style())
    assert_begun(texts, writer)
    second = next(text for text in texts if "stop1x" in text)
    assert second.index("stop1x") < second.index("note2x")


def test_lines_behind_a_mark_go_over_when_its_note_would_not_stay_whole() -> None:
    writer = Writer()
    blocks = [Plan("paragraph", 330), Plan("paragraph", 100, (170,)), Plan("paragraph", 90)]
    pages, texts = laid(section(writer, blocks), look=style())
    assert_sound(pages, texts, writer, style())
    assert_begun(texts, writer)


def test_the_rest_of_a_note_stays_in_its_section() -> None:
    writer = Writer()
    first = section(writer, [Plan("paragraph", 60, (1500,))])
    second = section(writer, [Plan("paragraph", 60, (9,))], 2)
    pages, texts = laid(first, second, look=style())
    assert_sound(pages, texts, writer, style())
    (begun,) = (page for page in pages.pages if page.first and page.section == "Section 2")
    assert begun.placed
    assert pages.pages[pages.pages.index(begun) - 1].foot is not None


def test_in_sections_that_go_on_notes_belong_to_the_page() -> None:
    look = style()
    look = replace(look, page=replace(look.page, section_start=SectionStart.CONTINUOUS))
    writer = Writer()
    made = [section(writer, [Plan("paragraph", 30, (12,))], number) for number in range(1, 8)]
    pages, texts = laid(*made, look=look)
    assert_sound(pages, texts, writer, look)
    assert_begun(texts, writer)
    assert len([page for page in pages.pages if page.foot is not None]) < 4


def test_a_note_is_a_place_that_can_be_referred_to() -> None:
    writer = Writer()
    made = document(section(writer, [Plan("paragraph", 60, (900,)), Plan("paragraph", 9, (9,))]))
    pages = lay_out(made, style())
    for number in (1, 2):
        index, _, top = pages.destinations[f"note_{number}"]
        assert pages.page_numbers.label_of[f"note_{number}"] == pages.pages[index].label
        foot = pages.pages[index].foot
        assert foot is not None
        assert style().page.bottom < top < foot.top


def test_notes_of_kept_paragraphs_and_headings_stay_with_what_follows() -> None:
    for size in range(300, 460, 7):
        writer = Writer()
        plans = [
            Plan("paragraph", size),
            Plan("heading", 3, (40,)),
            Plan("kept", 20, (30,)),
            Plan("paragraph", 50, (9,)),
        ]
        pages, texts = laid(section(writer, plans), look=style())
        assert_sound(pages, texts, writer, style())
        assert_begun(texts, writer)
        for page in pages.pages:
            assert not page.placed or not page.placed[-1].flow.keep_with_next


# --------------------------------------------------------------------------- how long it takes


def _calls(work: Callable[[], object]) -> int:
    """How many functions are called, generators each time they go on."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("make", [notes, long_note, rows, boxed])
def test_twice_as_much_takes_twice_as_long(make: Callable[[int], Document]) -> None:
    look = style()
    lay_out(make(50), look)
    size = 15_000 if make is long_note else 1000
    small, large = make(size), make(2 * size)
    assert _calls(lambda: lay_out(large, look)) < 2.25 * _calls(lambda: lay_out(small, look))


def test_a_position_is_part_of_a_look() -> None:
    setter = typesetter()
    looks = [
        Text("x"),
        Text("x", position=Position.SUPER),
        Text("x", position=Position.SUB),
        Text("x", small_caps=True),
    ]
    assert len({id(setter.ink("body", look)) for look in looks}) == 4
    assert setter.ink("body", looks[1]) is setter.ink("body", Text("y", position=Position.SUPER))
