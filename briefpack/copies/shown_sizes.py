"""A PDF → how large each of its pictures is shown, in points: the largest showing on any page, through forms within forms. Nothing is changed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, PdfError, Stream, parse_content_stream

from briefpack.annexes.geometry import Matrix, product

Key: TypeAlias = tuple[int, int]
"""Number and generation of an object."""

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_MOST_SHOWINGS = 256
"""Of one picture in one form, that are told apart; one that is shown oftener is left alone."""
_DEEPEST = 32
"""Forms within forms."""
_DRAWING = "q Q cm Do"
_PAGES = frozenset({"/Page", "/Pages", "/Catalog"})
"""Types of what leads to everything."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Of one picture. width, height: in points, of its largest showing in either direction."""

    width: float
    height: float

    def with_(self, other: Shown | None) -> Shown:
        """What does for both."""
        if other is None:
            return self
        return Shown(max(self.width, other.width), max(self.height, other.height))


def shown_sizes(pdf: Pdf) -> dict[Key, Shown]:
    """How large pictures are shown, by the numbers of their objects, masks among them.

    A picture that is used where its size is not worked out is not listed: in patterns, in glyphs, in appearances of annotations, in groups
    that are soft masks, and in content that cannot be read.
    """
    walk = _Walk()
    sizes: dict[Key, Shown] = {}
    for page in pdf.pages:
        unit = float(page.obj.get("/UserUnit", 1))
        for annotation in page.obj.get("/Annots", ()):
            if isinstance(annotation, Dictionary):
                walk.leave(annotation.get("/AP"))
        for key, matrices in walk.content(page, page.resources).items():
            for matrix in matrices:
                shown = Shown(*(side * unit for side in _sides(matrix)))
                sizes[key] = shown.with_(sizes.get(key))
    for key, shown in list(sizes.items()):
        picture = pdf.get_object(key)
        for name in ("/SMask", "/Mask"):
            mask = picture.get(name)
            if isinstance(mask, Stream):
                sizes[mask.objgen] = shown.with_(sizes.get(mask.objgen))
                if key in walk.left:
                    walk.left.add(mask.objgen)
    return {key: shown for key, shown in sizes.items() if key not in walk.left}


def _sides(matrix: Matrix) -> tuple[float, float]:
    """Width and height of the unit square under a matrix (ISO 32000-1, 8.9.5.1)."""
    a, b, c, d, _, _ = matrix
    return math.hypot(a, b), math.hypot(c, d)


_Showings: TypeAlias = dict[Key, set[Matrix]]


@dataclass(slots=True)
class _Walk:
    """left: pictures that are used somewhere else too."""

    left: set[Key] = field(default_factory=set)
    _forms: dict[Key, _Showings] = field(default_factory=dict)
    _open: list[Key] = field(default_factory=list)
    _resources: set[Key] = field(default_factory=set)

    def content(self, content: Page | Stream, resources: Object | None) -> _Showings:
        """Where a page or form shows pictures, in its own space."""
        found: _Showings = {}
        if not isinstance(resources, Dictionary):
            return found
        self._look(resources)
        objects = resources.get("/XObject")
        if not isinstance(objects, Dictionary) or not objects.keys():
            return found
        try:
            for name, matrix in _drawn(content):
                item = objects.get(name)
                if isinstance(item, Stream):
                    self._show(item, matrix, resources, found)
        except (PdfError, TypeError, ValueError):
            self.leave(objects)
        return found

    def _show(self, item: Stream, matrix: Matrix, resources: Dictionary, found: _Showings) -> None:
        kind = item.get("/Subtype")
        if kind == Name.Image:
            self._note(found, item.objgen, matrix)
        elif kind == Name.Form:
            for key, matrices in self._form(item, resources).items():
                for each in matrices:
                    self._note(found, key, product(each, matrix))

    def _note(self, found: _Showings, key: Key, matrix: Matrix) -> None:
        showings = found.setdefault(key, set())
        # Where it is shown does not matter for its size, but for whether two showings are one.
        showings.add((*(round(value, 4) for value in matrix[:4]), 0.0, 0.0))  # type: ignore[arg-type]
        if len(showings) > _MOST_SHOWINGS:
            self.left.add(key)
            showings.clear()

    def _form(self, form: Stream, outer: Dictionary) -> _Showings:
        key = form.objgen
        if key in self._forms:
            return self._forms[key]
        if key in self._open or len(self._open) > _DEEPEST:
            self.leave(form)
            return {}
        self._open.append(key)
        # A form without resources uses those of the page that shows it, as PDF 1.1 allowed (ISO 32000-1, 7.8.3).
        own = form.get("/Resources", outer)
        matrix = _matrix(form.get("/Matrix", ())) or _IDENTITY
        inner = self.content(form, own)
        self._open.pop()
        made: _Showings = {
            image: {product(each, matrix) for each in matrices} for image, matrices in inner.items()
        }
        if "/Resources" in form:
            self._forms[key] = made
        return made

    def _look(self, resources: Dictionary) -> None:
        """Leave alone what resources use besides what content shows."""
        if resources.objgen != (0, 0):
            if resources.objgen in self._resources:
                return
            self._resources.add(resources.objgen)
        self.leave(resources.get("/Pattern"))
        for font in _values(resources.get("/Font")):
            if font.get("/Subtype") == Name.Type3:
                self.leave(font)
        for state in _values(resources.get("/ExtGState")):
            self.leave(state.get("/SMask"))

    def leave(self, start: Object | None) -> None:
        """Leave alone every picture that an object leads to."""
        seen: set[Key] = set()
        waiting: list[Object | None] = [start]
        while waiting:
            item = waiting.pop()
            if not isinstance(item, Stream | Dictionary | Array):
                continue
            if item.objgen != (0, 0):
                if item.objgen in seen:
                    continue
                seen.add(item.objgen)
            if isinstance(item, Stream) and item.get("/Subtype") == Name.Image:
                self.left.add(item.objgen)
            waiting += _inside(item)


def _inside(item: Object) -> Iterable[Object]:
    if isinstance(item, Array):
        return list(item)
    if str(item.get("/Type", "")) in _PAGES:
        return []
    return [item[key] for key in item.keys()]  # noqa: SIM118 - of streams, too


def _values(item: Object | None) -> Iterator[Dictionary | Stream]:
    if isinstance(item, Dictionary):
        for key in item.keys():  # noqa: SIM118 - a pikepdf dictionary iterates its keys only this way
            value = item[key]
            if isinstance(value, Dictionary | Stream):
                yield value


def _drawn(content: Page | Stream) -> Iterator[tuple[str, Matrix]]:
    """The names that content paints, each with the matrix that holds there."""
    now, kept = _IDENTITY, list[Matrix]()
    for step in parse_content_stream(content, _DRAWING):
        match str(step.operator):
            case "q":
                kept.append(now)
            case "Q":
                now = kept.pop() if kept else now
            case "cm":
                matrix = _matrix(step.operands)
                now = now if matrix is None else product(matrix, now)
            case "Do":
                yield str(step.operands[0]), now


def _matrix(values: Iterable[object]) -> Matrix | None:
    """Six numbers; None for anything else."""
    numbers = tuple(float(value) for value in values)  # type: ignore[arg-type]
    return numbers if len(numbers) == 6 else None
