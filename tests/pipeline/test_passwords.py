"""Passwords from the environment or from the last letter; what cannot be used is told, and never what it is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from briefpack.distribute.letters import Letter, letters
from briefpack.distribution import Recipient, Secret
from briefpack.errors import ExitCode, Findings
from briefpack.pack import Pack
from briefpack.pipeline.passwords import letter_number, passwords_of
from briefpack.pipeline.set_password import password_letters
from tests.distribute.made import HERE, META, calendar, distribution, parcel, reader

READERS = [
    reader("anna@example.int", "Anna Example", variable="ANNA_PASSWORD"),
    reader("ben@example.int", "Ben", variable="BEN_PASSWORD"),
]
PACK = Pack("visit", HERE.path.parent, META, (), (), (), ())
DATE = datetime(2025, 4, 2)


def written(password: Secret, readers: Sequence[Recipient] = READERS) -> tuple[Letter, ...]:
    return letters(distribution(readers, password=password), [parcel()], calendar, Findings())


def of_environment(variables: Mapping[str, str]) -> tuple[Mapping[str, str], Findings]:
    findings = Findings()
    found = passwords_of(
        "visit", written(Secret.ENVIRONMENT), HERE.path, {}, environment=variables, findings=findings
    )
    return found, findings


def test_the_environment_has_them_by_the_names_that_readers_have() -> None:
    found, findings = of_environment(
        {"ANNA_PASSWORD": "seven green bottles", "BEN_PASSWORD": "eight blue bottles"}
    )
    assert [found[letter_number("visit", each)] for each in READERS] == [
        "seven green bottles",
        "eight blue bottles",
    ]
    assert list(findings) == []


@pytest.mark.parametrize(
    ("password", "fact"),
    [
        (None, "is not set"),
        ("", "is empty"),
        ("short", "fewer than 12 characters"),
        ("aaaaaaaaaaaaaa", "repeats a few characters"),
        ("example-2025-04", "has the reader's name or address in it"),
        ("half ½ of everything", "cannot be used: it has a character that some programs"),
        ("tab\tinside the words", "cannot be used: it has a character that is not seen"),
        ("x1y2z3" * 40, "cannot be used: it has more than 127 bytes"),
    ],
)
def test_every_one_that_cannot_be_used_is_told_where_its_reader_is(password: str | None, fact: str) -> None:
    variables = {} if password is None else dict.fromkeys(("ANNA_PASSWORD", "BEN_PASSWORD"), password)
    _, findings = of_environment(variables)
    assert len(list(findings)) == 2
    for each in findings:
        assert (each.code, each.where) == (ExitCode.USAGE, HERE)
        assert fact in each.message
        assert "_PASSWORD" in each.message
        assert each.hint
        assert not password or password not in f"{each.message} {each.hint}"


def drawn(outbox: Path, former: Mapping[str, str], readers: Sequence[Recipient] = READERS) -> dict[str, str]:
    findings = Findings()
    found = passwords_of(
        "visit", written(Secret.LETTER, readers), outbox, former, environment={}, findings=findings
    )
    assert list(findings) == []
    return dict(found)


def test_who_gets_another_one_although_his_files_were_locked_before_is_warned_of(tmp_path: Path) -> None:
    first = drawn(tmp_path, {})
    locked = {("desk", "anna@example.int"), ("desk", "ben@example.int"), ("press", "carla@example.int")}

    def warned(outbox: Path, former: Mapping[str, str], locked: set[tuple[str, str]]) -> list[str]:
        findings = Findings()
        letters = written(Secret.LETTER)
        passwords_of("visit", letters, outbox, former, environment={}, findings=findings, locked=locked)
        assert all((each.rule, each.where) == ("new-passwords", HERE) for each in findings)
        return [each.message for each in findings]

    (said,) = warned(tmp_path, {}, locked)
    assert "whose files were locked before: 2 (anna@example.int, ben@example.int)" in said
    (said,) = warned(tmp_path, {}, {("desk", "ben@example.int")})
    assert "before: 1 (ben@example.int);" in said
    # Nobody whose letter lies there, and nobody else's audience.
    assert warned(tmp_path, put(tmp_path, first), locked) == []
    assert warned(tmp_path / "none", {}, {("press", "anna@example.int")}) == []


def put(outbox: Path, passwords: Mapping[str, str], readers: Sequence[Recipient] = READERS) -> dict[str, str]:
    """The letters, as a draft leaves them: name → checksum."""
    listed = {}
    own = written(Secret.LETTER, readers)
    for name, content in password_letters(PACK, own, passwords, DATE):
        (outbox / name).parent.mkdir(exist_ok=True)
        (outbox / name).write_bytes(content)
        listed[name] = hashlib.sha256(content).hexdigest()
    return listed


def test_a_drawn_one_is_kept_while_its_letter_lies_there(tmp_path: Path) -> None:
    first = drawn(tmp_path, {})
    assert len(set(first.values())) == len(first) == 2
    former = put(tmp_path, first)
    assert drawn(tmp_path, former) == first
    # Whoever comes before him in the list.
    more = [reader("aaron@example.int"), *READERS]
    again = drawn(tmp_path, former, more)
    assert {number: again[number] for number in first} == first
    assert len(set(again.values())) == 3


@pytest.mark.parametrize("harm", ["gone", "no letter", "a folder", "a link"])
def test_without_his_letter_a_reader_gets_another(tmp_path: Path, harm: str) -> None:
    first = drawn(tmp_path, {})
    former = put(tmp_path, first)
    (path, _) = (tmp_path / name for name in former)
    content = path.read_bytes()
    path.unlink()
    if harm == "no letter":
        path.write_bytes(b"no PDF")
    elif harm == "a folder":
        path.mkdir()
    elif harm == "a link":
        (tmp_path / "elsewhere.pdf").write_bytes(content)
        path.symlink_to(tmp_path / "elsewhere.pdf")
    again = drawn(tmp_path, former)
    anna, ben = (letter_number("visit", each) for each in READERS)
    assert again[anna] != first[anna]
    assert again[ben] == first[ben]


def test_a_letter_that_a_viewer_saved_or_that_no_record_knows_is_still_his(tmp_path: Path) -> None:
    first = drawn(tmp_path, {})
    (name, _) = put(tmp_path, first)
    path = tmp_path / name
    path.write_bytes(path.read_bytes() + b"\n% saved\n")
    assert drawn(tmp_path, {}) == first


def test_of_two_letters_with_a_number_the_one_that_the_last_draft_wrote_counts(tmp_path: Path) -> None:
    first = drawn(tmp_path, {})
    former = put(tmp_path, first)
    (name, _) = former
    old = tmp_path / "letters" / "zz old.pdf"
    old.write_bytes((tmp_path / name).read_bytes())
    again = drawn(tmp_path / "nowhere", {})
    former = put(tmp_path, again)
    assert drawn(tmp_path, former) == again


def test_a_reader_of_two_audiences_has_a_number_for_each() -> None:
    twice = [reader("anna@example.int"), reader("anna@example.int", audience="press")]
    assert len({letter_number("visit", each) for each in twice}) == 2
    assert letter_number("visit", twice[0]) == letter_number("visit", reader("ANNA@example.int", "Other"))


def test_files_that_are_for_everybody_need_none() -> None:
    findings = Findings()
    plain = letters(distribution(READERS), [parcel()], calendar, findings)
    assert passwords_of("visit", plain, HERE.path, {}, environment={}, findings=findings) == {}
    assert list(findings) == []
