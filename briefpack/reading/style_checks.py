"""What can be wrong with a style as a whole: keys that nobody gives, text that is hard to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefpack.errors import Where
from briefpack.reading.checks import Report
from briefpack.reading.shape import Group, Key, MapOf
from briefpack.reading.style_layers import KeyPath, Layer
from briefpack.reading.style_schema import BODY_ATTRIBUTES, MAY_BE_NONE, STYLE
from briefpack.reading.style_text import Painted, Role
from briefpack.style import WHITE, WORDS, Colour, Length

NORMAL_CONTRAST = 4.5
LARGE_CONTRAST = 3.0
"""WCAG 2.2, success criterion 1.4.3 (level AA)."""
_LARGE = Length(18)
_LARGE_BOLD = Length(14)
"""From these sizes on, text counts as large (WCAG 2.2, definition of large scale)."""

# --------------------------------------------------------------------------- completeness


def check_complete(layer: Layer, start: Where, report: Report) -> bool:
    """Report every key that a style needs and that is not there. start: the style's own beginning."""
    missing: list[KeyPath] = []
    _look(layer, STYLE.keys, (), missing)
    for path in missing:
        if any(path[:size] in layer.refused for size in range(1, len(path) + 1)):
            continue
        dotted = ".".join(path)
        where = next(
            (layer.unset[path[:size]] for size in range(len(path), 0, -1) if path[:size] in layer.unset), None
        )
        if where is None:
            report.error(
                start, f"the style lacks `{dotted}`", "give it, or extend a style that does, such as base"
            )
        else:
            report.error(
                where, f"the style needs `{dotted}`, which ~ takes away", "give it a value of your own"
            )
    return not missing


_SLOTS = ("left", "centre", "right")
"""A slot that nobody fills prints nothing."""


def _look(layer: Layer, keys: Mapping[str, Key], prefix: KeyPath, missing: list[KeyPath]) -> None:
    for name, key in keys.items():
        path = (*prefix, name)
        if name in _SLOTS:
            continue
        if path in MAY_BE_NONE:
            if path == ("words",):
                _look_at_words(layer, missing)
            continue
        shape = key.its
        if isinstance(shape, MapOf) or not isinstance(shape, Group):
            if path not in layer.settings:
                missing.append(path)
        elif prefix == ("text",):
            _look_at_role(layer, path, missing)
        elif not any(True for _ in layer.below(path)):
            missing.append(path)
        else:
            _look(layer, shape.keys, path, missing)


def _look_at_role(layer: Layer, path: KeyPath, missing: list[KeyPath]) -> None:
    own = {key[-1] for key, _ in layer.below(path)}
    if not own:
        missing.append(path)
    elif path == ("text", "body"):
        missing.extend((*path, attribute) for attribute in BODY_ATTRIBUTES if attribute not in own)


def _look_at_words(layer: Layer, missing: list[KeyPath]) -> None:
    own = {key[-1] for key, _ in layer.below(("words", "en"))}
    if not own:
        missing.append(("words", "en"))
    else:
        missing.extend(("words", "en", key) for key in WORDS if key not in own)


# --------------------------------------------------------------------------- contrast

_FILLS: Mapping[str, tuple[KeyPath | None, ...]] = {
    "callout": (("callout", "fill"),),
    "callout-title": (("callout", "fill"),),
    "objective": (("objective", "fill"),),
    "question": (("question", "fill"),),
    "line": (("question", "fill"),),
    "facts-title": (("facts", "fill"),),
    "facts": (("facts", "fill"),),
    "term": (None, ("facts", "fill")),
    "quotation": (("quotation", "fill"),),
    "verbatim": (("verbatim", "fill"),),
    "attribution": (("quotation", "fill"),),
    "table-group": (("table", "group_fill"), ("matrix", "group_fill")),
    "table-header": (("table", "header_fill"),),
    "table-cell": (None, ("table", "band_fill")),
    "table-detail": (None, ("table", "band_fill")),
    "secondary": (None, ("callout", "fill"), ("table", "band_fill")),
    "link": (None, ("callout", "fill"), ("table", "band_fill")),
}
"""On what a role is printed: keys of fills, None for the bare page. A fill that is ~ is the bare page."""
_MIDDLE = 0.18
"""The luminance on which black and white are equally well to read."""
_NO_TEXT = ("watermark", "code")
"""Roles without a contrast: the watermark is a ground itself, and of code only the font counts."""


def check_contrast(
    roles: Mapping[str, Role], painted: Mapping[KeyPath, Painted], ranks: Mapping[Path, int], report: Report
) -> None:
    """Warn about text that is hard to read on its ground, once for each place that is to blame."""
    blamed: dict[_Blamed, list[_Pair]] = {}
    texts = [(name, role.painted, role) for name, role in roles.items() if name not in _NO_TEXT]
    labels = painted.get(("lists", "colour"))
    if labels is not None and "list" in roles:
        texts.append(("labels of lists", labels, roles["list"]))
    for name, front, role in texts:
        large = role.style.size >= (_LARGE_BOLD if role.style.bold else _LARGE)
        for fill in _FILLS.get(name, (None,)):
            ground = painted.get(fill) if fill else None
            pair = _Pair(
                name,
                front.colour,
                ground.colour if ground else WHITE,
                LARGE_CONTRAST if large else NORMAL_CONTRAST,
            )
            if pair.contrast < pair.needed:
                blamed.setdefault(_to_blame(front, ground, ranks), []).append(pair)
    for blame, pairs in blamed.items():
        worst = min(pairs, key=lambda pair: pair.contrast / pair.needed)
        names = tuple(dict.fromkeys(pair.role for pair in pairs))
        if blame.is_ground:
            remedy = "lighter" if worst.front.luminance < _MIDDLE else "darker"
        else:
            remedy = "darker" if worst.ground.luminance > _MIDDLE else "lighter"
        report.warning(
            blame.where,
            f"#{worst.front.hex.lower()} on #{worst.ground.hex.lower()} is hard to read:"
            f" contrast {worst.contrast:.1f}:1 ({_some(names)})",
            f"at least {worst.needed:g}:1 is asked for (WCAG AA): take a {remedy} colour",
            rule="style-contrast",
        )


@dataclass(frozen=True, slots=True)
class _Blamed:
    """The place that made text hard to read. is_ground: it gives what is behind the text."""

    where: Where
    is_ground: bool


@dataclass(frozen=True, slots=True)
class _Pair:
    """A role's colour on one of its grounds, and the contrast it needs there."""

    role: str
    front: Colour
    ground: Colour
    needed: float

    @property
    def contrast(self) -> float:
        return self.front.contrast(self.ground)


def _to_blame(front: Painted, ground: Painted | None, ranks: Mapping[Path, int]) -> _Blamed:
    """The setting of the most special style among those that make up the pair; the named colour before the key
    that names it, because it is the one to change; the text before its ground."""
    candidates = [(setting, False) for setting in reversed(front.settings)]
    candidates += [(setting, True) for setting in reversed(ground.settings)] if ground else []
    setting, is_ground = max(candidates, key=lambda candidate: ranks[candidate[0].where.path])
    return _Blamed(setting.where, is_ground)


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:4])
    return f"{shown} and {len(names) - 4} more" if len(names) > 4 else shown
