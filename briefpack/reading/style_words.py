"""The shapes of a style's label words: what may be written for each, with which fields."""

from __future__ import annotations

from collections.abc import Mapping

from briefpack.reading.style_values import TemplateShape
from briefpack.style import WORDS

WORD_SHAPES: Mapping[str, TemplateShape] = {
    key: TemplateShape(word.fields, words=False, needed=word.needed) for key, word in WORDS.items()
}
"""By the keys of WORDS, in their order."""
