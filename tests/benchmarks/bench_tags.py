"""Prints what the tags of a body cost in time and in size, against the same pages drawn as furniture throughout.

python -m tests.benchmarks.bench_tags [--sections 50]
"""

from __future__ import annotations

import argparse
import gc
import io
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from unittest.mock import patch

import pikepdf

from briefpack.document import Document, TocEntry, TocKind
from briefpack.pdf import writer
from briefpack.pdf.canvas import Artifact, PageCanvas
from briefpack.pdf.layout import lay_out
from briefpack.pdf.structure import Element
from tests.benchmarks.generate import Section, make
from tests.pdf.looks import style
from tests.samples import SectionMaker, paragraph, sample_meta


class Untagged(PageCanvas):
    """Draws everything as furniture, which costs one mark a page; there are no links either."""

    def __init__(
        self,
        size: tuple[float, float],
        *,
        language: str,
        font: str,
        structure: Element,
        undivided: Collection[str],
        elsewhere: Mapping[str, tuple[str, str]],
    ) -> None:
        del structure  # It is not used, that is the point.
        super().__init__(size, language=language, font=font, undivided=undivided, elsewhere=elsewhere)
        self._artifacts.append(Artifact.LAYOUT)


@dataclass(frozen=True)
class Cost:
    """pages, elements: how many. seconds: for drawing and for the compact save. size: bytes of the saved file."""

    pages: int
    elements: int
    drawing: float
    saving: float
    size: int

    @property
    def seconds(self) -> float:
        return self.drawing + self.saving


def document_of(sections: Iterable[Section]) -> Document:
    """The content as a Document: headings, paragraphs and lists."""
    made = []
    contents = []
    for number, section in enumerate(sections, 1):
        maker = SectionMaker(number)
        for brief in section.briefs:
            maker.heading(brief.title)
            maker.add(*map(paragraph, brief.paragraphs))
            maker.dashes(*brief.items)
        made.append(maker.section(section.title))
        contents += [
            TocEntry(TocKind.SECTION, 1, made[-1].number, section.title, made[-1].anchor),
            *maker.entries,
        ]
    return Document(sample_meta(), tuple(contents), tuple(made), ())


def cost(document: Document, canvas: type[PageCanvas]) -> Cost:
    """Of drawing a document's pages on a canvas and saving them compactly."""
    laid = lay_out(document, style())
    with patch.object(writer, "PageCanvas", canvas):
        begin = time.process_time()
        body = writer.write_body(document, style(), laid)
        drawn = time.process_time()
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(body.content)) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=False)
        saved = time.process_time()
        elements = sum(isinstance(o, pikepdf.Dictionary) and "/S" in o and "/P" in o for o in pdf.objects)
    return Cost(len(laid.pages), elements, drawn - begin, saved - drawn, len(out.getvalue()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sections", type=int, default=50)
    parser.add_argument("--runs", type=int, default=5)
    wanted = parser.parse_args()
    document = document_of(make(wanted.sections))
    # As in a build.
    gc.disable()
    best: dict[type[PageCanvas], Cost] = {}
    for _ in range(wanted.runs):
        for canvas in (Untagged, PageCanvas):
            found = cost(document, canvas)
            if canvas not in best or found.seconds < best[canvas].seconds:
                best[canvas] = found
    for name, canvas in (("untagged", Untagged), ("tagged", PageCanvas)):
        found = best[canvas]
        print(
            f"{name:9} {found.pages} pages, {found.elements:5} elements:"
            f" {found.drawing:.3f} s + {found.saving:.3f} s, {found.size / 1e6:.2f} MB"
        )
    tagged, untagged = best[PageCanvas], best[Untagged]
    extra = tagged.seconds - untagged.seconds
    print(f"tags cost {extra:.2f} s and {tagged.size / untagged.size:.2f} times the size")


if __name__ == "__main__":
    main()
