"""An author's PDF → a new PDF that holds what a reader sees of it, links included, and nothing else.

The clean file is made from nothing, never the old one with parts taken out (rebuild.py). What this room has is the order of the steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from pikepdf import Pdf

from briefpack.annex import Keep, OutlineNode, Remark, Treatment
from briefpack.annexes.archive import look_at
from briefpack.annexes.archive.faults import Faults, both
from briefpack.annexes.archive.mend import asks_for_smoothing, mend
from briefpack.annexes.chain import Engine
from briefpack.annexes.cleaning.choosing import Choice
from briefpack.annexes.cleaning.damage import check_warnings
from briefpack.annexes.cleaning.handout import PER_SHEET, on_sheets, turn, two_up
from briefpack.annexes.cleaning.hidden_told import tell_hidden
from briefpack.annexes.cleaning.hidden_words import is_of_text
from briefpack.annexes.cleaning.inscriptions import inscriptions_of
from briefpack.annexes.cleaning.opening import Opened, open_annex
from briefpack.annexes.cleaning.prepare import prepare
from briefpack.annexes.cleaning.rebuild import rebuild, save
from briefpack.annexes.cleaning.sideways import sideways
from briefpack.annexes.cleaning.tag_faults import tag_faults
from briefpack.annexes.cleaning.verifying import verify
from briefpack.inscription import Inscription


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What was measured. sizes, tagged, remarks, damaged, inscriptions, unread: as in CleanPart. embedded: as there, with the files' names for paths.

    faults: message, pages, archive and accessible of each AnnexFault, in plain values.
    """

    sizes: tuple[tuple[float, float], ...]
    outline: tuple[OutlineNode, ...]
    tagged: bool
    faults: tuple[tuple[str, tuple[int, ...], str, bool], ...]
    remarks: tuple[Remark, ...] = ()
    damaged: bool = False
    embedded: tuple[tuple[str, str], ...] = ()
    inscriptions: tuple[Inscription, ...] = ()
    unread: tuple[int, ...] = ()


def clean(source: Path, target: Path, treatment: Treatment, engine: Engine = Engine.WHOLE) -> Cleaned:
    """Write the clean file to target. Raises Unable when another engine should try, Refusal when the file is the reason."""
    opened = open_annex(source, treatment, engine)
    moved = treatment.rotate != 0 or treatment.n_up == PER_SHEET

    def check(pages: Sequence[int], looks: bool) -> None:
        verify(
            opened.source,
            opened.password,
            target,
            pages,
            looks=looks,
            thorough=engine is not Engine.WHOLE,
            drawn=engine is Engine.PICTURES,
        )

    with opened.pdf as pdf:
        ready = prepare(opened, source, target, treatment)
        choice, views, outline, tags, remarks = (
            ready.choice,
            ready.views,
            ready.outline,
            ready.tags,
            ready.remarks,
        )
        numbers = [number + 1 for number in choice.order]
        with rebuild(pdf, views, ready.targets if Keep.LINKS in treatment.keep else None, tags) as new:
            if engine is Engine.WHOLE:
                check_warnings(pdf)
            # PDFium draws pictures thinner where they ask to be smoothed, which PDF/A forbids them.
            early = moved or treatment.flatten or asks_for_smoothing(new)
            if early:
                # Seen to be right while the pages are still as they were, and by themselves.
                save(new, target)
                remarks += tell_hidden(new, target, numbers)
                inscribed = inscriptions_of(target, numbers)
                check(choice.order, ready.comparable)
                remarks += choice.as_authored(sideways(target, treatment.rotate))
            if moved:
                views = turn(new, views, treatment.rotate)
                if treatment.n_up == PER_SHEET:
                    views, outline = two_up(new, views), on_sheets(outline)
            if treatment.flatten:
                from briefpack.annexes.cleaning.flattened import as_pictures, pages_to_pictures  # noqa: PLC0415 - most files do without it

                save(new, target)
                pages_to_pictures(new, target)
                tags = None
                # What was hidden is not in a picture.
                remarks = (*(remark for remark in remarks if not is_of_text(remark)), as_pictures(numbers))
            faults = _look_at(new)
            for fact, on in tag_faults(tags.top) if tags is not None else ():
                faults.add([fact], on)
            save(new, target)
            if not early:
                remarks += tell_hidden(new, target, numbers)
                inscribed = inscriptions_of(target, numbers)
    if early:
        check(range(len(views)), False)
    else:
        check(choice.order, ready.comparable)
        remarks += choice.as_authored(sideways(target))
    sizes = tuple(view.size for view in views)
    elsewhere = _elsewhere(opened, choice)
    return Cleaned(
        sizes,
        outline,
        tags is not None,
        faults.plain(),
        remarks,
        opened.damaged,
        ready.embedded,
        (*inscribed.inscriptions, *elsewhere, *ready.said),
        inscribed.unread,
    )


def _elsewhere(opened: Opened, choice: Choice) -> tuple[Inscription, ...]:
    """What may be a marking on pages of the author's file that are not bound: the file may be handed out as it is."""
    left_out = set(range(choice.count)) - set(choice.order)
    if not left_out:
        return ()
    try:
        found = inscriptions_of(opened.source, range(1, choice.count + 1), left_out, opened.password)
    except (pypdfium2.PdfiumError, IndexError):
        # Another engine had to mend it, and this one cannot read it as it is.
        return ()
    return found.inscriptions


def _look_at(new: Pdf) -> Faults:
    faults = Faults()
    try:
        mend(new)
        look_at(new, faults)
    except Exception:  # noqa: BLE001 - no object is too odd to be in some file; it costs the claims, and never the annex
        faults.add([both("it cannot be looked through")], [])
    return faults
