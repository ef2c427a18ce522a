"""Picture files: SVG becomes a drawing, and what it holds that cannot be shown is told at its place in the file."""

from __future__ import annotations

from pathlib import Path

from briefpack.document import ImageData
from briefpack.drawing import Drawing
from briefpack.errors import Findings
from briefpack.reading.checks import Report
from briefpack.reading.context import Context
from briefpack.reading.node import Kind, Node
from briefpack.reading.paths import Roots
from briefpack.reading.pictures import read_picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30">\n{}\n</svg>'


def _read(path: Path) -> tuple[ImageData | Drawing | None, Findings]:
    findings = Findings()
    node = Node(Kind.SCALAR, path.parent / "s.yaml", 3, 10, path.name)
    context = Context(Report(findings), Roots.of(path.parent))
    return read_picture(node, path, context), findings


def test_an_svg_file_becomes_a_drawing(tmp_path: Path) -> None:
    path = tmp_path / "a.SVG"
    path.write_text(SVG.format('<rect width="10" height="10"/>'))
    picture, findings = _read(path)
    assert isinstance(picture, Drawing)
    assert not findings.items


def test_a_png_file_stays_pixels(tmp_path: Path, png: bytes) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png)
    picture, _ = _read(path)
    assert isinstance(picture, ImageData)


def test_what_cannot_be_drawn_is_told_at_its_place_in_the_svg_file(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_text(SVG.format('<rect/>\n <image href="x.png"/>'))
    picture, findings = _read(path)
    assert picture is None
    (finding,) = findings.items
    assert finding.where is not None
    assert (finding.where.path, finding.where.line, finding.where.column) == (path, 3, 2)


def test_what_is_wrong_with_the_whole_is_told_where_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_text(SVG.format("<g/>"))
    _, findings = _read(path)
    (finding,) = findings.items
    assert finding.where is not None
    assert (finding.where.path.name, finding.where.line) == ("s.yaml", 3)
    assert finding.message.startswith("a.svg: ")


def test_a_damaged_png_file_is_told_where_it_is_named(tmp_path: Path, png: bytes) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png[:40])
    picture, findings = _read(path)
    assert picture is None
    assert len(findings.items) == 1
