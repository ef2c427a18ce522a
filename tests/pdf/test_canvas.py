from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest

from briefpack.document import CrossReference, Link, Text
from briefpack.pdf.canvas import Artifact, PageCanvas, UntaggedError
from briefpack.pdf.fonts import Faces
from briefpack.pdf.structure import Element
from briefpack.pdf.text import Typesetter
from briefpack.style import Colour
from tests.pdf.looks import style
from tests.pdf.paper import typesetter
from tests.samples import picture

BLACK = Colour(0, 0, 0)
REFERENCE = CrossReference("here", (Text("there"),))


def _setter() -> Typesetter:
    return Typesetter(style(), Faces(style().fonts), "en")


def _canvas(root: Element | None) -> PageCanvas:
    body = style().text["body"]
    face = Faces(style().fonts).face(body.font)
    return PageCanvas((300.0, 400.0), language="en", font=face.name, structure=root)


def _content(canvas: PageCanvas) -> str:
    canvas.show_page()
    with pikepdf.open(io.BytesIO(canvas.finish())) as pdf:
        return pdf.pages[0].Contents.read_bytes().decode("latin-1")


def _paint_words(canvas: PageCanvas) -> None:
    _setter().line("words", "body").paint(canvas, 10, 10)


def _paint_operators(canvas: PageCanvas) -> None:
    canvas.write("0 0 10 10 re f")


def _paint_fill(canvas: PageCanvas) -> None:
    canvas.fill(0, 0, 10, 10, BLACK)


def _paint_picture(canvas: PageCanvas) -> None:
    canvas.picture(picture(4, 4), 0, 0, 10, 10)


def _add_link(canvas: PageCanvas) -> None:
    canvas.link(REFERENCE, (0, 0, 10, 10), None)


@pytest.mark.parametrize(
    "paint",
    [_paint_words, _paint_operators, _paint_fill, _paint_picture, _add_link],
)
def test_what_is_neither_content_nor_furniture_is_not_painted(paint: Callable[[PageCanvas], None]) -> None:
    root = Element("Document")
    canvas = _canvas(root)
    line = _setter().line("words", "body")
    with pytest.raises(UntaggedError):
        paint(canvas)
    # After furniture and after content as well.
    with canvas.artifact():
        paint(canvas)
    with pytest.raises(UntaggedError):
        paint(canvas)
    line.paint(canvas, 10, 10, root.add("P"))
    with pytest.raises(UntaggedError):
        paint(canvas)


def test_words_without_an_element_among_words_with_one_are_not_painted() -> None:
    setter = _setter()
    flow = setter.flow((Text("words"),), "body")
    flow.fit(200)
    with pytest.raises(UntaggedError):
        flow.paint(_canvas(Element("Document")), 10, 200)


def test_content_does_not_stand_in_content_nor_furniture_in_content() -> None:
    root = Element("Document")
    canvas = _canvas(root)
    line = _setter().line("words", "body")
    with canvas.content(root.add("Figure")):
        with pytest.raises(UntaggedError), canvas.content(root.add("P")):
            pass
        with pytest.raises(UntaggedError), canvas.artifact():
            pass
        with pytest.raises(UntaggedError):
            line.paint(canvas, 10, 10, root)
        canvas.fill(0, 0, 10, 10, BLACK)


def test_a_file_without_a_tree_has_no_content() -> None:
    canvas = _canvas(None)
    with pytest.raises(UntaggedError), canvas.content(Element("P")):
        pass
    with canvas.artifact():
        canvas.write("q Q")
    canvas.show_page()
    with pikepdf.open(io.BytesIO(canvas.finish())) as pdf:
        assert "/StructTreeRoot" not in pdf.Root


def test_neighbours_share_an_artifact_which_ends_before_content_and_with_the_page() -> None:
    root = Element("Document")
    canvas = _canvas(root)
    for k in range(3):
        with canvas.artifact():
            canvas.fill(k, 0, 10, 10, BLACK)
    with canvas.artifact(Artifact.PAGINATION):
        canvas.fill(0, 0, 20, 20, BLACK)
        with canvas.artifact():
            canvas.fill(0, 0, 30, 30, BLACK)
    with canvas.content(root.add("Figure")):
        canvas.fill(0, 0, 40, 40, BLACK)
    with canvas.artifact():
        canvas.fill(0, 0, 50, 50, BLACK)
    content = _content(canvas)
    marks = [line for line in content.splitlines() if line.endswith(("BMC", "BDC", "EMC"))]
    assert marks == [
        "/Artifact BMC", "EMC",
        "/Artifact <</Type/Pagination>>BDC", "EMC",
        "/Figure <</MCID 0>>BDC", "EMC",
        "/Artifact BMC", "EMC",
    ]  # fmt: skip


def test_content_inside_furniture_is_furniture() -> None:
    root = Element("Document")
    canvas = _canvas(root)
    setter = _setter()
    element = root.add("P")
    flow = setter.flow((Text("see "), REFERENCE), "body", element=element)
    flow.fit(200)
    with canvas.artifact(Artifact.PAGINATION):
        flow.paint(canvas, 10, 200)
        with canvas.content(element):
            canvas.fill(0, 0, 10, 10, BLACK)
        canvas.place(element, (0, 0, 10, 10))
    canvas.show_page()
    with pikepdf.open(io.BytesIO(canvas.finish())) as pdf:
        assert b"MCID" not in pdf.pages[0].Contents.read_bytes()
        assert "/Annots" not in pdf.pages[0]
        assert "/K" not in pdf.Root.StructTreeRoot.get("/K", {})


def test_rules_under_words_are_furniture() -> None:
    root = Element("Document")
    canvas = _canvas(root)
    setter = typesetter()
    link = Link("https://example.org/", (Text("there"),))
    flow = setter.flow((Text("see "), link), "body", element=root.add("P"))
    flow.fit(200)
    flow.paint(canvas, 10, 200)
    content = _content(canvas)
    assert content.index("ET") < content.index("/Artifact BMC") < content.index(" re f")
    assert content.count("EMC") == 3
