from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from briefpack.document import CrossReference, Document, Link, Table, Text
from briefpack.pdf.layout import lay_out
from briefpack.pdf.tags import text_string
from briefpack.pdf.writer import write_body
from tests.pdf.looks import NAMES, pack, style
from tests.samples import SectionMaker, paragraph, sample_document, sample_meta


def _open(document: Document) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(write_body(document, style(), lay_out(document, style())).content))


def _document(maker: SectionMaker) -> Document:
    return Document(sample_meta(watermark=None), (), (maker.section("S"),), ())


def _elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    return [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == f"/{kind}"]


def _kids(element: pikepdf.Object) -> list[pikepdf.Object | int]:
    if "/K" not in element:
        return []
    kids = element.K
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _marks(element: pikepdf.Object) -> list[tuple[int, int]]:
    """(object number of the page, identifier) of an element's own marked content."""
    found = []
    for kid in _kids(element):
        if isinstance(kid, int):
            found.append((element.Pg.objgen[0], kid))
        elif kid.get("/Type") == "/MCR":
            found.append((kid.Pg.objgen[0], int(kid.MCID)))
    return found


def _mark_operators(page: pikepdf.Page) -> Iterator[tuple[str, str, int | None, bool]]:
    """(operator, tag, identifier, inside a text object) of a page's marks."""
    in_text = False
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BT":
                in_text = True
            case "ET":
                in_text = False
            case "BDC" | "BMC" as name:
                properties = operands[1] if name == "BDC" else {}
                mcid = properties.get("/MCID")
                yield "begin", str(operands[0]), None if mcid is None else int(mcid), in_text
            case "EMC":
                yield "end", "", None, in_text


@pytest.mark.parametrize("name", NAMES)
def test_marks_are_closed_where_they_are_opened(name: str) -> None:
    with pikepdf.open(io.BytesIO(pack(name)[2].content)) as pdf:
        for page in pdf.pages:
            opened = None
            for operator, tag, mcid, in_text in _mark_operators(page):
                if operator == "begin":
                    assert opened is None, "a mark inside a mark"
                    assert (mcid is None) == (tag == "/Artifact")
                    opened = in_text
                else:
                    # Either the text object is around the mark, or the mark around the text object.
                    assert opened == in_text
                    opened = None
            assert opened is None


@pytest.mark.parametrize("name", NAMES)
def test_marks_tree_and_parent_tree_agree(name: str) -> None:
    with pikepdf.open(io.BytesIO(pack(name)[2].content)) as pdf:
        root = pdf.Root.StructTreeRoot
        assert pdf.Root.MarkInfo.Marked is True
        parents = dict(pikepdf.NumberTree(root.ParentTree).items())
        assert sorted(parents) == list(range(int(root.ParentTreeNextKey)))
        in_tree: dict[tuple[int, int], tuple[int, int]] = {}
        annotated: dict[tuple[int, int], tuple[int, int]] = {}
        waiting = [(root.K, root)]
        while waiting:
            element, parent = waiting.pop()
            assert element.P.objgen == parent.objgen
            for mark in _marks(element):
                assert mark not in in_tree
                in_tree[mark] = element.objgen
            for kid in _kids(element):
                if not isinstance(kid, int) and kid.get("/Type") == "/OBJR":
                    annotated[kid.Obj.objgen] = element.objgen
                elif not isinstance(kid, int) and "/S" in kid:
                    waiting.append((kid, element))
        keys: list[int] = []
        for page in pdf.pages:
            assert page.Tabs == "/S"
            marks = [mcid for _, _, mcid, _ in _mark_operators(page) if mcid is not None]
            assert marks == list(range(len(marks)))
            assert ("/StructParents" in page) == bool(marks)
            if marks:
                keys.append(int(page.StructParents))
                listed = [element.objgen for element in parents[keys[-1]]]
                assert listed == [in_tree.pop((page.objgen[0], mcid)) for mcid in marks]
            for link in page.get("/Annots", []):
                keys.append(int(link.StructParent))
                assert parents[keys[-1]].objgen == annotated.pop(link.objgen)
                assert parents[keys[-1]].S == "/Link"
                assert str(link.Contents).strip()
        assert in_tree == annotated == {}
        assert sorted(keys) == sorted(parents)


def test_large_parent_trees_are_divided() -> None:
    document = sample_document(annexes=(), more_sections=120)
    with _open(document) as pdf:
        leaves = list(pdf.Root.StructTreeRoot.ParentTree.Kids)
        assert len(leaves) > 2
        limits = [tuple(map(int, leaf.Limits)) for leaf in leaves]
        for (first, last), leaf in zip(limits, leaves, strict=True):
            assert [int(key) for key in list(leaf.Nums)[::2]] == list(range(first, last + 1))
        assert [first for first, _ in limits[1:]] == [last + 1 for _, last in limits[:-1]]


def test_a_paragraph_on_two_pages_is_one_element() -> None:
    maker = SectionMaker(1)
    maker.add(*(paragraph("word " * 400) for _ in range(4)))
    with _open(_document(maker)) as pdf:
        pages = [len({page for page, _ in _marks(p)}) for p in _elements(pdf, "P")]
        assert 2 in pages
        # One mark on each page, however many lines.
        assert [len(_marks(p)) for p in _elements(pdf, "P")] == pages


def test_a_link_in_pieces_is_one_element_with_an_annotation_for_each() -> None:
    words = "a very long name of a place that needs more than one line " * 60
    maker = SectionMaker(1)
    link = Link("https://example.org/", (Text(words), Text("and ends here", strong=True)))
    reference = CrossReference("sec_1", (Text("there"),))
    spans = (Text("See "), link, Text(", "), link, Text(" or "), reference, Text("."))
    maker.add(paragraph("word " * 300), _spans(spans))
    with _open(_document(maker)) as pdf:
        first, second, third = _elements(pdf, "Link")
        for element in (first, second):
            annotations = [kid for kid in _kids(element) if not isinstance(kid, int) and "/Obj" in kid]
            marked = {page for page, _ in _marks(element)}
            on = {kid.get("/Pg", element.Pg).objgen[0] for kid in annotations}
            assert len(annotations) > 5
            assert on == marked
            assert {str(kid.Obj.A.URI) for kid in annotations} == {"https://example.org/"}
        assert len(_kids(third)) == 2
        (around,) = {element.P.objgen for element in (first, second, third)}
        (holder,) = [p for p in _elements(pdf, "P") if p.objgen == around]
        kinds = [str(kid.S) if "/S" in kid else "mark" for kid in map(_as_dictionary, _kids(holder))]
        assert kinds == ["mark", "/Link", "mark", "/Link", "mark", "/Link", "mark"]


def _as_dictionary(kid: pikepdf.Object | int) -> pikepdf.Object:
    return pikepdf.Dictionary() if isinstance(kid, int) else kid


def _spans(spans):
    made = paragraph("")
    return type(made)(spans, made.where)


def test_header_rows_printed_again_are_furniture() -> None:
    maker = SectionMaker(1)
    link = Link("https://example.org/", (Text("a linked head"),))
    maker.table(("HEADER-A", "B"), [(str(n), "cell") for n in range(120)], (0.5, 0.5))
    (table,) = maker.blocks
    assert isinstance(table, Table)
    (row,) = table.header
    cell = type(row.cells[1])((_spans((link,)),))
    header = type(row)((row.cells[0], cell), row.where)
    maker.blocks[0] = type(table)(table.columns, (header,), table.rows, table.anchor, table.where)
    document = _document(maker)
    laid = lay_out(document, style())
    content = write_body(document, style(), laid).content
    shown = pypdfium2.PdfDocument(content)
    pages = [k for k in range(len(shown)) if "HEADER-A" in shown[k].get_textpage().get_text_bounded()]
    shown.close()
    assert len(pages) > 2
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(_elements(pdf, "Table")) == len(_elements(pdf, "THead")) == 1
        assert len(_elements(pdf, "TR")) == 121
        for head in _elements(pdf, "TH"):
            assert head.get("/Pg", _elements(pdf, "Link")[0].Pg).objgen == pdf.pages[pages[0]].objgen
        # A link in a header is in the tree once, and nothing else can be clicked.
        assert [len(page.get("/Annots", [])) for page in pdf.pages].count(1) == 1
        for page in pages[1:]:
            assert "/Link" not in {tag for _, tag, _, _ in _mark_operators(pdf.pages[page])}


def test_a_row_on_two_pages_is_one_row() -> None:
    maker = SectionMaker(1)
    maker.table(("A", "B"), [("left", tuple("filler " * 150 for _ in range(6)))], (0.3, 0.7))
    with _open(_document(maker)) as pdf:
        assert len(_elements(pdf, "TR")) == 2
        assert len(_elements(pdf, "TD")) == 2
        (cell,) = [td for td in _elements(pdf, "TD") if len(_kids(td)) > 1]
        assert len(_kids(cell)) == 6
        assert len({page for p in _kids(cell) for page, _ in _marks(p)}) == 2


def test_pdfium_finds_the_same_elements_on_every_page() -> None:
    """The trees of pdfium are built from the parent tree, page by page."""
    _, _, body = pack("staff")
    opened = pypdfium2.PdfDocument(body.content)
    with pikepdf.open(io.BytesIO(body.content)) as pdf:
        numbers = {page.objgen[0]: k for k, page in enumerate(pdf.pages)}
        expected: dict[int, int] = dict.fromkeys(range(len(pdf.pages)), 0)
        for element in pdf.objects:
            if isinstance(element, pikepdf.Dictionary) and "/S" in element and "/P" in element:
                for page in {page for page, _ in _marks(element)}:
                    expected[numbers[page]] += 1
        for index in range(len(opened)):
            page = opened[index]
            tree = pdfium.FPDF_StructTree_GetForPage(page)
            marked: set[int] = set()
            count = 0
            waiting = [
                pdfium.FPDF_StructTree_GetChildAtIndex(tree, k)
                for k in range(pdfium.FPDF_StructTree_CountChildren(tree))
            ]
            while waiting:
                element = waiting.pop()
                own = set()
                for k in range(pdfium.FPDF_StructElement_CountChildren(element)):
                    inner = pdfium.FPDF_StructElement_GetChildAtIndex(element, k)
                    if inner:
                        waiting.append(inner)
                    mcid = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, k)
                    if mcid >= 0:
                        own.add(mcid)
                assert not own & marked
                marked |= own
                count += bool(own)
            pdfium.FPDF_StructTree_Close(tree)
            assert count == expected[index], index
    opened.close()


def test_pdfium_reads_types_and_alternatives() -> None:
    _, laid, body = pack()
    opened = pypdfium2.PdfDocument(body.content)
    figure = next(
        k
        for k, page in enumerate(laid.pages)
        for placed in page.placed
        if type(placed.flow).__name__ == "Figure"
    )
    page = opened[figure]
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    found: dict[str, str] = {}
    waiting = [
        pdfium.FPDF_StructTree_GetChildAtIndex(tree, k)
        for k in range(pdfium.FPDF_StructTree_CountChildren(tree))
    ]
    while waiting:
        element = waiting.pop()
        found[_string(pdfium.FPDF_StructElement_GetType, element)] = _string(
            pdfium.FPDF_StructElement_GetAltText, element
        )
        children = (
            pdfium.FPDF_StructElement_GetChildAtIndex(element, k)
            for k in range(pdfium.FPDF_StructElement_CountChildren(element))
        )
        waiting.extend(child for child in children if child)
    pdfium.FPDF_StructTree_Close(tree)
    opened.close()
    assert found["Figure"] == "A blue gradient"
    assert {"Document", "Sect", "P", "Caption"} <= set(found)


def _string(read, element) -> str:
    length = read(element, None, 0)
    buffer = ctypes.create_string_buffer(length)
    read(element, buffer, length)
    return buffer.raw[:length].decode("utf-16-le").rstrip("\0")


def test_what_says_nothing_is_not_in_the_tree() -> None:
    maker = SectionMaker(1)
    maker.add(paragraph("before"), paragraph(""), paragraph("after"))
    with _open(_document(maker)) as pdf:
        section = _elements(pdf, "Sect")[-1]
        assert [str(kid.S) for kid in section.K] == ["/H1", "/P", "/P"]


def test_the_same_pages_can_be_drawn_twice() -> None:
    document = sample_document()
    laid = lay_out(document, style())
    assert write_body(document, style(), laid) == write_body(document, style(), laid)


@pytest.mark.parametrize(
    "words", ["plain", "a (b) \\ c", "both (", "line\nbreak", "Ærø – ж ☃ 𝒜", "\x7f", " "]
)
def test_strings_are_read_as_they_were_written(words: str) -> None:
    pdf = pikepdf.Object.parse(f"<</T{text_string(words)}>>".encode())
    assert str(pdf.T) == words
