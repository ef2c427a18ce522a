from __future__ import annotations

import io
import tempfile
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefpack.document import (
    Block,
    Callout,
    Caption,
    Cell,
    Column,
    CrossReference,
    Document,
    Image,
    Landscape,
    LineBreak,
    Link,
    List,
    ListItem,
    ListKind,
    NumberedParagraph,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
    TocKind,
    Together,
)
from briefpack.pdf.layout import lay_out
from briefpack.pdf.structure import Element
from briefpack.pdf.writer import write_body
from briefpack.style import Style
from tests.pdf.looks import NAMES, pack, style
from tests.pdf.spoken import said_by, sections_say
from tests.pdf.vocabulary import document_of, quotation, spanned, spending, terms
from tests.samples import WHERE, SectionMaker, cell, paragraph, picture, sample_document, sample_meta, words


def _document(*sections: Section, **meta: object) -> Document:
    return Document(sample_meta(watermark=None, **meta), (), sections, ())


def _tree(document: Document, look: Style | None = None) -> Element:
    """The tree as it is made, without anything drawn."""
    return lay_out(document, look or style()).structure


def _walk(element: Element) -> list[Element]:
    return [element, *(below for child in element.children for below in _walk(child))]


def _kinds(element: Element) -> object:
    """An element and those below it as nested tuples of types."""
    inner = tuple(_kinds(child) for child in element.children)
    return (element.kind, *inner) if inner else element.kind


def _written(document: Document, look: Style | None = None) -> pikepdf.Pdf:
    look = look or style()
    return pikepdf.open(io.BytesIO(write_body(document, look, lay_out(document, look)).content))


def _elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    return [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == f"/{kind}"]


@pytest.mark.parametrize("name", NAMES)
def test_the_tree_says_what_the_document_says_in_its_order(name: str, tmp_path: Path) -> None:
    document, _, body = pack(name)
    path = tmp_path / "body.pdf"
    path.write_bytes(body.content)
    said = said_by(path)
    front = next(k for k, (kinds, _) in enumerate(said) if kinds == ("Document", "Sect", "H1"))
    if style(name).contents.depth:
        # The contents have the first heading.
        front = next(
            k for k, saying in enumerate(said) if k > front and saying[0] == ("Document", "Sect", "H1")
        )
    expected = sections_say(document)
    assert said[front : front + len(expected)] == expected
    rest = said[front + len(expected) :]
    headings = [text for kinds, text in rest if kinds[-1] == "H1"]
    assert headings == ["".join(f"{annex.label}{annex.title}".split()) for annex in document.annexes]


LONG = "filler " * 90
_TEXTS = st.builds(
    Text,
    st.sampled_from(("word ", "two words", ", and ", LONG, "Ærø – “quoted”", "a(b)c\\d")),
    strong=st.booleans(),
    code=st.booleans(),
    language=st.sampled_from((None, None, "fr")),
)
_SPANS = st.lists(
    st.one_of(
        _TEXTS,
        st.just(LineBreak()),
        st.lists(_TEXTS, min_size=1, max_size=3).map(lambda t: Link("https://example.org/", tuple(t))),
        st.lists(_TEXTS, min_size=1, max_size=2).map(lambda t: CrossReference("sec_1", tuple(t))),
    ),
    max_size=5,
).map(tuple)


def _paragraphs(role: str) -> st.SearchStrategy[Block]:
    return _SPANS.map(lambda spans: Paragraph(spans, WHERE, role))


def _lists(role: str, depth: int = 0) -> st.SearchStrategy[Block]:
    inner = st.one_of(_paragraphs(role), _lists(role, depth + 1)) if depth < 2 else _paragraphs(role)
    more = st.lists(inner, max_size=2)
    items = st.lists(
        st.tuples(_TEXTS.map(lambda text: Paragraph((text,), WHERE, role)), more).map(
            lambda made: ListItem("•", (made[0], *made[1]))
        ),
        min_size=1,
        max_size=3,
    )
    return items.map(lambda made: List(ListKind.BULLETS, tuple(made), depth, 1, WHERE))


def _rows(count: int) -> st.SearchStrategy[Row]:
    blocks = st.lists(
        st.one_of(_paragraphs("table-cell"), _lists("table-cell", 2)), min_size=1, max_size=3
    ).map(tuple)
    cells = st.lists(blocks.map(Cell), min_size=count, max_size=count)
    return cells.map(lambda made: Row(tuple(made), WHERE))


@st.composite
def _tables(draw: st.DrawFn) -> Block:
    count = draw(st.integers(1, 3))
    return Table(
        tuple(Column(1 / count) for _ in range(count)),
        tuple(draw(st.lists(_rows(count), max_size=1))),
        tuple(draw(st.lists(_rows(count), min_size=1, max_size=4))),
        f"tbl_{draw(st.uuids()).hex[:12]}",
        WHERE,
        draw(st.one_of(st.none(), _SPANS.map(lambda spans: Caption("Table 1", spans)))),
        draw(st.one_of(st.none(), _SPANS)),
    )


_BLOCKS = st.one_of(
    _paragraphs("body"),
    _paragraphs("objective"),
    _lists("list"),
    _tables(),
    st.builds(
        Callout,
        st.one_of(st.none(), _SPANS),
        st.lists(st.one_of(_paragraphs("callout"), _lists("callout")), min_size=1, max_size=3).map(tuple),
        st.just(WHERE),
    ),
    st.builds(
        NumberedParagraph,
        st.just(0),
        st.just("1."),
        st.just(1),
        st.just(1),
        _SPANS,
        st.none(),
        st.just(WHERE),
    ),
    st.just(PageBreak(WHERE)),
)


@given(blocks=st.lists(_BLOCKS, max_size=6), name=st.sampled_from(("base", "minister")))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_written_is_said_in_its_order(blocks: list[Block], name: str) -> None:
    section = Section("1", "S", "sec_1", (), tuple(blocks), WHERE)
    document = _document(section)
    look = style(name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "body.pdf"
        path.write_bytes(write_body(document, look, lay_out(document, look)).content)
        said = said_by(path)
    expected = sections_say(document)
    assert said[-len(expected) :] == expected


def test_contents_are_lists_in_lists_by_their_levels(tmp_path: Path) -> None:
    document, laid, body = pack()
    path = tmp_path / "body.pdf"
    path.write_bytes(body.content)
    link = ("Reference", "Link")
    found: list[tuple[int, str]] = []
    for kinds, text in said_by(path):
        if "TOC" in kinds:
            depth = kinds.count("TOC")
            assert kinds[:2] == ("Document", "Sect")
            assert kinds[2 : 2 + 2 * depth] == ("TOC", "TOCI") * depth
            assert kinds[2 + 2 * depth :] in (link, ("Lbl",))
            if kinds[-1] == "Lbl":
                found.append((depth, text))
            else:
                found[-1] = (depth, found[-1][1] + text)
    labels = laid.page_numbers.label_of
    assert found == [
        (
            entry.level,
            "".join(
                f"{entry.number}{entry.title}"
                f"{labels[entry.anchor + '_p1' if entry.kind is TocKind.ANNEX else entry.anchor]}".split()
            ),
        )
        for entry in document.contents
    ]


def test_levels_of_the_contents_may_be_left_out_and_come_back() -> None:
    from briefpack.pdf.contents import _Items

    part = Element("Sect")
    items = _Items(part)
    for level in (2, 1, 3, 2, 1):
        items.add(level, None, None)
    assert _kinds(part) == (
        "Sect",
        ("TOC", "TOCI"),
        ("TOC", ("TOCI", ("TOC", "TOCI"), ("TOC", "TOCI")), "TOCI"),
    )


def test_every_annex_has_a_section_with_its_title_that_is_found_by_its_anchor() -> None:
    document, laid, body = pack()
    with pikepdf.open(io.BytesIO(body.content)) as opened:
        root = opened.Root.StructTreeRoot
        names = pikepdf.NameTree(root.IDTree)
        assert sorted(names) == [annex.anchor for annex in document.annexes]
        for annex in document.annexes:
            sect = names[annex.anchor]
            assert (sect.S, str(sect.T), str(sect.ID)) == ("/Sect", annex.title, annex.anchor)
            assert sect.P.objgen == root.K.objgen
            assert sect.K[0].S == "/H1"
            assert sect.K[0].Pg.objgen == opened.pages[laid.destinations[annex.anchor][0]].objgen


def test_headings_skip_no_level_whatever_the_author_skipped() -> None:
    maker = SectionMaker(1)
    for text, level in (("A", 4), ("B", 4), ("C", 2), ("D", 4), ("E", 3)):
        maker.heading(text, level)
    kinds = [e.kind for e in _walk(_tree(_document(maker.section("S")))) if e.is_heading]
    assert kinds == ["H1", "H2", "H3", "H2", "H3", "H3"]
    # The next section begins anew.
    both = _document(maker.section("S"), SectionMaker(2).section("T"))
    assert [e.kind for e in _walk(_tree(both)) if e.is_heading][-1] == "H1"


def test_lists_stand_in_the_bodies_of_their_items() -> None:
    document = sample_document(annexes=())
    lists = [block for block in document.sections[2].blocks if isinstance(block, List)]
    maker = SectionMaker(1)
    maker.add(*lists)
    (section,) = [e for e in _tree(_document(maker.section("S"))).children if e.title == "S"]
    item = ("LI", "Lbl", "LBody")
    third = ("L", item)
    second = ("L", item, ("LI", "Lbl", ("LBody", "P", third)))
    assert _kinds(section) == (
        "Sect",
        "H1",
        ("L", item, ("LI", "Lbl", ("LBody", "P", second)), ("LI", "Lbl", ("LBody", "P", "P"))),
        ("L", item, item, item),
    )
    assert [e.attributes["ListNumbering"] for e in _walk(section) if e.kind == "L"] == [
        *["/Disc"] * 3,
        "/Decimal",
    ]


def test_header_cells_say_that_they_head_a_column_and_empty_cells_are_there() -> None:
    maker = SectionMaker(1)
    maker.table(("", "B"), [("", ("x", "y"))], (0.5, 0.5), caption="C", source="S")
    maker.table((), [("a", "b")], (0.5, 0.5))
    with _written(_document(maker.section("S"))) as pdf:
        heads = _elements(pdf, "TH")
        assert [(str(head.A.O), str(head.A.Scope)) for head in heads] == [("/Table", "/Column")] * 2
        assert ["/K" in head for head in heads] == [False, True]
        first, second = _elements(pdf, "Table")
        assert [str(kid.S) for kid in first.K] == ["/Caption", "/THead", "/TBody"]
        assert str(second.K.S) == "/TBody"
        (row,) = [tr for tr in _elements(pdf, "TR") if tr.P.objgen == first.K[2].objgen]
        assert [str(cell.S) for cell in row.K] == ["/TD", "/TD"]
        assert [str(kid.S) for kid in row.K[1].K] == ["/P", "/P"]


def test_a_figure_says_what_it_shows_and_where_it_stands() -> None:
    document = sample_document(annexes=())
    (image, _) = [block for block in document.sections[2].blocks if isinstance(block, Image)]
    maker = SectionMaker(1)
    maker.add(image)
    with _written(_document(maker.section("S"))) as pdf:
        (figure,) = _elements(pdf, "Figure")
        assert str(figure.Alt) == "A blue gradient"
        mark, caption = figure.K
        assert isinstance(mark, int)
        assert caption.S == "/Caption"
        (attributes,) = [figure.A]
        left, bottom, right, top = map(float, attributes.BBox)
        assert (attributes.O, attributes.Placement) == ("/Layout", "/Block")
        assert right - left == pytest.approx(2 * (top - bottom), abs=0.03)
        assert right - left == pytest.approx(0.6 * style().page.text_width, abs=0.03)


def test_decoration_is_no_figure() -> None:
    maker = SectionMaker(1)
    maker.add(Image(picture(), "", "fig_1", maker.section("S").where))
    with _written(_document(maker.section("S"))) as pdf:
        assert _elements(pdf, "Figure") == []
        assert len(pdf.pages[1].Resources.XObject) == 1


def test_the_cover_s_picture_speaks_for_its_owner() -> None:
    look = replace(style(), cover=replace(style().cover, logo=picture(100, 40)))
    maker = SectionMaker(1)
    for organisation, expected in (("Ministry of Mills", ["Ministry of Mills"]), ("", [])):
        document = _document(maker.section("S"), organisation=organisation)
        assert [e.alternative for e in _walk(_tree(document, look)) if e.kind == "Figure"] == expected
        write_body(document, look, lay_out(document, look))


def test_boxes_are_sections_and_the_objective_is_one_group() -> None:
    maker = SectionMaker(1)
    maker.add(
        paragraph("First aim.", "objective"),
        paragraph("Second aim.", "objective"),
        Callout(words("If raised"), (paragraph("Say no.", "callout"),), maker.section("S").where),
    )
    section = _tree(_document(maker.section("S")), style("minister")).children[-1]
    assert _kinds(section) == ("Sect", "H1", ("Div", "P", "P"), ("Sect", "P", "P"))
    assert section.children[2].title == "If raised"


def test_another_language_is_told_once_where_it_begins() -> None:
    maker = SectionMaker(1)
    maker.heading("Un titre")
    maker.add(paragraph("Bonjour."))
    spans = (
        Text("One "),
        Text("mot", language="fr"),
        Text(" and "),
        Text("own", language="en"),
        Text(" and "),
        Text("x = 1", code=True, language="de"),
    )
    english = SectionMaker(2)
    english.add(replace(paragraph(""), spans=spans))
    document = _document(maker.section("Une section", language="fr"), english.section("A section"))
    contents = tuple(replace(entry) for entry in sample_document(annexes=()).contents[:1])
    entry = replace(contents[0], anchor=document.sections[0].anchor, title="Une section")
    document = replace(document, contents=(entry, *maker.entries))
    with _written(document) as pdf:
        assert pdf.Root.Lang == "en"
        told = {
            (str(o.S), str(o.Lang))
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and "/S" in o and "/Lang" in o
        }
        assert told == {("/Sect", "fr"), ("/TOCI", "fr"), ("/Span", "fr"), ("/Code", "de")}
        assert len([span for span in _elements(pdf, "Span") if "/Lang" in span]) == 1


def test_words_in_capitals_are_spoken_as_they_were_written() -> None:
    base = style()
    look = replace(base, text={**base.text, "body": replace(base.text["body"], caps=True)})
    maker = SectionMaker(1)
    maker.add(paragraph("Große Worte (1)"), paragraph("1234"))
    with _written(_document(maker.section("S")), look) as pdf:
        spoken = [str(o.ActualText) for o in _elements(pdf, "Span")]
        assert "Große Worte (1)" in spoken
        assert "1234" not in spoken


def test_letters_of_all_scripts_come_back(tmp_path: Path) -> None:
    text = "ﬁ ﬂ Æ ø ß ğ Ł ő Ž ș Ελλάδα ΰ Україна Ђ ж — “…” € № ½"
    maker = SectionMaker(1)
    maker.add(paragraph(text))
    document = _document(maker.section("S"))
    path = tmp_path / "body.pdf"
    path.write_bytes(write_body(document, style(), lay_out(document, style())).content)
    assert said_by(path)[-1] == (("Document", "Sect", "P"), "".join(text.split()))


def test_tables_of_the_sample_are_tables_of_the_tree() -> None:
    document, laid, _ = pack()
    tables = [b for section in document.sections for b in section.blocks if isinstance(b, Table)]
    made = [e for e in _walk(laid.structure) if e.kind == "Table"]
    assert len(made) == len(tables)
    for table, element in zip(tables, made, strict=True):
        rows = [e for e in _walk(element) if e.kind == "TR"]
        assert [len(row.children) for row in rows] == [len(row.cells) for row in (*table.header, *table.rows)]


def test_an_element_finds_what_is_around_it() -> None:
    root = Element("Document")
    inner = root.add("P").among_words("Link").among_words("Span", language="fr")
    around = inner.around("Link")
    assert around is not None
    assert around.kind == "Link"
    assert inner.around("Table") is None
    assert repr(inner) == "<Document><P><Link><Span>"


def _table_cells(block: Block) -> list[tuple[str, dict[str, str]]]:
    """Kind and attributes of a table's cells, in order."""
    tree = _tree(document_of(block))
    return [
        (element.kind, dict(element.attributes)) for element in _walk(tree) if element.kind in {"TH", "TD"}
    ]


def test_headings_of_several_columns_say_how_many_and_whose_they_are() -> None:
    found = _table_cells(spending(rows=1))
    assert found[:5] == [
        ("TH", {"Scope": "/Column", "RowSpan": "2"}),
        ("TH", {"Scope": "/Column", "ColSpan": "2"}),
        ("TH", {"Scope": "/Column", "RowSpan": "2"}),
        ("TH", {"Scope": "/Column"}),
        ("TH", {"Scope": "/Column"}),
    ]
    # A group's heading is one of the columns below it, a country that of its row.
    assert found[5:8] == [
        ("TH", {"Scope": "/Column", "ColSpan": "4"}),
        ("TH", {"Scope": "/Row"}),
        ("TD", {}),
    ]


def test_a_heading_beside_several_rows_is_that_of_the_rows() -> None:
    found = _table_cells(spanned(regions=1, rows=3))
    assert found[3] == ("TH", {"Scope": "/Row", "RowSpan": "3"})


def test_a_row_without_cells_of_its_own_is_not_in_the_tree() -> None:
    body = (
        Row((replace(cell("a"), rows=2), replace(cell("b"), rows=3)), WHERE),
        Row((), WHERE),
        Row((cell("c"),), WHERE),
    )
    table = Table((Column(0.5), Column(0.5)), (), body, "t", WHERE)
    assert _table_cells(table) == [("TD", {}), ("TD", {"RowSpan": "2"}), ("TD", {})]
    with _written(document_of(table)) as pdf:
        assert len(_elements(pdf, "TR")) == 2


def test_quotations_and_lists_of_terms_are_what_they_are() -> None:
    section = _tree(document_of(quotation("Words.", by="Somebody"), terms(("A", "b"), hang=8.0))).children[-1]
    assert _kinds(section.children[1]) == ("BlockQuote", "P", "P")
    assert _kinds(section.children[2]) == ("L", ("LI", "Lbl", "LBody"))
    assert section.children[2].attributes == {"ListNumbering": "/None"}


def test_turned_and_kept_blocks_stand_in_their_section() -> None:
    blocks = (
        Landscape((paragraph("a"),), WHERE),
        Together((paragraph("b"),), WHERE),
        paragraph("c"),
    )
    section = _tree(document_of(*blocks)).children[-1]
    assert _kinds(section) == ("Sect", "H1", "P", "P", "P")
