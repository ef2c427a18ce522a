"""YAML text becomes a tree that knows its places, or a located refusal."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.errors import Findings, Severity
from briefpack.reading.node import Kind, Node
from briefpack.reading.text_file import MAX_BYTES
from briefpack.reading.yaml_tree import MAX_DEPTH, parse_tree, read_tree

PATH = Path("pack.yaml")


def parsed(text: str | bytes) -> tuple[Node | None, Findings]:
    findings = Findings()
    raw = text if isinstance(text, bytes) else text.encode("utf-8")
    return parse_tree(raw, PATH, findings), findings


def tree(text: str | bytes) -> Node:
    root, findings = parsed(text)
    assert root is not None, list(findings)
    assert not findings.has_errors
    return root


@pytest.mark.parametrize(
    "written",
    ["14:30", "NO", "on", "yes", "0755", "1.10", "2025-04-03", "1e3", "0x1F", "007", "12_000", "=", ".inf"],
)
def test_a_plain_scalar_keeps_its_text_whatever_older_yaml_makes_of_it(written: str) -> None:
    assert tree(f"key: {written}").values["key"].text == written


def test_nodes_know_line_and_column_of_keys_and_values() -> None:
    root = tree("a: 1\nlist:\n  - x\n  - deep: {k: v}\n")
    assert (root.keys["list"].line, root.keys["list"].column) == (2, 1)
    assert str(root.at(["list", 1, "deep", "k"])) == "pack.yaml:4:15"
    assert str(root.at(["list", 9, "deep"])) == "pack.yaml:3:3"


def test_columns_count_characters_and_not_bytes() -> None:
    assert tree("{Ωμέγα: x, é: y}").keys["é"].column == 12


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert tree(b"\xef\xbb\xbftitle: x").values["title"].text == "x"


def test_quotes_and_blocks_are_told_apart_from_plain_text() -> None:
    root = tree("a: x\nb: 'x'\nc: |\n  x\nd: ~\ne: '~'\nf:\n")
    assert [root.values[k].plain for k in "abc"] == [True, False, False]
    assert root.values["c"].block
    assert [root.values[k].is_null for k in "def"] == [True, False, True]


def test_an_alias_repeats_what_it_names_at_its_own_place() -> None:
    root = tree("a: &x {k: v}\nb: *x\n")
    assert root.values["b"].values["k"].text == "v"
    assert root.values["b"].line == 2


WRONG = [
    ("duplicate key", "a: 1\nb: 2\na: 3\n", "3:1", "given twice; the first is on line 1"),
    ("duplicate key inside", "x:\n  k: 1\n  k: 2\n", "3:3", "given twice"),
    ("tab indentation", "a:\n\tb: 1\n", "2:1", "tab"),
    ("tab after spaces", "a:\n  \tb: c\n", "2:3", "tab"),
    ("colon in text", "title: Ukraine: the way on\n", "1:15", "colon"),
    ("bad indentation", "a: |\n  x\n b: y\n", "3:2", "indentation"),
    ("bad indentation of a list", "a:\n  - x\n - y\n", "3:2", "list item stands here among keys"),
    ("unclosed double quote", 'a: "x\nb: y\n', "1:4", "never closed"),
    ("unclosed single quote", "a: 'x\n", "1:4", "never closed"),
    ("unclosed list", "a: [x, y\nb: z\n", "1:4", "not closed"),
    ("unclosed list at the end", "a: [x, y", "1:4", "not closed"),
    ("unclosed group", "a: {b: c", "1:4", "not closed"),
    ("text that begins with a reference", "a: [[ukraine]] is\n", "1:4", "begins with ["),
    ("at sign", "a: @x\n", "1:4", "cannot begin with @"),
    ("backtick", "a: `x`\n", "1:4", "cannot begin with `"),
    ("percent", "a: %x\n", "1:4", "cannot begin with %"),
    ("asterisk", "a: *bold* text\n", "1:4", ""),
    ("bad escape", 'a: "\\q"\n', "1:5", "backslash"),
    ("list behind a key", "a: - b\n", "1:4", "a list cannot begin behind a key"),
    ("python tag", "a: !!python/object/apply:os.system [ls]\n", "1:4", "tag"),
    ("own tag", "a: !secret x\n", "1:4", "tag"),
    ("merge key", "a: &x {k: v}\nb:\n  <<: *x\n", "3:3", "merge"),
    ("unknown alias", "a: *nobody\n", "1:4", "no “&nobody”"),
    ("alias of itself", "a: &a [*a]\n", "1:8", "no “&a”"),
    ("second document", "a: 1\n---\nb: 2\n", "2:1", "second document"),
    ("list as key", "? [a]\n: b\n", "1:3", "key must be a word"),
    ("group as key", "{a: b}: c\n", "1:1", "key must be a word"),
    ("empty", "", "1:1", "empty"),
    ("only a comment", "# nothing\n", "1:1", "empty"),
    ("not UTF-8", b"title: caf\xe9\n", "1:11", "not UTF-8"),
    ("UTF-16", "title: x".encode("utf-16"), "1:1", "UTF-16"),
    ("NUL", b"a: x\x00y\n", "1:5", "U+0000"),
    ("escaped control character", 'a: "\\x07"\n', "1:4", "escape"),
    ("direction override", "a: x\u202ey\n", "1:5", "U+202E"),
    ("text without key", "a: b\nno key here\n", "2:1", "neither `key: value`"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "place", "words"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG]
)
def test_wrong_yaml_is_refused_at_its_place_with_a_remedy(text: str | bytes, place: str, words: str) -> None:
    _, findings = parsed(text)
    errors = [d for d in findings if d.severity is Severity.ERROR]
    assert len(errors) == 1, errors
    assert str(errors[0].where) == f"pack.yaml:{place}", errors[0]
    assert words in errors[0].message
    assert errors[0].hint


def test_several_repeated_keys_are_all_reported() -> None:
    _, findings = parsed("a: 1\na: 2\nb: 1\nb: 2\n")
    assert [d.where.line for d in findings if d.where] == [2, 4]


def test_nesting_ends_at_the_limit() -> None:
    assert parsed("[" * MAX_DEPTH + "]" * MAX_DEPTH)[0] is not None
    for depth in (MAX_DEPTH + 1, 5000):
        root, findings = parsed("[" * depth + "]" * depth)
        assert root is None
        assert "nested deeper" in next(iter(findings)).message


def test_aliases_that_explode_are_stopped_before_they_do() -> None:
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"]
    lines += [f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    root, findings = parsed("\n".join(lines))
    assert root is None
    assert "values" in next(iter(findings)).message


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"a: " + b"x" * MAX_BYTES)
    findings = Findings()
    assert read_tree(path, findings) is None
    assert "limit" in next(iter(findings)).message


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    findings = Findings()
    assert read_tree(tmp_path / "none.yaml", findings) is None
    assert read_tree(tmp_path, findings) is None
    assert [d.message for d in findings] == ["there is no such file", "this is a folder, not a file"]


def test_text_lost_to_a_comment_is_warned_about() -> None:
    _, findings = parsed("title: Issue #5 of 7\nnote: x # a comment\n")
    warnings = [d for d in findings if d.severity is Severity.WARNING]
    assert [str(d.where) for d in warnings] == ["pack.yaml:1:14"]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60))
def test_any_text_gives_a_tree_or_a_finding_and_never_a_traceback(text: str) -> None:
    root, findings = parsed(text)
    assert root is not None or findings.has_errors


def test_damaged_packs_give_findings_and_never_a_traceback() -> None:
    good = (
        b"title: x\nsections:\n  - a.yaml\n  - {file: b.yaml, tags: [core]}\nnote: |\n  t\n  u\n"
        b'm: [1, {a: 14:30}]\nq: "z: y"\nr: &r {k: v}\ns: *r\n'
    )
    dice = random.Random(7)
    bits = (
        b"\t",
        b": ",
        b"- ",
        b"{",
        b"]",
        b"&a ",
        b"*a ",
        b"!!x ",
        b"|",
        b'"',
        b"\xff",
        b"? ",
        b"---\n",
        b"%Y 1\n",
        b"<<: ",
        b"\r",
    )
    for _ in range(3000):
        raw = bytearray(good)
        for _ in range(dice.randint(1, 5)):
            at = dice.randrange(len(raw))
            match dice.randrange(3):
                case 0:
                    raw[at] = dice.randrange(256)
                case 1:
                    del raw[at : at + dice.randint(1, 8)]
                case _:
                    raw[at:at] = dice.choice(bits)
        root, findings = parsed(bytes(raw))
        assert root is not None or findings.has_errors
        assert all(d.where is not None and d.where.line > 0 and d.where.column > 0 for d in findings)
        if root is not None:
            assert all(node.kind in Kind for node in root.walk())


def test_aliases_do_not_nest_deeper_than_the_limit() -> None:
    lines = ["- &a0 {text: x}"] + [f"- &a{i} {{items: [*a{i - 1}]}}" for i in range(1, 3000)]
    root, findings = parsed("\n".join(lines))
    assert root is None
    (error,) = [d for d in findings if d.severity is Severity.ERROR]
    assert "nested deeper" in error.message


def test_long_texts_count_when_they_are_repeated() -> None:
    root, findings = parsed(f"- &a {'x' * 1_000_000}\n" + "- *a\n" * 1000)
    assert root is None
    assert "values" in next(iter(findings)).message


def test_text_that_yaml_drops_or_joins_is_warned_about() -> None:
    root, findings = parsed("a: &c words\nb:\n  - one\n    - two\nc: #5\n")
    assert root is not None
    assert [(d.severity, str(d.where)) for d in findings] == [
        (Severity.WARNING, "pack.yaml:4:5"),
        (Severity.WARNING, "pack.yaml:5:4"),
        (Severity.WARNING, "pack.yaml:1:4"),
    ]


def test_only_the_word_true_is_true() -> None:
    node = tree("a: true\nb: yes\nc: True\nd: ~\ne: [true]\nf: 'true'\ng: {a: true}\n")
    assert [key for key in [*node.keys, "z"] if node.is_true(key)] == ["a", "f"]
    assert not node.values["a"].is_true("a")
