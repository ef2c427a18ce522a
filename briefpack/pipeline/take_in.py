"""The annexes of each audience, taken in: set where they have no pages, cleaned, measured, and held against their markings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from briefpack.annex import Annex, AnnexFacts, CleanPart
from briefpack.errors import Findings
from briefpack.pack import Pack
from briefpack.pipeline.progress import Progress
from briefpack.policy import Policy
from briefpack.select import Selection
from briefpack.style import Style

_ANY_PAGE = 1_000_000
_NO_SIZE = (1.0, 1.0)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """An audience's annexes, with what stands in for files without pages, and their facts by id."""

    annexes: tuple[Annex, ...]
    facts: dict[str, AnnexFacts]


def take_in_all(
    selections: Mapping[str, Selection],
    styles: Mapping[str, Style],
    language: str,
    roots: Sequence[Path],
    findings: Findings,
    *,
    progress: Progress,
    cache: Path,
) -> dict[str, TakenIn]:
    """The annexes of each audience by its name. One that is wrong is stood in for by an annex of any number of pages, so that references
    to it are no errors of their own. What has no pages is set once for each style. styles: by audience."""
    own = {name: selection.pack.annexes for name, selection in selections.items()}
    if not any(own.values()):
        return {name: TakenIn((), {}) for name in own}
    from briefpack.annexes.intake import take_in
    from briefpack.pipeline.set_annexes import forget_unused, set_annexes

    progress("reading annexes", 0, 1)
    by_name = {style.name: style for style in styles.values()}
    wanted: dict[str, dict[str, Annex]] = {}
    for name, annexes in own.items():
        wanted.setdefault(styles[name].name, {}).update({annex.id: annex for annex in annexes})
    made = {
        style: set_annexes(tuple(annexes.values()), by_name[style], language, roots, cache, findings=findings)
        for style, annexes in wanted.items()
    }
    # All at once, so that each process and each sweep of the cache serves all styles; an id for each annex in each of its forms.
    forms: dict[str, Annex] = {annex.id: annex for annexes in own.values() for annex in annexes}
    for style, changed in made.items():
        for key, annex in changed.items():
            forms.pop(key, None)
            if annex is not None:
                forms[_form(key, style)] = annex
    forget_unused(forms.values(), cache)
    facts, found = take_in([replace(annex, id=key) for key, annex in forms.items()], cache)
    findings.extend(found)
    progress("reading annexes", 1, 1)
    stand_in = AnnexFacts((CleanPart("", Path(), (_NO_SIZE,) * _ANY_PAGE, ()),))
    taken: dict[str, TakenIn] = {}
    for name, annexes in own.items():
        style, changed = styles[name].name, made[styles[name].name]
        keys = {annex.id: _form(annex.id, style) if annex.id in changed else annex.id for annex in annexes}
        taken[name] = TakenIn(
            tuple(changed.get(annex.id) or annex for annex in annexes),
            {annex.id: facts.get(keys[annex.id], stand_in) for annex in annexes},
        )
    return taken


def look_for_markings(pack: Pack, policy: Policy, taken: Mapping[str, TakenIn], findings: Findings) -> None:
    """Hold the markings that annexes say against their own, each annex once."""
    from briefpack.pipeline.annex_markings import check_annex_markings
    from briefpack.reading.packaged_policies import packaged_policies

    every = {
        annex.id: (annex, each.facts[annex.id])
        for each in taken.values()
        for annex in each.annexes
        # One that is wrong has a stand-in without a file.
        if len(each.facts[annex.id].parts) == len(annex.files) and each.facts[annex.id].sha256
    }
    if every:
        check_annex_markings(every.values(), policy, packaged_policies(), pack.meta.language, findings)


def _form(annex: str, style: str) -> str:
    """The id of an annex as it is set in a style; no author can give it."""
    return f"{annex} in {style}"
