"""Hypothesis strategies for policies and for the markings of one: what authors write, and what comes of joining it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from briefpack.countries import country_codes
from briefpack.errors import Findings
from briefpack.marking import Marking, join
from briefpack.policy import Policy
from briefpack.policy_terms import (
    Caveat,
    Field,
    Form,
    Grammar,
    Level,
    MarkingError,
    Release,
    ReleaseGroup,
)
from briefpack.reading.checks import Report
from briefpack.reading.policy_shelf import PACKAGED, PolicyShelf
from briefpack.reading.read_policy import read_policy_file

SHIPPED = tuple(sorted(path.stem for path in PACKAGED.glob("*.yaml")))
_CODES = ["AUS", "CHE", "GBR", "JPN", "KFOR", "USA"]
_WORDS = ["AMBER", "AMBER RED", "RED ONE", "ONE", "ONE-TWO", "TWO", "TWO AMBER", "ÉTÉ"]
"""Names that begin and end alike, so that where one ends is not plain from the words alone."""


@cache
def shipped(name: str) -> Policy:
    """A policy that comes with briefpack."""
    return made(PACKAGED / f"{name}.yaml")


def made(path: Path, folders: Iterable[Path] = ()) -> Policy:
    """The policy of a file that has no fault."""
    findings = Findings()
    policy, _ = read_policy_file(path, PolicyShelf([*folders]), Report(findings))
    assert [str(each) for each in findings] == []
    assert policy is not None
    return policy


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """A policy that keeps what the checks of a policy file ask for."""
    number = draw(st.integers(1, 4))
    based = draw(st.booleans())
    public = number > 1 and draw(st.booleans())
    levels = tuple(
        Level(
            f"LEVEL {rank}",
            f"L{rank}",
            {"fr": f"NIVEAU {rank}"},
            based=based and not (public and rank == 0) and draw(st.booleans()),
            public=public and rank == 0,
        )
        for rank in range(number)
    )
    groups = (
        ReleaseGroup("KFOR"),
        ReleaseGroup("PAIR", frozenset({"GBR", "USA"})),
        ReleaseGroup("TRIO", frozenset({"AUS", "GBR", "USA"}), {"fr": "LES TROIS"}),
    )
    release = Release(
        ("TRIO",) if based else (), groups, nobody={"": "nobody", "fr": "personne"}, open=draw(st.booleans())
    )
    base = groups[2].codes if based else frozenset[str]()
    names = draw(st.lists(st.sampled_from(_WORDS), unique=True, max_size=5))
    caveats: list[Caveat] = []
    for name in names:
        caveats.insert(0, draw(_caveat(name, caveats, number, base, public=public)))
    prefix = draw(st.sampled_from(["REL TO ", "for "]))
    form = Form(
        order=tuple(draw(st.permutations(["caveats", "kind", "releasable"]))),
        fields={
            "caveats": Field("//", "/"),
            "kind": Field(" - ", ", "),
            "releasable": Field(
                "//",
                ", ",
                prefix,
                draw(st.booleans()),
                draw(st.booleans()),
                draw(st.sampled_from([None, "kind"])),
            ),
        },
    )
    grammars = {"": Grammar(form, form), "fr": Grammar(form, Form("[", "]", form.order, form.fields))}
    return Policy("made", "Made", levels, tuple(caveats), release, grammars)


@st.composite
def _caveat(
    draw: st.DrawFn, name: str, others: list[Caveat], levels: int, base: frozenset[str], *, public: bool
) -> Caveat:
    """others: those that it may imply or exclude, so that nothing leads back."""
    known = {each.name: each for each in others}

    def all_of(names: Iterable[str]) -> set[str]:
        return set(names).union(*(all_of((*known[each].implies, *known[each].excludes)) for each in names))

    first, top = int(public), levels - 1
    contained = first < top and draw(st.booleans())
    highest = draw(st.integers(first, top - 1)) if contained else top
    narrows = None
    if not contained and draw(st.booleans()):
        some = draw(st.sets(st.sampled_from(sorted(base) or _CODES), min_size=1))
        narrows = frozenset(some | draw(st.sets(st.sampled_from(_CODES))))
    fitting = [
        each.name
        for each in others
        if all(
            known[inner].at_least <= highest
            and (not contained or (known[inner].contained and known[inner].highest <= highest))
            for inner in all_of([each.name])
        )
    ]
    brought = draw(st.lists(st.sampled_from(fitting), unique=True, max_size=2)) if fitting else []
    split = draw(st.integers(0, len(brought)))
    inner = [known[each] for each in all_of(brought)]
    at_least = draw(st.integers(0, highest))
    lowest = draw(st.integers(first, highest))
    from_rank = max([lowest, at_least, *(each.lowest for each in inner), *(each.at_least for each in inner)])
    return Caveat(
        name,
        name.replace("E", "3"),
        highest,
        draw(st.sampled_from(["caveats", "kind"])),
        lowest=lowest,
        contained=contained,
        at_least=at_least,
        implies=tuple(brought[:split]),
        excludes=tuple(brought[split:]),
        excludes_release=narrows is not None and narrows <= base and draw(st.booleans()),
        narrows=narrows,
        stands_for=draw(st.none() | st.integers(from_rank, highest)) if from_rank <= highest else None,
        for_all=draw(st.booleans()),
    )


@st.composite
def written(draw: st.DrawFn, policy: Policy) -> Marking:
    """What an author may write; the lowest level where the policy refuses what was drawn."""
    groups = [group.name for group in policy.release.groups]
    unlisted = ["DESK 7", "PRESS-OFFICE"] if policy.release.open else []
    countries = sorted(country_codes())
    release = draw(
        st.just([])
        | st.just(["nobody"])
        | st.lists(
            st.sampled_from([*groups, *_CODES[:4], *unlisted]) | st.sampled_from(countries), max_size=4
        )
    )
    caveats = draw(
        st.lists(st.sampled_from([each.name for each in policy.caveats]), max_size=3)
        if policy.caveats
        else st.just([])
    )
    level = draw(st.sampled_from(policy.levels))
    if release == ["nobody"]:
        release = [policy.release.nobody[""]]
    try:
        return policy.marking(level.name, release, caveats)
    except MarkingError:
        return policy.marking(policy.levels[0].name, (), ())


def markings(policy: Policy) -> st.SearchStrategy[Marking]:
    """What is met: written, or joined of what was written."""
    return st.lists(written(policy), min_size=1, max_size=3).map(join)
