"""Markings as they are written, and back; what they bring along; what is refused."""

from __future__ import annotations

import copy
from dataclasses import fields, replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from briefpack.countries import country_codes
from briefpack.marking import Ceiling, Marking, join
from briefpack.policy import Level, MarkingError, Policy
from tests.made_policies import SHIPPED, markings, policies, shipped, written

PLAIN = Policy("plain", "Plain", (Level("PUBLIC", "P"), Level("INTERNAL", "I", {"fr": "INTERNE"})))


@pytest.mark.parametrize("text", ["INTERNAL", "internal", "I", "(I)", "INTERNE", " ( i ) ", "Intérnal"])
def test_a_marking_is_read_in_every_form(text: str) -> None:
    assert PLAIN.parse(text) == Marking(1)


def test_a_marking_that_is_none_says_which_there_are() -> None:
    with pytest.raises(MarkingError) as caught:
        PLAIN.parse("SECRET")
    assert "INTERNAL" in caught.value.remedy


def test_a_marking_is_written_for_the_banner_and_the_portion() -> None:
    assert PLAIN.banner(Marking(1), "fr-BE") == "INTERNE"
    assert PLAIN.portion(Marking(1), "en") == "(I)"


# ------------------------------------------------------------------------------ laws


def check_laws(policy: Policy, parts: list[Marking]) -> None:
    """What is joined needs no policy any more, and is read as it was printed."""
    whole = join(parts)
    assert all(policy.closed(part) == part for part in parts)
    assert policy.closed(whole) == whole
    for language in (*policy.languages, "xx"):
        for text in (policy.banner(whole, language), policy.portion(whole, language)):
            assert policy.parse(text) == whole, text


@pytest.mark.parametrize("name", SHIPPED)
@given(data=st.data())
def test_what_is_joined_is_closed_and_is_read_as_it_was_printed(name: str, data: st.DataObject) -> None:
    policy = shipped(name)
    check_laws(policy, data.draw(st.lists(written(policy), min_size=1, max_size=4)))


@given(data=st.data())
def test_so_it_is_in_any_policy(data: st.DataObject) -> None:
    policy = data.draw(policies())
    check_laws(policy, data.draw(st.lists(written(policy), min_size=1, max_size=4)))


@pytest.mark.parametrize("name", SHIPPED)
@given(data=st.data())
def test_capitals_spaces_and_dashes_make_no_difference(name: str, data: st.DataObject) -> None:
    policy = shipped(name)
    marking = data.draw(markings(policy))
    # In small letters, the code of Andorra is no country but the "and" of a list.
    assume("AND" not in (marking.releasable or ()))
    text = policy.banner(marking, data.draw(st.sampled_from(policy.languages)))
    text = data.draw(st.sampled_from([str.lower, str.upper, str.title]))(text)
    dash = data.draw(st.sampled_from(["-", "\u2013", "\u2014"]))
    assert (
        policy.parse(text.replace("-", dash).replace(" ", data.draw(st.sampled_from([" ", "  ", "\n"]))))
        == marking
    )


@pytest.mark.parametrize("name", SHIPPED)
@given(data=st.data())
def test_who_is_cleared_for_all_of_a_marking_may_see_it(name: str, data: st.DataObject) -> None:
    policy = shipped(name)
    marking = data.draw(markings(policy))
    members = sorted(marking.releasable) if marking.releasable is not None else ["USA"]
    if members:
        one = data.draw(st.sampled_from(members))
        ceiling = policy.ceiling(policy.levels[marking.level].name, [one], sorted(marking.caveats))
        assert ceiling.admits(marking)
        foreign = policy.ceiling(policy.levels[marking.level].name, [one, "ATA"], sorted(marking.caveats))
        assert foreign.admits(marking) == (marking.releasable is None or "ATA" in marking.releasable)


@given(data=st.data())
def test_a_clearance_admits_nothing_more_than_its_own_marking_and_what_every_audience_may_see(
    data: st.DataObject,
) -> None:
    policy = data.draw(policies())
    first, second = data.draw(markings(policy)), data.draw(markings(policy))
    ceiling = policy.ceiling(policy.levels[first.level].name, ["AUS"], sorted(first.caveats))
    free = {caveat.name for caveat in policy.caveats if caveat.for_all}
    if ceiling.admits(second):
        assert second.level <= first.level
        assert second.releasable is None or "AUS" in second.releasable
        extra = second.caveats - first.caveats
        assert all(
            any(name in policy.rules.brought[each] for each in free)
            or any(
                each.contained and each.highest < first.level and name in policy.rules.brought[each.name]
                for each in policy.caveats
            )
            for name in extra
        )


# ------------------------------------------------------------------------- by example


@pytest.mark.parametrize(
    ("name", "text", "banner", "portion"),
    [
        ("nato-style", "nato unclassified – staff", "NATO UNCLASSIFIED - STAFF", "(NU - STAFF)"),
        ("nato-style", "(NR)", "NATO RESTRICTED", "(NR)"),
        (
            "nato-style",
            "NR REL TO JPN, CHE",
            "NATO RESTRICTED Releasable to Japan, Switzerland",
            "(NR REL TO CHE, JPN)",
        ),
        (
            "nato-style",
            "NATO RESTRICTED Releasable to Switzerland, Japan and Ukraine",
            "NATO RESTRICTED Releasable to Japan, Switzerland, Ukraine",
            "(NR REL TO CHE, JPN, UKR)",
        ),
        ("nato-style", "NS Releasable to EU", "NATO SECRET Releasable to EU", "(NS REL TO EU)"),
        ("nato-style", "NATO SECRET Releasable to Norway", "NATO SECRET", "(NS)"),
        ("nato-style", "COSMIC TRES SECRET ATOMAL", "COSMIC TOP SECRET ATOMAL", "(CTS ATOMAL)"),
        ("eu-style", "LIMITE", "LIMITE", "(LIMITE)"),
        ("eu-style", "R-UE/EU-R", "RESTREINT UE/EU RESTRICTED", "(R-UE/EU-R)"),
        ("eu-style", "EU RESTRICTED", "RESTREINT UE/EU RESTRICTED", "(R-UE/EU-R)"),
        (
            "eu-style",
            "SECRET UE/EU SECRET - RELEASABLE TO NATO",
            "SECRET UE/EU SECRET - RELEASABLE TO NATO",
            "(S-UE/EU-S REL TO NATO)",
        ),
        ("uk-style", "official sensitive", "OFFICIAL-SENSITIVE", "(O-S)"),
        (
            "uk-style",
            "OFFICIAL-SENSITIVE [RECIPIENTS ONLY]",
            "OFFICIAL-SENSITIVE [RECIPIENTS ONLY]",
            "(O-S [RO])",
        ),
        ("uk-style", "UK SECRET - UK EYES ONLY", "SECRET UK EYES ONLY", "(S UKEO)"),
        ("uk-style", "TOP SECRET REL FVEY", "TOP SECRET REL FVEY", "(TS REL FVEY)"),
        ("us-style", "S//NF", "SECRET//NOFORN", "(S//NF)"),
        ("us-style", "(S//REL TO USA, GBR)", "SECRET//REL TO USA, GBR", "(S//REL TO USA, GBR)"),
        ("us-style", "SECRET REL TO GBR", "SECRET//REL TO USA, GBR", "(S//REL TO USA, GBR)"),
        ("us-style", "SECRET//REL TO USA, FVEY", "SECRET//REL TO USA, FVEY", "(S//REL TO USA, FVEY)"),
        (
            "us-style",
            "TS//SI//OC/REL TO USA, GBR",
            "TOP SECRET//SI//ORCON/REL TO USA, GBR",
            "(TS//SI//OC/REL TO USA, GBR)",
        ),
        ("us-style", "S//HCS", "SECRET//HCS//NOFORN", "(S//HCS//NF)"),
        ("us-style", "CUI", "CUI", "(CUI)"),
        (
            "plain",
            "restricted for finance, Press-Office",
            "RESTRICTED for FINANCE, PRESS-OFFICE",
            "(R for FINANCE, PRESS-OFFICE)",
        ),
        (
            "plain",
            "R for personnel office - personal",
            "RESTRICTED for PERSONNEL OFFICE - PERSONAL",
            "(R for PERSONNEL OFFICE - PERS)",
        ),
    ],
)
def test_markings_in_the_style_of_others(name: str, text: str, banner: str, portion: str) -> None:
    policy = shipped(name)
    marking = policy.parse(text)
    assert (policy.banner(marking, "en"), policy.portion(marking, "en")) == (banner, portion)


@pytest.mark.parametrize(
    ("name", "text", "french"),
    [
        ("nato-style", "NR REL TO JPN, CHE", "NATO DIFFUSION RESTREINTE Communicable à Japon, Suisse"),
        ("nato-style", "NATO UNCLASSIFIED - STAFF", "NATO SANS CLASSIFICATION - PERSONNEL"),
        ("eu-style", "EU SECRET REL TO NATO", "SECRET UE/EU SECRET - COMMUNICABLE À OTAN"),
        ("plain", "RESTRICTED for FINANCE", "RESTREINT pour FINANCE"),
    ],
)
def test_markings_in_french(name: str, text: str, french: str) -> None:
    policy = shipped(name)
    assert policy.banner(policy.parse(text), "fr-FR") == french
    assert policy.parse(french) == policy.parse(text)


@pytest.mark.parametrize(
    ("name", "parts", "whole"),
    [
        ("us-style", ["S//REL TO USA, GBR", "S//NF"], "SECRET//NOFORN"),
        ("us-style", ["S//REL TO USA, GBR, AUS", "TS//REL TO USA, GBR, CAN"], "TOP SECRET//REL TO USA, GBR"),
        ("us-style", ["S//REL TO USA, GBR", "S//REL TO USA, AUS"], "SECRET"),
        ("us-style", ["CUI", "S"], "SECRET"),
        ("us-style", ["U//RELIDO", "S//NF"], "SECRET//NOFORN"),
        ("eu-style", ["LIMITE", "R-UE"], "RESTREINT UE/EU RESTRICTED"),
        ("eu-style", ["LIMITE", "PUBLIC"], "LIMITE"),
        ("nato-style", ["NR REL TO JPN", "NU REL TO JPN, CHE"], "NATO RESTRICTED Releasable to Japan"),
        ("nato-style", ["NR REL TO JPN", "NU"], "NATO RESTRICTED"),
        ("nato-style", ["NR REL TO JPN", "PUBLIC"], "NATO RESTRICTED Releasable to Japan"),
        ("plain", ["R for FINANCE", "I for PROTOCOL"], "RESTRICTED for nobody"),
        ("plain", ["R for FINANCE, PROTOCOL", "I for PROTOCOL"], "RESTRICTED for PROTOCOL"),
        ("uk-style", ["S REL FVEY", "TS REL USA, CAN"], "TOP SECRET REL CAN, USA"),
    ],
)
def test_what_stands_on_the_whole(name: str, parts: list[str], whole: str) -> None:
    policy = shipped(name)
    assert policy.banner(join(policy.parse(part) for part in parts), "en") == whole


def test_a_marking_can_be_taken_apart() -> None:
    policy = shipped("us-style")
    assert policy.marking("S", ["gbr", "Australia"], ["OC"]) == policy.parse(
        "SECRET//ORCON/REL TO USA, AUS, GBR"
    )
    assert policy.marking("CUI", [], ["NOFORN"]) == policy.parse("CUI//NF")
    assert policy.marking("S", ["NOBODY"], []).releasable == frozenset()


def test_a_level_has_its_colour_and_the_phrases_that_tell_it() -> None:
    policy = shipped("nato-style")
    assert policy.colour(policy.parse("NS")) == "#a3231f"
    assert policy.phrases(2) == ("NATO RESTRICTED", "NATO DIFFUSION RESTREINTE")
    assert policy.phrases(0) == ("NON SENSITIVE INFORMATION RELEASABLE TO THE PUBLIC",)


def test_a_policy_travels_without_what_was_worked_out_of_it() -> None:
    policy = replace(shipped("nato-style"))
    policy.parse("NR REL TO JPN")
    travelled = copy.copy(policy)
    assert vars(travelled).keys() == {each.name for each in fields(policy)}
    assert vars(policy).keys() > vars(travelled).keys()
    assert travelled == policy
    assert travelled.parse("NR REL TO JPN") == policy.parse("NR REL TO JPN")


# -------------------------------------------------------------------------- clearances


def test_a_clearance_names_a_level_groups_and_caveats() -> None:
    policy = shipped("nato-style")
    ceiling = policy.ceiling("NS", ["Japan", "KFOR"], ["STAFF"])
    assert ceiling == Ceiling(4, frozenset({"JPN", "KFOR"}), frozenset({"STAFF"}))
    assert policy.ceiling("NU", ["OTAN"], []).admits(policy.parse("NU"))
    assert not policy.ceiling("NU", ["NATO", "Japan"], []).admits(policy.parse("NU"))
    assert policy.ceiling("NU", ["NATO", "Japan"], []).admits(policy.parse("NU REL TO JPN"))


def test_who_is_cleared_for_a_level_may_see_what_it_contains_and_what_all_may_see() -> None:
    policy = shipped("eu-style")
    assert policy.ceiling("R-UE", ["EU"], []).admits(policy.parse("LIMITE"))
    assert policy.ceiling("R-UE", ["EU"], []).admits(policy.parse("R-UE"))
    assert not policy.ceiling("EU UNCLASSIFIED", ["EU"], []).admits(policy.parse("LIMITE"))
    assert policy.ceiling("LIMITE", ["EU"], []).admits(policy.parse("LIMITE"))
    us = shipped("us-style")
    assert us.ceiling("S", ["USA"], []).admits(us.parse("S//NF"))
    assert not us.ceiling("S", ["USA"], []).admits(us.parse("S//OC"))
    assert not us.ceiling("S", ["USA", "GBR"], []).admits(us.parse("S//NF"))


# ---------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("name", "text", "fact", "remedy"),
    [
        ("plain", "RESTRCTED", "“RESTRCTED” is no marking of the policy plain", "did you mean `RESTRICTED`?"),
        (
            "plain",
            "SECRET",
            "“SECRET” is no marking of the policy plain",
            "its levels: PUBLIC, INTERNAL, RESTRICTED",
        ),
        ("plain", "", "“” is no marking of the policy plain", "its levels: PUBLIC, INTERNAL, RESTRICTED"),
        (
            "plain",
            "RESTRICTED for",
            "“RESTRICTED for” does not say to whom",
            "write groups or countries behind “for”",
        ),
        (
            "plain",
            "PUBLIC for FINANCE",
            "PUBLIC is for everybody: no caveats stand with it, and no release",
            "write PUBLIC alone, or a higher level: INTERNAL, RESTRICTED",
        ),
        (
            "plain",
            "RESTRICTED?",
            "“RESTRICTED?” is no marking of the policy plain: “?” has no place in one",
            "its levels: PUBLIC, INTERNAL, RESTRICTED",
        ),
        (
            "plain",
            "REST\u200bRICTED",
            "“REST\u200bRICTED” is no marking of the policy plain: an invisible character (U+200B) has no place in one",
            "its levels: PUBLIC, INTERNAL, RESTRICTED",
        ),
        (
            "plain",
            "INTERNAL RESTRICTED",
            "“INTERNAL RESTRICTED” is no marking of the policy plain: it has two levels",
            "write the higher one only",
        ),
        (
            "us-style",
            "NOFORN",
            "“NOFORN” names no level",
            "its levels: PUBLIC, UNCLASSIFIED, CONFIDENTIAL, SECRET, TOP SECRET",
        ),
        (
            "us-style",
            "S//NF/REL TO USA, GBR",
            "NOFORN and “REL TO” are not written together",
            "leave one of them away; where both meet in a whole, NOFORN is printed",
        ),
        (
            "us-style",
            "S//HCS//REL TO USA, GBR",
            "NOFORN, which HCS brings along, and “REL TO” are not written together",
            "leave one of them away; where both meet in a whole, NOFORN is printed",
        ),
        (
            "us-style",
            "U//SI",
            "SI is not written at UNCLASSIFIED",
            "it stands at CONFIDENTIAL and above; at UNCLASSIFIED there may stand CUI, NOFORN, PROPIN, RELIDO",
        ),
        (
            "us-style",
            "S//CUI",
            "CUI is not written at SECRET, which contains it",
            "leave CUI away; it stands at UNCLASSIFIED",
        ),
        (
            "us-style",
            "S//NOFRN",
            "“S//NOFRN” is no marking of the policy us-style: “NOFRN” is not known",
            "did you mean `NOFORN`?",
        ),
        (
            "us-style",
            "SECRET//GBR",
            "“SECRET//GBR” is no marking of the policy us-style: “GBR” is not known",
            "to say to whom it is releasable, write `REL TO GBR`",
        ),
        (
            "us-style",
            "S//REL TO USA, UK",
            "“S//REL TO USA, UK” is no marking of the policy us-style: “UK” is not known",
            "countries have codes of three letters: write GBR",
        ),
        (
            "nato-style",
            "NR REL TO NO",
            "“NR REL TO NO” is no marking of the policy nato-style: “NO” is not known",
            "countries have codes of three letters: write NOR",
        ),
        (
            "nato-style",
            "NR Releasable to Japn",
            "“NR Releasable to Japn” is no marking of the policy nato-style: “Japn” is not known",
            "did you mean `Japan`?",
        ),
    ],
)
def test_what_is_no_marking_is_told_in_words(name: str, text: str, fact: str, remedy: str) -> None:
    with pytest.raises(MarkingError) as caught:
        shipped(name).parse(text)
    assert (caught.value.fact, caught.value.remedy) == (fact, remedy)


@pytest.mark.parametrize(
    ("level", "releasable", "caveats", "fact", "remedy"),
    [
        ("SECRT", [], [], "“SECRT” is no level of the policy us-style", "did you mean `SECRET`?"),
        (
            "S",
            ["NOFORN"],
            [],
            "“NOFORN” is no group or country of the policy us-style",
            "it is a caveat: write it behind `caveats:`",
        ),
        (
            "S",
            [],
            ["SECRET"],
            "“SECRET” is no caveat of the policy us-style",
            "it is a level: write it behind `level:`",
        ),
        (
            "S",
            [],
            ["GBR"],
            "“GBR” is no caveat of the policy us-style",
            "it is a group or a country: write it behind `releasable:`",
        ),
        (
            "NF",
            [],
            [],
            "“NF” is no level of the policy us-style",
            "it is a caveat: write it behind `caveats:`",
        ),
        (
            "S",
            ["on"],
            [],
            "“on” is no group or country of the policy us-style",
            "its groups: FVEY, ACGU, NATO; countries are written by their codes, such as NOR",
        ),
    ],
)
def test_a_name_in_the_wrong_place_is_told_where_it_goes(
    level: str, releasable: list[str], caveats: list[str], fact: str, remedy: str
) -> None:
    with pytest.raises(MarkingError) as caught:
        shipped("us-style").marking(level, releasable, caveats)
    assert (caught.value.fact, caught.value.remedy) == (fact, remedy)


@pytest.mark.parametrize(
    ("name", "fact", "remedy"),
    [
        (
            "FINANCE, PROTOCOL",
            "“FINANCE, PROTOCOL” cannot be the name of a group",
            "write letters, digits, spaces and dashes, at most 60, each group by itself",
        ),
        (
            "X" * 61,
            f"“{'X' * 59}…” cannot be the name of a group",
            "write letters, digits, spaces and dashes, at most 60, each group by itself",
        ),
        (
            "R & D",
            "“R & D” cannot be the name of a group",
            "write letters, digits, spaces and dashes, at most 60, each group by itself",
        ),
        (
            "Research and Development",
            "“Research and Development” would be read as two groups",
            "write RESEARCH-AND-DEVELOPMENT, or name the two each by itself",
        ),
    ],
)
def test_a_name_that_could_not_be_read_again_is_no_group(name: str, fact: str, remedy: str) -> None:
    with pytest.raises(MarkingError) as caught:
        shipped("plain").marking("R", [name], [])
    assert (caught.value.fact, caught.value.remedy) == (fact, remedy)


def test_nobody_has_no_clearance() -> None:
    with pytest.raises(MarkingError, match="“nobody” is no group or country"):
        shipped("plain").ceiling("R", ["nobody"], [])


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("R for Research-and-Development", {"RESEARCH-AND-DEVELOPMENT"}),
        ("R for Research and Development", {"RESEARCH", "DEVELOPMENT"}),
        ("R for Japan desk, Japan", {"JAPAN DESK", "JPN"}),
        ("R for desk 7 - personal", {"DESK 7"}),
        ("R pour L'office d'été", {"L'OFFICE D'ÉTÉ"}),
        ("R for nobody, FINANCE", set()),
    ],
)
def test_any_name_is_a_group_in_the_plain_policy(text: str, groups: set[str]) -> None:
    marking = shipped("plain").parse(text)
    assert marking.releasable == groups
    assert shipped("plain").parse(shipped("plain").banner(marking, "en")) == marking


@pytest.mark.parametrize(
    "text", ["R for PERSONAL", "R for INTERNAL", "R for, FINANCE, -", "R for FINANCE, PERSONAL, PROTOCOL"]
)
def test_what_might_be_taken_for_less_than_it_says_is_never_lower(text: str) -> None:
    policy = shipped("plain")
    try:
        marking = policy.parse(text)
    except MarkingError:
        return
    assert marking.level == 2
    assert marking.releasable is not None


def test_a_clearance_that_names_nobody_of_those_to_whom_all_is_releasable_is_refused() -> None:
    policy = shipped("nato-style")
    with pytest.raises(MarkingError) as caught:
        policy.ceiling("NATO RESTRICTED", [], [])
    assert (
        caught.value.fact
        == "this clearance names nobody, and what is not marked for release is for NATO only"
    )
    assert caught.value.remedy == "add who they are: {level: NATO RESTRICTED, groups: NATO}, or others"
    assert policy.ceiling("PUBLIC", [], []) == Ceiling(0)


@pytest.mark.parametrize("text", ["R" * 10_000, "R " * 5_000, "R for " + "A, B-C, " * 1_100, "- " * 4_000])
def test_a_marking_as_long_as_a_page_is_refused_shortly(text: str) -> None:
    with pytest.raises(MarkingError) as caught:
        shipped("plain").parse(text)
    assert len(caught.value.fact) < 200


def test_every_country_of_the_world_may_be_named() -> None:
    policy = shipped("nato-style")
    marking = policy.marking("NR", sorted(country_codes()), [])
    for language in ("en", "fr"):
        assert policy.parse(policy.banner(marking, language)) == marking
        assert policy.parse(policy.portion(marking, language)) == marking


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Japan and Ukraine", {"JPN", "UKR"}),
        ("Japan, Switzerland, and Ukraine", {"JPN", "CHE", "UKR"}),
        ("Japon et Ukraine", {"JPN", "UKR"}),
        ("Bosnia and Herzegovina and Ukraine", {"BIH", "UKR"}),
        ("JPN, AND", {"JPN", "AND"}),
        ("JPN, AND, UKR", {"JPN", "AND", "UKR"}),
        ("JAPAN AND UKRAINE", {"JPN", "UKR"}),
        ("AND", {"AND"}),
    ],
)
def test_the_last_of_a_list_may_have_an_and_which_is_no_country(text: str, codes: set[str]) -> None:
    policy = shipped("nato-style")
    marking = policy.parse(f"NR Releasable to {text}")
    assert (marking.releasable or frozenset()) - policy.rules.base == codes


def test_an_and_behind_which_nothing_stands_is_no_country() -> None:
    with pytest.raises(MarkingError, match="does not say to whom"):
        shipped("nato-style").parse("NR Releasable to Japan and")
