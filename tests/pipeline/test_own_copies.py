"""Each reader his own files: made once, shared where they are alike, locked where he has a password."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from briefpack.distribute.letters import Letter, letters
from briefpack.distribute.parcel import BESIDE, Attachment, whole
from briefpack.distribution import Place, Recipient, Secret
from briefpack.errors import ExitCode, Findings, Severity
from briefpack.pipeline.own_copies import Copies, mark_of, own_copies, shelf_in
from briefpack.pipeline.passwords import letter_number
from briefpack.pipeline.workshop import Workshop
from tests.distribute.made import FILES, calendar, distribution, parcel, reader
from tests.pipeline.made_workshop import Counted, workshop

READERS = [
    reader("anna@example.int", "Anna", copy=1),
    reader("layla@example.int", "ليلى حداد", copy=2),
    reader("carl@example.int", copy=3),
]
PASSWORDS = {letter_number("visit", each): f"of-{each.mailbox.address.local}" for each in READERS}


def made(
    folder: Path,
    *,
    readers: Sequence[Recipient] = READERS,
    places: tuple[Place, ...] = (Place.FOOTER,),
    password: Secret | None = None,
    files: Sequence[Attachment] = FILES,
    counted: Counted | None = None,
    findings: Findings | None = None,
) -> tuple[Letter, ...]:
    """Their content is read while it waits in the folder."""
    listed = distribution(readers, places=places, password=password)
    written = letters(listed, [parcel(files=files)], calendar, Findings())
    found = Findings() if findings is None else findings
    with shelf_in(folder) as shelf:
        copies = Copies("visit", workshop(counted), PASSWORDS, shelf)
        own = own_copies(written, copies, calendar, found, lambda *_: None)
        for letter in own:
            for file in letter.attachments:
                assert (len(file.content), hashlib.sha256(file.content).hexdigest()) == (
                    file.size,
                    file.sha256,
                )
    assert findings is not None or list(found) == []
    return own


def test_every_reader_has_files_of_his_own_that_share_the_original(tmp_path: Path) -> None:
    counted = Counted()
    own = made(tmp_path, counted=counted)
    assert [letter.name for letter in own] == ["desk_1", "desk_2", "desk_3"]
    contents = [letter.attachments[0].content.decode() for letter in own]
    assert [each.split("|")[1] for each in contents] == [
        "Copy 1 of 3 — Anna",
        "Copy 2 of 3 — layla@example.int",
        "Copy 3 of 3 — carl@example.int",
    ]
    assert len(counted.prepared) == len(FILES)
    assert len({id(letter.attachments[0].pieces[0]) for letter in own}) == 1
    assert {letter.attachments[0].of for letter in own} == {FILES[0].sha256}


def test_no_two_files_have_the_same_trace_and_each_says_its_own(tmp_path: Path) -> None:
    files = [file for letter in made(tmp_path) for file in letter.attachments]
    assert len({file.trace for file in files}) == len(files) == 6
    assert all(file.content.decode().endswith(file.trace) for file in files)
    assert [file.trace for letter in made(tmp_path) for file in letter.attachments] == [
        file.trace for file in files
    ]


def test_the_message_tells_how_large_the_copies_are(tmp_path: Path) -> None:
    long = whole("visit-desk.pdf", "pdf", b"x" * 999_990, 12)
    (letter, *_) = made(tmp_path, files=[long])
    assert "1.0 MB" in letter.words.values["attachments"]
    assert letter.attachments[0].size > 1_000_000


def test_locked_copies_wait_in_the_folder_and_are_gone_afterwards(tmp_path: Path) -> None:
    own = made(tmp_path, password=Secret.LETTER)
    assert all(isinstance(piece, Path) for letter in own for piece in letter.attachments[0].pieces)
    assert all(file.locked for letter in own for file in letter.attachments)
    assert list(tmp_path.iterdir()) == []


def test_a_password_without_copies_locks_the_file_as_it_is(tmp_path: Path) -> None:
    listed = distribution(READERS, password=Secret.LETTER)
    written = letters(listed, [parcel()], calendar, Findings())
    counted = Counted()
    with shelf_in(tmp_path) as shelf:
        copies = Copies("visit", workshop(counted), PASSWORDS, shelf)
        (first, *_) = own_copies(written, copies, calendar, Findings(), lambda *_: None)
        assert first.attachments[0].content == b"<anna-fo>" + FILES[0].content
    assert (first.attachments[0].trace, counted.prepared) == ("", [])


def test_files_beside_the_pack_go_as_they_are_and_that_is_told_where_others_are_locked(
    tmp_path: Path,
) -> None:
    beside = whole("A-figures.xlsx", BESIDE, b"figures", 0)
    findings = Findings()
    own = made(tmp_path, files=[*FILES, beside], password=Secret.LETTER, findings=findings)
    assert all(letter.attachments[-1] == beside for letter in own)
    (found,) = findings
    assert (found.severity, found.rule) == (Severity.WARNING, "unlocked-file")
    assert "“A-figures.xlsx”" in found.message
    made(tmp_path, files=[*FILES, beside])


def test_a_file_that_cannot_be_copied_is_told_once(tmp_path: Path) -> None:
    findings = Findings()
    bad = whole("visit-desk.pdf", "pdf", b"bad", 1)
    assert made(tmp_path, files=[bad], findings=findings) == ()
    (found,) = findings
    assert (found.message, found.hint, found.code) == (
        "visit-desk.pdf is no pack",
        "build it",
        ExitCode.OUTPUT,
    )


def test_a_kind_of_file_that_nobody_can_number_or_lock_is_told(tmp_path: Path) -> None:
    listed = {
        places: distribution(READERS, places=places, password=Secret.LETTER)
        for places in ((), (Place.FOOTER,))
    }
    for places, fact in (((Place.FOOTER,), "numbered"), ((), "locked")):
        written = letters(listed[places], [parcel()], calendar, Findings())
        findings = Findings()
        with shelf_in(tmp_path) as shelf:
            copies = Copies("visit", Workshop({}, {}, {}), PASSWORDS, shelf)
            assert own_copies(written, copies, calendar, findings, lambda *_: None) == ()
        (found,) = findings
        assert found.message == f"visit-desk.pdf is of a kind that cannot be {fact}"


def test_without_copies_and_passwords_nothing_changes(tmp_path: Path) -> None:
    (letter,) = made(tmp_path, places=())
    assert letter.attachments == FILES


def test_what_a_copy_adds_is_known_beforehand(tmp_path: Path) -> None:
    for password in (None, Secret.LETTER):
        listed = distribution(READERS, places=(Place.COVER,), password=password)
        (letter, *_) = letters(listed, [parcel()], calendar, Findings())
        with shelf_in(tmp_path) as shelf:
            copies = Copies("visit", workshop(), PASSWORDS, shelf)
            own = copies.own(letter, calendar)
            for before, after in zip(letter.attachments, own.attachments, strict=True):
                assert copies.growth(letter, before) == after.size - before.size > 0
        assert list(tmp_path.iterdir()) == []


def test_the_folder_is_empty_after_a_failure(tmp_path: Path) -> None:
    def fail() -> None:
        with shelf_in(tmp_path) as shelf:
            shelf(b"copy")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_name_without_letters_that_are_set_here_has_the_address_as_second_line() -> None:
    (letter, *_) = letters(distribution(READERS, places=(Place.COVER,)), [parcel()], calendar, Findings())
    first, second = (mark_of(letter, each, 1, "K7QM-4X9D-TRWA") for each in READERS[:2])
    assert (first.line, first.plain) == ("Copy 1 of 3 — Anna", "Copy 1 of 3 — anna@example.int")
    assert (second.line, second.plain) == ("Copy 1 of 3 — layla@example.int", "")
    assert second.name == "ليلى حداد"
