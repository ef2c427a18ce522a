"""Documents with notes in every place, whose words tell where they belong, for tests of the layout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pypdfium2

from briefpack.document import (
    Callout,
    Document,
    Heading,
    List,
    ListItem,
    ListKind,
    NoteReference,
    NumberedParagraph,
    Paragraph,
    Section,
    Spans,
    Table,
    Text,
)
from briefpack.pdf.layout import Laid, lay_out
from briefpack.pdf.pages import Page, PageKind
from briefpack.pdf.writer import write_body
from briefpack.style import Style
from tests.samples import WHERE, SectionMaker, cell, row, sample_meta, words

WORDS = re.compile(r"(?:text|mark|note|stop)\d+x")
"""textNx begins words of the text, markNx stands before the mark of a note, whose words begin in noteNx and end in stopNx."""


def note(number: int, *paragraphs: str | Spans) -> NoteReference:
    """A note with the anchor note_N and the mark N."""
    made = tuple((Text(each),) if isinstance(each, str) else each for each in paragraphs)
    return NoteReference(number, str(number), f"note_{number}", made, WHERE)


class Writer:
    """Makes words that can be found again. wanted: those of the text, notes: those of the notes, in order."""

    def __init__(self) -> None:
        self.wanted: list[str] = []
        self.notes: list[str] = []
        self.texts = 0
        self.number = 0
        self.repeated: set[int] = set()

    def text(self, size: int) -> str:
        self.texts += 1
        begin = f"text{self.texts}x"
        self.wanted.append(begin)
        return " ".join([begin, *["filler"] * size])

    def note(self, size: int, paragraphs: int = 1, *, repeated: bool = False) -> Spans:
        """A word and the mark of a note of size words a paragraph. repeated: the mark may be printed again."""
        self.number += 1
        number = self.number
        if repeated:
            self.repeated.add(number)
        else:
            self.wanted.append(f"mark{number}x")
        self.notes += [f"note{number}x", f"stop{number}x"]
        made = ["small " * size for _ in range(paragraphs)]
        made[0] = f"note{number}x {made[0]}"
        made[-1] += f" stop{number}x"
        return Text(f" {'head' if repeated else 'mark'}{number}x"), note(number, *made)

    def spans(self, size: int, sizes: Sequence[int], paragraphs: int = 1) -> Spans:
        """Text with notes of sizes in it, and words between them."""
        made: list[object] = [Text(self.text(size))]
        for each in sizes:
            made += [*self.note(each, paragraphs), Text(" " + " ".join(["filler"] * (size // 2)))]
        return tuple(made)  # type: ignore[arg-type]  # all of them are spans


@dataclass(frozen=True, slots=True)
class Plan:
    """What a block should be: its kind, how many words it has, and how many its notes have."""

    kind: str
    size: int
    notes: tuple[int, ...] = ()


def section(writer: Writer, plans: Iterable[Plan], number: int = 1) -> Section:
    """A section with a block for each plan."""
    maker = SectionMaker(number)
    for plan in plans:
        _add(maker, writer, plan)
    return maker.section(f"Section {number}")


def _paragraph(spans: Spans, **more: object) -> Paragraph:
    return Paragraph(spans, WHERE, **more)  # type: ignore[arg-type]  # keywords of Paragraph


def _add(maker: SectionMaker, writer: Writer, plan: Plan) -> None:
    size, notes = plan.size, plan.notes
    match plan.kind:
        case "paragraph":
            maker.add(_paragraph(writer.spans(size, notes)))
        case "parts":
            maker.add(_paragraph(writer.spans(size, notes, paragraphs=3)))
        case "kept":
            maker.add(_paragraph(writer.spans(size % 40, notes), keep_with_next=True))
        case "heading":
            maker.add(Heading(2, None, writer.spans(size % 5, notes[:1]), f"h_{writer.texts}", WHERE))
        case "numbered":
            spans = writer.spans(size, notes)
            maker.add(NumberedParagraph(0, "1.", 1, 1, spans, None, WHERE))
        case "list":
            spans = [writer.spans(size % 50, notes[k : k + 1]) for k in range(3)]
            items = tuple(ListItem("—", (_paragraph(each, role="list"),)) for each in spans)
            maker.add(List(ListKind.DASHES, items, 0, next(maker.sequences), WHERE))
        case "box":
            title = writer.spans(3, notes[:1])
            inside = tuple(_paragraph(writer.spans(size, notes[1:]), role="callout") for _ in range(2))
            maker.add(Callout(title, inside, WHERE))
        case "table":
            _add_table(maker, writer, plan)
        case "tall":
            maker.table(("", "HEAD"), [("", "filler")], (0.2, 0.8))
            spans = writer.spans(200 + 6 * size, notes)
            put_rows(maker, [(words("side"), spans)])
        case _:
            raise ValueError(plan.kind)


def _add_table(maker: SectionMaker, writer: Writer, plan: Plan) -> None:
    """Notes in the caption, in the header, in both cells of the rows and in the source."""
    size, notes = plan.size, plan.notes
    maker.table(("HEAD", "Second"), [("", "")], (0.4, 0.6), caption="Caption", source="Source")
    table = maker.blocks[-1]
    assert isinstance(table, Table)
    assert table.caption is not None
    caption = replace(table.caption, spans=writer.spans(2, notes[:1]))
    head = replace(row("", "HEAD"), cells=(_cell(_head(writer, notes[:1])), cell("HEAD")))
    maker.blocks[-1] = replace(table, caption=caption, header=(head,))
    rows = [
        (writer.spans(2, notes[k : k + 1]), writer.spans(size % 40, notes[k : k + 1]))
        for k in range(1 + size % 7)
    ]
    put_rows(maker, rows)
    table = maker.blocks[-1]
    assert isinstance(table, Table)
    maker.blocks[-1] = replace(table, source=writer.spans(2, notes[:1]))


def _head(writer: Writer, notes: Sequence[int]) -> Spans:
    made = [span for each in notes for span in writer.note(each, repeated=True)]
    return (Text("Head"), *made)


def _cell(spans: Spans) -> object:
    return replace(cell(""), blocks=(_paragraph(spans, role="table-cell"),))


def put_rows(maker: SectionMaker, rows: Sequence[tuple[Spans, Spans]]) -> None:
    table = maker.blocks[-1]
    assert isinstance(table, Table)
    made = tuple(replace(row("", ""), cells=tuple(map(_cell, pair))) for pair in rows)  # type: ignore[arg-type]
    maker.blocks[-1] = replace(table, rows=made)


def document(*sections: Section) -> Document:
    return Document(sample_meta(watermark=None), (), sections, ())


def laid(*sections: Section, look: Style) -> tuple[Laid, list[str]]:
    """The pages, and the words of each as pdfium reads them."""
    made = document(*sections)
    pages = lay_out(made, look)
    opened = pypdfium2.PdfDocument(write_body(made, look, pages).content)
    try:
        return pages, [opened[k].get_textpage().get_text_bounded() for k in range(len(opened))]
    finally:
        opened.close()


def found(texts: Iterable[str], *kinds: str) -> list[str]:
    """The words that can be found again, of some kinds, in the order of the pages."""
    return [word for text in texts for word in WORDS.findall(text) if word.rstrip("0123456789x") in kinds]


def page_of(texts: Sequence[str], word: str) -> int:
    (number,) = (number for number, text in enumerate(texts) if re.search(rf"{word}(?!\w*{word})", text))
    return number


def assert_sound(pages: Laid, texts: Sequence[str], writer: Writer, look: Style) -> None:
    """Nothing is lost, said twice or out of order; text and notes do not touch and stay in the frame."""
    assert found(texts, "text", "mark") == writer.wanted
    assert found(texts, "note", "stop") == writer.notes
    for page in pages.pages:
        assert_apart(page, look)


def assert_apart(page: Page, look: Style) -> None:
    setup = page.setup(look.page)
    top, bottom = setup.height - setup.top, float(setup.bottom)
    if page.foot is not None:
        assert page.foot.top <= top + 0.05
        assert abs(page.foot.top - page.foot.flow.height - bottom) < 0.05
        bottom = page.foot.top
    for placed in page.placed:
        assert placed.top <= top + 0.01
        assert placed.top - placed.flow.height >= bottom - 0.05, (page.label, placed)
    for upper, lower in pairwise(page.placed):
        assert lower.top <= upper.top - upper.flow.height + 0.01
    if page.kind is PageKind.BODY:
        assert page.placed or page.foot is not None


def assert_begun(texts: Sequence[str], writer: Writer) -> None:
    """Every note begins on the page of its mark."""
    for number in set(range(1, writer.number + 1)) - writer.repeated:
        assert page_of(texts, f"note{number}x") == page_of(texts, f"mark{number}x"), number
