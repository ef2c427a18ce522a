"""From a built pack to an outbox whose readers each have their own: copies, locked files, letters with passwords, the register."""

from __future__ import annotations

import csv
import email
import errno
import hashlib
import io
import json
import os
import re
import stat
import zipfile
from collections.abc import Callable, Mapping
from email import policy

import pikepdf
import pypdfium2
import pytest

from briefpack.errors import ExitCode
from tests.conftest import Project, Ran

Run = Callable[..., Ran]
LIST = """\
    sender: Protocol <protocol@example.int>
    audiences:
      press:
        copies: [cover, footer, watermark]
    groups:
      desk: {audience: desk, people: [desk@example.int]}
      press:
        audience: press
        people:
          - {name: Lena Öberg, address: lena@tidings.example}
          - {name: ليلى حداد, address: layla@sahifa.example}
          - {address: carl@echo.example, copy: 7}
"""
NAMES = ["press_1", "press_2", "press_3"]
GOOD = {"LENA": "nine green bottles", "LAYLA": "eight green bottles", "CARL": "seven green bottles"}
PASSWORD = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}\b")


@pytest.fixture
def built(project: Project, cli: Run) -> Project:
    """A project whose pack has readers, built."""
    project.write("list.yaml", LIST)
    path = project.pack / "pack.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "distribution: list.yaml\n", encoding="utf-8")
    assert cli("build", "visit", "-q").code == 0
    return project


def files(project: Project) -> dict[str, bytes]:
    """Of the outbox and of what must outlive it."""
    return {
        path.relative_to(project.root).as_posix(): path.read_bytes()
        for folder in (project.build / "outbox", project.root / "sent")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def attachments(project: Project, name: str) -> dict[str, bytes]:
    message = email.message_from_bytes(
        (project.build / "outbox" / f"{name}.eml").read_bytes(), policy=policy.strict
    )
    return {part.get_filename(): part.get_content() for part in message.iter_attachments()}  # type: ignore[attr-defined]


def rows(project: Project, *, of_draft: bool = False) -> list[dict[str, str]]:
    folder = project.build / "outbox" if of_draft else project.root / "sent" / "visit"
    text = (folder / "copies.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def text(content: bytes, password: str | None = None) -> list[str]:
    with pypdfium2.PdfDocument(content, password=password) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def lock(project: Project, how: str) -> None:
    project.change("list.yaml", "watermark]", f"watermark]\n    password: {how}")
    if how == "environment":
        for name, address in (("LENA", "lena@tidings"), ("LAYLA", "layla@sahifa"), ("CARL", "carl@echo")):
            project.change(
                "list.yaml", f"address: {address}.example", f"address: {address}.example, password: {name}"
            )


def letters(project: Project) -> dict[str, str]:
    """The password on each letter, by its name."""
    found = {}
    for path in sorted((project.build / "outbox" / "letters").iterdir()):
        (page,) = text(path.read_bytes())
        (found[path.stem],) = PASSWORD.findall(page)
    return found


# --------------------------------------------------------------------------- copies


def test_every_reader_gets_a_copy_that_says_whose_it_is_on_every_page(built: Project, cli: Run) -> None:
    ran = cli("mail", "draft", "visit")
    assert (ran.code, ran.err) == (0, "")
    lines = [
        "Copy 1 of 7 — Lena Öberg",
        "Copy 2 of 7 — layla@sahifa.example",
        "Copy 7 of 7 — carl@echo.example",
    ]
    original = (built.build / "press" / "visit-press.pdf").read_bytes()
    for name, line in zip(NAMES, lines, strict=True):
        (content,) = attachments(built, name).values()
        assert all(line in page for page in text(content)), name
        assert content != original
    assert "press_1 … press_3" in ran.out
    assert "copies: 3 files in the register sent/visit/copies.csv" in ran.out


def test_the_register_tells_every_copy_and_so_does_that_of_the_draft(built: Project, cli: Run) -> None:
    assert cli("mail", "draft", "visit", "-q").code == 0
    found = rows(built)
    assert found == rows(built, of_draft=True)
    assert [(row["copy"], row["of"], row["name"], row["address"]) for row in found] == [
        ("1", "7", "Lena Öberg", "lena@tidings.example"),
        ("2", "7", "ليلى حداد", "layla@sahifa.example"),
        ("7", "7", "", "carl@echo.example"),
    ]
    original = hashlib.sha256((built.build / "press" / "visit-press.pdf").read_bytes()).hexdigest()
    assert len({row["trace"] for row in found}) == 3
    for name, row in zip(NAMES, found, strict=True):
        (content,) = attachments(built, name).values()
        assert hashlib.sha256(content).hexdigest() == row["sha256"]
        assert (row["built sha256"], row["locked"], row["date"]) == (original, "", "2025-04-02T00:00:00")
        # Who finds a copy finds the row by what stands in its properties.
        with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
            assert row["trace"] in str(metadata)


def test_drafting_again_gives_the_same_bytes_and_no_second_row(built: Project, cli: Run) -> None:
    assert cli("mail", "draft", "visit", "-q").code == 0
    first = files(built)
    assert cli("mail", "draft", "visit", "-q").code == 0
    assert files(built) == first


def test_the_register_outlives_the_build_and_only_grows(built: Project, cli: Run) -> None:
    assert cli("mail", "draft", "visit", "-q").code == 0
    first = (built.root / "sent" / "visit" / "copies.csv").read_bytes()
    built.change("list.yaml", "Lena Öberg", "Lena Ek")
    assert cli("mail", "draft", "visit", "-q").code == 0
    second = (built.root / "sent" / "visit" / "copies.csv").read_bytes()
    assert second.startswith(first)
    assert [row["name"] for row in rows(built)][-1] == "Lena Ek"
    assert len(rows(built)) == 4
    assert len(rows(built, of_draft=True)) == 3


def test_a_number_that_goes_to_another_reader_is_warned_of_once(built: Project, cli: Run) -> None:
    assert "moved-copy" not in cli("mail", "draft", "visit").err
    front = "      - {name: Lena"
    built.change("list.yaml", front, "      - {name: Aron, address: aron@echo.example}\n" + front)
    ran = cli("mail", "draft", "visit", "--strict")
    assert ran.code == ExitCode.STRICT
    ran = cli("mail", "draft", "visit")
    assert ran.code == 0
    assert ran.err.count("warning[moved-copy]") == 1
    assert "list.yaml:1:1" in ran.err
    assert (
        "1 (aron@echo.example, before: lena@tidings.example), 2 (lena@tidings.example, before: layla@sahifa.example)"
        in ran.err
    )
    assert "carl@echo.example" not in ran.err
    # Drafted again, built anew, without its outbox: nothing has moved since.
    assert "moved-copy" not in cli("mail", "draft", "visit").err
    built.change("sections/01-programme.yaml", "Room 2", "Room 9")
    assert cli("build", "visit", "-q").code == 0
    assert "moved-copy" not in cli("mail", "draft", "visit").err
    # Who has his number in the list keeps it.
    built.change(
        "list.yaml",
        "{name: Aron, address: aron@echo.example}",
        "{name: Ada, address: ada@echo.example, copy: 4}",
    )
    built.change("list.yaml", "lena@tidings.example}", "lena@tidings.example, copy: 2}")
    built.change("list.yaml", "layla@sahifa.example}", "layla@sahifa.example, copy: 3}")
    assert "moved-copy" not in cli("mail", "draft", "visit").err


def test_the_outbox_is_remembered_with_the_traces(built: Project, cli: Run) -> None:
    found = json.loads(cli("mail", "draft", "visit", "--json").out)
    record = json.loads(files(built)["build/visit/outbox/outbox.json"])
    traces = [row["trace"] for row in rows(built)]
    for said in (found, record):
        copies = [each for each in said["messages"] if each["audience"] == "press"]
        assert [each["attachments"][0]["trace"] for each in copies] == traces
    assert len({reader["key"] for each in record["messages"] for reader in each["readers"]}) == 4
    assert "copies.csv" in record["files"]


def test_a_list_without_copies_has_no_register(built: Project, cli: Run) -> None:
    assert cli("mail", "draft", "visit", "-q").code == 0
    built.change("list.yaml", "copies: [cover, footer, watermark]", "bcc: true")
    assert cli("mail", "draft", "visit", "-q").code == 0
    assert "build/visit/outbox/copies.csv" not in files(built)
    assert len(rows(built)) == 3


def test_pdf_and_word_file_say_the_same_and_are_registered_both(built: Project, cli: Run) -> None:
    built.change("list.yaml", "audiences:", "audiences:\n  desk:\n    copies: true")
    assert cli("mail", "draft", "visit", "-q").code == 0
    files = attachments(built, "desk_1")
    assert list(files) == ["visit-desk.pdf", "visit-desk.docx"]
    line = "Copy 1 of 7 — desk@example.int"
    assert all(line in page for page in text(files["visit-desk.pdf"]))
    with zipfile.ZipFile(io.BytesIO(files["visit-desk.docx"])) as archive:
        assert archive.testzip() is None
        said = "".join(
            re.sub(r"<[^>]+>", "", archive.read(name).decode())
            for name in archive.namelist()
            if "word/" in name and name.endswith(".xml")
        )
        assert said.count(line) >= 2
        found = [row for row in rows(built) if row["audience"] == "desk"]
        assert [row["file"] for row in found] == list(files)
        assert any(found[1]["trace"].encode() in archive.read(name) for name in archive.namelist())
    assert found[0]["trace"] != found[1]["trace"]


def test_word_files_are_locked_with_the_same_password_as_the_pdf(
    built: Project, cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    built.change("list.yaml", "audiences:", "audiences:\n  desk: {password: environment}")
    built.change("list.yaml", "[desk@example.int]", "[{address: desk@example.int, password: DESK}]")
    monkeypatch.setenv("DESK", "nine green bottles")
    assert cli("mail", "draft", "visit", "-q").code == 0
    files = attachments(built, "desk_1")
    assert files["visit-desk.docx"].startswith(bytes.fromhex("d0cf11e0a1b11ae1"))
    assert text(files["visit-desk.pdf"], "nine green bottles")
    # Not numbered, so without number and trace, but on the register.
    locked = [row for row in rows(built) if row["audience"] == "desk"]
    assert [(row["copy"], row["trace"], row["locked"]) for row in locked] == [("", "", "yes")] * 2
    assert [row["sha256"] for row in locked] == [hashlib.sha256(each).hexdigest() for each in files.values()]


# --------------------------------------------------------------------------- passwords of the environment


def given(monkeypatch: pytest.MonkeyPatch, variables: Mapping[str, str]) -> None:
    for name in GOOD:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


def test_files_open_with_the_password_of_their_reader_only(
    built: Project, cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock(built, "environment")
    given(monkeypatch, GOOD)
    ran = cli("mail", "draft", "visit")
    assert ran.code == 0
    assert "locked" in ran.out
    for name, password in zip(NAMES, GOOD.values(), strict=True):
        (content,) = attachments(built, name).values()
        assert "Copy" in text(content, password)[0]
        for other in {None, *GOOD.values()} - {password}:
            with pytest.raises(pypdfium2.PdfiumError):
                pypdfium2.PdfDocument(content, password=other)
        with pikepdf.open(io.BytesIO(content), password=password) as pdf:
            assert pdf.encryption.R == 6
    assert {row["locked"] for row in rows(built)} == {"yes"}
    # A password is in no file: not in those that are read, nor in those that are kept.
    for path, content in files(built).items():
        assert not any(each.encode() in content for each in GOOD.values()), path
    assert not any(each in ran.out + ran.err for each in GOOD.values())
    assert not list(built.root.rglob("*.part"))


def test_every_variable_that_cannot_be_used_is_told_and_nothing_is_drafted(
    built: Project, cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli("mail", "draft", "visit", "-q").code == 0
    before = files(built)
    lock(built, "environment")
    given(monkeypatch, {"LENA": "", "LAYLA": "short"})
    ran = cli("mail", "draft", "visit")
    assert ran.code == ExitCode.USAGE
    for place, fact in (
        ("list.yaml:11:9", "LENA, with the password for Lena Öberg <lena@tidings.example>, is empty"),
        ("list.yaml:12:9", "the password in LAYLA has fewer than 12 characters"),
        ("list.yaml:13:9", "CARL, with the password for carl@echo.example, is not set"),
    ):
        assert fact in ran.err
        assert place in ran.err
    assert "short" not in ran.err
    assert files(built) == before


# --------------------------------------------------------------------------- passwords on letters


def test_each_reader_has_a_letter_and_the_password_on_it_opens_his_file(built: Project, cli: Run) -> None:
    lock(built, "letter")
    ran = cli("mail", "draft", "visit")
    assert ran.code == 0
    assert "passwords: 3 letters to print, not to send: build/visit/outbox/letters" in ran.out
    told = letters(built)
    assert list(told) == NAMES
    assert len(set(told.values())) == 3
    for name, password in told.items():
        (content,) = attachments(built, name).values()
        assert "Copy" in text(content, password)[0]
    # Nowhere else.
    for path, content in files(built).items():
        assert path.startswith("build/visit/outbox/letters/") or not any(
            each.encode() in content for each in told.values()
        ), path
    assert not any(each in ran.out + ran.err for each in told.values())
    folder = built.build / "outbox" / "letters"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_a_letter_that_was_handed_out_stays_true(built: Project, cli: Run) -> None:
    lock(built, "letter")
    assert cli("mail", "draft", "visit", "-q").code == 0
    told = letters(built)
    # A newer pack, another reader in front, another number: the passwords stay with their readers.
    built.change("sections/01-programme.yaml", "Room 2", "Room 9")
    built.change(
        "list.yaml",
        "      - {name: Lena",
        "      - {name: Aron, address: aron@echo.example}\n      - {name: Lena",
    )
    assert cli("build", "visit", "-q").code == 0
    assert cli("mail", "draft", "visit", "-q").code == 0
    again = letters(built)
    assert [again[f"press_{n}"] for n in (2, 3, 4)] == list(told.values())
    assert again["press_1"] not in told.values()
    for name, password in again.items():
        (content,) = attachments(built, name).values()
        assert text(content, password)
    # Other audiences are drafted meanwhile.
    assert cli("mail", "draft", "visit", "-q", "-a", "desk").code == 0
    assert letters(built) == again
    # Whoever deletes a letter gets a new password.
    (built.build / "outbox" / "letters" / "press_3.pdf").unlink()
    assert cli("mail", "draft", "visit", "-q").code == 0
    third = letters(built)
    assert third["press_3"] != again["press_3"]
    assert {name: each for name, each in third.items() if name != "press_3"} == {
        name: each for name, each in again.items() if name != "press_3"
    }


def test_letters_go_with_the_passwords(built: Project, cli: Run) -> None:
    lock(built, "letter")
    assert cli("mail", "draft", "visit", "-q").code == 0
    built.change("list.yaml", "\n    password: letter", "")
    assert cli("mail", "draft", "visit", "-q").code == 0
    assert not (built.build / "outbox" / "letters").exists()


# --------------------------------------------------------------------------- failures


@pytest.mark.parametrize("how", ["copies", "letter"])
def test_a_full_disk_leaves_outbox_and_register_as_they_were(
    built: Project, cli: Run, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    if how == "letter":
        lock(built, "letter")
    real, calls = os.fsync, 0
    fails_at: int | None = None

    def flushing(handle: int) -> None:
        nonlocal calls
        if stat.S_ISREG(os.fstat(handle).st_mode):
            calls += 1
            if calls - 1 == fails_at:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    monkeypatch.setattr(os, "fsync", flushing)
    assert cli("mail", "draft", "visit", "-q").code == 0
    flushed, before = calls, files(built)
    built.change("list.yaml", "Lena Öberg", "Lena Ek")
    # The first file, one in the middle, and the last, which is the register.
    for fails_at in (0, flushed // 2, flushed - 1):
        calls = 0
        ran = cli("mail", "draft", "visit", "-q")
        assert (ran.code, calls) == (ExitCode.OUTPUT, fails_at + 1)
        assert "no room left on the disk" in ran.err
        assert files(built) == before
        assert not list(built.root.rglob("*.part"))


def test_what_a_killed_run_set_aside_is_swept(built: Project, cli: Run) -> None:
    lock(built, "letter")
    (built.build / ".briefpack-0123456789ab.part").write_bytes(b"a locked copy")
    assert cli("mail", "draft", "visit", "-q").code == 0
    assert not list(built.root.rglob("*.part"))
