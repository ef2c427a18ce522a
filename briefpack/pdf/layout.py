"""Document and Style → Laid: every flow on its page, before anything is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from briefpack.body import AnnexPages, BodyPage, PlanItem
from briefpack.document import AnnexEntry, Document, PageNumbers, Section, annex_page_anchor
from briefpack.errors import Where
from briefpack.marking import Marking
from briefpack.numerals import roman
from briefpack.pdf.arranged import turns
from briefpack.pdf.banners import Banners
from briefpack.pdf.blocks import BlockMaker
from briefpack.pdf.contents import contents_flows
from briefpack.pdf.cover import cover_flows, cover_logo
from briefpack.pdf.divider import divider_flows, divider_top, has_divider
from briefpack.pdf.fields import annex_page_label
from briefpack.pdf.flow import Flow
from briefpack.pdf.fonts import Faces
from briefpack.pdf.opening import place_opening
from briefpack.pdf.pages import Filler, Laid, Page, PageKind
from briefpack.pdf.structure import Element
from briefpack.pdf.text import Typesetter
from briefpack.style import SectionStart, Style

__all__ = ["Laid", "lay_out", "section_pages"]


def lay_out(document: Document, style: Style) -> Laid:
    """Lay out cover, contents, sections and annex dividers, each page once."""
    return _Layout(document, style).lay_out()


def lay_out_front(document: Document, style: Style, whole: Laid, first: int) -> Laid:
    """Lay out cover and contents of a part of a pack. whole: the pack, which has the printed numbers of all that is in it. first: number of the page behind."""
    layout = _Layout(document, style, whole.setter)
    layout.labels = whole.page_numbers.label_of
    layout.front(first)
    # An entry that stands for a place in another part has the number of that place printed, not that of its own page.
    layout.labels = {}
    places = layout.destinations()
    return layout.laid(replace(whole.page_numbers, front_pages=len(layout.pages)), places)


class _Layout:
    """A layout under way."""

    def __init__(self, document: Document, style: Style, setter: Typesetter | None = None) -> None:
        self.document = document
        self.style = style
        self.setter = setter or Typesetter(style, Faces(style.fonts), document.meta.language)
        self.pages: list[Page] = []
        self.plan: list[PlanItem] = []
        self.labels: dict[str, str] = {}
        self.running = 0
        self.annex_running: list[int] = []
        self.section = ""
        self.title_marking: Marking | None = None
        # The page before each annex without a divider.
        self.undivided: dict[str, int] = {}
        self.structure = Element("Document")
        banners = Banners(document, style, self.setter)
        self.said = self.structure.add("P") if document.policy and banners.says_something else None

    @property
    def recto_only(self) -> bool:
        """Whether parts of the pack begin on right-hand pages."""
        return self.style.page.two_sided and self.style.page.section_start is SectionStart.RECTO

    @property
    def annexes_recto(self) -> bool:
        """Whether annexes begin on right-hand pages."""
        return self.recto_only or (self.style.page.two_sided and self.style.annexes.recto)

    def lay_out(self) -> Laid:
        self.front()
        front = len(self.pages)
        self.body()
        body = self.running
        self.annexes()
        destinations = self.destinations()
        return self.laid(PageNumbers(self.labels, front, body, "layout"), destinations)

    def laid(self, numbers: PageNumbers, destinations: dict[str, tuple[int, float, float]]) -> Laid:
        """What has been laid out."""
        return Laid(
            tuple(self.pages),
            tuple(self.plan),
            numbers,
            destinations,
            tuple(self.annex_running),
            self.setter,
            self.structure,
            self.said,
        )

    # ----------------------------------------------------------------------- pages

    def add(self, page: Page) -> Page:
        self.plan.append(BodyPage(len(self.pages)))
        self.pages.append(page)
        return page

    def front_page(self, kind: PageKind) -> Page:
        number = len(self.pages) + 1
        verso = self.style.page.two_sided and number % 2 == 0
        return self.add(Page(kind, roman(number), None, verso))

    def numbered_page(self, kind: PageKind, label: str | None = None, *, landscape: bool = False) -> Page:
        self.running += 1
        verso = self.style.page.two_sided and self.running % 2 == 0
        page = Page(
            kind,
            label or str(self.running),
            self.running,
            verso,
            self.section,
            landscape=landscape,
            title_marking=self.title_marking,
        )
        return self.add(page)

    def left(self, page: Page) -> float:
        """Where the text frame of a page begins."""
        setup = page.setup(self.style.page)
        return float(setup.outside if page.verso else setup.inside)

    def filler(self, begin: Callable[[], Page], *, landscape: bool = False) -> Filler:
        setup = self.style.page.turned if landscape else self.style.page
        return Filler(
            float(setup.text_width),
            float(setup.text_height),
            float(setup.height - setup.top),
            begin,
            self.left,
            notes=self.style.notes,
        )

    def open(
        self, begin: Callable[[], Page], flows: Sequence[Flow], share: float, above: Flow | None = None
    ) -> None:
        """Place flows that stand alone on a page, from a share of the frame's height down."""
        page = begin()
        if not place_opening(page, flows, share, self.style.page, left=self.left(page), above=above):
            # More than a page: it begins at the frame's top and goes on.
            pages = chain((page,), iter(begin, None))
            self.filler(lambda: next(pages)).place([*([above] if above is not None else []), *flows])

    # ----------------------------------------------------------------------- parts

    def front(self, first: int = 1) -> None:
        """Cover and contents. first: the number of the page that follows them."""
        if self.style.cover.show:
            part = self.structure.add("Sect", title=self.document.meta.title, marking=self.document.marking)
            # The order of making is that of reading.
            logo = cover_logo(self.document, self.setter, part)
            flows = cover_flows(self.document, self.style, self.setter, part)
            self.open(lambda: self.front_page(PageKind.COVER), flows, self.style.cover.top, logo)
        flows = contents_flows(self.document, self.style, self.setter, self.labels, self.structure)
        if flows:
            if self.recto_only and len(self.pages) % 2:
                self.front_page(PageKind.BLANK)
            self.filler(lambda: self.front_page(PageKind.CONTENTS)).place(flows)
        if self.style.page.two_sided and len(self.pages) % 2 == first % 2:
            # Page 1 is a right-hand page, and so are all odd ones.
            self.front_page(PageKind.BLANK)

    def body(self) -> None:
        maker = BlockMaker(self.style, self.setter, self.labels)
        # Pages that lie on their side have a frame of their own.
        fillers = {landscape: self.body_filler(landscape=landscape) for landscape in (False, True)}
        # How the pages at hand lie, None where a block of its own is on them.
        filled: Filler | None = None
        last: bool | None = None
        for section in self.document.sections:
            runs = turns(maker.section(section, self.structure), landscape=section.landscape)
            for number, (landscape, flows) in enumerate(runs):
                filler = fillers[landscape]
                own = landscape is section.landscape
                starts = number == 0 and self.style.page.section_start is not SectionStart.CONTINUOUS
                if filled is not None and (starts or filler is not filled):
                    # What is left of the notes belongs to the pages before.
                    filled.finish()
                if number == 0:
                    self.begin(section, filler, goes_on=own and landscape is last)
                else:
                    filler.new_page()
                filler.place(flows)
                filled = filler
                last = landscape if own else None
        if filled is not None:
            filled.finish()

    def body_filler(self, *, landscape: bool) -> Filler:
        return self.filler(
            lambda: self.numbered_page(PageKind.BODY, landscape=landscape), landscape=landscape
        )

    def begin(self, section: Section, filler: Filler, *, goes_on: bool) -> None:
        """Go to where a section begins. goes_on: the page at hand lies as the section's first one does."""
        start = self.style.page.section_start
        before, self.section = (self.section, self.title_marking), section.title
        self.title_marking = section.title_marking
        if start is SectionStart.CONTINUOUS and goes_on:
            return
        if start is SectionStart.RECTO and self.style.page.two_sided and self.running % 2:
            # What comes before still owns the blank page.
            self.section, self.title_marking = before
            self.numbered_page(PageKind.BLANK)
            self.section, self.title_marking = section.title, section.title_marking
        filler.new_page().first = True

    def annexes(self) -> None:
        self.section, self.title_marking = "", None
        for index, annex in enumerate(self.document.annexes):
            self.annex(index, annex)

    def annex(self, index: int, annex: AnnexEntry) -> None:
        """The divider, if there is one, and the place of the annex's pages behind it."""
        if self.annexes_recto and self.running % 2:
            self.numbered_page(PageKind.BLANK, self.blank_label(index))
        # The binder looks for the annex's part by its anchor.
        part = self.structure.add("Sect", title=annex.title, identity=annex.anchor, marking=annex.computed)
        if has_divider(annex, self.style):
            flows = divider_flows(annex, self.document.meta.language, self.style, self.setter, part)
            self.open(
                lambda: self.numbered_page(PageKind.DIVIDER, annex.label), flows, divider_top(self.style)
            )
            if self.annexes_recto and self.running % 2:
                self.numbered_page(PageKind.BLANK, f"{annex.label}-0")
        else:
            self.labels[annex.anchor] = annex_page_label(annex, 1)
            self.undivided[annex.anchor] = max(len(self.pages) - 1, 0)
        self.plan.append(AnnexPages(index))
        self.annex_running.append(self.running + 1)
        self.running += annex.pages
        for number in range(1, annex.pages + 1):
            self.labels[annex_page_anchor(annex.anchor, number)] = annex_page_label(annex, number)

    def blank_label(self, index: int) -> str | None:
        """What a blank page before an annex is called: after an annex "A-4*", else its number. index: of the annex."""
        if index == 0:
            return None
        annex = self.document.annexes[index - 1]
        return f"{annex_page_label(annex, annex.pages)}*"

    def destinations(self) -> dict[str, tuple[int, float, float]]:
        """Where every anchor stands; and their labels. What begins a page is shown with all of the page above it."""
        found: dict[str, tuple[int, float, float]] = {
            anchor: (index, 0.0, float(self.style.page.height)) for anchor, index in self.undivided.items()
        }
        for index, page in enumerate(self.pages):
            sheet = float(page.setup(self.style.page).height)
            for number, placed in enumerate(page.placed):
                for anchor, down in placed.flow.anchors():
                    at_top = number == 0 and down == 0
                    found[anchor] = (index, placed.x, sheet if at_top else placed.top - down)
                    self.labels[anchor] = page.label
            if page.foot is not None:
                for anchor, down in page.foot.flow.anchors():
                    found[anchor] = (index, page.foot.x, page.foot.top - down)
                    self.labels[anchor] = page.label
        return found


def section_pages(document: Document, laid: Laid, style: Style) -> dict[Where, int]:
    """How many pages every section takes, by its place; a page that two sections share counts for both, a blank one for none."""
    body = [index for index, page in enumerate(laid.pages) if page.kind is PageKind.BODY]
    starts = [
        (section.where, *laid.destinations[section.anchor])
        for section in document.sections
        if section.anchor in laid.destinations
    ]
    pages: dict[Where, int] = {}
    for (where, first, _, _), following in zip_longest(starts, starts[1:]):
        end = body[-1] + 1
        if following is not None:
            _, page, _, top = following
            # What begins a page is shown with all of the page above it.
            begins = page > first and (laid.pages[page].first or top >= style.page.height)
            end = page if begins else page + 1
        pages[where] = sum(first <= index < end for index in body)
    return pages
