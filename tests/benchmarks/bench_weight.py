"""Weighs what tags and archival form cost, and prints figures; no test, nothing is asserted.

    python -m tests.benchmarks.bench_weight [--sections 50] [--runs 5] [--other CHECKOUT]

Size: a finished pack beside the same pack with its tags taken out, both saved alike. Time: whole builds of the same pack by
this program and by the one in another checkout, such as one from before there were tags, in turn.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.generate import write_pack
from tests.conformance.untag import untagged

ROOT = Path(__file__).parents[2]


def build(folder: Path, program: Path) -> float:
    """Wall seconds of a build by the program in a checkout."""
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "briefpack", "build", "bench", "--quiet", "--format", "pdf", "--jobs", "1"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(program)},
        check=True,
    )
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sections", type=int, default=50)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--other", type=Path, help="a checkout to compare the time of a build with")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_pack(folder, wanted.sections, ragged=False)
        ours, theirs = [], []
        for _ in range(wanted.runs):
            ours.append(build(folder, ROOT))
            if wanted.other is not None:
                theirs.append(build(folder, wanted.other.resolve()))
        build(folder, ROOT)
        (pdf,) = (folder / "build").rglob("*.pdf")
        size, plain = pdf.stat().st_size, len(untagged(pdf.read_bytes()))
        print(f"size  {size:9} bytes tagged, {plain:9} untagged: {size / plain:.2f} times (goal 1.20)")
        print(f"time  {statistics.median(ours):.2f} s ({min(ours):.2f}–{max(ours):.2f})", end="")
        if theirs:
            ratio = statistics.median(ours) / statistics.median(theirs)
            print(f", the other {statistics.median(theirs):.2f} s: {ratio:.2f} times (goal 1.35)", end="")
        print()


if __name__ == "__main__":
    main()
