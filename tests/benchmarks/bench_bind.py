"""How long binding and stamping many annex pages takes, beside pypdf's bare append and write of the same files.

    python -m tests.benchmarks.bench_bind [--files 12] [--pages 500] [--seed 1] [--repeat 3]

Prints seconds, peak memory and what a page costs. Every figure is taken in a process of its own; of several the best counts.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pikepdf
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from briefpack.annex import Annex, AnnexFacts, AnnexFile
from briefpack.body import AnnexPages, Body, BodyPage, OutlineEntry, StampRequest, StampSheet
from briefpack.document import AnnexEntry, Paper, Scale
from briefpack.errors import Where
from briefpack.placing import Placings, Rows, place
from briefpack.reading.read_style import read_style
from tests.annexes.makers import WORDS, describe, tag

ROOT = Path(__file__).parents[2]
FONT = ROOT / "briefpack" / "data" / "fonts" / "Carlito-Regular.ttf"
HERE = Where(Path("pack.yaml"), 1, 1)
LETTERS = [
    "council",
    "partner",
    "region",
    "summit",
    "support",
    "production",
    "visit",
    "mission",
    "office",
    "plan",
    "focal",
    "point",
    "advice",
    "force",
]
LIMIT, MEMORY = 1.5, 400


def make_annex(path: Path, pages: int, seed: int) -> None:
    """A4 and Letter, upright and turned, 40 lines of text, a link and a bookmark every tenth page."""
    rng = random.Random(seed)
    pdfmetrics.registerFont(TTFont("Bench", str(FONT)))
    canvas = Canvas(str(path), invariant=1, pageCompression=1)
    for page in range(pages):
        canvas.setPageSize(rng.choice((A4, LETTER)))
        canvas.setPageRotation(rng.choice((0, 0, 0, 90, 270)))
        canvas.bookmarkPage(f"p{page}")
        if page % 10 == 0:
            canvas.addOutlineEntry(f"Chapter {page // 10 + 1}", f"p{page}", 0)
        text = canvas.beginText(72, 700)
        text.setFont("Bench", 11)
        for _ in range(40):
            text.textLine(" ".join(rng.choices(LETTERS, k=11)))
        canvas.drawText(text)
        canvas.linkRect("", f"p{rng.randrange(pages)}", (72, 700, 300, 712), relative=1)
        canvas.showPage()
    canvas.save()


def prepare(folder: Path, files: int, pages: int, seed: int) -> None:
    for number in range(files):
        make_annex(folder / f"annex-{number:02}.pdf", pages, seed + number)


def take_in(folder: Path) -> float:
    from briefpack.annexes.intake import take_in

    began = time.perf_counter()
    annexes = [
        Annex(path.stem, (AnnexFile(path, HERE),), path.stem, None, None, HERE)
        for path in sorted(folder.glob("*.pdf"))
    ]
    facts, found = take_in(annexes, folder / "work")
    if found or len(facts) != len(annexes):
        raise SystemExit(f"intake refused an annex: {found}")
    return time.perf_counter() - began


def bare(folder: Path) -> float:
    from pypdf import PdfWriter

    began = time.perf_counter()
    writer = PdfWriter()
    for path in sorted(folder.glob("*.pdf")):
        writer.append(path)
    with (folder / "bare.out").open("wb") as file:
        writer.write(file)
    return time.perf_counter() - began


def bound(folder: Path) -> float:
    from briefpack.annexes.intake import take_in

    annexes = [
        Annex(path.stem, (AnnexFile(path, HERE),), path.stem, None, None, HERE)
        for path in sorted(folder.glob("*.pdf"))
    ]
    facts, _ = take_in(annexes, folder / "work")
    body, entries, sheet, requests, placed = _around([facts[annex.id] for annex in annexes])
    from briefpack.annexes.bind import bind
    from briefpack.annexes.claims import claims_of
    from briefpack.annexes.finish import finish

    began = time.perf_counter()
    bound = bind(body, entries, sheet, requests, WORDS, placings=placed)
    pack = finish(bound, claims_of(facts.values()))
    (folder / "bound.out").write_bytes(pack)
    return time.perf_counter() - began


def _around(
    facts: list[AnnexFacts],
) -> tuple[Body, list[tuple[AnnexEntry, AnnexFacts]], StampSheet, list[StampRequest], Placings]:
    """A body of dividers, and a stamp for every annex page: a line of text above and below, between which the page is made to fit."""
    pdfmetrics.registerFont(TTFont("Bench", str(FONT)))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    sheet = io.BytesIO()
    letters = Canvas(sheet, invariant=1, pageCompression=0)
    letters.setFont("Helvetica", 9)
    letters.drawString(0, 0, "x")
    letters.save()
    entries, requests, streams, outline, placed = [], [], [], [], []
    style = read_style("base", ()).style
    assert style is not None
    running = 0
    for number, fact in enumerate(facts):
        label = chr(ord("A") + number)
        canvas.drawString(72, 700, f"Annex {label}")
        canvas.showPage()
        entries.append(
            (AnnexEntry(label, f"Annex {label}", f"annex_{number}", fact.pages, "x", fact.sha256, HERE), fact)
        )
        outline.append(OutlineEntry(1, f"Annex {label}", f"annex_{number}", number))
        known = {
            size: place(size, Scale.FIT, Paper.OWN, style, Rows(top=True, bottom=True))
            for size in set(fact.sizes)
        }
        placed.append([known[size] for size in fact.sizes])
        for page, (width, height) in enumerate((placing.sheet for placing in placed[-1]), 1):
            running += 1
            requests.append(StampRequest(number, page, running, width, height))
            words = f"BT /F1 9 Tf {width / 2:.2f} {height - 30:.2f} Td (SPECIMEN) Tj ET"
            foot = f"BT /F1 9 Tf {width / 2:.2f} 24 Td (Annex {label}, page {page} - {running}) Tj ET"
            streams.append(f"q {words} {foot} Q".encode())
    canvas.save()
    count = len(facts)
    tagged = io.BytesIO()
    with pikepdf.open(buffer) as pdf:
        tag(pdf, count)
        describe(pdf)
        pdf.save(tagged, deterministic_id=True)
    body = Body(
        tagged.getvalue(),
        tuple(item for number in range(count) for item in (BodyPage(number), AnnexPages(number))),
        tuple(str(number + 1) for number in range(count)),
        tuple(range(1, count + 1)),
        {},
        tuple(outline),
    )
    return body, entries, StampSheet(sheet.getvalue(), tuple(streams)), requests, placed


STEPS = {"take in": take_in, "take in again": take_in, "bare": bare, "bind": bound}


def measured(step: str, folder: Path) -> tuple[float, float]:
    """Seconds and MB at the peak, of a step in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_bind", "--step", step, "--folder", str(folder)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    seconds, memory = json.loads(done.stdout)
    return seconds, memory


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=12)
    options.add_argument("--pages", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--repeat", type=int, default=3)
    options.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.step is not None:
        seconds = STEPS[chosen.step](chosen.folder)
        # Kilobytes, but bytes on macOS.
        unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
        print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit]))
        return
    with tempfile.TemporaryDirectory(prefix="bench-bind-") as name:
        folder = Path(name)
        prepare(folder, chosen.files, chosen.pages, chosen.seed)
        total = chosen.files * chosen.pages
        print(f"{total:,} pages in {chosen.files} files, seed {chosen.seed}")
        found = {
            "take in": [measured("take in", folder)],
            "take in again": [measured("take in again", folder)],
        }
        for _ in range(chosen.repeat):
            # In turns, so that a busy machine slows both.
            for step in ("bare", "bind"):
                found.setdefault(step, []).append(measured(step, folder))
        best = {step: min(figures) for step, figures in found.items()}
        for step, (seconds, memory) in best.items():
            print(f"{step:14} {seconds:7.2f} s  {1000 * seconds / total:6.2f} ms/page  {memory:6.0f} MB")
        for made, path in (("bare", folder / "bare.out"), ("bound", folder / "bound.out")):
            print(f"{made:14} {path.stat().st_size / 1e6:7.2f} MB on disk")
        ratio = best["bind"][0] / best["bare"][0]
        print(f"bind / bare    {ratio:7.2f}    (at most {LIMIT})")
        print(f"peak memory    {best['bind'][1]:7.0f} MB (at most {MEMORY})")
        if ratio > LIMIT or best["bind"][1] > MEMORY:
            raise SystemExit("slower or larger than it may be")


if __name__ == "__main__":
    main()
