"""An Office document (a package of parts, ECMA-376, part 2), or another ZIP archive → all that its parts say, and what is in the archive beside them.

Word, Excel and PowerPoint documents are read alike: every part that is XML by read_office_text.py, pictures as pictures, and anything else as the
file that it is. Which parts a program would show is told by relationships (part 2, 6.5); a part that none leads to is read, too.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import defaultdict
from urllib.parse import unquote

from briefpack.audit.gathering import Gathering, TooMuchError
from briefpack.audit.read_office_text import PartSeen, read_part
from briefpack.audit.read_ole import is_compound
from briefpack.audit.read_picture import is_picture, read_picture
from briefpack.audit.read_strings import packed_in, strings_in
from briefpack.audit.read_xml import BadXmlError
from briefpack.audit.read_zip import FAULTS, Archive, Entry, is_archive, read_archive, unusual_extra
from briefpack.audit.seen import Seat

_TYPES = "[Content_Types].xml"
_PAGES = frozenset(
    (
        *(
            "document",
            "hdr",
            "ftr",
            "footnotes",
            "endnotes",
            "chartSpace",
            "dataModel",
            "drawing",
            "wsDr",
            "userShapes",
        ),
        *("sst", "worksheet", "sld", "sldLayout", "sldMaster"),
    )
)
"""Roots of the parts that readers see (part 1, 11.3, 12.3, 13.3, 14.2)."""
_PLAIN = re.compile(r"[-+]?[0-9.,:]*%?|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8}")
"""Numbers, colours and revision ids."""
_TOLD = frozenset(
    {
        "descr",
        "title",
        "alt",
        "tooltip",
        "Target",
        "target",
        "instr",
        "href",
        "prompt",
        "promptTitle",
        "error",
        "errorTitle",
    }
)
_PAINTED = frozenset({"string"})
"""Words of a VML text path, which is how Word paints a watermark."""
_PEOPLE = frozenset({"author", "initials", "date", "userId", "providerId", "lastEdited", "userName"})
_ABOUT = ("docProps/", "customXml/", "docMetadata/")
_BINARY = re.compile(r"(?i)\.(odttf|ttf|otf|fntdata|bin|emf|wmf|dat)$")
_TEXT_PARTS = re.compile(r"(?i)\.(html?|mht|mhtml|txt|rtf|csv)$")
_SHORT = 64
"""Bytes that are told of as a text, not as a file."""
is_package = is_archive


def read_package(content: bytes, found: Gathering) -> None:
    """Write down what is in an archive."""
    archive = read_archive(content)
    if archive.fault:
        found.cannot(found.name, archive.fault)
    _beside(archive, found)
    names = {entry.name for entry in archive.entries}
    is_office = _TYPES in names
    parts: list[tuple[Entry, bytes]] = []
    for entry in archive.entries:
        data = _data(entry, found)
        if data is not None:
            parts.append((entry, data))
    if not is_office:
        for entry, data in parts:
            found.embed(data, entry.name)
        return
    _Package(parts, found).read()


def _data(entry: Entry, found: Gathering) -> bytes | None:
    """An entry unpacked, and what is written beside it."""
    found.say_once(Seat.NAME, "the names of its parts", entry.name)
    if entry.other_name:
        found.say_once(Seat.NAME, "the names of its parts, before their data", entry.other_name)
    for place, raw in (
        (f"a comment beside {entry.name}", entry.comment),
        (f"an extra field beside {entry.name}", unusual_extra(entry.extra)),
    ):
        _say_bytes(place, raw, found)
    if entry.is_folder:
        return None
    try:
        found.allowance.one_more_file()
        return entry.data(found.allowance)
    except TooMuchError as error:
        found.cannot(entry.name, str(error))
    except FAULTS as error:
        if isinstance(error, zipfile.BadZipFile) or entry.listed:
            found.cannot(entry.name, f"cannot be unpacked ({error})")
        found.say_all(Seat.HIDDEN, f"{entry.name}, as it is stored", strings_in(entry.packed))
    return None


def _beside(archive: Archive, found: Gathering) -> None:
    _say_bytes("the comment of the archive", archive.comment, found)
    for at, raw in archive.between:
        if raw.strip(b"\0\t\n\f\r ") and (len(raw) > _SHORT or is_archive(raw)):
            found.embed(raw, f"{len(raw):,} bytes that belong to no part, at byte {at:,}")
        else:
            _say_bytes(f"between its parts, at byte {at:,}", raw, found)


def _say_bytes(place: str, raw: bytes, found: Gathering) -> None:
    """Bytes that may be a text."""
    if not raw.strip(b"\0\t\n\f\r "):
        return
    try:
        found.say_once(Seat.HIDDEN, place, raw.decode())
    except UnicodeDecodeError:
        found.say_all(Seat.HIDDEN, place, strings_in(raw))


class _Package:
    """The parts of an Office document."""

    def __init__(self, parts: list[tuple[Entry, bytes]], found: Gathering) -> None:
        self._parts = parts
        self._found = found
        self._seen: dict[int, PartSeen] = {}
        for number, (entry, data) in enumerate(parts):
            if _is_xml(entry.name, data):
                self._parse(number, entry.name, data)
        self._led_to = self._reach()

    def read(self) -> None:
        for number, (entry, data) in enumerate(self._parts):
            name = entry.name
            place = name
            if not entry.listed:
                place = f"{name}, which the archive does not list"
            elif name.lstrip("/") not in self._led_to and not name.endswith((".rels", _TYPES)):
                place = f"{name}, to which nothing leads"
            seen = self._seen.get(number)
            if seen is not None:
                _write(seen, name, place, self._found)
            elif is_picture(data):
                read_picture(data, self._found, place)
            elif is_compound(data) or not _BINARY.search(name):
                if not _is_xml(name, data):
                    self._found.embed(data, place)
            elif name.endswith((".bin", ".dat")) and not name.startswith(
                ("word/printerSettings", "xl/printerSettings")
            ):
                self._found.embed(data, place)
            else:
                # Fonts, metafiles and printers' settings have no text but names.
                self._found.say_all(Seat.NAME, place, strings_in(data))

    def _parse(self, number: int, name: str, data: bytes) -> None:
        try:
            self._seen[number] = read_part(data)
        except BadXmlError as error:
            self._found.cannot(name, str(error))
            self._found.say_all(Seat.HIDDEN, f"{name}, as it is", strings_in(data))

    def _reach(self) -> set[str]:
        """Parts that relationships lead to."""
        leads: defaultdict[str, set[str]] = defaultdict(set)
        for number, (entry, _) in enumerate(self._parts):
            folder, name = posixpath.split(entry.name)
            seen = self._seen.get(number)
            if seen is None or not name.endswith(".rels") or posixpath.basename(folder) != "_rels":
                continue
            base = posixpath.dirname(folder)
            source = posixpath.join(base, name.removesuffix(".rels"))
            for long_name, value in seen.values:
                if long_name == "Target":
                    target = unquote(value.partition("#")[0])
                    leads[source].add(posixpath.normpath(posixpath.join("/", base, target)).lstrip("/"))
        reached: set[str] = set()
        waiting = [""]
        while waiting:
            for target in leads[waiting.pop()] - reached:
                reached.add(target)
                waiting.append(target)
        return reached


def _is_xml(name: str, data: bytes) -> bool:
    head = data[:200].lstrip(b"\xef\xbb\xbf\t\r\n ")
    if _TEXT_PARTS.search(name):
        return False
    return head.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\0<")) and b"<!doctype html" not in head.lower()


def _write(seen: PartSeen, name: str, place: str, found: Gathering) -> None:
    seat = Seat.PAGE if seen.root in _PAGES and place == name else Seat.HIDDEN
    found.say(seat, place, "\n".join(seen.shown))
    found.say(Seat.HIDDEN, f"{place}, hidden or deleted text", "\n".join(seen.hidden))
    found.say(Seat.HIDDEN, f"{place}, codes of fields", "\n".join(seen.codes))
    about = Seat.METADATA if name.startswith(_ABOUT) else seat if seen.root == "chartSpace" else Seat.HIDDEN
    others: defaultdict[str, list[str]] = defaultdict(list)
    for element, text in seen.other:
        others[element].append(text)
    for element, texts in others.items():
        text = "\n".join(texts)
        found.say(about, f"{place}, {element}", text)
        found.say_all(Seat.HIDDEN, f"{place}, {element}, packed in it", packed_in(text))
    for long_name, value in seen.values:
        if _PLAIN.fullmatch(value):
            continue
        short = long_name.rpartition(" ")[2]
        if short in _PAINTED:
            found.say_once(seat, f"{place}, words that are painted", value)
        elif short in _TOLD:
            found.say_once(Seat.HIDDEN, f"{place}, {short}", value)
        elif not short.startswith("rsid"):
            kind = Seat.METADATA if name.startswith(_ABOUT) or short in _PEOPLE else Seat.NAME
            found.say_once(kind, f"{place}, {short}", value)
    found.say_all(Seat.HIDDEN, f"{place}, comments in its XML", seen.aside)
