"""Makes the benchmark pack and the same content for Typst, always the same text from one seed.

python tests/benchmarks/generate.py FOLDER [--sections 50] [--ragged]
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from pathlib import Path

SEED = 20250403
BRIEFS = 6
PARAGRAPHS = 8
SENTENCES = 4
ITEMS = 5

_ONSETS = [
    "b",
    "br",
    "c",
    "ch",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "qu",
    "r",
    "s",
    "sh",
    "st",
    "t",
    "th",
    "tr",
    "v",
    "w",
]
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ou", "io"]
_CODAS = ["n", "r", "s", "t", "l", "nd", "st", "ct", "m", "rd", "ng"] + [""] * 6


@dataclass(frozen=True)
class Brief:
    title: str
    paragraphs: tuple[str, ...]
    items: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    title: str
    briefs: tuple[Brief, ...]


def _vocabulary(dice: random.Random) -> list[str]:
    """Six thousand words of one to five syllables; frequent ones are short, as in prose."""
    words = [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "for",
        "is",
        "on",
        "that",
        "with",
        "as",
        "by",
        "at",
        "from",
    ] * 40
    for _ in range(6000):
        count = dice.choice((1, 1, 2, 2, 2, 3, 3, 4, 5))
        words.append(
            "".join(
                dice.choice(_ONSETS) + dice.choice(_VOWELS) + (dice.choice(_CODAS) if n == count - 1 else "")
                for n in range(count)
            )
        )
    return words


def make(sections: int) -> tuple[Section, ...]:
    """The content, as plain sentences: no character in it means anything to Markdown or Typst."""
    dice = random.Random(SEED)
    words = _vocabulary(dice)

    def sentence() -> str:
        text = " ".join(dice.choice(words) for _ in range(dice.randint(14, 30)))
        return text[0].upper() + text[1:] + "."

    def title() -> str:
        return " ".join(dice.choice(words) for _ in range(4)).capitalize()

    return tuple(
        Section(
            title(),
            tuple(
                Brief(
                    title(),
                    tuple(" ".join(sentence() for _ in range(SENTENCES)) for _ in range(PARAGRAPHS)),
                    tuple(sentence() for _ in range(ITEMS)),
                )
                for _ in range(BRIEFS)
            ),
        )
        for _ in range(sections)
    )


def write_pack(folder: Path, sections: int, *, ragged: bool = False) -> Path:
    """A project with one pack, "bench", for one audience in both formats. Gives the pack's folder."""
    pack = folder / "sources" / "bench"
    (pack / "sections").mkdir(parents=True, exist_ok=True)
    (folder / "styles").mkdir(exist_ok=True)
    look = "left" if ragged else "justify"
    (folder / "styles" / "bench.yaml").write_text(
        f"text:\n  body: {{align: {look}, hyphenate: {'false' if ragged else 'true'}}}\n", encoding="utf-8"
    )
    names = []
    for number, section in enumerate(make(sections), 1):
        lines = [f"title: {section.title}", "blocks:"]
        for brief in section.briefs:
            lines.append(f"  - heading: {brief.title}")
            lines.append("  - text: |")
            for paragraph in brief.paragraphs:
                lines += [f"      {paragraph}", ""]
            lines.append("  - list:")
            lines += [f"      - {item}" for item in brief.items]
        name = f"sections/{number:03}.yaml"
        (pack / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        names.append(name)
    (pack / "pack.yaml").write_text(
        "title: Benchmark\nas_of: 2025-04-02\nsections:\n"
        + "".join(f"  - {name}\n" for name in names)
        + "audiences:\n  all: {title: All, style: bench, formats: [pdf, docx]}\n",
        encoding="utf-8",
    )
    return pack


def write_typst(path: Path, sections: int, *, ragged: bool = False) -> Path:
    """The same content for Typst: A4, 11 pt Carlito, outline, page numbers, justified and hyphenated unless ragged."""
    out = [
        '#set page(paper: "a4", margin: (x: 27mm, top: 30mm, bottom: 28mm), numbering: "1")',
        f'#set text(font: "Carlito", size: 11pt, lang: "en", hyphenate: {str(not ragged).lower()})',
        f"#set par(justify: {str(not ragged).lower()}, leading: 0.62em, spacing: 0.9em)",
        '#set heading(numbering: "1.1")',
        "#outline(depth: 2)",
    ]
    for section in make(sections):
        out += ["#pagebreak()", f"= {section.title}"]
        for brief in section.briefs:
            out.append(f"== {brief.title}")
            for paragraph in brief.paragraphs:
                out += [paragraph, ""]
            out += [f"- {item}" for item in brief.items]
    path.write_text("\n".join(out) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sections", type=int, default=50)
    parser.add_argument("--ragged", action="store_true")
    wanted = parser.parse_args()
    write_pack(wanted.folder, wanted.sections, ragged=wanted.ragged)
    write_typst(wanted.folder / "bench.typ", wanted.sections, ragged=wanted.ragged)
