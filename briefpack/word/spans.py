"""Spans as runs: words, breaks, links and cross-references.

Cross-references look like the text around them, as they do in the PDF; only links out of the pack are marked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import assert_never

from briefpack.document import CrossReference, LineBreak, Link, Spans, Text
from briefpack.word import xml
from briefpack.word.package import Package
from briefpack.word.styles import CODE, HYPERLINK, SECONDARY
from briefpack.word.targets import Targets
from briefpack.word.xml import EMPTY, Xml


@dataclass(slots=True)
class SpanWriter:
    """language: BCP 47 tag of the pack; text in it needs no tag of its own.

    quiet_colour: six digits of the "secondary" role, for code that is secondary too.
    """

    package: Package
    targets: Targets
    language: str
    quiet_colour: str
    _bookmarks: int = 0
    _looks: dict[tuple[bool, bool, bool, bool, str | None, str | None], Xml] = field(default_factory=dict)

    def runs(self, spans: Spans, around: str | None = None) -> Xml:
        """Spans as runs and hyperlinks. around: language of the text around them, None for the pack's."""
        if len(spans) == 1 and isinstance(spans[0], Text):
            return self._text(spans[0], around)
        pieces: list[Xml] = []
        for span in spans:
            match span:
                case Text():
                    pieces.append(self._text(span, around))
                case LineBreak():
                    pieces.append(xml.mark("br"))
                case Link():
                    pieces.append(self._link(span, around))
                case CrossReference():
                    pieces.append(self._reference(span, around))
                case _:
                    assert_never(span)
        return xml.join(pieces)

    def bookmark(self, name: str | None, content: Xml) -> Xml:
        """Content inside a bookmark; None leaves it as it is."""
        if name is None:
            return content
        self._bookmarks += 1
        number = self._bookmarks
        return Xml(
            f'<w:bookmarkStart w:id="{number}" w:name="{xml.quote(name)}"/>{content}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def words(self, text: str, around: str | None = None) -> Xml:
        """Plain words as a run."""
        return xml.run(text, self._look(Text(text), around, None))

    def _text(self, text: Text, around: str | None, style: str | None = None) -> Xml:
        return xml.run(text.text, self._look(text, around, style)) if text.text else EMPTY

    def _look(self, text: Text, around: str | None, style: str | None) -> Xml:
        language = text.language or around
        if language == self.language:
            language = None
        key = (text.strong, text.emphasis, text.code, text.secondary, language, style)
        known = self._looks.get(key)
        if known is None:
            known = self._looks[key] = self._properties(text, language, style)
        return known

    def _properties(self, text: Text, language: str | None, style: str | None) -> Xml:
        """The children of w:rPr in the order of the schema; bold and italic directly, since those of a character
        style would switch off in a paragraph that is bold or italic itself."""
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
        pieces.append(xml.language(language))
        return xml.join(pieces)

    def _link(self, link: Link, around: str | None) -> Xml:
        relation = self.package.add_link(link.url)
        content = xml.join(self._text(text, around, HYPERLINK) for text in link.spans)
        return Xml(f'<w:hyperlink r:id="{relation}" w:history="1">{content}</w:hyperlink>')

    def _reference(self, reference: CrossReference, around: str | None) -> Xml:
        content = self._counted(reference, around)
        if content is None:
            content = xml.join(self._text(text, around) for text in reference.spans)
        return Xml(
            f'<w:hyperlink w:anchor="{xml.quote(reference.anchor)}" w:history="1">{content}</w:hyperlink>'
        )

    def _counted(self, reference: CrossReference, around: str | None) -> Xml | None:
        """A reference whose number stays right when Word counts anew; None where its words do not end in one."""
        target = self.targets.fields.get(reference.anchor)
        if target is None or reference.by_author or len(reference.spans) != 1:
            return None
        text = reference.spans[0]
        before = text.text.removesuffix(target.number)
        if before == text.text or before[-1:].isalnum() or before.endswith((".", "-")):
            return None
        look = self._look(text, around, None)
        lead = xml.run(before, look) if before else EMPTY
        return xml.join((lead, xml.field(target.instruction, xml.run(target.number, look), look)))
