"""A file that turned up is known by its checksum, by the id of a copy, by the words of a copy, or not at all, and it is said which."""

from __future__ import annotations

import csv
import email
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterable
from email import policy
from pathlib import Path

import pikepdf
import pytest

from briefpack.errors import ExitCode
from tests.conftest import Project, Ran

Run = Callable[..., Ran]
HEADS = ("copy", "of", "name", "address", "audience", "file", "part", "sha256", "trace", "built sha256", "locked", "date")  # fmt: skip
ELENA, KWAME = "K7QM-4X9D-TRWA", "HHHH-3333-CCCC"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def registered(project: Project, rows: Iterable[tuple[str, ...]]) -> Path:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEADS, *rows])
    path = project.root / "sent" / "visit" / "copies.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(out.getvalue().encode("utf-8-sig"))
    return path


def row(number: int, name: str, trace: str, sha256: str = "a" * 64) -> tuple[str, ...]:
    address = f"{name.split(maxsplit=1)[0].lower()}@example.int"
    return (
        *(str(number), "12", name, address, "desk", "visit-desk.pdf", "", sha256, trace),
        *("b" * 64, "", "2025-04-02T00:00:00"),
    )


@pytest.fixture
def copy(built: Project) -> Path:
    """A copy of the desk's PDF, with the id of Elena's in its properties, and the register that knows it."""
    path = built.root / "found.pdf"
    with pikepdf.open(built.build / "desk" / "visit-desk.pdf") as pdf:
        pdf.docinfo["/Copy"] = f"Copy 3 of 12, {ELENA}"
        pdf.save(path)
    registered(built, [row(3, "Elena Marković", ELENA, digest(path)), row(4, "Kwame Osei", KWAME)])
    return path


# --------------------------------------------------------------------------- by checksum


def test_a_copy_with_the_same_bytes_is_known_for_certain(copy: Path, cli: Run) -> None:
    for command in (("mail", "trace", copy), ("verify", copy)):
        ran = cli(*command)
        assert (ran.code, ran.err) == (0, "")
        assert "copy 3 of 12 of Elena Marković <elena@example.int> (visit-desk.pdf, of 2025-04-02)" in ran.out
    assert "certain: visit, for “desk”" in cli("mail", "trace", copy).out
    found = json.loads(cli("mail", "trace", copy, "--json").out)
    assert (found["sure"], found["found"][0]["copy"]["trace"]) == ("certain", ELENA)


def test_what_was_built_is_known_wherever_it_lies(built: Project, cli: Run, tmp_path: Path) -> None:
    shutil.copyfile(built.build / "press" / "visit-press.pdf", tmp_path / "renamed.pdf")
    shutil.copyfile(built.build / "press" / "annexes" / "A-figures.csv", tmp_path / "x.csv")
    shutil.copyfile(built.build / "outbox" / "desk.eml", tmp_path / "y.eml")
    ran = cli("verify", tmp_path / "renamed.pdf", tmp_path / "x.csv", tmp_path / "y.eml")
    assert (ran.code, ran.err) == (0, "")
    assert "visit, for “press”: the pack as it was built (visit-press.pdf)" in ran.out
    assert "a file beside the pack, as it was built (A-figures.csv)" in ran.out
    assert "the draft desk.eml to Anna Example" in ran.out


def test_a_file_that_is_none_of_ours_is_an_error_and_all_of_them_are_told(
    built: Project, cli: Run, tmp_path: Path
) -> None:
    content = (built.build / "press" / "visit-press.pdf").read_bytes()
    (tmp_path / "saved.pdf").write_bytes(content + b"\n")
    (tmp_path / "empty.pdf").write_bytes(b"")
    ran = cli("verify", tmp_path / "saved.pdf", built.build / "press" / "visit-press.pdf", tmp_path / "empty.pdf")  # fmt: skip
    assert ran.code == ExitCode.OUTPUT
    assert "saved.pdf is none of the files" in ran.err
    assert "empty.pdf is none of the files" in ran.err
    assert "the pack as it was built" in ran.out


def test_a_message_that_was_sent_is_known_by_what_is_in_it(built: Project, cli: Run, tmp_path: Path) -> None:
    sent = tmp_path / "sent.eml"
    draft = (built.build / "outbox" / "desk.eml").read_bytes()
    sent.write_bytes(
        draft.replace(b"X-Unsent: 1\r\n", b"").replace(b"\r\nDate: ", b"\r\nReceived: x\r\nDate: ")
    )
    ran = cli("verify", sent)
    assert (ran.code, ran.err) == (0, "")
    for name in ("visit-desk.pdf", "visit-desk.docx", "A-figures.csv"):
        assert name in ran.out
    assert "certain: visit, for “desk”: the pack as it was built" in cli("mail", "trace", sent).out
    sent.write_bytes(
        sent.read_bytes().replace(b'filename="A-', b'filename="B-').replace(b"TmFtZSxTdW0K", b"TmFtZSxTdW0M")
    )
    ran = cli("verify", sent)
    assert ran.code == ExitCode.OUTPUT
    assert "sent.eml holds B-figures.csv, which is none of the files" in ran.err
    # Two files of one name are looked at both.
    sent.write_bytes(
        draft.replace(b"X-Unsent: 1\r\n", b"").replace(
            b'filename="A-figures.csv"', b'filename="visit-desk.pdf"'
        )
    )
    ran = cli("mail", "trace", sent)
    assert "the pack as it was built (visit-desk.pdf)" in ran.out
    assert "a file beside the pack" in ran.out
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(1_100)
    )
    odd = b"Content-Type: a/b;a*\r\n\r\n"
    for content in (b"Subject: nothing\r\n\r\nwords\r\n", nested, b"", bytes(range(256)) * 50, odd):
        sent.write_bytes(content)
        assert "sent.eml is none of the files" in cli("verify", sent).err


def test_a_draft_of_a_pack_is_known_and_warned_of(built: Project, cli: Run) -> None:
    assert cli("build", "visit", "-q", "--draft", "-a", "press").code == 0
    ran = cli("verify", built.build / "press" / "visit-press.pdf")
    assert ran.code == 0
    assert "visit-press.pdf passed no audit for “press”" in ran.err


# --------------------------------------------------------------------------- by what stands in it


def test_a_copy_that_was_saved_anew_is_known_by_its_id(copy: Path, cli: Run) -> None:
    with pikepdf.open(copy, allow_overwriting_input=True) as pdf:
        pdf.docinfo["/Producer"] = "another program"
        del pdf.pages[1:]
        pdf.save()
    ran = cli("mail", "trace", copy)
    assert (ran.code, ran.err) == (0, "")
    assert "likely: visit, for “desk”: copy 3 of 12 of Elena Marković" in ran.out
    assert "It stands in its properties." in ran.out
    assert "Kwame" not in ran.out


def test_an_id_in_a_word_file_is_found(copy: Path, cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "found.docx"
    paper = Path("build/visit/desk/visit-desk.docx")
    with zipfile.ZipFile(paper) as old, zipfile.ZipFile(path, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == "docProps/core.xml":
                content = content.replace(b"</dc:title>", f" {ELENA.lower()}</dc:title>".encode())
            new.writestr(item, content)
    ran = cli("mail", "trace", path, "visit")
    assert ran.code == 0
    assert "likely" in ran.out


def test_ids_of_several_copies_are_all_told(copy: Path, cli: Run) -> None:
    with pikepdf.open(copy, allow_overwriting_input=True) as pdf:
        pdf.docinfo["/Other"] = KWAME
        pdf.save()
    ran = cli("mail", "trace", copy)
    assert "Elena" in ran.out
    assert "Kwame" in ran.out
    assert "the ids of several copies" in ran.out


@pytest.mark.parametrize(
    ("line", "whose"),
    [
        ("Copy 3 of 12 — Elena Marković", "Elena"),
        ("Exemplaire n° 4 sur 12 : KWAME  OSEI", "Kwame"),
        ("Copy 4 of 12 — kwame@example.int", "Kwame"),
        ("Copy 13 of 12 — Elena Marković", None),
        ("Copy 3 of 120 — Elena Marković", None),
        ("Copy 3 of 12 — Elena Markovićeva", None),
        ("Copy 4 of 12 — Elena Marković", None),
    ],
)
def test_the_words_of_a_copy_are_no_more_than_a_hint(
    copy: Path, cli: Run, tmp_path: Path, line: str, whose: str | None
) -> None:
    path = tmp_path / "typed.txt"
    path.write_text(f"Something\n{line}\nmore", encoding="utf-8")
    ran = cli("mail", "trace", path)
    if whose is None:
        assert ran.code == ExitCode.OUTPUT
        assert "typed.txt is no copy that is known here" in ran.err
    else:
        assert ran.code == 0
        assert "perhaps: visit" in ran.out
        assert whose in ran.out
        assert "anybody can write them" in ran.out


def test_a_locked_copy_is_opened_with_its_password(
    copy: Path, cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pikepdf.open(copy, allow_overwriting_input=True) as pdf:
        pdf.save(encryption=pikepdf.Encryption(owner="o", user="secret", R=6))
    ran = cli("mail", "trace", copy)
    assert ran.code == ExitCode.OUTPUT
    assert "parts of it cannot be read" in ran.err
    assert "--password-env" in ran.err
    monkeypatch.setenv("FOUND", "secret")
    assert "likely" in cli("mail", "trace", copy, "--password-env", "FOUND").out
    assert cli("mail", "trace", copy, "--password-env", "NOT_SET").code == ExitCode.USAGE


@pytest.mark.parametrize("typed", [ELENA, ELENA.lower(), "k7qm 4x9d trwa", "K7QM–4X9D–TRWA", "K7QM4X9DTRWA"])
def test_an_id_can_be_typed(copy: Path, cli: Run, typed: str) -> None:
    for arguments in (("--id", typed), ("--id", typed, "visit")):
        ran = cli("mail", "trace", *arguments)
        assert ran.code == 0
        assert "Elena Marković" in ran.out


def test_a_copy_that_was_drafted_again_and_again_is_told_of_once(built: Project, cli: Run) -> None:
    """Locked files differ from draft to draft, and the register has all of them."""
    registered(built, [row(3, "Elena Marković", ELENA, each * 64) for each in "abc"])
    assert cli("mail", "trace", "--id", ELENA).out.count("Elena Marković") == 1
    assert len(json.loads(cli("mail", "trace", "--id", ELENA, "--json").out)["found"]) == 3


def test_the_files_of_a_copy_are_told_of_together(built: Project, cli: Run) -> None:
    pdf, word = row(3, "Elena Marković", ELENA), row(3, "Elena Marković", KWAME)
    registered(built, [pdf, tuple(each.replace(".pdf", ".docx") for each in word), row(3, "Kwame Osei", "")])
    lines = cli("mail", "trace", "--id", "3").out.splitlines()
    assert [line for line in lines if "perhaps" in line] == [
        "the id 3: perhaps: visit, for “desk”: copy 3 of 12 of Elena Marković <elena@example.int> (visit-desk.pdf, visit-desk.docx, of 2025-04-02)",
        "the id 3: perhaps: visit, for “desk”: copy 3 of 12 of Kwame Osei <kwame@example.int> (visit-desk.pdf, of 2025-04-02)",
    ]


def test_a_number_is_a_hint_that_can_be_typed(copy: Path, cli: Run) -> None:
    ran = cli("mail", "trace", "--id", "4")
    assert ran.code == 0
    assert "perhaps: visit, for “desk”: copy 4 of 12 of Kwame Osei" in ran.out
    assert cli("mail", "trace", "--id", "5").code == ExitCode.OUTPUT


def test_an_unknown_id_and_no_id_at_all_are_errors(copy: Path, cli: Run) -> None:
    ran = cli("mail", "trace", "--id", "AAAA-AAAA-AAAA")
    assert ran.code == ExitCode.OUTPUT
    assert "the id AAAA-AAAA-AAAA is no copy that is known here" in ran.err
    assert cli("mail", "trace", "--id", " ").code == ExitCode.OUTPUT
    assert cli("mail", "trace").code == ExitCode.USAGE
    assert cli("mail", "trace", copy.with_name("none.pdf")).code == ExitCode.USAGE


def test_a_register_outlives_the_build(copy: Path, built: Project, cli: Run) -> None:
    shutil.rmtree(built.root / "build")
    assert "certain" in cli("mail", "trace", copy).out
    shutil.rmtree(built.root / "sent")
    ran = cli("mail", "trace", copy)
    assert ran.code == ExitCode.OUTPUT
    assert "sent/PACK/copies.csv" in ran.err


def test_copies_of_an_outbox_that_the_register_lost_are_told_of(built: Project, cli: Run) -> None:
    record = built.build / "outbox" / "outbox.json"
    content = json.loads(record.read_text(encoding="utf-8"))
    first, second, _ = content["messages"][0]["attachments"]
    first["trace"], second["locked"] = ELENA, True
    record.write_text(json.dumps(content), encoding="utf-8")
    rows = [
        row(3, "Anna Example", ELENA, first["sha256"]),
        row(3, "Anna Example", "", second["sha256"]),
    ]
    path = registered(built, rows)
    assert cli("verify", "visit").code == 0
    registered(built, [rows[0], rows[1][:4]])
    ran = cli("verify", "visit")
    assert ran.code == ExitCode.OUTPUT
    assert "copies.csv has lines that cannot be read: 1" in ran.err
    assert "a copy (visit-desk.docx, desk) that copies.csv does not know" in ran.err
    registered(built, [row(3, "Anna Example", KWAME, first["sha256"]), rows[1]])
    assert "a copy (visit-desk.pdf, desk) that copies.csv does not know" in cli("verify", "visit").err
    path.write_text("mine\n")
    assert "copies.csv is no register of copies any more" in cli("verify", "visit").err
    path.unlink()
    assert "copies.csv is missing, and there are copies in the outbox" in cli("verify", "visit").err


def test_copies_as_they_are_drafted_can_be_traced(built: Project, cli: Run, tmp_path: Path) -> None:
    built.change("list.yaml", "groups:", "audiences: {desk: {copies: [cover, footer, watermark]}}\ngroups:")
    built.change(
        "list.yaml",
        "[Anna Example <anna@example.int>]",
        "[Anna Example <anna@example.int>, Ben <ben@example.int>]",
    )
    assert cli("mail", "draft", "visit", "-q").code == 0
    for name, whose in (("desk_1", "Anna Example"), ("desk_2", "Ben")):
        message = email.message_from_bytes(
            (built.build / "outbox" / f"{name}.eml").read_bytes(), policy=policy.default
        )
        for part in message.iter_attachments():  # type: ignore[attr-defined]
            path = tmp_path / f"found{Path(part.get_filename()).suffix}"
            path.write_bytes(part.get_content())
            if path.suffix == ".csv":
                continue
            assert (
                f"certain: visit, for “desk”: copy {name[-1]} of 2 of {whose}"
                in cli("mail", "trace", path).out
            )
            resaved(path)
            ran = cli("mail", "trace", path)
            assert f"likely: visit, for “desk”: copy {name[-1]} of 2 of {whose}" in ran.out, ran


def resaved(path: Path) -> None:
    """Save a file anew, as other programs do."""
    if path.suffix == ".pdf":
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            pdf.docinfo["/Producer"] = "another program"
            pdf.save(path)
        return
    with zipfile.ZipFile(path) as old:
        parts = [(item.filename, old.read(item)) for item in old.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as new:
        for name, content in parts:
            new.writestr(name, content)
