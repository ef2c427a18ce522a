"""`briefpack annex`, as its users meet it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from briefpack.annex import Deed, Remark
from briefpack.annexes.asking import NoAnswerError
from briefpack.pipeline import preflight
from briefpack.reading.read_pack import read_pack
from tests.annexes.makers import add_page, document, saved
from tests.conftest import Project, Ran

Cli = Callable[..., Ran]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def commented(folder: Path, name: str = "plan.pdf") -> Path:
    """Four pages, one of them A3, one with a comment."""
    pdf = document(3)
    add_page(pdf, box=(0, 0, 1191, 842))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([10, 10, 30, 30]), Contents=String("no"))
    pdf.pages[1].obj.Annots = Array([pdf.make_indirect(note)])
    return saved(pdf, folder / name)


def rows(out: str) -> dict[str, str]:
    """The lines of one file by their heads; those below a head belong to it."""
    found: dict[str, str] = {}
    key = ""
    for line in out.splitlines()[1:]:
        head, words = line[:13].strip(), line[13:]
        key = head or key
        found[key] = f"{found[key]}\n{words}" if key in found else words
    return found


# --------------------------------------------------------------------------- for people


def test_a_file_is_told_of_in_a_few_lines(here: Path, cli: Cli) -> None:
    commented(here)
    ran = cli("annex", "plan.pdf")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == "plan.pdf: can be bound, with 1 thing to know"
    told = rows(ran.out)
    assert told["kind"].startswith("PDF 1.3, ")
    assert told["pages"] == "4: A4 portrait; page 4 A3 landscape"
    assert told["tags"].startswith("none: ")
    assert told["text"] == "can be read"
    assert told["fonts"] == "1 font, none embedded: Helvetica"
    assert told["removed"].startswith("it has a comment on page 2, left out of the pack")
    assert "comments" in told["help"]
    assert told["against"] == "PDF/UA-1 and PDF/A-2: the font Helvetica is not embedded (pages 1-4)"


def test_a_refused_file_has_its_reason_and_remedy_and_the_others_are_examined(here: Path, cli: Cli) -> None:
    saved(document(1), here / "good.pdf")
    (here / "page.pdf").write_bytes(b"<!DOCTYPE html><html><body>404</body></html>")
    ran = cli("annex", "page.pdf", "gone.pdf", "good.pdf")

    assert ran.code == 5
    page, gone, good = ran.out.split("\n\n")
    assert page.splitlines()[0] == "page.pdf: is refused: it is a web page, not a PDF"
    assert page.splitlines()[1].startswith("  help       ")
    assert gone.splitlines()[0] == "gone.pdf: is refused: it does not exist"
    assert good.splitlines()[0] == "good.pdf: can be bound"
    assert ran.err == "2 of 3 files cannot be bound\n"


def test_a_folder_stands_for_the_files_in_it(here: Path, cli: Cli) -> None:
    folder = here / "annexes"
    (folder / "old").mkdir(parents=True)
    for name in ("b.pdf", "a.pdf", ".hidden.pdf"):
        saved(document(1), folder / name)
    ran = cli("annex", "annexes")

    assert ran.code == 0
    assert ran.out.splitlines()[0] == "annexes: 2 files; 1 folder in it left out"
    assert [line for line in ran.out.splitlines() if line.endswith(": can be bound")] == [
        "annexes/a.pdf: can be bound",
        "annexes/b.pdf: can be bound",
    ]


def test_an_empty_folder_is_an_error(here: Path, cli: Cli) -> None:
    (here / "annexes").mkdir()
    ran = cli("annex", "annexes")

    assert ran.code == 5
    assert "error: there are no files in annexes\nhelp: name a file" in ran.err


def test_long_lists_are_short_unless_all_is_asked_for(here: Path, cli: Cli) -> None:
    pdf = Pdf.new()
    for number in range(6):
        page = add_page(pdf, b"BT /F1 24 Tf 72 700 Td (Page) Tj ET")
        page.Resources.Font.F1.BaseFont = Name(f"/Font{number}")
    saved(pdf, here / "plan.pdf")
    short, full = cli("annex", "plan.pdf").out, cli("annex", "plan.pdf", "--verbose").out

    assert (
        "fonts      6 fonts, none embedded: Font0, Font1, Font2, Font3 … and 2 more (--verbose shows all)"
        in short
    )
    assert rows(short)["against"].endswith("… and 3 more (--verbose shows all)")
    assert "Font5" in rows(full)["fonts"]
    assert rows(full)["against"].count("is not embedded") == 6
    assert "more" not in full


def test_remarks_stand_by_deed_with_their_pages_those_to_know_first(
    here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever remarks other parts of intake make."""
    remarks = (
        Remark(Deed.FOUND, "hidden-text", "has words that nobody sees", 2, (2, 3), "look at them", warn=True),
        Remark(Deed.REMOVED, "javascript", "has a script, left out", 1, (), "nothing"),
        Remark(Deed.FLATTENED, "form", "has 2 fields on pages 1 and 2, printed", 2, (1, 2)),
        Remark(Deed.REMOVED, "comments", "has 3 comments, left out", 3, (1, 4), "print it", warn=True),
        *(Remark(Deed.KEPT, f"kind{n}", f"has thing {n}, kept") for n in range(8)),
    )
    monkeypatch.setattr(preflight, "_seen", lambda *_: remarks)
    saved(document(4), here / "plan.pdf")
    ran = cli("annex", "plan.pdf")

    assert "with 2 things to know" in ran.out
    lines = [line.rstrip() for line in ran.out.splitlines()]
    at = lines.index("  removed    it has 3 comments, left out (pages 1, 4)")
    assert lines[at : at + 5] == [
        "  removed    it has 3 comments, left out (pages 1, 4)",
        "  help       print it",
        "             it has a script, left out",
        "  flattened  it has 2 fields on pages 1 and 2, printed",
        "  kept       it has thing 0, kept",
    ]
    assert "  found      it has words that nobody sees (pages 2-3)" in lines
    assert "… and 4 more (--verbose shows all)" in ran.out
    assert "it has thing 7, kept" in cli("annex", "plan.pdf", "-v").out


def test_a_scan_is_told_of(here: Path, cli: Cli) -> None:
    pdf = Pdf.new()
    image = pdf.make_stream(
        b"\x80", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1,
        ColorSpace=Name.DeviceGray, BitsPerComponent=8,
    )  # fmt: skip
    page = add_page(pdf, b"q 595 0 0 842 0 0 cm /I Do Q")
    page.Resources = Dictionary(XObject=Dictionary(I=image))
    saved(pdf, here / "scan.pdf")
    told = rows(cli("annex", "scan.pdf").out)

    assert told["text"] == "none that can be read"
    assert "scanned" in told["found"]
    assert "`ocr:`" in told["help"]


def test_a_warning_ends_a_strict_run(here: Path, cli: Cli) -> None:
    commented(here)
    saved(document(1), here / "good.pdf")

    assert cli("annex", "--strict", "good.pdf").code == 0
    for options in ([], ["-q"], ["--json"]):
        assert cli("annex", "--strict", *options, "plan.pdf").code == 9


def test_quiet_says_errors_and_warnings_only(here: Path, cli: Cli) -> None:
    commented(here)
    ran = cli("annex", "-q", "plan.pdf", "gone.pdf")

    assert (ran.code, ran.out) == (5, "")
    assert "gone.pdf: error: gone.pdf does not exist" in ran.err
    assert "plan.pdf: warning[annex-changed]: plan.pdf has a comment" in ran.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--pages", "3-1"], "--pages: “3-1” counts pages the wrong way"),
        (["--pages", "one"], "--pages: “one” is no page and no range of pages"),
        (["--sheet", "a.png", "plan.pdf"], "--sheet is for one file, and here are 2"),
        (["--sheet", "plan.pdf"], "--sheet writes a picture, and plan.pdf does not end in .png"),
        (["--sheet", "a.png", "--sheets", "b"], "--sheet and --sheets exclude each other"),
    ],
)
def test_a_wrong_command_line_says_what_is_wrong(
    here: Path, cli: Cli, arguments: list[str], words: str
) -> None:
    commented(here)
    saved(document(1), here / "other.pdf")
    ran = cli("annex", "other.pdf", *arguments)

    assert ran.code == 2
    assert words in ran.err
    assert "help: " in ran.err


def test_names_that_would_move_a_terminal_are_made_harmless(here: Path, cli: Cli) -> None:
    saved(document(1), here / "a\x1b[2Jb.pdf")
    (here / "c\x1b[2Jd.pdf").write_bytes(b"")
    ran = cli("annex", "a\x1b[2Jb.pdf", "c\x1b[2Jd.pdf", "--yaml")
    ran_too = cli("annex", "a\x1b[2Jb.pdf", "c\x1b[2Jd.pdf")

    assert "\x1b" not in ran.out + ran.err + ran_too.out + ran_too.err


# --------------------------------------------------------------------------- for programs


def test_json_says_the_same(here: Path, cli: Cli) -> None:
    path = commented(here)
    (here / "page.pdf").write_bytes(b"<html>")
    answer = json.loads(cli("annex", "--json", "plan.pdf", "page.pdf").out)

    assert (answer["command"], answer["exit_code"]) == ("annex", 5)
    plan, page = answer["files"]
    assert plan["verdict"] == "bound"
    assert (plan["pages"], plan["size"], len(plan["sha256"])) == (4, path.stat().st_size, 64)
    assert plan["sizes"] == [
        {"name": "A4", "landscape": False, "width_mm": 210, "height_mm": 297, "pages": [1, 2, 3]},
        {"name": "A3", "landscape": True, "width_mm": 420, "height_mm": 297, "pages": [4]},
    ]
    assert (plan["encrypted"], plan["tagged"], plan["damaged"], plan["rotate"]) == (False, False, False, 0)
    assert plan["fonts"] == [{"name": "Helvetica", "embedded": False}]
    assert plan["text"] == {"pages_read": 4, "scanned": [], "garbled": [], "empty": []}
    (remark,) = plan["remarks"]
    assert (remark["deed"], remark["kind"], remark["count"], remark["warn"]) == (
        "removed",
        "comments",
        1,
        True,
    )
    assert plan["faults"][0]["against"] == ["PDF/UA-1", "PDF/A-2"]
    assert page["verdict"] == "refused"
    assert page["refusals"][0]["message"] == "page.pdf is a web page, not a PDF"
    assert (page["pages"], page["sizes"], page["text"]) == (None, [], None)
    assert [one["severity"] for one in answer["diagnostics"]] == ["error", "warning"]


# --------------------------------------------------------------------------- contact sheets


def test_a_contact_sheet_is_drawn_where_it_is_asked_for(here: Path, cli: Cli) -> None:
    commented(here)
    ran = cli("annex", "plan.pdf", "--sheet", "out/plan.png")

    assert rows(ran.out)["sheet"] == "out/plan.png"
    content = (here / "out" / "plan.png").read_bytes()
    assert Image.open(io.BytesIO(content)).format == "PNG"
    assert [each.name for each in (here / "out").iterdir()] == ["plan.png"]
    cli("annex", "plan.pdf", "--sheet", "out/plan.png")
    assert (here / "out" / "plan.png").read_bytes() == content


def test_every_file_has_its_own_sheet(here: Path, cli: Cli) -> None:
    for name in ("one", "two"):
        (here / name).mkdir()
        saved(document(1), here / name / "plan.pdf")
    (here / "one" / "wrong.pdf").write_bytes(b"")
    ran = cli("annex", "one", "two", "--sheets", "out", "--json")

    assert sorted(each.name for each in (here / "out").iterdir()) == ["plan.pdf-2.png", "plan.pdf.png"]
    assert [each["sheet"] for each in json.loads(ran.out)["files"]] == [
        "out/plan.pdf.png",
        None,
        "out/plan.pdf-2.png",
    ]


def test_what_cannot_be_looked_through_is_bound_all_the_same(
    here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*_: object) -> None:
        raise NoAnswerError("takes more than 60 seconds to draw")

    commented(here)
    monkeypatch.setattr(preflight, "contact_sheet", late)
    told = rows(cli("annex", "plan.pdf", "--sheet", "x.png").out)
    assert told["sheet"] == "not drawn: it takes more than 60 seconds to draw"
    assert told["text"] == "can be read"
    assert not (here / "x.png").exists()
    monkeypatch.setattr(preflight, "survey", late)
    ran = cli("annex", "plan.pdf", "--json")
    (found,) = json.loads(ran.out)["files"]
    assert (ran.code, found["verdict"], found["text"]) == (0, "bound", None)
    assert found["unseen"] == "takes more than 60 seconds to draw"
    assert (
        rows(cli("annex", "plan.pdf").out)["text"]
        == "could not be looked at: it takes more than 60 seconds to draw"
    )


def test_a_sheet_that_cannot_be_written_ends_in_6(here: Path, cli: Cli) -> None:
    commented(here)
    (here / "file").write_text("x")
    ran = cli("annex", "plan.pdf", "--sheet", "file/plan.png")

    assert ran.code == 6
    assert "a file stands where the folder of" in ran.err


# --------------------------------------------------------------------------- for pack.yaml


def test_what_is_printed_for_a_pack_can_be_pasted_into_it(project: Project, cli: Cli) -> None:
    folder = project.pack / "annexes"
    folder.mkdir()
    commented(folder, "action_plan-2025.pdf")
    pdf = Pdf.new()
    add_page(
        pdf,
        b"BT /F1 24 Tf 0 1 -1 0 200 100 Tm (Text that runs sideways, from the foot to the head of the page) Tj ET",
    )
    saved(pdf, folder / "no: #1 “x”.pdf")
    saved(document(1), folder / "no.pdf")
    (folder / "page.pdf").write_bytes(b"<html>")
    ran = cli("annex", "--yaml", "--pages", "1-", "--keep", "comments", folder)

    assert ran.code == 5
    assert "  # annexes/page.pdf is refused: it is a web page" in ran.out
    assert "error: page.pdf is a web page" in ran.err
    project.change("pack.yaml", "audiences:\n  desk", f"{ran.out}audiences:\n  desk")
    reading = read_pack(project.pack, ())
    assert reading.pack is not None, [str(each) for each in reading.findings]
    found = {annex.file_name: annex for annex in reading.pack.annexes}
    assert {name: annex.title for name, annex in found.items()} == {
        "action_plan-2025.pdf": "Action plan 2025",
        "no: #1 “x”.pdf": "No: #1 “x”",
        "no.pdf": "No",
    }
    treatment = found["no: #1 “x”.pdf"].files[0].treatment
    assert treatment.rotate == 90
    assert [(each.first, each.last) for each in treatment.pages] == [(1, None)]
    assert [each.value for each in treatment.keep] == ["comments"]
    assert len(treatment.sha256 or "") == 64


def test_a_refused_file_alone_is_a_comment(here: Path, cli: Cli) -> None:
    (here / "page.pdf").write_bytes(b"<html>")

    assert (
        cli("annex", "--yaml", "page.pdf").out
        == "annexes:\n  # page.pdf is refused: it is a web page, not a PDF\n"
    )


def test_a_file_that_anyone_can_open_is_said_to_be_encrypted(here: Path, cli: Cli) -> None:
    saved(document(1), here / "e.pdf", encryption=pikepdf.Encryption(owner="x", user=""))

    assert rows(cli("annex", "e.pdf").out)["encrypted"] == "yes; the pack has it without"


def test_a_password_and_damage_that_are_accepted_go_into_the_pack(
    here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(document(1), here / "locked.pdf", encryption=pikepdf.Encryption(owner="x", user="open sesame"))
    whole = saved(document(30), here / "whole.pdf").read_bytes()
    (here / "cut.pdf").write_bytes(whole[: len(whole) * 3 // 4])
    monkeypatch.setenv("ANNEX_PASSWORD", "open sesame")
    assert cli("annex", "locked.pdf").code == 5
    assert cli("annex", "cut.pdf").code == 5

    ran = cli(
        "annex",
        "--yaml",
        "--password-env",
        "ANNEX_PASSWORD",
        "--accept-damaged",
        "locked.pdf",
        "cut.pdf",
        "whole.pdf",
    )
    assert ran.code == 0
    locked, cut, good = ran.out.split("  - file: ")[1:]
    assert "    password_env: ANNEX_PASSWORD\n" in locked
    assert "damaged" not in locked
    assert "    damaged: accept\n" in cut
    assert "password_env" not in cut
    assert "damaged" not in good
    assert "open sesame" not in ran.out + ran.err
