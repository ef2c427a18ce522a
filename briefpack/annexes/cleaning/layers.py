"""What is drawn on layers that are switched off → nothing at all, so that it can neither be seen nor switched on.

Layers (optional content) are ISO 32000-2, 8.11.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import pikepdf
from pikepdf import (
    Array,
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Object,
    Operator,
    Pdf,
    Stream,
)

from briefpack.annexes.cleaning.boxes import inherited
from briefpack.annexes.values import dictionaries

_Instruction: TypeAlias = ContentStreamInstruction | ContentStreamInlineImage

_DEEPEST_EXPRESSION = 32
_PAINT_PATH = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})
_PAINT_ELSE = frozenset({"Tj", "TJ", "Do", "sh", "INLINE IMAGE"})
_NEXT_LINE = frozenset({"'", '"'})


class Layers:
    """Which layers of a document are off when it is opened. hide: whether anything may be hidden by them."""

    def __init__(self, pdf: Pdf) -> None:
        properties = pdf.Root.get("/OCProperties")
        self.off: set[tuple[int, int]] = set()
        self.hide = False
        if isinstance(properties, Dictionary):
            self._read(properties)
            # A membership may ask that its layers be off: it hides what belongs to it while all of them are on.
            self.hide = bool(self.off) or any(
                isinstance(item, Dictionary) and item.get("/Type") == Name.OCMD for item in pdf.objects
            )

    def _read(self, properties: Dictionary) -> None:
        config = properties.get("/D")
        if not isinstance(config, Dictionary):
            return
        groups = dictionaries(properties.get("/OCGs"))
        if config.get("/BaseState") == Name.OFF:
            self.off = {g.objgen for g in groups} - {g.objgen for g in dictionaries(config.get("/ON"))}
        self.off |= {g.objgen for g in dictionaries(config.get("/OFF"))}
        for usage in dictionaries(config.get("/AS")):
            if usage.get("/Event") == Name.View:
                for group in dictionaries(usage.get("/OCGs")):
                    self._apply_usage(group)
        # A layer meant for designers only is not a layer to the reader: its content is always seen.
        self.off -= {g.objgen for g in groups if not _for_viewing(g.get("/Intent"))}

    def _apply_usage(self, group: Dictionary) -> None:
        usage = group.get("/Usage")
        view = usage.get("/View") if isinstance(usage, Dictionary) else None
        state = view.get("/ViewState") if isinstance(view, Dictionary) else None
        if state == Name.OFF:
            self.off.add(group.objgen)
        elif state == Name.ON:
            self.off.discard(group.objgen)

    def hides(self, membership: object) -> bool:
        """Whether what belongs to this layer, or membership of layers, is not seen."""
        if not self.hide or not isinstance(membership, Dictionary):
            return False
        if membership.get("/Type") != Name.OCMD:
            return membership.objgen in self.off
        expression = membership.get("/VE")
        if isinstance(expression, Array):
            return not self._seen(expression, 0)
        states = [g.objgen not in self.off for g in dictionaries(membership.get("/OCGs"))]
        if not states:
            return False
        match str(membership.get("/P", Name.AnyOn)):
            case "/AllOn":
                return not all(states)
            case "/AnyOff":
                return all(states)
            case "/AllOff":
                return any(states)
            case _:
                return not any(states)

    def _seen(self, expression: object, depth: int) -> bool:
        if isinstance(expression, Dictionary):
            return expression.objgen not in self.off
        if not isinstance(expression, Array) or len(expression) == 0 or depth > _DEEPEST_EXPRESSION:
            return True
        operator, *operands = list(expression)
        states = [self._seen(operand, depth + 1) for operand in operands]
        match str(operator):
            case "/And":
                return all(states)
            case "/Or":
                return any(states)
            case "/Not":
                return not states[0] if states else True
            case _:
                return True


def are_undefined(pdf: Pdf) -> bool:
    """Whether a document draws on layers that its catalog does not know. They are seen: nothing switches them off (ISO 32000-2, 8.11.4.2);
    PDFium does not show them."""
    return "/OCProperties" not in pdf.Root and any(
        isinstance(item, (Dictionary, Stream))
        and ("/OC" in item or item.get("/Type") in {Name.OCG, Name.OCMD})
        for item in pdf.objects
    )


def remove_hidden(pdf: Pdf, layers: Layers) -> None:
    """Take out of every page what is drawn on layers that are off. Raises PdfError for content that cannot be read."""
    if not layers.hide:
        return
    done: set[tuple[int, int]] = set()
    for page in pdf.pages:
        resources = inherited(page.obj, "/Resources")
        if "/Contents" in page.obj:
            page.obj.Contents = pdf.make_stream(_visible_part(page.obj, resources, layers))
        _clean_below(resources, layers, done)


def _clean_below(resources: object, layers: Layers, done: set[tuple[int, int]]) -> None:
    waiting = [resources]
    while waiting:
        holder = waiting.pop()
        for kind in ("/XObject", "/Pattern"):
            named = holder.get(kind) if isinstance(holder, Dictionary) else None
            for stream in _streams(named):
                if stream.objgen in done:
                    continue
                done.add(stream.objgen)
                if layers.hides(stream.get("/OC")):
                    _make_blank(stream)
                elif kind == "/Pattern" or stream.get("/Subtype") == Name.Form:
                    own = stream.get("/Resources", holder)
                    stream.write(_visible_part(stream, own, layers))
                    waiting.append(own)


def _make_blank(stream: Stream) -> None:
    """Whatever the stream drew, it draws nothing now."""
    for key in list(stream.keys()):
        if key != "/Length":
            del stream[key]
    stream.write(b"")
    stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, 0, 0])


def _visible_part(holder: Object, resources: object, layers: Layers) -> bytes:
    properties = resources.get("/Properties") if isinstance(resources, Dictionary) else None
    kept: list[_Instruction] = []
    hidden: list[bool] = []
    for instruction in pikepdf.parse_content_stream(holder):
        operator = str(instruction.operator)
        if operator in {"BDC", "BMC"}:
            hidden.append(operator == "BDC" and _is_hidden(instruction, properties, layers))
        elif operator == "EMC" and hidden:
            hidden.pop()
        elif any(hidden):
            kept.extend(_unpainted(instruction, operator))
            continue
        kept.append(instruction)
    return pikepdf.unparse_content_stream(kept)


def _unpainted(instruction: _Instruction, operator: str) -> list[_Instruction]:
    """What sets the state stays, for what follows may need it; what paints goes."""
    if operator in _PAINT_ELSE:
        return []
    if operator in _PAINT_PATH:
        return [ContentStreamInstruction([], Operator("n"))]
    if operator in _NEXT_LINE:
        return [ContentStreamInstruction([], Operator("T*"))]
    return [instruction]


def _is_hidden(instruction: _Instruction, properties: object, layers: Layers) -> bool:
    operands = list(instruction.operands)
    if len(operands) != 2 or operands[0] != Name.OC or not isinstance(properties, Dictionary):
        return False
    name = operands[1]
    return isinstance(name, Name) and layers.hides(properties.get(name))


def _for_viewing(intent: object) -> bool:
    if intent is None:
        return True
    wanted = {str(i) for i in intent} if isinstance(intent, Array) else {str(intent)}
    return bool(wanted & {"/View", "/All"})


def _streams(named: object) -> Iterator[Stream]:
    if isinstance(named, Dictionary):
        for key in named:
            stream = named[str(key)]
            if isinstance(stream, Stream):
                yield stream
