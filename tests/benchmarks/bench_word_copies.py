"""How long copies of a large Word file take, and locking them.

    python -m tests.benchmarks.bench_word_copies [--pages 60] [--copies 1000] [--style staff]

Prints what taking the file apart costs, what a copy costs, how much of a copy is its own, and what locking one costs.
"""

from __future__ import annotations

import argparse
import time

from briefpack.copies.copy_mark import CopyMark
from briefpack.copies.word_copy import prepare
from briefpack.copies.word_lock import lock
from briefpack.distribution import Place
from tests.word.making import pack, say
from tests.word.opened import style_of, written

PASSWORD = "a password"  # noqa: S105  it opens nothing else
LIMIT = 0.020
"""Seconds a copy."""
_WORDS = "The members agreed on the text as it stands, and asked the desk to report in the spring. " * 6


def content(pages: int, style: str) -> bytes:
    """A pack of that many pages, a section for every three of them, so that headers differ."""
    sections = [tuple(say(_WORDS) for _ in range(18)) for _ in range(max(1, pages // 3))]
    return written(pack(*sections, watermark="DRAFT", marking="RESTRICTED"), style_of(style)).content


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--pages", type=int, default=60)
    asked.add_argument("--copies", type=int, default=1000)
    asked.add_argument("--style", default="staff")
    order = asked.parse_args()
    made = content(order.pages, order.style)
    start = time.perf_counter()
    prepared = prepare(made, tuple(Place), style_of(order.style))
    ready = time.perf_counter()
    own = 0
    for number in range(1, order.copies + 1):
        name = f"Reader {number}"
        line = f"Copy {number} of {order.copies} — {name}"
        _, *others = prepared.copy(CopyMark(number, order.copies, name, line, f"T{number:06}"))
        own += sum(map(len, others))
    each = (time.perf_counter() - ready) / order.copies
    locking = time.perf_counter()
    lock(made, PASSWORD)
    locking = time.perf_counter() - locking
    print(f"{len(made):,} bytes; taken apart in {1000 * (ready - start):.0f} ms")
    print(
        f"a copy: {1000 * each:.2f} ms, {own // order.copies:,} bytes of its own; locking one: {1000 * locking:.0f} ms"
    )
    print("within the limit" if each <= LIMIT else f"OVER the limit of {1000 * LIMIT:.0f} ms")


if __name__ == "__main__":
    main()
