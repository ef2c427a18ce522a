"""Captions count as Word counts, wherever they stand, and lists of figures and tables are made of them."""

from dataclasses import replace

import pytest

from briefpack.document import (
    Callout,
    Caption,
    Columns,
    CrossReference,
    Image,
    Listing,
    ListingEntry,
    Text,
    Together,
)
from tests.samples import WHERE, picture, words
from tests.word.making import cell, opened, pack, row, say, table
from tests.word.opened import numbers_of, style_of, text_of, written


def _table(number):
    return table(
        row(cell("a"), cell("b"), cell("c")),
        anchor=f"tbl_{number}",
        caption=Caption(f"Table {number}", words("Named")),
    )


def _figure(number):
    return Image(
        picture(10, 10), "A picture", f"fig_{number}", WHERE, None, Caption(f"Figure {number}", words("Seen"))
    )


LISTING = Listing(
    "table",
    (ListingEntry("Table 1", "First", "tbl_1"), ListingEntry("Table 2", "Second", "tbl_2")),
    WHERE,
)


def test_captions_are_counted_wherever_they_stand():
    found = opened(
        Callout(None, (_table(1), _figure(1)), WHERE),
        Columns(((_table(2),),), 2, WHERE),
        Together((_figure(2), _table(3)), WHERE),
        say((CrossReference("tbl_3", (Text("table 3"),)),)),
    )

    counted = [text.split()[1] for text in found.find("//w:instrText/text()") if text.split()[0] == "SEQ"]
    assert counted == ["Table", "Figure", "Table", "Figure", "Table"]
    assert [text for text in found.find("//w:instrText/text()") if text.split()[0] == "REF"]


def test_a_list_of_tables_is_a_clean_field_of_words_own_counter():
    found = opened(_table(1), _table(2), LISTING)

    instructions = [text.strip() for text in found.find("//w:instrText/text()")]
    assert r'TOC \h \z \c "Table"' in instructions
    assert [text for text in instructions if text.startswith("PAGEREF tbl_")] == [
        r"PAGEREF tbl_1 \h",
        r"PAGEREF tbl_2 \h",
    ]


def test_entries_have_label_title_and_the_page_of_the_table():
    document = pack((_table(1), _table(2), LISTING))
    numbers = numbers_of(document)
    numbers = replace(numbers, label_of=numbers.label_of | {"tbl_1": "12", "tbl_2": "iv"})
    found = written(document, None, numbers)

    assert found.texts("TableOfFigures") == ["Table 1\tFirst\t12", "Table 2\tSecond\tiv"]
    assert "\ufffe" not in found.parts["word/document.xml"].decode()


def test_a_list_of_figures_names_the_counter_of_figures():
    found = opened(_figure(1), Listing("figure", (ListingEntry("Figure 1", "Seen", "fig_1"),), WHERE))

    assert any(r'\c "Figure"' in text for text in found.find("//w:instrText/text()"))


def test_an_empty_list_leaves_no_half_of_a_field():
    found = opened(Listing("table", (), WHERE), say("after"))

    assert not any("TOC" in text and r"\c" in text for text in found.find("//w:instrText/text()"))


def test_an_entry_without_a_page_is_no_guess():
    document = pack((_table(1), LISTING))
    with pytest.raises(KeyError):
        written(document, None, numbers_of(document))


def test_an_author_cannot_write_what_stands_for_a_page():
    found = opened(say("\ufffetbl_1\ufffe"), _table(1))

    assert found.texts("Normal")[0] == "\ufffdtbl_1\ufffd"


def test_page_numbers_of_a_list_stand_at_the_edge_of_the_text():
    found = opened(_table(1), _table(2), LISTING)

    (style,) = found.find("//w:style[@w:styleId='TableOfFigures']", found.root("word/styles.xml"))
    width = str(style_of().page.text_width.twips)
    assert found.find("./w:pPr/w:tabs/w:tab[@w:val='right']/@w:pos", style) == [width]
    assert all(text_of(each).count("\t") == 2 for each in found.paragraphs("TableOfFigures"))


def test_no_section_ends_in_the_paragraph_in_which_the_field_of_a_list_does():
    """LibreOffice loses the page numbers of a footer that it reads while a field is open."""
    found = written(pack((LISTING,), (_table(1), _table(2))))

    assert found.find("./w:pPr/w:sectPr", found.paragraphs("TableOfFigures")[-1]) == []
    assert len(found.sections()) == 4
