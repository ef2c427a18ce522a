"""Everything that a finished file says, seen or unseen: text, properties, bookmarks, names of parts, attributes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf
from lxml import etree

from tests.conformance.built import Built


def said_by_pdf(built: Built) -> Iterator[str]:
    """Every line that two readers see, every string of every object, and the words of the metadata."""
    for page in (*built.text_of_pdfium, *built.text_of_poppler):
        yield from page.split("\n")
    for item in (*built.pikepdf.objects, built.pikepdf.trailer):
        yield from (str(found) for found in _scalars(item) if isinstance(found, pikepdf.String))
        if isinstance(item, pikepdf.Stream) and item.get("/Type") == "/Metadata":
            yield from etree.fromstring(item.read_bytes()).itertext()


def written_in_pdf(built: Built) -> Iterator[str]:
    """Every string and name, and all streams but pictures and fonts, decoded."""
    for item in (*built.pikepdf.objects, built.pikepdf.trailer):
        yield from map(str, _scalars(item))
        if isinstance(item, pikepdf.Stream) and not _is_binary(item):
            yield item.read_bytes().decode("latin-1")


def _is_binary(stream: pikepdf.Stream) -> bool:
    """Pictures and fonts."""
    return stream.get("/Subtype") == "/Image" or "/Length1" in stream


def _scalars(item: Any) -> Iterator[pikepdf.Object]:
    """Strings and names within one object, not following references."""
    if isinstance(item, pikepdf.String | pikepdf.Name):
        yield item
        return
    if isinstance(item, pikepdf.Stream):
        item = item.stream_dict
    values: list[Any] = []
    if isinstance(item, pikepdf.Dictionary):
        keys = list(item.keys())
        yield from map(pikepdf.Name, keys)
        values = [item.get(key) for key in keys]
    elif isinstance(item, pikepdf.Array):
        values = list(item)
    for value in values:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            yield from _scalars(value)


def said_by_word(built: Built) -> Iterator[str]:
    """Every part: its name, the words of its paragraphs together, each piece of text and each attribute; the same of the
    workbooks behind charts."""
    yield from _said_by_parts(built.word.parts)


def _said_by_parts(parts: Mapping[str, bytes]) -> Iterator[str]:
    for name, content in parts.items():
        yield name
        if name.endswith((".xlsx", ".bin")) and zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                yield from _said_by_parts({inner: archive.read(inner) for inner in archive.namelist()})
        if not name.endswith((".xml", ".rels")):
            continue
        root = etree.fromstring(content)
        for paragraph in root.iter("{*}p"):
            yield "".join(piece for piece in paragraph.itertext())
        for element in root.iter():
            if isinstance(element.tag, str):
                yield element.text or ""
                yield from map(str, element.attrib.values())


def said_by_manifest(built: Built) -> Iterator[str]:
    """The audience's entry."""
    manifest = json.loads((built.folder / "manifest.json").read_text(encoding="utf-8"))
    yield json.dumps(manifest["audiences"][built.audience], ensure_ascii=False)
