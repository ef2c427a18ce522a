"""What Word's own accessibility checker looks at, and what it cannot see: languages, order, and what is read out without need."""

from dataclasses import replace

import pytest
from lxml import etree

from briefpack.document import (
    Align,
    Caption,
    Cell,
    Column,
    Heading,
    Image,
    Link,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
    TocEntry,
    TocKind,
)
from briefpack.style import Slots
from tests.samples import WHERE, picture, sample_document, words
from tests.word.opened import W, style_of, text_of, written

EVERY_STYLE = ("base", "minister", "delegation", "staff", "press")
STRUCTURE_TYPES = {
    *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private"),
    *("P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead"),
    *("TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "Warichu"),
    *("Figure", "Formula", "Form"),
}  # fmt: skip


@pytest.fixture(params=EVERY_STYLE)
def opened(request):
    """The sample pack, which has every kind of block, in one style after the other."""
    return written(sample_document(), style_of(request.param))


# --------------------------------------------------------------------------- blank characters and empty paragraphs


def test_paragraphs_are_empty_only_where_a_word_file_cannot_do_without(opened):
    """Between two tables, behind a table at the end of a section, behind the contents; and the rule of the cover."""
    needless = []
    for paragraph in opened.find("//w:body//w:p"):
        if text_of(paragraph).strip() or opened.find(".//w:drawing", paragraph):
            continue
        before, after = paragraph.getprevious(), paragraph.getnext()
        behind = etree.QName(before).localname if before is not None else ""
        ends = paragraph.find(f"{W}pPr/{W}sectPr") is not None or (
            after is not None and after.tag in {f"{W}sectPr", f"{W}tbl"}
        )
        in_cell = paragraph.getparent().tag == f"{W}tc" and behind in {"", "tcPr"}
        rule = opened.find("./w:pPr/w:pStyle/@w:val", paragraph) == ["CoverRule"]
        if not (in_cell or rule or (ends and behind in {"tbl", "sdt"})):
            needless.append(etree.tostring(paragraph))

    assert needless == []


def test_blank_characters_never_stand_for_a_distance(opened):
    texts = opened.find("//w:t/text()")

    assert [text for text in texts if "   " in text or "\t" in text] == []
    assert opened.find("//w:r[w:tab]/following-sibling::w:r[1][w:tab]") == []


def test_nothing_floats_beside_the_text(opened):
    assert opened.find("//wp:anchor | //w:body//w:pict | //w:framePr | //w:txbxContent") == []


# --------------------------------------------------------------------------- headings, lists, tables


def test_only_sections_headings_and_annexes_are_headings(opened):
    styles = opened.root("word/styles.xml")
    outlined = opened.find("//w:style[w:pPr/w:outlineLvl]/@w:styleId", styles)

    assert outlined == ["Heading1", "Heading2", "Heading3", "Heading4", "AnnexTitle"]
    assert opened.find("//w:body//w:outlineLvl") == []


def test_no_style_is_named_like_a_structure_type_of_pdf(opened):
    """LibreOffice makes structure types of style names, and a standard type must not mean anything else."""
    names = opened.find("//w:style/w:name/@w:val", opened.root("word/styles.xml"))

    assert set(names) & STRUCTURE_TYPES == set()


def test_items_of_lists_and_numbered_paragraphs_are_numbered_by_word(opened):
    instances = set(opened.find("//w:num/@w:numId", opened.root("word/numbering.xml")))
    for paragraph in opened.paragraphs("NumberedParagraph"):
        assert set(opened.find("./w:pPr/w:numPr/w:numId/@w:val", paragraph)) <= instances
        assert paragraph.find(f"{W}pPr/{W}numPr") is not None
    first_words = [text_of(paragraph)[:2] for paragraph in opened.paragraphs("ListParagraph")]
    assert [start for start in first_words if start[:1] in {"•", "—", "–", "◦"} or start.endswith("\t")] == []


def test_tables_have_header_rows_and_no_merged_cells(opened):
    assert opened.find("//w:vMerge | //w:gridSpan | //w:hMerge") == []
    for table in opened.find("//w:tbl"):
        headed = bool(opened.find("./w:tr[1]/w:trPr/w:tblHeader", table))
        assert opened.find("./w:tblPr/w:tblLook/@w:firstRow", table) == [str(int(headed))]
        if headed:
            assert opened.find("./w:tblPr/w:tblDescription/@w:val", table)


def test_the_label_of_an_annex_names_its_row_in_the_schedule(opened):
    looks = opened.find("//w:tbl/w:tblPr/w:tblLook")

    assert [look.get(f"{W}firstColumn") for look in looks[:-1]] == ["0"] * (len(looks) - 1)
    assert (looks[-1].get(f"{W}firstColumn"), looks[-1].get(f"{W}val")) == ("1", "04A0")


def test_the_contents_have_a_name(opened):
    assert opened.find("//w:sdt/w:sdtPr/w:alias/@w:val") == ["Contents"]


# --------------------------------------------------------------------------- pictures and links


def test_pictures_say_what_they_show_and_decoration_says_that_it_is():
    shown = Image(picture(), "Four visits on a map", "fig_1", WHERE)
    section = Section("1", "One", "sec_one", (), (shown, replace(shown, alt="", anchor="fig_2")), WHERE)
    opened = written(replace(sample_document(annexes=()), sections=(section,), contents=()))
    said = [
        (drawing.get("descr"), bool(opened.find(".//adec:decorative[@val='1']", drawing)))
        for drawing in opened.find("//w:drawing//wp:docPr")
    ]

    assert said[-2:] == [("Four visits on a map", False), ("", True)]


def test_the_words_of_links_are_the_authors(opened):
    assert [link for link in opened.find("//w:hyperlink") if not text_of(link).strip()] == []
    external = [text_of(link) for link in opened.find("//w:hyperlink[@r:id]")]
    assert external == [
        "".join(text.text for text in span.spans)
        for section in sample_document().sections
        for span in _links(section.blocks)
    ]


def _links(block):
    """The links in anything, in the order of reading."""
    if isinstance(block, Link):
        yield block
    elif isinstance(block, tuple):
        for each in block:
            yield from _links(each)
    elif hasattr(block, "__dataclass_fields__"):
        for name in block.__dataclass_fields__:
            yield from _links(getattr(block, name))


# --------------------------------------------------------------------------- languages


def _french():
    """A pack in English with a section in French."""
    table = Table(
        (Column(1.0, Align.LEFT),),
        (Row((Cell((Paragraph(words("Visites"), WHERE, "table-header"),)),), WHERE),),
        (Row((Cell((Paragraph(words("Sarajevo"), WHERE, "table-cell"),)),), WHERE),),
        "tbl_fr",
        WHERE,
        Caption("Tableau 1", words("Les visites")),
    )
    section = Section(
        "1",
        "Balkans occidentaux",
        "sec_fr",
        words("Responsable"),
        (Heading(2, "1.1", words("Contexte"), "h_fr", WHERE), table, Paragraph(words("Le texte."), WHERE)),
        WHERE,
        "fr",
    )
    entries = (
        TocEntry(TocKind.SECTION, 1, "1", section.title, section.anchor),
        TocEntry(TocKind.HEADING, 2, "1.1", "Contexte", "h_fr"),
    )
    document = replace(sample_document(annexes=()), sections=(section,), contents=entries)
    style = style_of()
    slots = Slots("{section}", "", "{page}")
    return written(
        document, replace(style, header=replace(style.header, recto=slots, verso=None, first=None))
    )


def _language(opened, run):
    return (opened.find("./w:rPr/w:lang/@w:val", run) or [None])[0]


def test_every_word_of_a_section_in_another_language_says_so():
    opened = _french()
    french = (
        "Balkans",
        "Responsable",
        "Contexte",
        "Tableau",
        "Les visites",
        "Visites",
        "Sarajevo",
        "Le texte",
    )
    runs = [run for run in opened.find("//w:r[w:t]") if text_of(run).startswith(french)]

    # Title and heading stand in the contents too.
    assert len(runs) == len(french) + 2
    assert {_language(opened, run) for run in runs} == {"fr"}


def test_a_title_in_another_language_says_so_in_the_header():
    opened = _french()
    titles = [
        run
        for part in opened.parts
        if part.startswith("word/header")
        for run in opened.find("//w:r", opened.root(part))
        if text_of(run) == "Balkans occidentaux"
    ]

    assert titles
    assert {_language(opened, run) for run in titles} == {"fr"}


def test_words_in_the_language_of_the_pack_say_nothing(opened):
    assert opened.find("//w:r[w:rPr/w:lang/@w:val='en']") == []
    styles, settings = opened.root("word/styles.xml"), opened.root("word/settings.xml")
    assert opened.find("//w:docDefaults//w:lang/@w:val", styles) == ["en"]
    assert opened.find("//w:themeFontLang/@w:val", settings) == ["en"]
    assert "".join(opened.root("docProps/core.xml").xpath("//*[local-name()='language']/text()")) == "en"


def test_words_in_another_language_inside_a_text_say_so():
    spans = (Text("The "), Text("acquis", emphasis=True, language="fr"), Text(" counts."))
    section = Section("1", "One", "sec_one", (), (Paragraph(spans, WHERE),), WHERE)
    opened = written(replace(sample_document(annexes=()), sections=(section,), contents=()))

    runs = [run for run in opened.find("//w:r[w:t]") if text_of(run) in {"The ", "acquis", " counts."}]
    assert [_language(opened, run) for run in runs] == [None, "fr", None]


# --------------------------------------------------------------------------- what is not to be heard


def test_banner_running_lines_and_watermark_stand_in_headers_and_footers_alone(opened):
    document = sample_document()

    assert opened.paragraphs("Banner") == []
    assert opened.paragraphs("Header") == []
    assert document.meta.watermark not in "".join(opened.find("//w:body//w:t/text()"))
    marks = [
        shape
        for part in opened.parts
        if part.startswith("word/header")
        for shape in opened.find("//v:shape/@alt", opened.root(part))
    ]
    assert marks
    assert set(marks) == {document.meta.watermark}
