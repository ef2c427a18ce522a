"""Dictionaries of a clean file → the same with only those entries that ISO 32000 gives a meaning for the look of a page.

Programs may put anything into any dictionary, and much of it says more than the page does.
"""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

_STREAM = frozenset({"/Length", "/Filter", "/DecodeParms", "/DL"})

_ENTRIES: dict[str, frozenset[str]] = {
    "resources": frozenset(
        ["/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/ProcSet", "/Properties"]
    ),
    "image": _STREAM
    | frozenset(
        [
            *(
                "/Type",
                "/Subtype",
                "/Width",
                "/Height",
                "/ColorSpace",
                "/BitsPerComponent",
                "/Intent",
                "/ImageMask",
            ),
            *("/Mask", "/Decode", "/Interpolate", "/SMask", "/SMaskInData", "/Matte"),
        ]
    ),
    "form": _STREAM
    | frozenset(
        [
            *("/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Resources", "/Group"),
            *("/StructParent", "/StructParents"),
        ]
    ),
    "group": frozenset({"/Type", "/S", "/CS", "/I", "/K"}),
    "font": frozenset(
        [
            *("/Type", "/Subtype", "/BaseFont", "/FirstChar", "/LastChar", "/Widths", "/FontDescriptor"),
            *("/Encoding", "/ToUnicode", "/DescendantFonts", "/FontBBox", "/FontMatrix", "/CharProcs"),
            *("/Resources", "/CIDSystemInfo", "/DW", "/W", "/DW2", "/W2", "/CIDToGIDMap", "/Name"),
        ]
    ),
    "descriptor": frozenset(
        [
            *("/Type", "/FontName", "/FontFamily", "/FontStretch", "/FontWeight", "/Flags", "/FontBBox"),
            *(
                "/ItalicAngle",
                "/Ascent",
                "/Descent",
                "/Leading",
                "/CapHeight",
                "/XHeight",
                "/StemV",
                "/StemH",
            ),
            *("/AvgWidth", "/MaxWidth", "/MissingWidth", "/FontFile", "/FontFile2", "/FontFile3", "/CharSet"),
            *("/CIDSet", "/Style", "/Lang", "/FD"),
        ]
    ),
    "program": _STREAM | frozenset({"/Length1", "/Length2", "/Length3", "/Subtype"}),
    "encoding": _STREAM
    | frozenset(
        ["/Type", "/BaseEncoding", "/Differences", "/CMapName", "/CIDSystemInfo", "/WMode", "/UseCMap"]
    ),
    "system": frozenset({"/Registry", "/Ordering", "/Supplement"}),
    "glyph": _STREAM,
    "state": frozenset(
        [
            *("/Type", "/LW", "/LC", "/LJ", "/ML", "/D", "/RI", "/OP", "/op", "/OPM", "/Font", "/BG", "/BG2"),
            *(
                "/UCR",
                "/UCR2",
                "/TR",
                "/TR2",
                "/HT",
                "/FL",
                "/SM",
                "/SA",
                "/BM",
                "/SMask",
                "/CA",
                "/ca",
                "/AIS",
            ),
            *("/TK", "/UseBlackPtComp", "/HTO"),
        ]
    ),
    "mask": frozenset({"/Type", "/S", "/G", "/BC", "/TR"}),
    "pattern": _STREAM
    | frozenset(
        [
            *(
                "/Type",
                "/PatternType",
                "/PaintType",
                "/TilingType",
                "/BBox",
                "/XStep",
                "/YStep",
                "/Resources",
            ),
            *("/Matrix", "/Shading", "/ExtGState"),
        ]
    ),
    "shading": _STREAM
    | frozenset(
        [
            *("/ShadingType", "/ColorSpace", "/Background", "/BBox", "/AntiAlias", "/Matrix", "/Function"),
            *("/Domain", "/Coords", "/Extend", "/BitsPerCoordinate", "/BitsPerComponent", "/BitsPerFlag"),
            *("/Decode", "/VerticesPerRow"),
        ]
    ),
    "function": _STREAM
    | frozenset(
        [
            *(
                "/FunctionType",
                "/Domain",
                "/Range",
                "/Size",
                "/BitsPerSample",
                "/Order",
                "/Encode",
                "/Decode",
            ),
            *("/C0", "/C1", "/N", "/Functions", "/Bounds"),
        ]
    ),
    "profile": _STREAM | frozenset({"/N", "/Alternate", "/Range"}),
    "marks": frozenset(
        [
            *(
                "/Type",
                "/Name",
                "/OCGs",
                "/P",
                "/VE",
                "/MCID",
                "/ActualText",
                "/Alt",
                "/E",
                "/Lang",
                "/Subtype",
            ),
            *("/Attached", "/BBox"),
        ]
    ),
}
"""By kind of dictionary, its entries: ISO 32000-2, tables 5, 34, 57, 69, 74, 76 to 81, 87, 93, 95, 96, 97, 109 to 125, 142, 145, 352."""

_BELOW: dict[str, dict[str, str]] = {
    "resources": {
        "/ExtGState": "state*",
        "/ColorSpace": "space*",
        "/Pattern": "pattern*",
        "/Shading": "shading*",
        "/XObject": "xobject*",
        "/Font": "font*",
        "/Properties": "marks*",
    },
    "image": {"/ColorSpace": "space", "/Mask": "image", "/SMask": "image"},
    "form": {"/Resources": "resources", "/Group": "group"},
    "group": {"/CS": "space"},
    "font": {
        "/FontDescriptor": "descriptor",
        "/Encoding": "encoding",
        "/ToUnicode": "encoding",
        "/DescendantFonts": "font",
        "/CharProcs": "glyph*",
        "/Resources": "resources",
        "/CIDSystemInfo": "system",
        "/CIDToGIDMap": "glyph",
    },
    "descriptor": {"/FontFile": "program", "/FontFile2": "program", "/FontFile3": "program"},
    "encoding": {"/CIDSystemInfo": "system", "/UseCMap": "encoding"},
    "state": {"/SMask": "mask", "/TR": "function", "/TR2": "function", "/BG": "function", "/UCR": "function"},
    "mask": {"/G": "form", "/TR": "function"},
    "pattern": {"/Resources": "resources", "/Shading": "shading", "/ExtGState": "state"},
    "shading": {"/ColorSpace": "space", "/Function": "function"},
    "function": {"/Functions": "function"},
    "profile": {"/Alternate": "space"},
}
"""What kind the dictionaries are that an entry holds, alone or in an array; "*": it holds them by name."""


def keep_known_entries(new: Pdf) -> None:
    """Take every entry that nobody needs out of what the pages of a clean file are made of, in place."""
    waiting: list[tuple[str, object]] = []
    for page in new.pages:
        waiting += [("resources", page.obj.get("/Resources")), ("group", page.obj.get("/Group"))]
    done: set[tuple[int, int]] = set()
    while waiting:
        kind, value = waiting.pop()
        if isinstance(value, Array):
            if kind == "space":
                waiting += _in_space(value)
            else:
                waiting += [(kind, item) for item in value]
            continue
        if not isinstance(value, (Dictionary, Stream)):
            continue
        if value.is_indirect:
            if value.objgen in done:
                continue
            done.add(value.objgen)
        if kind == "xobject":
            kind = "image" if value.get("/Subtype") == Name.Image else "form"
        entries = _ENTRIES.get(kind)
        if entries is None:
            continue
        for key in [key for key in map(str, value) if key not in entries]:
            del value[key]
        waiting += _below(kind, value)


def _below(kind: str, value: Object) -> Iterator[tuple[str, object]]:
    for key, held in _BELOW.get(kind, {}).items():
        below = value.get(key)
        if not held.endswith("*"):
            yield held, below
        elif isinstance(below, Dictionary):
            for name in below:
                yield held[:-1], below[str(name)]


def _in_space(space: Array) -> list[tuple[str, object]]:
    """What stands in the array of a colour space (ISO 32000-2, 8.6): profiles, functions, other spaces."""
    family = str(space[0]) if len(space) else ""
    if family == "/ICCBased":
        return [("profile", item) for item in space]
    found: list[tuple[str, object]] = []
    for item in list(space)[1:]:
        if isinstance(item, Array):
            found.append(("space", item))
        elif isinstance(item, Stream):
            # The table of an indexed space is a stream as well, and has nothing but its bytes.
            found.append(("function", item))
    return found
