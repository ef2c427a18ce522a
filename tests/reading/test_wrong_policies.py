"""Wrong policy files: every fault is found at its line and column, with a fact and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.errors import ExitCode, Findings, Severity
from briefpack.reading.checks import Report
from briefpack.reading.policy_shelf import PolicyShelf
from briefpack.reading.read_policy import read_policy_file

HERE = "¤"
"""Stands before the place that a message must point at."""
TITLE = "title: Ours\n"
LEVELS = (
    "levels:\n  - {name: LOW, portion: L}\n  - {name: MIDDLE, portion: M}\n  - {name: HIGH, portion: H}\n"
)
BASE = "releasability: {base: TWO, groups: {TWO: [GBR, USA]}}\n"

# name: (policy file, words of the message, words of the remedy)
FAULTS: dict[str, tuple[str, str, str]] = {
    # ------------------------------------------------------------------------ shape
    "a list": ("¤- a", "a group of keys (policy) is asked for", "its keys: extends, title"),
    "unknown key": (TITLE + LEVELS + "¤cavets: []", "unknown key `cavets`", "did you mean `caveats`?"),
    "no title": ("¤" + LEVELS, "the key `title` is missing", "add `title:`"),
    "no levels": (TITLE + "levels: ¤[]", "a list of levels is asked for here; it is empty", "at least 1"),
    "no portion": (TITLE + "levels: [¤{name: A}]", "the key `portion` is missing", "Its abbreviation"),
    "colour that is a comment": (
        TITLE + "levels:\n  - name: A\n    portion: A\n    colour:¤ #c00000\n",
        "`colour` has no value",
        'put it into quotes, "#c00000"',
    ),
    "colour by name": (
        TITLE + "levels: [{name: A, portion: A, colour: ¤red}]",
        "“red” does not fit here",
        'a colour such as "#c00000"',
    ),
    "yes for true": (
        TITLE + LEVELS + "caveats: [{name: X, for_all: ¤yes}]",
        "true or false is asked for here; found “yes”",
        "write true",
    ),
    "language of no kind": (
        TITLE + "levels: [{name: A, portion: A, words: {¤French: B}}]",
        "`French` cannot be a name here",
        "fr",
    ),
    "empty group": (
        TITLE + LEVELS + "releasability: {groups: {ONE: ¤[]}}",
        "a list of members is asked for here; it is empty",
        "at least 1",
    ),
    "country of no code": (
        TITLE + LEVELS + "releasability: {countries: {¤Japan: Japan}}",
        "`Japan` cannot be a name here",
        "a code of three capital letters: NOR",
    ),
    # ------------------------------------------------------------------------ names
    "level of another spelling": (
        TITLE + LEVELS + "caveats: [{name: X, at_least: ¤MIDLE}]",
        "“MIDLE” is no level of the policy ours",
        "did you mean `MIDDLE`?",
    ),
    "levels of a caveat": (
        TITLE + LEVELS + "caveats: [{name: X, levels: [LOW, ¤TOP]}]",
        "“TOP” is no level",
        "its levels: LOW, MIDDLE, HIGH",
    ),
    "implied by mistake": (
        TITLE + LEVELS + "caveats: [{name: X, implies: ¤Y}]",
        "“Y” is no caveat of the policy ours",
        "its caveats: X",
    ),
    "code of two letters": (
        TITLE + LEVELS + "releasability: {groups: {ONE: [DNK, ¤NO]}}",
        "“NO” is no group or country",
        "write NOR",
    ),
    "base of no kind": (
        TITLE + LEVELS + "releasability: {base: ¤NATO}",
        "“NATO” is no group or country",
        "countries are written by their codes",
    ),
    "narrowed to nobody known": (
        TITLE + LEVELS + "releasability: {open: true}\ncaveats: [{name: X, narrows: ¤FINANCE}]",
        "“FINANCE” is no group or country",
        "countries are written by their codes",
    ),
    "groups in a circle": (
        TITLE + LEVELS + "releasability: {groups: {ONE: ¤[TWO, GBR], TWO: [ONE]}}",
        "the group “ONE” is a member of itself: ONE → TWO → ONE",
        "take one of these names away",
    ),
    # ------------------------------------------------------------------------ words
    "level twice": (
        TITLE + "levels: [{name: A, portion: A}, ¤{name: a, portion: B}]",
        "the level a is there twice",
        "take one of them away",
    ),
    "portion twice": (
        TITLE + "levels: [{name: SECRET, portion: S}, {name: SENSITIVE, portion: ¤s}]",
        "“s” is the level SENSITIVE and also the level SECRET",
        "capitals, accents, spaces and dashes make no difference",
    ),
    "portion that a language takes": (
        TITLE + "levels: [{name: A, portion: A}, {name: B, portion: B, words: {fr: ¤A}}]",
        "“A” is the level B and also the level A",
        "name one of them otherwise",
    ),
    "caveat like a level": (
        TITLE + LEVELS + "caveats: [{name: ¤high}]",
        "“high” is the caveat high and also the level HIGH",
        "name one of them otherwise",
    ),
    "caveat twice": (
        TITLE + LEVELS + "caveats: [{name: X}, ¤{name: X}]",
        "the caveat X is there twice",
        "take one of them away",
    ),
    "caveat like a group": (
        TITLE + LEVELS + "releasability: {groups: {KFOR: }}\ncaveats: [{name: ¤KFOR}]",
        "“KFOR” is the caveat KFOR and also the group KFOR",
        "name it otherwise",
    ),
    "caveat like a country": (
        TITLE + LEVELS + "caveats: [{name: CANINE, portion: ¤CAN}]",
        "“CAN” is the caveat CANINE and also the code of Canada",
        "name it otherwise",
    ),
    "group like a country": (
        TITLE + LEVELS + "releasability: {groups: {¤Jordan: [JOR]}}",
        "“Jordan” is the group Jordan and also the country JOR",
        "name the group otherwise",
    ),
    "group like another": (
        TITLE + LEVELS + "releasability: {groups: {ONE: , TWO: {aliases: [¤one]}}}",
        "“one” is the group TWO and also the group ONE",
        "name one of them otherwise",
    ),
    "country like another": (
        TITLE + LEVELS + "releasability: {countries: {XKX: {fr: ¤Albanie}}}",
        "“Albanie” is the country XKX and also the country ALB",
        "name it otherwise",
    ),
    "name without a letter": (
        TITLE + "levels: [{name: A, portion: ¤'*'}]",
        "“*” has no letters and no digits",
        "give it a word",
    ),
    "kind that is the release": (
        TITLE + LEVELS + "caveats: [{name: X, kind: ¤releasable}]",
        "`releasable` is what says to whom a marking is releasable, and no kind of them",
        "name it otherwise",
    ),
    "caveat that is the release": (
        TITLE + LEVELS + "caveats: [{name: ¤releasable}]",
        "`releasable` is what says to whom a marking is releasable, and no caveat",
        "name it otherwise",
    ),
    "offices that nothing divides from caveats": (
        "¤"
        + TITLE
        + LEVELS
        + "releasability: {open: true}\ncaveats: [{name: X}]\n"
        + "banner: {order: [releasable, caveats], fields: {caveats: {before: ' '}}}",
        "what this policy prints cannot be read back: “LOW REL TO Japan, Switzerland, ZONE 7 X”",
        "divided clearly",
    ),
    # ------------------------------------------------------------------------ fields
    "release without a word": (
        TITLE + LEVELS + "banner: {fields: {releasable: {prefix: ¤': '}}}",
        "a release that begins with no word",
        'such as "REL TO "',
    ),
    "release that begins like a caveat": (
        TITLE + LEVELS + "caveats: [{name: ONLY}]\nportion: {fields: {releasable: {prefix: ¤'only '}}}",
        "“only” is also the caveat ONLY",
        "other words",
    ),
    "countries that nothing divides": (
        TITLE + LEVELS + "languages: {fr: {banner: {fields: {releasable: {between: ¤' '}}}}}",
        "countries that nothing divides",
        "a comma",
    ),
    "order of no field": (
        TITLE + LEVELS + "caveats: [{name: X, kind: special}]\nbanner: {order: [releasable, ¤specials]}",
        "there is no field “specials”",
        "did you mean `special`?",
    ),
    "field of no kind": (
        TITLE + LEVELS + "banner: {fields: {¤caveat: {before: '//'}}}",
        "there is no field “caveat”",
        "fields: releasable",
    ),
    "joined to nothing": (
        TITLE + LEVELS + "banner: {fields: {releasable: {joins: ¤caveats}}}",
        "there is no field “caveats”",
        "fields: releasable",
    ),
    "printed so that nobody can read it": (
        "¤"
        + TITLE
        + LEVELS
        + "caveats: [{name: A}, {name: B}, {name: A B}]\nbanner: {fields: {caveats: {before: ' ', between: ' '}}}",
        "what this policy prints cannot be read back: “LOW A B”",
        "divided clearly",
    ),
    # ------------------------------------------------------------------------ places
    "base that is not there": (
        TITLE + "levels: [{name: A, portion: A, unmarked: ¤base}]",
        "for the base, and the policy has none",
        "add `base:` to `releasability`",
    ),
    "public above others": (
        TITLE + "levels: [{name: A, portion: A}, {name: B, portion: B, public: ¤true}]",
        "B is for everybody, and A is below it",
        "only the lowest level can be public",
    ),
    "public for some": (
        TITLE + BASE + "levels: [{name: A, portion: A, public: true, unmarked: ¤base}]",
        "A is public, and yet only for the base",
        "take `public`",
    ),
    "levels with a gap": (
        TITLE + LEVELS + "caveats: [{name: X, levels: ¤[LOW, HIGH]}]",
        "X is not written at a level between two at which it is",
        "list every level",
    ),
    "carried too high": (
        TITLE + LEVELS + "caveats: [{name: X, levels: ¤[LOW]}]",
        "X stands at LOW and not above, but joined with what is higher it would",
        "add the levels from MIDDLE on, or `contained: true`",
    ),
    "contained in nothing": (
        TITLE + LEVELS + "caveats: [{name: X, contained: ¤true}]",
        "no level contains X",
        "list under `levels`",
    ),
    "contained and implying": (
        TITLE + LEVELS + "caveats: [{name: X, levels: [LOW], contained: ¤true, implies: Y}, {name: Y}]",
        "MIDDLE contains X, and would have Y with it",
        "let it contain Y as well",
    ),
    "contained and narrowing": (
        TITLE + LEVELS + "caveats: [{name: X, levels: [LOW], contained: ¤true, narrows: GBR}]",
        "what contains X would be narrowed by it",
        "take `contained` or `narrows` away",
    ),
    "raised above its levels": (
        TITLE + LEVELS + "caveats: [{name: X, levels: [LOW], contained: true, at_least: ¤MIDDLE}]",
        "X raises to MIDDLE, where X does not stand",
        "let `levels` have that level",
    ),
    "at the public level": (
        TITLE
        + "levels: [{name: A, portion: A, public: true}, {name: B, portion: B}]\ncaveats: [{name: X, levels: ¤[A, B]}]",
        "nothing stands with A, which is public",
        "take A away",
    ),
    "standing for what it is not": (
        TITLE + LEVELS + "caveats: [{name: X, levels: [HIGH], stands_for: ¤LOW}]",
        "X cannot stand for LOW, where it is not written",
        "name one of its levels",
    ),
    # ------------------------------------------------------------------------ others
    "excluding itself": (
        TITLE + LEVELS + "caveats: [{name: X, excludes: ¤X}]",
        "X excludes itself",
        "name another caveat",
    ),
    "excluding each other": (
        TITLE + LEVELS + "caveats: [{name: X, excludes: Y}, {name: Y, excludes: ¤X}]",
        "Y excludes what excludes Y: where they meet, neither would be printed",
        "let only one of them exclude the other",
    ),
    "excluding what it implies": (
        TITLE + LEVELS + "caveats: [{name: X, implies: Y, excludes: ¤Y}, {name: Y}]",
        "X both implies and excludes Y",
        "take one of them away",
    ),
    "in the stead of a release": (
        TITLE + LEVELS + BASE + "caveats: [{name: X, excludes: ¤releasable}]",
        "X stands in the stead of a release, and does not say for whom it then is",
        "add `narrows:` with some of the policy's base",
    ),
    "narrowed to nobody": (
        TITLE + LEVELS + BASE + "caveats: [{name: X, narrows: ¤JPN}]",
        "nobody would be left: those of X are none of the policy's base",
        "name some of the base",
    ),
}


def read(folder: Path, text: str) -> tuple[bool, Findings]:
    path = folder / "ours.yaml"
    path.write_text(text, encoding="utf-8")
    findings = Findings()
    policy, files = read_policy_file(path, PolicyShelf([folder]), Report(findings))
    assert files[0] == path
    return policy is not None, findings


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_where_it_is_with_a_remedy(name: str, tmp_path: Path) -> None:
    text, message, remedy = FAULTS[name]
    before, _, after = text.partition(HERE)
    there, findings = read(tmp_path, before + after)
    assert not there
    places = [
        found
        for found in findings
        if found.where is not None
        and (found.where.line, found.where.column)
        == (before.count("\n") + 1, len(before) - before.rfind("\n"))
    ]
    assert len(places) >= 1, [str(found) for found in findings]
    assert any(message in found.message and remedy in (found.hint or "") for found in places), [
        (found.message, found.hint) for found in places
    ]
    for found in findings:
        # YAML's own warning of what looks like a comment may stand beside it.
        assert found.severity is Severity.ERROR or "#" in text
        assert found.code is ExitCode.SOURCE
        assert found.hint


def test_the_same_fault_is_told_once(tmp_path: Path) -> None:
    _, findings = read(tmp_path, TITLE + LEVELS + "caveats: [{name: X, excludes: Y}, {name: Y, excludes: X}]")
    told = [(found.where, found.message) for found in findings]
    assert len(told) == len(set(told)) == 2


def test_norway_and_on_are_names_like_others(tmp_path: Path) -> None:
    there, findings = read(
        tmp_path,
        TITLE
        + "levels: [{name: NO, portion: N}, {name: on, portion: 1, aliases: [yes]}]\n"
        + "releasability: {groups: {OFF: , y: [NOR]}}\n",
    )
    assert [str(found) for found in findings] == []
    assert there
