"""What is said of a person below the name: the office, then quietly how the name sounds, the languages and the last meeting."""

from __future__ import annotations

from collections.abc import Iterable

from briefpack.blocks import Person
from briefpack.document import LineBreak, Span, Spans, Text
from briefpack.resolve.walk import Walk


def life(walk: Walk, person: Person) -> Iterable[tuple[Spans, str]]:
    """Spans and role of each paragraph."""
    if person.office:
        yield walk.references.strong(person.office), "body"
    quiet: list[Span] = []
    for key, spans in (
        ("pronunciation", person.pronunciation),
        ("languages", person.languages),
        ("last_met", person.last_met),
    ):
        if not spans:
            continue
        if quiet:
            quiet.append(LineBreak())
        before, _, after = walk.word(key).partition("{words}")
        quiet.extend(Text(words) for words in (before,) if words)
        quiet.extend(walk.spans(spans))
        quiet.extend(Text(words) for words in (after,) if words)
    if quiet:
        yield tuple(quiet), "secondary"
