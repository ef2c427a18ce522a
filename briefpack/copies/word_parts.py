"""A finished .docx → its headers and footers, each for pages of one size only, so that what is placed on a sheet can be put into them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from briefpack.copies.copy_mark import CopyError
from briefpack.copies.zip_members import Member, packed
from briefpack.word.xml import quote

LEVEL = 6
"""Of compression of what is written anew."""
DOCUMENT = "word/document.xml"
TYPES = "[Content_Types].xml"
_RELATIONS = "word/_rels/document.xml.rels"
_BINDING = "customXml/item1.xml"
_PACKAGE_RELATIONS = "_rels/.rels"

_SETUP = re.compile(r"<w:sectPr\b.*?</w:sectPr>", re.DOTALL)
_REFERENCE = re.compile(r'<w:(header|footer)Reference w:type="(\w+)" r:id="([^"]+)"/>')
_SIZE = re.compile(r'<w:pgSz w:w="(\d+)" w:h="(\d+)"')
_BOUND = "</mb:MetadataBinding>"


@dataclass(frozen=True, slots=True)
class PagePart:
    """A header or footer. name: of its member. kind: "header" or "footer". width, height: of its pages, in twips.

    pages: "default", "even" or "first", those that it is for. first: whether it is of the first section.
    """

    name: str
    kind: str
    pages: str
    width: int
    height: int
    first: bool


@dataclass(slots=True)
class WordFile:
    """The members of a file, to be changed."""

    files: dict[str, Member]
    _text: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The content of a member that is XML in UTF-8."""
        if name not in self._text:
            self._text[name] = self.files[name].content.decode()
        return self._text[name]

    def change(self, name: str, content: str) -> None:
        """Write a member anew, or a new one."""
        self.files[name] = packed(name, content.encode(), LEVEL)
        self._text[name] = content

    def links(self) -> Mapping[str, str]:
        """The members that the main document is related to, by the ids of relationships."""
        found: dict[str, str] = {}

        def begin(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                found[attributes["Id"]] = posixpath.normpath(posixpath.join("word", attributes["Target"]))

        parser = expat.ParserCreate()
        parser.StartElementHandler = begin
        parser.Parse(self.files[_RELATIONS].content, True)
        return found

    def add(self, name: str, content: str, kind: str, type_: str) -> str:
        """A new part that the main document is related to; gives the relationship's id. kind: of the relationship, the end of its name."""
        relation = f"rIdCopy{len(self.files)}"
        self.change(name, content)
        relationship = (
            f'<Relationship Id="{relation}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
            f'Target="{name.removeprefix("word/")}"/>'
        )
        self._into(_RELATIONS, "</Relationships>", relationship)
        self._typed(name, type_)
        return relation

    def add_property_part(self, name: str, content: str, kind: str, type_: str) -> None:
        """As add(), of what the package itself is related to."""
        self.change(name, content)
        relationship = f'<Relationship Id="rIdCopy{len(self.files)}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{name}"/>'
        self._into(_PACKAGE_RELATIONS, "</Relationships>", relationship)
        self._typed(name, type_)

    def _typed(self, name: str, type_: str) -> None:
        self._into(TYPES, "</Types>", f'<Override PartName="/{name}" ContentType="{type_}"/>')
        if _BINDING in self.files and _BOUND in self.text(_BINDING):
            # The label of the pack belongs to this part as to the others.
            self._into(_BINDING, _BOUND, f'<mb:DataReference URI="pack:///{quote(name)}"/>')

    def _into(self, name: str, end: str, piece: str) -> None:
        head, found, tail = self.text(name).rpartition(end)
        if not found:
            raise CopyError(f"has no {end} in {name}", "build the pack again")
        self.change(name, f"{head}{piece}{found}{tail}")


def page_parts(file: WordFile) -> tuple[PagePart, ...]:
    """The headers and footers of a file. Those of several sizes of pages are doubled, and so are those of the first section that others use too.

    Raises CopyError for a file whose sections have none.
    """
    document, links = file.text(DOCUMENT), file.links()
    made: dict[tuple[str, int, int, bool], tuple[str, str]] = {}
    owners: set[str] = set()
    found: dict[str, PagePart] = {}
    pieces: list[str] = []
    at = 0
    for number, setup in enumerate(_SETUP.finditer(document)):
        size = _SIZE.search(setup[0])
        if size is None:
            raise CopyError("has a section without a size of its pages", "build the pack again")
        width, height, first = int(size[1]), int(size[2]), number == 0
        changed = setup[0]
        for kind, pages, relation in _REFERENCE.findall(setup[0]):
            key = (relation, width, height, first)
            if key not in made:
                made[key] = (relation, links[relation])
                if relation in owners:
                    made[key] = _doubled(file, links[relation], kind)
                owners.add(relation)
            own, name = made[key]
            if own != relation:
                changed = changed.replace(
                    f'<w:{kind}Reference w:type="{pages}" r:id="{relation}"/>',
                    f'<w:{kind}Reference w:type="{pages}" r:id="{own}"/>',
                )
            # Where the same part is for several kinds of pages, the usual kind is what it is called after.
            if name not in found or pages == "default":
                found[name] = PagePart(name, kind, pages, width, height, first)
        pieces += (document[at : setup.start()], changed)
        at = setup.end()
    if not any(part.kind == "footer" for part in found.values()):
        raise CopyError("has no footers", "build the pack again")
    after = "".join((*pieces, document[at:]))
    if after != document:
        file.change(DOCUMENT, after)
    return tuple(found.values())


def _doubled(file: WordFile, name: str, kind: str) -> tuple[str, str]:
    number = 1
    while f"word/{kind}{number}.xml" in file.files:
        number += 1
    new = f"word/{kind}{number}.xml"
    type_ = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    return file.add(new, file.text(name), kind, type_), new
