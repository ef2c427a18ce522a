"""A section → its title, its quiet line, its parts in their order, and its blocks."""

from __future__ import annotations

from collections.abc import Iterable

from briefpack.blocks import AgendaBlock, VerbatimBlock
from briefpack.document import Block, Callout, Section, Span, Spans, Text
from briefpack.marking import LOWEST
from briefpack.pack import UNTITLED, AuthorSection, Part, PartName
from briefpack.resolve.dates import date_in_words
from briefpack.resolve.lower import BODY, CALLOUT, OBJECTIVE, Lowering
from briefpack.resolve.lower_arranged import useful_breaks
from briefpack.resolve.names import Target, TargetKind
from briefpack.resolve.number import Headings
from briefpack.resolve.speech import time_in_words
from briefpack.resolve.timetable import timetable
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
    portions = lowering.portions
    portions.begin(section.limits)
    title = lowering.title(section.title)
    lowering.targets.add(section.id, Target(TargetKind.SECTION, anchor, number, title, anchor, section.where))
    lead = _lead(lowering, section)
    blocks: list[Block] = []
    for part in section.parts:
        if part.name is not PartName.CONTACT:
            blocks.extend(_part(lowering, section, part))
    if section.timetable:
        days = [block for block in section.blocks if isinstance(block, AgendaBlock)]
        blocks.extend(timetable(lowering, days) if days else ())
    # The section's own YAML, where it is printed, stands behind everything that it makes.
    source = [block for block in section.blocks if isinstance(block, VerbatimBlock) and block.whole]
    blocks.extend(lowering.blocks([block for block in section.blocks if block not in source], BODY))
    for part in section.parts:
        if part.name is PartName.CONTACT:
            blocks.extend(_part(lowering, section, part))
    blocks.extend(lowering.blocks(source, BODY))
    if lowering.counts.spoken:
        lead = _with_running_time(lowering, lead)
    if not blocks and not lead:
        lowering.findings.warning(
            section.where,
            f"section “{section.title}” has nothing in it",
            "write something under text:, blocks: or a part of its kind, or take the section out",
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
        section.landscape,
        portions.mark(portions.own) if title else "",
        section.limits.marking if portions.policy is not None else None,
        portions.own,
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


def _with_running_time(lowering: Lowering, lead: Spans) -> Spans:
    time = time_in_words(lowering, lowering.counts.spoken)
    spans = (Text(lowering.word("running_time").replace("{time}", time)),)
    return (*lead, Text(_SEPARATOR), *spans) if lead else spans


# --------------------------------------------------------------------------- parts


_SETTINGS = {PartName.OBJECTIVE: OBJECTIVE}
"""How the text of a part is set, where it is not as the body."""


def _part(lowering: Lowering, section: AuthorSection, part: Part) -> Iterable[Block]:
    if part.name not in UNTITLED:
        key = part.name.value
        if part.name is PartName.BACKGROUND and any(
            other.name is PartName.BACKGROUND_NOT_FOR_USE for other in section.parts
        ):
            key = "background_free"
        # The label words are keyed by the names of the parts.
        words = (Text(lowering.word(key)),)
        yield lowering.heading(words, part.where, name=part.name.value, standard=True)
    if part.name is PartName.PRESS_LINE:
        standard = None if lowering.portions.policy is None else LOWEST
        title = lowering.portions.standard((Text(lowering.word("press_line")),))
        yield Callout(title, lowering.blocks(part.blocks, CALLOUT), part.where, marking=standard)
        return
    yield from lowering.blocks(part.blocks, _SETTINGS.get(part.name, BODY))
