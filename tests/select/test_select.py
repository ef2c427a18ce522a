from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings

from briefpack.annex import Annex, AnnexFile
from briefpack.blocks import (
    AuthorCell,
    AuthorColumn,
    AuthorRow,
    ImageBlock,
    ListBlock,
    TableBlock,
)
from briefpack.document import ListKind
from briefpack.errors import Where
from briefpack.limits import EVERYBODY, Limits
from briefpack.pack import (
    BRIEF_PARTS,
    Audience,
    SectionKind,
)
from briefpack.select import select
from briefpack.verdict import Kind, admits
from tests.select.made import FILE, HERE, STAFF_ONLY, audience, item, pack, section, text
from tests.strategies import NAMES, PICTURE, packs_and_readers
from tests.walking import values


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


@settings(max_examples=100, deadline=None)
@given(packs_and_readers())
def test_the_parts_an_audience_gets_are_those_that_audience_and_style_name(chosen):
    whole, reader = chosen
    printed = ("points", "background")
    selected = select(whole, reader, printed).pack
    for each in selected.sections:
        if each.kind is SectionKind.BRIEF:
            assert {part.name for part in each.parts} <= set(reader.parts)
            assert {part.name.value for part in each.parts} <= set(printed)
        assert all(part.blocks for part in each.parts)


@settings(max_examples=100, deadline=None)
@given(packs_and_readers())
def test_a_style_that_prints_fewer_parts_never_gives_an_audience_more(chosen):
    whole, reader = chosen
    all_of_it = {(place.path, place.line) for place in _places(select(whole, reader).pack.sections)}
    fewer = select(whole, reader, ("objective",)).pack.sections
    assert {(place.path, place.line) for place in _places(fewer)} <= all_of_it
