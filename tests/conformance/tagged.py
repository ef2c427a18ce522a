"""A tagged PDF taken apart: what is painted, piece by piece with its mark and its words, and the structure tree over it.

Text is decoded here, from the content streams and the fonts' ToUnicode maps alone, without a text extractor's guesses
at spaces and order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name

Key: TypeAlias = tuple[int, int]
"""Object and generation number."""

SHOWING = frozenset({"Tj", "TJ", "'", '"'})
PAINTING = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "INLINE IMAGE"})


@dataclass(slots=True)
class Piece:
    """What is painted between two marks.

    page: 0-based. owner: the page, or the form that has marks of its own. mcid: None outside tagged content.
    tag: of the mark, "" where there is none. nested: the mark stands inside tagged content or an artifact.
    paints: operators that leave ink.
    """

    page: int
    owner: Key
    mcid: int | None
    artifact: bool
    tag: str
    nested: bool = False
    text: str = ""
    paints: int = 0
    properties: Any = None


@dataclass(slots=True)
class Content:
    """Marked content in the tree."""

    page: int
    owner: Key
    mcid: int


@dataclass(slots=True)
class Annotation:
    """An annotation in the tree. page: 0-based, None where the reference does not say."""

    key: Key
    page: int | None


@dataclass(slots=True)
class Element:
    """A structure element. kind: as written. role: the standard type it stands for.

    parent_key: what its /P says. attributes: by name, over all owners.
    """

    key: Key
    kind: str
    role: str
    parent: Element | None
    parent_key: Key
    source: Any
    attributes: dict[str, Any]
    kids: list[Element | Content | Annotation] = field(default_factory=list)

    def text_of(self, name: str) -> str | None:
        """A text entry of the element, such as /Alt; None when it is absent."""
        value = self.source.get(name)
        return None if value is None else str(value)

    @property
    def elements(self) -> list[Element]:
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def walk(self) -> Iterator[Element]:
        """The element and all below it, in the order of reading."""
        yield self
        for kid in self.elements:
            yield from kid.walk()

    def contents(self) -> Iterator[Content]:
        for kid in self.kids:
            if isinstance(kid, Content):
                yield kid
            elif isinstance(kid, Element):
                yield from kid.contents()

    @property
    def language(self) -> str | None:
        """Its own or that of the nearest element around it; None means the document's."""
        own = self.text_of("/Lang")
        if own is not None or self.parent is None:
            return own
        return self.parent.language

    def __str__(self) -> str:
        return f"{self.kind} {self.key[0]}"


class Tagged:
    """A PDF with what stands on its pages and the tree that says in which order it is read."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.pages: dict[Key, int] = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self.trouble: list[str] = []
        """What could not be read in the tree."""

    # ----------------------------------------------------------------------- what is painted

    @cached_property
    def pieces(self) -> list[Piece]:
        """Everything painted, page by page in the order of painting."""
        found: list[Piece] = []
        fonts: dict[Key, _Font] = {}
        for number, page in enumerate(self.pdf.pages):
            found += _Reader(number, page.obj, fonts).read()
        return found

    @cached_property
    def by_mark(self) -> dict[tuple[Key, int], list[Piece]]:
        """Pieces by owner and mark."""
        found: dict[tuple[Key, int], list[Piece]] = {}
        for piece in self.pieces:
            if piece.mcid is not None:
                found.setdefault((piece.owner, piece.mcid), []).append(piece)
        return found

    # ----------------------------------------------------------------------- the tree

    @cached_property
    def role_map(self) -> dict[str, str]:
        root = self.pdf.Root.get("/StructTreeRoot")
        if root is None or "/RoleMap" not in root:
            return {}
        return {kind[1:]: str(role)[1:] for kind, role in root.RoleMap.items()}

    @cached_property
    def roots(self) -> list[Element]:
        """The elements at the top; [] without a tree."""
        root = self.pdf.Root.get("/StructTreeRoot")
        if root is None:
            return []
        seen: set[Key] = set()
        return [
            made
            for kid in _several(root.get("/K"))
            if (made := self._element(kid, None, root.objgen, seen)) is not None
        ]

    @cached_property
    def elements(self) -> list[Element]:
        return [element for root in self.roots for element in root.walk()]

    def _role(self, kind: str) -> str:
        seen = set()
        while kind in self.role_map and kind not in seen:
            seen.add(kind)
            kind = self.role_map[kind]
        return kind

    def _element(self, source: Any, parent: Element | None, above: Key, seen: set[Key]) -> Element | None:
        if not isinstance(source, Dictionary) or "/S" not in source:
            self.trouble.append("something in the tree is no element")
            return None
        key = source.objgen
        if key in seen and key != (0, 0):
            self.trouble.append(f"element {key[0]} is in the tree twice")
            return None
        seen.add(key)
        kind = str(source.S)[1:]
        said = source.get("/P")
        made = Element(
            key, kind, self._role(kind), parent, (0, 0) if said is None else said.objgen, source,
            _attributes(source),
        )  # fmt: skip
        if made.parent_key != above:
            self.trouble.append(f"{made} does not name the element it stands in")
        page = source.get("/Pg")
        for kid in _several(source.get("/K")):
            if isinstance(kid, int):
                self._content(made, page, None, kid)
            elif isinstance(kid, Dictionary) and kid.get("/Type") == Name.MCR:
                self._content(made, kid.get("/Pg", page), kid.get("/Stm"), int(kid.MCID))
            elif isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR:
                on = kid.get("/Pg", page)
                made.kids.append(
                    Annotation(kid.Obj.objgen, None if on is None else self.pages.get(on.objgen))
                )
            else:
                below = self._element(kid, made, key, seen)
                if below is not None:
                    made.kids.append(below)
        return made

    def _content(self, element: Element, page: Any, stream: Any, mcid: int) -> None:
        if page is None or page.objgen not in self.pages:
            self.trouble.append(f"content {mcid} of {element} is on no page")
            return
        owner = page.objgen if stream is None else stream.objgen
        element.kids.append(Content(self.pages[page.objgen], owner, mcid))


def _several(value: Any) -> list[Any]:
    """/K and /A hold one thing or an array of them."""
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _attributes(source: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in _several(source.get("/A")):
        if isinstance(each, Dictionary):
            found |= {name[1:]: each[name] for name in each.keys()}  # noqa: SIM118  # a pikepdf.Dictionary iterates otherwise
    return found


# --------------------------------------------------------------------------- content streams


@dataclass(slots=True)
class _Mark:
    """An open mark. says: what the mark says instead of what is shown inside it."""

    piece: Piece
    says: str | None


class _Reader:
    """Reads a page's content and that of the forms it paints. fonts: those already read."""

    def __init__(self, number: int, page: Any, fonts: dict[Key, _Font]) -> None:
        self.number = number
        self.page = page
        self.fonts = fonts
        self.found: list[Piece] = []
        self.marks: list[_Mark] = []
        self.depth = 0

    def read(self) -> list[Piece]:
        self._stream(self.page, self.page, self.page.objgen)
        return [piece for piece in self.found if piece.paints or piece.mcid is not None or piece.text]

    def _stream(self, holder: Any, resources_of: Any, owner: Key) -> None:
        resources = _inherited(resources_of, "/Resources") or Dictionary()
        font: Any = None
        fonts: list[Any] = []
        opened = len(self.marks)
        for instruction in pikepdf.parse_content_stream(holder):
            name = str(instruction.operator)
            if name in SHOWING:
                self._show(instruction.operands, font, owner)
            elif name == "BT" and self.marks and self.marks[-1].piece.artifact:
                # Furniture that stands in several places is one artifact; its words are not one word.
                self.marks[-1].piece.text += " "
            elif name in PAINTING:
                self._piece(owner).paints += 1
            elif name == "Tf":
                font = self._font(resources.Font[str(instruction.operands[0])])
            elif name == "q":
                fonts.append(font)
            elif name == "Q":
                font = fonts.pop() if fonts else font
            elif name in {"BDC", "BMC"}:
                self._open(instruction.operands, resources, owner)
            elif name == "EMC":
                if len(self.marks) > opened:
                    self.marks.pop()
            elif name == "Do":
                self._paint(resources.XObject[str(instruction.operands[0])], resources, owner)
        del self.marks[opened:]

    def _font(self, font: Any) -> _Font:
        if font.objgen == (0, 0):
            return _Font(font)
        if font.objgen not in self.fonts:
            self.fonts[font.objgen] = _Font(font)
        return self.fonts[font.objgen]

    def _open(self, operands: Any, resources: Any, owner: Key) -> None:
        tag = str(operands[0])[1:]
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, Name):
            properties = resources.Properties[str(properties)]
        mcid = None if properties is None else properties.get("/MCID")
        says = None if properties is None else properties.get("/ActualText")
        around = self.marks[-1].piece if self.marks else None
        artifact = tag == "Artifact"
        if mcid is None and not artifact:
            # A mark that says nothing about the tree: what is inside belongs to the mark around it.
            piece = around or Piece(self.number, owner, None, False, "")
            if around is None:
                self.found.append(piece)
        else:
            nested = around is not None and (around.mcid is not None or around.artifact)
            piece = Piece(
                self.number, owner, None if mcid is None else int(mcid), artifact, tag, nested,
                properties=properties,
            )  # fmt: skip
            self.found.append(piece)
        self.marks.append(_Mark(piece, None if says is None else str(says)))
        if says is not None:
            piece.text += str(says)

    def _piece(self, owner: Key) -> Piece:
        """What is painted now belongs to it."""
        if self.marks:
            return self.marks[-1].piece
        last = self.found[-1] if self.found else None
        if last is None or last.tag or last.mcid is not None or last.owner != owner:
            self.found.append(Piece(self.number, owner, None, False, ""))
        return self.found[-1]

    def _show(self, operands: Any, font: _Font | None, owner: Key) -> None:
        piece = self._piece(owner)
        piece.paints += 1
        if any(mark.says is not None for mark in self.marks):
            return
        last = operands[-1]
        strings = last if isinstance(last, Array) else [last]
        for string in strings:
            if isinstance(string, pikepdf.String):
                piece.text += font.decode(bytes(string)) if font is not None else "\ufffd"

    def _paint(self, image: Any, resources: Any, owner: Key) -> None:
        if image.get("/Subtype") != Name.Form:
            self._piece(owner).paints += 1
            return
        self.depth += 1
        if self.depth < 12:
            own = image.objgen if "/StructParents" in image else owner
            self._stream(image, image if "/Resources" in image else Dictionary(Resources=resources), own)
        self.depth -= 1


def _inherited(holder: Any, name: str) -> Any:
    """An entry of a page or of a node above it; of a form, its own."""
    while holder is not None:
        if name in holder:
            return holder[name]
        holder = holder.get("/Parent")
    return None


class _Font:
    """What the codes of a font mean."""

    def __init__(self, font: Any) -> None:
        self.map: dict[bytes, str] = {}
        self.widths: list[int] = []
        self.plain = "/ToUnicode" not in font
        if not self.plain:
            self._read(font.ToUnicode.read_bytes().decode("latin-1"))
        if not self.widths:
            self.widths = [2 if font.get("/Subtype") == Name.Type0 else 1]

    def _read(self, cmap: str) -> None:
        for block in re.findall(r"begincodespacerange(.*?)endcodespacerange", cmap, re.DOTALL):
            self.widths += [len(code) // 2 for code in re.findall(r"<([0-9A-Fa-f]+)>", block)[::2]]
        for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
            codes = re.findall(r"<([0-9A-Fa-f\s]*)>", block)
            for code, text in zip(codes[::2], codes[1::2], strict=True):
                self.map[bytes.fromhex(code)] = _utf16(text)
        for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
            for first, last, text, texts in re.findall(
                r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]+)>|\[(.*?)\])", block, re.DOTALL
            ):
                width = len(first) // 2
                several = re.findall(r"<([0-9A-Fa-f\s]+)>", texts)
                for step, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                    if several:
                        meaning = _utf16(several[step])
                    else:
                        start = _utf16(text)
                        meaning = start[:-1] + chr(ord(start[-1]) + step)
                    self.map[code.to_bytes(width, "big")] = meaning
        self.widths = sorted(set(self.widths))

    def decode(self, codes: bytes) -> str:
        if self.plain:
            # A font without a map: only annexes have them, and of their words nothing is asserted.
            return codes.decode("cp1252", "replace") if self.widths == [1] else "\ufffd"
        text, at = "", 0
        while at < len(codes):
            width = next((w for w in self.widths if codes[at : at + w] in self.map), self.widths[0])
            text += self.map.get(codes[at : at + width], "\ufffd")
            at += width
        return text


def _utf16(digits: str) -> str:
    return bytes.fromhex("".join(digits.split())).decode("utf-16-be")
