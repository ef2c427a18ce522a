"""Headers and footers: the banner, the line of the style, the watermark; one part for each content that differs.

Baselines come from the style as in the PDF. Word sets a line of exact pitch with its baseline at four fifths of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from briefpack.banner_lines import Tint, banner_words, broken, tint_of
from briefpack.document import Document, Meta
from briefpack.fields import pack_values
from briefpack.marking import Marking
from briefpack.style import BannerOf, Furniture, Length, PageSetup, Slots, Style
from briefpack.template import fields
from briefpack.word import xml
from briefpack.word.fields import LivePages, runs
from briefpack.word.flow import UPRIGHT, PageLayout, Paragraph, at_start
from briefpack.word.looks import border, line_pitch, tab
from briefpack.word.package import Package
from briefpack.word.sheet import sheet
from briefpack.word.styles import SEPARATOR, style_id
from briefpack.word.watermark import watermark
from briefpack.word.widths import Widths
from briefpack.word.xml import EMPTY, Xml, element, join, value

_BASELINE = 0.8
# Height of capitals, a share of the size: between the 0.63 of Carlito and the 0.73 of Liberation Sans.
_CAPITALS = 0.66
# Twips by which furniture stays short of the text, so that rounding never pushes it.
_SLACK = 2
_PREFIXES = ("w", "r", "v", "o")


@dataclass(frozen=True, slots=True)
class Distances:
    """From the sheet's edges to the top of the header and to the bottom of the footer, in twips."""

    header: int
    footer: int


def distances(style: Style, page: PageSetup) -> Distances:
    """The same for all pages that lie alike, whatever is printed on them. page: as it lies."""
    banner, header, footer = (line_pitch(style.text[role]) for role in ("banner", "header", "footer"))
    return Distances(
        max(0, min(_above(page.banner_top, banner), _above(page.header, header))),
        max(0, min(_below(page.banner_bottom, banner), _below(page.footer, footer))),
    )


def _above(baseline: Length, pitch: int) -> int:
    """The upper edge of a line. baseline: from the sheet's upper edge."""
    return round(baseline.twips - _BASELINE * pitch)


def _below(baseline: Length, pitch: int) -> int:
    """The lower edge of a line. baseline: from the sheet's lower edge."""
    return round(baseline.twips - (1 - _BASELINE) * pitch)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of furniture. upper, lower: its edges, in twips from the sheet's nearer edge.

    rule: height of the rule on the side of the text with its distance, 0 for none.
    """

    paragraph: Paragraph
    upper: int
    lower: int
    rule: int = 0


def names_sections(style: Style) -> bool:
    """Whether any header or footer prints the title of the section it stands in."""
    furniture = (style.header, style.footer)
    slots = [each for of in furniture for each in (of.recto, of.verso, of.first) if each is not None]
    templates = [template for each in slots for template in (each.left, each.centre, each.right)]
    return any("section" in fields(template) for template in (*templates, style.banner))


@dataclass(slots=True)
class FurnitureWriter:
    """Makes header and footer parts, each content once."""

    style: Style
    document: Document
    package: Package
    widths: Widths
    _parts: dict[tuple[str, str], str] = field(default_factory=dict)
    _marks: int = 0

    @property
    def meta(self) -> Meta:
        return self.document.meta

    def references(
        self,
        section: str,
        live: LivePages,
        *,
        banner_only: bool = False,
        layout: PageLayout = UPRIGHT,
        marking: Marking | None = None,
    ) -> Xml:
        """The references of one section's setup (w:headerReference, w:footerReference).

        section: its title, "" where there is none. banner_only: for the cover. layout: of its pages. marking: of what is in it, None for the
        pack's. Only Word knows what is on a page, hence where banners tell the marking of pages, they tell that of the section here.
        """
        page = sheet(self.style.page, layout)
        known = pack_values(self.meta, self.style, section)
        document, own = self.document, self.document.marking
        if (
            document.policy is not None
            and marking is not None
            and self.style.markings.banner is BannerOf.PAGE
        ):
            own = marking | document.title_marking
            if own != document.marking:
                known["marking"] = document.policy.banner(own, self.meta.language)
        tint = tint_of(document, self.style, own)
        pieces: list[Xml] = []
        for kind in self.kinds(banner_only=banner_only):
            for name, furniture in (("header", self.style.header), ("footer", self.style.footer)):
                slots = None if banner_only else _slots(furniture, kind)
                content = self._content(name, furniture, slots, known, live, page=page, tint=tint)
                relation = self._part(name, content)
                pieces.append(element(f"w:{name}Reference", {"w:type": kind, "r:id": relation}))
        return join(pieces)

    def kinds(self, *, banner_only: bool) -> tuple[str, ...]:
        """The kinds of page that have furniture of their own, in Word's words."""
        kinds = ["default"]
        if self.style.page.two_sided:
            kinds.append("even")
        if not banner_only and (self.style.header.first or self.style.footer.first):
            kinds.append("first")
        return tuple(kinds)

    def _part(self, name: str, content: Xml) -> str:
        key = (name, content)
        if key not in self._parts:
            add = self.package.add_header if name == "header" else self.package.add_footer
            if name == "header" and self.meta.watermark:
                self._marks += 1
                content = at_start(content, watermark(self.meta.watermark, self.style, self._marks))
            self._parts[key] = add(xml.part("w:hdr" if name == "header" else "w:ftr", _PREFIXES, content))
        return self._parts[key]

    def _content(
        self,
        name: str,
        furniture: Furniture,
        slots: Slots | None,
        known: dict[str, str],
        live: LivePages,
        *,
        page: PageSetup,
        tint: Tint,
    ) -> Xml:
        lines: list[_Line] = []
        banner = runs(self.style.banner, known, live)
        count = 1
        if banner and self.document.policy is not None:
            words = banner_words(self.style, known, known["marking"])
            broken_up = broken(words, page.text_width, lambda part: self.widths.width(part, "banner"))
            count = len(broken_up or ("",))
            banner = _tinted(words, tint)
        at_top = name == "header"
        if banner:
            baseline = page.banner_top if at_top else page.banner_bottom
            lines.append(self._line("banner", banner, baseline, at_top, count))
        content = self._slots(slots, known, live) if slots else EMPTY
        if content:
            line = self._line(name, content, page.header if at_top else page.footer, at_top)
            if page.text_width != self.style.page.text_width:
                line.paragraph.tabs = self._stops(page)
            lines.append(self._ruled(line, name, furniture))
        if not lines:
            return Xml(Paragraph(SEPARATOR, EMPTY).markup())
        return _stacked(lines, distances(self.style, page), page, at_top=at_top)

    def _stops(self, page: PageSetup) -> Xml:
        """Tab stops of a page of another width in place of the style's."""
        own, width = self.style.page.text_width.twips, page.text_width.twips
        gone = [Xml(f'<w:tab w:val="clear" w:pos="{position}"/>') for position in (own // 2, own)]
        return element("w:tabs", None, *gone, tab("center", width // 2), tab("right", width))

    def _line(self, role: str, content: Xml, baseline: Length, at_top: bool, count: int = 1) -> _Line:
        """count: of the lines that the words are broken into."""
        pitch = line_pitch(self.style.text[role])
        paragraph = Paragraph(style_id(role), content)
        if at_top:
            upper = _above(baseline, pitch)
            return _Line(paragraph, upper, upper + count * pitch)
        lower = _below(baseline, pitch)
        return _Line(paragraph, lower + count * pitch, lower)

    def _ruled(self, line: _Line, name: str, furniture: Furniture) -> _Line:
        if furniture.rule <= 0:
            return line
        text = self.style.text[name]
        if name == "header":
            side, gap = "bottom", furniture.rule_gap - (1 - _BASELINE) * text.line_pitch
        else:
            side = "top"
            gap = furniture.rule_gap + _CAPITALS * text.size - _BASELINE * text.line_pitch
        distance = max(0, round(gap))
        rule = border(side, furniture.rule, furniture.rule_colour.hex, distance)
        line.paragraph.box = element("w:pBdr", None, rule)
        return replace(line, rule=Length(distance + furniture.rule).twips)

    def _slots(self, slots: Slots, known: dict[str, str], live: LivePages) -> Xml:
        """Left, centre and right with tabs between them; nothing when all three have nothing to say."""
        left, centre, right = (
            runs(template, known, live) for template in (slots.left, slots.centre, slots.right)
        )
        pieces = [left]
        if centre or right:
            pieces += [xml.mark("tab"), centre]
        if right:
            pieces += [xml.mark("tab"), right]
        return join(pieces) if left or centre or right else EMPTY


def _tinted(words: str, tint: Tint) -> Xml:
    """The words of a banner in the colours of their marking; a band reaches a space beyond them."""
    look = value("color", tint.ink.hex) if tint.ink is not None else EMPTY
    if tint.band is not None:
        shade = element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": tint.band.hex})
        look, words = join((look, shade)), f"\u00a0{words}\u00a0"
    return xml.run(words, look) if look else xml.run(words)


def _slots(furniture: Furniture, kind: str) -> Slots:
    recto = furniture.recto
    if kind == "first":
        return furniture.first or recto
    if kind == "even":
        return furniture.verso or Slots(recto.right, recto.centre, recto.left)
    return recto


def _stacked(lines: list[_Line], edges: Distances, page: PageSetup, *, at_top: bool) -> Xml:
    """Paragraphs from top to bottom, each with the space that brings its baseline where it belongs.

    The space between furniture and text is part of the furniture: LibreOffice forgets the margin on the first page of
    a section that begins on a right-hand page, and would set the text right below the header.
    """
    lines.sort(key=lambda line: line.upper, reverse=not at_top)
    if at_top:
        here = edges.header
        for line in lines:
            line.paragraph.own_before = max(0, line.upper - here)
            line.paragraph.own_after = 0
            here = line.lower + line.rule
        lines[-1].paragraph.own_after = max(0, page.top.twips - here - _SLACK)
    else:
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            line.paragraph.own_before = 0
            edge = following.upper + following.rule if following else edges.footer
            line.paragraph.own_after = max(0, line.lower - edge)
        first = lines[0]
        first.paragraph.own_before = max(0, page.bottom.twips - first.upper - first.rule - _SLACK)
    return Xml("".join(line.paragraph.markup() for line in lines))
