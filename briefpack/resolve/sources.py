"""The quiet line below a table, a figure or a box: who made it, where it comes from, and of which day it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from briefpack.blocks import AuthorSpans
from briefpack.document import Span, Spans, Text, plain_text
from briefpack.marking import Marking
from briefpack.resolve.dates import date_in_words
from briefpack.resolve.walk import Walk
from briefpack.template import Field, parse

_SEPARATOR = " · "


def source_line(
    walk: Walk, source: AuthorSpans | None, as_of: date | None, credit: AuthorSpans | None = None
) -> Spans | None:
    """As “Photo: Ministry · Source: Eurostat, as of 3 April 2025”; None where there is nothing to say.

    An author who begins with the word for it himself ("Source: …") finds it printed once.
    """
    parts: list[Spans] = []
    if credit:
        parts.append(_said(walk, "credit_line", "credit", walk.spans(credit)))
    fields: dict[str, Spans] = {}
    if as_of is not None:
        fields["date"] = (Text(date_in_words(as_of, walk.style, walk.language)),)
    if source:
        spans = walk.spans(source)
        key = "source_as_of" if fields else "source_line"
        parts.append(_said(walk, key, "source", _without_stop(spans) if fields else spans, fields))
    elif fields:
        parts.append(filled(walk.word("as_of_line"), fields))
    if not parts:
        return None
    line = list(parts[0])
    for part in parts[1:]:
        line.extend((Text(_SEPARATOR), *part))
    return tuple(line)


def marked_source(walk: Walk, source: Spans | None, marking: Marking | None) -> Spans | None:
    """The line below a figure without a caption, which has the mark of the figure then; the mark alone where there is no line."""
    portions = walk.portions
    return portions.alone(marking) if source is None else portions.marked(source, marking)


def _said(walk: Walk, key: str, field: str, spans: Spans, others: Mapping[str, Spans] | None = None) -> Spans:
    template = walk.word(key)
    before, _, after = template.partition(f"{{{field}}}")
    if before and plain_text(spans).casefold().startswith(before.strip().casefold()):
        template = f"{{{field}}}{after}"
    return filled(template, {field: spans, **(others or {})})


def _without_stop(spans: Spans) -> Spans:
    """Words that go on: without the full stop at their end."""
    if spans and isinstance(last := spans[-1], Text) and last.text.endswith("."):
        return (*spans[:-1], replace(last, text=last.text[:-1]))
    return spans


def filled(template: str, fields: Mapping[str, Spans]) -> Spans:
    """The words of a template with spans in the place of its {fields}."""
    spans: list[Span] = []
    for piece in parse(template):
        if isinstance(piece, Field):
            spans.extend(fields.get(piece.name, ()))
        else:
            spans.append(Text(piece))
    return tuple(spans)
