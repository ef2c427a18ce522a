"""Prints what notes and long tables cost to lay out and to draw, each twice as large as the one before: the times should double.

python -m tests.benchmarks.bench_notes
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from briefpack.document import Callout, Document, Paragraph, Text
from briefpack.pdf.layout import lay_out
from briefpack.pdf.writer import write_body
from tests.pdf.looks import style
from tests.pdf.noted import Plan, Writer, document, put_rows, section
from tests.samples import WHERE, SectionMaker


def notes(number: int) -> Document:
    """Paragraphs of 40 words, each with a note of 20."""
    writer = Writer()
    return document(section(writer, [Plan("paragraph", 40, (20,))] * number))


def long_note(words: int) -> Document:
    """One note, some 900 words a page."""
    writer = Writer()
    return document(section(writer, [Plan("paragraph", 40, (words,))]))


def rows(number: int) -> Document:
    """A table with a note in each row."""
    writer, maker = Writer(), SectionMaker(1)
    maker.table(("A", "B"), [("", "")], (0.4, 0.6))
    put_rows(maker, [((Text(f"row {k}"),), (Text("cell"), *writer.note(12))) for k in range(number)])
    return document(maker.section("Table"))


def boxed(number: int) -> Document:
    """A callout of paragraphs with notes."""
    writer = Writer()
    inside = tuple(Paragraph(writer.spans(30, (10,)), WHERE, "callout") for _ in range(number))
    return document(replace(SectionMaker(1).section("Box"), blocks=(Callout(None, inside, WHERE),)))


CASES: dict[str, tuple[Callable[[int], Document], int]] = {
    "notes": (notes, 500),
    "words of one note": (long_note, 7_500),
    "rows of a table": (rows, 500),
    "paragraphs of a box": (boxed, 500),
}


def main() -> None:
    look = style()
    for name, (make, size) in CASES.items():
        for number in (size, 2 * size, 4 * size):
            made = make(number)
            begin = time.process_time()
            laid = lay_out(made, look)
            placed = time.process_time()
            write_body(made, look, laid)
            drawn = time.process_time()
            print(
                f"{number:6} {name:20} {len(laid.pages):4} pages, "
                f"laid out in {placed - begin:.2f} s, drawn in {drawn - placed:.2f} s"
            )


if __name__ == "__main__":
    main()
