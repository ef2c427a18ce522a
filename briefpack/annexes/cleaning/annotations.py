"""What lies on top of pages: form fields and stamps become part of the page, links are kept, everything else goes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from briefpack.annex import Deed, Remark
from briefpack.annexes.cleaning.boxes import numbers
from briefpack.annexes.cleaning.layers import Layers
from briefpack.annexes.cleaning.targets import Target, Targets
from briefpack.annexes.values import annotations_of

WEB_SCHEMES = ("https://", "http://", "mailto:")

_INVISIBLE = 2 | 32
"""The flags Hidden and NoView (ISO 32000-2, table 167)."""
_PRINT = 4
"""The flag Print."""
PART_OF_PAGE = frozenset({"/Widget", "/Stamp", "/Watermark"})
ATTACHED = frozenset({"/FileAttachment"})
MEDIA = frozenset({"/Sound", "/Movie", "/Screen", "/RichMedia", "/3D"})
_NEVER_PRINTED = ATTACHED | MEDIA | {"/Popup", "/Redact", "/TrapNet", "/PrinterMark"}
_LONGEST_URL = 4_000


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link as it is written anew. rect: page space. to: a web address or a place in the same annex.

    looks: the arrays of its dictionary that say how it is drawn and where it answers. source: the number and generation of its
    object, by which tags know it; (0, 0) when it is none of its own.
    """

    rect: tuple[float, ...]
    to: str | Target
    contents: str
    looks: dict[str, tuple[float, ...]]
    source: tuple[int, int] = (0, 0)


def is_seen(annotation: Dictionary, layers: Layers) -> bool:
    """Whether an annotation is shown on the screen, as far as its flags and its layer say."""
    flags = annotation.get("/F", 0)
    return not (isinstance(flags, int) and flags & _INVISIBLE) and not layers.hides(annotation.get("/OC"))


def is_printed(annotation: Dictionary) -> bool:
    """Whether a comment appears on paper: it must be meant to, and have a look of its own."""
    flags, looks = annotation.get("/F", 0), annotation.get("/AP")
    return (
        isinstance(flags, int)
        and bool(flags & _PRINT)
        and isinstance(looks, Dictionary)
        and "/N" in looks
        and str(annotation.get("/Subtype", "")) not in _NEVER_PRINTED
    )


def flatten(pdf: Pdf, layers: Layers, *, comments: bool = False) -> Counter[str]:
    """Paint form fields and stamps on their pages, and comments as they are printed where these are wanted, or else drop them; links stay.

    Returns how many comments that a reader sees were dropped, by kind as in "/FreeText".
    """
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary):
        if "/XFA" in form:
            del form["/XFA"]
        pdf.generate_appearance_streams()
    dropped: Counter[str] = Counter()
    for page in pdf.pages:
        if "/Annots" not in page.obj:
            continue
        kept = Array()
        for annotation in annotations_of(page.obj):
            kind = str(annotation.get("/Subtype", ""))
            if not is_seen(annotation, layers):
                continue
            if kind in PART_OF_PAGE or kind == "/Link" or (comments and is_printed(annotation)):
                kept.append(annotation)
            elif kind != "/Popup":
                dropped[kind] += 1
        page.obj.Annots = kept
    pdf.flatten_annotations("screen")
    return dropped


def links_of(page: Object, targets: Targets) -> list[PageLink]:
    """The links of a page that lead somewhere: to the web or into the same document."""
    found = []
    for annotation in annotations_of(page):
        if annotation.get("/Subtype") != Name.Link:
            continue
        rect = numbers(annotation.get("/Rect"), 4)
        to = _web_address(annotation.get("/A")) or targets.of(annotation)
        if rect is None or to is None:
            continue
        contents = annotation.get("/Contents")
        found.append(
            PageLink(
                (min(rect[0], rect[2]), min(rect[1], rect[3]), max(rect[0], rect[2]), max(rect[1], rect[3])),
                to,
                str(contents) if isinstance(contents, String) else "",
                _looks(annotation),
                annotation.objgen,
            )
        )
    return found


def lost_links(pdf: Pdf, targets: Targets) -> tuple[Remark, ...]:
    """The item of the report about links that lead to pages left out, so that nothing is left of them; () for none."""
    lost = Counter(
        number
        for number, page in enumerate(pdf.pages, 1)
        for annotation in annotations_of(page.obj)
        if annotation.get("/Subtype") == Name.Link
        and _web_address(annotation.get("/A")) is None
        and targets.leads_out(annotation)
    )
    if not lost:
        return ()
    what = "a link" if lost.total() == 1 else f"{lost.total():,} links"
    what = f"has {what} to pages that are not taken, without effect now"
    return (Remark(Deed.REMOVED, "links", what, lost.total(), tuple(lost)),)


def _looks(annotation: Dictionary) -> dict[str, tuple[float, ...]]:
    style = annotation.get("/BS")
    width = style.get("/W", 1) if isinstance(style, Dictionary) else None
    if isinstance(width, (int, Decimal)):
        border: tuple[float, ...] = (0, 0, float(width))
    else:
        # Without a word about it, a link has a black frame (ISO 32000-2, table 166).
        border = numbers(annotation.get("/Border"), 3) or (0, 0, 1)
    looks = {"/Border": border}
    colour, corners = annotation.get("/C"), annotation.get("/QuadPoints")
    if isinstance(colour, Array):
        looks["/C"] = numbers(colour, len(colour)) or ()
    if isinstance(corners, Array) and len(corners) % 8 == 0:
        looks["/QuadPoints"] = numbers(corners, len(corners)) or ()
    return {key: values for key, values in looks.items() if values}


def _web_address(action: object) -> str | None:
    if not isinstance(action, Dictionary) or action.get("/S") != Name.URI:
        return None
    uri = action.get("/URI")
    address = str(uri).strip() if isinstance(uri, String) else ""
    if len(address) > _LONGEST_URL or not address.isprintable():
        return None
    return address if address.lower().startswith(WEB_SCHEMES) else None
