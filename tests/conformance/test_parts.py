"""The parts of a pack keep the standards that the pack keeps, as validators see it: each is a file like any other."""

from __future__ import annotations

import subprocess
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


def test_verapdf_passes_what_they_claim(written: list[Path]) -> None:
    verdicts = validate([(flavour, path) for path in written for flavour in ("ua1", "2a")])
    assert [str(each) for each in verdicts if not each.passed] == []


def test_qpdf_finds_nothing_wrong(written: list[Path]) -> None:
    qpdf = need_tool("qpdf")
    for path in written:
        ran = subprocess.run([qpdf, "--check", path], capture_output=True, text=True, check=False, timeout=60)
        assert (ran.returncode, ran.stderr) == (0, "")


def test_poppler_reads_every_page_of_them(written: list[Path]) -> None:
    pdftotext, pdfinfo = need_tool("pdftotext"), need_tool("pdfinfo")
    for path in written:
        told = subprocess.run([pdfinfo, path], capture_output=True, text=True, check=True, timeout=60)
        count = int(next(line.split()[1] for line in told.stdout.splitlines() if line.startswith("Pages:")))
        said = subprocess.run([pdftotext, path, "-"], capture_output=True, text=True, check=True, timeout=60)
        assert (told.stderr, said.stderr) == ("", "")
        assert said.stdout.count("\f") == count
