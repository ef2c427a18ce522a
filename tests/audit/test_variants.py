"""What is printed for a text is among what is searched for: looked up in what the stages that print make of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefpack.audit.squeeze import GAP, words_of
from briefpack.audit.variants import Printer
from briefpack.document import Text, plain_text
from briefpack.errors import Where
from briefpack.pack import Abbreviation
from briefpack.reading.read_style import read_style
from briefpack.resolve.abbreviations import Abbreviations, Glossary
from briefpack.resolve.typography import Typography
from briefpack.style import SpellOut
from tests.select.made import pack

HERE = Where(Path("pack/pack.yaml"), 1, 1)
STYLE = read_style("base", ()).style
GLOSSARY = (
    Abbreviation("NMI", "NATO Mission Iraq", None, None, HERE),
    Abbreviation("MOU", "memorandum of understanding", "memoranda of understanding", None, HERE),
    Abbreviation("NAC", "North Atlantic Council", None, None, HERE),
    Abbreviation("C-UAS", "counter-uncrewed aircraft system", None, None, HERE),
)


def printer(language: str = "en") -> Printer:
    made = pack()
    made = replace(made, glossary=GLOSSARY, meta=replace(made.meta, language=language))
    return Printer.of(made, STYLE, made.glossary)


@pytest.mark.parametrize(
    "text",
    [
        "Talks with NMI go on.",
        "Two MOUs were signed, and NMI's share is small.",
        "NMIs are not listed.",
        "The NAC saw NMI’s report and the MOU.",
        "A C-UAS is wanted.",
    ],
)
def test_spelled_out_abbreviations_are_searched_for(text):
    spelled = Abbreviations(Glossary(GLOSSARY, "en"), SpellOut.SECTION)
    printed = plain_text(spelled.running((Text(text),), "en"))
    assert printed != text
    assert tuple(words_of(printed)) in printer().runs(text)


def test_each_abbreviation_may_be_spelled_out_alone():
    runs = printer().runs("The NAC speaks to NMI.")
    assert tuple(words_of("The NAC speaks to NATO Mission Iraq (NMI)")) in runs
    assert tuple(words_of("The North Atlantic Council (NAC) speaks to NMI")) in runs


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("text", ["Due on 2025-04-03.", "From 2025-05-01 to 2025-12-31, without more."])
def test_dates_are_searched_for_as_they_are_printed(text, language):
    printed = Typography(STYLE).text(text, language)
    assert printed != text
    assert tuple(words_of(printed)) in printer(language).runs(text)


def test_the_text_itself_comes_first():
    text = "On 2025-04-03 NMI reports."
    assert printer().runs(text)[0] == tuple(words_of(text))


def test_what_stands_around_a_reference_is_searched_for_by_itself_and_together():
    runs = printer().runs(f"As the brief says {GAP} we agree.")
    assert ("as", "the", "brief", "says") in runs
    assert ("we", "agree") in runs
    assert ("as", "the", "brief", "says", "we", "agree") in runs
