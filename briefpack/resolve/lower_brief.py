"""The blocks of a brief → the Document's: points, questions, facts, key figures, quotations, definitions, places to sign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from briefpack.blocks import (
    AuthorBlock,
    AuthorSpans,
    DefinitionsBlock,
    FactsBlock,
    IfRaised,
    KeyFigure,
    KeyFiguresBlock,
    Points,
    Priority,
    QuoteBlock,
    Signature,
    SignaturesBlock,
)
from briefpack.document import (
    Block,
    Callout,
    List,
    ListItem,
    ListKind,
    Paragraph,
    Quotation,
    SideBySide,
    Span,
    Spans,
    Text,
    plain_text,
    portion_mark,
)
from briefpack.errors import Where
from briefpack.limits import Limits
from briefpack.resolve.dates import capitalised, date_in_words
from briefpack.resolve.setting import BODY, FACTS, LINE, QUOTATION, Setting, in_box
from briefpack.resolve.sources import filled, source_line
from briefpack.resolve.widths import BOLD, text_length

if TYPE_CHECKING:
    from briefpack.resolve.lower import Lowering

MOST_FIGURES = 4
"""Key figures beside each other, on the whole width."""
_FIGURE_MEASURE = 0.2
"""Share of the text width that a key figure asks for."""
MOST_SIGNATURES = 2
_HANG = 0.4
"""Share of the width that the terms of a list may take."""
_TERM_GAP = 1.4
"""Ems between a term and its text."""


# --------------------------------------------------------------------------- points, questions


def points(lowering: Lowering, groups: Sequence[Points], setting: Setting = BODY) -> Iterable[Block]:
    addressed = any(group.to for group in groups)
    portions = lowering.portions
    for group in groups:
        with portions.within(group.limits):
            if addressed:
                # Without a line of its own a group would read as meant for the addressee above it.
                words = _addressee(lowering, group.to)
                words = portions.marked(words) if group.to else portions.standard(words)
                yield lowering.paragraph(words, group.where, "addressee", keep_with_next=True)
            made = lowering.list(ListKind.DASHES, group.items, group.where, setting)
        yield made


def _addressee(lowering: Lowering, to: AuthorSpans | None) -> Spans:
    if not to:
        return (Text(lowering.word("points_to_all")),)
    return filled(lowering.word("points_to"), {"to": lowering.spans(to)})


def with_priority(
    lowering: Lowering, blocks: tuple[Block, ...], priority: Priority | None
) -> tuple[Block, ...]:
    """A point's blocks, led in by how much it matters."""
    if priority is None or not blocks or not isinstance(first := blocks[0], Paragraph):
        return blocks
    high = priority is Priority.HIGH
    word = Text(lowering.word(f"point_{priority.value}"), strong=high, secondary=not high)
    mark, spans = first.spans[: bool(portion_mark(first.spans)[0])], portion_mark(first.spans)[1]
    return (replace(first, spans=(*mark, word, Text(" "), *spans)), *blocks[1:])


def question(lowering: Lowering, pair: IfRaised, setting: Setting = BODY) -> Callout:
    """setting: of the question itself."""
    with lowering.portions.within(pair.limits):
        title = lowering.portions.marked(_capitalised(lowering.spans(pair.question)))
        inside = in_box(setting, LINE, lowering.style.question, lowering.style)
        line = lowering.at_least_one(pair.line, pair.where, inside)
        return Callout(title, line, pair.where, "question", lowering.portions.own)


def _capitalised(spans: Spans) -> Spans:
    """A question that stands as a title begins with a capital."""
    if spans and isinstance(first := spans[0], Text):
        return (replace(first, text=capitalised(first.text)), *spans[1:])
    return spans


# --------------------------------------------------------------------------- facts, definitions


def facts(lowering: Lowering, block: FactsBlock, setting: Setting = BODY) -> Callout:
    title = lowering.spans(block.title) if block.title else None
    lowering.expect(block.id, block.where, plain_text(title) if title else "")
    inside = in_box(setting, FACTS, lowering.style.facts, lowering.style)
    entries = [_Entry(fact.label, fact.blocks, fact.where, fact.limits) for fact in block.facts]
    blocks = terms(lowering, entries, block.where, inside)
    source = source_line(lowering, block.source, block.as_of)
    if source:
        blocks += (Paragraph(source, block.where, "source", marking=lowering.portions.own),)
    marked = title and lowering.portions.marked(title)
    return Callout(marked, blocks, block.where, "facts", lowering.portions.own)


def definitions(lowering: Lowering, block: DefinitionsBlock, setting: Setting = BODY) -> tuple[Block, ...]:
    lowering.expect(block.id, block.where)
    entries = [_Entry(entry.term, entry.blocks, entry.where, entry.limits) for entry in block.entries]
    return terms(lowering, entries, block.where, setting)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A term and what is said of it."""

    label: AuthorSpans
    blocks: tuple[AuthorBlock, ...]
    where: Where
    limits: Limits


def terms(
    lowering: Lowering,
    entries: Sequence[_Entry],
    where: Where,
    setting: Setting,
) -> tuple[Block, ...]:
    """A list whose items are led in by the terms; where a term is too long for that, each on a line of its own above its text."""
    style = lowering.style
    term, base = style.text["term"], style.text["list"].size
    scale = term.size / base * (BOLD if term.bold else 1.0)
    most = _HANG * setting.measure * style.page.text_width / base
    written = [_bare(entry.label) for entry in entries]
    if any(words is None or text_length(words) * scale + _TERM_GAP > most for words in written):
        return tuple(_above(lowering, entries, setting))
    lowering.counts.lists += 1
    sequence, depth = lowering.counts.lists, setting.depth
    inside = replace(setting, role=setting.in_items, depth=depth + 1, outline=False)
    items: list[ListItem] = []
    for entry in entries:
        with lowering.portions.within(entry.limits):
            said = plain_text(lowering.spans(entry.label))
            blocks = lowering.at_least_one(entry.blocks, entry.where, inside)
            items.append(ListItem(said, blocks, lowering.portions.own))
    # What typography has done to a label may have made it a little longer.
    hang = min(max(text_length(item.label) for item in items) * scale + _TERM_GAP, most)
    return (List(ListKind.TERMS, tuple(items), depth, sequence, where, hang=round(hang, 2)),)


def _bare(spans: AuthorSpans) -> str | None:
    """The words of a label; None where it is more than words (a link, a note), which a list has no place for."""
    words = [span.text for span in spans if isinstance(span, Text)]
    return "".join(words) if len(words) == len(spans) else None


def _above(
    lowering: Lowering,
    entries: Sequence[_Entry],
    setting: Setting,
) -> Iterable[Block]:
    for entry in entries:
        with lowering.portions.within(entry.limits):
            words = lowering.references.strong(entry.label)
            term = lowering.portion(words, entry.where, setting.role, keep_with_next=True)
            blocks = lowering.at_least_one(entry.blocks, entry.where, replace(setting, outline=False))
        yield term
        yield from blocks


# --------------------------------------------------------------------------- key figures, signatures


def key_figures(lowering: Lowering, block: KeyFiguresBlock, setting: Setting = BODY) -> Iterable[Block]:
    """Figures beside each other, in rows of the same number as far as they go, and the source that they share."""
    lowering.expect(block.id, block.where)
    parts = [_figure(lowering, figure) for figure in block.figures]
    most = max(1, min(MOST_FIGURES, int(setting.measure / _FIGURE_MEASURE)))
    yield from _in_rows(parts, most, block.where, "figures")
    source = source_line(lowering, block.source, block.as_of)
    if source:
        yield Paragraph(source, block.where, "source", marking=lowering.portions.own)


def _figure(lowering: Lowering, figure: KeyFigure) -> tuple[Block, ...]:
    """The mark of the portion stands before the words: the number is to be seen from afar."""
    with lowering.portions.within(figure.limits):
        own = lowering.portions.own
        words = lowering.spans(figure.value)
        value = lowering.paragraph(words, figure.where, "key-value", keep_with_next=True)
        said = lowering.portions.marked(lowering.spans(figure.label))
        label = Paragraph(said, figure.where, "key-label", marking=own)
        source = source_line(lowering, figure.source, None)
        below = Paragraph(source, figure.where, "source", marking=own) if source else None
    return (value, label) if below is None else (value, label, below)


def signatures(lowering: Lowering, block: SignaturesBlock, setting: Setting = BODY) -> Iterable[Block]:
    lowering.expect(block.id, block.where)
    parts = [_signature(lowering, signature) for signature in block.signatures]
    # A place to sign is never wider than half of the page.
    most = MOST_SIGNATURES if setting.measure > 1 / MOST_SIGNATURES else 1
    yield from _in_rows(parts, most, block.where, "signatures", least=most)


def _signature(lowering: Lowering, signature: Signature) -> tuple[Block, ...]:
    lines: list[Spans] = [lowering.references.strong(signature.name)]
    if signature.office:
        lines.append(lowering.spans(signature.office))
    if signature.date is None:
        lines.append((Text(lowering.word("sign_date")),))
    else:
        lines.append((Text(date_in_words(signature.date, lowering.style, lowering.language)),))
    with lowering.portions.within(signature.limits):
        return tuple(lowering.paragraph(line, signature.where, "signature") for line in lines)


def _in_rows(
    parts: Sequence[tuple[Block, ...]], most: int, where: Where, look: str, *, least: int = 1
) -> Iterable[SideBySide]:
    """Parts in as few rows as there may be, equally long; what is missing in the last one stays empty, so that all stand in the same columns."""
    count = max(ceil(len(parts) / max(ceil(len(parts) / most), 1)), least)
    for start in range(0, len(parts), count):
        row = list(parts[start : start + count])
        row.extend(() for _ in range(count - len(row)))
        yield SideBySide(tuple(row), (1 / count,) * count, where, look)


# --------------------------------------------------------------------------- quotations


def quotation(lowering: Lowering, block: QuoteBlock, setting: Setting = BODY) -> Quotation:
    """setting: of the quotation itself."""
    lowering.expect(block.id, block.where, _bare(block.by or ()) or "")
    inside = in_box(setting, QUOTATION, lowering.style.quotation, lowering.style)
    blocks = lowering.at_least_one(block.blocks, block.where, inside)
    parts = [lowering.spans(part) for part in (block.by, block.source) if part]
    if block.date is not None:
        parts.append((Text(date_in_words(block.date, lowering.style, lowering.language)),))
    spans: list[Span] = []
    for part in parts:
        if spans:
            spans.append(Text(", "))
        spans.extend(part)
    return Quotation(blocks, tuple(spans) or None, block.where, lowering.portions.own)
