"""The tags of an author's file → those that the pages chosen can have in the clean file, with nothing in them about other pages."""

from __future__ import annotations

from pikepdf import Pdf, String

from briefpack.annex import Deed, Remark, Treatment
from briefpack.annexes.cleaning.choosing import Choice
from briefpack.annexes.cleaning.marks import Key
from briefpack.annexes.cleaning.read_tags import read_tags
from briefpack.annexes.cleaning.tag_faults import members, rows_of
from briefpack.annexes.cleaning.tags import Element, Kid, Mark, Tags, Target

_CELLS = frozenset({"TH", "TD"})


def kept_tags(pdf: Pdf, choice: Choice, treatment: Treatment) -> tuple[Tags | None, tuple[Remark, ...]]:
    """The tags that the clean file will have, None for none, and what is told of those that it cannot have."""
    tags = read_tags(pdf, choice.left_out)
    if tags is None:
        return None, ()
    tags = prune(tags, choice)
    if tags is None:
        why = "with pages left out they cannot be told apart"
    elif not choice.in_order:
        why = "they say another order than its pages have now"
    elif treatment.n_up > 1:
        why = "two pages on a sheet are one picture"
    else:
        return tags, ()
    what = f"has tags for screen readers, which are lost: {why}"
    return None, (
        Remark(Deed.REMOVED, "tags", what, advice="take its pages as they come, one on a page, to keep them"),
    )


def prune(tags: Tags, choice: Choice) -> Tags | None:
    """Tags of a document from which pages were taken, without what says something of those pages; None when that cannot be told apart.

    tags: as read_tags() reads them when it is told which pages were left out. What belongs to pages of both kinds stays, but for the
    words that describe it as a whole.
    """
    if not choice.left_out:
        return tags
    pruner = _Pruner(len(tags.pages), choice.annotations)
    pruner.prune(tags.top)
    there = {
        (owner, number) for page in tags.pages for owner, marks in page.marks.items() for number in marks
    }
    held = {(kid.owner, kid.number) for each in tags.top.all() for kid in each.kids if isinstance(kid, Mark)}
    return tags if there == held else None


class _Pruner:
    def __init__(self, pages: int, annotations: frozenset[Key]) -> None:
        """pages: how many are left; marks on those that are not have higher numbers. annotations: on the pages left out."""
        self._pages, self._annotations = pages, annotations
        self._sides: dict[int, tuple[bool, bool]] = {}

    def prune(self, top: Element) -> None:
        """Prune a tree in place."""
        self._look(top)
        self._prune(top)

    def _look(self, element: Element) -> tuple[bool, bool]:
        """Whether there is anything of an element on pages that are left, and on others."""
        here = there = False
        for kid in element.kids:
            if isinstance(kid, Element):
                stays, goes = self._look(kid)
            else:
                goes = self._goes(kid)
                stays = not goes
            here, there = here or stays, there or goes
        self._sides[id(element)] = here, there
        return here, there

    def _goes(self, kid: Mark | Target) -> bool:
        return kid.page >= self._pages if isinstance(kid, Mark) else kid.annotation in self._annotations

    def _prune(self, element: Element) -> None:
        if not self._sides[id(element)][1]:
            return
        self._silence(element)
        kept: list[Kid] = []
        for kid in element.kids:
            if not isinstance(kid, Element):
                if not self._goes(kid):
                    kept.append(kid)
                continue
            here, there = self._sides[id(kid)]
            # Of what has no content nobody knows the page; a cell without words must stay, so that the others keep their columns.
            if not here and not there and element.kind == "TR" and kid.kind in _CELLS:
                self._silence(kid)
                kid.kids = []
                kept.append(kid)
            elif here:
                self._prune(kid)
                kept.append(kid)
        element.kids = kept
        if element.kind == "Table":
            _shorten(element)

    @staticmethod
    def _silence(element: Element) -> None:
        """Take from an element what its maker wrote of the whole of it."""
        element.texts = {key: text for key, text in element.texts.items() if key == "/Lang"}
        element.attributes = [
            {key: value for key, value in held.items() if not isinstance(value, String)}
            for held in element.attributes
        ]


def _shorten(table: Element) -> None:
    """Let no cell of a table reach below its last row."""
    rows = rows_of(table)
    for number, row in enumerate(rows):
        for cell in members(row):
            for held in cell.attributes:
                span = held.get("/RowSpan")
                if isinstance(span, int) and number + span > len(rows):
                    held["/RowSpan"] = len(rows) - number
