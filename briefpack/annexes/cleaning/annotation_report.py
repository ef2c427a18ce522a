"""What hangs on the pages of an author's file, fields, comments, files and links → what is told of it. Nothing is changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pikepdf import Array, Dictionary, Pdf

from briefpack.annex import Keep, Remark, Treatment
from briefpack.annexes.cleaning.annotations import ATTACHED, MEDIA, PART_OF_PAGE, is_printed, is_seen
from briefpack.annexes.cleaning.attachments import attached_files
from briefpack.annexes.cleaning.layers import Layers
from briefpack.annexes.cleaning.remarks import Seen, flattened, found, kept, listed, many, on, removed
from briefpack.annexes.values import annotations_of


def form_remarks(pdf: Pdf, layers: Layers, numbers: Sequence[int]) -> Iterator[Remark]:
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, Dictionary):
        return
    fields = Seen()
    for page, kind, annotation in _each(pdf, numbers):
        if kind == "/Widget" and is_seen(annotation, layers):
            fields.add(page)
    calculated = form.get("/CO")
    if fields.count:
        what = f"has {many(fields.count, 'form field')}{on(fields.pages)}, printed as filled in"
        if isinstance(calculated, Array) and len(calculated):
            advice = "look at the sums on the bound pages: they are as they were last saved"
            what += "; some are calculated by scripts"
            yield flattened("form", what, fields.count, fields.pages, advice=advice, warn=True)
        else:
            yield flattened("form", what, fields.count, fields.pages)
    if "/XFA" in form:
        yield removed("xfa", "has a second form beside its pages (XFA), left out of the pack")


def comment_remarks(
    pdf: Pdf, treatment: Treatment, layers: Layers, numbers: Sequence[int]
) -> Iterator[Remark]:
    seen: defaultdict[str, Seen] = defaultdict(Seen)
    for page, kind, annotation in _each(pdf, numbers):
        if kind in {"/Link", "/Popup"} or kind in ATTACHED:
            continue
        if kind == "/Redact":
            seen["redaction"].add(page)
        elif not is_seen(annotation, layers):
            seen["hidden"].add(page)
        elif kind in MEDIA:
            seen["media"].add(page)
        elif kind == "/Stamp":
            seen["stamp"].add(page)
        elif kind not in PART_OF_PAGE:
            keep = Keep.COMMENTS in treatment.keep
            seen["comment" if not keep else "kept" if is_printed(annotation) else "unprinted"].add(page)
    if "redaction" in seen:
        one = seen["redaction"]
        yield found(
            "hidden-redaction",
            f"has {many(one.count, 'mark')} for redaction never applied{on(one.pages)}: what should be gone can be read",
            one.count,
            one.pages,
            advice="have the redaction applied and get the file anew",
            warn=True,
        )
    if "comment" in seen:
        one = seen["comment"]
        yield removed(
            "comments",
            f"has {many(one.count, 'comment')}{on(one.pages)}, left out of the pack",
            one.count,
            one.pages,
            advice="write `keep: [comments]` if they belong in the pack",
            warn=True,
        )
    if "kept" in seen:
        one = seen["kept"]
        what = f"has {many(one.count, 'comment')}{on(one.pages)}, part of the pages now, as they are printed"
        yield flattened("comments", what, one.count, one.pages)
    if "unprinted" in seen:
        one = seen["unprinted"]
        yield removed(
            "unprinted-comments",
            f"has {many(one.count, 'comment')} without a printed look{on(one.pages)}, left out of the pack",
            one.count,
            one.pages,
            advice="set them to be printed if they belong in the pack",
            warn=True,
        )
    if "hidden" in seen:
        one = seen["hidden"]
        what = f"has {many(one.count, 'comment or field', 'comments or fields')} set to be hidden{on(one.pages)}, left out of the pack"
        yield removed("hidden-annotations", what, one.count, one.pages)
    if "media" in seen:
        one = seen["media"]
        yield removed(
            "media",
            f"has sound, film or 3D at {many(one.count, 'place')}{on(one.pages)}, left out of the pack",
            one.count,
            one.pages,
            warn=True,
            advice="send it beside the pack if it matters",
        )
    if "stamp" in seen:
        one = seen["stamp"]
        what = f"has {many(one.count, 'stamp')}{on(one.pages)}, part of the pages now"
        yield flattened("stamps", what, one.count, one.pages)


def attachment_remarks(pdf: Pdf, treatment: Treatment, numbers: Sequence[int]) -> Iterator[Remark]:
    files = attached_files(pdf, numbers)
    if not files:
        return
    places = {file.page for file in files}
    pages = {page for page in places if page is not None} if None not in places else set()
    names = listed(file.name for file in files)
    what = f"has {many(len(files), 'attached file')}{on(pages)} ({names})"
    if Keep.ATTACHMENTS in treatment.keep:
        yield kept("attachments", f"{what}, embedded in the pack", len(files), pages)
    else:
        yield removed(
            "attachments",
            f"{what}, left out of the pack",
            len(files),
            pages,
            advice="write `keep: [attachments]` if they belong in the pack, or name them as annexes",
            warn=True,
        )


def link_remarks(pdf: Pdf, treatment: Treatment, numbers: Sequence[int]) -> Iterator[Remark]:
    if Keep.LINKS in treatment.keep:
        return
    links = Seen()
    for page, kind, _ in _each(pdf, numbers):
        if kind == "/Link":
            links.add(page)
    if links.count:
        what = f"has {many(links.count, 'link')}{on(links.pages)}, left out of the pack as asked"
        yield removed("links", what, links.count, links.pages)


def _each(pdf: Pdf, numbers: Sequence[int]) -> Iterator[tuple[int, str, Dictionary]]:
    """Page, kind and dictionary of every annotation."""
    for number, page in zip(numbers, pdf.pages, strict=True):
        for annotation in annotations_of(page.obj):
            yield number, str(annotation.get("/Subtype", "")), annotation
