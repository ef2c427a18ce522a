"""Laid pages → the body PDF and what the binder needs to make the pack of it."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream

from briefpack import __version__
from briefpack.body import Body, OutlineEntry
from briefpack.document import Document, Meta, TocKind
from briefpack.fields import file_title, keywords
from briefpack.pdf.canvas import PageCanvas
from briefpack.pdf.divider import has_divider
from briefpack.pdf.furniture import FurnitureMaker
from briefpack.pdf.pages import Laid
from briefpack.style import Style

NO_BREAK = "\u00a0"
_CREATOR = f"briefpack {__version__}"


def write_body(document: Document, style: Style, laid: Laid) -> Body:
    """Draw the laid pages. Without annexes the PDF is the whole pack, with bookmarks and page labels;
    with annexes these are left to the binder, who knows all pages."""
    setup = style.page
    body = style.text["body"]
    canvas = PageCanvas(
        (float(setup.width), float(setup.height)),
        language=document.meta.language,
        font=laid.setter.faces.face(body.font, bold=body.bold, italic=body.italic).name,
        structure=laid.structure,
        undivided=[annex.anchor for annex in document.annexes if not has_divider(annex, style)],
        elsewhere={} if document.part is None else document.part.elsewhere,
    )
    _describe(canvas, document, keywords(document))
    outline = _outline(document)
    whole = not document.annexes
    by_page: dict[int, list[tuple[str, float, float]]] = {}
    for anchor, (index, left, top) in laid.destinations.items():
        by_page.setdefault(index, []).append((anchor, left, top))
    furniture = FurnitureMaker(document, style, laid)
    for index, page in enumerate(laid.pages):
        sheet = page.setup(setup)
        canvas.turn((float(sheet.width), float(sheet.height)))
        furniture.paint(canvas, page)
        for placed in page.placed:
            placed.flow.paint(canvas, placed.x, placed.top)
        if page.foot is not None:
            page.foot.flow.paint(canvas, page.foot.x, page.foot.top)
        furniture.paint_over(canvas, page)
        for anchor, left, top in by_page.get(index, ()):
            canvas.destination(anchor, left, top)
        if whole:
            canvas.label(index, page.label)
        canvas.show_page()
    if whole:
        for entry in outline:
            canvas.bookmark(entry.title, entry.anchor, entry.level - 1)
        if outline:
            canvas.show_outline()
    return Body(
        content=canvas.finish(),
        plan=laid.plan,
        labels=tuple(page.label for page in laid.pages),
        running=tuple(page.running for page in laid.pages),
        destinations={anchor: (index, top) for anchor, (index, _, top) in laid.destinations.items()},
        outline=outline,
        annex_destinations=tuple(sorted(canvas.annex_destinations)),
    )


def _outline(document: Document) -> tuple[OutlineEntry, ...]:
    """The contents as bookmarks. No level is skipped on the way down: viewers could not show that."""
    annexes = {annex.anchor: index for index, annex in enumerate(document.annexes)}
    entries: list[OutlineEntry] = []
    level = 0
    for entry in document.contents:
        level = min(entry.level, level + 1)
        # Nothing is broken into lines there.
        title = f"{entry.mark.replace(NO_BREAK, ' ')}{entry.title}"
        title = title if entry.number is None else f"{entry.number} {title}"
        annex = annexes[entry.anchor] if entry.kind is TocKind.ANNEX else None
        entries.append(OutlineEntry(level, title, entry.anchor, annex))
    return tuple(entries)


def _describe(canvas: PageCanvas, document: Document, words: str) -> None:
    """words: its keywords."""
    meta = document.meta
    title = file_title(document)
    canvas.describe(
        title=title,
        author=meta.organisation,
        subject=meta.subtitle,
        keywords=words,
        creator=_CREATOR,
        date=_moment(meta),
    )
    dictionary = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    canvas.set_metadata(PDFStream(dictionary, _xmp(meta, title, words).encode()))


def _moment(meta: Meta) -> datetime:
    """The pack's own clock; what says no time zone is read as UTC."""
    return meta.date if meta.date.tzinfo is not None else meta.date.replace(tzinfo=UTC)


def _xmp(meta: Meta, title: str, words: str) -> str:
    """The same properties as XMP (ISO 16684-1), which archives and search engines read."""
    moment = _moment(meta).isoformat(timespec="seconds")
    lines = {
        "dc:format": "application/pdf",
        "dc:title": f'<rdf:Alt><rdf:li xml:lang="x-default">{_escape(title)}</rdf:li></rdf:Alt>',
        "dc:creator": f"<rdf:Seq><rdf:li>{_escape(meta.organisation)}</rdf:li></rdf:Seq>",
        "dc:description": f'<rdf:Alt><rdf:li xml:lang="x-default">{_escape(meta.subtitle)}</rdf:li></rdf:Alt>',
        "dc:language": f"<rdf:Bag><rdf:li>{_escape(meta.language)}</rdf:li></rdf:Bag>",
        "pdf:Keywords": _escape(words),
        "pdf:Producer": _escape(_CREATOR),
        "xmp:CreatorTool": _escape(_CREATOR),
        "xmp:CreateDate": moment,
        "xmp:ModifyDate": moment,
        "xmp:MetadataDate": moment,
    }
    empty = {"dc:creator": meta.organisation, "dc:description": meta.subtitle, "pdf:Keywords": words}
    properties = "\n".join(
        f"  <{name}>{content}</{name}>" for name, content in lines.items() if empty.get(name, "-")
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        ' <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">\n'
        f"{properties}\n"
        " </rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
        '<?xpacket end="w"?>\n'
    )


def _escape(text: str) -> str:
    return escape(text, quote=False)
