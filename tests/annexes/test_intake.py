"""What an author calls an annex, right and wrong; each wrong one ends in one message at its place."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from briefpack.annex import OutlineNode, Treatment
from briefpack.annexes import author_file, cache, cleaners
from briefpack.annexes.cache import treatment_words
from briefpack.annexes.intake import take_in
from briefpack.errors import BriefpackError, ExitCode, Severity
from tests.annexes.makers import (
    PACK,
    add_page,
    annex,
    document,
    font,
    forms_within_forms,
    link,
    pack_of,
    refused,
    saved,
    swollen,
    taken,
)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path / "work"


# --------------------------------------------------------------------------- right ones


def test_a_good_annex_is_measured(tmp_path: Path, work: Path) -> None:
    pdf = document(2)
    add_page(pdf, box=(0, 0, 842, 595))
    add_page(pdf, Rotate=90)
    add_page(pdf, box=(-50, -20, 700, 900), CropBox=Array([0, 0, 612, 792]))
    add_page(pdf, box=(0, 0, 300, 400), UserUnit=2)
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Chapter", 2))
    facts = taken(saved(pdf, tmp_path / "plan.pdf"), work)
    assert facts.sizes == ((595, 842), (595, 842), (842, 595), (842, 595), (612, 792), (600, 800))
    assert facts.pages == 6
    assert facts.outline == (OutlineNode("Chapter", 2, ()),)
    assert facts.parts[0].clean.parent == work


def test_a_file_encrypted_with_an_empty_password_is_read(tmp_path: Path, work: Path) -> None:
    locked = pikepdf.Encryption(user="", owner="secret", R=6)
    facts = taken(saved(document(3), tmp_path / "locked.pdf", encryption=locked), work)
    assert facts.pages == 3
    with pikepdf.open(facts.parts[0].clean) as clean:
        assert not clean.is_encrypted


def test_junk_around_a_file_does_no_harm(tmp_path: Path, work: Path) -> None:
    path = saved(document(2), tmp_path / "mailed.pdf")
    path.write_bytes(
        b"X-Gateway: yes\r\n\r\n" + path.read_bytes() + b"\r\n-- \r\nScanned by the gateway\r\n" * 200
    )
    assert taken(path, work).pages == 2


def test_a_page_too_small_to_read_is_enlarged(tmp_path: Path, work: Path) -> None:
    pdf = document(1)
    add_page(pdf, box=(0, 0, 31, 20))
    facts = taken(saved(pdf, tmp_path / "tiny.pdf"), work)
    assert facts.sizes == ((595, 842), (62, 40))
    told = [(remark.kind, remark.pages) for remark in facts.parts[0].remarks]
    # The word on every page of these lies beyond the edge of so small a one.
    assert told == [("tiny-page", (2,)), ("outside-text", (2,))]


def test_a_later_revision_counts(tmp_path: Path, work: Path) -> None:
    path = saved(document(2), tmp_path / "revised.pdf")
    assert taken(revised(path), work).pages == 1


def revised(path: Path) -> Path:
    """Put a second revision behind the first, in which the first page is the only one."""
    with pikepdf.open(path) as pdf:
        tree, page = pdf.Root.Pages.objgen[0], pdf.pages[0].obj.objgen[0]
        size = int(pdf.trailer.Size)
        root = pdf.Root.objgen[0]
    first = path.read_bytes()
    start = int(first[first.rindex(b"startxref") :].split()[1])
    position = len(first) + 1
    obj = f"\n{tree} 0 obj\n<< /Type /Pages /Kids [{page} 0 R] /Count 1 >>\nendobj\n".encode()
    table = (
        f"xref\n{tree} 1\n{position:010} 00000 n \ntrailer\n<< /Size {size} /Root {root} 0 R /Prev {start} >>\n"
        f"startxref\n{len(first) + len(obj)}\n%%EOF\n"
    ).encode()
    path.write_bytes(first + obj + table)
    return path


def test_two_annexes_of_one_file_are_cleaned_once(tmp_path: Path, work: Path) -> None:
    path = saved(document(1), tmp_path / "one.pdf")
    (tmp_path / "two.pdf").write_bytes(path.read_bytes())
    facts, found = take_in([annex(path), annex(tmp_path / "two.pdf")], work)
    assert not found
    assert facts["one"] == facts["two"]
    assert len(list(work.glob("*.pdf"))) == 1


# --------------------------------------------------------------------------- wrong ones


def _written(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _office(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", "<w:document/>")


def _with_password(path: Path) -> None:
    saved(document(), path, encryption=pikepdf.Encryption(user="secret", owner="secret"))


def _truncated(path: Path) -> None:
    saved(document(30), path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _cut_revision(path: Path) -> None:
    revised(saved(document(2), path))
    path.write_bytes(path.read_bytes()[:-40])


def _zeroed(path: Path) -> None:
    pdf = document(1)
    pdf.pages[0].obj.Contents.write(os.urandom(60_000))
    saved(pdf, path)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 4096] = bytes(4096)
    path.write_bytes(content)


def _line_endings(path: Path) -> None:
    pdf = document(3)
    pdf.pages[0].obj.Contents.write(bytes(range(256)) * 40)
    saved(pdf, path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def _page_tree_loop(path: Path) -> None:
    pdf = document(2)
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)
    saved(pdf, path)


def _forged(path: Path, count: int, kids: Callable[[Pdf], Array] | None = None) -> None:
    pdf = document(3)
    out = io.BytesIO()
    if kids is not None:
        pdf.Root.Pages.Kids = kids(pdf)
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
    content = out.getvalue()
    assert b"/Count 3" in content
    path.write_bytes(content.replace(b"/Count 3", f"/Count {count}".encode()))


def _no_pages(path: Path) -> None:
    saved(Pdf.new(), path)


def _huge_page(path: Path) -> None:
    pdf = document(0)
    add_page(pdf, box=(0, 0, 14_000, 9_000), UserUnit=3)
    saved(pdf, path)


def _no_size(path: Path) -> None:
    pdf = document(1)
    pdf.pages[0].obj.MediaBox = Array([0, 0, 0, 0])
    saved(pdf, path)


def _xfa(path: Path) -> None:
    pdf = document(1)
    pdf.Root.NeedsRendering = True
    pdf.Root.AcroForm = Dictionary(XFA=pdf.make_stream(b"<xdp/>"), Fields=Array([]))
    saved(pdf, path)


def _nested(path: Path) -> None:
    pdf = document(1)
    pdf.pages[0].obj.Resources.Deep = Object.parse(b"[" * 300 + b"]" * 300)
    saved(pdf, path)


WRONG: dict[str, tuple[Callable[[Path], object], str]] = {
    "a missing file": (Path.absolute, "does not exist"),
    "a folder": (Path.mkdir, "is a folder"),
    "a pipe": (os.mkfifo, "a device or a pipe"),
    "an empty file": (lambda path: _written(path, b""), "is an empty file"),
    "a web page": (lambda path: _written(path, b"<!DOCTYPE html><html>Log in"), "is a web page"),
    "a Word document": (_office, "is a Word document"),
    "a picture": (lambda path: _written(path, b"\x89PNG\r\n\x1a\n"), "is a picture"),
    "garbage": (lambda path: _written(path, bytes(range(255, 0, -1)) * 99), "is no PDF"),
    "a header and nothing else": (lambda path: _written(path, b"%PDF-1.7\n"), "is damaged"),
    "a header before garbage": (
        lambda path: _written(path, b"%PDF-1.7\n" + bytes(range(256)) * 99),
        "is damaged",
    ),
    "a password": (_with_password, "needs a password"),
    "a truncated file": (_truncated, "is damaged"),
    "a cut-off revision": (_cut_revision, "is damaged"),
    "a hole of zeros": (_zeroed, "is damaged"),
    "converted line endings": (_line_endings, "is damaged"),
    "a loop in the page tree": (_page_tree_loop, "is damaged"),
    "more pages declared than there are": (lambda path: _forged(path, 9), "9 pages, but 3"),
    "fewer pages declared than there are": (lambda path: _forged(path, 1), "1 pages, but 3"),
    "no pages": (_no_pages, "has no pages"),
    "a page of twelve metres": (_huge_page, "no size to print"),
    "a page without a size": (_no_size, "page 1 has no size"),
    "a form only Adobe can draw": (_xfa, "only Adobe Reader"),
    "nesting without end": (_nested, "nested"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_annex_ends_in_one_message_at_its_place(
    case: str, tmp_path: Path, work: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    make, words = WRONG[case]
    path = tmp_path / "declaration.pdf"
    make(path)
    diagnostic = refused(path, work)
    assert diagnostic.severity is Severity.ERROR
    assert diagnostic.code is ExitCode.ANNEX
    assert (diagnostic.where.path, diagnostic.where.line, diagnostic.where.column) == (PACK, 7, 11)
    assert diagnostic.message.startswith("declaration.pdf ")
    assert words in diagnostic.message
    assert diagnostic.hint
    assert "Error" not in diagnostic.message
    assert not list(work.iterdir()), "nothing is kept of a wrong annex"
    assert capfd.readouterr() == ("", "")


def test_errors_of_all_annexes_come_in_one_run_and_the_right_ones_are_taken(
    tmp_path: Path, work: Path
) -> None:
    _truncated(tmp_path / "cut.pdf")
    _with_password(tmp_path / "locked.pdf")
    saved(document(2), tmp_path / "good.pdf")
    names = ("cut", "missing", "good", "locked")
    facts, found = take_in([annex(tmp_path / f"{n}.pdf", line) for line, n in enumerate(names, 3)], work)
    assert list(facts) == ["good"]
    assert sorted((d.where.line, d.message.split()[0]) for d in found) == [
        (3, "cut.pdf"),
        (4, "missing.pdf"),
        (6, "locked.pdf"),
    ]


def test_a_warning_is_told_every_time(tmp_path: Path, work: Path) -> None:
    pdf = document()
    pdf.pages[0].obj.Annots = Array(
        [Dictionary(Subtype=Name.FreeText, Rect=Array([0, 0, 9, 9]), Contents=String("x"))]
    )
    path = saved(pdf, tmp_path / "noted.pdf")
    for _ in range(2):
        facts, (warning,) = take_in([annex(path)], work)
        assert facts["noted"].pages == 1
        assert (warning.severity, warning.code) == (Severity.WARNING, ExitCode.ANNEX)
        assert "noted.pdf has a comment" in warning.message


# --------------------------------------------------------------------------- hostile ones


def test_forms_within_forms_end_at_the_time_limit(tmp_path: Path, work: Path) -> None:
    path = saved(forms_within_forms(12, 8), tmp_path / "bomb.pdf")
    began = time.monotonic()
    diagnostic = refused(path, work, longest=2)
    assert "takes more than 2 seconds" in diagnostic.message
    # Whoever goes through all of it never ends.
    assert time.monotonic() - began < 300


def test_a_stream_made_to_swell_is_refused_before_it_does(tmp_path: Path, work: Path) -> None:
    path = saved(swollen(1024), tmp_path / "bomb.pdf")
    assert path.stat().st_size < 2_000_000
    assert "unpacks to more than" in refused(path, work).message


def test_a_long_chain_of_forms_can_be_bound(tmp_path: Path, work: Path) -> None:
    facts = taken(saved(forms_within_forms(2_000, 1), tmp_path / "chain.pdf"), work)
    assert pack_of([facts]).startswith(b"%PDF")


def test_a_worker_whose_builder_was_killed_ends_by_itself(tmp_path: Path) -> None:
    path = saved(forms_within_forms(12, 8), tmp_path / "bomb.pdf")
    with subprocess.Popen(
        [sys.executable, "-c", "import briefpack.annexes.worker as w; w._GRACE = 0; w.main()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    ) as worker:
        request = {
            "source": str(path),
            "target": str(tmp_path / "clean.pdf"),
            "treatment": treatment_words(Treatment()),
            "seconds": 1,
        }
        worker.stdin.write(json.dumps(request).encode() + b"\n")
        worker.stdin.flush()
        assert worker.wait(timeout=300) == -signal.SIGALRM


def test_a_file_that_needs_more_memory_than_it_may_is_refused(tmp_path: Path) -> None:
    pdf = document()
    pdf.pages[0].obj.Contents.write(bytes(400 << 20))
    path = saved(pdf, tmp_path / "large.pdf")
    done = subprocess.run(
        [sys.executable, "-c", "import briefpack.annexes.worker as w; w.MOST_MEMORY = 500 << 20; w.main()"],
        input=json.dumps(
            {
                "source": str(path),
                "target": str(tmp_path / "clean.pdf"),
                "treatment": treatment_words(Treatment()),
                "seconds": 200,
            }
        ).encode()
        + b"\n",
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert json.loads(done.stdout) == {"swelled": True}


def test_a_module_in_the_authors_folder_is_not_run(
    tmp_path: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("json", "pikepdf", "pypdfium2", "logging"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('taken over')")
    assert taken(saved(document(), tmp_path / "good.pdf"), work).pages == 1


# --------------------------------------------------------------------------- keeping


def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaners, "COMMAND", ("/does/not/exist",))


def test_an_unchanged_annex_is_not_opened_again(
    tmp_path: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(document(2), tmp_path / "plan.pdf")
    first = taken(path, work)
    no_worker(monkeypatch)
    assert taken(path, work) == first


def test_a_changed_annex_is_taken_in_anew(tmp_path: Path, work: Path) -> None:
    path = saved(document(2), tmp_path / "plan.pdf")
    taken(path, work)
    saved(document(3), path)
    assert taken(path, work).pages == 3


@pytest.mark.parametrize("name", ["*.json", "*.pdf"])
@pytest.mark.parametrize("content", [b"", b'{"sizes": 1}', b"\xff\xfe"])
def test_what_was_kept_and_spoilt_is_made_again(
    tmp_path: Path, work: Path, name: str, content: bytes
) -> None:
    path = saved(document(2), tmp_path / "plan.pdf")
    first = taken(path, work)
    (kept,) = work.glob(name)
    kept.write_bytes(content)
    assert taken(path, work) == first
    with pikepdf.open(first.parts[0].clean) as pdf:
        assert len(pdf.pages) == 2


def test_an_annex_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(document(2), tmp_path / "plan.pdf")
    digests = iter(("a" * 64, "b" * 64))
    for module in (author_file, cleaners):
        monkeypatch.setattr(module, "digest_of", lambda _: next(digests))
    assert "was changed while it was read" in refused(path, work).message


def test_a_folder_that_cannot_be_written_is_an_error_of_output(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    path = saved(document(), tmp_path / "plan.pdf")
    with pytest.raises(BriefpackError) as raised:
        take_in([annex(path)], tmp_path / "file" / "work")
    assert raised.value.exit_code is ExitCode.OUTPUT


def test_what_was_of_no_use_for_longest_is_forgotten(
    tmp_path: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [saved(document(n), tmp_path / f"{n}.pdf") for n in (1, 2, 3)]
    facts = [taken(path, work) for path in paths]
    monkeypatch.setattr(cache, "MOST_UNUSED", 1)
    for age, fact in enumerate(reversed(facts)):
        os.utime(fact.parts[0].clean.with_suffix(".json"), (1e9 - age, 1e9 - age))
    stale = work / "abc.123.part.pdf"
    stale.write_bytes(b"")
    os.utime(stale, (1e9, 1e9))
    taken(paths[0], work)
    assert sorted(path.suffix for path in work.iterdir()) == [".json", ".json", ".pdf", ".pdf"]
    assert facts[0].parts[0].clean.exists()
    assert not facts[1].parts[0].clean.exists()
    assert facts[2].parts[0].clean.exists()


def test_no_annexes_cost_nothing(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_worker(monkeypatch)
    assert take_in([], work) == ({}, [])


def test_links_and_fonts_survive(tmp_path: Path, work: Path) -> None:
    pdf = document(2)
    pdf.pages[0].obj.Annots = Array([link(pdf, Dest=Array([pdf.pages[1].obj, Name.Fit]))])
    with pikepdf.open(taken(saved(pdf, tmp_path / "plan.pdf"), work).parts[0].clean) as clean:
        assert clean.pages[0].obj.Annots[0].Dest[0].objgen == clean.pages[1].obj.objgen
        assert clean.pages[0].Resources.XObject.Annex.Resources.Font.F1.BaseFont == font().BaseFont


@pytest.mark.parametrize("same_disk", [True, False])
def test_what_is_kept_is_lent_to_a_run_that_keeps_nothing(
    tmp_path: Path, work: Path, monkeypatch: pytest.MonkeyPatch, same_disk: bool
) -> None:
    path = saved(document(2), tmp_path / "plan.pdf")
    known, _ = take_in([annex(path)], work)
    before = {each.name: (each.read_bytes(), each.stat().st_mtime_ns) for each in work.iterdir()}
    if not same_disk:

        def refused_link(_self: Path, _target: Path) -> None:
            raise OSError("another disk")

        monkeypatch.setattr(Path, "hardlink_to", refused_link)
    lent = tmp_path / "lent"
    cache.lend(work, lent)
    cache.lend(tmp_path / "none", lent)
    monkeypatch.setattr(cleaners.Cleaners, "begin", lambda *_words: pytest.fail("it is known already"))
    facts, found = take_in([annex(path)], lent)
    assert list(found) == []
    assert [each.sizes for each in facts.values()] == [each.sizes for each in known.values()]
    assert {each.name: (each.read_bytes(), each.stat().st_mtime_ns) for each in work.iterdir()} == before
