"""What an outbox holds, judged by others: messages by Perl's Email::MIME, the sheet for paper by veraPDF."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from briefpack.distribute.letters import letters
from briefpack.distribute.message import Message
from briefpack.distribute.secret_words import drawn
from briefpack.distribute.sheet import Sheet
from briefpack.distribution import Line, Secret
from briefpack.errors import Findings
from briefpack.pack import Pack
from briefpack.pipeline.passwords import letter_number
from briefpack.pipeline.set_password import password_letters
from briefpack.pipeline.set_sheet import sheet_pdf
from tests.conformance.vera import validate
from tests.conftest import give_up, need_tool
from tests.distribute.made import (
    DATE,
    FILES,
    HERE,
    META,
    base_style,
    calendar,
    distribution,
    made_message,
    mailbox,
    parcel,
    reader,
)
from tests.distribute.test_message import ODD_NAMES
from tests.distribute.test_outbox import posted
from tests.distribute.test_sheet_html import copies

SCRIPT = Path(__file__).with_name("mime.pl")
SUBJECTS = [
    "Short",
    "Réunion des ministres – Bruxelles",
    "Встреча министров иностранных дел, " * 5,
    "=?utf-8?q?=0D=0ABcc=3A_evil=40example=2Eorg?=",
    "words " * 40,
    "ﷺ اجتماع وزراء الخارجية (٢٥)",
]


def test_the_sheet_for_paper_is_readable_for_everyone_and_for_long(tmp_path: Path) -> None:
    readers = [reader(f"r{n}@example.int", name, copy=n) for n, name in enumerate(ODD_NAMES, 1)]
    readers += [reader(f"f{n}@example.int", "Éric", language="fr") for n in range(40)]
    sheet = Sheet(META, "SECRET", "2 April 2025", ("Press",), 1000, base_style())
    pack = Pack("visit", tmp_path, META, (), (), (), ())
    path = tmp_path / "outbox.pdf"
    path.write_bytes(sheet_pdf(pack, sheet, posted(readers), HERE, DATE))
    assert [verdict for verdict in validate([("ua1", path), ("2a", path)]) if not verdict.passed] == []


def test_so_are_the_sheet_of_many_copies_and_the_letter_with_a_password(tmp_path: Path) -> None:
    pack = Pack("visit", tmp_path, META, (), (), (), ())
    sheet = Sheet(META, "SECRET", "2 April 2025", (), 10_000_000, base_style(), draft=True)
    (tmp_path / "outbox.pdf").write_bytes(sheet_pdf(pack, sheet, copies(60, locked=True), HERE, DATE))
    readers = [reader(f"r{n}@example.int", name, copy=n) for n, name in enumerate(ODD_NAMES, 1)]
    own = letters(distribution(readers, password=Secret.LETTER), [parcel()], calendar, Findings())
    passwords = {letter_number("visit", each): drawn() for each in readers}
    for name, content in password_letters(pack, own, passwords, DATE):
        (tmp_path / Path(name).name).write_bytes(content)
    orders = [(flavour, path) for path in sorted(tmp_path.glob("*.pdf")) for flavour in ("ua1", "2a")]
    assert len(orders) == 2 + 2 * len(ODD_NAMES)
    assert [str(verdict) for verdict in validate(orders) if not verdict.passed] == []


@pytest.fixture(scope="module")
def perl() -> str:
    found = need_tool("perl")
    if subprocess.run(
        [found, "-MEmail::MIME", "-MEmail::Address::XS", "-e1"], check=False, capture_output=True
    ).returncode:
        give_up("Email::MIME for Perl (libemail-mime-perl, libemail-address-xs-perl)")
    return found


def read(perl: str, folder: Path, messages: dict[str, bytes]) -> dict[str, Any]:
    """What Perl finds in each; a warning of it is an error."""
    for name, content in messages.items():
        (folder / f"{name}.eml").write_bytes(content)
    done = subprocess.run(
        [perl, str(SCRIPT), *(str(folder / f"{name}.eml") for name in messages)],
        check=False,
        capture_output=True,
        timeout=300,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return dict(zip(messages, map(json.loads, done.stdout.decode().splitlines()), strict=True))


def named(message: Message, line: Line) -> list[list[str]]:
    return [[each.name, each.address.wire] for each in message.letter.on(line)]


def test_every_name_is_read_as_it_was_written(perl: str, tmp_path: Path) -> None:
    names = [*ODD_NAMES, "é" * 200, "山" * 150]
    readers = [
        reader(f"r{number}@example.int", name, line=list(Line)[number % 3])
        for number, name in enumerate(names * 3)
    ]
    message = made_message(readers, reply_to=mailbox("office@example.int", "Büro, Packs"))
    found = read(perl, tmp_path, {"draft": message.draft(), "sent": message.transmitted()})
    assert found["draft"]["to"] == found["sent"]["to"] == named(message, Line.TO)
    assert found["draft"]["cc"] == found["sent"]["cc"] == named(message, Line.CC)
    assert found["draft"]["bcc"] == named(message, Line.BCC)
    assert found["sent"]["bcc"] == []
    assert "bcc" not in found["sent"]["names"]
    assert found["draft"]["reply-to"] == [["Büro, Packs", "office@example.int"]]
    assert found["draft"]["from"] == [["The Desk", "desk@example.int"]]


def test_every_subject_is_read_as_it_was_written(perl: str, tmp_path: Path) -> None:
    messages = {
        str(number): made_message([reader("anna@example.int")], subject={"": subject})
        for number, subject in enumerate(SUBJECTS)
    }
    found = read(perl, tmp_path, {name: message.draft() for name, message in messages.items()})
    assert [each["subject"] for each in found.values()] == [" ".join(subject.split()) for subject in SUBJECTS]
    assert len({tuple(each["names"]) for each in found.values()}) == 1


def test_both_texts_and_every_file_arrive_whole(perl: str, tmp_path: Path) -> None:
    body = "Grüße\n\n- ليلى\n- {title}\n\n.\nFrom here on: " + "long " * 400 + "\n"
    message = made_message([reader("anna@example.int")], body={"": body}, marking="SECRET")
    for each in read(perl, tmp_path, {"draft": message.draft(), "sent": message.transmitted()}).values():
        plain, html, *files = each["parts"]
        assert (plain["type"], plain["text"].replace("\r\n", "\n")) == ("text/plain", message.text)
        assert html["type"] == "text/html"
        assert '<li dir="auto">ليلى</li>' in html["text"]
        assert [(file["name"], file["sha256"]) for file in files] == [
            (file.name, file.sha256) for file in FILES
        ]


def test_a_file_keeps_its_name_whatever_it_is(perl: str, tmp_path: Path) -> None:
    names = [
        "Übersicht – Dossier (INTERNAL).pdf",
        "Обзор для делегации, часть 1.pdf",
        'quoted "name"; and more.pdf',
        "ملخص.pdf",
        f"{'long-' * 30}name.pdf",
        f"{'длинное-' * 12}имя.pdf",
    ]
    message = made_message([reader("anna@example.int")])
    files = tuple(replace(FILES[0], name=name) for name in names)
    odd = replace(message, letter=replace(message.letter, attachments=files))
    found = read(perl, tmp_path, {"draft": odd.draft()})["draft"]
    assert [part["name"] for part in found["parts"][2:]] == names
    assert max(map(len, odd.draft().split(b"\r\n"))) <= 998


def test_hidden_readers_alone_leave_nobody_named(perl: str, tmp_path: Path) -> None:
    message = made_message([reader("carl@example.int", "Carl", line=Line.BCC)])
    found = read(perl, tmp_path, {"draft": message.draft(), "sent": message.transmitted()})
    assert found["draft"]["bcc"] == [["Carl", "carl@example.int"]]
    assert found["sent"].get("to", []) == []
    assert b"carl" not in message.transmitted()
