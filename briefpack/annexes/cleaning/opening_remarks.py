"""What it took to open a file → what is told of it."""

from __future__ import annotations

from pikepdf import Pdf

from briefpack.annex import Deed, Remark
from briefpack.annexes.chain import Engine
from briefpack.annexes.cleaning.losses import Losses

_OTHER_PAGES = "compare its pages in the pack with the original"


def encrypted(pdf: Pdf) -> tuple[Remark, ...]:
    """What is told of a file that was encrypted; () for others."""
    if not pdf.is_encrypted:
        return ()
    allowed = pdf.allow
    limits = [
        words
        for words, free in (
            ("printing", allowed.print_highres or allowed.print_lowres),
            ("copying", allowed.extract),
            ("changes", allowed.modify_other),
        )
        if not free
    ]
    what = (
        f"is protected against {' and '.join(limits)}; the pack is not"
        if limits
        else "is encrypted; the pack is not"
    )
    return (Remark(Deed.FOUND, "encrypted", what, advice="ask its author if that matters" if limits else ""),)


def repaired(engine: Engine, losses: Losses, *, comparable: bool, rebuilt: bool) -> tuple[Remark, ...]:
    """What is told of a file that lost nothing, by what it took to open it. comparable, rebuilt: see opening."""
    told = []
    if losses.unsure:
        told.append(
            Remark(
                Deed.FOUND,
                "checksum",
                "has content whose checksum is wrong; all of it could be read",
                losses.unsure,
                advice=f"get it again from its source, or {_OTHER_PAGES}",
                warn=True,
            )
        )
    ways = {
        Engine.REPAIRED: "had to be repaired, and nothing of it seems lost",
        Engine.REWRITTEN: "had to be written anew to be readable, and nothing of it seems lost",
        Engine.IMPORTED: "had to be copied page by page to be readable, and nothing of it seems lost",
    }
    if engine is Engine.PICTURES:
        told.append(
            Remark(
                Deed.REPAIRED,
                "pictures",
                "could only be taken as pictures of its pages; their words can be seen, but neither searched nor read out",
                advice="open it in a PDF viewer and print it to a new PDF if that matters",
                warn=True,
            )
        )
    elif engine in ways and (rebuilt or engine is not Engine.REPAIRED):
        told.append(Remark(Deed.REPAIRED, "repaired", ways[engine], advice=_OTHER_PAGES, warn=True))
    if not comparable and not told:
        told.append(
            Remark(
                Deed.FOUND,
                "one-reader",
                "cannot be opened by every PDF reader",
                advice=_OTHER_PAGES,
                warn=True,
            )
        )
    return tuple(told)


def what_is_left(losses: Losses, pages: int) -> Remark:
    """What is told of a file that its author takes although something of it is gone. pages: that are left."""
    left = "one page is" if pages == 1 else f"{pages:,} pages are"
    return Remark(
        Deed.FOUND,
        "damaged",
        f"is damaged: {'; '.join(losses.lost)}; {left} left of it and taken as accepted",
        advice="get it again from its source as soon as you can",
        warn=True,
    )
