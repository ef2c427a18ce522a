"""Text that no reader sees → what is told of it."""

from __future__ import annotations

from collections.abc import Sequence

from briefpack.annex import Remark
from briefpack.annexes.cleaning.hidden import HiddenText, Hiding, Looked
from briefpack.annexes.cleaning.remarks import found, many, on, quote, removed

_REMEDY = "write `flatten: image`, which keeps only what is seen, or get a file without it"

_TOLD = {
    Hiding.UNSEEN: ("hidden-text", "that no reader sees (in the colour of its ground, or covered)"),
    Hiding.INVISIBLE: ("hidden-invisible-text", "that is set to be invisible"),
    Hiding.OUTSIDE: ("hidden-outside-text", "beyond the edge of the page, where no reader sees it"),
    Hiding.TINY: ("hidden-tiny-text", "too small to be read"),
}

_OF_TEXT = {kind for kind, _ in _TOLD.values()} | {"hidden-other-words", "hidden-not-looked-for"}


def is_of_text(remark: Remark) -> bool:
    """Whether a remark is about text that is in a page, as opposed to what only looks like it."""
    return (remark.hides and remark.kind in _OF_TEXT) or remark.kind in {
        "text-layer",
        "scanned",
        "words-for-drawings",
    }


def off_page_remarks(texts: Sequence[HiddenText], numbers: Sequence[int]) -> tuple[Remark, ...]:
    """Of text beyond the edge of pages that is not in the clean file any more."""
    if not texts:
        return ()
    pages = _pages(texts, numbers)
    what = f"has text{on(pages)} beyond the edge of the page, left out of the pack: {quote(' … '.join(text.words for text in texts))}"
    return (removed("outside-text", what, len(texts), pages),)


def hidden_remarks(looked: Looked, numbers: Sequence[int]) -> tuple[Remark, ...]:
    """numbers: of each page of the clean file its number in the author's, 1-based."""
    remarks = []
    for hiding, (kind, how) in _TOLD.items():
        texts = [text for text in looked.hidden if text.hiding is hiding]
        if texts:
            pages = _pages(texts, numbers)
            what = f"has text{on(pages)} {how}: {quote(' … '.join(text.words for text in texts))}"
            remarks.append(found(kind, what, len(texts), pages, advice=_REMEDY, warn=True))
    layer = [text for text in looked.hidden if text.hiding is Hiding.LAYER]
    if layer:
        pages = _pages(layer, numbers)
        what = f"has {many(len(pages), 'scanned page')}{on(pages)} with a text beneath, as text recognition makes it; it is kept, and can be searched"
        remarks.append(found("text-layer", what, len(pages), pages))
    if looked.scans:
        pages = sorted({numbers[page] for page in looked.scans})
        what = f"has {many(len(pages), 'page')} without text{on(pages)}, scanned or drawn: it can be seen, but not searched or read aloud"
        remarks.append(
            found(
                "scanned",
                what,
                len(pages),
                pages,
                advice="write `ocr:` to have the text recognised, or get a file with text",
            )
        )
    if looked.unlooked:
        pages = sorted({numbers[page] for page in looked.unlooked})
        what = f"takes so long to draw that{on(pages)} nobody looked for hidden text"
        remarks.append(found("hidden-not-looked-for", what, len(pages), pages, advice=_REMEDY, warn=True))
    return tuple(remarks)


def _pages(texts: Sequence[HiddenText], numbers: Sequence[int]) -> list[int]:
    return sorted({numbers[text.page] for text in texts})
