"""Text that is printed as it is typed, and YAML that is printed beside what it makes."""

from pathlib import Path

import pytest

from briefpack.blocks import ListBlock, VerbatimBlock
from briefpack.errors import Severity
from briefpack.pack import Audience
from briefpack.reading.read_pack import read_pack
from briefpack.select import select
from briefpack.select.sections import SHOWS_WITHHELD

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


MARKED = """title: A pack
policy: plain
marking: INTERNAL
sections: [{file: one.yaml, show: true}]
audiences: {staff: {clearance: RESTRICTED}, desk: {clearance: INTERNAL}}
"""


def test_yaml_is_marked_as_high_as_what_it_shows_the_words_of(tmp_path: Path) -> None:
    section = (
        "title: One\nblocks:\n  - example:\n      - {text: Open, marking: PUBLIC}\n"
        "  - example:\n      - {text: Secret, marking: RESTRICTED}\n  - example:\n      - text: Plain\n"
    )
    (tmp_path / "pack.yaml").write_text(MARKED, encoding="utf-8")
    (tmp_path / "one.yaml").write_text(section, encoding="utf-8")
    pack = read_pack(tmp_path).pack
    assert pack is not None
    staff, desk = pack.audiences

    def levels(audience: Audience) -> list[int]:
        blocks = select(pack, audience).pack.sections[0].blocks
        return [block.limits.marking.level for block in blocks if isinstance(block, VerbatimBlock)]

    # What stands in the section is internal, and so is the YAML of a public portion in it.
    assert levels(staff) == [1, 2, 1, 2]
    kept = select(pack, desk).pack.sections[0].blocks
    assert levels(desk) == [1, 1]
    assert not any("Secret" in str(block) for block in kept)
