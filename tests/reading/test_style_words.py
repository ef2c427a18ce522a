"""The packaged words use every field that there is."""

from __future__ import annotations

from briefpack import template
from briefpack.reading.style_shelf import packaged_base
from briefpack.reading.style_words import WORD_SHAPES
from briefpack.style import WORDS


def test_every_label_word_has_a_shape() -> None:
    assert list(WORD_SHAPES) == list(WORDS)


def test_the_packaged_words_use_every_field_there_is() -> None:
    for language in ("en", "fr"):
        for key, shape in WORD_SHAPES.items():
            words = packaged_base().layer.settings["words", language, key].text
            used = set(template.fields(words))
            assert used <= set(shape.names), key
            assert used >= set(shape.needed), key
