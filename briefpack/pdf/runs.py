"""Texts with their inks → segments; the common ones, in one ink or behind a mark, by no more than splitting a string."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import isnan

from briefpack.pdf.fonts import NO_BREAK_SPACE, Faces
from briefpack.pdf.ink import Fragment, Ink
from briefpack.pdf.segments import LedSegment, MixedSegment, PlainSegment, Segment

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")


def segments(runs: Sequence[tuple[str, Ink] | None], base: Ink, faces: Faces) -> list[Segment]:
    """Divide texts with their inks into segments at None (a forced line break).

    base: the ink of a segment without words, which is a line all the same.
    """
    if len(runs) == 1 and runs[0] is not None:
        # The common case: one text in one ink, all of whose characters the face has.
        text, ink = runs[0]
        words = text.split(" ")
        if "" in words or "\t" in text or "\n" in text:
            words = [word for word in _BLANKS.split(text) if word]
        widths = list(map(ink.sized.widths.__getitem__, words))
        if not isnan(sum(widths)):
            return [PlainSegment(text, words, widths, ink)]
    if len(runs) == 2:
        led = _led(runs)
        if led is not None:
            return [led]
    made: list[Segment] = []
    part: list[tuple[str, Ink]] = []
    for run in (*runs, None):
        if run is None:
            made.append(_segment(part, base, faces))
            part = []
        else:
            part.append(run)
    return made


def _led(runs: Sequence[tuple[str, Ink] | None]) -> LedSegment | None:
    """Two texts as a mark and its words; None where they are anything else."""
    first, second = runs
    if first is None or second is None or first[1] is second[1] or not first[0].endswith(NO_BREAK_SPACE):
        return None
    (mark, lead), (text, ink) = first, second
    words = text.split(" ")
    if " " in mark or "" in words or "\t" in text or "\n" in text or lead.note or ink.note:
        return None
    widths = list(map(ink.sized.widths.__getitem__, words))
    if isnan(sum(widths)) or isnan(lead.sized.widths[mark]):
        return None
    return LedSegment((lead, mark), text, words, widths, ink)


def _segment(runs: Sequence[tuple[str, Ink]], base: Ink, faces: Faces) -> Segment:
    boxes: list[tuple[Fragment, ...]] = []
    glue: list[Ink] = []
    box: list[Fragment] = []
    for text, ink in runs:
        first, *others = _BLANKS.split(text)
        if first:
            box.extend(ink.lend(faces, first))
        for word in others:
            if box:
                boxes.append(tuple(box))
                glue.append(ink)
            box = ink.lend(faces, word) if word else []
    if box:
        boxes.append(tuple(box))
        glue.append(box[-1][0])
    inks = {id(ink) for box in boxes for ink, _ in box} | set(map(id, glue))
    if len(inks) <= 1 and all(len(box) == 1 for box in boxes):
        ink = glue[0] if glue else base
        words = [box[0][1] for box in boxes]
        widths = [ink.sized.widths[word] for word in words]
        return PlainSegment(" ".join(words), words, widths, ink)
    return MixedSegment(boxes, glue)
