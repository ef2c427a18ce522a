"""Builds whose style shows annexes in Word: drawn once, shown to those who get them, and told of where they are not."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from briefpack.annex import AnnexFacts, CleanPart
from briefpack.annexes.picturing import pictures_path
from briefpack.errors import BriefpackError, ExitCode
from briefpack.pipeline import shown
from tests.annexes.makers import add_page, document, saved
from tests.conftest import Project, Ran
from tests.word.opened import faults, open_docx

Run = Callable[..., Ran]
ANNEXES = """annexes:
  - {file: a.pdf, title: Declaration}
  - {file: b.pdf, title: Map, audiences: [desk]}
audiences:
  desk: {title: Desk, style: house}
  press: {title: Press, style: house}
"""


@pytest.fixture
def pictured(project: Project) -> Project:
    (project.root / "styles" / "house.yaml").write_text("extends: base\nannexes: {word: pictures}\n")
    text = (project.pack / "pack.yaml").read_text()
    (project.pack / "pack.yaml").write_text(text[: text.index("audiences:\n  desk")] + ANNEXES)
    saved(document(2), project.pack / "a.pdf")
    pdf = document(1)
    add_page(pdf, b"BT /F1 24 Tf 72 400 Td (The secret map) Tj ET", box=(0, 0, 842, 595))
    saved(pdf, project.pack / "b.pdf")
    return project


def pages_of(project: Project) -> dict[str, int]:
    manifest = json.loads((project.build / "manifest.json").read_text(encoding="utf-8"))
    outputs = (each for entry in manifest["audiences"].values() for each in entry["outputs"])
    return {each["path"]: each["pages"] for each in outputs}


def headings(content: bytes) -> list[str]:
    opened = open_docx(content)
    assert faults(opened) == []
    return [text for text in opened.texts("Heading1") if text.startswith("Annex ")]


def test_everyone_sees_the_pages_of_his_annexes(cli: Run, pictured: Project) -> None:
    assert cli("build", "visit").code == 0
    outputs = pictured.outputs()

    assert headings(outputs["desk/visit-desk.docx"]) == ["Annex A · Declaration", "Annex B · Map"]
    assert headings(outputs["press/visit-press.docx"]) == ["Annex A · Declaration"]
    press = open_docx(outputs["press/visit-press.docx"])
    assert len([name for name in press.parts if "/media/" in name]) == 2


def test_the_manifest_counts_the_pages_that_are_shown(cli: Run, pictured: Project) -> None:
    assert cli("build", "visit").code == 0
    shown_pages = pages_of(pictured)
    pictured.change("pack.yaml", "style: house}\n  press", "style: base}\n  press")
    assert cli("build", "visit").code == 0

    assert shown_pages["desk/visit-desk.docx"] == pages_of(pictured)["desk/visit-desk.docx"] + 4


def test_a_second_build_draws_nothing_and_gives_the_same_bytes(cli: Run, pictured: Project) -> None:
    assert cli("build", "visit").code == 0
    drawn = {path: path.stat().st_mtime_ns for path in pictured.build.rglob("*.pictures")}
    first = pictured.outputs()
    assert cli("build", "visit").code == 0

    assert len(drawn) == 2
    assert {path: path.stat().st_mtime_ns for path in pictured.build.rglob("*.pictures")} == drawn
    assert pictured.outputs() == first


def test_pictures_of_annexes_that_are_no_more_are_forgotten(cli: Run, pictured: Project) -> None:
    assert cli("build", "visit").code == 0
    pictured.change("pack.yaml", "  - {file: b.pdf, title: Map, audiences: [desk]}\n", "")
    assert cli("build", "visit").code == 0

    assert len(list(pictured.build.rglob("*.pictures"))) == 1


def test_nothing_is_drawn_for_a_pdf_or_for_a_check(cli: Run, pictured: Project) -> None:
    assert cli("build", "visit", "-f", "pdf").code == 0
    assert cli("check", "visit").code == 0
    assert list(pictured.build.rglob("*.pictures")) == []


def test_an_annex_too_long_to_show_is_told_of_and_stays_in_the_schedule(cli: Run, pictured: Project) -> None:
    saved(document(501), pictured.pack / "a.pdf")
    ran = cli("build", "visit")

    assert ran.code == 0
    assert ran.err.count("warning[annex-not-shown]") == 1
    assert (
        "pack.yaml:8:5: warning[annex-not-shown]: a.pdf has 501 pages; at most 500 are shown as pictures, "
        in ran.err
    )
    assert "help: name fewer with `pages:`" in ran.err
    assert headings(pictured.outputs()["desk/visit-desk.docx"]) == ["Annex B · Map"]
    titles = open_docx(pictured.outputs()["desk/visit-desk.docx"]).texts("AnnexTitle")
    assert titles == ["Declaration"]


def test_a_file_carries_what_it_can(cli: Run, pictured: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli("build", "visit").code == 0
    (first, second) = sorted(path.stat().st_size for path in pictured.build.rglob("*.pictures"))
    monkeypatch.setattr(shown, "HEAVIEST", first + second - 1)
    ran = cli("build", "visit")

    assert ran.code == 0
    assert (
        "b.pdf would make the Word file heavier than 0 MB with its pictures, so in the Word file" in ran.err
    )
    assert headings(pictured.outputs()["desk/visit-desk.docx"]) == ["Annex A · Declaration"]
    assert headings(pictured.outputs()["press/visit-press.docx"]) == ["Annex A · Declaration"]


def test_pictures_that_went_meanwhile_end_in_words(tmp_path_factory: pytest.TempPathFactory) -> None:
    part = CleanPart("0" * 64, tmp_path_factory.mktemp("gone") / "x.pdf", ((595.0, 842.0),), ())
    facts = AnnexFacts((part,))
    with pytest.raises(BriefpackError, match="have gone while the pack was being built") as raised:
        shown.pictures_of(facts)
    assert raised.value.exit_code is ExitCode.SOURCE
    pictures_path(part.clean).write_bytes(b"no archive")
    with pytest.raises(BriefpackError, match="have gone"):
        shown.pictures_of(facts)
