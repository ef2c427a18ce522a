from __future__ import annotations

from dataclasses import replace

import pytest

from briefpack.blocks import (
    AuthorColumn,
    CalloutBlock,
    HeadingBlock,
    ImageBlock,
    Item,
    ListBlock,
    Note,
    NumberedBlock,
    PageBreakBlock,
    TableBlock,
)
from briefpack.document import CrossReference, ListKind, NoteReference, Paragraph, Position, Text, plain_text
from briefpack.errors import Severity
from briefpack.resolve import known_names
from tests.made_style import made_style
from tests.resolve.making import (
    annex,
    document,
    every,
    heading,
    item,
    messages,
    numbered,
    pack,
    resolved,
    section,
    text,
    to,
    where,
    words,
)
from tests.strategies import PICTURE


def link(made) -> CrossReference:
    (found,) = every(made, CrossReference)
    return found


def said(made) -> str:
    return "".join(part.text for part in link(made).spans)


def picture(caption: str | None, block_id: str) -> ImageBlock:
    from pathlib import Path

    spans = words(caption) if caption else None
    return ImageBlock(Path("a.png"), PICTURE, "", None, spans, None, where(), block_id)


def table(caption: str | None, block_id: str) -> TableBlock:
    spans = words(caption) if caption else None
    return TableBlock((AuthorColumn(words("Head"), None, None),), (), spans, None, where(), block_id)


# --------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("target", "page", "printed", "anchor"),
    [
        ("iraq", None, "section 2", "sec_iraq"),
        ("mission", None, "section 2.1", "h_iraq_mission"),
        ("map", None, "Annex B", "annex_map"),
        ("map", 3, "Annex B, p. 3", "annex_map"),
        ("visits-map", 1, "Annex B, p. 1", "annex_map"),
        ("visits", None, "table 1", "tbl_visits"),
        ("road", None, "figure 1", "fig_road"),
        ("paid", None, "section 2, paragraph 2", "p_paid"),
        ("paid-to", None, "section 2, paragraph 2(a)", "p_paid_to"),
        ("box", None, "In one line", "p_box"),
    ],
)
def test_a_reference_prints_what_it_refers_to(target, page, printed, anchor):
    paragraphs = NumberedBlock(
        (numbered("a"), numbered("b", numbered("c", item_id="paid-to"), item_id="paid")), where()
    )
    iraq = section(
        "iraq",
        heading("Mission", block_id="mission"),
        table("The visits", "visits"),
        picture("The road", "road"),
        paragraphs,
        CalloutBlock(words("In one line"), (text("a"),), where(), "box"),
    )
    annexes = (annex("plan"), annex("map", "visits-map"))
    made = document(pack(section("south", text("See ", to(target, page))), iraq, annexes=annexes))
    assert said(made) == printed
    assert link(made).anchor == anchor
    assert link(made).annex_page == page
    assert not link(made).by_author


def test_a_paragraph_of_the_same_section_is_named_without_its_section():
    paragraphs = NumberedBlock((numbered("a", item_id="first"),), where())
    assert said(document(pack(section("south", paragraphs, text(to("first")))))) == "paragraph 1"


def test_words_of_the_authors_own_are_kept():
    made = document(pack(section("south", text(to("iraq", own="the mission"))), section("iraq", text("a"))))
    assert said(made) == "the mission"
    assert link(made).by_author


def test_where_nothing_is_numbered_the_title_is_printed():
    made = pack(section("south", text(to("iraq"))), section("iraq", text("a"), title="NATO Mission Iraq"))
    assert said(document(made, made_style(sections=False))) == "NATO Mission Iraq"
    unnumbered = pack(section("south", text(to("amman")), heading("Amman", block_id="amman"), text("a")))
    assert said(document(unnumbered, made_style(headings=1))) == "Amman"


def test_references_speak_the_language_of_their_section():
    french = section("south", text(to("map", 2)), language="fr")
    assert said(document(pack(french, annexes=(annex("map"),)))) == "Annexe A, p. 2"


def test_a_list_and_a_plain_paragraph_can_be_referred_to_in_words_of_ones_own():
    bullets = ListBlock(ListKind.BULLETS, (item("a", item_id="first"),), where(), id="all")
    made = document(
        pack(
            section(
                "south", bullets, text("b", block_id="plain"), text(to("all", own="x"), to("first", own="y"))
            )
        )
    )
    found = list(every(made, CrossReference))
    assert [reference.anchor for reference in found] == ["p_all", "p_all"]


def test_a_named_box_without_a_paragraph_of_its_own_can_be_referred_to():
    box = CalloutBlock(words("Map"), (picture(None, "map"),), where(), "box")
    made = document(pack(section("south", box, text("next"), text(to("box")))))
    anchored = [p for p in every(made, Paragraph) if p.anchor == link(made).anchor]
    assert [p.spans for p in anchored] == [()]


# --------------------------------------------------------------------------- errors


def error(made, **keys):
    (finding,) = resolved(made, **keys).findings
    assert finding.severity is Severity.ERROR
    return finding


def test_a_dangling_reference_is_an_error_at_its_place_with_a_suggestion():
    reference = to("westernbalkans")
    finding = error(pack(section("western-balkans", text(reference))))
    assert finding.where == reference.where
    assert finding.message == "there is no section, annex or block with the id “westernbalkans”"
    assert finding.hint == "did you mean “western-balkans”?"


def test_a_name_that_differs_only_in_case_and_dashes_is_not_taken_silently():
    assert error(pack(section("western-balkans", text(to("Western_Balkans"))))).hint == (
        "did you mean “western-balkans”?"
    )


def test_a_reference_to_what_is_withheld_says_so_and_how_to_mend_it():
    whole = pack(section("south", text(to("iraq"))), section("iraq", text("a")))
    selected = replace(whole, sections=whole.sections[:1])
    finding = error(selected, known=known_names(whole))
    assert finding.message == "“iraq” is withheld from press, whose pack cannot refer to it"
    assert finding.hint is not None
    assert finding.hint.startswith("limit this text to the audiences that get “iraq”")


@pytest.mark.parametrize(
    ("page", "hint"),
    [(5, "name a page from 1 to 4"), (0, "name a page from 1 to 4"), (-1, "name a page from 1 to 4")],
)
def test_a_page_that_an_annex_does_not_have_is_an_error(page, hint):
    finding = error(pack(section("south", text(to("map", page))), annexes=(annex("map"),)))
    assert finding.message == f"annex “map” has 4 pages; there is no page {page}"
    assert finding.hint == hint


def test_an_annex_that_could_not_be_read_is_not_blamed_for_its_pages():
    made = pack(section("south", text(to("map", 9))), annexes=(annex("map"),))
    assert messages(resolved(made, pages=0)) == []


def test_only_annexes_have_pages_to_refer_to():
    finding = error(pack(section("south", text(to("iraq", 2))), section("iraq", text("a"))))
    assert finding.message == "“iraq” is a section; only annexes have pages to refer to"


def test_a_file_name_that_two_annexes_share_is_no_name():
    annexes = (annex("one", "map"), annex("two", "map"))
    finding = error(pack(section("south", text(to("map"))), annexes=annexes))
    assert finding.message == "“map” is the file name of 2 annexes"


@pytest.mark.parametrize("make", [table, picture])
def test_a_table_or_picture_without_caption_has_no_number_to_print(make):
    finding = error(pack(section("south", make(None, "x"), text(to("x")))))
    assert finding.message == "“x” has no number and no title that could be printed"
    assert finding.hint is not None
    assert "caption" in finding.hint
    assert messages(resolved(pack(section("south", make(None, "x"), text(to("x", own="words")))))) == []


def test_a_page_break_cannot_be_referred_to():
    stop = PageBreakBlock(where(), "stop")
    finding = error(pack(section("south", text("a"), stop, text(to("stop")))))
    assert finding.message == "“stop” is a page break: there is nothing to refer to"


def test_every_wrong_reference_is_told_not_only_the_first():
    made = pack(section("south", text(to("one-thing"), to("other-thing")), text(to("third-thing"))))
    assert len(resolved(made).findings) == 3


# --------------------------------------------------------------------------- notes


def note(*paragraphs: object, name: str | None = None) -> Note:
    spans = tuple(part if isinstance(part, tuple) else words(str(part)) for part in paragraphs)
    return Note(spans, name, where())


def notes(made) -> list[NoteReference]:
    return list(every(made, NoteReference))


def test_notes_are_numbered_through_the_document_in_reading_order():
    made = document(
        pack(
            section(
                "a", text("x", note("one")), ListBlock(ListKind.DASHES, (item_with(note("two")),), where())
            ),
            section("b", text("y", note("three"), note("four"))),
        )
    )
    assert [(n.number, n.mark, n.anchor, plain_text(n.paragraphs[0])) for n in notes(made)] == [
        (1, "1", "note_1", "one"),
        (2, "2", "note_2", "two"),
        (3, "3", "note_3", "three"),
        (4, "4", "note_4", "four"),
    ]


def item_with(*spans: object) -> Item:
    return Item((text(*spans),), where())  # type: ignore[arg-type]  # spans


def test_a_named_note_is_printed_once_in_a_section_and_led_to_from_elsewhere():
    named = note("the act", "its second paragraph", name="act")
    made = document(pack(section("a", text("x", named), text("y", named)), section("b", text("z", named))))
    assert [(n.number, len(n.paragraphs)) for n in notes(made)] == [(1, 2), (2, 2)]
    again = link(made)
    assert (again.anchor, again.by_author) == ("note_1", True)
    assert again.spans == (Text("1", position=Position.SUPER),)


def test_a_reference_in_a_note_is_put_into_words_and_checked():
    made = document(pack(section("a", text("x", note((Text("see "), to("b"))))), section("b", text("y"))))
    assert said(made) == "section 2"
    resolution = resolved(pack(section("a", text("x", note((to("nowhere"),))))))
    assert messages(resolution) == ["there is no section, annex or block with the id “nowhere”"]


def test_a_note_is_counted_once_when_references_ask_for_a_second_walk():
    made = document(pack(section("a", text("x", note("one"), to("a")), text("y", note("two")))))
    assert [n.number for n in notes(made)] == [1, 2]


def test_a_note_is_no_part_of_a_strong_text_and_prints_nothing_in_the_contents():
    made = document(pack(section("a", HeadingBlock(2, (Text("Title"), note("n")), where()), text("x"))))
    assert [entry.title for entry in made.contents] == ["A", "Title"]
