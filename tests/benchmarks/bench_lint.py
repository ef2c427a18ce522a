"""How long the rules take on a large pack: `python -m tests.benchmarks.bench_lint [--briefs 100]`, of some 2,100 words each."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from briefpack.lint import lint
from tests.lint.made import case
from tests.lint.prose import CLEAN


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--briefs", type=int, default=100)
    briefs = parser.parse_args().briefs
    paragraphs = "".join(f"  - text: |\n      {paragraph}\n" for paragraph in CLEAN * 3)
    with tempfile.TemporaryDirectory() as folder:
        made = case(Path(folder), *(f"title: Brief {n}\nblocks:\n{paragraphs}" for n in range(briefs)))
        times = []
        for _ in range(3):
            started = time.perf_counter()
            lint(made)
            times.append(time.perf_counter() - started)
    print(f"lint of {briefs} briefs: {min(times):.3f} s")


if __name__ == "__main__":
    main()
