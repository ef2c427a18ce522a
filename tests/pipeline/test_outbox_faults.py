"""An outbox that somebody touched is found out, by its record or by what its drafts say."""

from __future__ import annotations

import base64
import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from briefpack.distribute.letters import letters
from briefpack.distribute.message import message_of
from briefpack.distribute.outbox import files_of
from briefpack.distribute.outbox_record import RECORD_NAME, recorded, render
from briefpack.distribute.parcel import Attachment, whole
from briefpack.distribute.posted import post
from briefpack.distribution import Line, Recipient
from briefpack.errors import Diagnostic, Findings, Severity
from briefpack.files import digest_of
from briefpack.pipeline.outbox_faults import outbox_faults
from briefpack.reading.addresses import AddressError, check_name
from tests.distribute.made import DATE, FILES, calendar, distribution, parcel, reader

READERS = (
    reader("anna@example.int", "Example, Anna"),
    reader("zoya@example.int", "Петренко, Зоя", line=Line.CC),
    reader("layla@sahifa.example", "ليلى حداد", line=Line.BCC),
    reader("jürgen@bücher.example", 'J "Y" ürgen', line=Line.BCC, language="fr"),
)


def outbox(
    folder: Path,
    readers: Sequence[Recipient] = READERS,
    *,
    files: Sequence[Attachment] = FILES,
    subject: str | None = None,
) -> Path:
    """An outbox of two drafts, and its record."""
    listed = distribution(readers, subject={} if subject is None else {"": subject})
    made = letters(listed, [parcel(marking="INTERNAL", files=files)], calendar, Findings())
    posted = post([message_of(letter, "visit", DATE) for letter in made], listed, Findings())
    folder.mkdir(exist_ok=True)
    for name, content in files_of(posted):
        (folder / name).write_bytes(content)
    record(folder, render(recorded("visit", posted, {}, digests(folder))))
    return folder


def digests(folder: Path) -> dict[str, str]:
    return {path.name: digest_of(path) for path in folder.iterdir() if path.name != RECORD_NAME}


def record(folder: Path, content: bytes) -> None:
    (folder / RECORD_NAME).write_bytes(content)


def change(folder: Path, name: str, old: bytes, new: bytes) -> None:
    """Change a draft, and the record's word on its checksum, so that only its content gives it away."""
    path = folder / name
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new, 1))
    told = json.loads((folder / RECORD_NAME).read_bytes())
    told["files"][name] = digest_of(path)
    record(folder, json.dumps(told).encode())


def faults(folder: Path) -> list[Diagnostic]:
    return list(outbox_faults(folder)[1])


def test_a_sound_outbox_has_no_faults(tmp_path: Path) -> None:
    found, told = outbox_faults(outbox(tmp_path / "outbox"))
    assert found is not None
    assert [each.name for each in found.messages] == ["desk_en", "desk_fr"]
    assert told == ()


@pytest.mark.parametrize("content", [None, b"", b"{}", b'{"schema": 1}', b"[]"])
def test_without_a_record_nothing_is_known(tmp_path: Path, content: bytes | None) -> None:
    folder = outbox(tmp_path / "outbox")
    (folder / RECORD_NAME).unlink()
    if content is not None:
        record(folder, content)
    found, told = outbox_faults(folder)
    assert found is None
    assert [each.severity for each in told] == [Severity.ERROR]


def test_files_that_are_changed_gone_or_links_are_told_of(tmp_path: Path) -> None:
    folder = outbox(tmp_path / "outbox")
    (folder / "desk_en.txt").write_text("other words")
    (folder / "desk_fr.txt").unlink()
    (folder / "overview.csv").rename(tmp_path / "elsewhere.csv")
    (folder / "overview.csv").symlink_to(tmp_path / "elsewhere.csv")
    told = {each.where.path.name: each.message for each in faults(folder) if each.where}
    assert told == {
        "desk_en.txt": "desk_en.txt is not as it was drafted: its checksum is another one",
        "desk_fr.txt": "desk_fr.txt is missing",
        "overview.csv": "overview.csv is a link to somewhere else, and not the file that was drafted",
    }


def test_a_letter_with_a_password_may_have_been_handed_out(tmp_path: Path) -> None:
    folder = outbox(tmp_path / "outbox")
    told = json.loads((folder / RECORD_NAME).read_bytes())
    told["files"]["letters/desk_anna.pdf"] = "0" * 64
    record(folder, json.dumps(told).encode())
    assert [each.severity for each in faults(folder)] == [Severity.NOTE]


def test_a_draft_that_nobody_knows_is_warned_of_and_other_files_are_noted(tmp_path: Path) -> None:
    folder = outbox(tmp_path / "outbox")
    (folder / "notes.txt").write_text("mine")
    (folder / "old").mkdir()
    (folder / "old" / "desk.EML").write_text("To: eve@evil.example")
    told = faults(folder)
    assert [(each.severity, each.rule) for each in told] == [
        (Severity.NOTE, None),
        (Severity.WARNING, "unknown-draft"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        (b"To: ", b"To: eve@evil.example, ", "goes to eve@evil.example (To), whom the record does not"),
        (b"Cc: ", b"Bcc: ", "has the head Bcc 2 times"),
        (b"Cc: ", b"X-Cc: ", "does not go to zoya@example.int (Cc)"),
        (b"anna@example.int", b"anna@examp1e.int", "goes to anna@examp1e.int (To)"),
        (b"From: ", b"Resent-To: eve@evil.example\r\nFrom: ", "resent-to, which sends it to others"),
        (b"desk@example.int>", b"desk@evil.example>", "comes from desk@evil.example"),
        (b"INTERNAL", b"PUBLIC", "has the subject “PUBLIC"),
        (b"Subject: ", b"Subject: twice\r\nSubject: ", "has the head Subject 2 times"),
        (b"Message-ID: <", b"Message-ID: <0", "has another Message-ID"),
        (b'filename="visit-desk.pdf"', b'filename="visit-desk.pdf.exe"', "does not tell of: visit-desk.pdf.exe"),
        (base64.b64encode(b"%PDF-1.7 made up"), base64.b64encode(b"%PDF-1.7 made OP"), "has another visit-desk.pdf"),
        (b"Content-Type: text/html", b"Content-Type: text/enriched", "has 0 texts of the kind text/html"),
        (b"_1--\r\n", b"_1-\r\n", "is no sound message"),
    ],
)  # fmt: skip
def test_a_draft_that_says_other_than_the_record_is_found_out(
    tmp_path: Path, old: bytes, new: bytes, fact: str
) -> None:
    folder = outbox(tmp_path / "outbox")
    change(folder, "desk_en.eml", old, new)
    told = [each.message for each in faults(folder)]
    assert any(fact in each for each in told), told
    assert all(each.startswith("desk_en.eml ") for each in told)


def test_an_attachment_that_is_taken_out_or_put_in_is_found_out(tmp_path: Path) -> None:
    folder = outbox(tmp_path / "outbox")
    raw = (folder / "desk_en.eml").read_bytes()
    marks = re.findall(rb"\r\n--(=_\w+_1)\r\n", raw)
    parts = raw.split(b"\r\n--" + marks[0] + b"\r\n")
    assert len(parts) == 4
    (folder / "desk_en.eml").write_bytes((b"\r\n--" + marks[0] + b"\r\n").join(parts[:2] + parts[3:]))
    change(folder, "desk_en.eml", b"From", b"From")
    assert [each.message for each in faults(folder)] == ["desk_en.eml lacks the attachment visit-desk.pdf"]
    (folder / "desk_en.eml").write_bytes(
        (b"\r\n--" + marks[0] + b"\r\n").join([*parts[:3], parts[2], parts[3]])
    )
    change(folder, "desk_en.eml", b"From", b"From")
    assert [each.message for each in faults(folder)] == [
        "desk_en.eml has its attachments in another order, or twice"
    ]


@pytest.mark.parametrize("size", [57 * 64 - 1, 57 * 64, 57 * 64 + 1, 57 * 65, 100_003])
def test_a_byte_in_a_long_attachment_is_found_out(tmp_path: Path, size: int) -> None:
    content = bytes(n * 7919 % 251 for n in range(size))
    folder = outbox(tmp_path / "outbox", files=[whole("visit-desk.pdf", "pdf", content, 12), FILES[1]])
    assert faults(folder) == []
    line = base64.b64encode(content[57 * 30 : 57 * 31])
    change(folder, "desk_en.eml", line, line[:40] + (b"A" if line[40:41] != b"A" else b"B") + line[41:])
    assert [each.message for each in faults(folder)] == [
        "desk_en.eml has another visit-desk.pdf in it than the record tells of"
    ]


@pytest.mark.parametrize("coding", [b"7bit", b"quoted-printable", b"x-uuencode"])
def test_a_long_attachment_that_says_it_is_coded_otherwise_is_found_out(
    tmp_path: Path, coding: bytes
) -> None:
    folder = outbox(tmp_path / "outbox", files=[whole("visit-desk.pdf", "pdf", bytes(9_000), 12)])
    change(
        folder, "desk_en.eml", b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: " + coding
    )
    assert [each.message for each in faults(folder)] == [
        "desk_en.eml has another visit-desk.pdf in it than the record tells of"
    ]


def test_a_record_that_names_a_message_twice_or_without_its_draft_is_refused(tmp_path: Path) -> None:
    folder = outbox(tmp_path / "outbox")
    told = json.loads((folder / RECORD_NAME).read_bytes())
    told["messages"].append(told["messages"][0])
    told["messages"].append({**told["messages"][0], "name": "../../elsewhere"})
    record(folder, json.dumps(told).encode())
    assert {each.message for each in faults(folder)} == {
        "outbox.json has two messages called desk_en",
        "outbox.json has a message without a draft: ../../elsewhere",
    }


def test_readers_hidden_or_not_are_compared_line_by_line(tmp_path: Path) -> None:
    readers = [replace(each, line=Line.BCC) for each in READERS[:3]]
    folder = outbox(tmp_path / "outbox", readers)
    assert faults(folder) == []
    change(folder, "desk.eml", b"\r\nBcc: ", b"\r\nTo: ")
    told = [each.message for each in faults(folder)]
    assert "desk.eml goes to anna@example.int (To), whom the record does not tell of" in told
    assert "desk.eml does not go to anna@example.int (Bcc), whom the record tells of" in told


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=90),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=60),
    st.sampled_from(["a@example.int", "o'neil+x@example.int", "a=b/c@bücher.example", "jürgen@example.int", "{}~$&*#@example.int"]),
)  # fmt: skip
@example("=?utf-8?q?x?= y", "=?", "a@example.int")
@example("a  b\u00a0c ", 'Quoted "name"\\', "a@example.int")
@example("\u2028", "A, B; C: <d>", "a@example.int")
@example(" · ".join(["långt"] * 30), "ف" * 60, "a@example.int")
def test_whatever_words_are_written_a_sound_outbox_has_no_faults(
    tmp_path: Path, subject: str, name: str, address: str
) -> None:
    try:
        shown = check_name(name)
    except AddressError:
        shown = "Anna"
    readers = [reader(address, shown), reader("b@example.int", shown, line=Line.CC)]
    template = subject.replace("{", "{{").replace("}", "}}")
    folder = tmp_path / "outbox"
    shutil.rmtree(folder, ignore_errors=True)
    outbox(folder, readers, subject=template)
    assert [each.message for each in faults(folder)] == []


@pytest.mark.parametrize("head", ["To: <", "To: .:", "To: ().;", "Cc: b@[ "])
def test_heads_that_a_parser_fails_on_are_told_of_as_those_of_no_sound_message(
    tmp_path: Path, head: str
) -> None:
    folder = outbox(tmp_path / "outbox")
    name = head.partition(":")[0].encode()
    draft = (folder / "desk_en.eml").read_bytes()
    line = next(each for each in draft.split(b"\r\n") if each.startswith(name + b":"))
    change(folder, "desk_en.eml", line, head.encode())
    messages = [each.message for each in faults(folder)]
    assert any(each.startswith("desk_en.eml is no sound message (") for each in messages), messages


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_byte_of_a_draft_can_be_another(tmp_path: Path, data: st.DataObject) -> None:
    """And where the record is forged along with it, none of the files in it."""
    folder = tmp_path / "outbox"
    if not folder.is_dir():
        outbox(folder, files=[whole("visit-desk.pdf", "pdf", bytes(range(256)) * 400, 12), FILES[1]])
    name = data.draw(st.sampled_from(["desk_en.eml", "desk_fr.eml"]))
    sound, told = (folder / name).read_bytes(), (folder / RECORD_NAME).read_bytes()
    at = data.draw(st.integers(0, len(sound) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda each: each != sound[at]))
    changed = sound[:at] + bytes([byte]) + sound[at + 1 :]
    try:
        (folder / name).write_bytes(changed)
        assert f"{name} is not as it was drafted: its checksum is another one" in [
            each.message for each in faults(folder)
        ]
        change(folder, name, b"", b"")
        first = sound.index(base64.b64encode(bytes(range(57))))
        if first <= at < sound.index(b"\r\n--", first):
            assert f"{name} has another visit-desk.pdf in it than the record tells of" in [
                each.message for each in faults(folder)
            ]
    finally:
        (folder / name).write_bytes(sound)
        record(folder, told)
    assert faults(folder) == []
