"""Spans as runs: words, breaks, links, cross-references and the marks of notes.

Cross-references look like the text around them, as they do in the PDF; only links out of the pack are marked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count, groupby
from typing import Protocol, TypeAlias, assert_never

from briefpack.document import (
    CrossReference,
    LineBreak,
    Link,
    NoteReference,
    Position,
    Spans,
    Text,
    annex_page_anchor,
)
from briefpack.style import Length, TextStyle
from briefpack.word import xml
from briefpack.word.looks import half_points
from briefpack.word.styles import CODE, HYPERLINK, SECONDARY
from briefpack.word.targets import Targets
from briefpack.word.xml import EMPTY, Xml

SMALL_CAPITALS = 0.8
"""Size of small capitals, a share of the size around them."""

_PLAIN = Text("")
_Look: TypeAlias = tuple[bool, bool, bool, bool, Position, int, str | None, str | None]


class NoteMarks(Protocol):
    """What takes the notes that are referred to."""

    def mark(self, note: NoteReference, around: str | None) -> Xml:
        """The runs of the mark. around: language of the text around it, None for the pack's."""
        ...


@dataclass(slots=True)
class SpanWriter:
    """language: BCP 47 tag of the pack; text in it needs no tag of its own.

    quiet_colour: six digits of the "secondary" role, for code that is secondary too. add_link: gives the relationship of an address in the part that is written.
    notes: takes the notes, None where there are none. numbers: of bookmarks, unique in the whole file.
    """

    add_link: Callable[[str], str]
    targets: Targets
    language: str
    quiet_colour: str
    notes: NoteMarks | None = None
    numbers: count[int] = field(default_factory=lambda: count(1))
    _looks: dict[_Look, Xml] = field(default_factory=dict)

    def runs(self, spans: Spans, around: str | None = None, text: TextStyle | None = None) -> Xml:
        """Spans as runs and hyperlinks. around: language of the text around them, None for the pack's.

        text: of the paragraph they stand in; without it small capitals are as large as others.
        """
        if len(spans) == 1 and isinstance(spans[0], Text):
            return self._text(spans[0], around, text)
        pieces: list[Xml] = []
        for span in spans:
            match span:
                case Text():
                    pieces.append(self._text(span, around, text))
                case LineBreak():
                    pieces.append(xml.mark("br"))
                case Link():
                    pieces.append(self._link(span, around, text))
                case CrossReference():
                    pieces.append(self._reference(span, around, text))
                case NoteReference():
                    # There are no notes in notes.
                    pieces.append(self.notes.mark(span, around) if self.notes else EMPTY)
                case _:
                    assert_never(span)
        return xml.join(pieces)

    def bookmark(self, name: str | None, content: Xml) -> Xml:
        """Content inside a bookmark; None leaves it as it is."""
        if name is None:
            return content
        number = next(self.numbers)
        return Xml(
            f'<w:bookmarkStart w:id="{number}" w:name="{xml.quote(name)}"/>{content}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def words(self, text: str, around: str | None = None) -> Xml:
        """Plain words as a run."""
        return xml.run(text, self._look(_PLAIN, around, None, None))

    def _text(self, text: Text, around: str | None, base: TextStyle | None, style: str | None = None) -> Xml:
        if text.small_caps and not text.text.isupper():
            # Small letters stay as they are.
            return xml.join(
                xml.run(
                    "".join(letters), self._look(replace(text, small_caps=not small), around, base, style)
                )
                for small, letters in groupby(text.text, str.islower)
            )
        return xml.run(text.text, self._look(text, around, base, style)) if text.text else EMPTY

    def _look(self, text: Text, around: str | None, base: TextStyle | None, style: str | None) -> Xml:
        language = text.language or around
        if language == self.language:
            language = None
        size = (
            half_points(Length(base.size * SMALL_CAPITALS))
            if text.small_caps and base is not None and not base.caps
            else 0
        )
        key = (text.strong, text.emphasis, text.code, text.secondary, text.position, size, language, style)
        known = self._looks.get(key)
        if known is None:
            known = self._looks[key] = self._properties(text, size, language, style)
        return known

    def _properties(self, text: Text, size: int, language: str | None, style: str | None) -> Xml:
        """The children of w:rPr in the order of the schema; bold and italic directly, since those of a character
        style would switch off in a paragraph that is bold or italic itself. size: half points, 0 for that of the paragraph."""
        if style is None and text.code:
            style = CODE
        if style is None and text.secondary:
            style = SECONDARY
        pieces: list[Xml] = []
        if style is not None:
            pieces.append(xml.value("rStyle", style))
        if text.strong:
            pieces.append(Xml("<w:b/><w:bCs/>"))
        if text.emphasis:
            pieces.append(Xml("<w:i/><w:iCs/>"))
        if text.code:
            pieces.append(Xml("<w:noProof/>"))
        if text.secondary and style == CODE:
            pieces.append(xml.value("color", self.quiet_colour))
        if size:
            # Not w:smallCaps: that leaves capitals as they are, and small letters would be copied in their place.
            pieces.append(Xml(f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'))
        match text.position:
            case Position.LINE:
                pass
            case Position.SUPER:
                pieces.append(xml.value("vertAlign", "superscript"))
            case Position.SUB:
                pieces.append(xml.value("vertAlign", "subscript"))
            case _:
                assert_never(text.position)
        pieces.append(xml.language(language))
        return xml.join(pieces)

    def _link(self, link: Link, around: str | None, base: TextStyle | None) -> Xml:
        relation = self.add_link(link.url)
        content = xml.join(self._text(text, around, base, HYPERLINK) for text in link.spans)
        return Xml(f'<w:hyperlink r:id="{relation}" w:history="1">{content}</w:hyperlink>')

    def _reference(self, reference: CrossReference, around: str | None, base: TextStyle | None) -> Xml:
        content = self._counted(reference, around, base)
        if content is None:
            content = xml.join(self._text(text, around, base) for text in reference.spans)
        anchor = reference.anchor
        if reference.annex_page is not None and anchor in self.targets.shown:
            anchor = annex_page_anchor(anchor, reference.annex_page)
        return self.to(anchor, content)

    def to(self, anchor: str, content: Xml) -> Xml:
        """Runs that lead to a place of the pack; where it is in another part, to what stands for it here, and they say which part it is."""
        away = self.targets.elsewhere.get(anchor)
        said = ""
        if away is not None:
            anchor, words = away
            said = f' w:tooltip="{xml.quote(words)}"'
        return Xml(f'<w:hyperlink w:anchor="{xml.quote(anchor)}"{said} w:history="1">{content}</w:hyperlink>')

    def _counted(self, reference: CrossReference, around: str | None, base: TextStyle | None) -> Xml | None:
        """A reference whose number stays right when Word counts anew; None where its words do not end in one."""
        target = self.targets.fields.get(reference.anchor)
        if target is None or reference.by_author or len(reference.spans) != 1:
            return None
        text = reference.spans[0]
        before = text.text.removesuffix(target.number)
        if before == text.text or before[-1:].isalnum() or before.endswith((".", "-")):
            return None
        look = self._look(text, around, base, None)
        lead = xml.run(before, look) if before else EMPTY
        return xml.join((lead, xml.field(target.instruction, xml.run(target.number, look), look)))
