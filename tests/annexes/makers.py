"""PDFs for the tests of the annexes: right ones, odd ones and wrong ones; a body and stamps to bind them with."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

import briefpack
from briefpack.annex import Annex, AnnexFacts, AnnexFile, Treatment
from briefpack.annexes.bind import bind
from briefpack.annexes.claims import claims_of
from briefpack.annexes.finish import finish
from briefpack.annexes.intake import take_in
from briefpack.body import AnnexPages, AnnexWords, Body, BodyPage, OutlineEntry, StampRequest, StampSheet
from briefpack.document import AnnexEntry
from briefpack.errors import Diagnostic, Where

PACK = Path("pack.yaml")
A4 = (0.0, 0.0, 595.0, 842.0)


def annex(path: Path, line: int = 7, treatment: Treatment | None = None) -> Annex:
    file = AnnexFile(path, Where(PACK, line, 11), treatment or Treatment())
    return Annex(path.stem, (file,), path.stem.title(), None, None, Where(PACK, line, 3))


def taken(path: Path, work: Path, treatment: Treatment | None = None, *, longest: float = 60) -> AnnexFacts:
    """The facts of an annex that must be right."""
    facts, found = take_in([annex(path, treatment=treatment)], work, longest=longest)
    assert not found, found
    return facts[path.stem]


def taken_together(
    paths: Sequence[Path], work: Path, treatments: Sequence[Treatment | None] = ()
) -> AnnexFacts:
    """The facts of one annex of several files, that must be right. treatments: of the first files; the others have none."""
    files = tuple(
        AnnexFile(path, Where(PACK, 8 + number, 9), asked or Treatment())
        for number, (path, asked) in enumerate(zip_longest(paths, treatments))
    )
    whole = Annex("together", files, "Together", None, None, Where(PACK, 7, 3))
    facts, found = take_in([whole], work)
    assert not found, found
    return facts["together"]


def refused(path: Path, work: Path, longest: float = 20) -> Diagnostic:
    """The one message about an annex that must be wrong."""
    facts, found = take_in([annex(path)], work, longest=longest)
    assert not facts
    (diagnostic,) = found
    return diagnostic


# --------------------------------------------------------------------------- documents


def font() -> Dictionary:
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )


def add_page(
    pdf: Pdf,
    content: bytes = b"BT /F1 24 Tf 72 700 Td (Page) Tj ET",
    *,
    box: Iterable[float] = A4,
    **entries: object,
) -> Object:
    """Append a page with the font F1. entries: further entries of its dictionary."""
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array(list(box)),
        Resources=Dictionary(Font=Dictionary(F1=font())),
        Contents=pdf.make_stream(content),
    )
    for key, value in entries.items():
        page[f"/{key}"] = value
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return pdf.pages[-1].obj


def document(pages: int = 1) -> Pdf:
    pdf = Pdf.new()
    for number in range(pages):
        add_page(pdf, f"BT /F1 24 Tf 72 700 Td (Page {number + 1}) Tj ET".encode())
    return pdf


def link(pdf: Pdf, rect: Sequence[float] = (72, 690, 200, 720), **entries: object) -> Object:
    made = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(list(rect)))
    for key, value in entries.items():
        made[f"/{key}"] = value
    return pdf.make_indirect(made)


def named(pdf: Pdf, **places: Object) -> None:
    """Give the document destinations by name."""
    names = Array()
    for name in sorted(places):
        names.extend([String(name), places[name]])
    pdf.Root.Names = Dictionary(Dests=pdf.make_indirect(Dictionary(Names=names)))


def saved(pdf: Pdf, path: Path, **options: object) -> Path:
    pdf.save(path, deterministic_id="encryption" not in options, **options)
    return path


def forms_within_forms(depth: int, times: int) -> Pdf:
    """A page that paints a form that paints a form …: times ** depth rectangles in a few hundred bytes."""
    pdf = Pdf.new()
    looks = {"Type": Name.XObject, "Subtype": Name.Form}
    form = pdf.make_stream(b"0 0 10 10 re f", BBox=Array([0, 0, 99, 99]), **looks)
    for _ in range(depth):
        inside = Dictionary(XObject=Dictionary(X=form))
        form = pdf.make_stream(b"/X Do " * times, BBox=Array([0, 0, 99, 99]), Resources=inside, **looks)
    add_page(pdf, b"/X Do", Resources=Dictionary(XObject=Dictionary(X=form)))
    return pdf


def swollen(megabytes: int) -> Pdf:
    """A page whose content is that large when it is decompressed."""
    packer = zlib.compressobj(9)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush a block stands alone, so the same few kilobytes can follow each other any number of times.
    block = packer.compress(b" " * (1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
    pdf = Pdf.new()
    page = add_page(pdf)
    page.Contents.write(head + block * (megabytes // 16) + packer.flush(), filter=Name.FlateDecode)
    return pdf


# --------------------------------------------------------------------------- a pack around them


WORDS = AnnexWords("{label} {page}/{pages} {title}", "picture {label} {page}", "to {label} {page}")


def tag(pdf: Pdf, annexes: int) -> None:
    """Give a body the structure that the PDF writer gives it: a paragraph for each page, a heading in a Sect for dividers."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array()))
    numbers, names = Array(), Array()
    for index, page in enumerate(pdf.pages):
        parent, annex = top, index - (len(pdf.pages) - annexes)
        if annex >= 0:
            parent = pdf.make_indirect(
                Dictionary(
                    Type=Name.StructElem,
                    S=Name.Sect,
                    P=top,
                    ID=String(f"annex_{annex}"),
                    T=String("T"),
                    K=Array(),
                )
            )
            top.K.append(parent)
            names.extend([String(f"annex_{annex}"), parent])
        kind = Name.H1 if annex >= 0 else Name.P
        paragraph = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=kind, P=parent, Pg=page.obj, K=0))
        parent.K.append(paragraph)
        page.obj.Contents = pdf.make_stream(b"/P <</MCID 0>> BDC " + page.obj.Contents.read_bytes() + b" EMC")
        page.obj.StructParents, page.obj.Tabs = index, Name.S
        numbers.extend([index, Array([paragraph])])
    root.K, root.ParentTree, root.ParentTreeNextKey = top, Dictionary(Nums=numbers), len(pdf.pages)
    root.IDTree = Dictionary(Names=names)
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)


def describe(pdf: Pdf) -> None:
    """Give a body the metadata that the PDF writer gives it."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = "The pack"


def body_pdf(pages: int, annexes: int, links: Sequence[str] = ()) -> bytes:
    """A body whose last pages are the annexes' dividers. links: names of annex pages that page 3 leads to."""
    pdf = Pdf.new()
    for number in range(pages):
        add_page(pdf, f"BT /F1 24 Tf 72 700 Td (Body {number + 1}) Tj ET".encode())
    pdf.Root.Lang = String("en")
    tag(pdf, annexes)
    if links:
        pdf.Root.Dests = Dictionary({f"/{name}": [pdf.pages[2].obj, Name.Fit] for name in links})
        pdf.pages[2].obj.Annots = Array([link(pdf, Dest=Name(f"/{name}")) for name in links])
    describe(pdf)
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def stamp_sheet(requests: Sequence[StampRequest]) -> StampSheet:
    """Stamps that say "A1 of 12": the label and page at the lower left, a mark at the upper right corner."""
    pdf = Pdf.new()
    add_page(pdf, b"")
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    streams = (
        f"q 0 g BT /F1 12 Tf 20 10 Td (STAMP{r.annex}-{r.page}) Tj ET "
        f"1 0 0 rg {r.width - 30:.2f} {r.height - 20:.2f} 20 10 re f Q".encode()
        for r in requests
    )
    return StampSheet(out.getvalue(), tuple(streams))


def entries_of(facts: Sequence[AnnexFacts]) -> list[tuple[AnnexEntry, AnnexFacts]]:
    return [
        (
            AnnexEntry(
                chr(65 + n),
                f"Annex {chr(65 + n)}",
                f"annex_{n}",
                f.pages,
                f"{n}.pdf",
                f.sha256,
                Where(PACK, n + 1, 1),
            ),
            f,
        )
        for n, f in enumerate(facts)
    ]


def requests_of(facts: Sequence[AnnexFacts]) -> list[StampRequest]:
    return [
        StampRequest(n, page, 100 + page, width, height)
        for n, f in enumerate(facts)
        for page, (width, height) in enumerate(f.sizes, 1)
    ]


def body_of(count: int, links: Sequence[str] = ()) -> Body:
    """Two front pages ("i", "ii"), one page of a section ("1"), then each annex behind its divider ("2", "3" …)."""
    plan = [BodyPage(0), BodyPage(1), BodyPage(2)]
    outline = [OutlineEntry(1, "Section", "s1"), OutlineEntry(2, "Heading", "s1_h")]
    destinations = {"s1": (2, 800.0), "s1_h": (2, 400.0)}
    for number in range(count):
        plan += [BodyPage(3 + number), AnnexPages(number)]
        outline.append(OutlineEntry(1, f"Annex {chr(65 + number)}", f"annex_{number}", number))
        destinations[f"annex_{number}"] = (3 + number, 800.0)
    labels = ("i", "ii", "1", *(str(2 + number) for number in range(count)))
    running = (None, None, *range(1, 2 + count))
    content = body_pdf(3 + count, count, links)
    return Body(content, tuple(plan), labels, running, destinations, tuple(outline), tuple(links))


def pack_of(facts: Sequence[AnnexFacts], links: Sequence[str] = ()) -> bytes:
    requests = requests_of(facts)
    return bind(body_of(len(facts), links), entries_of(facts), stamp_sheet(requests), requests, WORDS)


def wordless(facts: Sequence[AnnexFacts]) -> bytes:
    """A finished pack whose body and stamps show no text, so that only the annexes' fonts count."""
    body, requests = body_of(len(facts)), requests_of(facts)
    content, sheet = io.BytesIO(), io.BytesIO()
    with pikepdf.open(io.BytesIO(body.content)) as pdf:
        for page in pdf.pages:
            page.obj.Contents, page.obj.Resources = pdf.make_stream(b"/P <</MCID 0>> BDC EMC"), Dictionary()
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        pdf.save(content, deterministic_id=True)
    stamps = Pdf.new()
    add_page(stamps, b"", Resources=Dictionary())
    stamps.save(sheet, deterministic_id=True)
    marks = StampSheet(sheet.getvalue(), (b"q 1 0 0 rg 9 9 9 9 re f Q",) * len(requests))
    bound = bind(replace(body, content=content.getvalue()), entries_of(facts), marks, requests, WORDS)
    return finish(bound, claims_of(facts))


# --------------------------------------------------------------------------- fonts

CARLITO = Path(briefpack.__file__).parent / "data" / "fonts" / "Carlito-Regular.ttf"


def composite(pdf: Pdf, text: str) -> tuple[Object, bytes]:
    """A composite font with the whole of Carlito in it, and the text in its codes."""
    program = TTFont(io.BytesIO(CARLITO.read_bytes()), lazy=True)
    letters = program.getBestCmap()
    numbers = {letter: program.getGlyphID(letters[ord(letter)]) for letter in dict.fromkeys(text)}
    scale = 1000 / program["head"].unitsPerEm
    widths = Array()
    for letter, number in numbers.items():
        widths.extend([number, Array([round(program["hmtx"][letters[ord(letter)]][0] * scale)])])
    meanings = "".join(f"<{number:04x}> <{ord(letter):04x}>\n" for letter, number in numbers.items())
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/Carlito"),
            Flags=4,
            FontBBox=Array([-500, -300, 1200, 1000]),
            ItalicAngle=0,
            Ascent=750,
            Descent=-250,
            CapHeight=630,
            StemV=80,
            FontFile2=pdf.make_stream(CARLITO.read_bytes()),
        )
    )
    below = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/Carlito"),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=descriptor,
        CIDToGIDMap=Name.Identity,
        DW=0,
        W=widths,
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/Carlito"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(below)]),
        ToUnicode=pdf.make_stream(
            f"1 begincodespacerange <0000> <ffff> endcodespacerange "
            f"{len(numbers)} beginbfchar\n{meanings}endbfchar".encode()
        ),
    )
    codes = b"".join(numbers[letter].to_bytes(2, "big") for letter in text)
    return pdf.make_indirect(font), codes


def simple(pdf: Pdf, codes: bytes, *, encoding: str | None = "/WinAnsiEncoding") -> Object:
    """A simple TrueType font with the whole of Carlito in it, for these codes of WinAnsiEncoding."""
    program = TTFont(io.BytesIO(CARLITO.read_bytes()), lazy=True)
    letters = program.getBestCmap()
    scale = 1000 / program["head"].unitsPerEm
    first, last = min(codes), max(codes)
    widths = [
        round(
            program["hmtx"][letters.get(ord(bytes([code]).decode("cp1252", "replace")), ".notdef")][0] * scale
        )
        for code in range(first, last + 1)
    ]
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/Carlito"),
        Flags=32,
        FontBBox=Array([-500, -300, 1200, 1000]),
        ItalicAngle=0,
        Ascent=750,
        Descent=-250,
        CapHeight=630,
        StemV=80,
        FontFile2=pdf.make_stream(CARLITO.read_bytes()),
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=Name("/Carlito"),
        FirstChar=first,
        LastChar=last,
        Widths=Array(widths),
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    if encoding is not None:
        font.Encoding = Name(encoding)
    return pdf.make_indirect(font)


def written(text: str = "Words") -> Pdf:
    """A page of text in a composite font that nothing stands against."""
    pdf = Pdf.new()
    font, codes = composite(pdf, text)
    add_page(
        pdf,
        b"BT /F1 24 Tf 72 700 Td <" + codes.hex().encode() + b"> Tj ET",
        Resources=Dictionary(Font=Dictionary(F1=font)),
    )
    return pdf


# --------------------------------------------------------------------------- tagged documents


def as_object(value: object) -> object:
    """A value as PDF has it: "/Name", "text", numbers, lists and dictionaries of these."""
    if isinstance(value, dict):
        return Dictionary({f"/{key}": as_object(held) for key, held in value.items()})
    if isinstance(value, list):
        return Array([as_object(held) for held in value])
    if isinstance(value, str):
        return Name(value) if value.startswith("/") else String(value)
    return value


def tagged(
    *shape: object, roles: dict[str, str] | None = None, lang: str | None = "en", pages: int = 1
) -> Pdf:
    """A document whose tags have that shape: a kind, or a list of a kind, entries and kids.

    ["Table", ["TR", ["TH", {"A": {"O": "/Table", "Scope": "/Column"}}], "TD"]]. Every element without kids has marked content of its
    own: a small square, for which no font is needed. On which page, the entry "page" says, 0-based, of it or of an element around it; on
    the first one otherwise.
    """
    pdf = Pdf.new()
    made_pages = [add_page(pdf, b"") for _ in range(pages)]
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    elements: list[list[Object]] = [[] for _ in range(pages)]

    def element(held: object, parent: Object, on: int) -> Object:
        kind, *rest = held if isinstance(held, (list, tuple)) else (held,)
        made = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=parent))
        kids = [part for part in rest if not isinstance(part, dict)]
        for entries in rest:
            for key, value in entries.items() if isinstance(entries, dict) else ():
                if key == "page":
                    on = value
                else:
                    made[f"/{key}"] = as_object(value)
        if kids:
            made.K = Array([element(kid, made, on) for kid in kids])
        elif "/K" not in made:
            made.Pg, made.K = made_pages[on], len(elements[on])
            elements[on].append(made)
        return made

    root.K = Array([element(part, root, 0) for part in shape])
    numbers = Array()
    for key, (page, held) in enumerate(zip(made_pages, elements, strict=True)):
        page.Contents = pdf.make_stream(
            b"\n".join(b"/Mark <</MCID %d>> BDC %d 700 5 5 re f EMC" % (n, 10 * n) for n in range(len(held)))
        )
        page.StructParents, page.Tabs = key, Name.S
        numbers.extend([key, Array(held)])
    root.ParentTree = Dictionary(Nums=numbers)
    if roles:
        root.RoleMap = Dictionary({f"/{name}": Name(f"/{role}") for name, role in roles.items()})
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
    if lang is not None:
        pdf.Root.Lang = String(lang)
    return pdf
