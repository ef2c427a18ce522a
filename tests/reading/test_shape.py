"""Shapes find what an author probably meant, and say one thing about one fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.errors import Findings
from briefpack.reading.checks import Report, near, suggestion
from briefpack.reading.node import Kind, Node
from briefpack.reading.scalars import Number, TextShape, to_datetime, to_share
from briefpack.reading.shape import ByForm, Group, Key, ListOf, MapOf
from briefpack.reading.yaml_tree import parse_tree

GROUP = Group(
    "thing", {"title": Key(TextShape(), "A title.", required=True), "style": Key(TextShape(), "A style.")}
)


def messages(shape: Group | ListOf | MapOf | ByForm, text: str) -> list[str]:
    findings = Findings()
    root = parse_tree(text.encode(), Path("a.yaml"), findings)
    assert root is not None
    shape.check(root, Report(findings))
    return [found.message for found in findings]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("stile", "style"),
        ("titel", "title"),
        ("TITLE", "title"),
        ("tittle", "title"),
        ("zzz", None),
        ("", None),
    ],
)
def test_the_word_that_was_meant_is_near_and_begins_alike(word: str, meant: str | None) -> None:
    assert near(word, ("title", "style")) == meant


def test_without_a_near_word_all_are_listed() -> None:
    assert suggestion("zzz", ("a", "b"), "choices") == "choices: a, b"


def test_a_misspelt_key_is_one_fault_and_not_a_missing_one_as_well() -> None:
    assert messages(GROUP, "titel: x") == ["unknown key `titel`"]
    assert messages(GROUP, "zzz: x") == ["unknown key `zzz`", "the key `title` is missing"]


def test_a_suggestion_is_a_key_that_is_not_there_yet() -> None:
    findings = Findings()
    root = parse_tree(b"title: x\ntitles: y\n", Path("a.yaml"), findings)
    assert root is not None
    GROUP.check(root, Report(findings))
    (error,) = findings
    assert error.hint == "known keys: title, style"


def test_what_was_reported_while_parsing_is_not_reported_again() -> None:
    assert len(messages(GROUP, "title: !tag [x]")) == 1
    assert len(messages(MapOf(GROUP, "things", "[a-z]+", "lower case"), "a: !tag x")) == 1
    assert len(messages(ListOf(GROUP, "things"), "- !tag x")) == 1


def test_nothing_will_do_only_where_it_is_allowed() -> None:
    assert messages(ByForm("a thing", group=GROUP, null=True), "~") == []
    assert messages(ByForm("a thing", group=GROUP), "~") == ["a thing is asked for here; found nothing"]


@pytest.mark.parametrize("text", ["٣", "1_000", "1e3", "0x1F", "nan", "inf", "", "1.", ".5", "+1"])
def test_only_plain_decimal_numbers_are_numbers(text: str) -> None:
    report = Report(Findings())
    Number(0, 1e9).check(Node(Kind.SCALAR, Path("a.yaml"), 1, 1, text, plain=True), report)
    assert report.findings.has_errors


@pytest.mark.parametrize(
    "text", ["2025-02-29", "2025-00-01", "0000-01-01", "2025-04-03 24:00", "２０２５-04-03", "x"]
)
def test_what_is_not_in_the_calendar_is_no_date(text: str) -> None:
    assert to_datetime(text) is None


@pytest.mark.parametrize(
    ("text", "share"),
    [("30%", 0.3), ("12.5 %", 0.125), ("100%", 1.0), ("0%", None), ("101%", None), ("30", None)],
)
def test_a_share_is_a_percentage_above_nothing_and_up_to_all(text: str, share: float | None) -> None:
    assert to_share(Node(Kind.SCALAR, Path("a.yaml"), 1, 1, text)) == share
