"""Which annex files are set in the pack's style, and as what: by their names, and by their first bytes where a name says nothing. Pure."""

from __future__ import annotations

from enum import Enum
from pathlib import Path


class SetKind(Enum):
    """What is set: by the name of the file, and by its content where the name says nothing."""

    MARKDOWN = "markdown"
    TEXT = "text"
    LETTER = "letter"
    CSV = "csv"
    SVG = "svg"


MOST_BYTES = {
    SetKind.MARKDOWN: 4 << 20,
    SetKind.TEXT: 4 << 20,
    SetKind.LETTER: 64 << 20,
    SetKind.CSV: 4 << 20,
    SetKind.SVG: 2 << 20,
}
"""Of a file of each kind. A message may be long for what is attached to it."""

_BY_NAME = {
    ".md": SetKind.MARKDOWN,
    ".markdown": SetKind.MARKDOWN,
    ".txt": SetKind.TEXT,
    ".text": SetKind.TEXT,
    ".log": SetKind.TEXT,
    ".eml": SetKind.LETTER,
    ".csv": SetKind.CSV,
    ".tsv": SetKind.CSV,
    ".svg": SetKind.SVG,
}
_BY_CONTENT = {
    "an e-mail message": SetKind.LETTER,
    "a plain text file": SetKind.TEXT,
    "a picture (SVG)": SetKind.SVG,
}
_PICTURE = "a picture (SVG)"
_TEXTUAL = frozenset(
    {*_BY_CONTENT, "a web page", "an XML file", "no PDF, nor anything else that is known here"}
)


def kind_to_set(path: Path, start: bytes) -> SetKind | None:
    """What a file is set as; None for what has pages of its own, or is refused. start: its first bytes.

    Its name decides among texts; what is no text is none, whatever its name.
    """
    from briefpack.annexes.foreign import kind_of

    kind = kind_of(start)
    if kind is None:
        return None
    named = _BY_NAME.get(path.suffix.lower())
    if named is SetKind.SVG:
        # What only calls itself one is refused as what it is.
        return named if kind in {_PICTURE, "an XML file"} else None
    if named is not None:
        # A text may begin as other files do: with BM, as a bitmap.
        plain = b"\0" not in start and not any(byte < 8 for byte in start)
        return named if kind in _TEXTUAL or (plain and kind != "an empty file") else None
    # Where a name says something else, intake tells of it; and a PDF without its header looks like text.
    return _BY_CONTENT.get(kind) if path.suffix == "" and b" obj" not in start else None
