"""One Document section for each kind of block of the briefing vocabulary, and for odd unions of them; made without reading any file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path

from briefpack.document import (
    Align,
    Block,
    Callout,
    Caption,
    Cell,
    Chart,
    ChartKind,
    Column,
    Columns,
    CrossReference,
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
    NoteReference,
    NumberedParagraph,
    PageBreak,
    Paragraph,
    Position,
    Quotation,
    Row,
    RowKind,
    Series,
    SideBySide,
    Spans,
    Table,
    TableNote,
    Text,
    Together,
)
from briefpack.drawing import Anchoring, Close, CurveTo, Drawing, LineTo, MoveTo, Pattern, Shape, Words
from briefpack.errors import Where

WHERE = Where(Path("made.yaml"), 1, 1)
_sequences = count(5000)


def _words(text: str) -> Spans:
    return (Text(text),)


def _p(text: str | Spans, role: str = "body", **more: object) -> Paragraph:
    return Paragraph(_words(text) if isinstance(text, str) else text, WHERE, role, **more)  # type: ignore[arg-type]  # keywords of Paragraph


def _list(*texts: str, kind: ListKind = ListKind.BULLETS, role: str = "list", depth: int = 0) -> List:
    label = {ListKind.BULLETS: "•", ListKind.DASHES: "—"}
    items = tuple(ListItem(label.get(kind, f"{n}."), (_p(text, role),)) for n, text in enumerate(texts, 1))
    return List(kind, items, depth, next(_sequences), WHERE)


def _cell(
    text: str | Spans,
    columns: int = 1,
    rows: int = 1,
    *,
    role: str = "table-cell",
    heads: Heads | None = None,
    align: Align | None = None,
    tail: str = "",
) -> Cell:
    return Cell((_p(text, role, tail=tail),), columns, rows, heads, align)


def _head(text: str, columns: int = 1, rows: int = 1, align: Align | None = None) -> Cell:
    return _cell(text, columns, rows, role="table-header", align=align)


def _row(*cells: Cell, kind: RowKind = RowKind.BODY) -> Row:
    return Row(cells, WHERE, kind)


def _group(text: str, columns: int) -> Row:
    return _row(_cell(text, columns, role="table-group", heads=Heads.GROUP), kind=RowKind.GROUP)


# --------------------------------------------------------------------------- boxes, lists, quotations


def _points() -> tuple[Block, ...]:
    high = (Text("Key point: ", strong=True), Text("Support is steady, and it is planned."))
    low = (Text("If time: ", secondary=True), Text("Thank the staffs for their work."))
    items = tuple(
        ListItem("—", (_p(spans, "list"),)) for spans in (high, _words("Industry needs orders."), low)
    )
    return (
        _p("To the table", "addressee", keep_with_next=True),
        List(ListKind.DASHES, items, 0, next(_sequences), WHERE),
    )


def _questions() -> tuple[Block, ...]:
    return tuple(
        Callout(_words(question), (_p(line, "line"),), WHERE, "question")
        for question, line in (
            ("Reducing KFOR", "The posture follows the situation, not the calendar."),
            (
                "A date for membership?",
                "The door is open. The time is a matter for Allies to decide together.",
            ),
        )
    )


def _terms(role: str, hang: float | None, **entries: str) -> List:
    items = tuple(ListItem(term.replace("_", " "), (_p(text, role),)) for term, text in entries.items())
    return List(ListKind.TERMS, items, 0, next(_sequences), WHERE, hang=hang)


def _facts() -> Callout:
    return Callout(
        _words("Bosnia and Herzegovina"),
        (
            _terms(
                "facts",
                7.5,
                Capital="Sarajevo",
                Population="3.2 million",
                Head_of_State="A presidency of three members, one of whom is in the chair for eight months at a time",
            ),
            _p("Source: national statistics, as of 3 April 2025", "source"),
        ),
        WHERE,
        "facts",
    )


def _figures() -> SideBySide:
    figures = (
        ("2.7 %", "of GDP for defence"),
        ("32", "Allies"),
        ("1,240,000", "shells in a year, and a label that is so long that it takes three lines"),
        ("4", "partners"),
    )
    return SideBySide(
        tuple(
            (_p(value, "key-value"), _p(label, "key-label"), _p("Source: desk, as of 3 April 2025", "source"))
            for value, label in figures
        ),
        (0.25, 0.25, 0.25, 0.25),
        WHERE,
        "figures",
    )


def _quotation() -> Quotation:
    return Quotation(
        (
            _p("We do not stand at the side. We stand together.", "quotation"),
            _p("And we shall go on.", "quotation"),
        ),
        (Text("Secretary General, press conference, 3 April 2025"),),
        WHERE,
    )


def _definitions() -> List:
    return _terms(
        "list",
        5.0,
        KFOR="Kosovo Force, led by NATO since 1999.",
        NALT="NATO Advisory and Liaison Team, which helps to build the Kosovo Security Force and other institutions of security.",
    )


def _signatures() -> SideBySide:
    parts = (("A. N. Other", "Director General", "3 April 2025"), ("P. Erson", "Head of Division", "Date:"))
    return SideBySide(
        tuple(tuple(_p(line, "signature") for line in lines) for lines in parts),
        (0.5, 0.5),
        WHERE,
        "signatures",
    )


# --------------------------------------------------------------------------- tables


def _two_columns(
    look: str, anchor: str, rows: tuple[tuple[str, str], ...], caption: Caption | None = None
) -> Table:
    return Table(
        (Column(0.28), Column(0.72)),
        (),
        tuple(_row(_cell(first, heads=Heads.ROW), _cell(second)) for first, second in rows),
        anchor,
        WHERE,
        caption,
        _words("Source: desk, as of 3 April 2025") if caption else None,
        look=look,
    )


def _timeline() -> Table:
    entries = (
        (
            "10–12 March 2025",
            "The Secretary General visits Sarajevo, Brussels and then, with the whole Council, the headquarters of the Kosovo Force.",
        ),
        ("3 April 2025", "Foreign ministers meet."),
        ("spring 2025", "Report of the assessment team."),
    )
    return _two_columns("timeline", "tbl_timeline", entries, Caption("Table 11", _words("Visits")))


def _matrix() -> Table:
    topics = ("Cyber", "Industry", "Exercises")
    rows = (
        ("Australia", ("Talks since 2021", "Joint buying", "Yes")),
        ("Japan", ("New cell at Tokyo", "", "Observers")),
        ("New Zealand", ("Exchange of staff", "None planned before the review ends", "No")),
        ("Republic of Korea", ("Yes", "Contracts for howitzers", "Yes")),
    )
    return Table(
        (Column(0.22), *(Column(0.26) for _ in topics)),
        (_row(_head("Partner"), *map(_head, topics)),),
        tuple(_row(_cell(head, heads=Heads.ROW), *map(_cell, cells)) for head, cells in rows),
        "tbl_matrix",
        WHERE,
        Caption("Table 12", _words("Partners and topics")),
        look="matrix",
    )


def _clearance() -> Table:
    rows = (
        ("Drafted", "South-East Europe Desk", "1 April 2025"),
        ("Cleared", "Legal adviser, legal@example.org", "2 April 2025"),
        ("Approved", "Director General", ""),
    )
    return Table(
        (Column(0.2), Column(0.5), Column(0.3)),
        (),
        tuple(_row(_cell(step, heads=Heads.ROW), _cell(by), _cell(day)) for step, by, day in rows),
        "tbl_clearance",
        WHERE,
        look="clearance",
    )


def _spanned() -> Table:
    """Two header rows, groups, totals, decimals, spans over rows and columns, and notes."""
    mark = (Text("17.25"), Text("a", position=Position.SUPER))
    return Table(
        (
            Column(0.22),
            Column(0.26),
            Column(0.17, Align.RIGHT),
            Column(0.17, Align.RIGHT),
            Column(0.18, Align.CENTRE),
        ),
        (
            _row(
                _head("Region", rows=2),
                _head("Partner", rows=2),
                _head("Spending, € billion", 2, align=Align.CENTRE),
                _head("Trend", rows=2),
            ),
            _row(_head("2024"), _head("2025")),
        ),
        (
            _group("Indo-Pacific", 5),
            _row(
                _cell("South", rows=2, heads=Heads.ROW),
                _cell("Australia"),
                _cell("32.5", tail="0"),
                _cell("34.75"),
                _cell("up"),
            ),
            _row(_cell("New Zealand"), _cell("3", tail=".00"), _cell("n/a"), _cell("level")),
            _row(
                _cell("North", rows=3, heads=Heads.ROW),
                _cell("Japan"),
                _cell("56.1", tail="0"),
                _cell("58", tail=".00"),
                _cell("up"),
            ),
            _row(_cell("Republic of Korea"), _cell("45.25"), _cell(mark), _cell("down")),
            _row(_cell("both are in talks about their figures", 4, align=Align.LEFT)),
            _group("Europe", 5),
            _row(
                _cell("West", heads=Heads.ROW),
                _cell("Ireland"),
                _cell("1", 2, align=Align.CENTRE),
                _cell("up"),
            ),
            _row(
                _cell((Text("Total", strong=True),), 2, heads=Heads.ROW),
                _cell((Text("137.85", strong=True),)),
                _cell((Text("110", strong=True),), tail=".00"),
                _cell(""),
                kind=RowKind.TOTAL,
            ),
        ),
        "tbl_spanned",
        WHERE,
        Caption("Table 13", _words("Spending on defence")),
        _words("Source: public budgets, as of 3 April 2025"),
        (TableNote("a", _words("Provisional; the year ends in March.")), TableNote("b", _words("Not used."))),
    )


def _tall_span() -> Table:
    """A cell over sixty rows, and a cell that is taller than a page."""
    tall = tuple(
        _p(f"Paragraph {n} of a cell that no page can hold. " + "It goes on and on. " * 12, "table-cell")
        for n in range(30)
    )
    first = _row(_cell("All sixty", rows=60, heads=Heads.ROW), _cell("Row 1"))
    return Table(
        (Column(0.3), Column(0.7)),
        (_row(_head("Span"), _head("Rows")),),
        (
            first,
            *(_row(_cell(f"Row {n}")) for n in range(2, 61)),
            _row(_cell("tall", heads=Heads.ROW), Cell(tall)),
        ),
        "tbl_tall",
        WHERE,
    )


def _wide_word() -> Table:
    return Table(
        (Column(0.1), Column(0.9)),
        (_row(_head("Word"), _head("Meaning")),),
        (_row(_cell("Donaudampfschifffahrtsgesellschaft", heads=Heads.ROW), _cell("A company")),),
        "tbl_word",
        WHERE,
    )


# --------------------------------------------------------------------------- figures


def drawing() -> Drawing:
    """Shapes of every kind: filled, stroked, dashed, hatched, with a hole, and words, one of them turned."""
    box = (MoveTo(10, 10), LineTo(60, 10), LineTo(60, 70), LineTo(10, 70), Close())
    hole = (*box, MoveTo(20, 20), LineTo(50, 20), LineTo(50, 60), LineTo(20, 60), Close())
    round_ = (MoveTo(120, 40), CurveTo(120, 60, 90, 60, 90, 40), CurveTo(90, 20, 120, 20, 120, 40), Close())
    return Drawing(
        200,
        100,
        (
            Shape(hole, fill=(27, 54, 93), even_odd=True),
            Shape(round_, fill=(217, 140, 33), stroke=(26, 26, 26), width=1.5, pattern=Pattern.RISING),
            Shape((MoveTo(0, 5), LineTo(200, 5)), stroke=(90, 98, 112), dash=(3, 2)),
            Words("Words in a drawing", 130, 80, 9, (26, 26, 26)),
            Words("turned", 190, 20, 8, (90, 98, 112), bold=True, anchoring=Anchoring.MIDDLE, angle=90),
        ),
    )


def _picture() -> Image:
    return Image(
        drawing(),
        "A box, a disc and some words",
        "fig_drawing",
        WHERE,
        0.5,
        Caption("Figure 21", _words("A drawing")),
        _words("Photo: Ministry. Source: desk, as of 3 April 2025"),
    )


def chart(kind: ChartKind = ChartKind.BAR, **more: object) -> Chart:
    """Two series over three years, of which one value is missing. more: fields of Chart that differ."""
    fields: dict[str, object] = {
        "kind": kind,
        "horizontal": False,
        "stacked": False,
        "categories": ("2023", "2024", "2025"),
        "series": (
            Series("Allies", (Decimal("2.51"), Decimal("2.70"), Decimal("2.9")), ("2.51", "2.70", "2.9")),
            Series("Partners", (Decimal("1.2"), None, Decimal("1.45")), ("1.2", "", "1.45")),
        ),
        "unit": "% of GDP",
        "labelled": True,
        "alt": "Bar chart, % of GDP. Allies: 2023 2.51, 2024 2.70, 2025 2.9. Partners: 2023 1.2, 2025 1.45.",
        "anchor": f"fig_chart_{kind.value}",
        "where": WHERE,
        "caption": Caption("Figure 22", _words("Spending")),
        "source": _words("Source: public figures, as of 3 April 2025"),
    }
    return Chart(**(fields | more))  # type: ignore[arg-type]  # the fields above and the caller's are those of Chart


def _pie(kind: ChartKind) -> Chart:
    series = Series("Share", (Decimal(60), Decimal(25), Decimal(15)), ("60", "25", "15"))
    return chart(
        kind,
        series=(series,),
        categories=("Land", "Sea", "Air"),
        unit="%",
        alt="Chart. Land 60, Sea 25, Air 15.",
    )


# --------------------------------------------------------------------------- arrangements


def _note(number: int, *paragraphs: str) -> NoteReference:
    return NoteReference(number, str(number), f"note_{number}", tuple(map(_words, paragraphs)), WHERE)


def _noted() -> tuple[Block, ...]:
    spans: Spans = (
        Text("The posture was agreed in 2023"),
        _note(901, "Council decision, made public on 29 September 2023."),
        Text(" and reviewed since; H"),
        Text("2", position=Position.SUB),
        Text("O and the 2"),
        Text("nd", position=Position.SUPER),
        Text(" of "),
        Text("NATO", small_caps=True),
        Text("."),
        _note(902, "A note of two paragraphs.", "This is the second one."),
    )
    return (_p(spans),)


def _text(sentences: int) -> str:
    return (
        "Security in the region is vital for our own, and nothing since has made it less true. " * sentences
    )


def _anchored(table: Table, anchor: str) -> Table:
    """The same table elsewhere. Its caption goes, as its number is taken."""
    return replace(table, anchor=anchor, caption=None)


_LONG = tuple(_p(_text(4)) for _ in range(6))

SPECIMENS: Mapping[str, tuple[Block, ...]] = {
    "points": _points(),
    "questions": _questions(),
    "facts": (_facts(),),
    "key figures": (_figures(),),
    "quotation": (_quotation(),),
    "definitions": (_definitions(),),
    "signatures": (_signatures(),),
    "signatures in two rows": (
        _signatures(),
        replace(_signatures(), parts=(_signatures().parts[0], ())),
    ),
    "key figures in two rows": (
        replace(_figures(), parts=_figures().parts[:3], shares=(1 / 3,) * 3),
        replace(_figures(), parts=(*_figures().parts[2:4], ()), shares=(1 / 3,) * 3),
    ),
    "timeline": (_timeline(),),
    "matrix": (_matrix(),),
    "clearance": (_clearance(),),
    "table with spans": (_spanned(),),
    "table with tall cells": (_tall_span(),),
    "table with a wide word": (_wide_word(),),
    "drawing": (_picture(),),
    "bar chart": (chart(),),
    "stacked lying bar chart": (
        chart(horizontal=True, stacked=True, anchor="fig_chart_lying", labelled=False),
    ),
    "line chart": (chart(ChartKind.LINE),),
    "area chart": (chart(ChartKind.AREA, stacked=True),),
    "pie chart": (_pie(ChartKind.PIE),),
    "donut chart": (_pie(ChartKind.DONUT),),
    "notes": _noted(),
    "beside": (
        SideBySide(
            (
                (Image(drawing(), "A drawing", "fig_beside", WHERE, None),),
                (_p(_text(5)), _list("one", "two")),
            ),
            (0.35, 0.65),
            WHERE,
        ),
    ),
    "columns": (Columns((_LONG,), 2, WHERE), _p("After the columns.")),
    "columns broken by hand": (
        Columns(
            ((_p("The first column."),), (_p("The second."), _list("a", "b")), (_p("The third."),)), 3, WHERE
        ),
    ),
    "together": (Together((_p("These two stay"), _p("on one page.")), WHERE),),
    "landscape": (
        _p("Before."),
        Landscape((_p("On its side."), _anchored(_matrix(), "tbl_wide")), WHERE),
        _p("After."),
    ),
    "landscape twice": (
        Landscape((_p("First."),), WHERE),
        Landscape((_p("Second."), Columns((_LONG[:2],), 2, WHERE)), WHERE),
    ),
    "listing": (
        Listing(
            "table",
            (
                ListingEntry("Table 11", "Visits", "tbl_timeline"),
                ListingEntry("Table 12", "Partners and topics", "tbl_matrix"),
                ListingEntry("Table 13", "Spending on defence", "tbl_spanned"),
            ),
            WHERE,
        ),
        Listing("figure", (ListingEntry("Figure 21", "A drawing", "fig_drawing"),), WHERE),
    ),
}
"""Name → the blocks of a section that shows it."""


def _noted_cell() -> Cell:
    return _cell((Text("Agreed"), _note(911, "In a cell.")))


UNIONS: Mapping[str, tuple[Block, ...]] = {
    "a list in a callout in columns": (
        Columns(
            (
                (
                    _p(_text(3)),
                    Callout(
                        _words("A box"),
                        (_p("Its text:", "callout"), _list("one", "two", role="callout")),
                        WHERE,
                    ),
                    *_LONG[:3],
                ),
            ),
            2,
            WHERE,
        ),
    ),
    "a table in a callout": (
        Callout(
            _words("A box with a table"),
            (_p("Before it.", "callout"), _anchored(_matrix(), "tbl_in_box"), _p("After it.", "callout")),
            WHERE,
        ),
    ),
    "a callout with everything": (
        Callout(
            None,
            (
                _anchored(_timeline(), "tbl_in_box_2"),
                replace(_picture(), anchor="fig_in_box", caption=None),
                chart(anchor="fig_chart_in_box", caption=None, height=0.3),
                _definitions(),
                _quotation(),
                replace(_figures(), parts=_figures().parts[:2], shares=(0.5, 0.5)),
                Together((_p("kept", "callout"),), WHERE),
            ),
            WHERE,
        ),
    ),
    "a note, a list and a box in cells": (
        Table(
            (Column(0.4), Column(0.6)),
            (_row(_head("Text"), _head("What it holds")),),
            (
                _row(
                    _noted_cell(), Cell((_p("A list:", "table-cell"), _list("one", "two", role="table-cell")))
                ),
                _row(
                    _cell("A box", heads=Heads.ROW),
                    Cell((Callout(_words("In a cell"), (_p("Text.", "callout"),), WHERE),)),
                ),
                _row(
                    _cell("A picture", heads=Heads.ROW),
                    Cell((replace(_picture(), anchor="fig_in_cell", caption=None, source=None),)),
                ),
            ),
            "tbl_odd_cells",
            WHERE,
        ),
    ),
    "blocks in list items": (
        List(
            ListKind.NUMBERS,
            (
                ListItem("1.", (_p("An item with a table:", "list"), _anchored(_matrix(), "tbl_in_item"))),
                ListItem(
                    "2.",
                    (
                        _p("An item with a box:", "list"),
                        Callout(_words("In an item"), (_p("Text.", "callout"),), WHERE),
                    ),
                ),
                ListItem(
                    "3.",
                    (
                        _p("An item with a picture:", "list"),
                        replace(_picture(), anchor="fig_in_item", caption=None),
                    ),
                ),
                ListItem("4.", (_p("An item with terms:", "list"), replace(_definitions(), depth=1))),
            ),
            0,
            next(_sequences),
            WHERE,
        ),
    ),
    "columns with a table, facts, figures and a quotation": (
        Columns(
            (
                (
                    *_LONG[:2],
                    _anchored(_clearance(), "tbl_in_columns"),
                    _facts(),
                    replace(_figures(), parts=_figures().parts[:2], shares=(0.5, 0.5)),
                    _quotation(),
                    *_LONG[:2],
                    chart(anchor="fig_chart_in_columns", caption=None),
                ),
            ),
            2,
            WHERE,
        ),
    ),
    "a heading and a table that stay together": (
        *_LONG,
        Together(
            (Heading(3, None, _words("A kept heading"), "h_kept", WHERE), _anchored(_matrix(), "tbl_kept")),
            WHERE,
        ),
    ),
    "a picture beside a table and a box": (
        SideBySide(
            (
                (
                    _anchored(_clearance(), "tbl_beside"),
                    Callout(_words("Beside"), (_p("Text.", "callout"),), WHERE),
                ),
                (replace(_picture(), anchor="fig_beside_2", width=None, caption=None),),
            ),
            (0.6, 0.4),
            WHERE,
        ),
    ),
    "a quotation with a list": (
        Quotation((_p("He said:", "quotation"), _list("one", "two", role="quotation")), None, WHERE),
    ),
    "more kept together than a page holds": (Together(_LONG * 4, WHERE),),
    "numbered paragraphs and links in columns": (
        Columns(
            (
                tuple(
                    NumberedParagraph(
                        0,
                        f"{n}.",
                        n,
                        77,
                        (
                            Text(_text(2)),
                            Link("https://www.nato.int/", (Text("a link"),)),
                            Text(" and "),
                            CrossReference("p_77_1", (Text("paragraph 1"),)),
                        ),
                        f"p_77_{n}",
                        WHERE,
                    )
                    for n in range(1, 5)
                ),
            ),
            3,
            WHERE,
        ),
        PageBreak(WHERE),
    ),
}
"""Blocks in odd orders and in each other."""
