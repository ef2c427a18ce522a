"""The sheet for paper, as a pack that any stage can take."""

from __future__ import annotations

from dataclasses import replace

from briefpack.blocks import HeadingBlock, KeepBlock, TableBlock
from briefpack.distribute.sheet_pack import sheet_pack
from briefpack.distribute.traces import short_id
from briefpack.document import Text
from briefpack.pack import Pack
from tests.distribute.made import HERE, META, reader
from tests.distribute.test_outbox import posted
from tests.distribute.test_sheet_html import SHEET, copies
from tests.walking import values

PACK = Pack("visit", HERE.path.parent, META, (), (), (), ())


def words(readers: list[object], instead: dict[int, str] | None = None) -> list[str]:
    made = sheet_pack(PACK, SHEET, posted(readers), HERE, instead or {})  # type: ignore[arg-type]
    return [each.text for each in values(made) if isinstance(each, Text)]


def test_it_has_the_sheets_marking_and_no_part_of_the_pack() -> None:
    made = sheet_pack(PACK, SHEET, posted(), HERE, {})
    assert made.meta.marking == "INTERNAL"
    assert (made.annexes, made.glossary, made.distribution, made.policy) == ((), (), None, None)
    assert len(made.sections) == 1


def test_it_shows_readers_files_and_checksums() -> None:
    said = words([reader("anna@example.int", "Anna", copy=4)])
    assert "Anna <anna@example.int> · Copy no. 4" in said
    checksum = posted()[0].message.letter.attachments[0].sha256
    assert any(each.replace(" ", "") == checksum for each in said)
    assert "Nobody gets the pack of: Press" in said


def test_of_a_name_from_right_to_left_only_the_address_is_shown() -> None:
    said = words([reader("layla@example.int", "ليلى حداد")])
    assert "layla@example.int" in said
    assert not any("ليلى" in each for each in said)


def test_what_the_style_cannot_print_is_stood_in_for() -> None:
    assert "?? <t@example.int>" in words(
        [reader("t@example.int", "山田")], {ord(char): "?" for char in "山田"}
    )


def test_a_message_to_many_may_be_divided_between_pages() -> None:
    few = sheet_pack(PACK, SHEET, posted(), HERE, {}).sections[0].blocks
    assert [type(each) for each in few] == [TableBlock, type(few[1]), KeepBlock]
    many = [reader(f"r{n}@example.int") for n in range(40)]
    blocks = sheet_pack(PACK, SHEET, posted(many), HERE, {}).sections[0].blocks
    assert [type(each) for each in blocks[2:]] == [HeadingBlock, TableBlock, TableBlock]


def test_copies_have_a_table_of_their_own_with_number_reader_and_trace() -> None:
    made = sheet_pack(PACK, SHEET, copies(), HERE, {})
    said = [each.text for each in values(made) if isinstance(each, Text)]
    for number in (1, 2, 3):
        assert f"Reader {number} <r{number}@example.int>" in said
        # With hyphens at which no line is broken.
        assert short_id("visit-desk.pdf", f"desk_{number}").replace("-", "\u2011") in said
    assert "with smaller pictures, part 1 of 2" in said
    assert {"desk_1 …", "desk_3"} <= set(said)
    assert not any(f"{2:064x}" in each.replace(" ", "") for each in said)


def test_what_is_odd_is_told_on_paper_too() -> None:
    odd = ("bob@exarnple.int looks like @example.int", "two are one mailbox")
    made = sheet_pack(PACK, replace(SHEET, odd=odd), posted([reader("a@x.example")]), HERE, {})
    said = [each.text for each in values(made) if isinstance(each, Text)]
    assert {SHEET.word("dispatch_odd"), *odd} <= set(said)
    plain = sheet_pack(PACK, SHEET, posted([reader("a@x.example")]), HERE, {})
    assert SHEET.word("dispatch_odd") not in [each.text for each in values(plain) if isinstance(each, Text)]


def test_locked_files_and_drafts_say_so() -> None:
    made = sheet_pack(PACK, replace(SHEET, draft=True), copies(locked=True), HERE, {})
    said = [each.text for each in values(made) if isinstance(each, Text)]
    assert "opens with a password" in said
    assert SHEET.word("draft") in said
