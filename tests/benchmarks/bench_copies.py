"""How long numbered, named copies of a finished pack take, and whether all of them are valid.

    python -m tests.benchmarks.bench_copies [--copies 1000] [--sections 20] [--check] [--vera N] [--keep FOLDER]

Prints the seconds that the first look at the pack takes, milliseconds a copy with its digest, bytes that a copy adds, and peak memory with all copies held.
--check: qpdf looks at every copy. --vera N: veraPDF looks at every Nth. A copy may take 20 ms.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf

from briefpack.annexes.claims import Claims
from briefpack.annexes.finish import finish
from briefpack.copies.copy_mark import CopyMark
from briefpack.copies.pdf_copy import prepare
from briefpack.distribution import Place
from briefpack.pdf.layout import lay_out
from briefpack.pdf.writer import write_body
from briefpack.style import Style
from tests.conformance.vera import validate
from tests.pdf import looks
from tests.samples import sample_document

LIMIT = 20.0
"""Milliseconds."""
FIRST = ("Elena", "Kwame", "Zoë", "Łukasz", "Ђорђе", "Ελένη", "Björn", "Nguyễn Thị", "Jean-Luc", "O'Hara")
LAST = ("Marković", "Osei", "Żółć", "Јовановић", "Παπαδοπούλου", "Ångström", "Ánh", "Fontaine", "de la Vega")
BATCH = 40
"""Files that veraPDF gets at a time."""


def made(sections: int, style: Style) -> bytes:
    """A pack as it is handed out."""
    document = sample_document(numbered=style.numbering.sections, annexes=(), more_sections=sections)
    body = write_body(document, style, lay_out(document, style))
    return finish(body.content, Claims())


def mark(number: int, of: int) -> CopyMark:
    name = f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}"
    trace = hashlib.sha256(str(number).encode()).hexdigest()[:8].upper()
    return CopyMark(number, of, name, f"Copy {number} of {of} — {name}", trace)


def check(files: Sequence[Path]) -> int:
    """How many files qpdf finds fault with."""

    def faulty(file: Path) -> bool:
        ran = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
        return ran.returncode != 0 or "WARNING" in ran.stdout + ran.stderr

    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(faulty, files))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--copies", type=int, default=1000)
    parser.add_argument("--sections", type=int, default=15, help="of the pack; as many as make 60 pages")
    parser.add_argument("--check", action="store_true", help="let qpdf look at every copy")
    parser.add_argument("--vera", type=int, metavar="N", help="let veraPDF look at every Nth copy")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the copies are left")
    asked = parser.parse_args()

    style = looks.style("delegation")
    content = made(asked.sections, style)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = len(pdf.pages)
    print(
        f"pack: {pages} pages, {len(content):,} bytes; {asked.copies} copies with cover, foot and watermark"
    )
    start = time.perf_counter()
    prepared = prepare(content, tuple(Place), style)
    print(f"first look at the pack: {time.perf_counter() - start:.2f} s")

    copies: list[tuple[bytes, ...]] = []
    longest = 0.0
    start = time.perf_counter()
    for number in range(1, asked.copies + 1):
        begun = time.perf_counter()
        copies.append(prepared.copy(mark(number, asked.copies)))
        longest = max(longest, time.perf_counter() - begun)
    each = 1000 * (time.perf_counter() - start) / asked.copies
    added = sum(len(pieces[1]) for pieces in copies) / asked.copies
    shared = all(pieces[0] is copies[0][0] for pieces in copies)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"a copy: {each:.2f} ms (the longest {1000 * longest:.1f} ms), {added:,.0f} bytes beside the shared {len(copies[0][0]):,}"
    )
    print(f"the first piece is one object for all: {shared}; peak memory with all held: {peak:.0f} MB")
    different = len({pieces[1] for pieces in copies})
    print(f"{different} different copies")

    failed = each > LIMIT or not shared or different != asked.copies
    with tempfile.TemporaryDirectory() as spare:
        folder = asked.keep or Path(spare)
        folder.mkdir(parents=True, exist_ok=True)
        files = [folder / f"{number:04}.pdf" for number in range(1, asked.copies + 1)]
        for file, pieces in zip(files, copies, strict=True):
            file.write_bytes(b"".join(pieces))
        if asked.check:
            faulty = check(files)
            print(f"qpdf: {len(files) - faulty} of {len(files)} without a fault")
            failed |= faulty > 0
        if asked.vera:
            failed |= not seen_by_vera(files[:: asked.vera])
    return int(failed)


def seen_by_vera(files: Sequence[Path]) -> bool:
    passed = 0
    for at in range(0, len(files), BATCH):
        orders = [(flavour, file) for file in files[at : at + BATCH] for flavour in ("ua1", "2a")]
        verdicts = validate(orders)
        passed += sum(verdict.passed for verdict in verdicts)
        for verdict in verdicts:
            if not verdict.passed:
                print(verdict)
    print(f"veraPDF: {passed} of {2 * len(files)} checks passed (PDF/UA-1 and PDF/A-2a)")
    return passed == 2 * len(files)


if __name__ == "__main__":
    sys.exit(main())
