"""The head of a message in the words of the style."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from briefpack.annex_text import Attachment, Letterhead, Mailbox
from briefpack.document import Text
from briefpack.errors import Where
from briefpack.reading.author_words import plain_words
from briefpack.reading.read_style import read_style
from briefpack.resolve.letterhead import MOST_NAMED, letterhead, moment_with_offset

HERE = Where(Path("mail.eml"), 1, 1)
STYLE = read_style("base", ()).style
assert STYLE is not None
ANNA = Mailbox("Anna Berg", "anna@x.example")
MOMENT = datetime(2025, 4, 2, 18, 4)


def rows(head: Letterhead, language: str = "en") -> list[tuple[str, str]]:
    return [
        (plain_words(step.step or ()), plain_words(step.by))
        for step in letterhead(head, STYLE, language, HERE).steps
    ]


def test_who_wrote_to_whom_and_when() -> None:
    head = Letterhead((ANNA,), (Mailbox("", "b@x.example"), Mailbox("Desk", "")), (), MOMENT, "", "Visit", (Attachment("plan.pdf", 123_456), Attachment("map.jpg", 2_345_678), Attachment("x", 0)))  # fmt: skip
    assert rows(head) == [
        ("From", "Anna Berg anna@x.example"),
        ("Date", "Wednesday, 2 April 2025, 18:04"),
        ("To", "b@x.example; Desk"),
        ("Attachments", "plan.pdf (123\u00a0kB); map.jpg (2.3\u00a0MB); x"),
    ]


def test_in_french() -> None:
    head = Letterhead((ANNA,), (), (ANNA,), MOMENT, "", "", (Attachment("plan.pdf", 2_345_678),))
    assert rows(head, "fr") == [
        ("De", "Anna Berg anna@x.example"),
        ("Date", "mercredi 2\u00a0avril 2025, 18\u00a0h\u00a004"),
        ("Cc", "Anna Berg anna@x.example"),
        ("Pièces jointes", "plan.pdf (2,3\u00a0Mo)"),
    ]


def test_addresses_are_quiet_beside_names() -> None:
    (step,) = letterhead(Letterhead((ANNA,), (), (), None, "", "", ()), STYLE, "en", HERE).steps
    assert step.by == (Text("Anna Berg "), Text("anna@x.example", secondary=True))


def test_a_date_that_cannot_be_read_is_printed_as_it_is() -> None:
    assert rows(Letterhead((), (), (), None, "some day", "", ())) == [("Date", "some day")]


def test_the_many_are_counted() -> None:
    many = tuple(Mailbox("", f"a{number}@x.example") for number in range(MOST_NAMED + 5))
    assert rows(Letterhead((), many, (), None, "", "", ()))[0][1].endswith("a59@x.example; and 5 more")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "(UTC)"), (120, "(UTC+2)"), (-240, "(UTC−4)"), (330, "(UTC+5:30)"), (-570, "(UTC−9:30)")],
)
def test_offsets(minutes: int, words: str) -> None:
    moment = MOMENT.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert moment_with_offset(moment, STYLE, "en").endswith(words)
