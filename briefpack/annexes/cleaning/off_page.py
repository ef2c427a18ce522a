"""Text beyond the edge of a page, where a crop hid it from the eye and from nobody else → out of the clean file, where that moves nothing."""

from __future__ import annotations

import ctypes
from collections.abc import Collection, Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, ContentStreamInstruction, Dictionary, Object, Operator, Pdf, Stream, String

from briefpack.annexes.cleaning.marks import LARGEST, Instruction
from briefpack.annexes.values import content_size, several

_SHOW = frozenset({"Tj", "TJ", "'", '"'})
_MOVE = frozenset({"Td", "TD", "Tm", "T*", "BT", "ET", "'", '"'})
_FIRST_CLIP = 4
"""Text modes from here on cut out what is painted later (ISO 32000-2, table 104)."""
_MARGIN = 1.0
"""Points; what is as near to the edge may be seen."""


def remove_off_page(new: Pdf, path: Path, pages: Collection[int]) -> bool:
    """Take out of these pages (0-based) the texts of which nothing lies on the page. path: where new was saved.

    Returns whether there were any. Text of forms within forms stays, and text on whose width the place of other text depends.
    """
    changed = False
    done: set[tuple[int, int]] = set()
    document = pypdfium2.PdfDocument(path)
    try:
        for index in pages:
            page = document[index]
            try:
                off = list(_off(page))
            finally:
                page.close()
            changed |= _remove(new, new.pages[index].obj, off, done)
    finally:
        document.close()
    return changed


def _off(page: pypdfium2.PdfPage) -> Iterator[bool]:
    """Of each text of a page, in the order of its operators, whether all of it lies off the page."""
    left, bottom, right, top = page.get_mediabox()
    objects = [pdfium.FPDFPage_GetObject(page, n) for n in range(pdfium.FPDFPage_CountObjects(page))]
    if len(objects) == 1 and pdfium.FPDFPageObj_GetType(objects[0]) == pdfium.FPDF_PAGEOBJ_FORM:
        form = objects[0]
        objects = [
            pdfium.FPDFFormObj_GetObject(form, n) for n in range(pdfium.FPDFFormObj_CountObjects(form))
        ]
    for one in objects:
        if pdfium.FPDFPageObj_GetType(one) != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        edges = [ctypes.c_float() for _ in range(4)]
        if pdfium.FPDFTextObj_GetTextRenderMode(one) >= _FIRST_CLIP or not pdfium.FPDFPageObj_GetBounds(
            one, *edges
        ):
            yield False
            continue
        x0, y0, x1, y1 = (edge.value for edge in edges)
        yield (x1 < left - _MARGIN or x0 > right + _MARGIN or y1 < bottom - _MARGIN or y0 > top + _MARGIN)


def _remove(new: Pdf, page: Object, off: list[bool], done: set[tuple[int, int]]) -> bool:
    form = page.Resources.get("/XObject", Dictionary()).get("/Annex") if "/Resources" in page else None
    contents = page.get("/Contents")
    # Pages without tags paint one form, and may share it.
    holder = form if isinstance(form, Stream) and not isinstance(contents, Array) else page
    if holder.objgen in done or not any(off):
        return False
    done.add(holder.objgen)
    if content_size(holder) > LARGEST:
        return False
    try:
        instructions = list(pikepdf.parse_content_stream(holder))
    except (pikepdf.PdfError, UnicodeDecodeError):
        return False
    shows = [number for number, one in enumerate(instructions) if _shows(one)]
    if len(shows) != len(off):
        # PDFium read it otherwise, so that it is not known which text is which.
        return False
    gone = set(_removable(instructions, dict(zip(shows, off, strict=True))))
    if not gone:
        return False
    kept: list[Instruction] = []
    for number, one in enumerate(instructions):
        kept += _moves(one) if number in gone else [one]
    written = pikepdf.unparse_content_stream(kept)
    if holder is page:
        page.Contents = new.make_indirect(Array([new.make_stream(written)]))
    else:
        holder.write(written)
    return True


def _shows(instruction: Instruction) -> bool:
    """Whether it shows any letter at all."""
    if str(instruction.operator) not in _SHOW or not len(instruction.operands):
        return False
    return any(isinstance(item, String) and len(bytes(item)) for item in several(instruction.operands[-1]))


def _removable(instructions: list[Instruction], off: dict[int, bool]) -> Iterator[int]:
    """Texts that are off the page together with all that follow them without a place of their own."""
    run: list[int] = []
    for number, one in enumerate(instructions):
        if str(one.operator) in _MOVE:
            if all(off[each] for each in run):
                yield from run
            run = []
        if number in off:
            run.append(number)
    if all(off[each] for each in run):
        yield from run


def _moves(instruction: Instruction) -> list[Instruction]:
    """What an operator that shows text does beside that."""
    operator, operands = str(instruction.operator), list(instruction.operands)
    following = ContentStreamInstruction([], Operator("T*"))
    if operator == "'":
        return [following]
    if operator == '"' and len(operands) == 3:
        return [
            ContentStreamInstruction([operands[0]], Operator("Tw")),
            ContentStreamInstruction([operands[1]], Operator("Tc")),
            following,
        ]
    return []
