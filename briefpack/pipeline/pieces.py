"""Clean annexes that are too large for a part → pieces of them, cleaned again by intake, so that each is a file like any other annex."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import ceil
from pathlib import Path

from briefpack.annex import Annex, AnnexFacts, AnnexFile, CleanPart, OutlineNode, PageRange, Treatment

_PER_PART = 3.3
"""Pieces that a part should hold: with fewer, much of it may stay empty; each piece has fonts of its own."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Pages of one file of an annex. file: which it is. first: of the pages, 1-based in the annex."""

    file: AnnexFile
    clean: CleanPart
    first: int

    @property
    def size(self) -> int:
        """Bytes of the clean file."""
        return self.clean.clean.stat().st_size


@dataclass(slots=True)
class Pieces:
    """The annexes of a pack in order, each in the pieces that it is in so far: its files. work: a folder for those that are made."""

    annexes: Sequence[Annex]
    facts: Mapping[str, AnnexFacts]
    work: Path
    _of: dict[int, list[Piece]] = field(default_factory=dict)

    def of(self, annex: int, pages: range) -> list[Piece]:
        """The pieces with some pages of an annex. annex: its position. pages: 1-based; they begin and end with pieces."""
        if annex not in self._of:
            given = self.annexes[annex]
            self._of[annex] = [
                Piece(file, part, before + 1)
                for file, (before, part) in zip(given.files, self.facts[given.id].starts(), strict=True)
            ]
        return [piece for piece in self._of[annex] if piece.first in pages]

    def given(self, annex: int, pages: range) -> tuple[Annex, AnnexFacts]:
        """Some pages of an annex, as if they were all of it."""
        whole, pieces = self.annexes[annex], self.of(annex, pages)
        facts = self.facts[whole.id]
        if sum(piece.clean.pages for piece in pieces) == facts.pages:
            # Whatever it was divided into meanwhile: in one part it is as it was.
            return whole, facts
        names = tuple(piece.file.path.name for piece in pieces) if facts.names else ()
        files = tuple(piece.file for piece in pieces)
        return replace(whole, files=files), AnnexFacts(tuple(piece.clean for piece in pieces), names)

    def divide(self, annex: int, pages: range, load: float) -> list[int]:
        """How many pages each of the pieces has that these pages are now in; one where they cannot be divided. load: how many parts they would fill."""
        pieces, given = self.of(annex, pages), self.annexes[annex]
        if given.embed or any(piece.clean.embedded for piece in pieces):
            # A file inside is whole in one part or in none.
            return [len(pages)]
        if len(pieces) == 1:
            (piece,) = pieces
            count = min(piece.clean.pages, max(2, ceil(_PER_PART * load)))
            pieces = list(_cut(piece, count, given, self.work / f"{annex}-{piece.first}-{count}"))
            self._of[annex] = sorted(
                [*(other for other in self._of[annex] if other is not piece), *(pieces or [piece])],
                key=lambda each: each.first,
            )
        return [piece.clean.pages for piece in pieces] or [len(pages)]


def _cut(piece: Piece, count: int, annex: Annex, work: Path) -> Iterator[Piece]:
    """A piece in several, about equally long; nothing where it has a single page, or anything of it would be lost."""
    from briefpack.annexes.intake import take_in

    clean = piece.clean
    if count < 2:
        return
    ends = [round(clean.pages * number / count) for number in range(count + 1)]
    spans = [range(*pair) for pair in pairwise(ends)]
    wanted = [
        replace(
            annex,
            id=str(span.start),
            files=(
                replace(
                    piece.file,
                    path=clean.clean,
                    set=None,
                    treatment=Treatment(
                        keep=piece.file.treatment.keep, pages=(PageRange(span.start + 1, span.stop),)
                    ),
                ),
            ),
        )
        for span in spans
    ]
    facts, _ = take_in(wanted, work)
    made = [facts[each.id].parts[0] for each in wanted if each.id in facts]
    sizes = tuple(size for part in made for size in part.sizes)
    if len(made) != len(spans) or sizes != clean.sizes or any(part.tagged != clean.tagged for part in made):
        return
    for part, span in zip(made, spans, strict=True):
        # It is of the author's file still, whose bookmarks are kept beside the clean one.
        outline = tuple(_within(clean.outline, span))
        own = replace(part, sha256=clean.sha256, damaged=clean.damaged, outline=outline)
        yield Piece(piece.file, own, piece.first + span.start)


def _within(nodes: Sequence[OutlineNode], span: range) -> Iterator[OutlineNode]:
    """Bookmarks that lead to some pages, with those above them. span: 0-based."""
    for node in nodes:
        children = tuple(_within(node.children, span))
        here = node.page is not None and node.page in span
        if here or children:
            page = node.page - span.start if here and node.page is not None else None
            yield OutlineNode(node.title, page, children)
