"""Drafts as they are transmitted: the bytes that the message itself would have given, with the moment of sending, and nobody hidden named."""

from __future__ import annotations

import email
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import policy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.distribute.transmitted import NoDraftError, fields_of, transmitted
from briefpack.distribution import Line
from tests.distribute.made import made_message, mailbox, reader
from tests.distribute.test_message import ODD_NAMES

NOW = datetime(2025, 4, 3, 7, 30, 5, tzinfo=UTC)
DRAFT = made_message(
    [
        reader("anna@example.int", "Anna"),
        reader("ben@example.int", "Петренко, Зоя", line=Line.CC),
        reader("carl@example.int", "Carl", line=Line.BCC),
    ]
).draft()

_NAMES = st.one_of(
    st.sampled_from(ODD_NAMES),
    st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co"]), max_size=60).map(
        lambda text: " ".join(text.split())
    ),
)
_TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]))
_LINES = st.lists(st.sampled_from(Line), min_size=1, max_size=8)
_ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31), timezones=_ZONES)


def _as_words(text: str) -> str:
    """A template without fields."""
    return text.replace("{", "{{").replace("}", "}}")


@given(data=st.data(), lines=_LINES, when=_MOMENTS, answers=st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_draft_becomes_what_the_message_itself_would_transmit(
    data: st.DataObject, lines: list[Line], when: datetime, answers: bool
) -> None:
    readers = [
        reader(f"r{n}@example.int", data.draw(_NAMES), line=line, audience="desk")
        for n, line in enumerate(lines)
    ]
    message = made_message(
        readers,
        subject={"": _as_words(data.draw(_NAMES)) or "words"},
        body={"": f"Words.\n\n{_as_words(data.draw(_TEXTS))}\n"},
        reply_to=mailbox("answers@example.int", data.draw(_NAMES)) if answers else None,
    )
    when = when.replace(microsecond=0)
    sent = transmitted(message.draft(), when)
    assert sent == replace(message, date=when).transmitted()
    parsed = email.message_from_bytes(sent, policy=policy.SMTPUTF8)
    assert parsed["Date"].datetime == when
    assert parsed["Message-ID"].strip() == f"<{message.id}>"
    for each in message.letter.readers:
        if each.line is Line.BCC:
            assert each.mailbox.address.wire.encode() not in sent


def test_only_date_and_what_makes_a_draft_of_it_differ() -> None:
    sent = transmitted(DRAFT, NOW).split(b"\r\n")
    before = DRAFT.split(b"\r\n")
    gone = [line for line in before if line not in sent]
    assert [line.partition(b":")[0] for line in gone] == [
        b"Bcc",
        b"Date",
        b"X-Unsent",
        b"X-Uniform-Type-Identifier",
    ]
    assert [line for line in sent if line not in before] == [b"Date: Thu, 03 Apr 2025 07:30:05 +0000"]


def test_hidden_readers_on_several_lines_go_with_all_of_them() -> None:
    many = [reader(f"r{n}@example.int", f"Читатель {n}", line=Line.BCC) for n in range(40)]
    message = made_message(many)
    sent = transmitted(message.draft(), NOW)
    assert b"@example.int" not in sent.replace(b"desk@example.int", b"").replace(
        f"{message.id}".encode(), b""
    )
    assert b"\r\nTo: undisclosed-recipients:;\r\n" in sent


def test_the_same_moment_gives_the_same_bytes_and_a_date_without_a_zone_none() -> None:
    assert transmitted(DRAFT, NOW) == transmitted(DRAFT, NOW)
    with pytest.raises(ValueError, match="no time zone"):
        transmitted(DRAFT, NOW.replace(tzinfo=None))


@given(
    st.lists(
        st.sampled_from(
            [b"Bcc: x@example.int", b"To: a@example.int", b" folded", b"", b"Date: now", b"X: \xff", b"words"]
        )
    )
)
@settings(max_examples=200)
def test_no_head_at_all_lets_a_hidden_reader_through(lines: list[bytes]) -> None:
    content = b"\r\n".join(
        [b"From: d@example.int", b"Message-ID: <1@example.int>", *lines, b"", b"body", b""]
    )
    try:
        sent = transmitted(content, NOW)
    except NoDraftError:
        return
    head = sent.partition(b"\r\n\r\n")[0].lower()
    assert b"bcc:" not in head
    assert head.count(b"\r\ndate:") == 1
    assert head.count(b"\r\nto:") == 1


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        (b"To: ", b"To: x@example.int\nBcc: ", "does not end with CR and LF"),
        (b"To: ", b"To: x@example.int\rBcc: ", "does not end with CR and LF"),
        (b"Subject: ", b"To: x@example.int\r\nSubject: ", "says “to” twice"),
        (b"Subject: ", b"TO: x@example.int\r\nSubject: ", "says “to” twice"),
        (b"Subject: ", b"BCC: x@example.int\r\nSubject: ", "says “bcc” twice"),
        (b"Message-ID: ", b"X-Id: ", "has no “message-id”"),
        (b"Date: ", b"X-Date: ", "has no “date”"),
        (b"Subject: ", b"no field at all\r\nSubject: ", "no field"),
        (b"Subject: ", b"Subject : ", "no field"),
        (b"Subject: ", b"X: " + b"a" * 996 + b"\r\nSubject: ", "more than 998 bytes"),
        (b"Subject: ", b"X: \xff\r\nSubject: ", "not UTF-8"),
        (b"Subject: ", b"X: \0\r\nSubject: ", "NUL"),
        (b"Subject: ", b"X: a\r\n \t\r\nSubject: ", "folded wrongly"),
    ],
)
def test_what_is_no_draft_of_ours_is_refused(old: bytes, new: bytes, fact: str) -> None:
    assert old in DRAFT
    with pytest.raises(NoDraftError, match=fact):
        transmitted(DRAFT.replace(old, new, 1), NOW)


def test_bytes_beyond_ascii_below_the_head_and_a_head_without_end_are_refused() -> None:
    with pytest.raises(NoDraftError, match="beyond ASCII"):
        transmitted(DRAFT + "é".encode(), NOW)
    with pytest.raises(NoDraftError, match="no end of a head"):
        transmitted(DRAFT.partition(b"\r\n\r\n")[0] + b"\r\n", NOW)


def test_an_international_address_stays_as_it_is_written() -> None:
    message = made_message([reader("зоя@example.int", "Zoya"), reader("é@example.int", line=Line.CC)])
    sent = transmitted(message.draft(), NOW)
    assert sent == replace(message, date=NOW).transmitted()
    assert "зоя@example.int".encode() in sent


def test_fields_are_told_by_name_and_value() -> None:
    found = {each.name: each.value for each in fields_of(DRAFT)}
    assert found["to"] == '"Anna" <anna@example.int>'
    assert found["bcc"] == '"Carl" <carl@example.int>'
    assert found["x-unsent"] == "1"
