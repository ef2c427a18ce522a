"""Notes at the foot of the page: read out behind the words that they belong to, in every place where a mark can stand."""

import io
from typing import Any, cast

import pikepdf
import pytest

from briefpack.annexes.claims import Claims
from briefpack.annexes.finish import finish
from briefpack.document import CrossReference, Heading, Link, Paragraph, Position, Text
from briefpack.pdf.layout import lay_out
from briefpack.pdf.writer import write_body
from tests.conformance.aloud import difference, furniture, heard, passed_over, told
from tests.conformance.kinds import kind_differences
from tests.conformance.noting import notes_of
from tests.conformance.packs import Expected
from tests.conformance.structure import structure_faults
from tests.conformance.tagged import Tagged
from tests.conformance.vera import validate
from tests.pdf.looks import style
from tests.pdf.noted import Plan, Writer, document, note, section
from tests.pdf.test_notes_everywhere import KINDS as ARRANGED
from tests.pdf.test_notes_everywhere import arranged
from tests.samples import WHERE

KINDS = ("heading", "paragraph", "parts", "kept", "numbered", "list", "box", "table", "tall", "paragraph")
NAMES = ("base", "minister", "press")


def _document():
    """Notes of one and of several paragraphs, one that goes on over pages, and one with all that a note may hold."""
    writer = Writer()
    first = section(writer, [Plan(kind, 40, (4, 30, 60)) for kind in KINDS])
    long = section(writer, [Plan("heading", 3), Plan("parts", 90, (900,)), Plan("paragraph", 60, (9,))], 2)
    rich = note(
        901,
        (
            Text("See "),
            Link("https://example.org/", (Text("the site"),)),
            Text(" and "),
            CrossReference("sec_1", (Text("section 1"),)),
            Text(", CO"),
            Text("2", position=Position.SUB),
            Text(" of "),
            Text("ONU", small_caps=True, language="fr"),
        ),
        (Text("Une remarque", language="fr"),),
    )
    title = Heading(2, None, (Text("A heading"), rich), "h_rich", WHERE)
    again = note(902, "in a note")
    text = Paragraph((Text("The 2"), Text("nd", position=Position.SUPER), Text(" time"), again), WHERE)
    others = arranged(writer, [(kind, 40, (9, 30)) for kind in ARRANGED], 4)
    last = section(writer, [Plan("paragraph", 20)], 3)
    blocks = (*last.blocks, title, text)
    return document(first, long, others, type(last)(last.number, last.title, last.anchor, (), blocks, WHERE))


@pytest.fixture(scope="module", params=NAMES)
def case(request: Any) -> tuple[Expected, bytes]:
    look, made = style(request.param), _document()
    body = write_body(made, look, lay_out(made, look)).content
    nobody = cast("Any", None)
    return Expected(nobody, nobody, nobody, look, {}, made), finish(body, Claims())


def test_nothing_is_wrong_with_the_structure(case):
    with pikepdf.open(io.BytesIO(case[1])) as pdf:
        assert structure_faults(pdf) == []


def test_the_tags_say_what_the_document_says(case):
    expected, content = case
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tagged, own = Tagged(pdf), set(range(len(pdf.pages)))
        assert difference(told(expected), heard(tagged, own)) == ""
        assert kind_differences(expected, tagged, own) == []


def test_nothing_of_a_note_is_passed_over(case):
    expected, content = case
    with pikepdf.open(io.BytesIO(content)) as pdf:
        own = set(range(len(pdf.pages)))
        known = furniture(expected, ["i", "ii", "iii", *map(str, own)])
        assert {word.text for word in passed_over(Tagged(pdf), own)} - known == set()


def test_every_note_has_a_name_of_its_own_and_its_mark_leads_to_it(case):
    """PDF/UA-1, 7.9; and the place that a mark leads to is on the page where the note begins."""
    expected, content = case
    anchors = [each.anchor for each in notes_of(expected.document)]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        elements = [element for element in Tagged(pdf).elements if element.role == "Note"]
        assert sorted(element.text_of("/ID") for element in elements) == sorted(anchors)
        named = pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)
        assert {name for name in named if name in anchors} == set(anchors)
        begun = {element.text_of("/ID"): next(iter(element.contents())).page for element in elements}
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        leads = [
            pages[each.Dest[0].objgen]
            for page in pdf.pages
            for each in page.obj.get("/Annots", [])
            if str(each.Contents).isdigit()
        ]
        assert sorted(leads) == sorted(begun.values())


@pytest.fixture(scope="module")
def verdict(case, tmp_path_factory):
    path = tmp_path_factory.mktemp("notes") / "notes.pdf"
    path.write_bytes(case[1])
    return validate([(flavour, path) for flavour in ("ua1", "2a")])


def test_vera_finds_nothing_wrong(verdict):
    assert [str(each) for each in verdict if not each.passed] == []
