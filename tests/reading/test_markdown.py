"""Markdown becomes spans and blocks with their places; what it must not mean stays text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.blocks import AuthorBlock, AuthorSpans, HeadingBlock, ListBlock, ParagraphBlock, Reference
from briefpack.document import LineBreak, Link, ListKind, Text
from briefpack.errors import Findings, Severity
from briefpack.reading import markdown
from briefpack.reading.checks import Report
from briefpack.reading.markdown import read_blocks, read_spans
from briefpack.reading.node import Kind, Node
from briefpack.reading.yaml_tree import parse_tree

PATH = Path("a.yaml")


def node_of(text: str) -> Node:
    """The text as it stands in a file under `text: |`."""
    return Node(Kind.SCALAR, PATH, 1, 7, text)


def spans(text: str) -> AuthorSpans:
    findings = Findings()
    found = read_spans(node_of(text), Report(findings), "`text`")
    assert not findings.items
    return found


def blocks(text: str) -> tuple[AuthorBlock, ...]:
    findings = Findings()
    found = read_blocks(node_of(text), Report(findings))
    assert not findings.items
    return found


def from_yaml(text: str, key: str = "text") -> tuple[tuple[AuthorBlock, ...], Findings]:
    findings = Findings()
    root = parse_tree(text.encode(), PATH, findings)
    assert root is not None
    return read_blocks(root.values[key], Report(findings)), findings


def words(found: AuthorSpans) -> str:
    return "".join(span.text if isinstance(span, Text) else "¶" for span in found)


@pytest.mark.parametrize(
    "text",
    [
        "R&D",
        "a<b",
        "a < b and b > c",
        "<b>x</b>",
        "<font color='red'>x</font>",
        "<para>",
        "{page}",
        "{{page}} of {{pages}}",
        "<xs:element>",
        "<file:///etc/passwd>",
        "<annex>",
        "2 + 2 = 4",
        "snake_case_name and __init",
        "5 * 3",
        "# no heading in a span",
        "- no list in a span",
        "3. April 2025",
        "1986. A great year",
        "> 5 %",
        "AT&T; & co",
        "&notanentity;",
        "100 %",
        "[brackets] alone",
        "a ] b [ c",
        "http://example.org is plain",
        "“typographic” — quotes…",
        "| a | b |",
        "---",
        "Ωμέγα, Київ, 東京",
        "a  b",
    ],
)
def test_what_only_looks_like_markup_is_text(text: str) -> None:
    assert spans(text) == (Text(text),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a*", (Text("a", emphasis=True),)),
        ("**a**", (Text("a", strong=True),)),
        ("***a***", (Text("a", strong=True, emphasis=True),)),
        ("`a*b*`", (Text("a*b*", code=True),)),
        ("a **b** c", (Text("a "), Text("b", strong=True), Text(" c"))),
        (
            "**a *b* c**",
            (Text("a ", strong=True), Text("b", strong=True, emphasis=True), Text(" c", strong=True)),
        ),
        ("a\nb", (Text("a b"),)),
        ("a  \nb", (Text("a"), LineBreak(), Text("b"))),
        ("a\\\nb", (Text("a"), LineBreak(), Text("b"))),
        ("\\*a\\*", (Text("*a*"),)),
        ("&amp; &euro; &#x41;", (Text("& € A"),)),
        ("a\tb", (Text("a b"),)),
        ("[a](https://x.org)", (Link("https://x.org", (Text("a"),)),)),
        ("[a *b*](https://x.org)", (Link("https://x.org", (Text("a "), Text("b", emphasis=True))),)),
        ("**[a](https://x.org)**", (Link("https://x.org", (Text("a", strong=True),)),)),
        ("<https://a_b.x.org>", (Link("https://a_b.x.org", (Text("https://a_b.x.org"),)),)),
        ("<desk@x.org>", (Link("mailto:desk@x.org", (Text("desk@x.org"),)),)),
        ("[us](mailto:desk@x.org)", (Link("mailto:desk@x.org", (Text("us"),)),)),
        ("[](https://x.org)", (Link("https://x.org", (Text("https://x.org"),)),)),
        ("HTTPS: [a](HTTPS://x.org)", (Text("HTTPS: "), Link("HTTPS://x.org", (Text("a"),)))),
    ],
)
def test_inline_markdown_becomes_spans(text: str, expected: AuthorSpans) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(
    ("text", "target", "page", "own"),
    [
        ("[[ukraine]]", "ukraine", None, ""),
        ("[[ ukraine ]]", "ukraine", None, ""),
        ("[[declaration, p. 12]]", "declaration", 12, ""),
        ("[[declaration,12]]", "declaration", 12, ""),
        ("[[declaration, page 3]]", "declaration", 3, ""),
        ("[[my_annex_2]]", "my_annex_2", None, ""),
        ("[[Action plan]]", "Action plan", None, ""),
        ("[own words](#ukraine)", "ukraine", None, "own words"),
        ("[own *words*](#ukraine,12)", "ukraine", 12, "own words"),
        ("[own words](<#ukraine, p. 12>)", "ukraine", 12, "own words"),
        ("[own](#désert)", "désert", None, "own"),
    ],
)
def test_references_have_target_page_and_words(text: str, target: str, page: int | None, own: str) -> None:
    (found,) = spans(text)
    assert isinstance(found, Reference)
    assert (found.target, found.page, words(found.words)) == (target, page, own)


@pytest.mark.parametrize("text", ["`[[a]]`", "\\[\\[a\\]\\]", "&#91;[a]]", "\\[[a]]"])
def test_brackets_in_code_or_escaped_are_no_reference(text: str) -> None:
    assert not any(isinstance(span, Reference) for span in spans(text))


def test_a_reference_may_run_over_a_line_end() -> None:
    (found,) = spans("[[declaration,\np. 12]]")
    assert isinstance(found, Reference)
    assert (found.target, found.page) == ("declaration", 12)


def test_brackets_that_begin_no_reference_are_warned_about() -> None:
    found, findings = from_yaml("text: see [[ukraine] there\n")
    (warning,) = findings
    assert (warning.severity, str(warning.where)) == (Severity.WARNING, "a.yaml:1:11")
    assert isinstance(found[0], ParagraphBlock)
    assert found[0].spans == (Text("see [[ukraine] there"),)


def test_a_reference_inside_a_link_is_an_error() -> None:
    _, findings = from_yaml("text: see [this [[ukraine]]](https://x.org)\n")
    (error,) = findings
    assert str(error.where) == "a.yaml:1:17"


def test_paragraphs_lists_and_headings_become_blocks() -> None:
    found = blocks("one\ntwo\n\n## Head\n\n- a\n- b\n\n  c\n    - d\n\n1. x\n2. y\n")
    paragraph, heading, bullets, numbers = found
    assert isinstance(paragraph, ParagraphBlock)
    assert words(paragraph.spans) == "one two"
    assert isinstance(heading, HeadingBlock)
    assert (heading.level, words(heading.spans)) == (2, "Head")
    assert isinstance(bullets, ListBlock)
    assert bullets.kind is ListKind.BULLETS
    assert [type(block).__name__ for block in bullets.items[1].blocks] == [
        "ParagraphBlock",
        "ParagraphBlock",
        "ListBlock",
    ]
    assert isinstance(numbers, ListBlock)
    assert (numbers.kind, numbers.start, len(numbers.items)) == (ListKind.NUMBERS, 1, 2)


@pytest.mark.parametrize(("marks", "level"), [("#", 2), ("##", 2), ("###", 3), ("####", 4)])
def test_heading_marks_tell_the_level(marks: str, level: int) -> None:
    (found,) = blocks(f"{marks} Head")
    assert isinstance(found, HeadingBlock)
    assert found.level == level


def test_indented_lines_are_text_and_no_code() -> None:
    found = blocks("one\n\n      two\n        three\n")
    assert [words(block.spans) for block in found if isinstance(block, ParagraphBlock)] == [
        "one",
        "two three",
    ]


def test_a_line_of_dashes_below_text_makes_no_heading() -> None:
    found, findings = from_yaml("text: |\n  one\n  ---\n  two\n")
    (error,) = findings
    assert "a rule" in error.message
    assert not any(isinstance(block, HeadingBlock) for block in found)


def test_a_list_may_begin_at_another_number() -> None:
    (found,) = blocks("4. a\n5. b\n")
    assert isinstance(found, ListBlock)
    assert found.start == 4


def test_numbers_that_will_be_printed_otherwise_are_warned_about() -> None:
    _, findings = from_yaml("text: |\n  1. a\n  2. b\n  4. c\n")
    (warning,) = findings
    assert (warning.severity, str(warning.where)) == (Severity.WARNING, "a.yaml:4:3")
    assert not from_yaml("text: |\n  1. a\n  1. b\n")[1].items


def test_one_line_is_a_paragraph_where_only_words_can_stand() -> None:
    report = Report(Findings())
    for text in ("3. April", "- 5 %", "# 4", "-", "> 5", "+ x"):
        (found,) = read_blocks(node_of(text), report, in_line=True)
        assert isinstance(found, ParagraphBlock)
        assert words(found.spans) == text
    (several,) = read_blocks(node_of("- a\n- b"), report, in_line=True)
    assert isinstance(several, ListBlock)
    assert read_blocks(node_of("  \n"), report, in_line=True) == ()


def test_blocks_know_their_lines_in_the_file() -> None:
    found, _ = from_yaml("title: x\ntext: |\n  one\n  two\n\n\n  three\n\n  - four\n  - five\n\n  ## six\n")
    assert [str(block.where) for block in found] == ["a.yaml:3:3", "a.yaml:7:3", "a.yaml:9:3", "a.yaml:12:3"]
    assert isinstance(found[2], ListBlock)
    assert [str(item.where) for item in found[2].items] == ["a.yaml:9:3", "a.yaml:10:3"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("text: see [[a]] and [[a]]\n", ["1:11", "1:21"]),
        ("text: 'see [[a]]'\n", ["1:12"]),
        ("text: |\n  one [[b]]\n  [[c]]\n", ["2:7", "3:3"]),
        ("text: >\n  one\n  [[b]]\n", ["3:3"]),
        ("text: one\n  two [[b]]\n", ["2:7"]),
        ("text: |\n  - one\n  - [see](#b)\n", ["3:9"]),
    ],
)
def test_references_know_line_and_column(text: str, places: list[str]) -> None:
    found, _ = from_yaml(text)

    def references(some: tuple[AuthorBlock, ...]) -> list[Reference]:
        out: list[Reference] = []
        for block in some:
            if isinstance(block, ParagraphBlock):
                out += [span for span in block.spans if isinstance(span, Reference)]
            if isinstance(block, ListBlock):
                out += [reference for item in block.items for reference in references(item.blocks)]
        return out

    assert [str(reference.where) for reference in references(found)] == [
        f"a.yaml:{place}" for place in places
    ]


def test_a_text_full_of_brackets_is_refused_and_not_chewed_on() -> None:
    for text in ("[" * 100_000, "- a\n\n" + "![" * 50_000):
        report = Report(Findings())
        read_blocks(node_of(text), report)
        (error,) = report.findings
        assert "brackets" in error.message


_PROSE = st.text(alphabet="ab ,.;:!?'\"()/%€é-—“”1\n\t#&<>|", max_size=60)


@settings(max_examples=250, deadline=None)
@given(_PROSE)
def test_text_that_skips_the_parser_reads_as_the_parser_would(text: str) -> None:
    quick = Report(Findings())
    slow = Report(Findings())
    node = node_of(text)
    found = read_blocks(node, quick)
    if not markdown._has_block(text):
        by_parser = markdown._Blocks(markdown._source(node), slow).read()
        assert [block.spans for block in found if isinstance(block, ParagraphBlock)] == [
            block.spans for block in by_parser if isinstance(block, ParagraphBlock)
        ]
        assert len(found) == len(by_parser)


@settings(max_examples=250, deadline=None)
@given(st.text(alphabet="ab *_`[]()<>&#!\\|:-+~=1.\n\t@/{}", max_size=50))
def test_any_text_gives_blocks_or_located_findings(text: str) -> None:
    report = Report(Findings())
    read_blocks(node_of(text), report)
    read_spans(node_of(text), report, "`text`")
    assert all(found.where is not None and found.hint for found in report.findings)


def test_lists_nested_too_deep_are_an_error_and_no_text_is_lost_in_silence() -> None:
    for depth, errors in ((6, 0), (7, 1), (60, 1), (300, 1)):
        report = Report(Findings())
        read_blocks(node_of("\n".join("  " * level + "- x" for level in range(depth))), report)
        assert len(report.findings.items) == errors


def test_a_text_without_end_is_refused() -> None:
    report = Report(Findings())
    assert read_blocks(node_of("*a* " * 60_000), report) == ()
    (error,) = report.findings
    assert "200,000 characters" in error.message


def test_long_runs_of_white_space_are_read_in_a_moment() -> None:
    assert spans("a" + " " * 150_000 + "b") == (Text("a" + " " * 150_000 + "b"),)
    assert spans("a" + "\n" + " " * 150_000 + "b") == (Text("a b"),)
