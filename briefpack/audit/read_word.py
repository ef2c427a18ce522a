"""An Office document (a package of parts, ECMA-376, part 2) or another ZIP archive → all that its parts say, and what is in the archive beside them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from briefpack.audit.gathering import Gathering, TooMuchError
from briefpack.audit.read_office_text import PartSeen, read_part
from briefpack.audit.read_strings import strings_in
from briefpack.audit.read_xml import BadXmlError
from briefpack.audit.seen import Seat

_TYPES = "[Content_Types].xml"
_FAULTS = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
"""What zipfile raises on damaged archives (and for passwords, RuntimeError)."""
_PAGES = frozenset(
    {
        "document",
        "hdr",
        "ftr",
        "footnotes",
        "endnotes",
        "chartSpace",
        "dataModel",
        "drawing",
        "sst",
        "worksheet",
        "sld",
        "notes",
    }
)
"""Roots of the parts that readers see."""
_PLAIN = re.compile(r"[-+]?[0-9.,]*%?|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8}")
"""Numbers, colours and revision ids."""
_TOLD = frozenset({"descr", "title", "alt", "tooltip", "Target", "target"})
_ABOUT = frozenset({"author", "initials", "date", "userId", "providerId", "name (people)"})


def is_package(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04") or zipfile.is_zipfile(io.BytesIO(content))


def read_package(content: bytes, found: Gathering) -> None:
    """Write down what is in an archive."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _FAULTS as error:
        found.cannot(found.name, f"is a ZIP archive that cannot be opened ({error})")
        found.say_all(Seat.HIDDEN, "its bytes", strings_in(content))
        return
    with archive:
        entries = archive.infolist()
        is_office = any(entry.filename == _TYPES for entry in entries)
        if archive.comment:
            found.say_all(
                Seat.HIDDEN, "the comment of the archive", [archive.comment.decode("utf-8", "replace")]
            )
        for entry in entries:
            found.say_once(Seat.NAME, "the names of its parts", entry.filename)
            if entry.is_dir():
                continue
            try:
                found.allowance.one_more_file()
                data = _data(archive, entry, found)
            except TooMuchError as error:
                found.cannot(entry.filename, str(error))
                continue
            except _FAULTS as error:
                found.cannot(entry.filename, f"cannot be unpacked ({error})")
                continue
            if is_office:
                _part(data, entry.filename, found)
            else:
                found.embed(data, entry.filename)


def _data(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, found: Gathering) -> bytes:
    room = found.allowance.room()
    if entry.flag_bits & 1:
        raise RuntimeError("it has a password")
    with archive.open(entry) as file:
        data = file.read(room + 1)
    found.allowance.took(len(data))
    return data


def _part(data: bytes, name: str, found: Gathering) -> None:
    if not _is_xml(data):
        found.embed(data, name)
        return
    try:
        seen = read_part(data)
    except BadXmlError as error:
        found.cannot(name, str(error))
        found.say_all(Seat.HIDDEN, name, strings_in(data))
        return
    _write(seen, name, found)


def _is_xml(data: bytes) -> bool:
    return data[:200].lstrip(b"\xef\xbb\xbf\t\r\n ").startswith((b"<", b"\xff\xfe<", b"\xfe\xff\0<"))


def _write(seen: PartSeen, name: str, found: Gathering) -> None:
    seat = Seat.PAGE if seen.root in _PAGES else Seat.HIDDEN
    found.say(seat, name, "\n".join(seen.shown))
    found.say(Seat.HIDDEN, f"{name}, hidden or deleted text", "\n".join(seen.hidden))
    found.say(Seat.HIDDEN, f"{name}, codes of fields", "\n".join(seen.codes))
    about = Seat.METADATA if name.startswith(("docProps/", "customXml/")) else Seat.HIDDEN
    for element, text in seen.other:
        found.say(about, f"{name}, {element}", text)
    for long_name, value in seen.values:
        if _PLAIN.fullmatch(value):
            continue
        short = long_name.rpartition(" ")[2]
        if short in _TOLD:
            found.say_once(Seat.HIDDEN, f"{name}, {short}", value)
        elif not short.startswith("rsid"):
            found.say_once(
                Seat.METADATA if about is Seat.METADATA or short in _ABOUT else Seat.NAME,
                f"{name}, {short}",
                value,
            )
    found.say_all(Seat.HIDDEN, f"{name}, comments in its XML", seen.aside)
