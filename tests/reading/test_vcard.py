"""vCards as address books write them, and what is wrong with those that cannot be taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.errors import Findings
from briefpack.reading.checks import Report
from briefpack.reading.vcard import read_vcards

PATH = Path("people.vcf")


def read(text: str) -> tuple[list[dict[str, str]], list[tuple[int, str]]]:
    """The people as plain groups, and the lines and facts of what is wrong."""
    findings = Findings()
    people = read_vcards(text, PATH, Report(findings))
    found = [(each.where.line, each.message) for each in findings if each.where is not None]
    return [{key: value.text for key, value in person.values.items()} for person in people], found


def card(*lines: str, version: str = "4.0") -> str:
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""))


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_a_card_gives_a_name_an_address_and_a_language(version: str) -> None:
    text = card("FN:Anna Example", "EMAIL:anna@example.int", "LANG:fr", version=version)
    assert read(text) == ([{"name": "Anna Example", "address": "anna@example.int", "language": "fr"}], [])


def test_a_value_knows_its_place() -> None:
    (person,) = read_vcards(
        card("FN:Anna", "item1.EMAIL;TYPE=work:anna@example.int"), PATH, Report(Findings())
    )
    where = person.values["address"].where
    assert (where.line, where.column) == (4, 23)


def test_lines_are_unfolded_and_escapes_are_taken_off() -> None:
    text = card("FN:Exam\r\n ple\\, Anna\\; A\\\\B", "EMAIL:anna@exam\r\n\tple.int")
    assert read(text)[0] == [{"name": "Example, Anna; A\\B", "address": "anna@example.int"}]


def test_a_line_end_in_a_name_stays_so_that_it_can_be_refused() -> None:
    assert read(card("FN:Anna\\nBcc: x", "EMAIL:anna@example.int"))[0][0]["name"] == "Anna\nBcc: x"


@pytest.mark.parametrize(
    "lines",
    [
        ("EMAIL;PREF=2:old@example.int", "EMAIL;PREF=1:anna@example.int"),
        ("EMAIL;TYPE=home:old@example.int", "EMAIL;TYPE=work,pref:anna@example.int"),
        ("EMAIL;TYPE=home:old@example.int", "EMAIL;TYPE=work;TYPE=PREF:anna@example.int"),
        ('EMAIL;TYPE="work,pref":anna@example.int', "EMAIL:old@example.int"),
        ("EMAIL;INTERNET;HOME:old@example.int", "EMAIL;INTERNET;PREF:anna@example.int"),
        ("EMAIL:anna@example.int", "EMAIL:Anna@example.int"),
    ],
)
def test_the_preferred_address_is_taken(lines: tuple[str, ...]) -> None:
    people, wrong = read(card("FN:Anna", *lines))
    assert ([person["address"] for person in people], wrong) == (["anna@example.int"], [])


def test_a_name_is_made_of_its_parts_where_there_is_no_other() -> None:
    assert (
        read(card("N:Öztürk;Deniz;;Col.;", "EMAIL:d@example.int", version="3.0"))[0][0]["name"]
        == "Deniz Öztürk"
    )


def test_a_colon_in_a_quoted_parameter_divides_nothing() -> None:
    people, wrong = read(card('FN;X-NOTE="a:b;c":Anna', "EMAIL:anna@example.int"))
    assert (people[0]["name"], wrong) == ("Anna", [])


@pytest.mark.parametrize(
    ("text", "line", "fact"),
    [
        (card("FN:Anna"), 1, "this vCard has no e-mail address"),
        (card("FN:Anna", "EMAIL:"), 1, "this vCard has no e-mail address"),
        (card("EMAIL:a@example.int", "EMAIL:b@example.int"), 4, "has several e-mail addresses"),
        (card("FN:Anna", "EMAIL:a@example.int", version="2.1"), 2, "this vCard has version 2.1"),
        ("BEGIN:VCARD\nFN:Anna\nEND:VCARD\n", 1, "this vCard has no version"),
        (card("KIND:group", "FN:Desk", "EMAIL:a@example.int"), 3, "this vCard is of a group"),
        (card("FN;ENCODING=QUOTED-PRINTABLE:Ann=C3", "EMAIL:a@example.int", version="3.0"), 3, "is encoded"),
        (card("FN;QUOTED-PRINTABLE:Ann=C3=A1", "EMAIL:a@example.int", version="3.0"), 3, "is encoded"),
        (card("FN:Anna", "EMAIL;BASE64:YUBi", version="3.0"), 4, "is encoded"),
        ("BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", 1, "this is a VCALENDAR, and no vCard"),
        ("BEGIN:VCARD\nVERSION:4.0\nEMAIL:a@example.int\n", 1, "has no END:VCARD"),
        ("BEGIN:VCARD\nVERSION:4.0\n" + card("EMAIL:a@example.int"), 1, "has no END:VCARD"),
        ("FN:Anna\n", 1, "stands outside of any vCard"),
        ("BEGIN:VCARD\nwhat is this\nEND:VCARD\n", 2, "is no part of a vCard"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(text: str, line: int, fact: str) -> None:
    people, wrong = read(text)
    assert people == []
    assert wrong[0][0] == line
    assert fact in wrong[0][1]


def test_a_card_that_is_wrong_does_not_hide_the_others() -> None:
    people, wrong = read(card("FN:Nobody") + card("FN:Anna", "EMAIL:anna@example.int"))
    assert ([person["name"] for person in people], len(wrong)) == (["Anna"], 1)
