"""An Office document → what it says of itself that may be a marking: its properties, and labels that programs put into it. Runs in the worker's process."""

from __future__ import annotations

import zipfile
from pathlib import Path

from briefpack.annexes.converting.office_look import DAMAGE, Parts
from briefpack.annexes.foreign import Kind
from briefpack.inscription import SAYS_A_MARKING, Inscription, properties

_PARTS = r"docProps/(core|custom)\.xml|customXml/item\d+\.xml|docMetadata/LabelInfo\.xml|meta\.xml"
_TELLING = {
    "title": "title",
    "subject": "subject",
    "keywords": "keywords",
    "keyword": "keywords",
    "category": "category",
    "contentStatus": "status",
}
"""Elements of core properties (ECMA-376, part 2, 11.1) and of OpenDocument's meta.xml (part 3, 4.3)."""
_LABEL = "Classification"
"""Element of a confidentiality label (ADatP-4774)."""


def office_properties(path: Path, kind: Kind) -> tuple[Inscription, ...]:
    """What it says; () for formats before 2007, which are not looked into."""
    if kind.name not in {"docx", "xlsx", "pptx", "odt", "ods", "odp", "odg"}:
        return ()
    said: list[tuple[str, str]] = []
    try:
        with zipfile.ZipFile(path) as archive:
            parts = Parts(archive)
            for name in sorted(parts.like(_PARTS)):
                said += _said(parts, name)
    except DAMAGE:
        # Whether it is damaged is told elsewhere.
        pass
    return properties(said)


def _said(parts: Parts, part: str) -> list[tuple[str, str]]:
    """Names of properties of one part and their values."""
    said: list[tuple[str, str]] = []
    ours = not part.startswith("customXml/")

    def start(element: str, attributes: dict[str, str]) -> None:
        # Elements within a property, such as vt:lpwstr, belong to it.
        if element in {"property", "user-defined"}:
            said.append((attributes.get("name", ""), ""))
        elif element == _LABEL or (ours and element in _TELLING):
            said.append((_TELLING.get(element, element), ""))

    def text(content: str) -> None:
        if parts.within("property", "user-defined", _LABEL, *(_TELLING if ours else ())):
            name, words = said[-1]
            said[-1] = name, words + content

    parts.walk(part, start, text)
    known = {*_TELLING.values(), _LABEL}
    return [(name, words) for name, words in said if name in known or SAYS_A_MARKING.search(name)]
