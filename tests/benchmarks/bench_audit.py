"""What the audit costs and how well it finds: `python -m tests.benchmarks.bench_audit [--sections 75] [--runs 3] [--smoke]`; nothing is asserted.

Time: the large pack with a third of it withheld, for one audience and for two, and the pack of marked portions for six, built with the audit and as drafts, in turn;
the goal is at most 40 % more. Rates: fragments of withheld texts of 3 to 30 words, in six disguises among harmless words; portions too short to be searched for; and
false hits on harmless texts.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.generate import make
from tests.conformance.auditing import Auditing, Case
from tests.packs.fragments import DISGUISES, LENGTHS, alike, fragments, shuffled
from tests.packs.leaks_in_pdf import small_docx
from tests.packs.marked_maker import NAME, READERS, write_marked
from tests.packs.marked_words import SHORT

AUDIENCE = "press"
GROUPS = (range(3, 6), range(6, 9), range(9, 13), range(13, 21), range(21, 31))


# --------------------------------------------------------------------------- time


def write_withholding(folder: Path, sections: int) -> Path:
    """The benchmark pack with every third section above the clearance of its reader, and some items of the others."""
    pack = folder / "sources" / "bench"
    (pack / "sections").mkdir(parents=True)
    (folder / "styles").mkdir()
    (folder / "styles" / "bench.yaml").write_text(
        "text:\n  body: {align: justify, hyphenate: true}\n", encoding="utf-8"
    )
    names = []
    for number, section in enumerate(make(sections), 1):
        blocks: list[object] = []
        for brief in section.briefs:
            items: list[object] = [*brief.items[:-1], {"text": brief.items[-1], "audiences": ["inner"]}]
            blocks += [{"heading": brief.title}, "\n\n".join(brief.paragraphs), {"list": items}]
        marking = "RESTRICTED" if number % 3 == 0 else "PUBLIC"
        name = f"sections/{number:03}.yaml"
        made = {"title": section.title, "marking": marking, "blocks": blocks}
        (pack / name).write_text(json.dumps(made, indent=1), encoding="utf-8")
        names.append(name)
    made = {
        "title": "Benchmark",
        "as_of": "2025-04-02",
        "policy": "plain",
        "marking": "RESTRICTED",
        "title_marking": "PUBLIC",
        "sections": names,
        "audiences": {
            "outer": {"clearance": "PUBLIC", "style": "bench"},
            "inner": {"clearance": "RESTRICTED", "style": "bench"},
        },
    }
    (pack / "pack.yaml").write_text(json.dumps(made, indent=1), encoding="utf-8")
    return pack


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of a build: on the clock, and of processors in all its processes."""

    wall: float
    processors: float


def _built(folder: Path, pack: str, *options: str) -> Took:
    command = [sys.executable, "-m", "briefpack", "build", pack, "--quiet", *options]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    # What it warns of is not measured.
    subprocess.run(command, cwd=folder, check=True, stderr=subprocess.DEVNULL)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Took(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def measure_time(sections: int, portions: int, runs: int) -> None:
    """Each pack as a draft and audited, in turn, so that both meet the same company on the machine."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_withholding(folder / "long", sections)
        write_marked(folder / "marked", portions)
        for case, where, pack, audiences in (
            (f"{sections // 3} of {sections} sections withheld", "long", "bench", ("outer",)),
            (f"{sections // 3} of {sections} sections withheld", "long", "bench", ("outer", "inner")),
            (f"{portions} marked portions", "marked", NAME, tuple(reader.name for reader in READERS)),
        ):
            named = [option for audience in audiences for option in ("--audience", audience)]
            # What is taken in once is not measured.
            _built(folder / where, pack, "--draft", *named)
            drafts, audited = [], []
            for _ in range(runs):
                drafts.append(_built(folder / where, pack, "--draft", *named))
                audited.append(_built(folder / where, pack, *named))
            manifest = json.loads(
                (folder / where / "build" / pack / "manifest.json").read_text(encoding="utf-8")
            )
            pages = sum(
                max(output["pages"] for output in manifest["audiences"][one]["outputs"]) for one in audiences
            )
            print(f"{case}, for {len(audiences)}: {pages} pages, PDF and Word, {runs} runs")
            _tell("on the clock", [one.wall for one in drafts], [one.wall for one in audited])
            _tell("of processors", [one.processors for one in drafts], [one.processors for one in audited])
            print()


def _tell(what: str, drafts: list[float], audited: list[float]) -> None:
    draft, whole = statistics.median(drafts), statistics.median(audited)
    ratios = ", ".join(f"{more / one - 1:+.0%}" for one, more in zip(drafts, audited, strict=True))
    print(f"  {what:14} draft {draft:6.2f} s, audited {whole:6.2f} s: {whole / draft - 1:+.0%}  ({ratios})")


# --------------------------------------------------------------------------- rates


def measure_rates(portions: int, each: int, harmless: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        marked = write_marked(Path(name), portions)
        auditing = Auditing(Case.of(marked.folder), AUDIENCE)
        withheld = marked.withheld(AUDIENCE)
        print(f"{len(withheld)} of {len(marked.portions)} portions of {NAME} are withheld from {AUDIENCE}")
        _found(marked, auditing, each)
        print("false hits")
        rng = random.Random(3)
        _false(
            "texts of its own in another order", harmless, lambda _: shuffled(marked, AUDIENCE, rng), auditing
        )
        _false("texts of the same words and phrases", harmless, alike, auditing)
        _false("portions too short to be searched for", len(SHORT), lambda n: small_docx(SHORT[n]), auditing)


def _found(marked: object, auditing: Auditing, each: int) -> None:
    rng = random.Random(2)
    tried: Counter[tuple[int, str]] = Counter()
    found: Counter[tuple[int, str]] = Counter()
    for length in LENGTHS:
        group = next(number for number, lengths in enumerate(GROUPS) if length in lengths)
        for one in fragments(marked, AUDIENCE, rng, length, each):  # type: ignore[arg-type]
            tried[group, one.disguise] += 1
            found[group, one.disguise] += bool(auditing.hits(one.content, "a.docx"))
    print(f"{'fragments found':26}" + "".join(f"{f'{r.start}–{r.stop - 1} words':>13}" for r in GROUPS))
    for disguise in DISGUISES:
        print(
            f"{disguise:26}" + "".join(f"{_share(found, tried, n, disguise):>13}" for n in range(len(GROUPS)))
        )
    totals = [
        f"{sum(found[n, d] for d in DISGUISES) / max(1, sum(tried[n, d] for d in DISGUISES)):.1%}"
        for n in range(len(GROUPS))
    ]
    print(f"{'all':26}" + "".join(f"{total:>13}" for total in totals) + f"   of {sum(tried.values())}\n")


def _share(
    found: Counter[tuple[int, str]], tried: Counter[tuple[int, str]], group: int, disguise: str
) -> str:
    key = group, disguise
    return f"{found[key] / max(1, tried[key]):.1%}"


def _false(name: str, count: int, make_one: Callable[[int], bytes], auditing: Auditing) -> None:
    hits = [bool(auditing.hits(make_one(number), "a.docx")) for number in range(count)]
    print(f"  {name:40} {sum(hits)} of {count} files")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sections", type=int, default=75)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--smoke", action="store_true", help="small and once: only that it runs")
    wanted = parser.parse_args()
    if wanted.smoke:
        measure_time(3, 0, 1)
        measure_rates(0, 1, 5)
    else:
        measure_time(wanted.sections, 1000, wanted.runs)
        measure_rates(1000, 40, 200)


if __name__ == "__main__":
    main()
