from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pdf.looks import justified, style
from tests.pdf.noted import Plan, Writer, assert_begun, assert_sound, laid, section

FEW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
LOOKS = {
    "base": style,
    "justified": justified,
    "delegation": lambda: style("delegation"),
    "press": lambda: style("press"),
}
IN_EVERY_LOOK = pytest.mark.parametrize("name", LOOKS)
SHORT = st.lists(st.integers(0, 45), max_size=3).map(tuple)
KINDS = ["paragraph", "parts", "kept", "heading", "numbered", "list", "box", "table", "tall"]
PLANS = st.lists(st.builds(Plan, st.sampled_from(KINDS), st.integers(0, 160), SHORT), min_size=1, max_size=20)
LONG = st.lists(st.integers(0, 2500), max_size=3).map(tuple)
WILD = st.lists(st.builds(Plan, st.sampled_from(KINDS), st.integers(0, 160), LONG), min_size=1, max_size=8)


@IN_EVERY_LOOK
@given(plans=st.lists(PLANS, min_size=1, max_size=3))
@FEW
def test_every_note_begins_on_the_page_of_its_mark(name: str, plans: list[list[Plan]]) -> None:
    look, writer = LOOKS[name](), Writer()
    sections = [section(writer, each, number) for number, each in enumerate(plans, 1)]
    pages, texts = laid(*sections, look=look)
    assert_sound(pages, texts, writer, look)
    assert_begun(texts, writer)


@IN_EVERY_LOOK
@given(plans=st.lists(WILD, min_size=1, max_size=2))
@FEW
def test_notes_longer_than_pages_go_on_and_nothing_is_lost(name: str, plans: list[list[Plan]]) -> None:
    look, writer = LOOKS[name](), Writer()
    sections = [section(writer, each, number) for number, each in enumerate(plans, 1)]
    pages, texts = laid(*sections, look=look)
    assert_sound(pages, texts, writer, look)
