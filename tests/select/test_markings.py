"""Selecting in a pack with a policy: what is above a ceiling goes with everything that tells of it, and what is left is marked as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.annex import Annex
from briefpack.audit.expected import expect
from briefpack.audit.tree import tree_of
from briefpack.blocks import (
    ColumnBreakBlock,
    GeneratedBlock,
    Item,
    PageBreakBlock,
    ParagraphBlock,
)
from briefpack.errors import Where
from briefpack.limits import Limits
from briefpack.marking import LOWEST, Ceiling, Marking
from briefpack.pack import Audience, AuthorSection, Pack, Part
from briefpack.select import select, survey
from briefpack.select.own_words import has_own_words
from tests.strategies import packs_and_readers
from tests.walking import values


class Words:
    """A policy that is asked for nothing but how a marking is written."""

    def banner(self, marking: Marking, language: str) -> str:
        del language
        return f"{marking.level} {sorted(marking.releasable or ())} {sorted(marking.caveats)}"


POLICY: Any = Words()
CODES = ("A", "B", "C")
CAVEATS = ("X", "Y")


def subsets(names: tuple[str, ...], least: int = 0) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(names), min_size=least)


MARKINGS = st.builds(
    Marking, st.integers(0, 2), st.one_of(st.none(), st.none(), subsets(CODES, 1)), subsets(CAVEATS)
)
CEILINGS = st.builds(Ceiling, st.integers(0, 2), subsets(CODES), subsets(CAVEATS))


def a_marking(choices: Random) -> Marking:
    released = choices.choice((None, None, frozenset(choices.sample(CODES, choices.randint(1, 3)))))
    return Marking(
        choices.randint(0, 2), released, frozenset(choices.sample(CAVEATS, choices.choice((0, 0, 1, 2))))
    )


def marked(value: Any, choices: Random, *, titles: bool) -> Any:
    """A value in which some nodes have markings of their own."""
    if isinstance(value, tuple):
        return tuple(marked(each, choices, titles=titles) for each in value)
    if isinstance(value, Limits):
        if choices.random() < 0.25:
            value = replace(value, marking=a_marking(choices))
        if titles and choices.random() < 0.15:
            value = replace(value, title_marking=a_marking(choices))
        return value
    if not is_dataclass(value) or isinstance(value, type | Audience | Where):
        return value
    changes = {
        each.name: marked(getattr(value, each.name), choices, titles=titles)
        for each in fields(value)
        if isinstance(getattr(value, each.name), tuple | Limits) or is_dataclass(getattr(value, each.name))
    }
    return replace(value, **changes)


@st.composite
def marked_packs(draw: st.DrawFn, *, titles: bool = True, cleared: bool = True) -> tuple[Pack, Audience]:
    """A pack with markings all over, and an audience with a ceiling."""
    pack, reader = draw(packs_and_readers())
    # Drawn one by one, the markings would outweigh the pack.
    choices = Random(draw(st.integers(0, 2**20)))
    sections, annexes = (marked(each, choices, titles=titles) for each in (pack.sections, pack.annexes))
    limits = Limits(marking=draw(MARKINGS), title_marking=LOWEST)
    made = replace(pack, sections=sections, annexes=annexes, policy=POLICY, limits=limits)
    return made, replace(reader, clearance=draw(CEILINGS) if cleared else None)


def places(value: Any) -> set[tuple[str, int]]:
    """The places of all nodes that say something."""
    return {
        (str(node.where.path), node.where.line)
        for node in values(value)
        if is_dataclass(node)
        and isinstance(getattr(node, "where", None), Where)
        and getattr(node, "blocks", True)
    }


@settings(max_examples=25, deadline=None)
@given(marked_packs())
def test_what_is_left_is_admitted_and_never_marked_higher_than_the_whole(chosen):
    pack, reader = chosen
    selection = select(pack, reader)
    whole = survey(pack).verdicts[0].marking
    assert whole is not None
    assert selection.marking is not None
    assert selection.marking <= whole
    assert reader.clearance.admits(selection.marking)
    for node in values(selection.pack):
        if isinstance(node, Limits) and node.marking is not None:
            assert reader.clearance.admits(node.marking)
            assert node.marking <= selection.marking


@settings(max_examples=25, deadline=None)
@given(marked_packs())
def test_selecting_twice_is_selecting_once(chosen):
    pack, reader = chosen
    once = select(pack, reader)
    twice = select(once.pack, reader)
    assert twice.pack == once.pack
    assert twice.marking == once.marking


@settings(max_examples=25, deadline=None)
@given(marked_packs(), CEILINGS)
def test_who_may_see_less_gets_no_more(chosen, other):
    pack, reader = chosen
    one = reader.clearance
    # Whoever belongs to more groups may see less: all that belong to an audience must be admitted.
    less = Ceiling(min(one.level, other.level), one.groups | other.groups, one.caveats & other.caveats)
    if not one.groups:
        less = replace(less, groups=frozenset())
    high = select(pack, reader).pack
    low = select(pack, replace(reader, clearance=less)).pack
    assert places((low.sections, low.annexes)) <= places((high.sections, high.annexes))


_FRAMES = (Part, AuthorSection)


def _above(value: Any, around: Marking, ceiling: Ceiling) -> Iterator[tuple[str, int]]:
    """The places of all that has words above a ceiling, where titles are marked as what they stand on; found without selecting."""
    if isinstance(value, tuple):
        for each in value:
            yield from _above(each, around, ceiling)
        return
    if not is_dataclass(value) or isinstance(value, type | Where | Limits):
        return
    said = [
        limits.marking
        for name in ("limits", "limits_in_pack")
        if isinstance(limits := getattr(value, name, None), Limits) and limits.marking is not None
    ]
    marking = said[0] | said[-1] if said else around
    if not ceiling.admits(marking) and _says_something(value):
        yield str(value.where.path), value.where.line
    for each in fields(value):
        yield from _above(getattr(value, each.name), marking, ceiling)


def _says_something(node: Any) -> bool:
    if isinstance(node, ParagraphBlock | Item | AuthorSection | Annex):
        return True
    if isinstance(node, PageBreakBlock | ColumnBreakBlock | GeneratedBlock | Part) or not hasattr(
        node, "limits"
    ):
        return False
    if hasattr(node, "id") and type(node).__name__.endswith("Block"):
        return has_own_words(node)
    return not (type(node).__name__ == "Points" and node.to is None)


@settings(max_examples=25, deadline=None)
@given(marked_packs(titles=False))
def test_nothing_above_the_ceiling_can_be_reached_from_the_selection(chosen):
    pack, reader = chosen
    selected = select(pack, reader).pack
    reached = {
        (str(where.path), where.line)
        for where in values((selected.sections, selected.annexes))
        if isinstance(where, Where)
    }
    above = set(_above((pack.sections, pack.annexes), pack.limits.marking or LOWEST, reader.clearance))
    assert not above & reached


def _explicit(value: Any, around: Marking) -> Any:
    """The same with a marking on every node that has limits; breaks go by what they stand between."""
    if isinstance(value, tuple):
        return tuple(_explicit(each, around) for each in value)
    if not is_dataclass(value) or isinstance(
        value, type | Where | Limits | PageBreakBlock | ColumnBreakBlock
    ):
        return value
    changes: dict[str, Any] = {}
    limits = getattr(value, "limits", None)
    if isinstance(limits, Limits):
        said = [
            each.marking
            for each in (limits, getattr(value, "limits_in_pack", limits))
            if each.marking is not None
        ]
        around = said[0] | said[-1] if said else around
        changes["limits"] = replace(limits, marking=around)
    for each in fields(value):
        if each.name not in changes and isinstance(getattr(value, each.name), tuple):
            changes[each.name] = _explicit(getattr(value, each.name), around)
    return replace(value, **changes)


@settings(max_examples=25, deadline=None)
@given(marked_packs(titles=False))
def test_to_inherit_a_marking_is_to_have_it(chosen):
    pack, reader = chosen
    around = pack.limits.marking or LOWEST
    spelled = replace(
        pack, sections=_explicit(pack.sections, around), annexes=_explicit(pack.annexes, around)
    )
    inherited, explicit = select(pack, reader), select(spelled, reader)
    assert places(inherited.pack.sections) == places(explicit.pack.sections)
    assert [annex.id for annex in inherited.pack.annexes] == [annex.id for annex in explicit.pack.annexes]
    assert [section.limits for section in inherited.pack.sections] == [
        s.limits for s in explicit.pack.sections
    ]
    assert inherited.marking == explicit.marking


@settings(max_examples=20, deadline=None)
@given(packs_and_readers())
def test_a_pack_without_markings_is_selected_as_one_without_a_policy(chosen):
    pack, reader = chosen
    plain = select(pack, reader)
    policed = replace(pack, policy=POLICY, limits=Limits(marking=Marking(1)))
    same = select(policed, replace(reader, clearance=Ceiling(1)))
    assert places(plain.pack.sections) == places(same.pack.sections)
    assert [(v.kind, v.where, v.included) for v in plain.verdicts] == [
        (v.kind, v.where, v.included) for v in same.verdicts
    ]
    assert all(v.marking == Marking(1) for v in same.verdicts if v.included and v.own is not None)


def _said(branch: Any) -> Iterator[tuple[Where, str]]:
    for said in branch.said:
        yield said.where, said.text
    for inner in branch.branches:
        yield from _said(inner)


@settings(max_examples=25, deadline=None)
@given(marked_packs(titles=False))
def test_what_the_audit_calls_withheld_is_not_selected(chosen):
    """It judges by itself, without the code that selects."""
    pack, reader = chosen
    expected = expect(pack, tree_of(pack, pack.meta.where), reader)
    withheld = {(said.where, said.text) for each in expected.withheld for said in each.said}
    selected = set(_said(tree_of(select(pack, reader).pack, pack.meta.where)))
    assert not withheld & selected
