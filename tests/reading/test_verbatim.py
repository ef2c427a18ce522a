"""Text that is printed as it is typed, and YAML that is printed beside what it makes."""

from pathlib import Path

import pytest

from briefpack.blocks import ListBlock, VerbatimBlock
from briefpack.errors import Severity
from briefpack.reading.read_pack import read_pack
from briefpack.select import SHOWS_WITHHELD, select

PACK = """title: A pack
sections: [{file: one.yaml, show: true}]
audiences: {staff: {}, press: {}}
"""


def write(folder: Path, section: str) -> Path:
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    (folder / "one.yaml").write_text(section, encoding="utf-8")
    return folder


def test_an_example_is_followed_by_the_yaml_it_is_written_in(tmp_path: Path) -> None:
    section = (
        "title: One\nblocks:\n  - example:\n      - list:\n          - one\n\n          - two\n  - last\n"
    )
    reading = read_pack(write(tmp_path, section))
    assert reading.pack is not None
    made, source, *_ = reading.pack.sections[0].blocks
    assert isinstance(made, ListBlock)
    assert isinstance(source, VerbatimBlock)
    assert source.lines == ("- list:", "    - one", "", "    - two")


def test_an_example_in_which_something_is_limited_is_refused(tmp_path: Path) -> None:
    section = "title: One\nblocks:\n  - example:\n      - text: secret\n        audiences: [staff]\n"
    reading = read_pack(write(tmp_path, section))
    (error,) = [d for d in reading.findings if d.severity is Severity.ERROR]
    assert (error.where.line, error.where.column) == (5, 9)
    assert "printed for everybody" in error.message


def test_code_keeps_its_lines_and_indents(tmp_path: Path) -> None:
    reading = read_pack(write(tmp_path, "title: One\nblocks:\n  - code: |\n      a\n        b\n"))
    assert reading.pack is not None
    assert reading.pack.sections[0].blocks[0].lines == ("a", "  b")


@pytest.mark.parametrize(("audience", "shown"), [("staff", True), ("press", False)])
def test_the_source_of_a_section_is_shown_only_to_those_who_get_all_of_it(
    tmp_path: Path, audience: str, shown: bool
) -> None:
    section = "title: One\nblocks:\n  - open\n  - text: secret\n    audiences: [staff]\n"
    reading = read_pack(write(tmp_path, section))
    assert reading.pack is not None
    reader = next(a for a in reading.pack.audiences if a.name == audience)
    selection = select(reading.pack, reader)
    sources = [b for b in selection.pack.sections[0].blocks if isinstance(b, VerbatimBlock)]
    assert bool(sources) is shown
    assert any(v.reason == SHOWS_WITHHELD for v in selection.verdicts) is not shown
