"""Words for search and screen readers that differ from those shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.annex import Remark, Treatment
from briefpack.annexes.cleaning import clean
from tests.annexes.makers import add_page, document, saved, tagged


def told(content: str, tmp_path: Path) -> tuple[Remark, ...]:
    pdf = document(1)
    add_page(pdf, content.encode())
    return clean(saved(pdf, tmp_path / "s.pdf"), tmp_path / "clean.pdf", Treatment()).remarks


def marked(said: str, shown: str) -> str:
    return f"/Span <</ActualText ({said})>> BDC BT /F1 12 Tf 72 400 Td ({shown}) Tj ET EMC "


def test_other_words_than_those_shown_are_warned_of(tmp_path: Path) -> None:
    (remark,) = told(marked("Pay 9,000 euros", "Pay 100 euros a year"), tmp_path)
    assert (remark.kind, remark.pages, remark.warn, remark.hides) == ("hidden-other-words", (2,), True, True)
    assert "“Pay 9,000 euros” for “Pay 100 euros a year”" in remark.what


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("same words", "Same  words"),
        ("office", "of fi ce"),
        ("international", "interna-"),
        ("- ", "x"),
        ("cooperation", "co-operation"),
    ],
)
def test_what_is_only_written_otherwise_is_not(said: str, shown: str, tmp_path: Path) -> None:
    assert told(marked(said, shown), tmp_path) == ()


def test_words_for_a_drawing_are_told_without_a_warning(tmp_path: Path) -> None:
    (remark,) = told("/Span <</ActualText (Ministry)>> BDC 72 400 50 50 re f EMC", tmp_path)
    assert (remark.kind, remark.warn, remark.hides) == ("words-for-drawings", False, False)


def test_tags_are_compared_with_what_their_marks_show(tmp_path: Path) -> None:
    pdf = tagged(["P", {"ActualText": "Secret words"}], ["P", {"ActualText": "Shown words"}])
    pdf.pages[0].obj.Contents = pdf.make_stream(
        b"/P <</MCID 0>> BDC BT /F1 12 Tf 72 500 Td (Seen) Tj ET EMC "
        b"/P <</MCID 1>> BDC BT /F1 12 Tf 72 400 Td (Shown words) Tj ET EMC"
    )
    found = clean(saved(pdf, tmp_path / "s.pdf"), tmp_path / "clean.pdf", Treatment())
    assert found.tagged
    (remark,) = found.remarks
    assert "“Secret words” for “Seen”" in remark.what
