"""Can a clean file be part of an archive? What is cheap to put right is put right; what is left is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Pdf, Stream

from briefpack.annexes.archive.content import Contents
from briefpack.annexes.archive.faults import Fact, Faults, archive
from briefpack.annexes.archive.fonts import font_faults
from briefpack.annexes.archive.mend import mend

_STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9a-fA-F]*>", re.DOTALL)
_WIDE = re.compile(rb"(?<![\w.])[+-]?\d{10,}(?![\w.])|/[^\s/<>\[\](){}%]{128}")
_LONGEST_STRING = 32_767
_HIGH = re.compile(rb"/[^\s/<>\[\](){}%]*(?:#[89A-Fa-f][0-9A-Fa-f]|[\x80-\xff])")


def look_at(new: Pdf, faults: Faults) -> None:
    """Mend a file that is about to be saved, and add what stands against the claims of a pack that it is bound into."""
    mend(new)
    contents = Contents()
    for number, page in enumerate(new.pages, 1):
        faults.add(contents.read(page.obj, number), [number])
    for use in contents.fonts.values():
        faults.add(font_faults(use), use.pages)
    faults.add(_limits(new), [])


def _limits(new: Pdf) -> Iterator[Fact]:
    """Sizes of things beyond what PDF/A allows (ISO 19005-2, 6.1.13), wherever they are."""
    for item in new.objects:
        if isinstance(item, Stream):
            words = item.stream_dict.unparse()
        elif isinstance(item, (Array, Dictionary)):
            words = item.unparse(resolved=True)
        else:
            continue
        if len(words) > _LONGEST_STRING and any(
            len(found[0]) > _LONGEST_STRING for found in _STRING.finditer(words)
        ):
            yield archive("it has a text of more than 32,767 bytes")
        if _WIDE.search(words) and _WIDE.search(_STRING.sub(b"()", words)):
            yield archive("it has a number or a name beyond the limits of PDF/A")
        if _HIGH.search(words) and not _is_utf8(_STRING.sub(b"()", words)):
            yield archive("it has a name that is not written in UTF-8")


def _is_utf8(words: bytes) -> bool:
    plain = re.sub(rb"#([0-9a-fA-F]{2})", lambda found: bytes.fromhex(found[1].decode("ascii")), words)
    try:
        plain.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
