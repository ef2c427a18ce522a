"""A file that is no PDF, no archive and no picture → the text that it is, as it is read and as it is written, or the strings that are in it."""

from __future__ import annotations

import bz2
import email
import email.policy
import io
import json
import lzma
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator
from email.header import decode_header, make_header
from email.message import Message

from briefpack.audit.gathering import Gathering, TooMuchError
from briefpack.audit.read_html import read_html
from briefpack.audit.read_strings import decoded, strings_in
from briefpack.audit.read_xml import BadXmlError, read_xml
from briefpack.audit.seen import Seat

_HTML = re.compile(rb"(?i)<(?:!doctype\s+html|html|head|body|div|p|span|table|meta|script|style)\b")
_MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[ \t]?[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}")
_MAIL_FIELD = re.compile(rb"(?im)^(?:from|to|subject|received|mime-version|message-id|date):")
_FOLDED = re.compile(r"\r?\n[ \t]")
_MOST_MEMORY = 256 << 20
_MOST_PARTS = 2000
_MOST_ENTRIES = 20_000
_RTF = re.compile(
    r"\\'([0-9a-fA-F]{2})|\\u(-?\d{1,6}) ?\??|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_RTF_BREAKS = {"par": "\n", "line": "\n", "tab": "\t", "cell": "\t", "row": "\n", "page": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•"}  # fmt: skip
_UNPACKERS: tuple[tuple[bytes, Callable[[bytes, int], bytes]], ...] = (
    (b"\x1f\x8b", lambda data, most: zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, most)),
    (b"BZh", lambda data, most: bz2.BZ2Decompressor().decompress(data, most)),
    (b"\xfd7zXZ\0", lambda data, most: lzma.LZMADecompressor(memlimit=_MOST_MEMORY).decompress(data, most)),
)
_TAR_AT = 257
_SEALED = (
    (b"7z\xbc\xaf\x27\x1c", "is a 7z archive"),
    (b"Rar!\x1a\x07", "is a RAR archive"),
    (b"MSCF", "is a cabinet archive"),
    (b"-----BEGIN PGP MESSAGE", "is encrypted"),
)


def read_other(content: bytes, found: Gathering) -> None:
    """Write down what a file says."""
    if not content:
        return
    for sign, why in _SEALED:
        if content.startswith(sign):
            found.cannot(found.name, f"{why}, which cannot be read here")
    for sign, unpack in _UNPACKERS:
        if content.startswith(sign):
            _packed(content, unpack, found)
            return
    if content[_TAR_AT : _TAR_AT + 5] == b"ustar":
        _tar(content, found)
        return
    text = decoded(content)
    if text is None:
        found.say_all(Seat.HIDDEN, "its bytes", strings_in(content))
        found.cannot(
            found.name, "is a file of a kind that cannot be read here; the strings in it were searched"
        )
        return
    if _is_mail(content):
        _mail(content, found)
        return
    found.say(Seat.PAGE, "its text", text)
    if "\n " in text or "\n\t" in text:
        # Calendars and address cards break long lines so (RFC 5545, 3.1).
        found.say(Seat.HIDDEN, "its text, folded lines joined", _FOLDED.sub("", text))
    if text.startswith("{\\rtf"):
        found.say(Seat.PAGE, "its text, as it is shown", "".join(_rich_text(text)))
    elif _HTML.search(content[: 1 << 16]):
        _html(text, found)
    elif text.lstrip().startswith("<"):
        _xml(content, found)
    elif "\\" in text and text.lstrip().startswith(("{", "[", '"')):
        _json(text, found)


def _packed(content: bytes, unpack: Callable[[bytes, int], bytes], found: Gathering) -> None:
    try:
        data = unpack(content, found.allowance.room() + 1)
        found.allowance.took(len(data))
    except TooMuchError as error:
        found.cannot(found.name, str(error))
    except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
        found.cannot(found.name, f"cannot be unpacked ({error})")
    else:
        found.embed(data, f"{found.name}, unpacked")


def _tar(content: bytes, found: Gathering) -> None:
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
            for number, entry in enumerate(archive):
                if number >= _MOST_ENTRIES:
                    found.cannot(found.name, f"has more than {_MOST_ENTRIES:,} entries")
                    return
                found.say_once(Seat.NAME, "the names of its parts", entry.name)
                for value in (
                    entry.linkname,
                    entry.uname,
                    entry.gname,
                    *map(str, entry.pax_headers.values()),
                ):
                    found.say_once(Seat.METADATA, "about its parts", value)
                file = archive.extractfile(entry) if entry.isfile() else None
                if file is not None:
                    found.allowance.took(min(entry.size, len(content)))
                    found.embed(file.read(), entry.name)
    except TooMuchError as error:
        found.cannot(found.name, str(error))
    except (tarfile.TarError, OSError, ValueError, EOFError, KeyError) as error:
        found.cannot(found.name, f"is a damaged archive ({error})")


# ------------------------------------------------------------------------- texts


def _html(text: str, found: Gathering) -> None:
    seen = read_html(text)
    found.say(Seat.PAGE, "its text, without marks", seen.shown)
    found.say_all(Seat.HIDDEN, "its comments, scripts and attributes", seen.aside)


def _xml(content: bytes, found: Gathering) -> None:
    try:
        seen = read_xml(content)
    except BadXmlError as error:
        found.cannot(found.name, str(error))
        return
    found.say(Seat.PAGE, "its text, without marks", "".join(text for _, text in seen.texts))
    found.say(Seat.PAGE, "its text, an element a line", "\n".join(text for _, text in seen.texts))
    found.say_all(Seat.HIDDEN, "its attributes", (value for _, value in seen.values))
    found.say_all(Seat.HIDDEN, "its comments", seen.aside)


def _json(text: str, found: Gathering) -> None:
    try:
        stack = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    said = []
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            said.append(value)
        elif isinstance(value, list):
            stack.extend(reversed(value))
        elif isinstance(value, dict):
            stack.extend(reversed(value.values()))
            said.extend(key for key in value if "\\" in text)
    found.say(Seat.PAGE, "its text, without escapes", "\n".join(said))


def _rich_text(text: str) -> Iterator[str]:
    """RTF 1.9.1: what is shown, and what groups hide, too."""
    for found in _RTF.finditer(text):
        if found[1]:
            yield bytes([int(found[1], 16)]).decode("cp1252", "replace")
        elif found[2]:
            code = int(found[2]) % 0x10000
            yield chr(code) if not 0xD800 <= code <= 0xDFFF else ""
        elif found[3]:
            yield _RTF_BREAKS.get(found[3], "")
        elif found[5]:
            yield {"~": " ", "_": "-", "-": "\u00ad"}.get(found[5], found[5] if found[5] in "\\{}" else "")
        elif found[7]:
            yield found[7]


# ------------------------------------------------------------------------- messages


def _is_mail(content: bytes) -> bool:
    head = _MAIL.match(content)
    return head is not None and len(_MAIL_FIELD.findall(head[0])) >= 2


def _mail(content: bytes, found: Gathering) -> None:
    """A message (RFC 5322, 2045 to 2047): its fields, its bodies as they are read, and its attachments."""
    try:
        _message(email.message_from_bytes(content, policy=email.policy.compat32), found)
    except (
        ValueError,
        LookupError,
        IndexError,
        AttributeError,
        TypeError,
        KeyError,
        RecursionError,
    ) as error:
        # The standard library's parser promises no common class for what is malformed.
        found.cannot(found.name, f"is a message that cannot be read ({error})")
        found.say(Seat.HIDDEN, "its bytes", content.decode("utf-8", "replace"))


def _message(message: Message, found: Gathering) -> None:
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            found.cannot(found.name, f"has more than {_MOST_PARTS:,} parts")
            return
        for name, value in part.items():
            found.say_once(Seat.METADATA, f"the field {name}", str(value))
            if "=?" in str(value):
                found.say_once(
                    Seat.METADATA, f"the field {name}", str(make_header(decode_header(str(value))))
                )
        for aside in (part.preamble, part.epilogue):
            if isinstance(aside, str):
                found.say(Seat.HIDDEN, "between its parts", aside)
        if part.is_multipart():
            continue
        raw = part.get_payload(decode=True)
        data = raw if isinstance(raw, bytes) else b""
        found.allowance.took(len(data))
        file_name: str | None = part.get_filename()
        if part.get_content_maintype() == "text" and file_name is None:
            charset = part.get_content_charset("utf-8")
            try:
                text = data.decode(charset, "replace")
            except LookupError:
                text = data.decode("utf-8", "replace")
            found.say(Seat.PAGE, "the text of the message", text)
            if part.get_content_subtype() == "html":
                _html(text, found)
        else:
            found.embed(data, file_name or "a part without a name")
