"""Where links lead: to addresses, to places of the file, to pages of annexes, and to what stands for other parts of a pack."""

from __future__ import annotations

from briefpack.document import CrossReference, Link, Text, annex_page_anchor
from briefpack.pdf.leads import NOWHERE, Leads, ToAddress, ToAnnexPage, ToPlace
from briefpack.template import SEPARATOR

WORDS = (Text("the "), Text("annex", strong=True))
PAGE_1, PAGE_3 = annex_page_anchor("annex_a", 1), annex_page_anchor("annex_a", 3)


def test_a_link_without_words_says_its_address() -> None:
    leads = Leads((), NOWHERE)

    assert leads.to(Link("https://example.org", WORDS)) == ToAddress("https://example.org", "the annex")
    assert leads.to(Link("https://example.org", (Text(" "),))).words == "https://example.org"


def test_a_reference_leads_to_its_anchor_or_to_the_page_of_an_annex() -> None:
    leads = Leads((), NOWHERE)

    assert leads.to(CrossReference("annex_a", WORDS)) == ToPlace("annex_a", "the annex")
    assert leads.to(CrossReference("annex_a", WORDS, 3)) == ToAnnexPage(PAGE_3, "annex_a", "the annex")


def test_an_annex_without_a_divider_is_led_to_by_its_first_page() -> None:
    leads = Leads(["annex_a"], NOWHERE)

    assert leads.to(CrossReference("annex_a", WORDS)) == ToAnnexPage(PAGE_1, "annex_a", "the annex")
    assert leads.to(CrossReference("annex_a", WORDS, 3)) == ToAnnexPage(PAGE_3, "annex_a", "the annex")


def test_what_is_in_another_part_is_led_to_by_its_place_here_and_says_so() -> None:
    leads = Leads(["annex_a"], {PAGE_3: ("toc_4", "in part 2"), "s_2": ("toc_2", "in part 1")})
    said = SEPARATOR.join(("the annex", "in part 2"))

    assert leads.to(CrossReference("annex_a", WORDS, 3)) == ToPlace(PAGE_3, said)
    assert leads.to(CrossReference("annex_a", WORDS)) == ToAnnexPage(PAGE_1, "annex_a", "the annex")
    assert leads.to(CrossReference("s_2", WORDS)).words.endswith("in part 1")
