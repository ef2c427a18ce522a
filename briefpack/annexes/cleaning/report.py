"""An author's PDF → the report on what of it does not get into the clean file, or gets in changed; nothing is changed here."""

from __future__ import annotations

import mmap
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from pikepdf import Array, Dictionary, Object, Pdf, Stream, String

from briefpack.annex import Keep, Remark, Treatment
from briefpack.annexes.cleaning.actions import Actions, Seen
from briefpack.annexes.cleaning.annotations import ATTACHED, MEDIA, PART_OF_PAGE, is_printed, is_seen
from briefpack.annexes.cleaning.attachments import attached_files
from briefpack.annexes.cleaning.boxes import inherited
from briefpack.annexes.cleaning.layers import Layers
from briefpack.annexes.cleaning.remarks import flattened, found, kept, listed, many, on, removed

_REFERENCE = re.compile(rb"(\d+) (\d+) R\b")
_MOST_OBJECTS = 400_000
_OF_FILE = frozenset({"/ObjStm", "/XRef"})
"""Types of objects that belong to the file's form and not to its content."""
_DEEPEST = 12
"""Forms within forms."""
_FIRST_BYTES = 1024

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
        *_form(pdf, layers, numbers),
        *_annotations(pdf, treatment, layers, numbers),
        *_attachments(pdf, treatment, numbers),
        *_layers(pdf, layers, numbers),
        *Actions(pdf, numbers).remarks(),
        *_links(pdf, treatment, numbers),
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


# --------------------------------------------------------------------------- on the pages


def _each(pdf: Pdf, numbers: Sequence[int]) -> Iterator[tuple[int, str, Dictionary]]:
    """Page, kind and dictionary of every annotation."""
    for number, page in zip(numbers, pdf.pages, strict=True):
        annotations = page.obj.get("/Annots")
        for annotation in annotations if isinstance(annotations, Array) else ():
            if isinstance(annotation, Dictionary):
                yield number, str(annotation.get("/Subtype", "")), annotation


def _form(pdf: Pdf, layers: Layers, numbers: Sequence[int]) -> Iterator[Remark]:
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


def _annotations(pdf: Pdf, treatment: Treatment, layers: Layers, numbers: Sequence[int]) -> Iterator[Remark]:
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


def _attachments(pdf: Pdf, treatment: Treatment, numbers: Sequence[int]) -> Iterator[Remark]:
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


def _links(pdf: Pdf, treatment: Treatment, numbers: Sequence[int]) -> Iterator[Remark]:
    if Keep.LINKS in treatment.keep:
        return
    links = Seen()
    for page, kind, _ in _each(pdf, numbers):
        if kind == "/Link":
            links.add(page)
    if links.count:
        what = f"has {many(links.count, 'link')}{on(links.pages)}, left out of the pack as asked"
        yield removed("links", what, links.count, links.pages)


# --------------------------------------------------------------------------- layers


def _layers(pdf: Pdf, layers: Layers, numbers: Sequence[int]) -> Iterator[Remark]:
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary):
        return
    listing = properties.get("/OCGs")
    groups = (
        [group for group in listing if isinstance(group, Dictionary)] if isinstance(listing, Array) else []
    )
    off = [group for group in groups if group.objgen in layers.off]
    if off:
        uses = _Uses(layers)
        pages = [number for number, page in zip(numbers, pdf.pages, strict=True) if uses.on(page.obj)]
        what = f"has {many(len(off), 'layer')} switched off ({listed(map(_name, off))})"
        if pages:
            yield removed(
                "hidden-layers",
                f"{what}; what is drawn there{on(pages)} is left out of the pack",
                len(off),
                pages,
                advice="have the layers switched on and get the file anew if they belong in the pack",
                warn=True,
            )
        else:
            yield removed("unused-layers", f"{what}; nothing is drawn on them", len(off))
    if len(groups) > len(off):
        count = len(groups) - len(off)
        yield flattened(
            "layers", f"has {many(count, 'layer')} switched on, bound as part of the pages", count
        )


def _name(group: Dictionary) -> str:
    name = group.get("/Name")
    return str(name) if isinstance(name, String) else "?"


class _Uses:
    """Whether what pages draw with names a layer that is off."""

    def __init__(self, layers: Layers) -> None:
        self._layers = layers
        self._known: dict[tuple[int, int], bool] = {}

    def on(self, page: Object) -> bool:
        annotations = page.get("/Annots")
        if isinstance(annotations, Array) and any(
            self._layers.hides(one.get("/OC")) for one in annotations if isinstance(one, Dictionary)
        ):
            return True
        return self._in(inherited(page, "/Resources"), 0)

    def _in(self, resources: object, depth: int) -> bool:
        if not isinstance(resources, Dictionary) or depth > _DEEPEST:
            return False
        key = resources.objgen
        if key[0] and key in self._known:
            return self._known[key]
        if key[0]:
            # A form that paints itself ends here.
            self._known[key] = False
        answer = any(self._layers.hides(one) for one in _values(resources.get("/Properties"))) or any(
            self._layers.hides(one.get("/OC")) or self._in(one.get("/Resources"), depth + 1)
            for kind in ("/XObject", "/Pattern")
            for one in _values(resources.get(kind))
            if isinstance(one, Stream)
        )
        if key[0]:
            self._known[key] = answer
        return answer


def _values(named: object) -> Iterator[Object]:
    if isinstance(named, Dictionary):
        for key in named:
            yield named[str(key)]


# --------------------------------------------------------------------------- about the file


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


def unused_objects(pdf: Pdf, source: Path) -> tuple[Remark, ...]:
    """What is told of objects that nothing refers to, and of earlier states of the file."""
    return tuple(_unused(pdf, source))


def _unused(pdf: Pdf, source: Path) -> Iterator[Remark]:
    unused = _unreachable(pdf)
    if unused:
        what = f"holds {many(unused, 'object')} that nothing shows, left out of the pack"
        yield removed("unused-objects", what, unused)
    revisions = _revisions(source)
    if revisions:
        what = f"holds {many(revisions, 'earlier state')} of itself, left out of the pack"
        yield removed("revisions", what, revisions)


def _unreachable(pdf: Pdf) -> int:
    refers: dict[tuple[int, int], list[tuple[int, int]]] = {}
    hints = 0
    for item in pdf.objects:
        if len(refers) >= _MOST_OBJECTS:
            return 0
        if isinstance(item, Stream):
            if str(item.get("/Type", "")) in _OF_FILE:
                continue
            words = item.stream_dict.unparse()
        elif isinstance(item, (Array, Dictionary)):
            words = item.unparse(resolved=True)
        else:
            continue
        refers[item.objgen] = [
            (int(number), int(generation)) for number, generation in _REFERENCE.findall(words)
        ]
        if isinstance(item, Dictionary) and "/Linearized" in item:
            # The table of a file made for the web, and its hints, are found by their place.
            hints = 2
    waiting = [(int(n), int(g)) for n, g in _REFERENCE.findall(pdf.trailer.unparse(resolved=True))]
    reached: set[tuple[int, int]] = set()
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting.extend(refers.get(key, ()))
    return max(0, sum(key not in reached for key in refers) - hints)


def _revisions(source: Path) -> int:
    """How many earlier states of a file are still in it, each with an end of its own."""
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        ends, position = 0, view.find(b"startxref")
        while position >= 0:
            ends += 1
            position = view.find(b"startxref", position + 1)
        # A file made for the web has its table in two parts (ISO 32000-2, annex F).
        return max(0, ends - 1 - (view.find(b"/Linearized", 0, _FIRST_BYTES) >= 0))
