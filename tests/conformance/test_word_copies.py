"""Copies of Word files, and locked ones, as other programs see them: sound, on as many pages, with the same words and whose they are."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from briefpack.copies.copy_mark import CopyMark
from briefpack.copies.word_copy import prepare
from briefpack.copies.word_lock import lock
from briefpack.distribution import Place
from tests.conformance.built import Built
from tests.conformance.conftest import Once
from tests.conformance.packs import CASES, PRINTED
from tests.conformance.unlocking import printed
from tests.conftest import need_tool
from tests.word.opened import faults, open_docx, style_of

LINE = "Copy 3 of 12 — Elena Marković"
MARK = CopyMark(3, 12, "Elena Marković", LINE, "K7Q2-9XMD")
PASSWORD = "Grüße 12 Ж"  # noqa: S105  it opens nothing else


def _copy(built: Built) -> bytes:
    return b"".join(prepare(built.docx.read_bytes(), tuple(Place), built.expected.style).copy(MARK))


@pytest.fixture(scope="session")
def copies(once: Once, files: dict[tuple[str, str], Built]) -> Path:
    """A copy of every example, and what LibreOffice prints of those and of the files that they are copies of."""

    def fill(folder: Path) -> None:
        for case in CASES:
            (folder / f"{'-'.join(case)}.docx").write_bytes(_copy(files[case]))
        sources = []
        for case in PRINTED:
            before = folder / f"before-{'-'.join(case)}.docx"
            before.write_bytes(files[case].docx.read_bytes())
            sources += [before, folder / f"{'-'.join(case)}.docx"]
        profile = f"-env:UserInstallation=file://{folder}/profile"
        subprocess.run(
            [
                need_tool("soffice"),
                profile,
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                folder,
                *sources,
            ],
            capture_output=True,
            check=True,
            timeout=300,
        )

    return once("word-copies", fill)


@pytest.mark.parametrize("case", CASES, ids="-".join)
@pytest.mark.parametrize("command", [["openxml_audit", "-q"], ["ooxml_integrity", "check"]])
def test_validators_find_nothing_wrong(copies: Path, case, command):
    path = copies / f"{'-'.join(case)}.docx"

    ran = subprocess.run(
        [sys.executable, "-m", *command, str(path)], capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert faults(open_docx(path.read_bytes())) == []


def _pages(path: Path) -> Iterator[str]:
    for page in pypdfium2.PdfDocument(path):
        yield page.get_textpage().get_text_bounded()


@pytest.mark.parametrize("case", PRINTED, ids="-".join)
def test_every_page_says_whose_it_is_and_has_the_words_that_it_had(copies: Path, case):
    name = "-".join(case)
    before, after = list(_pages(copies / f"before-{name}.pdf")), list(_pages(copies / f"{name}.pdf"))

    assert len(after) == len(before)
    for number, (one, other) in enumerate(zip(before, after, strict=True)):
        assert LINE in other, number
        left = sorted(other.split())
        for word in sorted(one.split()):
            assert word in left, (number, word)
            left.remove(word)
        assert set(left) <= set(LINE.split()), (number, left)


def test_libreoffice_opens_a_locked_file_with_its_password_only(output: Path, tmp_path: Path):
    plain = output / "minimal" / "desk" / "minimal-desk.docx"
    content = b"".join(prepare(plain.read_bytes(), tuple(Place), style_of()).copy(MARK))
    path = tmp_path / "locked.docx"
    path.write_bytes(lock(content, PASSWORD))
    (tmp_path / "right").mkdir()
    (tmp_path / "wrong").mkdir()

    opened = printed(path, PASSWORD, tmp_path / "right")

    assert opened is not None
    assert LINE in "".join(_pages(opened))
    assert printed(path, PASSWORD + "1", tmp_path / "wrong") is None
