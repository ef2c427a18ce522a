"""What an Office document holds that its pages do not show, or show otherwise than its author may think. Runs in the worker's process.

Of the formats since 2007 and OpenDocument; older ones are not looked into.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.parsers import expat

from briefpack.annex import Remark
from briefpack.annexes.cleaning.refusal import Refusal
from briefpack.annexes.converting.office_words import remarks_on
from briefpack.annexes.foreign import Kind, locked

MOST_XML = 256 << 20
"""Bytes of XML that are looked through; what is behind goes unseen."""
MOST_CHECKED = 1 << 30
"""Bytes of all members together; what swells to more is read by LibreOffice only, under its limits."""
_BLOCK = 1 << 20
DAMAGE = (
    zipfile.BadZipFile,
    expat.ExpatError,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)
"""What reading a ZIP archive and its XML can raise; whether the document is damaged is for LibreOffice to say."""
_TODAY_FIELD = re.compile(r"\s*(DATE|TIME)\b", re.IGNORECASE)
"""Fields of Word that change with the day; CREATEDATE and others do not (ECMA-376, part 1, 17.16.5)."""
_TODAY_FORMULA = re.compile(rb"\b(TODAY|NOW)\(")
_LONGEST_WORD = 7
"""Bytes of TODAY( and what stands before it."""
_REVISIONS = frozenset({"ins", "del", "moveFrom", "moveTo"})
_COMMENTS = {
    "docx": re.compile(r"word/comments\.xml"),
    "xlsx": re.compile(r"xl/(comments/)?comment[^/]*\.xml"),
    "pptx": re.compile(r"ppt/comments/[^/]+\.xml"),
}
_COMMENT_ELEMENTS = frozenset({"comment", "cm"})
_FAR = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|\.\./")
"""How an address begins that leads out of the document."""

_Attributes = dict[str, str]


def look_into(path: Path, kind: Kind) -> tuple[Remark, ...]:
    """Remarks on a document. Raises Refusal when it has a password or is not whole."""
    look = {"docx": _word, "xlsx": _excel, "pptx": _powerpoint}.get(kind.name)
    if kind.name in {"odt", "ods", "odp", "odg"}:
        look = _opendocument
    if look is None:
        return ()
    try:
        with zipfile.ZipFile(path) as archive:
            if not _is_whole(archive):
                raise _damaged(kind)
            found = look(Parts(archive))
    except zipfile.BadZipFile:
        raise _damaged(kind) from None
    except DAMAGE:
        return ()
    if found["locked"]:
        kind = locked(kind.words)
        raise Refusal(f"is {kind.words}", kind.remedy)
    return tuple(remarks_on(found))


def _is_whole(archive: zipfile.ZipFile) -> bool:
    """Whether the checksums of all members are right, as far as that can be told with sensible effort."""
    if sum(member.file_size for member in archive.infolist()) > MOST_CHECKED:
        return True
    try:
        return archive.testzip() is None
    except (zlib.error, EOFError):
        return False


def _damaged(kind: Kind) -> Refusal:
    return Refusal(
        f"is {kind.words} that is damaged: part of it is missing or unreadable",
        "get it again from its source, or open it in its own program, which may mend it, and save it as PDF",
    )


class Parts:
    """The members of an archive, as far as MOST_XML goes. inside: the elements in which a walk stands, with the names they give themselves."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive, self._left = archive, MOST_XML
        self.names = archive.namelist()
        self.inside: list[tuple[str, str]] = []

    def like(self, pattern: str | re.Pattern[str]) -> Iterator[str]:
        return (name for name in self.names if re.fullmatch(pattern, name))

    def blocks(self, name: str) -> Iterator[bytes]:
        if name not in self.names:
            return
        with self._archive.open(name) as file:
            while self._left > 0 and (block := file.read(min(_BLOCK, self._left))):
                self._left -= len(block)
                yield block

    def walk(
        self, name: str, start: Callable[[str, _Attributes], None], text: Callable[[str], None] | None = None
    ) -> None:
        """Call start and text for a part's elements; their names, and those of attributes, without namespaces. inside is where they stand."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        self.inside.clear()

        def begin(element: str, attributes: _Attributes) -> None:
            plain = {_local(key): value for key, value in attributes.items()}
            start(_local(element), plain)
            self.inside.append((_local(element), plain.get("name", "")))

        def end(_: str) -> None:
            self.inside.pop()

        parser.StartElementHandler, parser.EndElementHandler = begin, end
        if text is not None:
            parser.CharacterDataHandler = text
        # A document has no need of entities, and nothing good comes of them.
        parser.EntityDeclHandler = _no_entities
        for block in self.blocks(name):
            parser.Parse(block, False)

    def within(self, *elements: str) -> bool:
        """Whether the walk stands in an element of one of these names, at any depth."""
        return any(element in elements for element, _ in self.inside)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _no_entities(*_: object) -> None:
    raise expat.ExpatError("entities")


# --------------------------------------------------------------------------- formats since 2007


def _packaged(parts: Parts, kind: str) -> Counter[str]:
    found: Counter[str] = Counter()
    found["macros"] = sum(name.endswith("vbaProject.bin") for name in parts.names)

    def comment(element: str, _: _Attributes) -> None:
        found["comments"] += element in _COMMENT_ELEMENTS

    for name in parts.like(_COMMENTS[kind]):
        parts.walk(name, comment)

    def relation(_: str, attributes: _Attributes) -> None:
        picture = attributes.get("Type", "").endswith("/image")
        found["linked"] += picture and attributes.get("TargetMode") == "External"

    for name in parts.like(r"(word|xl/drawings|ppt/slides)/_rels/[^/]+\.rels"):
        parts.walk(name, relation)
    return found


def _word(parts: Parts) -> Counter[str]:
    found = _packaged(parts, "docx")
    words: list[str] = []

    def start(element: str, attributes: _Attributes) -> None:
        found["revisions"] += element in _REVISIONS
        if element == "fldSimple":
            found["today"] += _TODAY_FIELD.match(attributes.get("instr", "")) is not None
        elif element == "fldChar":
            # The instruction of a field may be cut into several runs.
            found["today"] += _TODAY_FIELD.match("".join(words)) is not None
            words.clear()

    def text(content: str) -> None:
        if parts.inside[-1][0] == "instrText":
            words.append(content)

    for name in parts.like(r"word/(document\d*|header\d+|footer\d+|footnotes|endnotes)\.xml"):
        parts.walk(name, start, text)
    return found


def _excel(parts: Parts) -> Counter[str]:
    found = _packaged(parts, "xlsx")

    def sheet(element: str, attributes: _Attributes) -> None:
        hidden = attributes.get("state", "").lower() in {"hidden", "veryhidden"}
        found["sheets"] += element == "sheet" and hidden

    parts.walk("xl/workbook.xml", sheet)
    for name in parts.like(r"xl/worksheets/[^/]+\.xml"):
        before = b""
        for block in parts.blocks(name):
            both = before + block
            found["today"] += sum(match.end() > len(before) for match in _TODAY_FORMULA.finditer(both))
            before = both[-_LONGEST_WORD:]
    return found


def _powerpoint(parts: Parts) -> Counter[str]:
    found = _packaged(parts, "pptx")

    def slide(element: str, attributes: _Attributes) -> None:
        found["slides"] += element == "sld" and attributes.get("show") in {"0", "false"}

    for name in parts.like(r"ppt/slides/[^/]+\.xml"):
        parts.walk(name, slide)
    noted: set[str] = set()
    for name in parts.like(r"ppt/notesSlides/[^/]+\.xml"):

        def text(content: str, name: str = name) -> None:
            # The number of the slide, which stands there too, is no note.
            if content.strip() and parts.within("txBody") and not parts.within("fld"):
                noted.add(name)

        parts.walk(name, lambda *_: None, text)
    found["notes"] = len(noted)
    return found


# --------------------------------------------------------------------------- OpenDocument


def _opendocument(parts: Parts) -> Counter[str]:
    found: Counter[str] = Counter()
    found["macros"] = any(name.startswith(("Basic/", "Scripts/")) for name in parts.names)

    def manifest(element: str, _: _Attributes) -> None:
        found["locked"] += element == "encryption-data"

    parts.walk("META-INF/manifest.xml", manifest)
    if found["locked"]:
        return found
    hidden: set[str] = set()
    noted: list[bool] = []

    def start(element: str, attributes: _Attributes) -> None:
        style = attributes.get("style-name", "")
        match element:
            case "annotation":
                found["comments"] += 1
            case "changed-region":
                found["revisions"] += 1
            case "date" | "time":
                about = parts.within("annotation", "change-info")
                found["today"] += not about and attributes.get("fixed") != "true"
            case "table-properties" | "drawing-page-properties":
                off = attributes.get("display") == "false" or attributes.get("visibility") == "hidden"
                hidden.update(name for kind, name in parts.inside[-1:] if off and kind == "style")
            case "table":
                found["sheets"] += style in hidden
            case "page":
                found["slides"] += style in hidden
            case "notes":
                noted.append(False)
            case "image":
                found["linked"] += _FAR.match(attributes.get("href", "")) is not None
        found["today"] += element == "table-cell" and bool(
            _TODAY_FORMULA.search(attributes.get("formula", "").encode())
        )

    def text(content: str) -> None:
        if content.strip() and parts.within("notes") and not parts.within("page-number"):
            noted[-1:] = [True]

    parts.walk("content.xml", start, text)
    found["notes"] = sum(noted)
    return found
