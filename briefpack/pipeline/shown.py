"""Which annexes an audience's Word file shows as pictures, drawn here once for all of them, and why some are not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile

from briefpack.annex import Annex, AnnexFacts
from briefpack.annexes.asking import NoAnswerError
from briefpack.annexes.picturing import draw, pictures, pictures_path
from briefpack.document import ImageData
from briefpack.errors import ExitCode, Findings, failure
from briefpack.files import output_error

Taken = tuple[Annex, AnnexFacts]
"""An annex and what intake measured of it."""
HEAVIEST = 100 << 20
"""Bytes of all pictures of pages in one Word file."""
_INSTEAD = "so in the Word file it stands in the schedule of annexes only"
_LIGHTER = "name fewer pages with `pages:`, or let the style say `annexes: {word: schedule}`"


def draw_shown(
    packs: Sequence[Sequence[Taken]],
    processes: int,
    findings: Findings,
    tell: Callable[[int, int], None],
) -> tuple[frozenset[str], ...]:
    """Draw what Word files show. packs: what each file could show. processes: at a time. tell: told how many files are done, of how many.

    Gives the ids of the annexes that each file shows. Raises BriefpackError (OUTPUT) when pictures cannot be kept.
    """
    every = [taken for pack in packs for taken in pack]
    parts = [part for _, facts in every for part in facts.parts]
    try:
        failures = draw(parts, processes, tell=tell)
        weights = {
            part.clean: pictures_path(part.clean).stat().st_size
            for part in parts
            if part.clean not in failures
        }
    except OSError as error:
        raise output_error(error, parts[0].clean.parent) from error
    for annex, facts in every:
        for part in facts.parts:
            if part.clean in failures:
                _tell(findings, annex, failures[part.clean])
    return tuple(_within(pack, weights, findings) for pack in packs)


def _within(pack: Iterable[Taken], weights: Mapping[Path, int], findings: Findings) -> frozenset[str]:
    """The annexes of a file that it can carry, those in front first. weights: bytes of the pictures of each clean file that has some."""
    shown: set[str] = set()
    left = HEAVIEST
    for annex, facts in pack:
        if not all(part.clean in weights for part in facts.parts):
            continue
        weight = sum(weights[part.clean] for part in facts.parts)
        if weight > left:
            fact = f"would make the Word file heavier than {HEAVIEST >> 20} MB with its pictures"
            _tell(findings, annex, NoAnswerError(fact, _LIGHTER))
            continue
        left -= weight
        shown.add(annex.id)
    return frozenset(shown)


def _tell(findings: Findings, annex: Annex, failure: NoAnswerError) -> None:
    findings.warning(
        annex.where,
        f"{annex.file_name} {failure.fact}, {_INSTEAD}",
        failure.remedy or _LIGHTER,
        ExitCode.ANNEX,
        rule="annex-not-shown",
    )


def pictures_of(facts: AnnexFacts) -> tuple[ImageData, ...]:
    """The pages of an annex that has been drawn. Raises BriefpackError (SOURCE) when they are gone meanwhile."""
    try:
        return tuple(picture for part in facts.parts for picture in pictures(part.clean))
    except (OSError, BadZipFile) as error:
        raise failure(
            "the pictures of an annex have gone while the pack was being built",
            code=ExitCode.SOURCE,
            hint="build again",
        ) from error
