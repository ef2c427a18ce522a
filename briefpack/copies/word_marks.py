"""What a copy says, as shapes in the headers and footers of a Word file: they lie on the sheet at fixed places and push no text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from math import ceil, floor
from typing import TypeAlias

from briefpack.copies.spots import REACH, Slant, chord, slants
from briefpack.copies.word_foot import PARAGRAPH, Foot, words_of
from briefpack.style import Style
from briefpack.word.styles import PARAGRAPHS, style_id
from briefpack.word.watermark import LINE, opening, stretched
from briefpack.word.widths import Widths
from briefpack.word.xml import Xml, quote, run

_SMALLEST = 5.0
"""Points below which a shorter line takes the place of one."""
_PITCH, _BASELINE = 1.2, 0.8
"""Height of a line in ems; Word sets one of exact pitch with its baseline at four fifths of it."""
_FILLED = 0.8
"""Share of its room that a line takes in the style's fonts: those that a reader's computer has in their place may be wider, and what wraps is not to be seen."""
_MOST_LINES = 3
"""Of a line on the cover."""
_FIRST_NUMBER = 8192
"""Of the shapes of copies: higher than those of watermarks."""
SHAPES = 4
"""Numbers that the shapes of one part may have."""
_OWN = re.compile(
    r'<v:shape id="PowerPlusWaterMarkObject.*?width:([0-9.]+)pt;height:([0-9.]+)pt;rotation:(\d+)', re.DOTALL
)

Own: TypeAlias = tuple[float, float, float, float]
"""A watermark that is there: its middle, angle (degrees) and size, as slants() wants it."""


@dataclass(frozen=True, slots=True)
class MarkWriter:
    """Writes the shapes of one style, each without its beginning, which has its number: parts with pages of the same size share the rest. Lengths are points."""

    widths: Widths

    @property
    def style(self) -> Style:
        return self.widths.style

    def foot_line(self, lines: tuple[str, str], at: Foot, height: float) -> str:
        """A line in the middle of the text. lines: the one to set, and one that says least. height: of the sheet."""
        page = self.style.page
        room = float(min(page.text_width, page.turned.text_width))
        words, bare = lines
        size = self._fitting(words, at.size, room)
        if size < _SMALLEST:
            words, size = bare, max(self._fitting(bare, at.size, room), _SMALLEST)
        pitch = _PITCH * size
        baseline = height - at.baseline if at.baseline > 0 else -at.baseline
        place = (
            f"margin-left:0;margin-top:{baseline - _BASELINE * pitch:.1f}pt;width:{room:.1f}pt;height:{pitch:.1f}pt;"
            "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical-relative:page"
        )
        return _box(place, _Look("footer", size, pitch, "center").paragraph(words), words)

    def _fitting(self, words: str, size: float, room: float) -> float:
        """The size in which words fit, in half points."""
        full = float(self.widths.width(words, "footer")) * size / float(self.style.text["footer"].size)
        room *= _FILLED
        return size if full <= room else floor(2 * size * room / full) / 2

    # ------------------------------------------------------------------------- the cover

    def cover_block(self, line: str, height: float) -> str:
        """The line at the foot of the cover's text, below a rule, as large as the cover's particulars. height: of the sheet."""
        look, page = self.style.text["cover-value"], self.style.page
        width, size = float(page.text_width), float(look.size)
        lines = self._broken(line, width)
        while len(lines) > _MOST_LINES and size > _SMALLEST:
            size = floor(2 * 0.94 * size) / 2
            lines = self._broken(line, width * float(look.size) / size)
        pitch = look.leading * size
        tall = (len(lines) + 1) * pitch
        bottom = height - float(page.bottom) + (1 - _BASELINE) * pitch
        place = (
            # The cover is on the right-hand side.
            f"margin-left:{float(page.inside):.1f}pt;margin-top:{bottom - tall:.1f}pt;width:{width:.1f}pt;height:{tall:.1f}pt;"
            "mso-position-horizontal-relative:page;mso-position-vertical-relative:page"
        )
        colour = self.style.footer.rule_colour.hex
        rule = f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="{round(0.4 * pitch)}" w:color="{colour}"/></w:pBdr>'
        first, *others = lines
        lines_look = _Look("cover-value", size, pitch, "left")
        content = lines_look.paragraph(first, rule, before=round(10 * pitch))
        content += "".join(lines_look.paragraph(each) for each in others)
        return _box(place, content, line)

    def cover_has_room(self, document: str) -> bool:
        """Whether the cover's words leave the foot of its text free. document: the main part; its first section is the cover."""
        page, used = self.style.page, 0.0
        roles = {style.id: role for role, style in PARAGRAPHS.items() if role.startswith("cover-")}
        cover = document.partition("<w:sectPr")[0]
        for name, properties, content in PARAGRAPH.findall(cover):
            role = roles.get(name, "")
            look = self.style.text[role] if role else None
            picture = re.search(r'<wp:extent cx="\d+" cy="(\d+)"', content)
            used += int(picture[1]) / 12700 if picture else 0.0
            for side in ("before", "after"):
                own = re.search(rf'w:{side}="(\d+)"', properties)
                usual = float(getattr(look, side)) if look else 0.0
                used += int(own[1]) / 20 if own else usual
            if look is not None:
                across = self.widths.width(words_of(content), role) / page.text_width
                used += max(1, ceil(across)) * float(look.line_pitch)
        needed = (_MOST_LINES + 1) * float(self.style.text["cover-value"].line_pitch)
        return used + needed < float(page.text_height)

    def _broken(self, words: str, width: float) -> tuple[str, ...]:
        """In lines that fill no more of width than they may: a word that is wider, or one of a script without spaces, is broken where the line ends."""
        width *= _FILLED
        lines: list[str] = []
        for word in words.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.widths.width(longer, "cover-value") > width:
                lines.append(word)
            else:
                lines[-1:] = [longer]
            while (cut := self._cut(lines[-1], width)) < len(lines[-1]):
                lines[-1:] = [lines[-1][:cut], lines[-1][cut:]]
        return tuple(lines)

    def _cut(self, line: str, width: float) -> int:
        """How many characters of a line fit, with the signs that stand on the last one; one at least."""
        fitting = 1 + bisect_right(
            range(2, len(line) + 1),
            width,
            key=lambda end: float(self.widths.width(line[:end], "cover-value")),
        )
        while fitting > 1 and fitting < len(line) and unicodedata.combining(line[fitting]):
            fitting -= 1
        return fitting

    # ------------------------------------------------------------------------- across the page

    def across(self, line: str, sheet: tuple[float, float], own: Own | None) -> tuple[str, ...]:
        """The line across the page, or on either side of the watermark that is there. sheet: width and height."""
        places = slants(sheet, self.style, own)
        return tuple(self._slanted(line, each, sheet[1]) for each in places)

    def _slanted(self, line: str, slant: Slant, top: float) -> str:
        page, size = self.style.page, float(self.style.text["watermark"].size)
        middle = (page.width / 2, page.height / 2)
        reach = REACH * chord((page.width, page.height), self.style.watermark_angle, middle)
        full = float(self.widths.width(line, "watermark"))
        scale = min(1.0, reach / full) * slant.scale
        width, height = full * scale, size * LINE * scale
        place = (
            f"margin-left:{slant.x - width / 2:.1f}pt;margin-top:{top - slant.y - height / 2:.1f}pt;"
            f"width:{width:.1f}pt;height:{height:.1f}pt;"
            # Word turns clockwise, the style counts counter-clockwise.
            f"rotation:{round(-slant.angle) % 360};z-index:-251657216;"
            "mso-position-horizontal-relative:page;mso-position-vertical-relative:page"
        )
        return stretched(line, self.style, place)


def own_watermark(header: str, width: float, height: float) -> Own | None:
    """The watermark that a header has already; None where it has none."""
    found = _OWN.search(header)
    if found is None:
        return None
    angle = (180 - int(found[3])) % 360 - 180
    return width / 2, height / 2, angle, float(found[2]) / LINE


@dataclass(frozen=True, slots=True)
class _Look:
    """Of lines in a box. size, pitch: points, and the pitch is exact. side: of w:jc."""

    role: str
    size: float
    pitch: float
    side: str

    def paragraph(self, words: str, rule: str = "", *, before: int = 0) -> str:
        """One line. rule: w:pBdr. before: twips."""
        half = round(2 * self.size)
        look = Xml(f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>')
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{style_id(self.role)}"/>{rule}'
            f'<w:spacing w:before="{before}" w:after="0" w:line="{round(20 * self.pitch)}" w:lineRule="exact"/>'
            f'<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="{self.side}"/></w:pPr>{run(words, look)}</w:p>'
        )


def box_opening(number: int) -> str:
    """The beginning of a run with a text box (ECMA-376 part 4, 19.1.2.22). number: of the box in its file."""
    return f'<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:rect id="Copy{number}" o:spid="_x0000_s{_FIRST_NUMBER + number}" '


def across_opening(number: int, *, typed: bool) -> str:
    """The beginning of a run with a line across the page. typed: as watermark.opening has it."""
    return opening(f"CopyAcross{number}", _FIRST_NUMBER + number, typed=typed)


def _box(place: str, paragraphs: str, alt: str) -> str:
    """The rest of a text box, without frame or filling."""
    return (
        f'style="position:absolute;{place};z-index:251659264" o:allowincell="f" filled="f" stroked="f" '
        f'alt="{quote(alt)}"><v:textbox style="mso-fit-shape-to-text:t" inset="0,0,0,0"><w:txbxContent>{paragraphs}</w:txbxContent></v:textbox>'
        "</v:rect></w:pict></w:r>"
    )
