"""Whether what a style asks for fits on its page: room for text, and furniture clear of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefpack.errors import Where
from briefpack.reading.checks import Report
from briefpack.reading.style_layers import KeyPath, Layer
from briefpack.reading.style_text import Role
from briefpack.style import Furniture, Length, Slots, Style

LEAST_FRAME = Length.from_mm(40)
"""The narrowest and lowest text frame in which anything can be set."""
LEAST_COLUMN = Length.from_mm(20)
"""What indents, padding and number columns must leave of the frame's width for words."""
_SHARE = 0.45
"""The most of the frame's height that one line, one space or one padding may take: with more, nothing fits beside it."""
_CAPITALS = 0.7
_DESCENT = 0.25
"""Height of capitals and depth of descenders as shares of the size, near enough for every text face."""
_COLUMNS = 4
"""An agenda has four columns."""
_DEPTH = 3
"""Lists and numbered paragraphs are indented up to three times."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What some keys ask for together. where: of the key to change first."""

    key: str
    length: float
    where: Where


class _Places:
    """Where settings come from."""

    def __init__(self, layer: Layer, ranks: Mapping[Path, int]) -> None:
        self._layer = layer
        self._ranks = ranks

    def of(self, *paths: KeyPath) -> Where:
        """The setting of the most special style, the first of several."""
        settings = [self._layer.settings[path] for path in paths if path in self._layer.settings]
        return max(settings, key=lambda setting: self._ranks[setting.where.path]).where


def check_room(
    style: Style, roles: Mapping[str, Role], layer: Layer, ranks: Mapping[Path, int], report: Report
) -> None:
    """Report pages on which nothing can be set, what does not fit on them, and furniture that runs into the text."""
    places = _Places(layer, ranks)
    if _check_frame(style, places, report):
        _check_widths(style, roles, places, report)
        _check_heights(style, roles, places, report)
        _check_furniture(style, places, report)


def _margin(name: str) -> KeyPath:
    return ("page", "margins", name)


def _check_frame(style: Style, places: _Places, report: Report) -> bool:
    page = style.page
    sheet = (("page", "size"), ("page", "orientation"))
    across = (_margin("inside"), _margin("outside"), _margin("gutter"), *sheet)
    down = (_margin("top"), _margin("bottom"), *sheet)
    frames = (("wide", page.text_width, page.width, across), ("high", page.text_height, page.height, down))
    for word, frame, size, paths in frames:
        if frame < LEAST_FRAME:
            report.error(
                places.of(*paths),
                f"the margins leave a text {frame.mm:.0f}mm {word} on a sheet {size.mm:.0f}mm {word}",
                f"leave at least {LEAST_FRAME.mm:.0f}mm: make the margins smaller or the sheet larger",
            )
    return all(frame >= LEAST_FRAME for _, frame, _, _ in frames)


# --------------------------------------------------------------------------- across


def _check_widths(style: Style, roles: Mapping[str, Role], places: _Places, report: Report) -> None:
    width = style.page.text_width
    for asked in (*_widths(style, places), *_indents(roles)):
        if asked.length > width - LEAST_COLUMN:
            report.error(
                asked.where,
                f"`{asked.key}` takes {Length(asked.length).mm:.0f}mm of a text {width.mm:.0f}mm wide",
                f"leave at least {LEAST_COLUMN.mm:.0f}mm for words",
            )
    for key, length in (
        ("cover.rule_length", style.cover.rule_length),
        ("divider.rule_length", style.divider.rule_length),
        ("cover.logo_width", style.cover.logo_width if style.cover.logo else 0),
    ):
        if length > width:
            report.error(
                places.of(_path(key)),
                f"`{key}` of {Length(length).mm:.0f}mm is wider than the text, which has {width.mm:.0f}mm",
                "make it shorter",
            )


def _widths(style: Style, places: _Places) -> Iterator[_Asked]:
    contents = style.contents
    columns = (("contents", "number_width"), ("contents", "page_width"))
    yield _Asked(
        "contents.number_width", sum(contents.number_width) + contents.page_width, places.of(*columns)
    )
    for key, length in (
        ("cover.label_width", style.cover.label_width),
        ("numbering.heading_indent", style.numbering.heading_indent),
        ("numbering.paragraph_indent", style.numbering.paragraph_indent * _DEPTH),
        ("lists.indent", style.lists.indent * _DEPTH),
        ("table.padding_x", style.table.padding_x * 2 * _COLUMNS),
        ("callout.padding_x", style.callout.padding_x * 2),
        ("objective.padding_x", style.objective.padding_x * 2),
    ):
        yield _Asked(key, length, places.of(_path(key)))


def _indents(roles: Mapping[str, Role]) -> Iterator[_Asked]:
    for name, role in roles.items():
        text = role.style
        keys = [key for key in ("left", "right", "first") if key in role.attributes]
        if keys:
            largest = max(keys, key=lambda key: getattr(text, key))
            length = text.left + text.right + max(text.first, 0)
            yield _Asked(f"text.{name}.{largest}", length, role.attributes[largest].where)


# --------------------------------------------------------------------------- down


def _check_heights(style: Style, roles: Mapping[str, Role], places: _Places, report: Report) -> None:
    height = style.page.text_height
    seen: set[Where] = set()
    for asked in (*_lines(roles), *_paddings(style, places)):
        if asked.length > height * _SHARE and asked.where not in seen:
            seen.add(asked.where)
            report.error(
                asked.where,
                f"`{asked.key}` takes {Length(asked.length).mm:.0f}mm of a text {height.mm:.0f}mm high",
                f"it can spare {Length(height * _SHARE).mm:.0f}mm",
            )


def _lines(roles: Mapping[str, Role]) -> Iterator[_Asked]:
    for name, role in roles.items():
        if name == "watermark":
            continue
        yield _Asked(f"text.{name}.size", role.style.line_pitch, role.attributes["size"].where)
        for key, length in (("before", role.style.before), ("after", role.style.after)):
            if key in role.attributes:
                yield _Asked(f"text.{name}.{key}", length, role.attributes[key].where)


def _paddings(style: Style, places: _Places) -> Iterator[_Asked]:
    looks = (("table", style.table), ("callout", style.callout), ("objective", style.objective))
    for group, look in looks:
        yield _Asked(f"{group}.padding_y", look.padding_y, places.of((group, "padding_y")))
    spaced = (*looks, ("image", style.image))
    for group, spaces in spaced:
        yield _Asked(f"{group}.before", spaces.before, places.of((group, "before")))
        yield _Asked(f"{group}.after", spaces.after, places.of((group, "after")))
    yield _Asked("image.caption_gap", style.image.caption_gap, places.of(("image", "caption_gap")))
    yield _Asked("lists.item_gap", style.lists.item_gap, places.of(("lists", "item_gap")))


# --------------------------------------------------------------------------- furniture


def _check_furniture(style: Style, places: _Places, report: Report) -> None:
    page = style.page
    head = page.header + (
        style.header.rule_gap if style.header.rule else style.text["header"].size * _DESCENT
    )
    foot = page.footer + style.text["footer"].size * _CAPITALS
    foot += style.footer.rule_gap if style.footer.rule else 0
    reaches: tuple[tuple[str, bool, float, Length, KeyPath, str], ...] = (
        ("header", _is_seen(style.header), head, page.top, ("page", "header"), "top"),
        ("banner", bool(style.banner), page.banner_top, page.top, ("page", "banner_top"), "top"),
        ("footer", _is_seen(style.footer), foot, page.bottom, ("page", "footer"), "bottom"),
        ("banner", bool(style.banner), page.banner_bottom, page.bottom, ("page", "banner_bottom"), "bottom"),
    )
    for word, seen, reach, margin, key, side in reaches:
        if seen and reach > margin:
            report.warning(
                places.of(key, _margin(side)),
                f"the {word} reaches {Length(reach).mm:.1f}mm into the sheet, past the {side} margin of {margin.mm:.1f}mm",
                f"make `page.margins.{side}` larger or `{'.'.join(key)}` smaller",
                rule="style-margin",
            )


def _is_seen(furniture: Furniture) -> bool:
    slots = (furniture.recto, furniture.verso, furniture.first)
    return furniture.rule > 0 or any(_prints(each) for each in slots if each is not None)


def _prints(slots: Slots) -> bool:
    return bool(slots.left or slots.centre or slots.right)


def _path(key: str) -> KeyPath:
    return tuple(key.split("."))
