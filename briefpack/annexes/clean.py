"""An opened annex → the same pages without anything that acts, hides or travels along unseen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from briefpack.pack import OutlineNode

MAX_OUTLINE = 2_000
"""Bookmarks taken over from one annex; more are left out."""
MAX_DEPTH = 12
"""Levels of bookmarks taken over."""
MAX_NODES = 100_000
"""Nodes of a name tree that are looked at."""

_WEB = ("http://", "https://", "mailto:")
_CATALOG = (
    "/OpenAction", "/AA", "/AcroForm", "/Metadata", "/PieceInfo", "/Perms", "/Legal", "/DSS", "/AF", "/Collection",
    "/Threads", "/URI", "/Names", "/Dests", "/Outlines", "/PageLabels", "/StructTreeRoot", "/MarkInfo", "/OCProperties",
    "/Requirements", "/SpiderInfo", "/ViewerPreferences", "/PageMode", "/PageLayout", "/Extensions", "/OutputIntents",
)  # fmt: skip
_PAGE = (
    "/AA", "/Metadata", "/PieceInfo", "/Thumb", "/Trans", "/Dur", "/B", "/PresSteps", "/StructParents", "/Tabs",
    "/LastModified", "/ID", "/VP", "/AF", "/SeparationInfo",
)  # fmt: skip
_PAINTS_NOTHING = frozenset(
    ("q", "Q", "cm", "Tf", "Td", "TD", "Tm", "T*", "TL", "Tc", "Tw", "Tz", "Ts", "Tr", "gs", "BT", "ET", "BMC", "BDC", "EMC",
     "W", "W*", "n", "w", "J", "j", "M", "d", "ri", "i", "cs", "CS", "sc", "SC", "scn", "SCN", "g", "G", "rg", "RG", "k", "K")
)  # fmt: skip


def clean(pdf: Pdf) -> tuple[OutlineNode, ...]:
    """Clean pdf in place; gives its bookmarks. Links inside it are made to name their page, not a name.

    Explicit pages leave no destination names that could meet another annex's.
    """
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    named = dict(_named_destinations(pdf))
    outline = tuple(_outline(pdf, named, pages))
    _drop_hidden_layers(pdf)
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary):
        if "/XFA" in form:
            del form["/XFA"]
        pdf.generate_appearance_streams()
    for page in pdf.pages:
        _keep_printed_annotations(page.obj)
    pdf.flatten_annotations("screen")
    for page in pdf.pages:
        _links(page.obj, named, pages)
        for key in _PAGE:
            if key in page.obj:
                del page.obj[key]
        page.contents_coalesce()
    for key in _CATALOG:
        if key in pdf.Root:
            del pdf.Root[key]
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    return outline


def _keep_printed_annotations(page: Object) -> None:
    """Comments, files and media go; fields and stamps are flattened next; links stay."""
    if "/Annots" not in page:
        return
    annotations = page.Annots
    kept = [
        note
        for note in (annotations if isinstance(annotations, Array) else ())
        if isinstance(note, Dictionary)
        and note.get("/Subtype") in ("/Link", "/Widget", "/Stamp")
        and not _integer(note.get("/F")) & 2
    ]
    page.Annots = Array(kept)


def _links(page: Object, named: dict[str, Object], pages: dict[tuple[int, int], int]) -> None:
    """Keep links to the web and to pages of this file."""
    if "/Annots" not in page:
        return
    kept: list[Object] = []
    for note in page.Annots:
        if note.get("/Subtype") != "/Link":
            continue
        action = note.get("/A")
        destination = note.get("/Dest")
        if isinstance(action, Dictionary):
            if action.get("/S") == "/GoTo":
                destination = action.get("/D")
            elif action.get("/S") == "/URI" and str(action.get("/URI", "")).lower().startswith(_WEB):
                note.A = Dictionary(S=Name.URI, URI=pikepdf.String(str(action.URI)))
                _drop(note, "/Dest", "/AA", "/PA", "/StructParent", "/P")
                kept.append(note)
                continue
        explicit = _explicit(destination, named)
        if explicit is not None and _page_of(explicit, pages) is not None:
            note.Dest = explicit
            _drop(note, "/A", "/AA", "/PA", "/StructParent", "/P")
            kept.append(note)
    if kept:
        page.Annots = Array(kept)
    else:
        del page["/Annots"]


def _drop(holder: Object, *keys: str) -> None:
    for key in keys:
        if key in holder:
            del holder[key]


def _explicit(destination: Any, named: dict[str, Object]) -> Array | None:
    """A destination as an array that begins with its page; None when it leads nowhere."""
    if isinstance(destination, (Name, pikepdf.String)):
        destination = named.get(str(destination).removeprefix("/") if isinstance(destination, Name) else str(destination))
    if isinstance(destination, Dictionary):
        destination = destination.get("/D")
    if isinstance(destination, Array) and len(destination) > 0:
        return destination
    return None


def _page_of(explicit: Array, pages: dict[tuple[int, int], int]) -> int | None:
    page = explicit[0]
    return pages.get(page.objgen) if isinstance(page, Dictionary) else None


def _named_destinations(pdf: Pdf) -> Iterator[tuple[str, Object]]:
    """Names of both kinds: the name tree, and the older dictionary."""
    old = pdf.Root.get("/Dests")
    if isinstance(old, Dictionary):
        for key, value in old.items():
            yield key.removeprefix("/"), value
    names = pdf.Root.get("/Names")
    tree = names.get("/Dests") if isinstance(names, Dictionary) else None
    waiting = [tree] if isinstance(tree, Dictionary) else []
    seen = 0
    while waiting and seen < MAX_NODES:
        node = waiting.pop()
        seen += 1
        leaves = node.get("/Names")
        if isinstance(leaves, Array):
            items = list(leaves)
            for key, value in zip(items[::2], items[1::2], strict=False):
                yield str(key), value
        kids = node.get("/Kids")
        if isinstance(kids, Array):
            waiting.extend(kid for kid in kids if isinstance(kid, Dictionary))


def _outline(
    pdf: Pdf, named: dict[str, Object], pages: dict[tuple[int, int], int]
) -> list[OutlineNode]:
    root = pdf.Root.get("/Outlines")
    seen: set[tuple[int, int]] = set()

    def below(parent: Object, depth: int) -> list[OutlineNode]:
        found: list[OutlineNode] = []
        node = parent.get("/First")
        while isinstance(node, Dictionary) and node.objgen not in seen and len(seen) < MAX_OUTLINE:
            seen.add(node.objgen)
            action = node.get("/A")
            destination = node.get("/Dest")
            if isinstance(action, Dictionary) and action.get("/S") == "/GoTo":
                destination = action.get("/D")
            explicit = _explicit(destination, named)
            title = " ".join(str(node.get("/Title", "")).split())
            children = below(node, depth + 1) if depth < MAX_DEPTH else []
            if title:
                page = _page_of(explicit, pages) if explicit is not None else None
                found.append(OutlineNode(title[:300], page, tuple(children)))
            node = node.get("/Next")
        return found

    return below(root, 1) if isinstance(root, Dictionary) else []


def _integer(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0


# --------------------------------------------------------------------------- layers


def _drop_hidden_layers(pdf: Pdf) -> None:
    """Take out what belongs to layers that are off, so that no viewer can show it again."""
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary):
        return
    hidden = _hidden_groups(properties)
    if not hidden:
        return
    done: set[tuple[int, int]] = set()
    for page in pdf.pages:
        _clean_content(pdf, page.obj, hidden, done)
        annotations = page.obj.get("/Annots")
        if isinstance(annotations, Array):
            page.obj.Annots = Array([note for note in annotations if not _is_hidden(note.get("/OC"), hidden)])


def _hidden_groups(properties: Object) -> set[tuple[int, int]]:
    default = properties.get("/D")
    if not isinstance(default, Dictionary):
        return set()

    def groups(key: str, holder: Object) -> set[tuple[int, int]]:
        listed = holder.get(key)
        return {g.objgen for g in listed if isinstance(g, Dictionary)} if isinstance(listed, Array) else set()

    hidden = groups("/OFF", default)
    if default.get("/BaseState") == "/OFF":
        hidden |= groups("/OCGs", properties) - groups("/ON", default)
    return hidden


def _is_hidden(group: Any, hidden: set[tuple[int, int]]) -> bool:
    """Whether a group, or a membership (ISO 32000-1, 8.11.2.2) by its policy, is off."""
    if not isinstance(group, Dictionary):
        return False
    if group.get("/Type") != "/OCMD":
        return group.objgen in hidden
    members = group.get("/OCGs")
    listed = [members] if isinstance(members, Dictionary) else list(members) if isinstance(members, Array) else []
    off = [member.objgen in hidden for member in listed if isinstance(member, Dictionary)]
    if not off:
        return False
    match str(group.get("/P", "/AnyOn")):
        case "/AllOn":
            return any(off)
        case "/AnyOff":
            return not any(off)
        case "/AllOff":
            return not all(off)
        case _:
            return all(off)


def _clean_content(pdf: Pdf, holder: Any, hidden: set[tuple[int, int]], done: set[tuple[int, int]]) -> None:
    resources = holder.get("/Resources")
    resources = resources if isinstance(resources, Dictionary) else Dictionary()
    marks = resources.get("/Properties")
    objects = resources.get("/XObject")
    if isinstance(objects, Dictionary):
        for key in list(objects.keys()):
            inner = objects[key]
            if _is_hidden(inner.get("/OC"), hidden):
                objects[key] = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 0, 0]))
            elif inner.get("/Subtype") == "/Form" and inner.objgen not in done:
                done.add(inner.objgen)
                _clean_content(pdf, inner, hidden, done)
    if not isinstance(marks, Dictionary) or not any(_is_hidden(v, hidden) for v in marks.values()):
        return
    kept = []
    stack: list[bool] = []
    for instruction in pikepdf.parse_content_stream(holder):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            operands = instruction.operands
            off = (
                operator == "BDC"
                and operands[0] == "/OC"
                and isinstance(operands[1], Name)
                and _is_hidden(marks.get(str(operands[1])), hidden)
            )
            stack.append(off)
            if off:
                continue
        elif operator == "EMC" and stack and stack.pop():
            continue
        if any(stack) and operator not in _PAINTS_NOTHING:
            continue
        kept.append(instruction)
    data = pikepdf.unparse_content_stream(kept)
    if isinstance(holder, pikepdf.Stream):
        holder.write(data)
    else:
        holder.Contents = pdf.make_stream(data)
