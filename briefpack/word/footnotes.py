"""Notes as Word's footnotes: a part of their own with its own relationships, and the marks in the text.

Word counts footnotes itself, from 1 in the order of their marks. A note with another number than Word's has its mark as text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from briefpack.document import NoteReference
from briefpack.style import Style
from briefpack.word import xml
from briefpack.word.flow import Paragraph
from briefpack.word.looks import half_points
from briefpack.word.package import Package
from briefpack.word.spans import SpanWriter
from briefpack.word.styles import FOOTNOTE_MARK, style_id
from briefpack.word.xml import EMPTY, Xml, element, join, part, value

_PREFIXES = ("w", "r")
# The ids of the two separators, which every file with footnotes has (ECMA-376 part 1, 17.11.23).
SEPARATOR_ID, CONTINUATION_ID = -1, 0
_MARKED = value("rStyle", FOOTNOTE_MARK)
# Before the note itself the number stands on the line, as large as the words.
_LEADING = join((_MARKED, value("vertAlign", "baseline")))


@dataclass(slots=True)
class Notes:
    """Takes the notes while blocks are written, and gives the part at the end. spans: writes the words of notes."""

    style: Style
    package: Package
    spans: SpanWriter
    _notes: list[Xml] = field(default_factory=list)
    _known: dict[int, str] = field(default_factory=dict)
    _counted: int = 0

    def mark(self, note: NoteReference, around: str | None) -> Xml:
        """The mark where it stands; the note itself at the first of its marks. Later marks of the same note lead to it."""
        bookmark = self._known.get(note.number)
        if bookmark is not None:
            return xml.field(rf"NOTEREF {bookmark} \f \h", xml.run(note.mark, _MARKED), _MARKED)
        number = len(self._notes) + 1
        bookmark = self._known[note.number] = f"_Note{number:06d}"
        own = note.mark != str(self._counted + 1)
        if not own:
            self._counted += 1
        self._notes.append(self._note(note, number, around, own=own))
        attributes: dict[str, str | int] = {"w:customMarkFollows": 1} if own else {}
        attributes["w:id"] = number
        mark = element("w:footnoteReference", attributes)
        words = xml.words(note.mark) if own else EMPTY
        return self.spans.bookmark(bookmark, Xml(f"<w:r><w:rPr>{_MARKED}</w:rPr>{mark}{words}</w:r>"))

    def _note(self, note: NoteReference, number: int, around: str | None, *, own: bool) -> Xml:
        mark = xml.run(note.mark, _LEADING) if own else xml.mark("footnoteRef", _LEADING)
        text, step = self.style.text["note"], self.style.notes.indent.twips
        paragraphs: list[Paragraph] = []
        for position, spans in enumerate(note.paragraphs or ((),)):
            content = self.spans.runs(spans, around, text)
            paragraph = Paragraph(style_id("note"), content, text.before.twips, text.after.twips)
            if position == 0:
                paragraph.content = self.spans.bookmark(note.anchor, join((mark, xml.mark("tab"), content)))
            else:
                # In line with the words above, which a mark and a tab precede.
                left, right = text.left.twips + step, text.right.twips
                paragraph.indent = element("w:ind", {"w:left": left, "w:right": right, "w:firstLine": 0})
            paragraphs.append(paragraph)
        paragraphs[-1].least_after(self.style.notes.space.twips)
        content = Xml("".join(paragraph.markup() for paragraph in paragraphs))
        return element("w:footnote", {"w:id": number}, content)

    def part(self) -> bytes | None:
        """The whole of /word/footnotes.xml; None when there are no notes."""
        if not self._notes:
            return None
        return part(
            "w:footnotes",
            _PREFIXES,
            self._separator("separator", SEPARATOR_ID),
            self._separator("continuationSeparator", CONTINUATION_ID),
            *self._notes,
        )

    def _separator(self, kind: str, number: int) -> Xml:
        """The rule above the notes. Its length is Word's own."""
        look, text = self.style.notes, self.style.text["note"]
        pitch = max(1, half_points(text.size)) * 10
        spacing = element(
            "w:spacing",
            {"w:before": 0, "w:after": look.gap.twips, "w:line": pitch, "w:lineRule": "exact"},
        )
        content = xml.mark(kind, value("color", look.rule_colour.hex)) if look.rule > 0 else EMPTY
        paragraph = xml.paragraph(
            style_id("note"),
            content,
            properties=join((spacing, element("w:ind", {"w:left": 0, "w:firstLine": 0}))),
        )
        return element("w:footnote", {"w:type": kind, "w:id": number}, paragraph)
