"""Copies of every example pack: as valid as the pack, the same to hear and to walk through, and named where nothing else stands."""

import pickle
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from briefpack.copies.copy_mark import CopyMark
from briefpack.copies.ink import PackInk
from briefpack.copies.pdf_copy import prepare
from briefpack.copies.pdf_lock import lock
from briefpack.distribution import Place
from tests.conformance.built import Built, tool
from tests.conformance.vera import Verdict, validate
from tests.conftest import need_tool
from tests.copies.made import boxes, mark, texts

LINE = "Copy 3 of 12 — Elena Marković"
PASSWORD = "seven words"  # noqa: S105  it opens nothing else


@pytest.fixture(scope="session")
def folder(once, files) -> Path:
    """A copy of every pack with all it can be marked with, and one that is marked at the foot only."""

    def fill(made: Path) -> None:
        for (pack, audience), built in files.items():
            content = built.pdf.read_bytes()
            for places, name in ((tuple(Place), "all"), ((Place.FOOTER,), "foot")):
                copy = made / f"{pack}-{audience}-{name}.pdf"
                copy.write_bytes(b"".join(prepare(content, places, built.expected.style).copy(mark())))

    return once("copies", fill)


@pytest.fixture(scope="session")
def seen(once, folder) -> list[Verdict]:
    """What veraPDF says of the copies with all there is."""

    def fill(made: Path) -> None:
        orders = [(flavour, file) for file in sorted(folder.glob("*-all.pdf")) for flavour in ("ua1", "2a")]
        (made / "verdicts").write_bytes(pickle.dumps(validate(orders)))

    verdicts: list[Verdict] = pickle.loads((once("copies-seen", fill) / "verdicts").read_bytes())  # noqa: S301  written above
    return verdicts


@pytest.fixture
def copied(each: Built, folder: Path) -> Built:
    """The pack's copy."""
    return Copied(each.pack, each.audience, folder, each.sources)


class Copied(Built):
    @property
    def pdf(self) -> Path:
        return self.folder / f"{self.pack}-{self.audience}-all.pdf"

    @property
    def foot(self) -> Path:
        return self.folder / f"{self.pack}-{self.audience}-foot.pdf"


@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_the_validator_passes_every_copy(copied, seen, flavour):
    (verdict,) = [one for one in seen if one.path == copied.pdf and one.flavour == flavour]

    assert verdict.passed, verdict
    assert verdict.checks > 100


def test_qpdf_finds_nothing(copied):
    ran = subprocess.run(
        [need_tool("qpdf"), "--check", copied.pdf], capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "WARNING" not in ran.stdout + ran.stderr


def test_a_screen_reader_hears_the_same(annexed, folder):
    before, after = (
        # Objects have other numbers in another file.
        re.sub(r"Object \d+ \d+", "Object", tool("pdfinfo", "-struct-text", str(file)))
        for file in (annexed.pdf, folder / f"{annexed.pack}-{annexed.audience}-all.pdf")
    )

    assert len(before) > 500
    assert after == before


def test_bookmarks_links_and_labels_are_the_same(each, copied):
    assert copied.bookmarks_of_pdfium == each.bookmarks_of_pdfium
    assert copied.links == each.links
    assert [copied.pdfium.get_page_label(n) for n in range(len(copied.pdfium))] == [
        each.pdfium.get_page_label(n) for n in range(len(each.pdfium))
    ]


def test_every_page_is_named(each, copied):
    """Poppler finds the line at the foot; what is slanted it writes letter by letter, and pdfium does not."""
    assert LINE not in "".join(each.text_of_poppler)
    assert all(LINE in page for page in copied.text_of_poppler)
    assert all(page.count(LINE) >= 2 for page in texts(copied.pdf.read_bytes()))


def test_the_line_at_the_foot_stands_where_nothing_else_does(each, copied):
    ink = PackInk(each.pdf.read_bytes())
    made = copied.foot.read_bytes()
    for number, page in enumerate(each.pdfium):
        if each.pikepdf.pages[number].obj.get("/Rotate", 0):
            continue
        found = boxes(made, number, LINE)
        seen = ink.page(number, page.get_size())
        assert len(found) == 1, number
        left, bottom, right, top = found[0]
        width, height = page.get_size()
        assert bottom > 10
        assert left < right
        if right - left > top - bottom:
            white = seen.free_across(bottom - 1.5, top + 1.5)
            assert any(first < left - 2 and right + 2 < last for first, last in white), number
        assert right < width - 10
        assert top < height - 10
    ink.close()


def test_what_was_there_looks_as_it_did(each, copied):
    """Outside the line at the foot no pixel is another one."""
    after = pypdfium2.PdfDocument(copied.foot)
    made = copied.foot.read_bytes()
    for number, page in enumerate(each.pdfium):
        left, bottom, right, top = boxes(made, number, LINE)[0]
        changed = list(differences(page, after[number]))
        assert changed
        if not each.pikepdf.pages[number].obj.get("/Rotate", 0):
            height = page.get_size()[1]
            assert all(left - 3 < x < right + 3 and bottom - 5 < height - y < top + 5 for x, y in changed), (
                number
            )
    after.close()


def differences(one: pypdfium2.PdfPage, other: pypdfium2.PdfPage) -> Iterator[tuple[int, int]]:
    """Where the pictures of two pages are not the same: columns and rows."""
    before, after = (page.render(scale=1, grayscale=True) for page in (one, other))
    assert (before.width, before.height) == (after.width, after.height)
    first, second = bytes(before.buffer), bytes(after.buffer)
    for row in range(before.height):
        start, end = row * before.stride, row * before.stride + before.width
        if first[start:end] != second[start:end]:
            pairs = zip(first[start:end], second[start:end], strict=True)
            yield from ((column, row) for column, (grey, new) in enumerate(pairs) if grey != new)


def test_a_locked_copy_opens_in_other_programs_with_its_password_only(folder, tmp_path):
    locked = tmp_path / "locked.pdf"
    locked.write_bytes(lock((folder / "foreign-ministers-delegation-all.pdf").read_bytes(), PASSWORD))

    def run(*order: str) -> subprocess.CompletedProcess[bytes]:
        need_tool(order[0])
        return subprocess.run([*order], capture_output=True, check=False)

    assert run("qpdf", f"--password={PASSWORD}", "--check", str(locked)).returncode == 0
    assert LINE in run("pdftotext", "-upw", PASSWORD, str(locked), "-").stdout.decode()
    assert LINE in run("mutool", "draw", "-p", PASSWORD, "-F", "text", "-o", "-", str(locked)).stdout.decode()
    for order in (
        ("qpdf", "--check", str(locked)),
        ("pdftotext", str(locked), "-"),
        ("mutool", "draw", "-F", "text", "-o", "-", str(locked)),
    ):
        ran = run(*order)
        assert ran.returncode != 0
        assert b"Elena" not in ran.stdout


def test_many_copies_of_one_pack_are_all_valid(once, files):
    """Names in the scripts that the fonts have, one that they have not, and one without end."""
    names = ["Ђорђе Јовановић", "Ελένη Παπαδοπούλου", "Nguyễn Thị Ánh", "محمود درويش", "Department for " * 20]

    def fill(made: Path) -> None:
        built = files["foreign-ministers", "staff"]
        prepared = prepare(built.pdf.read_bytes(), tuple(Place), built.expected.style)
        orders = []
        for number, name in enumerate(names, 1):
            file = made / f"{number}.pdf"
            said = CopyMark(
                number, len(names), name, f"Copy {number} of {len(names)} — {name}", f"T-{number}"
            )
            file.write_bytes(b"".join(prepared.copy(replace(said, plain=f"Copy {number} of {len(names)}"))))
            orders += [("ua1", file), ("2a", file)]
        (made / "verdicts").write_bytes(pickle.dumps(validate(orders)))

    found: list[Verdict] = pickle.loads((once("many-copies", fill) / "verdicts").read_bytes())  # noqa: S301  written above

    assert len(found) == 2 * len(names)
    assert all(verdict.passed for verdict in found), [str(verdict) for verdict in found]
