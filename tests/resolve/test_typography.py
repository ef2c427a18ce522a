from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.blocks import Note, Reference
from briefpack.document import LineBreak, Link, Position, Text
from briefpack.resolve.manners import MANNERS
from briefpack.resolve.typography import Typography
from briefpack.style import SpellOut
from briefpack.style import Typography as Wanted
from tests.counting import endless, steps
from tests.made_style import made_style
from tests.resolve.making import where

STYLE = replace(made_style(), typography=Wanted(refine=True, small_caps=False, spell_out=SpellOut.NEVER))
TYPOGRAPHY = Typography(STYLE)


def seen(text: str) -> str:
    """No-break spaces made visible: ⍽ is the wide one, ∙ the narrow one."""
    return text.replace("\u00a0", "⍽").replace("\u202f", "∙")


def said(text: str, language: str = "en") -> str:
    return seen(TYPOGRAPHY.text(text, language))


def spans(*parts: object, language: str = "en") -> tuple[object, ...]:
    made = tuple(Text(part) if isinstance(part, str) else part for part in parts)
    return TYPOGRAPHY.spans(made, language)  # type: ignore[arg-type]  # spans and words


def plain(made: tuple[object, ...]) -> str:
    return seen("".join(span.text for span in made if isinstance(span, Text)))


# --------------------------------------------------------------------------- quotes


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en", "“a ‘b’ c”"),
        ("fr", "«⍽a “b” c⍽»"),
        ("fr-CH", "«∙a ‹b› c∙»"),
        ("de", "„a ‚b‘ c“"),
        ("de-CH", "«a ‹b› c»"),
        ("es", "«a “b” c»"),
        ("it", "«a “b” c»"),
        ("nl", "“a ‘b’ c”"),
        ("pl", "„a «b» c”"),
        ("pt", "«a “b” c»"),
        ("sv", "”a ’b’ c”"),
        ("uk", "«a „b“ c»"),
        ("xx", "“a ‘b’ c”"),
    ],
)
def test_every_language_has_its_quotation_marks(language, printed):
    assert said("\"a 'b' c\"", language) == printed
    assert said('"a "b" c"', language) == printed


def test_an_apostrophe_is_one_in_every_language():
    assert said("l'Alliance", "fr") == "l’Alliance"
    assert said("the Council's", "en") == "the Council’s"


# --------------------------------------------------------------------------- dashes, dots


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        ("en", "a - b", "a⍽– b"),
        ("en", "a -- b", "a⍽– b"),
        ("en", "a --- b", "a — b"),
        ("en", "pages 10--12", "pages 10–12"),
        ("en", "Moscow--Kyiv", "Moscow–Kyiv"),
        ("en-US", "a - b", "a—b"),
        ("en-US", "a--b", "a—b"),
        ("en-US", "pages 10--12", "pages 10–12"),
        ("fr", "a - b", "a⍽– b"),
        ("uk", "a - b", "a⍽— b"),
        ("en", "wait...", "wait…"),
        ("en", "... and so on", "… and so on"),
    ],
)
def test_dashes_and_dots_are_set_in_the_manner_of_the_language(language, typed, printed):
    assert said(typed, language) == printed


@pytest.mark.parametrize(
    "text",
    ["a-b", "--strict", "use --strict here", "- item", "a -", "----", "a ---- b", "x....", "1-2", ". . ."],
)
def test_hyphens_and_dots_that_are_no_dash_stay(text):
    assert said(text) == text


# --------------------------------------------------------------------------- spaces


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Quoi ?", "Quoi∙?"),
        ("Quoi?", "Quoi∙?"),
        ("Alors : oui ; non !", "Alors⍽: oui∙; non∙!"),
        ("Vrai ?!", "Vrai∙?!"),
        ("« mot »", "«⍽mot⍽»"),
        ('Il dit "oui" ?', "Il dit «⍽oui⍽»∙?"),
        ("à 14:30, https://a.be/?q=1", "à 14:30, https://a.be/?q=1"),
        ("(?)", "(?)"),
        ("x!=y", "x!=y"),
        ("100 000 soldats", "100∙000 soldats"),
        ("n° 5", "n°⍽5"),
        ("le 1er avril", "le 1er⍽avril"),
    ],
)
def test_french_has_spaces_that_do_not_break_before_its_signs(typed, printed):
    assert said(typed, "fr") == printed


def test_french_in_canada_has_a_space_before_the_colon_alone():
    assert said("Quoi? Alors : oui", "fr-CA") == "Quoi? Alors⍽: oui"


def test_other_languages_have_none():
    assert said("What? Well: yes; no!") == "What? Well: yes; no!"


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        ("en", "5 %, 3 km and 2 million", "5⍽%, 3⍽km and 2⍽million"),
        ("en", "5 men, 3 kmx", "5 men, 3 kmx"),
        ("en", "see p. 3, pp. 4 and No. 7", "see p.⍽3, pp.⍽4 and No.⍽7"),
        ("en", "on 3 April and 3 Aprils", "on 3⍽April and 3 Aprils"),
        ("de", "siehe S. 3", "siehe S.⍽3"),
        ("en", "the top. 3 men", "the top. 3 men"),
    ],
)
def test_a_number_stays_with_what_belongs_to_it(language, typed, printed):
    assert said(typed, language) == printed


# --------------------------------------------------------------------------- ordinals, dates


@pytest.mark.parametrize(
    ("language", "typed", "raised"),
    [
        ("en", "the 1st and 22nd", ["st", "nd"]),
        ("fr", "la 1re, le 1er, la 2e, la 2nde, le XXe", ["re", "er", "e", "nde", "e"]),
        ("fr", "Les 3 Ce Xavier", []),
        ("en", "a1st v1.1st 5the", []),
        ("de", "1st", []),
    ],
)
def test_the_ending_of_an_ordinal_is_raised(language, typed, raised):
    made = spans(typed, language=language)
    assert [span.text for span in made if span.position is Position.SUPER] == raised
    assert plain(made) == typed


def test_a_date_in_figures_is_set_in_words():
    assert said("from 2025-04-03 on") == "from 3⍽April 2025 on"
    assert said("dès 2025-05-01", "fr") == "dès 1er⍽mai 2025"
    made = spans("dès 2025-05-01", language="fr")
    assert [(span.text, span.position) for span in made] == [
        ("dès 1", Position.LINE),
        ("er", Position.SUPER),
        ("\u00a0mai 2025", Position.LINE),
    ]


@pytest.mark.parametrize("text", ["2025-02-30", "file-2025-04-03.pdf", "2025-04-03T12:00"])
def test_figures_that_are_no_day_stay(text):
    assert said(text) == text


# --------------------------------------------------------------------------- spans


def test_marks_are_seen_across_the_borders_of_spans():
    strong = Text("strong", strong=True)
    assert plain(spans('He said "', strong, ' text" - ', strong, ".")) == "He said “strong text”⍽– strong."
    assert plain(
        spans("l'", Text("Alliance", emphasis=True), " ", Text("Quoi", strong=True), "?", language="fr")
    ) == ("l’Alliance Quoi∙?")
    assert plain(spans("a -", Text("- b", strong=True))) == "a⍽– b"


def test_code_addresses_and_targets_are_left_alone():
    code = Text("\"x\" -- 'y' 1st ...", code=True)
    link = Link("https://a.eu/x--y", (Text("https://a.eu/x--y"),))
    reference = Reference("x--y", None, (), where())
    assert spans(code, link, reference) == (code, link, reference)
    assert said("https://a.eu/x--y's") == "https://a.eu/x--y’s"


def test_the_words_of_links_and_references_are_set():
    link = Link("https://a.eu", (Text("the Council's"),))
    reference = Reference("x", None, (Text("the 1st 'line'"),), where())
    made = spans(link, " ", reference)
    assert made[0] == Link("https://a.eu", (Text("the Council’s"),))
    assert isinstance(made[2], Reference)
    assert "".join(text.text for text in made[2].words) == "the 1st ‘line’"


def test_a_quotation_around_code_and_references_opens_and_closes():
    code, reference = Text("x", code=True), Reference("x", None, (), where())
    assert plain(spans('"', code, '" and "', reference, '"')) == "“x” and “”"


def test_words_in_another_language_are_set_as_theirs():
    made = spans('He said "', Text('"oui" ?', language="fr"), '".')
    assert plain(made) == "He said “«⍽oui⍽»∙?”."
    assert made[1] == Text("«\u00a0oui\u00a0»\u202f?", language="fr")


def test_a_note_is_no_part_of_the_line_and_a_break_is_a_space():
    note = Note(((Text("x"),),), None, where())
    assert plain(spans('"word', note, '"', LineBreak(), '"next"')) == "“word”“next”"


# --------------------------------------------------------------------------- whatever is written

WRITTEN = st.text(alphabet="ab 1230st.-'\"?!:;«»“”éX(),%\u00a0\u202f/\n", max_size=40)
LOOKS = st.builds(
    Text,
    st.text(alphabet="ab 123est.-'\"?!:;«»X%", min_size=1, max_size=12),
    strong=st.booleans(),
    code=st.booleans(),
    language=st.sampled_from([None, None, "fr"]),
)


def kept(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c)[0] in "LN")


@settings(max_examples=400, deadline=None)
@given(WRITTEN, st.sampled_from(sorted(MANNERS)))
def test_what_has_been_set_is_not_set_again_and_loses_no_letter(text, language):
    once = TYPOGRAPHY.text(text, language)
    assert TYPOGRAPHY.text(once, language) == once
    assert kept(once) == kept(text)


@settings(max_examples=400, deadline=None)
@given(st.lists(LOOKS, max_size=6).map(tuple), st.sampled_from(["en", "en-US", "fr", "de", "uk"]))
def test_the_same_goes_for_spans(made, language):
    once = TYPOGRAPHY.spans(made, language)
    assert TYPOGRAPHY.spans(once, language) == once
    assert kept(plain(once)) == kept(plain(made))
    assert [span for span in once if span.code and not span.language] == [
        span for span in made if span.code and not span.language
    ]


@given(st.text(alphabet="abc ,é“”’–…\u00a0", max_size=60))
def test_text_without_such_signs_stays_the_same_object(text):
    made = (Text(text), Text("x", strong=True))
    assert TYPOGRAPHY.spans(made, "en") is made
    assert TYPOGRAPHY.text(text, "fr") is text


def test_text_whose_signs_are_right_stays_the_same_object():
    made = (Text("A sentence. “One” more, at 14:30; 27 of 28-odd Allies."),)
    assert TYPOGRAPHY.spans(made, "en") is made


def test_a_style_that_asks_for_nothing_gets_nothing():
    bare = Typography(made_style())
    made = (Text('"a" -- b'),)
    assert bare.spans(made, "en") is made
    assert bare.text('"a"', "en") == '"a"'


@pytest.mark.parametrize("piece", ["'a ", '"', "- ", "1 000 ", "«", "-"])
def test_long_texts_are_no_more_work_than_their_length(piece: str):
    def set_(count: int) -> str:
        return TYPOGRAPHY.text(piece * count, "fr")

    set_(20)
    assert steps(lambda: set_(5_000)) < 5.1 * steps(lambda: set_(1_000))
    assert not endless(lambda: set_(200_000))
