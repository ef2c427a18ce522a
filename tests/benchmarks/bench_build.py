"""Times a whole build against Typst on the same content, and prints figures; no test, nothing is asserted.

    python -m tests.benchmarks.bench_build [--sections 50] [--runs 3] [--ten] [--smoke]

Each run starts both programs cold, one after the other. Memory is the peak of the whole process tree (proportional set
size, sampled; Linux only), so that several processes do not look smaller than one.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.generate import write_pack, write_typst

HERE = Path(__file__).parent
FONTS = HERE.parents[1] / "briefpack" / "data" / "fonts"


@dataclass(frozen=True)
class Figure:
    seconds: float
    megabytes: float


def _tree(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            found.extend(_tree(int(child)))
    return found


def _memory(pid: int) -> float:
    total = 0.0
    for process in _tree(pid):
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return total


def measure(command: list[str], folder: Path) -> Figure:
    """Wall seconds and peak megabytes of a command that must succeed."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peak = 0.0
    watch = Path("/proc/self/smaps_rollup").exists()
    while process.poll() is None:
        if watch:
            peak = max(peak, _memory(process.pid))
        time.sleep(0.02)
    seconds = time.perf_counter() - started
    if process.returncode:
        sys.exit((process.stderr.read() if process.stderr else b"").decode())
    return Figure(seconds, peak)


def _show(name: str, figures: list[Figure]) -> None:
    seconds = [f.seconds for f in figures]
    print(
        f"{name:34} {statistics.median(seconds):7.2f} s  ({min(seconds):.2f}–{max(seconds):.2f})"
        f"  {max(f.megabytes for f in figures):7.0f} MB"
    )


def compare(folder: Path, sections: int, runs: int, *, ragged: bool, formats: tuple[str, ...]) -> None:
    """Build the pack and compile the Typst file in turn; print both and the ratios of the medians."""
    write_pack(folder, sections, ragged=ragged)
    source = write_typst(folder / "bench.typ", sections, ragged=ragged)
    options = [option for wanted in formats for option in ("--format", wanted)]
    ours_command = [sys.executable, "-m", "briefpack", "build", "bench", "--quiet", *options]
    typst_command = [
        sys.executable,
        str(HERE / "run_typst.py"),
        str(source),
        str(folder / "bench.pdf"),
        str(FONTS),
    ]
    ours: list[Figure] = []
    theirs: list[Figure] = []
    for _ in range(runs):
        ours.append(measure(ours_command, folder))
        theirs.append(measure(typst_command, folder))
    look = "ragged" if ragged else "justified"
    _show(f"briefpack {'+'.join(formats)}, {look}", ours)
    _show(f"typst pdf, {look}", theirs)
    time_ratio = statistics.median(f.seconds for f in ours) / statistics.median(f.seconds for f in theirs)
    memory = max(f.megabytes for f in theirs)
    share = f"{max(f.megabytes for f in ours) / memory:.2f}" if memory else "not measured"
    print(f"{'':34} time ratio {time_ratio:.2f} (goal 0.80), memory ratio {share} (goal 0.25)\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sections", type=int, default=50)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--ten", action="store_true", help="also ten times the pages")
    parser.add_argument("--smoke", action="store_true", help="small and once: only that it runs")
    wanted = parser.parse_args()
    sections, runs = (2, 1) if wanted.smoke else (wanted.sections, wanted.runs)
    print(f"{sections} sections, {runs} runs, {os.cpu_count()} processors")
    both = ("pdf", "docx")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        compare(folder, sections, runs, ragged=False, formats=both)
        compare(folder, sections, runs, ragged=True, formats=both)
        if wanted.ten:
            one = measure([sys.executable, "-m", "briefpack", "build", "bench", "--quiet"], folder)
            write_pack(folder, sections * 10, ragged=True)
            ten = measure([sys.executable, "-m", "briefpack", "build", "bench", "--quiet"], folder)
            print(
                f"ten times the pages: {ten.seconds:.2f} s, {ten.seconds / one.seconds:.1f} times (goal 11)"
            )


if __name__ == "__main__":
    main()
