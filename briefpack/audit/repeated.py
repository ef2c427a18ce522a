"""Sentences that are withheld in one place of a pack and given to the same audience in another: no leak, but hardly meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefpack.audit.expected import Expected
from briefpack.audit.squeeze import GAP, words_of
from briefpack.audit.stream import snippet
from briefpack.audit.tree import Said
from briefpack.audit.variants import Run
from briefpack.audit.weights import FOREIGN, Weights
from briefpack.errors import Diagnostic, Severity

_LEAST_WORDS = 8
_END = re.compile(r"(?<=[.!?…])[\"”’»)]*\s+|\n")


def repeated(expected: Expected, weights: Weights) -> Iterator[Diagnostic]:
    """A warning for each sentence of the pack's own text that is withheld and given. The texts of annexes are no part of it."""
    withheld: dict[Run, tuple[Said, str]] = {}
    for each in expected.withheld:
        if each.annex is None and each.what != "verbatim":
            for said in each.said:
                for run, sentence in _sentences(said, weights):
                    withheld.setdefault(run, (Said(sentence, said.where), each.why))
    if not withheld:
        return
    name = expected.audience.name
    for said in expected.allowed:
        if len(said.text) < _LEAST_WORDS:
            continue
        for run, sentence in _sentences(said, weights):
            if run in withheld:
                other, why = withheld.pop(run)
                yield Diagnostic(
                    Severity.WARNING,
                    said.where,
                    f"{name} gets this sentence, which is withheld from it at {other.where} ({why}): “{snippet(sentence)}”",
                    "limit it here as well, or let it be read there",
                    rule="withheld-repeated",
                )


def _sentences(said: Said, weights: Weights) -> Iterator[tuple[Run, str]]:
    for sentence in _END.split(said.text):
        if GAP in sentence or len(sentence) < 2 * _LEAST_WORDS:
            continue
        run = tuple(words_of(sentence))
        if len(run) >= _LEAST_WORDS and weights.sum(run) >= FOREIGN:
            yield run, sentence
