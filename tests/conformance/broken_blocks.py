"""Breaks what the vocabulary brings into a good tagged PDF: notes, headers of rows, cells over rows, charts, codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.conformance.broken_pdf import Mutation, elements_of, first_of, kids_of, rewrite


def _attributed(pdf: Pdf, kind: str, name: str, said: Any = None) -> tuple[Any, Any]:
    """The first element of a kind with an attribute, and the dictionary that says so."""
    for element in elements_of(pdf, kind):
        held = element.get("/A")
        for each in list(held) if isinstance(held, Array) else [held]:
            if isinstance(each, Dictionary) and name in each and said in (None, each[name]):
                return element, each
    raise AssertionError(f"there is no {kind} with {name}")


def _row_without_scope(pdf: Pdf) -> None:
    del _attributed(pdf, "TH", "/Scope", Name.Row)[1]["/Scope"]


def _row_as_column(pdf: Pdf) -> None:
    _attributed(pdf, "TH", "/Scope", Name.Row)[1].Scope = Name.Column


def _row_head_as_data(pdf: Pdf) -> None:
    element, _ = _attributed(pdf, "TH", "/Scope", Name.Row)
    element.S = Name.TD


def _shorter_cell(pdf: Pdf) -> None:
    del _attributed(pdf, "TD", "/RowSpan")[1]["/RowSpan"]


def _narrower_cell(pdf: Pdf) -> None:
    del _attributed(pdf, "TD", "/ColSpan")[1]["/ColSpan"]


def _note_without_name(pdf: Pdf) -> None:
    del first_of(pdf, "Note")["/ID"]


def _notes_of_one_name(pdf: Pdf) -> None:
    one, other = list(elements_of(pdf, "Note"))[:2]
    other.ID = one.ID


def _note_is_none(pdf: Pdf) -> None:
    first_of(pdf, "Note").S = Name.Span


def _marks_of(element: Any) -> Iterator[tuple[Any, int]]:
    """The pages and marks of all below an element."""

    def walk(element: Any, page: Any) -> Iterator[tuple[Any, int]]:
        page = element.get("/Pg", page)
        for kid in kids_of(element):
            if isinstance(kid, int):
                yield page, kid
            elif isinstance(kid, Dictionary) and kid.get("/Type") == Name.MCR:
                yield kid.get("/Pg", page), int(kid.MCID)
            elif isinstance(kid, Dictionary) and "/S" in kid:
                yield from walk(kid, page)

    return walk(element, None)


def _note_without_words(pdf: Pdf) -> None:
    """Its marks are there, and nothing is painted in them."""

    def emptied(found: re.Match[bytes]) -> bytes:
        return (
            found[1] + re.sub(rb"(?:\([^)]*\)|<[0-9A-Fa-f]*>|\[[^\]]*\])\s*T[jJ]", b"", found[2]) + found[3]
        )

    for page, mark in _marks_of(first_of(pdf, "Note")):
        rewrite(pdf, page, rb"(/MCID %d\b[^>]*>>\s*BDC)(.*?)(EMC)" % mark, emptied)


def _note_elsewhere(pdf: Pdf) -> None:
    """A note is read out at the end of all, and not where its mark stands."""
    note = first_of(pdf, "Note")
    around = note.P
    around.K = Array(
        [kid for kid in kids_of(around) if not (isinstance(kid, Dictionary) and kid.objgen == note.objgen)]
    )
    last = list(elements_of(pdf, "Sect"))[-1]
    last.K = Array([*kids_of(last), note])
    note.P = last


def _chart(pdf: Pdf) -> Any:
    """The picture whose alternative text has its numbers."""
    return next(each for each in elements_of(pdf, "Figure") if "two 2" in str(each.get("/Alt", "")))


def _chart_unsaid(pdf: Pdf) -> None:
    del _chart(pdf)["/Alt"]


def _chart_without_numbers(pdf: Pdf) -> None:
    _chart(pdf).Alt = String("A bar chart.")


def _chart_spelled_out(pdf: Pdf) -> None:
    """What is painted in a chart is in the tree as paragraphs, so that numbers are read without what they belong to."""
    _chart(pdf).S = Name.P


def _caption_lost(pdf: Pdf) -> None:
    caption = next(
        each for each in kids_of(_chart(pdf)) if isinstance(each, pikepdf.Dictionary) and "/S" in each
    )
    caption.S = Name.Span


def _label_lost(pdf: Pdf) -> None:
    """A term is no label any more."""
    for item in elements_of(pdf, "LI"):
        label, *_ = kids_of(item)
        label.S = Name.LBody
        return


BLOCKS: dict[str, tuple[str, Mutation]] = {
    "the head of a row without a scope": ("does not say whose header it is", _row_without_scope),
    "the head of a row as that of its column": ("kinds: tables", _row_as_column),
    "the head of a row as data": ("kinds: tables", _row_head_as_data),
    "a cell over two rows that says one": ("kinds: tables", _shorter_cell),
    "a cell over two columns that says one": ("kinds: tables", _narrower_cell),
    "a note without a name": ("has no name", _note_without_name),
    "two notes of one name": ("two elements are called", _notes_of_one_name),
    "a note that is none": ("kinds: notes", _note_is_none),
    "a note without words": ("kinds: notes", _note_without_words),
    "a note that is read out elsewhere": ("told: ", _note_elsewhere),
    "a chart that says nothing": ("does not say what it shows", _chart_unsaid),
    "a chart without its numbers": ("kinds: pictures", _chart_without_numbers),
    "a chart whose numbers are paragraphs": ("told: ", _chart_spelled_out),
    "a caption that is none": ("kinds: captions", _caption_lost),
    "a label that is none": ("instead of a label and a body", _label_lost),
}
"""As broken_pdf.MUTATIONS."""
