"""A pack read aloud: the words that its Document says, in order and each with its language, and the words that a screen reader
finds in the tags of the PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias, assert_never

from briefpack.document import (
    AnnexEntry,
    Block,
    Callout,
    Chart,
    Columns,
    Heading,
    Image,
    Landscape,
    LineBreak,
    List,
    Listing,
    NumberedParagraph,
    PageBreak,
    Paragraph,
    Quotation,
    Section,
    SideBySide,
    Spans,
    Table,
    Text,
    TocKind,
    Together,
    annex_page_anchor,
)
from briefpack.fields import pack_values
from briefpack.marking import Marking
from briefpack.pdf.fields import annex_values
from briefpack.pdf.layout import lay_out
from briefpack.template import fill
from tests.conformance.noting import marked, with_notes
from tests.conformance.packs import Expected, header_texts, inside
from tests.conformance.structure import INLINE
from tests.conformance.tagged import Content, Element, Tagged

Run: TypeAlias = tuple[str, str | None]
"""Words and their language; None means any."""

SPACE: Run = (" ", None)
SOFT_HYPHEN = "\u00ad"
FIRM_HYPHEN = "\u2011"


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is heard. language: a BCP 47 tag in lower case; None means any."""

    text: str
    language: str | None

    def is_as(self, other: Word) -> bool:
        return self.text == other.text and (
            self.language is None or other.language is None or self.language == other.language
        )


def words_of(runs: Iterable[Run]) -> list[Word]:
    """Runs put together and divided at white space. Soft hyphens are not heard, and neither are capitals; a hyphen that does not
    break is heard as any other."""
    found: list[Word] = []
    text, language = "", None
    for words, spoken in [*runs, SPACE]:
        for letter in words:
            if letter.isspace():
                if text:
                    found.append(Word(text.casefold(), language))
                text = ""
            elif letter != SOFT_HYPHEN:
                if not text:
                    language = None if spoken is None else spoken.casefold()
                text += "-" if letter == FIRM_HYPHEN else letter
    return found


def difference(wanted: list[Word], found: list[Word]) -> str:
    """Where two readings part, with the words around it; "" when they are the same."""
    at = next(
        (n for n, (one, other) in enumerate(zip(wanted, found, strict=False)) if not one.is_as(other)),
        min(len(wanted), len(found)),
    )
    if at == len(wanted) == len(found):
        return ""

    def shown(words: list[Word]) -> str:
        here = [word.text for word in words[max(at - 6, 0) : at + 8]]
        spoken = words[at].language if at < len(words) else "the end"
        return f"{' '.join(here)!r} ({spoken})"

    return f"at word {at}: wanted {shown(wanted)}, found {shown(found)}"


# --------------------------------------------------------------------------- what the Document says


def told(expected: Expected) -> list[Word]:
    """Cover, contents, sections and the dividers of annexes; the words of the annexes' own pages left out."""
    return words_of(_Teller(expected).pack())


class _Teller:
    """Tells a Document. language: of the section at hand."""

    def __init__(self, expected: Expected) -> None:
        self.expected = expected
        self.document = with_notes(expected.document)
        self.style = expected.style
        self.language = self.document.meta.language

    @cached_property
    def numbers(self) -> dict[str, str]:
        """Printed page numbers by anchor."""
        # Notes stand at the foot of their pages there: as laid out here they would move what follows.
        return lay_out(self.expected.document, self.style).page_numbers.label_of

    def pack(self) -> Iterator[Run]:
        if self.document.policy is not None:
            # The marking is told once, and before everything else.
            yield from self._apart(fill(self.style.banner, pack_values(self.document.meta, self.style)))
        yield from self._cover()
        yield from self._contents()
        for section in self.document.sections:
            yield from self._section(section)
        for annex in self.document.annexes:
            yield from self._divider(annex)

    def _apart(self, *texts: str) -> Iterator[Run]:
        for text in texts:
            yield (text, self.language)
            yield SPACE

    def _cover(self) -> Iterator[Run]:
        cover, values = self.style.cover, pack_values(self.document.meta, self.style)
        if not cover.show:
            return
        if cover.logo is not None or self.document.meta.logo is not None:
            yield from self._apart(self.document.meta.organisation)
        yield from self._apart(*(fill(line, values) for line in (cover.kicker, cover.title, cover.subtitle)))
        for key, template in cover.fields:
            words = fill(template, values)
            if words:
                yield from self._apart(self.style.word(key, self.language), words)

    def _contents(self) -> Iterator[Run]:
        """Titles may be in their section's language."""
        entries = self.expected.printed_contents
        if not entries:
            return
        numbers = self.numbers
        yield from self._apart(self.style.word("contents", self.language))
        for annexes in (False, True):
            group = [entry for entry in entries if (entry.kind is TocKind.ANNEX) is annexes]
            if annexes and group:
                yield from self._apart(self.style.word("annexes", self.language))
            for entry in group:
                anchor = annex_page_anchor(entry.anchor, 1) if annexes else entry.anchor
                for words in (entry.number or "", entry.title, numbers[anchor]):
                    yield from ((words, None), SPACE)

    def _divider(self, annex: AnnexEntry) -> Iterator[Run]:
        """An annex's title is in the language of the pack, or of the annex."""
        line = fill(self.style.divider.line, annex_values(annex, self.style, self.language))
        for words in (annex.label, annex.title, line):
            yield from ((words, None), SPACE)

    def _section(self, section: Section) -> Iterator[Run]:
        around = self.language
        self.language = section.language or around
        yield from self._apart(section.number or "", section.title)
        yield from self._spans(section.lead)
        yield from self._blocks(section.blocks)
        self.language = around

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[Run]:
        for block in blocks:
            yield from self._block(block)
            yield SPACE

    def _block(self, block: Block) -> Iterator[Run]:
        match block:
            case Heading():
                yield from self._apart(block.number or "")
                yield from self._spans(block.spans)
            case Paragraph():
                yield from self._spans(block.spans)
            case NumberedParagraph():
                yield from self._apart(block.label)
                yield from self._spans(block.spans)
            case List():
                for item in block.items:
                    yield from self._apart(item.label)
                    yield from self._blocks(item.blocks)
            case Table():
                yield from self._caption(block)
                for row in (*block.header, *block.rows):
                    for cell in row.cells:
                        yield from self._blocks(cell.blocks)
                for note in block.notes:
                    yield from self._apart(note.mark)
                    yield from self._spans(note.spans)
                yield from self._spans(block.source or ())
            case Image() | Chart():
                # A picture is heard as it is described; its numbers with it, where it is a chart.
                yield from self._apart(block.alt)
                yield from self._caption(block)
                yield from self._spans(block.source or ())
            case Callout():
                yield from self._spans(block.title or ())
                yield from self._blocks(block.blocks)
            case Quotation():
                yield from self._blocks(block.blocks)
                yield from self._spans(block.attribution or ())
            case SideBySide() | Columns() | Landscape() | Together():
                yield from self._blocks(inside(block))
            case Listing():
                for entry in block.entries:
                    yield from self._apart(entry.label, entry.title, self.numbers[entry.anchor])
            case PageBreak():
                pass
            case _:
                assert_never(block)

    def _caption(self, block: Table | Image | Chart) -> Iterator[Run]:
        if block.caption is not None:
            yield (f"{block.caption.label}{block.caption.joint}", self.language)
            yield from self._spans(block.caption.spans)

    def _spans(self, spans: Spans) -> Iterator[Run]:
        for span in spans:
            match span:
                case Text():
                    yield (span.text, span.language or self.language)
                case LineBreak():
                    yield SPACE
                case _:
                    yield from ((text.text, text.language or self.language) for text in span.spans)
        yield SPACE


# --------------------------------------------------------------------------- what the tags say


def heard(tagged: Tagged, own: set[int], *, described: bool = True) -> list[Word]:
    """The words of the tree in its order. own: the pages whose words count (0-based).

    described: pictures are heard as they are described, and not with the words that are painted in them.
    """
    language = str(tagged.pdf.Root.get("/Lang", ""))
    return words_of(run for root in tagged.roots for run in _runs(tagged, root, own, language, described))


def _runs(tagged: Tagged, element: Element, own: set[int], language: str, described: bool) -> Iterator[Run]:
    language = element.text_of("/Lang") or language
    instead = element.text_of("/ActualText")
    alternative = element.text_of("/Alt") if described and element.role == "Figure" else None
    # Blocks stand apart; what stands in a line does not, so that words which run together there are heard.
    apart = element.role not in INLINE or element.role in {"Lbl", "Note"}
    if apart:
        yield SPACE
    if instead is not None:
        yield (instead, language)
    else:
        if alternative is not None and any(content.page in own for content in element.contents()):
            yield from ((alternative, language), SPACE)
        for kid in element.kids:
            if isinstance(kid, Element):
                yield from _runs(tagged, kid, own, language, described)
            elif isinstance(kid, Content) and kid.page in own and alternative is None:
                for piece in tagged.by_mark.get((kid.owner, kid.mcid), []):
                    spoken: Any = None if piece.properties is None else piece.properties.get("/Lang")
                    yield (piece.text, language if spoken is None else str(spoken))
    if apart:
        yield SPACE


def passed_over(tagged: Tagged, own: set[int]) -> list[Word]:
    """The words of artifacts on these pages, which nobody hears."""
    return words_of(
        run
        for piece in tagged.pieces
        if piece.artifact and piece.page in own
        for run in ((piece.text, None), SPACE)
    )


def furniture(expected: Expected, labels: Iterable[str]) -> set[str]:
    """Every word that may stand in an artifact of a page that is no annex's: what is around the text, leaders, and the header
    rows of tables, which are repeated. labels: of the pages."""
    document, style = expected.document, expected.style
    slots = [
        slot
        for line in (style.header, style.footer)
        for slots in (line.recto, line.verso, line.first)
        if slots is not None
        for slot in (slots.left, slots.centre, slots.right)
    ]
    texts = [
        style.word("blank_page", document.meta.language),
        document.meta.watermark or "",
        style.contents.leader,
    ]
    texts += labels
    for section in ("", *(section.title for section in document.sections)):
        values = pack_values(document.meta, style, section) | {"page": "1", "pages": "1"}
        texts += [fill(template, values) for template in (style.banner, *slots)]
        if document.policy is not None:
            # Pages may tell less than the pack.
            levels = (document.policy.banner(Marking(n), "en") for n in range(document.marking.level + 1))
            texts += [fill(style.banner, values | {"marking": words}) for words in levels]
    texts += [" ".join(row) for table in header_texts(marked(document)) for row in table]
    return {word.text for text in texts for word in words_of([(text, None)])}
