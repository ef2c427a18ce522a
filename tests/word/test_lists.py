"""Lists of definitions: each term hangs before what explains it."""

from dataclasses import replace

from briefpack.document import Callout, List, ListItem, ListKind
from briefpack.style import Length
from tests.samples import WHERE
from tests.word.making import opened, pack, say
from tests.word.opened import faults, style_of, written


def _terms(*pairs, hang=5.0, depth=0, role="list"):
    items = tuple(ListItem(term, (say(text, role),)) for term, text in pairs)
    return List(ListKind.TERMS, items, depth, 1, WHERE, hang=hang)


def test_a_term_stands_before_its_explanation_in_a_look_of_its_own():
    found = opened(_terms(("KFOR", "Kosovo Force"), ("NALT", "A team")))

    assert found.texts("ListParagraph") == ["KFOR\tKosovo Force", "NALT\tA team"]
    assert (
        found.find("//w:p[w:pPr/w:pStyle/@w:val='ListParagraph']/w:r[1]/w:rPr/w:rStyle/@w:val")
        == ["Term"] * 2
    )
    assert found.find("//w:p[w:pPr/w:pStyle/@w:val='ListParagraph']/w:pPr/w:numPr") == []


def test_terms_hang_by_what_the_document_says():
    hang = Length(5 * style_of().text["list"].size).twips
    found = opened(_terms(("KFOR", "Kosovo Force")))

    (item,) = found.paragraphs("ListParagraph")
    assert found.find("./w:pPr/w:ind/@w:hanging", item) == [str(hang)]
    assert found.find("./w:pPr/w:ind/@w:left", item) == [str(hang)]


def test_without_a_width_terms_hang_like_other_labels():
    found = opened(_terms(("KFOR", "Kosovo Force"), hang=None))

    (item,) = found.paragraphs("ListParagraph")
    assert found.find("./w:pPr/w:ind/@w:hanging", item) == [str(style_of().lists.indent.twips)]


def test_a_term_that_is_too_long_stands_above_its_explanation():
    found = opened(_terms(("NATO Advisory and Liaison Team", "A team")))

    assert found.texts("ListParagraph") == ["NATO Advisory and Liaison Team\nA team"]


def test_further_paragraphs_of_a_term_stand_under_its_explanation():
    items = (ListItem("KFOR", (say("one", "list"), say("two", "list"))),)
    found = opened(List(ListKind.TERMS, items, 0, 1, WHERE, hang=5.0))

    first, second = found.paragraphs("ListParagraph")
    left = found.find("./w:pPr/w:ind/@w:left", first)
    assert found.find("./w:pPr/w:ind/@w:left", second) == left
    assert found.find("./w:pPr/w:ind/@w:hanging", second) == []


def test_terms_in_a_box_keep_inside_it():
    found = opened(Callout(None, (_terms(("Capital", "Sarajevo"), role="facts"),), WHERE, "facts"))

    (item,) = found.paragraphs("Facts")
    style = style_of()
    hang = Length(5 * style.text["list"].size).twips
    (left,) = found.find("./w:pPr/w:ind/@w:left", item)
    assert int(left) > hang
    (right,) = found.find("./w:pPr/w:ind/@w:right", item)
    assert int(right) > 0


def test_a_term_is_in_the_language_of_its_section():
    document = pack((_terms(("OTAN", "Alliance")),))
    document = replace(document, sections=(replace(document.sections[0], language="fr"),))
    found = written(document)

    assert faults(found) == []
    assert found.find("//w:r[w:rPr/w:rStyle/@w:val='Term']/w:rPr/w:lang/@w:val") == ["fr"]


def test_the_label_of_an_item_that_begins_with_a_list_stands_above_it():
    """A term or a mark is never lost, whatever follows."""
    inner = List(ListKind.BULLETS, (ListItem("–", (say("within", "list"),)),), 1, 2, WHERE)
    terms = List(ListKind.TERMS, (ListItem("Aims", (inner,)),), 0, 1, WHERE, hang=5.0)
    marks = List(ListKind.BULLETS, (ListItem("•", (inner,)),), 0, 3, WHERE)
    found = opened(terms, marks)

    assert found.texts("ListParagraph") == ["Aims", "within", "•", "within"]
    assert faults(found) == []
