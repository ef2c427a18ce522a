from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.blocks import CalloutBlock, ListBlock, Note, NumberedBlock
from briefpack.document import (
    Document,
    Heading,
    Link,
    ListKind,
    NumberedParagraph,
    Paragraph,
    Text,
    plain_text,
)
from briefpack.limits import Limits
from briefpack.pack import Abbreviation
from briefpack.resolve.abbreviations import Abbreviations, Glossary, _pattern
from briefpack.select import select
from briefpack.style import SpellOut, Style, Typography
from tests.counting import steps
from tests.made_style import made_style
from tests.resolve.making import (
    audience,
    document,
    every,
    heading,
    item,
    numbered,
    pack,
    section,
    text,
    where,
    words,
)

LONG = {
    "NMI": "NATO Mission Iraq",
    "NATO": "North Atlantic Treaty Organization",
    "KFOR": "Kosovo Force",
    "ROE": "rules of engagement",
    "C-IED": "countering improvised explosive devices",
    "EU": "European Union",
    "EUFOR": "European Union Force",
    "MOU": "memorandum of understanding",
}


def entry(short: str, long: str, plural: str | None = None, explanation: str = "") -> Abbreviation:
    return Abbreviation(short, long, plural, words(explanation) if explanation else None, where())


GLOSSARY = tuple(entry(short, long) for short, long in LONG.items())


def wanted(spell_out: SpellOut = SpellOut.PACK, *, small_caps: bool = False) -> Style:
    return replace(made_style(), typography=Typography(False, small_caps, spell_out))


def printed(
    *sections: object, style: Style | None = None, glossary: tuple[Abbreviation, ...] = GLOSSARY
) -> Document:
    made = replace(pack(*sections), glossary=glossary)  # type: ignore[arg-type]  # sections
    return document(made, style or wanted())


def running(said: str, spell_out: SpellOut = SpellOut.PACK) -> str:
    """One paragraph as it is printed."""
    made = Abbreviations(Glossary(GLOSSARY, "en"), spell_out)
    return plain_text(made.running((Text(said),), "en"))


def said(made: Document) -> list[str]:
    return [plain_text(paragraph.spans) for paragraph in every(made, Paragraph)]


# --------------------------------------------------------------------------- first use


def test_an_abbreviation_is_spelled_out_where_it_is_first_used():
    made = printed(
        section("a", text("The NMI trains."), text("NMI goes on.")), section("b", text("NMI again."))
    )
    assert said(made) == ["The NATO Mission Iraq (NMI) trains.", "NMI goes on.", "NMI again."]


def test_a_style_may_want_it_in_each_section_or_never():
    sections = (section("a", text("NMI."), text("NMI.")), section("b", text("NMI.")))
    assert said(printed(*sections, style=wanted(SpellOut.SECTION))) == [
        "NATO Mission Iraq (NMI).",
        "NMI.",
        "NATO Mission Iraq (NMI).",
    ]
    assert said(printed(*sections, style=wanted(SpellOut.NEVER))) == ["NMI."] * 3


def test_items_numbered_paragraphs_and_boxes_are_running_text():
    made = printed(
        section(
            "a",
            ListBlock(ListKind.DASHES, (item("KFOR"),), where()),
            NumberedBlock((numbered("EU"),), where()),
            CalloutBlock(words("NATO"), (text("ROE"),), where()),
        )
    )
    assert said(made) == ["Kosovo Force (KFOR)", "Rules of engagement (ROE)"]
    (paragraph,) = every(made, NumberedParagraph)
    assert plain_text(paragraph.spans) == "European Union (EU)"


def test_titles_headings_code_links_and_notes_are_left_and_the_text_behind_them_spelled_out():
    note = Note((words("NMI"),), None, where())
    link = Link("https://a.eu", (Text("NMI"),))
    made = printed(
        section(
            "nmi", heading("NMI"), text("x", note, link, Text("NMI", code=True)), text("NMI"), title="NMI"
        )
    )
    assert made.sections[0].title == "NMI"
    (title,) = every(made, Heading)
    assert plain_text(title.spans) == "NMI"
    assert said(made) == ["xNMINMI", "NATO Mission Iraq (NMI)"]


@pytest.mark.parametrize(
    "written",
    [
        "The NATO Mission Iraq (NMI) trains.",
        "The NATO mission Iraq ( NMI ) trains.",
        "NMI (NATO Mission Iraq) trains.",
        "NMI, the NATO Mission\u00a0Iraq, trains.",
        "The mission in Iraq (NMI) trains.",
    ],
)
def test_an_author_who_has_spelled_it_out_himself_is_left_alone(written):
    made = Abbreviations(Glossary(GLOSSARY, "en"), SpellOut.PACK)
    assert made.running((Text(written),), "en") == (Text(written),)
    assert plain_text(made.running((Text("NMI."),), "en")) == "NMI."


@pytest.mark.parametrize(
    "written",
    ["NATO-led forces", "the EU/NATO talks", "xNMI", "NMIx", "NMI2", "the ROEs-based", "nmi", "EU-NATO"],
)
def test_words_that_only_hold_an_abbreviation_are_left(written):
    assert running(written) == written


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("under ROE.", "under rules of engagement (ROE)."),
        ("It went. ROE apply.", "It went. Rules of engagement (ROE) apply."),
        ("EUFOR and EU", "European Union Force (EUFOR) and European Union (EU)"),
        ("C-IED work", "Countering improvised explosive devices (C-IED) work"),
        ("(see KFOR)", "(see Kosovo Force [KFOR])"),
        ("NMI’s mandate", "NATO Mission Iraq’s (NMI) mandate"),
        ("two MOUs", "two MOUs (memorandum of understanding)"),
        ("NATO Mission Iraq and NATO", "NATO Mission Iraq and North Atlantic Treaty Organization (NATO)"),
        ("“NMI” – KFOR, EU; x", "“NATO Mission Iraq (NMI)” – Kosovo Force (KFOR), European Union (EU); x"),
    ],
)
def test_the_long_form_fits_the_sentence(written, spelled):
    assert running(written) == spelled


def test_a_plural_that_the_author_gave_is_used():
    glossary = Glossary((entry("MOU", "memorandum of understanding", "memoranda of understanding"),), "en")
    made = Abbreviations(glossary, SpellOut.PACK)
    assert plain_text(made.running((Text("two MOUs"),), "en")) == "two memoranda of understanding (MOUs)"


def test_text_in_another_language_is_not_spelled_out():
    made = printed(section("a", text("La KFOR."), language="fr"), section("b", text("KFOR.")))
    assert said(made) == ["La KFOR.", "Kosovo Force (KFOR)."]
    foreign = Abbreviations(Glossary(GLOSSARY, "en"), SpellOut.PACK)
    assert foreign.running((Text("KFOR", language="fr"),), "en") == (Text("KFOR", language="fr"),)


def test_an_abbreviation_is_found_across_spans_and_its_words_look_like_it():
    made = Abbreviations(Glossary(GLOSSARY, "en"), SpellOut.PACK)
    assert made.running((Text("the "), Text("KFOR", strong=True), Text(" x")), "en") == (
        Text("the "),
        Text("Kosovo Force (KFOR)", strong=True),
        Text(" x"),
    )
    told = (Text("the "), Link("https://a.eu", (Text("European Union"),)), Text(" (EU)"))
    assert made.running(told, "en") == told


# --------------------------------------------------------------------------- small capitals


def test_abbreviations_are_set_in_small_capitals_where_the_style_says_so():
    made = printed(section("a", text("The KFOR and KFOR’s.")), style=wanted(small_caps=True))
    (paragraph,) = every(made, Paragraph)
    assert [(span.text, span.small_caps) for span in every(paragraph, Text)] == [
        ("The Kosovo Force (", False),
        ("KFOR", True),
        (") and ", False),
        ("KFOR", True),
        ("’s.", False),
    ]


# --------------------------------------------------------------------------- what was used


def definitions(*texts: str, glossary: tuple[Abbreviation, ...] = GLOSSARY) -> list[str]:
    """What a list of abbreviations has after a first walk that met these texts."""
    ready = Glossary(glossary, "en")
    first = Abbreviations(ready)
    assert first.definitions() == ()
    assert first.asked
    for said in texts:
        first.see(said)
    second = Abbreviations(ready, earlier=frozenset(first.used))
    return [entry.short for entry in second.definitions()]


def test_a_list_has_what_was_used_by_the_alphabet_and_nothing_else():
    assert definitions("KFOR and EU-led", "eu, C-IED") == ["C-IED", "EU", "KFOR"]
    assert definitions("nothing") == []


def test_a_list_has_what_its_own_words_use():
    assert definitions("NMI") == ["NATO", "NMI"]
    told = (entry("A1", "one", explanation="Of B2."), entry("B2", "two"), entry("C3", "three"))
    assert definitions("A1", glossary=told) == ["A1", "B2"]


def test_the_order_of_a_list_does_not_mind_accents_and_case():
    glossary = tuple(entry(short, "x") for short in ("Zz", "ÉTAT", "FOR", "eb"))
    assert definitions("Zz ÉTAT FOR eb", glossary=glossary) == ["eb", "ÉTAT", "FOR", "Zz"]


def test_text_without_abbreviations_stays_the_same_object():
    made = Abbreviations(Glossary(GLOSSARY, "en"), SpellOut.PACK)
    spans = (Text("nothing here"), Text("at all", strong=True))
    assert made.running(spans, "en") is spans
    assert Abbreviations().running(spans, "en") is spans


@given(st.sets(st.text("ABC-1", min_size=1, max_size=5), max_size=12), st.text("ABC-1 ", max_size=40))
def test_the_pattern_finds_the_longest_word_that_stands_there(short, text):
    tree = _pattern(sorted(short)) or "(?!)"
    plain = "|".join(map(re.escape, sorted(short, key=len, reverse=True))) or "(?!)"
    for end in ("", r"(?!\w)"):
        found = [match[0] for match in re.finditer(f"(?:{tree}){end}", text)]
        assert found == [match[0] for match in re.finditer(rf"(?<!\w)(?:{plain}){end}", text)]


THOUSAND = [f"{a}{b}{c}X" for a in "ABCDEFGHIJ" for b in "ABCDEFGHIJ" for c in "ABCDEFGHIJ"]


def test_a_large_glossary_is_no_more_work_than_a_small_one():
    def work(short: list[str]) -> int:
        made = Abbreviations(Glossary([entry(one, "x y") for one in short], "en"), SpellOut.PACK)
        text = (Text("The ABCX and words that go on for a while. " * 20),)
        made.running(text, "en")  # here it looks, once, which of them stand in the long forms of others
        return steps(lambda: made.running(text, "en"))

    work(["ABCX"])
    assert work(THOUSAND) == work(["ABCX"])


def test_the_pattern_of_a_large_glossary_has_at_most_one_way_for_each_letter():
    ways = [1]
    most = 0
    for sign in re.sub(r"\(\?<![^)]*\)", "", _pattern(THOUSAND)):
        if sign == "(":
            ways.append(1)
        elif sign == "|":
            ways[-1] += 1
        elif sign == ")":
            most = max(most, ways.pop())
    assert (most, ways) == (10, [1])


def test_an_abbreviation_of_what_is_withheld_is_unknown_to_the_pack_that_an_audience_gets():
    made = replace(
        pack(section("a", text("EU.")), section("b", text("KFOR."), limits=Limits(("staff",)))),
        glossary=GLOSSARY,
    )
    press = document(select(made, audience()).pack, wanted())
    assert said(press) == ["European Union (EU)."]
    assert "Kosovo" not in repr(press)
