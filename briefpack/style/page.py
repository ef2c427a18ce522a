"""What surrounds the text: the sheet and its margins, header and footer, cover, contents, and what banners say of markings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from briefpack.document import ImageData
from briefpack.drawing import Drawing
from briefpack.style.measures import Colour, Length


class SectionStart(Enum):
    """Where a section begins: on a new page, on a right-hand page, or where the last one ended."""

    PAGE = "page"
    RECTO = "recto"
    CONTINUOUS = "continuous"


@dataclass(frozen=True, slots=True)
class PageSetup:
    """width, height: of the sheet. inside, outside: margins; inside is left on one-sided pages
    and on rectos, and already includes the gutter. top, bottom: to the text frame.

    banner_top, banner_bottom: from the sheet's edge to the banner's baseline.
    header, footer: from the sheet's edge to the header's or footer's baseline.
    """

    width: Length
    height: Length
    top: Length
    bottom: Length
    inside: Length
    outside: Length
    two_sided: bool
    section_start: SectionStart
    banner_top: Length
    banner_bottom: Length
    header: Length
    footer: Length

    @property
    def turned(self) -> PageSetup:
        """The same for a page that lies on its side, as its reader sees it: the pack is bound at its upper edge, so that there
        it has the room that others have inside."""
        binding = Length(max(self.inside - self.outside, 0.0))
        return replace(
            self,
            width=self.height,
            height=self.width,
            top=Length(self.top + binding),
            inside=self.outside,
            banner_top=Length(self.banner_top + binding),
            header=Length(self.header + binding),
        )

    @property
    def text_width(self) -> Length:
        return Length(self.width - self.inside - self.outside)

    @property
    def text_height(self) -> Length:
        return Length(self.height - self.top - self.bottom)


@dataclass(frozen=True, slots=True)
class Slots:
    """Templates with the {fields} of FURNITURE_FIELDS, in stamps with those of STAMP_FIELDS. "" prints nothing.

    {word:KEY} prints a label word of the style in the pack's language. briefpack.template fills them in.
    """

    left: str
    centre: str
    right: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """Header or footer. verso: None mirrors recto (left and right exchanged). first: on the first page of a
    section, None takes recto or verso. rule: width of the line between it and the text, 0 for none.
    rule_gap: from the baseline of the header down to the line (footer: from the line down to cap height)."""

    recto: Slots
    verso: Slots | None
    first: Slots | None
    rule: Length
    rule_colour: Colour
    rule_gap: Length


@dataclass(frozen=True, slots=True)
class Cover:
    """kicker, title, subtitle: templates. fields: (label word key, template) pairs, printed where the template
    yields words. logo: None means none. top: from the top of the text frame to the kicker, a share (0 to 1).
    rule: width of the short rule, rule_length its length, 0 for none."""

    show: bool
    kicker: str
    title: str
    subtitle: str
    fields: tuple[tuple[str, str], ...]
    label_width: Length
    logo: ImageData | Drawing | None
    logo_width: Length
    top: float
    rule: Length
    rule_length: Length
    rule_colour: Colour


@dataclass(frozen=True, slots=True)
class Contents:
    """depth: 0 for no contents, 1 for sections only, up to 3. leader: printed between title and number, "" for none.

    number_width: width of the number column per level (1 to 3); the page numbers' column is page_width wide.
    """

    depth: int
    leader: str
    leader_colour: Colour
    number_width: tuple[Length, Length, Length]
    page_width: Length


class BannerOf(Enum):
    """What a banner tells the marking of. PACK: all that is in the pack, on every page. PAGE: what is on the page."""

    PACK = "pack"
    PAGE = "page"


class BannerColours(Enum):
    """What is done with the colours that a policy gives its levels. NONE: banners are set as the style sets them. TEXT: their words have the colour.
    BAND: they stand on a band of it, in black or white."""

    NONE = "none"
    TEXT = "text"
    BAND = "band"


@dataclass(frozen=True, slots=True)
class MarkingLook:
    """How computed markings are printed. portions: a mark stands before each portion, "(R)"."""

    portions: bool
    banner: BannerOf
    colours: BannerColours
