"""How long the small stages take, of which nobody should notice anything: `python -m tests.benchmarks.bench_stages`. How their work grows is a matter of tests (tests/counting.py)."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from briefpack.blocks import AuthorBlock, ListBlock
from briefpack.body import StampRequest
from briefpack.document import ListKind
from briefpack.pack import AuthorSection
from briefpack.pdf.stamps import make_stamps
from briefpack.reading.read_style import read_style
from briefpack.reading.style_shelf import packaged_base
from tests.made_style import made_style
from tests.pdf.looks import style
from tests.resolve.making import document, heading, item, pack, section, text, to, where
from tests.resolve.written import lowered
from tests.samples import sample_document

STYLES = Path(__file__).parents[2] / "styles"
SAID = "The quick brown fox jumps over the lazy dog again and again in order to be read. " * 4


def _show(what: str, work: Callable[[], object]) -> None:
    times = []
    for _ in range(3):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    print(f"{what:45} {min(times):7.3f} s")


def _read() -> None:
    packaged_base.cache_clear()
    read_style("staff", [STYLES])


def _resolve(sections: int) -> Callable[[], object]:
    def one(number: int) -> AuthorSection:
        blocks: list[AuthorBlock] = []
        for part in range(6):
            blocks.append(heading(f"Brief {part}"))
            blocks += [text(SAID, to(f"s{(number * 7 + part) % sections}")) for _ in range(8)]
            items = tuple(item("an item of the list") for _ in range(5))
            blocks.append(ListBlock(ListKind.BULLETS, items, where()))
        return section(f"s{number}", *blocks)

    made, look = pack(*map(one, range(sections))), made_style()
    return lambda: document(made, look)


def _lower(folder: Path, rows: int) -> Callable[[], object]:
    lines = "".join(f"{n},{n / 7:.2f},words and words\n" for n in range(rows))
    (folder / "pack").mkdir()
    (folder / "pack" / "t.csv").write_text("a,b,c\n" + lines, encoding="utf-8")
    return lambda: lowered(folder, "  - table: {csv: t.csv, columns: [{heads: true}, {decimal: true}, ~]}\n")


def _stamp(pages: int) -> Callable[[], object]:
    made, look = sample_document(annexes=(pages,)), style()
    requests = [StampRequest(0, page, page, 595, 842) for page in range(1, pages + 1)]
    return lambda: make_stamps(made, look, requests)


def main() -> None:
    _show("a style and the base are read", _read)
    _show("a pack of 560 pages is resolved", _resolve(50))
    _show("stamps are made for 3,000 pages", _stamp(3000))
    with tempfile.TemporaryDirectory() as folder:
        _show("a table of 2,000 rows is read and resolved", _lower(Path(folder), 2000))


if __name__ == "__main__":
    main()
