"""CSV files and vCards of readers, as spreadsheet programs and address books write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.errors import Severity
from briefpack.reading.read_pack import PackReading, read_pack

PACK = """\
title: Visit
sections: [a.yaml]
audiences: {staff: {}, press: {}}
distribution:
  sender: desk@example.int
  groups:
    all: {audience: staff, import: NAME}
"""


def read(folder: Path, content: str | bytes, name: str = "people.csv") -> PackReading:
    (folder / "pack.yaml").write_text(PACK.replace("NAME", name))
    (folder / "a.yaml").write_text("title: A\ntext: Words.\n")
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_pack(folder)


def readers(reading: PackReading) -> list[tuple[str, str]]:
    assert [str(found) for found in reading.findings if found.severity is Severity.ERROR] == []
    assert reading.pack is not None
    assert reading.pack.distribution is not None
    return [(each.mailbox.name, str(each.mailbox.address)) for each in reading.pack.distribution.recipients]


ANNA = [("Example, Anna", "anna@example.int")]


@pytest.mark.parametrize(
    "content",
    [
        'name,address\n"Example, Anna",anna@example.int\n',
        'address,name\r\nanna@example.int,"Example, Anna"\r\n',
        "name;address\nExample, Anna;anna@example.int\n",
        "Name\tE-Mail\nExample, Anna\tanna@example.int\n",
        b'\xef\xbb\xbfName,"E-mail Address"\r\n"Example, Anna",anna@example.int\r\n',
        'name,address\n\n"Example, Anna", anna@example.int \n,\n',
        '"Display Name",mail,copy,also\n"Example, Anna",anna@example.int,,\n',
        'name,address\n"Example,\n Anna",anna@example.int\n',
        'name,address,,\n"Example, Anna",anna@example.int,,\n,,,\n',
        ',address,name\n,anna@example.int,"Example, Anna"\n',
    ],
)
def test_whatever_wrote_it_a_csv_file_is_read(tmp_path: Path, content: str | bytes) -> None:
    reading = read(tmp_path, content)
    if b"\n Anna" in (content if isinstance(content, bytes) else content.encode()):
        # A line end in a name is never taken, be it in quotes.
        assert [found.message for found in reading.findings] == [
            "this name has the invisible character U+000A in it"
        ]
    else:
        assert readers(reading) == ANNA


def test_a_cell_says_what_a_key_would(tmp_path: Path) -> None:
    content = "address,audience,language,as,copy,also,formats,greeting\nanna@example.int,press,fr,cc,4,true,pdf docx,Sir\n"
    pack = read(tmp_path, content).pack
    assert pack is not None
    assert pack.distribution is not None
    (found,) = pack.distribution.recipients
    assert (found.audience, found.language, found.line.value, found.copy, found.formats, found.greeting) == (
        "press",
        "fr",
        "cc",
        4,
        ("pdf", "docx"),
        "Sir",
    )


@pytest.mark.parametrize(("said", "also"), [("TRUE", True), ("False", False)])
def test_true_is_understood_as_spreadsheet_programs_write_it(tmp_path: Path, said: str, also: bool) -> None:
    content = f"address,audience,also\nanna@example.int,staff,\nanna@example.int,press,{said}\n"
    findings = read(tmp_path, content).findings
    assert [each.severity for each in findings] == ([] if also else [Severity.ERROR])
    assert all("gets the pack of" in each.message for each in findings)


def test_a_cell_has_its_place_behind_cells_in_quotes(tmp_path: Path) -> None:
    (found,) = read(tmp_path, 'name,greeting,address\n"Example, ""A"" Anna","Dear, you",anna\n').findings
    assert found.where is not None
    assert (found.where.line, found.where.column) == (2, len('"Example, ""A"" Anna","Dear, you",') + 1)


def test_a_person_called_null_or_true_is_a_person(tmp_path: Path) -> None:
    assert readers(read(tmp_path, "name,address\nNull,null@example.int\nTrue,true@example.int\n")) == [
        ("Null", "null@example.int"),
        ("True", "true@example.int"),
    ]


@pytest.mark.parametrize(
    ("content", "line", "fact"),
    [
        ("name,adress\nAnna,anna@example.int\n", 1, "unknown column `adress`"),
        ("name\nAnna\n", 1, "no column has the addresses"),
        ("name,address,\nAnna,a@example.int,b@example.int\n", 1, "this column has no name"),
        ("address,e-mail\na@example.int,b@example.int\n", 1, "two columns are the reader's address"),
        ("name,address\nAnna,Example,anna@example.int\n", 2, "this line has 3 cells, the first line has 2"),
        ('name,address\n"Anna,anna@example.int\n', 2, "a quotation mark is opened here and never closed"),
        ("name,address\nAnna,anna\n", 2, "“anna” is no e-mail address"),
        ("name,address\nAnna,\n", 2, "the key `address` is missing"),
        ("address,copy\nanna@example.int,first\n", 2, "a whole number from 1"),
        ("address,as\nanna@example.int,too\n", 2, "none of the choices"),
        ("address,formats\nanna@example.int,pdf xlsx\n", 2, "none of the choices"),
        ("address,language\nanna@example.int,en_GB\n", 2, "does not fit here"),
        ("address,audience\nanna@example.int,pres\n", 2, "there is no audience “pres”"),
        ("address\n", 1, "nobody is in this file"),
        ("", 1, "nobody is in this file"),
        (b"name,address\nAnn\xe9,a@example.int\n", 2, "byte 0xE9 is not UTF-8 text"),
        ("name,address\nAnna\u202e,a@example.int\n", 2, "character U+202E"),
        ("name,address\nAnna\u3164,a@example.int\n", 2, "character U+3164"),
        ("name,address\nAnna\0,a@example.int\n", 2, "U+0000"),
        ('name,address\nAnna,"a@example.int\r\nBcc: eve@evil.example"\n', 2, "character U+000"),
        ('greeting,address\n"Hi\nBcc: eve@evil.example",a@example.int\n', 2, "character U+000A"),
        ("name,address\nAnna,a%evil.example@example.int\n", 2, "has % before its @"),
        ('name,address\nAnna,"a@example.int, eve@evil.example"\n', 2, "more than one address"),
    ],
)
def test_what_is_wrong_with_a_csv_file_is_told_where_it_stands(
    tmp_path: Path, content: str | bytes, line: int, fact: str
) -> None:
    (found,) = read(tmp_path, content).findings
    assert found.where is not None
    assert (found.where.path.name, found.where.line) == ("people.csv", line)
    assert fact in found.message


def test_vcards_are_read_and_checked_as_other_people_are(tmp_path: Path) -> None:
    card = "BEGIN:VCARD\nVERSION:4.0\nFN:Example\\, Anna\nEMAIL:anna@example.int\nEND:VCARD\n"
    assert readers(read(tmp_path, card, "people.vcf")) == ANNA
    (found,) = read(tmp_path, card.replace("anna@", "anna"), "people.vcf").findings
    assert found.where is not None
    assert (found.where.path.name, found.where.line, found.where.column) == ("people.vcf", 4, 7)


@pytest.mark.parametrize(
    ("fields", "fact"),
    [
        ("FN:Anna\\nBcc: eve@evil.example\nEMAIL:a@example.int", "character U+000A"),
        ("FN:Anna\nEMAIL:a@example.int\\nBcc: eve@evil.example", "character U+000A"),
        ("FN:Anna\nEMAIL:a@example.int\\, eve@evil.example", "more than one address"),
        ("FN:Anna\nEMAIL:a@example.int\n\\nBcc: eve@evil.example", "no part of a vCard"),
        ("FN:Anna\u202e\nEMAIL:a@example.int", "U+202E"),
        ("FN:Anna\nEMAIL:mailto:a@example.int?bcc=eve@evil.example", "is a link"),
    ],
)
def test_no_vcard_ends_a_line_or_hides_a_reader(tmp_path: Path, fields: str, fact: str) -> None:
    card = f"BEGIN:VCARD\nVERSION:4.0\n{fields}\nEND:VCARD\n"
    found = read(tmp_path, card, "people.vcf").findings
    assert any(fact in each.message for each in found), [each.message for each in found]


def test_a_file_without_cards_is_told_of(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "\n", "people.vcf").findings
    assert found.message == "nobody is in this file"
