"""A good pack is read as its author wrote it; a damaged one gives findings and never a traceback."""

from __future__ import annotations

import random
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefpack.blocks import (
    AgendaBlock,
    AuthorBlock,
    CalloutBlock,
    HeadingBlock,
    ImageBlock,
    ListBlock,
    NumberedBlock,
    PageBreakBlock,
    ParagraphBlock,
    PointsBlock,
    QuestionsBlock,
    TableBlock,
)
from briefpack.document import Align, ListKind, Text
from briefpack.errors import ExitCode, Severity
from briefpack.limits import EVERYBODY, Limits
from briefpack.pack import BRIEF_PARTS, AuthorSection, Format, Pack, PartName, SectionKind
from briefpack.reading.read_pack import PackReading, read_pack

PACK = """title: Visit
sections: [sections/01-first.yaml]
audiences:
  minister: {tags: [core]}
  press: {tags: [public], style: press, formats: pdf, parts: [background, points]}
  desk:
"""


class Folder:
    """A pack's folder that tests write into."""

    def __init__(self, path: Path, png: bytes) -> None:
        self.path = path
        self.write("pack.yaml", PACK)
        self.write("sections/01-first.yaml", "title: First\ntext: Words.\n")
        (path / "p.png").write_bytes(png)

    def write(self, name: str, text: str | bytes) -> Path:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            file.write_bytes(text)
        else:
            file.write_text(text, encoding="utf-8", newline="")
        return file

    def read(self, *, warnings: int = 0) -> Pack:
        reading = read_pack(self.path)
        assert len(reading.findings.items) == warnings, reading.findings.items
        assert reading.pack is not None
        return reading.pack

    def section(self, text: str, *, warnings: int = 0) -> AuthorSection:
        self.write("sections/01-first.yaml", "title: First\n" + text)
        return self.read(warnings=warnings).sections[0]

    def blocks(self, text: str, *, warnings: int = 0) -> tuple[AuthorBlock, ...]:
        return self.section("blocks:\n" + text, warnings=warnings).blocks


@pytest.fixture
def folder(tmp_path: Path, png: bytes) -> Folder:
    return Folder(tmp_path / "visit", png)


def words(block: AuthorBlock) -> str:
    assert isinstance(block, ParagraphBlock)
    return "".join(span.text for span in block.spans if isinstance(span, Text))


def test_a_small_pack_has_its_defaults(folder: Folder) -> None:
    pack = folder.read()
    assert (pack.name, pack.path) == ("visit", folder.path)
    meta = pack.meta
    assert (meta.title, meta.language, meta.version, meta.marking) == ("Visit", "en", "", "")
    assert (meta.date, meta.as_of_has_time, meta.watermark) == (None, False, None)
    minister, press, desk = pack.audiences
    assert (minister.title, minister.style, minister.tags) == ("Minister", "base", ("core",))
    assert minister.formats == (Format.PDF, Format.DOCX)
    assert minister.parts == BRIEF_PARTS
    assert (press.style, press.formats) == ("press", (Format.PDF,))
    assert press.parts == (PartName.POINTS, PartName.BACKGROUND)
    assert (desk.tags, desk.marking, desk.watermark) == (None, None, None)
    (section,) = pack.sections
    assert (section.id, section.kind, section.parts) == ("first", SectionKind.PLAIN, ())
    assert str(section.in_pack) == f"{folder.path / 'pack.yaml'}:2:12"


def test_everything_a_pack_says_of_itself_arrives(folder: Folder) -> None:
    folder.write(
        "pack.yaml",
        "title: A\nsubtitle: B\nreference: FMM(25)\norganisation: C\nowner: D\nmeeting: {place: E, dates: F, chair: G}\n"
        "language: fr\nversion: 2\nas_of: 2025-04-02 18:00\nmarking: NO\nwatermark: SPECIMEN\n"
        "sections: [sections/01-first.yaml]\naudiences:\n  press: {title: P, marking: M, watermark: ''}\n",
    )
    meta = folder.read().meta
    assert (meta.title, meta.subtitle, meta.reference, meta.organisation, meta.owner) == (
        "A",
        "B",
        "FMM(25)",
        "C",
        "D",
    )
    assert (meta.place, meta.dates, meta.chair, meta.language, meta.version) == ("E", "F", "G", "fr", "2")
    assert (meta.date, meta.as_of_has_time) == (datetime(2025, 4, 2, 18), True)
    assert (meta.marking, meta.watermark) == ("NO", "SPECIMEN")
    (press,) = folder.read().audiences
    assert (press.title, press.marking, press.watermark) == ("P", "M", "")


def test_pack_yaml_itself_may_be_named(folder: Folder) -> None:
    assert read_pack(folder.path / "pack.yaml").pack == read_pack(folder.path).pack


def test_another_file_is_no_pack(folder: Folder) -> None:
    (error,) = read_pack(folder.path / "sections" / "01-first.yaml").findings
    assert error.code is ExitCode.USAGE


def test_inputs_are_all_files_that_were_read(folder: Folder) -> None:
    folder.write("t.csv", "a,b\n1,2\n")
    folder.write("a.pdf", b"%PDF-")
    folder.write("pack.yaml", PACK + "annexes:\n  - {file: a.pdf, title: A}\n")
    folder.section("blocks:\n  - table: {csv: t.csv}\n  - image: p.png\n    alt: x\n")
    reading = read_pack(folder.path)
    names = [path.relative_to(folder.path).as_posix() for path in reading.inputs]
    assert names == ["pack.yaml", "sections/01-first.yaml", "t.csv", "p.png", "a.pdf"]
    assert reading.pack is not None
    assert reading.pack.inputs == reading.inputs


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("02-western-balkans.yaml", "western-balkans"),
        ("agenda.yaml", "agenda"),
        ("3_south.yaml", "south"),
        ("10. Iraq.yaml", "Iraq"),
        ("2025.yaml", "2025"),
        ("1-.yaml", "1-"),
    ],
)
def test_a_section_is_named_after_its_file(folder: Folder, name: str, expected: str) -> None:
    folder.write(f"sections/{name}", "title: x\ntext: y\n")
    folder.write("pack.yaml", f"title: x\nsections: ['sections/{name}']\naudiences: {{press: {{}}}}\n")
    assert folder.read().sections[0].id == expected


def test_limits_of_section_entry_and_file_are_kept_apart(folder: Folder) -> None:
    folder.write(
        "pack.yaml",
        PACK.replace(
            "[sections/01-first.yaml]", "[{file: sections/01-first.yaml, audiences: [not press], tags: core}]"
        ),
    )
    section = folder.section("audiences: [press, desk]\ntext: y\n")
    assert section.limits_in_pack == Limits(("minister", "desk"), ("core",))
    assert section.limits == Limits(("press", "desk"), None)


def test_a_tag_that_was_probably_misspelt_is_warned_about(folder: Folder) -> None:
    folder.write("sections/01-first.yaml", "title: x\ntext: y\ntags: [cor]\n")
    (warning,) = read_pack(folder.path).findings
    assert warning.severity is Severity.WARNING
    assert warning.hint == "did you mean `core`?"
    folder.section("tags: [detail]\ntext: y\n")


def test_an_empty_section_is_allowed_and_warned_about(folder: Folder) -> None:
    assert folder.section("", warnings=1).blocks == ()
    assert folder.section("kind: brief\n", warnings=1).parts == ()


@pytest.mark.parametrize(
    "text", ["14:30", "NO", "on", "1.10", "0755", "2025-04-03", "null point", "1e3", "true"]
)
def test_text_is_what_stands_there(folder: Folder, text: str) -> None:
    folder.write("sections/01-first.yaml", f"title: {text}\nlead: {text}\ntext: {text}\n")
    section = folder.read().sections[0]
    assert (section.title, section.lead, words(section.blocks[0])) == (text, text, text)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.from_regex(r"[0-9A-Za-z~.+-][0-9A-Za-z:._+-]{0,12}[0-9A-Za-z]", fullmatch=True))
def test_no_plain_word_is_ever_taken_for_anything_else(folder: Folder, text: str) -> None:
    if text in ("null", "Null", "NULL"):
        return
    folder.write("pack.yaml", PACK.replace("Visit", text))
    assert folder.read().meta.title == text


def test_white_space_in_a_title_is_one_space(folder: Folder) -> None:
    folder.write("sections/01-first.yaml", "title: |\n  A long\n  title\ntext: y\n")
    assert folder.read().sections[0].title == "A long title"


# --------------------------------------------------------------------------- blocks


def test_a_text_block_of_several_paragraphs_shares_its_limits_and_names_the_first(folder: Folder) -> None:
    one, two = folder.blocks("  - text: |\n      one\n\n      two\n    id: t\n    audiences: press\n")
    assert (one.id, two.id) == ("t", None)
    assert one.limits == two.limits == Limits(("press",), None)
    assert folder.blocks("  - plain\n")[0].limits is EVERYBODY


def test_lists_nest_and_keep_their_kind(folder: Folder) -> None:
    (block,) = folder.blocks(
        "  - list:\n      - one\n      - text: two\n        items: [a, {text: b, id: b, tags: core}]\n"
        "    style: numbers\n    start: 3\n"
    )
    assert isinstance(block, ListBlock)
    assert (block.kind, block.start, len(block.items)) == (ListKind.NUMBERS, 3, 2)
    inner = block.items[1].blocks[1]
    assert isinstance(inner, ListBlock)
    assert (inner.kind, inner.items[1].id, inner.items[1].limits) == (
        ListKind.NUMBERS,
        "b",
        Limits(None, ("core",)),
    )


def test_an_item_may_begin_like_a_list(folder: Folder) -> None:
    (block,) = folder.blocks("  - list:\n      - 3. April\n      - '- 5 %'\n")
    assert isinstance(block, ListBlock)
    assert [words(item.blocks[0]) for item in block.items] == ["3. April", "- 5 %"]


def test_numbered_paragraphs_come_from_lists_and_from_markdown(folder: Folder) -> None:
    (listed,) = folder.blocks(
        "  - numbered:\n      - one\n      - {text: two, id: n, items: [a, {text: b, items: [c]}]}\n"
    )
    assert isinstance(listed, NumberedBlock)
    assert [item.spans for item in listed.items] == [(Text("one"),), (Text("two"),)]
    assert listed.items[1].id == "n"
    assert len(listed.items[1].children[1].children) == 1
    (written,) = folder.blocks(
        "  - numbered: |\n      one\n\n      two\n\n      1. a\n      2. b\n         1. c\n"
    )
    assert isinstance(written, NumberedBlock)
    assert [len(item.children) for item in written.items] == [0, 2]
    assert len(written.items[1].children[1].children) == 1


def test_headings_and_bullets_stand_between_numbered_paragraphs(folder: Folder) -> None:
    section = folder.section("kind: brief\nbackground: |\n  one\n\n  ## Head\n\n  two\n\n  - x\n\n  three\n")
    (background,) = section.parts
    kinds = [type(block).__name__ for block in background.blocks]
    assert kinds == ["NumberedBlock", "HeadingBlock", "NumberedBlock", "ListBlock", "NumberedBlock"]


def test_tables_have_columns_rows_and_limits(folder: Folder) -> None:
    (table,) = folder.blocks(
        "  - table:\n      columns: [A, {title: B, width: 30%, align: right}, {width: 20.5 %}]\n"
        "      rows:\n        - [1, '', ~]\n        - {cells: [3. April, '- x', z], audiences: press}\n"
        "      caption: C\n      source: S\n    id: t\n"
    )
    assert isinstance(table, TableBlock)
    assert [(c.title, c.width, c.align) for c in table.columns] == [
        ((Text("A"),), None, None),
        ((Text("B"),), 0.3, Align.RIGHT),
        (None, 0.205, None),
    ]
    assert [[words(cell.blocks[0]) for cell in row.cells] for row in table.rows] == [
        ["1", "", ""],
        ["3. April", "- x", "z"],
    ]
    assert table.rows[1].limits == Limits(("press",), None)
    assert (table.caption, table.source, table.id) == ((Text("C"),), (Text("S"),), "t")


def test_a_csv_file_is_a_table(folder: Folder) -> None:
    file = folder.write("t.csv", '\ufeffName,"B, C",\r\n"a\r\nb",**2**,\r\n\r\n4,"say ""5""",6\r\n')
    (table,) = folder.blocks("  - table: {csv: t.csv}\n")
    assert isinstance(table, TableBlock)
    assert [c.title for c in table.columns] == [(Text("Name"),), (Text("B, C"),), None]
    assert [[words(cell.blocks[0]) for cell in row.cells] for row in table.rows] == [
        ["a b", "2", ""],
        ["4", 'say "5"', "6"],
    ]
    assert [str(row.where) for row in table.rows] == [f"{file}:2:1", f"{file}:5:1"]


def test_columns_beside_a_csv_file_look_after_its_header(folder: Folder) -> None:
    folder.write("t.csv", "a;b\n1;2\n")
    (table,) = folder.blocks("  - table: {csv: t.csv, delimiter: ';', columns: [{width: 30%}, B]}\n")
    assert isinstance(table, TableBlock)
    assert [(c.title, c.width) for c in table.columns] == [((Text("a"),), 0.3), ((Text("B"),), None)]


def test_another_delimiter_in_a_csv_file_is_noticed(folder: Folder) -> None:
    folder.write("t.csv", "a;b\n1;2\n")
    folder.write("sections/01-first.yaml", "title: x\nblocks:\n  - table: {csv: t.csv}\n")
    (warning,) = read_pack(folder.path).findings
    assert warning.hint is not None
    assert 'delimiter: ";"' in warning.hint


def test_pictures_are_read(folder: Folder) -> None:
    image, decoration = folder.blocks(
        "  - image: p.png\n    alt: A map.\n    width: 60%\n    caption: C\n    source: S\n    id: i\n"
        "  - image: p.png\n    alt: ''\n"
    )
    assert isinstance(image, ImageBlock)
    assert (image.path, image.data.width, image.alt, image.width) == (folder.path / "p.png", 3, "A map.", 0.6)
    assert (image.caption, image.source, image.id) == ((Text("C"),), (Text("S"),), "i")
    assert isinstance(decoration, ImageBlock)
    assert (decoration.alt, decoration.width, decoration.caption) == ("", None, None)


def test_the_other_blocks_arrive(folder: Folder) -> None:
    heading, callout, agenda, page = folder.blocks(
        "  - heading: H *x*\n    level: 3\n  - callout: |\n      one\n\n      - two\n    title: T\n"
        "  - agenda: {items: [{time: 9, item: x}]}\n  - page_break: true\n  - page_break: false\n"
    )
    assert isinstance(heading, HeadingBlock)
    assert (heading.level, heading.spans) == (3, (Text("H "), Text("x", emphasis=True)))
    assert isinstance(callout, CalloutBlock)
    assert (callout.title, len(callout.blocks)) == ((Text("T"),), 2)
    assert isinstance(agenda, AgendaBlock)
    assert agenda.date is None
    assert isinstance(page, PageBreakBlock)


# --------------------------------------------------------------------------- briefs, agendas


def test_a_brief_has_its_parts(folder: Folder) -> None:
    section = folder.section(
        "kind: brief\nlead: Desk\ncleared: 2025-04-02\nnote: N\nlanguage: fr\nobjective: O\n"
        "points:\n  - one\n  - {text: two, audiences: press}\n"
        "  - {to: Kallas, points: [three, {text: four, items: [five]}], audiences: desk}\n  - six\n"
        "if_raised:\n  - {question: Q, line: L, tags: core}\nbackground: B\nblocks: [more]\n"
    )
    assert (section.lead, section.cleared, section.note, section.language) == (
        "Desk",
        date(2025, 4, 2),
        (Text("N"),),
        "fr",
    )
    objective, points, if_raised, background = section.parts
    assert [words(block) for block in objective.blocks] == ["O"]
    (to_make,) = points.blocks
    assert isinstance(to_make, PointsBlock)
    assert [(p.to, len(p.items), p.limits) for p in to_make.groups] == [
        (None, 2, EVERYBODY),
        ((Text("Kallas"),), 2, Limits(("desk",), None)),
        (None, 1, EVERYBODY),
    ]
    assert to_make.groups[0].items[1].limits == Limits(("press",), None)
    (questions,) = if_raised.blocks
    assert isinstance(questions, QuestionsBlock)
    (raised,) = questions.pairs
    assert (raised.question, words(raised.line[0]), raised.limits) == (
        (Text("Q"),),
        "L",
        Limits(None, ("core",)),
    )
    assert isinstance(background.blocks[0], NumberedBlock)
    assert [(part.name, part.where.line) for part in section.parts] == [
        (PartName.OBJECTIVE, 7),
        (PartName.POINTS, 8),
        (PartName.IF_RAISED, 13),
        (PartName.BACKGROUND, 15),
    ]
    assert [words(block) for block in section.blocks] == ["more"]


def test_days_come_before_the_blocks_of_an_agenda(folder: Folder) -> None:
    section = folder.section(
        "kind: agenda\nblocks: [after]\ntext: between\ndays:\n  - date: 2025-04-03\n    note: N\n    audiences: press\n"
        "    items:\n      - {time: 12:30–14:30, item: Lunch, detail: D, lead: SG, brief: [ukraine, first]}\n"
        "      - {time: '', item: Then, brief: first, audiences: not press}\n"
    )
    day, between, after = section.blocks
    assert isinstance(day, AgendaBlock)
    assert (day.date, day.note, day.limits) == (date(2025, 4, 3), (Text("N"),), Limits(("press",), None))
    lunch, then = day.items
    assert (lunch.time, lunch.title, lunch.detail, lunch.lead) == (
        "12:30–14:30",
        (Text("Lunch"),),
        (Text("D"),),
        (Text("SG"),),
    )
    assert [reference.target for reference in lunch.briefs] == ["ukraine", "first"]
    assert (then.time, then.limits) == ("", Limits(("minister", "desk"), None))
    assert [words(block) for block in (between, after)] == ["between", "after"]


def test_annexes_have_their_titles_and_names(folder: Folder) -> None:
    folder.write("annexes/Final plan.pdf", b"%PDF-")
    folder.write(
        "pack.yaml",
        PACK
        + "annexes:\n  - {file: annexes/Final plan.pdf, title: Plan, source: S, marking: M, audiences: press}\n",
    )
    (annex,) = folder.read().annexes
    assert (annex.id, annex.title, annex.source, annex.marking) == ("Final plan", "Plan", "S", "M")
    assert annex.path == folder.path / "annexes/Final plan.pdf"
    assert annex.limits == Limits(("press",), None)
    assert str(annex.files[0].where).endswith("pack.yaml:8:12")


# --------------------------------------------------------------------------- damage

RICH = """title: First  # a section
kind: brief
lead: "Desk: East"
cleared: 2025-04-02
audiences: [not press]
objective: |
  Reach *agreement* on [[first]].

  - one
  - two
points:
  - plain
  - {to: Kallas, points: [a, {text: b, items: [c]}]}
if_raised:
  - {question: why, line: because}
background:
  - numbered: [x, {text: y, id: y}]
  - table: {columns: [{title: A, width: 30%}, B], rows: [[1, 2], [3, "4"]]}
  - table: {csv: t.csv}
  - image: p.png
    alt: map
  - agenda: {date: 2025-04-03, items: [{time: 14:30, item: z, brief: first}]}
  - &c callout: >-
      folded
      text
  - page_break: true
"""
CSV = 'a,b\n1,"2, 3"\n'
BITS = (b"\t", b": ", b"- ", b"{", b"]", b"&a ", b"*a ", b"!!x ", b"|", b'"', b"\xff", b"? ", b"---\n", b"%Y 1\n",
        b"<<: ", b"\r", b"~", b"[[", b"]]", b"](", b"`", b"> ", b"#", b"1. ", b"\x00", b"\xe2\x80\xae", b"\n", b"  ")  # fmt: skip


def damaged(raw: bytes, dice: random.Random) -> bytes:
    out = bytearray(raw)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(out) + 1)
        match dice.randrange(4):
            case 0:
                out[at : at + 1] = bytes([dice.randrange(256)])
            case 1:
                del out[at : at + dice.randint(1, 12)]
            case 2:
                to = dice.randrange(len(out) + 1)
                out[at:at] = out[to : to + dice.randint(1, 40)]
            case _:
                out[at:at] = dice.choice(BITS)
    return bytes(out)


def sound(reading: PackReading) -> bool:
    """Whether a reading keeps its promise, whatever was read."""
    located = all(found.where is not None and found.message for found in reading.findings)
    return located and (reading.pack is None) == reading.findings.has_errors


def test_damaged_packs_give_findings_and_never_a_traceback(folder: Folder) -> None:
    files = {
        "pack.yaml": PACK.encode(),
        "sections/01-first.yaml": RICH.encode(),
        "t.csv": CSV.encode(),
    }
    for name, raw in files.items():
        folder.write(name, raw)
    assert read_pack(folder.path).pack is not None
    dice = random.Random(20250403)
    read = 0
    names = ["sections/01-first.yaml"] * 6 + ["pack.yaml"] * 2 + ["t.csv"]
    for _ in range(700):
        name = dice.choice(names)
        folder.write(name, damaged(files[name], dice))
        reading = read_pack(folder.path)
        assert sound(reading)
        read += reading.pack is not None
        folder.write(name, files[name])
    assert 50 < read < 600
