from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from briefpack.word.xml import NAMESPACES, Xml, element, escape, field, paragraph, part, quote, run
from tests.word.opened import W, text_of

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)


def _parsed(markup):
    return etree.fromstring(part("w:body", ("w",), Xml(markup)))


@given(ANY_TEXT)
def test_any_text_comes_back_as_it_was_but_for_what_xml_forbids(text):
    root = _parsed(run(text))

    shown = text_of(root)
    assert len(shown) == len(text)
    for before, after in zip(text, shown, strict=True):
        assert after in (before, "\ufffd", " ")


@given(ANY_TEXT)
def test_any_text_fits_into_an_attribute(text):
    root = _parsed(element("w:p", {"w:val": text}))

    assert len(root[0].get(f"{W}val")) == len(text)


def test_markup_in_words_stays_words():
    assert escape("<w:p>&amp;</w:p>") == "&lt;w:p&gt;&amp;amp;&lt;/w:p&gt;"
    assert quote('a "b"\n') == "a &quot;b&quot; "


def test_a_field_has_a_result_before_it_is_closed():
    kinds = [char.get(f"{W}fldCharType") for char in _parsed(field("PAGE", run("1"))).iter(f"{W}fldChar")]

    assert kinds == ["begin", "separate", "end"]


def test_a_paragraph_names_its_style_first():
    root = _parsed(paragraph("Normal", run("x"), properties=Xml("<w:keepNext/>")))

    assert [child.tag for child in root[0][0]] == [f"{W}pStyle", f"{W}keepNext"]
    assert set(NAMESPACES) >= {"w", "r"}
