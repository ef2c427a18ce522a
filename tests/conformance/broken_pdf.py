"""Breaks a good tagged PDF on purpose, in one small place at a time, and knows what should be said of it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

Mutation: TypeAlias = Callable[[Pdf], None]


def broken(good: bytes, mutation: Mutation) -> bytes:
    """The file with one thing wrong in it."""
    with pikepdf.open(io.BytesIO(good)) as pdf:
        mutation(pdf)
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


# --------------------------------------------------------------------------- finding the place


def kids_of(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def elements_of(pdf: Pdf, kind: str | None = None) -> Iterator[Any]:
    """Structure elements in the order of reading, of one kind or of all."""

    def walk(element: Any) -> Iterator[Any]:
        if isinstance(element, Dictionary) and "/S" in element:
            if kind is None or f"/{kind}" == element.S:
                yield element
            for kid in kids_of(element):
                yield from walk(kid)

    for root in kids_of(pdf.Root.StructTreeRoot):
        yield from walk(root)


def first_of(pdf: Pdf, kind: str) -> Any:
    return next(elements_of(pdf, kind))


def _marked(pdf: Pdf, kind: str) -> Any:
    """The first element of a kind that holds nothing but marked content, and stands on a page of the body."""
    return next(
        element
        for element in elements_of(pdf, kind)
        if kids_of(element) and all(isinstance(kid, int) for kid in kids_of(element))
    )


def _content(page: Any) -> bytes:
    parts = page.Contents if isinstance(page.Contents, Array) else [page.Contents]
    return b"\n".join(part.read_bytes() for part in parts)


def rewrite(pdf: Pdf, page: Any, pattern: bytes, to: bytes | Callable[[re.Match[bytes]], bytes]) -> None:
    """Replace the first thing that a regular expression finds in a page's content."""
    content, count = re.subn(pattern, to, _content(page), count=1, flags=re.DOTALL)
    assert count, pattern
    page.Contents = pdf.make_stream(content)


def _with_marks(pdf: Pdf, least: int = 2) -> list[Any]:
    """Pages with at least so many marks."""
    return [page.obj for page in pdf.pages if len(re.findall(rb"/MCID \d+", _content(page.obj))) >= least]


def _link(pdf: Pdf) -> Any:
    return next(
        annotation
        for page in pdf.pages
        for annotation in page.obj.get("/Annots", [])
        if annotation.Subtype == Name.Link
    )


def _xmp(pattern: str) -> Mutation:
    """Take something out of the metadata."""

    def change(pdf: Pdf) -> None:
        text, count = re.subn(pattern, "", pdf.Root.Metadata.read_bytes().decode(), flags=re.DOTALL)
        assert count, pattern
        pdf.Root.Metadata.write(text.encode())

    return change


def _without(*path: str) -> Mutation:
    """Take an entry out of the catalog."""

    def change(pdf: Pdf) -> None:
        holder = pdf.Root
        for name in path[:-1]:
            holder = holder[name]
        del holder[path[-1]]

    return change


# --------------------------------------------------------------------------- breaking it


def _not_marked(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


def _no_alt(pdf: Pdf) -> None:
    del first_of(pdf, "Figure")["/Alt"]


def _blank_alt(pdf: Pdf) -> None:
    first_of(pdf, "Figure").Alt = String(" ")


def _no_box(pdf: Pdf) -> None:
    del first_of(pdf, "Figure")["/A"]


def _no_tabs(pdf: Pdf) -> None:
    for page in pdf.pages:
        if "/Annots" in page.obj:
            del page.obj["/Tabs"]


def _swapped_keys(pdf: Pdf) -> None:
    one, other = _with_marks(pdf)[:2]
    one.StructParents, other.StructParents = int(other.StructParents), int(one.StructParents)


def _no_key(pdf: Pdf) -> None:
    del _with_marks(pdf)[0]["/StructParents"]


def _shuffled_parents(pdf: Pdf) -> None:
    """Two marks of a page lead back to each other's element."""
    page = _with_marks(pdf)[0]
    tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    parents = tree[int(page.StructParents)]
    at = next(n for n in range(len(parents) - 1) if parents[n].objgen != parents[n + 1].objgen)
    parents[at], parents[at + 1] = parents[at + 1], parents[at]


def _duplicate_mark(pdf: Pdf) -> None:
    rewrite(pdf, _with_marks(pdf)[0], rb"/MCID 1\b", b"/MCID 0")


def _unknown_mark(pdf: Pdf) -> None:
    rewrite(pdf, _with_marks(pdf)[0], rb"/MCID 1\b", b"/MCID 999")


def _no_artifact(pdf: Pdf) -> None:
    page = _with_marks(pdf)[0]
    rewrite(pdf, page, rb"/Artifact\s*(?:<<.*?>>\s*BDC|BMC)", b"/Span BMC")


def _outside(pdf: Pdf) -> None:
    """A rectangle behind everything else, outside any mark."""
    page = _with_marks(pdf)[0]
    page.Contents = pdf.make_stream(_content(page) + b"\n0 g 10 10 20 20 re f\n")


def _hidden_text(pdf: Pdf) -> None:
    """A paragraph is made an artifact and taken out of the tree: no validator minds."""
    element = _marked(pdf, "P")
    page = element.Pg
    for mcid in kids_of(element):
        rewrite(pdf, page, rb"/\w+\s*<<[^>]*/MCID %d\b[^>]*>>\s*BDC" % int(mcid), b"/Artifact BMC")
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[int(page.StructParents)]
    for mcid in kids_of(element):
        parents[int(mcid)] = None
    _unlink(element)


def _unlink(element: Any) -> None:
    above = element.P
    above.K = Array(
        [kid for kid in kids_of(above) if not (isinstance(kid, Dictionary) and kid.objgen == element.objgen)]
    )


def _lost_element(pdf: Pdf) -> None:
    _unlink(_marked(pdf, "P"))


def _wrong_parent(pdf: Pdf) -> None:
    _marked(pdf, "P").P = first_of(pdf, "H1")


def _swapped_reading(pdf: Pdf) -> None:
    """The last two parts of what holds a paragraph change places."""
    above = _marked(pdf, "P").P
    kids = kids_of(above)
    kids[-1], kids[-2] = kids[-2], kids[-1]
    above.K = Array(kids)


def _kind(old: str, new: str) -> Mutation:
    def change(pdf: Pdf) -> None:
        first_of(pdf, old).S = Name(f"/{new}")

    return change


def _own_kind(pdf: Pdf) -> None:
    """A kind that is mapped to nothing."""
    _marked(pdf, "P").S = Name("/Absatz")


def _circle(pdf: Pdf) -> None:
    _marked(pdf, "P").S = Name("/Absatz")
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Absatz=Name("/Paragraph"), Paragraph=Name("/Absatz"))


def _no_scope(pdf: Pdf) -> None:
    for element in elements_of(pdf, "TH"):
        for name in ("/A", "/C"):
            if name in element:
                del element[name]


def _short_row(pdf: Pdf) -> None:
    row = list(elements_of(pdf, "TR"))[1]
    row.K = Array(kids_of(row)[:-1])


def _no_body(pdf: Pdf) -> None:
    """The words of an item stand beside the body instead of in it."""
    first_of(pdf, "LBody").S = Name.Lbl


def _link_without(name: str) -> Mutation:
    def change(pdf: Pdf) -> None:
        del _link(pdf)[name]

    return change


def _link_unheard(pdf: Pdf) -> None:
    """The element of a link does not hold its annotation any more."""
    element = first_of(pdf, "Link")
    element.K = Array(
        [kid for kid in kids_of(element) if not (isinstance(kid, Dictionary) and "/Obj" in kid)]
    )


def _unprinted(pdf: Pdf) -> None:
    _link(pdf).F = 0


def _language(to: str | None) -> Mutation:
    """The first section with a language of its own gets another one, or none."""

    def change(pdf: Pdf) -> None:
        element = next(element for element in elements_of(pdf, "Sect") if "/Lang" in element)
        if to is None:
            del element["/Lang"]
        else:
            element.Lang = String(to)

    return change


def _fonts(pdf: Pdf) -> Iterator[Any]:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.FontDescriptor:
            yield item


def _no_font(pdf: Pdf) -> None:
    for descriptor in _fonts(pdf):
        for name in ("/FontFile2", "/FontFile3", "/FontFile"):
            if name in descriptor:
                del descriptor[name]
                return
    raise AssertionError("no font is embedded")


def _no_unicode(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.Font and "/ToUnicode" in item:
            del item["/ToUnicode"]


def _other_words(pdf: Pdf) -> None:
    """A paragraph says other words than it shows."""
    _marked(pdf, "P").ActualText = String("Something else")


def _script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('no')"))


def _transparent(pdf: Pdf) -> None:
    """A page is painted in a blending mode, with no colour space to blend in."""
    page = _with_marks(pdf)[0]
    page.Resources = Dictionary(page.Resources)
    page.Resources.ExtGState = Dictionary(GSx=Dictionary(Type=Name.ExtGState, ca=0.5, BM=Name("/Unheard")))
    page.Contents = pdf.make_stream(b"/GSx gs\n" + _content(page))


MUTATIONS: dict[str, tuple[str, Mutation]] = {
    # The catalog and what the file says of itself
    "not marked as tagged": ("does not say that it is tagged", _not_marked),
    "no structure tree": ("there is no structure tree", _without("/StructTreeRoot")),
    "no parent tree": ("there is no parent tree", _without("/StructTreeRoot", "/ParentTree")),
    "no language": ("the document has no language", _without("/Lang")),
    "the file's name in the window": ("shows the file's name", _without("/ViewerPreferences")),
    "no title": ("veraPDF ua1 7.1-9", _xmp(r"<dc:title>.*?</dc:title>")),
    "no metadata": ("veraPDF", _without("/Metadata")),
    "no claim of accessibility": ("claims: ", _xmp(r"<pdfuaid:part>.*?</pdfuaid:part>")),
    "no claim of an archive": ("claims: ", _xmp(r"<pdfaid:part>.*?</pdfaid:conformance>")),
    "no extension schema": ("veraPDF 2a", _xmp(r"<pdfaExtension:schemas>.*?</pdfaExtension:schemas>")),
    "no output intent": ("veraPDF 2a", _without("/OutputIntents")),
    "a script": ("veraPDF 2a", _script),
    # Marks, tree, parent tree
    "two pages with each other's key": ("to another element", _swapped_keys),
    "a page without a key": ("no key into the parent tree", _no_key),
    "marks that lead to each other's element": ("to another element", _shuffled_parents),
    "a mark used twice": ("is used 2 times", _duplicate_mark),
    "a mark that the tree does not know": ("is not in the tree", _unknown_mark),
    "furniture without its mark": ("neither content nor artifact", _no_artifact),
    "something painted outside all marks": ("neither content nor artifact", _outside),
    "an element that was lost": ("is not in the tree", _lost_element),
    "an element with another parent": ("does not name the element it stands in", _wrong_parent),
    # Order and words
    "parts that changed places": ("is read after what is painted behind it", _swapped_reading),
    "a paragraph that nobody hears": ("told: ", _hidden_text),
    "a paragraph with other words": ("told: ", _other_words),
    "a language that was lost": ("told: ", _language(None)),
    "another language": ("told: ", _language("de")),
    "letters without a meaning": ("veraPDF 2a", _no_unicode),
    "a font that is not embedded": ("veraPDF 2a", _no_font),
    # Kinds and their duties
    "a kind nobody knows": ("of no standard kind", _own_kind),
    "a kind that is itself": ("veraPDF ua1", _circle),
    "a heading level that is skipped": ("comes after level 1", _kind("H2", "H3")),
    "a heading that is none": ("kinds: headings", _kind("H2", "P")),
    "a picture that says nothing": ("does not say what it shows", _no_alt),
    "a picture that says a blank": ("does not say what it shows", _blank_alt),
    "a picture that is nowhere": ("does not say where it stands", _no_box),
    "header cells of nothing": ("does not say whose header it is", _no_scope),
    "a row with a cell too few": ("cells", _short_row),
    "an item without a body": ("instead of a label and a body", _no_body),
    "a table that is none": ("stands in", _kind("Table", "Div")),
    # Annotations
    "tabs in no order": ("the order of tabs", _no_tabs),
    "a link that says nothing": ("does not say where it leads", _link_without("/Contents")),
    "a link without a key": ("does not lead from the annotation", _link_without("/StructParent")),
    "a link that is not heard": ("leads nowhere", _link_unheard),
    "a link that is not printed": ("is not printed", _unprinted),
    "a page in a blending mode nobody knows": ("veraPDF 2a", _transparent),
}
"""By what is wrong: what somebody must say of it, and the change."""
