"""The names that content streams use → the fonts and other resources of a PDF that they stand for (ISO 32000-2, 7.8.3)."""

from __future__ import annotations

from briefpack.audit.gathering import Allowance
from briefpack.audit.read_pdf_fonts import Font, font_of
from briefpack.audit.read_pdf_objects import Item, PdfFile
from briefpack.audit.read_pdf_syntax import Dict, Ref, Value

_MOST_WAYS = 8
"""Fonts that have the same name in different resources."""


class Resources:
    """What names mean in one file. Fonts are read once."""

    __slots__ = ("_allowance", "_by_name", "_file", "_fonts")

    def __init__(self, file: PdfFile, allowance: Allowance) -> None:
        self._file = file
        self._allowance = allowance
        self._fonts: dict[int, tuple[Font, Dict]] = {}
        self._by_name: dict[tuple[int, str], tuple[Font | None, Dict]] = {}

    def of_page(self, entries: Dict) -> Dict:
        """The resources of a page: those of the pages above where it has none (7.7.3.4)."""
        for _ in range(40):
            if "Resources" in entries:
                return self._file.dictionary(entries["Resources"])
            entries = self._file.dictionary(entries.get("Parent"))
        return {}

    def font(self, resources: Dict, name: str) -> Font | None:
        """The font that has a name in resources."""
        fonts = self._file.dictionary(resources.get("Font"))
        key = (id(fonts), name)
        if key not in self._by_name:
            self._by_name[key] = (self.font_at(fonts.get(name)), fonts)
        return self._by_name[key][0]

    def font_at(self, value: Value) -> Font | None:
        item = self._file.item(value)
        entries = item.entries if item is not None else self._file.dictionary(value)
        if not entries:
            return None
        key = id(entries)
        known = self._fonts.get(key)
        if known is None:
            # The dictionary is kept, so that no other can come to have its id.
            known = self._fonts[key] = (font_of(entries, self._file, self._allowance), entries)
        return known[0]

    def named(self, resources: Dict, kind: str, name: str) -> tuple[Item | None, Dict]:
        """What has a name in resources."""
        value = self._file.dictionary(resources.get(kind)).get(name)
        item = self._file.item(value)
        return item, item.entries if item is not None else self._file.dictionary(value)


def fonts_by_name(file: PdfFile) -> dict[str, list[Value]]:
    """Every font by the names that any resources have for it, for streams whose resources nobody knows."""
    made: dict[str, list[Value]] = {}
    met: set[int] = set()
    for item in file.items:
        if item.plain() is not None and b"/Font" not in (item.source or b""):
            continue
        stack: list[Value] = [item.value]
        while stack:
            value = stack.pop()
            if isinstance(value, dict):
                fonts = file.dictionary(value.get("Font"))
                names = () if id(fonts) in met else fonts.items()
                if fonts:
                    met.add(id(fonts))
                for name, font in names:
                    known = made.get(name, [])
                    if isinstance(font, (Ref, dict)) and font not in known and len(known) < _MOST_WAYS:
                        made[name] = [*known, font]
                stack.extend(one for one in value.values() if isinstance(one, (dict, list)))
            elif isinstance(value, list):
                stack.extend(one for one in value if isinstance(one, (dict, list)))
    return made
