from dataclasses import replace

import pytest

from briefpack.document import TocKind
from tests.samples import sample_document
from tests.word.opened import W, faults, numbers_of, style_of, text_of, written

ENTRIES = ("TOC1", "TOC2", "TOC3")


def _entries(opened):
    return [
        p for p in opened.find("//w:sdtContent/w:p") if p.find(f"{W}pPr/{W}pStyle").get(f"{W}val") in ENTRIES
    ]


def test_the_contents_lists_the_documents_entries_with_their_numbers_and_pages():
    document = sample_document()
    numbers = numbers_of(document)
    lines = [text_of(entry) for entry in _entries(written(document, numbers=numbers))]

    expected = []
    for entry in document.contents:
        page = f"{entry.number}-1" if entry.kind is TocKind.ANNEX else numbers.label_of[entry.anchor]
        expected.append(f"{entry.number}\t{entry.title}\t{page}")
    schedule = [line for line in lines if line not in expected]

    assert [line for line in lines if line in expected] == expected
    assert schedule == [f"Schedule of annexes\t{numbers.body_pages + 1}"]


def test_an_entry_without_a_number_has_no_tab_before_its_title():
    document = sample_document(numbered=False, annexes=())
    style = style_of()
    style = replace(style, numbering=replace(style.numbering, sections=False))

    lines = [text_of(entry) for entry in _entries(written(document, style))]

    numbers = numbers_of(document)
    assert lines == [f"{entry.title}\t{numbers.label_of[entry.anchor]}" for entry in document.contents]


def test_the_contents_is_one_clean_field_inside_a_content_control():
    opened = written(sample_document())

    assert opened.find("//w:sdt//w:docPartGallery/@w:val") == ["Table of Contents"]
    instructions = [i.text.strip() for i in opened.find("//w:sdt//w:instrText") if "TOC" in i.text]
    assert instructions == [r'TOC \o "1-2" \h \z \u']
    assert faults(opened) == []


def test_every_entry_links_to_where_its_page_number_comes_from():
    opened = written(sample_document())

    for entry in _entries(opened):
        anchor = opened.find("./w:hyperlink/@w:anchor", entry)
        fields = [i.text.split()[1] for i in opened.find(".//w:instrText", entry) if "PAGEREF" in i.text]
        assert len(anchor) == 1
        assert fields in ([], anchor)


def test_annexes_are_a_group_of_their_own_at_the_end():
    opened = written(sample_document())

    styles = opened.find("//w:sdtContent/w:p/w:pPr/w:pStyle/@w:val")
    group = styles.index("ContentsGroup")

    assert styles[0] == "TOCHeading"
    assert set(styles[group + 1 :]) == {"TOC1"}
    assert len(styles[group + 1 :]) == 4


@pytest.mark.parametrize("depth", [0, 1])
def test_the_style_decides_how_deep_the_contents_goes(depth):
    style = style_of()
    style = replace(style, contents=replace(style.contents, depth=depth))
    opened = written(sample_document(), style)

    assert opened.paragraphs("TOC2") == []
    assert bool(opened.paragraphs("TOC1")) is (depth == 1)
    assert faults(opened) == []


def test_a_missing_page_number_is_a_bug_and_not_a_guess():
    document = sample_document()
    numbers = numbers_of(document)
    del numbers.label_of[document.sections[1].anchor]

    with pytest.raises(KeyError):
        written(document, numbers=numbers)
