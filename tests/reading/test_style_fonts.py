"""Families of a style: built in by any of their names, or TrueType files of the project."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from briefpack.errors import Severity
from briefpack.reading.read_style import StyleReading, read_style
from briefpack.reading.style_fonts import ALIASES, BUILT_IN
from briefpack.reading.style_shelf import DATA

FACES = {"regular": "Regular", "bold": "Bold", "italic": "Italic", "bold_italic": "BoldItalic"}


def reading(tmp_path: Path, text: str) -> StyleReading:
    folder = tmp_path / "styles"
    (folder / "fonts").mkdir(parents=True, exist_ok=True)
    for face in FACES.values():
        shutil.copy(DATA / "fonts" / f"LiberationSerif-{face}.ttf", folder / "fonts" / f"Brand-{face}.ttf")
    (folder / "house.yaml").write_text(text, encoding="utf-8")
    return read_style("house", [folder])


@pytest.mark.parametrize("font", BUILT_IN.values(), ids=lambda font: font.name)
def test_a_built_in_family_has_its_four_files(font: object) -> None:
    from briefpack.style import Font

    assert isinstance(font, Font)
    for path in (font.regular, font.bold, font.italic, font.bold_italic):
        assert path.read_bytes()[:4] == b"\x00\x01\x00\x00"
    assert all(name in BUILT_IN for name in font.fallback)


@pytest.mark.parametrize(
    ("name", "family", "word"),
    [
        ("Carlito", "Carlito", "Calibri"),
        ("Calibri", "Carlito", "Calibri"),
        ("Arial", "Liberation Sans", "Arial"),
        ("Arimo", "Liberation Sans", "Arial"),
        ("Times New Roman", "Liberation Serif", "Times New Roman"),
        ("Tinos", "Liberation Serif", "Times New Roman"),
        ("Courier New", "Liberation Mono", "Courier New"),
        ("Cousine", "Liberation Mono", "Courier New"),
    ],
)
def test_a_built_in_family_answers_to_its_partners_names(
    name: str, family: str, word: str, tmp_path: Path
) -> None:
    made = reading(tmp_path, f"text: {{body: {{font: {name}}}}}").style
    assert made is not None
    assert made.text["body"].font == family
    assert made.fonts[family].word == word


def test_every_other_name_leads_to_a_built_in_family() -> None:
    assert set(ALIASES.values()) == set(BUILT_IN)


def test_a_family_of_the_project_is_read_with_its_faces(tmp_path: Path) -> None:
    files = ", ".join(f"{key}: fonts/Brand-{face}.ttf" for key, face in FACES.items())
    result = reading(
        tmp_path,
        f"fonts: {{Brand: {{{files}, word: Brand Pro, fallback: [Arial]}}}}\ntext: {{body: {{font: Brand}}}}",
    )
    assert not result.findings.items
    assert result.style is not None
    brand = result.style.fonts["Brand"]
    assert (brand.name, brand.word, brand.fallback) == ("Brand", "Brand Pro", ("Liberation Sans",))
    assert brand.bold == tmp_path / "styles" / "fonts" / "Brand-Bold.ttf"
    assert "Liberation Sans" in result.style.fonts


def test_missing_faces_are_stood_in_for_with_a_warning(tmp_path: Path) -> None:
    result = reading(
        tmp_path, "fonts:\n  Brand: {regular: fonts/Brand-Regular.ttf}\ntext: {body: {font: Brand}}"
    )
    assert result.style is not None
    brand = result.style.fonts["Brand"]
    assert brand.bold == brand.italic == brand.bold_italic == brand.regular
    assert brand.word == "Brand"
    assert [(w.severity, w.where.line, w.where.column) for w in result.findings if w.where] == [
        (Severity.WARNING, 2, 20)
    ] * 3
    assert "no bold face" in next(iter(result.findings)).message


def test_a_family_that_is_not_used_is_not_in_the_style(tmp_path: Path) -> None:
    files = ", ".join(f"{key}: fonts/Brand-{face}.ttf" for key, face in FACES.items())
    made = reading(tmp_path, f"fonts: {{Brand: {{{files}}}}}").style
    assert made is not None
    assert "Brand" not in made.fonts


def test_families_may_fall_back_to_one_another(tmp_path: Path) -> None:
    files = ", ".join(f"{key}: fonts/Brand-{face}.ttf" for key, face in FACES.items())
    made = reading(
        tmp_path,
        f"fonts:\n  One: {{{files}, fallback: [Two]}}\n  Two: {{{files}, fallback: [One]}}\n"
        "text: {body: {font: One}}",
    ).style
    assert made is not None
    assert {"One", "Two"} <= set(made.fonts)


def test_an_unknown_fallback_is_an_error_at_its_list(tmp_path: Path) -> None:
    result = reading(
        tmp_path, "fonts:\n  Brand:\n    regular: fonts/Brand-Regular.ttf\n    fallback: [Carlitto]\n"
    )
    errors = [finding for finding in result.findings if finding.severity is Severity.ERROR]
    assert [(e.where.line, e.where.column, e.hint) for e in errors if e.where] == [
        (4, 15, "did you mean `Carlito`?")
    ]


def test_a_font_may_lie_beside_the_styles_but_a_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside.ttf"
    shutil.copy(DATA / "fonts" / "Carlito-Regular.ttf", outside)
    (tmp_path / "fonts").mkdir()
    shutil.copy(outside, tmp_path / "fonts" / "beside.ttf")
    (tmp_path / "fonts" / "link.ttf").symlink_to(outside)
    beside = reading(tmp_path, "fonts: {Brand: {regular: ../fonts/beside.ttf}}")
    assert beside.style is not None
    linked = reading(tmp_path, "fonts: {Brand: {regular: ../fonts/link.ttf}}")
    assert [finding.message for finding in linked.findings] == ["../fonts/link.ttf leads out of the project"]
