"""The bytes of PDF objects → plain values: ISO 32000-2, 7.2 and 7.3, read leniently, since what a viewer forgives must be read here, too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

DEEPEST = 100
"""Arrays and dictionaries in one another."""


class Name(str):
    """A name object, without its slash, its #xx resolved (7.3.5)."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """An indirect reference (7.3.10). Generations are not told apart: files that reuse numbers are read in every state that they had."""

    number: int


Dict: TypeAlias = dict[str, "Value"]
Value: TypeAlias = "bool | int | float | Name | bytes | Ref | list[Value] | Dict | None"
"""bytes: a string."""

_TOKEN = re.compile(
    rb"(?:[\0\t\n\f\r ]++|%[^\r\n]*+)*+"
    rb"(?:(\d{1,10}+)[\0\t\n\f\r ]++(\d{1,10}+)[\0\t\n\f\r ]++R(?![^\0\t\n\f\r ()<>\[\]{}/%])"  # 1, 2: a reference
    rb"|([-+]?[\d.]++(?:[-+.\d]*+))"  # 3: a number
    rb"|/([^\0\t\n\f\r ()<>\[\]{}/%]*+)"  # 4: a name
    rb"|\(((?:[^()\\]++|\\.)*+)\)"  # 5: a string without brackets in it
    rb"|(\()"  # 6: a string with some
    rb"|(<<|>>|\[|\])"  # 7
    rb"|<([0-9A-Fa-f\0\t\n\f\r ]*+)>?"  # 8: a string of digits
    rb"|([^\0\t\n\f\r ()<>\[\]{}/%]++)"  # 9: a word
    rb"|([(){}>]))",  # 10: what belongs nowhere
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|[\s\S]))|\r\n?")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_BRACKET = re.compile(rb"\\.|[()]", re.DOTALL)
_HEXED = re.compile(r"#([0-9A-Fa-f]{2})")
_WORDS: dict[bytes, bool | None] = {b"true": True, b"false": False, b"null": None}
_NO_DIGITS = re.compile(rb"[^0-9A-Fa-f]+")
_COMMENT = re.compile(rb"\((?:[^()\\]++|\\.)*+\)|%([^\r\n]*+)", re.DOTALL)
_SKIPPED = re.compile(rb"(?:[\0\t\n\f\r ]++|%[^\r\n]*+)*+")


class BadSyntaxError(ValueError):
    """There is no object where one should be."""


def value_at(view: bytes, at: int = 0, *, end: int | None = None) -> tuple[Value, int]:
    """The object at a place, and where it ends. end: of what is looked at. Raises BadSyntaxError.

    What closes too early or not at all is closed where it ends; what no array or dictionary may hold is left out.
    """
    stop = len(view) if end is None else end
    open_ones: list[list[Value]] = []
    kinds: list[bytes] = []
    while True:
        token = _TOKEN.match(view, at, stop)
        if token is None:
            if not open_ones:
                raise BadSyntaxError("the file ends where an object should be")
            return _closed_all(open_ones, kinds), stop
        at = token.end()
        value: Value
        match token.lastindex:
            case 4:
                value = name_of(token[4])
            case 2:
                value = Ref(int(token[1]))
            case 3:
                value = _number(token[3])
            case 5:
                value = text_of(token[5])
            case 6:
                closed = closing(view, at, stop)
                value = text_of(view[at:closed])
                at = min(closed + 1, stop)
            case 7:
                word = token[7]
                if word in {b"<<", b"["}:
                    if len(open_ones) >= DEEPEST:
                        raise BadSyntaxError(f"arrays and dictionaries are nested more than {DEEPEST} deep")
                    open_ones.append([])
                    kinds.append(word)
                    continue
                if not open_ones:
                    raise BadSyntaxError("an array or dictionary ends that never began")
                value = _closed(open_ones.pop(), kinds.pop())
            case 8:
                value = digits_of(token[8])
            case 9:
                if token[9] in _WORDS:
                    value = _WORDS[token[9]]
                elif token[9] in {b"endobj", b"stream", b"endstream", b"obj", b"xref", b"trailer"}:
                    if not open_ones:
                        raise BadSyntaxError("there is no object")
                    return _closed_all(open_ones, kinds), token.start(9)
                elif open_ones:
                    continue
                else:
                    raise BadSyntaxError("there is no object")
            case _:
                if not open_ones:
                    raise BadSyntaxError("there is no object")
                continue
        if not open_ones:
            return value, at
        open_ones[-1].append(value)


def after_blanks(view: bytes, at: int) -> int:
    """The place behind white space and comments."""
    found = _SKIPPED.match(view, at)
    return at if found is None else found.end()


def comments_in(view: bytes) -> tuple[bytes, ...]:
    """Comments (7.2.4), which no viewer looks at. view: objects, without the data of streams."""
    return tuple(found[1] for found in _COMMENT.finditer(view) if found[1] is not None)


def _closed(items: list[Value], kind: bytes) -> Value:
    if kind == b"[":
        return items
    made: Dict = {}
    at = 0
    while at < len(items):
        key = items[at]
        if isinstance(key, Name):
            if at + 1 < len(items):
                # A key that comes twice: readers take one or the other, so both are kept.
                made[key if key not in made else f"{key} (again, {at})"] = items[at + 1]
            else:
                made[key] = None
            at += 2
        else:
            made[f"(no key, {at})"] = key
            at += 1
    return made


def _closed_all(open_ones: list[list[Value]], kinds: list[bytes]) -> Value:
    value = _closed(open_ones.pop(), kinds.pop())
    while open_ones:
        open_ones[-1].append(value)
        value = _closed(open_ones.pop(), kinds.pop())
    return value


def closing(view: bytes, at: int, stop: int) -> int:
    """Where the bracket is that closes a string whose content begins at a place (7.3.4.2); the end where there is none."""
    depth = 1
    for found in _BRACKET.finditer(view, at, stop):
        if found[0] == b"(":
            depth += 1
        elif found[0] == b")":
            depth -= 1
            if not depth:
                return found.start()
    return stop


def _number(word: bytes) -> int | float:
    try:
        return int(word) if len(word) <= 20 else 0
    except ValueError:
        try:
            return float(word)
        except ValueError:
            return 0


def name_of(raw: bytes) -> Name:
    """The name that stands behind a slash. In UTF-8, as PDF 2.0 has it; byte by byte where it is not."""
    if b"#" in raw:
        raw = _HEXED.sub(lambda found: chr(int(found[1], 16)), raw.decode("latin-1")).encode("latin-1")
    try:
        return Name(raw.decode())
    except UnicodeDecodeError:
        return Name(raw.decode("latin-1"))


def text_of(raw: bytes) -> bytes:
    """The bytes that a string in brackets stands for."""
    return _ESCAPE.sub(_resolved, raw) if b"\\" in raw or b"\r" in raw else raw


def _resolved(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes([int(found[1], 8) & 255])
    if found[2] is None:
        return b"\n"
    if found[2] in {b"\n", b"\r", b"\r\n"}:
        return b""
    return _ESCAPED.get(found[2], found[2])


def digits_of(raw: bytes) -> bytes:
    """The bytes that a string of hexadecimal digits stands for; a digit that is missing at the end is 0."""
    digits = _NO_DIGITS.sub(b"", raw)
    return bytes.fromhex((digits + b"0" if len(digits) % 2 else digits).decode())
