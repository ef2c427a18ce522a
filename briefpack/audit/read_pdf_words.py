"""Every string in a PDF's objects → passages with their places: titles, comments, texts for pictures, properties, scripts, names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from briefpack.audit.gathering import Gathering
from briefpack.audit.read_pdf_objects import Item, PdfFile
from briefpack.audit.read_pdf_syntax import Dict, Name, Value, name_of
from briefpack.audit.read_pdf_tree import Spot
from briefpack.audit.seen import OUTLINE, Seat

_PDF_DOC = "".join(
    (
        *map(chr, range(0x18)),
        "\u02d8\u02c7\u02c6\u02d9\u02dd\u02db\u02da\u02dc",
        *map(chr, range(0x20, 0x80)),
        (
            "\u2022\u2020\u2021\u2026\u2014\u2013\u0192\u2044\u2039\u203a\u2212\u2030\u201e\u201c\u201d\u2018\u2019\u201a\u2122"
            "\ufb01\ufb02\u0141\u0152\u0160\u0178\u017d\u0131\u0142\u0153\u0161\u017e\ufffd\u20ac"
        ),
        *map(chr, range(0xA1, 0x100)),
    )
)
"""PDFDocEncoding (ISO 32000-2, annex D.3)."""
_LANGUAGE = re.compile("\x1b[^\x1b]*\x1b")
"""A language inside a text string (7.9.2.2)."""
_NAME = re.compile(rb"/([^\0\t\n\f\r ()<>\[\]{}/%]+)")


def text_string(raw: bytes) -> str:
    """7.9.2.2; UTF-16 with its bytes swapped, too, since viewers read it."""
    if raw.startswith(b"\xfe\xff"):
        said = raw[2:].decode("utf-16-be", "replace")
    elif raw.startswith(b"\xef\xbb\xbf"):
        said = raw[3:].decode("utf-8", "replace")
    elif raw.startswith(b"\xff\xfe"):
        said = raw[2:].decode("utf-16-le", "replace")
    else:
        return raw.decode("latin-1").translate(_DOC_TABLE)
    return _LANGUAGE.sub("", said) if "\x1b" in said else said


_DOC_TABLE = {code: char for code, char in enumerate(_PDF_DOC) if code != ord(char)}

_KEYS: Mapping[str, tuple[Seat, str]] = {
    "Alt": (Seat.HIDDEN, "a text for a picture (alternative text)"),
    "ActualText": (Seat.HIDDEN, "a text for screen readers (actual text)"),
    "E": (Seat.HIDDEN, "what an abbreviation stands for (expansion text)"),
    "URI": (Seat.HIDDEN, "the address of a link"),
    "JS": (Seat.HIDDEN, "a script"),
    "Lang": (Seat.NAME, "the language of a text"),
}
_FIELD: Mapping[str, tuple[Seat, str]] = {
    "T": (Seat.NAME, "the name of a form field"),
    "TU": (Seat.HIDDEN, "the description of a form field"),
    "TM": (Seat.NAME, "the name of a form field for export"),
    "V": (Seat.HIDDEN, "what is filled in in a form field"),
    "DV": (Seat.HIDDEN, "the default of a form field"),
    "RV": (Seat.HIDDEN, "what is filled in in a form field"),
    "Opt": (Seat.HIDDEN, "a choice in a form field"),
    "CA": (Seat.HIDDEN, "the caption of a button"),
    "RC": (Seat.HIDDEN, "the caption of a button"),
    "AC": (Seat.HIDDEN, "the caption of a button"),
    "DA": (Seat.NAME, "the look of a form field"),
}
_ANNOTATION: Mapping[str, tuple[Seat, str]] = {
    "Contents": (Seat.HIDDEN, "a comment"),
    "RC": (Seat.HIDDEN, "a comment"),
    "T": (Seat.HIDDEN, "the author of a comment"),
    "Subj": (Seat.HIDDEN, "the subject of a comment"),
    "NM": (Seat.NAME, "the name of a comment"),
    "OverlayText": (Seat.HIDDEN, "the text over a redaction"),
    "Dest": (Seat.NAME, "where a link leads"),
    "D": (Seat.NAME, "where a link leads"),
    "DA": (Seat.NAME, "the look of a comment"),
    "DS": (Seat.NAME, "the look of a comment"),
}
_SPEC: Mapping[str, tuple[Seat, str]] = {
    "F": (Seat.NAME, "the name of an attachment or other file"),
    "UF": (Seat.NAME, "the name of an attachment or other file"),
    "DOS": (Seat.NAME, "the name of an attachment or other file"),
    "Mac": (Seat.NAME, "the name of an attachment or other file"),
    "Unix": (Seat.NAME, "the name of an attachment or other file"),
    "Desc": (Seat.HIDDEN, "the description of an attachment"),
}
_ELEMENT: Mapping[str, tuple[Seat, str]] = {
    "T": (Seat.HIDDEN, "a title in the structure tree"),
    "ID": (Seat.NAME, "an id in the structure tree"),
    "C": (Seat.NAME, "a class in the structure tree"),
}


class Words:
    """Writes down the strings of objects."""

    __slots__ = ("_file", "_found", "_names", "_raw_names")

    def __init__(self, file: PdfFile, found: Gathering) -> None:
        self._file = file
        self._found = found
        self._names: dict[str, None] = {}
        self._raw_names: set[bytes] = set()

    def read(self, item: Item, spot: Spot) -> None:
        plain = item.plain()
        if plain is not None:
            self._raw_names.update(_NAME.findall(plain))
        else:
            self._walk(item.value, spot)
        for comment in item.comments:
            self._found.say(
                Seat.HIDDEN, f"object {spot.number}, beside its content", _lenient(comment), spot.page
            )

    def trailer(self, entries: Dict) -> None:
        """What stands in a trailer itself (7.5.5). Its ids are no text."""
        for key, value in entries.items():
            if key != "ID":
                self._walk({key: value}, Spot(0, info=key == "Info"))

    def close(self) -> None:
        """Write down the names that objects had."""
        self._names.update((name_of(name), None) for name in sorted(self._raw_names))
        self._found.say_all(Seat.NAME, "the names of its objects", self._names)

    def _walk(self, value: Value, spot: Spot) -> None:
        stack: list[tuple[Value, Dict, str]] = [(value, {}, "")]
        while stack:
            value, around, key = stack.pop()
            if isinstance(value, Name):
                self._names[value] = None
            elif isinstance(value, bytes):
                self._say(value, around, key, spot)
            elif isinstance(value, list):
                stack.extend((one, around, key) for one in reversed(value))
            elif isinstance(value, dict):
                self._names.update(dict.fromkeys(value))
                stack.extend((one, value, name) for name, one in reversed(value.items()))

    def _say(self, raw: bytes, around: Dict, key: str, spot: Spot) -> None:
        text = text_string(raw)
        if spot.apart:
            self._found.say(Seat.HIDDEN, f"object {spot.number}, {spot.apart}", text, spot.page)
            return
        seat, what = (Seat.METADATA, f"the properties ({key})") if spot.info else _seat(around, key, spot)
        place = what if spot.page is None else f"page {spot.page}, {what}"
        if seat is Seat.NAME:
            self._found.say_once(seat, place, text)
        else:
            self._found.say(seat, place, text, spot.page)


def _seat(around: Dict, key: str, spot: Spot) -> tuple[Seat, str]:
    """The seat and place of a string by the dictionary that it stands in and its key there."""
    known = _KEYS.get(key)
    if known is not None:
        return known
    if key == "Title" and "Parent" in around:
        return Seat.NAME, OUTLINE
    for tables, fits in (
        (_SPEC, "EF" in around or "UF" in around or around.get("Type") in {"Filespec", "F"}),
        (_FIELD, "FT" in around or around.get("Subtype") == "Widget"),
        (_ELEMENT, "S" in around and ("K" in around or around.get("Type") == "StructElem")),
        (
            _ANNOTATION,
            "Subtype" in around or "Rect" in around or around.get("S") in {"GoTo", "GoToR", "GoToE"},
        ),
        (_FIELD, "T" in around or "Kids" in around),
    ):
        if fits and key in tables:
            return tables[key]
    if key == "Names" or (key == "Limits" and len(around) <= 3):
        return Seat.NAME, "its named destinations and other names"
    if key == "Name" and around.get("Type") in {"OCG", "OCMD"}:
        return Seat.NAME, "the name of a layer"
    if key == "P" and set(around) <= {"P", "S", "St", "Type"}:
        return Seat.NAME, "the page labels"
    if key in {"CreationDate", "ModDate", "M", "LastModified", "ID"}:
        return Seat.METADATA, f"object {spot.number} ({key})"
    return Seat.HIDDEN, f"object {spot.number} ({key})" if key else f"object {spot.number}"


def _lenient(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def between(file: PdfFile) -> Iterator[tuple[str, str]]:
    """Places and texts of what stands between objects, where viewers do not look."""
    for at, raw in file.between:
        text = _lenient(raw)
        # A file begins with its version and a comment of four bytes that tells programs that it is no text (7.5.2).
        if not at and text.startswith("%PDF-"):
            text = _HEADER.sub("", text, count=1)
        text = _ORDINARY.sub(" ", text)
        if not text.isspace():
            yield f"between its objects, at byte {at:,}", text


_HEADER = re.compile(r"%PDF-\d\.\d[\r\n \t]*(?:%[^\x20-\x7e]{1,8}[\r\n]*)?")
_ORDINARY = re.compile(r"\b(?:endobj|endstream)\b")
