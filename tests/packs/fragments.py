"""Fragments of what is withheld, in disguises, among harmless words; and harmless texts that look much like them: what rates are measured on."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from tests.packs.leaks_in_pdf import wrapped_docx
from tests.packs.marked_maker import MAY_GO, Marked
from tests.packs.marked_words import Words

LENGTHS = range(3, 31)
"""Words of a fragment."""

Disguise = Callable[[str], str]
"""Gives the runs of a Word file that say a text."""


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _hyphenated(text: str) -> str:
    """Longer words are divided at the ends of lines."""
    words = [
        f"{word[:3]}-\n{word[3:]}" if len(word) > 6 and word.isalpha() else word for word in text.split()
    ]
    return "<w:br/>".join(_run(line) for line in " ".join(words).split("\n"))


def _in_pieces(text: str) -> str:
    return "".join(_run(text[at : at + 3]) for at in range(0, len(text), 3))


def _otherwise_typed(text: str) -> str:
    return _run("\u00a0 ".join(text.replace("-", "\u2013").split())) if " " in text else _run(text)


def _with_nothings(text: str) -> str:
    return _run("\u200b".join(text[at : at + 4] for at in range(0, len(text), 4)).replace("e", "e\u00ad"))


DISGUISES: dict[str, Disguise] = {
    "as it is": _run,
    "in capitals": lambda text: _run(text.upper()),
    "hyphenated": _hyphenated,
    "in pieces": _in_pieces,
    "other spaces and dashes": _otherwise_typed,
    "signs of no width": _with_nothings,
}


@dataclass(frozen=True, slots=True)
class Fragment:
    """words: so many, out of a withheld text. content: a Word file that has them among others."""

    words: str
    disguise: str
    content: bytes


def fragments(
    marked: Marked, audience: str, rng: random.Random, length: int, count: int
) -> Iterator[Fragment]:
    """So many fragments of one length, in each disguise. None stands, as it is, in a text that the audience gets."""
    texts = [
        text for portion in marked.withheld(audience) for text in portion.texts if len(text.split()) >= length
    ]
    given = "\n".join(_plain(text) for portion in marked.given(audience) for text in portion.texts)
    harmless = [text for portion in marked.given(audience) for text in portion.texts if len(text.split()) > 8]
    made = 0
    while made < count:
        words = rng.choice(texts).split()
        first = rng.randrange(len(words) - length + 1)
        text = " ".join(words[first : first + length])
        if f" {_plain(text)} " in f" {given} ":
            continue
        made += 1
        for name, disguise in DISGUISES.items():
            before, behind = rng.choice(harmless), rng.choice(harmless)
            runs = _run(f"{before} It is said that ") + disguise(text) + _run(f", they say. {behind}")
            yield Fragment(text, name, wrapped_docx(f"<w:p>{runs}</w:p>"))


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def shuffled(marked: Marked, audience: str, rng: random.Random) -> bytes:
    """A Word file of some texts that the audience gets, in another order, some of them in disguise."""
    given = [
        text for portion in marked.given(audience) if portion.kind not in MAY_GO for text in portion.texts
    ]
    some = rng.sample(given, min(len(given), 60))
    disguises = list(DISGUISES.values())
    return wrapped_docx("".join(f"<w:p>{rng.choice(disguises)(text)}</w:p>" for text in some))


def alike(seed: int) -> bytes:
    """A Word file of sentences that are made as those of the pack are, of the same words and phrases, and are none of them."""
    words = Words(100_000 + seed)
    return wrapped_docx("".join(f"<w:p>{_run(words.sentence())}</w:p>" for _ in range(4)))
