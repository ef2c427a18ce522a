"""Packs with converted files in them claim as much as with PDFs made for it, and veraPDF agrees."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageCms

from briefpack.annex import Treatment
from briefpack.annexes.claims import claims_of
from briefpack.annexes.intake import take_in
from tests.annexes.converting.documents import slides, word, workbook
from tests.annexes.converting.test_pictures import dots, made, other_profile, quarters
from tests.annexes.converting.test_steps import LINES, scan
from tests.annexes.makers import annex
from tests.annexes.test_claims_hold import ALL, prove, taken_in
from tests.conftest import need_tool


def test_pictures_of_every_kind_take_nothing_from_the_claims(tmp_path: Path) -> None:
    lab = ImageCms.profileToProfile(
        quarters(), ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    paths = [
        made(quarters(), tmp_path / "rgb.png"),
        made(quarters().convert("L"), tmp_path / "grey.png"),
        made(quarters().quantize(7), tmp_path / "palette.png"),
        made(quarters().convert("RGBA"), tmp_path / "clear.png"),
        made(quarters().quantize(7), tmp_path / "palette-profile.png", icc_profile=other_profile()),
        made(dots((1654, 2339)), tmp_path / "fax.tif", compression="group4", dpi=(200, 200)),
        made(Image.effect_noise((99, 99), 90).convert("1"), tmp_path / "dots.png"),
        made(lab, tmp_path / "lab.tif"),
        made(quarters().convert("CMYK"), tmp_path / "cmyk.jpg"),
        made(quarters(), tmp_path / "profile.jpg", icc_profile=other_profile()),
        made(quarters(), tmp_path / "progressive.jpg", progressive=True),
        made(quarters(), tmp_path / "lossy.webp"),
    ]
    facts = taken_in(paths, tmp_path / "work")
    assert {name: claims_of([fact]).names for name, fact in facts.items()} == {
        path.stem: ALL for path in paths
    }
    prove(facts, tmp_path)


def test_what_libreoffice_makes_is_claimed_for_what_it_is(tmp_path: Path) -> None:
    need_tool("soffice")
    paths = [
        word(tmp_path / "letter.docx", "Dear colleagues,"),
        workbook(tmp_path / "figures.xlsx", rows=3),
        slides(tmp_path / "talk.odp", "Our position"),
    ]
    facts = taken_in(paths, tmp_path / "work")
    assert {name: claims_of([fact]).names for name, fact in facts.items()} == {
        path.stem: ALL for path in paths
    }
    assert facts["letter"].parts[0].tagged
    prove(facts, tmp_path)


def test_a_scan_with_its_text_takes_nothing_from_the_claims(tmp_path: Path) -> None:
    need_tool("ocrmypdf")
    path = scan(tmp_path / "scan.png", *LINES)
    facts, found = take_in([annex(path, treatment=Treatment(ocr="eng"))], tmp_path / "work")
    assert not found
    assert claims_of([facts["scan"]]).names == ALL
    prove(facts, tmp_path)
