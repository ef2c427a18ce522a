"""What an SVG file may hold: shapes, text and clipping in plain colours; everything else is refused at its place, before anything reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.parsers import expat

MOST_ELEMENTS = 20_000
DEEPEST = 60
"""Levels of elements in one another."""
MOST_DRAWN = 30_000
"""Elements, each counted as often as `use` repeats it."""
_MOST_FAULTS = 10

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"

_DRAWN = frozenset(
    {
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "a",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
    }
    | {"text", "tspan", "clipPath", "style", "title", "desc", "metadata"}
)
_HARMLESS = frozenset(
    {"linearGradient", "radialGradient", "stop", "pattern", "marker", "filter", "mask", "view"}
)
"""Only used where something names them, and that is refused."""
_SILENT = frozenset({"title", "desc", "metadata", *(_HARMLESS - {"stop", "view"})})
"""What stands in them is not drawn."""

_AS_SHAPES = "draw it as plain shapes, or save the picture as PNG"
_REFUSED = {
    "image": ("a picture of pixels", "save the whole as PNG or JPEG, or trace the picture"),
    "script": ("a script", "delete it: nothing is ever run"),
    "foreignObject": ("content of another kind", _AS_SHAPES),
    "textPath": ("text along a path", "convert the text to paths"),
    "switch": ("content that depends on the reader's machine", "keep one of its children"),
}
_PROPERTIES: Mapping[str, tuple[Callable[[str], bool], str, str]] = {
    "opacity": (lambda v: not _is_one(v), "something see-through", "give it the colour that it has on white"),
    "fill-opacity": (
        lambda v: not _is_one(v),
        "a see-through fill",
        "give it the colour that it has on white",
    ),
    "stroke-opacity": (
        lambda v: not _is_one(v),
        "a see-through line",
        "give it the colour that it has on white",
    ),
    "filter": (lambda v: v != "none", "a filter (shadow, blur)", "take the effect away"),
    "mask": (lambda v: v != "none", "a mask", "cut the shape itself, or use a clipping path"),
    "mix-blend-mode": (lambda v: v != "normal", "blending of colours", "take the effect away"),
    "fill": (lambda v: "url(" in v, "a gradient or pattern as a fill", "fill it with one colour"),
    "stroke": (lambda v: "url(" in v, "a gradient or pattern in a line", "draw it in one colour"),
    "dominant-baseline": (
        lambda v: v not in ("auto", "alphabetic"),
        "text that does not stand on its baseline",
        "convert the text to paths",
    ),
    "writing-mode": (
        lambda v: v not in ("horizontal-tb", "lr-tb", "lr"),
        "text that runs downwards",
        "convert the text to paths",
    ),
    "font": (
        lambda _: True,
        "a font in short form",
        "write font-family and font-size apart, or convert the text to paths",
    ),
    **{
        name: (lambda v: v != "none", "an arrowhead or other marker", "draw it as a shape")
        for name in ("marker", "marker-start", "marker-mid", "marker-end")
    },
}
"""Property → whether a value of it cannot be drawn, what it is, and the remedy."""

_DECLARATION = re.compile(r"([a-zA-Z-]+)\s*:\s*([^;{}]+)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_OUTSIDE = re.compile(r"""@import|@font-face|url\(\s*["']?(?!#)""", re.IGNORECASE)


def _is_one(value: str) -> bool:
    number = value.removesuffix("%")
    try:
        return float(number) >= (100 if number != value else 1)
    except ValueError:
        return value in ("inherit", "")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong and what to do. line, column: 1-based, 0 where it is the file as a whole."""

    line: int
    column: int
    fact: str
    remedy: str


def check_svg(raw: bytes) -> list[Fault]:
    """What stands against a file, in its order, ten faults at most; [] where it can be drawn."""
    check = _Check()
    try:
        check.parser.Parse(raw, True)
        if not check.faults and check.drawn() > MOST_DRAWN:
            check.faults.append(
                Fault(
                    1,
                    1,
                    f"what `use` repeats adds up to more than {MOST_DRAWN:,} elements",
                    "simplify it, or save it as PNG",
                )
            )
    except expat.ExpatError as error:
        what = expat.errors.messages[error.code]
        check.faults.append(
            Fault(
                error.lineno,
                error.offset + 1,
                f"this is no well-formed SVG ({what})",
                "save it anew from its editor",
            )
        )
    except _EnoughError:
        pass
    return check.faults[:_MOST_FAULTS]


class _Part:
    """An element, as far as it must be known to count what it draws. parts: elements in it, or ids that it uses."""

    __slots__ = ("parts", "total")

    def __init__(self) -> None:
        self.parts: list[_Part | str] = []
        self.total: int | None = None

    def count(self, named: Mapping[str, _Part], depth: int = 0) -> int:
        """How many elements are drawn for it. What uses itself is no more than MOST_DRAWN; neither is anything else."""
        if self.total is None:
            self.total = MOST_DRAWN if depth > 4 * DEEPEST else 1
            total = self.total
            for part in self.parts:
                inner = named.get(part) if isinstance(part, str) else part
                total += inner.count(named, depth + 1) if inner is not None else 0
            self.total = min(total, MOST_DRAWN + 1)
        return self.total


class _EnoughError(Exception):
    """What follows need not be looked at."""


class _Check:
    """One reading of a file. Nothing outside it is opened, and no entity of its own is taken over."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser.buffer_text = True
        self._count = 0
        self._open: list[str] = []
        self._silent = 0
        self._parts: list[_Part] = [_Part()]
        self._named: dict[str, _Part] = {}
        self._style: tuple[int, int, list[str]] | None = None

    def _fault(self, fact: str, remedy: str, place: tuple[int, int] | None = None) -> None:
        line, column = place or (self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        self.faults.append(Fault(line, column, fact, remedy))
        if len(self.faults) >= _MOST_FAULTS:
            raise _EnoughError

    def _entity(self, *_: object) -> None:
        self._fault(
            "the file defines entities of its own", "save it as plain SVG, without a DOCTYPE of its own"
        )
        raise _EnoughError

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        self._count += 1
        self._open.append(name)
        self._note(name, attributes)
        if self._count > MOST_ELEMENTS or len(self._open) > DEEPEST:
            self._fault(
                f"the drawing has more than {MOST_ELEMENTS:,} elements, or more than {DEEPEST} in one another",
                "simplify it, or save it as PNG",
            )
            raise _EnoughError
        if self._count == 1:
            self._root(space, name, attributes)
        if self._silent:
            if name == "script":
                self._fault(*_saying(name))
            self._silent += 1
            return
        if name in _SILENT:
            self._silent = 1
            return
        if space in (_SVG, "") or name in _REFUSED or name in _DRAWN:
            self._element(name, attributes)
        else:
            # An editor's own notes.
            self._silent = 1

    def _note(self, name: str, attributes: Mapping[str, str]) -> None:
        """Remember an element for the count of what is drawn."""
        part = _Part()
        self._parts[-1].parts.append(part)
        self._parts.append(part)
        if "id" in attributes:
            self._named[attributes["id"]] = part
        target = attributes.get("href", attributes.get(f"{_XLINK} href", ""))
        if name == "use" and target.startswith("#"):
            part.parts.append(target[1:])

    def drawn(self) -> int:
        """How many elements are drawn, once the file has been read."""
        return self._parts[0].count(self._named)

    def _root(self, space: str, name: str, attributes: Mapping[str, str]) -> None:
        if name != "svg" or space not in (_SVG, ""):
            self._fault(f"this is no SVG file: it begins with <{name}>", "name an SVG, PNG or JPEG file")
            raise _EnoughError
        sized = all(
            re.match(r"\s*\d*\.?\d", attributes.get(side, "")) and "%" not in attributes[side]
            for side in ("width", "height")
        )
        box = attributes.get("viewBox", "").replace(",", " ").split()
        if not sized and len(box) != 4:
            self._fault(
                "the drawing does not say how large it is", 'give <svg> a viewBox, such as "0 0 400 300"'
            )
            raise _EnoughError

    def _element(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _REFUSED:
            self._fault(*_saying(name))
            self._silent = 1
            return
        if name.startswith("animate") or name in ("set", "mpath", "discard"):
            self._fault(f"the drawing moves (<{name}>)", "delete the animation: paper stands still")
            return
        if name not in _DRAWN and name not in _HARMLESS:
            self._fault(f"<{name}> cannot be drawn", _AS_SHAPES)
            return
        for key, value in attributes.items():
            self._attribute(name, key, value)
        if name == "style":
            self._style = (self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1, [])

    def _attribute(self, element: str, key: str, value: str) -> None:
        space, _, name = key.rpartition(" ")
        if name == "href" and space in ("", _XLINK):
            if element != "a" and not value.startswith("#"):
                self._fault(
                    f"<{element}> refers to “{value[:60]}”, which is outside the file",
                    "put what it refers to into the file; nothing is ever fetched",
                )
        elif name.startswith("on") and not space:
            self._fault(f"a script (the attribute {name}) cannot be shown", "delete it: nothing is ever run")
        elif name == "style":
            self._css(value)
        elif not space and name in _PROPERTIES:
            self._property(name, value)

    def _css(self, text: str, place: tuple[int, int] | None = None) -> None:
        text = _COMMENT.sub(" ", text)
        if _OUTSIDE.search(text):
            self._fault(
                "a style that refers to something outside the file",
                "delete it; nothing is ever fetched",
                place,
            )
        for found in _DECLARATION.finditer(text):
            self._property(found[1].lower(), found[2], place)

    def _property(self, name: str, value: str, place: tuple[int, int] | None = None) -> None:
        rule = _PROPERTIES.get(name)
        bare = value.replace("!important", "").strip().lower()
        if rule is not None and bare not in ("inherit", "initial", "unset") and rule[0](bare):
            self._fault(f"{rule[1]} ({name}: {bare[:40]}) cannot be drawn", rule[2], place)

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style[2].append(text)

    def _end(self, _: str) -> None:
        self._open.pop()
        self._parts.pop()
        if self._silent:
            self._silent -= 1
        if self._style is not None:
            line, column, parts = self._style
            self._style = None
            self._css("".join(parts), (line, column))


def _saying(name: str) -> tuple[str, str]:
    what, remedy = _REFUSED[name]
    return f"{what} (<{name}>) cannot be shown", remedy
