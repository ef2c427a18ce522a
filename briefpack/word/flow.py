"""A run of paragraphs and tables in which neighbours can still be told apart: space, section ends, page breaks.

Word has no space around tables and keeps a section's setup in its last paragraph, so a paragraph stays open
until what follows it is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from briefpack.word.styles import SEPARATOR
from briefpack.word.xml import EMPTY, Xml, element


@dataclass(slots=True)
class Paragraph:
    """An open paragraph. style: id. content: its runs. before, after: space the style gives, in twips, None where it does not matter what it gives.
    keeps: whether the style keeps it with the next paragraph. loose: not here, although it does.
    ends_field: whether a field ends in it that began further up. The remaining fields are direct properties, EMPTY or None where the style alone decides.
    """

    style: str
    content: Xml
    before: int | None = None
    after: int | None = None
    keeps: bool = False
    keep_next: bool = False
    loose: bool = False
    ends_field: bool = False
    keep_lines: bool = False
    page_break: bool = False
    numbering: Xml = EMPTY
    box: Xml = EMPTY
    tabs: Xml = EMPTY
    indent: Xml = EMPTY
    alignment: Xml = EMPTY
    section: Xml = EMPTY
    own_before: int | None = None
    own_after: int | None = None

    def markup(self) -> str:
        """The finished w:p; properties in the order of the schema (CT_PPr)."""
        pieces = [f'<w:p><w:pPr><w:pStyle w:val="{self.style}"/>']
        if self.keep_next:
            pieces.append("<w:keepNext/>")
        elif self.loose:
            pieces.append('<w:keepNext w:val="0"/>')
        if self.keep_lines:
            pieces.append("<w:keepLines/>")
        if self.page_break:
            pieces.append("<w:pageBreakBefore/>")
        pieces += (self.numbering, self.box, self.tabs)
        spacing: dict[str, str | int] = {}
        if self.own_before is not None and self.own_before != self.before:
            spacing["w:before"] = self.own_before
        if self.own_after is not None and self.own_after != self.after:
            spacing["w:after"] = self.own_after
        if spacing:
            pieces.append(element("w:spacing", spacing))
        pieces += (self.indent, self.alignment, self.section, "</w:pPr>", self.content, "</w:p>")
        return "".join(pieces)

    def least_before(self, twips: int) -> None:
        """At least this much space above. Between paragraphs the larger of two spaces counts."""
        current = (self.before or 0) if self.own_before is None else self.own_before
        self.own_before = max(current, twips)

    def least_after(self, twips: int) -> None:
        """At least this much space below."""
        current = (self.after or 0) if self.own_after is None else self.own_after
        self.own_after = max(current, twips)


@dataclass(slots=True)
class Rows:
    """A table. opening: w:tblPr and w:tblGrid. rows: each a w:tr."""

    opening: Xml
    rows: list[Xml]

    def markup(self) -> str:
        return f"<w:tbl>{self.opening}{''.join(self.rows)}</w:tbl>"

    def keep(self, *, last: bool) -> None:
        """Rows stay together and whole. last: the last one with what follows as well."""
        end = len(self.rows) if last else len(self.rows) - 1
        self.rows = [_whole(row) for row in self.rows]
        self.keep_rows(range(end))

    def keep_rows(self, numbers: Iterable[int]) -> None:
        """Some rows stay with the one below, or with what follows the table."""
        for number in set(numbers):
            self.rows[number] = _kept(self.rows[number])


@dataclass(frozen=True, slots=True)
class PageLayout:
    """How the pages of a stretch are set. landscape: on their side. columns: of text."""

    landscape: bool = False
    columns: int = 1


UPRIGHT = PageLayout()


@dataclass(frozen=True, slots=True)
class Turn:
    """What follows is set in another layout. page: it begins a page. opens: nothing is before it."""

    layout: PageLayout
    page: bool
    opens: bool = False


Item: TypeAlias = Paragraph | Rows | Turn


@dataclass(slots=True)
class Flow:
    """Paragraphs and tables in order. layout: of the stretch that is being added to."""

    items: list[Item] = field(default_factory=list)
    layout: PageLayout = UPRIGHT
    _gap: int = 0
    _break: bool = False
    _top: bool = False
    marks: Xml = EMPTY

    def add(self, paragraph: Paragraph) -> None:
        if self.marks:
            paragraph.content = Xml(self.marks + paragraph.content)
            self.marks = EMPTY
        if self._top:
            paragraph.own_before = self._gap = 0
            self._top = False
        if self._gap:
            paragraph.least_before(self._gap)
            self._gap = 0
        if self._break:
            paragraph.page_break = True
            paragraph.own_before = 0
            self._break = False
        self.items.append(paragraph)

    def add_table(self, table: Rows, before: int, after: int) -> None:
        """A table with the least space around it, in twips."""
        last = self.items[-1] if self.items else None
        bare = isinstance(last, Turn) and self._gap > 0
        if self._break or bare or isinstance(last, Rows):
            # Word melts neighbouring tables into one, breaks no page before a table, and has no space there.
            gap = self._gap
            self.separate()
            last = self.items[-1]
            # The larger of two spaces counts, and the separator has the one above.
            before = max(0, before - gap)
        self._top = False
        if isinstance(last, Paragraph):
            last.least_after(before)
        if self.marks and table.rows:
            table.rows[0] = at_start(table.rows[0], self.marks)
            self.marks = EMPTY
        self.items.append(table)
        self._gap = after

    def take(self, inner: Flow) -> None:
        """All of another flow; its own last space and marks go with it."""
        for item in inner.items:
            match item:
                case Paragraph():
                    self.add(item)
                case Rows():
                    self.add_table(item, 0, 0)
                case Turn():
                    self.turn(item.layout, page=item.page)
        self._gap = max(self._gap, inner._gap)
        self.marks = Xml(self.marks + inner.marks)

    def mark(self, bookmark: Xml) -> None:
        """A place without words: the bookmark goes to the start of what follows."""
        self.marks = Xml(self.marks + bookmark)

    def least_after(self, twips: int) -> None:
        """At least this much space below what is there so far."""
        last = self.items[-1] if self.items else None
        if isinstance(last, Paragraph):
            last.least_after(twips)

    def least_gap(self, twips: int) -> None:
        """At least this much space above what comes next."""
        self._gap = max(self._gap, twips)

    def staying(self) -> list[Paragraph]:
        """Take away the paragraphs at the end that stay with what comes next, such as its heading."""
        count = 0
        for item in reversed(self.items):
            if not isinstance(item, Paragraph) or not (item.keep_next or item.keeps):
                break
            count += 1
        found = [item for item in self.items[len(self.items) - count :] if isinstance(item, Paragraph)]
        del self.items[len(self.items) - count :]
        return found

    def separate(self) -> None:
        """The least paragraph there is, where Word cannot do without one."""
        self.add(Paragraph(SEPARATOR, EMPTY))

    def break_page(self) -> None:
        """The next paragraph begins a page."""
        last = self.items[-1] if self.items else None
        self._break = last is not None and not (isinstance(last, Turn) and last.page)

    def top(self) -> None:
        """What comes next stands at the top of a page or column, without space above."""
        self._top = True

    def turn(self, layout: PageLayout, *, page: bool) -> None:
        """What follows is set in another layout. page: it begins a page."""
        last = self.items[-1] if self.items else None
        if isinstance(last, Rows):
            self.separate()
        elif isinstance(last, Turn):
            if last.page:
                # Nothing stands between the two.
                self.items.pop()
                page = True
            else:
                # Word makes columns equally high only where text follows on the same page.
                self.separate()
        if page:
            self._break = False
            self._top = True
        self.layout = layout
        self.items.append(Turn(layout, page))

    def close(self) -> None:
        """Nothing more comes: a page that was begun for it is not needed, and what makes columns equally high takes no room."""
        last = self.items[-1] if self.items else None
        if isinstance(last, Turn):
            if last.page:
                self.items.pop()
            else:
                self.top()
                self.separate()

    def end_section(self, section: Xml) -> None:
        """Close a section: its last paragraph carries the setup (w:sectPr)."""
        self._break = False
        self._gap = 0
        last = self.items[-1] if self.items else None
        # LibreOffice reads the footers of a section in front of the words of its last paragraph: in a field that is still open it loses their page numbers.
        if not isinstance(last, Paragraph) or last.section or last.ends_field:
            self.separate()
        last = self.items[-1]
        if isinstance(last, Paragraph):
            last.content = Xml(last.content + self.marks)
            last.section = section
        self.marks = EMPTY

    def stretches(self) -> Iterator[tuple[Turn, Flow]]:
        """The flow cut where the layout changes, each stretch with what leads to it."""
        turn, stretch = Turn(UPRIGHT, page=False, opens=True), Flow()
        for item in self.items:
            if isinstance(item, Turn):
                if stretch.items:
                    yield turn, stretch
                turn, stretch = replace(item, opens=not stretch.items and turn.opens), Flow()
            else:
                stretch.items.append(item)
        stretch.marks = self.marks
        yield turn, stretch

    def markup(self) -> Xml:
        return Xml("".join(item.markup() for item in self.items if not isinstance(item, Turn)))


def at_start(content: Xml, piece: Xml) -> Xml:
    """Put a piece at the start of the first paragraph of content."""
    head, end, tail = content.partition("</w:pPr>")
    return Xml(f"{head}{end}{piece}{tail}")


def _kept(row: Xml) -> Xml:
    """A row whose paragraphs stay with what follows; their markup is that of Paragraph."""
    head, *paragraphs = row.split("<w:p><w:pPr>")
    pieces = [head]
    for paragraph in paragraphs:
        style, end, rest = paragraph.partition("/>")
        keep = "" if rest.startswith("<w:keepNext/>") else "<w:keepNext/>"
        pieces.append(f"<w:p><w:pPr>{style}{end}{keep}{rest}")
    return Xml("".join(pieces))


def _whole(row: Xml) -> Xml:
    """A row that is not divided between pages."""
    if row.startswith("<w:tr><w:trPr>"):
        head, end, tail = row.partition("</w:trPr>")
        return row if "<w:cantSplit/>" in head else Xml(f"<w:tr><w:trPr><w:cantSplit/>{head[14:]}{end}{tail}")
    return Xml(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row[6:]}")
