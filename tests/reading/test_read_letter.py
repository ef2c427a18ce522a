"""E-mail messages: who wrote what to whom, what came with it, and nothing of what is not the reader's business."""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from pathlib import Path

import pytest

from briefpack.annex import Deed, Remark
from briefpack.annex_text import AnnexText, Attachment, Letterhead, Mailbox, UnreadableError
from briefpack.blocks import ListBlock, ParagraphBlock
from briefpack.reading.author_words import plain_words
from briefpack.reading.read_letter import read_letter

PATH = Path("mail.eml")


def message(text: str = "Words.\n", **headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in {
        "From": "Anna Berg <anna@embassy.example>",
        "To": "desk@ministry.example",
        "Date": "Wed, 02 Apr 2025 18:04:11 -0400",
        "Subject": "Visit",
        **headers,
    }.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def read(raw: bytes | EmailMessage) -> AnnexText:
    return read_letter(raw if isinstance(raw, bytes) else raw.as_bytes(), PATH, {})


def head(raw: bytes | EmailMessage) -> Letterhead:
    found = read(raw).head
    assert found is not None
    return found


def words(text: AnnexText) -> list[str]:
    return [plain_words(block.spans) for block in text.blocks if isinstance(block, ParagraphBlock)]


def remark(text: AnnexText, kind: str) -> Remark:
    (found,) = [each for each in text.remarks if each.kind == kind]
    return found


def raw(head: str, body: str = "Words.\n") -> bytes:
    return f"{head}\n\n{body}".encode("utf-8", "surrogateescape")


# --------------------------------------------------------------------------- the head


def test_the_head_is_decoded() -> None:
    found = head(message(Cc='"Müller, Paul" <p@x.example>, press@x.example', Subject="Übergabe 🚗 am 3."))
    assert found.sender == (Mailbox("Anna Berg", "anna@embassy.example"),)
    assert found.to == (Mailbox("", "desk@ministry.example"),)
    assert found.cc == (Mailbox("Müller, Paul", "p@x.example"), Mailbox("", "press@x.example"))
    assert found.subject == "Übergabe 🚗 am 3."
    assert found.date == datetime(2025, 4, 2, 18, 4, 11, tzinfo=timezone(timedelta(hours=-4)))


def test_a_date_that_is_none_is_kept_as_words() -> None:
    found = head(raw("From: a@b.c\nDate: some day in April"))
    assert (found.date, found.date_words) == (None, "some day in April")


def test_an_offset_of_minus_nothing_is_none() -> None:
    date = head(raw("From: a@b.c\nDate: Wed, 02 Apr 2025 18:04:11 -0000")).date
    assert date == datetime(2025, 4, 2, 18, 4, 11)


def test_who_is_no_list_of_addresses_is_named_all_the_same() -> None:
    found = head(raw("From: Anna\nTo: undisclosed-recipients:;"))
    assert found.sender[0].name + found.sender[0].address == "Anna"
    assert found.to == (Mailbox("undisclosed-recipients", ""),)


def test_nothing_in_a_head_begins_a_line_or_turns_the_text_around() -> None:
    found = head(
        raw(
            "From: =?utf-8?q?A=0D=0ABcc=3A_x=40y=2Ez=E2=80=AEB?= <a@b.c>\nSubject: =?utf-8?q?one=0A=0Atwo=00?="
        )
    )
    for text in (found.subject, found.sender[0].name):
        assert not set(text) & set("\r\n\0\u202e")
    assert found.subject == "one two"


def test_right_to_left_names_stay_as_they_are() -> None:
    assert head(message(From="דנה כהן <dana@x.example>")).sender == (Mailbox("דנה כהן", "dana@x.example"),)


def test_hidden_recipients_and_the_way_through_the_mail_are_not_printed() -> None:
    text = read(message(Bcc="secret@x.example", Received="from canary.example", X_Mailer="canary"))
    assert "secret" not in repr((text.blocks, text.head))
    assert "canary" not in repr((text.blocks, text.head))
    assert remark(text, "bcc").deed is Deed.REMOVED
    assert remark(text, "mail-headers").count == 2


# --------------------------------------------------------------------------- the body


def test_plain_text_is_preferred_to_html() -> None:
    made = message("Plain.\n")
    made.add_alternative("<p>Rich.</p>", subtype="html")
    assert words(read(made)) == ["Plain."]


def test_html_is_read_where_there_is_no_plain_text() -> None:
    made = EmailMessage()
    made["From"] = "a@b.c"
    made.set_content(
        "<p>Rich <b>words</b></p><ul><li>x<li>y</ul><p style='display:none'>canary</p>", subtype="html"
    )
    text = read(made)
    assert words(text) == ["Rich words"]
    assert isinstance(text.blocks[1], ListBlock)
    assert "canary" not in repr(text.blocks)
    assert remark(text, "hidden-text").deed is Deed.REMOVED


def test_an_empty_plain_text_gives_way_to_html() -> None:
    made = message(" \n")
    made.add_alternative("<p>Rich.</p>", subtype="html")
    assert words(read(made)) == ["Rich."]


def test_bodies_one_behind_the_other_are_all_printed() -> None:
    made = message("First.\n")
    made.make_mixed()
    other = EmailMessage()
    other.set_content("Footer of the list.\n")
    made.attach(other)
    assert words(read(made)) == ["First.", "Footer of the list."]


def test_a_charset_that_is_wrong_is_told() -> None:
    text = read(b"From: a@b.c\nContent-Type: text/plain; charset=utf-8\n\nf\xfcr\n")
    assert words(text) == ["für"]
    assert remark(text, "encoding").warn
    assert words(read(b"From: a@b.c\nContent-Type: text/plain; charset=x-none\n\nplain\n")) == ["plain"]
    assert words(read(b"From: a@b.c\nContent-Type: text/plain; charset=koi8-r\n\n\xc4\xc1\n")) == ["да"]


# --------------------------------------------------------------------------- what comes with it


def test_attachments_are_named_with_their_size_and_told() -> None:
    made = message()
    made.add_attachment(b"x" * 1234, maintype="application", subtype="pdf", filename="plan.pdf")
    made.add_attachment(message(Subject="Older"))
    text = read(made)
    assert text.head is not None
    assert text.head.attachments[0] == Attachment("plan.pdf", 1234)
    assert text.head.attachments[1].name == "Older.eml"
    told = remark(text, "attachments")
    assert (told.deed, told.count, told.warn) == (Deed.FOUND, 2, True)
    assert told.what == "has 2 attachments, which are not in the pack"
    assert told.advice == "save them and name each as an annex of its own where the pack needs them"


def test_pictures_inside_the_text_are_no_attachments() -> None:
    made = message()
    made.add_alternative("<p>x<img src='cid:logo'></p>", subtype="html")
    made.get_payload()[1].add_related(b"x", maintype="image", subtype="png", cid="<logo>")
    text = read(made)
    assert text.head is not None
    assert text.head.attachments == ()
    assert remark(text, "pictures").count == 1


def test_files_beside_a_wording_that_is_not_printed_are_still_attachments() -> None:
    made = message()
    made.add_alternative("<p>x</p>", subtype="html")
    made.get_payload()[1].add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    assert [each.name for each in head(made).attachments] == ["a.pdf"]


def test_a_signature_is_told_and_no_attachment() -> None:
    text = read(
        raw(
            'From: a@b.c\nContent-Type: multipart/signed; boundary="b"',
            "--b\nContent-Type: text/plain\n\nWords.\n--b\nContent-Type: application/pkcs7-signature; name=smime.p7s\n\nx\n--b--\n",
        )
    )
    assert words(text) == ["Words."]
    assert text.head is not None
    assert text.head.attachments == ()
    assert remark(text, "signature").warn


# --------------------------------------------------------------------------- wrong and hostile


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "has no head of a message"),
        (b"just words\n", "has no head of a message"),
        (b"From: a@b.c\nContent-Type: application/pkcs7-mime\n\nx", "is encrypted, or wrapped in its signature"),
        (b"From: a@b.c\nContent-Type: multipart/encrypted; boundary=b\n\n--b\n\nx\n--b--\n", "is encrypted"),
        (b"From: a@b.c\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 600, "has more than 500 parts"),
        (
            b"From: a@b.c\n"
            + b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3000)),
            "has parts that are nested without end",
        ),
        (b"From: a@b.c\n\n" + b"word " * 300_000, "has 1,500,000 characters of text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_remedy(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(content)
    assert message in caught.value.message
    assert caught.value.hint


def test_a_message_that_was_cut_off_is_told() -> None:
    made = message()
    made.add_attachment(b"x" * 5000, maintype="application", subtype="pdf", filename="plan.pdf")
    whole = made.as_bytes()
    assert not [each for each in read(whole).remarks if each.kind == "damage"]
    assert "ends in the middle" in remark(read(whole[:-3000]), "damage").what


def test_blank_lines_and_marks_before_a_head_are_no_end_of_it() -> None:
    assert head(b"\xef\xbb\xbf\r\n" + message().as_bytes()).subject == "Visit"


def test_two_senders_are_told() -> None:
    text = read(raw("From: a@b.c\nFrom: boss@b.c\nSubject: x"))
    assert "more than one line From" in next(r.what for r in text.remarks if "From" in r.what)


TOKENS = (
    b"=?utf-8?b?",
    b"?=",
    b"<",
    b">",
    b'"',
    b"\r\n",
    b"\0",
    b"\xff",
    b"(",
    b";",
    b"@",
    b"--b\n",
    b":",
    b"<table>",
    b"<td>",
)
TOKENS += (
    b"Content-Type: multipart/mixed; boundary=b\n",
    b"filename*=utf-8''%ff%00a",
    b"Date: ",
    b"From: ",
    b"charset=\xff",
)


def test_no_message_is_so_odd_that_it_raises_anything_else() -> None:
    made = message(Cc="=?utf-8?q?a?= <a@b>, Group: x@y;")
    made.add_alternative("<p>x<table><tr><td>a</table>", subtype="html")
    made.add_attachment(message())
    seed, dice, refused = made.as_bytes(), random.Random(5), 0
    for _ in range(200):
        content = bytearray(seed)
        for _ in range(dice.randint(1, 25)):
            place = dice.randrange(len(content) + 1)
            if dice.random() < 0.6:
                content[place:place] = dice.choice(TOKENS)
            else:
                del content[place : place + dice.randint(1, 30)]
        try:
            read(bytes(content))
        except UnreadableError:
            refused += 1
    assert refused < 100
