"""A section → its title, its quiet line, the parts of a brief in their order, and its blocks."""

from __future__ import annotations

from collections.abc import Iterable

from briefpack.document import Block, Section, Span, Spans, Text
from briefpack.pack import AuthorSection, Brief, BriefPart
from briefpack.resolve.dates import date_in_words
from briefpack.resolve.lower import BODY, OBJECTIVE, Lowering
from briefpack.resolve.lower_arranged import useful_breaks
from briefpack.resolve.lower_brief import points, question
from briefpack.resolve.names import Target, TargetKind
from briefpack.resolve.number import Headings
from briefpack.style import SectionStart

_SEPARATOR = " · "


def lower_section(lowering: Lowering, section: AuthorSection, position: int, pack_language: str) -> Section:
    """position: 1-based place among the sections of the pack."""
    numbering = lowering.style.numbering
    number = str(position) if numbering.sections else None
    anchor = lowering.anchors.make("sec", section.id)
    language = section.language or pack_language
    lowering.section, lowering.section_id = anchor, section.id
    lowering.references.language, lowering.references.section = language, anchor
    lowering.headings = Headings(numbering, number)
    lowering.counts.new_section()
    lowering.abbreviations.new_section()
    title = lowering.title(section.title)
    lowering.targets.add(section.id, Target(TargetKind.SECTION, anchor, number, title, anchor, section.where))
    lead = _lead(lowering, section)
    blocks: list[Block] = []
    if section.brief is not None:
        blocks.extend(_brief(lowering, section.brief))
    blocks.extend(lowering.blocks(section.blocks, BODY))
    if not blocks and not lead:
        lowering.findings.warning(
            section.where,
            f"section “{section.title}” has nothing in it",
            "write something under text:, blocks: or a part of the brief, or take the section out",
            rule="empty-section",
        )
    return Section(
        number,
        title,
        anchor,
        lead,
        tuple(useful_breaks(blocks, begun=lowering.style.page.section_start is SectionStart.CONTINUOUS)),
        section.where,
        language if language != pack_language else None,
    )


def _lead(lowering: Lowering, section: AuthorSection) -> Spans:
    parts: list[Spans] = []
    if section.note:
        parts.append(lowering.spans(section.note))
    if section.lead:
        parts.append((Text(lowering.word("lead").replace("{lead}", lowering.title(section.lead))),))
    if section.cleared is not None:
        cleared = date_in_words(section.cleared, lowering.style, lowering.language)
        parts.append((Text(lowering.word("cleared").replace("{date}", cleared)),))
    spans: list[Span] = []
    for part in parts:
        if spans:
            spans.append(Text(_SEPARATOR))
        spans.extend(part)
    return tuple(spans)


# --------------------------------------------------------------------------- the parts of a brief


def _brief(lowering: Lowering, brief: Brief) -> Iterable[Block]:
    if brief.objective:
        yield _part(lowering, brief, BriefPart.OBJECTIVE)
        yield from lowering.blocks(brief.objective, OBJECTIVE)
    if brief.points:
        yield _part(lowering, brief, BriefPart.POINTS)
        yield from points(lowering, brief.points)
    if brief.if_raised:
        yield _part(lowering, brief, BriefPart.IF_RAISED)
        for pair in brief.if_raised:
            yield question(lowering, pair)
    if brief.background:
        yield _part(lowering, brief, BriefPart.BACKGROUND)
        yield from lowering.blocks(brief.background, BODY)


def _part(lowering: Lowering, brief: Brief, part: BriefPart) -> Block:
    # The label words are keyed by the names of the parts.
    words = (Text(lowering.word(part.value)),)
    return lowering.heading(words, brief.where_of[part], name=part.value)
