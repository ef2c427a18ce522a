from __future__ import annotations

from briefpack.document import Align, CrossReference, Link, Text, plain_text
from briefpack.pdf.text import Typesetter
from tests.pdf.paper import Paper, boxes_of_characters, draw, read, typesetter

LINK = Link(
    "https://example.org/", (Text("the joint "), Text("communiqué", emphasis=True), Text(" by Allies"))
)
REFERENCE = CrossReference("sec_3", (Text("section 3"),))


def linked(width: float, setter: Typesetter | None = None) -> Paper:
    spans = (Text("See "), LINK, Text(" and "), REFERENCE, Text("."))
    return draw((setter or typesetter()).flow(spans, "body"), width)


def test_a_link_has_one_rect_on_each_of_its_lines() -> None:
    assert [target for target, _ in linked(400).links] == [LINK, REFERENCE]
    broken = [target for target, _ in linked(75).links]
    assert broken.count(LINK) > 1
    assert broken.count(LINK) <= 3


def test_a_link_s_rect_covers_its_words_and_no_others() -> None:
    paper = linked(400)
    (_, (left, bottom, right, top)), _ = paper.links
    inside = "".join(
        char
        for char, x0, y0, x1, y1 in boxes_of_characters(paper.finish())
        if x0 >= left - 0.1 and x1 <= right + 0.1 and bottom <= (y0 + y1) / 2 <= top
    )
    assert inside == plain_text((LINK,))


def test_links_are_coloured_and_underlined_and_references_keep_the_text_s_colour() -> None:
    written = linked(400).written[0]
    assert written.count(" re f") == 3
    assert written.count("0.1059 0.2118 0.3647 rg") >= 1
    assert read(linked(75).finish()) == "See the joint communiqué by Allies and section 3."


def test_text_state_is_written_only_where_it_changes_and_taken_back() -> None:
    setter = typesetter()
    paper = Paper()
    setter.line("caps", "caption").paint(paper, 60, 700)
    (written,) = paper.written
    assert written.count(" Tf") == 1
    assert "0.9 Tc" in written
    assert written.index("0 Tc\nET") > 0
    flow = setter.flow((Text("one two three four five six seven"),), "body")
    (written,) = draw(flow, 60).written
    assert written.count(" Tf") == written.count(" rg") == 1
    assert written.count(" Tj") == flow.lines > 2


def test_spaces_of_the_last_justified_line_are_not_left_wide() -> None:
    flow = typesetter().flow((Text("one two three four five six seven"),), "body", align=Align.JUSTIFY)
    (written,) = draw(flow, 80).written
    assert written.count(" Tw") >= 2
    assert written.rindex("0 Tw") < written.index("ET")
