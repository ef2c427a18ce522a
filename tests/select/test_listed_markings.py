"""Lists that a pack makes itself, and abbreviations that are spelled out, are as high as what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.limits import Limits
from briefpack.pack import Pack
from briefpack.reading.read_pack import read_pack
from briefpack.select import select

PACK = """\
title: Visit
policy: plain
marking: RESTRICTED
default_marking: PUBLIC
glossary: {OPX: {long: Operation Xylo, marking: RESTRICTED}, NMI: {long: NATO Mission Iraq, marking: INTERNAL}, EU: European Union}
sections: [a.yaml, lists.yaml, short.yaml]
audiences: {staff: {clearance: RESTRICTED}, desk: {clearance: INTERNAL}, press: {clearance: PUBLIC}}
"""
LISTS = "title: Lists\nkind: lists\n"
SHORT = "title: Abbreviations\nkind: abbreviations\n"


def selected(folder: Path, blocks: str, audience: str) -> Pack:
    for name, text in (
        ("pack", PACK),
        ("a", f"title: A\nblocks:\n{blocks}"),
        ("lists", LISTS),
        ("short", SHORT),
    ):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    reading = read_pack(folder)
    assert reading.pack is not None, reading.findings.items
    reader = next(each for each in reading.pack.audiences if each.name == audience)
    return select(reading.pack, reader).pack


def level(limits: Limits) -> int:
    assert limits.marking is not None
    return limits.marking.level


def levels(pack: Pack) -> dict[str, int]:
    return {"pack": level(pack.limits)} | {section.title: level(section.limits) for section in pack.sections}


TABLE = """\
  - table: {columns: [A], rows: [[x]], caption: An internal caption}
    marking: INTERNAL
  - table: {columns: [A], rows: [[{text: x}], {cells: [y], marking: RESTRICTED}], caption: A public caption}
"""


def test_a_list_of_tables_is_as_high_as_their_captions(tmp_path: Path) -> None:
    """What stands in a table is not in the list."""
    staff = selected(tmp_path, TABLE, "staff")
    assert levels(staff) == {"pack": 2, "A": 2, "Lists": 1, "Abbreviations": 0}
    figures, tables = staff.sections[1].parts
    assert (level(figures.limits), level(tables.limits)) == (0, 1)
    assert level(tables.blocks[0].limits) == 1
    assert levels(selected(tmp_path, TABLE, "press")) == {"pack": 0, "A": 0, "Lists": 0, "Abbreviations": 0}


@pytest.mark.parametrize(
    ("words", "audience", "marked"),
    [
        ("OPX begins.", "staff", {"pack": 2, "A": 2, "Lists": 0, "Abbreviations": 2}),
        ("OPX begins.", "press", {"pack": 0, "A": 0, "Lists": 0, "Abbreviations": 0}),
        ("The NMIs.", "staff", {"pack": 1, "A": 1, "Lists": 0, "Abbreviations": 1}),
        ("The EU.", "staff", {"pack": 0, "A": 0, "Lists": 0, "Abbreviations": 0}),
        ("OPXY and the NMI.", "desk", {"pack": 1, "A": 1, "Lists": 0, "Abbreviations": 1}),
    ],
)
def test_an_abbreviation_raises_what_uses_it_and_nothing_else(
    tmp_path: Path, words: str, audience: str, marked: dict[str, int]
) -> None:
    assert levels(selected(tmp_path, f"  - {words}\n", audience)) == marked


def test_the_text_in_which_it_is_used_is_raised_and_its_neighbours_are_not(tmp_path: Path) -> None:
    blocks = "  - list: [One, With OPX in it]\n  - Another text.\n"
    (listed, text) = selected(tmp_path, blocks, "staff").sections[0].blocks
    assert [level(item.limits) for item in listed.items] == [0, 2]
    assert listed.items[1].limits.title_marking.level in {0, 2}
    assert (level(listed.limits), level(text.limits)) == (2, 0)
