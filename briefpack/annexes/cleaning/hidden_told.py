"""What hides in a clean file: text off its pages is taken out of it, where that moves nothing, and all else is told of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pikepdf import Pdf

from briefpack.annex import Remark
from briefpack.annexes.cleaning.hidden import HiddenText, Hiding, Looked, look_for_hidden
from briefpack.annexes.cleaning.hidden_words import hidden_remarks, off_page_remarks
from briefpack.annexes.cleaning.off_page import remove_off_page
from briefpack.annexes.cleaning.rebuild import save
from briefpack.annexes.cleaning.spoken import spoken_instead, spoken_remarks


def tell_hidden(new: Pdf, target: Path, numbers: Sequence[int]) -> tuple[Remark, ...]:
    """Take text off the pages out of new, which was saved at target and is saved there anew, and tell of all that hides in it.

    numbers: of its pages in the author's file.
    """
    looked, gone = _without_text_off_page(new, target)
    remarks = off_page_remarks(gone, numbers) + hidden_remarks(looked, numbers)
    return remarks + spoken_remarks(spoken_instead(target), numbers)


def _without_text_off_page(new: Pdf, target: Path) -> tuple[Looked, list[HiddenText]]:
    """What hides in the file at target, and what of it lay beyond the edges of pages and is gone now."""
    looked = look_for_hidden(target)
    outside = {text.page for text in looked.hidden if text.hiding is Hiding.OUTSIDE}
    if not outside or not remove_off_page(new, target, outside):
        return looked, []
    save(new, target)
    again = look_for_hidden(target, outside)
    left = {(text.page, text.words) for text in again.hidden if text.hiding is Hiding.OUTSIDE}
    gone = [
        text
        for text in looked.hidden
        if text.hiding is Hiding.OUTSIDE and (text.page, text.words) not in left
    ]
    looked.hidden = [text for text in looked.hidden if text.page not in outside] + again.hidden
    return looked, gone
