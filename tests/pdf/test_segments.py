"""Words in one ink, behind a mark and in several inks are divided alike."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.document import Text
from briefpack.pdf.breaking import first_fit, total_fit
from briefpack.pdf.runs import _segment, segments
from briefpack.pdf.segments import LedSegment, MixedSegment
from tests.pdf.paper import typesetter


def test_a_word_in_two_inks_is_not_broken_between_them() -> None:
    flow = typesetter().flow((Text("govern"), Text("ment", strong=True), Text(", of course")), "body")
    flow.fit(62)
    assert [(placed.line.last, placed.line.cut) for placed in flow._lines] == [(1, 0), (3, 0)]


@settings(deadline=None)
@given(
    st.sampled_from(["(R)\u00a0", "(S//REL)\u00a0"]),
    st.lists(
        st.sampled_from(
            [
                "a",
                "of",
                "regional",
                "cooperation",
                "co-operation",
                "Overindustrialisation",
                "www.example.org/a/b",
            ]
        ),
        min_size=1,
        max_size=30,
    ),
    st.floats(4, 400),
    st.booleans(),
    st.booleans(),
)
def test_a_mark_and_its_words_are_broken_as_any_text_in_two_inks(
    mark: str, words: list[str], width: float, hyphenate: bool, justify: bool
) -> None:
    setter = typesetter()
    quiet, ink = setter.ink("body", Text("", secondary=True)), setter.ink("body", Text(""))
    runs = [(mark, quiet), (" ".join(words), ink)]
    (led,) = segments(runs, ink, setter.faces)
    mixed = _segment(runs, ink, setter.faces)
    assert isinstance(led, LedSegment)
    assert isinstance(mixed, MixedSegment)

    def broken(segment: LedSegment | MixedSegment) -> list[tuple[object, ...]]:
        boxes = segment.boxes(hyphenate=hyphenate)
        lines = total_fit(boxes, width, segment.space) if justify else first_fit(boxes, width)
        return [
            (*line[:5], round(line.width, 6), [(id(i), w) for i, w in segment.runs(line)]) for line in lines
        ]

    # Only between a mark and its word a text in two inks may be broken, where nothing else helps; a mark stays with its word.
    if width > setter.line(mark + max(words, key=len), "body").width:
        assert broken(led) == broken(mixed)
    assert "".join("".join(each) for *_, runs in broken(led) for _, each in runs) == mark + "".join(words)
