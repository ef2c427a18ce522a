"""A style as a whole: who is blamed for text that is hard to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.reading.read_style import read_style
from tests.reading.house import reading


def places(tmp_path: Path, text: str) -> list[tuple[int, int]]:
    result = reading(tmp_path, text)
    assert result.style is not None, result.findings.items
    return [(finding.where.line, finding.where.column) for finding in result.findings if finding.where]


@pytest.mark.parametrize(("colour", "count"), [("'#777777'", 1), ("'#595959'", 0)])
def test_contrast_is_asked_for_up_to_the_limit(colour: str, count: int, tmp_path: Path) -> None:
    # 4.48:1 on white is too little, 7:1 is enough on white and on the tint.
    assert len(places(tmp_path, f"text: {{header: {{colour: {colour}}}}}")) == count


def test_large_text_may_be_paler(tmp_path: Path) -> None:
    pale = "colour: '#8a8a8a'"  # 3.45:1
    assert places(tmp_path, f"text: {{cover-title: {{{pale}, size: 18pt, bold: false}}}}") == []
    assert places(tmp_path, f"text: {{cover-title: {{{pale}, size: 14pt, bold: true}}}}") == []
    assert len(places(tmp_path, f"text: {{cover-title: {{{pale}, size: 14pt, bold: false}}}}")) == 1
    assert len(places(tmp_path, f"text: {{cover-title: {{{pale}, size: 13.5pt, bold: true}}}}")) == 1


def test_the_watermark_is_meant_to_be_pale(tmp_path: Path) -> None:
    assert places(tmp_path, "colours: {watermark: '#fafafa'}") == []


def test_labels_of_lists_are_text_too(tmp_path: Path) -> None:
    assert places(tmp_path, "lists: {colour: '#cccccc'}") == [(1, 17)]


def test_white_on_a_dark_header_row_is_fine(tmp_path: Path) -> None:
    assert places(tmp_path, "table: {header_fill: accent}\ntext: {table-header: {colour: '#fff'}}") == []


def test_the_named_colour_is_blamed_when_it_is_what_changed(tmp_path: Path) -> None:
    assert places(tmp_path, "colours:\n  grey: '#bbbbbb'\n") == [(2, 9)]


def test_the_key_is_blamed_when_it_names_a_colour_that_was_pale_before(tmp_path: Path) -> None:
    assert places(tmp_path, "text:\n  header: {colour: rule}\n") == [(2, 20)]


def test_the_ground_is_blamed_when_it_is_what_changed(tmp_path: Path) -> None:
    assert places(tmp_path, "colours:\n  tint: '#666666'\n") == [(2, 9)]


def test_the_style_that_changed_last_is_blamed(tmp_path: Path) -> None:
    folder = tmp_path / "styles"
    folder.mkdir()
    (folder / "parent.yaml").write_text("colours: {grey: '#555555'}", encoding="utf-8")
    (folder / "child.yaml").write_text("extends: parent\ncallout: {fill: '#999999'}", encoding="utf-8")
    (warning,) = read_style("child", [folder]).findings
    assert str(warning.where) == f"{folder / 'child.yaml'}:2:17"
