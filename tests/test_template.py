"""Templates: taken apart, filled in, and what has nothing to say left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.template import SEPARATOR, Field, StrayBraceError, fields, fill, parse, pieces


def test_a_template_is_words_and_fields_in_order() -> None:
    assert parse("{reference} · page {page}") == (Field("reference"), " · page ", Field("page"))


def test_a_template_without_fields_is_words() -> None:
    assert parse("INTERNAL") == ("INTERNAL",)
    assert parse("") == ()


def test_double_braces_print_one_brace() -> None:
    assert fill("{{{title}}}", {"title": "x"}) == "{x}"
    assert fields("{{title}}") == ()


@pytest.mark.parametrize("template", ["{page", "page}", "{", "a } b", "{a{b}"])
def test_a_stray_brace_is_refused(template: str) -> None:
    with pytest.raises(StrayBraceError):
        parse(template)


def test_a_label_word_has_a_key() -> None:
    assert Field("word:version").word == "version"
    assert Field("version").word is None


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"word:version": "Version", "version": "2", "as_of": "2 April"}, "Version 2 · 2 April"),
        ({"word:version": "Version", "version": "", "as_of": "2 April"}, "2 April"),
        ({"word:version": "Version", "version": "2", "as_of": ""}, "Version 2"),
        ({"word:version": "Version", "version": "", "as_of": ""}, ""),
    ],
)
def test_a_part_without_anything_to_say_goes_with_its_separator(values: dict[str, str], words: str) -> None:
    assert fill("{word:version} {version} · {as_of}", values) == words


def test_words_without_fields_stay() -> None:
    assert fill("Confidential · {title}", {"title": ""}) == "Confidential"


def test_a_part_with_several_fields_stays_while_one_has_something_to_say() -> None:
    assert fill("{pages}, {range}", {"pages": "4 pages", "range": ""}) == "4 pages, "


def test_a_live_field_stays_a_field_and_keeps_its_part() -> None:
    assert pieces("{title} · {page} / {pages}", {"title": ""}, live={"page", "pages"}) == (
        Field("page"),
        " / ",
        Field("pages"),
    )


def test_an_unknown_field_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        fill("{nothing}", {})


_PART = st.text(alphabet="ab {}·", max_size=5).map(lambda words: words.replace("{", "{{").replace("}", "}}"))


@given(st.lists(st.one_of(_PART, st.just("{x}")), max_size=6), st.sampled_from(["", "seen"]))
def test_filling_never_leaves_a_separator_at_an_end_or_doubled(parts: list[str], value: str) -> None:
    parts = [part for part in parts if "·" not in part and part.strip()]
    words = fill(SEPARATOR.join(parts), {"x": value})
    kept = [part.replace("{{", "{").replace("}}", "}") for part in parts if part != "{x}" or value]
    assert words == SEPARATOR.join(value if part == "{x}" else part for part in kept)
