"""Fonts that a document names and its PDF does not have."""

from __future__ import annotations

from pathlib import Path

import pytest
from pikepdf import Dictionary, Name

from briefpack.annexes.converting.office_fonts import replaced
from tests.annexes.converting.documents import opendocument, rewritten, word, workbook
from tests.annexes.makers import document, saved


def pdf(path: Path, *fonts: str) -> Path:
    made = document(1)
    for number, font in enumerate(fonts):
        made.pages[0].obj.Resources[f"/X{number}"] = made.make_indirect(
            Dictionary(Type=Name.FontDescriptor, FontName=Name("/" + font))
        )
    return saved(made, path)


@pytest.mark.parametrize(
    ("own", "embedded", "strange"),
    [
        ("Calibri", ("BAAAAA+Carlito-Bold", "CAAAAA+Carlito"), ""),
        ("Times New Roman", ("BAAAAA+LiberationSerif-Italic", "CAAAAA+OpenSymbol"), ""),
        ("Times New Roman", ("BAAAAA+TimesNewRomanPSMT", "CAAAAA+TimesNewRomanPS-BoldMT"), ""),
        ("Ministry Sans", ("BAAAAA+MinistrySans-Bold",), ""),
        ("Ministry Sans", ("BAAAAA+DejaVuSans", "CAAAAA+Carlito"), "DejaVuSans"),
        ("Ministry Sans", ("BAAAAA+NotoSerif", "CAAAAA+DejaVuSans"), "DejaVuSans and NotoSerif"),
    ],
)
def test_a_font_that_the_document_does_not_name_was_put_in_place_of_its_own(
    own: str, embedded: tuple[str, ...], strange: str, tmp_path: Path
) -> None:
    remarks = replaced(word(tmp_path / "a.docx", "Text", font=own), pdf(tmp_path / "a.pdf", *embedded))
    assert [remark.what.split(", since")[0] for remark in remarks] == (
        [f"is partly set in {strange}"] if strange else []
    )


def test_other_formats_name_their_fonts_in_other_ways(tmp_path: Path) -> None:
    text = opendocument(
        tmp_path / "a.odt",
        "<text:p>Text</text:p>",
        """<style:style style:name="P1"><style:text-properties svg:font-family="'Ministry Sans'"/></style:style>""",
    )
    own, other = (
        pdf(tmp_path / "own.pdf", "BAAAAA+MinistrySans"),
        pdf(tmp_path / "other.pdf", "BAAAAA+DejaVuSans"),
    )
    assert not replaced(text, own)
    assert replaced(text, other)
    sheet = workbook(tmp_path / "a.xlsx")
    assert not replaced(sheet, pdf(tmp_path / "sheet.pdf", "BAAAAA+Carlito"))
    assert replaced(sheet, other)


def test_nothing_is_said_where_nothing_is_known(tmp_path: Path) -> None:
    other = pdf(tmp_path / "other.pdf", "BAAAAA+DejaVuSans")
    old = tmp_path / "a.doc"
    old.write_bytes(b"no archive")
    assert not replaced(old, other)
    assert not replaced(rewritten(tmp_path / "a.odt", {"content.xml": b"<a/>"}), other)
