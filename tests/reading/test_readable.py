"""What a reader who listens could not use is warned of, at its line and column, with a fact and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.errors import Severity
from briefpack.reading.read_pack import read_pack

PACK = "title: Visit\nsections: [a.yaml]\naudiences: {press: {}}\n"

# name: (section file, ¤ before the place, words of the message, words of the remedy)
CASES: dict[str, tuple[str, str, str]] = {
    "link text": (
        "title: x\ntext: |\n  one\n  two ¤[here](https://example.org)",
        "the link text “here” does not say where it leads",
        "use words that say it",
    ),
    "French link text": (
        "title: x\nlanguage: fr\ntext: voir ¤[en savoir plus](https://example.org)",
        "“en savoir plus” does not say",
        "use words",
    ),
    "second link": (
        "title: x\ntext: see [the report](https://example.org) and ¤[here](https://example.org)",
        "“here” does not say",
        "use words",
    ),
    "words of a reference": ("title: x\ntext: see ¤[this](#a)", "“this” does not say", "use words"),
    "address as words": (
        "title: x\ntext: see ¤[https://example.org/a](https://example.org/a)",
        "the words of this link are its address, “https://example.org/a”",
        "write own words: [what it leads to](https://example.org/a)",
    ),
    "address alone": (
        "title: x\ntext: see ¤<https://example.org/a>",
        "the words of this link are its address",
        "write own words",
    ),
    "capitals": (
        "title: x\ntext: |\n  One line.\n  Then ¤DO NOT FORWARD THIS PAPER.",
        "“DO NOT FORWARD THIS PAPER” is written in capitals",
        "**strong**",
    ),
    "capitals with markup": (
        "title: x\ntext: Then **¤DO NOT FORWARD THIS PAPER**.",
        "“DO NOT FORWARD THIS PAPER” is written in capitals",
        "**strong**",
    ),
    "capitals of a title": (
        "title: ¤MINISTERS AND THEIR MEETINGS\ntext: y",
        "“MINISTERS AND THEIR MEETINGS” is written in capitals",
        "small letters",
    ),
    "capitals of a heading": (
        "title: x\nblocks:\n  - heading: ¤MINISTERS AND THEIR MEETINGS\n  - y",
        "is written in capitals",
        "small letters",
    ),
    "capitals of a cell": (
        "title: x\nblocks:\n  - table: {columns: [A], rows: [[¤MINISTERS AND THEIR MEETINGS]]}",
        "is written in capitals",
        "small letters",
    ),
    "table without a header row": (
        "title: x\nblocks:\n  - table:\n      ¤columns: [~, {width: 30%}]\n      rows: [[a, b]]",
        "no column of this table has a heading",
        "`columns: [Visit, Dates]`",
    ),
    "CSV file without a header row": (
        "title: x\nblocks:\n  - table:\n      ¤csv: blank.csv",
        "no column of this table has a heading",
        "`columns: [Visit, Dates]`",
    ),
    "alt of the file's name": (
        "title: x\nblocks:\n  - image: p.png\n    alt: ¤p.png",
        "only the name of the file",
        "say what the picture shows",
    ),
    "alt of the caption": (
        "title: x\nblocks:\n  - {image: p.png, alt: ¤Four visits, caption: Four *visits*.}",
        "repeats the caption",
        "say what the picture shows",
    ),
    "no alt beside a caption": (
        'title: x\nblocks:\n  - {image: p.png, alt: ¤"", caption: Four visits}',
        "decoration",
        "say in `alt`",
    ),
    "long alt": (
        f"title: x\nblocks:\n  - image: p.png\n    alt: ¤{'words and ' * 31}",
        "has 309 characters",
        "at most 300",
    ),
}


@pytest.fixture
def folder(tmp_path: Path, png: bytes) -> Path:
    (tmp_path / "pack.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "p.png").write_bytes(png)
    (tmp_path / "blank.csv").write_text(",\n1,2\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("case", CASES)
def test_each_is_warned_of_once_at_its_place_with_a_remedy(folder: Path, case: str) -> None:
    text, fact, remedy = CASES[case]
    before, _, after = text.partition("¤")
    (folder / "a.yaml").write_text(before + after, encoding="utf-8")

    reading = read_pack(folder)

    (found,) = reading.findings
    assert found.severity is Severity.WARNING
    assert reading.pack is not None
    lines = before.split("\n")
    assert found.where is not None
    assert (found.where.path, found.where.line, found.where.column) == (
        folder / "a.yaml",
        len(lines),
        len(lines[-1]) + 1,
    )
    assert fact in found.message
    assert remedy in (found.hint or "")


def test_titles_in_pack_yaml_are_looked_at_too(folder: Path) -> None:
    pack = "title: MINISTERS AND THEIR MEETINGS\nsubtitle: ALL OF THEM AND MORE\nmarking: FOR THE USE OF MINISTERS\n"
    (folder / "pack.yaml").write_text(pack + "sections: [a.yaml]\naudiences: {press: {}}\n", encoding="utf-8")
    (folder / "a.yaml").write_text("title: x\ntext: y\n", encoding="utf-8")

    # A marking is what an office prescribes, in the letters it prescribes.
    assert [(f.where.line, f.where.column) for f in read_pack(folder).findings if f.where] == [
        (1, 8),
        (2, 11),
    ]


@pytest.mark.parametrize(
    "section",
    [
        'title: x\nblocks:\n  - heading: ""\n',
        "title: x\ntext: |\n  ##\n",
        "title: x\ntext: |\n  ## &nbsp;\n",
        'title: x\nblocks:\n  - heading: "&nbsp;"\n',
        'title: " "\ntext: y\n',
    ],
)
def test_an_empty_heading_is_an_error(folder: Path, section: str) -> None:
    (folder / "a.yaml").write_text(section, encoding="utf-8")

    (found,) = read_pack(folder).findings

    assert found.severity is Severity.ERROR
    assert found.where is not None
    assert found.where.line >= 1
    assert found.hint
