from __future__ import annotations

import pytest

from briefpack.limits import EVERYBODY, Limits
from briefpack.verdict import admits, opening
from tests.select.made import audience, words


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
