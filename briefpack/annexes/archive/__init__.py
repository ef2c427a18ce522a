"""Can a file be kept in an archive? What stands against it is told, by fact and by page; mend.py puts right what can be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Pdf, Stream

from briefpack.annexes.archive.colours import filter_faults
from briefpack.annexes.archive.content import Contents
from briefpack.annexes.archive.faults import Fact, Faults, archive
from briefpack.annexes.archive.fonts import font_faults, is_embedded, shown_name

_STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9a-fA-F]*>", re.DOTALL)
_WIDE = re.compile(rb"(?<![\w.])[+-]?\d{10,}(?![\w.])|/[^\s/<>\[\](){}%]{128}")
_LONGEST_STRING = 32_767
_HIGH = re.compile(rb"/[^\s/<>\[\](){}%]*(?:#[89A-Fa-f][0-9A-Fa-f]|[\x80-\xff])")


def look_at(pdf: Pdf, faults: Faults, *, takes_cmyk: bool = False) -> tuple[tuple[str, bool], ...]:
    """Add what stands in the content of a file against PDF/A-2, and against PDF/UA-1 in its fonts.

    takes_cmyk: its colours mean CMYK, not sRGB. Returns the fonts that text is shown in, and whether each is embedded.
    """
    contents = Contents(takes_cmyk=takes_cmyk)
    for number, page in enumerate(pdf.pages, 1):
        faults.add(contents.read(page.obj, number), [number])
    used = list(contents.fonts.values())
    for use in used:
        faults.add(font_faults(use), use.pages or use.hidden)
    faults.add(_of_objects(pdf), [])
    return tuple(sorted({(shown_name(use.font), is_embedded(use.font)) for use in used if use.pages}))


def _of_objects(pdf: Pdf) -> Iterator[Fact]:
    """What PDF/A asks of every object, used or not: how it is compressed, and its size (ISO 19005-2, 6.1.7 and 6.1.13)."""
    for item in pdf.objects:
        if isinstance(item, Stream):
            words = item.stream_dict.unparse()
            yield from filter_faults(item)
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
