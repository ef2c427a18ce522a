"""The annexes of a selection and what intake read of them → what the policy makes of the markings that their files say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefpack.annex import Annex, AnnexFacts, AnnexFile, CleanPart, Deed, Remark
from briefpack.annexes.cleaning.remarks import listed, pages_in_words
from briefpack.errors import ExitCode, Findings
from briefpack.inscription import Inscription, Spot
from briefpack.marking import LOWEST, Marking, join
from briefpack.marking_phrases import Reader, Said
from briefpack.policy import Policy

_MOST = 3
"""Phrases named of a file."""
_LOWEST_FOREIGN = 2
"""Rank from which a level of another policy counts; below it are those for everybody, and for the house."""
_OUT = "where these words are no marking, write `silence: {annex-marking: why}` beside the annex"


def check_annex_markings(
    annexes: Iterable[tuple[Annex, AnnexFacts]],
    policy: Policy,
    others: Sequence[Policy],
    language: str,
    findings: Findings,
) -> None:
    """Warn of annexes that say a marking which their own does not cover, and of pages where nobody could see one. annexes: as selected, so that each has its
    marking. others: policies whose markings are known, but not their order among those of this one. language: of the pack."""
    reader = Reader(policy)
    foreign = [Reader(other) for other in others if other.name != policy.name]
    for annex, facts in annexes:
        marking = annex.limits.marking or LOWEST
        for file, part in zip(annex.files, facts.parts, strict=True):
            _check(_Case(annex, file, part, marking), reader, foreign, language, findings)


def marking_remarks(part: CleanPart, policies: Sequence[Policy]) -> Iterator[Remark]:
    """What a file says of its marking, told before it goes into a pack: in the words of each policy that knows what it says."""
    told: dict[str, list[str]] = {}
    pages: dict[str, set[int]] = {}
    for policy in policies:
        found = [said for said in Reader(policy).read(part.inscriptions) if not _is_a_mere_letter(said)]
        if found:
            words = _in_words(found)
            told.setdefault(words, []).append(policy.name)
            pages.setdefault(words, set()).update(page for said in found for page in said.inscription.pages)
    for words, names in told.items():
        several = "policies" if len(names) > 1 else "policy"
        what = f"says {words}, a marking of the {several} {', '.join(names)}"
        advice = "mark the annex as high; in a pack with a policy, one that is marked lower stops the build"
        yield Remark(Deed.FOUND, "marking", what, len(pages[words]), tuple(sorted(pages[words])), advice)


@dataclass(frozen=True, slots=True)
class _Case:
    """A file of an annex. marking: of the annex."""

    annex: Annex
    file: AnnexFile
    part: CleanPart
    marking: Marking

    @property
    def inscriptions(self) -> tuple[Inscription, ...]:
        """What counts of them: pages that are not bound do where the whole file is handed out."""
        whole = self.annex.beside or self.annex.embed
        return tuple(each for each in self.part.inscriptions if each.bound or whole)


def _check(case: _Case, reader: Reader, foreign: Sequence[Reader], language: str, findings: Findings) -> None:
    annex, name = case.annex, case.file.path.name
    where = annex.marked or annex.where
    own = reader.read(case.inscriptions)
    banner = reader.policy.banner(case.marking, language)
    above = [said for said in own if said.is_above(case.marking)]
    if above:
        needed = reader.policy.banner(join((case.marking, *(said.marking for said in above))), language)
        findings.warning(
            where,
            f"{name} says {_in_words(above)}, and the annex is marked {banner}",
            f"mark it `{needed}`, or leave it out; {_OUT}",
            ExitCode.ANNEX,
            rule="annex-marking",
        )
    known = {id(said.inscription) for said in own}
    unknown = [
        (other.policy, said)
        for other in foreign
        for said in other.read(each for each in case.inscriptions if id(each) not in known)
        if said.marking.level >= _LOWEST_FOREIGN and not _is_a_mere_letter(said)
    ]
    if unknown:
        by = unknown[0][0]
        findings.warning(
            where,
            f"{name} says {_in_words([said for policy, said in unknown if policy is by])}, which is a marking of the policy {by.name}; "
            f"{reader.policy.name} has no such level, and the annex is marked {banner}",
            f"see whether {banner} is high enough for it; where it is, or {_OUT.removeprefix('where ')}",
            ExitCode.ANNEX,
            rule="annex-marking",
        )
    if case.part.unread and case.marking.level < len(reader.policy.levels) - 1:
        findings.note(
            where,
            f"{name} has no text that can be read on {pages_in_words(case.part.unread)}, so nobody looked for markings there",
            "look at these pages yourself, or have their text recognised (`ocr:`)",
        )


def _is_a_mere_letter(said: Said) -> bool:
    """A portion mark of another policy, which could be anything."""
    return said.inscription.spot is Spot.PORTION and "//" not in said.phrase


def _in_words(found: Sequence[Said]) -> str:
    """What is said, and where: “NATO SECRET” on pages 1–3, “(NS)” on page 2 and 3 more."""
    pages: dict[tuple[str, str], set[int]] = {}
    for said in sorted(found, key=lambda each: (-each.marking.level, each.inscription.spot is Spot.PORTION)):
        inscription = said.inscription
        name = inscription.name if inscription.spot is Spot.PROPERTY else ""
        if not inscription.bound:
            name = "pages that are not bound"
        pages.setdefault((said.phrase, name), set()).update(inscription.pages)
    told = list(_told(pages))
    if len(told) > _MOST:
        told = [*told[:_MOST], f"{len(told) - _MOST} more"]
    return f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else told[0]


def _told(pages: dict[tuple[str, str], set[int]]) -> Iterator[str]:
    for (phrase, name), on in pages.items():
        words = listed([phrase])
        if on:
            words += f" on {pages_in_words(on)}"
        if name == "pages that are not bound":
            words += ", not bound, though the file is handed out whole"
        elif name:
            words += f" in its property “{name}”"
        yield words
