from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.document import (
    Block,
    Callout,
    Chart,
    Document,
    Heading,
    Image,
    List,
    NumberedParagraph,
    Paragraph,
    Quotation,
    SideBySide,
    Spans,
    Table,
    Text,
    plain_text,
)
from briefpack.limits import EVERYBODY, Limits
from briefpack.marking import LOWEST, Marking
from briefpack.reading.read_pack import read_pack
from briefpack.reading.read_style import read_style
from briefpack.resolve import resolve
from briefpack.resolve.portions import Portions
from briefpack.select import select
from briefpack.style import BannerColours, BannerOf, MarkingLook, Style
from tests.markings import cleared, marked, plain
from tests.pdf.test_banners import chosen
from tests.strategies import made_facts, packs_and_readers
from tests.walking import values


def look(*, portions: bool = True) -> Style:
    style = read_style("base", ()).style
    assert style is not None
    return replace(style, markings=MarkingLook(portions, BannerOf.PACK, BannerColours.NONE))


def document(
    tmp_path, section: str, *, portions: bool = True, pack: str = "", language: str = "en"
) -> Document:
    """A pack of one section, INTERNAL as a whole."""
    (tmp_path / "pack.yaml").write_text(
        f"title: T\npolicy: plain\nmarking: INTERNAL\nlanguage: {language}\nas_of: 2025-04-02\nsections: [one.yaml]\n"
        f"audiences: {{all: {{title: All, style: base, clearance: RESTRICTED}}}}\n{pack}"
    )
    (tmp_path / "one.yaml").write_text(f"title: One\n{section}")
    reading = read_pack(tmp_path)
    assert reading.pack is not None, [str(found) for found in reading.findings]
    audience = reading.pack.audiences[0]
    selected = select(reading.pack, audience).pack
    made = resolve(
        selected, audience, look(portions=portions), made_facts(selected), date=datetime(2025, 4, 2)
    )
    assert made.document is not None, [found.message for found in made.findings]
    return made.document


def said(blocks: tuple[Block, ...]) -> list[str]:
    """What a reader sees, a line for each paragraph; rows in one line, cells divided by bars."""
    lines: list[str] = []

    def add(spans: Spans | None) -> None:
        if spans:
            lines.append(plain_text(spans).replace("\u00a0", " "))

    for block in blocks:
        match block:
            case Heading() | Paragraph() | NumberedParagraph():
                add(block.spans)
            case List():
                for item in block.items:
                    lines.extend(said(item.blocks))
            case Callout():
                add(block.title)
                lines.extend(said(block.blocks))
            case Quotation():
                lines.extend(said(block.blocks))
                add(block.attribution)
            case SideBySide():
                for part in block.parts:
                    lines.extend(said(part))
            case Table():
                add(block.caption and block.caption.spans)
                for row in block.rows:
                    lines.append(" | ".join(" / ".join(said(cell.blocks)) for cell in row.cells))
                for note in block.notes:
                    add(note.spans)
                add(block.source)
            case Image() | Chart():
                add(block.caption and block.caption.spans)
                add(block.source)
            case _:
                lines.append(type(block).__name__)
    return lines


def printed(tmp_path, section: str, **keys: object) -> list[str]:
    (made,) = document(tmp_path, section, **keys).sections  # type: ignore[arg-type]  # passed on
    return said(made.blocks)


# --------------------------------------------------------------------------- what has a mark


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ("text: Words.", ["(I) Words."]),
        ("text: |\n  One.\n\n  Two.", ["(I) One.", "(I) Two."]),
        ("blocks:\n- {text: Words., marking: RESTRICTED}", ["(R) Words."]),
        ("blocks:\n- {heading: Words, marking: PUBLIC}\n- text: More.", ["(P) Words", "(I) More."]),
        (
            "blocks:\n- list:\n  - One\n  - {text: Two, marking: RESTRICTED, items: [Three]}",
            ["(I) One", "(R) Two", "(R) Three"],
        ),
        (
            "blocks:\n- numbered:\n  - One\n  - {text: Two, marking: RESTRICTED, items: [Three]}",
            ["(I) One", "(R) Two", "(R) Three"],
        ),
        (
            ("kind: brief\nobjective: Aim.\npoints:\n- to: the table\n  points:\n  - {text: Say., priority: high, marking: RESTRICTED}\n"
            "background: Facts."),
            ["(P) Objective", "(I) Aim.", "(P) Points to make", "(I) To the table", "(R) Key point: Say.", "(P) Background", "(I) Facts."],
        ),
        (
            "blocks:\n- questions:\n  - {question: why now?, line: Because., marking: RESTRICTED}",
            ["(R) Why now?", "(R) Because."],
        ),
        (
            "blocks:\n- callout: Mind.\n  title: Handling\n  marking: PUBLIC",
            ["(P) Handling", "(P) Mind."],
        ),
        ("blocks:\n- quote: Words.\n  by: A Minister", ["(I) Words.", "A Minister"]),
        (
            "blocks:\n- facts: {Mission: Peace}\n  title: At a glance",
            ["(I) At a glance", "(I) Peace"],
        ),
        ("blocks:\n- definitions: {Brief: A paper.}", ["(I) A paper."]),
        (
            "blocks:\n- key_figures: [{value: 23, label: Allies, marking: PUBLIC}]",
            ["23", "(P) Allies"],
        ),
        (
            "blocks:\n- timeline: [{date: 2025-04-03, text: Meeting, marking: RESTRICTED}]",
            ["3 April 2025 | (R) Meeting"],
        ),
        (
            ("blocks:\n- table:\n    columns: [Item, Cost]\n    rows:\n    - [Travel, '1.5']\n    - {cells: [Food, '12'], marking: RESTRICTED}\n"
            "    caption: Costs\n    source: Desk"),
            ["(I) Costs", "(I) Travel | 1.5", "(R) Food | 12", "Source: Desk"],
        ),
        (
            "kind: agenda\nnumbered: true\ndays:\n- date: 2025-04-03\n  items:\n  - {time: '12:30', item: Lunch, room: Room 1, marking: RESTRICTED}",
            ["(I) Thursday, 3 April 2025", "12:30 | 1. (R) Lunch / Room 1"],
        ),
        (
            "kind: biographies\npeople:\n- {name: A. Person, office: Minister, text: Born., marking: PUBLIC}",
            ["(P) A. Person", "Minister", "(P) Born."],
        ),
        (
            "kind: speaking-note\nspeech: Colleagues.",
            ["5 s", "(I) Colleagues."],
        ),
        (
            "kind: contacts\ncontacts:\n- {name: A. Person, role: Driver, phone: '1'}",
            ["(P) Contacts", "(I) A. Person | Driver | 1"],
        ),
        (
            "blocks:\n- chart: bar\n  values: {A: 1, B: 2}\n  source: Desk",
            ["(I) Source: Desk"],
        ),
        ("blocks:\n- chart: bar\n  values: {A: 1, B: 2}", ["(I)"]),
        ("blocks:\n- qr: https://www.example.org/", ["(I) www.example.org"]),
        ("blocks:\n- code: |\n    title: x\n      more", ["(I) title: x   more"]),
    ],
)  # fmt: skip
def test_every_portion_has_the_mark_of_its_own_words(tmp_path, written, lines) -> None:
    assert printed(tmp_path, written) == lines
    # Without marks the same words are printed, and nothing else.
    assert printed(tmp_path, written, portions=False) == [
        line for line in (_without(line) for line in lines) if line
    ]


def _without(line: str) -> str:
    for mark in ("(P)", "(I)", "(R)"):
        line = line.replace(f"{mark} ", "").replace(mark, "")
    return line


def test_titles_in_contents_have_marks_and_references_have_none(tmp_path) -> None:
    made = document(
        tmp_path, "text: See [[here]].\nblocks:\n- {heading: Here, id: here, marking: RESTRICTED}\n"
    )

    assert [(entry.mark, entry.title) for entry in made.contents] == [
        ("(I)\u00a0", "One"),
        ("(R)\u00a0", "Here"),
    ]
    assert said(made.sections[0].blocks)[0] == "(I) See section 1.1."
    assert made.sections[0].title == "One"


def test_a_title_may_be_lower_than_what_is_below_it(tmp_path) -> None:
    (section,) = document(tmp_path, "title_marking: PUBLIC\nmarking: RESTRICTED\ntext: Words.").sections

    assert section.mark == "(P)\u00a0"
    assert said(section.blocks) == ["(R) Words."]
    assert section.title_marking == Marking(0)
    assert section.marking == Marking(2)


def test_numbers_keep_their_columns(tmp_path) -> None:
    table = (
        "blocks:\n- table:\n    columns: [{title: A, decimal: true}, {title: B, decimal: true}]\n"
        "    rows: [['1.5', '22'], ['10', '3.25']]\n"
    )
    (marked_table,) = document(tmp_path, table).sections[0].blocks
    (bare,) = document(tmp_path, table, portions=False).sections[0].blocks
    tails = [
        [cell.blocks[0].tail for row in made.rows for cell in row.cells] for made in (marked_table, bare)
    ]

    assert tails[0] == tails[1]
    # No cell has words: the first one must do.
    assert said((marked_table,)) == ["(I) 1.5 | 22", "(I) 10 | 3.25"]


def test_empty_rows_and_empty_cells_have_no_mark_to_stand_alone(tmp_path) -> None:
    table = "blocks:\n- table:\n    columns: [A, B]\n    rows: [['', x], ['', '']]\n"

    assert printed(tmp_path, table) == [" | (I) x", " | "]


def test_notes_and_table_notes_have_marks(tmp_path) -> None:
    made = document(
        tmp_path,
        "blocks:\n- {text: 'Words.^[A note.]', marking: RESTRICTED}\n- table:\n    columns: [A]\n    rows: [['x^a^']]\n    notes: {a: Estimated.}\n",
    )
    note = made.sections[0].blocks[0].spans[-1]

    assert [plain_text(paragraph) for paragraph in note.paragraphs] == ["(R)\u00a0A note."]
    assert note.marking == Marking(2)
    assert said(made.sections[0].blocks)[-1] == "(I) Estimated."


def test_notes_may_be_marked_by_themselves(tmp_path) -> None:
    made = document(
        tmp_path,
        "notes: {far: {text: A note., marking: PUBLIC}}\nblocks:\n- {text: 'Words.[^far]', marking: RESTRICTED}\n"
        "- table:\n    columns: [A]\n    rows: [['x^a^']]\n    notes: {a: {text: Estimated., marking: RESTRICTED}}\n",
    )
    note = made.sections[0].blocks[0].spans[-1]

    assert [plain_text(paragraph) for paragraph in note.paragraphs] == ["(P)\u00a0A note."]
    assert note.marking == Marking(0)
    assert said(made.sections[0].blocks)[0::2] == ["(R) Words.", "(R) Estimated."]
    assert made.sections[0].blocks[1].notes[0].marking == Marking(2)


def test_the_mark_of_a_figure_tells_of_all_of_it(tmp_path) -> None:
    chart = (
        "blocks:\n- chart: bar\n  categories: [A, B]\n  caption: Costs\n  title_marking: PUBLIC\n"
        "  series:\n  - {name: Open, values: [1, 2]}\n  - {name: Shut, values: [3, 4], marking: RESTRICTED}\n"
    )
    (made,) = document(tmp_path, chart).sections[0].blocks

    assert said((made,)) == ["(R) Costs"]
    assert made.marking == Marking(2)


def test_marks_are_no_words_for_the_glossary(tmp_path) -> None:
    lines = printed(tmp_path, "text: R goes on.", pack="glossary: {R: Research}\n")

    assert lines == ["(I) Research (R) goes on."]


def test_marks_are_in_the_language_of_the_pack(tmp_path) -> None:
    assert printed(tmp_path, "language: fr\ntext: Des mots.") == ["(I) Des mots."]


# --------------------------------------------------------------------------- own words


def test_a_node_without_a_marking_counts_as_what_it_stands_in() -> None:
    portions = Portions(plain(), printed=True, pack=Marking(1))
    portions.begin(EVERYBODY)

    assert portions.own == Marking(1)
    with portions.within(Limits(marking=Marking(2), title_marking=Marking(0))):
        assert portions.own == Marking(0)
        assert portions.whole(Limits(marking=Marking(2))) == Marking(2)
        with portions.within(EVERYBODY):
            assert portions.own == Marking(0)
    assert portions.own == Marking(1)
    portions.begin(Limits(marking=Marking(2)))
    assert portions.own == Marking(2)


def test_without_a_policy_nothing_is_marked() -> None:
    portions = Portions(printed=True)
    portions.begin(Limits(marking=Marking(2)))

    assert portions.own is None
    assert portions.marked((Text("Words"),)) == (Text("Words"),)
    assert portions.alone(Marking(1)) is None


def test_words_that_are_not_there_are_not_marked() -> None:
    assert Portions(plain(), printed=True).marked((), Marking(1)) == ()


@settings(max_examples=60, deadline=None)
@given(packs_and_readers(references=False), st.integers(0, 10**6))
def test_marks_change_nothing_but_themselves(drawn, seed) -> None:
    pack, audience = drawn
    made = [
        chosen(marked(pack, seed), cleared(audience), look(portions=portions)) for portions in (True, False)
    ]
    if None in made:
        return
    with_marks, without = made
    texts = [
        [value.text for value in values(each.sections) if isinstance(value, Text) and not value.portion]
        for each in (with_marks, without)
    ]

    assert texts[0] == texts[1]
    assert [entry.title for entry in with_marks.contents] == [entry.title for entry in without.contents]
    assert [entry.anchor for entry in with_marks.contents] == [entry.anchor for entry in without.contents]
    assert all(section.mark for section in with_marks.sections)
    assert not any(section.mark for section in without.sections)
    assert with_marks.marking >= LOWEST
