from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from briefpack.blocks import ListBlock, PageBreakBlock, Reference
from briefpack.document import (
    Cell,
    Chart,
    Columns,
    CrossReference,
    Document,
    Heading,
    Image,
    List,
    ListItem,
    ListKind,
    NumberedParagraph,
    PageBreak,
    Paragraph,
    SideBySide,
    Table,
    TocKind,
)
from briefpack.grid import lay
from briefpack.marking import Ceiling
from briefpack.resolve import known_names, resolve
from briefpack.select import select
from tests.counting import steps
from tests.made_style import made_style
from tests.resolve.making import (
    DATE,
    annex,
    audience,
    document,
    every,
    heading,
    item,
    messages,
    pack,
    resolved,
    section,
    text,
    to,
    where,
)
from tests.strategies import made_facts, packs_and_readers
from tests.walking import values

# --------------------------------------------------------------------------- numbers and contents


def test_sections_are_numbered_in_the_order_of_the_pack():
    made = document(pack(section("agenda", text("a")), section("south", text("b"))))
    assert [(s.number, s.title, s.anchor) for s in made.sections] == [
        ("1", "Agenda", "sec_agenda"),
        ("2", "South", "sec_south"),
    ]


def test_a_style_may_leave_sections_without_numbers_and_headings_with_them():
    made = document(pack(section("south", heading("Amman"))), made_style(sections=False))
    assert made.sections[0].number is None
    assert made.contents[1].number is None


@pytest.mark.parametrize(
    ("depth", "titles"),
    [
        (0, ["South", "Map"]),
        (1, ["South", "Map"]),
        (2, ["South", "Amman", "Map"]),
        (3, ["South", "Amman", "The office", "Map"]),
    ],
)
def test_the_contents_go_as_deep_as_the_style_says_with_annexes_last(depth, titles):
    south = section("south", heading("Amman"), heading("The office", 3), text("a"))
    made = document(pack(south, annexes=(annex("map"),)), made_style(depth=depth))
    # Without printed contents (depth 0) sections and annexes remain: the list is the outline as well.
    assert [entry.title for entry in made.contents] == titles


@pytest.mark.parametrize(("digit", "label"), [("A", "B"), ("1", "2"), ("I", "II")])
def test_annexes_are_labelled_by_the_style(digit, label):
    two = (annex("one"), annex("two"))
    made = document(pack(section("south", text("a")), annexes=two), made_style(annexes=digit))
    assert [a.label for a in made.annexes][1] == label
    assert made.contents[-1].number == label


def test_an_annex_entry_says_what_intake_measured():
    (entry,) = document(
        pack(section("south", text("a")), annexes=(annex("map", "visits-map"),)), pages=7
    ).annexes
    assert (entry.pages, entry.file_name, entry.sha256, entry.anchor) == (
        7,
        "visits-map.pdf",
        "0" * 64,
        "annex_map",
    )


def test_a_heading_that_skips_a_level_is_warned_of_and_set_one_level_down():
    resolution = resolved(pack(section("south", heading("Amman", 2), heading("Deep", 4), text("a"))))
    assert messages(resolution) == ["heading “Deep” of level 4 skips a level; it is set as level 3"]
    assert resolution.document is not None
    assert [h.level for h in every(resolution.document, Heading)] == [2, 3]


# --------------------------------------------------------------------------- meta


def test_meta_takes_marking_and_watermark_of_the_audience_over_the_packs():
    south = pack(section("south", text("a")))
    assert (document(south).meta.marking, document(south).meta.watermark) == ("INTERNAL", "SPECIMEN")
    own = document(south, reader=audience(marking="FOR THE PRESS", watermark="")).meta
    assert (own.marking, own.watermark) == ("FOR THE PRESS", None)


def test_meta_tells_the_packs_date_in_its_words_and_the_builds_clock():
    meta = document(pack(section("south", text("a")), language="fr")).meta
    assert meta.as_of == "2 avril 2025, 18 h 00"
    assert meta.date == DATE
    assert (meta.audience, meta.audience_title, meta.file_stem) == ("press", "Press", "fmm-press")


def test_a_pack_without_a_date_prints_none():
    south = pack(section("south", text("a")))
    undated = replace(south, meta=replace(south.meta, date=None))
    assert document(undated).meta.as_of == ""


# --------------------------------------------------------------------------- findings


def test_a_pack_with_nothing_for_the_audience_is_an_error_at_the_audience():
    reader = audience()
    resolution = resolved(pack(), reader=reader)
    assert resolution.document is None
    assert [(f.where, f.message) for f in resolution.findings] == [
        (reader.where, "nothing of the pack is for press")
    ]


def test_where_clearances_are_the_cause_the_remedy_says_so():
    resolution = resolved(pack(), reader=replace(audience(), clearance=Ceiling(level=1)))
    assert [f.hint for f in resolution.findings] == [
        "let it have a section or an annex: mark one lower, give it a `title_marking` or raise the clearance; or take the audience out"
    ]


def test_a_section_with_nothing_in_it_is_warned_of():
    resolution = resolved(pack(section("south")))
    assert messages(resolution) == ["section “South” has nothing in it"]
    assert resolution.document is not None


def test_titles_that_cannot_be_told_apart_are_warned_of():
    twice = (heading("Next steps"), text("a"), heading("next  steps"), text("b"))
    resolution = resolved(
        pack(section("south", *twice), section("iraq", text("a"), title="South"), annexes=(annex("south-2"),))
    )
    assert messages(resolution) == [
        "the section title “South” is used twice",
        "the heading title “next  steps” is used twice",
    ]


def test_the_same_heading_under_different_headings_is_no_trouble():
    blocks = (
        heading("Amman"),
        heading("Next", 3),
        text("a"),
        heading("Kuwait"),
        heading("Next", 3),
        text("b"),
    )
    assert messages(resolved(pack(section("south", *blocks)))) == []


def test_an_id_given_twice_is_an_error_that_names_the_other_place():
    first = text("a", block_id="x")
    resolution = resolved(pack(section("south", first, text("b", block_id="x"))))
    (finding,) = resolution.findings
    assert finding.message == "the id “x” is given twice"
    assert str(first.where) in (finding.hint or "")


def test_errors_are_told_once_although_the_pack_is_walked_twice():
    resolution = resolved(pack(section("south", text(to("nowhere")), heading("Deep", 4), text(to("south")))))
    assert len(messages(resolution)) == len(set(messages(resolution))) == 2


# --------------------------------------------------------------------------- page breaks


def _breaks(*blocks: object, recto: bool = False) -> list[str]:
    made = document(pack(section("south", *blocks)), made_style(recto=recto))  # type: ignore[arg-type]  # blocks
    return ["break" if isinstance(block, PageBreak) else "text" for block in made.sections[0].blocks]


def test_page_breaks_that_would_make_an_empty_page_are_left_out():
    stop = PageBreakBlock(where())
    assert _breaks(stop, text("a"), stop, stop, text("b"), stop) == ["text", "break", "text"]


# --------------------------------------------------------------------------- properties


def _anchors(made: Document) -> list[str]:
    """Every anchor a writer will set."""
    found = [s.anchor for s in made.sections] + [a.anchor for a in made.annexes]
    for block in every(made.sections, object):
        if (
            isinstance(block, Heading | Paragraph | NumberedParagraph | Table | Image | Chart)
            and block.anchor
        ):
            found.append(block.anchor)
    return found


def _resolved(chosen):
    """A generated pack, resolved for one of its audiences, references to withheld nodes taken out."""
    whole, reader = chosen
    selection = select(whole, reader)
    return resolve(
        selection.pack,
        reader,
        made_style(headings=4, depth=3),
        made_facts(selection.pack),
        date=DATE,
        known=known_names(whole),
    )


@settings(max_examples=80, deadline=None)
@given(packs_and_readers(references=False))
def test_anchors_are_unique_and_every_reference_leads_to_one(chosen):
    resolution = _resolved(chosen)
    if resolution.document is None:
        assert messages(resolution) == [f"nothing of the pack is for {chosen[1].name}"]
        return
    anchors = _anchors(resolution.document)
    assert len(anchors) == len(set(anchors))
    for reference in every(resolution.document, CrossReference):
        assert reference.anchor in anchors


@settings(max_examples=80, deadline=None)
@given(packs_and_readers())
def test_a_reference_ends_in_a_link_to_an_anchor_or_in_a_located_error(chosen):
    resolution = _resolved(chosen)
    for finding in resolution.findings:
        assert finding.where is not None
        assert finding.hint
    if resolution.document is not None:
        anchors = set(_anchors(resolution.document))
        assert all(r.anchor in anchors for r in every(resolution.document, CrossReference))
        # No reference gets lost on the way, but for agenda pointers to what the audience does not get.
        selected = select(*chosen).pack
        names = known_names(selected)
        asked = [r.target for r in every(selected.sections, Reference) if r.target in names]
        assert len(asked) == len(list(every(resolution.document, CrossReference)))


@settings(max_examples=80, deadline=None)
@given(packs_and_readers(references=False))
def test_contents_are_the_walk_over_sections_and_annexes(chosen):
    made = _resolved(chosen).document
    if made is None:
        return
    walked: list[tuple[TocKind, str | None, str]] = []
    for part in made.sections:
        walked.append((TocKind.SECTION, part.number, part.anchor))
        walked += [
            (TocKind.HEADING, block.number, block.anchor)
            for block in every(part.blocks, Heading)
            if block.level <= 3
        ]
    walked += [(TocKind.ANNEX, entry.label, entry.anchor) for entry in made.annexes]
    assert [(entry.kind, entry.number, entry.anchor) for entry in made.contents] == walked
    assert all(1 <= entry.level <= 3 for entry in made.contents)


@settings(max_examples=80, deadline=None)
@given(packs_and_readers(references=False))
def test_numbering_has_no_holes_after_selection(chosen):
    made = _resolved(chosen).document
    if made is None:
        return
    assert [s.number for s in made.sections] == [str(n + 1) for n in range(len(made.sections))]
    for kinds, name in (((Table,), "table"), ((Image, Chart), "figure")):
        blocks = [b for b in values(made.sections) if isinstance(b, kinds)]
        labels = [b.caption.label for b in blocks if b.caption]
        assert [label.split()[1] for label in labels] == [str(n + 1) for n in range(len(labels))], name
    sequences = [b.sequence for b in every(made.sections, List)]
    assert sorted(sequences) == list(range(1, len(sequences) + 1))
    for part in made.sections:
        tops = [b.index for b in every(part, NumberedParagraph) if b.level == 0]
        assert tops == list(range(1, len(tops) + 1))
        assert len({b.sequence for b in every(part, NumberedParagraph)}) <= 1


@settings(max_examples=80, deadline=None)
@given(packs_and_readers(references=False))
def test_the_document_keeps_what_the_contract_says_of_blocks(chosen):
    made = _resolved(chosen).document
    if made is None:
        return
    for entry in every(made, ListItem):
        assert isinstance(entry.blocks[0], Paragraph)
    for cell in every(made, Cell):
        assert cell.blocks
    for table in every(made, Table):
        assert sum(c.width for c in table.columns) == pytest.approx(1)
        for rows in (table.header, table.rows):
            assert not lay([row.cells for row in rows], len(table.columns)).misfits
    for beside in every(made, SideBySide):
        assert sum(beside.shares) == pytest.approx(1)
        assert len(beside.parts) == len(beside.shares)
        assert any(beside.parts)
    for columns in every(made, Columns):
        assert 1 <= len(columns.parts) <= columns.count


@settings(max_examples=40, deadline=None)
@given(packs_and_readers())
def test_the_same_pack_resolves_to_an_equal_document(chosen):
    assert _resolved(chosen) == _resolved(chosen)


# --------------------------------------------------------------------------- work


def test_five_times_the_sections_are_five_times_the_work():
    said = "The quick brown fox jumps over the lazy dog again and again in order to be read. " * 4

    def one(number: int):
        blocks: list[object] = []
        for part in range(6):
            blocks.append(heading(f"Brief {part}"))
            blocks += [text(said, to(f"s{(number * 7 + part) % 8}")) for _ in range(8)]
            items = tuple(item("an item of the list") for _ in range(5))
            blocks.append(ListBlock(ListKind.BULLETS, items, where()))
        return section(f"s{number}", *blocks)  # type: ignore[arg-type]  # blocks

    def work(sections: int) -> int:
        made = pack(*map(one, range(sections)))
        return steps(lambda: document(made, style))

    style = made_style()
    work(8)
    assert work(40) < 5.1 * work(8)
