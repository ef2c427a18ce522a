"""Prints what it costs to lay out and to draw long tables and long columns, at growing lengths.

python -m tests.benchmarks.bench_tables [--rows 200 2000 20000]
"""

from __future__ import annotations

import argparse
import gc
import random
import time

from briefpack.document import Block, Column, Columns, Table
from briefpack.pdf.layout import lay_out
from briefpack.pdf.writer import write_body
from tests.pdf.looks import style
from tests.pdf.vocabulary import callout, document_of, spanned
from tests.samples import WHERE, paragraph, prose, row


def blocks(rows: int) -> dict[str, Block]:
    """A block of so many rows or paragraphs of each kind."""
    rng = random.Random(rows)
    texts = [prose(rng, 1) for _ in range(rows)]
    table = Table(
        (Column(0.2), Column(0.6), Column(0.2)),
        (row("Number", "Words", "More", role="table-header"),),
        tuple(row(str(k), text, "x") for k, text in enumerate(texts)),
        "tbl_long",
        WHERE,
    )
    return {
        "table": table,
        "one cell beside all rows": spanned(regions=1, rows=rows),
        "columns": Columns((tuple(map(paragraph, texts)),), 2, WHERE),
        "box": callout("Box", *(paragraph(text, "callout") for text in texts)),
    }


def run(block: Block) -> tuple[int, float, float]:
    """Pages, and seconds for the layout and for the drawing."""
    document, look = document_of(block), style()
    begin = time.process_time()
    laid = lay_out(document, look)
    middle = time.process_time()
    write_body(document, look, laid)
    return len(laid.pages), middle - begin, time.process_time() - middle


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[200, 2000, 20000])
    counts = parser.parse_args().rows
    # As in a build.
    gc.disable()
    for count in counts:
        for name, block in blocks(count).items():
            pages, laying, drawing = run(block)
            print(
                f"{count:6} rows, {name:24} {pages:5} pages  layout {laying:6.2f} s  drawing {drawing:6.2f} s"
            )


if __name__ == "__main__":
    main()
