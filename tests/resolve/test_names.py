from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from briefpack.document import annex_page_anchor
from briefpack.resolve.names import ANNEX_ANCHOR_LIMIT, Anchors, slug, suggestion


def test_an_anchor_is_made_of_kind_and_name():
    assert Anchors().make("sec", "western-balkans") == "sec_western_balkans"


def test_accents_are_dropped_and_letters_without_an_ascii_form_become_a_digest():
    assert slug("Défense européenne") == "defense_europeenne"
    assert re.fullmatch("[0-9a-f]{8}", slug("Западные Балканы"))
    assert slug("Западные") != slug("Балканы")


def test_long_names_that_begin_alike_keep_different_anchors():
    anchors = Anchors()
    long = "points to make to the High Representative about "
    one, other = anchors.make("h", long + "Iraq"), anchors.make("h", long + "Amman")
    assert one != other
    assert not one.endswith("_2")
    assert not other.endswith("_2")


def test_the_anchor_of_an_annex_is_never_that_of_another_annex_page():
    anchors = Anchors()
    assert anchors.make("annex", "x-p2") != annex_page_anchor(anchors.make("annex", "x"), 2)


@given(st.lists(st.tuples(st.sampled_from(["sec", "h", "tbl", "annex"]), st.text(max_size=60)), max_size=40))
def test_anchors_are_unique_short_and_valid_bookmark_names(named):
    anchors = Anchors()
    made = [
        anchors.make(kind, name, limit=ANNEX_ANCHOR_LIMIT if kind == "annex" else 40) for kind, name in named
    ]
    assert len({anchor.casefold() for anchor in made}) == len(made)
    for anchor in made:
        page = annex_page_anchor(anchor, 123_456) if anchor.startswith("annex") else anchor
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", page)


def test_a_name_that_differs_in_case_and_dashes_is_suggested():
    names = ["western-balkans", "ukraine"]
    assert suggestion("Western_Balkans", names) == "western-balkans"
    assert suggestion("ukrain", names) == "ukraine"
    assert suggestion("zzz", names) is None
