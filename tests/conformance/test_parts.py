"""The parts of a pack keep the standards that the pack keeps, as validators see it: each is a file like any other."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from briefpack.errors import Findings
from briefpack.pipeline import build, no_progress
from briefpack.pipeline.parts import parts
from briefpack.pipeline.prepare import Order
from tests.conformance.vera import validate
from tests.conftest import need_tool
from tests.packs.torture_maker import write_torture
from tests.pipeline.test_parts import AUDIENCES, SAMPLE, parcel_of
from tests.word.opened import faults, open_docx

SHARE = 0.55
"""Of the whole that a part may be as large as."""


def divided(folder: Path, order: Order, audiences: tuple[str, ...], target: Path) -> list[Path]:
    written: list[Path] = []
    for audience in audiences:
        parcel = parcel_of(folder, order, audience)
        most = int(SHARE * parcel.attachments[0].size)
        made = parts(folder, order, parcel, most, Findings(), progress=no_progress)
        assert len(made) > 1
        for (file,) in made:
            written.append(target / file.name)
            written[-1].write_bytes(file.content)
    return written


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Parts of the sample, which has annexes of all sorts, and of a pack that is hard to tag; each claims all there is to claim."""
    folder, target = tmp_path_factory.mktemp("torture"), tmp_path_factory.mktemp("parts")
    order = Order(output=folder / "build", jobs=2)
    build(SAMPLE, order)
    found = divided(SAMPLE, order, AUDIENCES, target)
    torture = write_torture(folder)
    hard = ("base", "narrow", "press")
    build(torture, Order(output=order.output, jobs=2, audiences=hard))
    return [*found, *divided(torture, order, hard, target)]


@pytest.fixture(scope="module")
def word(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Parts of Word files: sections without the first ones, notes and tables with numbers that Word would not give them."""
    folder = tmp_path_factory.mktemp("word")
    order = Order(output=folder / "build", jobs=2)
    torture = write_torture(folder)
    written = []
    # The lists of figures and tables of both lead to other parts.
    for pack, audience in ((SAMPLE, "staff"), (torture, "base")):
        build(pack, replace(order, audiences=(audience,)))
        parcel = parcel_of(pack, order, audience, "docx")
        most = int(SHARE * parcel.attachments[0].size)
        made = parts(pack, order, parcel, most, Findings(), progress=no_progress)
        assert len(made) > 1
        for (file,) in made:
            written.append(folder / file.name)
            written[-1].write_bytes(file.content)
    return written


@pytest.mark.parametrize("command", [["openxml_audit", "-q"], ["ooxml_integrity", "check"]])
def test_validators_find_nothing_wrong_with_word_files(word: list[Path], command: list[str]) -> None:
    for path in word:
        ran = subprocess.run(
            [sys.executable, "-m", *command, str(path)], capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert faults(open_docx(path.read_bytes())) == []


def test_verapdf_passes_what_they_claim(written: list[Path]) -> None:
    verdicts = validate([(flavour, path) for path in written for flavour in ("ua1", "2a")])
    assert [str(each) for each in verdicts if not each.passed] == []


def test_qpdf_finds_nothing_wrong(written: list[Path]) -> None:
    qpdf = need_tool("qpdf")
    for path in written:
        ran = subprocess.run(
            [qpdf, "--check", path], capture_output=True, text=True, check=False, timeout=300
        )
        assert (ran.returncode, ran.stderr) == (0, "")


def test_poppler_reads_every_page_of_them(written: list[Path]) -> None:
    pdftotext, pdfinfo = need_tool("pdftotext"), need_tool("pdfinfo")
    for path in written:
        told = subprocess.run([pdfinfo, path], capture_output=True, text=True, check=True, timeout=300)
        count = int(next(line.split()[1] for line in told.stdout.splitlines() if line.startswith("Pages:")))
        said = subprocess.run([pdftotext, path, "-"], capture_output=True, text=True, check=True, timeout=300)
        assert (told.stderr, said.stderr) == ("", "")
        assert said.stdout.count("\f") == count
