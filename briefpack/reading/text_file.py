"""Bytes of an author's text file → text that is safe to read on, or a finding that says which byte is not."""

from __future__ import annotations

import re
from pathlib import Path

from briefpack.errors import Findings, Where

MAX_BYTES = 2 * 1024 * 1024
_MOST_SHOWN = 5
"""A file full of forbidden characters is one fault, not thousands."""

_CONTROL = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0D})
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
"""Control characters, halves of surrogate pairs, non-characters, and what turns the direction of the text around."""

_FOREIGN = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP, Word or Excel file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


def read_text(path: Path, findings: Findings, shown: Path | None = None) -> str | None:
    """The text of a UTF-8 file within the limits, without its byte order mark. None when it is none; why is in findings.

    shown: the path to name in messages, where it differs from the one to open.
    """
    name = shown or path
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except FileNotFoundError:
        findings.error(Where(name), "there is no such file", "check the name and the folder")
        return None
    except IsADirectoryError:
        findings.error(Where(name), "this is a folder, not a file", "name a file in it")
        return None
    except OSError as error:
        findings.error(Where(name), f"the file cannot be read: {error.strerror}", "check its permissions")
        return None
    if size > MAX_BYTES:
        findings.error(
            Where(name),
            f"the file has {size:,} bytes; the limit is {MAX_BYTES:,}",
            "divide it into several files",
        )
        return None
    return check_text(raw, name, findings)


def check_text(raw: bytes, path: Path, findings: Findings) -> str | None:
    """The text of a file's bytes; see read_text."""
    text = _decode(raw, path, findings)
    if text is None or not has_forbidden(text):
        return text
    for match, _ in zip(_FORBIDDEN.finditer(text), range(_MOST_SHOWN), strict=False):
        line, column = position(text, match.start())
        findings.error(
            Where(path, line, column),
            f"character U+{ord(match.group()):04X} is not allowed in a text file",
            "delete it; it is invisible or changes the direction of the text (often pasted from elsewhere)",
        )
    return None


def has_forbidden(text: str) -> bool:
    """Whether there is a character in it that no text may have."""
    if text.isascii():
        # Twenty times faster than the pattern, and most text is ASCII.
        raw = text.encode("ascii")
        return len(raw.translate(None, _CONTROL)) != len(raw)
    return _FORBIDDEN.search(text) is not None


def position(text: str, offset: int) -> tuple[int, int]:
    """1-based line and column of an offset."""
    before = (text[:offset] + ".").splitlines()
    return len(before), len(before[-1])


def _every_second_is_zero(raw: bytes) -> bool:
    """Whether these are Western letters in UTF-16, without a mark that says so."""
    return len(raw) > 3 and not (any(raw[1::2]) and any(raw[::2]))


def _decode(raw: bytes, path: Path, findings: Findings) -> str | None:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or _every_second_is_zero(raw[:80]):
        findings.error(
            Where(path, 1, 1),
            "the file is UTF-16 text",
            "save it as UTF-8 (in Windows editors: “Encoding: UTF-8”)",
        )
        return None
    for begin, what in _FOREIGN.items():
        if raw.startswith(begin):
            findings.error(
                Where(path, 1, 1), f"this is {what}, not a text file", "name a text file, or save it as one"
            )
            return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start
        line, column = position(raw[:start].decode("utf-8-sig", "replace"), start)
        guess = raw[start : start + 1].decode("cp1252", "replace")
        read = (
            f" (as Windows-1252 the byte reads “{guess}”)"
            if guess.isprintable() and guess != "\ufffd"
            else ""
        )
        findings.error(
            Where(path, line, column),
            f"byte 0x{raw[start]:02X} is not UTF-8 text",
            f"save the file as UTF-8{read}",
        )
        return None
