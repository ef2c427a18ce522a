"""Packs whose pictures were resampled: as valid as they were, and the same in all but their pictures."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Stream

from briefpack.copies import compress_pdf, compress_word
from briefpack.pipeline import build
from briefpack.pipeline.prepare import Order
from tests.conformance.built import Built
from tests.conformance.conftest import Once
from tests.conformance.vera import validate
from tests.conftest import need_tool
from tests.copies.pictures import difference, drawn
from tests.packs.photo_maker import NAME, write_photographs
from tests.packs.torture_maker import NAME as TORTURE
from tests.word.opened import faults, open_docx

CODING = {"/Length", "/Filter", "/DecodeParms"}
PICTURE = {*CODING, "/Width", "/Height", "/BitsPerComponent", "/ColorSpace"}


@dataclass(frozen=True)
class Pair:
    """A pack, and the same compressed, in a folder."""

    before: Built
    folder: Path
    resolution: int

    @property
    def pdf(self) -> Path:
        return self.folder / "smaller.pdf"

    @property
    def docx(self) -> Path:
        return self.folder / "smaller.docx"


@pytest.fixture(scope="session")
def photographs(once: Once) -> Built:
    """The pack that is heavy with pictures."""

    def fill(folder: Path) -> None:
        build(write_photographs(folder), Order(output=folder / "build"))

    folder = once("photographs", fill)
    return Built(NAME, "reader", folder / "build" / NAME, folder / "sources")


@pytest.fixture(scope="session", params=[(NAME, 150), (NAME, 72), (TORTURE, 40), ("foreign-ministers", 60)])
def pair(request, once: Once) -> Pair:
    name, resolution = request.param
    if name == NAME:
        before = request.getfixturevalue("photographs")
    else:
        before = request.getfixturevalue("files")[name, "staff"]

    def fill(folder: Path) -> None:
        made = Pair(before, folder, resolution)
        with pytest.MonkeyPatch.context() as patch:
            # The pack that is hardest to tag has small pictures; it is written anew all the same.
            patch.setattr(compress_pdf, "GAIN", 2.0)
            _fill(made)

    def _fill(made: Pair) -> None:
        made.pdf.write_bytes(compress_pdf.compress(before.pdf.read_bytes(), resolution))
        made.docx.write_bytes(compress_word.compress(before.docx.read_bytes(), resolution))

    return Pair(before, once(f"compressed-{name}-{resolution}", fill), resolution)


def test_it_is_smaller(pair: Pair):
    assert pair.pdf.read_bytes() != pair.before.pdf.read_bytes()
    assert pair.pdf.stat().st_size < 1.01 * pair.before.pdf.stat().st_size
    assert pair.docx.stat().st_size < pair.before.docx.stat().st_size


def test_qpdf_finds_nothing_wrong(pair: Pair):
    ran = subprocess.run(
        [need_tool("qpdf"), "--check", pair.pdf], capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_verapdf_says_the_same_as_before(pair: Pair):
    paths = (pair.before.pdf, pair.pdf)
    verdicts = validate((flavour, path) for path in paths for flavour in ("ua1", "2a"))

    before, after = verdicts[:2], verdicts[2:]
    assert all(each.passed for each in before)
    assert all(each.passed for each in after), [str(each) for each in after]


def test_all_but_the_pictures_is_the_same(pair: Pair):
    with pikepdf.open(pair.before.pdf) as before, pikepdf.open(pair.pdf) as after:
        assert list(_differences(before.Root, after.Root)) == []
        assert list(_differences(before.docinfo, after.docinfo)) == []


def _differences(one: Object, other: Object) -> Iterator[str]:
    """Where two files say different things, by a walk through both at once."""
    waiting: list[tuple[str, object, object]] = [("", one, other)]
    seen: set[tuple[int, int]] = set()
    while waiting:
        path, left, right = waiting.pop()
        if isinstance(left, Object) and left.objgen != (0, 0):
            if left.objgen in seen:
                continue
            seen.add(left.objgen)
        if isinstance(left, Stream) and isinstance(right, Stream):
            picture = left.get("/Subtype") == Name.Image
            apart = PICTURE if picture else CODING
            if not picture and left.read_bytes() != right.read_bytes():
                yield f"{path}: content"
            keys = set(left.keys()) - apart
            if keys != set(right.keys()) - apart:
                yield f"{path}: entries"
            waiting += [(f"{path}{key}", left[key], right[key]) for key in sorted(keys)]
        elif isinstance(left, Dictionary) and isinstance(right, Dictionary):
            if set(left.keys()) != set(right.keys()):
                yield f"{path}: entries"
            both = sorted(set(left.keys()) & set(right.keys()))
            waiting += [(f"{path}{key}", left[key], right[key]) for key in both]
        elif isinstance(left, Array) and isinstance(right, Array):
            if len(left) != len(right):
                yield f"{path}: length"
            waiting += [(f"{path}[{n}]", *each) for n, each in enumerate(zip(left, right, strict=False))]
        elif left != right:
            yield f"{path}: {left!r}, {right!r}"


def test_pages_look_alike(pair: Pair):
    assert difference(drawn(pair.before.pdf.read_bytes()), drawn(pair.pdf.read_bytes())) < 8


@pytest.mark.parametrize("command", [["openxml_audit", "-q"], ["ooxml_integrity", "check"]])
def test_validators_find_nothing_wrong_with_the_word_file(pair: Pair, command):
    ran = subprocess.run(
        [sys.executable, "-m", *command, str(pair.docx)], capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert faults(open_docx(pair.docx.read_bytes())) == []


def test_libreoffice_prints_as_many_pages(photographs: Built, once: Once, tmp_path):
    soffice = need_tool("soffice")
    for name, content in (
        ("before", photographs.docx.read_bytes()),
        ("after", compress_word.compress(photographs.docx.read_bytes(), 100)),
    ):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(content)
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        subprocess.run(
            [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path],
            capture_output=True,
            check=True,
            timeout=300,
        )
    shutil.rmtree(tmp_path / "profile")
    before, after = (drawn((tmp_path / f"{name}.pdf").read_bytes()) for name in ("before", "after"))

    assert difference(before, after) < 8


def test_it_is_worth_it(photographs: Built):
    for path, compress in (
        (photographs.pdf, compress_pdf.compress),
        (photographs.docx, compress_word.compress),
    ):
        content = path.read_bytes()
        assert len(compress(content, 150)) < 0.35 * len(content)
