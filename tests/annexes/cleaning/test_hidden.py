"""Text that no reader sees: found by looking, told of with its pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from briefpack.annexes.cleaning import hidden
from briefpack.annexes.cleaning.hidden import Hiding, look_for_hidden
from briefpack.annexes.cleaning.hidden_words import hidden_remarks
from tests.annexes.makers import add_page, document, font, saved


def looked(pdf: Pdf, tmp_path: Path) -> list[tuple[int, Hiding, str]]:
    found = look_for_hidden(saved(pdf, tmp_path / "page.pdf"))
    return [(text.page, text.hiding, text.words) for text in found.hidden]


def on_a_page(content: str, tmp_path: Path, **entries: object) -> list[tuple[Hiding, str]]:
    pdf = document(0)
    add_page(pdf, content.encode(), **entries)
    return [(hiding, words) for _, hiding, words in looked(pdf, tmp_path)]


def text(words: str, x: float = 72, y: float = 400, size: float = 12) -> str:
    return f"BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET "


PICTURE = "BI /W 2 /H 2 /BPC 8 /CS /G ID \x00\x60\xc0\xff EI"


@pytest.mark.parametrize(
    ("content", "hiding"),
    [
        ("3 Tr " + text("Secret words"), Hiding.INVISIBLE),
        ("7 Tr " + text("Secret words"), Hiding.INVISIBLE),
        ("1 g " + text("Secret words"), Hiding.UNSEEN),
        ("0.99 g " + text("Secret words"), Hiding.UNSEEN),
        ("0 0 1 rg 60 380 300 40 re f " + text("Secret words"), Hiding.UNSEEN),
        (text("Secret words") + "60 380 300 40 re f", Hiding.UNSEEN),
        (text("Secret words") + "1 g 60 380 300 40 re f 0 g " + text("Other words"), Hiding.UNSEEN),
        ("q 60 600 30 30 re W n " + text("Secret words") + "Q", Hiding.UNSEEN),
        (text("Secret words", y=900), Hiding.OUTSIDE),
        (text("Secret words", x=-300), Hiding.OUTSIDE),
        (text("Secret words", size=1), Hiding.TINY),
        ("1 g BT 0 1 -1 0 300 300 Tm /F1 12 Tf (Secret words) Tj ET", Hiding.UNSEEN),
    ],
    ids=[
        "mode",
        "clip",
        "white",
        "nearly-white",
        "ground",
        "covered",
        "overtyped",
        "clipped",
        "above",
        "left",
        "tiny",
        "turned",
    ],
)
def test_text_that_changes_no_pixel_is_found_however_it_is_hidden(
    content: str, hiding: Hiding, tmp_path: Path
) -> None:
    if "0 0 1 rg" in content:
        content = content.replace("BT", "0 0 1 rg BT")
    seen = text("Words that everybody sees", y=700)
    assert on_a_page(seen + content, tmp_path) == [(hiding, "Secret words")]


@pytest.mark.parametrize(
    "content",
    [
        text("Plain words"),
        text("Plain words") + "72 395 99 1 re f",
        "0.9 g " + text("Light grey words"),
        "0 g 60 380 300 40 re f 1 g " + text("White on black"),
        "7 Tr " + text("Letters cut out", size=24) + "0 0 1 rg 60 380 300 60 re f",
        text("Shadow", 73, 399) + "1 0 0 rg " + text("Shadow", 72, 400),
        text("Bold") + text("Bold", 72.2),
        "1 Tr " + text("Outlined words", size=30),
        text("a . b - c ", 72) + "1 g " + text(". , -", 300),
        text("Small print of three points", size=3),
        "BT 0 1 -1 0 300 300 Tm /F1 12 Tf (Turned words) Tj ET",
        "BT -1 0 0 1 300 300 Tm /F1 12 Tf (Mirrored words) Tj ET",
        text("Words in two lines", y=400, size=10) + text("set very closely", y=392, size=10),
        text("Cut at the edge of the page", x=540),
    ],
)
def test_what_a_reader_sees_gives_no_alarm(content: str, tmp_path: Path) -> None:
    assert on_a_page(content, tmp_path) == []


def test_a_white_word_within_a_line_is_found_alone(tmp_path: Path) -> None:
    content = "BT /F1 12 Tf 72 400 Td (Seen ) Tj 1 g (hidden) Tj 0 g ( seen again) Tj ET"
    assert on_a_page(content, tmp_path) == [(Hiding.UNSEEN, "hidden")]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_turned_and_moved_pages_are_looked_at_as_they_are_seen(rotate: int, tmp_path: Path) -> None:
    content = text("Words that are seen", 130, 420) + "1 g " + text("Secret words", 130, 300)
    found = on_a_page(content, tmp_path, box=(100, 200, 500, 700), Rotate=rotate)
    assert found == [(Hiding.UNSEEN, "Secret words")]


def test_text_within_forms_is_looked_at_as_well(tmp_path: Path) -> None:
    pdf = document(0)
    looks = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 595, 842])}
    fonts = Dictionary(Font=Dictionary(F1=font()))
    inner = pdf.make_stream(
        (text("Seen") + "1 g " + text("Secret words", 200)).encode(), Resources=fonts, **looks
    )
    outer = pdf.make_stream(
        b"q 1 0 0 1 0 90 cm /X Do Q", Resources=Dictionary(XObject=Dictionary(X=inner)), **looks
    )
    add_page(pdf, b"/X Do", Resources=Dictionary(XObject=Dictionary(X=outer)))
    assert looked(pdf, tmp_path) == [(0, Hiding.UNSEEN, "Secret words")]


def scan(pdf: Pdf, below: str) -> None:
    """A page with a picture of stripes, and a text laid over it in no visible mode."""
    picture = pdf.make_stream(
        (b"\x00" * 60 + b"\xff" * 60) * 85,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=60,
        Height=170,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )
    page = add_page(pdf, f"q 595 0 0 842 0 0 cm /I Do Q {below}".encode())
    page.Resources.XObject = Dictionary(I=picture)


def test_the_text_of_a_scan_is_told_apart_from_text_that_hides(tmp_path: Path) -> None:
    pdf = document(0)
    scan(pdf, "3 Tr " + text("Recognised words"))
    assert looked(pdf, tmp_path) == [(0, Hiding.LAYER, "Recognised words")]


def test_a_text_where_the_scan_is_blank_hides(tmp_path: Path) -> None:
    pdf = document(0)
    scan(pdf, "q 1 g 50 300 400 200 re f Q 3 Tr " + text("Secret words"))
    assert looked(pdf, tmp_path) == [(0, Hiding.INVISIBLE, "Secret words")]


def test_a_page_with_a_picture_and_no_text_is_a_scan(tmp_path: Path) -> None:
    pdf = document(1)
    scan(pdf, "")
    add_page(pdf, b"")
    found = look_for_hidden(saved(pdf, tmp_path / "scan.pdf"))
    assert found.scans == [1]
    assert found.hidden == []


def test_what_is_found_is_told_with_pages_words_and_remedy(tmp_path: Path) -> None:
    pdf = document(0)
    for place in ("first", "second", "third"):
        add_page(pdf, ("" if place == "second" else "1 g " + text(f"Secret of the {place}")).encode())
    found = look_for_hidden(saved(pdf, tmp_path / "page.pdf"))
    # Pages 5, 6 and 9 of the author's file.
    (remark,) = hidden_remarks(found, [5, 6, 9])
    assert (remark.kind, remark.pages, remark.warn, remark.hides) == ("hidden-text", (5, 9), True, True)
    assert "on pages 5 and 9" in remark.what
    assert "“Secret of the first … Secret of the third”" in remark.what
    assert "flatten: image" in remark.advice


def test_pages_that_were_not_looked_at_are_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hidden, "LONGEST", -1.0)
    found = look_for_hidden(saved(document(3), tmp_path / "long.pdf"))
    (remark,) = hidden_remarks(found, [1, 2, 3])
    assert (remark.pages, remark.warn) == ((1, 2, 3), True)
    assert "nobody looked" in remark.what
