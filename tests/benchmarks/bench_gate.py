"""Times how an outbox is held against its record before it is sent, and prints figures; no test, nothing is asserted.

    python -m tests.benchmarks.bench_gate [--drafts 40] [--megabytes 7]

What is told is seconds of the processor a draft: all that the check takes, what of it is reading the file and its checksum alone, and the rest. Three outboxes: one file for all
readers, copies that share all but their end, and files that share nothing, as locked ones do. Each outbox is written by a process of its own and checked by another; of the memory
of that one it is told how much the check added.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from briefpack.distribute.letters import letters
from briefpack.distribute.message import message_of
from briefpack.distribute.outbox import files_of
from briefpack.distribute.outbox_record import RECORD_NAME, recorded, render
from briefpack.distribute.parcel import Attachment, whole
from briefpack.distribute.posted import Posted
from briefpack.errors import Findings
from briefpack.files import digest_of
from briefpack.pipeline.outbox_faults import outbox_faults
from tests.distribute.made import DATE, calendar, distribution, parcel, reader

_END = 30_000
"""Bytes of a copy that are its reader's own, as in a PDF of sixty pages."""
KINDS = ("one file", "copies", "all other")


def own_file(kind: str, shared: bytes, number: int) -> Attachment:
    """What the reader of a number gets."""
    drawn = random.Random(number)
    pieces: Sequence[bytes] = (shared,)
    if kind == "copies":
        pieces = (shared[:-_END], drawn.randbytes(_END))
    elif kind == "all other":
        pieces = (drawn.randbytes(len(shared)),)
    made = whole("visit-desk.pdf", "pdf", b"".join(pieces), 60)
    return replace(made, of=sha256(shared).hexdigest())


def write_outbox(folder: Path, kind: str, drafts: int, size: int) -> None:
    """An outbox of so many drafts of about so many bytes each, with its record."""
    shared = random.Random(-1).randbytes(size * 57 // 78)
    listed = distribution(
        [reader(f"r{n}@example.int", f"Reader {n}") for n in range(drafts)],
        body={"": "{greeting} {name}\n\n{attachments}\n"},
    )
    posted: list[Posted] = []
    files: dict[str, str] = {}
    for number, letter in enumerate(letters(listed, [parcel()], calendar, Findings())):
        own = replace(letter, attachments=(own_file(kind, shared, number),))
        made = Posted(message_of(own, "visit", DATE), 0, False)
        for name, content in files_of([made]):
            (folder / name).write_bytes(content)
            files[name] = sha256(content).hexdigest()
        posted.append(made)
        # A record does not need its bytes.
        object.__setattr__(own.attachments[0], "pieces", ())
    (folder / RECORD_NAME).write_bytes(render(recorded("visit", posted, {}, files)))


def spent(what: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the processor, and of the clock."""
    before, started = time.process_time(), time.perf_counter()
    what()
    return time.process_time() - before, time.perf_counter() - started


def read_all(folder: Path) -> None:
    for path in sorted(folder.glob("*.eml")):
        digest_of(path)


def check(folder: Path) -> None:
    record, faults = outbox_faults(folder)
    if record is None or faults:
        raise SystemExit(f"the outbox is not sound: {faults[:3]}")


def measure(folder: Path, kind: str) -> None:
    drafts = len(list(folder.glob("*.eml")))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    checked, wall = spent(lambda: check(folder))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    read, _ = spent(lambda: read_all(folder))
    size = max(path.stat().st_size for path in folder.glob("*.eml"))
    print(
        f"{kind:9} {drafts} drafts of {size / 1e6:.1f} MB: {1000 * checked / drafts:.1f} ms a draft ({wall:.2f} s in all), "
        f"of it {1000 * read / drafts:.1f} to read and sum it, {1000 * (checked - read) / drafts:.1f} for the rest; "
        f"{peak - before:.0f} MB of memory",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drafts", type=int, default=40)
    parser.add_argument("--megabytes", type=float, default=7.0)
    parser.add_argument("--step", choices=["write", "check"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--kind", choices=KINDS, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.step == "write":
        write_outbox(wanted.folder, wanted.kind, wanted.drafts, int(wanted.megabytes * 1e6))
    elif wanted.step == "check":
        measure(wanted.folder, wanted.kind)
    else:
        for kind in KINDS:
            with tempfile.TemporaryDirectory() as name:
                for step in ("write", "check"):
                    command = ["--step", step, "--folder", name, "--kind", kind]
                    numbers = ["--drafts", str(wanted.drafts), "--megabytes", str(wanted.megabytes)]
                    subprocess.run(
                        [sys.executable, "-m", "tests.benchmarks.bench_gate", *command, *numbers], check=True
                    )


if __name__ == "__main__":
    main()
