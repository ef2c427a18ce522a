"""A run of paragraphs and tables in which neighbours can still be told apart: space, section ends, page breaks.

Word has no space around tables and keeps a section's setup in its last paragraph, so a paragraph stays open
until what follows it is known.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from briefpack.word.styles import SEPARATOR
from briefpack.word.xml import EMPTY, Xml, element


@dataclass(slots=True)
class Paragraph:
    """An open paragraph. style: id. content: its runs. before, after: space the style gives, in twips, None where it does not matter what it gives.

    The remaining fields are direct properties, EMPTY or None where the style alone decides.
    """

    style: str
    content: Xml
    before: int | None = None
    after: int | None = None
    keep_next: bool = False
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
class Flow:
    """Paragraphs and tables in order."""

    items: list[Paragraph | Xml] = field(default_factory=list)
    _gap: int = 0
    _break: bool = False
    _marks: Xml = EMPTY

    def add(self, paragraph: Paragraph) -> None:
        if self._marks:
            paragraph.content = Xml(self._marks + paragraph.content)
            self._marks = EMPTY
        if self._gap:
            paragraph.least_before(self._gap)
            self._gap = 0
        if self._break:
            paragraph.page_break = True
            paragraph.own_before = 0
            self._break = False
        self.items.append(paragraph)

    def add_table(self, table: Xml, before: int, after: int) -> None:
        """A table with the least space around it, in twips."""
        last = self.items[-1] if self.items else None
        if self._break or (last is not None and not isinstance(last, Paragraph)):
            # Word melts neighbouring tables into one, and breaks no page before a table.
            self.separate()
            last = self.items[-1]
        if isinstance(last, Paragraph):
            last.least_after(before)
        if self._marks:
            table = at_start(table, self._marks)
            self._marks = EMPTY
        self.items.append(table)
        self._gap = after

    def take(self, inner: Flow) -> None:
        """All of another flow; its own last space and marks go with it."""
        for item in inner.items:
            if isinstance(item, Paragraph):
                self.add(item)
            else:
                self.add_table(item, 0, 0)
        self._gap = max(self._gap, inner._gap)
        self._marks = Xml(self._marks + inner._marks)

    def mark(self, bookmark: Xml) -> None:
        """A place without words: the bookmark goes to the start of what follows."""
        self._marks = Xml(self._marks + bookmark)

    def least_after(self, twips: int) -> None:
        """At least this much space below what is there so far."""
        last = self.items[-1] if self.items else None
        if isinstance(last, Paragraph):
            last.least_after(twips)

    def separate(self) -> None:
        """The least paragraph there is, where Word cannot do without one."""
        self.add(Paragraph(SEPARATOR, EMPTY))

    def break_page(self) -> None:
        """The next paragraph begins a page."""
        if self.items:
            self._break = True

    def end_section(self, section: Xml) -> None:
        """Close a section: its last paragraph carries the setup (w:sectPr)."""
        self._break = False
        self._gap = 0
        if not self.items or not isinstance(self.items[-1], Paragraph) or self.items[-1].section:
            self.separate()
        last = self.items[-1]
        if isinstance(last, Paragraph):
            last.content = Xml(last.content + self._marks)
            last.section = section
        self._marks = EMPTY

    def markup(self) -> Xml:
        return Xml("".join(item.markup() if isinstance(item, Paragraph) else item for item in self.items))


def at_start(content: Xml, piece: Xml) -> Xml:
    """Put a piece at the start of the first paragraph of content."""
    head, end, tail = content.partition("</w:pPr>")
    return Xml(f"{head}{end}{piece}{tail}")
