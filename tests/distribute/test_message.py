"""Messages read back: what is in their heads is what the list says and nothing else, in both forms, the same every time."""

from __future__ import annotations

import email
import re
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefpack.distribute.message import Message, message_of
from briefpack.distribution import Line, Mailbox, Recipient
from briefpack.errors import BriefpackError
from briefpack.reading.addresses import AddressError, check_name, parse_address
from tests.distribute.made import DATE, FILES, HERE, made_letters, made_message, mailbox, reader

ODD_NAMES = [
    "Last, First",
    'Anna "The Desk" Example',
    "back\\slash",
    "semi;colon: <angle> (round) [square]",
    "dot. at the end.",
    "Зоя Петренко",
    "Петренко, Зоя",
    "ليلى حداد",
    "حداد، ليلى",
    "山田 太郎",
    "Éric O’Neill",
    "a" * 200,
    "word " * 39 + "end",
    "слово " * 33 + "end",
    "'quoted'",
    "equals = sign ? and_underscore",
    "😀 Smile",
    "می\u200cخواهم",
]


def parsed(content: bytes) -> EmailMessage:
    """By Python's strict policy: a defect raises."""
    return cast("EmailMessage", email.message_from_string(content.decode(), policy=policy.strict))


def boxes(message: EmailMessage, header: str) -> list[tuple[str, str]]:
    value = message[header]
    # Before 3.12 this parser keeps the fold between two encoded words as a space; other parsers see to the exact words.
    return (
        []
        if value is None
        else [(each.display_name.replace("  ", " "), each.addr_spec) for each in value.addresses]
    )


ALL = [
    reader("anna@example.int", "Anna"),
    reader("ben@example.int", "Ben", line=Line.CC),
    reader("carl@example.int", "Carl", line=Line.BCC),
    reader("dora@bücher.example", line=Line.BCC),
]


def test_a_draft_names_everybody_and_is_marked_as_unsent() -> None:
    message = parsed(made_message(ALL).draft())
    assert boxes(message, "From") == [("The Desk", "desk@example.int")]
    assert boxes(message, "To") == [("Anna", "anna@example.int")]
    assert boxes(message, "Cc") == [("Ben", "ben@example.int")]
    assert boxes(message, "Bcc") == [("Carl", "carl@example.int"), ("", "dora@xn--bcher-kva.example")]
    assert message["X-Unsent"] == "1"
    assert message["X-Uniform-Type-Identifier"] == "com.apple.mail-draft"


def test_what_is_transmitted_names_no_hidden_reader_and_is_no_draft() -> None:
    made = made_message(ALL)
    content = made.transmitted()
    message = parsed(content)
    assert {key.lower() for key in message} == {
        *(
            "from",
            "to",
            "cc",
            "subject",
            "date",
            "message-id",
            "mime-version",
            "content-type",
            "content-language",
        ),
    }
    assert b"carl" not in content
    assert [each.wire for each in made.envelope] == [
        "anna@example.int",
        "ben@example.int",
        "carl@example.int",
        "dora@xn--bcher-kva.example",
    ]


def test_hidden_readers_alone_are_undisclosed() -> None:
    content = made_message(ALL[2:]).transmitted()
    message = parsed(content)
    assert message["To"] == "undisclosed-recipients:;"
    assert b"Bcc" not in content
    assert "To" not in parsed(made_message(ALL[2:]).draft())


def test_the_files_are_attached_as_they_are_and_called_what_the_build_calls_them() -> None:
    for content in (made_message(ALL).draft(), made_message(ALL).transmitted()):
        found = [
            (part.get_filename(), part.get_content_type(), part.get_content_disposition(), part.get_content())
            for part in parsed(content).iter_attachments()
        ]
        word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        assert found == [
            (FILES[0].name, "application/pdf", "attachment", FILES[0].content),
            (FILES[1].name, word, "attachment", FILES[1].content),
        ]


def test_the_text_comes_in_two_forms_and_both_say_it() -> None:
    made = made_message(ALL, body={"": "Grüße aus Brüssel – ليلى\n\n- {title}\n" + "long " * 300})
    message = parsed(made.draft())
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == made.text
    assert "Grüße aus Brüssel – ليلى" in html.get_content()
    assert message.get_content_type() == "multipart/mixed"
    assert next(message.iter_parts()).get_content_type() == "multipart/alternative"
    assert message["Content-Language"] == "en"


def test_the_date_is_the_builds_clock_of_no_zone() -> None:
    assert parsed(made_message(ALL).draft())["Date"] == "Wed, 02 Apr 2025 18:00:00 -0000"


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert made_message(ALL).draft() == made_message(ALL).draft()
    assert made_message(ALL).transmitted() == made_message(ALL).transmitted()


def test_the_id_tells_of_the_pack_and_its_readers() -> None:
    ids = {
        made_message(ALL).id,
        made_message(list(reversed(ALL))).id,
        made_message(ALL, subject={"": "another"}).id,
    }
    assert len(ids) == 1
    others = {
        made_message(ALL[:-1]).id,
        made_message([reader("anna@example.int", audience="press")]).id,
        made_message([reader("anna@example.int", formats=("pdf",))]).id,
        made_message([reader("anna@example.int")]).id,
    }
    assert len(others | ids) == 5
    assert all(re.fullmatch(r"[0-9a-f]{40}@example\.int", each) for each in others | ids)


@pytest.mark.parametrize("size", [0, 1, 2, 3, 56, 57, 58, 59, 60, 113, 114, 115, 5_000, 100_003])
def test_a_message_weighs_what_it_has_when_it_is_transmitted(size: int) -> None:
    made = made_message(ALL)
    files = (replace(FILES[0], pieces=(bytes(size),), size=size), FILES[1])
    large = replace(made, letter=replace(made.letter, attachments=files))
    assert large.weight() == len(large.transmitted())


def test_lines_end_and_break_as_servers_ask_for() -> None:
    content = made_message(
        [reader("anna@example.int", name) for name in ODD_NAMES[:1]]
        + [reader(f"r{n}@example.int", name) for n, name in enumerate(ODD_NAMES)],
        subject={"": "Über " * 60},
    ).draft()
    lines = content.split(b"\r\n")
    assert all(b"\n" not in line and b"\r" not in line for line in lines)
    assert max(map(len, lines)) <= 998
    assert content.isascii()


@pytest.mark.parametrize("name", ODD_NAMES)
@pytest.mark.parametrize("line", Line)
def test_a_name_is_read_back_as_it_was_written(name: str, line: Line) -> None:
    others = [reader("first@example.int", "First", line=line), reader("last@example.int", line=line)]
    made = made_message([others[0], reader("odd@example.int", name, line=line), others[1]])
    expected = [("First", "first@example.int"), (name, "odd@example.int"), ("", "last@example.int")]
    header = "To" if line is Line.CC else line.value.capitalize()
    assert boxes(parsed(made.draft()), header) == expected


def test_letters_before_the_at_sign_stand_as_they_are() -> None:
    content = made_message([reader("почта@пример.рф", "Почта")]).draft()
    assert boxes(parsed(content), "To") == [("Почта", "почта@xn--e1afmkfd.xn--p1ai")]
    assert "почта@xn--e1afmkfd.xn--p1ai".encode() in content


def test_answers_go_where_the_list_says() -> None:
    made = made_message(ALL, reply_to=mailbox("office@example.int", "Büro, Packs"))
    assert boxes(parsed(made.transmitted()), "Reply-To") == [("Büro, Packs", "office@example.int")]
    assert "Reply-To" not in parsed(made_message(ALL).transmitted())


names = st.text(st.characters(exclude_categories=("Cs",)), max_size=120) | st.sampled_from(ODD_NAMES)
locals_ = st.from_regex(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,20}(\.[a-zé0-9]{1,8}){0,2}", fullmatch=True)
domains = st.from_regex(r"[a-z0-9ü]{1,10}(-[a-z]{1,4})?\.(example|int)", fullmatch=True)


def taken(name: str, address: str, line: Line) -> Recipient | None:
    """The reader that a list makes of what was typed; None where it refuses it."""
    try:
        box = Mailbox(check_name(name), parse_address(address))
    except AddressError:
        return None
    return Recipient(box, "desk", "all", line, "en", (), None, HERE)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(names, st.builds("{}@{}".format, locals_, domains), st.sampled_from(Line)),
        min_size=1,
        max_size=6,
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=150),
)
@example([("a\r\nBcc: evil@x.example", "a@b.example", Line.TO), ("ok", "c@b.example", Line.TO)], "x")
@example([("?=", "?=@b.example", Line.TO)], "=?utf-8?q?=0D=0ABcc=3A?=")
def test_whatever_is_typed_the_head_says_that_and_nothing_more(
    typed: list[tuple[str, str, Line]], subject: str
) -> None:
    readers = [each for each in (taken(*one) for one in typed) if each is not None]
    if not readers:
        return
    words = {"": "s " + subject.replace("{", "{{").replace("}", "}}")}
    letters = made_letters(readers, subject=words, body={"": "x"})
    assert sorted(each.mailbox.address.wire for letter in letters for each in letter.readers) == sorted(
        each.mailbox.address.wire for each in readers
    )
    for letter in letters:
        check_head(message_of(letter, "visit", DATE))


def check_head(made: Message) -> None:
    for content, lines in ((made.draft(), list(Line)), (made.transmitted(), [Line.TO, Line.CC])):
        message = parsed(content)
        for line in lines:
            expected = [(each.name, each.address.wire) for each in made.letter.on(line)]
            if line in lines and not (line is Line.TO and not expected):
                assert boxes(message, line.value) == expected
        assert message["Subject"] == made.subject
        allowed = {"from", "to", "cc", "bcc", "subject", "date", "message-id", "mime-version", "content-type"}
        allowed |= {"content-language", "x-unsent", "x-uniform-type-identifier"}
        assert {key.lower() for key in message} <= allowed
        assert len(message.keys()) == len({key.lower() for key in message})


def test_a_file_that_changes_before_it_is_attached_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pack.pdf"
    path.write_bytes(b"%PDF-1.7 made up")
    message = made_message([reader("a@example.int")])
    file = replace(message.letter.attachments[0], pieces=(path,))
    message = replace(message, letter=replace(message.letter, attachments=(file,)))
    assert len(message.draft()) > message.weight()
    path.write_bytes(b"%PDF-1.7 made OP")
    with pytest.raises(BriefpackError, match=r"visit-desk\.pdf has changed while"):
        message.draft()
    path.unlink()
    with pytest.raises(BriefpackError, match=r"visit-desk\.pdf cannot be read any more"):
        message.draft()
