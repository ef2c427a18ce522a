"""An annex shown in the Word file: a heading, where it comes from, and its pages as pictures, one on a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil

from briefpack.document import AnnexEntry, ImageData, PageNumbers, annex_page_anchor
from briefpack.style import Length, SectionStart, Style
from briefpack.template import SEPARATOR
from briefpack.word.annexes import schedule_page, unnumbered
from briefpack.word.beside import section_place
from briefpack.word.flow import Flow, PageLayout, Paragraph
from briefpack.word.images import Drawings, Edge, Size, fitted, own_size
from briefpack.word.place import Place
from briefpack.word.spans import SpanWriter
from briefpack.word.styles import FIGURE, style_id
from briefpack.word.widths import Widths

Pictures = Mapping[str, Sequence[ImageData]]
"""The pages of annexes that are shown, by the annex's anchor."""

_SHARE = 0.97
"""Of the height that is left for a picture: Word and LibreOffice both set a little space around the line it stands in."""
_TITLE_SHARE = 0.9
"""Of the width, which lines of a title fill at least."""


def annex_start(style: Style) -> SectionStart:
    """Where an annex begins. Only two-sided pages have a right-hand side."""
    return SectionStart.RECTO if style.annexes.recto and style.page.two_sided else SectionStart.PAGE


def last_page(style: Style, numbers: PageNumbers, pages: Iterable[int]) -> int:
    """The number of the file's last page, its schedule of annexes taken to be a page long. pages: of the annexes that are shown."""
    last = int(schedule_page(style, numbers))
    for count in pages:
        if annex_start(style) is SectionStart.RECTO:
            last += last % 2
        last += count
    return last


class AnnexPages:
    """Writes the annexes that are shown."""

    def __init__(self, style: Style, language: str, spans: SpanWriter, drawings: Drawings) -> None:
        self.style, self.language, self.spans, self.drawings = style, language, spans, drawings
        self.widths = Widths(style)

    def flow(self, annex: AnnexEntry, pictures: Sequence[ImageData]) -> Flow:
        """Heading, source and pages. Landscape pages stand on landscape pages."""
        flow = Flow()
        for page, picture in enumerate(pictures, 1):
            layout = PageLayout(landscape=picture.width > picture.height)
            if flow.layout != layout:
                flow.turn(layout, page=page > 1)
            elif page > 1:
                flow.break_page()
            place = section_place(self.style.page, layout, None)
            room = place.height / 20
            if page == 1:
                room -= self._open(annex, flow, place)
            shown = self._page(annex, page, picture, Size(Length(place.width / 20), Length(room)))
            if page == 1:
                shown.own_before = self.style.image.before.twips
            flow.add(shown)
            words = SEPARATOR.join(filter(None, (f"{annex.label}-{page}", annex.marking)))
            flow.add(Paragraph(style_id("source"), self.spans.words(words)))
        return flow

    def _open(self, annex: AnnexEntry, flow: Flow, place: Place) -> float:
        """The heading and the line below it; gives the height of both and of the space below them, in points."""
        words = SEPARATOR.join((f"{self._word('annex')} {annex.label}", annex.title))
        heading = unnumbered(self.style, self.spans.bookmark(annex.anchor, self.spans.words(words)))
        heading.keep_next = True
        flow.add(heading)
        height = self._height("section-title", words, place)
        about = SEPARATOR.join(filter(None, (annex.source, annex.marking)))
        if about:
            line = Paragraph(style_id("source"), self.spans.words(about))
            line.keep_next = True
            flow.add(line)
            height += self._height("source", about, place)
        return height + self.style.image.before

    def _height(self, role: str, words: str, place: Place) -> float:
        """Of a paragraph with the space around it, at the most."""
        text = self.style.text[role]
        lines = ceil(self.widths.width(words, role) / (_TITLE_SHARE * place.width / 20))
        return text.before + lines * text.line_pitch + text.after

    def _page(self, annex: AnnexEntry, page: int, picture: ImageData, frame: Size) -> Paragraph:
        """A page as large as the frame allows with a line below it."""
        alt = self._word("annex_page_picture")
        for field, words in (
            ("label", annex.label),
            ("page", str(page)),
            ("pages", str(annex.pages)),
            ("title", annex.title),
        ):
            alt = alt.replace(f"{{{field}}}", words)
        below = self.style.text["source"]
        room = (frame.height - below.before - below.line_pitch - below.after) * _SHARE
        size = fitted(own_size(picture), None, Size(frame.width, Length(max(room, frame.height / 4))))
        # Where the sheet ends cannot be seen on paper that is white as well.
        edge = Edge(self.style.table.row, self.style.table.line_colour)
        shown = self.drawings.inline(picture, size, alt, edge)
        anchor = annex_page_anchor(annex.anchor, page)
        paragraph = Paragraph(FIGURE, self.spans.bookmark(anchor, shown))
        paragraph.own_before = paragraph.own_after = 0
        paragraph.keep_next = True
        return paragraph

    def _word(self, key: str) -> str:
        return self.style.word(key, self.language)
