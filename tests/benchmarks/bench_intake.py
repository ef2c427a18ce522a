"""How long taking in takes: a folder of PDFs for the first time, one by one, and again from what was kept. `python -m tests.benchmarks.bench_intake FOLDER`.

The aim: at most 0.1 s a page in the median file the first time. Files in parallel come last.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from briefpack.annexes.intake import take_in
from tests.annexes.makers import annex, document, saved

SECONDS_A_PAGE = 0.1


def main(folder: Path | None) -> int:
    with tempfile.TemporaryDirectory() as made:
        room = Path(made)
        paths = (
            sorted(folder.glob("*.pdf"))
            if folder is not None
            else [saved(document(pages), room / f"{pages}.pdf") for pages in (1, 5, 20, 80)]
        )
        annexes = [annex(path) for path in paths]
        began = time.perf_counter()
        take_in(annexes[:1], room / "warm")
        start = time.perf_counter() - began
        per_page = []
        for each in annexes:
            began = time.perf_counter()
            facts, _ = take_in([each], room / "work")
            seconds = time.perf_counter() - began
            if facts:
                per_page.append(seconds / facts[each.id].pages)
        began = time.perf_counter()
        taken, _ = take_in(annexes, room / "work")
        again = time.perf_counter() - began
        began = time.perf_counter()
        take_in(annexes, room / "parallel")
        together = time.perf_counter() - began
    pages = sum(fact.pages for fact in taken.values())
    median = statistics.median(per_page)
    print(
        f"start of a process and one file {start:.2f} s; {len(taken)} of {len(paths)} files right, {pages} pages"
    )
    print(f"first time, each alone: median {median:.3f} s a page (aim {SECONDS_A_PAGE})")
    print(f"first time, all together: {together:.1f} s, {together / max(1, pages):.3f} s a page")
    print(f"again: {again:.2f} s")
    return 0 if median <= SECONDS_A_PAGE else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
