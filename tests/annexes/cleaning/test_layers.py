"""What stands on layers that are switched off."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from briefpack.annexes.cleaning.layers import Layers, are_undefined, remove_hidden
from tests.annexes.makers import add_page, font

CONTENT = (
    b"BT /F1 12 Tf (before) Tj ET "
    b"/OC /L BDC q 2 0 0 2 0 0 cm 1 0 0 RG 0 0 9 9 re S BT (secret) Tj T* (more) ' [(x)] TJ ET /X Do "
    b"BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI /Span BMC (deeper) Tj EMC Q EMC "
    b"BT (after) Tj ET"
)


@pytest.fixture
def pdf() -> Pdf:
    return Pdf.new()


def layer(pdf: Pdf, **entries: object) -> Object:
    made = Dictionary(Type=Name.OCG, Name=String("Layer"))
    for key, value in entries.items():
        made[f"/{key}"] = value
    return pdf.make_indirect(made)


def with_layers(pdf: Pdf, groups: list[Object], **config: object) -> None:
    settings = Dictionary()
    for key, value in config.items():
        settings[f"/{key}"] = value
    pdf.Root.OCProperties = Dictionary(OCGs=Array(groups), D=settings)


def page_on(pdf: Pdf, membership: Object, content: bytes = CONTENT) -> Object:
    form = pdf.make_stream(
        b"BT (in form) Tj ET", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])
    )
    return add_page(
        pdf,
        content,
        Resources=Dictionary(
            Font=Dictionary(F1=font()), Properties=Dictionary(L=membership), XObject=Dictionary(X=form)
        ),
    )


def left(pdf: Pdf) -> bytes:
    remove_hidden(pdf, Layers(pdf))
    return bytes(pdf.pages[0].Contents.read_bytes())


def test_what_paints_on_a_layer_that_is_off_goes_and_the_rest_stays(pdf: Pdf) -> None:
    group = layer(pdf)
    with_layers(pdf, [group], OFF=Array([group]))
    page_on(pdf, group)
    content = left(pdf)
    for gone in (b"secret", b"more", b"(x)", b"deeper", b" S", b"Do", b"BI"):
        assert gone not in content, gone
    assert b"before" in content
    assert b"after" in content


def test_the_state_set_on_a_hidden_layer_stays_balanced(pdf: Pdf) -> None:
    group = layer(pdf)
    with_layers(pdf, [group], OFF=Array([group]))
    page_on(pdf, group)
    operators = [str(i.operator) for i in pikepdf.parse_content_stream(pdf.pages[0].obj)]
    remove_hidden(pdf, Layers(pdf))
    after = [str(i.operator) for i in pikepdf.parse_content_stream(pdf.pages[0].obj)]
    for pair in (("q", "Q"), ("BT", "ET"), ("BDC", "BDC")):
        assert [after.count(op) for op in pair] == [operators.count(op) for op in pair]
    assert after.count("n") == 1, "a path that is not painted must still end"


def test_what_is_on_a_layer_that_is_on_is_not_touched(pdf: Pdf) -> None:
    group, other = layer(pdf), layer(pdf)
    with_layers(pdf, [group, other], OFF=Array([other]))
    page_on(pdf, group)
    assert b"secret" in left(pdf)


def test_a_document_without_hidden_layers_keeps_its_bytes(pdf: Pdf) -> None:
    group = layer(pdf)
    with_layers(pdf, [group])
    page_on(pdf, group)
    assert left(pdf) == CONTENT


def test_a_picture_or_form_that_belongs_to_a_hidden_layer_becomes_blank(pdf: Pdf) -> None:
    group = layer(pdf)
    with_layers(pdf, [group], OFF=Array([group]))
    page = page_on(pdf, group, b"/X Do")
    page.Resources.XObject.X.OC = group
    left(pdf)
    form = page.Resources.XObject.X
    assert form.read_bytes() == b""
    assert list(form.BBox) == [0, 0, 0, 0]


def test_hidden_parts_of_forms_within_forms_go_too(pdf: Pdf) -> None:
    group = layer(pdf)
    with_layers(pdf, [group], OFF=Array([group]))
    looks = {"Type": Name.XObject, "Subtype": Name.Form}
    inner = pdf.make_stream(
        b"/OC /L BDC (secret) Tj EMC (shown) Tj",
        BBox=Array([0, 0, 9, 9]),
        Resources=Dictionary(Properties=Dictionary(L=group)),
        **looks,
    )
    outer = pdf.make_stream(
        b"/Y Do", BBox=Array([0, 0, 9, 9]), Resources=Dictionary(XObject=Dictionary(Y=inner)), **looks
    )
    page = add_page(pdf, b"/X Do", Resources=Dictionary(XObject=Dictionary(X=outer)))
    remove_hidden(pdf, Layers(pdf))
    text = page.Resources.XObject.X.Resources.XObject.Y.read_bytes()
    assert b"secret" not in text
    assert b"shown" in text


def test_a_base_state_of_off_hides_all_but_what_is_switched_on(pdf: Pdf) -> None:
    off, on = layer(pdf), layer(pdf)
    with_layers(pdf, [off, on], BaseState=Name.OFF, ON=Array([on]))
    layers = Layers(pdf)
    assert layers.hides(off)
    assert not layers.hides(on)


def test_the_state_for_viewing_counts_where_the_document_asks_for_it(pdf: Pdf) -> None:
    hidden = layer(pdf, Usage=Dictionary(View=Dictionary(ViewState=Name.OFF)))
    shown = layer(pdf, Usage=Dictionary(View=Dictionary(ViewState=Name.ON)))
    asked = Array([Dictionary(Event=Name.View, Category=Array([Name.View]), OCGs=Array([hidden, shown]))])
    with_layers(pdf, [hidden, shown], OFF=Array([shown]), AS=asked)
    layers = Layers(pdf)
    assert layers.hides(hidden)
    assert not layers.hides(shown)


def test_a_layer_for_designers_is_always_seen(pdf: Pdf) -> None:
    group = layer(pdf, Intent=Name.Design)
    with_layers(pdf, [group], OFF=Array([group]))
    assert not Layers(pdf).hides(group)


@pytest.mark.parametrize(
    ("policy", "hides"), [("AnyOn", False), ("AllOn", True), ("AnyOff", False), ("AllOff", True)]
)
def test_membership_of_an_on_and_an_off_layer_follows_its_policy(pdf: Pdf, policy: str, hides: bool) -> None:
    on, off = layer(pdf), layer(pdf)
    with_layers(pdf, [on, off], OFF=Array([off]))
    membership = Dictionary(Type=Name.OCMD, OCGs=Array([on, off]), P=Name(f"/{policy}"))
    assert Layers(pdf).hides(membership) is hides


def test_membership_may_be_an_expression(pdf: Pdf) -> None:
    on, off = layer(pdf), layer(pdf)
    with_layers(pdf, [on, off], OFF=Array([off]))
    layers = Layers(pdf)

    def hides(*expression: object) -> bool:
        return layers.hides(Dictionary(Type=Name.OCMD, VE=Array(list(expression))))

    assert hides(Name.And, on, off)
    assert not hides(Name.Or, on, off)
    assert not hides(Name.Not, off)
    assert hides(Name.And, on, Array([Name.Not, on]))


def test_an_expression_that_contains_itself_ends(pdf: Pdf) -> None:
    off = layer(pdf)
    with_layers(pdf, [off], OFF=Array([off]))
    expression = pdf.make_indirect(Array([Name.Not]))
    expression.append(expression)
    assert Layers(pdf).hides(Dictionary(Type=Name.OCMD, VE=expression)) in {True, False}


@pytest.mark.parametrize("wish", ["AllOff", "AnyOff"])
def test_what_is_seen_only_while_layers_are_off_goes_while_they_are_on(pdf: Pdf, wish: str) -> None:
    """Scanning programs lay a second picture of the text on such a membership; no layer of the file is off."""
    group = layer(pdf)
    with_layers(pdf, [group], ON=Array([group]))
    page_on(pdf, pdf.make_indirect(Dictionary(Type=Name.OCMD, OCGs=Array([group]), P=Name(f"/{wish}"))))
    content = left(pdf)
    assert b"secret" not in content
    assert b"before" in content
    assert b"after" in content


def test_layers_that_the_catalog_does_not_know_are_seen(pdf: Pdf) -> None:
    group = layer(pdf)
    page_on(pdf, pdf.make_indirect(Dictionary(Type=Name.OCMD, OCGs=Array([group]), P=Name.AllOff)))
    assert are_undefined(pdf)
    assert b"secret" in left(pdf)
    with_layers(pdf, [group])
    assert not are_undefined(pdf)
