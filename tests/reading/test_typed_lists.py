"""Lists, numbers and marks that are typed by hand are found where they begin, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.errors import Diagnostic, Severity
from briefpack.reading.read_pack import read_pack

PACK = "title: Visit\nsections: [a.yaml]\naudiences: {press: {}}\n"


def findings_of(folder: Path, section: str, pack: str = PACK) -> list[Diagnostic]:
    (folder / "pack.yaml").write_text(pack, encoding="utf-8")
    (folder / "a.yaml").write_text(section, encoding="utf-8")
    (folder / "b.yaml").write_text("title: 2. Second\ntext: Words.\n", encoding="utf-8")
    found = list(read_pack(folder).findings)
    assert {each.severity for each in found} <= {Severity.WARNING}
    return found


# name: (section file, ¤ before the place, words of the message, words of the remedy)
TYPED = {
    "letters in brackets": ("title: x\ntext: |\n  Two things:\n\n  ¤(a) one\n\n  (b) two\n", "“(a)”, “(b)”", "as a list"),
    "numbers of paragraphs": ("title: x\nblocks:\n  - text: ¤1\\. one\n  - text: 2\\. two\n", "“1.”, “2.”", "as a list"),
    "words between": ("title: x\nblocks:\n  - ¤a) one\n  - and more of it\n  - b) two\n", "“a)”, “b)”", "as a list"),
    "roman numbers": ("title: x\nblocks:\n  - ¤i) one\n  - ii) two\n  - iii) three\n", "“i)”, “ii)”", "as a list"),
    "broken lines": ("title: x\ntext: |\n  ¤a) one\\\n  b) two\n", "“a)”, “b)”", "as a list"),
    "items of a list": ("title: x\nblocks:\n  - list: [¤1) one, 2) two]\n", "“1)”, “2)”", "delete them"),
    "inner items": (
        "title: x\nblocks:\n  - list:\n      - text: all\n        items: [¤1) one, 2) two]\n", "“1)”, “2)”", "delete them"
    ),
    "numbered paragraphs": ("title: x\nblocks:\n  - numbered: [¤1. one, 2. two]\n", "“1.”, “2.”", "delete them"),
    "points": ("title: x\nkind: brief\npoints: [¤1. one, 2. two]\n", "“1.”, “2.”", "delete them"),
    "cells": ('title: x\nblocks:\n  - table: {columns: [A], rows: [[¤"a) one\\n\\nb) two"]]}\n', "“a)”, “b)”", "as a list"),
    "callouts": ("title: x\nblocks:\n  - callout: |\n      ¤(1) one\n\n      (2) two\n", "“(1)”, “(2)”", "as a list"),
    "marks": ("title: x\nblocks:\n  - ¤• one\n  - • two\n", "typed “•”", "as a list"),
    "headings": ("title: x\nblocks:\n  - heading: ¤1. One\n  - heading: 2. Two\n", "“1.”, “2.”", "titles and headings"),
    "levels": ("title: x\nblocks:\n  - heading: ¤1.1 One\n  - heading: 1.2 Two\n", "“1.1”, “1.2”", "titles and headings"),
}  # fmt: skip


@pytest.mark.parametrize("case", TYPED)
def test_a_typed_list_is_told_once_where_it_begins(tmp_path: Path, case: str) -> None:
    text, fact, remedy = TYPED[case]
    before, _, after = text.partition("¤")

    (found,) = findings_of(tmp_path, before + after)

    lines = before.split("\n")
    assert found.where is not None
    assert (found.where.path.name, found.where.line) == ("a.yaml", len(lines))
    assert found.where.column == len(lines[-1]) + 1
    assert fact in found.message
    assert remedy in (found.hint or "")


def test_typed_numbers_of_section_titles_are_told(tmp_path: Path) -> None:
    pack = PACK.replace("a.yaml", "a.yaml, b.yaml")

    (found,) = findings_of(tmp_path, "title: 1. First\ntext: Words.\n", pack)

    assert "“1.”, “2.”" in found.message
    assert str(found.where).endswith("a.yaml:1:8")


INNOCENT = {
    "one number": "title: x\nblocks:\n  - 1) one\n  - two\n",
    "years": "title: x\nblocks:\n  - 2024 was good.\n  - 2025 is better.\n",
    "dates": "title: x\nblocks:\n  - list: [3. April, 4. April]\n",
    "numbers apart": "title: x\nblocks:\n  - 1) one\n  - 3) three\n",
    "initials": "title: x\nblocks:\n  - A. Smith came.\n  - C. Jones went.\n",
    "a dash once": "title: x\nblocks:\n  - – he said.\n  - Words.\n",
    "negative numbers": 'title: x\nblocks:\n  - table: {columns: [A], rows: [["-1"], ["-2"]]}\n',
    "Markdown lists": "title: x\ntext: |\n  1. one\n  2. two\n\n  - three\n  - four\n",
    "a sentence with a letter": "title: x\nblocks:\n  - A visit.\n  - B visit.\n",
}


@pytest.mark.parametrize("case", INNOCENT)
def test_what_only_looks_like_a_typed_list_is_no_trouble(tmp_path: Path, case: str) -> None:
    assert findings_of(tmp_path, INNOCENT[case]) == []
