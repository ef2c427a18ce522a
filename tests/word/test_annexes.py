from dataclasses import replace

from briefpack.document import CrossReference, PageNumbers, Paragraph, Section
from briefpack.style import SectionStart
from briefpack.word.annexes import schedule_page
from tests.samples import WHERE, sample_document, words
from tests.word.opened import faults, style_of, text_of, written


def test_the_schedule_lists_every_annex_with_pages_and_file():
    document = sample_document()
    opened = written(document)
    table = opened.find("//w:tbl")[-1]

    rows = [
        [text_of(cell) for cell in row.findall(f"{{{table.nsmap['w']}}}tc")]
        for row in opened.find("./w:tr", table)
    ]

    assert rows[0] == ["Annex", "Title", "Pages", "File"]
    for row, annex in zip(rows[1:], document.annexes, strict=True):
        assert row[0] == annex.label
        assert row[1].startswith(annex.title)
        assert row[2].startswith(f"{annex.pages}{annex.label}-1")
        assert row[3].startswith(annex.file_name)
        assert annex.sha256[:16] in row[3]


def test_of_several_files_the_schedule_says_the_names():
    document = sample_document()
    first, *others = document.annexes
    together = replace(first, file_name="one.pdf, two.pdf", sha256="f" * 64, files=2)
    opened = written(replace(document, annexes=(together, *others)))

    cells = [text_of(cell) for cell in opened.find("//w:tbl")[-1].iter("{*}tc")]

    assert "one.pdf, two.pdf" in cells
    assert not any("f" * 16 in cell for cell in cells)
    assert any(others[0].sha256[:16] in cell for cell in cells)


def test_the_schedule_says_which_annex_arrived_damaged():
    document = sample_document()
    first, second, third = document.annexes
    opened = written(replace(document, annexes=(first, replace(second, damaged=True), third)))
    table = opened.find("//w:tbl")[-1]
    rows = [text_of(row) for row in opened.find("./w:tr", table)]
    said = style_of().word("annex_damaged", "en")
    assert [said in row for row in rows] == [False, False, True, False]
    assert faults(opened) == []


def test_references_to_annexes_lead_to_their_row():
    document = sample_document()
    reference = Paragraph((CrossReference("annex_b", words("Annex B, p. 1"), annex_page=1),), WHERE)
    section = Section("1", "Title", "sec_only", (), (reference,), WHERE)
    opened = written(replace(document, sections=(section,), contents=()))

    assert faults(opened) == []
    marks = opened.find("//w:tbl//w:bookmarkStart/@w:name")
    assert marks == ["annex_a", "annex_b", "annex_c"]


def test_a_pack_without_annexes_has_no_schedule():
    opened = written(sample_document(annexes=()))

    assert "Schedule of annexes" not in opened.texts("Heading1")


def test_the_schedule_begins_on_the_page_after_the_body():
    style = style_of()
    recto = replace(style, page=replace(style.page, two_sided=True, section_start=SectionStart.RECTO))

    assert schedule_page(style, PageNumbers({}, 2, 5, "layout")) == "6"
    assert schedule_page(recto, PageNumbers({}, 2, 5, "layout")) == "7"
    assert schedule_page(recto, PageNumbers({}, 2, 6, "layout")) == "7"


def test_a_contents_made_anew_would_list_the_annexes_too():
    opened = written(sample_document())

    styles = opened.root("word/styles.xml")
    assert opened.find("//w:style[@w:styleId='AnnexTitle']//w:outlineLvl/@w:val", styles) == ["1"]
    assert len(opened.paragraphs("AnnexTitle")) == 3


def test_the_schedule_speaks_the_packs_language():
    opened = written(sample_document(language="fr"))

    assert opened.texts("Heading1")[-1] == style_of().word("schedule_of_annexes", "fr")
