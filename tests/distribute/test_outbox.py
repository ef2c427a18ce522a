"""What lies in an outbox: drafts, texts, addresses, an overview that a spreadsheet can read, and a record of it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from briefpack.distribute.letters import Step
from briefpack.distribute.message import message_of
from briefpack.distribute.outbox import files_of, overview
from briefpack.distribute.parcel import Part
from briefpack.distribute.posted import Posted, post
from briefpack.distribution import Fit, Line, Recipient
from briefpack.errors import Findings
from tests.distribute.made import DATE, FILES, HERE, distribution, made_letters, reader

READERS = [
    reader("anna@example.int", "Anna", copy=4),
    reader("ben@bücher.example", "Ben, B."),
    reader("carl@example.int", line=Line.BCC),
]


def posted(
    readers: list[Recipient] = READERS, *, size: int = 10_000_000, findings: Findings | None = None
) -> tuple[Posted, ...]:
    messages = [message_of(letter, "visit", DATE) for letter in made_letters(readers, marking="INTERNAL")]
    return post(messages, distribution(readers, size=size), Findings() if findings is None else findings)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_each_message_has_a_draft_a_text_and_its_addresses() -> None:
    (one,) = posted()
    files = dict(files_of([one]))
    assert list(files) == ["desk.eml", "desk.txt", "desk.to.txt", "desk.bcc.txt", "overview.csv"]
    assert files["desk.eml"] == one.message.draft()
    assert files["desk.txt"].decode() == one.message.text
    assert files["desk.to.txt"] == b"anna@example.int; ben@xn--bcher-kva.example\n"
    assert files["desk.bcc.txt"] == b"carl@example.int\n"


def test_the_overview_has_a_line_for_each_reader_and_file() -> None:
    (one,) = posted()
    found = rows(overview([one]))
    assert [(row["name"], row["line"], row["copy"], row["attachment"]) for row in found] == [
        ("Anna", "to", "4", "visit-desk.pdf"),
        ("Anna", "to", "4", "visit-desk.docx"),
        ("Ben, B.", "to", "", "visit-desk.pdf"),
        ("Ben, B.", "to", "", "visit-desk.docx"),
        ("", "bcc", "", "visit-desk.pdf"),
        ("", "bcc", "", "visit-desk.docx"),
    ]
    assert {row["marking"] for row in found} == {"INTERNAL"}
    assert found[0]["sha256"] == FILES[0].sha256
    assert found[0]["bytes as sent"] == str(one.sent)


def test_the_overview_says_what_was_done_with_files_and_messages() -> None:
    (one,) = posted()
    assert {
        (row["part"], row["locked"], row["trace"], row["made to fit"], row["built as a draft"])
        for row in rows(overview([one]))
    } == {("", "", "", "", "")}
    letter = one.message.letter
    files = tuple(
        replace(each, locked=each.format == "pdf", trace=each.format.upper()) for each in letter.attachments
    )
    steps = (Step(Fit.COMPRESS, 9, 9), Step(Fit.PDF_ONLY, 9, 5), Step(Fit.SPLIT, 5, 2))
    parcel = replace(letter.parcel, draft=True)
    made = replace(letter, part=Part(2, 3), attachments=files, steps=steps, parcel=parcel)
    found = rows(overview([replace(one, message=replace(one.message, letter=made))]))
    assert [(row["part"], row["locked"], row["trace"]) for row in found[:2]] == [
        ("2 of 3", "yes", "PDF"),
        ("2 of 3", "", "DOCX"),
    ]
    assert {(row["made to fit"], row["built as a draft"]) for row in found} == {("pdf-only, split", "yes")}


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)"])
def test_nothing_in_the_overview_is_a_formula(name: str) -> None:
    (row, _) = rows(overview(posted([reader("+a@example.int", name)])))
    assert (row["name"], row["address"]) == (f"'{name}", "'+a@example.int")


def test_the_size_is_that_of_the_message_as_it_is_sent() -> None:
    (one,) = posted()
    assert one.sent == len(one.message.transmitted())


def test_a_message_that_is_too_large_is_warned_of_at_the_limit_and_never_cut() -> None:
    findings = Findings()
    (one,) = posted(size=1000, findings=findings)
    (found,) = findings
    assert one.is_large
    assert (found.rule, found.where) == ("large-message", HERE)
    assert one.sent == len(one.message.transmitted())
    (one,) = posted(size=one.sent)
    assert not one.is_large
