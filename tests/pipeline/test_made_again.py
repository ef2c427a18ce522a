"""What is made of a built file is made again before it is sent: a copy, a part or a compressed file that is another one is kept back, though draft, record and register agree."""

from __future__ import annotations

import csv
import email
import hashlib
import json
import shutil
from collections.abc import Callable
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from briefpack.errors import ExitCode
from briefpack.pipeline import build
from briefpack.pipeline.passwords import passwords_on_letters
from briefpack.pipeline.prepare import Order
from briefpack.pipeline.workshop import WORKSHOP
from tests.conftest import Ran

Run = Callable[..., Ran]
Record = dict[str, Any]
ROOT = Path(__file__).parents[2]
PACK = "foreign-ministers"
LIST = """\
server: {{host: localhost, security: none}}
sender: Protocol <protocol@example.int>
size: {size}
too_large: {steps}
resolution: 50
audiences:
  staff: {{{more}}}
groups:
  staff:
    audience: staff
    people:
      - {{name: Anna, address: anna@example.int{pdf}}}
      - {{name: Ben, address: ben@example.int{pdf}}}
"""
WAYS = {
    "copies": {"more": "copies: true"},
    "compressed": {"size": "330 kB", "steps": "[compress]"},
    "parts": {"size": "260 kB", "steps": "[split]"},
    "copies of parts": {"size": "260 kB", "steps": "[compress, split]", "more": "copies: [cover, footer]"},
}
OTHER = "is another file than what was built and audited makes for its readers"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample pack, built for its staff."""
    root = tmp_path_factory.mktemp("model")
    for name in (f"sources/{PACK}", "styles"):
        shutil.copytree(ROOT / name, root / name)
    build(root / "sources" / PACK, Order(audiences=("staff",)))
    return root


class Desk:
    """A copy of the model, with a list of its own."""

    def __init__(self, root: Path, cli: Run) -> None:
        self.root, self.cli = root, cli
        self.outbox = root / "build" / PACK / "outbox"
        self.register = root / "sent" / PACK / "copies.csv"

    def draft(
        self, *, size: str = "10 MB", steps: str = "[pdf-only]", more: str = "", pdf: str = ", formats: pdf"
    ) -> None:
        path = self.root / "sources" / PACK / "distribution.yaml"
        path.write_text(LIST.format(size=size, steps=steps, more=more, pdf=pdf), encoding="utf-8")
        assert self.cli("mail", "draft", PACK, "-q").code == 0

    def send(self) -> Ran:
        """What would be sent."""
        return self.cli("mail", "send", PACK)

    def kept_back(self, *facts: str) -> None:
        ran = self.send()
        assert ran.code == ExitCode.OUTPUT, ran.err
        for fact in facts:
            assert fact in ran.err, ran.err

    @property
    def record(self) -> Record:
        found: Record = json.loads((self.outbox / "outbox.json").read_bytes())
        return found

    def write(self, record: Record) -> None:
        (self.outbox / "outbox.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")

    def opened(self, message: Record) -> EmailMessage:
        raw = (self.outbox / f"{message['name']}.eml").read_bytes()
        found = email.message_from_bytes(raw, policy=policy.SMTP)
        assert isinstance(found, EmailMessage)
        return found

    def close(self, record: Record, message: Record, draft: EmailMessage) -> None:
        """Write a draft, and the record's word on it."""
        name = f"{message['name']}.eml"
        (self.outbox / name).write_bytes(draft.as_bytes())
        record["files"][name] = hashlib.sha256(draft.as_bytes()).hexdigest()
        self.write(record)

    def forge(
        self,
        number: int = 0,
        kind: str = "pdf",
        change: Callable[[bytes], bytes] = lambda old: old + b"% more\n",
    ) -> str:
        """Change a file in a draft, and all that is said of it: in the record and in the register. Returns the names of both."""
        record = self.record
        message = record["messages"][number]
        draft = self.opened(message)
        (part,) = (each for each in draft.iter_attachments() if str(each.get_filename()).endswith(f".{kind}"))
        assert isinstance(part, EmailMessage)
        content, name = change(part.get_content()), part.get_filename()
        part.set_content(content, "application", "pdf", filename=name, disposition="attachment")
        (file,) = (each for each in message["attachments"] if each["name"] == name)
        before, file["sha256"] = file["sha256"], hashlib.sha256(content).hexdigest()
        file["size"] = len(content)
        self.close(record, message, draft)
        if self.register.is_file():
            told = self.register.read_text(encoding="utf-8-sig")
            self.register.write_text(told.replace(before, file["sha256"]), encoding="utf-8-sig")
        return f"{name} in {message['name']}.eml"


@pytest.fixture
def desk(model: Path, tmp_path: Path, cli: Run, monkeypatch: pytest.MonkeyPatch) -> Desk:
    shutil.copytree(model, tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")
    return Desk(tmp_path / "project", cli)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_locked_file_is_opened_with_the_password_on_the_letter(desk: Desk, kind: str) -> None:
    desk.draft(more="copies: [cover, footer], password: letter", pdf="")
    ran = desk.send()
    assert (ran.code, ran.err) == (0, "")
    letters = sorted((desk.outbox / "letters").glob("*.pdf"))
    passwords = passwords_on_letters(desk.outbox, desk.record["files"])
    assert len(letters) == len(passwords) == 2
    # Another file, locked as it should be: nothing but what is inside gives it away.
    built = next((desk.root / "build" / PACK / "staff").glob(f"*.{kind}")).read_bytes()
    for password in passwords.values():
        named = desk.forge(0, kind, lambda _, known=password: WORKSHOP.lock[kind](built, known))
        desk.kept_back(f"{named} is not the file of its reader, locked with the password on his letter")
    assert desk.cli("mail", "draft", PACK, "-q").code == 0
    # Who took the letters away to hand them out has taken the proof along.
    for path in letters:
        path.unlink()
    ran = desk.send()
    assert ran.code == 0
    assert "a letter with a password, is not here any more" in ran.err


def test_of_many_locked_files_some_are_opened(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefpack.pipeline.made_again._MOST_OPENED", 1)
    desk.draft(more="password: letter")
    for number in range(2):
        desk.forge(number, change=lambda old: old + b" ")
    ran = desk.send()
    assert ran.code == ExitCode.OUTPUT
    assert ran.err.count("locked with the password on his letter") == 1


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_draft_with_other_words_is_kept_back(desk: Desk, kind: str) -> None:
    """Of a pack that goes as it was built, and whose record was forged along with the draft."""
    desk.draft()
    assert desk.send().code == 0
    record = desk.record
    message = record["messages"][-1]
    draft = desk.opened(message)
    part = draft.get_body((kind,))
    assert part is not None
    part.set_content(part.get_content().replace("Anna", "Eve"), subtype=kind, cte="quoted-printable")
    desk.close(record, message, draft)
    desk.kept_back(f"{message['name']}.eml says something else than would be drafted now")


def test_a_head_that_the_record_does_not_tell_of_is_kept_back(desk: Desk) -> None:
    desk.draft()
    record = desk.record
    message = record["messages"][-1]
    draft = desk.opened(message)
    draft["Reply-To"] = "eve@evil.example"
    desk.close(record, message, draft)
    desk.kept_back(f"{message['name']}.eml says something else than would be drafted now")


@pytest.mark.parametrize("way", WAYS)
def test_what_was_drafted_goes_and_nothing_else_does(desk: Desk, way: str) -> None:
    desk.draft(**WAYS[way])
    files = [each for message in desk.record["messages"] for each in message["attachments"]]
    assert files
    assert all(each["sha256"] != each["of"] for each in files)
    ran = desk.send()
    assert (ran.code, ran.err) == (0, "")
    named = desk.forge(len(desk.record["messages"]) - 1)
    desk.kept_back(f"{named} {OTHER}")


def test_word_files_are_made_again_too(desk: Desk) -> None:
    desk.draft(more="copies: true", pdf="")
    assert {each["format"] for each in desk.record["messages"][0]["attachments"]} == {"docx", "pdf"}
    assert desk.send().code == 0
    desk.kept_back(f"{desk.forge(kind='docx')} {OTHER}")


def test_a_copy_that_is_another_readers_is_kept_back(desk: Desk) -> None:
    """Two drafts are as they were, but for whom they are to."""
    desk.draft(more="copies: true")
    record = desk.record
    first, second = record["messages"]
    for one, other in ((first, second), (second, first)):
        draft = desk.opened(one)
        draft.replace_header("To", f"Anybody <{other['readers'][0]['address']}>")
        desk.close(record, one, draft)
    first["readers"], second["readers"] = second["readers"], first["readers"]
    desk.write(record)
    desk.kept_back(f"{first['name']}.eml would have other readers now, or copies with other numbers")


def test_a_list_without_copies_has_none_whatever_the_record_says(desk: Desk) -> None:
    desk.draft()
    named = desk.forge()
    record = desk.record
    file = record["messages"][0]["attachments"][0]
    file["trace"] = "AAAA-AAAA-AAAA"
    desk.write(record)
    head = "copy,of,name,address,audience,file,part,sha256,trace,built sha256,locked,date\r\n"
    row = (
        f"1,2,Anna,anna@example.int,staff,{file['name']},,{file['sha256']},{file['trace']},{file['of']},,\r\n"
    )
    desk.register.parent.mkdir(parents=True)
    desk.register.write_text(head + row, encoding="utf-8")
    assert next(csv.reader([row]))[7] == file["sha256"]
    desk.kept_back(f"{named} {OTHER}")


def test_a_draft_of_a_part_that_there_is_not_is_kept_back(desk: Desk) -> None:
    desk.draft()
    record = desk.record
    message = record["messages"][0]
    message["part"], message["parts"] = 1, 2
    desk.write(record)
    assert desk.send().code == ExitCode.OUTPUT


def test_without_the_built_file_nobody_can_tell_what_a_copy_is(desk: Desk) -> None:
    desk.draft(more="copies: true")
    (built,) = (desk.root / "build" / PACK / "staff").glob("*.pdf")
    content = built.read_bytes()
    built.write_bytes(content + b"% more\n")
    desk.kept_back("is not as the build left it")
    built.write_bytes(content)
    assert desk.send().code == 0
