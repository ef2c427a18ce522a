"""A finished PDF, looked at in the worker: what it says of itself, and what stands against PDF/UA-1 and PDF/A-2. Nothing is changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pikepdf import Array, Dictionary, Name, NameTree, Object, Pdf, Stream, String

from briefpack.annex import Against
from briefpack.annexes.archive import look_at
from briefpack.annexes.archive.faults import Fact, Faults, archive
from briefpack.annexes.cleaning.damage import open_whole
from briefpack.annexes.cleaning.read_tags import read_tags
from briefpack.annexes.cleaning.refusal import Refusal
from briefpack.annexes.cleaning.tag_faults import members, rows_of, tag_faults
from briefpack.annexes.cleaning.tags import Element, Tags, Target, is_heading
from briefpack.annexes.foreign import HEADER_WITHIN
from briefpack.annexes.language import is_language
from briefpack.annexes.values import annotations_of

_PRINTED, _HIDDEN = 4, 1 | 2 | 32 | 256
"""Flags of annotations (ISO 32000-1, table 165): Print; Invisible, Hidden, NoView and ToggleNoView."""
_VERSION = re.compile(r"1\.[0-7]")


@dataclass(frozen=True, slots=True)
class Examined:
    """As inspection.Inspection, in plain values."""

    claims: tuple[str, ...]
    tagged: bool
    title: str
    title_shown: bool
    language: str
    labels: tuple[str, ...]
    fonts: tuple[tuple[str, bool], ...]
    faults: tuple[tuple[str, tuple[int, ...], str, bool], ...]


def examine(path: Path) -> Examined:
    """Look at a file. Raises Refusal when it cannot be opened."""
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(HEADER_WITHIN):
            raise Refusal("is no PDF", "name a PDF file")
    with open_whole(path) as pdf:
        said = _Said(pdf)
        faults = Faults()
        faults.add(_of_file(pdf, said), [])
        for fact, pages in (*_of_tags(pdf), *_of_annotations(pdf)):
            faults.add([fact], pages)
        fonts = look_at(pdf, faults, takes_cmyk=_intent_components(pdf) == 4)
        return Examined(
            said.claims,
            said.tagged,
            said.title,
            said.title_shown,
            said.language,
            tuple(page.label for page in pdf.pages),
            fonts,
            faults.plain(),
        )


class _Said:
    """What a file says of itself."""

    def __init__(self, pdf: Pdf) -> None:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            part, level = metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance", "")
            accessible = metadata.get("pdfuaid:part")
            self.title = str(metadata.get("dc:title", "") or "")
        self.has_metadata = isinstance(pdf.Root.get("/Metadata"), Stream)
        claims = [f"PDF/UA-{accessible}"] if accessible else []
        self.claims = (*claims, f"PDF/A-{part}{str(level).lower()}") if part else tuple(claims)
        marks, looks = pdf.Root.get("/MarkInfo"), pdf.Root.get("/ViewerPreferences")
        # pikepdf gives booleans as Python's own, which its types do not say.
        marked: object = marks.get("/Marked") if isinstance(marks, Dictionary) else None
        shown: object = looks.get("/DisplayDocTitle") if isinstance(looks, Dictionary) else None
        self.tagged = marked is True and isinstance(pdf.Root.get("/StructTreeRoot"), Dictionary)
        self.title_shown = shown is True
        language = pdf.Root.get("/Lang")
        self.language = str(language) if isinstance(language, String) else ""


def _of_file(pdf: Pdf, said: _Said) -> Iterator[Fact]:
    if not said.tagged:
        yield "it has no tags", Against.STRUCTURE, False
    if not said.title:
        yield _unheard("it has no title")
    elif not said.title_shown:
        yield _unheard("its title is not shown in the window")
    if not is_language(said.language):
        yield _unheard("it does not say its language")
    if not said.has_metadata:
        yield "it has no metadata (XMP)", Against.ARCHIVE, False
    if _VERSION.fullmatch(pdf.pdf_version) is None:
        yield f"it is written for PDF {pdf.pdf_version}", Against.ARCHIVE, False
    if pdf.is_encrypted:
        yield archive("it is encrypted")
    if "/ID" not in pdf.trailer:
        yield archive("it has no ID")
    if _intent_components(pdf) is None:
        yield archive("it does not say what its colours mean (no output intent)")
    names = pdf.Root.get("/Names")
    if "/AA" in pdf.Root or (isinstance(names, Dictionary) and "/JavaScript" in names):
        yield archive("it has scripts or actions of its own")
    if isinstance(names, Dictionary) and "/EmbeddedFiles" in names:
        if not any(claim.startswith("PDF/A-3") for claim in said.claims):
            yield archive("it has other files in it")
        elif not all(_is_associated(spec) for spec in _specifications(names)):
            yield archive("it does not say what the files in it are to it")
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/XFA" in form:
        yield archive("it has a form that only Adobe Reader can fill in (XFA)")


def _specifications(names: Dictionary) -> Iterator[Object]:
    """Of embedded files, by the tree of their names."""
    tree = names.get("/EmbeddedFiles")
    if isinstance(tree, Dictionary):
        yield from NameTree(tree).values()


def _is_associated(spec: Object) -> bool:
    """ISO 19005-3, 6.8."""
    return isinstance(spec, Dictionary) and {"/F", "/UF", "/AFRelationship"} <= set(spec.keys())


def _unheard(message: str) -> Fact:
    """A fact that PDF/UA does not bear with; PDF/A does."""
    return message, Against.NOTHING, False


def _intent_components(pdf: Pdf) -> int | None:
    intents = pdf.Root.get("/OutputIntents")
    for intent in intents if isinstance(intents, Array) else Array():
        profile = intent.get("/DestOutputProfile") if isinstance(intent, Dictionary) else None
        if isinstance(profile, Stream) and intent.get("/S") == Name.GTS_PDFA1:
            components: object = profile.get("/N")
            return components if isinstance(components, int) else None
    return None


# --------------------------------------------------------------------------- tags


def _of_tags(pdf: Pdf) -> Iterator[tuple[Fact, list[int]]]:
    if not isinstance(pdf.Root.get("/StructTreeRoot"), Dictionary):
        return
    tags = read_tags(pdf)
    if tags is None:
        yield _unheard("its tags do not say all that its pages say"), []
        return
    yield from tag_faults(tags.top)
    last = 0
    for element in tags.top.all():
        page = element.page
        pages = [] if page is None else [page + 1]
        if element.kind in {"Figure", "Formula"} and not element.texts.keys() & {"/Alt", "/ActualText"}:
            yield _unheard("a picture has no description"), pages
        if is_heading(element):
            level = int(element.kind[1:])
            if level > last + 1:
                yield _unheard("a level of headings is passed over"), pages
            last = level
        if element.kind == "Note" and element.name is None:
            yield _unheard("a note has no ID"), pages
        if element.kind == "Table" and _lacks_scopes(element):
            yield _unheard("a header cell does not say what it heads"), pages
    yield from _of_links(pdf, tags)


def _lacks_scopes(table: Element) -> bool:
    cells = [cell for row in rows_of(table) for cell in members(row)]
    loose = any(cell.kind == "TH" and cell.attribute("/Scope") is None for cell in cells)
    return loose and any(cell.kind == "TD" and not cell.headers for cell in cells)


def _of_links(pdf: Pdf, tags: Tags) -> Iterator[tuple[Fact, list[int]]]:
    held = {
        kid.annotation
        for element in tags.top.all()
        if element.kind == "Link"
        for kid in element.kids
        if isinstance(kid, Target)
    }
    for number, page in enumerate(pdf.pages, 1):
        for annotation in annotations_of(page.obj):
            if annotation.get("/Subtype") == Name.Link and annotation.objgen not in held:
                yield _unheard("a link has no tag"), [number]


def _of_annotations(pdf: Pdf) -> Iterator[tuple[Fact, list[int]]]:
    for number, page in enumerate(pdf.pages, 1):
        annotations = annotations_of(page.obj)
        if annotations and page.obj.get("/Tabs") != Name.S:
            yield _unheard("its links are not read in the order of its tags"), [number]
        for annotation in annotations:
            flags: object = annotation.get("/F", 0)
            if not isinstance(flags, int) or not flags & _PRINTED or flags & _HIDDEN:
                yield archive("it has links or remarks that are not printed"), [number]
            if annotation.get("/Subtype") == Name.Link and not str(annotation.get("/Contents", "")):
                yield _unheard("a link has no words"), [number]
