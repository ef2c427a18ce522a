"""Prints what it costs to break and to draw the text of the benchmark pack, without layout and files.

python -m tests.benchmarks.bench_text [--sections 50] [--profile]
"""

from __future__ import annotations

import argparse
import cProfile
import io
import pstats
import time
from collections.abc import Sequence
from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas

from briefpack.document import Align, Text
from briefpack.pdf.fonts import Faces, PdfDocument
from briefpack.pdf.ink import Target
from briefpack.pdf.pen import Box, Stretch
from briefpack.pdf.structure import Element
from briefpack.pdf.text import Label, TextFlow, Typesetter
from briefpack.style import Style
from tests.benchmarks.generate import Section, make
from tests.made_style import made_style


class Page:
    """The least that text can be drawn on."""

    def __init__(self) -> None:
        self.file = io.BytesIO()
        self.canvas = Canvas(self.file, invariant=1)

    @property
    def pdf(self) -> PdfDocument:
        return self.canvas._doc

    def text(self, stretches: Sequence[Stretch], rules: Sequence[str]) -> None:
        shown = (operator for _, operators in stretches for operator in operators)
        self.canvas.addLiteral("\n".join(["BT", *shown, "ET", *rules]))

    def link(self, target: Target, rect: Box, element: Element | None) -> None:
        raise NotImplementedError


def _style(*, justified: bool) -> Style:
    style = made_style()
    look = replace(style.text["body"], align=Align.JUSTIFY if justified else Align.LEFT, hyphenate=justified)
    return replace(style, text={**style.text, "body": look})


def run(sections: tuple[Section, ...], *, justified: bool) -> dict[str, float]:
    """Seconds for making, breaking and drawing everything, and what came of it."""
    style = _style(justified=justified)
    setter = Typesetter(style, Faces(style.fonts), "en")
    width = float(style.page.text_width)
    begin = time.process_time()
    flows: list[TextFlow] = []
    for section in sections:
        for brief in section.briefs:
            flows.extend(setter.flow((Text(text),), "body") for text in brief.paragraphs)
            flows.extend(setter.flow((Text(text),), "body", label=Label("•", 17)) for text in brief.items)
    made = time.process_time()
    height = sum(flow.fit(width) + flow.after for flow in flows)
    broken = time.process_time()
    page = Page()
    top = 770.0
    for flow in flows:
        if top - flow.height < 70:
            page.canvas.showPage()
            top = 770.0
        flow.paint(page, 85, top)
        top -= flow.height + flow.after
    drawn = time.process_time()
    lines = sum(flow.lines for flow in flows)
    return {
        "make": made - begin,
        "break": broken - made,
        "draw": drawn - broken,
        "all": drawn - begin,
        "lines": lines,
        "hyphens": sum(placed.line.hyphen for flow in flows for placed in flow._lines),
        "pages": height / float(style.page.text_height),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sections", type=int, default=50)
    options.add_argument("--profile", action="store_true")
    wanted = options.parse_args()
    sections = make(wanted.sections)
    profile = cProfile.Profile()
    for justified in (False, True):
        for _ in range(3):
            figures = run(sections, justified=justified)
            print("justified" if justified else "ragged   ", {k: round(v, 3) for k, v in figures.items()})
        if wanted.profile:
            profile.enable()
            run(sections, justified=justified)
            profile.disable()
            pstats.Stats(profile).sort_stats("tottime").print_stats(18)


if __name__ == "__main__":
    main()
