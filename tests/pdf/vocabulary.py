"""A Document with every block of the briefing vocabulary, made without reading any file."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import count

from briefpack.document import (
    Align,
    Block,
    Callout,
    Caption,
    Cell,
    Column,
    Columns,
    CrossReference,
    Document,
    Heading,
    Heads,
    Image,
    Landscape,
    Link,
    List,
    Listing,
    ListingEntry,
    ListItem,
    ListKind,
    Paragraph,
    Quotation,
    Row,
    RowKind,
    Section,
    SideBySide,
    Table,
    TableNote,
    Text,
    TocEntry,
    TocKind,
    Together,
)
from tests.samples import (
    WHERE,
    cell,
    paragraph,
    picture,
    prose,
    row,
    sample_annexes,
    sample_meta,
    words,
)

_numbers = count(5000)


def heading(text: str, level: int = 2) -> Heading:
    return Heading(level, None, words(text), f"h_{next(_numbers)}", WHERE)


def dashes(*texts: str, role: str = "list", depth: int = 0) -> List:
    items = tuple(ListItem("—", (paragraph(text, role),)) for text in texts)
    return List(ListKind.DASHES, items, depth, next(_numbers), WHERE)


def terms(*entries: tuple[str, str], hang: float | None = 6.0) -> List:
    items = tuple(ListItem(term, (paragraph(text, "list"),)) for term, text in entries)
    return List(ListKind.TERMS, items, 0, next(_numbers), WHERE, hang=hang)


def callout(title: str | None, *blocks: Block, look: str = "callout") -> Callout:
    return Callout(None if title is None else words(title), blocks, WHERE, look)


def quotation(*texts: str, by: str | None = None) -> Quotation:
    blocks = tuple(paragraph(text, "quotation") for text in texts)
    return Quotation(blocks, None if by is None else words(by), WHERE)


def key_figures(*figures: tuple[str, str, str]) -> SideBySide:
    """Value, label and source of each."""
    parts = tuple(
        (
            paragraph(value, "key-value", keep_with_next=True),
            paragraph(label, "key-label"),
            *((paragraph(source, "source"),) if source else ()),
        )
        for value, label, source in figures
    )
    return SideBySide(parts, (1 / len(parts),) * len(parts), WHERE, "figures")


def number(text: str, tail: str = "", heads: Heads | None = None) -> Cell:
    """A number in a column of decimals."""
    return Cell((paragraph(text, "table-cell", tail=tail),), heads=heads)


def named(text: str, *, rows: int = 1, columns: int = 1, heads: Heads | None = Heads.ROW) -> Cell:
    return replace(cell(text), rows=rows, columns=columns, heads=heads)


def group_row(text: str, columns: int) -> Row:
    head = replace(cell(text, role="table-group"), columns=columns, heads=Heads.GROUP)
    return Row((head,), WHERE, RowKind.GROUP)


def total_row(*cells: Cell) -> Row:
    return Row(cells, WHERE, RowKind.TOTAL)


def spending(anchor: str = "tbl_spending", *, rows: int = 2) -> Table:
    """A table with two rows of headings, groups, decimals, notes and a total. rows: in each group."""
    header = (
        Row(
            (
                replace(cell("Ally", role="table-header"), rows=2),
                replace(cell("Share of GDP, %", role="table-header"), columns=2, align=Align.CENTRE),
                replace(cell("Remark", role="table-header"), rows=2),
            ),
            WHERE,
        ),
        Row((cell("2014", role="table-header"), cell("2024", role="table-header")), WHERE),
    )
    body: list[Row] = []
    for group in ("Northern Europe", "Southern Europe"):
        body.append(group_row(group, 4))
        for k in range(rows):
            body.append(
                Row(
                    (
                        named(f"Country {k + 1}"),
                        number(f"{k % 12}.5", "0"),
                        number("2.26"),
                        cell(
                            "Estimate a"
                            if k % 2
                            else "A remark that takes more than one line in its narrow column"
                        ),
                    ),
                    WHERE,
                )
            )
    body.append(total_row(named("All"), number("1.43"), number("2", ".00"), cell("")))
    return Table(
        (Column(0.28), Column(0.16, Align.RIGHT), Column(0.16, Align.RIGHT), Column(0.4)),
        header,
        tuple(body),
        anchor,
        WHERE,
        Caption("Table 1", words("Spending on defence")),
        words("Source: made up for this page."),
        (
            TableNote("a", words("Estimated by the desk, " * 6 + "in spring.")),
            TableNote("b", words("Without pensions.")),
        ),
    )


def spanned(anchor: str = "tbl_spanned", *, regions: int = 3, rows: int = 3, tall: int = 1) -> Table:
    """Regions beside their countries. tall: sentences in the cells that cover several rows."""
    rng = random.Random(5)
    body: list[Row] = []
    for region in range(regions):
        for k in range(rows):
            cells = [cell(f"Country {region + 1}.{k + 1}"), cell(prose(rng, 1))]
            if k == 0:
                cells.insert(0, named(f"Region {region + 1}: " + prose(rng, tall), rows=rows))
            body.append(Row(tuple(cells), WHERE))
    return Table(
        (Column(0.3), Column(0.25), Column(0.45)),
        (row("Region", "Country", "What they say", role="table-header"),),
        tuple(body),
        anchor,
        WHERE,
        look="matrix",
    )


def timeline(count: int = 5) -> Table:
    rng = random.Random(7)
    return Table(
        (Column(0.22, Align.RIGHT), Column(0.78)),
        (),
        tuple(Row((named(f"{k + 3} March 2025"), cell(prose(rng, 1 + k % 2))), WHERE) for k in range(count)),
        "tbl_timeline",
        WHERE,
        look="timeline",
    )


def clearance() -> Table:
    return Table(
        (Column(0.2), Column(0.4), Column(0.4)),
        (),
        tuple(
            Row((named(step), cell(by), cell(when)), WHERE)
            for step, by, when in (
                ("Drafted", "Security Policy Desk", "31 March 2025, ext. 4411"),
                ("Cleared", "South-East Europe Desk", "1 April 2025"),
                ("Approved", "Director Political", "open"),
            )
        ),
        "tbl_clearance",
        WHERE,
        look="clearance",
    )


def wide(columns: int = 9, rows: int = 14) -> Table:
    rng = random.Random(9)
    return Table(
        tuple(Column(1 / columns) for _ in range(columns)),
        (row(*(f"Topic {k}" for k in range(columns)), role="table-header"),),
        tuple(
            Row((named(f"Partner {k}"), *(cell(prose(rng, 1)[:60]) for _ in range(columns - 1))), WHERE)
            for k in range(rows)
        ),
        "tbl_wide",
        WHERE,
        Caption("Table 2", words("Partners by topics")),
        look="matrix",
    )


def beside_picture(sentences: int = 5) -> SideBySide:
    rng = random.Random(11)
    image = Image(
        picture(240, 180),
        "A gradient",
        "fig_beside",
        WHERE,
        1.0,
        Caption("Figure 1", words("A gradient")),
        None,
    )
    return SideBySide(
        ((image,), (paragraph(prose(rng, sentences)), dashes("One.", "Two."))), (0.35, 0.65), WHERE
    )


def columned(paragraphs: int = 6, count: int = 2) -> Columns:
    rng = random.Random(13)
    blocks: list[Block] = []
    for k in range(paragraphs):
        if k % 3 == 0:
            blocks.append(heading(f"Heading {k}", 3))
        blocks.append(paragraph(prose(rng, 3)))
    return Columns((tuple(blocks),), count, WHERE)


def vocabulary_sections() -> tuple[Section, ...]:
    rng = random.Random(3)
    first: list[Block] = [
        heading("Key figures"),
        key_figures(
            ("2.7 %", "of GDP spent on defence in 2024, as Allies estimate it", "Source: NATO"),
            ("32", "Allies", ""),
            ("€ 1.4 bn", "for industrial production", "Source: desk"),
        ),
        heading("Facts"),
        callout(
            "At a glance",
            terms(("Capital", "Sarajevo"), ("Head of mission", prose(rng, 2)), ("KFOR", "About 4,500 troops")),
            look="facts",
        ),
        heading("If raised"),
        callout("Will the posture change?", paragraph("It follows the situation, not the calendar.", "line"),
                dashes("First line.", "Second line.", role="line"), look="question"),
        callout("Why now?", paragraph(prose(rng, 2), "line"), look="question"),
        heading("What they said"),
        quotation(prose(rng, 2), prose(rng, 1), by="Secretary General, Sarajevo, 10 March 2025"),
        quotation("Short words.", by=None),
        heading("Timeline"),
        timeline(),
        heading("Definitions"),
        terms(("KFOR", prose(rng, 2)), ("NATO Advisory and Liaison Team", prose(rng, 1)), ("NMI", prose(rng, 1))),
        heading("Spending"),
        spending(),
        paragraph("After the table."),
        heading("Regions"),
        spanned(),
        heading("A picture and its text"),
        beside_picture(),
        heading("In columns"),
        columned(),
        heading("Three columns as their author breaks them"),
        Columns(
            (
                (heading("Left", 3), paragraph(prose(rng, 2)), dashes("one", "two")),
                (heading("Middle", 3), callout("In a column", paragraph(prose(rng, 1), "callout"))),
                (heading("Right", 3), paragraph(prose(rng, 1))),
            ),
            3,
            WHERE,
        ),
        callout(
            "A box",
            paragraph(prose(rng, 1), "callout"),
            callout("A box in it", paragraph(prose(rng, 1), "callout")),
            quotation("Words in a box.", by="Somebody"),
            replace(spending("tbl_boxed"), caption=None, notes=(), source=None),
            dashes("A point.", role="callout"),
        ),
        heading("Kept"),
        Together((heading("Signed", 3), paragraph(prose(rng, 3)), clearance()), WHERE),
        Landscape((heading("A wide table", 3), wide(), paragraph("Below it.")), WHERE),
        paragraph(prose(rng, 3)),
        heading("Tables and figures"),
        Listing("table", (ListingEntry("Table 1", "Spending on defence", "tbl_spending"),
                          ListingEntry("Table 2", "Partners by topics " * 6, "tbl_wide")), WHERE),
        Listing("figure", (ListingEntry("Figure 1", "A gradient", "fig_beside"),), WHERE),
        Paragraph((Text("See "), CrossReference("tbl_wide", (Text("table 2"),)), Text(" and "),
                   Link("https://www.nato.int/", (Text("the site"),)), Text(".")), WHERE),
    ]  # fmt: skip
    second: list[Block] = [paragraph(prose(rng, 6)), replace(wide(8, 30), anchor="tbl_wide_2", caption=None)]
    return (
        Section("1", "The briefing vocabulary", "sec_1", words("Lead: a desk"), tuple(first), WHERE),
        Section("2", "A section on its side", "sec_2", (), tuple(second), WHERE, landscape=True),
        Section("3", "Upright again", "sec_3", (), (paragraph(prose(rng, 6)),), WHERE),
    )


def document_of(*blocks: Block, landscape: bool = False) -> Document:
    """A pack with one section and no annex."""
    section = Section(None, "Section", "sec_1", (), blocks, WHERE, landscape=landscape)
    return Document(sample_meta(watermark=None), (), (section,), ())


def vocabulary_document(annexes: tuple[int, ...] = (2,)) -> Document:
    sections = vocabulary_sections()
    entries = sample_annexes(annexes)
    contents = [TocEntry(TocKind.SECTION, 1, each.number, each.title, each.anchor) for each in sections]
    contents += [TocEntry(TocKind.ANNEX, 1, each.label, each.title, each.anchor) for each in entries]
    return Document(sample_meta(), tuple(contents), sections, entries)
