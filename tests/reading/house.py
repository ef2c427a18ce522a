"""A project with one style file, for tests of what styles mean."""

from __future__ import annotations

from pathlib import Path

from briefpack.reading.read_style import StyleReading, read_style
from briefpack.style import Style


def reading(tmp_path: Path, text: str) -> StyleReading:
    """Read text as the style "house" of a project in tmp_path."""
    folder = tmp_path / "styles"
    folder.mkdir(exist_ok=True)
    (folder / "house.yaml").write_text(text, encoding="utf-8")
    return read_style("house", [folder])


def style(tmp_path: Path, text: str) -> Style:
    """As reading, when nothing is wrong."""
    result = reading(tmp_path, text)
    assert result.style is not None, result.findings.items
    assert not result.findings.items
    return result.style
