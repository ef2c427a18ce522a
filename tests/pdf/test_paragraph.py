from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.document import Align, LineBreak, Link, Spans, Text, plain_text
from briefpack.pdf.paragraph import BASELINE, MINIMUM_LINES, TextFlow
from briefpack.pdf.text import Label
from tests.conftest import need_tool
from tests.pdf.paper import boxes_of_characters, draw, justified, read, typesetter

PROSE = (
    "The meeting prepares the Summit in The Hague at the end of June: defence spending, revamping defence industrial "
    "production, and continued support to Ukraine. The Secretary General underlined the responsibility of Allies "
    "notwithstanding the internationalisation of institutions in South-East Europe, at 12:30–14:30 in room 7."
)
COUNTING = 0.4
"""Points by which a line may be short in pdfium, which cuts advance widths to whole thousandths of the size."""
WORDS = st.lists(
    st.text(alphabet="abcdeimnorstu", min_size=1, max_size=18) | st.sampled_from(["(a)", "é—", "x/y", "“q”"]),
    min_size=1,
    max_size=50,
)


@given(words=WORDS, width=st.integers(160, 460), align=st.sampled_from(list(Align)), hyphenate=st.booleans())
@settings(max_examples=40, deadline=None)
def test_extracted_words_are_the_words_as_written(
    words: list[str], width: int, align: Align, hyphenate: bool
) -> None:
    text = " ".join(words)
    flow = typesetter(align=align, hyphenate=hyphenate).flow((Text(text),), "body")
    assert read(draw(flow, width).finish()) == text


def test_words_of_neighbouring_lines_stay_apart_in_every_reader(tmp_path: Path) -> None:
    need_tool("pdftotext")
    path = tmp_path / "page.pdf"
    text = PROSE.replace("South-East", "Southern")
    path.write_bytes(draw(justified().flow((Text(text),), "body"), 150).finish())
    for option in ("-raw", "-layout"):
        out = subprocess.run(
            ["pdftotext", option, str(path), "-"], capture_output=True, text=True, check=True
        ).stdout
        assert " ".join(out.replace("\u00ad\n", "").split()).replace("\u00ad ", "") == text


@given(
    words=WORDS, width=st.integers(60, 400), align=st.sampled_from([Align.LEFT, Align.JUSTIFY, Align.RIGHT])
)
@settings(max_examples=25, deadline=None)
def test_nothing_is_drawn_outside_the_measure(words: list[str], width: int, align: Align) -> None:
    flow = typesetter(align=align, hyphenate=True).flow((Text(" ".join(words)),), "body")
    for char, left, _, right, _ in boxes_of_characters(draw(flow, width).finish()):
        if char.strip():
            assert left >= 60 - 0.1
            assert right <= 60 + width + 0.1


def right_edges(flow: TextFlow, width: float) -> list[float]:
    """Where the last visible character of each line ends."""
    edges: dict[float, float] = {}
    for char, _, bottom, right, _ in boxes_of_characters(draw(flow, width).finish()):
        if char.strip():
            edges[round(bottom)] = max(edges.get(round(bottom), 0.0), right)
    return [edges[key] for key in sorted(edges, reverse=True)]


def test_all_lines_of_justified_text_but_the_last_fill_the_measure() -> None:
    edges = right_edges(justified().flow((Text(PROSE),), "body"), 240)
    assert len(edges) > 5
    assert edges[:-1] == pytest.approx([300.0] * (len(edges) - 1), abs=COUNTING)
    assert edges[-1] < 290


def test_the_last_line_before_a_forced_break_is_not_stretched() -> None:
    flow = justified().flow((Text("Two words"), LineBreak(), Text("and three more")), "body")
    assert all(edge < 150 for edge in right_edges(flow, 300))


def test_no_break_spaces_are_stretched_with_the_others_and_never_break() -> None:
    text = PROSE.replace("The Hague", "The\u00a0Hague").replace("room 7", "room\u202f7")
    edges = right_edges(justified().flow((Text(text),), "body"), 240)
    assert edges[:-1] == pytest.approx([300.0] * (len(edges) - 1), abs=COUNTING)
    for width in range(100, 200, 7):
        flow = typesetter().flow((Text(text),), "body")
        lines = pypdfium2.PdfDocument(draw(flow, width).finish())[0].get_textpage().get_text_range()
        assert "The Hague" in lines.replace("\r\n", "|")


def test_words_in_several_inks_fill_the_measure_too() -> None:
    spans: Spans = (
        Text("The "),
        Text("meeting prepares", strong=True),
        Text(" the "),
        Link("https://example.org/", (Text("Summit of "), Text("Allies", emphasis=True))),
        Text(" in The\u00a0Hague, "),
        Text(PROSE, secondary=True),
    )
    flow = justified().flow(spans, "body")
    edges = right_edges(flow, 240)
    assert edges[:-1] == pytest.approx([300.0] * (len(edges) - 1), abs=COUNTING)
    assert read(draw(flow, 240).finish()).replace("\u00a0", " ") == plain_text(spans).replace("\u00a0", " ")


def test_a_soft_hyphen_is_printed_only_where_a_line_ends_at_it() -> None:
    text = Text("inter\u00adnational\u00adisation")
    wide = typesetter().flow((text,), "body")
    assert wide.fit(300) == pytest.approx(wide.pitch)
    assert "-" not in read(draw(wide, 300).finish())
    narrow = typesetter().flow((text,), "body")
    narrow.fit(75)
    assert narrow.lines == 2
    assert right_edges(narrow, 75)[0] <= 135


def test_a_long_address_is_broken_rather_than_overflowing() -> None:
    address = "https://www.example.org/" + "officialtexts" * 9 + "?selectedLocale=en"
    edges = right_edges(typesetter().flow((Text(f"See {address} today."),), "body"), 120)
    assert max(edges) <= 180.1
    assert read(draw(typesetter().flow((Text(address),), "body"), 120).finish()).replace(" ", "") == address


def test_a_word_wider_than_the_line_is_divided_as_its_language_does_even_if_words_are_not() -> None:
    flow = typesetter(hyphenate=False).flow((Text("Southern Neighbourhood"),), "body")
    assert flow.fit(60) == pytest.approx(3 * flow.pitch)
    assert read(draw(flow, 60).finish()) == "Southern Neighbourhood"
    assert [placed.line.hyphen for placed in flow._lines] == [False, True, False]


def test_at_its_least_width_no_word_is_divided_and_below_one_is() -> None:
    flow = typesetter(hyphenate=False).flow((Text(PROSE),), "body", left=12, label=Label("—", 17))
    flow.fit(flow.least_width + 0.01)
    assert all(placed.line.cut == 0 for placed in flow._lines)
    flow.fit(flow.least_width - 0.1)
    assert any(placed.line.cut for placed in flow._lines)


def test_a_flow_is_as_high_as_its_lines() -> None:
    flow = typesetter().flow((Text(PROSE),), "body")
    assert flow.fit(200) == pytest.approx(flow.lines * flow.pitch)
    assert typesetter().flow((), "body").fit(200) == pytest.approx(flow.pitch)


def test_baselines_lie_at_the_same_share_of_every_line() -> None:
    flow = typesetter().flow((Text(PROSE),), "body")
    matches = re.findall(r"1 0 0 1 \S+ (\S+) Tm", draw(flow, 200, top=700).written[0])
    assert [float(y) for y in matches] == pytest.approx(
        [700 - (n + BASELINE) * flow.pitch for n in range(flow.lines)], abs=1e-3
    )


def test_what_is_typed_stays_together_by_four_lines_and_loses_white_at_the_edge_of_a_page() -> None:
    words = ("a", "b", "c", "d", "", "e", "f", "g", "h")
    spans = [span for word in words for span in (Text(word), LineBreak())][:-1]
    flow = typesetter().flow(tuple(spans), "verbatim")
    flow.fit(200)
    assert flow.lines == 9
    assert flow.split(3 * flow.pitch) is None
    parts = flow.split(5 * flow.pitch)
    assert parts is not None
    assert [part.lines for part in parts] == [4, 4]


@pytest.mark.parametrize("room", [0.0, 1.9, 2.0, 3.5, 6.0, 50.0])
@pytest.mark.parametrize("width", [500, 260, 200, 150, 90])
def test_split_leaves_two_lines_at_least_on_either_side(width: float, room: float) -> None:
    flow = typesetter().flow((Text(PROSE),), "body", anchor="here", before=3, after=7)
    flow.fit(width)
    parts = flow.split(room * flow.pitch)
    if parts is None:
        assert room < MINIMUM_LINES or flow.lines < 2 * MINIMUM_LINES
        return
    first, second = parts
    assert first.lines >= MINIMUM_LINES
    assert second.lines >= MINIMUM_LINES
    assert first.lines + second.lines == flow.lines
    assert first.height <= room * flow.pitch + 0.01
    assert (first.before, first.after, second.before, second.after) == (3, 0, 0, 7)
    assert first.anchors() == [("here", 0.0)]
    assert second.anchors() == []
    words = [read(draw(part, width).finish()).replace("SouthEast", "South-East") for part in parts]
    assert " ".join(words) == PROSE


def test_three_lines_are_not_split() -> None:
    flow = typesetter().flow((Text("one two"), LineBreak(), Text("three"), LineBreak(), Text("four")), "body")
    flow.fit(300)
    assert flow.lines == 3
    assert flow.split(2 * flow.pitch) is None


def test_parts_keep_their_lines_when_they_are_fitted_again() -> None:
    flow = justified().flow((Text(PROSE),), "body")
    flow.fit(150)
    parts = flow.split(4 * flow.pitch)
    assert parts is not None
    assert [part.fit(150) for part in parts] == [part.lines * flow.pitch for part in parts]


def lefts(flow: TextFlow, width: float) -> list[float]:
    return [float(x) for x in re.findall(r"1 0 0 1 (\S+) \S+ Tm", draw(flow, width).written[0])]


def test_a_label_hangs_before_the_first_line_and_the_words_align_behind_it() -> None:
    flow = typesetter().flow((Text(PROSE),), "body", label=Label("1.", 20))
    assert lefts(flow, 200)[:4] == [60, 80, 80, 80]
    flow.fit(200)
    _, second = flow.split(3 * flow.pitch) or (flow, flow)
    assert set(lefts(second, 200)) == {80}


def test_a_label_wider_than_its_column_pushes_the_first_line_in() -> None:
    setter = typesetter()
    flow = setter.flow((Text(PROSE),), "body", label=Label("(xxviii)", 20))
    label = setter.line("(xxviii) ", "body").width
    assert lefts(flow, 200)[:3] == pytest.approx([60, 60 + label, 80], abs=1e-3)


def test_indents_and_alignment_place_the_lines() -> None:
    setter = typesetter()
    words = (Text("some words"),)
    width = setter.line("some words", "body").width
    assert lefts(setter.flow(words, "body", left=10, first=5), 200) == pytest.approx([75])
    assert lefts(setter.flow(words, "body", align=Align.RIGHT, right=10), 200) == pytest.approx(
        [250 - width], abs=1e-3
    )
    assert lefts(setter.flow(words, "body", align=Align.CENTRE), 200) == pytest.approx(
        [160 - width / 2], abs=1e-3
    )


def test_the_end_of_a_flow_is_where_its_last_line_ends() -> None:
    setter = typesetter()
    flow = setter.flow((Text("one two"),), "body", left=10)
    flow.fit(300)
    x, below = flow.end
    assert x == pytest.approx(10 + setter.line("one two", "body").width)
    assert below == pytest.approx(BASELINE * flow.pitch)
