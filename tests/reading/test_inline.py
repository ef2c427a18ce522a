"""What Markdown has inside a line beyond CommonMark: notes, raised and lowered words, words in another language."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.blocks import (
    AuthorSpans,
    ListBlock,
    Note,
    NumberedBlock,
    ParagraphBlock,
    Reference,
    TableBlock,
)
from briefpack.document import Link, Position, Text
from briefpack.errors import Findings, Severity
from briefpack.reading.checks import Report
from briefpack.reading.inline_rules import may_raise
from briefpack.reading.markdown import read_blocks, read_spans
from briefpack.reading.node import Kind, Node
from briefpack.reading.read_pack import PackReading, read_pack
from tests.counting import endless, steps

PATH = Path("a.yaml")
PACK = "title: Visit\nsections: [a.yaml]\naudiences:\n  press:\n"


def spans(text: str) -> AuthorSpans:
    findings = Findings()
    found = read_spans(Node(Kind.SCALAR, PATH, 1, 7, text), Report(findings), "`text`", notes=True)
    assert not findings.items, findings.items
    return found


def looks(text: str) -> list[tuple[str, Position]]:
    return [(span.text, span.position) for span in spans(text) if isinstance(span, Text)]


def read(folder: Path, section: str) -> PackReading:
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    (folder / "a.yaml").write_text(section, encoding="utf-8")
    return read_pack(folder)


def blocks(folder: Path, section: str) -> tuple[object, ...]:
    reading = read(folder, section)
    assert reading.pack is not None, list(reading.findings)
    assert not reading.findings.items, reading.findings.items
    return reading.pack.sections[0].blocks


# --------------------------------------------------------------------------- raised, lowered


@pytest.mark.parametrize(
    ("text", "word", "position"),
    [
        ("10^6^ people", "6", Position.SUPER),
        ("^14^C", "14", Position.SUPER),
        ("H~2~O", "2", Position.SUB),
        ("x~max~", "max", Position.SUB),
        (r"x^a\^b^", "a^b", Position.SUPER),
        ("**CO**~2~", "2", Position.SUB),
    ],
)
def test_words_between_carets_are_raised_and_between_tildes_lowered(text, word, position):
    assert (word, position) in looks(text)


def test_raised_words_keep_their_look():
    assert spans("x^*a*^ **b^c^**") == (
        Text("x"),
        Text("a", emphasis=True, position=Position.SUPER),
        Text(" "),
        Text("b", strong=True),
        Text("c", strong=True, position=Position.SUPER),
    )


@pytest.mark.parametrize(
    "text",
    [
        "a ~ b",
        "^",
        "~",
        "2^10",
        "a^b c^",
        "~5 to ~10",
        "~5–~10",
        "~~x~~",
        "^^x^^",
        "x ^ y ^ z",
        "~/a",
        "^^",
        "a~ b~",
    ],
)
def test_signs_that_raise_nothing_are_text(text):
    assert spans(text) == (Text(text),)


def test_escaped_signs_and_signs_in_code_are_text():
    assert spans(r"a\^b\^ c\~d\~ \^[x]") == (Text("a^b^ c~d~ ^[x]"),)
    assert spans("`a^b^ ^[x]`") == (Text("a^b^ ^[x]", code=True),)


# --------------------------------------------------------------------------- another language


def test_words_can_be_in_another_language():
    assert spans("the [*mot* juste]{lang=fr} and [Wort]{lang='de-CH'}") == (
        Text("the "),
        Text("mot", emphasis=True, language="fr"),
        Text(" juste", language="fr"),
        Text(" and "),
        Text("Wort", language="de-CH"),
    )


def test_a_link_can_be_in_another_language():
    (link,) = spans("[[le mot](https://a.eu)]{lang=fr}")
    assert link == Link("https://a.eu", (Text("le mot", language="fr"),))


# --------------------------------------------------------------------------- notes


def test_a_note_holds_whatever_a_line_may_hold():
    text, note, rest = spans("word^[see **a**, [[b]] and [the act](https://a.eu).] on")
    assert (text, rest) == (Text("word"), Text(" on"))
    assert isinstance(note, Note)
    assert note.name is None
    (paragraph,) = note.paragraphs
    assert [type(span) for span in paragraph] == [Text, Text, Text, Reference, Text, Link, Text]


def test_a_note_does_not_look_like_the_words_it_hangs_on():
    made = spans("**strong^[plain *words*] words**")
    assert made[0] == Text("strong", strong=True)
    assert isinstance(made[1], Note)
    assert made[1].paragraphs == ((Text("plain "), Text("words", emphasis=True)),)
    assert made[2] == Text(" words", strong=True)


def test_notes_may_stand_wherever_text_runs(tmp_path: Path):
    paragraph, bullets, numbered, table = blocks(
        tmp_path,
        """title: First
blocks:
  - a^[one]
  - list: ["b^[two]"]
  - numbered: ["c^[three]"]
  - table: {columns: [A], rows: [["d^[four]"]]}
""",
    )
    assert isinstance(paragraph, ParagraphBlock)
    assert isinstance(bullets, ListBlock)
    assert isinstance(numbered, NumberedBlock)
    assert isinstance(table, TableBlock)
    in_item, in_cell = bullets.items[0].blocks[0], table.rows[0].cells[0].blocks[0]
    assert isinstance(in_item, ParagraphBlock)
    assert isinstance(in_cell, ParagraphBlock)
    for found in (paragraph.spans, in_item.spans, numbered.items[0].spans, in_cell.spans):
        assert isinstance(found[1], Note)


def test_a_named_note_may_have_several_paragraphs_and_be_used_twice(tmp_path: Path):
    (paragraph,) = blocks(
        tmp_path,
        """title: First
text: One[^act] and two[^act].
notes:
  act: |
    The act.

    Its *second* paragraph.
""",
    )
    assert isinstance(paragraph, ParagraphBlock)
    one, two = (span for span in paragraph.spans if isinstance(span, Note))
    assert (one.name, two.name) == ("act", "act")
    assert [len(paragraph) for paragraph in one.paragraphs] == [1, 3]
    assert (one.where.column, two.where.column) == (10, 24)


# name: (section file, words of the message, words of the remedy); ¤ stands before the place of the message
WRONG = {
    "unknown note": ("title: x\ntext: a¤[^acd]\nnotes: {act: The act.}", "no note “acd”", "`[^act]`"),
    "note without notes": ("title: x\ntext: a¤[^1]", "no note “1”", "under `notes:`"),
    "note in a note": ("title: x\ntext: a^[b ¤^[c]]", "in another note", "first note"),
    "note in a named note": (
        "title: x\ntext: a[^n]\nnotes:\n  n: 'b¤^[c]'",
        "in another note",
        "first note",
    ),
    "named note in a note": (
        "title: x\ntext: a[^n]\nnotes:\n  n: 'b¤[^n]'",
        "in another note",
        "first note",
    ),
    "note in a link": ("title: x\ntext: '[a ¤^[b]](https://a.eu)'", "in a link", "end the link"),
    "note in a heading": ("title: x\nblocks: [{heading: 'a¤^[b]'}, c]", "in `heading`", "text below"),
    "note in a markdown heading": ("title: x\ntext: |\n  # a¤^[b]\n\n  c", "in a heading", "text below"),
    "note in a caption": (
        "title: x\nblocks: [{table: {columns: [A], rows: [[b]], caption: 'c¤^[d]'}}]",
        "in `caption`",
        "text below",
    ),
    "note in a column": (
        "title: x\nblocks: [{table: {columns: ['A¤^[d]'], rows: [[b]]}}]",
        "in a column's heading",
        "parentheses",
    ),
    "note in a source": (
        "title: x\nblocks: [{table: {columns: [A], rows: [[b]], source: 'c¤^[d]'}}]",
        "in `source`",
        "text below",
    ),
    "empty note": ("title: x\ntext: a¤^[]", "note is empty", "between the brackets"),
    "empty named note": ("title: x\ntext: a[^n]\nnotes: {n: ¤''}", "note “n” is empty", "delete it"),
    "list in a note": ("title: x\ntext: a[^n]\nnotes:\n  n: |\n    ¤- b", "paragraphs only", "without lists"),
    "notes as a list": ("title: x\ntext: a\nnotes: ¤[b]", "a group of notes is asked for", ""),
    "name with a space": ("title: x\ntext: a\nnotes: {¤a b: c}", "`a b` cannot be a name", "no spaces"),
    "no language": ("title: x\ntext: 'a [b]¤{lang=f_r}'", "“f_r” is no language", "{lang=fr}"),
    "empty language": ("title: x\ntext: 'a [b]¤{lang=}'", "no language is named", "{lang=fr}"),
}  # fmt: skip
DOUBTFUL = {
    "note never used": ("title: x\ntext: a\nnotes: {¤n: b}", "nothing leads to the note “n”", "[^n]"),
    "note never closed": ("title: x\ntext: a ¤^[b", "begins no note", "close it"),
    "another attribute": ("title: x\ntext: 'a [b¤]{.smallcaps} c'", "{.smallcaps}", "only a language"),
    "impossible date": ("title: x\ntext: on ¤2025-02-30.", "no day 2025-02-30", "correct it"),
    "impossible date in bold": ("title: x\ntext: on **¤2025-13-01**.", "no day 2025-13-01", "correct it"),
    "impossible date in a title": ("title: On ¤2025-00-01\ntext: y", "no day 2025-00-01", "correct it"),
}


def check(folder: Path, section: str, words: str, remedy: str, severity: Severity) -> None:
    before, _, after = section.partition("¤")
    reading = read(folder, before + after)
    found = [finding for finding in reading.findings if finding.severity is severity]
    assert len(found) == 1, list(reading.findings)
    lines = before.split("\n")
    where = found[0].where
    assert where is not None
    assert (where.path.name, where.line, where.column) == ("a.yaml", len(lines), len(lines[-1]) + 1), found[0]
    assert words in found[0].message
    assert remedy in (found[0].hint or "")


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_in_a_line_is_told_where_and_what_to_do(tmp_path: Path, case: str):
    check(tmp_path, *WRONG[case], Severity.ERROR)


@pytest.mark.parametrize("case", DOUBTFUL)
def test_what_is_doubtful_in_a_line_is_warned_about(tmp_path: Path, case: str):
    check(tmp_path, *DOUBTFUL[case], Severity.WARNING)


def test_the_notes_of_a_section_are_no_notes_of_the_next(tmp_path: Path):
    (tmp_path / "b.yaml").write_text("title: y\ntext: a[^n]\n", encoding="utf-8")
    (tmp_path / "pack.yaml").write_text(PACK.replace("[a.yaml]", "[a.yaml, b.yaml]"), encoding="utf-8")
    (tmp_path / "a.yaml").write_text("title: x\ntext: a[^n]\nnotes: {n: b}\n", encoding="utf-8")
    (error,) = read_pack(tmp_path).findings
    assert "b.yaml:2" in str(error.where)


# --------------------------------------------------------------------------- whatever is written


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab ^~[]{}()*\\`_=lang1.\n", max_size=50))
def test_any_text_gives_spans_or_located_findings(text: str):
    report = Report(Findings())
    node = Node(Kind.SCALAR, PATH, 1, 7, text)
    read_blocks(node, report)
    read_blocks(node, report, no_notes="a caption")
    assert all(found.where is not None and found.hint for found in report.findings)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab^~1 .\n", max_size=40))
def test_text_that_is_not_parsed_has_nothing_raised(text: str):
    if may_raise(text):
        return
    found = read_blocks(Node(Kind.SCALAR, PATH, 1, 7, text + "\\."), Report(Findings()))
    assert all(
        span.position is Position.LINE
        for block in found
        if isinstance(block, ParagraphBlock)
        for span in block.spans
        if isinstance(span, Text)
    )


@pytest.mark.parametrize(
    ("piece", "count"),
    [
        ("^", 400_000),
        ("^a", 60_000),
        ("~a", 60_000),
        ("a^b ", 100_000),
        ("^[", 4_000),
        ("[a]{", 40_000),
        ("[^", 4_000),
    ],
)
def test_texts_full_of_such_signs_are_no_more_work_than_their_length(piece: str, count: int):
    def read(count: int) -> object:
        return read_blocks(Node(Kind.SCALAR, PATH, 1, 7, piece * count), Report(Findings()))

    read(20)
    assert steps(lambda: read(2_000)) < 5.1 * steps(lambda: read(400))
    assert not endless(lambda: read(count))
