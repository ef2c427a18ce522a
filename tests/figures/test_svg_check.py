"""SVG files: whatever cannot be drawn is refused at its place, and nothing outside the file is ever touched."""

from __future__ import annotations

import pytest

from briefpack.figures.svg_check import check_svg

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:i="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 10 10">'
)


def _facts(inner: str) -> list[tuple[int, int, str]]:
    return [(f.line, f.column, f.fact) for f in check_svg(f"{HEAD}\n{inner}\n</svg>".encode())]


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ('<image href="a.png"/>', "pixels"),
        ('<image href="data:image/png;base64,AAAA"/>', "pixels"),
        ("<script>1</script>", "script"),
        ('<rect onclick="x()"/>', "script"),
        ("<foreignObject/>", "another kind"),
        ("<text><textPath>x</textPath></text>", "along a path"),
        ("<switch/>", "machine"),
        ("<animate/>", "moves"),
        ("<set/>", "moves"),
        ('<rect fill="url(#g)"/>', "gradient"),
        ('<rect style="fill: url(#g)"/>', "gradient"),
        ('<rect stroke="url(#g)"/>', "gradient"),
        ('<rect filter="url(#f)"/>', "filter"),
        ('<g mask="url(#m)"/>', "mask"),
        ('<rect opacity="0.5"/>', "see-through"),
        ('<rect opacity="50%"/>', "see-through"),
        ('<rect style="stroke-opacity:.3"/>', "see-through"),
        ("<style>.a { fill-opacity: 0.2 }</style>", "see-through"),
        ('<line marker-end="url(#arrow)"/>', "arrowhead"),
        ('<text dominant-baseline="middle">x</text>', "baseline"),
        ('<text style="font: 10px Arial">x</text>', "short form"),
        ('<use href="other.svg#x"/>', "outside the file"),
        ('<use xlink:href="http://example.org/x.svg"/>', "outside the file"),
        ('<use xlink:href="file:///etc/passwd"/>', "outside the file"),
        ("<style>@import 'x.css';</style>", "outside the file"),
        ("<style>@font-face { src: url(x.ttf) }</style>", "outside the file"),
        ('<rect style="background: url(http://x)"/>', "outside the file"),
        ("<blink/>", "cannot be drawn"),
    ],
)
def test_what_cannot_be_drawn_is_refused_where_it_stands(inner: str, words: str) -> None:
    ((line, column, fact), *_) = _facts(inner)
    assert line == 2
    assert column >= 1
    assert words in fact


@pytest.mark.parametrize(
    "inner",
    [
        "<rect/><path/><text><tspan/></text>",
        '<defs><linearGradient id="g"><stop offset="0"/></linearGradient><filter id="f"><feImage/></filter></defs>',
        '<rect opacity="1" fill-opacity="100%" filter="none"/>',
        "<metadata><foo xmlns='x'/></metadata><title>T</title>",
        '<i:grid/><g i:label="a"/>',
        '<g clip-path="url(#c)"><use href="#a"/><use xlink:href="#a"/></g>',
        '<a href="https://www.nato.int"><rect/></a>',
        "<style>/* opacity: .5 */ .a{fill:red}</style>",
        '<text dominant-baseline="auto">x</text>',
    ],
)
def test_plain_shapes_and_what_editors_leave_behind_pass(inner: str) -> None:
    assert _facts(inner) == []


def test_every_fault_is_told_up_to_ten() -> None:
    assert [line for line, _, _ in _facts('<image/>\n<rect opacity=".5"/>\n<script/>')] == [2, 3, 4]
    assert len(_facts("<image/>" * 40)) == 10


def test_what_is_inside_a_refused_thing_is_not_told_again() -> None:
    assert len(_facts("<foreignObject><div><p/></div></foreignObject>")) == 1


def test_a_file_with_entities_of_its_own_is_refused_before_they_grow() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE svg [<!ENTITY l0 "ha">{laughs}]>{HEAD}<text>&l11;</text></svg>'
    (fault,) = check_svg(bomb.encode())
    assert "entities" in fault.fact


def test_an_entity_from_outside_is_refused() -> None:
    raw = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>{HEAD}<text>&x;</text></svg>'
    assert "entities" in check_svg(raw.encode())[0].fact


def test_the_doctype_that_editors_write_passes() -> None:
    doctype = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    assert check_svg(f"{doctype}{HEAD}<rect/></svg>".encode()) == []


@pytest.mark.parametrize(
    "raw", [b"", b"\x1f\x8b\x08", b"plain", b"<svg", b"<svg xmlns='http://www.w3.org/2000/svg'>"]
)
def test_what_is_no_xml_is_refused(raw: bytes) -> None:
    assert check_svg(raw)


@pytest.mark.parametrize(
    "root", ["<html/>", '<svg xmlns="urn:x" viewBox="0 0 1 1"/>', '<svg width="100%"/>', "<svg/>"]
)
def test_another_file_or_one_without_a_size_is_refused(root: str) -> None:
    assert len(check_svg(root.encode())) == 1


def test_what_uses_itself_adds_up_to_nothing() -> None:
    assert _facts('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>') == []


def test_shapes_used_a_few_times_pass() -> None:
    assert _facts('<g id="a"><rect/><rect/></g>' + '<use href="#a"/>' * 500) == []


def test_shapes_multiplied_by_use_are_counted() -> None:
    levels = "".join(f'<g id="x{n + 1}">{f"""<use href="#x{n}"/>""" * 10}</g>' for n in range(6))
    assert "adds up to more" in _facts(f'<rect id="x0"/>{levels}')[0][2]
    chain = "".join(f'<g id="x{n + 1}"><use href="#x{n}"/></g>' for n in range(5000))
    assert _facts(f'{chain}<rect id="x0"/>')


def test_a_file_too_deep_or_too_long_is_refused() -> None:
    assert "in one another" in check_svg(f"{HEAD}{'<g>' * 70}".encode())[0].fact
    assert "elements" in check_svg(f"{HEAD}{'<g/>' * 20_001}".encode())[0].fact
