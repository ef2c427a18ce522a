"""A Document and a Style become the bytes of a .docx."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from types import MappingProxyType

from briefpack.document import Document, PageNumbers, TocKind
from briefpack.marking import Marking, join
from briefpack.style import SectionStart, Style
from briefpack.word import xml
from briefpack.word.annex_pages import AnnexPages, Pictures, annex_start, last_page
from briefpack.word.annexes import schedule
from briefpack.word.beside import section_place
from briefpack.word.blocks import BlockWriter
from briefpack.word.captions import filled
from briefpack.word.contents import contents
from briefpack.word.cover import CoverWriter
from briefpack.word.fields import LivePages
from briefpack.word.flow import UPRIGHT, Flow, PageLayout, Paragraph
from briefpack.word.footnotes import Notes
from briefpack.word.furniture import FurnitureWriter, names_sections
from briefpack.word.images import Drawings
from briefpack.word.labels import binding_part, binding_properties_part
from briefpack.word.numbering import Numbering
from briefpack.word.package import Package
from briefpack.word.properties import core_part, custom_part, extended_part
from briefpack.word.sections import Numbers, Setup, body_start, part_start, section
from briefpack.word.settings import font_table_part, settings_part
from briefpack.word.spans import SpanWriter
from briefpack.word.stylesheet import styles_part
from briefpack.word.targets import find_targets
from briefpack.word.theme import theme_part
from briefpack.word.widths import Widths
from briefpack.word.xml import EMPTY, Xml

_PREFIXES = ("w", "r", "wp", "a", "pic", "adec")

LAST_OF_BODY = "_Last_of_body"
"""Bookmark at the end of the last section."""
LAST_OF_FILE = "_Last_of_file"
"""Bookmark at the end of the schedule of annexes, or of the pages of the annexes that follow it."""
_NOTHING: Pictures = MappingProxyType({})


def write_docx(
    document: Document,
    style: Style,
    numbers: PageNumbers | Callable[[], PageNumbers],
    pictures: Pictures = _NOTHING,
) -> bytes:
    """The finished file; equal arguments give equal bytes.

    numbers: may be a function, asked once and only after the body is built, so that a layout
    in another process may still be running until then. pictures: of the annexes that the file shows; the others are only in its
    schedule.
    """
    writer = _Writer(document, style, pictures)
    return writer.finish(numbers() if callable(numbers) else numbers)


@dataclass(slots=True)
class _Chapter:
    """A Word section still open. title: of the section for its header; language: of the title, None for the pack's. marking: of what is in it, None for the
    pack's."""

    flow: Flow
    title: str
    start: SectionStart
    language: str | None = None
    marking: Marking | None = None


class _Writer:
    """Builds the body at once and the rest when the page numbers are there."""

    def __init__(self, document: Document, style: Style, pictures: Pictures) -> None:
        self.document, self.style, self.pictures = document, style, pictures
        self.package = Package()
        targets = find_targets(document, style, frozenset(pictures))
        quiet = style.text["secondary"].colour.hex
        language, numbers = document.meta.language, count(1)
        in_notes = SpanWriter(self.package.add_note_link, targets, language, quiet, numbers=numbers)
        self.notes = Notes(style, self.package, in_notes)
        self.spans = SpanWriter(self.package.add_link, targets, language, quiet, self.notes, numbers)
        self.numbering = Numbering(style)
        self.drawings = Drawings(self.package)
        self.furniture = FurnitureWriter(style, document, self.package, Widths(style))
        part = document.part
        # Each part of a pack has a cover, and contents, whether or not its style asks for them.
        has_cover = style.cover.show or part is not None
        self.cover = CoverWriter(style, document.meta, self.drawings, part).flow() if has_cover else None
        blocks = BlockWriter(style, self.spans, self.numbering, self.drawings, Widths(style))
        self.chapters = self._chapters(blocks)
        if not self.chapters:
            # A pack of annexes alone: the numbers of its body still need a last page.
            self.chapters.append(_Chapter(Flow(), "", SectionStart.PAGE))
        self._mark_end(LAST_OF_BODY)
        self.chapters_of_body = len(self.chapters)
        if document.annexes:
            title = style.word("schedule_of_annexes", document.meta.language)
            rows = schedule(document, style, self.spans, pictures.keys())
            listed = listed_marking(document, (TocKind.ANNEX,))
            self.chapters.append(_Chapter(rows, title, _on_a_page(style), marking=listed))
        pages = AnnexPages(style, language, self.spans, self.drawings)
        for annex in document.annexes:
            if annex.anchor in pictures:
                flow = pages.flow(annex, pictures[annex.anchor])
                # Headers have no room for titles that others gave their papers.
                title = f"{style.word('annex', language)} {annex.label}"
                self.chapters.append(_Chapter(flow, title, annex_start(style), marking=annex.computed))
        self._mark_end(LAST_OF_FILE)

    def _chapters(self, blocks: BlockWriter) -> list[_Chapter]:
        """A Word section for each section of the pack, so that its title can stand in the header.

        Sections that run on without naming themselves share one: LibreOffice keeps headings with their text less
        well across continuous breaks.
        """
        chapters: list[_Chapter] = []
        start = part_start(self.style)
        runs_on = start is SectionStart.CONTINUOUS
        # Where sections share pages, the banner is that of the page's first one: it must do for all that may follow there.
        markings = [each.marking for each in self.document.sections if each.marking is not None]
        together = join(markings) if markings else None
        for each in self.document.sections:
            if not (runs_on and chapters and not names_sections(self.style)):
                marking = together if runs_on else each.marking
                chapters.append(_Chapter(Flow(), each.title, start, each.language, marking))
            flow = chapters[-1].flow
            begins = not flow.items
            place = section_place(self.style.page, PageLayout(each.landscape), each.language)
            if flow.layout != place.layout:
                flow.turn(place.layout, page=bool(flow.items))
            if begins and not (runs_on and len(chapters) > 1):
                # Space above means nothing at the top of a page.
                flow.top()
            blocks.title(each, flow, place)
            blocks.write(each.blocks, flow, place)
        for chapter in chapters:
            chapter.flow.close()
        return chapters

    def _mark_end(self, name: str) -> None:
        """A bookmark in the last paragraph so far, on whose page the numbers end."""
        flow = self.chapters[-1].flow
        if not flow.items or not isinstance(flow.items[-1], Paragraph):
            flow.separate()
        last = flow.items[-1]
        if isinstance(last, Paragraph):
            last.content = xml.join((last.content, self.spans.bookmark(name, EMPTY)))

    def finish(self, numbers: PageNumbers) -> bytes:
        """The file, now that the page numbers are known."""
        style, language = self.style, self.document.meta.language
        body = self._body(numbers)
        content = filled(xml.join(body), numbers)
        root = xml.part("w:document", _PREFIXES, xml.element("w:body", None, content))
        notes = self.notes.part()
        if notes is not None:
            self.package.add_footnotes(notes)
        self.package.add_styles(styles_part(style, language))
        self.package.add_numbering(self.numbering.part())
        self.package.add_settings(settings_part(style, language, notes=notes is not None))
        self.package.add_font_table(font_table_part(style))
        self.package.add_theme(theme_part(style))
        meta = self.document.meta
        self.package.add_properties(core_part(self.document), extended_part(meta), custom_part(meta))
        if meta.label is not None and meta.label.confidentiality is not None:
            # The last one: it names the others.
            binding = binding_part(meta.label.confidentiality, self.package.names())
            self.package.add_custom_xml(binding, binding_properties_part(binding))
        return self.package.save(root)

    def _body_start(self) -> SectionStart:
        """Where the first numbered page is. A part of a pack may begin with a left-hand one."""
        part = self.document.part
        return SectionStart.PAGE if part is not None and part.first_page % 2 == 0 else body_start(self.style)

    def _body(self, numbers: PageNumbers) -> list[Xml]:
        """Cover, contents, sections, schedule, annexes; the setup of the last section ends the body."""
        style = self.style
        pages = str(numbers.body_pages)
        part = self.document.part
        in_body = LivePages("1", pages, LAST_OF_BODY)
        in_front = LivePages("i", pages, LAST_OF_BODY)
        if part is not None:
            # The last page of the pack is in another file, and no field can ask for it.
            in_body = LivePages(str(part.first_page), part.pages, "")
            in_front = LivePages("i", part.pages, "")
        setups: list[tuple[Flow, Setup, Xml]] = []
        restart = True
        if self.cover is not None:
            references = self.furniture.references("", in_front, banner_only=True)
            setup = Setup(SectionStart.PAGE, Numbers.FRONT, restart, references, own_first=False)
            setups.append((self.cover, setup, EMPTY))
            restart = False
        own_first = bool(style.header.first or style.footer.first)
        if (style.contents.depth or part is not None) and self.document.contents:
            title = style.word("contents", self.document.meta.language)
            listed = listed_marking(self.document, tuple(TocKind))
            if part is not None:
                elsewhere = (entry for other in part.others for entry in other.entries)
                listed |= join(entry.marking for entry in elsewhere if entry.marking is not None)
            references = self.furniture.references(title, in_front, marking=listed)
            setup = Setup(_on_a_page(style), Numbers.FRONT, restart, references, own_first=False)
            setups.append((Flow(), setup, contents(self.document, style, numbers, self.spans)))
        shown = [len(self.pictures.get(annex.anchor, ())) for annex in self.document.annexes]
        in_annexes = LivePages("1", str(last_page(style, numbers, shown)), LAST_OF_FILE)
        for position, chapter in enumerate(self.chapters):
            live = in_body if position < self.chapters_of_body else in_annexes
            live = replace(live, language=chapter.language)
            start = chapter.start if position else self._body_start()
            last = setups[-1][1].layout if setups else UPRIGHT
            for turn, flow in chapter.flow.stretches():
                if turn.page or turn.layout.landscape != last.landscape:
                    # A sheet that is turned is a new one.
                    start = SectionStart.PAGE if start is SectionStart.CONTINUOUS else start
                opens = own_first and start is not SectionStart.CONTINUOUS and turn.opens
                references = self.furniture.references(
                    chapter.title, live, layout=turn.layout, marking=chapter.marking
                )
                restart = position == 0 and turn.opens
                first = 1 if part is None else part.first_page
                setup = Setup(start, Numbers.BODY, restart, references, opens, turn.layout, first)
                setups.append((flow, setup, EMPTY))
                last, start = turn.layout, SectionStart.CONTINUOUS
        pieces: list[Xml] = []
        for flow, setup, before in setups[:-1]:
            flow.end_section(section(style, setup))
            pieces += (before, flow.markup())
        flow, setup, before = setups[-1]
        pieces += (before, flow.markup(), section(style, setup))
        return pieces


def listed_marking(document: Document, kinds: tuple[TocKind, ...]) -> Marking:
    """Of the titles in the contents or in the schedule of annexes."""
    entries = (entry for entry in document.contents if entry.kind in kinds)
    return join(entry.marking for entry in entries if entry.marking is not None)


def _on_a_page(style: Style) -> SectionStart:
    """Where parts begin that never continue a page: contents and schedule."""
    start = part_start(style)
    return SectionStart.PAGE if start is SectionStart.CONTINUOUS else start
