"""Who stands in one message with whom."""

from __future__ import annotations

import pytest

from briefpack.distribute.letters import letters
from briefpack.distribute.parcel import BESIDE, whole
from briefpack.distribution import Line
from briefpack.errors import Findings
from tests.distribute.made import FILES, calendar, distribution, made_letters, parcel, reader


def shown(readers: list[object], **words: object) -> dict[str, list[tuple[str, str]]]:
    """Letter → the addresses and the lines of its readers."""
    return {
        letter.name: [(str(each.mailbox.address), each.line.value) for each in letter.readers]
        for letter in made_letters(readers, **words)  # type: ignore[arg-type]
    }


def test_readers_who_get_the_same_stand_together() -> None:
    assert shown(
        [reader("a@x.example"), reader("b@x.example", line=Line.CC), reader("c@x.example", line=Line.BCC)]
    ) == {"desk": [("a@x.example", "to"), ("b@x.example", "cc"), ("c@x.example", "bcc")]}


def test_no_message_is_for_two_audiences() -> None:
    found = made_letters([reader("a@x.example"), reader("a@x.example", audience="press")])
    assert [(letter.name, letter.parcel.audience.name) for letter in found] == [
        ("desk", "desk"),
        ("press", "press"),
    ]


def test_another_language_or_other_files_are_another_message() -> None:
    readers = [
        reader("a@x.example"),
        reader("b@x.example", language="fr"),
        reader("c@x.example", formats=("pdf",)),
        reader("d@x.example", language="EN"),
        reader("e@x.example", formats=("docx", "pdf")),
    ]
    found = {letter.name: letter for letter in made_letters(readers)}
    assert {
        name: [str(each.mailbox.address)[0] for each in letter.readers] for name, letter in found.items()
    } == {
        "desk_en_pdf-docx": ["a", "d", "e"],
        "desk_fr_pdf-docx": ["b"],
        "desk_en_pdf": ["c"],
    }
    assert [file.name for file in found["desk_en_pdf"].attachments] == ["visit-desk.pdf"]


def test_who_needs_servers_with_smtputf8_keeps_nobody_else_from_his_message() -> None:
    readers = [
        reader("жанна@x.example"),
        reader("a@x.example", line=Line.CC),
        reader("é@x.example", line=Line.CC),
        reader("ü@x.example", line=Line.BCC),
    ]
    assert shown(readers) == {
        "desk": [("a@x.example", "to"), ("ü@x.example", "bcc")],
        "desk_international": [("жанна@x.example", "to"), ("é@x.example", "cc")],
    }


def test_where_all_need_smtputf8_or_each_has_his_own_nobody_is_apart() -> None:
    assert list(shown([reader("жанна@x.example"), reader("é@x.example")])) == ["desk"]
    both = [reader("жанна@x.example", "Zh"), reader("a@x.example", "A")]
    assert list(shown(both, subject={"": "For {name}"})) == ["desk_1", "desk_2"]


def test_names_of_letters_never_meet() -> None:
    readers = [
        reader("a@x.example", audience="press"),
        reader("b@x.example", audience="press", language="fr"),
        reader("c@x.example", audience="press-fr"),
    ]
    assert list(shown(readers)) == ["press_en", "press_fr", "press-fr"]


def test_who_is_named_in_the_message_has_one_of_his_own_and_nobody_to_be_hidden_from() -> None:
    readers = [
        reader("a@x.example", "Anna", line=Line.BCC),
        reader("b@x.example", "Ben", line=Line.CC),
        *(reader(f"c{n}@x.example", f"C {n}") for n in range(8)),
    ]
    found = shown(readers, subject={"": "For {name}"})
    assert list(found) == [f"desk_{n:02}" for n in range(1, 11)]
    assert found["desk_01"] == [("a@x.example", "to")]
    assert found["desk_02"] == [("b@x.example", "to")]


@pytest.mark.parametrize("field", ["name", "copy"])
def test_a_message_that_names_a_reader_without_a_name_is_refused_where_he_stands(field: str) -> None:
    findings = Findings()
    made_letters([reader("a@x.example")], body={"": f"Hello {{{field}}}"}, findings=findings)
    (found,) = findings
    assert found.where == reader("a@x.example").where
    assert f"{{{field}}}" in found.message


def test_a_message_that_is_only_for_information_is_to_its_readers() -> None:
    assert shown([reader("a@x.example", line=Line.CC), reader("b@x.example", line=Line.BCC)]) == {
        "desk": [("a@x.example", "to"), ("b@x.example", "bcc")]
    }


def test_a_language_without_words_is_told_of_and_the_others_are_written() -> None:
    findings = Findings()
    made = made_letters([reader("a@x.example", language="tlh"), reader("b@x.example")], findings=findings)
    (found,) = findings
    assert "“tlh”" in found.message
    assert [letter.name for letter in made] == ["desk_en"]


def test_a_language_with_words_of_the_list_needs_none_of_the_style() -> None:
    words = {"tlh": "Qapla’"}
    assert len(made_letters([reader("a@x.example", language="tlh")], subject=words, body=words)) == 1


def test_files_beside_the_pack_are_for_everybody_and_name_no_draft() -> None:
    beside = whole("A-sums.csv", BESIDE, b"a,b", 0)
    listed = distribution([reader("a@example.int", formats=("pdf",)), reader("b@example.int")])
    made = letters(listed, [parcel(files=(*FILES, beside))], calendar, Findings())
    assert [each.name for each in made] == ["desk_pdf", "desk_pdf-docx"]
    assert [[file.name for file in each.attachments] for each in made] == [
        ["visit-desk.pdf", "A-sums.csv"],
        ["visit-desk.pdf", "visit-desk.docx", "A-sums.csv"],
    ]
    assert "- A-sums.csv (1" in made[0].words.values["attachments"]
