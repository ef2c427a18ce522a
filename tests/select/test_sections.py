from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from briefpack.blocks import (
    IfRaised,
    PageBreakBlock,
    Points,
    PointsBlock,
    QuestionsBlock,
)
from briefpack.errors import Where
from briefpack.limits import EVERYBODY, Limits
from briefpack.pack import (
    Abbreviation,
    Part,
    PartName,
    SectionKind,
)
from briefpack.select import select
from briefpack.verdict import Kind
from tests.select.made import HERE, STAFF_ONLY, audience, item, pack, section, text, the, words


def test_limits_in_pack_yaml_and_in_the_section_file_must_both_let_in():
    one = section(text("a"), limits=Limits(audiences=("press",)), limits_in_pack=Limits(tags=("core",)))
    assert select(pack(one), audience(tags=("public",))).pack.sections == ()
    assert len(select(pack(one), audience(tags=("core",))).pack.sections) == 1


def test_only_limits_that_keep_a_section_out_are_given_as_its_reason():
    one = section(text("a"), limits=STAFF_ONLY, limits_in_pack=Limits(audiences=("press",)))
    assert the(select(pack(one), audience()), Kind.SECTION).reason == "for staff only"


def test_a_section_stays_out_when_everything_in_it_is_withheld():
    selection = select(pack(section(text("a", STAFF_ONLY), PageBreakBlock(HERE))), audience())
    assert selection.pack.sections == ()
    assert the(selection, Kind.SECTION).reason == "everything in it is withheld"


def test_a_section_that_was_written_empty_stays():
    assert len(select(pack(section()), audience()).pack.sections) == 1


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
