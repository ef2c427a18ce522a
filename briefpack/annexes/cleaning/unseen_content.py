"""Content streams of a clean file → the same without what no reader can see in them: comments, private data of marks, points that are marked for a program."""

from __future__ import annotations

import re

import pikepdf
from pikepdf import (
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Operator,
    Pdf,
    Stream,
)

from briefpack.annexes.cleaning.marks import LARGEST, Instruction
from briefpack.annexes.values import content_streams

_MAY_HIDE = re.compile(rb"%|\b(?:BDC|DP|MP)\b|\bBI\b[\s/]")
"""What must be in a stream that is worth taking apart."""
_COMMENT = re.compile(rb"(?:\A|[\s\[\]<>)/])%")
_SAID = frozenset({"/MCID", "/ActualText", "/Alt", "/E", "/Lang", "/Type", "/Subtype", "/Attached", "/BBox"})
"""What marks say to readers of the text and to paginators (ISO 32000-2, 14.8.2.2 and 14.9)."""
_OF_PICTURE = frozenset(
    [
        *("/BitsPerComponent", "/ColorSpace", "/Decode", "/DecodeParms", "/Filter", "/Height", "/ImageMask"),
        *("/Interpolate", "/Intent", "/Width", "/L", "/Length"),
    ]
)
"""Entries of an inline image (ISO 32000-2, table 91)."""


def remove_unseen(new: Pdf) -> None:
    """Rewrite the content of pages, forms, patterns and glyphs where something is hidden in it; the rest keeps its bytes."""
    done: set[tuple[int, int]] = set()
    for page in new.pages:
        for part in content_streams(page.obj):
            _rewrite(part, done)
    for item in new.objects:
        if not isinstance(item, Stream):
            if isinstance(item, Dictionary) and item.get("/Subtype") == Name.Type3:
                glyphs = item.get("/CharProcs", Dictionary())
                for name in glyphs if isinstance(glyphs, Dictionary) else ():
                    glyph = glyphs[str(name)]
                    if isinstance(glyph, Stream):
                        _rewrite(glyph, done)
        elif item.get("/Subtype") == Name.Form or item.get("/PatternType") == 1:
            _rewrite(item, done)


def _rewrite(stream: Stream, done: set[tuple[int, int]]) -> None:
    if stream.objgen in done:
        return
    done.add(stream.objgen)
    try:
        content = stream.read_bytes()
        if len(content) > LARGEST or not _MAY_HIDE.search(content):
            return
        instructions = pikepdf.parse_content_stream(stream)
    except (pikepdf.PdfError, UnicodeDecodeError):
        # It cannot be taken apart, here or in the reader.
        return
    kept: list[Instruction | bytes] = [made for made in map(_bare, instructions) if made is not None]
    changed = len(kept) != len(instructions) or any(
        a is not b for a, b in zip(kept, instructions, strict=True)
    )
    if changed or _has_comments(content):
        stream.write(_written(kept))


def _written(parts: list[Instruction | bytes]) -> bytes:
    written: list[bytes] = []
    waiting: list[Instruction] = []
    for part in parts:
        if isinstance(part, bytes):
            written += [pikepdf.unparse_content_stream(waiting), part]
            waiting = []
        else:
            waiting.append(part)
    return b"\n".join([*written, pikepdf.unparse_content_stream(waiting)])


def _has_comments(content: bytes) -> bool:
    """Whether there may be comments; a percent sign at the beginning of a word of text looks like one."""
    return _COMMENT.search(content) is not None


def _bare(instruction: Instruction) -> Instruction | bytes | None:
    """An instruction itself, another in its place, or None for nothing."""
    if isinstance(instruction, ContentStreamInlineImage):
        return _bare_picture(instruction)
    operator = str(instruction.operator)
    if operator in {"MP", "DP"}:
        return None
    if operator != "BDC":
        return instruction
    operands = list(instruction.operands)
    held = operands[1] if len(operands) == 2 else None
    if not isinstance(held, Dictionary) or set(map(str, held)) <= _SAID:
        return instruction
    said = Dictionary({str(key): held[str(key)] for key in held if str(key) in _SAID})
    return ContentStreamInstruction([operands[0], said], Operator("BDC"))


def _bare_picture(instruction: ContentStreamInlineImage) -> Instruction | bytes:
    picture = instruction.iimage
    # Its names are written in full here.
    entries = picture.obj
    if set(map(str, entries)) <= _OF_PICTURE:
        return instruction
    head = b" ".join(
        key.encode() + b" " + _plain(entries[key]) for key in map(str, entries) if key in _OF_PICTURE
    )
    return b"BI " + head + b" ID " + picture.read_raw_bytes() + b"\nEI"


def _plain(value: object) -> bytes:
    return pikepdf.Array([value]).unparse().strip()[1:-1].strip()
