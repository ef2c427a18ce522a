"""Whatever writers, programs and editors do to words, the audit sees the same letters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.audit.squeeze import squeezed, words_of

LIGATURES = {"ffi": "\ufb03", "ffl": "\ufb04", "ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02"}
BETWEEN = (
    "\u00ad",
    "\u200b",
    "-\n",
    "\u00ad\n",
    "\n",
    " ",
    "\u00a0",
    "\u202f",
    "\u2060",
    "\ufeff",
    "”",
    " — ",
    "|",
    "\t",
)
WORDS = ("officials", "Défense", "staff", "Ukraine", "affluent", "Größe", "Западные", "flow", "2025", "naïve")


@st.composite
def mangled(draw: st.DrawFn) -> tuple[str, str]:
    """Some words, and the same as a file might have them."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8))
    text = " ".join(words)
    made = text
    for letters, ligature in LIGATURES.items():
        if draw(st.booleans()):
            made = made.replace(letters, ligature)
    if draw(st.booleans()):
        made = made.upper()
    made = unicodedata.normalize(draw(st.sampled_from(("NFC", "NFD", "NFKC", "NFKD"))), made)
    pieces = list(made)
    for _ in range(draw(st.integers(0, 6))):
        pieces.insert(draw(st.integers(0, len(pieces))), draw(st.sampled_from(BETWEEN)))
    return text, "".join(pieces)


@given(mangled())
def test_the_letters_are_the_same_however_they_are_set(case):
    text, made = case
    assert squeezed(made) == squeezed(text)


@given(st.text())
def test_words_are_the_letters_of_a_text_divided(text):
    assert "".join(words_of(text)).encode("utf-8", "replace") == squeezed(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The “Talisman” op\u00adtion", ["the", "talisman", "option"]),
        ("3.2 % of GDP", ["3", "2", "of", "gdp"]),
        ("Cre\u0301dit", ["credit"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
    ],
)
def test_words_end_where_a_reader_sees_them_end(text, words):
    assert words_of(text) == words


def test_other_words_are_other_letters():
    assert squeezed("restricted") != squeezed("unrestricted")


def test_letters_that_look_alike_are_alike():
    assert squeezed("Тhе wоrking pаrty") == squeezed("The working party")
