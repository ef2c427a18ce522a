from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from briefpack.annex import Annex, AnnexFile
from briefpack.blocks import (
    AgendaBlock,
    AgendaItem,
    AuthorCell,
    AuthorColumn,
    AuthorRow,
    AuthorSeries,
    BesideBlock,
    CalloutBlock,
    ChartBlock,
    ClearanceBlock,
    ClearanceStep,
    ColumnBreakBlock,
    ColumnsBlock,
    Definition,
    DefinitionsBlock,
    Fact,
    FactsBlock,
    HeadingBlock,
    IfRaised,
    ImageBlock,
    Item,
    KeepBlock,
    KeyFigure,
    KeyFiguresBlock,
    LandscapeBlock,
    ListBlock,
    NumberedBlock,
    NumberedItem,
    PageBreakBlock,
    ParagraphBlock,
    Points,
    PointsBlock,
    QuestionsBlock,
    QuoteBlock,
    Signature,
    SignaturesBlock,
    TableBlock,
    TimelineBlock,
    TimelineEntry,
)
from briefpack.document import ChartKind, ListKind, RowKind, Text
from briefpack.errors import Where
from briefpack.limits import EVERYBODY, Limits
from briefpack.pack import (
    BRIEF_PARTS,
    Abbreviation,
    Audience,
    AuthorSection,
    Format,
    Pack,
    Part,
    PartName,
    SectionKind,
)
from briefpack.select import Selection, select
from briefpack.verdict import Kind, Verdict, admits, opening
from tests.strategies import NAMES, PICTURE, made_meta, packs_and_readers
from tests.walking import values

FILE = Path("pack/section.yaml")
HERE = Where(FILE, 3, 1)
STAFF_ONLY = Limits(audiences=("staff",))


def words(text: str) -> tuple[Text, ...]:
    return (Text(text),)


def text(said: str, limits: Limits = EVERYBODY) -> ParagraphBlock:
    return ParagraphBlock(words(said), HERE, limits=limits)


def item(said: str, limits: Limits = EVERYBODY) -> Item:
    return Item((text(said),), HERE, limits=limits)


def audience(
    name: str = "press", tags: tuple[str, ...] | None = None, parts: tuple[PartName, ...] = BRIEF_PARTS
) -> Audience:
    return Audience(name, name.title(), "base", (Format.PDF,), tags, parts, None, None, HERE, HERE)


def section(*blocks: object, parts: tuple[Part, ...] = (), **keys: object) -> AuthorSection:
    made = AuthorSection(
        id="south",
        kind=SectionKind.BRIEF if parts else SectionKind.PLAIN,
        title="South",
        path=FILE,
        lead="",
        cleared=None,
        note=None,
        language=None,
        parts=parts,
        blocks=blocks,  # type: ignore[arg-type]  # tests pass blocks as they come
        where=HERE,
        in_pack=HERE,
    )
    return replace(made, **keys)  # type: ignore[arg-type]  # as above


def pack(*sections: AuthorSection, annexes: tuple[Annex, ...] = ()) -> Pack:
    everybody = tuple(audience(name) for name in NAMES)
    inputs = (Path("pack/pack.yaml"), FILE)
    return Pack("pack", Path("pack"), made_meta(), sections, annexes, everybody, inputs)


def the(selection: Selection, kind: Kind, title: str = "") -> Verdict:
    found = [v for v in selection.verdicts if v.kind is kind and v.title.startswith(title)]
    assert len(found) == 1, found
    return found[0]


# --------------------------------------------------------------------------- reasons


def test_a_node_without_limits_is_for_everybody():
    assert admits(EVERYBODY, audience()) == (True, "for everybody")


def test_the_reason_names_the_audiences_a_node_is_for():
    assert admits(Limits(audiences=("minister", "staff")), audience()) == (
        False,
        "for minister and staff only",
    )


def test_the_reason_names_both_sides_when_no_tag_is_in_common():
    limits = Limits(tags=("core",))
    assert admits(limits, audience(tags=("public",))) == (
        False,
        "no tag in common: needs core; press has public",
    )
    assert admits(limits, audience(tags=())) == (False, "no tag in common: needs core; press has none")


def test_an_audience_without_tags_takes_every_tag():
    assert admits(Limits(tags=("core",)), audience(tags=None)) == (True, "press takes every tag")


@pytest.mark.parametrize(
    ("name", "tags", "let_in"),
    [("staff", ("core",), True), ("staff", ("public",), False), ("press", ("core",), False)],
)
def test_when_audiences_and_tags_are_given_both_must_let_in(name, tags, let_in):
    assert admits(Limits(("staff",), ("core",)), audience(name, tags))[0] is let_in


def test_opening_words_are_cut_between_words():
    assert opening(words("one two three four"), 10) == "one two…"
    assert opening(words("one"), 10) == "one"


# --------------------------------------------------------------------------- examples


def test_limits_in_pack_yaml_and_in_the_section_file_must_both_let_in():
    one = section(text("a"), limits=Limits(audiences=("press",)), limits_in_pack=Limits(tags=("core",)))
    assert select(pack(one), audience(tags=("public",))).pack.sections == ()
    assert len(select(pack(one), audience(tags=("core",))).pack.sections) == 1


def test_only_limits_that_keep_a_section_out_are_given_as_its_reason():
    one = section(text("a"), limits=STAFF_ONLY, limits_in_pack=Limits(audiences=("press",)))
    assert the(select(pack(one), audience()), Kind.SECTION).reason == "for staff only"


def test_a_container_that_loses_everything_goes_as_well():
    cells = (AuthorCell((text("cell"),), HERE),)
    agenda_item = AgendaItem("9:00", words("Item"), None, None, (), HERE, STAFF_ONLY)
    kept = text("kept")
    selection = select(
        pack(
            section(
                kept,
                ListBlock(ListKind.DASHES, (item("a", STAFF_ONLY),), HERE),
                NumberedBlock((NumberedItem(words("a"), (), HERE, limits=STAFF_ONLY),), HERE),
                TableBlock(
                    (AuthorColumn(None, None, None),),
                    (AuthorRow(cells, HERE, STAFF_ONLY),),
                    words("caption"),
                    None,
                    HERE,
                ),
                CalloutBlock(words("title"), (text("a", STAFF_ONLY),), HERE),
                AgendaBlock(None, None, (agenda_item,), HERE),
            )
        ),
        audience(),
    )
    assert selection.pack.sections[0].blocks == (kept,)
    for kind in (Kind.LIST, Kind.NUMBERED, Kind.TABLE, Kind.CALLOUT, Kind.AGENDA):
        assert the(selection, kind).reason == "everything in it is withheld"


def test_blocks_of_a_brief_that_lose_everything_go_as_well():
    kept = text("kept")
    said = (text("a"),)
    point = Points(words("the table"), (item("a", STAFF_ONLY),), HERE)
    pair = IfRaised(words("why"), said, HERE, STAFF_ONLY)
    selection = select(
        pack(
            section(
                kept,
                PointsBlock((point,), HERE),
                QuestionsBlock((pair,), HERE),
                FactsBlock(words("title"), (Fact(words("b"), said, HERE, STAFF_ONLY),), None, HERE),
                KeyFiguresBlock((KeyFigure(words("1"), words("c"), None, HERE, STAFF_ONLY),), None, HERE),
                QuoteBlock((text("a", STAFF_ONLY),), None, None, None, HERE),
                TimelineBlock((TimelineEntry(None, None, None, said, HERE, STAFF_ONLY),), None, None, HERE),
                DefinitionsBlock((Definition(words("d"), said, HERE, STAFF_ONLY),), HERE),
                SignaturesBlock((Signature(words("e"), None, None, HERE, STAFF_ONLY),), HERE),
                ClearanceBlock(
                    (ClearanceStep(None, "cleared", words("f"), None, None, HERE, STAFF_ONLY),), HERE
                ),
                ColumnsBlock((text("a", STAFF_ONLY), ColumnBreakBlock(HERE)), 2, HERE),
                LandscapeBlock((text("a", STAFF_ONLY),), HERE),
                KeepBlock((text("a", STAFF_ONLY),), HERE),
            )
        ),
        audience(),
    )
    assert selection.pack.sections[0].blocks == (kept,)
    out = [v.kind for v in selection.verdicts if v.reason == "everything in it is withheld"]
    assert set(out) == {
        *(Kind.POINTS, Kind.QUESTIONS, Kind.FACTS, Kind.KEY_FIGURES, Kind.QUOTE, Kind.TIMELINE),
        *(Kind.DEFINITIONS, Kind.SIGNATURES, Kind.CLEARANCE, Kind.COLUMNS, Kind.LANDSCAPE, Kind.KEEP),
    }
    assert [v.title for v in selection.verdicts if v.kind in {Kind.FACTS, Kind.STEP}] == ["title", "f"]


def test_headings_and_totals_of_a_table_go_with_its_rows_and_so_do_their_files():
    csv = Where(Path("pack/secret.csv"), 2, 1)
    rows = (
        AuthorRow((AuthorCell((text("group"),), csv),), csv, kind=RowKind.GROUP),
        AuthorRow((AuthorCell((text("row"),), HERE),), HERE, STAFF_ONLY),
        AuthorRow((AuthorCell((text("total"),), csv),), csv, kind=RowKind.TOTAL),
    )
    table = TableBlock((AuthorColumn(None, None, None),), rows, None, None, HERE)
    whole = replace(pack(section(text("kept"), table)), inputs=(FILE, csv.path))
    selection = select(whole, audience())
    assert len(selection.pack.sections[0].blocks) == 1
    assert selection.pack.inputs == (FILE,)
    assert [(v.title, v.included, v.reason) for v in selection.verdicts if v.kind is Kind.ROW] == [
        ("group", False, "everything under it is withheld"),
        ("row", False, "for staff only"),
        ("total", False, "every row of data in its table is withheld"),
    ]


def test_a_picture_stays_when_the_text_beside_it_is_withheld():
    image = ImageBlock(Path("pack/kept.png"), PICTURE, "", None, None, None, HERE)
    block = BesideBlock(image, (text("a", STAFF_ONLY),), False, 0.4, HERE)
    whole = replace(pack(section(block)), inputs=(Path("pack/kept.png"),))
    selection = select(whole, audience())
    assert selection.pack.sections[0].blocks == (replace(block, blocks=()),)
    assert selection.pack.inputs == (Path("pack/kept.png"),)


def test_a_chart_loses_series_and_goes_with_the_last_of_them():
    series = [AuthorSeries(name, (Decimal(1),), HERE) for name in ("one", "two")]

    def chart(*chosen: AuthorSeries) -> ChartBlock:
        return ChartBlock(
            ChartKind.BAR,
            horizontal=False,
            stacked=False,
            categories=("2025",),
            series=chosen,
            unit="",
            labelled=None,
            alt=None,
            path=None,
            width=None,
            height=None,
            caption=None,
            source=None,
            where=HERE,
        )

    limited = replace(series[1], limits=STAFF_ONLY)
    left = select(pack(section(text("a"), chart(series[0], limited))), audience()).pack.sections[0].blocks
    assert left[1] == chart(series[0])
    left = select(pack(section(text("a"), chart(limited))), audience()).pack.sections[0].blocks
    assert left == (text("a"),)


def test_a_section_stays_out_when_everything_in_it_is_withheld():
    selection = select(pack(section(text("a", STAFF_ONLY), PageBreakBlock(HERE))), audience())
    assert selection.pack.sections == ()
    assert the(selection, Kind.SECTION).reason == "everything in it is withheld"


def test_a_section_that_was_written_empty_stays():
    assert len(select(pack(section()), audience()).pack.sections) == 1


def test_a_heading_goes_when_everything_under_it_is_withheld():
    lonely, below, next_one = (
        HeadingBlock(2, words("Lonely"), HERE),
        HeadingBlock(3, words("Below"), HERE),
        HeadingBlock(2, words("Next"), HERE),
    )
    stays = text("stays")
    selection = select(pack(section(lonely, below, text("a", STAFF_ONLY), next_one, stays)), audience())
    assert selection.pack.sections[0].blocks == (next_one, stays)
    assert the(selection, Kind.HEADING, "Lonely").reason == "everything under it is withheld"


def test_a_heading_without_text_under_it_stays_as_written():
    heading = HeadingBlock(2, words("Heading"), HERE)
    assert select(pack(section(heading)), audience()).pack.sections[0].blocks == (heading,)


def test_a_numbered_paragraph_stays_when_all_under_it_goes():
    child = NumberedItem(words("child"), (), HERE, limits=STAFF_ONLY)
    block = NumberedBlock((NumberedItem(words("parent"), (child,), HERE),), HERE)
    (left,) = select(pack(section(block)), audience()).pack.sections[0].blocks
    assert isinstance(left, NumberedBlock)
    assert left.items[0].children == ()


BRIEF = (
    Part(PartName.OBJECTIVE, (text("objective"),), HERE),
    Part(
        PartName.POINTS,
        (PointsBlock((Points(words("the table"), (item("point"),), HERE),), HERE),),
        HERE,
    ),
    Part(
        PartName.IF_RAISED,
        (QuestionsBlock((IfRaised(words("why"), (text("because"),), HERE),), HERE),),
        HERE,
    ),
    Part(PartName.BACKGROUND, (text("background"),), HERE),
    Part(PartName.BACKGROUND_NOT_FOR_USE, (text("secret"),), HERE),
)


def test_parts_of_a_brief_go_by_the_audience():
    selection = select(pack(section(parts=BRIEF)), audience(parts=(PartName.BACKGROUND,)))
    assert selection.pack.sections[0].parts == (Part(PartName.BACKGROUND, (text("background"),), HERE),)
    assert the(selection, Kind.PART, "If raised").reason == "this audience's briefs have no “if raised” lines"
    assert the(selection, Kind.PART, "Background not for use").reason == (
        "this audience's briefs have no background that is not for use"
    )


def test_parts_of_a_brief_go_by_the_style_as_well():
    selection = select(pack(section(parts=BRIEF)), audience(), ("objective", "points"))
    assert [part.name.value for part in selection.pack.sections[0].parts] == ["objective", "points"]
    assert (
        the(selection, Kind.PART, "If raised").reason
        == "the style base prints no “if raised” lines of briefs"
    )


def test_audience_and_style_pick_among_the_parts_of_briefs_alone():
    note = section(parts=(Part(PartName.POINTS, BRIEF[1].blocks, HERE),), kind=SectionKind.READ_AHEAD)
    selection = select(pack(note), audience(parts=(PartName.OBJECTIVE,)), ("objective",))
    assert [part.name for part in selection.pack.sections[0].parts] == [PartName.POINTS]


def test_what_is_in_a_withheld_container_is_listed_but_not_counted():
    selection = select(pack(section(text("a"), text("b"), limits=STAFF_ONLY)), audience())
    inner = [v for v in selection.verdicts if v.kind is Kind.PARAGRAPH]
    assert [(v.included, v.inherited, v.reason) for v in inner] == [
        (False, True, "its section is withheld")
    ] * 2
    assert selection.withheld == 1


def test_a_verdict_tells_depth_place_and_whether_the_author_limited_the_node():
    bullets = ListBlock(ListKind.BULLETS, (item("a"), item("b", STAFF_ONLY)), HERE)
    selection = select(pack(section(bullets)), audience())
    assert [(v.kind, v.depth, v.limited) for v in selection.verdicts] == [
        (Kind.AUDIENCE, 0, False),
        (Kind.SECTION, 0, False),
        (Kind.LIST, 1, False),
        (Kind.ITEM, 2, False),
        (Kind.ITEM, 2, True),
    ]
    assert all(v.where == HERE for v in selection.verdicts)


def test_the_selected_pack_names_no_input_file_of_what_is_withheld():
    picture = ImageBlock(Path("pack/secret.png"), PICTURE, "", None, None, None, HERE, limits=STAFF_ONLY)
    csv = Where(Path("pack/secret.csv"), 2, 1)
    cells = (AuthorCell((text("cell"),), csv),)
    rows = (AuthorRow(cells, csv),)
    table = TableBlock((AuthorColumn(None, None, None),), rows, None, None, HERE, limits=STAFF_ONLY)
    annex = Annex("a", (AnnexFile(Path("pack/secret.pdf"), HERE),), "A", None, None, HERE, STAFF_ONLY)
    inputs = ("pack.yaml", "section.yaml", "secret.png", "secret.csv", "secret.pdf")
    whole = replace(
        pack(section(text("kept"), picture, table), annexes=(annex,)),
        inputs=tuple(Path("pack") / name for name in inputs),
    )
    assert select(whole, audience()).pack.inputs == (Path("pack/pack.yaml"), FILE)
    assert select(whole, audience("staff")).pack.inputs == whole.inputs


# --------------------------------------------------------------------------- properties


@settings(max_examples=100, deadline=None)
@given(packs_and_readers())
def test_selecting_twice_is_selecting_once(chosen):
    whole, reader = chosen
    once = select(whole, reader).pack
    assert select(once, reader).pack == once


def _places(value: object) -> list[Where]:
    """The places of all nodes. An empty cell that stands for a withheld one is none: it has the place of its row."""
    found: list[Where] = []
    stands_in = False
    for v in values(value):
        stands_in = stands_in or (isinstance(v, AuthorCell) and not v.blocks)
        if isinstance(v, Where):
            if not stands_in:
                found.append(v)
            stands_in = False
    return found


@settings(max_examples=100, deadline=None)
@given(packs_and_readers())
def test_selecting_adds_nothing_and_keeps_the_order(chosen):
    whole, reader = chosen
    before = [_places(whole.sections), _places(whole.annexes)]
    selected = select(whole, reader).pack
    for all_places, places in zip(
        before, [_places(selected.sections), _places(selected.annexes)], strict=True
    ):
        remaining = iter(all_places)
        assert all(place in remaining for place in places)


@settings(max_examples=100, deadline=None)
@given(packs_and_readers())
def test_nothing_withheld_and_no_other_audience_can_be_reached_from_the_selected_pack(chosen):
    whole, reader = chosen
    selection = select(whole, reader)
    places = {(place.path, place.line) for place in _places(selection.pack)}
    withheld = {(v.where.path, v.where.line) for v in selection.verdicts if not v.included}
    assert not places & withheld
    reached = list(values(selection.pack))
    assert all(limit == EVERYBODY for limit in reached if isinstance(limit, Limits))
    assert [found.name for found in reached if isinstance(found, Audience)] == [reader.name]
    others = set(NAMES) - {reader.name}
    assert not others & {found for found in reached if isinstance(found, str)}


@settings(max_examples=100, deadline=None)
@given(packs_and_readers())
def test_every_limited_node_has_a_verdict_that_agrees_with_its_limits(chosen):
    whole, reader = chosen
    verdicts = {(v.where.path, v.where.line): v for v in select(whole, reader).verdicts}
    for node in values((whole.sections, whole.annexes)):
        limits = getattr(node, "limits", EVERYBODY)
        if limits == EVERYBODY:
            continue
        verdict = verdicts[node.where.path, node.where.line]
        assert verdict.limited
        if not admits(limits, reader)[0]:
            assert not verdict.included


@settings(max_examples=100, deadline=None)
@given(packs_and_readers())
def test_an_audience_that_gets_everything_gets_the_pack_as_written(chosen):
    whole, reader = chosen
    unlimited = select(whole, reader).pack
    everything = replace(reader, tags=None, parts=BRIEF_PARTS)
    assert select(unlimited, everything).pack.sections == unlimited.sections


def test_abbreviations_are_limited_like_everything_else_and_only_those_have_a_verdict():
    entries = tuple(
        Abbreviation(short, "x", None, None, Where(Path(f"pack/{short}.yaml"), 1, 1), limits)
        for short, limits in (("A", EVERYBODY), ("B", STAFF_ONLY))
    )
    made = replace(pack(section(text("x"))), glossary=entries, inputs=tuple(e.where.path for e in entries))
    press, staff = select(made, audience()), select(made, audience("staff"))
    assert [entry.short for entry in press.pack.glossary] == ["A"]
    assert press.pack.inputs == (Path("pack/A.yaml"),)
    assert the(press, Kind.ABBREVIATION).title == "B"
    assert not the(press, Kind.ABBREVIATION).included
    assert [entry.limits for entry in staff.pack.glossary] == [EVERYBODY, EVERYBODY]


@settings(max_examples=100, deadline=None)
@given(packs_and_readers())
def test_the_parts_an_audience_gets_are_those_that_audience_and_style_name(chosen):
    whole, reader = chosen
    printed = ("points", "background")
    selected = select(whole, reader, printed).pack
    for section in selected.sections:
        if section.kind is SectionKind.BRIEF:
            assert {part.name for part in section.parts} <= set(reader.parts)
            assert {part.name.value for part in section.parts} <= set(printed)
        assert all(part.blocks for part in section.parts)


@settings(max_examples=100, deadline=None)
@given(packs_and_readers())
def test_a_style_that_prints_fewer_parts_never_gives_an_audience_more(chosen):
    whole, reader = chosen
    all_of_it = {(place.path, place.line) for place in _places(select(whole, reader).pack.sections)}
    fewer = select(whole, reader, ("objective",)).pack.sections
    assert {(place.path, place.line) for place in _places(fewer)} <= all_of_it
