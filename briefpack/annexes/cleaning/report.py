"""An author's PDF → the report on what of it does not get into the clean file, or gets in changed; nothing is changed here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pikepdf import Dictionary, Pdf, Stream, String

from briefpack.annex import Remark, Treatment
from briefpack.annexes.cleaning.actions import Actions
from briefpack.annexes.cleaning.annotation_report import (
    attachment_remarks,
    comment_remarks,
    form_remarks,
    link_remarks,
)
from briefpack.annexes.cleaning.layer_report import layer_remarks
from briefpack.annexes.cleaning.layers import Layers
from briefpack.annexes.cleaning.remarks import Seen, kept, many, on, removed

_TOLD = {
    "/Title": "title",
    "/Author": "author",
    "/Subject": "subject",
    "/Keywords": "keywords",
    "/Creator": "program",
    "/Producer": "PDF maker",
    "/CreationDate": "dates",
    "/ModDate": "dates",
}
"""ISO 32000-2, table 349."""
_PRIVATE = ("/PieceInfo", "/SpiderInfo", "/Legal", "/Requirements", "/Threads")
_PRIVATE_NAMES = ("/IDS", "/URLS", "/Templates", "/AlternatePresentations", "/Renditions")


def look(pdf: Pdf, treatment: Treatment, layers: Layers, numbers: Sequence[int]) -> tuple[Remark, ...]:
    """Everything that is to be told of a file before it is cleaned. numbers: of its pages in the author's file."""
    return (
        *_signature(pdf),
        *_portfolio(pdf),
        *form_remarks(pdf, layers, numbers),
        *comment_remarks(pdf, treatment, layers, numbers),
        *attachment_remarks(pdf, treatment, numbers),
        *layer_remarks(pdf, layers, numbers),
        *Actions(pdf, numbers).remarks(),
        *link_remarks(pdf, treatment, numbers),
        *_metadata(pdf),
        *_private(pdf, numbers),
    )


def _signature(pdf: Pdf) -> Iterator[Remark]:
    form = pdf.Root.get("/AcroForm")
    flags = form.get("/SigFlags", 0) if isinstance(form, Dictionary) else 0
    # Bit 1, SignaturesExist (ISO 32000-2, table 225).
    if (isinstance(flags, int) and flags & 1) or "/Perms" in pdf.Root or "/DSS" in pdf.Root:
        yield removed(
            "signature",
            "is signed; in the pack it looks the same, but its signature can no longer be checked",
            advice="send the signed file beside the pack if the signature matters",
            warn=True,
        )


def _portfolio(pdf: Pdf) -> Iterator[Remark]:
    if isinstance(pdf.Root.get("/Collection"), Dictionary):
        yield removed(
            "portfolio",
            "is a portfolio: only its cover is bound, not the files in it",
            advice="save the files in it and name them as annexes",
            warn=True,
        )


def _metadata(pdf: Pdf) -> Iterator[Remark]:
    info = pdf.trailer.get("/Info")
    kinds: list[str] = []
    if isinstance(info, Dictionary):
        for key in info:
            value = info[str(key)]
            if not isinstance(value, String) or str(value).strip():
                kinds.append(_TOLD.get(str(key), "other properties"))
    if isinstance(pdf.Root.get("/Metadata"), Stream):
        kinds.append("XMP")
    if kinds:
        told = list(dict.fromkeys(kinds))
        yield removed(
            "metadata", f"says things about itself ({', '.join(told)}), left out of the pack", len(told)
        )


def _private(pdf: Pdf, numbers: Sequence[int]) -> Iterator[Remark]:
    root, data, thumbnails = pdf.Root, Seen(), Seen()
    names = root.get("/Names")
    held = [key for key in _PRIVATE if key in root]
    held += [key for key in _PRIVATE_NAMES if isinstance(names, Dictionary) and key in names]
    data.add(None, len(held))
    for number, page in zip(numbers, pdf.pages, strict=True):
        if "/Thumb" in page.obj:
            thumbnails.add(number)
        if "/PieceInfo" in page.obj or "/Metadata" in page.obj or "/AF" in page.obj:
            data.add(number)
    if data.count:
        what = f"has data of the programs that made it{on(data.pages)}, left out of the pack"
        yield removed("private-data", what, data.count, data.pages)
    if thumbnails.count:
        what = (
            f"has {many(thumbnails.count, 'small picture')} of its pages (thumbnails), left out of the pack"
        )
        yield removed("thumbnails", what, thumbnails.count, thumbnails.pages)
    if "/PageLabels" in root:
        yield removed("page-labels", "has page numbers of its own; the pack has its own instead")
    if isinstance(root.get("/Outlines"), Dictionary) and "/First" in root.Outlines:
        yield kept("bookmarks", "has bookmarks, kept below the annex’s own in the pack")
