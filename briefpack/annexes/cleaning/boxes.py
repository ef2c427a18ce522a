"""A page's boxes, rotation and unit as they count, from whatever its dictionaries say."""

from __future__ import annotations

import math
from decimal import Decimal

from pikepdf import Array, Dictionary, Object

from briefpack.annexes.geometry import Box, View, normal, visible_box

_MOST_PARENTS = 64
"""Page trees are not deeper than this in practice; a longer chain is a loop."""


def view_of(page: Object) -> View | None:
    """What the reader sees of a page; None when it has no usable MediaBox.

    A Rotate that is no multiple of 90 counts as 0, as in pdf.js and PDFium; a UserUnit that is no positive number as 1.
    """
    media = _box(inherited(page, "/MediaBox"))
    if media is None:
        return None
    unit = _number(page.get("/UserUnit"))
    if unit is None or unit <= 0:
        unit = 1.0
    turn = _number(inherited(page, "/Rotate")) or 0
    rotate = int(turn) % 360 if turn % 90 == 0 else 0
    return View(visible_box(media, _box(inherited(page, "/CropBox"))), rotate, unit)


def inherited(page: Object, key: str) -> Object | None:
    """An entry of a page, or of the nearest node above it that has one."""
    node: Object | None = page
    for _ in range(_MOST_PARENTS):
        if not isinstance(node, Dictionary):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def numbers(value: object, count: int) -> tuple[float, ...] | None:
    """The finite numbers of an array of that length; None when it is anything else."""
    if not isinstance(value, Array) or len(value) != count:
        return None
    found = tuple(n for n in (_number(item) for item in value) if n is not None)
    return found if len(found) == count else None


def _box(value: object) -> Box | None:
    found = numbers(value, 4)
    return None if found is None else normal((found[0], found[1], found[2], found[3]))


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    number = float(value)
    return number if math.isfinite(number) else None
