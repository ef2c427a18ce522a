"""An audience's share of a pack, cut from the YAML itself and by none of briefpack's own code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import yaml

PARTS = ("objective", "points", "if_raised", "background")


@dataclass(frozen=True)
class Reader:
    """Whoever the pack is cut for. tags, parts: None takes all."""

    name: str
    tags: frozenset[str] | None
    parts: frozenset[str] | None

    def gets(self, node: dict[str, Any]) -> bool:
        names = _listed(node.get("audiences"))
        if names is not None:
            others = {name.removeprefix("not ") for name in names if name.startswith("not ")}
            if (self.name in others) if others else (self.name not in names):
                return False
        tags = _listed(node.get("tags"))
        return tags is None or self.tags is None or bool(self.tags & set(tags))


def share(folder: Path, audience: str | None) -> list[str]:
    """Every text in a pack that an audience gets, Markdown and all; None takes everything. Texts that stand side by
    side, as cells do, are there once more together."""
    pack = _read(folder / "pack.yaml")
    audiences = pack.pop("audiences")
    reader = None
    if audience is not None:
        own = audiences[audience]
        audiences = {audience: own}
        parts = _listed(own.get("parts"))
        tags = _listed(own.get("tags"))
        reader = Reader(
            audience,
            None if tags is None else frozenset(tags),
            None if parts is None else frozenset(parts),
        )
    found = list(_walk({"audience": list(audiences.items())}, None, folder))
    for section in pack.pop("sections"):
        entry = {"file": section} if isinstance(section, str) else section
        if reader is None or reader.gets(entry):
            path = folder / entry["file"]
            found.append(path.name)
            found += _walk(_read(path), reader, folder, brief=True)
    for annex in pack.pop("annexes", []):
        if reader is None or reader.gets(annex):
            found += _walk(annex, reader, folder)
            for name in _files_of(annex):
                found += annex_texts(folder / name)
    return found + list(_walk(pack, reader, folder))


def _walk(node: Any, reader: Reader | None, folder: Path, *, brief: bool = False) -> Iterator[str]:
    """brief: node is a whole section, whose parts an audience may not get."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list | tuple):
        texts = [list(_walk(item, reader, folder)) for item in node]
        for each in texts:
            yield from each
        yield " ".join(text for each in texts for text in each)
    elif isinstance(node, dict) and (reader is None or reader.gets(node)):
        for key, value in node.items():
            if (
                brief
                and key in PARTS
                and reader is not None
                and reader.parts is not None
                and key not in reader.parts
            ):
                continue
            # To whom something goes is for nobody to read; the audiences themselves are looked at above.
            if key in ("audiences", "tags") and reader is not None:
                continue
            if key == "csv":
                yield from (folder / value).read_text(encoding="utf-8").replace(";", " ").splitlines()
            yield from _walk(value, reader, folder)


def _files_of(annex: dict[str, Any]) -> list[str]:
    listed = annex.get("files", [annex.get("file")])
    return [entry["file"] if isinstance(entry, dict) else entry for entry in listed]


def _listed(value: Any) -> list[str] | None:
    return [value] if isinstance(value, str) and value else value or None


@cache
def annex_texts(path: Path) -> tuple[str, ...]:
    return tuple(
        page.get_textpage().get_text_range().replace("\r", "") for page in pypdfium2.PdfDocument(path)
    )


def _read(path: Path) -> Any:
    # Every scalar as it is written.
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes strings only
