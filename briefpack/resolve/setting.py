"""Where blocks stand: what role their paragraphs have, how wide they are set, and whether their headings are part of the outline."""

from __future__ import annotations

from dataclasses import dataclass, replace

from briefpack.style import BoxLook, Style


@dataclass(frozen=True, slots=True)
class Setting:
    """Where blocks stand. role: of their paragraphs. in_items: of the paragraphs of lists among them.
    depth: how many lists are around. outline: whether a heading here is part of the outline.
    in_row: a row of a table is around, which has one mark for all that is in it. strong: every word is bold. measure: the width, a share of an upright page's text width (estimated inside boxes and cells).
    """

    role: str
    in_items: str
    depth: int = 0
    outline: bool = False
    strong: bool = False
    measure: float = 1.0
    in_row: bool = False

    def narrowed(self, share: float, *, lost: float = 0.0) -> Setting:
        """The same in a part of the width. lost: of what is left, a share of the text width that goes for gaps and padding."""
        return replace(self, measure=max(self.measure * share - lost, _NARROWEST))

    def inside(self, setting: Setting) -> Setting:
        """A setting for what stands in these blocks: as wide as they are."""
        return replace(setting, measure=self.measure, in_row=self.in_row or setting.in_row)


_NARROWEST = 0.1

BODY = Setting("body", "list", outline=True)
OBJECTIVE = Setting("objective", "list", outline=True)
CALLOUT = Setting("callout", "callout")
LINE = Setting("line", "line")
SPEECH = Setting("speech", "speech", outline=True)
LIFE = Setting("body", "list")
FACTS = Setting("facts", "facts")
QUOTATION = Setting("quotation", "quotation")
CELL = Setting("table-cell", "table-cell", in_row=True)
GROUP = Setting("table-group", "table-group", in_row=True)


def in_box(around: Setting, setting: Setting, look: BoxLook, style: Style) -> Setting:
    """The setting of what stands in a box. around: of the box itself."""
    lost = (2 * look.padding_x + look.bar) / style.page.text_width
    return around.inside(setting).narrowed(1.0, lost=lost)
