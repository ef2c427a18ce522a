"""Times `mail draft` for many readers, each with a copy of his own, and prints figures; no test, nothing is asserted.

    python -m tests.benchmarks.bench_draft [--readers 1000] [--sections 20]

With each, it is timed how long `mail send` looks at them before it would send (a dry run). Each run is a process of its own. Peak memory is that of the largest one, as the system counts it; with `letter`, each copy is locked and each reader has a letter.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.generate import write_pack

ROOT = Path(__file__).parents[2]
LIST = """\
server: {{host: localhost, security: none}}
sender: Desk <desk@example.int>
audiences:
  all: {{copies: [cover, footer, watermark]{more}}}
groups:
  all:
    audience: all
    people:
"""


def run(folder: Path, *command: str) -> tuple[float, float]:
    """Wall seconds, and seconds of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "briefpack", *command, "bench", "--quiet"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - started, spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=1000)
    parser.add_argument("--sections", type=int, default=20)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_pack(folder, wanted.sections, ragged=False)
        pack = folder / "sources" / "bench"
        (pack / "pack.yaml").open("a", encoding="utf-8").write("distribution: list.yaml\n")
        people = "".join(
            f"      - {{name: Reader {n}, address: r{n}@example.int, formats: pdf}}\n"
            for n in range(wanted.readers)
        )
        (pack / "list.yaml").write_text(LIST.format(more="") + people, encoding="utf-8")
        run(folder, "build", "--format", "pdf")
        (pdf,) = (folder / "build" / "bench").rglob("*.pdf")
        for what, more in (("copies", ""), ("letter", ", password: letter"), ("again", ", password: letter")):
            (pack / "list.yaml").write_text(LIST.format(more=more) + people, encoding="utf-8")
            wall, spent = run(folder, "mail", "draft")
            looked, took = run(folder, "mail", "send")
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            print(
                f"{what:7} {wanted.readers} readers, {pdf.stat().st_size} bytes each: {wall:.1f} s, "
                f"{1000 * spent / wanted.readers:.1f} ms of the processor a reader; looked at before sending: {looked:.1f} s, {1000 * took / wanted.readers:.1f} ms; at most {peak:.0f} MB"
            )


if __name__ == "__main__":
    main()
