"""The audit's own judgement says the same of a pack as the selection that it checks, and does not hang on it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hypothesis import given, settings

from briefpack.audit.expected import expect
from briefpack.audit.tree import Branch, tree_of
from briefpack.errors import Where
from briefpack.pack import Audience, Pack
from briefpack.select import select
from tests.select.test_markings import marked_packs
from tests.strategies import packs_and_readers

HERE = Where(Path("pack/pack.yaml"))
SOURCES = Path(__file__).parents[2] / "sources"


def grown(pack: Pack) -> Branch:
    return tree_of(pack, pack.meta.where)


def said_in(branch: Branch) -> list[str]:
    """What the branches of a tree say, the pack's own name aside."""
    return [text for inner in branch.branches for text in (*(s.text for s in inner.said), *said_in(inner))]


def assert_agrees(pack: Pack, audience: Audience) -> None:
    expected = expect(pack, grown(pack), audience)
    selected = said_in(grown(select(pack, audience).pack))
    allowed = [said.text for said in expected.allowed][11:]
    assert allowed == selected
    withheld = [said.text for each in expected.withheld for said in each.said]
    assert Counter(allowed) + Counter(withheld) == Counter(said_in(grown(pack)))


@settings(max_examples=60, deadline=None)
@given(packs_and_readers())
def test_what_select_keeps_is_allowed_and_what_it_leaves_out_is_withheld(case):
    pack, audience = case
    assert_agrees(pack, audience)


@settings(max_examples=60, deadline=None)
@given(marked_packs())
def test_the_same_where_everything_is_marked(case):
    pack, audience = case
    assert_agrees(pack, audience)
