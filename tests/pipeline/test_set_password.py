"""The letter that tells a password: to whom it is, what it opens, and the password, so that it can be typed and read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pypdfium2
import pytest

from briefpack.distribute.letters import Letter, letters
from briefpack.distribute.parcel import Attachment, Part
from briefpack.distribute.secret_words import drawn, found_in
from briefpack.distribute.traces import id_in
from briefpack.distribution import Recipient, Secret
from briefpack.errors import Findings
from briefpack.pack import Pack
from briefpack.pipeline.passwords import letter_number
from briefpack.pipeline.set_password import password_letters
from briefpack.reading.read_style import read_style
from briefpack.style import Length
from tests.distribute.made import FILES, HERE, META, calendar, distribution, parcel, reader

PACK = Pack("visit", HERE.path.parent, META, (), (), (), ())
DATE = datetime(2025, 4, 2)
LOCKED = tuple(replace(each, locked=True) for each in FILES)
PASSWORD = drawn()


def to(
    one: Recipient, *, files: Sequence[Attachment] = LOCKED, password: Secret = Secret.LETTER
) -> list[Letter]:
    listed = distribution([one], password=password)
    return list(letters(listed, [parcel(files=files, marking="INTERNAL")], calendar, Findings()))


def made(own: Sequence[Letter]) -> tuple[str, bytes]:
    number = letter_number("visit", own[0].readers[0])
    (letter,) = password_letters(PACK, own, {number: PASSWORD}, DATE)
    return letter


def text(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        assert len(document) == 1
        return " ".join(document[0].get_textpage().get_text_bounded().split())


def test_it_says_to_whom_it_is_and_what_it_opens_and_how() -> None:
    name, content = made(to(reader("anna@example.int", "Anna Example", copy=3)))
    said = text(content)
    assert name == "letters/desk_1.pdf"
    for words in (
        "Your password",
        "Anna Example",
        "anna@example.int",
        "Visit of the Ambassador",
        "visit-desk.pdf",
        "visit-desk.docx",
        "INTERNAL",
        "with its capitals and hyphens",
        "does not go by e-mail",
    ):
        assert words in said, words
    assert "Copy no." in said


def test_number_and_password_are_read_back() -> None:
    one = reader("anna@example.int", "Anna")
    said = text(made(to(one))[1])
    assert (found_in(said), id_in(said)) == (PASSWORD, letter_number("visit", one))


def test_the_same_password_gives_the_same_bytes() -> None:
    one = to(reader("anna@example.int", "Anna"))
    assert made(one) == made(one)


def test_it_is_in_the_language_of_the_message_and_marked_as_the_pack_is() -> None:
    said = text(made(to(reader("luc@example.int", "Luc", language="fr")))[1])
    assert "Votre mot de passe" in said
    assert "INTERNAL" in said


def test_of_a_pack_in_parts_there_is_one_letter_for_all() -> None:
    (whole,) = to(reader("anna@example.int", "Anna"))
    parts = [
        replace(
            whole,
            name=f"desk_1_part-{n}",
            part=Part(n, 2),
            attachments=(replace(LOCKED[0], name=f"visit-desk-part-{n}-of-2.pdf"),),
        )
        for n in (1, 2)
    ]
    name, content = made(parts)
    assert name == "letters/desk_1.pdf"
    assert all(f"visit-desk-part-{n}-of-2.pdf" in text(content) for n in (1, 2))


@pytest.mark.parametrize("name", ["山田太郎", "ليلى حداد", "𓀀𓀁"])
def test_a_name_that_cannot_be_printed_leaves_the_letter_with_its_address(name: str) -> None:
    said = text(made(to(reader("t@example.int", name)))[1])
    assert "t@example.int" in said
    assert found_in(said) == PASSWORD


def test_a_password_stands_on_one_line_of_a_narrow_page_too() -> None:
    style = read_style("base", ()).style
    assert style is not None
    page = replace(style.page, width=Length(300))
    (letter,) = to(reader("anna@example.int", "Anna"))
    narrow = replace(letter, parcel=replace(letter.parcel, style=replace(style, page=page)))
    assert found_in(text(made([narrow])[1])) == PASSWORD


def test_passwords_of_the_environment_are_on_no_letter() -> None:
    own = to(reader("anna@example.int", variable="ANNA"), password=Secret.ENVIRONMENT)
    assert list(password_letters(PACK, own, {}, DATE)) == []
