"""Headings, tables, lists, pictures and links: those of the Document beside those that the tags make of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from briefpack.document import (
    Block,
    Callout,
    Cell,
    Chart,
    CrossReference,
    Document,
    Heading,
    Heads,
    Image,
    Link,
    List,
    NumberedParagraph,
    Paragraph,
    Quotation,
    Row,
    Spans,
    Table,
    plain_text,
)
from tests.conformance.aloud import words_of
from tests.conformance.noting import marked, notes_of, with_notes
from tests.conformance.packs import Expected, every, headings, inside, texts_of
from tests.conformance.structure import HEADINGS
from tests.conformance.tagged import Annotation, Element, Tagged


def kind_differences(expected: Expected, tagged: Tagged, own: set[int]) -> list[str]:
    """Where the tags make something else of what the Document says; [] when they agree. own: pages that are no annex's."""
    found = _Found(tagged, own)
    document = with_notes(expected.document)
    blocks = [block for section in document.sections for block in every(section.blocks)]
    wanted: dict[str, tuple[list[Any], list[Any]]] = {
        "headings": (_headings(expected), found.headings()),
        "tables": ([_rows(block) for block in blocks if isinstance(block, Table)], found.tables()),
        "captions": (_captions(blocks), found.texts("Caption")),
        "labels": (_labels(blocks), found.labels()),
        "pictures": (_pictures(expected, blocks), found.pictures()),
        "notes": (_notes(expected.document), found.texts("Note")),
        "links": (list(_links(document)), found.links()),
    }
    return [
        f"{what}: wanted {_parted(one, other)}, found {_parted(other, one)}"
        for what, (one, other) in wanted.items()
        if one != other
    ]


def _parted(one: list[Any], other: list[Any]) -> str:
    """The first item that is not in the same place of another list."""
    at = next((n for n, each in enumerate(one) if n >= len(other) or each != other[n]), len(one))
    return f"{len(one)}, number {at + 1} {one[at] if at < len(one) else 'missing'!r}"


def _heard(text: str) -> str:
    return " ".join(word.text for word in words_of([(text, None)]))


# --------------------------------------------------------------------------- the Document's


def _headings(expected: Expected) -> list[tuple[int, str]]:
    """Those of the contents page, of the sections, and the annexes' titles, which begin with their labels."""
    document, style = marked(expected.document), expected.style
    found = [(level, _heard(f"{number or ''} {words}")) for level, number, words in headings(document)]
    if expected.printed_contents:
        found.insert(0, (1, _heard(style.word("contents", document.meta.language))))
    return found + [(1, _heard(f"{annex.label} {annex.title}")) for annex in document.annexes]


_Cell: TypeAlias = tuple[str, str, int, int, str]
"""Kind, words, columns and rows of a cell, and of what it is the header: "Column", "Row", or "" for none."""


def _rows(table: Table) -> list[list[_Cell]]:
    """The cells of each row."""

    def row(row: Row, kind: str) -> list[_Cell]:
        return [
            (
                kind if cell.heads is None else "TH",
                _cell(cell),
                cell.columns,
                cell.rows,
                _SCOPES[kind, cell.heads],
            )
            for cell in row.cells
        ]

    return [row(each, "TH") for each in table.header] + [row(each, "TD") for each in table.rows]


_SCOPES = {
    ("TH", None): "Column",
    ("TD", None): "",
    ("TD", Heads.ROW): "Row",
    ("TD", Heads.GROUP): "Column",
}


def _cell(cell: Cell) -> str:
    return _heard(" ".join(texts_of(cell.blocks)))


def _captions(blocks: Iterable[Block]) -> list[str]:
    """Of tables and pictures; what stands under mere decoration is a paragraph, since there is nothing that it could describe."""
    return [
        _heard(f"{block.caption.label}{block.caption.joint}{plain_text(block.caption.spans)}")
        for block in blocks
        if isinstance(block, Table | Image | Chart) and block.caption is not None
        if isinstance(block, Table) or block.alt
    ]


def _labels(blocks: Iterable[Block]) -> list[str]:
    """Of the items of lists, those of an inner list after those of the item that holds it."""
    return [_heard(item.label) for block in blocks if isinstance(block, List) for item in block.items]


def _pictures(expected: Expected, blocks: Iterable[Block]) -> list[str]:
    """What is said of them; decoration is not heard, and neither is an emblem that belongs to nobody."""
    logo = expected.style.cover.logo or expected.document.meta.logo
    first = [expected.document.meta.organisation] if logo is not None and expected.style.cover.show else []
    return [
        alt for alt in (*first, *(block.alt for block in blocks if isinstance(block, Image | Chart))) if alt
    ]


def _notes(document: Document) -> list[str]:
    """Marks and words, in the order of the marks."""
    notes = sorted(notes_of(document.sections), key=lambda note: note.number)
    return [_heard(" ".join([note.mark, *map(plain_text, note.paragraphs)])) for note in notes]


def _links(document: Document) -> Iterator[str]:
    """The words of the links in the text, in order."""
    for section in document.sections:
        yield from _linked(section.lead)
        yield from _linked_in(section.blocks)


def _linked_in(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading() | Paragraph() | NumberedParagraph():
                yield from _linked(block.spans)
            case Table():
                yield from _linked(block.caption.spans if block.caption else ())
                yield from _linked_in(inside(block))
                for note in block.notes:
                    yield from _linked(note.spans)
                yield from _linked(block.source or ())
            case Image() | Chart():
                yield from _linked(block.caption.spans if block.caption else ())
                yield from _linked(block.source or ())
            case Callout():
                yield from _linked(block.title or ())
                yield from _linked_in(block.blocks)
            case Quotation():
                yield from _linked_in(block.blocks)
                yield from _linked(block.attribution or ())
            case _:
                yield from _linked_in(inside(block))


def _linked(spans: Spans) -> Iterator[str]:
    for span in spans:
        if isinstance(span, Link | CrossReference):
            yield _heard(plain_text((span,)))


# --------------------------------------------------------------------------- the tags'


class _Found:
    """What the tags make of the pages that are no annex's."""

    def __init__(self, tagged: Tagged, own: set[int]) -> None:
        self.tagged = tagged
        self.elements = [
            element
            for element in tagged.elements
            if any(content.page in own for content in element.contents())
        ]

    def words(self, element: Element) -> str:
        return _heard("".join(self._pieces(element)))

    def _pieces(self, element: Element) -> Iterator[str]:
        """Cells and paragraphs apart, what stands in a line together; what is painted in a picture is none of its words."""
        block = element.role not in {"Span", "Link", "Reference", "Quote", "Code"}
        if block:
            yield " "
        for kid in element.kids:
            if isinstance(kid, Element):
                yield from self._pieces(kid)
            elif not isinstance(kid, Annotation) and element.role != "Figure":
                yield from (piece.text for piece in self.tagged.by_mark.get((kid.owner, kid.mcid), []))
        if block:
            yield " "

    def of(self, *roles: str) -> list[Element]:
        return [element for element in self.elements if element.role in roles]

    def texts(self, role: str) -> list[str]:
        return [self.words(element) for element in self.of(role)]

    def headings(self) -> list[tuple[int, str]]:
        return [(HEADINGS[element.role], self.words(element)) for element in self.of(*HEADINGS)]

    def tables(self) -> list[list[list[_Cell]]]:
        return [
            [
                [
                    (
                        cell.role,
                        self.words(cell),
                        int(cell.attributes.get("ColSpan", 1)),
                        int(cell.attributes.get("RowSpan", 1)),
                        str(cell.attributes.get("Scope", "")).removeprefix("/"),
                    )
                    for cell in row.elements
                ]
                for row in table.walk()
                if row.role == "TR"
            ]
            for table in self.of("Table")
        ]

    def labels(self) -> list[str]:
        """Of the items of lists, list by list."""
        return [
            self.words(label)
            for each in self.of("L")
            for item in each.elements
            for label in item.elements
            if label.role == "Lbl"
        ]

    def pictures(self) -> list[str]:
        return [element.text_of("/Alt") or "" for element in self.of("Figure")]

    def links(self) -> list[str]:
        """Those that are not in the contents."""
        return [self.words(element) for element in self.of("Link") if not _inside(element, "TOCI")]


def _inside(element: Element, role: str) -> bool:
    around = element.parent
    while around is not None and around.role != role:
        around = around.parent
    return around is not None
