"""Builds packs made at random from the whole vocabulary, and tells of each that is not sound: run_odd.py FIRST LAST [SECTIONS].

What is wrong with one stays in its folder, which is named.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.conformance.oddly import faults_of_pack
from tests.packs.odd_maker import write_odd

SLOW = 20.0
"""Seconds that no pack should take."""


def main(first: int, last: int, sections: int = 4) -> int:
    """Seeds from first to before last. Gives how many packs were not sound."""
    bad = 0
    for seed in range(first, last):
        root = Path(tempfile.mkdtemp(prefix=f"odd-{seed}-"))
        begun = time.perf_counter()
        try:
            faults = faults_of_pack(write_odd(root, seed, sections=sections))
        except Exception:  # noqa: BLE001  whatever it is, the others are to be tried as well
            faults = [traceback.format_exc()]
        taken = time.perf_counter() - begun
        if taken > SLOW:
            print(f"seed {seed}: {taken:.1f} s", flush=True)
        if faults:
            bad += 1
            print(f"seed {seed}: {root}", *faults[:6], sep="\n    ", flush=True)
        else:
            shutil.rmtree(root)
    print(f"{last - first} packs, {bad} not sound")
    return bad


if __name__ == "__main__":
    sys.exit(bool(main(*map(int, sys.argv[1:]))))
