"""Annexes that are set in the pack's style: what is bound, what is told, what is kept, what is refused."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from briefpack.annex import Annex, AnnexFile, Deed
from briefpack.annexes.intake import take_in
from briefpack.document import Scale
from briefpack.errors import ExitCode, Findings, Where
from briefpack.pipeline.set_annexes import FOLDER, set_annexes
from briefpack.pipeline.set_kinds import MOST_BYTES, SetKind, kind_to_set
from briefpack.reading.read_style import read_style
from briefpack.style import Style
from tests.conformance.vera import validate
from tests.conftest import Project, Ran

Cli = Callable[..., Ran]
PACK = Path("pack.yaml")
BASE = read_style("base", ()).style
assert BASE is not None

MARKDOWN = """\
# Notes on the region

Three **ports**.

## Trade

| Port | Tonnes |
|---|---:|
| Varna | 120 |

### Ore

- by rail

## People

> Nothing moves in winter.
"""
TEXT = "MINUTES\n=======\n\n  Time    Place\n  14:30   Hall\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><rect width="300" height="100" fill="#246"/></svg>'


def letter() -> bytes:
    made = EmailMessage()
    made["From"] = "Anna Berg <anna@embassy.example>"
    made["Bcc"] = "canary@x.example"
    made["Date"] = "Wed, 02 Apr 2025 18:04:11 +0200"
    made["Subject"] = "Car from the airport"
    made.set_content("The car waits at gate 4.\n")
    made.add_attachment(b"x" * 1234, maintype="application", subtype="pdf", filename="plan.pdf")
    return made.as_bytes()


FILES: dict[str, bytes] = {
    "region.md": MARKDOWN.encode(),
    "minutes.txt": TEXT.encode(),
    "mail.eml": letter(),
    "ports.csv": b"Port;Tonnes\nVarna;120,5\nBurgas;90\n",
    "plan.svg": SVG.encode(),
}


def annex(path: Path, line: int = 7) -> Annex:
    where = Where(PACK, line, 3)
    return Annex(path.stem, (AnnexFile(path, where),), path.stem.title(), None, None, where)


def setting(
    path: Path, work: Path, style: Style = BASE, *, longest: float = 60.0
) -> tuple[Annex | None, Findings]:
    findings = Findings()
    made = set_annexes([annex(path)], style, "en", (path.parent,), work, findings=findings, longest=longest)
    return made[path.stem], findings


def refusal(path: Path, work: Path, **options: float) -> str:
    made, findings = setting(path, work, **options)
    assert made is None
    (found,) = findings
    assert found.code is ExitCode.ANNEX
    assert found.where == Where(PACK, 7, 3)
    assert found.hint
    return found.message


def written(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def text_of(pdf: Path) -> str:
    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as document:
        words = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", words))


# --------------------------------------------------------------------------- kinds


@pytest.mark.parametrize(
    ("name", "start", "kind"),
    [
        ("a.md", b"# a", SetKind.MARKDOWN),
        ("a.MD", b"<p>a", SetKind.MARKDOWN),
        ("a.txt", b"From: a@b.c\n", SetKind.TEXT),
        ("a.txt", b"BM and the like", SetKind.TEXT),
        ("a.txt", "für".encode("cp1252"), SetKind.TEXT),
        ("a.eml", b"X-Mailer: x\n", SetKind.LETTER),
        ("a", b"Received: from a\n", SetKind.LETTER),
        ("a", b"words", SetKind.TEXT),
        ("a", b"1 0 obj\n<<>>\nendobj\n", None),
        ("a.pdf", b"Received: from a\n", None),
        ("a.svg", b"<?xml version='1.0'?><svg/>", SetKind.SVG),
        ("a.csv", b"a,b\n", SetKind.CSV),
        ("a.html", b"<html>", None),
        ("a.txt", b"%PDF-1.7\n", None),
        ("a.txt", b"", None),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0", None),
        ("a.md", b"PK\x03\x04\x14\0", None),
        ("a.svg", b"\x89PNG\r\n\x1a\n\0\0", None),
    ],
)  # fmt: skip
def test_names_decide_among_texts_and_content_what_is_a_text(
    name: str, start: bytes, kind: SetKind | None
) -> None:
    assert kind_to_set(Path(name), start) is kind


# --------------------------------------------------------------------------- what is bound


@pytest.mark.parametrize("name", FILES)
def test_what_is_set_is_tagged_and_stands_against_no_claim(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, name, FILES[name])
    made, findings = setting(path, tmp_path / "work")
    assert made is not None
    assert not findings.has_errors
    facts, found = take_in([made], tmp_path / "work")
    assert not [each for each in found if each.rule is None]
    (part,) = facts[made.id].parts
    assert part.tagged
    assert part.faults == ()
    assert part.pages == 1
    assert part.sha256 == hashlib.sha256(FILES[name]).hexdigest()
    assert made.files[0].path == path
    assert made.scale is Scale.ORIGINAL


def test_headings_are_the_outline(tmp_path: Path) -> None:
    made, _ = setting(written(tmp_path, "notes.md", MARKDOWN), tmp_path / "work")
    assert made is not None
    facts, _ = take_in([made], tmp_path / "work")
    (top,) = facts["notes"].outline
    assert (top.title, top.page) == ("Notes on the region", 0)
    assert [(node.title, [below.title for below in node.children]) for node in top.children] == [
        ("Trade", ["Ore"]),
        ("People", []),
    ]


def test_a_message_has_its_head_and_not_what_is_hidden(tmp_path: Path) -> None:
    made, _ = setting(written(tmp_path, "mail.eml", letter()), tmp_path / "work")
    assert made is not None
    assert made.files[0].set is not None
    words = text_of(made.files[0].set.path)
    for wanted in (
        "Car from the airport",
        "Anna Berg anna@embassy.example",
        "Wednesday, 2 April 2025, 18:04 (UTC+2)",
        "plan.pdf (1 kB)",
        "The car waits at gate 4.",
    ):
        assert wanted in words
    assert "canary" not in words
    assert [(r.deed, r.kind) for r in made.files[0].set.remarks] == [
        (Deed.FOUND, "attachments"),
        (Deed.REMOVED, "bcc"),
    ]


def test_a_wide_picture_lies_on_its_page_and_says_its_title(tmp_path: Path) -> None:
    made, _ = setting(written(tmp_path, "plan.svg", SVG), tmp_path / "work")
    assert made is not None
    facts, _ = take_in([made], tmp_path / "work")
    ((width, height),) = facts["plan"].sizes
    assert width > height
    page = PdfReader(facts["plan"].parts[0].clean).pages[0]
    assert "/XObject" not in page["/Resources"]
    assert b"Plan" in facts["plan"].parts[0].clean.read_bytes()


def test_words_of_others_are_not_refined(tmp_path: Path) -> None:
    path = written(tmp_path, "a.md", 'He said "no" on 2025-04-02 - twice.\n')
    made, _ = setting(
        path, tmp_path / "work", replace(BASE, typography=replace(BASE.typography, refine=True))
    )
    assert made is not None
    assert made.files[0].set is not None
    assert text_of(made.files[0].set.path).strip() == 'He said "no" on 2025-04-02 - twice.'


def test_typed_lines_are_made_smaller_rather_than_broken(tmp_path: Path) -> None:
    line = "x" * 100 + " end"
    made, _ = setting(written(tmp_path, "a.txt", f"{line}\nshort\n"), tmp_path / "work")
    assert made is not None
    assert made.files[0].set is not None
    with contextlib.closing(pypdfium2.PdfDocument(made.files[0].set.path)) as document:
        assert document[0].get_textpage().get_text_bounded().splitlines()[0].rstrip() == line


def test_signs_without_a_glyph_are_named_and_letters_boxed(tmp_path: Path) -> None:
    made, _ = setting(written(tmp_path, "a.md", f"{'words ' * 20} 😀 中 end\n"), tmp_path / "work")
    assert made is not None
    assert made.files[0].set is not None
    words = text_of(made.files[0].set.path)
    assert "[grinning face]" in words
    assert "□ end" in words
    box, named = made.files[0].set.remarks
    assert (box.what, box.warn) == ("has characters that no font of the style has, printed as □: “中”", True)
    assert (named.what, named.warn) == (
        "has signs that no font of the style has, printed as their names: [grinning face]",
        False,
    )


def test_a_name_from_right_to_left_is_told(tmp_path: Path) -> None:
    made, _ = setting(written(tmp_path, "a.md", f"{'words ' * 40} שלום\n"), tmp_path / "work")
    assert made is not None
    assert made.files[0].set is not None
    (remark,) = made.files[0].set.remarks
    assert (remark.kind, remark.warn) == ("right-to-left", True)


# --------------------------------------------------------------------------- what is refused


def test_refusals_say_what_and_why(tmp_path: Path) -> None:
    work = tmp_path / "work"
    assert refusal(written(tmp_path, "a.txt", " \n"), work) == "a.txt has no text in it"
    big = tmp_path / "b.txt"
    with big.open("wb") as file:
        file.write(b"words\n")
        file.truncate(50 << 20)
    assert refusal(big, work) == "b.txt is too large to be set (50 MB; at most 4)"
    assert refusal(written(tmp_path, "c.txt", b"words\n" * 200_000), work) == (
        "c.txt has 1,200,000 characters of text; at most 1,048,576 are set"
    )
    assert refusal(written(tmp_path, "d.md", "Слово и дело. 漢字漢字漢字漢字漢字"), work).startswith(
        "d.md is written in letters that no font of the style base has (Cjk)"
    )
    assert refusal(written(tmp_path, "e.md", "שלום לכולם"), work) == (
        "e.md is written from right to left (Hebrew), which is not set here"
    )
    assert refusal(written(tmp_path, "f.eml", "no head\n"), work).startswith("f.eml has no head of a message")


def test_a_text_that_fills_too_many_pages_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefpack.pipeline.set_text.MOST_PAGES", 2)
    path = written(tmp_path, "a.txt", "words\n\n" * 200)
    assert re.fullmatch(r"a\.txt fills \d pages; at most 2 are set", refusal(path, tmp_path / "work"))


def test_what_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = written(tmp_path, "a.md", "words " * 10_000)
    assert refusal(path, tmp_path / "work", longest=0.01) == "a.md takes more than 0 seconds to be set"


def test_a_fault_of_ours_is_a_refusal_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("somewhere")

    monkeypatch.setattr("briefpack.pipeline.set_text.document_of", fail)
    path = written(tmp_path, "a.md", "words")
    assert refusal(path, tmp_path / "work") == ("a.md holds something that cannot be set here")


def test_a_drawing_that_cannot_be_drawn_is_told_at_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, "a.svg", '<svg xmlns="http://www.w3.org/2000/svg">\n<foreignObject/></svg>')
    made, findings = setting(path, tmp_path / "work")
    assert made is None
    assert [found.where for found in findings if found.where and found.where.path == path]
    assert "a.svg cannot be drawn" in [found.message for found in findings]


def test_a_drawing_with_letters_that_no_font_has_is_refused(tmp_path: Path) -> None:
    drawing = SVG.replace("</svg>", '<text x="10" y="50">The hall and its rooms 中</text></svg>')
    assert refusal(written(tmp_path, "a.svg", drawing), tmp_path / "work") == (
        "a.svg has a drawing with characters that no font of the style has: “中”"
    )


def test_folders_and_missing_files_are_left_to_intake(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    annexes = [annex(tmp_path / "a.txt"), annex(tmp_path / "none.md")]
    assert set_annexes(annexes, BASE, "en", (), tmp_path / "work", findings=Findings()) == {}


# --------------------------------------------------------------------------- what is kept


def test_the_same_bytes_twice_and_not_set_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "notes.md", MARKDOWN + "\n<b>html</b>\n")
    one, told = setting(path, tmp_path / "one")
    two, _ = setting(path, tmp_path / "two")
    assert one is not None
    assert two is not None
    assert one.files[0].set is not None
    assert two.files[0].set is not None
    assert one.files[0].set.path.read_bytes() == two.files[0].set.path.read_bytes()
    assert len(list(told)) == 1

    def fail(*_: object) -> None:
        raise AssertionError("it is set again")

    monkeypatch.setattr("briefpack.pipeline.set_annexes.Worker", fail)
    again, told_again = setting(path, tmp_path / "one")
    assert again == one
    assert list(told_again) == list(told)


def test_a_changed_style_picture_or_missing_picture_sets_it_again(tmp_path: Path) -> None:
    work = tmp_path / "work"
    path = written(tmp_path, "notes.md", "a\n\n![b](map.png)\n")

    def pdf(style: Style = BASE) -> bytes:
        made, _ = setting(path, work, style)
        assert made is not None
        assert made.files[0].set is not None
        return made.files[0].set.path.read_bytes()

    without = pdf()
    Image.new("RGB", (30, 20), "red").save(tmp_path / "map.png")
    red = pdf()
    Image.new("RGB", (30, 20), "blue").save(tmp_path / "map.png")
    blue = pdf()
    larger = pdf(replace(BASE, page=replace(BASE.page, width=BASE.page.height)))
    assert len({without, red, blue, larger}) == 4


def test_a_damaged_cache_is_made_again(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", TEXT)
    one, _ = setting(path, tmp_path / "work")
    assert one is not None
    assert one.files[0].set is not None
    whole = one.files[0].set.path.read_bytes()
    one.files[0].set.path.write_bytes(whole[:100])
    setting(path, tmp_path / "work")
    assert one.files[0].set.path.read_bytes() == whole
    assert one.files[0].set.path.parent.name == FOLDER


def test_a_file_that_changes_after_it_was_set_is_not_bound(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", TEXT)
    made, _ = setting(path, tmp_path / "work")
    assert made is not None
    path.write_text("other words\n", encoding="utf-8")
    facts, (found,) = take_in([made], tmp_path / "work")
    assert facts == {}
    assert found.message == "a.txt was changed while it was read"


def test_every_kind_has_a_most() -> None:
    assert set(MOST_BYTES) == set(SetKind)


# --------------------------------------------------------------------------- before they go into a pack


def test_annex_sets_them_in_the_base_style(cli: Cli, tmp_path: Path) -> None:
    paths = [written(tmp_path, name, content) for name, content in FILES.items()]
    wrong = written(tmp_path, "wrong.eml", "no head\n")
    assert cli("annex", *paths).code == 0
    answer = json.loads(cli("annex", "--json", paths[1], wrong).out)
    assert "wrong.eml has no head of a message" in json.dumps(answer)
    assert cli("annex", wrong).code == ExitCode.ANNEX


# --------------------------------------------------------------------------- in whole packs


@pytest.fixture
def clinic(project: Project) -> Project:
    """The project with an annex of each kind, for two audiences with styles of their own."""
    for name, content in FILES.items():
        written(project.pack, name, content)
    (project.root / "styles" / "large.yaml").write_text("text: {body: {size: 16pt}}\n", encoding="utf-8")
    project.change(
        "pack.yaml",
        "press: {title: Press, formats: [pdf]}",
        "press: {title: Press, formats: [pdf], style: large}",
    )
    lines = "".join(f"  - {{file: {name}, title: The {name[:-4]}}}\n" for name in FILES)
    project.change("pack.yaml", "\naudiences:", f"\nannexes:\n{lines}audiences:")
    return project


def test_a_pack_claims_all_and_its_annexes_are_set_for_each_audience(cli: Cli, clinic: Project) -> None:
    ran = cli("build")
    assert ran.code == 0, ran.err
    assert ran.err.count("warning[annex-changed]: mail.eml has an attachment, which is not in the pack") == 1
    manifest = json.loads((clinic.build / "manifest.json").read_text(encoding="utf-8"))
    outputs = {out["path"]: out for entry in manifest["audiences"].values() for out in entry["outputs"]}
    for name in ("desk/visit-desk.pdf", "press/visit-press.pdf"):
        assert outputs[name]["claims"] == ["PDF/UA-1", "PDF/A-2a"]
        assert outputs[name]["pages"] == len(PdfReader(clinic.build / name).pages)
    inputs = {entry["path"]: entry["sha256"] for entry in manifest["audiences"]["desk"]["inputs"]}
    for name, content in FILES.items():
        assert inputs[f"sources/visit/{name}"] == hashlib.sha256(content).hexdigest()
    sizes = []
    for name in ("desk/visit-desk.pdf", "press/visit-press.pdf"):
        reader = PdfReader(clinic.build / name)
        heights: list[float] = []
        for page in reader.pages:
            page.extract_text(
                visitor_text=lambda text, _cm, tm, _font, size, found=heights: (
                    found.append(size * tm[0]) if "gate 4" in text else None
                )
            )
        sizes.append(max(heights))
    assert sizes[1] > sizes[0]


def test_what_a_pack_with_them_claims_holds(cli: Cli, clinic: Project) -> None:
    Image.new("RGB", (30, 20), "red").save(clinic.pack / "map.png")
    words = MARKDOWN + "\n[A link](https://x.example/) and ![a map](map.png)\n\n```\ncode  here\n```\n"
    written(clinic.pack, "region.md", words)
    assert cli("build").code == 0
    built = [clinic.build / "desk" / "visit-desk.pdf", clinic.build / "press" / "visit-press.pdf"]
    verdicts = validate([(flavour, path) for path in built for flavour in ("ua1", "2a")])
    assert [
        (verdict.path.name, verdict.flavour, verdict.broken) for verdict in verdicts if not verdict.passed
    ] == []


def test_a_second_build_gives_the_same_bytes(cli: Cli, clinic: Project) -> None:
    assert cli("build").code == 0
    first = clinic.outputs()
    assert cli("build").code == 0
    assert clinic.outputs() == first


def test_nothing_of_this_run_is_forgotten(cli: Cli, clinic: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefpack.annexes.cache.MOST_UNUSED", 0)
    assert cli("build").code == 0
    (folder,) = (clinic.build / ".cache").rglob(FOLDER)
    assert len(list(folder.glob("*.pdf"))) == 2 * len(FILES)
    written(clinic.pack, "minutes.txt", "Others.\n")
    assert cli("build").code == 0
    assert len(list(folder.glob("*.pdf"))) == 2 * len(FILES)


def test_check_and_explain_take_them_as_any_annex(cli: Cli, clinic: Project) -> None:
    ran = cli("check")
    assert ran.code == 0
    assert "mail.eml has an attachment" in ran.err + ran.out
    assert cli("explain", "visit", "--audience", "press").code == 0


def test_one_that_is_wrong_is_told_with_all_others(cli: Cli, clinic: Project) -> None:
    written(clinic.pack, "region.md", "")
    written(clinic.pack, "minutes.txt", " ")
    ran = cli("build")
    assert ran.code == ExitCode.ANNEX
    assert "region.md is an empty file" in ran.err
    assert "minutes.txt has no text in it" in ran.err
    assert ran.err.count(": error: ") == 2
