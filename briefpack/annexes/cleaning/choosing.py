"""Pages of an author's file → those that were asked for, in the order asked for; the others are gone before anything is read of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pikepdf import Object, Pdf

from briefpack.annex import Deed, PageRange, Remark
from briefpack.annexes.cleaning.marks import Key
from briefpack.annexes.cleaning.refusal import Refusal
from briefpack.annexes.values import annotations_of

_MOST_NAMED = 5
"""Ranges named in a message."""


@dataclass(frozen=True, slots=True)
class Choice:
    """order: the author's pages as they are bound, 0-based; a page may come twice. count: the pages of the author's file.

    left_out: the objects of the pages that are not among them. annotations: those of the annotations on such pages.
    """

    order: tuple[int, ...]
    count: int
    left_out: frozenset[Key] = frozenset()
    annotations: frozenset[Key] = frozenset()

    @property
    def kept(self) -> tuple[int, ...]:
        """The pages in the order of the author's file, each once."""
        return tuple(sorted(set(self.order)))

    @property
    def in_order(self) -> bool:
        """Whether the pages follow each other as in the author's file, none of them twice."""
        return self.order == self.kept

    def arrange(self, pdf: Pdf) -> None:
        """Bring the pages that take() left into the order wanted; one that comes again becomes a page of its own."""
        if self.in_order:
            return
        pages = dict(zip(self.kept, list(pdf.pages), strict=True))
        del pdf.pages[:]
        for number in self.order:
            pdf.pages.append(pages[number])

    def remark(self) -> tuple[Remark, ...]:
        """The item of the report that tells of the choice; () when all pages are taken as they come."""
        if not self.left_out and self.in_order:
            return ()
        taken = f"{len(self.kept):,}" if self.left_out else "all"
        what = f"has {self.count:,} {_pages(self.count)}, of which {taken} {'is' if taken == '1' else 'are'} taken"
        if not self.in_order:
            what += ", in another order" if len(self.order) == len(self.kept) else ", some more than once"
        left = tuple(number + 1 for number in sorted(set(range(self.count)) - set(self.order)))
        return (Remark(Deed.REMOVED if left else Deed.FOUND, "pages", what, max(1, len(left)), left),)

    def as_authored(self, remarks: Iterable[Remark], sheet: int = 1) -> tuple[Remark, ...]:
        """Remarks about pages as they are bound, told of the pages of the author's file.

        sheet: pages on each page that the remarks speak of.
        """
        return tuple(
            replace(remark, pages=tuple(dict.fromkeys(self._authors(remark.pages, sheet))))
            for remark in remarks
        )

    def _authors(self, pages: Iterable[int], sheet: int) -> Iterator[int]:
        for page in pages:
            yield from (number + 1 for number in self.order[(page - 1) * sheet : page * sheet])


def order_of(ranges: Sequence[PageRange], pages: int, most: int) -> tuple[int, ...]:
    """The pages, 0-based, that ranges of a file of so many pages ask for; all for ().

    most: pages that may be asked for. Raises Refusal for more of them, and for pages that the file does not have.
    """
    wanted = ranges or (PageRange(1, None),)
    beyond = [asked for asked in wanted if max(asked.first, asked.last or 0) > pages]
    if beyond:
        said = [_said(asked) for asked in beyond[:_MOST_NAMED]] + ["…"] * (len(beyond) > _MOST_NAMED)
        words = " and ".join(filter(None, (", ".join(said[:-1]), said[-1])))
        choice = "choose page 1, or leave `pages:` out" if pages == 1 else f"choose from pages 1-{pages}"
        raise Refusal(f"has {pages:,} {_pages(pages)}, but `pages:` asks for {words}", choice)
    # Counted before they are listed: a range takes three letters to write, any number of times.
    count = sum((asked.last or pages) - asked.first + 1 for asked in wanted)
    if count > most:
        if ranges:
            raise Refusal(
                f"gives {count:,} pages by its `pages:`, more than {most:,}", "choose fewer of them"
            )
        raise Refusal(
            f"has {count:,} pages, more than {most:,}",
            "choose some of them with `pages:`, or split it into several annexes",
        )
    return tuple(page for asked in wanted for page in range(asked.first - 1, asked.last or pages))


def take(pdf: Pdf, order: tuple[int, ...]) -> Choice:
    """Take the pages out of a document that are not in the order wanted; the others stay as they follow each other."""
    pages, kept = list(pdf.pages), set(order)
    left_out: set[Key] = set()
    annotations: set[Key] = set()
    # From the end: every page that goes has those behind it counted anew.
    for number in reversed(range(len(pages))):
        if number not in kept:
            page = pages[number].obj
            left_out.add(page.objgen)
            annotations |= _annotations(page)
            del pdf.pages[number]
    if annotations:
        # Copies of a page may share theirs.
        annotations.difference_update(*(_annotations(page.obj) for page in pdf.pages))
    return Choice(order, len(pages), frozenset(left_out), frozenset(annotations))


def _annotations(page: Object) -> set[Key]:
    return {item.objgen for item in annotations_of(page) if item.is_indirect}


def _said(asked: PageRange) -> str:
    if asked.last == asked.first:
        return str(asked.first)
    return f"{asked.first}-{'' if asked.last is None else asked.last}"


def _pages(count: int) -> str:
    return "page" if count == 1 else "pages"
