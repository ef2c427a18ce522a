"""Rules about briefs and agendas: how long they are, whom their points are for, and whether every item has its brief."""

from __future__ import annotations

from collections.abc import Iterator

from briefpack.errors import Diagnostic, Where
from briefpack.lint.case import Case, base_language, short, warn
from briefpack.lint.walk import agenda_items, groups_of_points, objectives, words_of, words_of_blocks
from briefpack.lint.words import PROCEDURE
from briefpack.pack import AuthorSection

LONGEST_OBJECTIVE = 60
LONGEST_POINT = 60
"""Words. Two lines of an objective hold about thirty, a breath of speech about as many; what is longer than twice that is another kind of text."""
_LEAST_WORDS = 4
"""Of points that count as the same: "Thank you." may be said twice."""


def check_briefs(case: Case) -> Iterator[Diagnostic]:
    for section in case.pack.sections:
        yield from _length(section, case)
        yield from _objective(section)
        yield from _points(section)
        yield from _agenda(section, section.language or case.pack.meta.language)


def _length(section: AuthorSection, case: Case) -> Iterator[Diagnostic]:
    craft = case.style.craft
    budget = {"brief": craft.brief_pages, "steering": craft.steering_pages}.get(section.kind.value, 0)
    pages = case.pages.get(section.where, 0)
    if budget and pages > budget:
        allowed = "one page" if budget == 1 else f"{budget} pages"
        yield warn(
            "long-brief",
            section.where,
            f"“{short(section.title)}” takes {pages} pages for {case.audience.name}; the style `{case.style.name}` allows a brief {allowed}",
            "cut it, move detail to an annex, or limit parts of it to the audiences that need them",
        )


def _objective(section: AuthorSection) -> Iterator[Diagnostic]:
    blocks = objectives(section)
    count = len(words_of_blocks(blocks).split())
    if count > LONGEST_OBJECTIVE:
        yield warn(
            "long-objective",
            blocks[0].where,
            f"this objective has {count} words",
            f"say in two lines, at most {LONGEST_OBJECTIVE} words, what is to be reached; the rest is background",
        )


def _points(section: AuthorSection) -> Iterator[Diagnostic]:
    groups = groups_of_points(section)
    if len(groups) > 1:
        for group in groups:
            if group.to is None:
                yield warn(
                    "unaddressed-points",
                    group.where,
                    "these points are addressed to nobody, and others of this brief are a group of their own",
                    "say `to:` whom (`to: the table` where they are for everybody)",
                )
    first: dict[str, Where] = {}
    for group in groups:
        for item in group.items:
            text = words_of_blocks(item.blocks)
            words = text.split()
            if len(words) > LONGEST_POINT:
                yield warn(
                    "long-point",
                    item.where,
                    f"this point has {len(words)} words",
                    f"say it in one breath, at most {LONGEST_POINT} words: divide it, or move the reasons to the background",
                )
            key = " ".join(words).casefold().strip(" .;,")
            if len(words) >= _LEAST_WORDS and first.setdefault(key, item.where) != item.where:
                yield warn(
                    "repeated-point",
                    item.where,
                    f"the point “{short(text)}” stands here twice; the first is at {first[key]}",
                    "keep it where it is addressed best",
                )


def _agenda(section: AuthorSection, language: str) -> Iterator[Diagnostic]:
    items = agenda_items(section)
    if not any(item.briefs for item in items):
        return
    procedure = PROCEDURE.get(base_language(language), PROCEDURE["en"])
    for item in items:
        title = words_of(item.title)
        if item.briefs or item.lead is None or procedure.search(title):
            continue
        yield warn(
            "agenda-without-brief",
            item.where,
            f"the agenda item “{short(title)}” has no brief",
            "name the section or annex under `brief:`, or say under `silence:` why there is none",
        )
