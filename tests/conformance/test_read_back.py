"""What the audit reads of finished packs is what is in them: the words of the Document, and what outside tools find."""

from __future__ import annotations

import subprocess
from collections import Counter
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from briefpack.audit.read_back import read_back
from briefpack.audit.read_pdf import squeezed
from briefpack.audit.seen import Seat, Seen
from tests.audit.finding import all_opaque
from tests.conformance.built import Built
from tests.conformance.noting import marked
from tests.conformance.packs import texts_of_section
from tests.conftest import need_tool

FORMATS = pytest.mark.parametrize("kind", ["pdf", "docx"])
_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


@lru_cache(maxsize=4)
def _seen(path: Path) -> Seen:
    return read_back(path.read_bytes(), path.name)


def _letters(text: str) -> str:
    return "".join(char for char in squeezed(text) if char.isalnum())


def _on_pages(seen: Seen) -> str:
    return "".join(_letters(passage.text) for passage in seen.passages if passage.seat is Seat.PAGE)


@FORMATS
def test_every_text_of_the_document_is_seen(built: Built, kind: str) -> None:
    """Longer ones may go on over a page; so the first words of each are looked for, without white space and signs."""
    seen = _on_pages(_seen(getattr(built, kind)))
    texts = [
        _letters(text)[:40]
        for section in built.expected.document.sections
        for text in texts_of_section(marked(section) if kind == "pdf" else section, labels=False)
    ]
    assert texts
    assert [text for text in texts if text not in seen] == []


@FORMATS
def test_everything_in_finished_files_can_be_read(built: Built, kind: str) -> None:
    assert list(all_opaque(_seen(getattr(built, kind)))) == []


def test_a_pdf_has_the_letters_that_poppler_finds(built: Built) -> None:
    need_tool("pdftotext")
    run = subprocess.run(["pdftotext", "-raw", built.pdf, "-"], capture_output=True, check=True)
    theirs = Counter(_letters(run.stdout.decode()))
    ours = Counter(_on_pages(_seen(built.pdf)))
    assert theirs - ours == Counter()


def test_a_word_file_has_the_texts_that_unzip_finds(built: Built) -> None:
    need_tool("unzip")
    run = subprocess.run(["unzip", "-p", built.docx, "word/document.xml"], capture_output=True, check=True)
    theirs = Counter(_letters("".join(node.text or "" for node in ET.fromstring(run.stdout).iter(_TEXT))))  # noqa: S314 - our own file
    assert theirs - Counter(_on_pages(_seen(built.docx))) == Counter()
