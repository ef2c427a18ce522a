"""Notes are Word's own footnotes, wherever their marks stand."""

from dataclasses import replace

from briefpack.document import (
    Callout,
    Caption,
    CrossReference,
    Link,
    List,
    ListItem,
    ListKind,
    Text,
)
from tests.samples import WHERE, words
from tests.word.making import cell, note, noted, opened, pack, row, say, table
from tests.word.opened import NOTES, W, faults, style_of, text_of, written


def _notes(found):
    return found.find("//w:footnote[not(@w:type)]", found.root(NOTES))


def test_a_pack_without_notes_has_no_part_for_them():
    found = opened(say("plain"))

    assert NOTES not in found.parts
    assert found.find("//w:footnotePr", found.root("word/settings.xml")) == []


def test_notes_are_counted_by_word_and_stand_in_their_order():
    found = opened(noted("one", note(1, "First.")), noted("two", note(2, "Second."), note(3, "Third.")))

    assert found.find("//w:footnoteReference/@w:id") == ["1", "2", "3"]
    assert found.find("//w:footnoteReference/@w:customMarkFollows") == []
    assert [text_of(each).strip() for each in _notes(found)] == ["First.", "Second.", "Third."]
    assert all(len(found.find(".//w:footnoteRef", each)) == 1 for each in _notes(found))


def test_separators_have_their_ids_and_no_mark():
    found = opened(noted("one", note(1, "First.")))
    root = found.root(NOTES)

    assert [
        (each.get(f"{W}type"), each.get(f"{W}id")) for each in found.find("//w:footnote[@w:type]", root)
    ] == [
        ("separator", "-1"),
        ("continuationSeparator", "0"),
    ]
    assert found.find("//w:footnote[@w:type]//w:footnoteRef", root) == []


def test_marks_and_notes_have_words_own_styles():
    found = opened(noted("one", note(1, "First.", "Second paragraph.")))
    styles = {
        each.get(f"{W}styleId"): each.find(f"{W}name").get(f"{W}val")
        for each in found.find("//w:style", found.root("word/styles.xml"))
    }

    assert found.find("//w:r[w:footnoteReference]/w:rPr/w:rStyle/@w:val") == ["FootnoteReference"]
    assert styles["FootnoteReference"] == "footnote reference"
    assert set(found.find("//w:pStyle/@w:val", found.root(NOTES))) == {"FootnoteText"}
    assert styles["FootnoteText"] == "footnote text"


def test_a_note_keeps_its_paragraphs():
    found = opened(noted("one", note(1, "First.", "Second paragraph.", "Third.")))

    (only,) = _notes(found)
    assert [text_of(each).strip() for each in only.findall(f"{W}p")] == [
        "First.",
        "Second paragraph.",
        "Third.",
    ]


def test_links_in_notes_are_relationships_of_their_own_part():
    spans = (Text("See "), Link("https://example.org/a", (Text("there"),)), Text("."))
    found = opened(
        say((Link("https://example.org/body", (Text("elsewhere"),)),)),
        noted("one", note(1, spans), note(2, (Link("https://example.org/a", (Text("again"),)),))),
    )
    relations = {each.get("Id"): each.get("Target") for each in found.root("word/_rels/footnotes.xml.rels")}

    ids = found.find("//w:hyperlink/@r:id", found.root(NOTES))
    assert [relations[each] for each in ids] == ["https://example.org/a"] * 2
    assert list(relations.values()) == ["https://example.org/a"]


def test_a_note_may_point_into_the_pack_and_be_pointed_at():
    found = opened(
        noted("one", note(1, (Text("See "), CrossReference("sec_1", (Text("section 1"),))))),
        say((CrossReference("note_1", (Text("note 1"),)),)),
    )

    assert found.find("//w:hyperlink/@w:anchor", found.root(NOTES)) == ["sec_1"]
    assert "note_1" in found.find("//w:bookmarkStart/@w:name", found.root(NOTES))


def test_bookmarks_of_text_and_notes_have_different_numbers():
    found = opened(say("named", anchor="par_1"), noted("one", note(1, "First.")))
    text = found.find("//w:bookmarkStart/@w:id")
    notes = found.find("//w:bookmarkStart/@w:id", found.root(NOTES))

    assert notes
    assert not set(text) & set(notes)


def test_a_second_mark_leads_to_the_same_note():
    again = note(1, "First.")
    found = opened(noted("one", again), noted("two", again), noted("three", note(2, "Second.")))

    assert found.find("//w:footnoteReference/@w:id") == ["1", "2"]
    (instruction,) = [text for text in found.find("//w:instrText/text()") if "NOTEREF" in text]
    assert instruction.split()[1] in found.find("//w:bookmarkStart/@w:name")
    assert found.texts("Normal")[-3:] == ["one", "two1", "three"]


def test_a_number_that_word_would_not_count_is_set_as_text():
    found = opened(noted("one", note(7, "Seventh.")), noted("two", note(1, "First.")))

    marks = found.find("//w:footnoteReference")
    assert [mark.get(f"{W}customMarkFollows") for mark in marks] == ["1", None]
    assert text_of(marks[0].getparent()) == "7"
    assert [text_of(each).replace("\t", "") for each in _notes(found)] == ["7Seventh.", "First."]


def test_notes_stand_in_cells_boxes_lists_and_captions():
    items = List(
        ListKind.BULLETS, (ListItem("•", (noted("item", note(1, "In a list."), role="list"),)),), 0, 1, WHERE
    )
    box = Callout(
        (Text("Title"), note(2, "In a title.")), (noted("box", note(3, "In a box."), role="callout"),), WHERE
    )
    caption = Caption("Table 1", (Text("Named"), note(4, "In a caption.")))
    made = table(row(cell((Text("head"), note(5, "In a cell."))), cell("b"), cell("c")), caption=caption)
    found = opened(items, box, made)

    assert [text_of(each).strip() for each in _notes(found)] == [
        "In a list.",
        "In a title.",
        "In a box.",
        "In a caption.",
        "In a cell.",
    ]


def test_notes_keep_the_language_of_their_section():
    document = pack((noted("un", note(1, "Première.")),))
    document = replace(document, sections=(replace(document.sections[0], language="fr"),))
    found = written(document)

    assert faults(found) == []
    assert found.find("//w:footnote//w:lang/@w:val", found.root(NOTES)) == ["fr"]


def test_equal_notes_give_equal_bytes():
    document = pack((noted("one", note(1, "First."), note(2, words("Second."))),))

    assert written(document).content == written(document).content


def test_a_style_without_a_rule_has_an_empty_separator():
    style = style_of()
    style = replace(style, notes=replace(style.notes, rule=type(style.notes.rule)(0)))
    found = opened(noted("one", note(1, "First.")), style=style)

    assert found.find("//w:separator", found.root(NOTES)) == []
