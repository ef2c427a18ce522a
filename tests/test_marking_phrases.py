"""Which words of an annex are markings of a policy, and which are words like any other."""

from __future__ import annotations

import pytest

from briefpack.inscription import Inscription, Spot
from briefpack.marking_phrases import Reader
from briefpack.policy import Level, Policy
from briefpack.reading.packaged_policies import packaged_policies

NATO = Policy(
    "nato",
    "NATO style",
    (
        Level("NATO UNCLASSIFIED", "NU", {"fr": "NATO SANS CLASSIFICATION"}),
        Level("NATO RESTRICTED", "NR", {"fr": "NATO DIFFUSION RESTREINTE"}),
        Level("NATO CONFIDENTIAL", "NC", {"fr": "NATO CONFIDENTIEL"}),
        Level("NATO SECRET", "NS", {"fr": "OTAN SECRET"}),
        Level("COSMIC TOP SECRET", "CTS", {"fr": "COSMIC TRÈS SECRET"}),
    ),
)
EU = Policy(
    "eu",
    "EU style",
    (
        Level("EU UNCLASSIFIED", "U", {}),
        Level("RESTREINT UE/EU RESTRICTED", "R-UE/EU-R", {}, None, ("EU RESTRICTED", "RESTREINT UE")),
        Level("CONFIDENTIEL UE/EU CONFIDENTIAL", "C-UE/EU-C", {}, None, ("CONFIDENTIEL UE",)),
        Level("SECRET UE/EU SECRET", "S-UE/EU-S", {}, None, ("EU SECRET", "SECRET UE")),
        Level("TRÈS SECRET UE/EU TOP SECRET", "TS-UE/EU-TS", {}),
    ),
)
UK = Policy(
    "uk",
    "UK style",
    (
        Level("OFFICIAL", "O", {}),
        Level("OFFICIAL-SENSITIVE", "OS", {}),
        Level("SECRET", "S", {}),
        Level("TOP SECRET", "TS", {}),
    ),
)
US = Policy(
    "us",
    "US style",
    (
        Level("UNCLASSIFIED", "U", {}),
        Level("CUI", "CUI", {}),
        Level("CONFIDENTIAL", "C", {}),
        Level("SECRET", "S", {}),
        Level("TOP SECRET", "TS", {}),
    ),
)
PLAIN = Policy(
    "plain",
    "Plain",
    (
        Level("PUBLIC", "P", {"fr": "PUBLIC"}),
        Level("INTERNAL", "I", {"fr": "INTERNE"}),
        Level("RESTRICTED", "R", {"fr": "RESTREINT"}),
    ),
)
FRENCH = Policy(
    "fr", "À la française", (Level("NON PROTÉGÉ", "NP"), Level("SECRET", "S"), Level("TRÈS SECRET", "TS"))
)


def ranks(policy: Policy, text: str, spot: Spot = Spot.LINE, name: str = "", count: int = 1) -> list[int]:
    found = Reader(policy).read([Inscription(spot, text, (1,), count, name)])
    return [said.marking.level for said in found]


MARKINGS = [
    (NATO, "NATO SECRET", 3),
    (NATO, "OTAN SECRET", 3),
    (NATO, "NATO SECRET / OTAN SECRET", 3),
    (NATO, "NATO RESTRICTED Releasable to Japan, Switzerland, Ukraine", 1),
    (NATO, "NATO UNCLASSIFIED - STAFF", 0),
    (NATO, "NATO CONFIDENTIEL Communicable à la Suisse", 2),
    (NATO, "COSMIC TRES SECRET", 4),
    (NATO, "-2- NATO CONFIDENTIAL PO(2025)0123", 2),
    (EU, "SECRET UE/EU SECRET", 3),
    (EU, "SECRET UE / EU SECRET", 3),
    (EU, "EUCO 12/25 RESTREINT UE/EU RESTRICTED 3", 1),
    (EU, "TRÈS SECRET UE/EU TOP SECRET", 4),
    (EU, "TRES SECRET UE/EU TOP SECRET", 4),
    (UK, "OFFICIAL-SENSITIVE", 1),
    (UK, "OFFICIAL – SENSITIVE", 1),
    (UK, "OFFICIAL SENSITIVE", 1),
    (UK, "OFFICIAL-SENSITIVE: COMMERCIAL", 1),
    (UK, "UK SECRET", 2),
    (UK, "UK TOP SECRET STRAP 1", 3),
    (UK, "NATO SECRET", 2),
    (US, "SECRET//NOFORN", 3),
    (US, "TOP SECRET//SI//REL TO USA, GBR", 4),
    (US, "SECRET (WHEN ATTACHMENT 1 IS ADDED)", 3),
    (US, "CUI", 1),
    (US, "S E C R E T", 3),
    (US, "T O P S E C R E T", 4),
    (US, "T O P   S E C R E T", 4),
    (US, "CDG(25) 13 S E C R E T Page 1 of 3", 3),
    (US, "S.E.C.R.E.T", 3),
    (US, "SEC RET", 3),
    (US, "— SECRET —", 3),
    (US, "*** SECRET ***", 3),
    (US, "Page 2 of 3 SECRET", 3),
    (US, "SECRET Draft of 3 May 2025", 3),
    (US, "Classification: secret", 3),
    (US, "Security classification – Top Secret", 4),
    (PLAIN, "RESTREINT", 2),
    (PLAIN, "INTERNAL | Ministry of Example", 1),
    (FRENCH, "TRÈS SECRET", 2),
    (FRENCH, "Niveau de classification : très secret", 2),
]


@pytest.mark.parametrize(("policy", "text", "rank"), MARKINGS)
def test_what_stands_as_a_marking_is_one(policy: Policy, text: str, rank: int) -> None:
    assert ranks(policy, text) == [rank]


WORDS = [
    (US, "SECRET BALLOT RULES"),
    (US, "THE SECRET OF GOOD GOVERNANCE"),
    (US, "CONFIDENTIAL INFORMATION AND TRADE SECRETS"),
    (US, "ACCESS TO CONFIDENTIAL DATA"),
    (US, "DECLASSIFIED"),
    (US, "NOT SECRET"),
    (US, "FORMERLY TOP SECRET"),
    (US, "Classification: secret documents are kept apart"),
    (US, "Marking: confidential information is kept apart"),
    (PLAIN, "PUBLIC PROCUREMENT"),
    (PLAIN, "INTERNAL MARKET"),
    (PLAIN, "RESTRICTED AREAS"),
    (PLAIN, "INTERNATIONAL"),
    (PLAIN, "REPUBLIC OF EXAMPLE"),
    (PLAIN, "Restricted access in public"),
    (UK, "OFFICIAL JOURNAL OF THE EUROPEAN UNION"),
    (UK, "OFFICIAL VISIT OF THE MINISTER"),
    (UK, "TOP OF THE AGENDA"),
    (NATO, "SECRET"),
    (NATO, "NATO SECRETARY GENERAL"),
    (NATO, "NATO SECRETARIAT"),
]


@pytest.mark.parametrize(("policy", "text"), WORDS)
@pytest.mark.parametrize("spot", [Spot.LINE, Spot.EDGE])
def test_what_stands_among_words_is_a_word(policy: Policy, text: str, spot: Spot) -> None:
    assert ranks(policy, text, spot) == []


@pytest.mark.parametrize("text", ["Secret", "Top Secret", "Secret 3", "Page 3 Secret", "Secret | Page 3"])
def test_first_letters_are_enough_at_an_edge_where_nothing_else_stands(text: str) -> None:
    assert ranks(US, text, Spot.EDGE) == [4 if text.startswith("Top") else 3]
    assert ranks(US, text, Spot.LINE) == []


@pytest.mark.parametrize("text", ["Secret Garden", "Secret: A Novel", "A Secret Garden", "Secrets"])
def test_a_title_at_an_edge_is_none(text: str) -> None:
    assert ranks(US, text, Spot.EDGE) == []


# --------------------------------------------------------------------------- portions


@pytest.mark.parametrize(
    ("policy", "text", "rank"),
    [
        (US, "S//NF", 3),
        (US, "TS//SI//NOFORN", 4),
        (US, "U", 0),
        (NATO, "NS", 3),
        (NATO, "CTS", 4),
        (EU, "S-UE/EU-S", 3),
        (EU, "R-UE/EU-R", 1),
        (UK, "OS", 1),
        (US, "SECRET", 3),
        (US, "C//REL TO USA, GBR", 2),
    ],
)
def test_a_portion_mark_says_a_level(policy: Policy, text: str, rank: int) -> None:
    assert ranks(policy, text, Spot.PORTION, count=2) == [rank]


def test_a_letter_in_brackets_marks_only_where_it_comes_again() -> None:
    assert ranks(US, "S", Spot.PORTION) == []
    assert ranks(US, "S", Spot.PORTION, count=2) == [3]


@pytest.mark.parametrize("others", [["A", "B"], ["B"], ["I", "II"], ["III"]])
def test_letters_that_count_mark_nothing(others: list[str]) -> None:
    counted = [Inscription(Spot.PORTION, text, (1,), 3) for text in ("C", *others)]
    assert Reader(US).read(counted) == ()
    barred = Inscription(Spot.PORTION, "C//NF", (1,), 1)
    assert [said.phrase for said in Reader(US).read([*counted, barred])] == ["(C//NF)"]


# --------------------------------------------------------------------------- properties


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("MSIP_Label_0a1b_Name", "Highly Confidential \\ All Employees", [2]),
        ("MSIP_Label_0a1b_Name", "Not secret", []),
        ("Classification", "secret", [3]),
        ("x-protective-marking", "VER=2018.6, NS=gov.example, SEC=SECRET", [3]),
        ("title", "TOP SECRET - Options", [4]),
        ("title", "Secret ballots", []),
        ("title", "SECRET BALLOTS", []),
        ("keywords", "energy, SECRET, winter", [3]),
        ("keywords", "secret ballot, vote", []),
        ("subject", "[SECRET] Meeting on Tuesday", [3]),
        ("subject", "The secret of the meeting", []),
    ],
)
def test_properties_say_what_they_say(name: str, text: str, found: list[int]) -> None:
    assert ranks(US, text, Spot.PROPERTY, name) == found


def test_the_highest_of_a_property_counts() -> None:
    assert ranks(US, "SECRET, CONFIDENTIAL", Spot.PROPERTY, "keywords") == [3]


def test_the_words_are_told_as_they_stand() -> None:
    (said,) = Reader(UK).read([Inscription(Spot.EDGE, "Copy 3 NATO SECRET Page 1", (1, 2))])
    assert said.phrase == "NATO SECRET"
    (said,) = Reader(FRENCH).read([Inscription(Spot.LINE, "TRES SECRET", (1,))])
    assert said.phrase == "TRES SECRET"


# --------------------------------------------------------------------------- the policies that come with briefpack

PACKAGED = {policy.name: policy for policy in packaged_policies()}


@pytest.mark.parametrize(
    ("name", "text", "banner"),
    [
        ("nato-style", "OTAN SECRET", "NATO SECRET"),
        ("nato-style", "NATO SECRET / OTAN SECRET", "NATO SECRET"),
        ("nato-style", "COSMIC TRES SECRET", "COSMIC TOP SECRET"),
        ("nato-style", "NATO RESTRICTED Releasable to Japan Page 3", "NATO RESTRICTED Releasable to Japan"),
        ("nato-style", "NATO UNCLASSIFIED - STAFF", "NATO UNCLASSIFIED - STAFF"),
        ("eu-style", "SECRET UE/EU SECRET", "SECRET UE/EU SECRET"),
        ("eu-style", "LIMITE", "LIMITE"),
        ("eu-style", "TRÈS SECRET UE/EU TOP SECRET 1 of 3", "TRÈS SECRET UE/EU TOP SECRET"),
        ("uk-style", "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"),
        ("uk-style", "UK SECRET", "SECRET"),
        ("us-style", "SECRET//NOFORN", "SECRET//NOFORN"),
        ("us-style", "TOP SECRET//SI//REL TO USA, GBR", "TOP SECRET//SI//REL TO USA, GBR"),
        ("us-style", "CUI", "CUI"),
        ("us-style", "S E C R E T", "SECRET"),
        ("plain", "RESTRICTED for FINANCE", "RESTRICTED for FINANCE"),
    ],
)
def test_caveats_and_releases_of_a_line_are_read_with_it(name: str, text: str, banner: str) -> None:
    policy = PACKAGED[name]
    (said,) = Reader(policy).read([Inscription(Spot.EDGE, text, (1,))])
    assert policy.banner(said.marking, "en") == banner


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *((name, text) for name in PACKAGED for text in ("STAFF", "MANAGEMENT", "PERSONAL", "COMMERCIAL", "MEDICAL", "I", "P", "C", "U", "III")),
        ("us-style", "SECRETARY OF STATE"),
        ("eu-style", "EU RESTRICTED ENTRY LIST"),
        ("nato-style", "NATO SECRETARY GENERAL"),
    ],
)  # fmt: skip
def test_headings_and_page_numbers_are_no_markings(name: str, text: str) -> None:
    assert Reader(PACKAGED[name]).read([Inscription(Spot.EDGE, text, (1,)), Inscription(Spot.LINE, text, (1,))]) == ()  # fmt: skip


def test_a_level_alone_says_nothing_against_a_release() -> None:
    policy = PACKAGED["us-style"]
    annex = policy.parse("SECRET//REL TO USA, GBR")
    read = Reader(policy).read
    for text in ("U", "S", "C"):
        (said,) = read([Inscription(Spot.PORTION, text, (1,), 5)])
        assert not said.is_above(annex)
    (said,) = read([Inscription(Spot.PORTION, "C//NF", (1,))])
    assert said.is_above(annex)
    (said,) = read([Inscription(Spot.PORTION, "TS", (1,), 5)])
    assert said.is_above(annex)


@pytest.mark.parametrize("policy", PACKAGED.values(), ids=PACKAGED.keys())
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_banner_is_read_as_what_it_says(policy: Policy, language: str) -> None:
    for level in policy.levels:
        marking = policy.parse(level.name)
        banner = policy.banner(marking, language)
        (said,) = Reader(policy).read([Inscription(Spot.EDGE, f"{banner} Page 2", (1,))])
        assert said.marking == marking
