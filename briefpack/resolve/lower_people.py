"""People and speeches → what the Document prints of them: lives beside portraits, paragraphs below the time that they take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from briefpack.blocks import ParagraphBlock, Person, SpeechBlock
from briefpack.document import Block, SideBySide, Text
from briefpack.resolve.people import life
from briefpack.resolve.setting import LIFE, SPEECH
from briefpack.resolve.speech import spoken_seconds, time_in_words

if TYPE_CHECKING:
    from briefpack.resolve.lower import Lowering

MOST_OF_PORTRAIT = 0.4
"""Share of the text width that a portrait takes at most, so that the words beside it have room."""


def people(lowering: Lowering, persons: Sequence[Person]) -> Iterable[Block]:
    """A heading for each person, then what is said of him, beside his portrait where there is one."""
    for person in persons:
        with lowering.portions.within(person.limits):
            made = [*_person(lowering, person)]
        yield from made


def _person(lowering: Lowering, person: Person) -> Iterable[Block]:
    """The lines below the name are one portion with it; what else is said has marks of its own."""
    style = lowering.style
    yield lowering.heading(lowering.spans(person.name), person.where, block_id=person.id)
    said = [lowering.paragraph(spans, person.where, role) for spans, role in life(lowering, person)]
    lines = (*said, *lowering.blocks(person.blocks, LIFE))
    if person.portrait is None:
        yield from lines
    else:
        words = lines or (lowering.paragraph((), person.where, "body"),)
        share = min(style.craft.portrait / style.page.text_width, MOST_OF_PORTRAIT)
        portrait = lowering.image(person.portrait, portrait=True)
        yield SideBySide(((portrait,), words), (share, 1 - share), person.where)


def speech(lowering: Lowering, block: SpeechBlock) -> Iterable[Block]:
    """Each paragraph below the time that it takes; what all take together is added to the section's."""
    pace = block.words_per_minute or lowering.style.craft.words_per_minute
    for spoken in block.blocks:
        if not isinstance(spoken, ParagraphBlock):
            yield from lowering.block(spoken, SPEECH)
            continue
        with lowering.portions.within(spoken.limits):
            spans = lowering.running(spoken.spans)
            seconds = spoken_seconds(spans, pace)
            lowering.counts.spoken += seconds
            lowering.expect(spoken.id, spoken.where)
            made = []
            if lowering.style.craft.speech_times:
                words = (Text(time_in_words(lowering, seconds)),)
                made.append(lowering.paragraph(words, spoken.where, "speech-time", keep_with_next=True))
            made.append(lowering.portion(spans, spoken.where, "speech"))
        yield from made
