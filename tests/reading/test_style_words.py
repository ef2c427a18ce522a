"""Every label word has a meaning and the fields it needs."""

from __future__ import annotations

from briefpack import template
from briefpack.reading.style_shelf import packaged_base
from briefpack.reading.style_words import WORDS
from briefpack.style import WORD_KEYS


def test_every_label_word_is_described_once() -> None:
    assert set(WORDS) == set(WORD_KEYS)
    assert len({about for _, about in WORDS.values()}) == len(WORD_KEYS)


def test_the_packaged_words_use_every_field_there_is() -> None:
    for language in ("en", "fr"):
        for key, (shape, _) in WORDS.items():
            words = packaged_base().layer.settings["words", language, key].text
            used = set(template.fields(words))
            assert used <= set(shape.names), key
            assert used >= set(shape.needed), key
