"""Sentences that are withheld in one place of a pack and given to the same audience in another: no leak, but hardly meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefpack.audit.expected import Expected
from briefpack.audit.squeeze import GAP, squeezed, words_of
from briefpack.audit.stream import snippet
from briefpack.audit.tree import Said
from briefpack.audit.weights import FOREIGN, Weights
from briefpack.errors import Diagnostic, Severity

_LEAST_WORDS = 8
_END = re.compile(r"[.!?…][\"”’»)]*\s+|\n")


def repeated(expected: Expected, weights: Weights) -> Iterator[Diagnostic]:
    """A warning for each sentence of the pack's own text that is withheld and given. The texts of annexes are no part of it."""
    withheld: dict[bytes, tuple[Said, str]] = {}
    for each in expected.withheld:
        if each.annex is None and each.what != "verbatim":
            for said in each.said:
                for letters, _ in _sentences(said):
                    withheld.setdefault(letters, (said, each.why))
    if not withheld:
        return
    name = expected.audience.name
    for said in expected.allowed:
        for letters, sentence in _sentences(said):
            if letters in withheld and _says_enough(sentence, weights):
                other, why = withheld.pop(letters)
                yield Diagnostic(
                    Severity.WARNING,
                    said.where,
                    f"{name} gets this sentence, which is withheld from it at {other.where} ({why}): “{snippet(sentence)}”",
                    "limit it here as well, or let it be read there",
                    rule="withheld-repeated",
                )


def _sentences(said: Said) -> Iterator[tuple[bytes, str]]:
    """The sentences of a text that are not too short, with their letters, by which they are compared: words cost more."""
    text, start = said.text, 0
    for found in _END.finditer(text):
        # The sign that ends a sentence is a part of it, the end of a line is not.
        end = found.start() + (text[found.start()] != "\n")
        yield from _one(text[start:end])
        start = found.end()
    yield from _one(text[start:])


def _one(sentence: str) -> Iterator[tuple[bytes, str]]:
    if len(sentence) >= 2 * _LEAST_WORDS and GAP not in sentence:
        yield squeezed(sentence), sentence


def _says_enough(sentence: str, weights: Weights) -> bool:
    """Whether a sentence is no phrase."""
    words = words_of(sentence)
    return len(words) >= _LEAST_WORDS and weights.sum(words) >= FOREIGN
