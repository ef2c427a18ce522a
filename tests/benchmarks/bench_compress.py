"""What compressing a pack of pictures saves, and how long it takes.

    python -m tests.benchmarks.bench_compress [--photographs 12] [--width 4000] [--look FOLDER]

Prints bytes, pictures and seconds for each format and resolution. FOLDER: where the files are kept, to be looked at.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path

from briefpack.copies import compress_pdf, compress_word
from briefpack.pipeline import build
from briefpack.pipeline.prepare import Order
from tests.packs.photo_maker import NAME, write_photographs


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--photographs", type=int, default=12)
    asked.add_argument("--width", type=int, default=4000)
    asked.add_argument("--look", type=Path)
    order = asked.parse_args()
    with tempfile.TemporaryDirectory() as work:
        root = Path(work)
        build(
            write_photographs(root, photographs=order.photographs, width=order.width),
            Order(output=root / "build"),
        )
        for format_, compressed in (("pdf", compress_pdf.compressed), ("docx", compress_word.compressed)):
            path = root / "build" / NAME / "reader" / f"{NAME}-reader.{format_}"
            content = path.read_bytes()
            for resolution in (300, 150, 100):
                start = time.perf_counter()
                made = compressed(content, resolution)
                took = time.perf_counter() - start
                share = len(made.content) / len(content)
                print(
                    f"{format_} at {resolution}: {len(content):,} → {len(made.content):,} bytes ({share:.1%}), "
                    f"{made.pictures} pictures, {took:.1f} s"
                )
                if order.look:
                    order.look.mkdir(exist_ok=True)
                    (order.look / f"{resolution}.{format_}").write_bytes(made.content)
            if order.look:
                shutil.copy(path, order.look)


if __name__ == "__main__":
    main()
