"""What is said of a person below the name: office, then how the name sounds, languages and the last meeting."""

from __future__ import annotations

from collections.abc import Iterable

from briefpack.blocks import Person
from briefpack.document import Spans, Text
from briefpack.errors import Where
from briefpack.resolve.walk import Walk


def life(walk: Walk, person: Person) -> Iterable[tuple[Spans, Where, str]]:
    """Spans, place and role of each line: the office as text, the rest in one quiet line each."""
    if person.office:
        yield walk.references.strong(person.office), person.where, "body"
    for key, spans in (
        ("pronunciation", person.pronunciation),
        ("languages", person.languages),
        ("last_met", person.last_met),
    ):
        if spans:
            before, _, after = walk.word(key).partition("{words}")
            yield (
                (
                    *((Text(before),) if before else ()),
                    *walk.spans(spans),
                    *((Text(after),) if after else ()),
                ),
                person.where,
                "secondary",
            )
