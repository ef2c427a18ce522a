from dataclasses import replace
from pathlib import Path

import pytest

from briefpack import libreoffice
from briefpack.document import annex_page_anchor
from briefpack.errors import BriefpackError, ExitCode
from briefpack.word import pages_from_libreoffice
from briefpack.word.annexes import SCHEDULE
from briefpack.word.pages_from_libreoffice import libreoffice_numbers
from tests.conftest import need_tool
from tests.samples import sample_document
from tests.word.opened import style_of, text_of, written


def _program(folder: Path, *lines: str) -> Path:
    path = folder / "soffice"
    path.write_text("\n".join(("#!/bin/sh", *lines)) + "\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("name", ["base", "delegation"])
def test_libreoffice_tells_the_page_of_every_anchor(name):
    need_tool("soffice")
    document = sample_document()
    content = written(document, style_of(name)).content

    numbers = libreoffice_numbers(content, document)

    assert numbers.source == "libreoffice"
    assert {entry.anchor for entry in document.contents} <= set(numbers.label_of)
    pages = [int(numbers.label_of[section.anchor]) for section in document.sections]
    assert pages == sorted(set(pages))
    assert pages[0] == 1
    if name == "delegation":
        assert all(page % 2 for page in pages)
    assert int(numbers.label_of[SCHEDULE]) > numbers.body_pages >= pages[-1]
    assert numbers.label_of[annex_page_anchor("annex_a", 2)] == "A-2"


def test_its_numbers_do_not_change_what_they_number():
    need_tool("soffice")
    whole = sample_document()
    anchors = {section.anchor for section in whole.sections[:2]}
    contents = tuple(entry for entry in whole.contents if entry.anchor in anchors)
    document = replace(whole, sections=whole.sections[:2], contents=contents)
    first = libreoffice_numbers(written(document).content, document)
    opened = written(document, numbers=first)

    second = libreoffice_numbers(opened.content, document)

    assert second == first
    assert any(text_of(entry).endswith(f"\t{first.label_of['sec_2']}") for entry in opened.paragraphs("TOC1"))


def test_a_missing_libreoffice_is_said_with_a_remedy(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(libreoffice, "_OUTSIDE_THE_PATH", ())
    document = sample_document()

    with pytest.raises(BriefpackError) as caught:
        libreoffice_numbers(b"", document)

    (diagnostic,) = caught.value.diagnostics
    assert caught.value.exit_code is ExitCode.TOOL
    assert "not installed" in diagnostic.message
    assert diagnostic.hint is not None
    assert "install" in diagnostic.hint


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("echo broken >&2", "exit 0"), "made no PDF: broken"),
        (("sleep 30",), "did not finish"),
    ],
)
def test_a_libreoffice_that_fails_is_a_located_error(lines, said, tmp_path, monkeypatch):
    program = _program(tmp_path, *lines)
    monkeypatch.setattr(pages_from_libreoffice, "find_libreoffice", lambda: program)
    document = sample_document()

    with pytest.raises(BriefpackError) as caught:
        libreoffice_numbers(b"no docx", document, timeout=0.5)

    assert caught.value.exit_code is ExitCode.TOOL
    assert said in caught.value.diagnostics[0].message


def test_a_lost_place_is_an_error_and_not_page_one():
    document = sample_document()
    pages = {"sec5F1": 2}

    with pytest.raises(BriefpackError) as caught:
        pages_from_libreoffice._numbers(pages, document)

    assert caught.value.exit_code is ExitCode.TOOL
