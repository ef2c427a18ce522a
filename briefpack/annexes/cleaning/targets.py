"""Where links and bookmarks of a document lead: names and indirections resolved to a page and a view of it.

Destinations are ISO 32000-2, 12.3.2. In the clean file every one is explicit, so that no two annexes can share a name.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pikepdf import Array, Dictionary, Name, NameTree, Object, Pdf, String

from briefpack.annex import OutlineNode
from briefpack.annexes.cleaning.choosing import Choice

MOST_NAMES = 100_000
MOST_BOOKMARKS = 2_000
DEEPEST_BOOKMARK = 12
LONGEST_TITLE = 200
"""Characters of a bookmark's title; longer ones are cut."""

_FITS = {"/XYZ": 3, "/Fit": 0, "/FitH": 1, "/FitV": 1, "/FitR": 4, "/FitB": 0, "/FitBH": 1, "/FitBV": 1}
_MOST_HOPS = 8


@dataclass(frozen=True, slots=True)
class Target:
    """page: 0-based. fit: name of the view, as "/XYZ". values: its numbers, None for "leave it as it is"."""

    page: int
    fit: str
    values: tuple[float | None, ...]


_LEFT_OUT = Target(-1, "/Fit", ())


class Targets:
    """The destinations of one document."""

    def __init__(self, pdf: Pdf, choice: Choice | None = None) -> None:
        """choice: which of its pages are there; None for all."""
        if choice is None:
            choice = Choice(tuple(range(len(pdf.pages))), len(pdf.pages))
        self._count, self._left_out = choice.count, choice.left_out
        self._pages = dict.fromkeys(choice.left_out, _LEFT_OUT.page)
        self._pages |= {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        self._numbers: dict[int, int] = {}
        for index, number in enumerate(choice.order):
            self._numbers.setdefault(number, index)
        self._names: dict[bytes, Object] = dict(_named(pdf.Root))

    @property
    def whole(self) -> bool:
        """Whether no page was left out."""
        return not self._left_out

    def of(self, holder: Dictionary) -> Target | None:
        """Where a link or bookmark leads inside the document; None when nowhere, or elsewhere."""
        target = self._target(holder)
        return None if target == _LEFT_OUT else target

    def leads_out(self, holder: Dictionary) -> bool:
        """Whether a link or bookmark leads to a page that was left out."""
        return self._target(holder) == _LEFT_OUT

    def _target(self, holder: Dictionary) -> Target | None:
        if "/Dest" in holder:
            return self._resolve(holder["/Dest"])
        action = holder.get("/A")
        if isinstance(action, Dictionary) and action.get("/S") == Name.GoTo:
            return self._resolve(action.get("/D"))
        return None

    def _resolve(self, destination: Object | None) -> Target | None:
        for _ in range(_MOST_HOPS):
            if isinstance(destination, Array):
                return self._explicit(destination)
            if isinstance(destination, Dictionary):
                destination = destination.get("/D")
            elif isinstance(destination, (String, Name)):
                destination = self._names.get(_key(destination))
            else:
                return None
        return None

    def _explicit(self, destination: Array) -> Target | None:
        if len(destination) == 0:
            return None
        # pikepdf gives numbers as Python's own, which its types do not say.
        page: object = destination[0]
        index: int | None = None
        if isinstance(page, Dictionary):
            index = self._pages.get(page.objgen)
        elif isinstance(page, int) and 0 <= page < self._count:
            # Right only in links to other files, but writers confuse the two.
            index = self._numbers.get(page, _LEFT_OUT.page)
        if index is None:
            return None
        if index == _LEFT_OUT.page:
            return _LEFT_OUT
        fit = str(destination[1]) if len(destination) > 1 and isinstance(destination[1], Name) else "/Fit"
        if fit not in _FITS:
            fit = "/Fit"
        values = [_value(item) for item in list(destination)[2 : 2 + _FITS[fit]]]
        values += [None] * (_FITS[fit] - len(values))
        if fit == "/FitR" and None in values:
            return Target(index, "/Fit", ())
        return Target(index, fit, tuple(values))


def outline_of(pdf: Pdf, targets: Targets) -> tuple[OutlineNode, ...]:
    """The bookmarks of a document; loops, runaways and what has neither words nor children are left out.

    Those that lead to pages left out go, and what stands below them moves up.
    """
    outlines = pdf.Root.get("/Outlines")
    return _Bookmarks(targets).below(outlines, 1) if isinstance(outlines, Dictionary) else ()


class _Bookmarks:
    def __init__(self, targets: Targets) -> None:
        self._targets = targets
        self._seen: set[tuple[int, int]] = set()

    def below(self, parent: Dictionary, depth: int) -> tuple[OutlineNode, ...]:
        found: list[OutlineNode] = []
        item = parent.get("/First")
        while isinstance(item, Dictionary) and depth <= DEEPEST_BOOKMARK:
            if item.objgen in self._seen or len(self._seen) >= MOST_BOOKMARKS:
                break
            self._seen.add(item.objgen)
            target = self._targets.of(item)
            children = self.below(item, depth + 1)
            title = _title(item.get("/Title"))
            # What led to a page that is left out goes; so does what leads nowhere, unless it holds together what does not.
            empty = target is None and not children and not self._targets.whole
            if title and not empty and not self._targets.leads_out(item):
                found.append(OutlineNode(title, None if target is None else target.page, children))
            else:
                found.extend(children)
            item = item.get("/Next")
        return tuple(found)


def _title(value: object) -> str:
    if not isinstance(value, String):
        return ""
    words = "".join(
        " " if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} else c for c in str(value) if c != "\ufeff"
    )
    title = " ".join(words.split())
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def _named(root: Object) -> Iterator[tuple[bytes, Object]]:
    old = root.get("/Dests")
    if isinstance(old, Dictionary):
        for key in old:
            yield str(key)[1:].encode(), old[str(key)]
    names = root.get("/Names")
    tree = names.get("/Dests") if isinstance(names, Dictionary) else None
    if isinstance(tree, Dictionary):
        for name, value in itertools.islice(NameTree(tree).items(), MOST_NAMES):
            yield str(name).encode(), value


def _key(name: String | Name) -> bytes:
    return str(name).removeprefix("/").encode() if isinstance(name, Name) else str(name).encode()


def _value(item: object) -> float | None:
    return float(item) if isinstance(item, (int, Decimal)) and not isinstance(item, bool) else None
