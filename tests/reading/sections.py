"""Reads one section of a small pack, for the tests of what sections may hold."""

from __future__ import annotations

from pathlib import Path

from briefpack.errors import Diagnostic
from briefpack.pack import AuthorSection, Pack
from briefpack.reading.read_pack import PackReading, read_pack

PACK = """title: Visit
as_of: 2025-04-02
sections: [sections/01-first.yaml]
audiences:
  minister: {parts: [objective, points]}
  press: {tags: [public]}
  desk:
"""


class Reader:
    """A pack's folder with one section file."""

    def __init__(self, folder: Path, png: bytes) -> None:
        self.folder = folder
        (folder / "sections").mkdir(parents=True)
        (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
        (folder / "p.png").write_bytes(png)

    def reading(self, text: str) -> PackReading:
        (self.folder / "sections" / "01-first.yaml").write_text(f"title: First\n{text}", encoding="utf-8")
        return read_pack(self.folder)

    def pack(self, text: str) -> Pack:
        """The pack, in which nothing is wrong."""
        reading = self.reading(text)
        assert reading.pack is not None, reading.findings.items
        assert not reading.findings.items, reading.findings.items
        return reading.pack

    def section(self, text: str) -> AuthorSection:
        return self.pack(text).sections[0]

    def findings(self, text: str) -> list[Diagnostic]:
        return list(self.reading(text).findings)

    def told(self, text: str) -> list[tuple[str, int, str]]:
        """Severity, line and message of all that was found; the title is on line 1."""
        return [
            (found.severity.value, found.where.line, found.message)
            for found in self.findings(text)
            if found.where is not None
        ]
