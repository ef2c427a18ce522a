"""The marks in a page's content that lead to its structure tree (ISO 32000-1, 14.6 and 14.7.4): read, mended where that is safe, or taken out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import pikepdf
from pikepdf import (
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
from briefpack.annexes.values import content_bytes, content_size, content_streams

Instruction: TypeAlias = ContentStreamInstruction | ContentStreamInlineImage
Key: TypeAlias = tuple[int, int]
"""A PDF object's number and generation."""

LARGEST = 8 << 20
"""Bytes of content that are taken apart; what is larger has no tags worth the memory."""

_OPEN_PATH = frozenset({"m", "re"})
_PAINT_PATH = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})
_SHOW = frozenset({"Tj", "TJ", "'", '"', "sh", "INLINE IMAGE"})
_MOST_FORMS = 20
"""Forms within forms."""
_BEGIN_ARTIFACT = ContentStreamInstruction([Name.Artifact], Operator("BMC"))
_END = ContentStreamInstruction([], Operator("EMC"))


class Untagged(Exception):  # noqa: N818 - a finding, not a fault
    """The tags of a file do not say all that its pages say."""


@dataclass(slots=True)
class Marked:
    """The marks of one page. marks: by the object whose content they are in, the page or a form, in their order.

    forms: the forms with marks. content: of the page, when it had to be mended.
    """

    marks: dict[Key, list[int]] = field(default_factory=dict)
    forms: dict[Key, Object] = field(default_factory=dict)
    content: bytes | None = None


def read_marks(page: Object) -> Marked:
    """The marks of a page on which all text and every picture is marked, as content or as an artifact.

    Lines and areas that are not marked become artifacts: nothing can be read in them. Raises Untagged for any other page.
    """
    found = Marked()
    reader = _Reader(found)
    resources = inherited(page, "/Resources")
    instructions = list(reader.read(page, resources, page.objgen, (), 0))
    if reader.mended or reader.depth:
        instructions += [ContentStreamInstruction([], Operator("Q"))] * reader.depth
        found.content = pikepdf.unparse_content_stream(instructions)
    return found


class _Reader:
    """mended: what was read is not quite what is to be written. depth: how many saved states are left at the page's end."""

    def __init__(self, found: Marked) -> None:
        self._found = found
        self.mended = False
        self.depth = 0

    def read(
        self, holder: Object, resources: Object | None, owner: Key, above: tuple[str, ...], level: int
    ) -> Iterator[Instruction]:
        """The instructions of a page or form. above: the marks it is painted within."""
        marks: list[int] = []
        # "content", "artifact", or "" for a mark that is neither.
        opened: list[str] = list(above)
        path: list[Instruction] | None = None
        depth, in_text = 0, False
        for instruction in _instructions(holder):
            operator = str(instruction.operator)
            if operator in {"BDC", "BMC"}:
                opened.append(self._kind(instruction, resources, marks, opened))
            elif operator == "EMC":
                if len(opened) == len(above):
                    raise Untagged
                opened.pop()
            elif operator == "q":
                depth += 1
            elif operator == "Q":
                if depth == 0:
                    # A reader passes over it; behind a page that is put in a state of its own it would not.
                    self.mended = True
                    continue
                depth -= 1
            elif operator in {"BT", "ET"}:
                if in_text == (operator == "BT"):
                    raise Untagged
                in_text = not in_text
            covered = "content" in opened or "artifact" in opened
            if operator in _SHOW and not covered:
                raise Untagged
            if operator == "Do":
                self._painted(instruction, resources, tuple(opened), covered, level)
            if covered or level:
                if operator in _PAINT_PATH and not covered:
                    raise Untagged
                if path is not None:
                    yield from path
                    path = None
                yield instruction
                continue
            if operator in _OPEN_PATH and path is None:
                path = []
            if path is None:
                yield instruction
                continue
            path.append(instruction)
            if operator in _PAINT_PATH:
                self.mended = True
                yield from (_BEGIN_ARTIFACT, *path, _END)
                path = None
            elif operator == "n":
                yield from path
                path = None
        yield from path or ()
        if len(opened) != len(above) or in_text:
            raise Untagged
        if level == 0:
            self.depth = depth
        if len(marks) != len(set(marks)):
            raise Untagged
        if marks:
            if owner in self._found.marks:
                # A form with marks that is painted twice says two things with one mark.
                raise Untagged
            self._found.marks[owner] = marks
            if level:
                self._found.forms[owner] = holder

    @staticmethod
    def _kind(instruction: Instruction, resources: Object | None, marks: list[int], opened: list[str]) -> str:
        operands = list(instruction.operands)
        held = _held(operands, resources)
        mark: object = None if held is None else held.get("/MCID")
        if isinstance(mark, int) and not isinstance(mark, bool) and mark >= 0:
            if "artifact" in opened or "content" in opened:
                raise Untagged
            marks.append(mark)
            return "content"
        if operands and operands[0] == Name.Artifact:
            if "content" in opened:
                raise Untagged
            return "artifact"
        return ""

    def _painted(
        self,
        instruction: Instruction,
        resources: Object | None,
        opened: tuple[str, ...],
        covered: bool,
        level: int,
    ) -> None:
        named = resources.get("/XObject") if isinstance(resources, Dictionary) else None
        operands = list(instruction.operands)
        name = operands[0] if operands else None
        stream = named.get(name) if isinstance(named, Dictionary) and isinstance(name, Name) else None
        if not isinstance(stream, Stream):
            return
        if stream.get("/Subtype") != Name.Form:
            if not covered:
                raise Untagged
            return
        if level >= _MOST_FORMS:
            raise Untagged
        inside = self.read(stream, stream.get("/Resources", resources), stream.objgen, opened, level + 1)
        for _ in inside:
            pass


def _held(operands: list[Object], resources: Object | None) -> Dictionary | None:
    """The properties of a mark, written beside it or under a name."""
    held = operands[1] if len(operands) > 1 else None
    if isinstance(held, Name):
        named = resources.get("/Properties") if isinstance(resources, Dictionary) else None
        held = named.get(held) if isinstance(named, Dictionary) else None
    return held if isinstance(held, Dictionary) else None


def _instructions(holder: Object) -> list[Instruction]:
    if content_size(holder) > LARGEST:
        raise Untagged
    try:
        return list(pikepdf.parse_content_stream(holder))
    except pikepdf.PdfError:
        raise Untagged from None


# --------------------------------------------------------------------------- taking marks out


def remove_marks(pdf: Pdf) -> None:
    """Take out of all content what would lead into a structure tree: marks with a number, and artifacts."""
    done: set[Key] = set()
    for page in pdf.pages:
        resources = inherited(page.obj, "/Resources")
        if any(_has_marks(stream) for stream in content_streams(page.obj)):
            page.obj.Contents = pdf.make_stream(_without_marks(page.obj, resources))
        _remove_below(resources, done)


def _remove_below(resources: Object | None, done: set[Key]) -> None:
    waiting = [resources]
    while waiting:
        holder = waiting.pop()
        if not isinstance(holder, Dictionary):
            continue
        for kind in ("/XObject", "/Pattern"):
            named = holder.get(kind, Dictionary())
            for name in named if isinstance(named, Dictionary) else Dictionary():
                stream = named[str(name)]
                if not isinstance(stream, Stream) or stream.objgen in done:
                    continue
                done.add(stream.objgen)
                if kind == "/Pattern" or stream.get("/Subtype") == Name.Form:
                    own = stream.get("/Resources", holder)
                    if _has_marks(stream):
                        stream.write(_without_marks(stream, own))
                    waiting.append(own)


def _has_marks(stream: Stream) -> bool:
    try:
        content = stream.read_bytes()
    except pikepdf.PdfError:
        # Nobody can read it, so it marks nothing.
        return False
    return b"BDC" in content or b"BMC" in content


def _without_marks(holder: Object, resources: Object | None) -> bytes:
    if content_size(holder) <= LARGEST:
        try:
            return _rewritten(holder, resources)
        except (pikepdf.PdfError, UnicodeDecodeError):
            # Readers pass over what they do not understand, and so must this.
            pass
    # It cannot be taken apart: the marks stay, and mean nothing any more.
    return content_bytes(holder).replace(b"/MCID", b"/Mark").replace(b"/Artifact", b"/Ornament")


def _rewritten(holder: Object, resources: Object | None) -> bytes:
    kept: list[Instruction] = []
    dropped: list[bool] = []
    for instruction in pikepdf.parse_content_stream(holder):
        operator = str(instruction.operator)
        if operator in {"BDC", "BMC"}:
            operands = list(instruction.operands)
            held = _held(operands, resources)
            drop = bool(operands) and operands[0] in {Name.Artifact, Name.OC}
            dropped.append(drop or (held is not None and "/MCID" in held))
            if dropped[-1]:
                continue
        elif operator == "EMC" and (not dropped or dropped.pop()):
            continue
        kept.append(instruction)
    kept += [_END] * dropped.count(False)
    return pikepdf.unparse_content_stream(kept)
