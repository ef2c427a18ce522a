"""Sections of each kind as the Document has them, from the file on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Picture

from briefpack.blocks import AgendaBlock, AgendaItem
from briefpack.document import (
    Block,
    Callout,
    CrossReference,
    Document,
    Heading,
    Heads,
    Link,
    List,
    Listing,
    NumberedParagraph,
    PageBreak,
    Paragraph,
    RowKind,
    Section,
    SideBySide,
    Table,
    plain_text,
)
from briefpack.pack import Audience, Pack, PartName
from briefpack.reading.read_pack import read_pack
from briefpack.reading.read_style import read_style
from briefpack.resolve import known_names, resolve
from briefpack.resolve.speech import spoken_seconds
from briefpack.select import select
from briefpack.style import Style
from tests.resolve.making import DATE, document, every, pack, section, where, words
from tests.strategies import made_facts

BASE = read_style("base", ()).style
assert BASE is not None

PACK = """title: Visit
as_of: 2025-04-02
sections: [one.yaml, two.yaml]
audiences:
  desk:
  minister: {parts: [objective, points]}
  press: {tags: [public]}
"""


class Maker:
    """Makes the Document of a pack with two sections, one of them as given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def pack(self, one: str, two: str = "text: T\n", *, language: str = "en") -> Pack:
        (self.folder / "pack.yaml").write_text(f"{PACK}language: {language}\n", encoding="utf-8")
        (self.folder / "one.yaml").write_text(f"title: One\n{one}", encoding="utf-8")
        (self.folder / "two.yaml").write_text(f"title: Two\n{two}", encoding="utf-8")
        reading = read_pack(self.folder)
        assert reading.pack is not None, reading.findings.items
        return reading.pack

    def document(self, one: str, two: str = "text: T\n", name: str = "desk", **keys: str) -> Document:
        whole = self.pack(one, two, **keys)
        audience = next(a for a in whole.audiences if a.name == name)
        return made(whole, audience)

    def section(self, one: str, two: str = "text: T\n", name: str = "desk", **keys: str) -> Section:
        return self.document(one, two, name, **keys).sections[0]

    def shown(self, one: str, two: str = "text: T\n", name: str = "desk", **keys: str) -> list[str]:
        return [line for block in self.section(one, two, name, **keys).blocks for line in shown(block)]


def made(whole: Pack, audience: Audience, style: Style = BASE) -> Document:
    selected = select(whole, audience, style.craft.parts).pack
    resolution = resolve(
        selected, audience, style, made_facts(selected, 4), date=DATE, known=known_names(whole)
    )
    assert resolution.document is not None, [found.message for found in resolution.findings]
    return resolution.document


def shown(block: Block) -> list[str]:
    """A line for everything that is printed."""
    match block:
        case Heading():
            return [f"h{block.level} {plain_text(block.spans)}"]
        case Paragraph():
            return [f"{block.role}: {plain_text(block.spans)}"]
        case NumberedParagraph():
            return [f"{block.label} {plain_text(block.spans)}"]
        case List():
            return [f"{item.label} {line}" for item in block.items for b in item.blocks for line in shown(b)]
        case Callout():
            return [f"[{plain_text(block.title or ())}]", *(line for b in block.blocks for line in shown(b))]
        case Table():
            return [f"{block.look}: {' | '.join(row)}" for row in cells(block)]
        case SideBySide():
            return [f"beside: {line}" for part in block.parts for b in part for line in shown(b)]
        case _:
            return [type(block).__name__]


def cells(table: Table) -> list[list[str]]:
    return [
        [
            " / ".join(plain_text(b.spans) for b in cell.blocks if isinstance(b, Paragraph))
            for cell in row.cells
        ]
        for row in (*table.header, *table.rows)
    ]


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    return Maker(tmp_path)


# --------------------------------------------------------------------------- briefs

BRIEF = """kind: brief
objective: O
points: [p]
their_objectives: [t]
red_lines: R
background: {use_freely: f, not_for_use: n}
recent: r
contact: {name: N, phone: "+32 2", email: d@e.org, cleared_by: C, date: 2025-04-01}
text: after
"""


def test_a_brief_ends_with_whom_to_ask(maker: Maker) -> None:
    assert maker.shown(BRIEF) == [
        "h2 Objective",
        "objective: O",
        "h2 Points to make",
        "— list: p",
        "h2 Their objectives",
        "— list: t",
        "h2 Red lines",
        "body: R",
        "h2 Background, for use",
        "1. f",
        "h2 Background, not for use",
        "2. n",
        "h2 Recent developments",
        "body: r",
        "body: after",
        "clearance: Contact | N, +32 2, d@e.org",
        "clearance: Cleared by | C, 1 April 2025",
    ]


def test_a_contact_is_a_table_of_two_named_rows_and_the_address_opens_a_letter(maker: Maker) -> None:
    table = maker.section(BRIEF).blocks[-1]
    assert isinstance(table, Table)
    assert [row.cells[0].heads for row in table.rows] == [Heads.ROW, Heads.ROW]
    assert [link.url for link in every(table, Link)] == ["mailto:d@e.org"]


def test_background_that_stands_alone_does_not_say_that_there_is_more(maker: Maker) -> None:
    pack = maker.pack(BRIEF)
    audience = pack.audiences[1]
    assert [part.value for part in audience.parts] == ["objective", "points"]
    reader = replace(audience, parts=(PartName.BACKGROUND,))
    lines = [line for block in made(pack, reader).sections[0].blocks for line in shown(block)]
    assert lines == ["h2 Background", "1. f", "body: after"]


def test_a_style_that_prints_few_parts_makes_a_card(maker: Maker) -> None:
    pack = maker.pack(BRIEF.replace("text: after\n", ""))
    style = replace(BASE, craft=replace(BASE.craft, parts=("objective", "points")))
    lines = [
        line for block in made(pack, pack.audiences[0], style).sections[0].blocks for line in shown(block)
    ]
    assert lines == ["h2 Objective", "objective: O", "h2 Points to make", "— list: p"]


# --------------------------------------------------------------------------- speeches


def test_a_speech_says_how_long_each_paragraph_and_all_of_it_takes(maker: Maker) -> None:
    speech = (
        f"kind: speaking-note\nlead: Desk\nspeech:\n  - {'word ' * 55}\n  - '## Then'\n  - {'word ' * 60}\n"
    )
    section = maker.section(speech)
    assert [line[:20] for block in section.blocks for line in shown(block)] == [
        "speech-time: 30\u00a0s",
        "speech: word word wo",
        "h2 Then",
        "speech-time: 35\u00a0s",
        "speech: word word wo",
    ]
    assert plain_text(section.lead) == "Lead: Desk · Speaking time 1\u00a0min 5\u00a0s"


def test_a_speaker_may_be_slower_than_the_style(maker: Maker) -> None:
    section = maker.section(f"kind: speaking-note\nwords_per_minute: 60\nspeech: {'word ' * 60}\n")
    assert plain_text(section.lead) == "Speaking time 1\u00a0min"


def test_a_style_may_leave_the_times_out(maker: Maker) -> None:
    pack = maker.pack("kind: speaking-note\nspeech: one two\n")
    style = replace(BASE, craft=replace(BASE.craft, speech_times=False))
    section = made(pack, pack.audiences[0], style).sections[0]
    assert [line for block in section.blocks for line in shown(block)] == ["speech: one two"]


def test_what_is_withheld_takes_no_time(maker: Maker) -> None:
    speech = f"kind: speaking-note\nspeech: [one two, {{text: {'word ' * 50}, audiences: minister}}]\n"
    assert plain_text(maker.section(speech).lead) == "Speaking time 5\u00a0s"


@given(st.integers(0, 2000), st.integers(40, 300))
def test_times_are_to_five_seconds_and_never_nothing(count: int, pace: int) -> None:
    seconds = spoken_seconds(words("word " * count), pace)
    assert seconds % 5 == 0
    assert seconds >= 5
    assert abs(seconds - count * 60 / pace) <= 5


def test_a_dash_is_not_spoken() -> None:
    assert spoken_seconds(words("– " * 200 + "word"), 60) == 5


# --------------------------------------------------------------------------- people, questions, statements


def test_a_biography_is_a_heading_and_the_portrait_beside_the_words(maker: Maker) -> None:
    Picture.new("RGB", (3, 4), "navy").save(maker.folder / "p.png")
    people = (
        "kind: biographies\npeople:\n  - {name: A, id: a, office: O, pronunciation: ay, languages: [en, fr], last_met: L, text: T,"
        " portrait: p.png, alt: A face}\n  - {name: B, office: P}\n"
    )
    section = maker.section(people, "text: '[[a]]'\n")
    assert [line for block in section.blocks for line in shown(block)] == [
        "h2 A",
        "beside: Image",
        "beside: body: O",
        "beside: secondary: Pronounced: ay Languages: en, fr Last met: L",
        "beside: body: T",
        "h2 B",
        "body: P",
    ]
    (beside,) = every(section, SideBySide)
    assert sum(beside.shares) == pytest.approx(1)
    assert beside.shares[0] * BASE.page.text_width == pytest.approx(BASE.craft.portrait)


def test_questions_are_boxes_below_their_topics(maker: Maker) -> None:
    text = "kind: qa\npress_line: P\nquestions: [{topic: T, questions: [{question: q, answer: A}]}]\n"
    lines = maker.shown(text)
    assert lines[0] == "[Press line]"
    assert lines[1].endswith(": P")
    assert lines[2:4] == ["h2 T", "[Q]"]


def test_a_topic_whose_questions_are_withheld_goes_with_its_heading(maker: Maker) -> None:
    text = (
        "kind: qa\nquestions:\n  - {question: q, answer: A}\n"
        "  - {topic: T, questions: [{question: r, answer: B, audiences: desk}]}\n"
    )
    assert "h2 T" not in maker.shown(text, name="minister")
    assert "h2 T" in maker.shown(text)


def test_a_paragraph_of_a_statement_can_be_cited_from_elsewhere(maker: Maker) -> None:
    document = maker.document(
        "kind: statement\npreamble: We\nparagraphs: [a, {text: b, id: b}]\n", "text: See [[b]].\n"
    )
    lines = [line for block in document.sections[0].blocks for line in shown(block)]
    assert lines == ["body: We", "1. a", "2. b"]
    assert plain_text(document.sections[1].blocks[0].spans) == "See section 1, paragraph 2."  # type: ignore[union-attr]


# --------------------------------------------------------------------------- rows


def test_movements_stand_below_their_days(maker: Maker) -> None:
    text = (
        "kind: contacts\nmovements:\n  - {date: 2025-04-03, time: 08:15, what: W, from: F, to: T}\n"
        "  - {date: 2025-04-03, time: 09:00, what: X}\n  - {date: 2025-04-04, time: 10:00, what: Y}\ncontacts: [{name: N}]\n"
    )
    section = maker.section(text)
    table = next(every(section, Table))
    assert cells(table) == [
        ["Time", "Movement", "From", "To"],
        ["Thursday, 3 April 2025"],
        ["08:15", "W", "F", "T"],
        ["09:00", "X", "", ""],
        ["Friday, 4 April 2025"],
        ["10:00", "Y", "", ""],
    ]
    groups = [row for row in table.rows if row.kind is RowKind.GROUP]
    assert [(row.cells[0].columns, row.cells[0].heads) for row in groups] == [(4, Heads.GROUP)] * 2
    assert table.look == "agenda"


def test_columns_that_no_row_fills_are_left_out(maker: Maker) -> None:
    lines = maker.shown("kind: contacts\ncontacts: [{name: N, phone: '+1'}]\n")
    assert lines == ["h2 Contacts", "table: Name | Telephone", "table: N | +1"]


def test_label_words_are_in_the_language_of_the_section(maker: Maker) -> None:
    lines = maker.shown("kind: contacts\nlanguage: fr\ncontacts: [{name: N, phone: '+1'}]\n")
    assert lines[1] == "table: Nom | Téléphone"


def test_an_audience_is_not_told_of_changes_in_what_it_does_not_get(maker: Maker) -> None:
    text = "kind: changes\nchanges: [{section: two, what: secret}, {section: one, what: open, date: 2025-04-01}, {what: all}]\n"
    two = "text: T\naudiences: desk\n"
    assert maker.shown(text, two) == [
        "table: Where | What changed | Date",
        "table: section 2 | secret | ",
        "table: section 1 | open | 1 April 2025",
        "table:  | all | ",
    ]
    assert "secret" not in str(maker.document(text, two, "minister").sections[0].blocks)


def test_a_change_in_what_does_not_exist_is_an_error(maker: Maker) -> None:
    pack = maker.pack("kind: changes\nchanges: [{section: tow, what: W}]\n")
    resolution = resolve(pack, pack.audiences[0], BASE, {}, date=DATE)
    (found,) = [f for f in resolution.findings if "tow" in f.message]
    assert found.hint == "did you mean “two”?"


def test_when_all_changes_are_withheld_not_even_the_title_of_their_section_stays(maker: Maker) -> None:
    text = "kind: changes\nchanges: [{section: two, what: secret}]\n"
    whole = maker.pack(text, "text: T\naudiences: desk\n")
    by_name = {audience.name: select(whole, audience).pack for audience in whole.audiences}

    assert [section.title for section in by_name["desk"].sections] == ["One", "Two"]
    assert by_name["minister"].sections == ()


# --------------------------------------------------------------------------- lists the pack makes

CAPTIONED = """blocks:
  - table: {columns: [A], rows: [[1]], caption: First *table*}
  - callout: c
  - table: {columns: [A], rows: [[1]]}
  - table: {columns: [A], rows: [[1]], caption: "For the desk, see [[two]]"}
    audiences: desk
"""


def test_lists_name_all_captions_of_the_pack_wherever_the_list_stands(maker: Maker) -> None:
    section = maker.section("kind: lists\n", CAPTIONED)
    (listing,) = every(section, Listing)
    assert [(entry.label, entry.title) for entry in listing.entries] == [
        ("Table 1", "First table"),
        ("Table 2", "For the desk, see section 2"),
    ]
    document = maker.document("kind: lists\n", CAPTIONED)
    anchors = {table.anchor for table in every(document.sections[1], Table)}
    assert {entry.anchor for listing in every(document, Listing) for entry in listing.entries} <= anchors


def test_a_list_names_only_what_its_audience_gets(maker: Maker) -> None:
    (listing,) = every(maker.section("kind: lists\nshow: tables\n", CAPTIONED, "minister"), Listing)
    assert [entry.label for entry in listing.entries] == ["Table 1"]


def test_a_list_without_entries_says_so(maker: Maker) -> None:
    assert maker.shown("kind: lists\n") == [
        "h2 Figures",
        "secondary: None in this pack.",
        "h2 Tables",
        "secondary: None in this pack.",
    ]


# --------------------------------------------------------------------------- agendas


def agenda(*items: str, keys: str = "", day: str = "2025-04-03") -> str:
    written = "".join(f"      - {{{item}}}\n" for item in items)
    return f"kind: agenda\n{keys}days:\n  - date: {day}\n    items:\n{written}"


def table(maker: Maker, text: str, **keys: str) -> list[list[str]]:
    (found,) = every(maker.section(text, **keys), Table)
    assert found.look == "agenda"
    return cells(found)


def test_ends_are_printed_although_nobody_wrote_them(maker: Maker) -> None:
    text = agenda(
        "time: 09:00, duration: 90 min, item: A", "duration: 15 min, item: B", "time: early, item: C"
    )
    assert table(maker, text)[1:] == [["09:00–10:30", "A"], ["10:30–10:45", "B"], ["early", "C"]]


def test_times_are_in_the_form_of_the_language(maker: Maker) -> None:
    rows = table(maker, agenda("time: 9:00–10:30, item: A"), language="fr")
    assert rows[1][0].replace("\u00a0", " ") == "09 h 00–10 h 30"


def test_the_next_day_is_marked(maker: Maker) -> None:
    text = agenda(
        "time: 22:00–00:30, item: A",
        "time: 00:30–01:00, item: B",
        "time: 01:00, item: C",
        keys="gaps: false\n",
    )
    assert [row[0] for row in table(maker, text)[1:]] == [
        "22:00–00:30\u00a0+1",
        "00:30–01:00\u00a0+1",
        "01:00\u00a0+1",
    ]


def test_midnight_as_an_end_is_that_of_the_day(maker: Maker) -> None:
    assert table(maker, agenda("time: 22:00–24:00, item: A"))[1][0] == "22:00–24:00"


@pytest.mark.parametrize(
    ("day", "home", "shown"),
    [
        ("2025-04-03", "Ottawa", ["06:30–08:30", "16:00–19:30"]),
        ("2025-03-20", "Ottawa", ["07:30–09:30", "17:00–20:30"]),
        ("2025-04-03", "Tokyo", ["19:30–21:30", "05:00–08:30\u00a0+1"]),
        ("2025-04-03", "UTC-12", ["22:30\u00a0−1–00:30", "08:00–11:30"]),
    ],
)
def test_times_at_home_know_the_day_and_summer_time(
    maker: Maker, day: str, home: str, shown: list[str]
) -> None:
    text = agenda(
        "time: 12:30–14:30, item: A",
        "time: 22:00–01:30, item: B",
        keys=f"gaps: false\nzones: {{meeting: Brussels, home: {home}}}\n",
        day=day,
    )
    rows = table(maker, text)
    assert rows[0][:2] == ["Brussels time", f"{home} time"]
    assert [row[1] for row in rows[1:]] == shown


def test_items_have_numbers_that_run_on_over_the_days(maker: Maker) -> None:
    text = agenda("time: 09:00, item: A", "time: 10:00, item: B", keys="numbered: true\n") + (
        "  - {date: 2025-04-04, items: [{time: 09:00, item: C}]}\n"
    )
    found = [row[1] for t in every(maker.section(text), Table) for row in cells(t)[1:]]
    assert found == ["1.\u00a0A", "2.\u00a0B", "3.\u00a0C"]


def test_an_item_says_who_where_and_whether_the_press_is_there(maker: Maker) -> None:
    text = agenda(
        "time: 09:00, item: A, detail: D, participants: Allies, room: Room 1, press: closed, role: speak, lead: L"
    )
    assert table(maker, text) == [
        ["Time", "Item", "Lead", "Role"],
        ["09:00", "A / D / With Allies / Room 1 · Closed to the press", "L", "Speak"],
    ]


def test_an_item_leads_to_its_brief(maker: Maker) -> None:
    section = maker.section(agenda("time: 09:00, item: A, brief: two"))
    assert [plain_text((r,)) for r in every(section, CrossReference)] == ["§2"]


TWO_DAYS = (
    agenda(
        "time: 09:00–10:30, item: A",
        "time: 11:00–12:00, item: B",
        "time: lunch, item: words",
        keys="timetable: true\ngaps: false\n",
    )
    + "  - {date: 2025-04-04, items: [{time: 09:30–11:30, item: C}, {time: 11:30, item: D, tags: public}]}\n"
)


def test_a_timetable_shows_days_side_by_side_before_them(maker: Maker) -> None:
    blocks = maker.section(TWO_DAYS).blocks
    overview, pause = blocks[:2]
    assert isinstance(overview, Table)
    assert isinstance(pause, PageBreak)
    assert overview.look == "matrix"
    assert cells(overview) == [
        ["Time", "Thursday, 3 April 2025", "Friday, 4 April 2025"],
        ["09:00", "A / 09:00–10:30", ""],
        ["09:30", "C / 09:30–11:30"],
        ["10:30", ""],
        ["11:00", "B / 11:00–12:00"],
        ["11:30", "D / 11:30"],
    ]
    assert [cell.rows for row in overview.rows for cell in row.cells] == [1, 2, 1, 1, 3, 1, 1, 1, 2, 1, 1]


def test_a_timetable_shows_what_the_audience_gets(maker: Maker) -> None:
    text = TWO_DAYS.replace("tags: public", "audiences: desk")
    overview = maker.section(text, name="minister").blocks[0]
    assert isinstance(overview, Table)
    assert "D" not in str(cells(overview))


def grid(found: Table) -> list[list[int]]:
    """How often each place of the table is covered."""
    covered = [[0] * len(found.columns) for _ in found.rows]
    for number, row in enumerate(found.rows):
        at = 0
        for cell in row.cells:
            while at < len(found.columns) and covered[number][at]:
                at += 1
            for down in range(cell.rows):
                for across in range(cell.columns):
                    covered[number + down][at + across] += 1
    return covered


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 47), st.integers(0, 20)), min_size=1, max_size=6),
        min_size=1,
        max_size=7,
    )
)
def test_the_cells_of_a_timetable_fill_it_without_gap_or_overlap(
    days: list[list[tuple[int, int]]],
) -> None:
    made_days = [
        AgendaBlock(
            date(2025, 4, 3) + timedelta(days=number),
            None,
            tuple(
                AgendaItem(
                    "",
                    words("Item"),
                    None,
                    None,
                    (),
                    where(),
                    start=start * 30,
                    end=(start + length) * 30 if length else None,
                )
                for start, length in day
            ),
            where(),
        )
        for number, day in enumerate(days)
    ]
    found = document(pack(section("programme", *made_days, timetable=True))).sections[0]
    tables = [block for block in found.blocks if isinstance(block, Table) and block.look == "matrix"]
    assert tables
    for overview in tables:
        assert all(cover == 1 for row in grid(overview) for cover in row)
        assert sum(column.width for column in overview.columns) == pytest.approx(1)
