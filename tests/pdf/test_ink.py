"""Looks that are alike share what is measured, and characters that a face lacks come from another."""

from __future__ import annotations

from briefpack.document import Text
from tests.pdf.paper import Paper, extracted, typesetter


def test_characters_a_font_lacks_are_lent_by_its_fallback() -> None:
    setter = typesetter()
    carlito, other = setter.faces.face("Carlito"), setter.faces.face("LiberationSans")
    char = next(
        chr(n)
        for n in sorted(other.characters)
        if n > 0x2100 and n not in carlito.characters and chr(n).isprintable()
    )
    text = f"before {char}word{char} after"
    paper = Paper()
    flow = setter.flow((Text(text),), "body")
    flow.fit(300)
    flow.paint(paper, 60, 700)
    assert extracted(paper) == text
    assert paper.written[0].count(" Tf") == 5


def test_equal_looks_share_an_ink_and_its_caches() -> None:
    setter = typesetter()
    assert setter.ink("body", Text("x")) is setter.ink("body", Text("y"))
    assert setter.ink("body", Text("x")).sized is setter.ink("secondary", Text("x")).sized
